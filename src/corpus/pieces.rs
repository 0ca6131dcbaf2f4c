//! Where the sentences and passages of a text stand, in as few bytes as tell it: a corpus of short articles has
//! them a million times.
//!
//! Of a sentence only the start is kept. Sentences cover all of a text but white space and have none at their ends,
//! so that each ends where the white space before the next begins, and an empty line in that white space says that
//! the next begins a paragraph.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::split::{self, CELLS, Passage, Sentence};
use super::{Article, Language};

/// A heading has no more words than this.
const HEADING_WORDS_MAX: usize = 12;

/// The sentences and passages of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// How many sentences there are, the first byte of each, and the first and end sentence of each passage; nothing
    /// where there is no sentence. Where these do not all fit into two bytes, each takes two places, the upper half
    /// first, and a [`WIDE`] stands before them.
    numbers: Box<[u16]>,
}

/// Stands where there are fewer sentences.
const WIDE: u16 = u16::MAX;

impl Pieces {
    /// Cuts a text.
    pub fn of(text: &str, language: Language) -> Pieces {
        let sentences = split::sentences(text, language);
        Pieces::new(&sentences, &split::passages(text, &sentences))
    }

    fn new(sentences: &[Sentence], passages: &[Passage]) -> Pieces {
        let Some(last) = sentences.last() else { return Pieces::default() };
        let starts = sentences.iter().map(|sentence| sentence.start);
        let passages = passages.iter().flat_map(|passage| [passage.first, passage.end]);
        let numbers = std::iter::once(sentences.len() as u32).chain(starts).chain(passages);
        // The ends of passages are counts of sentences, too.
        let is_narrow = last.start.max(sentences.len() as u32) < WIDE.into();
        let numbers = if is_narrow {
            numbers.map(|number| number as u16).collect()
        } else {
            let halves = numbers.flat_map(|number| [(number >> 16) as u16, number as u16]);
            std::iter::once(WIDE).chain(halves).collect()
        };
        Pieces { numbers }
    }

    /// The number at a place.
    #[inline]
    fn number(&self, at: usize) -> Option<usize> {
        match *self.numbers {
            [WIDE, ref halves @ ..] => {
                let [upper, lower] = *halves.as_chunks().0.get(at)?;
                Some(usize::from(upper) << 16 | usize::from(lower))
            }
            ref numbers => numbers.get(at).map(|&number| number.into()),
        }
    }

    fn sentence_count(&self) -> usize {
        self.number(0).unwrap_or(0)
    }

    /// The first byte of a sentence.
    #[inline]
    fn start(&self, sentence: usize) -> Option<usize> {
        if sentence < self.sentence_count() { self.number(1 + sentence) } else { None }
    }

    fn passage(&self, number: usize) -> Option<Passage> {
        let at = 1 + self.sentence_count() + 2 * number;
        Some(Passage { first: self.number(at)? as u32, end: self.number(at + 1)? as u32 })
    }

    fn passage_count(&self) -> usize {
        let all = match *self.numbers {
            [WIDE, ref halves @ ..] => halves.len() / 2,
            ref numbers => numbers.len(),
        };
        all.saturating_sub(1 + self.sentence_count()) / 2
    }
}

/// Where one paragraph of a text ends and the next begins: the white space with an empty line in it.
pub fn paragraph_breaks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text.get(rest..)?.find('\n')?;
            let start = text.get(..start)?.trim_end().len().max(rest);
            let gap = text.get(start..)?;
            let end = start + (gap.len() - gap.trim_start().len());
            rest = end;
            if is_break(text.get(start..end)?) {
                return Some(start..end);
            }
        }
    })
}

/// Whether white space has an empty line in it.
fn is_break(space: &str) -> bool {
    space.matches('\n').nth(1).is_some()
}

impl Article {
    /// How many sentences there are.
    pub fn sentence_count(&self) -> usize {
        self.pieces.sentence_count()
    }

    /// The byte range of a sentence by its number from 0, without white space at its ends.
    pub fn sentence(&self, number: usize) -> Option<Range<usize>> {
        let start = self.pieces.start(number)?;
        let end = self.pieces.start(number + 1).unwrap_or(self.text.len());
        Some(start..start + self.text.get(start..end)?.trim_end().len())
    }

