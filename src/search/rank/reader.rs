//! What does an article hold of a question?

use rustc_hash::FxHashMap;

use super::{PASSAGE_PARAMS, Ranked, ScoreParts};
use crate::corpus::Article;
use crate::parts::Part;
use crate::search::builder::Searchable;
use crate::search::cover::Cover;
use crate::search::forward::Cut;
use crate::search::index::{ArticleNo, TermId};
use crate::search::query::{Owners, Query};

/// What a word of the title counts in every passage of its article.
const PASSAGE_TITLE_WEIGHT: f64 = 0.5;

/// How many passages of an article are handed on: sentences are sought in these alone, so that an article of
/// any length takes about the same time.
pub const PASSAGES_KEPT_MAX: usize = 8;

/// Tokens in the narrow span.
const SPAN: usize = 10;

/// Reads articles again for one query.
pub(super) struct Reader<'a> {
    searchable: &'a Searchable,
    /// What each term of the query counts as, as if it stood at the beginning of a text.
    asked: FxHashMap<TermId, Match>,
    /// One bit a term of the corpus, set for those of the query: most tokens are none, and a bit tells so faster.
    is_asked: Vec<u64>,
    query: &'a Query,
    weights: Vec<f64>,
    total: f64,
    /// Empty between two uses.
    cover: Cover,
    page: Page,
}

/// An article as it is read; one has the room for all.
#[derive(Default)]
struct Page {
    cut: Cut,
    title: Vec<Match>,
    text: Vec<Match>,
}

/// A word of the query in an article.
#[derive(Clone, Copy)]
struct Match {
    /// Token of the text.
    position: usize,
    /// The word of the query: always one of them, so it indexes what has a place for each word; so does the slot
    /// what has one for each term.
    word: usize,
    /// The slot of the term.
    slot: usize,
    /// The share of the word that the term has.
    share: f64,
}

/// The best shares found in single sentences, in these together with the title, and in two that follow each other.
#[derive(Default)]
struct BestSentences {
    alone: f64,
    with_title: f64,
    pair: f64,
}

