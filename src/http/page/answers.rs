//! Which questions were asked, and what came of one: what was shown, and why.

use super::html::{Element, Html, all, el, text};
use super::{table, typed};
use crate::audit::wire::RecordJson;
use crate::audit::{AskDetail, CitationRecord, Delivery, Detail, Outcome, Record, RecordId, Votes, Why};
use crate::explain::{Reasons, explanation};

/// A page of the list.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// The records, the newest first.
    pub records: &'a [Record],
    /// The words that are looked for; empty for none.
    pub words: &'a str,
    /// The outcome that is looked for.
    pub outcome: Option<Outcome>,
    /// The address of the page with newer records, where there are some.
    pub newer: Option<String>,
    /// The address of the page with older records, where there are some.
    pub older: Option<String>,
}

impl List<'_> {
    /// The outcomes that can be looked for, and how a person calls them.
    pub const OUTCOMES: [(Outcome, &'static str); 4] = [
        (Outcome::Found, "answered"),
        (Outcome::Hedged, "closest passages"),
        (Outcome::NotFound, "not answered"),
        (Outcome::Refused, "refused"),
    ];
}

/// A record with what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The record.
    pub record: &'a Record,
    /// What became of its reply, oldest first.
    pub deliveries: &'a [Record],
    /// What people think of it.
    pub votes: Votes,
}

/// The list, with what it is narrowed down by.
pub(super) fn list(list: &List<'_>) -> Html {
    let rows = list.records.iter().map(|record| {
        let entry = &record.entry;
        [
            text(entry.at.strftime("%Y-%m-%d %H:%M")),
            question(record, el("a").with("href", format_args!("/answers/{}", record.id))),
            text(outcome(entry.decision)),
            text(confidence(record)),
            text(format_args!("#{}", record.id)),
        ]
    });
    let columns =
        [("t", "time (UTC)"), ("q", "question"), ("", "outcome"), ("n", "confidence"), ("n", "record")];
    let found = match list.records.is_empty() {
        true => el("p").text("There is no such record."),
        false => table(columns, rows),
    };
    let page = |rel: &'static str, address: &Option<String>, name: &'static str| {
        let link = address.as_ref().map(|address| el("a").with("rel", rel).with("href", address).text(name));
        el("span").add(link)
    };
    let pages = el("nav").with("class", "pages").with("aria-label", "Pages of the list");
    let pages = pages.add(page("prev", &list.newer, "← newer")).add(page("next", &list.older, "older →"));
    all([Html::from(el("h1").text("Answers")), filter(list), found.into(), pages.into()])
}

fn filter(list: &List<'_>) -> Html {
    let words = el("input").with("type", "search").with("name", "words").with("value", list.words);
    let any = el("option").with("value", "").text("any");
    let outcomes = List::OUTCOMES.map(|(outcome, name)| {
        el("option")
            .with("value", outcome.as_str())
            .flag("selected", list.outcome == Some(outcome))
            .text(name)
    });
    let outcomes = el("select").with("name", "outcome").add(any).all(outcomes);
    el("form")
        .with("method", "get")
        .with("action", "/answers")
        .with("role", "search")
        .add(el("label").with("class", "grow").text("words of the question").add(words))
        .add(el("label").text("outcome").add(outcomes))
        .add(el("button").text("Show"))
        .into()
}

/// The newest questions, each of which opens.
pub(super) fn opened(records: &[Record]) -> Option<Html> {
    let answers = records.iter().filter_map(|record| {
        let Detail::Ask(asked) = &record.entry.detail else { return None };
        let entry = &record.entry;
        let small = el("small").text(format_args!(
            " #{}, {}, {}, confidence {:.2}",
            record.id,
            entry.at.strftime("%-d %b %H:%M UTC"),
            outcome(entry.decision),
            asked.confidence
        ));
        let summary = el("summary").add(question(record, el("span"))).add(small);
        Some(el("details").add(summary).add(shown(asked)).add(reasons(asked)))
    });
    let heading = el("h2").text(format_args!("The newest {} questions", records.len()));
    (!records.is_empty()).then(|| el("section").add(heading).all(answers).into())
}

/// All of one record.
pub(super) fn one(asked: &Asked<'_>) -> Html {
    let (record, entry) = (asked.record, &asked.record.entry);
    let mut body = Html::default();
    body.add(question(record, el("h1")));
    let when = entry.at.strftime("%-d %B %Y, %H:%M:%S UTC");
    body.add(el("p").with("class", "when").text(format_args!("record #{}, {when}", record.id)));
    body.add(facts(asked));
    match &entry.detail {
        Detail::Ask(ask) => {
            let title = if ask.citations.iter().any(|citation| citation.shown) {
                "What was shown"
            } else {
                "Nothing was shown"
            };
            body.add(el("section").add(el("h2").text(title)).add(shown(ask)));
            let why = reasons(ask).unwrap_or_else(|| el("p").text("The reasons were erased.").into());
            body.add(el("section").add(el("h2").text("Why")).add(why));
        }
        _ => body.add(el("section").add(el("h2").text("The record")).add(as_json(record))),
    }
    body
}

/// A record of another kind, as it is exported.
fn as_json(record: &Record) -> Element {
    // Records always go to JSON.
    el("pre").text(serde_json::to_string_pretty(&RecordJson::from(record)).unwrap_or_default())
}

