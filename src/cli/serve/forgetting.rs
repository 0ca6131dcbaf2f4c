//! When is what is personal in old records erased? Every day, unless the clock cannot be believed.

use std::time::Duration;

use jiff::Timestamp;

use crate::app::App;
use crate::audit::{Forgotten, StoreError};

/// How far a clock may go from one look at old records to the next, a day later, or to the next start, without being
/// doubted: what a wrong clock erases is gone.
const CLOCK_LEAP_MAX: Duration = Duration::from_secs(7 * 86_400);

/// Erases what is old, unless the clock seems to have jumped.
pub(super) struct Forgetting {
    /// How old it becomes.
    age: Duration,
    /// When the store was last in use, as far as that is known.
    before: Option<Timestamp>,
}

impl Forgetting {
    /// To be called before the store is used; `None` where nothing is to be erased.
    pub(super) async fn after(app: &App, age: Option<Duration>) -> Option<Forgetting> {
        let last = async { app.store().reader().await?.corpora().await };
        // Where it cannot be read nothing can be erased, either.
        let before = last.await.unwrap_or_default().into_iter().map(|corpus| corpus.last_loaded).max();
        Some(Forgetting { age: age?, before })
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
                    "the clock is more than a week after the time at which the audit store was last in use: nothing is \
                     erased before tomorrow, so set the clock if it is wrong"
                ),
                Err(error) => tracing::warn!(%error, "old records could not be erased: tried again in a day"),
            }
        }
    }

    /// Erases; `None` where it had better wait until the next look.
    async fn look(&mut self, app: &App) -> Result<Option<Forgotten>, StoreError> {
        let now = app.now();
        let leap = self.before.replace(now).map(|before| now.duration_since(before));
        if leap.is_some_and(|leap| Duration::try_from(leap).is_ok_and(|leap| leap > CLOCK_LEAP_MAX)) {
            return Ok(None);
        }
        app.forget_old(self.age).await.map(Some)
    }
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
        later(1);
        assert_eq!(erased(forgetting.look(&restarted).await.unwrap()), Some(1));
    }
}
