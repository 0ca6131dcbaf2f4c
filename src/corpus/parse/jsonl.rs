//! JSON lines: one article a line, in a file of any size.
//!
//! The file is taken line by line, a batch of lines at a time, so that memory holds a batch and the articles
//! made so far. A line that cannot be used is reported with its number; the others are kept.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;

use super::canonical::{derived_title, keep_lines, unify_line_ends};
use super::fields::{Field, Fields, Value};
use super::{ARTICLE_BYTES_MAX, Fault, Parsed, guarded, too_large};
use crate::corpus::problem::quoted;
use crate::corpus::{Article, Effect, LineMap, Problem, Provenance, Title};

/// The most lines of one file that are reported as broken, and the most fields. A file with more is not what
/// its name says; the rest of it is left out, which bounds time and memory.
const PROBLEMS_MAX: usize = 1000;

/// How much is read before it is parsed, in bytes and in lines: enough for every thread, small beside the
/// articles it becomes.
const BATCH_BYTES: usize = 4 << 20;
const BATCH_LINES: usize = 4096;

/// The articles of a file in memory.
pub(super) fn parse(path: &str, bytes: &[u8]) -> Parsed {
    // Reading from memory cannot fail.
    read(path, bytes, &|_| None, |_| ()).unwrap_or_default()
}

/// Finds an article that was read before, by its id.
pub(in crate::corpus) type Known<'a> = &'a (dyn Fn(&str) -> Option<&'a Arc<Article>> + Sync);

/// The articles of a stream. `consumed` is told of the bytes of each batch. An article that is `known` and did not
/// change is shared, not made again.
///
/// # Errors
///
/// Where the stream cannot be read on.
pub(in crate::corpus) fn read(
    path: &str,
    source: impl BufRead,
    known: Known,
    consumed: impl Fn(u64),
) -> io::Result<Parsed> {
    let path: Arc<str> = path.into();
    let mut last = None;
    let mut lines = Lines::new(source);
    let mut parsed = Parsed::default();
    let mut counts = Counts::default();
    loop {
        let (batch, bytes) = lines.batch()?;
        if batch.is_empty() {
            return Ok(parsed);
        }
        let parsed_batch: Vec<Parsed> = batch.par_iter().map(|line| parse_line(&path, line, known)).collect();
        consumed(bytes);
        for mut line in parsed_batch {
            line.articles.iter_mut().for_each(|article| share_provenance(article, &mut last));
            parsed.articles.extend(line.articles);
            for problem in line.problems {
                if counts.admits(&problem) {
                    parsed.problems.push(problem);
                }
            }
            if counts.skipped > PROBLEMS_MAX {
                let message = format!(
                    "over {PROBLEMS_MAX} lines are broken: the rest of the file is left out, so see whether it is JSON lines at all"
                );
                parsed.problems.push(Fault::new(None, message).into_problem(&path));
                return Ok(parsed);
            }
        }
    }
}

/// Lets an article that was just made share the provenance of the one before where these are the same.
fn share_provenance(article: &mut Arc<Article>, last: &mut Option<Arc<Provenance>>) {
    match (Arc::get_mut(article), &*last) {
        (Some(article), Some(last)) if article.provenance == *last => article.provenance = Arc::clone(last),
        _ => *last = Some(Arc::clone(&article.provenance)),
    }
}

#[derive(Default)]
struct Counts {
    skipped: usize,
    kept: usize,
}

impl Counts {
    /// Counts a problem; whether there is still room to report it.
    fn admits(&mut self, problem: &Problem) -> bool {
        let count = match problem.effect {
            Effect::Skipped => &mut self.skipped,
            Effect::Kept => &mut self.kept,
        };
        *count += 1;
        *count <= PROBLEMS_MAX
    }
}

/// One line of a file of JSON lines, without its line end.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::corpus) struct Line {
    /// Its number, 1-based.
    pub(in crate::corpus) number: u32,
    /// Its bytes, or why it cannot be used.
    bytes: Result<Vec<u8>, Fault>,
}

impl Line {
    /// The line as text.
    fn text(&self) -> Result<&str, Fault> {
        let bytes = self.bytes.as_ref().map_err(Fault::clone)?;
        let bytes =
            if self.number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        std::str::from_utf8(bytes)
            .map_err(|_| Fault::new(self.number, "is not UTF-8: save the file as UTF-8"))
    }

    /// The line as a value of JSON; `None` where it is blank.
    pub(in crate::corpus) fn json<'a, T: Deserialize<'a>>(
        &'a self,
        path: &str,
    ) -> Result<Option<T>, Problem> {
        let parse = || {
            let text = self.text()?.trim();
            if text.is_empty() {
                return Ok(None);
            }
            if !text.starts_with('{') {
                return Err(Fault::new(self.number, "is not a JSON object: mend the line"));
            }
            serde_json::from_str(text).map(Some).map_err(|error| {
                let message = error.to_string();
                let end = message.rfind(" at line ").unwrap_or(message.len());
                let reason = quoted(message.get(..end).unwrap_or_default());
                let column = error.column();
                let message = format!("is not the JSON expected, {reason} at column {column}: mend the line");
                Fault::new(self.number, message)
            })
        };
        parse().map_err(|fault| fault.into_problem(path))
    }
}

/// The lines of a stream, each within [`ARTICLE_BYTES_MAX`].
pub(in crate::corpus) struct Lines<R> {
    source: R,
    number: u32,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(in crate::corpus) fn new(source: R) -> Lines<R> {
        Lines { source, number: 0, ended: false }
    }

