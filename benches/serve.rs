//! How fast and how small is the whole program? `cargo bench --bench serve` measures what README.md says:
//!
//! - `ask` on the shipped corpus as a whole process: wall time and memory;
//! - `serve` on it, connected to the loopback Discord of the tests: memory while idle, and after all questions;
//! - the time from a question leaving that server to the reply arriving there, one question after the other,
//!   each written to SQLite on disk twice on the way (the answer and its delivery).
//!
//! The program measured is the release binary. It runs in a temporary folder, so TMPDIR should lie on a disk:
//! in memory a durable write costs nothing.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use footnote::eval::metrics::{milliseconds, percentile};
use support::{ADA, Bot, Discord, HOME};

/// The question of the README.
const QUESTION: &str = "what weapons did Iran seek?";

/// How often `ask` is run.
const RUNS: usize = 30;

/// How many questions the bot is asked.
const ASKS: usize = 1000;

/// Asked before, and not counted: the first statements are prepared, the first pages of memory touched.
const WARM_UP: usize = 20;

fn main() {
    // `cargo test --all-targets` runs this, too, without the flag: nothing is measured then.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("{:<46} {:>10} {:>10}", "", "measured", "target");
    ask();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime can be started").block_on(serve());
}

/// `footnote ask`, as a whole process.
fn ask() {
    let folder = Bot::folder();
    run(folder.path());
    let times: Vec<Duration> = (0..RUNS).map(|_| run(folder.path())).collect();
    let peaks: Vec<u64> = (0..RUNS).map(|_| peak_kib(folder.path())).collect();
    row("ask: median time of a process", ms(percentile(0.5, &times)), "50 ms");
    row("ask: longest", ms(times.iter().max().copied()), "");
    row("ask: peak memory", mb(peaks.iter().max().copied()), "40 MB");
}

/// Runs it once and tells how long that took.
fn run(folder: &Path) -> Duration {
    let start = Instant::now();
    let status = start_ask(folder).wait().expect("the program can be waited for");
    let took = start.elapsed();
    assert!(status.success(), "`ask` found no answer");
    took
}

/// Runs it once and tells how much memory it took at most: by looking again and again, since the system
/// forgets the number with the end of the process.
fn peak_kib(folder: &Path) -> u64 {
    let mut child = start_ask(folder);
    let mut peak = 0;
    while child.try_wait().expect("the program can be waited for").is_none() {
        peak = memory_kib(child.id(), "VmHWM").unwrap_or(peak);
    }
    peak
}

fn start_ask(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_footnote"));
    command.args(["ask", QUESTION]).current_dir(folder).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.spawn().expect("the program can be started")
}

/// `footnote serve`, connected to the loopback Discord.
async fn serve() {
    let discord = Discord::start().await;
    let bot = Bot::start(&discord, &[("ASK_COOLDOWN_S", "0")]).await;
    let idle = memory_kib(bot.id(), "VmRSS");
    row("serve: memory while idle", mb(idle), "60 MB");

    let questions = questions();
    let ada = discord.guild(HOME).member(ADA);
    for question in questions.iter().cycle().take(WARM_UP) {
        ada.slash("ask", [("question", question.as_str())]).await;
    }
    let warm_up = discord.latencies();
    for question in questions.iter().cycle().take(ASKS) {
        ada.slash("ask", [("question", question.as_str())]).await;
    }
    let latencies = without(discord.latencies(), warm_up);
    assert_eq!(latencies.len(), ASKS);
    row("serve: question to reply, median", ms(percentile(0.5, &latencies)), "5 ms");
    row("serve: question to reply, 99th percentile", ms(percentile(0.99, &latencies)), "25 ms");
    row("serve: memory after 1,000 questions", mb(memory_kib(bot.id(), "VmRSS")), "");
}

/// The golden questions of the shipped corpus.
fn questions() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/questions.jsonl");
    let (questions, _) = footnote::corpus::read_questions(&path).expect("the questions can be read");
    questions.into_iter().map(|golden| golden.question).collect()
}

/// `all` but those of `some`, which are among them.
fn without(mut all: Vec<Duration>, some: Vec<Duration>) -> Vec<Duration> {
    for one in some {
        let at = all.iter().position(|other| *other == one);
        all.swap_remove(at.expect("what was measured once is measured for good"));
    }
    all
}

/// A line of `/proc/PID/status` in KiB; `None` where the process has ended, and on systems without it.
fn memory_kib(process: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn ms(time: Option<Duration>) -> String {
    time.map_or("-".to_owned(), |time| format!("{:.1} ms", milliseconds(time)))
}

fn mb(kib: Option<u64>) -> String {
    kib.map_or("-".to_owned(), |kib| format!("{:.1} MB", kib as f64 * 1024.0 / 1e6))
}

fn row(what: &str, measured: String, target: &str) {
    println!("{what:<46} {measured:>10} {target:>10}");
}
