//! `footnote audit report`: what the records of a stretch of time teach.

use std::fmt::Write as _;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::json_line;
use super::when::{self, When};
use crate::audit::{Detail, Filter, Kind, Kinds, Order, Page, Record, Report, Store};
use crate::cli::escape::{terminal, terminal_cut, terminal_line};
use crate::http::page;

/// How many days are told of where nobody says since when.
const DAYS: i64 = 30;

/// The widest bar of a day, in columns.
const BAR: u64 = 40;

/// How many of the newest questions the HTML file holds.
const ANSWERS_MAX: usize = 100;

/// How every report begins.
const DOCTYPE: &str = "<!doctype html>";

/// How many articles that were never cited are named.
const NEVER_CITED_MAX: usize = 20;

/// `footnote audit report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// From this time on, as in `audit list` [default: 30 days before its end]
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// Before this time [default: now]
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
    /// Of this Discord server alone
    #[arg(long, value_name = "ID")]
    guild: Option<u64>,
    /// One JSON object
    #[arg(long)]
    json: bool,
    /// Write it as one HTML file, with the newest questions and why they were answered as they were
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
}

pub(super) async fn run(
    args: ReportArgs,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let days = SignedDuration::from_hours(24 * DAYS);
    let (since, until) = when::stretch(args.since, args.until, now)?;
    // What happens in this moment is told of, too.
    let until = until.unwrap_or(Timestamp::MAX);
    let since = since.unwrap_or(until.min(now).saturating_sub(days)?);
    let mut reader = store.reader().await?;
    let report = reader.report((since, until), args.guild).await?;
    if let Some(file) = args.html {
        let filter = Filter {
            since: Some(since),
            until: Some(until),
            guild: args.guild,
            kinds: Kinds::Only(Kind::Ask),
            ..Filter::default()
        };
        let page = Page { order: Order::NewestFirst, after: None, limit: ANSWERS_MAX };
        let answers = reader.records(&filter, page).await?;
        let span = page::Span { since, until: until.min(now) };
        write_private(&file, &page::report_file(&report, span, &answers))?;
        writeln!(out, "written to {}", terminal(&file.display().to_string()))?;
    } else if args.json {
        writeln!(out, "{}", json_line(&report_json(&report))?)?;
    } else {
        out.write_all(text(&report).as_bytes())?;
    }
    out.flush()?;
    Ok(true)
}

/// Writes a file for this user's eyes only: it holds what people asked. Of what stands there only an earlier report is
/// overwritten: a slip in a name should not cost the audit store.
fn write_private(file: &Path, page: &str) -> anyhow::Result<()> {
    let context = || format!("cannot write the report to `{}`", file.display());
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file).with_context(context)?;
    if opened.metadata().with_context(context)?.is_file() {
        let mut begin = String::new();
        let read = (&opened).take(DOCTYPE.len() as u64).read_to_string(&mut begin);
        if !(read.is_ok() && (begin.is_empty() || begin == DOCTYPE)) {
            bail!("`{}` is another file, not a report: name a new one", file.display());
        }
        opened.set_len(0).and_then(|()| opened.rewind()).with_context(context)?;
    }
    opened.write_all(page.as_bytes()).with_context(context)
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = lines(&mut text, report);
    text
}

