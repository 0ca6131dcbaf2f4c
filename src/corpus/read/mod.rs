//! The only file IO of the corpus: lists the folder, reads each file within bounds, and hands its bytes to
//! [`super::parse`].
//!
//! Files are read and parsed on all threads of the current rayon pool; what comes out does not depend on
//! which was faster. What may change under the reader is looked at twice: a file is opened without following
//! links and without waiting, looked at again once open, and once more after it was read.

mod sources;
mod walk;

use std::collections::HashMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use self::sources::{Seen, Source, Stamp};
use self::walk::{Listing, SourceFile};
use super::parse::{self, ARTICLE_BYTES_MAX, Format, Parsed, Role};
use super::problem::quoted;
use super::{Article, Corpus, Digest, Effect, GoldenQuestion, LineMap, LoadError, Problem, Synonyms};
use super::{questions, synonyms};

pub use self::sources::{KeptSource, Sources};

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
/// Links are not followed but reported, wherever they lead; `root` itself may be one. Folders deeper than
/// 32 are reported and left out.
///
/// # Errors
///
/// Where the folder is missing, unreadable or holds no article; one bad file stops no other.
pub fn load(root: &Path, progress: &dyn LoadProgress) -> Result<Loaded, LoadError> {
    load_after(None, root, progress)
}

/// Reads the corpus below `root` again. A file that did not change since `before` was read (by its size, its times
/// and its inode, and where these differ, by its hash) is not read or parsed again, and its articles are shared.
///
/// # Errors
///
/// See [`load`].
pub fn reload(before: &Corpus, root: &Path, progress: &dyn LoadProgress) -> Result<Loaded, LoadError> {
    load_after(Some(before), root, progress)
}

fn load_after(
    before: Option<&Corpus>,
    root: &Path,
    progress: &dyn LoadProgress,
) -> Result<Loaded, LoadError> {
    let Listing { files, mut problems } = walk::list(root)?;
    let gauge = Gauge::new(&files, progress);
    let nothing = Sources::default();
    let reader = Reader {
        before,
        sources: before.map_or(&nothing, Corpus::sources),
        gauge,
        now: SystemTime::now(),
        read: AtomicUsize::new(0),
    };
    let read: Vec<Option<Source>> = files.par_iter().map(|file| reader.articles(file)).collect();
    let mut synonyms = Synonyms::default();
    let mut golden = Vec::new();
    for file in &files {
        match file.role {
            Role::Synonyms => synonyms = read_synonyms(file, &mut problems),
            Role::GoldenQuestions => golden = golden_questions(file, &mut problems),
            _ => {}
        }
    }
    let articles = distinct(read.iter().flatten().map(|source| &*source.parsed), &mut problems);
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    if articles.is_empty() {
        return Err(LoadError::Empty { root: root.to_owned(), problems });
    }
    let opened = reader.read.load(Ordering::Relaxed);
    let named = files.into_iter().zip(read).filter_map(|(file, source)| Some((file.name, source?)));
    let sources = Sources::new(named.collect(), opened);
    Ok(Loaded { corpus: Corpus::new(articles, synonyms, golden).with_sources(sources), problems })
}

/// Reads a file of golden questions, wherever it lies.
///
/// # Errors
///
/// Where the file cannot be read. A line that cannot be used is a problem, and the others are kept.
pub fn read_questions(path: &Path) -> Result<(Vec<GoldenQuestion>, Vec<Problem>), LoadError> {
    let name = path.display().to_string();
    File::open(path)
        .and_then(|file| questions::read(&name, BufReader::new(file)))
        .map_err(|source| LoadError::Questions { path: path.to_owned(), source })
}

/// Counts the bytes that are done, for the progress shown.
struct Gauge<'a> {
    done: AtomicU64,
    total: u64,
    progress: &'a dyn LoadProgress,
}

