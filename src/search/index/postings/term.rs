//! The postings of one term: how often it stands in an article, and all articles of a level.

use std::borrow::Cow;

use super::{
    Common, LAST_LEVEL, LEVELS, NIBBLE_LARGE, PER_WORD, Place, Postings, RANKS, RARE_BITS, RARE_MASK,
    RARE_TF_LARGE, TF_LARGE, WINDOW, rare_df_max,
};
use crate::search::index::lengths::Lengths;
use crate::search::index::{ArticleNo, TermId};

/// The postings of one term.
#[derive(Clone, Copy)]
pub(in crate::search::index) struct Term<'a> {
    postings: &'a Postings,
    term: TermId,
    kind: Kind<'a>,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Rare(&'a [u32]),
    Common(usize, &'a Common),
}

/// A run of postings that are read together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::search::index) struct Layer {
    pub(in crate::search::index) level: usize,
    /// No weight in it is higher.
    pub(in crate::search::index) top: f64,
    /// No frequency in it is higher.
    pub(in crate::search::index) tf_max: u32,
    pub(in crate::search::index) count: u32,
}

impl<'a> Term<'a> {
    /// Whether all postings are in one layer, whatever their frequency.
    pub(in crate::search::index) fn is_rare(&self) -> bool {
        matches!(self.kind, Kind::Rare(_))
    }

    /// Whether a look for one article takes a single step.
    pub(in crate::search::index) fn is_dense(&self) -> bool {
        matches!(self.kind, Kind::Common(_, Common { dense: Some(_), .. }))
    }

