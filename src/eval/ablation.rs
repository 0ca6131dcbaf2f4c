//! What is each part of answering worth? The measures without it, beside those with all parts.

use std::time::Duration;

use super::{EvalReport, RANKED_MIN, evaluate};
use crate::answer::AnswerParams;
use crate::corpus::GoldenQuestion;
use crate::parts::{Part, Without};
use crate::snapshot::Snapshot;

/// The measures of answering without some parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablated {
    /// What is left out, for people.
    pub without: &'static str,
    /// The measures; without times.
    pub report: EvalReport,
}

/// The parts that order articles; the others but those of the question are of sentences.
const OF_RANKING: [Part; 6] =
    [Part::Passage, Part::Sentence, Part::Headline, Part::Pair, Part::Span, Part::Title];

/// The parts that choose sentences.
const OF_SENTENCES: [Part; 7] =
    [Part::Topic, Part::Soft, Part::Kind, Part::Length, Part::Neighbours, Part::Article, Part::Second];

/// Asks the questions with all parts, without each, and without groups of them: the first report is that of all.
/// `progress` is told how many of [`ABLATIONS`] runs are done.
pub fn ablate(
    snapshot: &Snapshot,
    questions: &[GoldenQuestion],
    params: &AnswerParams,
    progress: &dyn Fn(usize),
) -> Vec<Ablated> {
    let single = Part::ALL.map(|part| (part.about(), Without::of(&[part])));
    let groups = [
        ("all of ranking but BM25 of the article", Without::of(&OF_RANKING)),
        ("all of sentence choice but the words found", Without::of(&OF_SENTENCES)),
        ("everything above", Without::of(&Part::ALL)),
    ];
    let runs = std::iter::once(("nothing", Without::default())).chain(single).chain(groups);
    let reports = runs.zip(1..).map(|((name, without), number)| {
        let params = AnswerParams { without, ..*params };
        let evaluation = evaluate(snapshot, questions, &params, RANKED_MIN, &|| Duration::ZERO, &|_| ());
        progress(number);
        Ablated { without: name, report: evaluation.report }
    });
    reports.collect()
}

/// How many runs [`ablate`] makes.
pub const ABLATIONS: usize = Part::ALL.len() + 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};

    #[test]
    fn a_part_that_matters_is_missed() {
        let articles =
            [("a", "The zeppelin landed at Lakehurst in May."), ("b", "The harbour was closed in May.")];
        let snapshot = Snapshot::build(samples::corpus(&articles, Synonyms::default()));
        let question = GoldenQuestion {
            id: "1".to_owned(),
            question: "What did the zepelin do?".to_owned(),
            relevant: Some(vec!["a".to_owned()]),
            ..GoldenQuestion::default()
        };
        let ablated = ablate(&snapshot, &[question], &AnswerParams::default(), &|_| ());
        assert_eq!(ablated.len(), ABLATIONS);
        let of = |name: &str| {
            ablated.iter().find(|ablated| ablated.without == name).unwrap().report.success_at_1.unwrap()
        };
        assert_eq!(of("nothing"), 1.0);
        assert_eq!(of(Part::Title.about()), 1.0);
        assert_eq!(of(Part::Spelling.about()), 0.0);
    }
}
