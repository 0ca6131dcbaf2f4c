//! The forward index: the tokens of every article in order, to read it again for ranking.
//!
//! Each article is a row of numbers: how many tokens its title has, how many sentences there are, how many tokens
//! each of them has, and the tokens. A number takes one to five bytes, seven bits each: terms are numbered in the
//! order in which they come, so that common ones have small numbers.

use std::ops::Range;

use super::index::{ArticleNo, TermId, TokenSource};

/// The tokens of every article in order: those of its title, then those of each sentence.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Forward {
    bytes: Vec<u8>,
    /// Where each article ends; it begins where the one before ends.
    ends: Vec<usize>,
    sentence_count: usize,
}

/// The tokens of one article.
#[derive(Debug, Clone, Default)]
pub struct ArticleTokens {
    all: Vec<TermId>,
    cut: Cut,
}

impl ArticleTokens {
    /// The tokens of the title.
    pub fn title(&self) -> &[TermId] {
        self.all.get(..self.cut.title()).unwrap_or_default()
    }

    /// The tokens of the text.
    pub fn text(&self) -> &[TermId] {
        self.all.get(self.cut.title()..).unwrap_or_default()
    }

    /// The tokens of a run of sentences, as a range of [`ArticleTokens::text`].
    pub fn sentences(&self, run: Range<usize>) -> Range<usize> {
        self.cut.sentences(run)
    }
}

impl Forward {
    /// The tokens of an article; none for one that is not of this corpus.
    pub fn article(&self, article: ArticleNo) -> ArticleTokens {
        let mut tokens = ArticleTokens { all: Vec::new(), cut: Cut::default() };
        tokens.all.reserve(self.bytes_of(article).len());
        self.read_cut(article, &mut tokens.cut, |term| tokens.all.push(term));
        tokens
    }

    /// Hands the tokens of an article to `token`, those of the title first, once `cut` says how they are cut. Takes no
    /// memory but what `cut` has.
    pub(super) fn read_cut(&self, article: ArticleNo, cut: &mut Cut, token: impl FnMut(TermId)) {
        let mut tokens = self.bytes_of(article);
        cut.read(&mut tokens);
        decode(tokens, token);
    }

    /// Hands the tokens of an article's title to `token`.
    pub(super) fn read_title(&self, article: ArticleNo, token: impl FnMut(TermId)) {
        let mut tokens = self.bytes_of(article);
        let (title, _) = Cut::skip(&mut tokens);
        (0..title).map(|_| next(&mut tokens)).for_each(token);
    }

    /// How many tokens each run of sentences of an article has; `runs` ask for sentences by number.
    pub fn run_lengths(
        &self,
        article: ArticleNo,
        runs: impl Iterator<Item = Range<usize>>,
    ) -> impl Iterator<Item = usize> {
        let mut cut = Cut::default();
        cut.read(&mut self.bytes_of(article));
        runs.map(move |run| cut.sentences(run).len())
    }

    /// How many sentences there are.
    pub fn sentence_count(&self) -> usize {
        self.sentence_count
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.bytes) + size_of_val(&*self.ends)
    }

    /// One that is empty, with room for as much as another holds.
    pub(super) fn with_room_of(other: &Forward) -> Forward {
        Forward {
            // Three bytes too many are written at the end.
            bytes: Vec::with_capacity(other.bytes.len() + 3),
            ends: Vec::with_capacity(other.ends.len()),
            sentence_count: 0,
        }
    }

    /// Appends the articles of another.
    pub(super) fn append(&mut self, other: &Forward) {
        let before = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| end + before));
        self.sentence_count += other.sentence_count;
    }

    /// Appends an article: its tokens, how many of them are the title's, the ends of its sentences.
    pub(super) fn push(&mut self, tokens: impl Iterator<Item = TermId>, title: u32, sentence_ends: &[u32]) {
        encode(title, &mut self.bytes);
        encode(sentence_ends.len() as u32, &mut self.bytes);
        let mut start = title;
        for &end in sentence_ends {
            encode(end - start, &mut self.bytes);
            start = end;
        }
        tokens.for_each(|term| encode(term, &mut self.bytes));
        self.end_article(sentence_ends.len());
    }

    /// Appends an article of another index, with its terms renumbered.
    pub(super) fn push_renumbered(
        &mut self,
        other: &Forward,
        article: ArticleNo,
        mut number_of: impl FnMut(TermId) -> TermId,
    ) {
        let all = other.bytes_of(article);
        let mut tokens = all;
        let (_, sentence_count) = Cut::skip(&mut tokens);
        self.bytes.extend_from_slice(all.get(..all.len() - tokens.len()).unwrap_or_default());
        decode(tokens, |term| encode(number_of(term), &mut self.bytes));
        self.end_article(sentence_count);
    }

    /// Ends an article whose numbers were appended.
    fn end_article(&mut self, sentence_count: usize) {
        self.sentence_count += sentence_count;
        self.ends.push(self.bytes.len());
    }

    /// Gives back memory that is not used.
    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The numbers of an article; none for one that is not of this corpus.
    fn bytes_of(&self, article: ArticleNo) -> &[u8] {
        let at = article as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.bytes.get(start..end)).unwrap_or_default()
    }
}

