//! An answer as text for a person at a terminal. Pure: what the terminal is like is handed in.
//!
//! Quotes stand word for word; only line ends within them become spaces, and what could steer a terminal is
//! escaped. Without a terminal nothing is wrapped or coloured, so that other programs find what they look
//! for.

mod wrap;

use std::fmt::Write;

use crate::answer::{Answer, Decision, Excerpt, Reason};
use crate::audit::{AuditedAnswer, RecordId};

use super::escape;
use crate::explain::{Reasons, explanation};
use wrap::wrap;

/// Where a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether colours may be used.
    pub colour: bool,
    /// The width of the terminal in columns; `None` where there is none and nothing is wrapped.
    pub width: Option<usize>,
}

/// The widest lines: beyond these the eye does not find the next line.
const WIDTH_MAX: usize = 100;

/// How many of the nearest articles are named where the corpus does not hold the answer.
const NEAREST_MAX: usize = 3;

/// The indent of what belongs to a numbered quote, as wide as `[1] `.
const INDENT: &str = "    ";

/// An answer, each line ended. `explain` adds why it is what it is.
pub fn answer(audited: &AuditedAnswer, look: Look, explain: bool) -> String {
    text(audited.id(), audited.answer(), look, explain)
}

/// What an answer without a record would look like, for what is fuzzed.
#[cfg(any(test, fuzzing))]
pub(super) fn unrecorded(answer: &Answer, look: Look, explain: bool) -> String {
    text(1, answer, look, explain)
}

fn text(id: RecordId, answer: &Answer, look: Look, explain: bool) -> String {
    let paint = Paint(look.colour);
    let mut text = String::new();
    match answer.decision {
        Decision::Found { hedged } => {
            if hedged {
                let many = if answer.shown().len() == 1 { "" } else { "s" };
                let head = format!("Not sure that this answers it; closest passage{many}:");
                line(&mut text, &paint.warn(&head));
                line(&mut text, "");
            }
            for excerpt in answer.shown() {
                quote(&mut text, excerpt, look);
                line(&mut text, "");
            }
        }
        Decision::NotFound(reason) => {
            not_found(&mut text, answer, reason, look);
            line(&mut text, "");
        }
    }
    notes(&mut text, id, answer, look);
    if explain {
        line(&mut text, "");
        text.push_str(&why(answer));
    }
    text
}

/// Why an answer is what it is, each line ended.
pub fn why(answer: &Answer) -> String {
    escape::terminal(&explanation(&Reasons::of_answer(answer))).into_owned()
}

/// A quote with its citation.
fn quote(text: &mut String, excerpt: &Excerpt, look: Look) {
    let paint = Paint(look.colour);
    let number = format!("[{}] ", excerpt.rank);
    let quoted = format!("“{}”", one_line(&excerpt.quote_line()));
    let width = width(look);
    let mut lines = wrap(&quoted, width.map(|width| width.saturating_sub(number.len())));
    let first = if lines.is_empty() { String::new() } else { lines.remove(0) };
    line(text, &(paint.number(&number) + &first));
    lines.iter().for_each(|rest| line(text, &format!("{INDENT}{rest}")));

    let article = &excerpt.article;
    block(text, &one_line(article.title.text()), INDENT, width, |title| paint.title(title));
    let meta = article.metadata();
    let publisher = meta.publisher.as_deref().map(one_line);
    let published = meta.published.map(|day| day.to_string());
    let place = Some(place(excerpt));
    let parts: Vec<String> = [publisher, published, place].into_iter().flatten().collect();
    block(text, &parts.join(" · "), INDENT, width, |part| paint.dim(part));
    // Not wrapped, so that it can be copied.
    line(text, &format!("{INDENT}{}", paint.dim(&source(excerpt))));
}

/// `paragraph 4, line 12` or `paragraphs 4–5, lines 12–14`.
fn place(excerpt: &Excerpt) -> String {
    let numbered = |what: &str, (first, last): (u32, u32)| match first == last {
        true => format!("{what} {first}"),
        false => format!("{what}s {first}–{last}"),
    };
    format!("{}, {}", numbered("paragraph", excerpt.paragraphs()), numbered("line", excerpt.lines()))
}

