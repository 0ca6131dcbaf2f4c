//! From a canonical text to sentences and passages. Pure.

use std::ops::Range;

use super::Language;

/// A sentence: a byte range of the canonical text within one paragraph, without white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The paragraph in which it stands, 1-based. Paragraphs are parted by empty lines.
    pub paragraph: u32,
}

impl Sentence {
    /// The byte range in the canonical text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A passage: a run of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Its first sentence, as an index into the article's sentences.
    pub first: u32,
    /// One past its last sentence.
    pub end: u32,
}

/// Splits a text into sentences.
pub fn sentences(text: &str, language: Language) -> Vec<Sentence> {
    let _ = (text, language);
    Vec::new()
}

/// Groups sentences into passages.
pub fn passages(text: &str, sentences: &[Sentence]) -> Vec<Passage> {
    let _ = (text, sentences);
    Vec::new()
}
