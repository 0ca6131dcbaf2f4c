//! The runs of postings of terms that are not rare: for each term, level and window the articles in order.
//!
//! All that is kept of a term lies together, and what is kept of a level goes on from one window to the next: a
//! search reads on in memory, which processors do ahead of being asked.

use std::ops::Range;

use rayon::prelude::*;

use super::read::{WindowBlock, WindowRuns};
use super::{DocNo, LAST_LEVEL, LEVELS, WINDOW};

/// Beside the runs of levels there is one of skips: where each part of the window begins in the run in which
/// single articles are looked for. A look then reads that run in one place.
pub(super) const RUNS: usize = LEVELS + 1;
pub(super) const SKIPS: usize = LEVELS;

/// Common terms whose runs are kept in one piece of memory: enough that the pieces cost nothing, few enough that one
/// is small beside all.
pub(super) const BLOCK_TERMS: usize = 256;

/// Articles between two skips, on average.
const SKIP_ARTICLES: usize = 16;

/// Articles whose two bits share a word.
pub(super) const PER_WORD: usize = 32;

/// Says in two bits that the term stands so often or more: the last levels tell how often.
pub(super) const PAIR_MAX: u32 = 3;

#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Runs {
    window_count: usize,
    /// Where the runs of each common term begin in their block.
    terms: Vec<u64>,
    /// Where each run ends, counted from where its term begins: by term, run and window. The run of the first level
    /// holds the articles of all levels; that of a dense term is empty.
    ends: Vec<u32>,
    /// Articles counted from the first of their window, ascending in each run. In runs of the last level the
    /// frequencies follow, one for each. In blocks of [`BLOCK_TERMS`] terms.
    packed: Vec<Box<[u16]>>,
    /// Two bits for each article, one dense term after the other, each from a word of its own on.
    bits: Vec<u64>,
    /// Words that a dense term takes.
    words: usize,
}

impl Runs {
    /// Runs of so many articles and dense terms, still empty.
    pub(super) fn new(article_count: usize, dense_count: usize) -> Runs {
        let words = article_count.div_ceil(PER_WORD);
        Runs { words, bits: vec![0; words * dense_count], ..Runs::default() }
    }

    /// Takes over what was read of dense terms in the window of this number.
    pub(super) fn take_bits(&mut self, number: usize, window: &mut WindowRuns) {
        let (bits, start) = (std::mem::take(&mut window.bits), number * (WINDOW / PER_WORD));
        if window.words == 0 {
            return;
        }
        for (all, of_window) in self.bits.chunks_mut(self.words).zip(bits.chunks(window.words)) {
            all[start..start + window.words].copy_from_slice(of_window);
        }
    }

    /// Puts together what was read of windows: block by block, so that there are never two of all.
    pub(super) fn gather(&mut self, windows: Vec<WindowRuns>) {
        self.window_count = windows.len();
        let mut blocks: Vec<Vec<WindowBlock>> = Vec::new();
        for window in windows {
            blocks.resize_with(window.blocks.len(), Vec::new);
            blocks.iter_mut().zip(window.blocks).for_each(|(block, of_window)| block.push(of_window));
        }
        let gathered: Vec<Gathered> = blocks.into_par_iter().map(Gathered::of).collect();
        for Gathered { terms, ends, numbers } in gathered {
            self.terms.extend(terms);
            self.ends.extend(ends);
            self.packed.push(numbers);
        }
    }

    /// Two bits for every article.
    #[inline]
    pub(super) fn pairs(&self, dense: u32) -> &[u64] {
        let start = dense as usize * self.words;
        self.bits.get(start..start + self.words).unwrap_or_default()
    }

    pub(super) fn window_count(&self) -> usize {
        self.window_count
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.terms)
            + size_of_val(&*self.ends)
            + self.packed.iter().map(|block| size_of_val(&**block)).sum::<usize>()
            + size_of_val(&*self.bits)
    }

    /// A window by its number.
    #[inline]
    pub(super) fn window(&self, number: usize) -> Option<Window<'_>> {
        (number < self.window_count).then_some(Window { runs: self, number })
    }
}