fn lines(text: &mut String, report: &Report) -> std::fmt::Result {
    let Report { asked, answered, helpful, not_helpful, took_us, .. } = report;
    writeln!(text, "questions: {asked}, answered: {answered} ({})", share(*answered, *asked))?;
    writeln!(text, "votes: {helpful} helpful, {not_helpful} not helpful")?;
    if *asked > 0 {
        let [p50, p90, p99] = took_us.map(|us| us as f64 / 1e3);
        writeln!(text, "time to answer: median {p50:.1} ms, 90th percentile {p90:.1} ms, 99th {p99:.1} ms")?;
    }
    if !report.days.is_empty() {
        writeln!(text, "\nquestions a day (# answered, . not)")?;
    }
    let most = report.days.iter().map(|day| day.asked).max().unwrap_or(1).max(1);
    for day in &report.days {
        let columns = |count: u64| (count * BAR).div_ceil(most) as usize;
        let (whole, full) = (columns(day.asked), columns(day.answered));
        let bar = "#".repeat(full) + &".".repeat(whole.saturating_sub(full));
        writeln!(text, "{}  {:>6}  {bar}", day.begin.strftime("%Y-%m-%d"), day.asked)?;
    }
    if !report.gaps.is_empty() {
        writeln!(text, "\nunanswered, by the words that they share")?;
    }
    for gap in &report.gaps {
        let reported = if gap.reported > 0 { format!(", {} reported", gap.reported) } else { String::new() };
        let (id, question) = &gap.newest;
        let words = terminal_line(&gap.words.join(" ")).into_owned();
        writeln!(text, "{:>6}  {words}{reported}: #{id} {}", gap.count, terminal_cut(question, 60))?;
    }
    if !report.cited.is_empty() {
        writeln!(text, "\nmost cited of {} cited articles", report.cited_articles)?;
    }
    for (article, count) in &report.cited {
        writeln!(text, "{count:>6}  {}", terminal_line(article))?;
    }
    if let Some(never) = report.never_cited.as_ref().filter(|never| !never.is_empty()) {
        writeln!(text, "\nnever cited, of the newest corpus: {}", never.len())?;
        for article in never.iter().take(NEVER_CITED_MAX) {
            writeln!(text, "        {}", terminal_line(article))?;
        }
    }
    if !report.reloads.is_empty() {
        writeln!(text, "\nreloads")?;
    }
    report.reloads.iter().try_for_each(|reload| writeln!(text, "{}", reload_line(reload)))
}

fn reload_line(record: &Record) -> String {
    let entry = &record.entry;
    let mut line = format!(
        "{:>6}  {}  {}",
        format!("#{}", record.id),
        entry.at.strftime("%Y-%m-%d %H:%M:%SZ"),
        entry.decision.as_str()
    );
    if let Detail::Reload { report } = &entry.detail {
        let count = |field: &str| report.get(field).and_then(Value::as_array).map_or(0, Vec::len);
        let counts =
            [("added", count("added")), ("changed", count("changed")), ("removed", count("removed"))];
        for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let _ = write!(line, ", {name} {count}");
        }
        if let Some(refused) = report.get("refused").and_then(Value::as_str) {
            let _ = write!(line, ": {}", terminal_cut(refused, 100));
        }
    }
    line
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "none".to_owned() } else { format!("{:.0} %", 100.0 * part as f64 / whole as f64) }
}

fn report_json(report: &Report) -> Value {
    let days = report.days.iter().map(|day| {
        let date = day.begin.strftime("%Y-%m-%d").to_string();
        json!({ "day": date, "asked": day.asked, "answered": day.answered })
    });
    let gaps = report.gaps.iter().map(|gap| {
        json!({
            "words": gap.words, "count": gap.count, "reported": gap.reported,
            "newest": { "id": gap.newest.0, "question": gap.newest.1 },
        })
    });
    let cited = report.cited.iter().map(|(article, count)| json!({ "article": article, "count": count }));
    let reloads = report.reloads.iter().map(|record| {
        let report = match &record.entry.detail {
            Detail::Reload { report } => report.clone(),
            _ => Value::Null,
        };
        let (time, decision) = (record.entry.at.to_string(), record.entry.decision.as_str());
        json!({ "id": record.id, "time": time, "decision": decision, "report": report })
    });
    json!({
        "asked": report.asked,
        "answered": report.answered,
        "helpful": report.helpful,
        "not_helpful": report.not_helpful,
        "took_us": { "p50": report.took_us[0], "p90": report.took_us[1], "p99": report.took_us[2] },
        "days": days.collect::<Vec<_>>(),
        "gaps": gaps.collect::<Vec<_>>(),
        "cited": cited.collect::<Vec<_>>(),
        "cited_articles": report.cited_articles,
        "never_cited": report.never_cited,
        "reloads": reloads.collect::<Vec<_>>(),
    })
}
