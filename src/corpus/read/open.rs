//! How is a file opened that may be changed, replaced or removed at any moment?

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};

use super::sources::Stamp;
use super::walk::{self, SourceFile};
use crate::corpus::Problem;
use crate::corpus::parse::ARTICLE_BYTES_MAX;

/// Why a file was not read.
pub(super) enum Fault {
    /// Somebody changed it meanwhile; in words that follow its name.
    Raced(&'static str),
    /// It cannot be used as it is.
    Bad(Problem),
}

impl Fault {
    /// As a problem of a file that is read whole or not at all.
    pub(super) fn problem(self, file: &SourceFile) -> Problem {
        match self {
            Fault::Raced(message) => file.problem(&format!("{message}: reload once it is complete")),
            Fault::Bad(problem) => problem,
        }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Fault {
        Fault::Bad(problem)
    }
}

/// A file that was listed as a regular one, open, and still regular.
pub(super) struct Opened<'a> {
    file: &'a SourceFile,
    pub(super) handle: File,
    /// What the file system said of it before it was read.
    pub(super) metadata: Metadata,
}

impl<'a> Opened<'a> {
    pub(super) fn open(file: &'a SourceFile) -> Result<Opened<'a>, Fault> {
        let mut options = OpenOptions::new();
        options.read(true);
        // A file may have been replaced since it was listed: by a link, which is refused, or by a FIFO, on which
        // a plain open would wait for ever.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
        let opened = options.open(&file.path).and_then(|handle| Ok((handle.metadata()?, handle)));
        let (metadata, handle) = match opened {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Fault::Raced("was removed while the corpus was read"));
            }
            Err(_) if file.is_behind_link() => return Err(file.problem(walk::LINK).into()),
            Err(error) => return Err(unreadable(file, &error).into()),
        };
        if !metadata.is_file() {
            return Err(file.problem(walk::NOT_REGULAR).into());
        }
        // What was listed is in the corpus by whatever path it is reached; of what is in its place only the path says.
        let is_listed = file.stamp.as_ref().is_some_and(|listed| listed.is_same_file(&Stamp::of(&metadata)));
        if !is_listed && file.is_behind_link() {
            return Err(file.problem(walk::LINK).into());
        }
        Ok(Opened { file, handle, metadata })
    }

    /// All its bytes, at most [`ARTICLE_BYTES_MAX`].
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Fault> {
        let limit = ARTICLE_BYTES_MAX as u64;
        let mut bytes =
            Vec::with_capacity(usize::try_from(self.metadata.len().min(limit)).unwrap_or_default());
        let read = (&self.handle).take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| unreadable(self.file, &error))?;
        if bytes.len() as u64 > limit {
            let mib = limit >> 20;
            let message = format!("is over {mib} MiB, the limit for one article: split it");
            return Err(self.file.problem(&message).into());
        }
        Ok(bytes)
    }

    /// Whether the file, once read, is as it was before.
    pub(super) fn check_unchanged(&self) -> Result<(), Fault> {
        let after = self.handle.metadata().map_err(|error| unreadable(self.file, &error))?;
        let before = &self.metadata;
        let is_same = after.len() == before.len() && after.modified().ok() == before.modified().ok();
        is_same.then_some(()).ok_or(Fault::Raced("changed while it was read"))
    }
}

/// All bytes of a file that nobody changed meanwhile.
pub(super) fn whole(file: &SourceFile) -> Result<Vec<u8>, Fault> {
    let opened = Opened::open(file)?;
    let bytes = opened.bytes()?;
    opened.check_unchanged()?;
    Ok(bytes)
}

pub(super) fn unreadable(file: &SourceFile, error: &io::Error) -> Problem {
    file.problem(&format!("cannot be read ({error}): see to its permissions, or remove it"))
}
