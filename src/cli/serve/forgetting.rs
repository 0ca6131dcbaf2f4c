//! When is what is personal in old records erased? Every day, unless the clock cannot be believed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::audit::{Filter, Forgotten, Order, Page, StoreError};

/// A clock is believed where the store was in use at most so long before, by the same clock: what a wrong clock erases is
/// gone.
const USED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// And at least so long before: what was noted since may have been noted by a clock that is as wrong, before a restart.
const USED_BEFORE: SignedDuration = SignedDuration::from_hours(12);

/// Erases what is old, unless the clock seems to have jumped.
pub(super) struct Forgetting {
    /// How old it becomes.
    age: Duration,
    /// When the store was in use, as far as that is known.
    used: Vec<Timestamp>,
}

impl Forgetting {
    /// To be called before the store is used; `None` where nothing is to be erased.
    pub(super) async fn after(app: &App, age: Option<Duration>) -> Option<Forgetting> {
        // Where it cannot be read nothing can be erased, either.
        Some(Forgetting { age: age?, used: used(app).await.unwrap_or_default() })
    }

    /// Erases what is old, now and every day.
    pub(super) async fn every_day(mut self, app: &App) {
        let mut days = tokio::time::interval(Duration::from_secs(86_400));
        loop {
            days.tick().await;
            match self.look(app).await {
                Ok(Some(Forgotten { records, without_trace, .. })) if records > 0 => {
                    tracing::info!(records, without_trace, "what was personal in old records is erased");
                }
                Ok(Some(_)) => {}
                Ok(None) => tracing::warn!(
                    now = %app.now(),
                    "the audit store was not in use between a week and half a day before this time: nothing is erased \
                     before tomorrow, so set the clock if it is wrong"
                ),
                Err(error) => tracing::warn!(%error, "old records could not be erased: tried again in a day"),
            }
        }
    }

    /// Erases; `None` where it had better wait until the next look.
    async fn look(&mut self, app: &App) -> Result<Option<Forgotten>, StoreError> {
        let now = app.now();
        let is_near = |used: &Timestamp| (USED_BEFORE..=USED_WITHIN).contains(&now.duration_since(*used));
        let is_believed = std::mem::replace(&mut self.used, vec![now]).iter().any(is_near);
        if !is_believed && self.would_erase(app, now).await? {
            return Ok(None);
        }
        app.forget_old(self.age).await.map(Some)
    }

    /// Whether any record is old enough.
    async fn would_erase(&self, app: &App, now: Timestamp) -> Result<bool, StoreError> {
        let first = Page { order: Order::OldestFirst, after: None, limit: 1 };
        let oldest = app.store().reader().await?.records(&Filter::default(), first).await?;
        Ok(oldest
            .first()
            .is_some_and(|oldest| now.duration_since(oldest.entry.at).unsigned_abs() >= self.age))
    }
}

/// When a corpus was loaded, and the newest record of more than half a day ago.
async fn used(app: &App) -> Result<Vec<Timestamp>, StoreError> {
    let mut reader = app.store().reader().await?;
    let mut used: Vec<Timestamp> =
        reader.corpora().await?.into_iter().map(|corpus| corpus.last_loaded).collect();
    let until = app.now().checked_sub(USED_BEFORE).unwrap_or(Timestamp::MIN);
    let filter = Filter { until: Some(until), ..Filter::default() };
    let newest = Page { order: Order::NewestFirst, after: None, limit: 1 };
    used.extend(reader.records(&filter, newest).await?.first().map(|record| record.entry.at));
    Ok(used)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::answer::AnswerParams;
    use crate::app::AppSettings;
    use crate::audit::{Asker, Store};

    const DAY_S: i64 = 86_400;

    /// The service on the store of a folder, with a clock that is set by hand.
    async fn app(folder: &Path, clock: &Arc<AtomicI64>) -> App {
        let store = Store::open(&format!("sqlite://{}/audit.db", folder.display())).await.unwrap();
        let clock = Arc::clone(clock);
        let clock = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let (corpus_dir, params) = (folder.to_owned(), AnswerParams::default());
        App::start(AppSettings { corpus_dir, cache: None, params, clock }, store, &()).unwrap().0
    }

    #[tokio::test]
    async fn a_clock_that_leaps_erases_nothing_before_it_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "A text.").unwrap();
        let clock = Arc::new(AtomicI64::new(1_700_000_000));
        let later = |days: i64| clock.fetch_add(days * DAY_S, Ordering::Relaxed);
        let age = Some(Duration::from_secs(90 * 86_400));
        let erased = |forgotten: Option<Forgotten>| forgotten.map(|forgotten| forgotten.records);

        let running = app(folder.path(), &clock).await;
        let mut forgetting = Forgetting::after(&running, age).await.unwrap();
        running.ask(&Asker::terminal(), "a text?").await.unwrap();
        assert_eq!(erased(forgetting.look(&running).await.unwrap()), Some(0));
        // Wrong for a while, and set right.
        later(100);
        assert_eq!(erased(forgetting.look(&running).await.unwrap()), None);
        later(-100);
        assert_eq!(erased(forgetting.look(&running).await.unwrap()), Some(0));
        // Day by day.
        for _ in 0..20 {
            later(1);
            assert_eq!(erased(forgetting.look(&running).await.unwrap()), Some(0));
        }
        drop(running);
        // A long pause looks the same at first, and is believed a day later.
        later(80);
        let restarted = app(folder.path(), &clock).await;
        let mut forgetting = Forgetting::after(&restarted, age).await.unwrap();
        restarted.keep_corpus().await.unwrap();
        assert_eq!(erased(forgetting.look(&restarted).await.unwrap()), None);
        drop(restarted);
        // Another start in the meantime knows no better, whatever the one before it noted.
        let again = app(folder.path(), &clock).await;
        let mut forgetting = Forgetting::after(&again, age).await.unwrap();
        again.keep_corpus().await.unwrap();
        assert_eq!(erased(forgetting.look(&again).await.unwrap()), None);
        later(1);
        assert_eq!(erased(forgetting.look(&again).await.unwrap()), Some(1));
        drop(again);
        // Set right, what it noted does not stand in the future for ever.
        later(-50);
        let right = app(folder.path(), &clock).await;
        right.keep_corpus().await.unwrap();
        let kept = right.store().reader().await.unwrap().corpora().await.unwrap();
        assert!(kept.iter().all(|corpus| corpus.last_loaded <= right.now()), "{kept:?}");
    }
}
