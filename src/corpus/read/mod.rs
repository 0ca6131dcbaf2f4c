//! The only file IO of the corpus: lists the folder, reads each file within bounds, and hands its bytes to
//! [`super::parse`].
//!
//! Files are read and parsed on all threads of the current rayon pool; what comes out does not depend on
//! which was faster. What may change under the reader is looked at twice: a file is opened without following
//! links and without waiting, looked at again once open, and once more after it was read.

mod walk;

use std::collections::HashMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use self::walk::{Listing, SourceFile};
use super::parse::{self, ARTICLE_BYTES_MAX, Format, Parsed, Role};
use super::problem::quoted;
use super::{Article, Corpus, Effect, GoldenQuestion, LineMap, LoadError, Problem, Synonyms};
use super::{questions, synonyms};

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
    let Listing { files, mut problems } = walk::list(root)?;
    let gauge = Gauge::new(&files, progress);
    let parsed: Vec<Parsed> = files.par_iter().map(|file| articles(file, &gauge)).collect();
    let mut synonyms = Synonyms::default();
    let mut golden = Vec::new();
    for file in &files {
        match file.role {
            Role::Synonyms => synonyms = read_synonyms(file, &mut problems),
            Role::GoldenQuestions => golden = golden_questions(file, &mut problems),
            _ => {}
        }
    }
    let articles = distinct(parsed, &mut problems);
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    if articles.is_empty() {
        return Err(LoadError::Empty { root: root.to_owned(), problems });
    }
    Ok(Loaded { corpus: Corpus::new(articles, synonyms, golden), problems })
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

/// The articles of one file.
fn articles(file: &SourceFile, gauge: &Gauge<'_>) -> Parsed {
    let parsed = match file.role {
        Role::Articles(Format::JsonLines) => read_json_lines(file, gauge),
        Role::Articles(format) => {
            let read = read_whole(file).map(|bytes| parse::file(&file.name, format, &bytes));
            gauge.add(file.bytes);
            read
        }
        _ => return Parsed::default(),
    };
    parsed.unwrap_or_else(|problem| Parsed { articles: Vec::new(), problems: vec![problem] })
}

fn read_json_lines(file: &SourceFile, gauge: &Gauge<'_>) -> Result<Parsed, Problem> {
    let (opened, before) = open(file)?;
    let mut parsed = parse::jsonl::read(&file.name, BufReader::new(&opened), |bytes| gauge.add(bytes))
        .map_err(|error| unreadable(file, &error))?;
    if let Err(mut problem) = unchanged(file, &opened, &before) {
        problem.effect = Effect::Kept;
        parsed.problems.push(problem);
    }
    Ok(parsed)
}

fn read_synonyms(file: &SourceFile, problems: &mut Vec<Problem>) -> Synonyms {
    let text = read_whole(file).and_then(|bytes| parse::decoded(&file.name, &bytes).map(String::from));
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
fn distinct(parsed: Vec<Parsed>, problems: &mut Vec<Problem>) -> Vec<Arc<Article>> {
    let mut articles: Vec<Arc<Article>> = Vec::with_capacity(parsed.iter().map(|p| p.articles.len()).sum());
    let mut first: HashMap<String, Place> = HashMap::with_capacity(articles.capacity());
    for file in parsed {
        problems.extend(file.problems);
        for article in file.articles {
            let place = Place::of(&article);
            if let Some(taken) = first.get(&article.id) {
                problems.push(duplicate(&article.id, taken, place));
                continue;
            }
            first.insert(article.id.clone(), place);
            articles.push(article);
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

/// The bytes of a file of at most [`ARTICLE_BYTES_MAX`].
fn read_whole(file: &SourceFile) -> Result<Vec<u8>, Problem> {
    read_whole_then(file, || ())
}

/// See [`read_whole`]; `after` is called between the reading and the last look, for tests.
fn read_whole_then(file: &SourceFile, after: impl FnOnce()) -> Result<Vec<u8>, Problem> {
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
    Ok(bytes)
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
