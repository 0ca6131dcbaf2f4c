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
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

const TEXT: &str = "Dehghan came to Moscow.\nIran seeks the T-90 tank and the Su-30 fighter.\n";

/// Runs tests on each kind of store. FOOTNOTE_TEST_POSTGRES names a PostgreSQL database in which they may make
/// schemas, by a user who may do everything, as `.ci/run` does.
macro_rules! on_each_store {
    ($($test:ident),* $(,)?) => {$(
        mod $test {
            #[tokio::test]
            async fn sqlite() {
                super::$test(crate::On::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                if std::env::var_os(crate::POSTGRES).is_none() {
                    return eprintln!("skipped: {} names no database", crate::POSTGRES);
                }
                super::$test(crate::On::Postgres).await;
            }
        }
    )*};
}
use on_each_store;

/// The variable that names the database of the tests.
const POSTGRES: &str = "FOOTNOTE_TEST_POSTGRES";

/// A kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Sqlite,
    Postgres,
}

/// A store of its own: in a folder, or in a schema of the database of the tests.
struct Home {
    folder: TempDir,
    schema: Option<String>,
}

impl Home {
    fn new() -> Home {
        Home { folder: tempfile::tempdir().unwrap(), schema: None }
    }

    async fn on(on: On) -> Home {
        let mut home = Home::new();
        if on == On::Postgres {
            let name = home.folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
            let schema = format!("home_{}_{}", std::process::id(), name.trim_start_matches('.'));
            let mut connection = PgConnection::connect(&std::env::var(POSTGRES).unwrap()).await.unwrap();
            let make = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
            sqlx::raw_sql(make).execute(&mut connection).await.unwrap();
            home.schema = Some(schema);
        }
        home
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("data/audit.db")
    }

    fn url(&self) -> String {
        let Some(schema) = &self.schema else { return format!("sqlite://{}", self.file().display()) };
        let url = std::env::var(POSTGRES).unwrap();
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}options=-c%20search_path%3D{schema}&application_name={schema}")
    }

    async fn open(&self) -> Store {
        Store::open(&self.url()).await.unwrap()
    }

    async fn open_with(&self, options: StoreOptions) -> Store {
        Store::open_with(&self.url(), options).await.unwrap()
    }

    /// Runs statements beside the store, which are written as SQLite has them.
    async fn run(&self, sql: &str) {
        if self.schema.is_some() {
            let sql = sql.replace("PRAGMA foreign_keys = 0", "SET session_replication_role = replica");
            let sql = AssertSqlSafe(sql.replace(" x'", " '\\x"));
            let mut connection = PgConnection::connect(&self.url()).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        }
    }

    /// Does something while another process holds the lock of a write.
    async fn while_locked(&self, act: impl AsyncFnOnce()) {
        if self.schema.is_some() {
            let mut connection = PgConnection::connect(&self.url()).await.unwrap();
            let lock = "BEGIN; SELECT record_id FROM chain_head FOR UPDATE";
            sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
            act().await;
            sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.unwrap();
        } else {
            let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
            let lock = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
            act().await;
            lock.rollback().await.unwrap();
        }
    }

    /// What a statement counts.
    async fn count(&self, sql: &'static str) -> i64 {
        if self.schema.is_some() {
            let mut connection = PgConnection::connect(&self.url()).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        }
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
        article,
        format!("{article}.md"),
        Title::Given(format!("Title of {article}").into()),
        Metadata::default(),
        TEXT,
        LineMap::Runs([(0, 5), (24, 6)].into()),
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
        differing: vec![],
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
