//! Why an article has its BM25 score, term by term.

use serde::{Deserialize, Serialize};

use super::builder::Searchable;
use super::index::ArticleNo;
use super::query::{Owners, Query, QueryTerm};

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
    /// The word's idf times its weight in the question, times the term's share of it.
    pub weight: f64,
    /// What it adds: its part of what all terms of the word add together, by how often each stands there.
    pub score: f64,
}

/// The terms of a query that stand in an article, in the order asked; their scores add up to the article's
/// BM25 score. `owners` are [`Query::owners`].
pub fn explain(
    searchable: &Searchable,
    query: &Query,
    owners: &Owners,
    article: ArticleNo,
) -> Vec<TermScore> {
    let mut scores = Vec::new();
    for (number, word) in query.words.iter().enumerate() {
        let standing: Vec<(&QueryTerm, u32)> = query
            .owned(owners, number)
            .map(|(_, term)| (term, searchable.index.tf(term.term, article)))
            .filter(|&(_, tf)| tf > 0)
            .collect();
        let together: f64 = standing.iter().map(|&(term, tf)| term.share * f64::from(tf)).sum();
        let score = word.weight * searchable.index.weight(together, article);
        scores.extend(standing.into_iter().map(|(term, tf)| TermScore {
            asked: word.asked.clone(),
            term: searchable.lexicon.text(term.term).to_owned(),
            tf,
            weight: word.weight * term.share,
            score: score * term.share * f64::from(tf) / together,
        }));
    }
    scores
}
