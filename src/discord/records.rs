//! What do records look like to moderators? A list of them, and one with all that it holds; each within one
//! embed. Pure.

use crate::audit::{Asker, Delivery, Detail, Entry, Origin, Outcome, Record, Votes};

use super::text::Text;
use super::{escape, limits, render};

/// How many records a page of a list shows: ten fit with the longest questions.
pub const LISTED: usize = 10;

/// The question of a record in a list.
const QUESTION_MAX: usize = 200;

/// The question of a record that is shown whole.
const QUESTION_WHOLE_MAX: usize = 1_200;

/// What else a record holds, as JSON.
const DETAIL_MAX: usize = 1_200;

/// The numbers under which people are recorded where not under their own have the highest bit set.
const PSEUDONYM: u32 = 63;

/// Whether what says who asked, and what, is gone from a record: what every record of its kind has at first.
pub fn is_erased(entry: &Entry) -> bool {
    match &entry.detail {
        Detail::Ask(_) => entry.question.is_none(),
        // Of these nobody is named from the first.
        Detail::Delivery { .. } | Detail::Erasure { .. } | Detail::Migration { .. } => false,
        _ => entry.asker.origin == Origin::Discord && entry.asker.user.is_none(),
    }
}

/// A list of records under a heading, newest first.
pub fn list(heading: String, records: &[Record], text: Text) -> String {
    if records.is_empty() {
        return text.audit_none();
    }
    let lines = records.iter().take(LISTED).map(|record| line(record, text));
    std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n")
}

/// `- **#12** Who visited Moscow? · answered · @Ada · an hour ago`
fn line(record: &Record, text: Text) -> String {
    let entry = &record.entry;
    let head = [Some(format!("**#{}**", record.id)), subject(entry)];
    let mut parts = vec![head.into_iter().flatten().collect::<Vec<_>>().join(" "), outcome(entry, text)];
    if is_erased(entry) {
        parts.push(format!("*{}*", text.audit_outcome(Outcome::Erased)));
    }
    parts.extend(entry.asker.user.map(person));
    parts.push(moment(entry, 'R'));
    format!("- {}{}", text.line_start(), parts.join(" · "))
}

/// What a record is about, in one line.
fn subject(entry: &Entry) -> Option<String> {
    if let Some(question) = &entry.question {
        return Some(escape::line(question, QUESTION_MAX).to_string());
    }
    Some(match &entry.detail {
        Detail::Refusal { action } => escape::line(action, limits::PATH_MAX).to_string(),
        Detail::Delivery { of, .. } | Detail::Vote { of, .. } | Detail::Gap { of } => format!("(#{of})"),
        Detail::Setting { key, .. } => escape::line(key, limits::PATH_MAX).to_string(),
        _ => return None,
    })
}

/// What was decided, and the short name of the reason where there is one.
fn outcome(entry: &Entry, text: Text) -> String {
    let said = text.audit_outcome(entry.decision);
    match &entry.reason {
        Some(reason) if entry.decision != Outcome::NotFound => {
            format!("{said} ({})", escape::line(reason, limits::WORD_MAX))
        }
        _ => said,
    }
}

/// All that a record holds, its deliveries, and what people think of it.
pub fn sheet(record: &Record, deliveries: &[Record], votes: Votes, text: Text) -> String {
    let entry = &record.entry;
    let mut lines = vec![text.audit_record(&record.id.to_string(), &outcome(entry, text))];
    lines.push(text.audit_at(&format!("{} ({})", moment(entry, 'F'), moment(entry, 'R'))));
    lines.push(text.audit_asker(&place(&entry.asker)));
    if let Some(question) = &entry.question {
        lines.push(text.question(&escape::line(question, QUESTION_WHOLE_MAX)));
    }
    if is_erased(entry) {
        lines.push(text.audit_erased());
    }
    lines.extend(detail(entry, text));
    if votes.helpful + votes.not_helpful > 0 {
        let count = |votes: u64| usize::try_from(votes).unwrap_or(usize::MAX);
        lines.push(text.audit_votes(count(votes.helpful), count(votes.not_helpful)));
    }
    let arrivals = deliveries.iter().filter_map(|record| match &record.entry.detail {
        Detail::Delivery { delivery, .. } => Some(arrival(delivery, &record.entry.asker, text)),
        _ => None,
    });
    lines.extend(arrivals.take(3));
    lines.push(text.audit_program(&escape::line(&entry.program, limits::WORD_MAX)));
    quoted(lines, entry, text)
}

