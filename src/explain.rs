//! Why is an answer what it is? In numbers that add up, as plain text, for whoever shows them. Pure.

use std::fmt::Write;

use crate::answer::{Answer, ConfidenceParts, Explanation};
use crate::audit::{AskDetail, Why};
use crate::search::Addend;

/// Why an answer is what it is: of one just given, or of one on record.
pub struct Reasons<'a> {
    excerpts: Vec<Chosen<'a>>,
    confidence: f64,
    parts: &'a ConfidenceParts,
}

/// Why an excerpt was chosen.
struct Chosen<'a> {
    rank: usize,
    article: &'a str,
    score: f64,
    why: &'a Explanation,
}

impl<'a> Reasons<'a> {
    /// Of an answer just given.
    pub fn of_answer(answer: &'a Answer) -> Reasons<'a> {
        let excerpts = answer.excerpts.iter().map(|excerpt| Chosen {
            rank: excerpt.rank,
            article: &excerpt.article.id,
            score: excerpt.score,
            why: &excerpt.explanation,
        });
        let (confidence, parts) = (answer.confidence, &answer.confidence_parts);
        Reasons { excerpts: excerpts.collect(), confidence, parts }
    }

    /// Of an answer on record, with its reasons, which may have been erased since.
    pub fn of_record(asked: &'a AskDetail, why: &'a Why) -> Reasons<'a> {
        let excerpts = asked.citations.iter().zip(&why.excerpts).map(|(citation, why)| Chosen {
            rank: citation.rank as usize,
            article: &citation.article,
            score: citation.score,
            why,
        });
        Reasons { excerpts: excerpts.collect(), confidence: asked.confidence, parts: &why.confidence }
    }
}

/// The reasons of each excerpt, the best first, and of the confidence. Each line ended, none indented. Words and
/// names of others stand on one line each; to make them harmless is left to whoever shows them.
pub fn explanation(reasons: &Reasons) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    for excerpt in &reasons.excerpts {
        let _ = excerpt_lines(&mut text, excerpt);
    }
    let _ = confidence_lines(&mut text, reasons);
    text
}

fn excerpt_lines(text: &mut String, excerpt: &Chosen) -> std::fmt::Result {
    let why = excerpt.why;
    writeln!(text, "why [{}] {}: score {:.4} =", excerpt.rank, one_line(excerpt.article), excerpt.score)?;
    addend_lines(text, "  ", &why.sentence.addends())?;
    for word in &why.words {
        let (asked, weight, found) = (one_line(&word.asked), word.weight, word.found);
        writeln!(text, "    {asked}: weight {weight:.4}, found {found:.4}")?;
    }
    article_lines(text, why)
}

fn article_lines(text: &mut String, why: &Explanation) -> std::fmt::Result {
    let parts = &why.article;
    writeln!(text, "  score of the article {:.4} =", why.article_score)?;
    addend_lines(text, "    ", &parts.addends())?;
    writeln!(text, "  BM25 of the article {:.4} =", parts.article)?;
    for term in &why.terms {
        let (asked, name) = (one_line(&term.asked), one_line(&term.term));
        let (score, weight, tf) = (term.score, term.weight, term.tf);
        writeln!(text, "    {score:+.4}  {asked} as `{name}`: weight {weight:.4}, {tf} times")?;
    }
    Ok(())
}

/// What a score is made of, a line each, without what adds nothing.
fn addend_lines(text: &mut String, indent: &str, addends: &[Addend]) -> std::fmt::Result {
    for Addend { weight, value, name } in addends.iter().filter(|addend| addend.value != 0.0) {
        writeln!(text, "{indent}{:+.4} = {weight} × {value:.4}  {name}", weight * value)?;
    }
    Ok(())
}

fn confidence_lines(text: &mut String, reasons: &Reasons) -> std::fmt::Result {
    let parts = reasons.parts;
    // Parts that count no article were never measured.
    if reasons.excerpts.is_empty() && parts.articles == 0 {
        return writeln!(text, "confidence {:.4}: there is nothing to quote", reasons.confidence);
    }
    writeln!(text, "confidence {:.4}:", reasons.confidence)?;
    let (lead, margin) = (parts.lead, parts.margin);
    writeln!(
        text,
        "  the best of {} articles is {lead:.4} ahead of the second, {margin:.4} of the fifth",
        parts.articles
    )?;
    writeln!(text, "  the quoted sentence is {:.4} ahead of those of other articles", parts.sentence_lead)?;
    writeln!(text, "  {:.4} of the question stands within two sentences of the quote", parts.near)?;
    writeln!(text, "  {} of its words stand in the quoted sentence", parts.words)?;
    if parts.kind != 0.0 {
        let holds = if parts.kind > 0.0 { "holds" } else { "does not hold" };
        writeln!(text, "  the quoted sentence {holds} the kind of thing asked for")?;
    }
    writeln!(text, "  {:.4} of the question stands in no article", parts.unknown)?;
    writeln!(
        text,
        "  {:.4} of it are names or years that stand neither near the quote nor in the title",
        parts.missing_names
    )?;
    if let [first, second, ..] = reasons.excerpts.as_slice() {
        let margin = first.score - second.score;
        writeln!(text, "runner-up: {}, {margin:.4} behind", one_line(second.article))?;
    }
    Ok(())
}

/// What others wrote, on one line, so that it cannot pass for a line of ours.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
