//! The postings of one term: how often it stands in an article, and all articles of a level.

use super::runs::{Lookup, PAIR_MAX, Window, pair};
use super::scan::Scan;
use super::{
    ARTICLE_BITS, Common, LAST_LEVEL, LEVELS, Place, Postings, RANKS, RARE_MASK, RARE_TF_LARGE, TF_LARGE,
    WINDOW, rare_df_max,
};
use crate::search::index::TermId;
use crate::search::index::docs::DocNo;
use crate::search::index::lengths::Lengths;

/// What [`Term::look_up`] tells apart: that a term stands in an article not, once, twice, or [`OFTEN`].
pub(in crate::search::index) const SIGHTS: usize = 4;

/// Three times or more.
pub(in crate::search::index) const OFTEN: usize = PAIR_MAX as usize;

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
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::search::index) struct Layer {
    pub(in crate::search::index) level: usize,
    /// No weight in it is higher.
    pub(in crate::search::index) top: f64,
    /// No frequency in it is higher.
    pub(in crate::search::index) tf_max: u32,
    pub(in crate::search::index) count: u32,
}

impl<'a> Term<'a> {
    /// Whether it stands nowhere.
    pub(in crate::search::index) fn is_empty(&self) -> bool {
        matches!(self.kind, Kind::Rare([]))
    }

    /// Whether a look for one article takes a single step.
    pub(in crate::search::index) fn is_dense(&self) -> bool {
        matches!(self.kind, Kind::Common(_, Common { dense: Some(_), .. }))
    }

    /// How often the term stands in an article.
    pub(in crate::search::index) fn tf(&self, doc: DocNo) -> u32 {
        match self.kind {
            Kind::Rare(entries) => {
                let at = entries.partition_point(|entry| entry & RARE_MASK < doc);
                let entry = entries.get(at).filter(|&entry| entry & RARE_MASK == doc);
                entry.map_or(0, |&entry| self.rare_tf(entry))
            }
            Kind::Common(at, common) => {
                if let Some(tf) = self.postings.often_tf(common, doc) {
                    return tf;
                }
                let Some(window) = self.postings.runs.window(doc as usize / WINDOW) else { return 0 };
                let offset = doc as u16;
                let stands = match common.dense {
                    Some(dense) => pair(self.postings.runs.pairs(dense), doc),
                    None if !window.lookup(at, false).holds(offset) => 0,
                    None if window.articles(at, 1).binary_search(&offset).is_ok() => 2,
                    None if window.articles(at, 2).binary_search(&offset).is_ok() => 3,
                    // Once, or in the last level.
                    None => 1,
                };
                let (articles, tfs) = window.last_level(at);
                let place = match common.dense {
                    Some(_) if stands == PAIR_MAX => window.lookup(at, true).place(offset),
                    None if stands == 1 => articles.binary_search(&offset).ok(),
                    _ => None,
                };
                let last = place.and_then(|at| tfs.get(at));
                last.map_or(stands, |&tf| self.last_level_tf(u32::from(tf), doc))
            }
        }
    }

    /// Tells of one article after the other, by its place among `docs`, what is to be seen of the term: below
    /// [`SIGHTS`]. Articles of one window should follow each other.
    #[inline]
    pub(in crate::search::index) fn look_up(
        &self,
        docs: impl Iterator<Item = DocNo>,
        mut tell: impl FnMut(usize, usize),
    ) {
        let runs = &self.postings.runs;
        match self.kind {
            Kind::Rare(_) => {
                docs.enumerate().for_each(|(nth, doc)| tell(nth, (self.tf(doc) as usize).min(OFTEN)));
            }
            Kind::Common(_, Common { dense: Some(dense), .. }) => {
                let words = runs.pairs(*dense);
                docs.enumerate().for_each(|(nth, doc)| tell(nth, pair(words, doc) as usize));
            }
            Kind::Common(at, _) => {
                let (mut number, mut lookup) = (usize::MAX, Lookup::default());
                for (nth, doc) in docs.enumerate() {
                    if number != doc as usize / WINDOW {
                        number = doc as usize / WINDOW;
                        lookup =
                            runs.window(number).map_or(Lookup::default(), |window| window.lookup(at, false));
                    }
                    // Most articles do not hold the term.
                    tell(nth, if lookup.holds(doc as u16) { self.sight(at, doc) } else { 0 });
                }
            }
        }
    }

    /// What is to be seen of a common term, not dense, in an article that holds it.
    #[cold]
    fn sight(&self, at: usize, doc: DocNo) -> usize {
        let window = self.postings.runs.window(doc as usize / WINDOW);
        let is_in = |window: &Window, level| window.articles(at, level).binary_search(&(doc as u16)).is_ok();
        let level = window.and_then(|window| (1..LEVELS).find(|&level| is_in(&window, level)));
        level.map_or(1, |level| (level + 1).min(OFTEN))
    }

