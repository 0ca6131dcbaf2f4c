//! The postings, small and in the order in which they are read.
//!
//! Articles are numbered in windows of 65,536, so that two bytes name one of them. The postings of a term are
//! kept apart by level: articles that hold it once, twice, three times, or more often. The level says how often,
//! so that only the last level needs a number beside the article; and BM25 says at once how much an article of a
//! level can score at most.
//!
//! | a term in | is kept as |
//! |---|---|
//! | few articles | four bytes a posting: the article, and how often in the upper four bits |
//! | more | runs of two bytes a posting ([`runs`]), and two more for those of the second level and above |
//! | a 32nd of all articles, or more | two bits for every article, how often; two bytes for those of the second level and above |
//!
//! A term that stands three times or more in a 32nd of all articles has a byte for every article besides, how often:
//! these are few terms, but most questions have one, and an article that is scored then need not be looked for.
//!
//! A frequency too large for its place (15 and more, or 65,535 and more) is kept in a list of its own.

mod often;
mod read;
mod runs;
mod scan;
mod term;

use rayon::prelude::*;

use self::read::Reading;
use self::runs::Runs;
use super::docs::{DocNo, WINDOW};
use super::lengths::Lengths;
use super::{TermId, TokenSource};

pub(super) use self::term::{Layer, OFTEN, SIGHTS, Term};

/// The most articles that an index holds: their number leaves four bits for how often a rare term stands there.
pub const ARTICLES_MAX: usize = 1 << ARTICLE_BITS;

pub(super) const ARTICLE_BITS: u32 = 28;
const RARE_MASK: u32 = (1 << ARTICLE_BITS) - 1;

/// Says of a rare posting that the frequency is in the list of large ones.
const RARE_TF_LARGE: u32 = 15;

/// The same of a posting of the last level.
const TF_LARGE: u16 = u16::MAX;

/// Once, twice, three times, more often.
pub(super) const LEVELS: usize = 4;
pub(super) const LAST_LEVEL: usize = LEVELS - 1;

/// A term is dense where it stands in one of this many articles: two bits an article are then no more than eight
/// bytes a posting, and most often far less.
const DENSE_SHARE: usize = 32;

/// The ranks for which the weights of each common term are remembered: a search for so many articles begins with the
/// knowledge that as many score at least that.
const RANKS: [usize; 2] = [10, 100];

#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Postings {
    article_count: usize,
    count: usize,
    places: Vec<Place>,
    rare: Vec<u32>,
    common: Vec<Common>,
    runs: Runs,
    /// How often, for every article, one term of many frequent ones after the other.
    often: Vec<u8>,
    /// Sorted.
    large: Vec<(TermId, DocNo, u32)>,
}

/// Where the postings of a term are: in `rare` from `at` on, or those of `common[at]`.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
struct Place {
    df: u32,
    at: u32,
}

/// A term that is not rare. All of it is in one line of the cache.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[repr(align(64))]
pub(super) struct Common {
    /// Postings of each level.
    counts: [u32; LEVELS],
    /// The highest weight in each level, rounded up; 0 where the level is empty.
    tops: [f32; LEVELS],
    /// No frequency is higher.
    tf_max: u32,
    /// The weights at [`RANKS`], rounded down; 0 where there are fewer postings.
    ranked: [f32; RANKS.len()],
    /// Which of the dense terms it is.
    dense: Option<u32>,
    /// Which of those with a byte an article.
    often: Option<u32>,
}

/// How many postings a term has, by level and class of length.
struct Classes([[u32; 256]; LEVELS]);

impl Default for Classes {
    fn default() -> Classes {
        Classes([[0; 256]; LEVELS])
    }
}

