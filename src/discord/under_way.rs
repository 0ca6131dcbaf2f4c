//! How many questions are under way? So that a stop can wait for them, and that more than can be answered do not pile
//! up until none is answered in time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, SemaphorePermit, watch};

/// The most that is under way where another question is still answered: what the store writes in one commit. On a
/// slow machine (100 answers a second) the last of so many is answered in three seconds.
pub const QUESTIONS_MAX: usize = 256;

/// The most that is under way at all, refusals that wait to be sent among it.
pub const ALL_MAX: usize = 512;

/// How many responses are sent at the same time. Each has a connection for itself, which is kept for the next: so many
/// are enough for several hundred a second where Discord takes a tenth of one. More of them, opened and closed again
/// when very many ask, take memory and the time of a processor in which other questions are answered.
pub const SENDING_MAX: usize = 64;

/// How often the log says that questions are turned away, at most.
const SAID_EVERY: Duration = Duration::from_secs(60);

/// Counts what is under way.
#[derive(Debug, Clone)]
pub struct UnderWay {
    count: Arc<watch::Sender<usize>>,
    /// When the log last said that questions are turned away.
    said: Arc<Mutex<Option<Instant>>>,
    /// Room for responses that are sent.
    sending: Arc<Semaphore>,
}

/// Something that is under way until this is dropped.
#[derive(Debug)]
pub struct Task {
    count: Arc<watch::Sender<usize>>,
}

impl UnderWay {
    /// Nothing is under way.
    pub fn new() -> UnderWay {
        UnderWay {
            count: Arc::new(watch::Sender::new(0)),
            said: Arc::default(),
            sending: Arc::new(Semaphore::new(SENDING_MAX)),
        }
    }

    /// Counts something as under way for as long as the task is held.
    pub fn begin(&self) -> Task {
        self.count.send_modify(|count| *count += 1);
        Task { count: Arc::clone(&self.count) }
    }

    /// As [`UnderWay::begin`]; `None` where more is under way than can even be refused.
    pub fn begin_if_room(&self) -> Option<Task> {
        let has_room = self.count.send_if_modified(|count| {
            let has_room = *count < ALL_MAX;
            *count += usize::from(has_room);
            has_room
        });
        if !has_room {
            self.turn_away("no");
        }
        has_room.then(|| Task { count: Arc::clone(&self.count) })
    }

    /// Whether more is under way than is answered; what is under way itself asks. Counts that a question is
    /// turned away then.
    pub fn is_crowded(&self) -> bool {
        let is_crowded = *self.count.borrow() > QUESTIONS_MAX;
        if is_crowded {
            self.turn_away("yes");
        }
        is_crowded
    }

    /// Waits until fewer than [`SENDING_MAX`] responses are being sent; one more may be while what is given back is held.
    pub async fn room_to_send(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.sending.acquire().await.ok()
    }

    /// Counts it, and logs it now and then.
    fn turn_away(&self, told: &'static str) {
        metrics::counter!("footnote_turned_away_total", "told" => told).increment(1);
        // A panic elsewhere leaves the time whole.
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|said| said.elapsed() >= SAID_EVERY) {
            *said = Some(Instant::now());
            drop(said);
            tracing::warn!(
                most = QUESTIONS_MAX,
                "more questions come at a time than can be answered: some are turned away"
            );
        }
    }

    /// Waits until nothing is under way, at most for `limit`. Gives back how much is still under way then.
    pub async fn finish(&self, limit: Duration) -> usize {
        let mut count = self.count.subscribe();
        // The sender lives in `self`, so waiting can end in a time-out alone.
        let _ = tokio::time::timeout(limit, count.wait_for(|count| *count == 0)).await;
        *count.borrow()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.count.send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_turned_away_until_there_is_room() {
        let under_way = UnderWay::new();
        let mut tasks: Vec<Task> = (0..QUESTIONS_MAX).map(|_| under_way.begin()).collect();
        assert!(!under_way.is_crowded(), "the last that is answered");
        tasks.extend(under_way.begin_if_room());
        assert!(under_way.is_crowded(), "the first that is refused");
        while let Some(task) = under_way.begin_if_room() {
            tasks.push(task);
        }
        assert_eq!(tasks.len(), ALL_MAX);
        tasks.truncate(ALL_MAX - 1);
        tasks.extend(under_way.begin_if_room());
        assert_eq!(tasks.len(), ALL_MAX);
        tasks.truncate(QUESTIONS_MAX);
        assert!(!under_way.is_crowded());
    }

    #[tokio::test]
    async fn waits_for_what_is_under_way() {
        let under_way = UnderWay::new();
        let (first, second) = (under_way.begin(), under_way.begin());
        assert_eq!(under_way.finish(Duration::ZERO).await, 2);
        drop(first);
        assert_eq!(under_way.finish(Duration::ZERO).await, 1);
        let waiting = tokio::spawn({
            let under_way = under_way.clone();
            async move { under_way.finish(Duration::from_secs(60)).await }
        });
        tokio::task::yield_now().await;
        drop(second);
        assert_eq!(waiting.await.ok(), Some(0));
    }
}
