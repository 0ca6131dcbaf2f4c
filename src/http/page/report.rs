//! What do the records of a stretch of time teach?

use jiff::Timestamp;
use serde_json::Value;

use super::chart;
use super::html::{Html, all, el, text};
use super::{Place, table, typed};
use crate::audit::{Detail, Gap, Outcome, Record, Report};

/// What it is about.
pub(super) const TITLE: &str = "What was asked, and what came of it";

/// How many articles that were never cited are named.
const NEVER_CITED_MAX: usize = 50;

/// How many articles of a reload are named.
const RELOADED_MAX: usize = 50;

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub since: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

impl Span {
    /// The spans that the server offers, in days back from now.
    pub const DAYS: [u32; 4] = [7, 30, 90, 365];
}

/// All that a report says.
pub(super) fn body(report: &Report, span: Span, place: Place, days: Option<u32>) -> Html {
    let (since, until) = (span.since.strftime("%-d %B %Y"), span.until.strftime("%-d %B %Y, %H:%M UTC"));
    let mut body = Html::default();
    body.add(el("h1").text(TITLE));
    body.add(el("p").with("class", "when").text(format_args!("{since} to {until}")));
    body.add(days.map(spans));
    body.add(tiles(report));
    body.add(chart::section(&report.days));
    body.add(gaps(&report.gaps, place));
    body.add(cited(report));
    body.add(never_cited(report));
    body.add(reloads(&report.reloads, place));
    body
}

/// Links to other stretches of time.
fn spans(chosen: u32) -> Html {
    let links = Span::DAYS.map(|days| {
        let link = el("a").with("href", format_args!("/?days={days}")).text(format_args!("{days} days"));
        if days == chosen { link.with("aria-current", "true") } else { link }
    });
    el("nav").with("class", "span").with("aria-label", "Stretch of time").all(links).into()
}

fn tiles(report: &Report) -> Html {
    let Report { asked, answered, helpful, not_helpful, took_us, .. } = report;
    let share = |part: u64, whole: u64| match whole {
        0 => "–".to_owned(),
        _ => format!("{:.0} %", 100.0 * part as f64 / whole as f64),
    };
    let votes = helpful + not_helpful;
    let [half, nine_tenths, most] = took_us.map(|us| us as f64 / 1e3);
    let tiles = [
        (asked.to_string(), "questions".to_owned()),
        (share(*answered, *asked), format!("answered ({answered})")),
        (share(*helpful, votes), format!("of {votes} votes say helpful")),
        (format!("{half:.1} ms"), format!("median; 90 of 100 in {nine_tenths:.1} ms, 99 in {most:.1} ms")),
    ];
    // Without a question there is no time that one took.
    let told = if *asked == 0 { 3 } else { tiles.len() };
    let tiles = tiles.into_iter().take(told).map(|(number, name)| {
        el("div").with("class", "tile").add(el("b").text(number)).add(el("span").text(name))
    });
    el("div").with("class", "tiles").all(tiles).into()
}

fn gaps(gaps: &[Gap], place: Place) -> Option<Html> {
    let rows = gaps.iter().map(|gap| {
        let (id, question) = &gap.newest;
        let question =
            [Html::from(typed("span", question)), text(" "), el("small").add(place.record(*id)).into()];
        [text(gap.count), typed("span", &gap.words.join(" ")).into(), all(question), text(gap.reported)]
    });
    let columns =
        [("n", "asked"), ("", "shared words"), ("q", "the newest of these questions"), ("n", "reported")];
    section(!gaps.is_empty(), "What the articles do not tell", table(columns, rows))
}

fn cited(report: &Report) -> Option<Html> {
    let most = report.cited.first().map_or(0, |(_, count)| *count);
    let rows = report
        .cited
        .iter()
        .map(|(article, count)| [text(count), all([typed("span", article), chart::bar(*count, most)])]);
    let title = format!("Most cited, of {} cited articles", report.cited_articles);
    section(most > 0, &title, table([("n", "answers"), ("q", "article")], rows))
}

fn never_cited(report: &Report) -> Option<Html> {
    let never = report.never_cited.as_deref().unwrap_or_default();
    let names = never.iter().take(NEVER_CITED_MAX).map(|article| typed("li", article));
    let more = never.len().saturating_sub(NEVER_CITED_MAX);
    let more = (more > 0).then(|| el("li").text(format_args!("and {more} more")));
    let summary = el("summary").text(format_args!("{} articles", never.len()));
    let list = el("details").add(summary).add(el("ul").all(names).add(more));
    section(!never.is_empty(), "Never cited, of the newest corpus", list)
}

fn reloads(reloads: &[Record], place: Place) -> Option<Html> {
    let reloads: Vec<Html> = reloads.iter().map(|record| reload(record, place)).collect();
    section(!reloads.is_empty(), "Reloads", all(reloads))
}

fn reload(record: &Record, place: Place) -> Html {
    let Detail::Reload { report } = &record.entry.detail else { return Html::default() };
    let outcome = if record.entry.decision == Outcome::Swapped { "in use" } else { "refused" };
    let fields = ["added", "changed", "removed"].map(|field| {
        let ids = report.get(field).and_then(Value::as_array).into_iter().flatten();
        (field, ids.filter_map(Value::as_str).collect::<Vec<&str>>())
    });
    let counts = fields.iter().filter(|(_, ids)| !ids.is_empty());
    let counts = counts.map(|(field, ids)| format!(", {} {field}", ids.len())).collect::<String>();
    let summary = el("summary")
        .text(format_args!("{}: {outcome}{counts} ", record.entry.at.strftime("%-d %B %Y, %H:%M UTC")))
        .add(el("small").add(place.record(record.id)));
    let refused = report.get("refused").and_then(Value::as_str).map(|why| el("p").text(why));
    let lines = fields.iter().filter(|(_, ids)| !ids.is_empty()).map(|(field, ids)| {
        let named = ids.iter().take(RELOADED_MAX).copied().collect::<Vec<_>>().join(", ");
        let more = if ids.len() > RELOADED_MAX { ", …" } else { "" };
        el("p").text(format_args!("{field}: {named}{more}"))
    });
    el("details").add(summary).add(refused).all(lines).into()
}

fn section(is_shown: bool, title: &str, content: impl Into<Html>) -> Option<Html> {
    is_shown.then(|| el("section").add(el("h2").text(title)).add(content).into())
}
