//! The forward index: the tokens of every article in order, to read it again for ranking.
//!
//! A token takes one to five bytes, seven bits each: terms are numbered in the order in which they come, so that
//! common ones have small numbers.

use std::ops::Range;

use super::index::{ArticleNo, TermId, TokenSource};

/// The tokens of every article in order: those of its title, then those of each sentence.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Forward {
    tokens: Vec<u8>,
    articles: Vec<Span>,
    /// End of each sentence of each article, counted from the article's first token.
    sentence_ends: Vec<u32>,
}

/// Where an article ends; it begins where the one before ends.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
struct Span {
    tokens_end: usize,
    sentences_end: usize,
    /// Tokens of the title.
    title: u32,
}

/// The tokens of one article.
#[derive(Debug, Clone, Default)]
pub struct ArticleTokens<'a> {
    /// Those of the title, then those of the text.
    pub all: Vec<TermId>,
    title: usize,
    sentence_ends: &'a [u32],
}

impl ArticleTokens<'_> {
    /// The tokens of the title.
    pub fn title(&self) -> &[TermId] {
        self.all.get(..self.title).unwrap_or_default()
    }

    /// The tokens of the text.
    pub fn text(&self) -> &[TermId] {
        self.all.get(self.title..).unwrap_or_default()
    }

    /// The number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentence_ends.len()
    }

    /// The tokens of a run of sentences, as a range of [`ArticleTokens::text`].
    pub fn sentences(&self, run: Range<usize>) -> Range<usize> {
        let end_of = |sentence: usize| match sentence.checked_sub(1) {
            None => self.title,
            Some(last) => self.sentence_ends.get(last).map_or(self.all.len(), |&end| end as usize),
        };
        end_of(run.start) - self.title..end_of(run.end) - self.title
    }
}

impl Forward {
    /// The tokens of an article; none for one that is not of this corpus.
    pub fn article(&self, article: ArticleNo) -> ArticleTokens<'_> {
        let Some((tokens, sentence_ends, title)) = self.parts(article) else {
            return ArticleTokens::default();
        };
        let mut all = Vec::with_capacity(tokens.len());
        decode(tokens, |term| all.push(term));
        ArticleTokens { all, title: title as usize, sentence_ends }
    }

    /// How many tokens each run of sentences of an article has; `runs` ask for sentences by number.
    pub fn run_lengths(
        &self,
        article: ArticleNo,
        runs: impl Iterator<Item = Range<usize>>,
    ) -> impl Iterator<Item = usize> {
        let (ends, title) = self.parts(article).map_or((&[][..], 0), |(_, ends, title)| (ends, title));
        let end_of = move |sentence: usize| match sentence.checked_sub(1) {
            None => title,
            Some(last) => ends.get(last).or(ends.last()).copied().unwrap_or(title),
        };
        runs.map(move |run| end_of(run.end).saturating_sub(end_of(run.start)) as usize)
    }

    /// How many sentences there are.
    pub fn sentence_count(&self) -> usize {
        self.sentence_ends.len()
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.tokens) + size_of_val(&*self.articles) + size_of_val(&*self.sentence_ends)
    }

    /// One that is empty, with room for as much as another holds.
    pub(super) fn with_room_of(other: &Forward) -> Forward {
        Forward {
            tokens: Vec::with_capacity(other.tokens.len()),
            articles: Vec::with_capacity(other.articles.len()),
            sentence_ends: Vec::with_capacity(other.sentence_ends.len()),
        }
    }

    /// Appends the articles of another.
    pub(super) fn append(&mut self, other: &Forward) {
        let (tokens, sentences) = (self.tokens.len(), self.sentence_ends.len());
        self.tokens.extend_from_slice(&other.tokens);
        self.sentence_ends.extend_from_slice(&other.sentence_ends);
        self.articles.extend(other.articles.iter().map(|span| Span {
            tokens_end: span.tokens_end + tokens,
            sentences_end: span.sentences_end + sentences,
            ..*span
        }));
    }

    /// Appends an article: its tokens, how many of them are the title's, the ends of its sentences.
    pub(super) fn push(&mut self, tokens: impl Iterator<Item = TermId>, title: u32, sentence_ends: &[u32]) {
        tokens.for_each(|term| encode(term, &mut self.tokens));
        self.end_article(title, sentence_ends);
    }

    /// Appends an article of another index, with its terms renumbered.
    pub(super) fn push_renumbered(
        &mut self,
        other: &Forward,
        article: ArticleNo,
        mut number_of: impl FnMut(TermId) -> TermId,
    ) {
        let (tokens, sentence_ends, title) = other.parts(article).unwrap_or_default();
        decode(tokens, |term| encode(number_of(term), &mut self.tokens));
        self.end_article(title, sentence_ends);
    }

    /// Ends an article whose tokens were appended.
    fn end_article(&mut self, title: u32, sentence_ends: &[u32]) {
        self.sentence_ends.extend_from_slice(sentence_ends);
        let (tokens_end, sentences_end) = (self.tokens.len(), self.sentence_ends.len());
        self.articles.push(Span { tokens_end, sentences_end, title });
    }

    /// Gives back memory that is not used.
    pub(super) fn shrink(&mut self) {
        self.tokens.shrink_to_fit();
        self.articles.shrink_to_fit();
        self.sentence_ends.shrink_to_fit();
    }

    /// The tokens as bytes, the ends of the sentences, the length of the title.
    fn parts(&self, article: ArticleNo) -> Option<(&[u8], &[u32], u32)> {
        let at = article as usize;
        let before = match at.checked_sub(1) {
            None => Span::default(),
            Some(before) => *self.articles.get(before)?,
        };
        let span = self.articles.get(at)?;
        let tokens = self.tokens.get(before.tokens_end..span.tokens_end)?;
        let ends = self.sentence_ends.get(before.sentences_end..span.sentences_end)?;
        Some((tokens, ends, span.title))
    }
}

