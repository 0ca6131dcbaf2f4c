//! `footnote audit verify`, `head`, `replay` and `backup`: that the records are what was written, and that the
//! answers are what the program gives.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::when::When;
use super::{json_line, parse_id};
use crate::audit::{
    Difference, Filter, Head, Kind, Kinds, Record, RecordId, Replay, Replayer, Store, StoreError,
    Verification, Walk, verify,
};
use crate::cli::escape::{terminal, terminal_cut};
use crate::cli::progress::Progress;
use crate::cli::render::counted;
use crate::corpus::Digest;

/// How much of a value that differs is shown, in characters.
const DIFFERENCE_CHARS_MAX: usize = 300;

/// `footnote audit verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A hash that `audit head` once gave: the record that had it must still be in the chain
    #[arg(long, value_name = "HASH", value_parser = parse_hash)]
    head: Option<Digest>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// `footnote audit head`.
#[derive(Debug, clap::Args)]
pub struct HeadArgs {
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// `footnote audit replay`.
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// The number below an answer, such as 1234
    #[arg(value_name = "ID", value_parser = parse_id, required_unless_present = "all", conflicts_with = "all")]
    id: Option<RecordId>,
    /// Every question that can be asked again
    #[arg(long)]
    all: bool,
    /// With --all: only those from this time on, as in `audit list`
    #[arg(long, value_name = "TIME", requires = "all")]
    since: Option<When>,
    /// JSON objects, one a record
    #[arg(long)]
    json: bool,
}

/// `footnote audit backup`.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The file to make; it must not exist yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// 64 hexadecimal digits, with or without the number that `audit head` prints before them.
fn parse_hash(text: &str) -> Result<Digest, String> {
    let hash = text.split_whitespace().last().unwrap_or_default();
    hash.parse()
        .map_err(|_| "a hash has 64 hexadecimal digits, as `footnote audit head` prints them".to_owned())
}

pub(super) async fn run_verify(args: VerifyArgs, store: &Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let progress = Progress::records();
    let found = verify(store, args.head, &|done, total| progress.update(done, total)).await?;
    drop(progress);
    if args.json {
        writeln!(out, "{}", json_line(&verification_json(&found))?)?;
    } else {
        out.write_all(verification(&found).as_bytes())?;
    }
    out.flush()?;
    Ok(found.faults.is_empty())
}

fn verification(found: &Verification) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&terminal(&line));
        text.push('\n');
    };
    if found.faults.is_empty() {
        line(format!("the chain is whole: {} records, each as it was written", found.records));
    } else {
        line(format!(
            "the chain is broken: {} in {}",
            counted(found.fault_count, "fault"),
            counted(found.records as usize, "record")
        ));
    }
    found.faults.iter().for_each(|fault| line(fault.what.clone()));
    if found.fault_count > found.faults.len() {
        line(format!("and {} more", found.fault_count - found.faults.len()));
    }
    if found.erased > 0 {
        line(format!("erased, as erasures on record say: parts of {} records", found.erased));
    }
    if found.corpora > 0 {
        line(format!("corpora kept, each as it was loaded: {}", found.corpora));
    }
    if let Some((id, at)) = found.chained_later {
        line(format!(
            "the records up to #{id} were chained at {at}: what was done to them before cannot be seen"
        ));
    }
    if let Some(head) = found.head {
        line(format!("head: {head}"));
    }
    text
}

fn verification_json(found: &Verification) -> Value {
    json!({
        "ok": found.faults.is_empty(),
        "records": found.records,
        "head": found.head.map(head_json),
        "erased": found.erased,
        "corpora": found.corpora,
        "chained_later": found.chained_later.map(|(id, at)| json!({ "id": id, "time": at.to_string() })),
        "fault_count": found.fault_count,
        "faults": found.faults.iter().map(|f| json!({ "at": f.at, "what": f.what })).collect::<Vec<_>>(),
    })
}

fn head_json(head: Head) -> Value {
    json!({ "id": head.id, "hash": head.hash.to_string() })
}

pub(super) async fn head(args: HeadArgs, store: &Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let Some(head) = store.reader().await?.head().await? else {
        eprintln!("the audit store holds no record yet");
        return Ok(false);
    };
    if args.json {
        writeln!(out, "{}", json_line(&head_json(head))?)?;
    } else {
        writeln!(out, "{head}")?;
    }
    out.flush()?;
    Ok(true)
}