impl<'a> Gauge<'a> {
    fn new(files: &[SourceFile], progress: &'a dyn LoadProgress) -> Gauge<'a> {
        let articles = files.iter().filter(|file| matches!(file.role, Role::Articles(_)));
        Gauge { done: AtomicU64::new(0), total: articles.map(|file| file.bytes).sum(), progress }
    }

    fn add(&self, bytes: u64) {
        // A file that grew since it was listed must not take the count past the whole.
        let done = self.done.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes).min(self.total);
        self.progress.advance(done, self.total);
    }
}

/// Reads the files that hold articles.
struct Reader<'a> {
    before: Option<&'a Corpus>,
    sources: &'a Sources,
    gauge: Gauge<'a>,
    now: SystemTime,
    /// Files that were opened.
    read: AtomicUsize,
}

impl Reader<'_> {
    /// The articles of one file; `None` for one that holds none by its name.
    fn articles(&self, file: &SourceFile) -> Option<Source> {
        let Role::Articles(format) = file.role else { return None };
        let stamp = file.stamp.as_ref();
        if let Some(unchanged) = stamp.and_then(|stamp| self.sources.unchanged(&file.name, stamp)) {
            self.gauge.add(file.bytes);
            return Some(unchanged.clone());
        }
        self.read.fetch_add(1, Ordering::Relaxed);
        let read = match format {
            Format::JsonLines => self.json_lines(file),
            _ => self.whole(file, format),
        };
        Some(read.unwrap_or_else(|problem| {
            let parsed = Parsed { articles: Vec::new(), problems: vec![problem] };
            Source { parsed: Arc::new(parsed), seen: None }
        }))
    }

    fn whole(&self, file: &SourceFile, format: Format) -> Result<Source, Problem> {
        let read = read_whole(file);
        self.gauge.add(file.bytes);
        let (bytes, metadata) = read?;
        let hash = Digest::of(&bytes);
        let parsed = match self.sources.with_hash(&file.name, hash) {
            Some(parsed) => Arc::clone(parsed),
            None => Arc::new(parse::file(&file.name, format, &bytes)),
        };
        Ok(Source { parsed, seen: Some(Seen::new(Stamp::of(&metadata), hash, self.now)) })
    }

    fn json_lines(&self, file: &SourceFile) -> Result<Source, Problem> {
        let (opened, metadata) = open(file)?;
        let mut source = Hashing { source: &opened, hasher: blake3::Hasher::new() };
        let known = |id: &str| self.before.and_then(|before| before.article(id));
        let lines = BufReader::with_capacity(READ_BYTES, &mut source);
        let read = parse::jsonl::read(&file.name, lines, &known, |bytes| self.gauge.add(bytes));
        let mut parsed = read.map_err(|error| unreadable(file, &error))?;
        let mut seen = Some(Seen::new(Stamp::of(&metadata), source.digest(), self.now));
        if let Err(mut problem) = unchanged(file, &opened, &metadata) {
            problem.effect = Effect::Kept;
            parsed.problems.push(problem);
            seen = None;
        }
        Ok(Source { parsed: Arc::new(parsed), seen })
    }
}

/// How much of a file of JSON lines is read at once.
const READ_BYTES: usize = 1 << 20;

/// Hashes what is read through it.
struct Hashing<R> {
    source: R,
    hasher: blake3::Hasher,
}