    /// The byte ranges of the sentences in order, each within one paragraph. They cover all of the text but white
    /// space.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.sentence_count()).filter_map(|number| self.sentence(number))
    }

    /// The bytes from the first to the last of some sentences.
    pub fn run(&self, sentences: Range<usize>) -> Option<Range<usize>> {
        let last = sentences.end.checked_sub(1)?;
        Some(self.sentence(sentences.start)?.start..self.sentence(last)?.end)
    }

    /// In which paragraph a byte of a sentence stands, from 1: paragraphs are parted by empty lines.
    pub fn paragraph_at(&self, offset: usize) -> u32 {
        let (mut paragraph, mut end) = (1, 0);
        for sentence in self.sentences() {
            let gap = self.text.get(end..sentence.start).unwrap_or_default();
            paragraph += u32::from(end > 0 && is_break(gap));
            end = sentence.end;
            if end > offset {
                break;
            }
        }
        paragraph
    }

    /// Whether a sentence is a heading by its looks: a short paragraph of its own, before another, that does not end as
    /// a sentence does. A question is one too: what follows answers it.
    pub fn is_heading(&self, number: usize) -> bool {
        let text_of = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let Some(range) = self.sentence(number) else { return false };
        let Some(next) = self.sentence(number + 1) else { return false };
        let before = number.checked_sub(1).and_then(|before| self.sentence(before));
        let written = text_of(range.clone());
        is_break(text_of(range.end..next.start))
            && before.is_none_or(|before| is_break(text_of(before.end..range.start)))
            && !written.ends_with(['.', '!', '…', ',', ';', '。', '！', '，', '；', '"', '”'])
            && written.split_whitespace().nth(HEADING_WORDS_MAX).is_none()
    }

    /// Whether a sentence is a row of a table.
    pub fn is_row(&self, number: usize) -> bool {
        self.sentence(number).and_then(|range| self.text.get(range)).is_some_and(|text| text.contains(CELLS))
    }

    /// How many passages there are.
    pub fn passage_count(&self) -> usize {
        self.pieces.passage_count()
    }

    /// A passage by its number from 0.
    pub fn passage(&self, number: usize) -> Option<Passage> {
        self.pieces.passage(number)
    }

    /// The passages in order; see [`split::passages`].
    pub fn passages(&self) -> impl Iterator<Item = Passage> {
        (0..self.passage_count()).filter_map(|number| self.passage(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::samples;

    fn check(text: &str) {
        let (sentences, corpus) = (
            split::sentences(text, Language::English),
            samples::corpus(&[("a", text)], crate::corpus::Synonyms::default()),
        );
        let article = &corpus.articles()[0];
        let pieces = Pieces::new(&sentences, &split::passages(text, &sentences));
        let article = Article { language: Language::English, pieces, ..(**article).clone() };
        assert_eq!(article.sentence_count(), sentences.len());
        for (number, sentence) in sentences.iter().enumerate() {
            assert_eq!(article.sentence(number), Some(sentence.range()), "{text:?}");
            for offset in [sentence.start, sentence.end - 1] {
                assert_eq!(article.paragraph_at(offset as usize), sentence.paragraph, "{text:?}");
            }
        }
        assert_eq!(article.sentence(sentences.len()), None);
        let passages = split::passages(text, &sentences);
        assert_eq!(article.passages().collect::<Vec<_>>(), passages);
        assert_eq!(
            (article.passage_count(), article.passage(0)),
            (passages.len(), passages.first().copied())
        );
        let all = sentences.first().zip(sentences.last());
        let all = all.map(|(first, last)| first.range().start..last.range().end);
        assert_eq!(article.run(0..sentences.len()), all);
    }

    #[test]
    fn what_is_not_kept_follows_from_the_text() {
        check("");
        check(" \n ");
        check("One came. Two went.");
        check("\n\n One came. Two went.\n \n\u{a0}\nThree stayed.\nFour left.\r\n\r\n\nFive.");
        check("1. Extreme weather came.\n\n(a)\n\nWhat next? -");
    }

    #[test]
    fn a_long_text_is_told_as_a_short_one() {
        // The last sentence begins where two bytes just tell it, and where they do not.
        for start in [65_534, 65_535, 65_536, 200_000] {
            let first = format!("{} {}", "x".repeat(start % 4 + 2), "one ".repeat(start / 4));
            let text = format!("{}. Two went.", first[..start - 2].trim_end());
            let sentences = split::sentences(&text, Language::English);
            assert_eq!(sentences.last().map(|last| last.start as usize), Some(start));
            check(&text);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_same_as_was_cut(text in "\\PC*|[a-zA-Z1. \n\u{4e00}-\u{4e20}]{0,400}|([A-Z][a-z ]{0,9}[.!)]?[\n\t ]{0,3}){0,60}") {
            check(&text);
        }
    }

    #[test]
    fn finds_where_paragraphs_end() {
        fn check(text: &str, expected: &[&str]) {
            let parts: Vec<&str> = paragraph_breaks(text).map(|found| &text[found]).collect();
            assert_eq!(parts, expected, "{text:?}");
        }
        check("", &[]);
        check("One. Two.\nThree.", &[]);
        check("One.\n\nTwo.\nThree. \n \n\tFour.", &["\n\n", " \n \n\t"]);
        check("\n\nOne.\n\n", &["\n\n", "\n\n"]);
    }

    #[test]
    fn a_heading_is_known_by_its_looks() {
        fn check(text: &str, expected: &[bool]) {
            let corpus = samples::corpus(&[("a", text)], crate::corpus::Synonyms::default());
            let article = &corpus.articles()[0];
            let found: Vec<bool> = (0..article.sentence_count()).map(|n| article.is_heading(n)).collect();
            assert_eq!(found, expected, "{text}");
        }
        check("Parking\n\nThere is none.", &[true, false]);
        check("Can I bring a dog?\n\nNo.\n\nAnd a cat?", &[true, false, false]);
        // A line in its paragraph, a sentence, a paragraph that is long.
        check("Parking\nThere is none.\n\nBut a bus stop.", &[false, false, false]);
        check("It rained.\n\nHe left.", &[false, false]);
        check(
            "one two three four five six seven eight nine ten eleven twelve thirteen\n\nEnd.",
            &[false, false],
        );
        assert!(
            !samples::corpus(&[("a", "A\n\nB.")], crate::corpus::Synonyms::default()).articles()[0]
                .is_heading(9)
        );
    }
}
