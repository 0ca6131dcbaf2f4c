//! How much of a question do some of its terms hold together?

use super::query::Query;

/// One, in the fixed-point numbers that shares and weights are added in: sums of these are exact, so that what
/// is taken away again leaves no trace, and the order does not matter.
const ONE: f64 = (1 << 20) as f64;

/// Terms of a question that come and go, and the share of its weight that those present hold: each counted once,
/// each word at most in full.
pub(super) struct Cover {
    slots: Vec<Slot>,
    words: Vec<Word>,
    /// The weight held, and that of the whole question.
    held: u64,
    total: u64,
}

struct Slot {
    /// The word of the question: always one of them.
    word: usize,
    share: u64,
    /// How often the term is present.
    count: u32,
}

struct Word {
    weight: u64,
    /// The sum of the shares present.
    share: u64,
}

impl Cover {
    /// Nothing of a question: a slot for each term of each word, in the order of the question.
    pub(super) fn new(query: &Query) -> Cover {
        let fixed = |value: f64| libm::round(value * ONE) as u64;
        let words: Vec<Word> =
            query.words.iter().map(|word| Word { weight: fixed(word.weight), share: 0 }).collect();
        let slots = query.words.iter().enumerate().flat_map(|(number, word)| {
            let slot = move |share| Slot { word: number, share: fixed(share), count: 0 };
            word.terms.iter().map(move |term| slot(term.share))
        });
        let total = words.iter().map(|word| word.weight).sum::<u64>() * ONE as u64;
        Cover { slots: slots.collect(), words, held: 0, total }
    }

    /// The share of the question's weight that is held, 0 to 1.
    pub(super) fn share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.held as f64 / self.total as f64 }
    }

    /// A term comes; whether it was not present before.
    ///
    /// # Panics
    ///
    /// Where the question has no such slot.
    pub(super) fn add(&mut self, slot: usize) -> bool {
        let slot = &mut self.slots[slot];
        slot.count += 1;
        let is_new = slot.count == 1;
        if is_new {
            let (word, share) = (slot.word, slot.share);
            self.change(word, |held| held + share);
        }
        is_new
    }

    /// A term that is present goes.
    ///
    /// # Panics
    ///
    /// Where the question has no such slot, or it was not added as often.
    pub(super) fn remove(&mut self, slot: usize) {
        let slot = &mut self.slots[slot];
        slot.count -= 1;
        if slot.count == 0 {
            let (word, share) = (slot.word, slot.share);
            self.change(word, |held| held - share);
        }
    }

    /// Several terms come, as by [`Cover::add`].
    pub(super) fn add_all(&mut self, slots: impl Iterator<Item = usize>) {
        slots.for_each(|slot| {
            self.add(slot);
        });
    }

    /// Several terms go, as by [`Cover::remove`].
    pub(super) fn remove_all(&mut self, slots: impl Iterator<Item = usize>) {
        slots.for_each(|slot| self.remove(slot));
    }

    fn change(&mut self, word: usize, to: impl Fn(u64) -> u64) {
        let word = &mut self.words[word];
        let counted = |share: u64| share.min(ONE as u64) * word.weight;
        let before = counted(word.share);
        word.share = to(word.share);
        self.held = self.held - before + counted(word.share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{QueryTerm, QueryWord, Role, TermSource};

    fn word(weight: f64, shares: &[f64]) -> QueryWord {
        let term = |share: &f64| QueryTerm {
            term: 0,
            text: String::new(),
            share: *share,
            source: TermSource::Asked,
            looked_for: None,
        };
        QueryWord {
            is_name: false,
            alike: Vec::new(),
            asked: String::new(),
            word: String::new(),
            role: Role::Content,
            terms: shares.iter().map(term).collect(),
            weight,
            sentence_weight: 0.0,
        }
    }

    /// Checks the share that some slots hold, of words that weigh 3 and 1, the first of them with three terms.
    fn check(slots: &[usize], expected: f64) {
        let query =
            Query { words: vec![word(3.0, &[1.0, 0.5, 0.25]), word(1.0, &[1.0])], ..Query::default() };
        let mut cover = Cover::new(&query);
        slots.iter().for_each(|&slot| {
            cover.add(slot);
        });
        assert!((cover.share() - expected).abs() < 1e-9, "{slots:?}: {}", cover.share());
        slots.iter().for_each(|&slot| cover.remove(slot));
        assert_eq!(cover.share(), 0.0, "{slots:?}");
    }

    #[test]
    fn terms_count_once_and_words_in_full() {
        check(&[], 0.0);
        check(&[3], 0.25);
        check(&[1, 1, 1], 0.375);
        check(&[1, 2], 0.5625);
        check(&[0, 1, 2], 0.75);
        check(&[2, 3, 0, 2], 1.0);
    }

    #[test]
    fn a_question_without_weight_holds_nothing() {
        assert_eq!(Cover::new(&Query::default()).share(), 0.0);
    }
}
