//! From one file's bytes to articles: Markdown, plain text, HTML and JSON lines.
//!
//! All of it is pure: bytes and a path go in, articles and problems come out. So a file that somebody hands
//! in (and that is on no disk yet) goes through the same code as one in the corpus folder. This module knows
//! nothing of folders and links; [`super::read`] does.

mod canonical;
mod fields;
mod front_matter;
mod html;
pub(super) mod jsonl;
mod markdown;
mod text;

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use super::{Article, Effect, LineMap, Metadata, Problem, Title};

/// The largest article, in bytes: a file, or one line of a `.jsonl` file. 16 MiB is some 2.5 million words,
/// four times War and Peace; what is larger is no article, and reading it would cost memory for nothing.
pub const ARTICLE_BYTES_MAX: usize = 16 << 20;

/// What a file of the corpus is, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// One article, or one a line.
    Articles(Format),
    /// `synonyms.txt` at the top of the corpus.
    Synonyms,
    /// `questions.jsonl` at the top of the corpus.
    GoldenQuestions,
    /// Another `questions*.jsonl` at the top of the corpus: kept for `eval --questions`, not read.
    OtherQuestions,
    /// A name beginning with a dot or underscore, a README.md, or an extension that is no article's.
    Ignored,
}

/// A format of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.md`: Markdown with optional YAML front matter.
    Markdown,
    /// `.txt`: plain text.
    Text,
    /// `.html`: the main content of a web page.
    Html,
    /// `.jsonl`: one article a line.
    JsonLines,
}

/// What one file (or one line of a `.jsonl` file) holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The articles, in the order of the file.
    pub articles: Vec<Arc<Article>>,
    /// What is wrong with it, in the order of its lines.
    pub problems: Vec<Problem>,
}

/// What the file at `path` (relative to the corpus root, with `/`) is. Names are reserved at the top of the
/// corpus alone; names beginning with a dot or underscore are ignored wherever they stand in the path.
pub fn role(path: &str) -> Role {
    let name = path.rsplit('/').next().unwrap_or(path);
    if path.split('/').any(|part| part.starts_with(['.', '_'])) || name.eq_ignore_ascii_case("README.md") {
        return Role::Ignored;
    }
    if path == "synonyms.txt" {
        return Role::Synonyms;
    }
    if path == "questions.jsonl" {
        return Role::GoldenQuestions;
    }
    if !path.contains('/') && name.starts_with("questions") && name.ends_with(".jsonl") {
        return Role::OtherQuestions;
    }
    match name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("md") => Role::Articles(Format::Markdown),
        Some("txt") => Role::Articles(Format::Text),
        Some("html") => Role::Articles(Format::Html),
        Some("jsonl") => Role::Articles(Format::JsonLines),
        _ => Role::Ignored,
    }
}

/// The id of the article in the file at `path`: the path without its extension.
pub fn id_of(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => path,
    }
}

/// The articles of one file. `path` is relative to the corpus root, with `/`.
pub fn file(path: &str, format: Format, bytes: &[u8]) -> Parsed {
    match format {
        Format::JsonLines => jsonl::parse(path, bytes),
        _ => one_article(path, format, bytes),
    }
}

/// The bytes of a file as text: UTF-8 without byte order mark, line ends as `\n`.
///
/// # Errors
///
/// Where the file is not UTF-8, or binary.
pub fn decoded<'a>(path: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Problem> {
    canonical::decode(bytes).map_err(|fault| fault.into_problem(path))
}

/// The reason for which a whole article is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    line: Option<u32>,
    message: String,
}

impl Fault {
    fn new(line: impl Into<Option<u32>>, message: impl Into<String>) -> Fault {
        Fault { line: line.into(), message: message.into() }
    }

    fn into_problem(self, path: &str) -> Problem {
        Problem { path: path.to_owned(), line: self.line, effect: Effect::Skipped, message: self.message }
    }
}

/// What a format's reader extracts from a file.
#[derive(Debug, Default)]
struct Extract {
    /// The title the source gives.
    title: Option<String>,
    metadata: Metadata,
    text: String,
    lines: Vec<(u32, u32)>,
    /// Fields that were left out.
    problems: Vec<Problem>,
}

fn one_article(path: &str, format: Format, bytes: &[u8]) -> Parsed {
    let extracted = guarded(|| {
        if bytes.len() > ARTICLE_BYTES_MAX {
            return Err(too_large(None));
        }
        let source = canonical::decode(bytes)?;
        match format {
            Format::Markdown => markdown::extract(path, &source),
            Format::Text => Ok(text::extract(&source)),
            // JSON lines hold many articles and never come here.
            Format::Html | Format::JsonLines => html::extract(&source),
        }
    });
    let extract = match extracted {
        Ok(extract) => extract,
        Err(fault) => return Parsed { articles: Vec::new(), problems: vec![fault.into_problem(path)] },
    };
    let Extract { title, metadata, text, lines, mut problems } = extract;
    if text.is_empty() {
        let fault = Fault::new(None, "holds no text: write some, or remove the file");
        problems.push(fault.into_problem(path));
        return Parsed { articles: Vec::new(), problems };
    }
    let title = title.map_or_else(|| canonical::derived_title(&text), |title| Title::Given(title.into()));
    let article = Article::new(id_of(path), path, title, metadata, text, LineMap::Runs(lines.into()));
    Parsed { articles: vec![Arc::new(article)], problems }
}

/// The one size limit, in words.
fn too_large(line: Option<u32>) -> Fault {
    let mib = ARTICLE_BYTES_MAX >> 20;
    Fault::new(line, format!("is over {mib} MiB, the limit for one article: split it"))
}

/// Turns a panic of a parsing library into a fault of the file: one bad file must not take the others, or
/// the running bot, with it. No panic is known; the parsers' inputs come from strangers.
fn guarded<T>(parse: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    panic::catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| {
        Err(Fault::new(None, "cannot be parsed (the parser itself failed): simplify its markup"))
    })
}

#[cfg(test)]
mod tests;
