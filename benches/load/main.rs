//! How does the bot fare under load, and over time? `cargo bench --bench load -- MODE`:
//!
//! | mode | what it does |
//! |---|---|
//! | `compare` | the bot and four bare ones in turns: latency at the same load, and the most that each takes |
//! | `compare MS` | the same on a disk that takes so many milliseconds longer to write something through; needs `strace` |
//! | `load` | 200,000 questions at the highest rate that the bot takes, and as many at twice that, with a reload a second |
//! | `start PASSAGES` | how long a start takes on a large corpus, anew and with the index that was kept |
//! | `soak MINUTES` | mixed traffic with faults and reloads: memory, files, threads, size of the store |
//!
//! All of it goes over the loopback Discord of `tests/support`, which runs in this process; the bot is the release
//! binary, in a process of its own. It runs in a temporary folder, so TMPDIR should lie on a disk: in memory a
//! durable write costs nothing. Nothing of this is measured in CI.

use std::time::Duration;

#[path = "../../tests/support/mod.rs"]
mod support;

#[path = "../../peers/src/corpus.rs"]
#[expect(dead_code, reason = "the comparison with other engines uses more of it")]
mod made_up;

mod bare;
mod compare;
mod crowd;
mod program;
mod records;
mod soak;
mod starting;
mod under_load;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime can be started");
    match arguments[..] {
        // Started by this very program, as the other bot.
        ["bare", origin, file, way, response] => {
            runtime.block_on(bare::serve(origin, file, way, response));
        }
        ["compare"] => runtime.block_on(compare::run(Duration::ZERO)),
        ["compare", ms] => {
            let ms: f64 = ms.parse().expect("a number of milliseconds");
            runtime.block_on(compare::run(Duration::from_secs_f64(ms / 1e3)));
        }
        ["load"] => runtime.block_on(under_load::run(under_load::ASKS)),
        ["load", asks] => runtime.block_on(under_load::run(asks.parse().expect("a number of questions"))),
        ["start", passages] => {
            runtime.block_on(starting::run(passages.parse().expect("a number of passages")))
        }
        ["soak", minutes] => runtime.block_on(soak::run(minutes.parse().expect("a number of minutes"))),
        // `cargo bench` runs this among the others: it takes too long to do so unasked.
        _ => println!("name a mode: compare, compare MS, load, start PASSAGES, or soak MINUTES"),
    }
}