impl TokenSource for Forward {
    fn read(&self, article: ArticleNo, token: &mut dyn FnMut(TermId)) {
        if let Some((tokens, _, _)) = self.parts(article) {
            decode(tokens, token);
        }
    }
}

fn encode(mut term: TermId, bytes: &mut Vec<u8>) {
    while term >= 0x80 {
        bytes.push(term as u8 | 0x80);
        term >>= 7;
    }
    bytes.push(term as u8);
}

fn decode(bytes: &[u8], mut token: impl FnMut(TermId)) {
    let (mut term, mut shift) = (0, 0);
    for &byte in bytes {
        term |= TermId::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            token(term);
            (term, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn articles_come_back(
            articles in proptest::collection::vec(proptest::collection::vec(0u32.., 0..20), 0..10),
        ) {
            let (mut forward, mut second) = (Forward::default(), Forward::default());
            for (number, tokens) in articles.iter().enumerate() {
                let title = tokens.len() / 3;
                let ends = [tokens.len() / 2, tokens.len()].map(|end| end as u32);
                let half = if number < articles.len() / 2 { &mut forward } else { &mut second };
                half.push(tokens.iter().copied(), title as u32, &ends);
            }
            forward.append(&second);
            for (number, tokens) in (0..).zip(&articles) {
                let article = forward.article(number);
                let (title, half) = (tokens.len() / 3, tokens.len() / 2);
                proptest::prop_assert_eq!(article.title(), &tokens[..title]);
                proptest::prop_assert_eq!(article.text(), &tokens[title..]);
                let runs = [0..1, 1..2, 0..2, 0..9];
                let ranges = runs.clone().map(|run| article.sentences(run));
                let full = tokens.len() - title;
                proptest::prop_assert_eq!(&ranges, &[0..half - title, half - title..full, 0..full, 0..full]);
                let lengths: Vec<usize> = forward.run_lengths(number, runs.into_iter()).collect();
                proptest::prop_assert_eq!(lengths, ranges.map(|range| range.len()));
            }
            proptest::prop_assert!(forward.article(articles.len() as ArticleNo).all.is_empty());
        }
    }
}
