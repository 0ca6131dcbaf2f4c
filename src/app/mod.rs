//! The running service: ask, reload; the current [`Snapshot`] behind an [`ArcSwap`].
//!
//! Both front ends, the terminal and Discord, ask through [`App`]; it is what joins searching, answering and
//! the audit trail.

mod answering;
mod cache;
mod editing;
mod export;
mod reload;
mod sharing;
mod staging;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use self::answering::Answering;
use crate::answer::{AnswerParams, Manner, QUESTION_CHARS_MAX, Question, QuestionError};
use crate::audit::{
    Asker, AuditedAnswer, Delivery, Forgotten, Outcome, RecordId, Refusal, Store, StoreError, Written,
};
use crate::corpus::{Corpus, LoadError, LoadProgress, Problem};
use crate::eval::GoldenReport;
use crate::snapshot::Snapshot;

#[cfg(any(test, fuzzing))]
pub use cache::fuzzing::damaged as damaged_cache;
pub use editing::{Applied, Edit, EditError, Staged};
pub use export::{Export, Form};
pub use reload::{ReloadError, ReloadRefusal, ReloadReport};
pub use sharing::Followed;

/// Tells the time; tests hand in one of their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What an [`App`] is made with.
pub struct AppSettings {
    /// The articles.
    pub corpus_dir: PathBuf,
    /// Where the index of a large corpus is kept for the next start; `None` to keep none.
    pub cache: Option<CacheSettings>,
    /// How to answer.
    pub params: AnswerParams,
    /// The time.
    pub clock: Clock,
}

/// Where an index is kept for the next start.
#[derive(Debug, Clone)]
pub struct CacheSettings {
    /// The file.
    pub path: PathBuf,
    /// The program itself: what another program kept is not used, as it might cut texts in another way.
    pub program: PathBuf,
}

/// The running service. Shared by everything that asks of it.
pub struct App {
    settings: AppSettings,
    current: ArcSwap<Current>,
    store: Store,
    answering: Answering,
    /// Held by the reload under way; there is one at a time.
    reloading: tokio::sync::Mutex<()>,
}

/// What is asked now, and since when.
struct Current {
    snapshot: Arc<Snapshot>,
    since: Timestamp,
    /// What came of its golden questions, once they were asked.
    golden: OnceLock<GoldenReport>,
    /// Set once the corpus is kept in the audit store.
    kept: tokio::sync::OnceCell<()>,
    /// Where the corpus came from another process: what the folder of this one held when it was read last.
    folder: Option<Corpus>,
}

impl Current {
    fn new(snapshot: Arc<Snapshot>, since: Timestamp, golden: OnceLock<GoldenReport>) -> Current {
        Current { snapshot, since, golden, kept: tokio::sync::OnceCell::new(), folder: None }
    }
}

/// How a question is asked, beside its words and who asks.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// Recorded with the answer.
    pub manner: Manner,
    /// The text of the question that it follows, where it follows one.
    pub before: Option<String>,
    /// The least confidence of an answer, 0 to 1, in place of the operator's.
    pub confidence_min: Option<f64>,
    /// Nobody addressed us: below this confidence nothing is said, and nothing recorded.
    pub silent_below: Option<f64>,
}

/// Why an ask got no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The question cannot be answered as it stands; the refusal is recorded under `id`.
    #[error("{error}")]
    Refused {
        /// What is wrong with it, for the person who asked.
        error: QuestionError,
        /// The record of the refusal.
        id: RecordId,
    },
    /// The record could not be written, so there is nothing to show.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Answering broke off: a fault of ours, which the log tells more of.
    #[error("answering broke off; the log says where")]
    Failed,
}

/// Keeps a snapshot for the next start, aside: nobody waits for it.
fn keep(settings: &AppSettings, snapshot: &Arc<Snapshot>) {
    if let Some(settings) = settings.cache.clone() {
        let snapshot = Arc::clone(snapshot);
        std::thread::spawn(move || cache::keep(&settings, &snapshot));
    }
}

