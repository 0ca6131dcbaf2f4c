//! Terms by text, and the words they were written as.

use super::index::TermId;
use super::terms::TermTable;

/// All terms and words of a corpus.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Lexicon {
    terms: TermTable,
    /// Sorted by word, then term.
    words: Vec<Word>,
}

/// A word as it is written in the corpus, in lower case with accents folded.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Word {
    /// The word.
    pub text: Box<str>,
    /// The term it is indexed as.
    pub term: TermId,
    /// How often it is written.
    pub count: u32,
    /// How often with a capital where none is due: not at the start of a sentence.
    pub capitals: u32,
    /// Its [`letters`].
    pub(super) letters: u32,
}

/// Which letters occur in a word: a bit for each, which some share.
pub(super) fn letters(word: impl Iterator<Item = char>) -> u32 {
    word.fold(0, |letters, c| letters | 1 << (u32::from(c) % u32::BITS))
}

impl Word {
    /// A word that was met so often.
    pub fn new(text: &str, term: TermId, count: u32, capitals: u32) -> Word {
        Word { text: text.into(), term, count, capitals, letters: letters(text.chars()) }
    }

    /// Whether it is mostly written with a capital, as names are.
    pub fn is_name(&self) -> bool {
        self.capitals * 2 > self.count
    }

    /// The word as a reader expects it: names with a capital.
    pub fn written(&self) -> String {
        let mut chars = self.text.chars();
        match chars.next() {
            Some(first) if self.is_name() => first.to_uppercase().chain(chars).collect(),
            _ => self.text.to_string(),
        }
    }
}

impl Lexicon {
    /// Joins terms and words.
    pub fn new(terms: impl Into<TermTable>, mut words: Vec<Word>) -> Lexicon {
        words.sort_unstable_by(|a, b| a.text.cmp(&b.text).then(a.term.cmp(&b.term)));
        Lexicon { terms: terms.into(), words }
    }

    /// The term with this text.
    pub fn term(&self, text: &str) -> Option<TermId> {
        self.terms.number(text)
    }

    /// The text of a term; empty for one that is not of this lexicon.
    pub fn text(&self, term: TermId) -> &str {
        self.terms.text(term)
    }

    /// How many terms there are.
    pub fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// All words, sorted.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words that begin so.
    pub fn starting_with(&self, beginning: &str) -> &[Word] {
        let start = self.words.partition_point(|word| &*word.text < beginning);
        let rest = self.words.get(start..).unwrap_or_default();
        let count = rest.partition_point(|word| word.text.starts_with(beginning));
        rest.get(..count).unwrap_or_default()
    }

    /// The entries of a word (one for each term it is indexed as).
    pub fn word(&self, text: &str) -> &[Word] {
        let start = self.words.partition_point(|word| &*word.text < text);
        let rest = self.words.get(start..).unwrap_or_default();
        let count = rest.iter().take_while(|word| &*word.text == text).count();
        rest.get(..count).unwrap_or_default()
    }
}
