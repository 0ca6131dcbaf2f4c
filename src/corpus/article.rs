//! The article: its canonical text, its metadata, and where its lines, sentences and passages stand.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::language::{self, Language};
use super::{Digest, Pieces};

/// The longest derived title, in characters.
pub const DERIVED_TITLE_CHARS_MAX: usize = 100;

/// One article of the corpus. A corpus may have a million, so each field takes as little memory as it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its path without extension (`news/2016/visit`), or the `id` of its line in a `.jsonl` file.
    pub id: Box<str>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
    /// The title, given or derived.
    pub title: Title,
    /// The canonical text: no BOM, line ends as `\n`, the marks of the format resolved. Quotes are byte
    /// ranges of it.
    pub text: Box<str>,
    /// From byte offsets of [`Article::text`] to lines of the source file.
    pub lines: LineMap,
    /// The language the text is written in: the metadata's, else detected.
    pub language: Language,
    /// Where its sentences and passages stand, for the methods that tell of them.
    pub pieces: Pieces,
    /// blake3 of the canonical text.
    pub content_hash: Digest,
}

impl Article {
    /// Makes an article of its parts: detects the language where the metadata names none, splits the text
    /// and hashes it.
    pub fn new(
        id: impl Into<Box<str>>,
        path: impl Into<Arc<str>>,
        title: Title,
        metadata: Metadata,
        text: impl Into<Box<str>>,
        lines: LineMap,
    ) -> Article {
        Article::of(id, Provenance { path: path.into(), metadata }, title, text, lines)
    }

    /// The same of a provenance that others may share.
    pub fn of(
        id: impl Into<Box<str>>,
        provenance: impl Into<Arc<Provenance>>,
        title: Title,
        text: impl Into<Box<str>>,
        lines: LineMap,
    ) -> Article {
        let (provenance, text) = (provenance.into(), text.into());
        let named = provenance.metadata.language.as_deref().and_then(Language::from_tag);
        let language = named.unwrap_or_else(|| language::detect(&text));
        let pieces = Pieces::of(&text, language);
        let content_hash = Digest::of(text.as_bytes());
        Article { id: id.into(), provenance, title, text, lines, language, pieces, content_hash }
    }

    /// The source file, relative to the corpus root, with `/`.
    pub fn path(&self) -> &str {
        &self.provenance.path
    }

    /// What the front matter or the fields of the line say.
    pub fn metadata(&self) -> &Metadata {
        &self.provenance.metadata
    }

    /// The first and last line of the source file on which this byte range of the text stands (1-based).
    pub fn lines_of(&self, range: Range<usize>) -> (u32, u32) {
        let last = range.end.saturating_sub(1).max(range.start);
        (self.lines.line_at(range.start), self.lines.line_at(last))
    }
}

/// Where an article comes from: lines of a file that say the same of it may share this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The file, relative to the corpus root, with `/`. All articles of a file share it.
    pub path: Arc<str>,
    /// What the front matter or the fields of the line say.
    pub metadata: Metadata,
}

/// What an article is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Title {
    /// A title the source gives: indexed and shown.
    Given(Box<str>),
    /// Cut from the first line, at most [`DERIVED_TITLE_CHARS_MAX`] characters: shown, not indexed, and its
    /// line stays in the quotable text.
    Derived(Box<str>),
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
    Runs(Box<[(u32, u32)]>),
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
