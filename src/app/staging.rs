//! Where do changes of the articles wait to be confirmed, and how are they written and taken back?
//!
//! All in the corpus folder: files under `.footnote`, which the corpus does not read since its name begins
//! with a dot, on the same file system, so that a rename is all that a change is. Nothing outside of the
//! corpus folder is ever written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::corpus::Digest;

/// The folder of what is staged, and of what can be undone.
const FOLDER: &str = ".footnote";

/// How long a change waits to be confirmed.
const WAITS: Duration = Duration::from_secs(24 * 60 * 60);

/// How many changes can be undone, one after the other.
const UNDO_MAX: usize = 20;

/// A change of one file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What is done.
    pub edit: Edit,
    /// The file, relative to the corpus root, with `/`. Checked before it comes here.
    pub path: String,
    /// The hash of what the file holds before, as hexadecimal digits; `None` where there is none.
    pub before: Option<String>,
    /// The hash of what it holds after; `None` where it is removed.
    pub after: Option<String>,
}

/// What is done to the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// A file is added.
    Add,
    /// An article is removed.
    Remove,
    /// The last change is undone.
    Undo,
}

/// A change with a content of its file: that after it where it waits, that before it where it can be undone.
pub type Kept = (Change, Option<Vec<u8>>);

/// The folder of a corpus, as changes see it.
#[derive(Debug, Clone)]
pub struct Staging {
    root: PathBuf,
}

impl Staging {
    /// Of the corpus at this folder.
    pub fn new(root: &Path) -> Staging {
        Staging { root: root.to_owned() }
    }

