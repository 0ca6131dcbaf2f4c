//! The article: its canonical text, its metadata, and where its lines, sentences and passages stand.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Digest;
use super::language::{self, Language};
use super::split::{self, Passage, Sentence};

/// The longest derived title, in characters.
pub const DERIVED_TITLE_CHARS_MAX: usize = 100;

/// One article of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its path without extension (`news/2016/visit`), or the `id` of its line in a `.jsonl` file.
    pub id: String,
    /// The source file, relative to the corpus root, with `/`.
    pub path: String,
    /// The title, given or derived.
    pub title: Title,
    /// What the front matter or the fields of the line say.
    pub metadata: Metadata,
    /// The canonical text: no BOM, line ends as `\n`, the marks of the format resolved. Quotes are byte
    /// ranges of it.
    pub text: String,
    /// From byte offsets of [`Article::text`] to lines of the source file.
    pub lines: LineMap,
    /// The language the text is written in: the metadata's, else detected.
    pub language: Language,
    /// The sentences in order, each within one paragraph. They cover all of the text but white space.
    pub sentences: Vec<Sentence>,
    /// The passages in order; see [`split::passages`].
    pub passages: Vec<Passage>,
    /// blake3 of the canonical text.
    pub content_hash: Digest,
}

impl Article {
    /// Makes an article of its parts: detects the language where the metadata names none, splits the text
    /// and hashes it.
    pub fn new(
        id: String,
        path: String,
        title: Title,
        metadata: Metadata,
        text: String,
        lines: LineMap,
    ) -> Article {
        let language = metadata
            .language
            .as_deref()
            .and_then(Language::from_tag)
            .unwrap_or_else(|| language::detect(&text));
        let sentences = split::sentences(&text, language);
        let passages = split::passages(&text, &sentences);
        let content_hash = Digest::of(text.as_bytes());
        Article { id, path, title, metadata, text, lines, language, sentences, passages, content_hash }
    }

    /// The first and last line of the source file on which this byte range of the text stands (1-based).
    pub fn lines_of(&self, range: Range<usize>) -> (u32, u32) {
        let last = range.end.saturating_sub(1).max(range.start);
        (self.lines.line_at(range.start), self.lines.line_at(last))
    }
}

/// What an article is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Title {
    /// A title the source gives: indexed and shown.
    Given(String),
    /// Cut from the first line, at most [`DERIVED_TITLE_CHARS_MAX`] characters: shown, not indexed, and its
    /// line stays in the quotable text.
    Derived(String),
}

impl Title {
    /// The title as shown.
    pub fn text(&self) -> &str {
        match self {
            Title::Given(text) | Title::Derived(text) => text,
        }
    }

    /// The title where the source gives one, which is what is indexed.
    pub fn given(&self) -> Option<&str> {
        match self {
            Title::Given(text) => Some(text),
            Title::Derived(_) => None,
        }
    }
}

/// What the source says about an article besides its text. All optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The publisher, or the `source` of a line.
    pub publisher: Option<String>,
    /// The authors, in order.
    pub authors: Vec<String>,
    /// The day of publication, `2016-02-16`.
    pub published: Option<jiff::civil::Date>,
    /// An http or https address of the original.
    pub url: Option<String>,
    /// A BCP 47 tag such as `en` or `pt-BR`, as written.
    pub language: Option<String>,
    /// Tags, in order.
    pub tags: Vec<String>,
}

/// From byte offsets of a canonical text to lines of the source file (1-based).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineMap {
    /// All of the text stands on one line: an article of a `.jsonl` file.
    Single(u32),
    /// Runs of text: `(first byte, its line)`, ascending by byte, the first at byte 0. A byte belongs to the
    /// last run that begins at or before it.
    Runs(Vec<(u32, u32)>),
}

impl LineMap {
    /// The line on which the byte at `offset` stands; 1 for an empty map.
    pub fn line_at(&self, offset: usize) -> u32 {
        match self {
            LineMap::Single(line) => *line,
            LineMap::Runs(runs) => {
                let after = runs.partition_point(|&(start, _)| start as usize <= offset);
                after.checked_sub(1).and_then(|at| runs.get(at)).map_or(1, |&(_, line)| line)
            }
        }
    }
}
