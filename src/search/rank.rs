//! The final order: article evidence, passage evidence, and how closely the words of the question stand
//! together.
//!
//! The index finds the articles with the best BM25 sums; each of the first hundred is then read again through
//! its tokens. An article's score is
//!
//! `S = 0.7 D + 0.3 P + T (0.1 s² + 0.1 n² + 0.1 w² + 0.1 t + 0.1 t²)`
//!
//! where D is its BM25 score (the terms of one word of the question counted as one), P that of its best passage, T the weight of the question, and s, n, w, t the
//! shares of that weight found in its best sentence, in 10 tokens (narrow), in 30 (wide), and in its title.
//! Article evidence keeps a lucky passage from winning; the rest is what BM25 cannot see. The weights were set
//! by hand and are flat around these values.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::builder::Searchable;
use super::forward::ArticleTokens;
use super::index::{ArticleNo, Hit, TermId};
use super::query::Query;
use super::weight::Bm25Params;
use crate::corpus::Article;

/// How many articles are read again; far more than are ever shown.
const RERANKED_MAX: usize = 100;

/// Passages are of much the same length, so length counts for less than in articles.
const PASSAGE_B: f64 = 0.4;

/// What a word of the title counts in every passage of its article.
const PASSAGE_TITLE_WEIGHT: f64 = 0.5;

/// How many passages of an article are handed on: sentences are sought in these alone, so that an article of
/// any length takes about the same time.
pub const PASSAGES_KEPT_MAX: usize = 8;

/// Tokens in the narrow and the wide span.
const SPANS: [usize; 2] = [10, 30];

/// An article with its final score and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The article.
    pub article: ArticleNo,
    /// Its best passages, best first, as indices into the article's passages: at most [`PASSAGES_KEPT_MAX`].
    pub passages: Vec<usize>,
    /// The final score.
    pub score: f64,
    /// What it is made of.
    pub parts: ScoreParts,
}

/// The parts of an article's score.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreParts {
    /// BM25 of the article.
    pub article: f64,
    /// BM25 of its best passage.
    pub passage: f64,
    /// The weight of the question.
    pub question: f64,
    /// The share of it found in the best sentence, 0 to 1.
    pub sentence: f64,
    /// In 10 tokens.
    pub narrow: f64,
    /// In 30 tokens.
    pub wide: f64,
    /// In the title.
    pub title: f64,
}

impl ScoreParts {
    /// The sum.
    pub fn score(&self) -> f64 {
        let ScoreParts { article, passage, question, sentence, narrow, wide, title } = *self;
        0.7 * article
            + 0.3 * passage
            + question * 0.1 * (sentence * sentence + narrow * narrow + wide * wide + title + title * title)
    }
}

/// Ranks the articles for a query: at most `k` (and at most [`RERANKED_MAX`]), best first, equal scores in
/// article order. `articles` are those that `searchable` was built from.
pub fn rank(searchable: &Searchable, articles: &[Arc<Article>], query: &Query, k: usize) -> Vec<Ranked> {
    let hits = searchable.index.search(&query.weighted_terms(), RERANKED_MAX);
    read_again(searchable, articles, query, &hits, k)
}

/// Ranks as [`rank`] does, but among these articles alone. Each is scored by itself, so that those who are
/// left out cannot crowd out any.
pub fn rank_among(
    searchable: &Searchable,
    articles: &[Arc<Article>],
    query: &Query,
    among: &[ArticleNo],
    k: usize,
) -> Vec<Ranked> {
    let terms = query.weighted_terms();
    let mut hits: Vec<Hit> = among
        .iter()
        .map(|&article| {
            let weights = terms.iter().map(|term| {
                let tf = f64::from(searchable.index.tf(term.term, article));
                term.weight * searchable.index.weight(tf, article)
            });
            Hit { article, score: weights.sum() }
        })
        .filter(|hit| hit.score > 0.0)
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
    hits.truncate(RERANKED_MAX);
    read_again(searchable, articles, query, &hits, k)
}

fn read_again(
    searchable: &Searchable,
    articles: &[Arc<Article>],
    query: &Query,
    hits: &[Hit],
    k: usize,
) -> Vec<Ranked> {
    let reader = Reader::new(searchable, query);
    let mut ranked: Vec<Ranked> = hits
        .iter()
        .filter_map(|hit| Some(reader.read(hit.article, articles.get(hit.article as usize)?)))
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
    ranked.truncate(k);
    ranked
}

/// Reads articles again for one query.
struct Reader<'a> {
    searchable: &'a Searchable,
    /// The word of the query that a term counts as, and which of the word's terms it is.
    words: FxHashMap<TermId, (usize, usize)>,
    /// One bit a term of the corpus, set for those of the query: most tokens are none, and a bit tells so faster.
    is_asked: Vec<u64>,
    query: &'a Query,
    /// The first slot of each word: every term of every word has a slot.
    slots: Vec<usize>,
    weights: Vec<f64>,
    total: f64,
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

