//! How does Footnote's index compare with its peers? On one made-up corpus, in one process, the engines taking
//! turns: build, size, time of a search for the best ten, and whether they find the same.
//!
//! `cargo run --profile peers -p peers [PASSAGES]...`; by default 10,000, 100,000 and 1,000,000 passages. With
//! `memory PASSAGES`, what a process takes that holds the corpus and Footnote's index and nothing else; with
//! `reload FILES`, how long a load takes, cold and after one file changed.

mod corpus;
mod engines;
mod reload;

use std::time::{Duration, Instant};

use corpus::Zipf;
use engines::{Crate, K, Tantivy, Top, ours};
use footnote::corpus::{Corpus, Language};
use footnote::search::{Analyzer, Searchable};

/// Questions, and how often each is asked of the fast engines.
const QUESTIONS: usize = 1000;
const ROUNDS: usize = 5;

/// The commonest words, left out of the second kind of questions, stand for those that say nothing, as `the`.
const COMMONEST: usize = 30;

/// The crate `bm25` takes a second a question at a million passages: it is asked few, and of no more than this.
const CRATE_QUESTIONS: usize = 20;
const CRATE_PASSAGES_MAX: usize = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers = || arguments.iter().filter_map(|argument| argument.parse().ok());
    let zipf = Zipf::new();
    if arguments.first().is_some_and(|first| first == "memory") {
        return memory(&zipf, numbers().next().unwrap_or(1_000_000));
    }
    if arguments.first().is_some_and(|first| first == "reload") {
        return reload::reload(&zipf, numbers().next().unwrap_or(10_000));
    }
    let mut sizes: Vec<usize> = numbers().collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000];
    }
    println!("| passages | | Footnote | tantivy | ratio | bm25 crate |\n|---|---|---|---|---|---|");
    for passages in sizes {
        compare(&zipf, passages);
    }
}

/// One corpus, all engines.
fn compare(zipf: &Zipf, passages: usize) {
    let corpus = zipf.corpus(passages);
    let bytes: usize = corpus.articles().iter().map(|article| article.text.len()).sum();
    let analyzer = Analyzer::new(Language::English);
    let written = |commonest: usize| -> Vec<String> {
        zipf.questions(QUESTIONS, commonest).iter().map(|words| words.join(" ")).collect()
    };
    let terms = |written: &[String]| -> Vec<Vec<String>> {
        let terms =
            |question: &String| analyzer.tokens(question).into_iter().map(|token| token.term).collect();
        written.iter().map(terms).collect()
    };
    let written_any = written(0);
    let questions = terms(&written_any);

    let (searchable, one_thread) = timed(|| with_threads(1, || Searchable::build(&corpus)));
    drop(searchable);
    let (searchable, two_threads) = timed(|| with_threads(2, || Searchable::build(&corpus)));
    let (tantivy, theirs) = timed(|| Tantivy::build(&corpus).expect("tantivy builds"));
    row(passages, "text", &format!("{:.1} MB", bytes as f64 / 1e6), "", "");
    let ratio = |ours: Duration| times(theirs, ours);
    row(passages, "build, one thread", &seconds(one_thread), &seconds(theirs), &ratio(one_thread));
    row(passages, "build, two threads", &seconds(two_threads), &seconds(theirs), &ratio(two_threads));

    let (ours_took, theirs_took, share) = race(&searchable, &tantivy, &questions);
    let crate_took = against_the_crate(&corpus, &searchable, &written_any, &questions);
    let postings = searchable.index.posting_count() as f64;
    let size = |bytes: f64| format!("{:.2}", bytes / postings);
    let (ours_size, theirs_size) = (searchable.index.bytes() as f64, tantivy.bytes as f64);
    row(
        passages,
        "bytes a posting",
        &size(ours_size),
        &size(theirs_size),
        &format!("{:.2}", ours_size / theirs_size),
    );
    searches(passages, "", &ours_took, &theirs_took, crate_took);
    let share = format!("{:.1} %", 100.0 * share);
    row(passages, "top ten in common (tantivy rounds lengths)", "", &share, "");
    let (ours_took, theirs_took, _) = race(&searchable, &tantivy, &terms(&written(COMMONEST)));
    searches(passages, ", without common words", &ours_took, &theirs_took, None);
}

