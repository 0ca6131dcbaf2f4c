//! Why an article has its BM25 score, term by term.

use serde::{Deserialize, Serialize};

use super::builder::Searchable;
use super::index::ArticleNo;
use super::query::Query;

/// What one term adds to an article's BM25 score.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TermScore {
    /// The word of the question as typed.
    pub asked: String,
    /// The term that stands in the article.
    pub term: String,
    /// How often it stands there.
    pub tf: u32,
    /// Its idf times its weight in the question.
    pub weight: f64,
    /// `weight` times BM25's saturation of `tf`: what it adds.
    pub score: f64,
}

/// The terms of a query that stand in an article, in the order asked; their scores add up to the article's
/// BM25 score.
pub fn explain(searchable: &Searchable, query: &Query, article: ArticleNo) -> Vec<TermScore> {
    let mut scores = Vec::new();
    for weighted in query.weighted_terms() {
        let tf = searchable.index.tf(weighted.term, article);
        let owner = query.words.iter().position(|word| {
            let mut terms = word.terms.iter().filter(|term| term.term == weighted.term);
            terms.any(|term| word.weight * term.share == weighted.weight)
        });
        if let (Some(at), true) = (owner, tf > 0) {
            let asked = query.words.get(at).map(|word| word.asked.clone()).unwrap_or_default();
            let term = searchable.lexicon.text(weighted.term).to_owned();
            let score = weighted.weight * searchable.index.weight(tf, article);
            scores.push((at, TermScore { asked, term, tf, weight: weighted.weight, score }));
        }
    }
    scores.sort_by_key(|(at, _)| *at);
    scores.into_iter().map(|(_, score)| score).collect()
}
