//! The postings, small and in the order in which they are read.
//!
//! Articles are numbered in windows of 65,536, so that two bytes name one of them. The postings of a term are
//! kept apart by level: articles that hold it once, twice, three times, or more often. The level says how often,
//! so that only the last level needs a number beside the article; and BM25 says at once how much an article of a
//! level can score at most. The first level is found by taking the others away from all: most looks for an
//! article then end with the one list in which it is not.
//!
//! | a term in | is kept as |
//! |---|---|
//! | few articles | four bytes a posting: the article, and how often in the upper four bits |
//! | more | for each window two bytes a posting, and two more for those of the second level and above |
//! | a sixteenth of all articles, or more | four bits for every article, how often; two bytes for those of the second level and above |
//!
//! A frequency too large for its place (15 and more, or 65,535 and more) is kept in a list of its own.

mod term;

use std::ops::Range;

use rayon::prelude::*;

use super::lengths::Lengths;
use super::{ArticleNo, TermId, TokenSource};

pub(super) use self::term::{Layer, Term};

/// The most articles that an index holds: their number leaves four bits for how often a rare term stands there.
pub const ARTICLES_MAX: usize = 1 << RARE_BITS;

const RARE_BITS: u32 = 28;
const RARE_MASK: u32 = (1 << RARE_BITS) - 1;

/// Says of a rare posting that the frequency is in the list of large ones.
const RARE_TF_LARGE: u32 = 15;

/// The same of a posting of the last level.
const TF_LARGE: u16 = u16::MAX;

/// Articles in a window: as many as two bytes can name.
const WINDOW: usize = 1 << 16;

/// Once, twice, three times, more often.
pub(super) const LEVELS: usize = 4;
pub(super) const LAST_LEVEL: usize = LEVELS - 1;

/// A term is dense where it stands in one of this many articles: four bits an article are then no more than eight
/// bytes a posting, and most often far less.
const DENSE_SHARE: usize = 16;

/// Articles whose four bits share a word.
const PER_WORD: usize = 16;

/// A window is not read in parts of fewer words than this: each part has counts of its own to make.
const PART_WORDS_MIN: usize = 128;

/// Says in four bits that the frequency is to be looked for in the run of the last level.
const NIBBLE_LARGE: u32 = 15;

/// Beside the runs of levels there is one of skips: where in the run of the first level each part of the window
/// begins. A look for one article then reads the run in one place.
const RUNS: usize = LEVELS + 1;
const SKIPS: usize = LEVELS;

/// Articles between two skips, on average.
const SKIP_ARTICLES: usize = 16;

/// The ranks for which the weights of each term are remembered: a search for so many articles begins with the
/// knowledge that as many score at least that.
const RANKS: [usize; 2] = [10, 100];

#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Postings {
    article_count: usize,
    count: usize,
    places: Vec<Place>,
    rare: Vec<u32>,
    common: Vec<Common>,
    windows: Vec<Window>,
    /// Sorted.
    large: Vec<(TermId, ArticleNo, u32)>,
}

/// Where the postings of a term are: in `rare` from `at` on, or those of `common[at]`.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
struct Place {
    df: u32,
    at: u32,
}

/// A term that is not rare.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
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
}

/// The postings of 65,536 articles.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
struct Window {
    /// Where the run of each level of each common term begins in `packed`, and the end of the last. The run of
    /// the first level holds the articles of all levels; that of a dense term is empty.
    starts: Vec<u32>,
    /// Articles counted from the first of the window, ascending in each run. In runs of the last level the
    /// frequencies follow, one for each.
    packed: Vec<u16>,
    /// Four bits for each article, one dense term after the other, each from a word of its own on.
    bits: Vec<u64>,
    /// Words that a dense term takes.
    words: usize,
}

