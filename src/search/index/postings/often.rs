//! How often do the terms stand in an article that stand often in many?
//!
//! Where a dense term stands [`OFTEN`], its two bits do not say how often, and its last levels have to be searched for the
//! article. Few terms stand so often in so many articles that this happens much, but most questions have one of them: they
//! have a byte for every article besides.

use rayon::prelude::*;

use super::term::OFTEN;
use super::{Common, DocNo, LEVELS, Postings};

/// A dense term has bytes where it stands [`OFTEN`] in one of this many articles. Measured: 8 to 128 hardly differ.
const OFTEN_SHARE: usize = 32;

/// Says in a byte that the frequency is as high or higher.
const BYTE_TF_LARGE: u8 = u8::MAX;

impl Postings {
    /// Gives a byte an article to the terms that stand often in many.
    pub(super) fn fill_often(&mut self) {
        let article_count = self.article_count;
        let is_often = |common: &&mut Common| {
            let often: usize = common.counts.iter().skip(OFTEN - 1).map(|&count| count as usize).sum();
            common.dense.is_some() && often * OFTEN_SHARE >= article_count
        };
        for (number, common) in (0..).zip(self.common.iter_mut().filter(is_often)) {
            common.often = Some(number);
        }
        let often: Vec<usize> =
            (0..self.common.len()).filter(|&at| self.common[at].often.is_some()).collect();
        let mut bytes = vec![0; often.len() * article_count];
        // Without articles there are no terms, and none has a chunk.
        bytes.par_chunks_mut(article_count.max(1)).zip(often).for_each(|(bytes, at)| {
            for window in 0..self.runs.window_count() {
                for level in 0..LEVELS {
                    self.each(at, level, window, |doc, tf| {
                        bytes[doc as usize] = u8::try_from(tf).unwrap_or(BYTE_TF_LARGE);
                    });
                }
            }
        });
        self.often = bytes;
    }

    /// How often a common term stands in an article, where a byte says so.
    #[inline]
    pub(super) fn often_tf(&self, common: &Common, doc: DocNo) -> Option<u32> {
        let first = common.often? as usize * self.article_count;
        let tf = self.often.get(first..first + self.article_count)?.get(doc as usize)?;
        (*tf < BYTE_TF_LARGE).then_some(u32::from(*tf))
    }
}
