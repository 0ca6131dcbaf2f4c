//! What can fail, and what does the operator do then?
//!
//! These messages are for whoever runs the program; a person who asks a question gets an apology instead.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::sqlite::SqliteError;

use super::RecordId;

/// The audit store could not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The url names neither a file of SQLite nor a database of PostgreSQL.
    #[error(
        "the audit store cannot be kept in `{place}`: name a file, such as `sqlite://data/audit.db`, or a database, such as `postgres://user@host/audit`"
    )]
    Url {
        /// What it names: the scheme alone, since the rest may hold a password.
        place: String,
    },
    /// The url is that of a server, and cannot be read. Nothing of it is shown, since it may hold a password.
    #[error(
        "the address of the audit store cannot be read: write it as \
         `postgres://user:password@host:5432/database?sslmode=require`, with `%40` for an `@` in the password"
    )]
    ServerUrl,
    /// The folder or the file could not be made.
    #[error("cannot make the audit store `{}`: {source}: check that its folder can be written to, or name another file with AUDIT_URL", path.display())]
    Create {
        /// The folder or the file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file could not be opened, or is no audit store.
    #[error("cannot open the audit store `{place}`: {source}: {}", advice(source))]
    Open {
        /// The file or the database.
        place: Arc<str>,
        /// What the database said.
        source: sqlx::Error,
    },
    /// A newer version of the program has written to it.
    #[error(
        "the audit store `{place}` has schema {found} and this version of the program knows {known}: run the newer version, or name another file with AUDIT_URL"
    )]
    NewerSchema {
        /// The file or the database.
        place: Arc<str>,
        /// The schema of the file.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The system gives no random bytes, without which nothing can be kept secret.
    #[error("the system has no random bytes: {source}: check that /dev/urandom can be read")]
    Random {
        /// What the system said.
        source: getrandom::Error,
    },
    /// It was opened for reading alone, and its tables are those of an older version, or missing.
    #[error(
        "the audit store `{place}` has an older schema: `footnote serve` or `footnote ask` brings it up to date"
    )]
    OlderSchema {
        /// The file or the database.
        place: Arc<str>,
    },
    /// It is a database of another program.
    #[error(
        "`{place}` is a database of another program: name a file of its own for the audit store with AUDIT_URL, \
         or another folder with DATA_DIR"
    )]
    Foreign {
        /// The file.
        place: Arc<str>,
    },
    /// It was opened for reading alone, and is not there.
    #[error(
        "no audit store at `{place}`: the first question asked makes it; or name another file with AUDIT_URL"
    )]
    Missing {
        /// The file or the database.
        place: Arc<str>,
    },
    /// A record could not be written; nothing may be shown. The next write tries again by itself.
    #[error("cannot write to the audit store `{place}`: {fault}: {}", fault.advice())]
    Write {
        /// The file or the database.
        place: Arc<str>,
        /// Why, shared by all whose records were to be written together.
        #[source]
        fault: Arc<WriteFault>,
    },
    /// A copy could not be made.
    #[error("cannot copy the audit store to `{}`: {}: name a file that does not exist yet, in a folder that can be written to", path.display(), said(fault))]
    Backup {
        /// The copy.
        path: PathBuf,
        /// What SQLite or the system said. No source, since the message tells it without the words of the library.
        fault: sqlx::Error,
    },
    /// It is no file.
    #[error(
        "the audit store `{place}` is copied by the tools of PostgreSQL: run `pg_dump --format=custom` on it"
    )]
    NoFile {
        /// The database.
        place: Arc<str>,
    },
    /// Others let go of what was to be kept, again and again.
    #[error("the corpus cannot be kept in `{place}`: another process erases from it all the time, try again")]
    Busy {
        /// The file or the database.
        place: Arc<str>,
    },
    /// It was opened for reading alone.
    #[error("the audit store `{place}` was opened for reading only")]
    ReadOnly {
        /// The file or the database.
        place: Arc<str>,
    },
    /// It is closed, or closing.
    #[error("the audit store is closed: the program is stopping")]
    Closed,
    /// Records could not be read.
    #[error("cannot read the audit store `{place}`: {source}: {}", advice(source))]
    Read {
        /// The file or the database.
        place: Arc<str>,
        /// What SQLite said.
        source: sqlx::Error,
    },
    /// A record holds what no version of the program writes.
    #[error("record #{id} of the audit store is damaged in `{field}`: compare it with a backup")]
    Damaged {
        /// The record.
        id: RecordId,
        /// The column.
        field: &'static str,
    },
    /// No record has this number.
    #[error("no record #{id} in the audit store: `footnote audit list` shows the newest")]
    NotFound {
        /// The number asked for.
        id: RecordId,
    },
}