impl Postings {
    /// See [`super::Index::build`].
    pub(super) fn build(lengths: &Lengths, dfs: &[u32], source: &impl TokenSource) -> Postings {
        let article_count = lengths.count();
        assert!(article_count <= ARTICLES_MAX, "an index holds at most {ARTICLES_MAX} articles");
        let mut postings = Postings::placed(article_count, dfs);
        let window_count = article_count.div_ceil(WINDOW);
        // What a window holds of rare terms is put in its place before more windows are read.
        let batch = rayon::current_num_threads();
        let mut next: Vec<u32> = postings.places.iter().map(|place| place.at).collect();
        for first in (0..window_count).step_by(batch) {
            let numbers = first..(first + batch).min(window_count);
            let parts = batch.div_ceil(numbers.len());
            let read: Vec<Reading> =
                numbers.into_par_iter().map(|number| postings.read_window(number, parts, source)).collect();
            for Reading { window, rare, large } in read {
                postings.windows.push(window);
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
        let common: Vec<Common> = (0..postings.common.len())
            .into_par_iter()
            .with_min_len(64)
            .map(|at| postings.measured(at, lengths))
            .collect();
        postings.common = common;
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
                    ranked: [0.0; 2],
                    dense: number,
                });
                common.len() - 1
            };
            let at = u32::try_from(at).expect("16 GB of postings of rare terms are more than an index holds");
            places.push(Place { df, at });
        }
        let count = dfs.iter().map(|&df| df as usize).sum();
        let rare = vec![0; rare];
        Postings { article_count, count, places, rare, common, windows: Vec::new(), large: Vec::new() }
    }

    /// Reads the articles of a window, in parts at the same time.
    fn read_window(&self, number: usize, parts: usize, source: &impl TokenSource) -> Reading {
        let first = number * WINDOW;
        let size = (self.article_count - first).min(WINDOW);
        let words = size.div_ceil(PER_WORD);
        let words_of_part = words.div_ceil(parts).max(PART_WORDS_MIN);
        let read: Vec<Part> = (0..words.div_ceil(words_of_part))
            .into_par_iter()
            .map(|part| {
                let start = part * words_of_part * PER_WORD;
                self.read_part(first, start..(start + words_of_part * PER_WORD).min(size), source)
            })
            .collect();
        let dense_count = self.common.iter().filter(|common| common.dense.is_some()).count();
        let mut window = Window { bits: Vec::with_capacity(words * dense_count), words, ..Window::default() };
        for dense in 0..dense_count {
            for part in &read {
                let words = part.bits.len() / dense_count;
                window.bits.extend_from_slice(&part.bits[dense * words..(dense + 1) * words]);
            }
        }
        let mut counts = vec![0u32; self.common.len() * RUNS + 1];
        for part in &read {
            counts.iter_mut().zip(&part.counts).for_each(|(sum, count)| *sum += count);
        }
        window.fill(read.iter().flat_map(|part| &part.found), counts);
        let mut reading = Reading { window, rare: Vec::new(), large: Vec::new() };
        for part in read {
            reading.rare.extend(part.rare);
            reading.large.extend(part.large);
        }
        reading
    }

    /// Reads some articles of the window that begins at `first`; the part begins at a word of its own.
    fn read_part(&self, first: usize, part: Range<usize>, source: &impl TokenSource) -> Part {
        let words = part.len().div_ceil(PER_WORD);
        let dense_count = self.common.iter().filter(|common| common.dense.is_some()).count();
        let mut bits = vec![0u64; words * dense_count];
        let (mut rare, mut large) = (Vec::new(), Vec::new());
        let mut found: Vec<(u32, u16, u16)> = Vec::new();
        let mut counts = vec![0u32; self.common.len() * RUNS + 1];
        // All indexing below is by terms that `places` has, by common terms and by articles of this window.
        let mut frequencies = vec![0u32; self.places.len()];
        let mut distinct: Vec<TermId> = Vec::new();
        for offset in part.clone() {
            let article = (first + offset) as ArticleNo;
            source.read(article, &mut |term| {
                let tf = &mut frequencies[term as usize];
                if *tf == 0 {
                    distinct.push(term);
                }
                *tf = tf.saturating_add(1);
            });
            for term in distinct.drain(..) {
                let tf = std::mem::take(&mut frequencies[term as usize]);
                let Place { df, at } = self.places[term as usize];
                if df <= rare_df_max(self.article_count) {
                    let kept = tf.min(RARE_TF_LARGE);
                    if kept == RARE_TF_LARGE {
                        large.push((term, article, tf));
                    }
                    rare.push((term, kept << RARE_BITS | article));
                    continue;
                }
                let first_run = at * RUNS as u32;
                if let Some(dense) = self.common[at as usize].dense {
                    let word = dense as usize * words + (offset - part.start) / PER_WORD;
                    bits[word] |= u64::from(tf.min(NIBBLE_LARGE)) << (offset % PER_WORD * 4);
                } else {
                    counts[first_run as usize + 1] += 1;
                    found.push((first_run, offset as u16, 1));
                }
                let level = (tf as usize).min(LEVELS) - 1;
                if level > 0 {
                    let kept = u16::try_from(tf).unwrap_or(TF_LARGE);
                    if kept == TF_LARGE {
                        large.push((term, article, tf));
                    }
                    let run = first_run + level as u32;
                    counts[run as usize + 1] += if level == LAST_LEVEL { 2 } else { 1 };
                    found.push((run, offset as u16, kept));
                }
            }
        }
        Part { bits, found, counts, rare, large }
    }

    /// A common term with what is known of it once all its postings are in place.
    fn measured(&self, at: usize, lengths: &Lengths) -> Common {
        let rank_max = RANKS.iter().copied().max().unwrap_or(0);
        let mut common = self.common[at].clone();
        let mut best: Vec<f64> = Vec::new();
        for level in 0..LEVELS {
            let mut count = 0;
            let first = best.len();
            if level == LAST_LEVEL {
                for window in 0..self.windows.len() {
                    self.each(at, level, window, |article, tf| {
                        best.push(lengths.weight(tf, article));
                        let tf = if tf == u32::from(TF_LARGE) { u32::MAX } else { tf };
                        common.tf_max = common.tf_max.max(tf);
                        let top = round_up(lengths.weight(tf, article));
                        common.tops[level] = common.tops[level].max(top);
                        count += 1;
                    });
                }
            } else {
                // The weights of a level depend on length alone: count by class of length.
                let mut classes = [0u32; 256];
                for window in 0..self.windows.len() {
                    self.each(at, level, window, |article, _| {
                        classes[usize::from(lengths.class(article))] += 1;
                        count += 1;
                    });
                }
                let tf = level as u32 + 1;
                for (&of_class, &(shortest, longest)) in classes.iter().zip(lengths.class_bounds()) {
                    let wanted = (of_class as usize).min(rank_max + first - best.len());
                    if of_class > 0 {
                        let top = round_up(lengths.weight_at(tf, shortest));
                        common.tops[level] = common.tops[level].max(top);
                    }
                    best.extend(std::iter::repeat_n(lengths.weight_at(tf, longest), wanted));
                }
            }
            common.counts[level] = count;
        }
        best.sort_unstable_by(|a, b| b.total_cmp(a));
        common.ranked = RANKS.map(|rank| best.get(rank - 1).map_or(0.0, |&weight| round_down(weight)));
        common
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
        let windows = self.windows.iter().map(|window| {
            size_of_val(&*window.starts) + size_of_val(&*window.packed) + size_of_val(&*window.bits)
        });
        size_of_val(&*self.places)
            + size_of_val(&*self.rare)
            + size_of_val(&*self.common)
            + size_of_val(&*self.large)
            + windows.sum::<usize>()
    }

    /// A frequency that its place could not hold.
    fn large_tf(&self, term: TermId, article: ArticleNo) -> u32 {
        let found = self.large.binary_search_by_key(&(term, article), |&(term, article, _)| (term, article));
        found.ok().and_then(|at| self.large.get(at)).map_or(0, |&(_, _, tf)| tf)
    }

    /// Hands on the postings of a common term in a level and window, as they are kept: 65,535 stands for any
    /// larger frequency.
    #[inline]
    fn each(&self, common: usize, level: usize, window: usize, mut posting: impl FnMut(ArticleNo, u32)) {
        let Some(of_window) = self.windows.get(window) else { return };
        let first = (window * WINDOW) as ArticleNo;
        match self.common.get(common).and_then(|common| common.dense) {
            Some(dense) if level == 0 => {
                of_window.each_once(dense, |offset| posting(first + offset, 1));
            }
            None if level == 0 => {
                // The runs of the other levels are part of this one, in the same order.
                let mut others: [&[u16]; LAST_LEVEL] =
                    std::array::from_fn(|other| of_window.articles(common, other + 1));
                for &offset in of_window.articles(common, 0) {
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
                let run = of_window.run(common, level);
                let (articles, tfs) = run.split_at(run.len() / 2);
                for (&offset, &tf) in articles.iter().zip(tfs) {
                    posting(first + u32::from(offset), u32::from(tf));
                }
            }
            _ => {
                let run = of_window.run(common, level);
                run.iter().for_each(|&offset| posting(first + u32::from(offset), level as u32 + 1));
            }
        }
    }
}