/// What only records of this kind hold.
fn detail(entry: &Entry, text: Text) -> Vec<String> {
    let json =
        |value: &serde_json::Value| vec![text.audit_detail(&escape::line(&value.to_string(), DETAIL_MAX))];
    match &entry.detail {
        Detail::Ask(ask) => vec![
            text.audit_confidence((ask.confidence.clamp(0.0, 1.0) * 100.0).round() as usize),
            text.why_corpus(&ask.corpus.digest.short(), ask.corpus.articles),
        ],
        Detail::Refusal { action } => {
            vec![text.audit_refused(&escape::line(action, limits::PATH_MAX))]
        }
        Detail::Delivery { of, delivery } => {
            vec![text.audit_of(&of.to_string()), arrival(delivery, &entry.asker, text)]
        }
        Detail::Vote { of, .. } | Detail::Gap { of } => vec![text.audit_of(&of.to_string())],
        Detail::Setting { key, value } => {
            let value = value.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![text.audit_detail(&escape::line(&format!("{key}: {value}"), DETAIL_MAX))]
        }
        Detail::Reload { report: value }
        | Detail::CorpusChange { change: value }
        | Detail::Migration { migration: value } => json(value),
        // Runs of numbers always go to JSON.
        Detail::Erasure { erasure } => json(&serde_json::to_value(erasure).unwrap_or_default()),
    }
}

/// The quotes that were shown, as many as there is room for after the other lines.
fn quoted(lines: Vec<String>, entry: &Entry, text: Text) -> String {
    let mut sheet = lines.join("\n");
    for citation in entry.citations().iter().filter(|citation| citation.shown) {
        let title = escape::line(&citation.title, limits::TITLE_MAX);
        let place = text.place(
            citation.paragraphs(),
            citation.lines,
            &escape::line(&citation.article, limits::PATH_MAX),
        );
        let quote = match &citation.quote_text {
            Some(quote) => render::block(text, &escape::line(quote, limits::QUOTE_MIN * 2)) + "\n",
            None if is_erased(entry) => String::new(),
            None => text.passage_withdrawn() + "\n",
        };
        let start = text.line_start();
        let part = format!("\n\n{quote}{start}[{}] **{title}**{}{place}", citation.rank, text.comma());
        if limits::units(&sheet) + limits::units(&part) > limits::DESCRIPTION_MAX {
            break;
        }
        sheet.push_str(&part);
    }
    sheet
}

/// Discord shows a time in the reader's own zone.
/// <https://discord.com/developers/docs/reference#message-formatting>
fn moment(entry: &Entry, style: char) -> String {
    format!("<t:{}:{style}>", entry.at.as_second())
}

/// A person as Discord shows them, or the number that stands for one.
fn person(user: u64) -> String {
    if user >> PSEUDONYM == 1 { format!("`{user}`") } else { format!("<@{user}>") }
}

fn place(asker: &Asker) -> String {
    let mut parts: Vec<String> = asker.user.map(person).into_iter().collect();
    parts.extend(asker.channel.map(|channel| format!("<#{channel}>")));
    match (asker.guild, parts.is_empty()) {
        (Some(guild), _) => parts.push(format!("`{guild}`")),
        (None, true) => parts.push(asker.origin.as_str().to_owned()),
        (None, false) => {}
    }
    parts.join(" ")
}