impl StoreError {
    /// Whether the server of the database could not be reached or is just starting, which may mend itself.
    pub fn is_unreachable(&self) -> bool {
        let StoreError::Open { place, source } = self else { return false };
        let code = source.as_database_error().and_then(|error| error.code());
        match source {
            // Of a file it is that file which cannot be read or written.
            sqlx::Error::Io(_) => place.starts_with("postgres://"),
            // Too many connections, and the server going down or coming up.
            _ => code.is_some_and(|code| code == "53300" || code.starts_with("57P")),
        }
    }
}

/// Why a write failed.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The database says so.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The file (or its write-ahead log) was deleted or replaced while it was open.
    #[error("the file was deleted or replaced while in use")]
    Gone,
    /// It failed before, and could not be opened again.
    #[error(transparent)]
    Reopen(Box<StoreError>),
}

impl WriteFault {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            WriteFault::Database(source) => advice(source),
            WriteFault::Gone => {
                "the next write makes a new file; restore the old one from a backup if need be"
            }
            WriteFault::Reopen(_) => "the next write tries again",
        }
    }
}

/// What the system said, without what the library says before it.
fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// What an operator does about an error of the database.
fn advice(error: &sqlx::Error) -> &'static str {
    if let Some(code) = result_code(error) {
        return match code & 0xff {
            5 | 6 => "another process holds it, wait for it or stop it",
            8 | 14 | 23 => "let this user read and write the file and its folder",
            10 => "check the disk",
            11 | 26 => {
                "the file is damaged or no audit store, restore a backup or name another with AUDIT_URL"
            }
            13 => "the disk is full, free some space",
            _ => "check the file and the disk",
        };
    }
    // Classes and codes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
    let code = error.as_database_error().and_then(|error| error.code());
    match (error, code.as_deref().unwrap_or_default()) {
        (sqlx::Error::Io(_) | sqlx::Error::Tls(_), _) => {
            "check that the file can be read, or that the server runs and AUDIT_URL names it rightly"
        }
        (_, "3D000") => "make the database with `createdb`, or name another in AUDIT_URL",
        (_, "53100") => "the disk of the server is full, free some space",
        (_, "53300") => "the server takes no more connections, raise its max_connections",
        (_, "55P03" | "57014") => "another process holds it, wait for it or stop it",
        (_, "25006") => "this server is a copy that cannot be written to, name its primary in AUDIT_URL",
        (_, "42501") => "let this user create and write tables there",
        (_, code) if code.starts_with("28") => "check the user and the password in AUDIT_URL",
        (_, code) if code.starts_with("57P") => "wait until the server has started again",
        _ => "check the file and the disk, or the log of the server",
    }
}

/// The extended result code of SQLite, where the error is one of its own. Its low byte is the primary one:
/// <https://www.sqlite.org/rescode.html>.
pub(super) fn result_code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    error.as_database_error()?.code()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_says_what_to_do() {
        let fault = Arc::new(WriteFault::Gone);
        let error = StoreError::Write { place: "data/audit.db".into(), fault };
        expect_test::expect![[
            r#"cannot write to the audit store `data/audit.db`: the file was deleted or replaced while in use: the next write makes a new file; restore the old one from a backup if need be"#
        ]]
        .assert_eq(&error.to_string());
    }
}
