//! How long does the bot take from its start until it is connected, on a large corpus: where everything is made anew,
//! and where the index was kept by the start before?

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::made_up::Zipf;
use crate::program::{Program, Taken, taken};
use crate::support::Discord;

/// Passages in a file of JSON lines.
const OF_FILE: usize = 50_000;

/// How often it is looked whether something happened.
const LOOK: Duration = Duration::from_millis(20);

/// Measures a corpus of so many made-up passages, and prints a table.
pub async fn run(passages: usize) {
    let mut folder = tempfile::tempdir().expect("a temporary folder can be made");
    let bytes = write(&folder.path().join("corpus"), passages);
    println!("{passages} passages, {:.0} MB of text\n", bytes as f64 / 1e6);
    println!("| start | connected after | memory then | most memory |\n|---|---|---|---|");
    for what in ["anew", "with the kept index", "with the kept index"] {
        let discord = Discord::start().await;
        let start = Instant::now();
        let program = Program::footnote_in(folder, &discord, &[]);
        while !program.log().contains("the corpus is loaded") {
            tokio::time::sleep(LOOK).await;
        }
        program.connected(&discord).await;
        let took = start.elapsed();
        let Taken { memory_kib, memory_most_kib, .. } = taken(program.id());
        let megabytes = |kib: u64| kib as f64 * 1024.0 / 1e6;
        println!(
            "| {what} | {:.1} s | {:.0} MB | {:.0} MB |",
            took.as_secs_f64(),
            megabytes(memory_kib),
            megabytes(memory_most_kib)
        );
        while !program.folder().join("data/index.cache").exists() {
            tokio::time::sleep(LOOK).await;
        }
        folder = program.stop();
    }
}

/// Writes the passages, some at a time; the bytes of their texts.
fn write(folder: &Path, passages: usize) -> usize {
    fs::create_dir_all(folder).expect("a folder can be made");
    let zipf = Zipf::new();
    let mut bytes = 0;
    for first in (0..passages).step_by(OF_FILE) {
        let file = File::create(folder.join(format!("{first:08}.jsonl"))).expect("a file can be made");
        let mut file = BufWriter::new(file);
        for article in zipf.passages(first..passages.min(first + OF_FILE)) {
            bytes += article.text.len();
            let line = json!({"id": article.id, "text": article.text, "language": "en"});
            writeln!(file, "{line}").expect("the file can be written");
        }
    }
    bytes
}
