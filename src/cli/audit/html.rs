//! The report as one HTML file that needs nothing beside it: no script, no font, no picture from elsewhere. Pure.

use std::fmt::Write;

use jiff::Timestamp;
use serde_json::Value;

use super::super::render::explain::{Reasons, explanation};
use crate::audit::{AskDetail, CitationRecord, Day, Detail, Gap, Outcome, Record, Report};

/// Width and height of the chart, in its own units.
const CHART: (f64, f64) = (960.0, 220.0);

/// Room for the numbers on its left, the dates below, and above the highest bar.
const MARGIN: (f64, f64, f64) = (44.0, 24.0, 10.0);

/// How many articles that were never cited are named.
const NEVER_CITED_MAX: usize = 50;

const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6475; --line: #dde1e8; --paper: #fbfbfc; --card: #fff; \
--yes: #2f6f9f; --no: #d98032; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #a0a9b8; --line: #333a47; --paper: #14171d; \
--card: #1c2129; --yes: #6fb1e0; --no: #e6a15f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p.when { color: var(--soft); margin: .25rem 0 1.5rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .9rem 1rem; }
.tile b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--soft); font-weight: 500; }
td, th { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
td { overflow-wrap: anywhere; }
.chart { overflow-x: auto; } svg { width: 100%; min-width: 40rem; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
svg text { fill: var(--soft); font-size: 12px; } svg .grid { stroke: var(--line); }
.yes { fill: var(--yes); } .no { fill: var(--no); }
.key i { display: inline-block; width: .8rem; height: .8rem; border-radius: .15rem; margin: 0 .35rem 0 1rem; }
.key { color: var(--soft); font-size: .9rem; margin: .5rem 0 0 -1rem; }
details { border-bottom: 1px solid var(--line); padding: .45rem 0; } summary { cursor: pointer; }
summary small { color: var(--soft); } blockquote { margin: .5rem 0; padding-left: .9rem; border-left: 3px solid var(--line); }
pre { overflow-x: auto; font-size: .8rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; \
padding: .75rem; }
.bar { display: block; height: .35rem; border-radius: .2rem; background: var(--yes); margin-top: .25rem; }";

/// The page of a report of the time from `since` on, with the newest answers, which open to what was shown and
/// why.
pub(super) fn page(report: &Report, since: Timestamp, now: Timestamp, answers: &[Record]) -> String {
    let mut html = String::with_capacity(64 << 10);
    // Writing to a string cannot fail.
    let _ = write_page(&mut html, report, (since, now), answers);
    html
}

fn write_page(
    html: &mut String,
    report: &Report,
    (since, now): (Timestamp, Timestamp),
    answers: &[Record],
) -> std::fmt::Result {
    write!(
        html,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Footnote: what was asked</title><style>{STYLE}</style></head><body><main>\
         <h1>What was asked, and what came of it</h1><p class=\"when\">{} to {}</p>",
        since.strftime("%-d %B %Y"),
        now.strftime("%-d %B %Y, %H:%M UTC"),
    )?;
    tiles(html, report)?;
    chart(html, &report.days)?;
    gaps(html, &report.gaps)?;
    cited(html, report)?;
    reloads(html, &report.reloads)?;
    if !answers.is_empty() {
        write!(html, "<h2>The newest {} questions</h2>", answers.len())?;
        answers.iter().try_for_each(|record| answer(html, record))?;
    }
    html.write_str("</main></body></html>\n")
}

fn tiles(html: &mut String, report: &Report) -> std::fmt::Result {
    let Report { asked, answered, helpful, not_helpful, took_us, .. } = report;
    let share = |part: u64, whole: u64| match whole {
        0 => "–".to_owned(),
        _ => format!("{:.0} %", 100.0 * part as f64 / whole as f64),
    };
    let votes = helpful + not_helpful;
    let tiles = [
        (asked.to_string(), "questions".to_owned()),
        (share(*answered, *asked), format!("answered ({answered})")),
        (share(*helpful, votes), format!("of {votes} votes say helpful")),
        (
            format!("{:.1} ms", took_us[0] as f64 / 1e3),
            format!("median; 99 of 100 in {:.1} ms", took_us[2] as f64 / 1e3),
        ),
    ];
    html.write_str("<div class=\"tiles\">")?;
    for (number, name) in tiles {
        write!(html, "<div class=\"tile\"><b>{number}</b><span>{name}</span></div>")?;
    }
    html.write_str("</div>")
}

/// A bar for each day, answered below, unanswered above.
fn chart(html: &mut String, days: &[Day]) -> std::fmt::Result {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(()) };
    let ((width, height), (left, bottom, top)) = (CHART, MARGIN);
    let number = |day: &Day| day.begin.as_second().div_euclid(86_400);
    let count = (number(last) - number(first) + 1).max(1) as f64;
    let most = step_above(days.iter().map(|day| day.asked).max().unwrap_or(0));
    let (room, base) = (height - bottom - top, height - bottom);
    let slot = (width - left) / count;
    let tall = |asked: u64| room * asked as f64 / most as f64;
    write!(
        html,
        "<h2>Questions a day</h2><div class=\"chart\"><svg viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"Questions a day, answered and not; the table below has the numbers\">"
    )?;
    for part in [0, most / 2, most] {
        let y = base - tall(part);
        write!(
            html,
            "<line class=\"grid\" x1=\"{left}\" x2=\"{width}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{part}</text>",
            left - 6.0,
            y + 4.0
        )?;
    }
    let (bar, mut labelled) = ((slot * 0.8).clamp(0.5, 48.0), f64::NEG_INFINITY);
    for day in days {
        let x = left + slot * (number(day) - number(first)) as f64 + (slot - bar) / 2.0;
        let (yes, all) = (tall(day.answered), tall(day.asked));
        let date = day.begin.strftime("%-d %b").to_string();
        write!(
            html,
            "<g><title>{date}: {} asked, {} answered</title>\
             <rect class=\"no\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{bar:.1}\" height=\"{:.1}\"/>\
             <rect class=\"yes\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{bar:.1}\" height=\"{yes:.1}\"/></g>",
            day.asked,
            day.answered,
            base - all,
            all - yes,
            base - yes
        )?;
        let middle = x + bar / 2.0;
        if middle - labelled >= 64.0 && (left + 14.0..=width - 20.0).contains(&middle) {
            labelled = middle;
            write!(
                html,
                "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{date}</text>",
                height - 7.0
            )?;
        }
    }
    html.write_str(
        "</svg></div><p class=\"key\"><i style=\"background: var(--yes)\"></i>answered\
         <i style=\"background: var(--no)\"></i>not answered</p><details><summary>The numbers</summary><table>\
         <tr><th>day</th><th class=\"n\">asked</th><th class=\"n\">answered</th></tr>",
    )?;
    for day in days {
        let (date, asked, answered) = (day.begin.strftime("%Y-%m-%d"), day.asked, day.answered);
        write!(html, "<tr><td>{date}</td><td class=\"n\">{asked}</td><td class=\"n\">{answered}</td></tr>")?;
    }
    html.write_str("</table></details>")
}

/// The lowest even round number that is not below `most`.
fn step_above(most: u64) -> u64 {
    let mut decade: u64 = 1;
    loop {
        for step in [2, 4, 6, 10] {
            if decade.saturating_mul(step) >= most {
                return decade.saturating_mul(step);
            }
        }
        decade = decade.saturating_mul(10);
    }
}

fn gaps(html: &mut String, gaps: &[Gap]) -> std::fmt::Result {
    if gaps.is_empty() {
        return Ok(());
    }
    html.write_str(
        "<h2>What the articles do not tell</h2><table><tr><th class=\"n\">asked</th><th>shared words</th>\
         <th>the newest of these questions</th><th class=\"n\">reported</th></tr>",
    )?;
    for gap in gaps {
        let (id, question) = &gap.newest;
        write!(
            html,
            "<tr><td class=\"n\">{}</td><td>{}</td><td>{} <small>#{id}</small></td><td class=\"n\">{}</td></tr>",
            gap.count,
            escaped(&gap.words.join(" ")),
            escaped(question),
            gap.reported
        )?;
    }
    html.write_str("</table>")
}

fn cited(html: &mut String, report: &Report) -> std::fmt::Result {
    if let Some((_, most)) = report.cited.first() {
        write!(
            html,
            "<h2>Most cited, of {} cited articles</h2><table><tr><th class=\"n\">answers</th><th>article</th></tr>",
            report.cited_articles
        )?;
        for (article, count) in &report.cited {
            let width = 100.0 * *count as f64 / (*most).max(1) as f64;
            write!(
                html,
                "<tr><td class=\"n\">{count}</td><td>{}<span class=\"bar\" style=\"width: {width:.1}%\"></span></td></tr>",
                escaped(article)
            )?;
        }
        html.write_str("</table>")?;
    }
    let Some(never) = report.never_cited.as_ref().filter(|never| !never.is_empty()) else { return Ok(()) };
    write!(
        html,
        "<h2>Never cited, of the newest corpus</h2><details><summary>{} articles</summary><ul>",
        never.len()
    )?;
    for article in never.iter().take(NEVER_CITED_MAX) {
        write!(html, "<li>{}</li>", escaped(article))?;
    }
    html.write_str("</ul></details>")
}

fn reloads(html: &mut String, reloads: &[Record]) -> std::fmt::Result {
    if reloads.is_empty() {
        return Ok(());
    }
    html.write_str("<h2>Reloads</h2>")?;
    for record in reloads {
        let Detail::Reload { report } = &record.entry.detail else { continue };
        let outcome = if record.entry.decision == Outcome::Swapped { "in use" } else { "refused" };
        write!(
            html,
            "<details><summary>{}: {outcome} <small>#{}</small></summary>",
            record.entry.at.strftime("%-d %B %Y, %H:%M UTC"),
            record.id
        )?;
        if let Some(refused) = report.get("refused").and_then(Value::as_str) {
            write!(html, "<p>{}</p>", escaped(refused))?;
        }
        for field in ["added", "changed", "removed"] {
            let ids = report.get(field).and_then(Value::as_array).into_iter().flatten();
            let ids: Vec<String> = ids.filter_map(Value::as_str).map(escaped).collect();
            if !ids.is_empty() {
                write!(html, "<p>{field}: {}</p>", ids.join(", "))?;
            }
        }
        html.write_str("</details>")?;
    }
    Ok(())
}

/// A question that opens to what was shown and why.
fn answer(html: &mut String, record: &Record) -> std::fmt::Result {
    let entry = &record.entry;
    let Detail::Ask(asked) = &entry.detail else { return Ok(()) };
    let question = entry.question.as_deref().unwrap_or("(erased)");
    let decision = match entry.decision {
        Outcome::Found => "answered",
        Outcome::Hedged => "answered as the closest passages",
        _ => "not answered",
    };
    write!(
        html,
        "<details><summary>{} <small>#{}, {}, {decision}, confidence {:.2}</small></summary>",
        escaped(question),
        record.id,
        entry.at.strftime("%-d %b %H:%M UTC"),
        asked.confidence
    )?;
    asked
        .citations
        .iter()
        .filter(|citation| citation.shown)
        .try_for_each(|citation| quote(html, citation))?;
    if asked.citations.iter().any(|citation| !citation.shown) {
        let nearest = asked.citations.iter().map(|citation| escaped(&citation.title));
        write!(html, "<p>nearest, not shown: {}</p>", nearest.collect::<Vec<_>>().join(", "))?;
    }
    reasons(html, asked)?;
    html.write_str("</details>")
}

fn quote(html: &mut String, citation: &CitationRecord) -> std::fmt::Result {
    let text = citation.quote_text.as_deref().unwrap_or("(erased or withdrawn)");
    let (first, last) = citation.lines;
    write!(
        html,
        "<blockquote>{}<br><small>[{}] {}, {}, paragraph {}, lines {first} to {last}</small></blockquote>",
        escaped(text),
        citation.rank,
        escaped(&citation.title),
        escaped(&citation.article),
        citation.paragraph
    )
}

fn reasons(html: &mut String, asked: &AskDetail) -> std::fmt::Result {
    let Some(why) = &asked.why else { return Ok(()) };
    let text = explanation(&Reasons::of_record(asked, why));
    write!(html, "<details><summary>why</summary><pre>{}</pre></details>", escaped(&text))
}

/// Text that no browser takes for anything else: what others wrote, such as questions, stands in the page.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // What reorders text would make a question read as another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && c != '\n' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_a_round_number() {
        let steps: Vec<u64> = [0, 1, 3, 5, 7, 11, 60, 61, 999].into_iter().map(step_above).collect();
        assert_eq!(steps, [2, 2, 4, 6, 10, 20, 60, 100, 1000]);
    }

    #[test]
    fn what_others_wrote_is_text() {
        assert_eq!(escaped("<b a='\"'>&\u{202e}x\u{7}"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;x");
    }
}
