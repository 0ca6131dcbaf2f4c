//! What did we say? Every ask, refusal, reload and delivery is a record, written before anything is shown.
//!
//! [`AuditedAnswer`] can be made here alone, by writing its record: that is how no answer is shown without
//! one.

use std::time::Duration;

use jiff::Timestamp;

use crate::answer::{Answer, AnswerParams};

/// Number of a record in its store, from 1, rising.
pub type RecordId = i64;

/// Where a question came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A person on Discord.
    Discord,
    /// A person at a terminal of the machine.
    Terminal,
    /// The process itself: a signal, a start.
    Process,
}

/// Who asked, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// By which way.
    pub origin: Origin,
    /// The Discord guild (server), where there is one.
    pub guild: Option<u64>,
    /// The Discord channel or thread.
    pub channel: Option<u64>,
    /// The Discord user.
    pub user: Option<u64>,
}

impl Asker {
    /// The person at the terminal.
    pub fn terminal() -> Asker {
        Asker { origin: Origin::Terminal, guild: None, channel: None, user: None }
    }

    /// The process itself.
    pub fn process() -> Asker {
        Asker { origin: Origin::Process, guild: None, channel: None, user: None }
    }
}

/// An answer whose record is written: the only thing that may be shown.
#[derive(Debug)]
pub struct AuditedAnswer {
    id: RecordId,
    answer: Answer,
}

impl AuditedAnswer {
    /// The number of its record.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// The answer.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// Something that was refused: who wanted what, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was wanted: `ask`, `corpus reload`.
    pub action: String,
    /// Why not, as a short stable name: `empty`, `too_long`, `scope`, `permission`, `cooldown`.
    pub reason: String,
    /// The question, where one was asked, cut to the longest question that is answered.
    pub question: Option<String>,
}

/// Whether a reply reached the place it was meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It did, under this message id where Discord told one.
    Delivered {
        /// The id of the message.
        message: Option<u64>,
    },
    /// It did not.
    Failed {
        /// What Discord said, without secrets.
        error: String,
    },
}

/// The audit store could not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// To be worked out.
    #[error("the audit store failed: {0}")]
    Failed(String),
}

/// The audit store.
#[derive(Debug, Clone)]
pub struct Store {}

impl Store {
    /// Opens the store at `url` (`sqlite://data/audit.db`), making its folder, file and tables where needed.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened, or was written by a newer version of the program.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        let _ = url;
        todo!()
    }

    /// Writes the record of an answer, durably, and gives back what may be shown.
    ///
    /// # Errors
    ///
    /// Where the record could not be written: then nothing may be shown.
    pub async fn record_answer(
        &self,
        at: Timestamp,
        asker: &Asker,
        answer: Answer,
        params: &AnswerParams,
        took: Duration,
    ) -> Result<AuditedAnswer, StoreError> {
        let _ = (at, asker, answer, params, took);
        todo!()
    }

    /// Writes the record of a refusal.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_refusal(
        &self,
        at: Timestamp,
        asker: &Asker,
        refusal: &Refusal,
    ) -> Result<RecordId, StoreError> {
        let _ = (at, asker, refusal);
        todo!()
    }

    /// Writes the record of a reload that was tried: `report` is what the moderator was told, as JSON.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_reload(
        &self,
        at: Timestamp,
        asker: &Asker,
        report: &serde_json::Value,
        took: Duration,
    ) -> Result<RecordId, StoreError> {
        let _ = (at, asker, report, took);
        todo!()
    }

    /// Writes whether the reply to record `of` was delivered.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_delivery(
        &self,
        at: Timestamp,
        of: RecordId,
        delivery: &Delivery,
    ) -> Result<RecordId, StoreError> {
        let _ = (at, of, delivery);
        todo!()
    }

    /// Whether the last write succeeded.
    pub fn is_writable(&self) -> bool {
        todo!()
    }

    /// Waits for the writes under way and closes the store.
    pub async fn close(&self) {}
}