impl App {
    /// Loads the corpus and makes it askable. Blocks: call it off the async threads.
    ///
    /// # Errors
    ///
    /// Where nothing can be loaded. Problems with single articles are returned beside the app.
    pub fn start(
        settings: AppSettings,
        store: Store,
        progress: &dyn LoadProgress,
    ) -> Result<(App, Vec<Problem>), LoadError> {
        let kept = settings.cache.as_ref().and_then(cache::Kept::read);
        let loaded = match &kept {
            Some(kept) => crate::corpus::reload(kept.corpus(), &settings.corpus_dir, progress)?,
            None => crate::corpus::load(&settings.corpus_dir, progress)?,
        };
        let (snapshot, is_kept) = match kept {
            Some(kept) => kept.snapshot(loaded.corpus),
            None => (Snapshot::build(loaded.corpus), false),
        };
        let snapshot = Arc::new(snapshot);
        if !is_kept {
            keep(&settings, &snapshot);
        }
        let since = (settings.clock)();
        let current = ArcSwap::from_pointee(Current::new(snapshot, since, OnceLock::new()));
        let reloading = tokio::sync::Mutex::new(());
        let answering = Answering::start();
        Ok((App { settings, current, store, answering, reloading }, loaded.problems))
    }

    /// The snapshot that is asked now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.load().snapshot)
    }

    /// When that snapshot came into use.
    pub fn loaded_at(&self) -> Timestamp {
        self.current.load().since
    }

    /// The audit store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Answers what a person typed, and records it before giving it back. A question that is refused is
    /// recorded as a refusal.
    ///
    /// # Errors
    ///
    /// See [`AskError`].
    pub async fn ask(&self, asker: &Asker, text: &str) -> Result<AuditedAnswer, AskError> {
        let answered = self.ask_as(asker, text, Asking::default()).await?;
        // Without a floor of silence there always is one.
        answered.ok_or(AskError::Failed)
    }

    /// As [`App::ask`], in a manner of its own. `None`, with nothing recorded, where the answer is less sure
    /// than [`Asking::silent_below`].
    ///
    /// # Errors
    ///
    /// See [`AskError`].
    pub async fn ask_as(
        &self,
        asker: &Asker,
        text: &str,
        asking: Asking,
    ) -> Result<Option<AuditedAnswer>, AskError> {
        let start = Instant::now();
        let asked = self.ask_uncounted(asker, text, asking).await;
        let outcome = match &asked {
            Ok(Some(audited)) => Outcome::of(audited.answer()).as_str(),
            Ok(None) => "silent",
            Err(AskError::Refused { .. }) => "refused",
            Err(AskError::Store(_)) => "unrecorded",
            Err(AskError::Failed) => "failed",
        };
        metrics::counter!("footnote_asks_total", "outcome" => outcome).increment(1);
        if let Ok(Some(_)) = &asked {
            metrics::histogram!("footnote_ask_duration_seconds").record(start.elapsed());
        }
        asked
    }

    async fn ask_uncounted(
        &self,
        asker: &Asker,
        text: &str,
        asking: Asking,
    ) -> Result<Option<AuditedAnswer>, AskError> {
        let at = self.now();
        let question = match Question::new(text) {
            Ok(question) => question.asked(asking.manner, asking.before),
            Err(_) if asking.silent_below.is_some() => return Ok(None),
            Err(error) => {
                let reason = match error {
                    QuestionError::Empty => "empty",
                    QuestionError::TooLong { .. } => "too_long",
                };
                let refusal = Refusal {
                    action: "ask".to_owned(),
                    reason: reason.to_owned(),
                    question: Some(text.chars().take(QUESTION_CHARS_MAX).collect()),
                };
                let id = self.store.record_refusal(at, asker, &refusal).await?;
                return Err(AskError::Refused { error, id });
            }
        };
        let current = self.current.load_full();
        let snapshot = Arc::clone(&current.snapshot);
        let mut params = self.settings.params;
        params.confidence_min = asking.confidence_min.unwrap_or(params.confidence_min);
        let answer = move || {
            let start = Instant::now();
            (snapshot.answer(&question, &params), start.elapsed())
        };
        let (answer, took) = self.answering.run(answer).await.ok_or(AskError::Failed)?;
        let is_sure = |floor: f64| answer.confidence >= floor && !answer.shown().is_empty();
        if asking.silent_below.is_some_and(|floor| !is_sure(floor)) {
            return Ok(None);
        }
        self.keep(&current).await?;
        Ok(Some(self.store.record_answer(at, asker, answer, &params, took).await?))
    }

    /// How answers are made where nothing else is asked for.
    pub fn params(&self) -> AnswerParams {
        self.settings.params
    }

    /// Keeps the corpus in use in the audit store, so that what is asked of it can be asked again. The first
    /// question does so as well; a large corpus is better kept before.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub async fn keep_corpus(&self) -> Result<(), StoreError> {
        self.keep(&self.current.load_full()).await
    }

    async fn keep(&self, current: &Current) -> Result<(), StoreError> {
        let keep = || self.store.keep_corpus(self.now(), current.snapshot.corpus());
        current.kept.get_or_try_init(keep).await.map(drop)
    }

    /// Erases what is stored of a person, at their own wish; see [`Store::erase_person`]. Notes that the corpus in use is
    /// still in use, so that it is not let go with the last question that was asked of it.
    ///
    /// # Errors
    ///
    /// Where it could not be done; then nothing is erased.
    pub async fn forget_person(&self, asker: &Asker, user: u64) -> Result<Forgotten, StoreError> {
        let now = self.now();
        self.store.keep_corpus(now, self.snapshot().corpus()).await?;
        self.store.erase_person(now, asker, user).await
    }

    /// Erases what is personal in records older than `age`; notes that the corpus in use is still in use, so
    /// that it is not let go.
    ///
    /// # Errors
    ///
    /// Where it could not be done.
    pub async fn forget_old(&self, age: Duration) -> Result<Forgotten, StoreError> {
        let now = self.now();
        self.store.keep_corpus(now, self.snapshot().corpus()).await?;
        let before = now.saturating_sub(age).unwrap_or(Timestamp::MIN);
        self.store.erase_before(now, before).await
    }

    /// Records that something was refused.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn refuse(&self, asker: &Asker, refusal: &Refusal) -> Result<RecordId, StoreError> {
        metrics::counter!("footnote_refusals_total", "reason" => refusal.reason.clone()).increment(1);
        self.store.record_refusal(self.now(), asker, refusal).await
    }

    /// Records whether a reply was delivered. A failure is logged, once where the store cannot be written, since the
    /// answer is out by then.
    pub async fn delivered(&self, of: RecordId, delivery: Delivery) {
        let outcome = match &delivery {
            Delivery::Delivered { .. } => "delivered",
            Delivery::Failed { .. } => "failed",
        };
        metrics::counter!("footnote_deliveries_total", "outcome" => outcome).increment(1);
        match self.store.record_delivery(self.now(), of, &delivery).await {
            Ok(_) => {}
            // The store tells of that itself, once.
            Err(error @ StoreError::Write { .. }) => {
                tracing::debug!(%error, record = of, "the delivery could not be recorded");
            }
            Err(error) => tracing::error!(%error, record = of, "the delivery could not be recorded"),
        }
    }

    /// Records what a person thinks of an answer; see [`Store::record_vote`].
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn vote(&self, asker: &Asker, of: RecordId, helpful: bool) -> Result<Written, StoreError> {
        self.store.record_vote(self.now(), asker, of, helpful).await
    }

    /// Records that a person tells the moderators of a question; see [`Store::record_gap`].
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn file_gap(&self, asker: &Asker, of: RecordId) -> Result<Written, StoreError> {
        self.store.record_gap(self.now(), asker, of).await
    }

    /// Sets a setting of a guild and records it; see [`Store::set_setting`].
    ///
    /// # Errors
    ///
    /// Where it could not be written; the setting is as it was.
    pub async fn set_setting(
        &self,
        asker: &Asker,
        guild: u64,
        key: &str,
        value: serde_json::Value,
    ) -> Result<RecordId, StoreError> {
        self.store.set_setting(self.now(), asker, guild, key, value).await
    }

    /// Records that somebody changed the articles; see [`Store::record_corpus_change`].
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn corpus_changed(
        &self,
        asker: &Asker,
        change: serde_json::Value,
    ) -> Result<RecordId, StoreError> {
        self.store.record_corpus_change(self.now(), asker, change).await
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.settings.clock)()
    }
}