/// The address of the original, else the file.
fn source(excerpt: &Excerpt) -> String {
    let article = &excerpt.article;
    one_line(article.metadata().url.as_deref().unwrap_or(article.path()))
}

/// Why there is no answer, what could not be matched, and what comes nearest.
fn not_found(text: &mut String, answer: &Answer, reason: Reason, look: Look) {
    let paint = Paint(look.colour);
    let width = width(look);
    let articles = counted(answer.corpus.articles, "article");
    let why = match reason {
        Reason::OnlyCommonWords => {
            "Not found: the question holds only common words, such as `what` or `the`. \
             Name a person, a place or a thing."
                .to_owned()
        }
        Reason::NoKnownWord => format!("Not found: no word of the question stands in the {articles}."),
        Reason::LowConfidence => {
            format!("Not found: nothing in the {articles} answers this well enough to be quoted.")
        }
    };
    block(text, &why, "", width, |why| paint.warn(why));
    if !answer.unmatched.is_empty() {
        let words: Vec<String> = answer.unmatched.iter().map(|word| one_line(word)).collect();
        block(text, &format!("could not be matched: {}", words.join(", ")), "", width, str::to_owned);
    }
    if !answer.nearest().is_empty() {
        line(text, "nearest articles:");
        for excerpt in answer.nearest().iter().take(NEAREST_MAX) {
            let title = one_line(excerpt.article.title.text());
            block(text, &title, "  ", width, |title| paint.title(title));
            line(text, &format!("  {}", paint.dim(&source(excerpt))));
        }
    }
}

/// What else was looked for, and a last line on the corpus. The record's number is for the person who may
/// look it up, and differs each time: it is shown on a terminal alone.
fn notes(text: &mut String, id: RecordId, answer: &Answer, look: Look) {
    let paint = Paint(look.colour);
    let width = width(look);
    if !answer.carried.is_empty() {
        let words: Vec<String> = answer.carried.iter().map(|word| one_line(word)).collect();
        let carried = format!("with words of the question before: {}", words.join(", "));
        block(text, &carried, "", width, |part| paint.dim(part));
    }
    let looked_for: Vec<String> = answer
        .expansions
        .iter()
        .map(|expansion| one_line(&format!("{} (for {})", expansion.looked_for.join(", "), expansion.asked)))
        .collect();
    if !looked_for.is_empty() {
        let looked_for = format!("also looked for: {}", looked_for.join("; "));
        block(text, &looked_for, "", width, |part| paint.dim(part));
    }
    if !answer.differing.is_empty() {
        let others: Vec<String> = answer.differing.iter().map(|rank| format!("[{rank}]")).collect();
        let differing = format!("the articles name different figures: compare [1] and {}", others.join(", "));
        block(text, &differing, "", width, |part| paint.warn(part));
    }
    let number = look.width.map(|_| format!("#{id}"));
    let articles = Some(counted(answer.corpus.articles, "article"));
    let parts: Vec<String> = [number, articles].into_iter().flatten().collect();
    line(text, &paint.dim(&parts.join(" · ")));
}

/// `1 article`, `5 articles`.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A text on one line, safe to show: line ends (with the white space around them) become one space.
pub(super) fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let joined = lines.collect::<Vec<_>>().join(" ");
    escape::terminal(&joined).into_owned()
}

fn width(look: Look) -> Option<usize> {
    look.width.map(|width| width.min(WIDTH_MAX))
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Wrapped lines, each behind an indent and painted on its own.
fn block(
    text: &mut String,
    content: &str,
    indent: &str,
    width: Option<usize>,
    paint: impl Fn(&str) -> String,
) {
    for part in wrap(content, width.map(|width| width.saturating_sub(indent.len()))) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{indent}{}", paint(&part));
    }
}

/// The few colours there are, by what they mean; or none.
struct Paint(bool);

impl Paint {
    fn number(&self, text: &str) -> String {
        self.sgr("1;36", text)
    }

    fn title(&self, text: &str) -> String {
        self.sgr("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.sgr("2", text)
    }

    fn warn(&self, text: &str) -> String {
        self.sgr("33", text)
    }

    /// `code` as ECMA-48 (SGR) has it.
    fn sgr(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests;