/// Asks the questions of both in turns: how long each took, and the share of what is found that both find. A question
/// counts with the best of its rounds, so that what else runs on the machine counts for less.
fn race(
    searchable: &Searchable,
    tantivy: &Tantivy,
    questions: &[Vec<String>],
) -> (Vec<Duration>, Vec<Duration>, f64) {
    let mut ours_took = vec![Duration::MAX; questions.len()];
    let mut theirs_took = ours_took.clone();
    let mut overlap = 0;
    let mut found = 0;
    for round in 0..ROUNDS {
        for (terms, best) in questions.iter().zip(&mut ours_took) {
            let (top, took) = timed(|| ours(searchable, terms, K));
            *best = took.min(*best);
            if round == 0 {
                assert_eq!(top, exhaustive(searchable, terms), "{terms:?}");
            }
        }
        for (terms, best) in questions.iter().zip(&mut theirs_took) {
            let (top, took) = timed(|| tantivy.search(terms));
            *best = took.min(*best);
            if round == 0 {
                let ours = ours(searchable, terms, K);
                found += top.len();
                overlap += top.iter().filter(|(id, _)| ours.iter().any(|(other, _)| other == id)).count();
            }
        }
    }
    (ours_took, theirs_took, overlap as f64 / found.max(1) as f64)
}

/// The rows of how long searches took, of which all `name` is told beside.
fn searches(
    passages: usize,
    name: &str,
    ours: &[Duration],
    theirs: &[Duration],
    of_crate: Option<Vec<Duration>>,
) {
    let total = |all: &[Duration]| all.iter().sum::<Duration>();
    let a_second = |all: &[Duration]| format!("{:.0}", all.len() as f64 / total(all).as_secs_f64());
    let ratio = times(total(theirs), total(ours));
    row(passages, &format!("searches a second{name}"), &a_second(ours), &a_second(theirs), &ratio);
    for (percentile, share) in [("p50", 0.5), ("p99", 0.99)] {
        let at = |all: &[Duration]| {
            let mut all = all.to_vec();
            all.sort_unstable();
            all.get((all.len().saturating_sub(1) as f64 * share) as usize).copied()
        };
        let (ours, theirs) = (at(ours).unwrap_or_default(), at(theirs).unwrap_or_default());
        let ratio = format!("{:.3}", ours.as_secs_f64() / theirs.as_secs_f64());
        let of_crate = of_crate.as_deref().and_then(at).map(micros).unwrap_or_default();
        let what = format!("{percentile}{name}");
        println!("| {passages} | {what} | {} | {} | {ratio} | {of_crate} |", micros(ours), micros(theirs));
    }
}

/// The best ten by adding up every posting.
fn exhaustive(searchable: &Searchable, terms: &[String]) -> Top {
    let mut top = ours(searchable, terms, usize::MAX);
    top.truncate(K);
    top
}

/// Asks the crate, checks that it finds the same, and tells how long it took.
fn against_the_crate(
    corpus: &Corpus,
    searchable: &Searchable,
    written: &[String],
    questions: &[Vec<String>],
) -> Option<Vec<Duration>> {
    if corpus.articles().len() > CRATE_PASSAGES_MAX {
        return None;
    }
    let peer = Crate::build(corpus);
    let mut all = Vec::new();
    for (question, terms) in written.iter().zip(questions).take(CRATE_QUESTIONS) {
        let (top, took) = timed(|| peer.search(question));
        all.push(took);
        let ours = ours(searchable, terms, K);
        assert_eq!(ours.len(), top.len(), "{question}");
        for ((_, ours), (_, theirs)) in ours.iter().zip(&top) {
            assert!((ours - theirs).abs() <= 1e-5 * ours, "{question}: {ours} {theirs}");
        }
    }
    Some(all)
}

/// What a process takes that holds text and index.
fn memory(zipf: &Zipf, passages: usize) {
    let corpus = zipf.corpus(passages);
    let text: usize = corpus.articles().iter().map(|article| article.text.len()).sum();
    let show = |what: &str, bytes: u64| {
        println!("{what}: {:.0} MB, {:.2} x the text", bytes as f64 / 1e6, bytes as f64 / text as f64);
    };
    show("text", text as u64);
    show("articles: process so far", status("VmHWM"));
    let searchable = with_threads(2, || Searchable::build(&corpus));
    show("inverted index", searchable.index.bytes() as u64);
    show("forward index", searchable.forward.bytes() as u64);
    show("process at its end", status("VmRSS"));
    show("process at its peak", status("VmHWM"));
}

/// A line of `/proc/self/status`, in bytes; 0 on systems without it.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be started").install(work)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn row(passages: usize, what: &str, ours: &str, theirs: &str, ratio: &str) {
    println!("| {passages} | {what} | {ours} | {theirs} | {ratio} | |");
}

fn times(theirs: Duration, ours: Duration) -> String {
    format!("{:.1}x", theirs.as_secs_f64() / ours.as_secs_f64())
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