impl<'a> Reader<'a> {
    /// `owners` are [`Query::owners`].
    pub(super) fn new(searchable: &'a Searchable, query: &'a Query, owners: &Owners) -> Reader<'a> {
        let weights: Vec<f64> = query.words.iter().map(|word| word.weight).collect();
        let mut is_asked = vec![0u64; searchable.lexicon.term_count().div_ceil(64)];
        for &term in owners.keys() {
            if let Some(bits) = is_asked.get_mut(term as usize / 64) {
                *bits |= 1 << (term % 64);
            }
        }
        let mut asked = FxHashMap::default();
        // Every term of every word has a slot.
        let mut first_slot = 0;
        for (word, of) in query.words.iter().enumerate() {
            asked.extend(query.owned(owners, word).map(|(which, term)| {
                let slot = first_slot + which;
                (term.term, Match { position: 0, word, slot, share: term.share })
            }));
            first_slot += of.terms.len();
        }
        let (total, cover, page) = (query.total_weight(), Cover::new(query), Page::default());
        Reader { searchable, asked, is_asked, query, weights, total, cover, page }
    }

    /// Reads an article: its score, and its best passages.
    pub(super) fn read(&mut self, number: ArticleNo, article: &Article) -> Ranked {
        let mut page = std::mem::take(&mut self.page);
        self.turn_to(number, &mut page);
        let (passages, passage_score) = self.best_passages(article, &page);
        let sentences = self.best_sentences(&page);
        let (narrow, title) = (self.best_span(&page.text), self.share(&page.title));
        let kept = |part, value| self.query.without.kept(part, value);
        let parts = ScoreParts {
            article: self.article_score(number, &page),
            passage: kept(Part::Passage, passage_score),
            question: self.total,
            sentence: kept(Part::Sentence, sentences.alone),
            headline: kept(Part::Headline, sentences.with_title),
            pair: kept(Part::Pair, sentences.pair),
            narrow: kept(Part::Span, narrow),
            title: kept(Part::Title, title),
        };
        self.page = page;
        Ranked { article: number, passages, score: parts.score(), parts }
    }

    /// The share of the question's weight that the title of an article holds.
    pub(super) fn title_share(&mut self, number: ArticleNo) -> f64 {
        let mut title = std::mem::take(&mut self.page.title);
        title.clear();
        self.searchable.forward.read_title(number, |term| title.extend(self.match_at(0, term)));
        let share = self.share(&title);
        self.page.title = title;
        share
    }

    /// Puts an article on the page.
    fn turn_to(&self, number: ArticleNo, page: &mut Page) {
        let Page { cut, title, text } = page;
        title.clear();
        text.clear();
        let mut position = 0;
        self.searchable.forward.read_cut(number, cut, |term| {
            text.extend(self.match_at(position, term));
            position += 1;
        });
        let of_title = text.partition_point(|found| found.position < cut.title());
        title.extend(text.drain(..of_title));
        text.iter_mut().for_each(|found| found.position -= cut.title());
    }

    #[inline]
    fn match_at(&self, position: usize, term: TermId) -> Option<Match> {
        if self.is_asked.get(term as usize / 64).is_none_or(|bits| bits >> (term % 64) & 1 == 0) {
            return None;
        }
        self.asked.get(&term).map(|&found| Match { position, ..found })
    }

    /// BM25 of the whole article. The terms of one word add up before they saturate, as if they were one term:
    /// an article that has a word and its synonyms is no better than one that has the word as often.
    fn article_score(&self, number: ArticleNo, page: &Page) -> f64 {
        let mut tf = vec![0.0f64; self.weights.len()];
        page.title.iter().chain(&page.text).for_each(|found| tf[found.word] += found.share);
        let present = tf.iter().zip(&self.weights).filter(|&(&tf, _)| tf > 0.0);
        present.map(|(&tf, weight)| weight * self.searchable.index.weight(tf, number)).sum()
    }

    /// The share of the question's weight that some matches hold.
    fn share(&mut self, matches: &[Match]) -> f64 {
        self.cover.add_all(slots(matches));
        let share = self.cover.share();
        self.cover.remove_all(slots(matches));
        share
    }

    fn best_sentences(&mut self, page: &Page) -> BestSentences {
        let mut best = BestSentences::default();
        let mut before: &[Match] = &[];
        let mut rest = &page.text[..];
        for sentence in 0..page.cut.sentence_count() {
            let end = page.cut.sentences(sentence..sentence + 1).end;
            let count = rest.iter().take_while(|found| found.position < end).count();
            let (inside, after) = rest.split_at(count);
            self.cover.add_all(slots(inside));
            best.pair = best.pair.max(self.cover.share());
            self.cover.remove_all(slots(before));
            if !inside.is_empty() {
                best.alone = best.alone.max(self.cover.share());
                self.cover.add_all(slots(&page.title));
                best.with_title = best.with_title.max(self.cover.share());
                self.cover.remove_all(slots(&page.title));
            }
            (before, rest) = (inside, after);
            if rest.is_empty() {
                break;
            }
        }
        self.cover.remove_all(slots(before));
        best
    }

    /// The best share within [`SPAN`] tokens; each span that matters begins at a match, and holds a term that the
    /// one before it did not.
    fn best_span(&mut self, matches: &[Match]) -> f64 {
        let mut best = 0.0f64;
        let cover = &mut self.cover;
        let mut ahead = matches.iter().peekable();
        for first in matches {
            let mut is_new = false;
            while let Some(found) = ahead.next_if(|found| found.position < first.position + SPAN) {
                is_new |= cover.add(found.slot);
            }
            if is_new {
                best = best.max(cover.share());
            }
            cover.remove(first.slot);
        }
        best
    }

    /// The passages with the highest BM25 scores, equal ones in order, and the highest score.
    fn best_passages(&self, article: &Article, page: &Page) -> (Vec<usize>, f64) {
        let Page { cut, title, text } = page;
        let avgdl = self.searchable.passage_avgdl();
        let mut scored: Vec<(usize, f64)> = Vec::with_capacity(article.passage_count());
        let mut tf = vec![0.0f64; self.weights.len()];
        for (number, passage) in article.passages().enumerate() {
            let range = cut.sentences(passage.sentences());
            tf.iter_mut().for_each(|tf| *tf = 0.0);
            title.iter().for_each(|found| tf[found.word] += PASSAGE_TITLE_WEIGHT * found.share);
            let first = text.partition_point(|found| found.position < range.start);
            let inside = text.iter().skip(first).take_while(|found| found.position < range.end);
            inside.for_each(|found| tf[found.word] += found.share);
            let length = range.len() as f64;
            let score = tf
                .iter()
                .zip(&self.weights)
                .filter(|&(&tf, _)| tf > 0.0)
                .map(|(&tf, weight)| weight * PASSAGE_PARAMS.weight(tf, length, avgdl))
                .sum();
            scored.push((number, score));
        }
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(PASSAGES_KEPT_MAX);
        let best = scored.first().map_or(0.0, |&(_, score)| score);
        (scored.into_iter().map(|(number, _)| number).collect(), best)
    }
}

fn slots(matches: &[Match]) -> impl Iterator<Item = usize> {
    matches.iter().map(|found| found.slot)
}
