//! Reads the tokens of a window's articles into runs.

use std::ops::Range;

use rayon::prelude::*;

use super::runs::{BLOCK_TERMS, PAIR_MAX, PER_WORD, RUNS, SKIPS, skip_count};
use super::{
    ARTICLE_BITS, LAST_LEVEL, LEVELS, Place, Postings, RARE_TF_LARGE, TF_LARGE, WINDOW, rare_df_max,
};
use crate::search::index::docs::DocNo;
use crate::search::index::{TermId, TokenSource};

/// A window is not read in parts of fewer words than this: each part has counts of its own to make.
const PART_WORDS_MIN: usize = 64;

const BLOCK_RUNS: usize = BLOCK_TERMS * RUNS;

/// What is read of a window.
pub(super) struct Reading {
    pub(super) window: WindowRuns,
    pub(super) rare: Vec<(TermId, u32)>,
    pub(super) large: Vec<(TermId, DocNo, u32)>,
}

/// The runs of common terms in one window, before they are joined with those of the others.
#[derive(Default)]
pub(super) struct WindowRuns {
    /// Of [`BLOCK_TERMS`] terms each, so that they can be given back one by one.
    pub(super) blocks: Vec<WindowBlock>,
    /// Two bits for each article, one dense term after the other, each from a word of its own on.
    pub(super) bits: Vec<u64>,
    /// Words that a dense term takes.
    pub(super) words: usize,
}

/// The runs of some common terms in one window.
pub(super) struct WindowBlock {
    /// Where each run begins, and the end of the last: by term and run. In a window 256 terms have at most some
    /// 2^26 numbers.
    starts: Vec<u32>,
    numbers: Vec<u16>,
}

/// What is read of some articles of a window.
struct Part {
    /// As those of a window, of these articles alone.
    bits: Vec<u64>,
    /// `(run, article, frequency)` of what goes into runs, by article.
    found: Vec<(u32, u16, u16)>,
    /// The places each run takes, without those of skips.
    counts: Vec<u32>,
    rare: Vec<(TermId, u32)>,
    large: Vec<(TermId, DocNo, u32)>,
}

/// A term while the articles are read: all that is looked at for each of its tokens, in as few bytes as may be, since
/// reading waits for them.
#[derive(Clone, Copy)]
struct Counted {
    /// How often it stood in the article so far.
    tf: u32,
    /// See [`Kind`], in the two lowest bits; the number above them.
    kind: u32,
}

/// How the postings of a term are kept, with the number of the dense term, or of the common one: of these there are
/// fewer than 2^30, as each stands in more articles than a rare one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rare,
    Sparse(u32),
    Dense(u32),
}

impl Counted {
    fn new(kind: Kind) -> Counted {
        let kind = match kind {
            Kind::Rare => 0,
            Kind::Sparse(number) => number << 2 | 1,
            Kind::Dense(number) => number << 2 | 2,
        };
        Counted { tf: 0, kind }
    }

    fn kind(self) -> Kind {
        match self.kind & 3 {
            0 => Kind::Rare,
            1 => Kind::Sparse(self.kind >> 2),
            _ => Kind::Dense(self.kind >> 2),
        }
    }
}

