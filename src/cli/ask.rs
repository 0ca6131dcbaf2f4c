//! `footnote ask`: one question, one answer.

use clap::Args;
use serde::Serialize;

use super::local::Local;
use super::{CorpusArg, CorpusWire, Outcome, escape, look, render};
use crate::answer::{Answer, Decision, Excerpt, Manner};
use crate::audit::{AuditedAnswer, RecordId};
use crate::config::Config;

/// What can be said to `ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The question; several words are joined with spaces
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Say why: what each score is the sum of, and how sure the answer is
    #[arg(long)]
    explain: bool,
    /// The most quotes, 1 to 10 [default: ANSWER_PASSAGES, else 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    passages: Option<u8>,
    #[command(flatten)]
    corpus: CorpusArg,
}

/// Answers, prints the answer, and records it.
pub(super) fn run(args: &AskArgs, config: &Config) -> anyhow::Result<Outcome> {
    let mut params = config.answer;
    if let Some(most) = args.passages {
        params.passages_max = most.into();
    }
    let local = Local::open(config, args.corpus.dir(config), params)?;
    let audited = local.ask(&args.question.join(" "), Manner::default(), None)?;
    let text = if args.json { json(&audited)? } else { render::answer(&audited, look(config), args.explain) };
    local.show(audited.id(), &text)?;
    Ok(match audited.answer().decision {
        Decision::Found { .. } => Outcome::Done,
        Decision::NotFound(_) => Outcome::Failed,
    })
}

/// The answer as one JSON object on one line.
fn json(audited: &AuditedAnswer) -> serde_json::Result<String> {
    wire(audited.id(), audited.answer())
}

fn wire(id: RecordId, answer: &Answer) -> serde_json::Result<String> {
    let reason = match answer.decision {
        Decision::Found { .. } => None,
        Decision::NotFound(reason) => Some(reason.as_str()),
    };
    let wire = AnswerWire {
        question: answer.question.text(),
        answered: reason.is_none(),
        reason,
        confidence: answer.confidence,
        corpus: CorpusWire::new(&answer.corpus),
        passages: answer.shown().iter().map(PassageWire::new).collect(),
        audit_id: id,
    };
    // What an article says may command the terminal on which this is looked at.
    serde_json::to_string(&wire).map(|json| escape::json(&json).into_owned() + "\n")
}

#[derive(Serialize)]
struct AnswerWire<'a> {
    question: &'a str,
    answered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    confidence: f64,
    corpus: CorpusWire,
    passages: Vec<PassageWire<'a>>,
    audit_id: RecordId,
}

#[derive(Serialize)]
struct PassageWire<'a> {
    rank: usize,
    score: f64,
    article: ArticleWire<'a>,
    paragraph: u32,
    lines: (u32, u32),
    text: &'a str,
    quote: &'a str,
}

#[derive(Serialize)]
struct ArticleWire<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    published: Option<String>,
    url: Option<&'a str>,
    path: &'a str,
}

impl<'a> PassageWire<'a> {
    fn new(excerpt: &'a Excerpt) -> PassageWire<'a> {
        let article = &excerpt.article;
        PassageWire {
            rank: excerpt.rank,
            score: excerpt.score,
            article: ArticleWire {
                id: &article.id,
                title: article.title.text(),
                publisher: article.metadata().publisher.as_deref(),
                published: article.metadata().published.map(|day| day.to_string()),
                url: article.metadata().url.as_deref(),
                path: article.path(),
            },
            paragraph: excerpt.paragraph,
            lines: excerpt.lines(),
            text: excerpt.passage_text(),
            quote: excerpt.quote_text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::answer::{ConfidenceParts, CorpusSummary, Explanation, Question, Reason};
    use crate::corpus::{Article, Digest, LineMap, Metadata, Title};

    fn check(decision: Decision, expected: Expect) {
        let text = "Before it. Iran seeks the \"T-90\".";
        let article = Article::new(
            "news/visit",
            "news/visit.md",
            Title::Given("A visit".into()),
            Metadata { published: Some(jiff::civil::date(2016, 2, 16)), ..Metadata::default() },
            text,
            LineMap::Runs([(0, 7), (11, 8)].into()),
        );
        let answer = Answer {
            question: Question::new("which tank?").unwrap(),
            decision,
            confidence: 0.5,
            confidence_parts: ConfidenceParts::default(),
            excerpts: vec![Excerpt {
                rank: 1,
                score: 7.25,
                article: Arc::new(article),
                passage: 0..text.len(),
                quote: 11..text.len(),
                paragraph: 3,
                explanation: Explanation::default(),
            }],
            expansions: vec![],
            unmatched: vec![],
            differing: vec![],
            carried: Vec::new(),
            has_more: false,
            corpus: CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 20 },
        };
        expected.assert_eq(&wire(12, &answer).unwrap().replace(&Digest::of(b"").to_string(), "DIGEST"));
    }

    #[test]
    fn answered() {
        check(
            Decision::Found { hedged: true },
            expect![[r#"
            {"question":"which tank?","answered":true,"confidence":0.5,"corpus":{"digest":"DIGEST","articles":5,"passages":20},"passages":[{"rank":1,"score":7.25,"article":{"id":"news/visit","title":"A visit","publisher":null,"published":"2016-02-16","url":null,"path":"news/visit.md"},"paragraph":3,"lines":[8,8],"text":"Before it. Iran seeks the \"T-90\".","quote":"Iran seeks the \"T-90\"."}],"audit_id":12}
        "#]],
        );
    }

    #[test]
    fn not_answered() {
        check(
            Decision::NotFound(Reason::LowConfidence),
            expect![[r#"
            {"question":"which tank?","answered":false,"reason":"low_confidence","confidence":0.5,"corpus":{"digest":"DIGEST","articles":5,"passages":20},"passages":[],"audit_id":12}
        "#]],
        );
    }
}
