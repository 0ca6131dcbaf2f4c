//! What did we say, and what was done about it? Every ask, refusal, reload, delivery, vote, gap, setting and
//! change of the articles is a record; that of an answer is written before the answer is shown.
//!
//! [`AuditedAnswer`] can be made here alone, by writing its record: that is how no answer is shown without
//! one. [`Store`] writes, [`Reader`] reads. This module knows nothing of terminals and Discord messages; how
//! records are rendered is the business of those who show them.
//!
//! | file | the question it answers |
//! |---|---|
//! | [`record`] | what does a record hold? |
//! | [`why`] | why was an answer what it was? |
//! | [`store`] | how is a record written by those who answer? |
//! | `writer` | how do many records share one durable commit? |
//! | `complete` | what does a record say that only the store knows? |
//! | `columns`, `row` | which rows is a record, and which record is a row? |
//! | `packed` | how is what is long, and rarely read, kept small? |
//! | `chain` | what makes a record hard to change unseen? |
//! | `insert` | the statements that write |
//! | `migrate` | how is an older store brought up to date? |
//! | [`verify`], `links` | is every record as it was written, and is none missing? |
//! | [`erasure`], `erase` | what was forgotten, and how? |
//! | [`keep`], `corpora` | how is a corpus kept? |
//! | [`report`] | what do the records teach? |
//! | [`replay`] | does the program still give the answer that it gave? |
//! | `pseudonym` | under which number is a person recorded? |
//! | `stored` | what stands in the rows, exactly as it stands there? |
//! | `connection`, `place` | where does the store lie, and is it fit to be opened? |
//! | `db` | how do SQLite and PostgreSQL look the same to all of these? |
//! | `words` | which words does a question hold, for the index of PostgreSQL? |
//! | [`query`] | which records are asked for, and how are they read? |
//! | [`wire`], [`csv`] | how does a record look as JSON? as CSV? |
//! | `log` | which line of the log is a record? |
//! | [`error`] | what can fail, and what does the operator do then? |

pub mod csv;
pub mod erasure;
pub mod error;
pub mod keep;
pub mod query;
pub mod record;
pub mod replay;
pub mod report;
pub mod store;
pub mod verify;
pub mod why;
pub mod wire;

mod chain;
mod columns;
mod complete;
mod connection;
mod corpora;
mod db;
mod erase;
mod insert;
mod links;
mod log;
mod migrate;
mod packed;
mod place;
mod pseudonym;
mod row;
mod stored;
mod words;
mod writer;

pub use erasure::{Erasure, Scope};
pub use error::StoreError;
pub use keep::{KeptCorpus, KeptText};
pub use pseudonym::Pseudonyms;
pub use query::{Filter, Kinds, Order, PAGE_MAX, Page, Reader, Votes, Walk};
pub use record::{AskDetail, CitationRecord, Detail, Entry, Kind, Outcome, Record};
pub use replay::{Difference, Obstacle, Replay, Replayer, Swap};
pub use report::{Day, Gap, Report};
pub use store::{Access, AuditedAnswer, Forgotten, Store, StoreOptions, Written};
pub use verify::{Fault, Head, Verification, verify};
pub use why::Why;

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

impl Origin {
    /// The origin as records and JSON name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Discord => "discord",
            Origin::Terminal => "terminal",
            Origin::Process => "process",
        }
    }

    /// From the name that [`Origin::as_str`] gives.
    pub fn from_name(name: &str) -> Option<Origin> {
        [Origin::Discord, Origin::Terminal, Origin::Process].into_iter().find(|o| o.as_str() == name)
    }
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