/// A block of terms with all its windows, as [`Runs`] keeps it.
struct Gathered {
    terms: Vec<u64>,
    ends: Vec<u32>,
    numbers: Box<[u16]>,
}

impl Gathered {
    /// `windows` are the block in each of them.
    fn of(windows: Vec<WindowBlock>) -> Gathered {
        let length = windows.iter().map(WindowBlock::len).sum();
        let term_count = windows.first().map_or(0, WindowBlock::term_count);
        let (mut terms, mut ends) = (Vec::with_capacity(term_count), Vec::new());
        let mut numbers: Vec<u16> = Vec::with_capacity(length);
        for term in 0..term_count {
            let start = numbers.len();
            terms.push(start as u64);
            for run in term * RUNS..(term + 1) * RUNS {
                for window in &windows {
                    numbers.extend_from_slice(window.run(run));
                    // At most four numbers for each of 2^28 articles.
                    ends.push((numbers.len() - start) as u32);
                }
            }
        }
        Gathered { terms, ends, numbers: numbers.into() }
    }
}

/// The runs of 65,536 articles.
#[derive(Clone, Copy)]
pub(in crate::search::index) struct Window<'a> {
    runs: &'a Runs,
    number: usize,
}

impl<'a> Window<'a> {
    /// The first article of the window.
    #[inline]
    pub(super) fn first(self) -> DocNo {
        (self.number * WINDOW) as DocNo
    }

    /// The run of a level of a common term.
    #[inline]
    fn run(self, common: usize, level: usize) -> &'a [u16] {
        let of_term = common * RUNS * self.runs.window_count;
        let at = level * self.runs.window_count + self.number;
        let (Some(&first), Some(&end)) = (self.runs.terms.get(common), self.runs.ends.get(of_term + at))
        else {
            return &[];
        };
        let start = if at == 0 { 0 } else { self.runs.ends.get(of_term + at - 1).copied().unwrap_or(0) };
        let (start, end) = (first as usize + start as usize, first as usize + end as usize);
        let block = self.runs.packed.get(common / BLOCK_TERMS);
        block.and_then(|block| block.get(start..end)).unwrap_or_default()
    }

    /// The articles in the run of a level of a common term.
    #[inline]
    pub(super) fn articles(self, common: usize, level: usize) -> &'a [u16] {
        if level == LAST_LEVEL { self.last_level(common).0 } else { self.run(common, level) }
    }

    /// The articles in the run of the last level of a common term, and how often it stands in each.
    #[inline]
    pub(super) fn last_level(self, common: usize) -> (&'a [u16], &'a [u16]) {
        let run = self.run(common, LAST_LEVEL);
        run.split_at(run.len() / 2)
    }

    /// The articles of a common term, or those of a dense term's last level, to look for single ones.
    #[inline]
    pub(super) fn lookup(self, common: usize, is_dense: bool) -> Lookup<'a> {
        let run = self.articles(common, if is_dense { LAST_LEVEL } else { 0 });
        let skips = self.run(common, SKIPS);
        // There is a power of two of skips, or none.
        Lookup { run, skips, shift: WINDOW.trailing_zeros() - skips.len().max(1).trailing_zeros() }
    }

    /// The articles in a range that hold a dense term once; all are counted from the first of the window, of which there
    /// may be fewer.
    #[inline]
    pub(super) fn each_once(self, dense: u32, range: Range<u32>, mut doc: impl FnMut(u32)) {
        const LOW: u64 = 0x5555_5555_5555_5555;
        const DOCS: u32 = PER_WORD as u32;
        let words = self.runs.pairs(dense).chunks(WINDOW / PER_WORD).nth(self.number).unwrap_or_default();
        let (first, last) = (range.start / DOCS, range.end.div_ceil(DOCS));
        let words = words.get(first as usize..words.len().min(last as usize)).unwrap_or_default();
        for (at, &word) in (first..).zip(words) {
            let mut once = word & !(word >> 1) & LOW;
            if at == first {
                once &= u64::MAX << (range.start % DOCS * 2);
            }
            if at + 1 == last {
                // The last word may reach beyond the range.
                once &= u64::MAX >> ((last * DOCS - range.end) * 2);
            }
            while once != 0 {
                doc(at * DOCS + once.trailing_zeros() / 2);
                once &= once - 1;
            }
        }
    }
}

