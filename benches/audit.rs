//! How fast is the audit store, and does it stay so? `cargo bench --bench audit` measures what docs/audit.md
//! says: it fills a store with a million records (`-- --records N` for another number) as the bot would, then
//! reads, searches, verifies and erases. `-- --store URL` uses a store of one's own, such as one of PostgreSQL.
//!
//! It runs in the target folder, which should lie on a disk: in memory a durable write costs nothing.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use footnote::answer::{Answer, AnswerParams, Question};
use footnote::app::{App, AppSettings};
use footnote::audit::{
    Asker, Delivery, Filter, Kinds, Order, Origin, Outcome, Page, Reader, Replay, Replayer, Store, verify,
};
use footnote::corpus;
use footnote::snapshot::Snapshot;
use jiff::{SignedDuration, Timestamp};

/// How many ask at the same time: so many answers share a commit.
const CALLERS: usize = 64;

/// How many people ask.
const PEOPLE: u64 = 20_000;

#[derive(Parser)]
struct Args {
    /// How many records the store is filled with
    #[arg(long, default_value_t = 1_000_000)]
    records: usize,
    /// Keep the store at this address, and use what is there
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() {
    let args = Args::parse();
    // `cargo test --all-targets` runs this, too, without the flag: nothing is measured then.
    if !args.bench {
        return;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    answering(folder.path()).await;

    let url = args.store.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("full.db").display()));
    let store = Store::open(&url).await.expect("a store");
    if store.reader().await.expect("a reader").newest_id().await.expect("a number") == 0 {
        fill(&store, args.records).await;
    }
    if let Ok(file) = std::fs::metadata(url.trim_start_matches("sqlite://")) {
        let (size, records) = (file.len(), args.records as u64);
        println!("size of the file: {:.0} MB, {} bytes a record", size as f64 / 1e6, size / records);
    }
    read(&store).await;

    timed("verify", async {
        let found = verify(&store, None, &|_, _| {}).await.expect("verified");
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        found.records
    })
    .await;
    for (name, guild) in [("report of 90 days", None), ("report of 90 days, a server", Some(3))] {
        timed(name, async {
            let span = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
            store.reader().await.expect("a reader").report(span, guild).await.expect("a report").asked
        })
        .await;
    }
    replay(&store).await;
    timed("erase one person", async {
        let (now, user) = (Timestamp::now(), 100_000 + PEOPLE / 2);
        store.erase_person(now, &Asker::terminal(), user).await.expect("erased").records
    })
    .await;
    if store.is_file() {
        timed("backup", async {
            store.backup(&folder.path().join("copy.db")).await.expect("copied");
            1
        })
        .await;
    }
    store.close().await;
    let start = Instant::now();
    let store = Store::open(&url).await.expect("a store");
    println!("{:<40} {:>10.1} ms", "open", start.elapsed().as_secs_f64() * 1e3);
    store.close().await;
}

fn corpus_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn member(n: u64) -> Asker {
    Asker {
        origin: Origin::Discord,
        guild: Some(n % 7),
        channel: Some(n % 31),
        user: Some(100_000 + n % PEOPLE),
    }
}

/// Answers and deliveries a second while questions are answered, each durable before it is shown.
async fn answering(folder: &Path) {
    let store = Store::open(&format!("sqlite://{}/asked.db", folder.display())).await.expect("a store");
    let settings = AppSettings {
        corpus_dir: corpus_dir(),
        params: AnswerParams::default(),
        clock: Arc::new(Timestamp::now),
        cache: None,
    };
    let app = tokio::task::spawn_blocking(move || App::start(settings, store, &())).await;
    let (app, _) = app.expect("no panic").expect("an app");
    let app = Arc::new(app);
    let questions: Arc<Vec<String>> =
        Arc::new(app.snapshot().corpus().questions().iter().map(|q| q.question.clone()).collect());
    let asked = Arc::new(AtomicUsize::new(0));
    const ASKS: usize = 10_000;
    let start = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (app, questions, asked) = (Arc::clone(&app), Arc::clone(&questions), Arc::clone(&asked));
            tokio::spawn(async move {
                let mut slowest = Duration::ZERO;
                loop {
                    let n = asked.fetch_add(1, Ordering::Relaxed);
                    if n >= ASKS {
                        return slowest;
                    }
                    let start = Instant::now();
                    let asker = member(n as u64);
                    let audited = app.ask(&asker, &questions[n % questions.len()]).await.expect("answered");
                    slowest = slowest.max(start.elapsed());
                    app.delivered(audited.id(), Delivery::Delivered { message: Some(1) }).await;
                }
            })
        })
        .collect();
    let mut slowest = Duration::ZERO;
    for caller in callers {
        slowest = slowest.max(caller.await.expect("no panic"));
    }
    let rate = 2.0 * ASKS as f64 / start.elapsed().as_secs_f64();
    println!("while answering: {rate:.0} durable records a second, slowest answer {slowest:?}");
    app.store().close().await;
}

