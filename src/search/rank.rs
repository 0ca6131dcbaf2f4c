//! The final order: article evidence, passage evidence, and how closely the words of the question stand
//! together.
//!
//! The index finds the articles with the best BM25 sums; of the first hundred, those that can be among the best are
//! read again through their tokens. An article's score is
//!
//! `S = 0.7 D + 0.25 P + T (0.1 s² + 0.1 h² + 0.05 p² + 0.15 n² + 0.1 t + 0.1 t²)`
//!
//! where D is its BM25 score (the terms of one word of the question counted as one), P that of its best passage, T
//! the weight of the question, and s, h, p, n, t the shares of that weight found in its best sentence, in a
//! sentence and the title (the headline), in two sentences that follow each other (a pair), in 10 tokens (narrow),
//! and in its title. Article evidence keeps a lucky passage from winning; the rest is what BM25 cannot see. The
//! weights were set by hand and are flat around these values.

mod bound;
mod reader;

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::bound::Bounds;
use self::reader::Reader;
use super::builder::Searchable;
use super::index::{ArticleNo, Hit};
use super::query::Query;
use super::weight::Bm25Params;
use crate::corpus::Article;

pub use self::reader::PASSAGES_KEPT_MAX;

/// How many articles may be read again; far more than are ever shown.
const RERANKED_MAX: usize = 100;

/// Of passages: they are of much the same length, so length counts for less than in articles.
const PASSAGE_PARAMS: Bm25Params = Bm25Params { k1: 1.2, b: 0.4 };

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

/// The best `k` of some articles, each read again but for those that cannot be among them.
fn read_again(
    searchable: &Searchable,
    articles: &[Arc<Article>],
    query: &Query,
    hits: &[Hit],
    k: usize,
) -> Vec<Ranked> {
    let owners = query.owners();
    let mut reader = Reader::new(searchable, query, &owners);
    let mut numbers: Vec<ArticleNo> = hits.iter().map(|hit| hit.article).collect();
    let mut by_most: Vec<(ArticleNo, f64)> = if numbers.len() > k {
        numbers.sort_unstable();
        let titles: Vec<f64> = numbers.iter().map(|&number| reader.title_share(number)).collect();
        let most = Bounds::new(searchable, query, &owners).of(&numbers, &titles);
        numbers.into_iter().zip(most).collect()
    } else {
        numbers.into_iter().map(|number| (number, f64::INFINITY)).collect()
    };
    by_most.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut best: Vec<Ranked> = Vec::with_capacity(k.min(hits.len()) + 1);
    for (number, most) in by_most {
        let is_full = best.len() >= k;
        if is_full && best.last().is_none_or(|last| most < last.score) {
            break;
        }
        let Some(article) = articles.get(number as usize) else { continue };
        let ranked = reader.read(number, article);
        let at = best.partition_point(|other| order(other, &ranked).is_lt());
        best.insert(at, ranked);
        best.truncate(k);
    }
    best
}

/// Best first, equal scores in article order.
fn order(a: &Ranked, b: &Ranked) -> Ordering {
    b.score.total_cmp(&a.score).then(a.article.cmp(&b.article))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{samples, synonyms};

    /// Articles of few words that come again and again, so that scores are close and often equal.
    fn texts(seeds: &[u32]) -> Vec<String> {
        let words = ["oil", "gas", "tank", "port", "ship", "army", "bank", "river", "peace", "war"];
        let text = |&seed: &u32| {
            let mut rest = seed;
            let mut sentences = String::new();
            for _ in 0..seed % 23 + 1 {
                for _ in 0..rest % 7 + 2 {
                    rest = rest.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    sentences += words[(rest >> 24) as usize % words.len()];
                    sentences += " ";
                }
                sentences += "came. The ";
            }
            sentences + "end."
        };
        seeds.iter().map(text).collect()
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_not_read_is_not_among_the_best(
            seeds in proptest::collection::vec(0u32.., 1..120),
            question in proptest::sample::subsequence(
                vec!["oil", "\"war peace\"", "ships", "army", "rivers", "banks", "the", "came", "Tank"], 1..6),
            k in 0usize..12,
        ) {
            let texts = texts(&seeds);
            let named: Vec<(String, &str)> =
                texts.iter().enumerate().map(|(n, text)| (format!("{n:03}"), text.as_str())).collect();
            let named: Vec<(&str, &str)> = named.iter().map(|(id, text)| (id.as_str(), *text)).collect();
            let corpus = samples::corpus(&named, synonyms::parse("synonyms.txt", "oil, gas\n").0);
            let searchable = Searchable::build(&corpus);
            let query = Query::plan(&question.join(" "), &searchable);
            let all = rank(&searchable, corpus.articles(), &query, RERANKED_MAX);
            let best = rank(&searchable, corpus.articles(), &query, k);
            proptest::prop_assert_eq!(&best[..], &all[..k.min(all.len())]);
            let (numbers, titles): (Vec<ArticleNo>, Vec<f64>) =
                all.iter().map(|ranked| (ranked.article, ranked.parts.title)).unzip();
            let bounds = Bounds::new(&searchable, &query, &query.owners()).of(&numbers, &titles);
            for (ranked, most) in all.iter().zip(bounds) {
                proptest::prop_assert!(ranked.score <= most, "{:?}", ranked);
            }
        }
    }
}