impl<'a> Reader<'a> {
    fn new(searchable: &'a Searchable, query: &'a Query) -> Reader<'a> {
        let weights: Vec<f64> = query.words.iter().map(|word| word.weight).collect();
        let words = query.owners();
        let mut is_asked = vec![0u64; searchable.lexicon.term_count().div_ceil(64)];
        for &term in words.keys() {
            if let Some(bits) = is_asked.get_mut(term as usize / 64) {
                *bits |= 1 << (term % 64);
            }
        }
        let slots = query.words.iter().scan(0, |next, word| {
            let first = *next;
            *next += word.terms.len();
            Some(first)
        });
        let slots = slots.collect();
        Reader { searchable, words, is_asked, query, slots, weights, total: query.total_weight() }
    }

    fn read(&self, number: ArticleNo, article: &Article) -> Ranked {
        let tokens = self.searchable.forward.article(number);
        let matches = self.matches(tokens.text());
        let title = self.matches(tokens.title());
        let (passages, passage_score) = self.best_passages(article, &tokens, &matches, &title);
        let [narrow, wide] = SPANS.map(|span| self.best_span(&matches, span));
        let parts = ScoreParts {
            article: self.article_score(number, &title, &matches),
            passage: passage_score,
            question: self.total,
            sentence: self.best_sentence(&tokens, &matches),
            narrow,
            wide,
            title: self.share(&title),
        };
        Ranked { article: number, passages, score: parts.score(), parts }
    }

    /// BM25 of the whole article. The terms of one word add up before they saturate, as if they were one term:
    /// an article that has a word and its synonyms is no better than one that has the word as often.
    fn article_score(&self, number: ArticleNo, title: &[Match], text: &[Match]) -> f64 {
        let mut tf = vec![0.0f64; self.weights.len()];
        title.iter().chain(text).for_each(|found| tf[found.word] += found.share);
        let present = tf.iter().zip(&self.weights).filter(|&(&tf, _)| tf > 0.0);
        present.map(|(&tf, weight)| weight * self.searchable.index.weight(tf, number)).sum()
    }

    fn matches(&self, tokens: &[TermId]) -> Vec<Match> {
        let is_asked = |term: TermId| {
            self.is_asked.get(term as usize / 64).is_some_and(|bits| bits >> (term % 64) & 1 == 1)
        };
        let asked = tokens.iter().enumerate().filter(|&(_, &term)| is_asked(term));
        let found = asked.filter_map(|(position, term)| {
            let &(word, which) = self.words.get(term)?;
            let share = self.query.words.get(word)?.terms.get(which)?.share;
            Some(Match { position, word, slot: self.slots.get(word)? + which, share })
        });
        found.collect()
    }

    /// How often each term stands among some matches.
    fn no_terms(&self) -> Vec<u32> {
        vec![0; self.query.words.iter().map(|word| word.terms.len()).sum()]
    }

    /// The share of the question's weight that these terms hold: each counted once, each word at most in full.
    fn share_of(&self, counts: &[u32]) -> f64 {
        if self.total <= 0.0 {
            return 0.0;
        }
        let mut counts = counts.iter();
        let words = self.query.words.iter().zip(&self.weights);
        let found = words.map(|(word, weight)| {
            let terms = word.terms.iter().zip(counts.by_ref());
            let share: f64 = terms.filter(|(_, count)| **count > 0).map(|(term, _)| term.share).sum();
            share.min(1.0) * weight
        });
        found.sum::<f64>() / self.total
    }

    /// The share of the question's weight that some matches hold.
    fn share(&self, matches: &[Match]) -> f64 {
        let mut counts = self.no_terms();
        matches.iter().for_each(|found| counts[found.slot] += 1);
        self.share_of(&counts)
    }

    fn best_sentence(&self, tokens: &ArticleTokens, matches: &[Match]) -> f64 {
        let mut best = 0.0f64;
        let mut counts = self.no_terms();
        let mut rest = matches;
        for sentence in 0..tokens.sentence_count() {
            let end = tokens.sentences(sentence..sentence + 1).end;
            let count = rest.iter().take_while(|found| found.position < end).count();
            let (inside, after) = rest.split_at(count);
            if !inside.is_empty() {
                inside.iter().for_each(|found| counts[found.slot] += 1);
                best = best.max(self.share_of(&counts));
                inside.iter().for_each(|found| counts[found.slot] = 0);
            }
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        best
    }

    /// The best share within `span` tokens; each span that matters begins at a match, and holds a term that the
    /// one before it did not.
    fn best_span(&self, matches: &[Match], span: usize) -> f64 {
        let mut best = 0.0f64;
        let mut counts = self.no_terms();
        let mut ahead = matches.iter().peekable();
        for first in matches {
            let mut is_new = false;
            while let Some(found) = ahead.next_if(|found| found.position < first.position + span) {
                is_new |= counts[found.slot] == 0;
                counts[found.slot] += 1;
            }
            if is_new {
                best = best.max(self.share_of(&counts));
            }
            counts[first.slot] -= 1;
        }
        best
    }

    /// The passages with the highest BM25 scores, equal ones in order, and the highest score.
    fn best_passages(
        &self,
        article: &Article,
        tokens: &ArticleTokens,
        matches: &[Match],
        title: &[Match],
    ) -> (Vec<usize>, f64) {
        let params = Bm25Params { b: PASSAGE_B, ..Bm25Params::default() };
        let avgdl = self.searchable.passage_avgdl();
        let mut scored: Vec<(usize, f64)> = Vec::with_capacity(article.passages.len());
        let mut tf = vec![0.0f64; self.weights.len()];
        for (number, passage) in article.passages.iter().enumerate() {
            let range = tokens.sentences(passage.sentences());
            tf.iter_mut().for_each(|tf| *tf = 0.0);
            title.iter().for_each(|found| tf[found.word] += PASSAGE_TITLE_WEIGHT * found.share);
            let first = matches.partition_point(|found| found.position < range.start);
            let inside = matches.iter().skip(first).take_while(|found| found.position < range.end);
            inside.for_each(|found| tf[found.word] += found.share);
            let length = range.len() as f64;
            let score = tf
                .iter()
                .zip(&self.weights)
                .filter(|&(&tf, _)| tf > 0.0)
                .map(|(&tf, weight)| weight * params.weight(tf, length, avgdl))
                .sum();
            scored.push((number, score));
        }
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(PASSAGES_KEPT_MAX);
        let best = scored.first().map_or(0.0, |&(_, score)| score);
        (scored.into_iter().map(|(number, _)| number).collect(), best)
    }
}