fn arrival(delivery: &Delivery, asker: &Asker, text: Text) -> String {
    match delivery {
        Delivery::Delivered { message } => {
            let guild = asker.guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
            let link = asker.channel.zip(*message).map(|(channel, message)| {
                format!("https://discord.com/channels/{guild}/{channel}/{message}")
            });
            text.audit_delivered(&link.unwrap_or_else(|| "—".to_owned()))
        }
        Delivery::Failed { error } => text.audit_undelivered(&escape::line(error, limits::MESSAGE_MAX)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use expect_test::expect;
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::answer::CorpusSummary;
    use crate::audit::{AskDetail, CitationRecord};
    use crate::corpus::Digest;

    fn citation(rank: u32, text: &str) -> CitationRecord {
        CitationRecord {
            rank,
            shown: true,
            article: text.to_owned(),
            title: text.to_owned(),
            content_hash: Digest::of(b""),
            passage: 0..1,
            quote: 0..1,
            quote_text: Some(text.to_owned()),
            score: 1.0,
            paragraph: 2,
            lines: (3, 4),
        }
    }

    fn record(question: Option<&str>, detail: Detail) -> Record {
        let user = question.map(|_| 5);
        let asker = Asker { origin: Origin::Discord, guild: Some(1), channel: Some(2), user };
        let entry = Entry {
            schema: 2,
            at: Timestamp::from_second(1_700_000_000).unwrap(),
            asker,
            program: "1.2.3".to_owned(),
            decision: Outcome::Found,
            reason: None,
            question: question.map(str::to_owned),
            took: Some(Duration::ZERO),
            detail,
        };
        Record { id: 12, entry }
    }

    fn ask(quotes: &[&str]) -> Detail {
        Detail::Ask(AskDetail {
            corpus: CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 40 },
            params: serde_json::Value::Null,
            confidence: 0.834,
            citations: quotes.iter().zip(1..).map(|(text, rank)| citation(rank, text)).collect(),
            why: None,
        })
    }

    #[test]
    fn a_record_is_shown_with_all_that_it_holds() {
        let delivered = Delivery::Delivered { message: Some(99) };
        let delivery = record(None, Detail::Delivery { of: 12, delivery: delivered });
        let votes = Votes { helpful: 2, not_helpful: 1, own: None };
        let shown = record(Some("Who *visited*?"), ask(&["a_visit"]));
        let told = sheet(&shown, &[delivery], votes, Text::default());
        expect![[r#"
            **Record #12:** answered
            **When:** <t:1700000000:F> (<t:1700000000:R>)
            **Who and where:** <@5> <#2> `1`
            **Question:** Who \*visited\*?
            **Confidence:** 83 %
            Asked of 5 articles (corpus af1349b9f5f9).
            **Votes:** 2 helpful, 1 not helpful
            **Delivered:** https://discord.com/channels/1/2/99
            **Program:** footnote 1.2.3

            > “a\_visit”
            [1] **a\_visit**, paragraph 2, lines 3–4 of a\_visit"#]]
        .assert_eq(&escape::visible(&told));
        let listed = list("Head".to_owned(), &[shown], Text::default());
        expect![[r#"
            Head
            - **#12** Who \*visited\*? · answered · <@5> · <t:1700000000:R>"#]]
        .assert_eq(&escape::visible(&listed));
    }

    #[test]
    fn what_is_erased_or_withdrawn_is_said_to_be_so() {
        let mut gone = record(None, ask(&["x"]));
        if let Detail::Ask(ask) = &mut gone.entry.detail {
            ask.citations[0].quote_text = None;
        }
        assert!(is_erased(&gone.entry));
        let told = sheet(&gone, &[], Votes::default(), Text::default());
        assert!(told.contains("was erased from this record") && !told.contains("was withdrawn"), "{told}");
        gone.entry.question = Some("Who?".to_owned());
        let told = sheet(&gone, &[], Votes::default(), Text::default());
        assert!(!told.contains("was erased from this record") && told.contains("was withdrawn"), "{told}");
        let refusal = |question| record(question, Detail::Refusal { action: "ask".to_owned() });
        assert!(is_erased(&refusal(None).entry) && !is_erased(&refusal(Some("x")).entry));
        let delivery = Detail::Delivery { of: 1, delivery: Delivery::Delivered { message: None } };
        assert!(!is_erased(&record(None, delivery).entry));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn nothing_is_too_long(text in "\\PC{0,300}", times in 1usize..12, count in 0usize..12) {
            let text = text.repeat(times);
            let quotes = vec![text.as_str(); count];
            let refusal = Detail::Refusal { action: text.clone() };
            let change = Detail::CorpusChange { change: serde_json::json!({ "x": text }) };
            for detail in [ask(&quotes), refusal, change] {
                let mut record = record(Some(&text), detail);
                record.entry.reason = Some(text.clone());
                let told = sheet(&record, &[], Votes::default(), Text::default());
                prop_assert!(limits::units(&told) <= limits::DESCRIPTION_MAX, "{}", limits::units(&told));
                let listed = list(String::new(), &vec![record; 20], Text::default());
                prop_assert!(limits::units(&listed) <= limits::DESCRIPTION_MAX);
                prop_assert!(!told.contains("@everyone") && !listed.contains("@everyone"));
            }
        }
    }
}
