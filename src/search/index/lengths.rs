//! How long the articles are, and what that makes of a term's weight.

use super::docs::{DocNo, WINDOW};
use crate::search::weight::Bm25Params;

/// Classes that a byte can tell apart.
const CLASSES: usize = 256;

/// Frequencies below this have their weights in a table.
const TABLED: usize = 8;

/// Neighbouring classes are taken together to groups of articles for which bounds are worked out: enough that the
/// bound of a long article is not that of the shortest, few enough to cost nothing.
pub(super) const GROUPS: usize = 8;

/// Neighbours of about the same length: those from where the stretch before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Stretch {
    /// The doc after the last.
    pub(super) end: DocNo,
    /// Of all of them.
    pub(super) group: usize,
}

/// The lengths of all docs, which ascend.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Lengths {
    /// In tokens that count; empty where the class says it.
    lengths: Vec<u32>,
    /// The class of each doc: the longer, the higher. A byte an article stays in the cache where four do
    /// not, and says enough to pass by an article that is too long.
    classes: Vec<u8>,
    /// The shortest and the longest length of each class, ascending. Where there are at most 256 different
    /// lengths, as among passages, the two are the same.
    bounds: Vec<(u32, u32)>,
    /// The first doc of each class.
    starts: Vec<DocNo>,
    /// The stretches of each window.
    stretches: Vec<Vec<Stretch>>,
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
    /// `lengths` ascend.
    pub(super) fn new(lengths: Vec<u32>, params: Bm25Params) -> Lengths {
        debug_assert!(lengths.is_sorted(), "docs ascend with length");
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let avgdl = (total as f64 / lengths.len().max(1) as f64).max(1.0);
        let bounds = class_bounds(&lengths);
        let class = |&length: &u32| bounds.partition_point(|&(_, longest)| longest < length) as u8;
        let classes: Vec<u8> = lengths.iter().map(class).collect();
        let first = |number: usize| classes.partition_point(|&class| usize::from(class) < number) as DocNo;
        let starts: Vec<DocNo> = (0..bounds.len()).map(first).collect();
        let is_exact = bounds.iter().all(|(shortest, longest)| shortest == longest);
        let last = bounds.len().saturating_sub(1);
        let group_shift = (0..8).find(|shift| last >> shift < GROUPS).unwrap_or(8);
        let stretches = stretches(&classes, group_shift);
        let of_class = |&(shortest, _): &(u32, u32)| {
            std::array::from_fn(|tf| params.weight(tf as f64, f64::from(shortest), avgdl))
        };
        let weights = bounds.iter().map(of_class).collect();
        let group_weights = [[0.0; GROUPS]; TABLED];
        let mut lengths = Lengths {
            lengths: if is_exact { Vec::new() } else { lengths },
            classes,
            bounds,
            starts,
            stretches,
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
        self.classes.len()
    }

    pub(super) fn length(&self, doc: DocNo) -> u32 {
        match self.classes.get(doc as usize) {
            Some(&class) if self.is_exact => self.bounds.get(class as usize).map_or(0, |&(length, _)| length),
            _ => self.lengths.get(doc as usize).copied().unwrap_or(0),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.lengths)
            + size_of_val(&*self.classes)
            + size_of_val(&*self.starts)
            + size_of_val(&*self.weights)
    }

    /// The first doc of a class, or of those after it where none is that long.
    pub(super) fn first_doc(&self, class: usize) -> DocNo {
        self.starts.get(class).copied().unwrap_or(self.count() as DocNo)
    }

    /// The stretches of each window: all docs, in order.
    pub(super) fn stretches(&self) -> &[Vec<Stretch>] {
        &self.stretches
    }

    /// The class of an article.
    #[inline]
    pub(super) fn class(&self, doc: DocNo) -> u8 {
        self.classes.get(doc as usize).copied().unwrap_or(0)
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
    pub(super) fn weight_in(&self, tf: u32, doc: DocNo, class: u8) -> f64 {
        if self.is_exact {
            return self.class_weight(tf, class);
        }
        self.weight_at(tf, self.length(doc))
    }

    /// The weight of a term that stands `tf` times in an article, without idf.
    pub(super) fn weight(&self, tf: u32, doc: DocNo) -> f64 {
        if (doc as usize) < self.count() {
            self.weight_in(tf, doc, self.class(doc))
        } else {
            self.weight_at(tf, 0)
        }
    }

    /// The same, for a frequency that may be a fraction.
    pub(super) fn weight_of(&self, tf: f64, doc: DocNo) -> f64 {
        self.params.weight(tf, f64::from(self.length(doc)), self.avgdl)
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

/// Parts docs of these classes, which ascend, where a window ends or a group.
fn stretches(classes: &[u8], group_shift: u32) -> Vec<Vec<Stretch>> {
    let of_window = |(number, window): (usize, &[u8])| {
        let mut end = (number * WINDOW) as DocNo;
        let groups = window.chunk_by(|a, b| a >> group_shift == b >> group_shift);
        groups
            .map(|group| {
                end += group.len() as DocNo;
                Stretch { end, group: group.first().map_or(0, |&class| usize::from(class) >> group_shift) }
            })
            .collect()
    };
    classes.chunks(WINDOW).enumerate().map(of_window).collect()
}

/// Parts the lengths, which ascend, into at most [`CLASSES`] classes: one for each length where that is enough, else
/// such that each holds about as many articles.
fn class_bounds(lengths: &[u32]) -> Vec<(u32, u32)> {
    let distinct = lengths.chunk_by(|a, b| a == b).count();
    let mut bounds: Vec<(u32, u32)> = Vec::new();
    let mut before = 0;
    let mut last_class = None;
    for (number, run) in lengths.chunk_by(|a, b| a == b).enumerate() {
        let class = if distinct <= CLASSES { number } else { before * CLASSES / lengths.len() };
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
            let given = lengths;
            let lengths = Lengths::new(given.clone(), Bm25Params::default());
            assert_eq!(lengths.bounds.len(), classes);
            assert!(lengths.bounds.windows(2).all(|pair| pair[0].1 < pair[1].0), "{:?}", lengths.bounds);
            assert_eq!(given, (0..given.len() as u32).map(|doc| lengths.length(doc)).collect::<Vec<_>>());
            for (length, &class) in given.iter().zip(&lengths.classes) {
                let (shortest, longest) = lengths.bounds[class as usize];
                assert!((shortest..=longest).contains(length), "{length} {class}");
            }
            let (mut next, mut before) = (0, 0);
            for (number, stretches) in lengths.stretches().iter().enumerate() {
                for &Stretch { end, group } in stretches {
                    assert!(next < end && end as usize <= (number + 1) * WINDOW && before <= group);
                    let groups = (next..end).map(|doc| lengths.group(lengths.class(doc)));
                    assert!(groups.into_iter().all(|of_doc| of_doc == group));
                    (next, before) = (end, group);
                }
            }
            assert_eq!(next as usize, lengths.count());
            for class in 0..classes {
                assert_eq!(usize::from(lengths.class(lengths.first_doc(class))), class);
            }
            assert_eq!(lengths.first_doc(classes) as usize, lengths.count());
        }
        check(vec![], 0);
        check(vec![0], 1);
        check(vec![3, 7, 7, u32::MAX], 3);
        check((0..256).collect(), 256);
        check((0..1000).collect(), 256);
        let many_fives = (0..5).chain(std::iter::repeat_n(5, 100_001)).chain(6..1000);
        check(many_fives.collect(), 4);
    }
}
