//! The files that a corpus was read from, so that those which did not change need not be read again.

use std::collections::HashMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::corpus::parse::Parsed;
use crate::corpus::{Article, Digest, Problem};

/// A file that was modified this shortly before it was read may be modified again without its time showing it:
/// file systems keep times in steps of up to two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// The files of a corpus, each with what was in it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: HashMap<String, Source>,
    /// How many of them were opened, and not taken over from an earlier load.
    read: usize,
}

/// A file as it was read.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) parsed: Arc<Parsed>,
    /// `None` where it could not be read as a whole, so that it is to be read again in any case.
    pub(super) seen: Option<Seen>,
}

/// What tells whether a file changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    stamp: Stamp,
    /// Of its bytes.
    hash: Digest,
    /// Whether its stamp alone says that it is the same.
    is_settled: bool,
}

/// What the file system says of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// Device, inode, and the time at which anything about it changed.
    inode: [i64; 4],
}

/// A file as it can be kept beside the articles of its corpus.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptSource {
    name: String,
    seen: Seen,
    /// Which of the articles of the corpus are in it, in its order.
    articles: Vec<u32>,
    problems: Vec<Problem>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            [metadata.dev() as i64, metadata.ino() as i64, metadata.ctime(), metadata.ctime_nsec()]
        };
        #[cfg(not(unix))]
        let inode = [0; 4];
        Stamp { bytes: metadata.len(), modified: metadata.modified().ok(), inode }
    }

    /// Whether both are of one file, changed or not; where files have no number, as far as that is known.
    pub(super) fn is_same_file(&self, other: &Stamp) -> bool {
        self.inode[..2] == other.inode[..2]
    }

    fn is_settled(&self, now: SystemTime) -> bool {
        let age = self.modified.and_then(|modified| now.duration_since(modified).ok());
        age.is_some_and(|age| age > SETTLED)
    }
}

impl Seen {
    pub(super) fn new(stamp: Stamp, hash: Digest, now: SystemTime) -> Seen {
        let is_settled = stamp.is_settled(now);
        Seen { stamp, hash, is_settled }
    }
}

impl Sources {
    pub(super) fn new(files: HashMap<String, Source>, read: usize) -> Sources {
        Sources { files, read }
    }

    /// The files as they can be kept beside `articles`, which are those of the corpus, sorted by id. A file with an
    /// article that is not in the corpus (its id was taken) is left out, and so read again.
    pub fn kept(&self, articles: &[Arc<Article>]) -> Vec<KeptSource> {
        let place = |article: &Arc<Article>| {
            let at = articles.binary_search_by(|other| other.id.cmp(&article.id)).ok()?;
            articles.get(at).filter(|other| Arc::ptr_eq(other, article)).map(|_| at as u32)
        };
        let kept = self.files.iter().filter_map(|(name, source)| {
            let places: Option<Vec<u32>> = source.parsed.articles.iter().map(place).collect();
            let problems = source.parsed.problems.clone();
            Some(KeptSource { name: name.clone(), seen: source.seen.clone()?, articles: places?, problems })
        });
        kept.collect()
    }

    /// The files that were kept beside these articles.
    pub fn from_kept(kept: Vec<KeptSource>, articles: &[Arc<Article>]) -> Sources {
        let files = kept.into_iter().filter_map(|KeptSource { name, seen, articles: places, problems }| {
            let of_file: Option<Vec<Arc<Article>>> =
                places.iter().map(|&at| articles.get(at as usize).cloned()).collect();
            let parsed = Arc::new(Parsed { articles: of_file?, problems });
            Some((name, Source { parsed, seen: Some(seen) }))
        });
        Sources::new(files.collect(), 0)
    }

    /// How many files hold articles, and how many of these were opened for this corpus.
    pub fn counts(&self) -> (usize, usize) {
        (self.files.len(), self.read)
    }

    /// What is in a file that did not change since, by its stamp.
    pub(super) fn unchanged(&self, name: &str, stamp: &Stamp) -> Option<&Source> {
        let source = self.files.get(name)?;
        let seen = source.seen.as_ref()?;
        (seen.is_settled && seen.stamp == *stamp).then_some(source)
    }

    /// What was in a file.
    pub(super) fn parsed(&self, name: &str) -> Option<&Arc<Parsed>> {
        self.files.get(name).map(|source| &source.parsed)
    }

    /// What is in a file with these bytes.
    pub(super) fn with_hash(&self, name: &str, hash: Digest) -> Option<&Arc<Parsed>> {
        let source = self.files.get(name)?;
        source.seen.as_ref().filter(|seen| seen.hash == hash).map(|_| &source.parsed)
    }
}