/// How the tokens of an article are cut into those of its title and of each sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut {
    /// Tokens of the title.
    title: u32,
    /// End of each sentence, counted from the first token of all.
    sentence_ends: Vec<u32>,
}

impl Cut {
    /// How many tokens the title has.
    pub(super) fn title(&self) -> usize {
        self.title as usize
    }

    /// How many sentences there are.
    pub(super) fn sentence_count(&self) -> usize {
        self.sentence_ends.len()
    }

    /// The tokens of a run of sentences, counted from the first of the text. What is beyond the last is empty.
    pub(super) fn sentences(&self, run: Range<usize>) -> Range<usize> {
        let end_of = |sentence: usize| match sentence.checked_sub(1) {
            None => self.title,
            Some(last) => {
                self.sentence_ends.get(last).or(self.sentence_ends.last()).copied().unwrap_or(self.title)
            }
        };
        (end_of(run.start) - self.title) as usize..(end_of(run.end) - self.title) as usize
    }

    /// Reads it, and leaves the tokens in `bytes`.
    fn read(&mut self, bytes: &mut &[u8]) {
        self.title = next(bytes);
        let count = next(bytes);
        let mut end = self.title;
        self.sentence_ends.clear();
        self.sentence_ends.extend((0..count).map(|_| {
            end += next(bytes);
            end
        }));
    }

    /// Leaves the tokens in `bytes`; how many tokens the title has, and how many sentences there are.
    fn skip(bytes: &mut &[u8]) -> (u32, usize) {
        let (title, count) = (next(bytes), next(bytes));
        (0..count).for_each(|_| {
            next(bytes);
        });
        (title, count as usize)
    }
}

impl TokenSource for Forward {
    fn read(&self, article: ArticleNo, token: &mut dyn FnMut(TermId)) {
        let mut tokens = self.bytes_of(article);
        Cut::skip(&mut tokens);
        decode(tokens, token);
    }
}

/// Says that another byte follows, in each of four bytes.
const MORE: u32 = 0x8080_8080;

fn encode(mut number: u32, bytes: &mut Vec<u8>) {
    // How long a number is cannot be foreseen, so a processor is the faster for not having to guess: all four bytes
    // are written, and those too many taken away.
    if number < 1 << 28 {
        let length = (u32::BITS - (number | 1).leading_zeros()).div_ceil(7);
        let spread =
            number & 0x7f | (number & 0x3f80) << 1 | (number & 0x1f_c000) << 2 | (number & 0xfe0_0000) << 3;
        let marks = MORE & ((1 << (8 * (length - 1))) - 1);
        bytes.extend_from_slice(&(spread | marks).to_le_bytes());
        bytes.truncate(bytes.len() - (4 - length as usize));
        return;
    }
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The number with which the bytes begin, which is taken from them; 0 where there is none.
fn next(bytes: &mut &[u8]) -> u32 {
    if let Some((&first, rest)) = bytes.split_first()
        && first < 0x80
    {
        *bytes = rest;
        return u32::from(first);
    }
    let length = bytes.iter().position(|byte| byte & 0x80 == 0).map_or(bytes.len(), |last| last + 1);
    let (first, rest) = bytes.split_at(length);
    *bytes = rest;
    let sevens = first.iter().rev().map(|&byte| u32::from(byte & 0x7f));
    sevens.fold(0, |number, seven| number << 7 | seven)
}

fn decode(mut bytes: &[u8], mut token: impl FnMut(TermId)) {
    while let Some(four) = bytes.first_chunk() {
        let four = u32::from_le_bytes(*four);
        let last = !four & MORE;
        if last == 0 {
            // Five bytes, which are few.
            token(next(&mut bytes));
            continue;
        }
        // The bits up to the lowest that is set.
        let four = four & (last ^ (last - 1));
        token(four & 0x7f | four >> 1 & 0x3f80 | four >> 2 & 0x1f_c000 | four >> 3 & 0xfe0_0000);
        bytes = bytes.get(last.trailing_zeros() as usize / 8 + 1..).unwrap_or_default();
    }
    while !bytes.is_empty() {
        token(next(&mut bytes));
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
                let mut of_title = Vec::new();
                forward.read_title(number, |term| of_title.push(term));
                proptest::prop_assert_eq!(&of_title[..], &tokens[..title]);
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