fn facts(asked: &Asked<'_>) -> Html {
    let entry = &asked.record.entry;
    let reason = entry.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let id = |id: Option<u64>| id.map(|id| id.to_string());
    let took = entry.took.map(|took| format!("{:.1} ms", took.as_secs_f64() * 1e3));
    let mut facts = vec![
        ("outcome", Some(format!("{}{reason}", outcome(entry.decision)))),
        ("asked by", id(entry.asker.user).or_else(|| Some(entry.asker.origin.as_str().to_owned()))),
        ("server", id(entry.asker.guild)),
        ("channel", id(entry.asker.channel)),
        ("took", took),
        ("program", Some(format!("footnote {}", entry.program))),
    ];
    if let Detail::Ask(ask) = &entry.detail {
        let corpus = &ask.corpus;
        facts.push(("confidence", Some(format!("{:.4}", ask.confidence))));
        facts.push(("corpus", Some(format!("{}, {} articles", corpus.digest, corpus.articles))));
        facts.push(("parameters", Some(ask.params.to_string())));
    }
    for delivery in asked.deliveries {
        if let Detail::Delivery { delivery: arrived, .. } = &delivery.entry.detail {
            facts.push(("reply", Some(arrival(arrived, delivery.id))));
        }
    }
    let Votes { helpful, not_helpful, .. } = asked.votes;
    if helpful + not_helpful > 0 {
        facts.push(("votes", Some(format!("{helpful} helpful, {not_helpful} not helpful"))));
    }
    let facts = facts.into_iter().filter_map(|(name, fact)| Some((name, fact?)));
    let facts = facts.flat_map(|(name, fact)| [el("dt").text(name), el("dd").text(fact)]);
    el("dl").all(facts).into()
}

fn arrival(delivery: &Delivery, record: RecordId) -> String {
    match delivery {
        Delivery::Delivered { message: Some(message) } => format!("arrived as message {message} (#{record})"),
        Delivery::Delivered { message: None } => format!("arrived (#{record})"),
        Delivery::Failed { error } => format!("did not arrive: {error} (#{record})"),
    }
}

/// The question, in this element; what else the record is where it is of no question.
fn question(record: &Record, element: Element) -> Html {
    let kind = record.entry.detail.kind();
    let element = element.with("dir", "auto");
    let element = match &record.entry.question {
        Some(question) => element.text(question),
        None if matches!(record.entry.detail, Detail::Ask(_)) => element.text("(erased)"),
        None => element.text(format_args!("({})", kind.as_str())),
    };
    element.into()
}

fn confidence(record: &Record) -> String {
    match &record.entry.detail {
        Detail::Ask(asked) => format!("{:.2}", asked.confidence),
        _ => String::new(),
    }
}

/// An outcome as a person calls it.
fn outcome(decision: Outcome) -> &'static str {
    let known = List::OUTCOMES.into_iter().find(|(outcome, _)| *outcome == decision);
    known.map_or(decision.as_str(), |(_, name)| name)
}

/// The quotes as they were shown, and the nearest articles that were not.
fn shown(asked: &AskDetail) -> Html {
    let quotes = asked.citations.iter().filter(|citation| citation.shown).map(quote);
    let nearest = asked.citations.iter().filter(|citation| !citation.shown).map(|citation| &*citation.title);
    let nearest: Vec<&str> = nearest.collect();
    let nearest = (!nearest.is_empty())
        .then(|| el("p").text(format_args!("nearest, not shown: {}", nearest.join(", "))));
    let mut html = all(quotes);
    html.add(nearest);
    html
}

fn quote(citation: &CitationRecord) -> Element {
    let quoted = citation.quote_text.as_deref().unwrap_or("(erased or withdrawn)");
    let (first, last) = citation.lines;
    let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
    let place = el("small").text(format_args!(
        "[{}] {}, {}, paragraph {}, {lines}",
        citation.rank, citation.title, citation.article, citation.paragraph
    ));
    el("blockquote").add(typed("span", quoted)).add(el("br")).add(place)
}

/// Why it was answered so, as it is on record: what was looked for, the words found, and every sum.
fn reasons(asked: &AskDetail) -> Option<Html> {
    let why = asked.why.as_ref()?;
    let sums = el("details")
        .add(el("summary").text("every sum"))
        .add(el("pre").text(explanation(&Reasons::of_record(asked, why))));
    Some(all([looked_for(why), words(asked, why), sums.into()]))
}

fn looked_for(why: &Why) -> Html {
    let expansions = why.expansions.iter().map(|expansion| {
        el("p").text(format_args!("{}: also looked for {}", expansion.asked, expansion.looked_for.join(", ")))
    });
    let mut html = all(expansions);
    let unmatched = why.unmatched.join(", ");
    html.add((!unmatched.is_empty()).then(|| el("p").text(format_args!("in no article: {unmatched}"))));
    html
}

/// How much each word of the question weighs, and how much of that each excerpt holds.
fn words(asked: &AskDetail, why: &Why) -> Html {
    let tables = asked.citations.iter().zip(&why.excerpts).map(|(citation, explanation)| {
        let rows = explanation.words.iter().map(|word| {
            let found = format!("{:.2}", word.found);
            [typed("span", &word.asked).into(), text(format_args!("{:.2}", word.weight)), text(found)]
        });
        let heading = format!("[{}] {}: score {:.4}", citation.rank, citation.article, citation.score);
        let columns = [("q", "word"), ("n", "weight"), ("n", "found in the quote")];
        all([el("h3").text(heading), el("div").with("class", "few").add(table(columns, rows))])
    });
    all(tables)
}
