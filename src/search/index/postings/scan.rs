//! Reads a level of a term in a window, one stretch after the other.

use super::runs::Window;
use super::{RARE_MASK, TF_LARGE, WINDOW};
use crate::search::index::docs::DocNo;

/// What is still to be read.
pub(in crate::search::index) enum Scan<'a> {
    /// Postings of a rare term.
    Rare(&'a [u32]),
    /// Docs that hold the term so often.
    Run { window: Window<'a>, docs: &'a [u16], tf: u32 },
    /// The last level, with how often each doc holds the term.
    Last { window: Window<'a>, docs: &'a [u16], tfs: &'a [u16] },
    /// Docs that hold a dense term once, from `start` on.
    Dense { window: Window<'a>, dense: u32, start: u32 },
}

impl Scan<'_> {
    /// Reads on: hands `(doc, frequency)` of what comes before `end` to `posting`, in the order of docs. The frequency is
    /// no lower than it is; but in the first level of a term that is not dense there are docs of other levels too, as
    /// if they held the term once.
    ///
    /// `end` may not be in a window before that of the scan.
    #[inline]
    pub(in crate::search::index) fn before(&mut self, end: DocNo, mut posting: impl FnMut(DocNo, u32)) {
        let count = |docs: &[u16], first: DocNo| {
            let end = end.saturating_sub(first);
            docs.partition_point(|&offset| u32::from(offset) < end)
        };
        match self {
            Scan::Rare(entries) => {
                let (before, after) =
                    entries.split_at(entries.partition_point(|entry| entry & RARE_MASK < end));
                *entries = after;
                before.iter().for_each(|entry| posting(entry & RARE_MASK, u32::MAX));
            }
            Scan::Run { window, docs, tf } => {
                let first = window.first();
                let (before, after) = docs.split_at(count(docs, first));
                *docs = after;
                before.iter().for_each(|&offset| posting(first + u32::from(offset), *tf));
            }
            Scan::Last { window, docs, tfs } => {
                let first = window.first();
                let at = count(docs, first);
                let (before, after) = docs.split_at(at);
                let (tfs_before, tfs_after) = tfs.split_at(at);
                (*docs, *tfs) = (after, tfs_after);
                for (&offset, &tf) in before.iter().zip(tfs_before) {
                    let tf = if tf == TF_LARGE { u32::MAX } else { u32::from(tf) };
                    posting(first + u32::from(offset), tf);
                }
            }
            Scan::Dense { window, dense, start } => {
                let first = window.first();
                let end = end.saturating_sub(first).clamp(*start, WINDOW as u32);
                window.each_once(*dense, *start..end, |offset| posting(first + offset, 1));
                *start = end;
            }
        }
    }
}
