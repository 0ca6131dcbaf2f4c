//! How much can an article score at most?
//!
//! What the index tells of an article, how often each term stands in it, gives its BM25 score, and a limit for each of
//! the other parts: no passage, sentence or title holds more of the question than all of the article. So most articles
//! need not be read to know that others are better (the idea of MaxScore, Turtle & Flood 1995, for what comes after it).

use super::{PASSAGE_PARAMS, ScoreParts};
use crate::search::builder::Searchable;
use crate::search::cover::Cover;
use crate::search::index::{ArticleNo, TermId};
use crate::search::query::{Owners, Query};

/// By how much a bound is raised, as a share of it: far more than sums in another order can differ.
const MARGIN: f64 = 1e-9;

/// The terms of a query by word.
pub(super) struct Bounds<'a> {
    searchable: &'a Searchable,
    words: Vec<Word>,
    slot_count: usize,
    total: f64,
    /// Empty between two uses.
    cover: Cover,
}

struct Word {
    weight: f64,
    /// Those that count as this word, each with its share and its slot.
    terms: Vec<(TermId, f64, usize)>,
}

/// What an article holds of a query.
#[derive(Clone, Default)]
struct Held {
    /// BM25 of the article.
    article: f64,
    /// No less than BM25 of any of its passages.
    passage: f64,
    /// How often it has a word, by the shares of its terms.
    tf: f64,
}

impl<'a> Bounds<'a> {
    /// `owners` are [`Query::owners`].
    pub(super) fn new(searchable: &'a Searchable, query: &Query, owners: &Owners) -> Bounds<'a> {
        let mut slot_count = 0;
        let words = query.words.iter().enumerate().map(|(number, word)| {
            let first = slot_count;
            slot_count += word.terms.len();
            let owned = query.owned(owners, number);
            let terms = owned.map(|(which, term)| (term.term, term.share, first + which)).collect();
            Word { weight: word.weight, terms }
        });
        let words = words.collect();
        Bounds { searchable, words, slot_count, total: query.total_weight(), cover: Cover::new(query) }
    }

    /// The most that each of some articles can score, of whose titles the shares of the question are known.
    pub(super) fn of(&mut self, articles: &[ArticleNo], titles: &[f64]) -> Vec<f64> {
        let index = &self.searchable.index;
        let mut held = vec![Held::default(); articles.len()];
        let mut is_present = vec![false; articles.len() * self.slot_count];
        for Word { weight, terms } in &self.words {
            for &(term, share, slot) in terms {
                index.tfs(term, articles, |nth, tf| {
                    held[nth].tf += share * f64::from(tf);
                    is_present[nth * self.slot_count + slot] = true;
                });
            }
            for (held, &article) in held.iter_mut().zip(articles).filter(|(held, _)| held.tf > 0.0) {
                let tf = std::mem::take(&mut held.tf);
                held.article += weight * index.weight(tf, article);
                // As if all of it stood in a passage of nothing else.
                held.passage += weight * PASSAGE_PARAMS.weight(tf, 0.0, 1.0);
            }
        }
        let slots = is_present.chunks(self.slot_count.max(1));
        let most = held.iter().zip(slots).zip(titles).map(|((held, is_present), &title)| {
            let slots = || (0..).zip(is_present).filter(|(_, is_present)| **is_present).map(|(slot, _)| slot);
            self.cover.add_all(slots());
            let share = self.cover.share();
            self.cover.remove_all(slots());
            let most = ScoreParts {
                article: held.article,
                passage: held.passage,
                question: self.total,
                sentence: share,
                headline: share,
                pair: share,
                narrow: share,
                title,
            };
            most.score() * (1.0 + MARGIN)
        });
        most.collect()
    }
}
