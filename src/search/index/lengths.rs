//! How long the articles are, and what that makes of a term's weight.

use super::ArticleNo;
use crate::search::weight::Bm25Params;

/// Classes that a byte can tell apart.
const CLASSES: usize = 256;

/// Frequencies below this have their weights in a table.
const TABLED: usize = 8;

/// Neighbouring classes are taken together to groups of articles for which bounds are worked out: enough that the
/// bound of a long article is not that of the shortest, few enough to cost nothing.
pub(super) const GROUPS: usize = 8;

/// The lengths of all articles.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Lengths {
    /// In tokens that count.
    lengths: Vec<u32>,
    /// The class of each article: the longer, the higher. A byte an article stays in the cache where four do
    /// not, and says enough to pass by an article that is too long.
    classes: Vec<u8>,
    /// The shortest and the longest length of each class, ascending. Where there are at most 256 different
    /// lengths, as among passages, the two are the same.
    bounds: Vec<(u32, u32)>,
    /// Whether each class has one length.
    is_exact: bool,
    /// The group of a class is the class shifted by this.
    group_shift: u32,
    /// The weights of small frequencies at the shortest length of each class.
    weights: Vec<[f64; TABLED]>,
    /// The same of each group, by frequency.
    group_weights: [[f64; GROUPS]; TABLED],
    avgdl: f64,
    params: Bm25Params,
}

impl Lengths {
    pub(super) fn new(lengths: Vec<u32>, params: Bm25Params) -> Lengths {
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let avgdl = (total as f64 / lengths.len().max(1) as f64).max(1.0);
        let bounds = class_bounds(&lengths);
        let class = |&length: &u32| bounds.partition_point(|&(_, longest)| longest < length) as u8;
        let classes = lengths.iter().map(class).collect();
        let is_exact = bounds.iter().all(|(shortest, longest)| shortest == longest);
        let last = bounds.len().saturating_sub(1);
        let group_shift = (0..8).find(|shift| last >> shift < GROUPS).unwrap_or(8);
        let of_class = |&(shortest, _): &(u32, u32)| {
            std::array::from_fn(|tf| params.weight(tf as f64, f64::from(shortest), avgdl))
        };
        let weights = bounds.iter().map(of_class).collect();
        let group_weights = [[0.0; GROUPS]; TABLED];
        let mut lengths = Lengths {
            lengths,
            classes,
            bounds,
            is_exact,
            group_shift,
            weights,
            group_weights,
            avgdl,
            params,
        };
        lengths.group_weights = std::array::from_fn(|tf| {
            std::array::from_fn(|group| lengths.class_weight(tf as u32, lengths.first_class(group)))
        });
        lengths
    }

    pub(super) fn count(&self) -> usize {
        self.lengths.len()
    }

    pub(super) fn length(&self, article: ArticleNo) -> u32 {
        self.lengths.get(article as usize).copied().unwrap_or(0)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.lengths) + size_of_val(&*self.classes) + size_of_val(&*self.weights)
    }

    /// The class of an article.
    #[inline]
    pub(super) fn class(&self, article: ArticleNo) -> u8 {
        self.classes.get(article as usize).copied().unwrap_or(0)
    }

    /// The group of a class, below [`GROUPS`].
    #[inline]
    pub(super) fn group(&self, class: u8) -> usize {
        (usize::from(class) >> self.group_shift) % GROUPS
    }

    /// The shortest class of a group.
    fn first_class(&self, group: usize) -> u8 {
        let last = self.bounds.len().saturating_sub(1);
        (group << self.group_shift).min(last) as u8
    }

    /// The highest weight that a frequency has in each group.
    pub(super) fn group_weights(&self, tf: u32) -> [f64; GROUPS] {
        match self.group_weights.get(tf as usize) {
            Some(&weights) => weights,
            None => std::array::from_fn(|group| self.group_weight(tf, group)),
        }
    }

    /// The highest weight that a frequency has in a group.
    pub(super) fn group_weight(&self, tf: u32, group: usize) -> f64 {
        self.class_weight(tf, self.first_class(group))
    }

    /// The highest weight that a frequency has in a class.
    #[inline]
    pub(super) fn class_weight(&self, tf: u32, class: u8) -> f64 {
        match self.weights.get(class as usize).and_then(|weights| weights.get(tf as usize)) {
            Some(&weight) => weight,
            None => self.weight_at(tf, self.bounds.get(class as usize).map_or(0, |&(shortest, _)| shortest)),
        }
    }

    /// The weight of a term that stands `tf` times in an article of this class.
    #[inline]
    pub(super) fn weight_in(&self, tf: u32, article: ArticleNo, class: u8) -> f64 {
        if self.is_exact {
            return self.class_weight(tf, class);
        }
        self.weight_at(tf, self.length(article))
    }

    /// The weight of a term that stands `tf` times in an article, without idf.
    pub(super) fn weight(&self, tf: u32, article: ArticleNo) -> f64 {
        if (article as usize) < self.lengths.len() {
            self.weight_in(tf, article, self.class(article))
        } else {
            self.weight_at(tf, 0)
        }
    }

    /// The same, for a frequency that may be a fraction.
    pub(super) fn weight_of(&self, tf: f64, article: ArticleNo) -> f64 {
        self.params.weight(tf, f64::from(self.length(article)), self.avgdl)
    }

    /// The weight of a term that stands `tf` times among `length` tokens.
    #[inline]
    pub(super) fn weight_at(&self, tf: u32, length: u32) -> f64 {
        self.params.weight(f64::from(tf), f64::from(length), self.avgdl)
    }

    /// The shortest and the longest length of each class, ascending.
    pub(super) fn class_bounds(&self) -> &[(u32, u32)] {
        &self.bounds
    }
}

/// Parts the lengths into at most [`CLASSES`] classes: one for each length where that is enough, else such that
/// each holds about as many articles.
fn class_bounds(lengths: &[u32]) -> Vec<(u32, u32)> {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    let distinct = sorted.chunk_by(|a, b| a == b).count();
    let mut bounds: Vec<(u32, u32)> = Vec::new();
    let mut before = 0;
    let mut last_class = None;
    for (number, run) in sorted.chunk_by(|a, b| a == b).enumerate() {
        let class = if distinct <= CLASSES { number } else { before * CLASSES / sorted.len() };
        before += run.len();
        let Some(&length) = run.first() else { continue };
        match bounds.last_mut() {
            Some(bound) if last_class == Some(class) => bound.1 = length,
            _ => bounds.push((length, length)),
        }
        last_class = Some(class);
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_ascend_with_length() {
        fn check(lengths: Vec<u32>, classes: usize) {
            let lengths = Lengths::new(lengths, Bm25Params::default());
            assert_eq!(lengths.bounds.len(), classes);
            assert!(lengths.bounds.windows(2).all(|pair| pair[0].1 < pair[1].0), "{:?}", lengths.bounds);
            for (length, &class) in lengths.lengths.iter().zip(&lengths.classes) {
                let (shortest, longest) = lengths.bounds[class as usize];
                assert!((shortest..=longest).contains(length), "{length} {class}");
            }
        }
        check(vec![], 0);
        check(vec![0], 1);
        check(vec![7, 3, 7, u32::MAX], 3);
        check((0..256).collect(), 256);
        check((0..1000).collect(), 256);
        check((0..1000).chain(std::iter::repeat_n(5, 100_000)).collect(), 4);
    }
}
