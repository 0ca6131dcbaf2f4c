//! Tells most articles of a layer from those that can be among the best, before they are scored.
//!
//! Articles come in batches. A batch is held against one other term after the next, each time in a loop over all
//! articles that are left: what these loops read does not depend on what they read before, and there is little in
//! them that a processor would have to guess, so that many reads are under way at once. A question costs mostly
//! such reads, from all over the memory.

use super::ArticleNo;
use super::lengths::{GROUPS, Lengths};
use super::postings::{LAST_LEVEL, LEVELS, STANDS, Term};

/// Articles in a full batch.
pub(super) const BATCH: usize = 256;

/// The first batch of a layer: what is found in it spares much of the rest.
const BATCH_FIRST: usize = 64;

/// Of so many terms is kept how often they stand in an article, two bits each.
const SEEN: usize = 16;

/// What it changes of the highest score an article can have, as a share of all that there can be, to learn how often a
/// term stands in it: by group of length.
pub(super) type Changes = [[f32; STANDS]; GROUPS];

/// Works out the [`Changes`] of a term with this weight, of which `left` was expected and some levels are `done`:
/// an article in one of these was scored when that was read, and need not be again. Weights times `scale` are shares.
pub(super) fn changes(
    lengths: &Lengths,
    weight: f64,
    left: &[f64; GROUPS],
    done: [bool; LEVELS],
    scale: f64,
) -> Changes {
    let [once, twice] = [1, 2].map(|tf| lengths.group_weights(tf));
    let unless =
        |is_done: bool, change: f64| if is_done { f32::NEG_INFINITY } else { (change * scale) as f32 };
    let is_often_done = done[2..=LAST_LEVEL].iter().all(|done| *done);
    std::array::from_fn(|group| {
        [
            (-left[group] * scale) as f32,
            unless(done[0], weight * once[group] - left[group]),
            unless(done[1], weight * twice[group] - left[group]),
            unless(is_often_done, 0.0),
        ]
    })
}

/// A batch of articles.
pub(super) struct Sieve {
    articles: [ArticleNo; BATCH],
    groups: [u8; BATCH],
    /// The highest score that each can have, as a share of all that there can be.
    bounds: [f32; BATCH],
    /// How often the first terms stand in each, two bits a term.
    seen: [u32; BATCH],
    /// The same of the term that is looked up.
    stands: [u8; BATCH],
    count: usize,
    /// How many make it full.
    full: usize,
}

/// An article that is left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    pub(super) article: ArticleNo,
    pub(super) bound: f32,
    seen: u32,
}

impl Sieve {
    pub(super) fn new() -> Sieve {
        Sieve {
            articles: [0; BATCH],
            groups: [0; BATCH],
            bounds: [0.0; BATCH],
            seen: [0; BATCH],
            stands: [0; BATCH],
            count: 0,
            full: BATCH_FIRST,
        }
    }

    /// Begins a layer.
    pub(super) fn begin(&mut self) {
        self.count = 0;
        self.full = BATCH_FIRST;
    }

    /// Puts an article in, if it `is_wanted`; articles ascend.
    #[inline]
    pub(super) fn put(&mut self, article: ArticleNo, group: usize, bound: f32, is_wanted: bool) {
        // Written whether or not it is wanted, and kept only then.
        let at = self.count % BATCH;
        self.articles[at] = article;
        self.groups[at] = group as u8;
        self.bounds[at] = bound;
        self.count = at + usize::from(is_wanted);
    }

    /// Whether the batch is to be sifted before more is put in; more than [`BATCH`] have no room.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.count >= self.full
    }

    /// Empties the batch, and calls `left` with those that reach `low` after all `terms`, what can score highest first.
    pub(super) fn sift<'a>(
        &mut self,
        terms: impl Iterator<Item = (&'a Term<'a>, &'a Changes)>,
        low: f32,
        mut left: impl FnMut(Left),
    ) {
        let mut count = std::mem::take(&mut self.count).min(BATCH);
        self.full = (self.full * 2).min(BATCH - 1);
        self.seen[..count].fill(0);
        for (nth, (term, changes)) in terms.enumerate() {
            if count == 0 {
                return;
            }
            term.look_up(&self.articles[..count], &mut self.stands[..count]);
            let shift = if nth < SEEN { 2 * nth as u32 } else { u32::BITS };
            let mut kept = 0;
            for from in 0..count {
                let (group, stands) = (self.groups[from], self.stands[from]);
                let bound =
                    self.bounds[from] + changes[usize::from(group) % GROUPS][usize::from(stands) % STANDS];
                self.articles[kept] = self.articles[from];
                self.groups[kept] = group;
                self.bounds[kept] = bound;
                self.seen[kept] = self.seen[from] | u32::from(stands).checked_shl(shift).unwrap_or(0);
                kept += usize::from(bound >= low);
            }
            count = kept;
        }
        // What can score highest comes first: most of the others then need not be scored.
        let mut order = [0u64; BATCH];
        let order = &mut order[..count];
        for (at, key) in order.iter_mut().enumerate() {
            // Shares are not below 0, where the order of bits is that of numbers.
            *key = u64::from(!self.bounds[at].max(0.0).to_bits()) << 32 | at as u64;
        }
        order.sort_unstable();
        for key in order {
            let at = *key as usize % BATCH;
            left(Left { article: self.articles[at], bound: self.bounds[at], seen: self.seen[at] });
        }
    }
}

impl Left {
    /// An article of which nothing is known yet.
    pub(super) fn of(article: ArticleNo) -> Left {
        Left { article, bound: f32::INFINITY, seen: u32::MAX }
    }

    /// How often the `nth` of the terms stands in the article, where that is less than 3 times and was kept.
    pub(super) fn tf(self, nth: usize) -> Option<u32> {
        let stands = if nth < SEEN { self.seen >> (2 * nth) & (STANDS as u32 - 1) } else { return None };
        (stands < STANDS as u32 - 1).then_some(stands)
    }
}
