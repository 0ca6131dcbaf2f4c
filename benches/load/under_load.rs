//! Very many questions, as fast as they are answered and then twice as fast, with a reload a second meanwhile.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use footnote::eval::metrics::{milliseconds, percentile};

use crate::crowd::{Crowd, Pace, Round, guilds};
use crate::program::{Program, signal, taken};
use crate::records;
use crate::support::Discord;

/// How many questions are asked at each of the two rates.
pub const ASKS: usize = 200_000;

/// How many wait at a time where as many are asked as are answered.
const WAITING: usize = 64;

/// Memory is looked at from this share of the questions on: before, caches fill.
const WARM: f64 = 0.1;

/// Measures, and prints tables.
pub async fn run(asks: usize) {
    let discord = Discord::setup().guilds(guilds()).start().await;
    let program = Program::footnote(&discord, &[]).await;
    let mut crowd = Crowd::gather(&discord);
    let watch = Watch::begin(&program);

    let full = crowd.ask(asks, Pace::Waiting(WAITING)).await;
    let memory = watch.memory();
    report("as fast as they are answered", &full, &memory);
    let rate = 2.0 * full.throughput();
    let double = crowd.ask(asks, Pace::PerSecond(rate)).await;
    report("twice as fast", &double, &watch.memory()[memory.len()..]);
    // What was refused leaves nothing behind: the next question is answered.
    let after = crowd.ask(1, Pace::Waiting(1)).await;
    println!("then one more: {} answered", after.latencies.len());

    let reloads = watch.end();
    let complaints = program.complaints();
    let folder = program.stop();
    println!("\nreloads asked for: {reloads}");
    println!("complaints in the log: {}; the first: {:#?}", complaints.len(), complaints.iter().take(5));
    println!("violations: {:?}", discord.take_violations().iter().take(5).collect::<Vec<_>>());
    println!("the store: {} MB", megabytes(&folder.path().join("data")));
    let (is_whole, verified) = records::verify(folder.path());
    println!("audit verify: {verified} ({is_whole})");
    let tally = records::tally(folder.path(), &crowd.seen);
    println!("answers seen: {}; {tally:#?}", crowd.seen.len());
}

fn report(name: &str, round: &Round, memory: &[(Duration, u64)]) {
    let time = |share: f64, of: &[Duration]| percentile(share, of).map_or(f64::NAN, milliseconds);
    println!("\n## {name}\n");
    println!("asked {} in {:.0} s ({:.0}/s)", round.asked, round.asking.as_secs_f64(), round.offered());
    println!(
        "answered {} ({:.0}/s), {} of them announced first; refused {}; neither {}",
        round.latencies.len(),
        round.throughput(),
        round.announced,
        round.refusals.len(),
        round.lost()
    );
    for (name, of) in [("answer", &round.latencies), ("refusal", &round.refusals)] {
        let [p50, p90, p99, p999] = [0.5, 0.9, 0.99, 0.999].map(|share| time(share, of));
        println!("{name}: p50 {p50:.1} ms, p90 {p90:.1} ms, p99 {p99:.1} ms, p99.9 {p999:.1} ms");
    }
    growth("without the first tenth", after(memory, WARM));
    growth("in the second half", after(memory, 0.5));
    let line: Vec<String> = memory
        .iter()
        .step_by((memory.len() / 20).max(1))
        .map(|(_, kib)| format!("{:.0}", mb(*kib)))
        .collect();
    println!("memory over time, MB: {}", line.join(" "));
}

/// What was measured after this share of the time.
fn after(memory: &[(Duration, u64)], share: f64) -> &[(Duration, u64)] {
    memory.get((memory.len() as f64 * share) as usize..).unwrap_or_default()
}

/// Prints how much memory grew.
fn growth(when: &str, memory: &[(Duration, u64)]) {
    // Means of the first and the last tenth, since a moment says little.
    let mean = |part: &[(Duration, u64)]| part.iter().map(|(_, kib)| *kib).sum::<u64>() / part.len() as u64;
    let tenth = (memory.len() / 10).max(1);
    if let (Some(first), Some(last)) = (memory.get(..tenth), memory.get(memory.len().saturating_sub(tenth)..))
    {
        let most = memory.iter().map(|(_, kib)| *kib).max().unwrap_or(0);
        let (first, last) = (mb(mean(first)), mb(mean(last)));
        println!(
            "memory {when}: {first:.1} MB at the beginning, {last:.1} MB at the end ({:+.1} %), {:.1} MB at most",
            (last / first - 1.0) * 100.0,
            mb(most)
        );
    }
}

fn mb(kib: u64) -> f64 {
    kib as f64 * 1024.0 / 1e6
}

/// Looks at the memory, and has the corpus reloaded, each second.
struct Watch {
    is_over: Arc<AtomicBool>,
    memory: Arc<Mutex<Vec<(Duration, u64)>>>,
    thread: std::thread::JoinHandle<usize>,
}

impl Watch {
    fn begin(program: &Program) -> Watch {
        let (process, article) = (program.id(), program.folder().join("corpus/changing.md"));
        let (is_over, memory) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (over, samples) = (Arc::clone(&is_over), Arc::clone(&memory));
        let thread = std::thread::spawn(move || {
            let start = Instant::now();
            let mut reloads = 0;
            while !over.load(Ordering::Relaxed) {
                let now = (start.elapsed(), taken(process).memory_kib);
                samples.lock().expect("nobody panics with it").push(now);
                reloads += 1;
                let text =
                    format!("# The harbour\n\nBy noon on day {reloads} the harbour held {reloads} ships.\n");
                std::fs::write(&article, text).expect("the article can be written");
                signal(process, "HUP");
                let next = Duration::from_secs(reloads as u64);
                std::thread::sleep(next.saturating_sub(start.elapsed()));
            }
            reloads
        });
        Watch { is_over, memory, thread }
    }

    fn memory(&self) -> Vec<(Duration, u64)> {
        self.memory.lock().expect("nobody panics with it").clone()
    }

    /// Stops; gives back how many reloads were asked for.
    fn end(self) -> usize {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().expect("the watch does not panic")
    }
}

/// The size of all files in a folder.
pub fn megabytes(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum::<u64>() / 1_000_000
}
