//! How far is what takes long? Told by the thread that does it, read by the task that tells people.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::corpus::LoadProgress;

/// How much of a corpus is read. A clone is another handle on the same.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    percent: Arc<AtomicUsize>,
}

impl Progress {
    /// 0 to 100.
    pub fn percent(&self) -> usize {
        self.percent.load(Ordering::Relaxed)
    }
}

impl LoadProgress for Progress {
    fn advance(&self, done: u64, total: u64) {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0).min(100);
        self.percent.store(usize::try_from(percent).unwrap_or(100), Ordering::Relaxed);
    }
}
