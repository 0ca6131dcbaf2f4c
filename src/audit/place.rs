//! Where does the store lie? Its folder and file, and whether the file at its path is still the one that was
//! opened.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::StoreError;
use super::migrate::COPY_MARK;

/// Where a store is kept.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) target: Target,
    /// As people are told of it, without the password.
    pub(super) told: Arc<str>,
}

/// A file of SQLite, or a database of PostgreSQL.
#[derive(Clone)]
pub(super) enum Target {
    File(SqliteConnectOptions),
    Server(PgConnectOptions),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({})", self.told)
    }
}

impl Place {
    /// The file, where it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.target {
            Target::File(options) => Some(options.get_filename()),
            Target::Server(_) => None,
        }
    }
}

/// Reads the url of a store: `sqlite://data/audit.db`, `sqlite:///var/lib/footnote/audit.db`,
/// `postgres://user:password@host/database`.
///
/// # Errors
///
/// Where it names neither. A database in memory is refused too: it would forget.
pub(super) fn parse(url: &str) -> Result<Place, StoreError> {
    let scheme = url.split_once(':').map_or(url, |(scheme, _)| scheme);
    let wrong = || StoreError::Url { place: scheme.chars().take(20).collect() };
    if url.len() == scheme.len() {
        return Err(wrong());
    }
    match scheme {
        "sqlite" => file(url),
        "postgres" | "postgresql" => {
            PgConnectOptions::from_str(url).map(server).map_err(|_| StoreError::ServerUrl)
        }
        _ => Err(wrong()),
    }
}

fn file(url: &str) -> Result<Place, StoreError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::Url { place: "memory".to_owned() });
    }
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|source| StoreError::Open { place: url.into(), source })?;
    if options.get_filename().as_os_str().is_empty() {
        return Err(StoreError::Url { place: url.to_owned() });
    }
    let told = options.get_filename().display().to_string().into();
    Ok(Place { target: Target::File(options.disable_statement_logging()), told })
}

fn server(options: PgConnectOptions) -> Place {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let user = options.get_username();
    let told = format!("postgres://{user}@{host}/{}", options.get_database().unwrap_or(user)).into();
    let name = options.get_application_name().unwrap_or("footnote").to_owned();
    Place { target: Target::Server(options.application_name(&name).disable_statement_logging()), told }
}

/// Makes the file and its folder where they are missing, for this user's eyes only: the store holds what
/// people asked. What is there already keeps its permissions.
///
/// # Errors
///
/// What the system said, and of which path.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    let fault = |path: &Path, source| StoreError::Create { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder
        && !folder.is_dir()
    {
        private_folder().create(folder).map_err(|source| fault(folder, source))?;
    }
    // The file is never opened where it exists: closing it again would drop the locks that SQLite holds on
    // it elsewhere in this process (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    match create_new(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(fault(path, source)),
    }
}

/// Makes a file that is not there yet, for this user's eyes only.
///
/// # Errors
///
/// What the system said, also where it is there.
pub(super) fn create_new(path: &Path) -> io::Result<()> {
    private_file().open(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}

#[cfg(unix)]
fn private_folder() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    builder
}

#[cfg(unix)]
fn private_file() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    options
}

/// Without this a new file can be missing from its folder after a power loss, however durable its content.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// The write-ahead log that SQLite keeps beside the file.
pub(super) fn wal_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push("-wal");
    PathBuf::from(name)
}

/// Removes the copies of the store that updates made, all or those older than `than`. `false` where one could
/// not be removed.
pub(super) fn remove_copies(path: &Path, than: Option<std::time::Duration>) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Some(name), Ok(entries)) = (path.file_name(), fs::read_dir(folder)) else { return false };
    let start = format!("{}{COPY_MARK}", name.to_string_lossy());
    let mut removed = true;
    for entry in entries.flatten() {
        let is_copy = entry.file_name().to_string_lossy().starts_with(&start);
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
        if is_copy && than.is_none_or(|than| age.is_some_and(|age| age > than)) {
            match fs::remove_file(entry.path()) {
                Ok(()) => {
                    tracing::info!(copy = %entry.path().display(), "the copy made before an update is removed")
                }
                Err(error) => {
                    tracing::error!(%error, copy = %entry.path().display(), "a copy that holds what was erased stays");
                    removed = false;
                }
            }
        }
    }
    removed
}

/// Which files an open connection writes to. A file that is deleted or replaced stays open and takes every
/// write without complaint; nobody would ever see them again.
#[derive(Debug)]
pub(super) struct Identity {
    path: PathBuf,
    wal: PathBuf,
    file_id: Option<FileId>,
    /// Known from the first commit on, which makes the log.
    wal_id: Option<FileId>,
}

impl Identity {
    /// Of the file that was just opened.
    pub(super) fn of(path: &Path) -> Identity {
        Identity { path: path.to_owned(), wal: wal_path(path), file_id: file_id(path), wal_id: None }
    }

    /// Whether the files at the paths are still those that a commit just went to. Call it after each commit.
    pub(super) fn holds(&mut self) -> bool {
        let (file_id, wal_id) = (file_id(&self.path), file_id(&self.wal));
        let same = self.file_id.is_some()
            && file_id == self.file_id
            && wal_id.is_some()
            && (self.wal_id.is_none() || wal_id == self.wal_id);
        self.wal_id = wal_id;
        same
    }
}

#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
type FileId = ();

/// Elsewhere an open file cannot be deleted, or its number cannot be had: that it is there has to do.
#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_file() {
        let check = |url: &str, expected: Result<&str, &str>| {
            let got = parse(url).map(|place| place.told.to_string()).map_err(|error| match error {
                StoreError::Url { place } => place,
                StoreError::ServerUrl => "server".to_owned(),
                other => other.to_string(),
            });
            assert_eq!(got, expected.map(str::to_owned).map_err(str::to_owned), "{url}");
        };
        check("sqlite://data/audit.db", Ok("data/audit.db"));
        check("sqlite:data/audit.db", Ok("data/audit.db"));
        check("sqlite:///var/lib/audit.db", Ok("/var/lib/audit.db"));
        check("sqlite://my%20data/audit.db?mode=ro", Ok("my data/audit.db"));
        check("postgres://user:secret@host/db", Ok("postgres://user@host:5432/db"));
        check("postgresql://user@host:5433/db?sslmode=require", Ok("postgres://user@host:5433/db"));
        check("postgres://user:secret@host:port/db", Err("server"));
        check("postgres://user:secret@host:99999/db", Err("server"));
        check("postgres://user:secret@host/db?sslmode=bogus", Err("server"));
        check("mysql://user:secret@host/db", Err("mysql"));
        check("data/audit.db", Err("data/audit.db"));
        check("sqlite::memory:", Err("memory"));
        check("sqlite://x?mode=memory", Err("memory"));
        check("sqlite", Err("sqlite"));
        check("sqlite://", Err("sqlite://"));
        check("", Err(""));
    }

    #[test]
    fn a_password_is_never_told() {
        let place = parse("postgres://user:secret@host/db?password=secret").unwrap();
        assert!(!format!("{place:?} {}", place.told).contains("secret"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/audit.db");
        create(&path).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&dir.path().join("a/b")), 0o700);
        assert_eq!(mode(&dir.path().join("a")), 0o700);
    }
}
