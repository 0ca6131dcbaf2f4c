//! How a record looks: a line of a table, a sheet of its own, a row of CSV. Pure; every text that comes from
//! outside passes through [`super::super::escape`].

use std::fmt::Write;
use std::time::Duration;

use jiff::Timestamp;

use super::super::escape::{terminal, terminal_cut, terminal_line};
use crate::audit::{AskDetail, CitationRecord, Delivery, Detail, Entry, Erasure, Record, Scope, Votes};
use crate::explain::{Reasons, explanation};

/// How much of a question a line of the table shows, in characters.
const QUESTION_CHARS_MAX: usize = 60;

/// A table of records, with a head.
pub(super) fn table(records: &[Record]) -> String {
    let head = ["ID", "TIME", "KIND", "DECISION", "ASKER", "QUESTION"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(records.iter().map(table_row)).collect();
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let [id, time, kind, decision, asker, _] = widths;
    let mut out = String::new();
    for row in &rows {
        let line = format!(
            "{:>id$}  {:time$}  {:kind$}  {:decision$}  {:asker$}  {}",
            row[0], row[1], row[2], row[3], row[4], row[5]
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn table_row(record: &Record) -> [String; 6] {
    let entry = &record.entry;
    [
        record.id.to_string(),
        entry.at.strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
        entry.detail.kind().as_str().to_owned(),
        decision(entry),
        entry.asker.user.map_or_else(|| entry.asker.origin.as_str().to_owned(), |user| user.to_string()),
        terminal_cut(&subject(entry), QUESTION_CHARS_MAX).into_owned(),
    ]
}

/// The question, or what else the record is about.
fn subject(entry: &Entry) -> String {
    match (&entry.question, &entry.detail) {
        (Some(question), _) => question.clone(),
        (None, Detail::Refusal { action }) => format!("({action})"),
        (None, Detail::Delivery { of, .. }) => format!("(reply of #{of})"),
        (None, Detail::Vote { of, .. } | Detail::Gap { of }) => format!("(on #{of})"),
        (None, Detail::Setting { key, .. }) => format!("({key})"),
        (None, _) => String::new(),
    }
}

fn decision(entry: &Entry) -> String {
    match &entry.reason {
        Some(reason) => format!("{} ({})", entry.decision.as_str(), terminal_cut(reason, 40)),
        None => entry.decision.as_str().to_owned(),
    }
}

/// All that a record holds, for a person, its deliveries, and what people think of it.
pub(super) fn sheet(record: &Record, deliveries: &[Record], votes: Votes) -> String {
    let mut sheet = Sheet(String::new());
    let entry = &record.entry;
    sheet.line("record", &format!("#{}", record.id));
    sheet.line("time", &time(entry.at));
    sheet.line("kind", entry.detail.kind().as_str());
    sheet.line("decision", &decision(entry));
    sheet.line("origin", &origin(entry));
    if let Some(user) = entry.asker.user {
        sheet.line("asker", &user.to_string());
    }
    if let Some(question) = &entry.question {
        sheet.line("question", question);
    }
    match &entry.detail {
        Detail::Ask(ask) => sheet.ask(ask),
        Detail::Refusal { action } => sheet.line("refused", action),
        Detail::Reload { report } => sheet.line("report", &format!("{report:#}")),
        Detail::Delivery { of, delivery } => {
            sheet.line("reply of", &format!("#{of}"));
            sheet.line("delivery", &arrival(delivery));
        }
        Detail::Vote { of, replaces, .. } => {
            sheet.line("vote on", &format!("#{of}"));
            if let Some(replaces) = replaces {
                sheet.line("replaces", &format!("#{replaces}"));
            }
        }
        Detail::Gap { of } => sheet.line("gap of", &format!("#{of}")),
        Detail::Setting { key, value } => {
            sheet.line("setting", key);
            sheet.line("value", &value.as_ref().map_or_else(|| "(erased)".to_owned(), |v| format!("{v:#}")));
        }
        Detail::CorpusChange { change } => sheet.line("change", &format!("{change:#}")),
        Detail::Migration { migration } => sheet.line("migration", &format!("{migration:#}")),
        Detail::Erasure { erasure } => sheet.erasure(erasure),
    }
    if let Some(took) = entry.took {
        sheet.line("took", &micros(took));
    }
    sheet.line("program", &format!("footnote {}, record schema {}", entry.program, entry.schema));
    for citation in entry.citations() {
        sheet.citation(citation);
    }
    if let Detail::Ask(ask) = &entry.detail {
        sheet.why(ask);
    }
    if !deliveries.is_empty() {
        sheet.0.push('\n');
    }
    for delivery in deliveries {
        if let Detail::Delivery { delivery: arrived, .. } = &delivery.entry.detail {
            let what = format!("#{}, {}, {}", delivery.id, time(delivery.entry.at), arrival(arrived));
            sheet.line("delivery", &what);
        }
    }
    if votes.helpful + votes.not_helpful > 0 {
        sheet.line("votes", &format!("{} helpful, {} not helpful", votes.helpful, votes.not_helpful));
    }
    sheet.0
}

/// Lines of a name and a text.
struct Sheet(String);

impl Sheet {
    /// The lines of a text after the first are indented to stand under it, so that no text can pass for a
    /// line of the sheet.
    fn line(&mut self, name: &str, text: &str) {
        let text = terminal(text).replace('\n', "\n            ");
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{name:<11} {}", text.trim_end());
    }

    fn ask(&mut self, ask: &AskDetail) {
        let corpus = &ask.corpus;
        self.line("confidence", &ask.confidence.to_string());
        self.line(
            "corpus",
            &format!("{}, {} articles, {} passages", corpus.digest, corpus.articles, corpus.passages),
        );
        self.line("parameters", &ask.params.to_string());
    }

    /// Why it was answered so, as it was.
    fn why(&mut self, ask: &AskDetail) {
        let Some(why) = &ask.why else { return };
        self.0.push('\n');
        for expansion in &why.expansions {
            let looked_for = expansion.looked_for.join(", ");
            self.line("looked for", &terminal_line(&format!("{}: also {looked_for}", expansion.asked)));
        }
        if !why.unmatched.is_empty() {
            self.line("not found", &terminal_line(&why.unmatched.join(", ")));
        }
        self.0.push_str(&terminal(&explanation(&Reasons::of_record(ask, why))));
    }

    fn erasure(&mut self, erasure: &Erasure) {
        match &erasure.scope {
            Scope::Person => self.line("erased", "what is personal in the records of a person"),
            Scope::Age { before } => self.line("erased", &format!("what is personal from before {before}")),
            Scope::Article { article, texts } => {
                self.line("withdrawn", &format!("the text and the quotes of {}", terminal_line(article)));
                texts.iter().for_each(|text| self.line("text hash", text));
            }
        }
        let runs = erasure.records.iter().map(|(first, last)| match first == last {
            true => format!("#{first}"),
            false => format!("#{first} to #{last}"),
        });
        self.line("of records", &runs.collect::<Vec<_>>().join(", "));
    }

    fn citation(&mut self, citation: &CitationRecord) {
        let CitationRecord { rank, shown, article, title, content_hash, passage, quote, score, .. } =
            citation;
        let shown = if *shown { "" } else { " (not shown)" };
        let place = match citation.lines {
            (first, last) if first == last => format!("paragraph {}, line {first}", citation.paragraph),
            (first, last) => format!("paragraph {}, lines {first} to {last}", citation.paragraph),
        };
        let bytes = format!("passage bytes {passage:?}, quote bytes {quote:?}");
        let text = citation.quote_text.as_deref().unwrap_or("(erased)");
        self.0.push('\n');
        self.line(&format!("[{rank}]"), &format!("{}{shown}", terminal_line(title)));
        self.line("article", &terminal_line(article));
        self.line("text hash", &content_hash.to_string());
        self.line("place", &place);
        self.line("range", &bytes);
        self.line("score", &score.to_string());
        self.line("quote", text);
    }
}

fn time(at: Timestamp) -> String {
    at.to_string()
}

fn micros(took: Duration) -> String {
    format!("{} µs", took.as_micros())
}

fn origin(entry: &Entry) -> String {
    let asker = &entry.asker;
    let mut origin = asker.origin.as_str().to_owned();
    for (name, id) in [("guild", asker.guild), ("channel", asker.channel)] {
        if let Some(id) = id {
            let _ = write!(origin, ", {name} {id}");
        }
    }
    origin
}

fn arrival(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Delivered { message: Some(id) } => format!("delivered as message {id}"),
        Delivery::Delivered { message: None } => "delivered".to_owned(),
        Delivery::Failed { error } => format!("failed: {}", terminal_line(error)),
    }
}