/// The two bits of an article.
#[inline]
pub(super) fn pair(words: &[u64], doc: DocNo) -> u32 {
    let word = words.get(doc as usize / PER_WORD).copied().unwrap_or(0);
    (word >> (doc as usize % PER_WORD * 2)) as u32 & PAIR_MAX
}

/// Finds single articles in a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Lookup<'a> {
    run: &'a [u16],
    skips: &'a [u16],
    /// Makes of an article the skip that leads to it.
    shift: u32,
}

/// A part between two skips that is shorter than this is searched in as many steps, whatever its length: a
/// processor need not guess when the search ends.
const PART: usize = 1 << PART_STEPS;
const PART_STEPS: u32 = 5;

impl Lookup<'_> {
    /// The part of its run where an article is, if it is in it.
    #[inline]
    fn part(self, offset: u16) -> Range<usize> {
        if self.skips.is_empty() {
            return 0..self.run.len();
        }
        let skip = usize::from(offset) >> self.shift;
        let start = self.skips.get(skip).map_or(0, |&start| usize::from(start));
        let end = self.skips.get(skip + 1).map_or(self.run.len(), |&end| usize::from(end));
        start..end
    }

    /// Whether an article is in its run. Asked some hundred times a question, in few steps each: a call would take longer.
    #[inline(always)]
    pub(super) fn holds(self, offset: u16) -> bool {
        let part = self.part(offset);
        let from_there = self.run.get(part.start..).unwrap_or_default();
        match from_there.first_chunk::<PART>() {
            // All of them in a few steps; no other is the same, wherever it is in the run.
            Some(chunk) if part.len() <= PART => {
                chunk.iter().fold(false, |found, &other| found | (other == offset))
            }
            _ => self.run.get(part).is_some_and(|part| part.binary_search(&offset).is_ok()),
        }
    }

    /// Where in its run an article is.
    #[inline]
    pub(super) fn place(self, offset: u16) -> Option<usize> {
        let part = self.part(offset);
        if part.len() >= PART {
            let start = part.start;
            return self.run.get(part)?.binary_search(&offset).ok().map(|at| start + at);
        }
        let mut at = part.start;
        for step in (0..PART_STEPS).rev() {
            let next = at + (1 << step);
            let is_before = self.run.get(next - 1).is_some_and(|&other| other < offset);
            at = std::hint::select_unpredictable(is_before, next, at);
        }
        (self.run.get(at) == Some(&offset)).then_some(at)
    }
}

/// How many skips a run of so many articles has.
pub(super) fn skip_count(articles: usize) -> usize {
    if articles < 2 * SKIP_ARTICLES { 0 } else { (articles / SKIP_ARTICLES).next_power_of_two() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_window_is_read_to_the_bit() {
        const COUNT: u32 = 100;
        let often = |doc: u32| -> u64 { [1, 0, 2, 1, 3, 1, 1][doc as usize % 7] };
        let mut runs = Runs { window_count: 1, ..Runs::new(COUNT as usize, 1) };
        for doc in 0..COUNT {
            runs.bits[doc as usize / PER_WORD] |= often(doc) << (doc as usize % PER_WORD * 2);
        }
        let window = runs.window(0).unwrap();
        for (start, end) in (0..=COUNT).flat_map(|end| (0..=end).map(move |start| (start, end))) {
            let mut found = Vec::new();
            window.each_once(0, start..end, |doc| found.push(doc));
            let expected: Vec<u32> = (start..end).filter(|&doc| often(doc) == 1).collect();
            assert_eq!(found, expected, "{start}..{end}");
        }
        let mut all = 0;
        window.each_once(0, 0..WINDOW as u32, |_| all += 1);
        assert_eq!(all, (0..COUNT).filter(|&doc| often(doc) == 1).count());
    }
}