/// Fills a store: answers and their deliveries by turns, over ninety days.
async fn fill(store: &Store, records: usize) {
    let corpus = corpus::load(&corpus_dir(), &()).expect("the shipped articles").corpus;
    let now = Timestamp::now();
    store.keep_corpus(now, &corpus).await.expect("kept");
    let questions: Vec<String> = corpus.questions().iter().map(|q| q.question.clone()).collect();
    let snapshot = Snapshot::build(corpus);
    let answers: Vec<Answer> = questions
        .iter()
        .map(|text| snapshot.answer(&Question::new(text).expect("a question"), &AnswerParams::default()))
        .collect();
    let answers = Arc::new(answers);
    let asks = records / 2;
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let callers: Vec<_> = (0..4 * CALLERS)
        .map(|_| {
            let (store, answers, next) = (store.clone(), Arc::clone(&answers), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= asks {
                        return;
                    }
                    let age = SignedDuration::from_secs((90 * 86_400 * (asks - n) / asks) as i64);
                    let at = now.saturating_sub(age).expect("a time");
                    let asker = member((n as u64).wrapping_mul(7_919));
                    let params = AnswerParams::default();
                    let answer = answers[n % answers.len()].clone();
                    let took = Duration::from_micros(900 + n as u64 % 700);
                    let written =
                        store.record_answer(at, &asker, answer, &params, took).await.expect("written");
                    let delivery = Delivery::Delivered { message: Some(n as u64) };
                    store.record_delivery(at, written.id(), &delivery).await.expect("written");
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("no panic");
    }
    let rate = (2 * asks) as f64 / start.elapsed().as_secs_f64();
    println!("filled with {} records, {rate:.0} a second with {} callers", 2 * asks, 4 * CALLERS);
}

async fn read(store: &Store) {
    let filters = [
        ("list, the newest 50", Filter { kinds: Kinds::AllButDeliveries, ..Filter::default() }),
        ("list of a server", Filter { guild: Some(3), ..Filter::default() }),
        ("list of a person", Filter { user: Some(100_000 + 7), ..Filter::default() }),
        ("list, unanswered", Filter { decision: Some(Outcome::NotFound), ..Filter::default() }),
        ("search, a common word", Filter { words: Some("iran".to_owned()), ..Filter::default() }),
        ("search, three words", Filter { words: Some("price brent oil".to_owned()), ..Filter::default() }),
        ("search, nothing found", Filter { words: Some("zeppelin".to_owned()), ..Filter::default() }),
    ];
    for (name, filter) in filters {
        timed(name, async {
            let page = Page { order: Order::NewestFirst, after: None, limit: 50 };
            let mut reader: Reader = store.reader().await.expect("a reader");
            reader.records(&filter, page).await.expect("records").len() as u64
        })
        .await;
    }
}

/// Asks some thousand questions again.
async fn replay(store: &Store) {
    let mut reader = store.reader().await.expect("a reader");
    let page = Page { order: Order::OldestFirst, after: None, limit: 1_000 };
    let filter = Filter { kinds: Kinds::Only(footnote::audit::Kind::Ask), ..Filter::default() };
    let records = reader.records(&filter, page).await.expect("records");
    let mut replayer = Replayer::new(reader);
    timed("replay", async {
        for record in &records {
            assert_eq!(replayer.replay(&record.entry).await.expect("replayed"), Replay::Identical);
        }
        records.len() as u64
    })
    .await;
}

async fn timed(name: &str, work: impl Future<Output = u64>) {
    let start = Instant::now();
    let records = work.await;
    println!("{name:<40} {:>10.1} ms  {records} records", start.elapsed().as_secs_f64() * 1e3);
}