    /// A weight that at least `k` articles have, or 0.
    pub(in crate::search::index) fn reached_by(&self, k: usize) -> f64 {
        let Kind::Common(_, common) = self.kind else { return 0.0 };
        let at = RANKS.iter().position(|&rank| rank >= k);
        at.and_then(|at| common.ranked.get(at)).map_or(0.0, |&weight| f64::from(weight))
    }

    /// The runs of postings, by level, some of them empty; a rare term has one of level 0.
    pub(in crate::search::index) fn layers(&self, lengths: &Lengths) -> [Layer; LEVELS] {
        match self.kind {
            Kind::Rare(entries) => {
                let tf_max = entries.iter().map(|&entry| self.rare_tf(entry)).max().unwrap_or(0);
                // As if all articles were the shortest: to look how long they are takes longer than it spares.
                let top = lengths.group_weight(tf_max, 0);
                let mut layers = [Layer::default(); LEVELS];
                layers[0] = Layer { level: 0, top, tf_max, count: entries.len() as u32 };
                layers
            }
            Kind::Common(_, common) => std::array::from_fn(|level| Layer {
                level,
                top: f64::from(common.tops[level]),
                tf_max: if level == LAST_LEVEL { common.tf_max } else { level as u32 + 1 },
                count: common.counts[level],
            }),
        }
    }

    /// The level of articles that hold the term so often, once or more.
    pub(in crate::search::index) fn level(&self, tf: u32) -> usize {
        match self.kind {
            Kind::Rare(_) => 0,
            Kind::Common(..) => (tf as usize).clamp(1, LEVELS) - 1,
        }
    }

    /// How many windows [`Term::scan`] and [`Term::each`] are to be called for.
    pub(in crate::search::index) fn window_count(&self) -> usize {
        self.postings.runs.window_count()
    }

    /// Hands `(article, frequency)` of a level in a window to `posting`, in the order of articles.
    pub(in crate::search::index) fn each(
        &self,
        level: usize,
        window: usize,
        mut posting: impl FnMut(DocNo, u32),
    ) {
        match self.kind {
            Kind::Rare(entries) => in_window(entries, window)
                .iter()
                .for_each(|&entry| posting(entry & RARE_MASK, self.rare_tf(entry))),
            Kind::Common(at, _) => self.postings.each(at, level, window, |doc, tf| {
                posting(doc, self.last_level_tf(tf, doc));
            }),
        }
    }

    /// Hands all docs of a level to `doc`, in their order; in the first level of a term that is not dense there are those
    /// of other levels too.
    pub(in crate::search::index) fn all(&self, level: usize, mut doc: impl FnMut(DocNo)) {
        if let Kind::Rare(entries) = self.kind {
            return entries.iter().for_each(|entry| doc(entry & RARE_MASK));
        }
        for window in 0..self.window_count() {
            self.scan(level, window).before(DocNo::MAX, |found, _| doc(found));
        }
    }

    /// Begins to read a level in a window, in less time.
    pub(in crate::search::index) fn scan(&self, level: usize, window: usize) -> Scan<'a> {
        let (at, common) = match self.kind {
            Kind::Rare(entries) => return Scan::Rare(in_window(entries, window)),
            Kind::Common(at, common) => (at, common),
        };
        let Some(window) = self.postings.runs.window(window) else { return Scan::Rare(&[]) };
        match common.dense {
            Some(dense) if level == 0 => Scan::Dense { window, dense, start: 0 },
            _ if level == LAST_LEVEL => {
                let (docs, tfs) = window.last_level(at);
                Scan::Last { window, docs, tfs }
            }
            _ => Scan::Run { window, docs: window.articles(at, level), tf: level as u32 + 1 },
        }
    }

    fn rare_tf(&self, entry: u32) -> u32 {
        match entry >> ARTICLE_BITS {
            RARE_TF_LARGE => self.postings.large_tf(self.term, entry & RARE_MASK),
            tf => tf,
        }
    }

    fn last_level_tf(&self, tf: u32, doc: DocNo) -> u32 {
        if tf == u32::from(TF_LARGE) { self.postings.large_tf(self.term, doc) } else { tf }
    }
}

/// Those postings of a rare term that are in a window.
fn in_window(entries: &[u32], window: usize) -> &[u32] {
    let start = entries.partition_point(|entry| ((entry & RARE_MASK) as usize) < window * WINDOW);
    let from_there = entries.get(start..).unwrap_or_default();
    let count = from_there.partition_point(|entry| ((entry & RARE_MASK) as usize) < (window + 1) * WINDOW);
    from_there.get(..count).unwrap_or_default()
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
