//! How many questions are under way? So that a stop can wait for them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// Counts what is under way.
#[derive(Debug, Clone)]
pub struct UnderWay {
    count: Arc<watch::Sender<usize>>,
}

/// Something that is under way until this is dropped.
#[derive(Debug)]
pub struct Task {
    count: Arc<watch::Sender<usize>>,
}

impl UnderWay {
    /// Nothing is under way.
    pub fn new() -> UnderWay {
        UnderWay { count: Arc::new(watch::Sender::new(0)) }
    }

    /// Counts something as under way for as long as the task is held.
    pub fn begin(&self) -> Task {
        self.count.send_modify(|count| *count += 1);
        Task { count: Arc::clone(&self.count) }
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
