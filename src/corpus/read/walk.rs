//! Lists the files of a corpus folder, in the order of their paths, without opening any.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::sources::Stamp;
use crate::corpus::parse::{self, Role};
use crate::corpus::{Effect, LoadError, Problem};

/// The deepest folder that is looked into. Collections are a level or two; without a bound a folder that was
/// copied into itself costs a walk of any length.
const FOLDER_DEPTH_MAX: usize = 32;

/// What is said of a FIFO, a device or a socket.
pub(super) const NOT_REGULAR: &str = "is not a regular file (but a FIFO, device or socket): remove it";

/// What is said of a link, wherever it leads.
pub(super) const LINK: &str = "is a link, and links are not followed: put the file itself into the corpus";

/// A file to be read.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its path relative to the corpus root, with `/`.
    pub(super) name: String,
    pub(super) role: Role,
    /// Its length when it was listed.
    pub(super) bytes: u64,
    /// What else was said of it then.
    pub(super) stamp: Option<Stamp>,
}

impl SourceFile {
    /// A problem of the whole file, for which it is left out.
    pub(super) fn problem(&self, message: &str) -> Problem {
        problem(&self.name, message)
    }

    /// Whether it, or one of its folders below the root, is a link by now.
    pub(super) fn is_behind_link(&self) -> bool {
        let parts = self.name.split('/').count();
        let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        self.path.ancestors().take(parts).any(is_link)
    }
}

/// The files to be read, in the order of their names, and what is wrong with others.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<SourceFile>,
    pub(super) problems: Vec<Problem>,
}

/// Lists the files below `root` that the corpus is made of.
pub(super) fn list(root: &Path) -> Result<Listing, LoadError> {
    let unreadable = |source| LoadError::Unreadable { root: root.to_owned(), source };
    match fs::metadata(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LoadError::Missing { root: root.to_owned() });
        }
        Err(error) => return Err(unreadable(error)),
        Ok(found) if !found.is_dir() => return Err(unreadable(io::ErrorKind::NotADirectory.into())),
        Ok(_) => {}
    }
    fs::read_dir(root).map_err(unreadable)?;
    let mut listing = Listing::default();
    let mut walk = WalkDir::new(root).min_depth(1).max_depth(FOLDER_DEPTH_MAX + 1).into_iter();
    while let Some(found) = walk.next() {
        let look = match found {
            Ok(entry) => listing.entry(root, &entry),
            Err(error) => listing.fault(root, &error),
        };
        if look == Look::Past {
            walk.skip_current_dir();
        }
    }
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listing)
}

/// Whether the walk goes into a folder or past it.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    Into,
    Past,
}

impl Listing {
    fn entry(&mut self, root: &Path, entry: &DirEntry) -> Look {
        let kind = entry.file_type();
        let past = if kind.is_dir() { Look::Past } else { Look::Into };
        if starts_ignored(entry.file_name()) {
            return past;
        }
        let name = match name_of(root, entry.path()) {
            Ok(name) => name,
            Err(shown) => {
                let message = "has a name that is not UTF-8, or holds control characters: rename it";
                self.problems.push(problem(&shown, message));
                return past;
            }
        };
        let role = parse::role(&name);
        if kind.is_dir() {
            if entry.depth() > FOLDER_DEPTH_MAX {
                let message = format!("lies over {FOLDER_DEPTH_MAX} folders deep: move it up");
                self.problems.push(problem(&name, &message));
                return Look::Past;
            }
            return Look::Into;
        }
        if kind.is_symlink() {
            // One without extension may well be a folder.
            if role != Role::Ignored || entry.path().extension().is_none() {
                self.problems.push(problem(&name, LINK));
            }
        } else if matches!(role, Role::Ignored | Role::OtherQuestions) {
            // Pictures and the like may lie beside the articles.
        } else if !kind.is_file() {
            self.problems.push(problem(&name, NOT_REGULAR));
        } else {
            let metadata = entry.metadata().ok();
            let bytes = metadata.as_ref().map_or(0, |metadata| metadata.len());
            let stamp = metadata.as_ref().map(Stamp::of);
            self.files.push(SourceFile { path: entry.path().to_owned(), name, role, bytes, stamp });
        }
        Look::Into
    }

    fn fault(&mut self, root: &Path, error: &walkdir::Error) -> Look {
        let name = error
            .path()
            .map_or_else(|| ".".to_owned(), |path| name_of(root, path).unwrap_or_else(|shown| shown));
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        let message = format!("cannot be read ({reason}): see to its permissions, or remove it");
        self.problems.push(problem(&name, &message));
        Look::Into
    }
}

fn problem(name: &str, message: &str) -> Problem {
    Problem { path: name.to_owned(), line: None, effect: Effect::Skipped, message: message.to_owned() }
}

fn starts_ignored(name: &OsStr) -> bool {
    matches!(name.as_encoded_bytes().first(), Some(b'.' | b'_'))
}

/// The path relative to the root, with `/`. The error is the path as it can be shown.
fn name_of(root: &Path, path: &Path) -> Result<String, String> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    if let Some(name) = relative.to_str()
        && MAIN_SEPARATOR == '/'
        && !name.contains(char::is_control)
    {
        return Ok(name.to_owned());
    }
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let name = parts.join("/");
    if relative.to_str().is_some() && !name.contains(char::is_control) {
        Ok(name)
    } else {
        Err(name.replace(char::is_control, "\u{fffd}"))
    }
}
