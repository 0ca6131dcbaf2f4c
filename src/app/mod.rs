//! The running service: ask, reload; the current [`Snapshot`] behind an [`ArcSwap`].
//!
//! Both front ends, the terminal and Discord, ask through [`App`]; it is what joins searching, answering and
//! the audit trail.

mod cache;
mod reload;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::answer::{AnswerParams, QUESTION_CHARS_MAX, Question, QuestionError};
use crate::audit::{Asker, AuditedAnswer, Delivery, RecordId, Refusal, Store, StoreError};
use crate::corpus::{LoadError, LoadProgress, Problem};
use crate::eval::GoldenReport;
use crate::snapshot::Snapshot;

pub use reload::{ReloadError, ReloadReport};

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
    /// Held by the reload under way; there is one at a time.
    reloading: tokio::sync::Mutex<()>,
}

/// What is asked now, and since when.
struct Current {
    snapshot: Arc<Snapshot>,
    since: Timestamp,
    /// What came of its golden questions, once they were asked.
    golden: OnceLock<GoldenReport>,
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
        let current = ArcSwap::from_pointee(Current { snapshot, since, golden: OnceLock::new() });
        let reloading = tokio::sync::Mutex::new(());
        Ok((App { settings, current, store, reloading }, loaded.problems))
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
        let at = self.now();
        let question = match Question::new(text) {
            Ok(question) => question,
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
        let start = Instant::now();
        let snapshot = self.snapshot();
        let params = self.settings.params;
        // Answering takes milliseconds of a processor: too long for a thread that others wait on.
        let answered = tokio::task::spawn_blocking(move || snapshot.answer(&question, &params)).await;
        let answer = answered.map_err(|_| AskError::Failed)?;
        Ok(self.store.record_answer(at, asker, answer, &params, start.elapsed()).await?)
    }

    /// Records that something was refused.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn refuse(&self, asker: &Asker, refusal: &Refusal) -> Result<RecordId, StoreError> {
        self.store.record_refusal(self.now(), asker, refusal).await
    }

    /// Records whether a reply was delivered. A failure is logged, since the answer is out by then.
    pub async fn delivered(&self, of: RecordId, delivery: Delivery) {
        if let Err(error) = self.store.record_delivery(self.now(), of, &delivery).await {
            tracing::error!(%error, record = of, "the delivery could not be recorded");
        }
    }

    /// The time.
    fn now(&self) -> Timestamp {
        (self.settings.clock)()
    }
}