impl Postings {
    /// See [`super::Index::build`]; `source` hands out the tokens of docs.
    pub(super) fn build(lengths: &Lengths, dfs: &[u32], source: &impl TokenSource) -> Postings {
        let article_count = lengths.count();
        assert!(article_count <= ARTICLES_MAX, "an index holds at most {ARTICLES_MAX} articles");
        let mut postings = Postings::placed(article_count, dfs);
        let window_count = article_count.div_ceil(WINDOW);
        // What a window holds of rare terms is put in its place before more windows are read.
        let batch = rayon::current_num_threads();
        let mut next: Vec<u32> = postings.places.iter().map(|place| place.at).collect();
        let mut windows = Vec::with_capacity(window_count);
        for first in (0..window_count).step_by(batch) {
            let numbers = first..(first + batch).min(window_count);
            let parts = batch.div_ceil(numbers.len());
            let read: Vec<Reading> =
                numbers.into_par_iter().map(|number| postings.read_window(number, parts, source)).collect();
            for Reading { mut window, rare, large } in read {
                postings.runs.take_bits(windows.len(), &mut window);
                windows.push(window);
                postings.large.extend(large);
                for (term, posting) in rare {
                    // `next` has a place for each term, and `rare` for as many postings as `dfs` counts.
                    let at = &mut next[term as usize];
                    postings.rare[*at as usize] = posting;
                    *at += 1;
                }
            }
        }
        postings.large.sort_unstable();
        postings.runs.gather(windows);
        let common: Vec<Common> = (0..postings.common.len())
            .into_par_iter()
            .with_min_len(64)
            .map_init(Classes::default, |classes, at| postings.measured(at, lengths, classes))
            .collect();
        postings.common = common;
        postings.fill_often();
        postings
    }

    /// Gives each term its place, still empty.
    fn placed(article_count: usize, dfs: &[u32]) -> Postings {
        let rare_max = rare_df_max(article_count);
        let (mut rare, mut dense) = (0usize, 0u32);
        let mut common = Vec::new();
        let mut places = Vec::with_capacity(dfs.len());
        for &df in dfs {
            let at = if df <= rare_max {
                let at = rare;
                rare += df as usize;
                at
            } else {
                let is_dense = df as usize * DENSE_SHARE >= article_count;
                let number = dense;
                dense += u32::from(is_dense);
                let number = is_dense.then_some(number);
                common.push(Common {
                    counts: [0; LEVELS],
                    tops: [0.0; LEVELS],
                    tf_max: LEVELS as u32 - 1,
                    ranked: [0.0; RANKS.len()],
                    dense: number,
                    often: None,
                });
                common.len() - 1
            };
            let at = u32::try_from(at).expect("16 GB of postings of rare terms are more than an index holds");
            places.push(Place { df, at });
        }
        let count = dfs.iter().map(|&df| df as usize).sum();
        let rare = vec![0; rare];
        let runs = Runs::new(article_count, dense as usize);
        Postings { article_count, count, places, rare, common, runs, often: Vec::new(), large: Vec::new() }
    }

    /// A common term with what is known of it once all its postings are in place.
    fn measured(&self, at: usize, lengths: &Lengths, classes: &mut Classes) -> Common {
        let rank_max = RANKS.iter().copied().max().unwrap_or(0);
        let mut common = self.common[at].clone();
        self.count_classes(at, lengths, classes);
        let Classes(classes) = classes;
        common.counts = classes.each_ref().map(|classes| classes.iter().sum());
        let mut best: Vec<f64> = Vec::new();
        // The weights of these levels depend on length alone.
        for (level, classes) in classes.iter().enumerate().take(LAST_LEVEL) {
            let tf = level as u32 + 1;
            let first = best.len();
            let classes = classes.iter().zip(lengths.class_bounds());
            for (&of_class, &(shortest, longest)) in classes.filter(|(of_class, _)| **of_class > 0) {
                let wanted = (of_class as usize).min(rank_max + first - best.len());
                common.tops[level] = common.tops[level].max(round_up(lengths.weight_at(tf, shortest)));
                best.extend(std::iter::repeat_n(lengths.weight_at(tf, longest), wanted));
            }
        }
        for window in 0..self.runs.window_count() {
            self.each(at, LAST_LEVEL, window, |doc, tf| {
                let weight = lengths.weight(tf, doc);
                best.push(weight);
                let tf = if tf == u32::from(TF_LARGE) { u32::MAX } else { tf };
                common.tf_max = common.tf_max.max(tf);
                common.tops[LAST_LEVEL] = common.tops[LAST_LEVEL].max(round_up(weight));
            });
        }
        common.ranked = RANKS.map(|rank| match best.len() {
            fewer if fewer < rank => 0.0,
            _ => round_down(*best.select_nth_unstable_by(rank - 1, |a, b| b.total_cmp(a)).1),
        });
        common
    }

