//! The only file IO of the corpus: walks the folder, reads each file within bounds, and hands its bytes to
//! [`super::parse`].

use std::path::Path;

use super::{Corpus, GoldenQuestion, LoadError, Problem};

/// A corpus as loaded, with every problem met on the way.
#[derive(Debug)]
pub struct Loaded {
    /// What could be read.
    pub corpus: Corpus,
    /// What could not, in the order of paths and lines.
    pub problems: Vec<Problem>,
}

/// Told how far a load is, from whichever thread reads.
pub trait LoadProgress: Sync {
    /// `done` of `total` bytes are read and parsed.
    fn advance(&self, done: u64, total: u64);
}

impl LoadProgress for () {
    fn advance(&self, _done: u64, _total: u64) {}
}

/// Reads the corpus below `root`.
///
/// # Errors
///
/// Where the folder is missing, unreadable or holds no article; one bad file stops no other.
pub fn load(root: &Path, progress: &dyn LoadProgress) -> Result<Loaded, LoadError> {
    let _ = (root, progress);
    todo!()
}

/// Reads a file of golden questions, wherever it lies.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn read_questions(path: &Path) -> Result<(Vec<GoldenQuestion>, Vec<Problem>), LoadError> {
    let _ = path;
    todo!()
}
