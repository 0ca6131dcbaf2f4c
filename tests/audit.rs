//! The audit store and `footnote audit`, against real files: what is written comes back, durably or not at
//! all, and nothing that a person or an article wrote does harm on the way out.

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
use footnote::answer::{Answer, AnswerParams, CorpusSummary, Decision, Excerpt, Question, Reason};
use footnote::audit::{
    Access, Asker, Delivery, Detail, Filter, Kind, Kinds, Order, Origin, Outcome, PAGE_MAX, Page, Record,
    RecordId, Refusal, Store, StoreError, StoreOptions, Walk,
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
    Excerpt { rank, score, article: Arc::new(article), passage: 0..71, quote: 24..71, paragraph: 2 }
}

fn answer(question: &str, decision: Decision, excerpts: Vec<Excerpt>) -> Answer {
    let corpus = CorpusSummary { digest: Digest::of(b"corpus"), articles: 5, passages: 40 };
    Answer {
        question: Question::new(question).unwrap(),
        decision,
        confidence: 0.8125,
        excerpts,
        expansions: Vec::new(),
        unmatched: Vec::new(),
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

// What is written comes back.

#[tokio::test]
async fn an_answer_comes_back_as_it_was_given() {
    let home = Home::new();
    let store = home.open().await;
    let id = ask(&store, "what weapons did Iran seek?").await.unwrap();
    let Record { entry, .. } = record(&store, id).await;
    assert_eq!(id, 1);
    assert_eq!(entry.at, at(NOON));
    assert_eq!(entry.asker, member(30));
    assert_eq!(entry.question.as_deref(), Some("what weapons did Iran seek?"));
    assert_eq!((entry.decision, entry.reason.as_deref()), (Outcome::Found, None));
    assert_eq!(entry.took, Some(Duration::from_micros(1234)));
    assert_eq!(entry.program, env!("CARGO_PKG_VERSION"));
    let Detail::Ask(asked) = entry.detail else { panic!("{entry:?}") };
    assert_eq!(asked.corpus.digest, Digest::of(b"corpus"));
    assert_eq!((asked.corpus.articles, asked.corpus.passages), (5, 40));
    assert_eq!(
        serde_json::from_value::<AnswerParams>(asked.params.clone()).unwrap(),
        AnswerParams::default()
    );
    assert_eq!(asked.confidence, 0.8125);
    let [first, second] = &asked.citations[..] else { panic!("{asked:?}") };
    assert_eq!((first.rank, first.shown, first.article.as_str()), (1, true, "visit"));
    assert_eq!(first.title, "Title of visit");
    assert_eq!(first.content_hash, Digest::of(TEXT.as_bytes()));
    assert_eq!((first.passage.clone(), first.quote.clone()), (0..71, 24..71));
    assert_eq!(first.quote_text.as_deref(), Some("Iran seeks the T-90 tank and the Su-30 fighter."));
    assert_eq!((first.score, first.paragraph, first.lines), (7.25, 2, (6, 6)));
    assert_eq!((second.rank, second.article.as_str(), second.score), (2, "roadmap", 3.625));
}

#[tokio::test]
async fn what_was_not_answered_keeps_what_would_have_been_best() {
    let home = Home::new();
    let store = home.open().await;
    let id = ask_at(&store, NOON, &Asker::terminal(), not_found("who won?")).await.unwrap();
    let Record { entry, .. } = record(&store, id).await;
    assert_eq!((entry.decision, entry.reason.as_deref()), (Outcome::NotFound, Some("low_confidence")));
    assert_eq!(entry.asker, Asker::terminal());
    assert_eq!(entry.citations().iter().map(|c| c.shown).collect::<Vec<_>>(), [false]);
    let hedged = answer("who?", Decision::Found { hedged: true }, vec![excerpt(1, "visit")]);
    let id = ask_at(&store, NOON, &Asker::terminal(), hedged).await.unwrap();
    assert_eq!(record(&store, id).await.entry.decision, Outcome::Hedged);
}

#[tokio::test]
async fn refusals_reloads_and_deliveries_come_back() {
    let home = Home::new();
    let store = home.open().await;
    let refused = record(&store, refuse(&store, "too_long").await).await.entry;
    assert_eq!((refused.decision, refused.reason.as_deref()), (Outcome::Refused, Some("too_long")));
    assert_eq!(refused.question.as_deref(), Some("???"));
    assert_eq!(refused.detail, Detail::Refusal { action: "ask".to_owned() });

    let report = json!({"swapped": true, "added": ["new"], "took": 1.5});
    let took = Duration::from_millis(7);
    let id = store.record_reload(at(NOON), &member(32), &report, took).await.unwrap();
    let reload = record(&store, id).await.entry;
    assert_eq!((reload.decision, reload.took), (Outcome::Swapped, Some(took)));
    assert_eq!(reload.asker, member(32));
    assert_eq!(reload.detail, Detail::Reload { report });

    let asked = ask(&store, "who?").await.unwrap();
    for delivery in [
        Delivery::Delivered { message: Some(u64::MAX) },
        Delivery::Delivered { message: None },
        Delivery::Failed { error: "Missing Access".to_owned() },
    ] {
        let id = store.record_delivery(at(NOON), asked, &delivery).await.unwrap();
        let entry = record(&store, id).await.entry;
        assert_eq!(entry.detail, Detail::Delivery { of: asked, delivery });
        // Where it went, but not who asked: that is the record's own to keep or to forget.
        assert_eq!(entry.asker, Asker { user: None, ..member(30) });
    }
    assert_eq!(store.reader().await.unwrap().deliveries(asked).await.unwrap().len(), 3);
    assert_eq!(all(&store).await.len(), 6);
}

#[tokio::test]
async fn odd_content_takes_no_other_record_down() {
    let home = Home::new();
    let store = home.open().await;
    let mut odd = found("what\0now?", &["visit"]);
    odd.confidence = f64::NAN;
    odd.excerpts[0].score = f64::NAN;
    odd.excerpts[0].quote = 60..900;
    odd.excerpts.push(odd.excerpts[0].clone());
    let took = Duration::MAX;
    let params = AnswerParams { confidence_min: f64::INFINITY, ..AnswerParams::default() };
    let (asker, delivery) = (member(u64::MAX), Delivery::Delivered { message: None });
    let (audited, lost) = tokio::join!(
        store.record_answer(Timestamp::MIN, &asker, odd, &params, took),
        store.record_delivery(at(NOON), 404, &delivery),
    );
    let entry = record(&store, audited.unwrap().id()).await.entry;
    assert_eq!(entry.question.as_deref(), Some("what\0now?"));
    assert_eq!(entry.asker.user, Some(u64::MAX));
    assert!(entry.citations().iter().all(|c| c.score.is_nan()));
    assert_eq!(entry.citations().iter().map(|c| c.rank).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(record(&store, lost.unwrap()).await.entry.asker, Asker::process());
}

#[tokio::test]
async fn numbers_go_on_after_a_restart() {
    let home = Home::new();
    let store = home.open().await;
    assert_eq!(ask(&store, "one?").await.unwrap(), 1);
    assert_eq!(ask(&store, "two?").await.unwrap(), 2);
    store.close().await;
    let store = home.open().await;
    assert_eq!(ask(&store, "three?").await.unwrap(), 3);
    assert_eq!(all(&store).await.len(), 3);
}

// Many writers, few commits.

#[tokio::test]
async fn concurrent_answers_share_commits() {
    let home = Home::new();
    let store = home.open().await;
    let ids = join_all((0..1_000).map(|n| {
        let store = store.clone();
        async move { ask(&store, &format!("question {n}?")).await.unwrap() }
    }))
    .await;
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=1_000).collect::<Vec<RecordId>>());
    assert!(store.commits() < 100, "{} commits", store.commits());
    for (n, id) in ids.iter().enumerate().step_by(100) {
        let question = record(&store, *id).await.entry.question;
        assert_eq!(question, Some(format!("question {n}?")));
    }
}

#[tokio::test]
async fn a_record_outlives_the_caller_that_gave_up() {
    let home = Home::new();
    let store = home.open().await;
    {
        let mut asking = pin!(ask(&store, "still there?"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(asking.as_mut().poll(&mut context), Poll::Pending));
    }
    store.close().await;
    assert_eq!(all(&store).await[0].entry.question.as_deref(), Some("still there?"));
}

#[tokio::test]
async fn closing_writes_what_waits_and_nothing_after() {
    let home = Home::new();
    let store = home.open().await;
    let closing = store.clone();
    let (asked, ()) = tokio::join!(join_all((0..50).map(|_| ask(&store, "who?"))), closing.close());
    assert!(asked.iter().all(Result::is_ok));
    assert!(matches!(ask(&store, "late?").await, Err(StoreError::Closed)));
    assert!(!store.is_writable());
    store.close().await;
    assert_eq!(all(&store).await.len(), 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stores_that_start_together_share_a_file() {
    let home = Home::new();
    let stores = join_all((0..4).map(|_| home.open())).await;
    let mut ids = join_all(stores.iter().flat_map(|store| (0..25).map(move |_| ask(store, "who?")))).await;
    ids.sort_by_key(|id| *id.as_ref().unwrap());
    let ids: Vec<RecordId> = ids.into_iter().map(Result::unwrap).collect();
    assert_eq!(ids, (1..=100).collect::<Vec<RecordId>>());
}

// A store that cannot be written gives no answers, says so once, and recovers by itself.

#[tokio::test]
async fn a_read_only_store_can_be_read_and_not_written() {
    let home = Home::new();
    let store = home.open().await;
    ask(&store, "who?").await.unwrap();
    store.close().await;

    let store = Store::open(&format!("{}?mode=ro", home.url())).await.unwrap();
    assert!(!store.is_writable());
    let error = ask(&store, "who else?").await.unwrap_err();
    assert!(error.to_string().contains("give this user write permission"), "{error}");
    assert!(!store.is_writable());
    assert_eq!(all(&store).await.len(), 1);

    let options = StoreOptions { access: Access::Read, ..StoreOptions::default() };
    let store = home.open_with(options).await;
    assert!(matches!(ask(&store, "who else?").await, Err(StoreError::ReadOnly { .. })));
    assert!(!store.is_writable());
    assert_eq!(all(&store).await.len(), 1);
}

#[tokio::test]
async fn reading_makes_no_store() {
    let home = Home::new();
    let options = StoreOptions { access: Access::Read, ..StoreOptions::default() };
    let error = Store::open_with(&home.url(), options).await.unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    assert!(!home.folder.path().join("data").exists());

    std::fs::create_dir(home.folder.path().join("data")).unwrap();
    std::fs::write(home.file(), "").unwrap();
    let error = Store::open_with(&home.url(), options).await.unwrap_err();
    assert!(matches!(error, StoreError::OlderSchema { .. }), "{error}");
}

/// What happens to the files of a store while it is open.
async fn check_loss(lose: impl Fn(&Path)) {
    let home = Home::new();
    let store = home.open().await;
    assert_eq!(ask(&store, "before?").await.unwrap(), 1);
    lose(&home.file());
    let errors = join_all((0..10).map(|_| ask(&store, "lost?"))).await;
    for error in errors {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("deleted or replaced"), "{error}");
    }
    assert!(!store.is_writable());
    let id = ask(&store, "after?").await.unwrap();
    assert!(id > 1, "{id} was given before");
    assert!(store.is_writable());
    assert_eq!(record(&store, id).await.entry.question.as_deref(), Some("after?"));
    store.close().await;
    let store = home.open().await;
    assert!(ask(&store, "again?").await.unwrap() > id);
}

fn beside(file: &Path, end: &str) -> std::path::PathBuf {
    file.with_file_name(format!("audit.db{end}"))
}

#[cfg(unix)]
#[tokio::test]
async fn a_deleted_store_is_noticed_and_made_anew() {
    check_loss(|file| std::fs::remove_file(file).unwrap()).await;
    check_loss(|file| std::fs::remove_file(beside(file, "-wal")).unwrap()).await;
    check_loss(|file| std::fs::remove_dir_all(file.parent().unwrap()).unwrap()).await;
    check_loss(|file| {
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(beside(file, end)).unwrap();
        }
    })
    .await;
    // A backup put back in its place.
    check_loss(|file| {
        std::fs::copy(file, beside(file, ".new")).unwrap();
        std::fs::rename(beside(file, ".new"), file).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_locked_store_is_waited_for_and_then_given_up() {
    let home = Home::new();
    let options = StoreOptions { busy_timeout: Duration::from_millis(20), ..StoreOptions::default() };
    let store = home.open_with(options).await;
    let mut other = home.sql().await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let error = ask(&store, "who?").await.unwrap_err();
    assert!(error.to_string().contains("another process holds it"), "{error}");
    assert!(!store.is_writable());
    assert_eq!(all(&store).await.len(), 0);
    lock.rollback().await.unwrap();
    ask(&store, "who?").await.unwrap();
    assert!(store.is_writable());
}

#[tokio::test]
async fn a_newer_store_is_refused() {
    let home = Home::new();
    home.open().await.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, x'00', 0)";
    sqlx::query(newer).execute(&mut home.sql().await).await.unwrap();
    for access in [Access::Write, Access::Read] {
        let options = StoreOptions { access, ..StoreOptions::default() };
        let error = Store::open_with(&home.url(), options).await.unwrap_err();
        assert!(matches!(error, StoreError::NewerSchema { found: 9999, known: 1, .. }), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_store_is_refused() {
    let home = Home::new();
    std::fs::create_dir(home.folder.path().join("data")).unwrap();
    std::fs::write(home.file(), "the quick brown fox ".repeat(100)).unwrap();
    let error = Store::open(&home.url()).await.unwrap_err();
    assert!(error.to_string().contains("damaged or no audit store"), "{error}");
    let blocked = home.folder.path().join("data/audit.db/audit.db");
    let error = Store::open(&format!("sqlite://{}", blocked.display())).await.unwrap_err();
    assert!(matches!(error, StoreError::Create { .. }), "{error}");
}

#[tokio::test]
async fn a_damaged_record_is_named() {
    let home = Home::new();
    let store = home.open().await;
    let id = ask(&store, "who?").await.unwrap();
    sqlx::query("UPDATE records SET decision = 'perhaps'").execute(&mut home.sql().await).await.unwrap();
    let error = store.reader().await.unwrap().record(id).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { id: 1, field: "decision" }), "{error}");
}

// The log.

thread_local! {
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Takes what is logged on each thread: a test and its store share one. One subscriber for all of them, since
/// those of single threads disturb each other where tests run side by side.
#[derive(Clone, Copy)]
struct Log;

impl Log {
    fn capture() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let format = tracing_subscriber::fmt().json().flatten_event(true);
            format.with_max_level(tracing::Level::INFO).with_writer(|| Log).init();
        });
    }

    fn lines() -> Vec<Value> {
        LOGGED.with_borrow(|bytes| {
            let lines = serde_json::Deserializer::from_slice(bytes).into_iter();
            lines.collect::<Result<_, _>>().unwrap()
        })
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.with_borrow_mut(|logged| logged.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn check_log(log_personal: bool, personal: Value) {
    Log::capture();
    let home = Home::new();
    let store = home.open_with(StoreOptions { log_personal, ..StoreOptions::default() }).await;
    let id = ask(&store, "what weapons?").await.unwrap();
    deliver(&store, id).await;
    let lines: Vec<Value> = Log::lines().into_iter().filter(|line| line["target"] == "audit").collect();
    let [asked, delivered] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(asked["record"], 1);
    assert_eq!((&asked["kind"], &asked["decision"]), (&json!("ask"), &json!("found")));
    assert_eq!((&asked["guild"], &asked["channel"]), (&json!(10), &json!(20)));
    assert_eq!((&asked["took_us"], &asked["confidence"]), (&json!(1234), &json!(0.8125)));
    assert_eq!(asked["corpus"], Digest::of(b"corpus").to_string());
    let citations: Value = serde_json::from_str(asked["citations"].as_str().unwrap()).unwrap();
    assert_eq!(citations[1]["article"], "roadmap");
    assert_eq!(citations[1]["content_hash"], Digest::of(TEXT.as_bytes()).to_string());
    assert_eq!(json!([asked["asker"], asked["question"]]), personal);
    let of = (&delivered["of"], &delivered["decision"], &delivered["message_id"]);
    assert_eq!(of, (&json!(1), &json!("delivered"), &json!(99)));
}

#[tokio::test]
async fn a_record_is_logged_without_the_person() {
    check_log(false, json!([null, null])).await;
}

#[tokio::test]
async fn a_record_is_logged_with_the_person_where_wanted() {
    check_log(true, json!([30, "what weapons?"])).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_fault_is_logged_once_and_so_is_its_end() {
    let home = Home::new();
    let store = home.open().await;
    Log::capture();
    // A folder in the place of the file: neither written to nor opened anew.
    std::fs::remove_file(home.file()).unwrap();
    std::fs::create_dir(home.file()).unwrap();
    for _ in 0..3 {
        let errors = join_all((0..10).map(|_| ask(&store, "who?"))).await;
        assert!(errors.iter().all(Result::is_err));
    }
    std::fs::remove_dir(home.file()).unwrap();
    ask(&store, "who?").await.unwrap();
    ask(&store, "who?").await.unwrap();
    let levels: Vec<Value> = Log::lines()
        .into_iter()
        .filter(|line| line["target"] != "audit")
        .map(|line| json!([line["level"], line["message"]]))
        .collect();
    let expected = [
        json!(["ERROR", "records could not be written"]),
        json!(["INFO", "the audit store can be written to again"]),
    ];
    assert_eq!(levels, expected);
}

// Reading.

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

#[tokio::test]
async fn filters_pick_what_they_name() {
    let home = Home::new();
    let store = &seven(&home).await;
    let check = async |line: &[&str], expected: &[RecordId]| {
        let line: Vec<&str> = ["list", "--json"].iter().chain(line).copied().collect();
        let (out, _) = cli(store, &line).await;
        let ids: Vec<RecordId> =
            out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, expected, "{line:?}");
    };
    check(&[], &[7, 6, 5, 4, 3, 1]).await;
    check(&["--kind", "ask"], &[7, 6, 3, 1]).await;
    check(&["--kind", "refusal"], &[4]).await;
    check(&["--kind", "reload"], &[5]).await;
    check(&["--kind", "delivery"], &[2]).await;
    check(&["--unanswered"], &[3]).await;
    check(&["--since", "2026-03-01T11:00:00Z"], &[7, 6, 5, 4, 3]).await;
    check(&["--until", "2026-03-01T11:00:00Z"], &[1]).await;
    check(&["--since", "2026-03-02"], &[7, 6]).await;
    check(&["--until", "2026-03-01"], &[5, 4, 3, 1]).await;
    check(&["--since", "24h"], &[7, 6, 5, 4]).await;
    check(&["--since", "1h"], &[7]).await;
    check(&["--guild", "10"], &[4, 1]).await;
    check(&["--guild", "10", "--kind", "delivery"], &[2]).await;
    check(&["--guild", "18446744073709551615"], &[7]).await;
    check(&["--channel", "21"], &[3]).await;
    check(&["--channel", "18446744073709551615"], &[7]).await;
    check(&["--user", "30"], &[3, 1]).await;
    check(&["--user", "18446744073709551615"], &[7]).await;
    check(&["--user", "1"], &[]).await;
    // Not 3: what is not shown is not cited.
    check(&["--article", "visit"], &[6, 1]).await;
    check(&["--article", "talks", "--user", "18446744073709551615"], &[7]).await;
    check(&["--article", "' OR 1=1 --"], &[]).await;
    check(&["--limit", "2"], &[7, 6]).await;
    check(&["--limit", "2", "--before", "6"], &[5, 4]).await;
    check(&["--before", "1"], &[]).await;
    check(&["--unanswered", "--guild", "11", "--user", "30", "--since", "2026-03-01"], &[3]).await;
}

#[tokio::test]
async fn a_list_is_a_table() {
    let home = Home::new();
    let store = seven(&home).await;
    check_cli(
        &store,
        &["list"],
        expect![[r#"
        ID  TIME                  KIND     DECISION                    ASKER                 QUESTION
         7  2026-03-02 11:00:00Z  ask      found                       18446744073709551615  four?
         6  2026-03-02 10:00:00Z  ask      found                       terminal              three?
         5  2026-03-01 12:00:00Z  reload   kept                        process
         4  2026-03-01 12:00:00Z  refusal  refused (cooldown)          31                    ???
         3  2026-03-01 11:00:00Z  ask      not_found (low_confidence)  30                    two?
         1  2026-03-01 10:00:00Z  ask      found                       30                    one?
    "#]],
    )
    .await;
    check_cli(
        &store,
        &["list", "--limit", "1", "--kind", "delivery"],
        expect![[r#"
        ID  TIME                  KIND      DECISION   ASKER    QUESTION
         2  2026-03-01 12:00:00Z  delivery  delivered  discord  (reply of #1)

        older records: add --before 2
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_record_is_shown_with_its_deliveries() {
    let home = Home::new();
    let store = seven(&home).await;
    check_cli(
        &store,
        &["show", "#1"],
        expect![[r#"
            record      #1
            time        2026-03-01T10:00:00Z
            kind        ask
            decision    found
            origin      discord, guild 10, channel 20
            asker       30
            question    one?
            confidence  0.8125
            corpus      4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40, 5 articles, 40 passages
            parameters  {"confidence_min":0.3,"passages_max":3}
            took        1234 µs
            program     footnote VERSION, record schema 1

            [1]         Title of visit
            article     visit
            text hash   f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add
            place       paragraph 2, line 6
            range       passage bytes 0..71, quote bytes 24..71
            score       7.25
            quote       Iran seeks the T-90 tank and the Su-30 fighter.

            delivery    #2, 2026-03-01T12:00:00Z, delivered as message 99
        "#]],
    )
    .await;
    check_cli(
        &store,
        &["show", "3"],
        expect![[r#"
            record      #3
            time        2026-03-01T11:00:00Z
            kind        ask
            decision    not_found (low_confidence)
            origin      discord, guild 11, channel 21
            asker       30
            question    two?
            confidence  0.8125
            corpus      4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40, 5 articles, 40 passages
            parameters  {"confidence_min":0.3,"passages_max":3}
            took        1234 µs
            program     footnote VERSION, record schema 1

            [1]         Title of visit (not shown)
            article     visit
            text hash   f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add
            place       paragraph 2, line 6
            range       passage bytes 0..71, quote bytes 24..71
            score       7.25
            quote       Iran seeks the T-90 tank and the Su-30 fighter.
        "#]],
    )
    .await;
    check_cli(
        &store,
        &["show", "5"],
        expect![[r#"
            record      #5
            time        2026-03-01T12:00:00Z
            kind        reload
            decision    kept
            origin      process
            report      {
                          "refused": "fewer than half of the articles remain",
                          "swapped": false
                        }
            took        3000 µs
            program     footnote VERSION, record schema 1
        "#]],
    )
    .await;
    check_cli(&store, &["show", "1", "--json"], expect![[r#"
        {"id":1,"schema":1,"time":"2026-03-01T10:00:00Z","kind":"ask","origin":"discord","guild":"10","channel":"20","user":"30","program":"VERSION","decision":"found","reason":null,"question":"one?","took_us":1234,"corpus":{"digest":"4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","articles":5,"passages":40},"params":{"confidence_min":0.3,"passages_max":3},"confidence":0.8125,"citations":[{"rank":1,"shown":true,"article":"visit","title":"Title of visit","content_hash":"f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add","passage_range":[0,71],"quote_range":[24,71],"quote":"Iran seeks the T-90 tank and the Su-30 fighter.","score":7.25,"paragraph":2,"lines":[6,6]}],"deliveries":[{"id":2,"schema":1,"time":"2026-03-01T12:00:00Z","kind":"delivery","origin":"discord","guild":"10","channel":"20","user":null,"program":"VERSION","decision":"delivered","reason":null,"question":null,"took_us":null,"of":1,"message":"99","error":null}]}
    "#]]).await;
    assert_eq!(cli(&store, &["show", "8"]).await, (String::new(), false));
}

#[tokio::test]
async fn an_export_is_csv_or_json_lines() {
    let home = Home::new();
    let store = seven(&home).await;
    check_cli(&store, &["export", "--kind", "refusal"], expect![[r#"
        {"id":4,"schema":1,"time":"2026-03-01T12:00:00Z","kind":"refusal","origin":"discord","guild":"10","channel":"20","user":"31","program":"VERSION","decision":"refused","reason":"cooldown","question":"???","took_us":null,"action":"ask"}
    "#]]).await;
    check_cli(&store, &["export", "--format", "csv", "--until", "2026-03-01"], expect![[r#"
        "id","time","kind","origin","guild","channel","user","decision","reason","question","confidence","took_us","corpus","program","articles","quotes","action","of","message","error"
        "1","2026-03-01T10:00:00Z","ask","discord","10","20","30","found","","one?","0.8125","1234","4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","VERSION","visit","Iran seeks the T-90 tank and the Su-30 fighter.","","","",""
        "2","2026-03-01T12:00:00Z","delivery","discord","10","20","","delivered","","","","","","VERSION","","","","1","99",""
        "3","2026-03-01T11:00:00Z","ask","discord","11","21","30","not_found","low_confidence","two?","0.8125","1234","4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","VERSION","","","","","",""
        "4","2026-03-01T12:00:00Z","refusal","discord","10","20","31","refused","cooldown","???","","","","VERSION","","","ask","","",""
        "5","2026-03-01T12:00:00Z","reload","process","","","","kept","","","","3000","","VERSION","","","","","",""
    "#]]).await;
    assert_eq!(cli(&store, &["export"]).await.0.lines().count(), 7);
}

#[tokio::test]
async fn arguments_that_make_no_sense_are_refused() {
    let check = |line: &[&str]| {
        let line: Vec<&str> = std::iter::once("audit").chain(line.iter().copied()).collect();
        assert!(Line::try_parse_from(&line).is_err(), "{line:?}");
    };
    check(&["show", "0"]);
    check(&["show", "-1"]);
    check(&["show", "one"]);
    check(&["list", "--kind", "vote"]);
    check(&["list", "--limit", "0"]);
    check(&["list", "--limit", "1001"]);
    check(&["list", "--since", "yesterday"]);
    check(&["list", "--user", "someone"]);
    check(&["export", "--format", "xml"]);
}

/// Characters that would command a terminal, or cannot be seen on one.
fn is_hostile(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}' | '\u{202e}' | '\u{2066}' | '\u{feff}')
}

#[tokio::test]
async fn hostile_text_does_no_harm_on_the_way_out() {
    let home = Home::new();
    let store = home.open().await;
    let hostile = "=cmd|' /C calc'!A0 \u{1b}]0;owned\u{7}\u{1b}[2J \u{202e}evil\u{2066} \u{200b}\u{feff}\u{9b}31m\r\
                   \nrecord      #666\t\"quoted\"";
    let mut hostile_answer = found(hostile, &["visit"]);
    hostile_answer.excerpts[0].article = Arc::new(Article::new(
        hostile.to_owned(),
        "x.md".to_owned(),
        Title::Given(hostile.to_owned()),
        Metadata::default(),
        hostile.to_owned(),
        LineMap::Single(1),
    ));
    hostile_answer.excerpts[0].quote = 0..hostile.len();
    ask_at(&store, NOON, &member(30), hostile_answer).await.unwrap();
    let failed = Delivery::Failed { error: hostile.to_owned() };
    store.record_delivery(at(NOON), 1, &failed).await.unwrap();
    let refusal = Refusal {
        action: hostile.to_owned(),
        reason: hostile.to_owned(),
        question: Some(hostile.to_owned()),
    };
    store.record_refusal(at(NOON), &member(30), &refusal).await.unwrap();
    let report = json!({ hostile: hostile });
    store.record_reload(at(NOON), &member(30), &report, Duration::ZERO).await.unwrap();

    for line in [
        &["list"][..],
        &["list", "--kind", "delivery"],
        &["list", "--json"],
        &["show", "1"],
        &["show", "2"],
        &["show", "3"],
        &["show", "4"],
        &["show", "1", "--json"],
        &["export"],
        &["export", "--format", "csv"],
    ] {
        let (out, _) = cli(&store, line).await;
        assert!(!out.chars().any(is_hostile), "{line:?}: {out:?}");
        assert!(!out.lines().any(|l| l.starts_with("record      #666")), "{line:?}: {out}");
    }
    // JSON says exactly what was asked, all the same.
    let (json, _) = cli(&store, &["show", "1", "--json"]).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["question"], hostile);
    assert_eq!(json["citations"][0]["quote"], hostile);
    // One record a line, and no cell that a spreadsheet would run.
    let (csv, _) = cli(&store, &["export", "--format", "csv"]).await;
    assert_eq!(csv.lines().count(), 5);
    assert!(!csv.contains("\"=") && csv.contains("\"'=cmd"), "{csv}");
}

/// Counts lines and the longest write.
#[derive(Default)]
struct Tally {
    lines: usize,
    longest: usize,
}

impl io::Write for Tally {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
        self.longest = self.longest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader that has seen enough.
struct Gone;

impl io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

#[tokio::test]
async fn an_export_of_any_length_is_read_a_page_at_a_time() {
    let home = Home::new();
    let store = home.open().await;
    join_all((0..10_000).map(|_| ask(&store, "who?"))).await;
    let mut walk = Walk::begin(store.reader().await.unwrap(), Filter::default()).await.unwrap();
    // Written while it is walked: not part of it.
    ask(&store, "later?").await.unwrap();
    let mut next = 1;
    loop {
        let page = walk.next_page().await.unwrap();
        assert!(page.len() <= PAGE_MAX);
        if page.is_empty() {
            break;
        }
        for record in page {
            assert_eq!((record.id, record.entry.citations().len()), (next, 2));
            next += 1;
        }
    }
    assert_eq!(next, 10_001);

    let export = || Line::try_parse_from(["audit", "export"]).unwrap().command;
    let mut tally = Tally::default();
    run(export(), &store, at(NOON), &mut tally).await.unwrap();
    assert_eq!(tally.lines, 10_001);
    assert!(tally.longest < 10_000, "{} bytes at once", tally.longest);
    assert!(run(export(), &store, at(NOON), &mut Gone).await.unwrap());
}

#[tokio::test]
async fn a_walk_finds_the_few_among_the_many() {
    let home = Home::new();
    let store = home.open().await;
    join_all((0..2_500).map(|_| ask(&store, "who?"))).await;
    refuse(&store, "cooldown").await;
    let filter = Filter { kinds: Kinds::Only(Kind::Refusal), ..Filter::default() };
    let mut walk = Walk::begin(store.reader().await.unwrap(), filter).await.unwrap();
    assert_eq!(walk.next_page().await.unwrap().iter().map(|r| r.id).collect::<Vec<_>>(), [2_501]);
    assert_eq!(walk.next_page().await.unwrap(), []);
}

/// Not a test: prints how many durable records a second 64 concurrent callers get.
///
/// `cargo test --release --test audit -- --ignored --nocapture write_rate`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and asserts nothing that holds on every disk"]
async fn write_rate() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = Store::open(&format!("sqlite://{}/audit.db", folder.path().display())).await.unwrap();
    const CALLERS: usize = 64;
    const EACH: usize = 200;
    let start = Instant::now();
    let callers = (0..CALLERS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut slowest = Duration::ZERO;
            for _ in 0..EACH {
                let start = Instant::now();
                ask(&store, "what weapons did Iran seek?").await.unwrap();
                slowest = slowest.max(start.elapsed());
            }
            slowest
        })
    });
    let slowest = join_all(callers).await.into_iter().map(Result::unwrap).max().unwrap();
    let took = start.elapsed();
    let records = (CALLERS * EACH) as f64;
    println!(
        "{:.0} records a second with {CALLERS} callers: {records} in {took:?}, {} commits, slowest {slowest:?}",
        records / took.as_secs_f64(),
        store.commits()
    );
    let mut alone: Vec<Duration> = Vec::new();
    for _ in 0..500 {
        let start = Instant::now();
        ask(&store, "what weapons did Iran seek?").await.unwrap();
        alone.push(start.elapsed());
    }
    alone.sort_unstable();
    println!("alone: median {:?}, p99 {:?}", alone[250], alone[495]);
}
