//! How long the articles are, and what that makes of a term's weight.

use super::ArticleNo;
use crate::search::weight::Bm25Params;

/// Classes that a byte can tell apart.
const CLASSES: usize = 256;

/// The lengths of all articles.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths {
    /// In tokens that count.
    lengths: Vec<u32>,
    /// The class of each article: the longer, the higher. A byte an article stays in the cache where four do
    /// not, and says enough to pass by an article that is too long.
    classes: Vec<u8>,
    /// The shortest and the longest length of each class, ascending. Where there are at most 256 different
    /// lengths, as among passages, the two are the same.
    bounds: Vec<(u32, u32)>,
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
        Lengths { lengths, classes, bounds, avgdl, params }
    }

    pub(super) fn count(&self) -> usize {
        self.lengths.len()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.lengths) + size_of_val(&*self.classes) + size_of_val(&*self.bounds)
    }

    /// The weight of a term that stands `tf` times in an article, without idf.
    pub(super) fn weight(&self, tf: u32, article: ArticleNo) -> f64 {
        self.weight_at(tf, self.lengths.get(article as usize).copied().unwrap_or(0))
    }

    /// The weight of a term that stands `tf` times among `length` tokens.
    pub(super) fn weight_at(&self, tf: u32, length: u32) -> f64 {
        self.params.weight(f64::from(tf), f64::from(length), self.avgdl)
    }

    /// The classes of the articles, in order.
    pub(super) fn classes(&self) -> &[u8] {
        &self.classes
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