impl<R> Hashing<R> {
    fn digest(&self) -> Digest {
        Digest::from_bytes(*self.hasher.finalize().as_bytes())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.hasher.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

fn read_synonyms(file: &SourceFile, problems: &mut Vec<Problem>) -> Synonyms {
    let text = read_whole(file).and_then(|(bytes, _)| parse::decoded(&file.name, &bytes).map(String::from));
    match text {
        Ok(text) => {
            let (synonyms, found) = synonyms::parse(&file.name, &text);
            problems.extend(found);
            synonyms
        }
        Err(problem) => {
            problems.push(problem);
            Synonyms::default()
        }
    }
}

fn golden_questions(file: &SourceFile, problems: &mut Vec<Problem>) -> Vec<GoldenQuestion> {
    let read = open(file).and_then(|(opened, _)| {
        questions::read(&file.name, BufReader::new(opened)).map_err(|error| unreadable(file, &error))
    });
    match read {
        Ok((golden, found)) => {
            problems.extend(found);
            golden
        }
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    }
}

/// All articles with their problems; of two with one id the second, in the order of paths and lines, is
/// left out.
fn distinct<'a>(
    parsed: impl Iterator<Item = &'a Parsed> + Clone,
    problems: &mut Vec<Problem>,
) -> Vec<Arc<Article>> {
    let count = parsed.clone().map(|file| file.articles.len()).sum();
    let mut articles: Vec<Arc<Article>> = Vec::with_capacity(count);
    let mut first: HashMap<&str, &Article> = HashMap::with_capacity(count);
    for file in parsed {
        problems.extend(file.problems.iter().cloned());
        for article in &file.articles {
            if let Some(taken) = first.get(article.id.as_str()) {
                problems.push(duplicate(&article.id, &Place::of(taken), Place::of(article)));
                continue;
            }
            first.insert(&article.id, article);
            articles.push(Arc::clone(article));
        }
    }
    articles
}

/// Where an article stands.
struct Place {
    path: String,
    line: Option<u32>,
}

impl Place {
    fn of(article: &Article) -> Place {
        let line = match article.lines {
            LineMap::Single(line) => Some(line),
            LineMap::Runs(_) => None,
        };
        Place { path: article.path.clone(), line }
    }
}

fn duplicate(id: &str, taken: &Place, place: Place) -> Problem {
    let at = taken.line.map(|line| format!(":{line}")).unwrap_or_default();
    let id = quoted(id);
    let message = format!("the id {id} is taken by `{}{at}`: rename one of them", taken.path);
    Problem { path: place.path, line: place.line, effect: Effect::Skipped, message }
}

/// Opens a file that was listed as a regular one, and looks whether it still is.
fn open(file: &SourceFile) -> Result<(File, Metadata), Problem> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A file may have been replaced since it was listed: by a link, which is refused, or by a FIFO, on which
    // a plain open would wait for ever.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let opened = options.open(&file.path).map_err(|error| unreadable(file, &error))?;
    let metadata = opened.metadata().map_err(|error| unreadable(file, &error))?;
    if !metadata.is_file() {
        return Err(file.problem(walk::NOT_REGULAR));
    }
    Ok((opened, metadata))
}

/// The bytes of a file of at most [`ARTICLE_BYTES_MAX`], and what the file system says of it.
fn read_whole(file: &SourceFile) -> Result<(Vec<u8>, Metadata), Problem> {
    read_whole_then(file, || ())
}

/// See [`read_whole`]; `after` is called between the reading and the last look, for tests.
fn read_whole_then(file: &SourceFile, after: impl FnOnce()) -> Result<(Vec<u8>, Metadata), Problem> {
    let (opened, before) = open(file)?;
    let limit = ARTICLE_BYTES_MAX as u64;
    let mut bytes = Vec::with_capacity(usize::try_from(before.len().min(limit)).unwrap_or_default());
    (&opened).take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    if bytes.len() as u64 > limit {
        let mib = limit >> 20;
        return Err(file.problem(&format!("is over {mib} MiB, the limit for one article: split it")));
    }
    after();
    unchanged(file, &opened, &before)?;
    Ok((bytes, before))
}

/// Whether a file is as it was before it was read.
fn unchanged(file: &SourceFile, opened: &File, before: &Metadata) -> Result<(), Problem> {
    let after = opened.metadata().map_err(|error| unreadable(file, &error))?;
    let is_same = after.len() == before.len() && after.modified().ok() == before.modified().ok();
    is_same.then_some(()).ok_or_else(|| file.problem("changed while it was read: reload once it is complete"))
}

fn unreadable(file: &SourceFile, error: &io::Error) -> Problem {
    file.problem(&format!("cannot be read ({error}): see to its permissions, or remove it"))
}

#[cfg(test)]
mod tests;
