//! What is a sentence about besides what it says? What the title of its article names, and the headings above it: in an
//! article on the museum few sentences name the museum, and of those that do none need be the one that was asked for.

use crate::corpus::Article;

/// What a word of the title counts for in each sentence, of a word that stands there.
const TITLE_SHARE: f64 = 0.9;

/// The same of a word of the headings above it, and in a table of its first row.
const HEADING_SHARE: f64 = 0.6;

/// A question of more words tells by itself which sentence is meant, the better the more there are: what a word of title
/// or heading counts for is lowered in proportion.
const WORDS_FULL: f64 = 2.0;

/// The words of a question found in the title and in headings, while the sentences of an article are read in order.
pub(super) struct Topic<'a> {
    article: &'a Article,
    /// What each word of the title counts for.
    title: Vec<f64>,
    heading_share: f64,
    headings: Headings,
    /// The first row of the table that is being read; nothing outside of tables.
    columns: Vec<f64>,
    /// The sentence that was read before.
    before: Option<usize>,
}

/// The headings above a sentence. Of headings that follow each other the first and the last count: a chapter and its
/// section; of the items of a list, which look the same, what stands above it.
#[derive(Default)]
struct Headings {
    first: Vec<f64>,
    last: Vec<f64>,
    /// Whether the sentence before is a heading.
    are_open: bool,
}

impl<'a> Topic<'a> {
    /// Begins an article; `title` are the shares of the question's words found in its title, `content_words` how many of
    /// them name a subject.
    pub(super) fn new(article: &'a Article, title: &[f64], content_words: usize) -> Topic<'a> {
        let scale = (WORDS_FULL / content_words.max(1) as f64).min(1.0);
        let title = title.iter().map(|found| found * TITLE_SHARE * scale).collect();
        let heading_share = HEADING_SHARE * scale;
        Topic {
            article,
            title,
            heading_share,
            headings: Headings::default(),
            columns: Vec::new(),
            before: None,
        }
    }

    /// What each word of the question counts for in the next sentence, besides what is `found` in it.
    pub(super) fn credit(&mut self, sentence: usize, found: &[f64]) -> Vec<f64> {
        if self.before.is_some_and(|before| before + 1 != sentence) {
            self.headings = Headings::default();
            self.columns.clear();
        }
        if !self.article.is_row(sentence) {
            self.columns.clear();
        } else if self.columns.is_empty() {
            self.columns.extend(found);
        }
        self.before = Some(sentence);
        let Headings { first, last, are_open } = &mut self.headings;
        let is_heading = self.article.is_heading(sentence);
        if is_heading && !*are_open {
            (*first, *last) = (found.to_vec(), Vec::new());
        }
        let above = |word: usize| {
            let of = |heading: &[f64]| heading.get(word).copied().unwrap_or(0.0);
            let headings = if is_heading { of(first) } else { of(first).max(of(last)) };
            headings.max(of(&self.columns))
        };
        let credit = self
            .title
            .iter()
            .zip(found)
            .enumerate()
            .map(|(word, (title, found))| (title.max(above(word) * self.heading_share) - found).max(0.0));
        let credit = credit.collect();
        if is_heading && *are_open {
            *last = found.to_vec();
        }
        *are_open = is_heading;
        credit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};

    /// The credit of two words, of which the title has the first in half, for each sentence in turn; `found` says what
    /// each of them holds of the second.
    fn check(text: &str, content_words: usize, found: &[f64], expected: &[[f64; 2]]) {
        let corpus = samples::corpus(&[("a", text)], Synonyms::default());
        let mut topic = Topic::new(&corpus.articles()[0], &[0.5, 0.0], content_words);
        let credit = found.iter().enumerate().map(|(sentence, &found)| topic.credit(sentence, &[0.0, found]));
        let rounded =
            credit.map(|credit| credit.iter().map(|c| (c * 100.0).round() / 100.0).collect::<Vec<_>>());
        assert_eq!(rounded.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn title_and_headings_count_for_what_is_below() {
        let text = "Dogs\n\nThey are not admitted. Cats neither.\n\nParking\n\nThere is none.";
        let below = [0.45, 0.6];
        check(text, 2, &[1.0, 0.0, 0.0, 0.0, 0.0], &[[0.45, 0.0], below, below, [0.45, 0.0], [0.45, 0.0]]);
        // The longer the question, the less.
        check(text, 4, &[1.0, 0.0], &[[0.23, 0.0], [0.23, 0.3]]);
        // What is found counts by itself.
        check(text, 2, &[1.0, 1.0], &[[0.45, 0.0], [0.45, 0.0]]);
    }

    #[test]
    fn the_first_row_of_a_table_counts_for_the_others() {
        let text = "It costs this:\n\nSize | Price\nsmall | 3\nlarge | 5\n\nThe end has come.";
        let found = [0.0, 1.0, 0.0, 0.0, 0.0];
        let row = [0.45, 0.6];
        check(text, 1, &found, &[[0.45, 0.0], [0.45, 0.0], row, row, [0.45, 0.0]]);
    }

    #[test]
    fn of_headings_that_follow_each_other_first_and_last_count() {
        let text = "Chapter\n\nPart\n\nSection\n\nThe text.";
        check(text, 1, &[1.0, 0.0, 0.0, 0.0], &[[0.45, 0.0], [0.45, 0.6], [0.45, 0.6], [0.45, 0.6]]);
        check(text, 1, &[0.0, 1.0, 0.0, 0.0], &[[0.45, 0.0]; 4]);
        check(text, 1, &[0.0, 0.0, 1.0, 0.0], &[[0.45, 0.0], [0.45, 0.0], [0.45, 0.0], [0.45, 0.6]]);
    }
}
