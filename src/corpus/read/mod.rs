//! The only file IO of the corpus: lists the folder, reads each file within bounds, and hands its bytes to
//! [`super::parse`].
//!
//! Files are read and parsed on all threads of the current rayon pool; what comes out does not depend on
//! which was faster. What may change under the reader is looked at twice: a file is opened without following
//! links and without waiting, looked at again once open, and once more after it was read. One that somebody is
//! writing meanwhile stays as it was before, where that is known, until the next load.

mod open;
mod sources;
mod walk;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use self::open::{Fault, Opened, unreadable};
use self::sources::{Seen, Source, Stamp};
use self::walk::{Listing, SourceFile};
use super::parse::{self, Format, Parsed, Role};
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
            Role::GoldenQuestions => golden = golden_questions(file, before, &mut problems),
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
        Some(read.unwrap_or_else(|fault| match fault {
            Fault::Raced(message) => self.as_before(file, message),
            Fault::Bad(problem) => {
                let parsed = Parsed { articles: Vec::new(), problems: vec![problem] };
                Source { parsed: Arc::new(parsed), seen: None }
            }
        }))
    }

    /// What a file held at the load before, where that is known, since what it holds now is not all there yet.
    fn as_before(&self, file: &SourceFile, message: &str) -> Source {
        let parsed = self.sources.parsed(&file.name);
        let articles = parsed.map(|parsed| parsed.articles.clone()).unwrap_or_default();
        let problem = match articles.is_empty() {
            true => file.problem(&format!("{message}: reload once it is complete")),
            false => Problem {
                effect: Effect::Kept,
                ..file.problem(&format!("{message}: it stays as it was before, reload once it is complete"))
            },
        };
        Source { parsed: Arc::new(Parsed { articles, problems: vec![problem] }), seen: None }
    }

    fn whole(&self, file: &SourceFile, format: Format) -> Result<Source, Fault> {
        let read = Opened::open(file).and_then(|opened| Ok((opened.bytes()?, opened)));
        self.gauge.add(file.bytes);
        let (bytes, opened) = read?;
        opened.check_unchanged()?;
        let hash = Digest::of(&bytes);
        let parsed = match self.sources.with_hash(&file.name, hash) {
            Some(parsed) => Arc::clone(parsed),
            None => Arc::new(parse::file(&file.name, format, &bytes)),
        };
        Ok(Source { parsed, seen: Some(Seen::new(Stamp::of(&opened.metadata), hash, self.now)) })
    }

    fn json_lines(&self, file: &SourceFile) -> Result<Source, Fault> {
        let opened = Opened::open(file)?;
        let mut source = Hashing { source: &opened.handle, hasher: blake3::Hasher::new() };
        let known = |id: &str| self.before.and_then(|before| before.article(id));
        let lines = BufReader::with_capacity(READ_BYTES, &mut source);
        let read = parse::jsonl::read(&file.name, lines, &known, |bytes| self.gauge.add(bytes));
        let parsed = read.map_err(|error| unreadable(file, &error))?;
        let hash = source.digest();
        opened.check_unchanged()?;
        let seen = Seen::new(Stamp::of(&opened.metadata), hash, self.now);
        Ok(Source { parsed: Arc::new(parsed), seen: Some(seen) })
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
    let bytes = open::whole(file).map_err(|fault| fault.problem(file));
    let text = bytes.and_then(|bytes| parse::decoded(&file.name, &bytes).map(String::from));
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

/// The golden questions, which guard every reload: where they cannot be read now, those of the load before do.
fn golden_questions(
    file: &SourceFile,
    before: Option<&Corpus>,
    problems: &mut Vec<Problem>,
) -> Vec<GoldenQuestion> {
    let read = Opened::open(file).and_then(|opened| {
        let read = questions::read(&file.name, BufReader::new(&opened.handle));
        let read = read.map_err(|error| unreadable(file, &error))?;
        opened.check_unchanged()?;
        Ok(read)
    });
    match read {
        Ok((golden, found)) => {
            problems.extend(found);
            golden
        }
        Err(fault) => {
            problems.push(fault.problem(file));
            before.map(|before| before.questions().to_vec()).unwrap_or_default()
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
            if let Some(taken) = first.get(&*article.id) {
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
        Place { path: article.path().to_string(), line }
    }
}

fn duplicate(id: &str, taken: &Place, place: Place) -> Problem {
    let at = taken.line.map(|line| format!(":{line}")).unwrap_or_default();
    let id = quoted(id);
    let message = format!("the id {id} is taken by `{}{at}`: rename one of them", taken.path);
    Problem { path: place.path, line: place.line, effect: Effect::Skipped, message }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod races;
