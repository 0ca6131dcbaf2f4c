//! What time is it at Discord? A clock that tests move on, so that no test sleeps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where a clock that stands still stands: 2026-01-01T00:00:00Z, in milliseconds since 1970.
const STILL_MS: u64 = 1_767_225_600_000;

/// The server's time. Deadlines, tokens' lives and message times all go by it.
pub struct Clock {
    base_ms: u64,
    runs_since: Option<Instant>,
    advanced_ms: AtomicU64,
}

impl Clock {
    /// Runs with the real time, and can be moved on besides. The default, since the bot under test is a real
    /// process: an answer that really takes longer than three seconds is then a finding.
    pub fn running() -> Clock {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970");
        Clock {
            base_ms: since_1970.as_millis() as u64,
            runs_since: Some(Instant::now()),
            advanced_ms: AtomicU64::new(0),
        }
    }

    /// Moves only when a test moves it: for tests of the deadlines themselves.
    pub fn still() -> Clock {
        Clock { base_ms: STILL_MS, runs_since: None, advanced_ms: AtomicU64::new(0) }
    }

    /// Moves the time on.
    pub fn advance(&self, by: Duration) {
        self.advanced_ms.fetch_add(by.as_millis() as u64, Ordering::SeqCst);
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        let run_ms = self.runs_since.map_or(0, |since| since.elapsed().as_millis() as u64);
        self.base_ms + run_ms + self.advanced_ms.load(Ordering::SeqCst)
    }
}

/// The time as Discord writes it, from milliseconds since 1970.
pub fn iso(ms: u64) -> String {
    let time = jiff::Timestamp::from_millisecond(ms as i64).expect("a test's time is within the calendar");
    format!("{time:.6}").replace('Z', "+00:00")
}