pub(super) async fn replay(
    args: ReplayArgs,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let mut replayer = Replayer::new(store.reader().await?);
    let Some(id) = args.id else { return replay_all(args, store, now, replayer, out).await };
    let record = match replayer.record(id).await {
        Err(error @ StoreError::NotFound { .. }) => {
            eprintln!("{error}");
            return Ok(false);
        }
        record => record?,
    };
    let replayed = replayer.replay(&record.entry).await?;
    if args.json {
        writeln!(out, "{}", json_line(&replay_json(&record, &replayed))?)?;
    } else {
        out.write_all(replay_text(&record, &replayed).as_bytes())?;
    }
    out.flush()?;
    Ok(replayed == Replay::Identical)
}

/// Asks every question again that can be; it went well where none has another answer.
async fn replay_all(
    args: ReplayArgs,
    store: &Store,
    now: Timestamp,
    mut replayer: Replayer,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let since = args.since.map(|since| since.begin(now));
    let filter = Filter { since, kinds: Kinds::Only(Kind::Ask), ..Filter::default() };
    let newest = store.reader().await?.head().await?.map_or(0, |head| head.id);
    let progress = Progress::questions();
    let mut walk = Walk::begin(store.reader().await?, filter).await?;
    let (mut identical, mut different, mut obstacles) = (0u64, 0u64, BTreeMap::<&str, u64>::new());
    loop {
        let records = walk.next_page().await?;
        if records.is_empty() {
            break;
        }
        for record in &records {
            let replayed = replayer.replay(&record.entry).await?;
            progress.update(record.id.unsigned_abs(), newest.unsigned_abs());
            match &replayed {
                Replay::Identical => identical += 1,
                Replay::Different(_) => different += 1,
                Replay::Impossible(obstacle) => *obstacles.entry(obstacle.as_str()).or_default() += 1,
            }
            if args.json {
                writeln!(out, "{}", json_line(&replay_json(record, &replayed))?)?;
            } else if matches!(replayed, Replay::Different(_)) {
                out.write_all(replay_text(record, &replayed).as_bytes())?;
            }
        }
    }
    drop(progress);
    let left: Vec<String> = obstacles.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let left = if left.is_empty() { "none".to_owned() } else { left.join(", ") };
    let summary = format!("identical: {identical}, different: {different}, not asked again: {left}");
    if args.json {
        eprintln!("{summary}");
    } else {
        writeln!(out, "{summary}")?;
    }
    out.flush()?;
    Ok(different == 0)
}

fn replay_text(record: &Record, replayed: &Replay) -> String {
    let versions = format!(
        "answered by footnote {}, asked again by {}",
        record.entry.program,
        env!("CARGO_PKG_VERSION")
    );
    let id = record.id;
    match replayed {
        Replay::Identical => format!("#{id}: identical ({versions})\n"),
        Replay::Different(differences) => {
            let mut text = format!("#{id}: different ({versions})\n");
            differences.iter().for_each(|difference| text.push_str(&difference_text(difference)));
            text
        }
        Replay::Impossible(obstacle) => {
            use crate::audit::Obstacle;
            let why = match obstacle {
                Obstacle::NoAsk => {
                    "it is no question: `footnote audit list --kind ask` shows those".to_owned()
                }
                Obstacle::Erased => "its question was erased".to_owned(),
                Obstacle::NotKept => "its corpus was not kept: it was asked before corpora were".to_owned(),
                Obstacle::Withdrawn(articles) => {
                    format!("texts of its corpus were withdrawn: {}", terminal(&articles.join(", ")))
                }
                Obstacle::Damaged => {
                    "its corpus cannot be rebuilt: `footnote audit verify` says what is wrong".to_owned()
                }
                Obstacle::Params => "its parameters are those of another version".to_owned(),
            };
            format!("#{id}: cannot be asked again: {why}\n")
        }
    }
}

fn difference_text(difference: &Difference) -> String {
    let Difference { what, recorded, now } = difference;
    let cut = |text: &str| terminal_cut(text, DIFFERENCE_CHARS_MAX).into_owned();
    format!("  {what}\n    recorded: {}\n    now:      {}\n", cut(recorded), cut(now))
}

fn replay_json(record: &Record, replayed: &Replay) -> Value {
    let (result, differences) = match replayed {
        Replay::Identical => ("identical", &[][..]),
        Replay::Different(differences) => ("different", differences.as_slice()),
        Replay::Impossible(obstacle) => (obstacle.as_str(), &[][..]),
    };
    let differences: Vec<Value> =
        differences.iter().map(|d| json!({ "what": d.what, "recorded": d.recorded, "now": d.now })).collect();
    json!({
        "id": record.id,
        "result": result,
        "answered_by": record.entry.program,
        "asked_again_by": env!("CARGO_PKG_VERSION"),
        "differences": differences,
    })
}

pub(super) async fn backup(args: BackupArgs, store: &Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    store.backup(&args.file).await?;
    writeln!(out, "copied to {}", terminal(&args.file.display().to_string()))?;
    out.flush()?;
    Ok(true)
}
