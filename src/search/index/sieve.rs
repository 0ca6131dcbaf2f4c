//! Tells most articles of a layer from those that can be among the best, before they are scored.
//!
//! Articles come in batches. A batch is held against one other term after the next, each time in a loop over all
//! articles that are left: what these loops read does not depend on what they read before, and there is little in
//! them that a processor would have to guess, so that many reads are under way at once. A question costs mostly
//! such reads, from all over the memory.
//!
//! All that is known of an article is one number, its key, so that a term adds to it, compares it and writes it in
//! one step each:
//!
//! | bits | |
//! |---|---|
//! | 32 to 63 | the highest score that it can have, as a share of all that there can be |
//! | 28 to 30 | its group of length |
//! | 0 to 27 | the doc |

use std::cell::Cell;

use super::docs::DocNo;
use super::lengths::{GROUPS, Lengths};
use super::postings::{ARTICLE_BITS, LAST_LEVEL, LEVELS, SIGHTS, Term};

/// Articles in a full batch.
pub(super) const BATCH: usize = 256;

/// The first batch of a layer: what is found in it spares much of the rest.
const BATCH_FIRST: usize = 64;

/// The highest score there can be, in shares.
const WHOLE: f64 = (1u64 << 30) as f64;

/// A query whose highest score is lower is sifted as if it were this: shares of less would be infinitely many.
const HIGHEST_MIN: f64 = 1e-200;

const SHARE_SHIFT: u32 = 32;

/// What is added to the key of an article that need not be scored: more than any score there can be.
const NEVER: i64 = -(3 << (SHARE_SHIFT + 29));

/// What it changes of a key to learn how often a term stands in the article: by group of length.
pub(super) type Changes = [[i64; SIGHTS]; GROUPS];

/// Makes whole numbers of scores: shares of the highest score that a query can have, in the upper bits of keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    shares: f64,
}

impl Scale {
    pub(super) fn new(highest: f64) -> Scale {
        Scale { shares: WHOLE / highest.max(HIGHEST_MIN) }
    }

    /// A bound or a change of one, rounded up.
    fn up(self, score: f64) -> i64 {
        ((score * self.shares) as i64 + 1) << SHARE_SHIFT
    }

    /// What the key of an article reaches that can have this score.
    pub(super) fn low(self, score: f64) -> i64 {
        ((score * self.shares) as i64 - 1) << SHARE_SHIFT
    }

    /// The key of article 0, of this group, that can score so much.
    pub(super) fn key(self, bound: f64, group: usize) -> i64 {
        self.up(bound) | (group as i64) << ARTICLE_BITS
    }

    /// Works out the [`Changes`] of a term with this weight, of which `left` was expected and some levels are `done`:
    /// an article in one of these was scored when that was read, and need not be again. Only the groups that `left` tells
    /// of are worked out.
    pub(super) fn changes(
        self,
        lengths: &Lengths,
        weight: f64,
        left: &[f64],
        done: [bool; LEVELS],
    ) -> Changes {
        let [once, twice] = [1, 2].map(|tf| lengths.group_weights(tf));
        let unless = |is_done: bool, change: f64| if is_done { NEVER } else { self.up(change) };
        let is_often_done = done[2..=LAST_LEVEL].iter().all(|done| *done);
        let mut changes = [[0; SIGHTS]; GROUPS];
        for (group, (changes, &left)) in changes.iter_mut().zip(left).enumerate() {
            *changes = [
                self.up(-left),
                unless(done[0], weight * once[group] - left),
                unless(done[1], weight * twice[group] - left),
                unless(is_often_done, 0.0),
            ];
        }
        changes
    }
}

/// The article of a key.
#[inline]
pub(super) fn doc_of(key: i64) -> DocNo {
    key as u32 & ((1 << ARTICLE_BITS) - 1)
}

#[inline]
fn group_of(key: i64) -> usize {
    (key >> ARTICLE_BITS) as usize % GROUPS
}

/// A batch of articles.
pub(super) struct Sieve {
    keys: [i64; BATCH],
    count: usize,
    /// How many make it full.
    full: usize,
}

impl Sieve {
    pub(super) fn new() -> Sieve {
        Sieve { keys: [0; BATCH], count: 0, full: BATCH_FIRST }
    }

    /// Begins a layer.
    pub(super) fn begin(&mut self) {
        self.count = 0;
        self.full = BATCH_FIRST;
    }

    /// Puts an article in, if it `is_wanted`; articles ascend. `key` is the key of article 0.
    #[inline]
    pub(super) fn put(&mut self, key: i64, doc: DocNo, is_wanted: bool) {
        // Written whether or not it is wanted, and kept only then.
        let at = self.count % BATCH;
        self.keys[at] = key | i64::from(doc);
        self.count = at + usize::from(is_wanted);
    }

    /// Whether the batch is to be sifted before more is put in; more than [`BATCH`] have no room.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.count >= self.full
    }

    /// Empties the batch: the keys that reach `low` after all `terms`, highest first.
    pub(super) fn sift<'a>(
        &mut self,
        terms: impl Iterator<Item = (&'a Term<'a>, &'a Changes)>,
        low: i64,
    ) -> impl Iterator<Item = i64> {
        let mut count = std::mem::take(&mut self.count).min(BATCH);
        self.full = (self.full * 2).min(BATCH - 1);
        for (term, changes) in terms {
            let keys = Cell::from_mut(&mut self.keys[..count]).as_slice_of_cells();
            let mut kept = 0;
            // What is kept is written where something was read before.
            term.look_up(keys.iter().map(|key| doc_of(key.get())), |nth, sight| {
                let key = keys[nth].get();
                let key = key + changes[group_of(key)][sight % SIGHTS];
                keys[kept].set(key);
                kept += usize::from(key >= low);
            });
            count = kept;
        }
        // What can score highest comes first: most of the others then need not be scored.
        let keys = &mut self.keys[..count];
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_holds_bound_group_and_article() {
        fn check(bound: f64, group: usize, doc: DocNo) {
            let scale = Scale::new(8.0);
            let key = scale.key(bound, group) | i64::from(doc);
            assert_eq!((group_of(key), doc_of(key)), (group, doc));
            assert!(key >= scale.low(bound), "a doc that can reach what is best is kept");
            assert!(key < scale.low(bound + 1e-6), "one that cannot is not: {bound}");
            assert!(key + NEVER < scale.low(0.0));
        }
        check(0.0, 0, 0);
        check(0.1, GROUPS - 1, 1);
        check(8.0, 3, (1 << ARTICLE_BITS) - 1);
    }
}
