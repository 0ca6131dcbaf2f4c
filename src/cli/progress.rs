//! Progress bars on stderr: only on a terminal, and only for what takes longer than half a second.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::corpus::LoadProgress;

/// What is done sooner is not worth the flicker.
const DELAY: Duration = Duration::from_millis(500);

/// Templates of indicatif, known to parse by test.
const LOAD: &str = "reading the corpus {wide_bar} {decimal_bytes} of {decimal_total_bytes}";
const QUESTIONS: &str = "asking {wide_bar} {pos} of {len}, {eta} left";
const RECORDS: &str = "verifying {wide_bar} {pos} of {len} records, {eta} left";

/// A bar that shows itself once its work has taken half a second, and is gone when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: Once,
}

impl Progress {
    /// For reading a corpus.
    pub(super) fn load() -> Progress {
        Progress::new(LOAD)
    }

    /// For asking questions.
    pub(super) fn questions() -> Progress {
        Progress::new(QUESTIONS)
    }

    /// For verifying records.
    pub(super) fn records() -> Progress {
        Progress::new(RECORDS)
    }

    fn new(template: &str) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // Another template would leave indicatif's own style.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar, started: Instant::now(), shown: Once::new() }
    }

    /// `done` of `total` is done.
    pub(super) fn update(&self, done: u64, total: u64) {
        if self.started.elapsed() < DELAY {
            return;
        }
        self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl LoadProgress for Progress {
    fn advance(&self, done: u64, total: u64) {
        self.update(done, total);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_parse() {
        for template in [LOAD, QUESTIONS, RECORDS] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn nothing_is_shown_at_once() {
        let progress = Progress::load();
        progress.advance(1, 2);
        assert!(progress.bar.is_hidden() && !progress.shown.is_completed());
    }
}