    /// The next lines, and how many bytes they take; none at the end.
    pub(in crate::corpus) fn batch(&mut self) -> io::Result<(Vec<Line>, u64)> {
        let (mut lines, mut total) = (Vec::new(), 0_u64);
        while lines.len() < BATCH_LINES && total < BATCH_BYTES as u64 {
            let Some((line, bytes)) = self.next_line()? else { break };
            total += bytes;
            lines.push(line);
        }
        Ok((lines, total))
    }

    /// The next line and how many bytes of the stream it takes. What is over the limit is passed over
    /// without being kept. A NUL byte ends the file: it is no text, and may be the endless zeros of a file
    /// with holes.
    fn next_line(&mut self) -> io::Result<Option<(Line, u64)>> {
        let (mut kept, mut total) = (Vec::new(), 0_u64);
        let (mut is_binary, mut is_too_large) = (false, false);
        let mut done = self.ended;
        while !done {
            let chunk = match self.source.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let content = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
            let used = content.len() + usize::from(end.is_some());
            is_binary = content.contains(&0);
            is_too_large |= kept.len() + content.len() > ARTICLE_BYTES_MAX;
            if is_too_large {
                kept = Vec::new();
            } else {
                kept.extend_from_slice(content);
            }
            self.ended = is_binary || chunk.is_empty();
            done = self.ended || end.is_some();
            total += used as u64;
            self.source.consume(used);
        }
        if total == 0 {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        let bytes = if is_binary {
            let message = "is binary (it holds a NUL byte): the rest of the file is left out";
            Err(Fault::new(self.number, message))
        } else if is_too_large {
            Err(too_large(Some(self.number)))
        } else {
            Ok(kept)
        };
        Ok(Some((Line { number: self.number, bytes }, total)))
    }
}

/// The fields of a line; all others are ignored.
#[derive(Debug, Deserialize)]
struct Fieldset {
    id: Option<Value>,
    text: Option<String>,
    title: Option<Value>,
    publisher: Option<Value>,
    source: Option<Value>,
    authors: Option<Value>,
    published: Option<Value>,
    date: Option<Value>,
    url: Option<Value>,
    language: Option<Value>,
    tags: Option<Value>,
}

fn parse_line(path: &Arc<str>, line: &Line, known: Known) -> Parsed {
    let mut problems = Vec::new();
    let article = guarded(|| {
        Ok(line
            .json::<Fieldset>(path)
            .map(|fields| fields.map(|fields| article(path, line.number, fields, known, &mut problems))))
    });
    let article = match article {
        Ok(Ok(None)) => return Parsed::default(),
        Ok(Ok(Some(article))) => article.map_err(|fault| fault.into_problem(path)),
        Ok(Err(problem)) => Err(problem),
        Err(fault) => Err(Fault { line: Some(line.number), ..fault }.into_problem(path)),
    };
    match article {
        Ok(article) => Parsed { articles: vec![article], problems },
        Err(problem) => {
            problems.push(problem);
            Parsed { articles: Vec::new(), problems }
        }
    }
}

fn article(
    path: &Arc<str>,
    number: u32,
    fields: Fieldset,
    known: Known,
    problems: &mut Vec<Problem>,
) -> Result<Arc<Article>, Fault> {
    let id = id(number, fields.id)?;
    let text = fields.text.unwrap_or_default();
    if text.contains('\0') {
        return Err(Fault::new(number, "`text` holds a NUL character: leave it out"));
    }
    let text = unify_line_ends(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let (text, _) = keep_lines(&text, 1);
    if text.is_empty() {
        return Err(Fault::new(number, "has no `text`: give it some, or remove the line"));
    }
    let field = |name, value: Option<Value>| value.map(|value| Field { name, value, line: Some(number) });
    let fields = Fields {
        title: field("title", fields.title),
        publisher: field("publisher", fields.publisher).or(field("source", fields.source)),
        authors: field("authors", fields.authors),
        published: field("published", fields.published).or(field("date", fields.date)),
        url: field("url", fields.url),
        language: field("language", fields.language),
        tags: field("tags", fields.tags),
    };
    let (title, metadata) = fields.resolve(path, problems);
    let title = title.map_or_else(|| derived_title(&text), |title| Title::Given(title.into()));
    let lines = LineMap::Single(number);
    if let Some(old) = known(&id)
        && (*old.path() == **path && *old.text == *text && old.title == title && *old.metadata() == metadata)
    {
        // What costs time in an article depends on these alone.
        let same = || Arc::clone(old);
        let moved = || Arc::new(Article { lines: lines.clone(), ..(**old).clone() });
        return Ok(if old.lines == lines { same() } else { moved() });
    }
    Ok(Arc::new(Article::new(id, Arc::clone(path), title, metadata, text, lines)))
}

/// The id of a line: a text, or a whole number.
fn id(number: u32, value: Option<Value>) -> Result<String, Fault> {
    /// The longest id, in characters: it is shown, and stored with every answer.
    const CHARS_MAX: usize = 500;
    let id: Cow<'_, str> = match &value {
        Some(Value::Text(id)) => id.trim().into(),
        Some(Value::Plain(id)) if id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => id.into(),
        None | Some(Value::Null) => "".into(),
        Some(_) => return Err(Fault::new(number, "`id` is no text and no whole number: make it one")),
    };
    if id.is_empty() {
        return Err(Fault::new(number, "has no `id`: give it one of its own"));
    }
    if id.contains(char::is_control) || id.chars().nth(CHARS_MAX).is_some() {
        let shown = quoted(&id);
        let message =
            format!("`id` {shown} has control characters or over {CHARS_MAX} characters: change it");
        return Err(Fault::new(number, message));
    }
    Ok(id.into_owned())
}