/// The most articles in which a rare term stands: for more, what the runs of a term take beside their postings
/// is less than what they save on them.
fn rare_df_max(article_count: usize) -> u32 {
    (16 + 10 * article_count.div_ceil(WINDOW)) as u32
}

/// What is read of some articles of a window.
struct Part {
    /// As those of a window, of these articles alone.
    bits: Vec<u64>,
    /// `(run, article, frequency)` of what goes into runs, by article.
    found: Vec<(u32, u16, u16)>,
    /// The places each run takes, one run later.
    counts: Vec<u32>,
    rare: Vec<(TermId, u32)>,
    large: Vec<(TermId, ArticleNo, u32)>,
}

/// What is read of a window.
struct Reading {
    window: Window,
    rare: Vec<(TermId, u32)>,
    large: Vec<(TermId, ArticleNo, u32)>,
}

impl Window {
    /// Puts `(run, article, frequency)`, sorted by article, into runs; `counts` has the places each run takes,
    /// one run later.
    fn fill<'a>(&mut self, found: impl Iterator<Item = &'a (u32, u16, u16)>, mut counts: Vec<u32>) {
        for common in 0..counts.len() / RUNS {
            counts[common * RUNS + SKIPS + 1] = skip_count(counts[common * RUNS + 1] as usize) as u32;
        }
        for run in 1..counts.len() {
            counts[run] = counts[run]
                .checked_add(counts[run - 1])
                .expect("no memory holds the articles for 2^32 postings in one window");
        }
        let total = counts.last().map_or(0, |&end| end as usize);
        self.packed = vec![0; total];
        let mut next = counts.clone();
        for &(run, article, tf) in found {
            let run = run as usize;
            let at = next[run] as usize;
            next[run] += 1;
            self.packed[at] = article;
            if run % RUNS == LAST_LEVEL {
                let half = (counts[run + 1] - counts[run]) / 2;
                self.packed[at + half as usize] = tf;
            }
        }
        self.starts = counts;
        for common in 0..self.starts.len() / RUNS {
            self.fill_skips(common);
        }
    }

    fn fill_skips(&mut self, common: usize) {
        let at = self.starts[common * RUNS + SKIPS] as usize;
        let count = skip_count(self.run(common, 0).len());
        let mut next = 0;
        for skip in 0..count {
            let first = skip * (WINDOW / count);
            next +=
                self.run(common, 0)[next..].iter().take_while(|&&offset| usize::from(offset) < first).count();
            // A run that ends before holds fewer articles than the window, so this fits.
            self.packed[at + skip] = next as u16;
        }
    }

    /// Whether an article is in the run of the first level of a common term.
    #[inline]
    fn holds(&self, common: usize, offset: u16) -> bool {
        let run = self.run(common, 0);
        let skips = self.run(common, SKIPS);
        if skips.is_empty() {
            return run.binary_search(&offset).is_ok();
        }
        // There is a power of two of skips.
        let skip = usize::from(offset) >> (WINDOW.trailing_zeros() - skips.len().trailing_zeros());
        let start = skips.get(skip).map_or(0, |&start| usize::from(start));
        let end = skips.get(skip + 1).map_or(run.len(), |&end| usize::from(end));
        run.get(start..end).is_some_and(|part| part.binary_search(&offset).is_ok())
    }

    /// The run of a level of a common term.
    fn run(&self, common: usize, level: usize) -> &[u16] {
        let at = common * RUNS + level;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => self.packed.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The articles in the run of a level of a common term.
    fn articles(&self, common: usize, level: usize) -> &[u16] {
        let run = self.run(common, level);
        if level == LAST_LEVEL { run.split_at(run.len() / 2).0 } else { run }
    }

    /// The four bits of an article.
    #[inline]
    fn nibble(&self, dense: u32, offset: u16) -> u32 {
        nibble(self.dense_words(dense), u32::from(offset))
    }

    /// The four bits of all articles.
    fn dense_words(&self, dense: u32) -> &[u64] {
        let start = dense as usize * self.words;
        self.bits.get(start..start + self.words).unwrap_or_default()
    }

    /// The articles that hold a dense term once.
    #[inline]
    fn each_once(&self, dense: u32, mut article: impl FnMut(u32)) {
        const LOW: u64 = 0x1111_1111_1111_1111;
        for (at, &word) in (0u32..).zip(self.dense_words(dense)) {
            let mut once = word & !(word >> 1 | word >> 2 | word >> 3) & LOW;
            while once != 0 {
                article(at * PER_WORD as u32 + once.trailing_zeros() / 4);
                once &= once - 1;
            }
        }
    }
}

/// The four bits of an article, among those of a window.
#[inline]
pub(super) fn nibble(words: &[u64], article: ArticleNo) -> u32 {
    let offset = article as usize % WINDOW;
    let word = words.get(offset / PER_WORD).copied().unwrap_or(0);
    (word >> (offset % PER_WORD * 4)) as u32 & 15
}

/// How many skips a run of so many articles has.
fn skip_count(articles: usize) -> usize {
    if articles < 2 * SKIP_ARTICLES { 0 } else { (articles / SKIP_ARTICLES).next_power_of_two() }
}

fn round_up(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) < value { near.next_up() } else { near }
}

fn round_down(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) > value { near.next_down() } else { near }
}
