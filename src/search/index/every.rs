//! The best articles for a query, by adding up every posting.
//!
//! To leave postings unread, as [`super::top`] does, takes some thought for every pair of terms, and for each article that
//! is wanted. A question with its synonyms and related words has fifty terms; unless there are very many articles, all
//! their postings are then read before that is done.

use super::postings::Postings;
use super::top::order;
use super::{Hit, Index, WeightedTerm};

/// What it takes to add up a posting, where 1 is what each article takes whether or not it holds a term: measured, as are
/// the next two.
const POSTING: usize = 5;

/// What a pair of terms takes where postings are left unread.
const PAIR: usize = 100;

/// What it takes there for each article that is wanted.
const WANTED: usize = 3;

/// Whether adding up every posting is the faster way to the `k` best articles. Both ways find the same.
pub(super) fn is_faster(postings: &Postings, query: &[WeightedTerm], k: usize) -> bool {
    let pairs = query.len() * query.len();
    let unread = PAIR.saturating_add(WANTED.saturating_mul(k)).saturating_mul(pairs);
    let Some(unread) = unread.checked_sub(postings.article_count()) else { return false };
    let all: usize = query.iter().map(|weighted| postings.df(weighted.term) as usize).sum();
    POSTING * all <= unread
}

/// The `k` best articles.
pub(super) fn every(index: &Index, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
    let Index { docs, postings, lengths } = index;
    let mut scores = vec![0.0f64; postings.article_count()];
    for &WeightedTerm { term, weight } in query.iter().filter(|weighted| weighted.weight > 0.0) {
        let term = postings.term(term);
        for layer in term.layers(lengths).iter().filter(|layer| layer.count > 0) {
            for window in 0..term.window_count() {
                term.each(layer.level, window, |doc, tf| {
                    if let Some(score) = scores.get_mut(doc as usize) {
                        *score += weight * lengths.weight(tf, doc);
                    }
                });
            }
        }
    }
    let scored = (0..).zip(&scores).filter(|&(_, &score)| score > 0.0);
    let mut hits: Vec<Hit> = scored.map(|(doc, &score)| Hit { article: docs.article(doc), score }).collect();
    if hits.len() > k {
        hits.select_nth_unstable_by(k, order);
        hits.truncate(k);
    }
    hits.sort_unstable_by(order);
    hits
}
