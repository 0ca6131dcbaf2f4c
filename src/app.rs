//! The running service: ask, reload; the current [`Snapshot`] behind an [`ArcSwap`].

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::answer::{AnswerParams, QuestionError};
use crate::audit::{Asker, AuditedAnswer, Delivery, RecordId, Refusal, Store, StoreError};
use crate::corpus::{LoadError, LoadProgress, Problem};
use crate::snapshot::Snapshot;

/// Tells the time; tests hand in one of their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What an [`App`] is made with.
pub struct AppSettings {
    /// The articles.
    pub corpus_dir: PathBuf,
    /// How to answer.
    pub params: AnswerParams,
    /// The time.
    pub clock: Clock,
}

/// The running service. Shared by everything that asks of it.
pub struct App {
    settings: AppSettings,
    snapshot: ArcSwap<Snapshot>,
    /// When the snapshot came into use, in milliseconds since 1970. A reload that swaps sets it.
    loaded_at: AtomicI64,
    store: Store,
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
}

/// What a reload did, or would not do.
#[derive(Debug, Clone)]
pub struct ReloadReport {
    /// Whether the new snapshot is now the one asked.
    pub swapped: bool,
    /// Why it is not.
    pub refused: Option<String>,
    /// Ids of articles that are new, changed, gone; sorted.
    pub added: Vec<String>,
    /// See `added`.
    pub changed: Vec<String>,
    /// See `added`.
    pub removed: Vec<String>,
    /// What is wrong with the folder.
    pub problems: Vec<Problem>,
    /// Golden questions passed and scored, before.
    pub golden_before: (usize, usize),
    /// Golden questions passed and scored, after.
    pub golden_after: (usize, usize),
    /// Ids of golden questions that passed before and fail now.
    pub golden_lost: Vec<String>,
    /// Articles and passages of the new corpus.
    pub articles: usize,
    /// See `articles`.
    pub passages: usize,
    /// Digest of the new corpus, as 64 hexadecimal digits.
    pub digest: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Why a reload could not even be tried or finished.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// One is under way.
    #[error("a reload is already running: wait for its report")]
    AlreadyRunning,
    /// Nothing could be loaded; the old snapshot stays.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The record could not be written; the old snapshot stays.
    #[error(transparent)]
    Store(#[from] StoreError),
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
        let loaded = crate::corpus::load(&settings.corpus_dir, progress)?;
        let snapshot = ArcSwap::from_pointee(Snapshot::build(loaded.corpus));
        let loaded_at = AtomicI64::new((settings.clock)().as_millisecond());
        Ok((App { settings, snapshot, loaded_at, store }, loaded.problems))
    }

    /// The snapshot that is asked now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// When the snapshot came into use, to the millisecond.
    pub fn loaded_at(&self) -> Timestamp {
        // What is out of a timestamp's range never went in.
        Timestamp::from_millisecond(self.loaded_at.load(Ordering::Relaxed)).unwrap_or_default()
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
        let _ = (asker, text, &self.settings);
        todo!()
    }

    /// Records that something was refused.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn refuse(&self, asker: &Asker, refusal: &Refusal) -> Result<RecordId, StoreError> {
        self.store.record_refusal((self.settings.clock)(), asker, refusal).await
    }

    /// Records whether a reply was delivered. A failure is logged, since the answer is out by then.
    pub async fn delivered(&self, of: RecordId, delivery: Delivery) {
        if let Err(error) = self.store.record_delivery((self.settings.clock)(), of, &delivery).await {
            tracing::error!(%error, record = of, "the delivery could not be recorded");
        }
    }

    /// Loads the folder aside, asks the golden questions of both snapshots, and swaps unless that would harm.
    /// The old snapshot stays in use meanwhile, and after any failure.
    ///
    /// # Errors
    ///
    /// See [`ReloadError`]. A reload that is refused is no error but a report.
    pub async fn reload(&self, asker: &Asker, force: bool) -> Result<ReloadReport, ReloadError> {
        let _ = (asker, force);
        todo!()
    }
}
