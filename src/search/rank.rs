//! The final order: article evidence, passage evidence, and how closely the words of the question stand
//! together.
//!
//! The index finds the articles with the best BM25 sums; each of the first hundred is then read again through
//! its tokens. An article's score is
//!
//! `S = 0.7 D + 0.25 P + T (0.1 s² + 0.1 h² + 0.05 p² + 0.15 n² + 0.1 t + 0.1 t²)`
//!
//! where D is its BM25 score (the terms of one word of the question counted as one), P that of its best passage, T
//! the weight of the question, and s, h, p, n, t the shares of that weight found in its best sentence, in a
//! sentence and the title (the headline), in two sentences that follow each other (a pair), in 10 tokens (narrow),
//! and in its title. Article evidence keeps a lucky passage from winning; the rest is what BM25 cannot see. The
//! weights were set by hand and are flat around these values.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::builder::Searchable;
use super::cover::Cover;
use super::forward::ArticleTokens;
use super::index::{ArticleNo, Hit, TermId};
use super::query::Query;
use super::weight::Bm25Params;
use crate::corpus::Article;
use crate::parts::Part;

/// How many articles are read again; far more than are ever shown.
const RERANKED_MAX: usize = 100;

/// Passages are of much the same length, so length counts for less than in articles.
const PASSAGE_B: f64 = 0.4;

/// What a word of the title counts in every passage of its article.
const PASSAGE_TITLE_WEIGHT: f64 = 0.5;

/// How many passages of an article are handed on: sentences are sought in these alone, so that an article of
/// any length takes about the same time.
pub const PASSAGES_KEPT_MAX: usize = 8;

/// Tokens in the narrow span.
const SPAN: usize = 10;

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
    /// In the title and the sentence that adds most to it.
    pub headline: f64,
    /// In two sentences that follow each other.
    pub pair: f64,
    /// In 10 tokens.
    pub narrow: f64,
    /// In the title.
    pub title: f64,
}

impl ScoreParts {
    /// The sum.
    pub fn score(&self) -> f64 {
        addends_sum(&self.addends())
    }

    /// What adds up to the score, each with its weight. Every weight of the formula stands here.
    pub fn addends(&self) -> [Addend; 8] {
        let ScoreParts { article, passage, question, sentence, headline, pair, narrow, title } = *self;
        let squared = |share: f64| question * share * share;
        let addend = |weight, value, name| Addend { weight, value, name };
        [
            addend(0.7, article, "BM25 of the article"),
            addend(0.25, passage, "BM25 of its best passage"),
            addend(0.1, squared(sentence), "question's weight × its share in one sentence²"),
            addend(0.1, squared(headline), "the same with the title"),
            addend(0.05, squared(pair), "the same in two sentences that follow each other"),
            addend(0.15, squared(narrow), "the same in 10 words"),
            addend(0.1, squared(title), "the same in the title"),
            addend(0.1, question * title, "question's weight × its share in the title"),
        ]
    }
}

/// A part of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Addend {
    /// What the value counts.
    pub weight: f64,
    /// What is counted.
    pub value: f64,
    /// What it is, for people.
    pub name: &'static str,
}

/// The sum of weights times values, in order.
pub fn addends_sum(addends: &[Addend]) -> f64 {
    addends.iter().fold(0.0, |sum, addend| sum + addend.weight * addend.value)
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

/// The best shares found in single sentences, in these together with the title, and in two that follow each other.
#[derive(Default)]
struct BestSentences {
    alone: f64,
    with_title: f64,
    pair: f64,
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
        let sentences = self.best_sentences(&tokens, &matches, &title);
        let kept = |part, value| self.query.without.kept(part, value);
        let parts = ScoreParts {
            article: self.article_score(number, &title, &matches),
            passage: kept(Part::Passage, passage_score),
            question: self.total,
            sentence: kept(Part::Sentence, sentences.alone),
            headline: kept(Part::Headline, sentences.with_title),
            pair: kept(Part::Pair, sentences.pair),
            narrow: kept(Part::Span, self.best_span(&matches)),
            title: kept(Part::Title, self.share(&title)),
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

    /// The share of the question's weight that some matches hold.
    fn share(&self, matches: &[Match]) -> f64 {
        let mut cover = Cover::new(self.query);
        matches.iter().for_each(|found| {
            cover.add(found.slot);
        });
        cover.share()
    }

    fn best_sentences(&self, tokens: &ArticleTokens, matches: &[Match], title: &[Match]) -> BestSentences {
        let mut best = BestSentences::default();
        let mut cover = Cover::new(self.query);
        let mut before: &[Match] = &[];
        let mut rest = matches;
        for sentence in 0..tokens.sentence_count() {
            let end = tokens.sentences(sentence..sentence + 1).end;
            let count = rest.iter().take_while(|found| found.position < end).count();
            let (inside, after) = rest.split_at(count);
            for found in inside {
                cover.add(found.slot);
            }
            best.pair = best.pair.max(cover.share());
            before.iter().for_each(|found| cover.remove(found.slot));
            if !inside.is_empty() {
                best.alone = best.alone.max(cover.share());
                title.iter().for_each(|found| {
                    cover.add(found.slot);
                });
                best.with_title = best.with_title.max(cover.share());
                title.iter().for_each(|found| cover.remove(found.slot));
            }
            if after.is_empty() {
                break;
            }
            (before, rest) = (inside, after);
        }
        best
    }

    /// The best share within [`SPAN`] tokens; each span that matters begins at a match, and holds a term that the
    /// one before it did not.
    fn best_span(&self, matches: &[Match]) -> f64 {
        let mut best = 0.0f64;
        let mut cover = Cover::new(self.query);
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
    fn best_passages(
        &self,
        article: &Article,
        tokens: &ArticleTokens,
        matches: &[Match],
        title: &[Match],
    ) -> (Vec<usize>, f64) {
        let params = Bm25Params { b: PASSAGE_B, ..Bm25Params::default() };
        let avgdl = self.searchable.passage_avgdl();
        let mut scored: Vec<(usize, f64)> = Vec::with_capacity(article.passage_count());
        let mut tf = vec![0.0f64; self.weights.len()];
        for (number, passage) in article.passages().enumerate() {
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
