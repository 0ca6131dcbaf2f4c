//! How does a command write a file that was asked for? Beside it first, and in its place once it is whole: where the
//! command fails, what stood there stands there still.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;

/// A file that is about to be written.
#[derive(Debug)]
pub(super) struct OutputFile {
    /// As it was named.
    named: PathBuf,
    /// Where it stands, with no link on the way.
    path: PathBuf,
    file: File,
    /// What is written until it is whole; `None` for what is no file, such as a pipe.
    aside: Option<PathBuf>,
}

impl OutputFile {
    /// Sees that a file can be written, and changes nothing of what it holds.
    ///
    /// # Errors
    ///
    /// Where its folder cannot be written to.
    pub(super) fn open(named: &Path) -> anyhow::Result<OutputFile> {
        let context = || format!("cannot write `{}`", named.display());
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let path = resolved(named);
        if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            let file = File::options().write(true).open(&path).with_context(context)?;
            return Ok(OutputFile { named: named.to_owned(), path, file, aside: None });
        }
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let aside = path.with_file_name(name);
        let file = File::options().write(true).create_new(true).open(&aside).with_context(context)?;
        Ok(OutputFile { named: named.to_owned(), path, file, aside: Some(aside) })
    }

    /// As it was named.
    pub(super) fn named(&self) -> &Path {
        &self.named
    }

    /// Whether another path leads to the same file.
    pub(super) fn is(&self, other: &Path) -> bool {
        self.aside.is_some() && self.path == resolved(other)
    }

    /// Puts it in its place.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, as on a full disk; then what stood there stays.
    pub(super) fn put(mut self, text: &str) -> anyhow::Result<()> {
        let written = self.file.write_all(text.as_bytes()).and_then(|()| match &self.aside {
            Some(aside) => fs::rename(aside, &self.path),
            None => Ok(()),
        });
        written.with_context(|| format!("cannot write `{}`", self.named.display()))?;
        self.aside = None;
        Ok(())
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        if let Some(aside) = &self.aside {
            // It was made a moment ago; where it is gone already, that is as well.
            let _ = fs::remove_file(aside);
        }
    }
}

/// Where a path leads, as far as it leads anywhere: the file itself may be still to be made.
fn resolved(path: &Path) -> PathBuf {
    let folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
    };
    fs::canonicalize(path).ok().or_else(folder).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_there_stays_until_the_new_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.run");
        fs::write(&file, "old").unwrap();
        drop(OutputFile::open(&file).unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        let output = OutputFile::open(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        output.put("new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
        let error = OutputFile::open(&folder.path().join("nowhere/a.run")).unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
    }

    #[test]
    fn tells_the_same_file_by_other_names() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.run");
        let output = OutputFile::open(&file).unwrap();
        assert!(output.is(&file) && output.is(&folder.path().join("./a.run")));
        assert!(!output.is(&folder.path().join("b.run")));
    }
}
