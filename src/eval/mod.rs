//! How good are we? Questions with gold answers -> metrics and a report. Pure: the clock is handed in.
//!
//! [`evaluate`] asks a whole set and measures; [`golden`] asks the few that a corpus brings along and says
//! which pass. Neither knows where questions come from or where reports go.

mod ablation;
mod against;
mod gold;
mod golden;
pub mod metrics;
mod report;
mod trec;

use std::time::Duration;

use crate::answer::{AnswerParams, Decision, Question, QuestionError};
use crate::corpus::GoldenQuestion;
use crate::snapshot::Snapshot;

pub use ablation::{ABLATIONS, Ablated, ablate};
pub use against::{Comparison, Difference, Run, RunError, compare, read_run};
pub use gold::{Script, holds_any};
pub use golden::{FirstQuote, GoldenChange, GoldenFailure, GoldenReport, golden, golden_compare};
pub use report::{CalibrationBin, EvalReport};
pub use trec::run;

/// How many articles are ranked for a question where they are written down: as deep as runs are usually judged.
pub const RANKED_MAX: usize = 100;

/// How many the measures look at.
pub const RANKED_MIN: usize = 10;

/// What came of asking one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// The question's id.
    pub id: String,
    /// Whether it was answered.
    pub answered: bool,
    /// Why not: a [`crate::answer::Reason`] by name, or `empty` or `too_long` for a question that is refused.
    pub reason: Option<&'static str>,
    /// Confidence in the best candidate, 0 to 1, whether or not it was answered.
    pub confidence: f64,
    /// Ids and scores of the articles, best first, at most [`RANKED_MAX`], whether or not it was answered.
    pub ranked: Vec<(String, f64)>,
    /// The best candidate's quote; empty where nothing matched.
    pub quote: String,
    /// The passage that the quote is taken from.
    pub passage: String,
    /// Whether a gold answer stands in the top article's title or text.
    pub answer_in_article: bool,
    /// Whether a gold answer stands in the quote.
    pub answer_in_quote: bool,
    /// How long answering took.
    pub took: Duration,
}

/// What came of a set of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Question by question, in their order.
    pub asked: Vec<Asked>,
    /// The measures.
    pub report: EvalReport,
}

/// Asks the questions one after the other, so that the time of each is its own, and measures.
///
/// At least `ranked` articles are ranked for each question, as far as there are so many.
/// `elapsed` tells the time since any fixed moment; `progress` is told how many questions are done.
pub fn evaluate(
    snapshot: &Snapshot,
    questions: &[GoldenQuestion],
    params: &AnswerParams,
    ranked: usize,
    elapsed: &dyn Fn() -> Duration,
    progress: &dyn Fn(usize),
) -> Evaluation {
    let mut asked = Vec::with_capacity(questions.len());
    for gold in questions {
        asked.push(ask(snapshot, gold, params, ranked, elapsed));
        progress(asked.len());
    }
    let report = EvalReport::new(questions, &asked);
    Evaluation { asked, report }
}

fn ask(
    snapshot: &Snapshot,
    gold: &GoldenQuestion,
    params: &AnswerParams,
    ranked: usize,
    elapsed: &dyn Fn() -> Duration,
) -> Asked {
    let start = elapsed();
    let question = match Question::new(&gold.question) {
        Ok(question) => question,
        Err(error) => {
            return Asked { id: gold.id.clone(), reason: Some(refusal(&error)), ..Asked::default() };
        }
    };
    let (answer, mut best) = snapshot.answer_and_rank(&question, params, RANKED_MIN);
    let took = elapsed().saturating_sub(start);
    // Nobody who asks waits for more.
    if ranked > RANKED_MIN {
        best = snapshot.answer_and_rank(&question, params, ranked).1;
    }

    let mut asked = Asked { id: gold.id.clone(), confidence: answer.confidence, took, ..Asked::default() };
    match answer.decision {
        Decision::Found { .. } => asked.answered = true,
        Decision::NotFound(reason) => asked.reason = Some(reason.as_str()),
    }
    if let Some(article) = best.first().and_then(|top| snapshot.corpus().article(top.id)) {
        let text = format!("{}\n{}", article.title.text(), article.text);
        asked.answer_in_article = holds_any(&text, &gold.answers, Script::of(&article.text));
    }
    if let Some(best) = answer.excerpts.first() {
        let script = Script::of(&best.article.text);
        asked.answer_in_quote = holds_any(best.quote_text(), &gold.answers, script);
        asked.quote = best.quote_text().to_owned();
        asked.passage = best.passage_text().to_owned();
    }
    asked.ranked = best.iter().map(|article| (article.id.to_owned(), article.score)).collect();
    asked
}

/// Why a question is refused, as a short stable name.
fn refusal(error: &QuestionError) -> &'static str {
    match error {
        QuestionError::Empty => "empty",
        QuestionError::TooLong { .. } => "too_long",
    }
}