impl Postings {
    /// Reads the articles of a window, in parts at the same time.
    pub(super) fn read_window(&self, number: usize, parts: usize, source: &impl TokenSource) -> Reading {
        let first = number * WINDOW;
        let size = (self.article_count - first).min(WINDOW);
        let words = size.div_ceil(PER_WORD);
        let words_of_part = words.div_ceil(parts).max(PART_WORDS_MIN);
        let parts: Vec<Part> = (0..words.div_ceil(words_of_part))
            .into_par_iter()
            .map(|part| {
                let start = part * words_of_part * PER_WORD;
                self.read_part(first, start..(start + words_of_part * PER_WORD).min(size), source)
            })
            .collect();
        let dense_count = self.common.iter().filter(|common| common.dense.is_some()).count();
        let mut bits = Vec::with_capacity(words * dense_count);
        for dense in 0..dense_count {
            for part in &parts {
                let words = part.bits.len() / dense_count;
                bits.extend_from_slice(&part.bits[dense * words..(dense + 1) * words]);
            }
        }
        let mut counts = vec![0u32; self.common.len() * RUNS];
        for part in &parts {
            counts.iter_mut().zip(&part.counts).for_each(|(sum, count)| *sum += count);
        }
        let mut window = WindowRuns { bits, words, ..WindowRuns::default() };
        window.fill(parts.iter().flat_map(|part| &part.found), counts);
        let mut reading = Reading { window, rare: Vec::new(), large: Vec::new() };
        for part in parts {
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
        let mut counts = vec![0u32; self.common.len() * RUNS];
        let mut terms = self.terms_to_count();
        // About as many as in any other articles.
        let expected = self.count * part.len() / self.article_count.max(1);
        let mut found: Vec<(u32, u16, u16)> = Vec::with_capacity(expected);
        let (mut rare, mut large) = (Vec::new(), Vec::new());
        let dense: Vec<u32> = (0u32..)
            .zip(&self.common)
            .filter(|(_, common)| common.dense.is_some())
            .map(|(at, _)| at)
            .collect();
        let (mut tokens, mut distinct): (Vec<TermId>, Vec<TermId>) = (Vec::new(), Vec::new());
        for offset in part.clone() {
            let doc = (first + offset) as DocNo;
            tokens.clear();
            source.read(doc, &mut |term| tokens.push(term));
            // The counts are all over the memory. Nothing here is to be guessed by a processor, so that it looks for
            // many at once: a term that stood before is written as well, and then overwritten.
            distinct.resize(tokens.len() + 1, 0);
            let mut count = 0;
            for &term in &tokens {
                let tf = &mut terms[term as usize].tf;
                distinct[count] = term;
                count += usize::from(*tf == 0);
                *tf = tf.saturating_add(1);
            }
            for &term in &distinct[..count] {
                let counted = &mut terms[term as usize];
                let tf = std::mem::take(&mut counted.tf);
                let at = match counted.kind() {
                    Kind::Rare => {
                        let kept = tf.min(RARE_TF_LARGE);
                        if kept == RARE_TF_LARGE {
                            large.push((term, doc, tf));
                        }
                        rare.push((term, kept << ARTICLE_BITS | doc));
                        continue;
                    }
                    Kind::Dense(number) => {
                        let word = number as usize * words + (offset - part.start) / PER_WORD;
                        bits[word] |= u64::from(tf.min(PAIR_MAX)) << (offset % PER_WORD * 2);
                        dense[number as usize]
                    }
                    Kind::Sparse(at) => {
                        counts[at as usize * RUNS] += 1;
                        found.push((at * RUNS as u32, offset as u16, 1));
                        at
                    }
                };
                let level = (tf as usize).min(LEVELS) - 1;
                if level > 0 {
                    let kept = u16::try_from(tf).unwrap_or(TF_LARGE);
                    if kept == TF_LARGE {
                        large.push((term, doc, tf));
                    }
                    let run = at * RUNS as u32 + level as u32;
                    counts[run as usize] += if level == LAST_LEVEL { 2 } else { 1 };
                    found.push((run, offset as u16, kept));
                }
            }
        }
        Part { bits, found, counts, rare, large }
    }
}

impl Postings {
    fn terms_to_count(&self) -> Vec<Counted> {
        let rare_max = rare_df_max(self.article_count);
        let kind = |&Place { df, at }: &Place| match self.common.get(at as usize) {
            Some(common) if df > rare_max => common.dense.map_or(Kind::Sparse(at), Kind::Dense),
            _ => Kind::Rare,
        };
        self.places.iter().map(|place| Counted::new(kind(place))).collect()
    }
}

impl WindowRuns {
    /// Puts `(run, article, frequency)`, sorted by article, into runs; `counts` has the places each run takes.
    fn fill<'a>(&mut self, found: impl Iterator<Item = &'a (u32, u16, u16)>, mut counts: Vec<u32>) {
        for run in counts.chunks_exact_mut(RUNS) {
            // Articles are looked for in the run of the first level, or of a dense term in that of the last.
            let skipped = if run[0] > 0 { run[0] } else { run[LAST_LEVEL] / 2 };
            run[SKIPS] = skip_count(skipped as usize) as u32;
        }
        self.blocks = counts.chunks(BLOCK_RUNS).map(WindowBlock::with_counts).collect();
        counts.fill(0);
        for &(run, doc, tf) in found {
            let run = run as usize;
            let block = &mut self.blocks[run / BLOCK_RUNS];
            let places = block.places(run % BLOCK_RUNS);
            let at = places.start + counts[run] as usize;
            counts[run] += 1;
            block.numbers[at] = doc;
            if run % RUNS == LAST_LEVEL {
                block.numbers[at + places.len() / 2] = tf;
            }
        }
        self.blocks.iter_mut().for_each(WindowBlock::fill_skips);
    }
}

impl WindowBlock {
    /// One with places for so many numbers of each run.
    fn with_counts(counts: &[u32]) -> WindowBlock {
        let mut end = 0;
        let ends = counts.iter().map(|count| {
            end += count;
            end
        });
        let starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
        WindowBlock { starts, numbers: vec![0; end as usize] }
    }

    fn fill_skips(&mut self) {
        for term in (0..self.starts.len() - 1).step_by(RUNS) {
            let first = self.run(term);
            let last = self.run(term + LAST_LEVEL);
            let run = if first.is_empty() { &last[..last.len() / 2] } else { first };
            let count = skip_count(run.len());
            let mut skips = Vec::with_capacity(count);
            let mut next = 0;
            for skip in 0..count {
                let first = skip * (WINDOW / count);
                next += run[next..].iter().take_while(|&&offset| usize::from(offset) < first).count();
                // A run that ends before holds fewer articles than the window, so this fits.
                skips.push(next as u16);
            }
            let places = self.places(term + SKIPS);
            self.numbers[places].copy_from_slice(&skips);
        }
    }

    pub(super) fn term_count(&self) -> usize {
        self.starts.len() / RUNS
    }

    /// How many numbers all runs take.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    fn places(&self, run: usize) -> Range<usize> {
        self.starts[run] as usize..self.starts[run + 1] as usize
    }

    /// The numbers of a run; its number counts from the first of the block.
    pub(super) fn run(&self, run: usize) -> &[u16] {
        &self.numbers[self.places(run)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_term_tells_how_it_is_kept() {
        for kind in [Kind::Rare, Kind::Sparse(0), Kind::Sparse((1 << 30) - 1), Kind::Dense(7)] {
            assert_eq!(Counted::new(kind).kind(), kind);
        }
    }
}
