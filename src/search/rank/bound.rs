//! How much can an article score at most?
//!
//! What the index tells of an article, how often each term stands in it, gives its BM25 score, and a limit for each of
//! the other parts: no passage, sentence or title holds more of the question than all of the article. So most articles
//! need not be read to know that others are better (the idea of MaxScore, Turtle & Flood 1995, for what comes after it).

use super::{PASSAGE_PARAMS, ScoreParts};
use crate::search::builder::Searchable;
use crate::search::cover::Cover;
use crate::search::index::{ArticleNo, TermId};
use crate::search::query::Query;

/// By how much a bound is raised, as a share of it: far more than sums in another order can differ.
const MARGIN: f64 = 1e-9;

/// What is known of a query before articles are read.
pub(super) struct Bounds<'a> {
    searchable: &'a Searchable,
    words: Vec<Word>,
    total: f64,
    /// Empty between two uses.
    cover: Cover,
    /// The slots of the terms that an article has.
    slots: Vec<usize>,
}

struct Word {
    weight: f64,
    /// Those that count as this word, each with its share and its slot.
    terms: Vec<(TermId, f64, usize)>,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(searchable: &'a Searchable, query: &Query) -> Bounds<'a> {
        let owners = query.owners();
        let mut slots = 0..;
        let words = query.words.iter().enumerate().map(|(number, word)| {
            let terms = word.terms.iter().zip(slots.by_ref()).enumerate();
            let owned = terms.filter(|(which, (term, _))| owners.get(&term.term) == Some(&(number, *which)));
            let terms = owned.map(|(_, (term, slot))| (term.term, term.share, slot)).collect();
            Word { weight: word.weight, terms }
        });
        let words = words.collect();
        let (total, cover, slots) = (query.total_weight(), Cover::new(query), Vec::new());
        Bounds { searchable, words, total, cover, slots }
    }

    /// The most that an article can score.
    pub(super) fn of(&mut self, article: ArticleNo) -> f64 {
        let index = &self.searchable.index;
        let (mut of_article, mut of_passage) = (0.0, 0.0);
        self.slots.clear();
        for Word { weight, terms } in &self.words {
            let mut tf = 0.0;
            for &(term, share, slot) in terms {
                let of_term = index.tf(term, article);
                tf += share * f64::from(of_term);
                self.slots.extend((of_term > 0).then_some(slot));
            }
            if tf > 0.0 {
                of_article += weight * index.weight(tf, article);
                // As if all of it stood in a passage of nothing else.
                of_passage += weight * PASSAGE_PARAMS.weight(tf, 0.0, 1.0);
            }
        }
        self.cover.add_all(self.slots.iter().copied());
        let share = self.cover.share();
        self.cover.remove_all(self.slots.iter().copied());
        let most = ScoreParts {
            article: of_article,
            passage: of_passage,
            question: self.total,
            sentence: share,
            headline: share,
            pair: share,
            narrow: share,
            title: share,
        };
        most.score() * (1.0 + MARGIN)
    }
}