    /// The [`nibble`]s of a window: those of a dense term as they are kept, those of another made for the purpose.
    pub(in crate::search::index) fn nibbles(&self, number: usize) -> Cow<'a, [u64]> {
        let Some(window) = self.postings.windows.get(number) else { return Cow::Borrowed(&[]) };
        let first = number * WINDOW;
        let mut words = vec![0u64; (self.postings.article_count - first).min(WINDOW).div_ceil(PER_WORD)];
        let mut flip = |offset: usize, bits: u32| {
            if let Some(word) = words.get_mut(offset / PER_WORD) {
                *word ^= u64::from(bits) << (offset % PER_WORD * 4);
            }
        };
        match self.kind {
            Kind::Common(_, Common { dense: Some(dense), .. }) => {
                return Cow::Borrowed(window.dense_words(*dense));
            }
            Kind::Common(at, _) => {
                // The first run holds all of them, so that the others flip a 1.
                for (level, tf) in [(0, 0), (1, 2), (2, 3), (LAST_LEVEL, NIBBLE_LARGE)] {
                    for &offset in window.articles(at, level) {
                        flip(usize::from(offset), 1 ^ tf);
                    }
                }
            }
            Kind::Rare(entries) => {
                let start = entries.partition_point(|entry| ((entry & RARE_MASK) as usize) < first);
                let of_window = entries
                    .iter()
                    .skip(start)
                    .take_while(|&&entry| ((entry & RARE_MASK) as usize) < first + WINDOW);
                for &entry in of_window {
                    flip((entry & RARE_MASK) as usize - first, entry >> RARE_BITS);
                }
            }
        }
        Cow::Owned(words)
    }

    /// Whether [`Term::nibbles`] of all windows are made in less time than so many articles are looked up.
    pub(in crate::search::index) fn is_marked_soon(&self, articles: u32) -> bool {
        // Measured: a window costs as much as 64 looks, a posting as an eighth of one.
        let count = match self.kind {
            Kind::Common(_, Common { dense: Some(_), .. }) => return true,
            Kind::Common(_, Common { counts, .. }) => counts.iter().sum(),
            Kind::Rare(entries) => entries.len() as u32,
        };
        self.postings.windows.len() as u32 * 64 + count / 8 <= articles
    }

    /// How often the term stands in an article.
    pub(in crate::search::index) fn tf(&self, article: ArticleNo) -> u32 {
        self.tf_outside([false; LEVELS], article).unwrap_or(0)
    }

    /// How often the term stands in an article; `None` where that is in one of the levels which are `done`. All
    /// postings of a rare term are of level 0, and where that is done, it is 0 for all.
    #[inline]
    pub(in crate::search::index) fn tf_outside(
        &self,
        done: [bool; LEVELS],
        article: ArticleNo,
    ) -> Option<u32> {
        match self.kind {
            Kind::Rare(entries) => {
                if done[0] {
                    return Some(0);
                }
                let at = entries.partition_point(|entry| entry & RARE_MASK < article);
                let entry = entries.get(at).filter(|&entry| entry & RARE_MASK == article);
                Some(entry.map_or(0, |&entry| self.rare_tf(entry)))
            }
            Kind::Common(at, common) => {
                let window = self.postings.windows.get(article as usize / WINDOW)?;
                let offset = article as u16;
                let mut tf = match common.dense {
                    Some(dense) => window.nibble(dense, offset),
                    None if !window.holds(at, offset) => 0,
                    None if window.run(at, 1).binary_search(&offset).is_ok() => 2,
                    None if window.run(at, 2).binary_search(&offset).is_ok() => 3,
                    // Once, or in the last level.
                    None => NIBBLE_LARGE,
                };
                if tf == 0 {
                    return Some(0);
                }
                if tf == NIBBLE_LARGE {
                    let run = window.run(at, LAST_LEVEL);
                    let (articles, tfs) = run.split_at(run.len() / 2);
                    let found = articles.binary_search(&offset).ok().and_then(|at| tfs.get(at));
                    tf = found.map_or(1, |&tf| self.last_level_tf(u32::from(tf), article));
                }
                let level = (tf as usize).min(LEVELS) - 1;
                (!done[level]).then_some(tf)
            }
        }
    }

    /// A weight that at least `k` articles have, or 0.
    pub(in crate::search::index) fn reached_by(&self, k: usize) -> f64 {
        let Kind::Common(_, common) = self.kind else { return 0.0 };
        let at = RANKS.iter().position(|&rank| rank >= k);
        at.and_then(|at| common.ranked.get(at)).map_or(0.0, |&weight| f64::from(weight))
    }

    /// The runs of postings, in no order; a rare term has one of level 0.
    pub(in crate::search::index) fn layers(&self, lengths: &Lengths) -> impl Iterator<Item = Layer> {
        let layers: [Layer; LEVELS] = match self.kind {
            Kind::Rare(entries) => {
                let (mut top, mut tf_max) = (0.0f64, 0);
                for &entry in entries {
                    let tf = self.rare_tf(entry);
                    top = top.max(lengths.weight(tf, entry & RARE_MASK));
                    tf_max = tf_max.max(tf);
                }
                let all = Layer { level: 0, top, tf_max, count: entries.len() as u32 };
                let none = |level| Layer { level, top: 0.0, tf_max: 0, count: 0 };
                std::array::from_fn(|level| if level == 0 { all } else { none(level) })
            }
            Kind::Common(_, common) => std::array::from_fn(|level| Layer {
                level,
                top: f64::from(common.tops[level]),
                tf_max: if level == LAST_LEVEL { common.tf_max } else { level as u32 + 1 },
                count: common.counts[level],
            }),
        };
        layers.into_iter().filter(|layer| layer.count > 0)
    }

    /// How many windows [`Term::scan`] is to be called for.
    pub(in crate::search::index) fn window_count(&self) -> usize {
        match self.kind {
            Kind::Rare(_) => 1,
            Kind::Common(..) => self.postings.windows.len(),
        }
    }

    /// Hands `(article, frequency)` of a level in a window to `posting`, in the order of articles.
    #[inline]
    pub(in crate::search::index) fn scan(
        &self,
        level: usize,
        window: usize,
        mut posting: impl FnMut(ArticleNo, u32),
    ) {
        match self.kind {
            Kind::Rare(entries) => {
                for &entry in entries {
                    posting(entry & RARE_MASK, self.rare_tf(entry));
                }
            }
            Kind::Common(at, _) => self.postings.each(at, level, window, |article, tf| {
                posting(article, self.last_level_tf(tf, article));
            }),
        }
    }

    fn rare_tf(&self, entry: u32) -> u32 {
        match entry >> RARE_BITS {
            RARE_TF_LARGE => self.postings.large_tf(self.term, entry & RARE_MASK),
            tf => tf,
        }
    }

    fn last_level_tf(&self, tf: u32, article: ArticleNo) -> u32 {
        if tf == u32::from(TF_LARGE) { self.postings.large_tf(self.term, article) } else { tf }
    }
}

impl Postings {
    /// The postings of a term; none for one that is not of this index.
    pub(in crate::search::index) fn term(&self, term: TermId) -> Term<'_> {
        let Place { df, at } = self.places.get(term as usize).copied().unwrap_or_default();
        let kind = if df <= rare_df_max(self.article_count) {
            let at = at as usize;
            Kind::Rare(self.rare.get(at..at + df as usize).unwrap_or_default())
        } else {
            self.common.get(at as usize).map_or(Kind::Rare(&[]), |common| Kind::Common(at as usize, common))
        };
        Term { postings: self, term, kind }
    }
}
