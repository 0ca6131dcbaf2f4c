//! A program that is killed under load loses no answer that was shown, and leaves the chain whole.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use footnote::audit::verify;

use crate::*;

on_each_store!(no_answer_that_was_shown_is_lost_when_the_program_is_killed,);

/// How many questions each process is given; it is killed before it has answered all of them.
const QUESTIONS: usize = 40;

/// How often processes are killed; KILL_ROUNDS says otherwise.
const ROUNDS: usize = 3;

fn question(round: usize, process: usize, n: usize) -> String {
    format!("what weapons did Iran seek {round}x{process}x{n}?")
}

/// A chat that has been asked everything.
fn chat(home: &Home, round: usize, process: usize) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_footnote"))
        .args(["chat", "--corpus", concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")])
        .current_dir(home.folder.path())
        .env("AUDIT_URL", home.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let questions: String = (0..QUESTIONS).map(|n| question(round, process, n) + "\n").collect();
    child.stdin.as_mut().unwrap().write_all(questions.as_bytes()).unwrap();
    child
}

/// Kills it once it has shown so many answers, and counts those that it has shown by then.
fn kill_after(mut child: Child, answers: usize) -> usize {
    let mut shown = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The last line of each answer.
        shown += usize::from(line.unwrap() == "5 articles");
        if shown == answers {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    shown
}

/// `KILL_ROUNDS=100 cargo test --release --test audit killed` kills two hundred.
async fn no_answer_that_was_shown_is_lost_when_the_program_is_killed(on: On) {
    let rounds = std::env::var("KILL_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let home = Home::on(on).await;
    let mut shown: Vec<String> = Vec::new();
    for round in 0..rounds {
        // Two at a time on one store, so that they wait for each other, too.
        let killed: Vec<_> = (0..2)
            .map(|process| {
                let child = chat(&home, round, process);
                std::thread::spawn(move || kill_after(child, 1 + (round * 5 + process * 3) % 17))
            })
            .collect();
        for (process, killed) in killed.into_iter().enumerate() {
            shown.extend((0..killed.join().unwrap()).map(|n| question(round, process, n)));
        }
    }
    assert!(shown.len() >= 2 * rounds, "{} answers in {rounds} rounds", shown.len());
    let store = home.open().await;
    let mut recorded = HashSet::new();
    let mut walk = Walk::begin(store.reader().await.unwrap(), Filter::default()).await.unwrap();
    loop {
        let page = walk.next_page().await.unwrap();
        if page.is_empty() {
            break;
        }
        recorded.extend(page.into_iter().filter_map(|record| record.entry.question));
    }
    let lost: Vec<&String> = shown.iter().filter(|question| !recorded.contains(*question)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let found = verify(&store, None, &|_, _| {}).await.unwrap();
    assert_eq!((found.faults, found.corpora), (vec![], 1));
    println!("{} processes killed, {} answers shown, {} records", 2 * rounds, shown.len(), found.records);
}
