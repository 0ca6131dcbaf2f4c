//! What is wrong with a corpus: collected, never thrown.

use std::fmt;
use std::path::PathBuf;

/// One thing wrong with one file of the corpus. The rest loads all the same.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file, relative to the corpus root, with `/`.
    pub path: String,
    /// The line, 1-based, where the problem has one.
    pub line: Option<u32>,
    /// What it does to the article.
    pub effect: Effect,
    /// What is wrong and what to do, lower case, without a full stop.
    pub message: String,
}

/// What a problem does to the article in which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Effect {
    /// The article (or the rule, or the golden question) is left out.
    Skipped,
    /// The article is kept without the field in question.
    Kept,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why no corpus could be loaded at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder is not there.
    #[error("no corpus folder at `{}`: make it and put articles (.md, .txt, .html or .jsonl) into it, or name another with --corpus or CORPUS_DIR", root.display())]
    Missing {
        /// The folder asked for.
        root: PathBuf,
    },
    /// The folder cannot be read, or is no folder.
    #[error("cannot read the corpus folder `{}`: {source}", root.display())]
    Unreadable {
        /// The folder asked for.
        root: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds no article that could be read.
    #[error("no article in `{}`: put .md, .txt, .html or .jsonl files into it{}", root.display(), problem_count(problems))]
    Empty {
        /// The folder asked for.
        root: PathBuf,
        /// What was wrong with the files that are there.
        problems: Vec<Problem>,
    },
    /// A file of questions that was asked for cannot be read.
    #[error("cannot read the questions in `{}`: {source}", path.display())]
    Questions {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// An offending value as a message shows it: in backticks, on one line, not too long.
pub(super) fn quoted(value: &str) -> String {
    /// Enough to find it by.
    const CHARS_MAX: usize = 60;
    let mut chars = value.trim().chars().map(|c| match c {
        '`' => '\'',
        c if c.is_control() || c.is_whitespace() => ' ',
        c => c,
    });
    let start: String = chars.by_ref().take(CHARS_MAX).collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("`{start}{more}`")
}

fn problem_count(problems: &[Problem]) -> String {
    match problems {
        [] => String::new(),
        [one] => format!(" (one problem: {one})"),
        [first, ..] => format!(" ({} problems, the first: {first})", problems.len()),
    }
}
