//! Do the records say what was shown, and was all shown that they say? By the program's own `audit` commands.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::crowd::Seen;

/// As much of a record as is looked at.
#[derive(Deserialize)]
struct Record {
    id: u64,
    kind: String,
    decision: String,
    reason: Option<String>,
    of: Option<u64>,
    message: Option<String>,
}

/// What the records hold.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records by kind, decision, and reason of a refusal.
    pub counts: BTreeMap<String, usize>,
    /// Answers that were seen and of which there is no record.
    pub unrecorded: usize,
    /// Answers that were seen, and on record as not delivered.
    pub seen_yet_failed: usize,
    /// Answers that are on record as delivered, and were not seen.
    pub delivered_yet_unseen: usize,
    /// Records of answers of whose delivery nothing is known.
    pub undelivered: usize,
}

fn footnote(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_footnote"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// What `footnote audit verify` prints; whether it is satisfied.
pub fn verify(folder: &Path) -> (bool, String) {
    let output = footnote(folder, &["audit", "verify"]).output().expect("the program can be run");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Holds the records against the answers that were seen.
pub fn tally(folder: &Path, seen: &[Seen]) -> Tally {
    let mut export = footnote(folder, &["audit", "export"]);
    let mut export = export.stdout(Stdio::piped()).spawn().expect("the program can be started");
    let output = export.stdout.take().expect("its output is a pipe");
    let mut tally = Tally::default();
    let mut asks = BTreeSet::new();
    let mut deliveries: BTreeMap<u64, (bool, Option<u64>)> = BTreeMap::new();
    for line in BufReader::new(output).lines() {
        let record: Record = serde_json::from_str(&line.expect("UTF-8")).expect("a record");
        let reason = record.reason.filter(|_| record.kind == "refusal").unwrap_or_default();
        let name = format!("{} {} {reason}", record.kind, record.decision);
        *tally.counts.entry(name.trim_end().to_owned()).or_default() += 1;
        match (record.kind.as_str(), record.of) {
            ("ask", _) => drop(asks.insert(record.id)),
            ("delivery", Some(of)) => {
                let message = record.message.and_then(|message| message.parse().ok());
                deliveries.insert(of, (record.decision == "delivered", message));
            }
            _ => {}
        }
    }
    assert!(export.wait().expect("it can be waited for").success(), "the records cannot be exported");
    for (message, record) in seen {
        match deliveries.get(record) {
            _ if !asks.contains(record) => tally.unrecorded += 1,
            Some((true, told)) if told.is_none_or(|told| told == *message) => {}
            Some(_) => tally.seen_yet_failed += 1,
            None => {}
        }
    }
    let shown: BTreeSet<u64> = seen.iter().map(|(_, record)| *record).collect();
    assert_eq!(shown.len(), seen.len(), "two answers name the same record");
    let unseen = deliveries.iter().filter(|(of, (delivered, _))| *delivered && asks.contains(of));
    tally.delivered_yet_unseen = unseen.filter(|(of, _)| !shown.contains(of)).count();
    tally.undelivered = asks.iter().filter(|ask| !deliveries.contains_key(ask)).count();
    tally
}
