//! Footnote answers a question from a folder of articles: it ranks passages with BM25, quotes the best
//! sentences word for word, and cites where they stand.
//!
//! # Where things live
//!
//! The modules stand in the order in which they may use each other: each may use those above it, none
//! those below (`tests/layers.rs` holds this).
//!
//! | module | the question it answers |
//! |---|---|
//! | [`corpus`] | what is an article? reading, parsing, splitting into sentences and passages |
//! | [`parts`] | what is an answer made with? the names of the parts that can be left out |
//! | [`search`] | which passages match? the analyzer, the index, the query, the explanation |
//! | [`answer`] | what do we say? excerpts, citations, confidence, abstention |
//! | [`snapshot`] | what is a question asked of? corpus, index and digest, joined |
//! | [`eval`] | how good are we? questions with gold answers, the metrics, the report |
//! | [`audit`] | what did we say? the store and its records |
//! | [`explain`] | why is an answer what it is? the sums, as text |
//! | [`app`] | the running service: ask, reload |
//! | [`discord`] | the bot |
//! | [`http`] | what does an operator see in a browser, and what do monitors? |
//! | [`config`] | what did the operator set? the only reader of the environment |
//! | [`cli`] | the command line: one file a subcommand |
//! | [`fuzzing`](self) | what must hold whatever comes in? for tests and fuzz targets alone |
//!
//! # Invariants
//!
//! - Parsing, splitting, search, answer, metrics and rendering do no IO, read no clock, are not async, and
//!   never panic on input.
//! - No answer is shown that was not recorded: renderers take an [`audit::AuditedAnswer`], which only
//!   [`audit`] can make.
//! - A quote is a byte range of its article's canonical text, never rewritten.
//! - Ranking is total: ties break by passage order. The same question on the same corpus gives the same
//!   bytes, on every machine.
//! - A reload builds a whole new [`snapshot::Snapshot`] aside and swaps it in; a question under way finishes
//!   on the snapshot with which it began.
//! - Secrets are [`secrecy::SecretString`]s: in no log, record or error.

#![forbid(unsafe_code)]

pub mod corpus;

pub mod parts;

pub mod search;

pub mod answer;

pub mod snapshot;

pub mod eval;

pub mod audit;

pub mod explain;

pub mod app;

pub mod discord;

pub mod http;

pub mod config;

pub mod cli;

#[cfg(any(test, fuzzing))]
pub mod fuzzing;
