//! The audit store and `footnote audit`, against real files: what is written comes back, durably or not at
//! all, and nothing that a person or an article wrote does harm on the way out.

mod faults;
mod killed;
mod logging;
mod looks;
mod output;
mod pages;
mod proof;
mod reading;
mod writing;

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Once};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use clap::Parser;
use expect_test::{Expect, expect};
use footnote::answer::{
    Answer, AnswerParams, ConfidenceParts, CorpusSummary, Decision, Excerpt, Explanation, Question, Reason,
    WordShare,
};
use footnote::audit::{
    Access, Asker, Delivery, Detail, Filter, Kind, Kinds, Order, Origin, Outcome, PAGE_MAX, Page, Record,
    RecordId, Refusal, Store, StoreError, StoreOptions, Votes, Walk, Written,
};
use footnote::cli::audit::{AuditCommand, run};
use footnote::corpus::{Article, Digest, LineMap, Metadata, Title};
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

const TEXT: &str = "Dehghan came to Moscow.\nIran seeks the T-90 tank and the Su-30 fighter.\n";

/// A store in a folder of its own.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Home {
        Home { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("data/audit.db")
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.file().display())
    }

    async fn open(&self) -> Store {
        Store::open(&self.url()).await.unwrap()
    }

    async fn open_with(&self, options: StoreOptions) -> Store {
        Store::open_with(&self.url(), options).await.unwrap()
    }

    /// A connection beside the store's own.
    async fn sql(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.url()).await.unwrap()
    }
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

const NOON: &str = "2026-03-01T12:00:00Z";

fn member(user: u64) -> Asker {
    Asker { origin: Origin::Discord, guild: Some(10), channel: Some(20), user: Some(user) }
}

/// An excerpt that quotes the second sentence of [`TEXT`].
fn excerpt(rank: usize, article: &str) -> Excerpt {
    let article = Article::new(
        article.to_owned(),
        format!("{article}.md"),
        Title::Given(format!("Title of {article}")),
        Metadata::default(),
        TEXT.to_owned(),
        LineMap::Runs(vec![(0, 5), (24, 6)]),
    );
    let score = 7.25 / rank as f64;
    Excerpt {
        rank,
        score,
        article: Arc::new(article),
        passage: 0..71,
        quote: 24..71,
        paragraph: 2,
        explanation: Explanation::default(),
    }
}

fn answer(question: &str, decision: Decision, excerpts: Vec<Excerpt>) -> Answer {
    let corpus = CorpusSummary { digest: Digest::of(b"corpus"), articles: 5, passages: 40 };
    Answer {
        question: Question::new(question).unwrap(),
        decision,
        confidence: 0.8125,
        confidence_parts: ConfidenceParts::default(),
        excerpts,
        expansions: Vec::new(),
        unmatched: Vec::new(),
        carried: Vec::new(),
        has_more: false,
        corpus,
    }
}

fn found(question: &str, articles: &[&str]) -> Answer {
    let excerpts = articles.iter().enumerate().map(|(i, article)| excerpt(i + 1, article)).collect();
    answer(question, Decision::Found { hedged: false }, excerpts)
}

fn not_found(question: &str) -> Answer {
    answer(question, Decision::NotFound(Reason::LowConfidence), vec![excerpt(1, "visit")])
}

async fn ask_at(store: &Store, time: &str, asker: &Asker, answer: Answer) -> Result<RecordId, StoreError> {
    let took = Duration::from_micros(1234);
    let audited = store.record_answer(at(time), asker, answer, &AnswerParams::default(), took).await?;
    Ok(audited.id())
}

async fn ask(store: &Store, question: &str) -> Result<RecordId, StoreError> {
    ask_at(store, NOON, &member(30), found(question, &["visit", "roadmap"])).await
}

async fn refuse(store: &Store, reason: &str) -> RecordId {
    let refusal =
        Refusal { action: "ask".to_owned(), reason: reason.to_owned(), question: Some("???".to_owned()) };
    store.record_refusal(at(NOON), &member(31), &refusal).await.unwrap()
}

async fn deliver(store: &Store, of: RecordId) -> RecordId {
    store.record_delivery(at(NOON), of, &Delivery::Delivered { message: Some(99) }).await.unwrap()
}

async fn record(store: &Store, id: RecordId) -> Record {
    store.reader().await.unwrap().record(id).await.unwrap()
}

async fn all(store: &Store) -> Vec<Record> {
    let page = Page { order: Order::OldestFirst, after: None, limit: PAGE_MAX };
    store.reader().await.unwrap().records(&Filter::default(), page).await.unwrap()
}

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: AuditCommand,
}

/// What `footnote audit` prints, and whether it found what was asked for.
async fn cli(store: &Store, line: &[&str]) -> (String, bool) {
    let line = Line::try_parse_from(std::iter::once("audit").chain(line.iter().copied())).unwrap();
    let mut out = Vec::new();
    let found = run(line.command, store, at("2026-03-02T12:00:00Z"), &mut out).await.unwrap();
    (String::from_utf8(out).unwrap(), found)
}

async fn check_cli(store: &Store, line: &[&str], expected: Expect) {
    let (out, _) = cli(store, line).await;
    expected.assert_eq(&out.replace(env!("CARGO_PKG_VERSION"), "VERSION").replace('\r', ""));
}

/// Seven records: 1 an answer of guild 10, 2 its delivery, 3 an unanswered question of guild 11, 4 a refusal,
/// 5 a reload, 6 an answer at a terminal, 7 an answer with the largest ids there are.
async fn seven(home: &Home) -> Store {
    let store = home.open().await;
    ask_at(&store, "2026-03-01T10:00:00Z", &member(30), found("one?", &["visit"])).await.unwrap();
    deliver(&store, 1).await;
    let elsewhere = Asker { origin: Origin::Discord, guild: Some(11), channel: Some(21), user: Some(30) };
    ask_at(&store, "2026-03-01T11:00:00Z", &elsewhere, not_found("two?")).await.unwrap();
    refuse(&store, "cooldown").await;
    let report = json!({"swapped": false, "refused": "fewer than half of the articles remain"});
    store.record_reload(at(NOON), &Asker::process(), &report, Duration::from_millis(3)).await.unwrap();
    let terminal = Asker::terminal();
    ask_at(&store, "2026-03-02T10:00:00Z", &terminal, found("three?", &["visit", "talks"])).await.unwrap();
    let max = Some(u64::MAX);
    let far = Asker { origin: Origin::Discord, guild: max, channel: max, user: max };
    ask_at(&store, "2026-03-02T11:00:00Z", &far, found("four?", &["talks"])).await.unwrap();
    store
}