    /// What a file of the corpus holds; `None` where there is none.
    pub fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.check_folders(path)?;
        let file = self.root.join(path);
        match fs::symlink_metadata(&file) {
            Ok(found) if found.is_file() => fs::read(file).map(Some),
            Ok(_) => Err(io::Error::other("not a regular file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps a change with what the file is to hold. Gives back the name under which it waits.
    pub fn stage(&self, change: &Change, after: Option<&[u8]>) -> io::Result<String> {
        self.forget_old()?;
        let described = serde_json::to_vec(change)?;
        let id: String = Digest::of(&described).to_string().chars().take(16).collect();
        self.keep("staged", &id, &described, after)?;
        Ok(id)
    }

    /// A change that waits, with what the file is to hold; `None` where none waits under this name.
    pub fn staged(&self, id: &str) -> io::Result<Option<Kept>> {
        // A name may be forged: only what `stage` makes leads to a file.
        let is_name = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_name { self.kept("staged", id) } else { Ok(None) }
    }

    /// Forgets a change that waits. Says whether there was one.
    pub fn forget(&self, id: &str) -> io::Result<bool> {
        let waits = self.staged(id)?.is_some();
        if waits {
            self.drop_kept("staged", id)?;
        }
        Ok(waits)
    }

    /// The last change that can be undone, with its name and what the file held before it.
    pub fn last(&self) -> io::Result<Option<(String, Kept)>> {
        let Some(id) = self.undo_names()?.pop() else { return Ok(None) };
        Ok(self.kept("undo", &id)?.map(|kept| (id, kept)))
    }

    /// Notes what is about to be changed, so that it can be undone. Gives back its name.
    pub fn note(&self, change: &Change, before: Option<&[u8]>) -> io::Result<String> {
        let names = self.undo_names()?;
        let next = names.last().and_then(|last| last.parse::<u64>().ok()).map_or(1, |last| last + 1);
        let id = format!("{next:08}");
        self.keep("undo", &id, &serde_json::to_vec(change)?, before)?;
        for old in names.iter().rev().skip(UNDO_MAX - 1) {
            self.drop_kept("undo", old)?;
        }
        Ok(id)
    }

    /// Forgets a change that can be undone.
    pub fn unnote(&self, id: &str) -> io::Result<()> {
        self.drop_kept("undo", id)
    }

    /// Makes a file of the corpus hold this, or be gone: at once, or not at all.
    pub fn write(&self, path: &str, content: Option<&[u8]>) -> io::Result<()> {
        self.check_folders(path)?;
        let file = self.root.join(path);
        match content {
            None => fs::remove_file(&file)?,
            Some(content) => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder)?;
                }
                put(&self.folder("")?, &file, content)?;
            }
        }
        // Makes the rename itself durable; not every file system can.
        if let Some(folder) = file.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// A link in place of a folder may lead out of the corpus.
    fn check_folders(&self, path: &str) -> io::Result<()> {
        let mut folder = self.root.clone();
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in parts {
            folder.push(part);
            match fs::symlink_metadata(&folder) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => return Err(io::Error::other("a part of the path is a link or a file")),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn folder(&self, kind: &str) -> io::Result<PathBuf> {
        self.check_folders(&format!("{FOLDER}/{kind}/x"))?;
        let folder = self.root.join(FOLDER).join(kind);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    fn keep(&self, kind: &str, id: &str, described: &[u8], content: Option<&[u8]>) -> io::Result<()> {
        let folder = self.folder(kind)?;
        if let Some(content) = content {
            put(&folder, &folder.join(format!("{id}.content")), content)?;
        }
        // Last, since what is described is there.
        put(&folder, &folder.join(format!("{id}.json")), described)
    }

    fn kept(&self, kind: &str, id: &str) -> io::Result<Option<Kept>> {
        let folder = self.root.join(FOLDER).join(kind);
        let described = match fs::read(folder.join(format!("{id}.json"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            described => described?,
        };
        let content = match fs::read(folder.join(format!("{id}.content"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            content => Some(content?),
        };
        Ok(Some((serde_json::from_slice(&described)?, content)))
    }

    fn drop_kept(&self, kind: &str, id: &str) -> io::Result<()> {
        let folder = self.root.join(FOLDER).join(kind);
        for extension in ["json", "content"] {
            match fs::remove_file(folder.join(format!("{id}.{extension}"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of what can be undone, oldest first.
    fn undo_names(&self) -> io::Result<Vec<String>> {
        let folder = self.root.join(FOLDER).join("undo");
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry?.file_name().to_string_lossy().into_owned();
            names.extend(name.strip_suffix(".json").map(str::to_owned));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Forgets what has waited too long, by the age of its file.
    fn forget_old(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.folder("staged")?)? {
            let entry = entry?;
            let forget = || -> io::Result<()> {
                let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
                if age > WAITS { fs::remove_file(entry.path()) } else { Ok(()) }
            };
            match forget() {
                // Another change was put in its place, or forgotten, in this moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                forgotten => forgotten?,
            }
        }
        Ok(())
    }
}

/// Puts a whole and durable file in place: at once, or not at all. It is written in `folder`, under a name that no other
/// process and no other change has at this time.
fn put(folder: &Path, file: &Path, content: &[u8]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let aside = folder.join(format!("writing-{}-{number}", std::process::id()));
    // Of a process that was killed. What else may be there, such as a link, is not written through.
    let _ = fs::remove_file(&aside);
    let written = OpenOptions::new().write(true).create_new(true).open(&aside).and_then(|mut opened| {
        opened.write_all(content)?;
        opened.sync_all()?;
        fs::rename(&aside, file)
    });
    if written.is_err() {
        // On a full disk what is half written would keep the next change from being made.
        let _ = fs::remove_file(&aside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn what_cannot_be_put_in_place_leaves_nothing_behind() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::new(root.path());
        staging.write("a.md", Some(b"A.")).unwrap();
        // A folder in the way, which no file can replace.
        fs::create_dir_all(root.path().join("b.md/in")).unwrap();
        assert!(staging.write("b.md", Some(b"B.")).is_err());
        assert_eq!(names(root.path()), [".footnote", "a.md", "b.md"]);
        assert_eq!(names(&root.path().join(".footnote")), [""; 0]);
        assert_eq!(fs::read(root.path().join("a.md")).unwrap(), b"A.");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_a_file_is_replaced_and_not_written_through() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let secret = outside.path().join("secret.md");
        fs::write(&secret, "Secret.").unwrap();
        let staging = Staging::new(root.path());
        std::os::unix::fs::symlink(&secret, root.path().join("a.md")).unwrap();
        assert!(staging.read("a.md").is_err(), "nor read");
        staging.write("a.md", Some(b"A.")).unwrap();
        assert_eq!(fs::read(&secret).unwrap(), b"Secret.");
        assert_eq!(fs::read(root.path().join("a.md")).unwrap(), b"A.");
    }
}