    /// Counts the postings of a common term.
    fn count_classes(&self, at: usize, lengths: &Lengths, Classes(classes): &mut Classes) {
        classes.iter_mut().for_each(|classes| classes.fill(0));
        let dense = self.common.get(at).and_then(|common| common.dense);
        for window in (0..self.runs.window_count()).filter_map(|number| self.runs.window(number)) {
            for (level, classes) in classes.iter_mut().enumerate() {
                let mut count =
                    |offset: u32| classes[usize::from(lengths.class(window.first() + offset))] += 1;
                match dense {
                    Some(dense) if level == 0 => window.each_once(dense, 0..WINDOW as u32, count),
                    _ => window.articles(at, level).iter().for_each(|&offset| count(u32::from(offset))),
                }
            }
        }
        if dense.is_none() {
            // The run of the first level holds the articles of all.
            let [all, others @ ..] = classes;
            for of_level in others {
                all.iter_mut().zip(of_level).for_each(|(all, other)| *all -= *other);
            }
        }
    }

    /// In how many articles a term stands.
    pub(super) fn df(&self, term: TermId) -> u32 {
        self.places.get(term as usize).map_or(0, |place| place.df)
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn article_count(&self) -> usize {
        self.article_count
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.places)
            + size_of_val(&*self.rare)
            + size_of_val(&*self.common)
            + size_of_val(&*self.often)
            + size_of_val(&*self.large)
            + self.runs.bytes()
    }

    /// A frequency that its place could not hold.
    fn large_tf(&self, term: TermId, doc: DocNo) -> u32 {
        let found = self.large.binary_search_by_key(&(term, doc), |&(term, doc, _)| (term, doc));
        found.ok().and_then(|at| self.large.get(at)).map_or(0, |&(_, _, tf)| tf)
    }

    /// Hands on the postings of a common term in a level and window, as they are kept: 65,535 stands for any
    /// larger frequency.
    #[inline]
    fn each(&self, common: usize, level: usize, window: usize, mut posting: impl FnMut(DocNo, u32)) {
        let Some(window) = self.runs.window(window) else { return };
        let first = window.first();
        match self.common.get(common).and_then(|common| common.dense) {
            Some(dense) if level == 0 => {
                window.each_once(dense, 0..WINDOW as u32, |offset| posting(first + offset, 1))
            }
            None if level == 0 => {
                // The runs of the other levels are part of this one, in the same order.
                let mut others: [&[u16]; LAST_LEVEL] =
                    std::array::from_fn(|other| window.articles(common, other + 1));
                for &offset in window.articles(common, 0) {
                    let mut is_other = false;
                    for other in &mut others {
                        if let Some((_, rest)) = other.split_first().filter(|(next, _)| **next == offset) {
                            *other = rest;
                            is_other = true;
                        }
                    }
                    if !is_other {
                        posting(first + u32::from(offset), 1);
                    }
                }
            }
            _ if level == LAST_LEVEL => {
                let (articles, tfs) = window.last_level(common);
                for (&offset, &tf) in articles.iter().zip(tfs) {
                    posting(first + u32::from(offset), u32::from(tf));
                }
            }
            _ => {
                let tf = level as u32 + 1;
                window
                    .articles(common, level)
                    .iter()
                    .for_each(|&offset| posting(first + u32::from(offset), tf));
            }
        }
    }
}

/// The most articles in which a rare term stands: for more, what the runs of a term take beside their postings
/// is less than what they save on them.
fn rare_df_max(article_count: usize) -> u32 {
    (16 + 10 * article_count.div_ceil(WINDOW)) as u32
}

fn round_up(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) < value { near.next_up() } else { near }
}

fn round_down(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) > value { near.next_down() } else { near }
}
