//! Is one run better than another? The difference of the two on the same questions, with what chance may make of it.
//!
//! Questions differ far more than rankings do, so two means say little beside each other; the mean of the
//! differences, question by question, says much.

use std::collections::HashMap;

use super::metrics::{mean, ndcg_at, reciprocal_rank_at, success_at};
use super::report::gains;
use super::{Asked, trec};
use crate::corpus::GoldenQuestion;

/// How many standard errors of a mean hold it in 95 of 100 cases (the normal distribution's 97.5th percentile).
const STANDARD_ERRORS: f64 = 1.959_964;

/// The rankings of a run: article ids by question id, best first.
pub type Run = HashMap<String, Vec<String>>;

/// By how much one run differs from another in one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The mean of this run, less that of the other.
    pub mean: f64,
    /// The bounds of its 95 % confidence interval, by the normal approximation: with fewer than 30 questions it is
    /// too narrow.
    pub interval: (f64, f64),
    /// Over how many questions.
    pub questions: usize,
}

/// How a run does against another, on the questions that both rank and that name relevant articles; `None` where
/// there are fewer than two.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Comparison {
    /// Of S@1.
    pub success_at_1: Option<Difference>,
    /// Of MRR@10.
    pub mrr_at_10: Option<Difference>,
    /// Of nDCG@10.
    pub ndcg_at_10: Option<Difference>,
}

/// Why a run cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line} of the run is not `question Q0 article rank score tag`; write one with --run")]
pub struct RunError {
    /// The line, from 1.
    pub line: usize,
}

/// Reads a run in the format of TREC, ordered by rank, with its ids as they were before [`super::run`] wrote them.
///
/// # Errors
///
/// Where a line has not the six columns, or its rank is no number.
pub fn read_run(text: &str) -> Result<Run, RunError> {
    let mut ranked: HashMap<String, Vec<(u64, String)>> = HashMap::new();
    for (line, columns) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let columns: Vec<&str> = columns.split_whitespace().collect();
        let [question, _, article, rank, _, _] = columns[..] else { return Err(RunError { line }) };
        let rank = rank.parse().map_err(|_| RunError { line })?;
        ranked.entry(trec::id(question)).or_default().push((rank, trec::id(article)));
    }
    let in_order = ranked.into_iter().map(|(question, mut articles)| {
        articles.sort();
        (question, articles.into_iter().map(|(_, article)| article).collect())
    });
    Ok(in_order.collect())
}

/// Compares what was asked with a run. `asked` are the questions in their order.
pub fn compare(questions: &[GoldenQuestion], asked: &[Asked], run: &Run) -> Comparison {
    let mut pairs = Vec::new();
    for (question, asked) in questions.iter().zip(asked) {
        let Some(other) = run.get(&question.id) else { continue };
        let other = Asked { ranked: other.iter().map(|id| (id.clone(), 0.0)).collect(), ..Asked::default() };
        pairs.extend(gains(question, asked).zip(gains(question, &other)));
    }
    let of = |measure: &dyn Fn(&[u32], &[u32]) -> f64| {
        let this = pairs
            .iter()
            .map(|((ranked, relevant), (other, _))| measure(ranked, relevant) - measure(other, relevant));
        difference(&this.collect::<Vec<_>>())
    };
    Comparison {
        success_at_1: of(&|ranked, _| success_at(1, ranked)),
        mrr_at_10: of(&|ranked, _| reciprocal_rank_at(10, ranked)),
        ndcg_at_10: of(&|ranked, relevant| ndcg_at(10, ranked, relevant)),
    }
}

fn difference(differences: &[f64]) -> Option<Difference> {
    let count = differences.len();
    let mean = mean(differences.iter().copied()).filter(|_| count > 1)?;
    let squares: f64 = differences.iter().map(|difference| (difference - mean) * (difference - mean)).sum();
    let error = libm::sqrt(squares / (count - 1) as f64 / count as f64);
    let reach = STANDARD_ERRORS * error;
    Some(Difference { mean, interval: (mean - reach, mean + reach), questions: count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_run_by_rank() {
        let run = read_run("q1 Q0 b 2 1.5 x\nq1 Q0 a 1 2.5 x\n\nq2\tQ0 c 1 -3 y\n").unwrap();
        assert_eq!(run["q1"], ["a", "b"]);
        assert_eq!(run["q2"], ["c"]);
        let check = |text: &str, line: usize| assert_eq!(read_run(text), Err(RunError { line }), "{text}");
        check("q1 Q0 a first 2.5 x", 1);
        check("q1 Q0 a 1 2.5 x\nq1 Q0 a", 2);
        check("{}", 1);
    }

    #[test]
    fn differences_by_hand() {
        let questions = ["one", "two", "three", "elsewhere"].map(|id| GoldenQuestion {
            id: id.to_owned(),
            relevant: Some(vec!["a".to_owned()]),
            answerable: true,
            ..GoldenQuestion::default()
        });
        let ranked = |ids: &[&str]| Asked {
            ranked: ids.iter().map(|&id| (id.to_owned(), 1.0)).collect(),
            ..Asked::default()
        };
        let asked = [ranked(&["a"]), ranked(&["a", "b"]), ranked(&["b", "a"]), ranked(&["a"])];
        let run = read_run("one Q0 a 1 1 x\ntwo Q0 b 1 2 x\ntwo Q0 a 2 1 x\nthree Q0 a 1 1 x").unwrap();
        let compared = compare(&questions, &asked, &run);
        // 0, +1, -1: no difference, and a standard error of 1 / sqrt 3.
        let success = compared.success_at_1.unwrap();
        assert_eq!((success.mean, success.questions), (0.0, 3));
        assert!((success.interval.1 - 1.959_964 / 3f64.sqrt()).abs() < 1e-9, "{success:?}");
        // 0, +.5, -.5.
        assert_eq!(compared.mrr_at_10.unwrap().mean, 0.0);
        assert_eq!(compare(&questions, &asked, &Run::new()), Comparison::default());
    }

    #[test]
    fn a_run_is_no_better_than_itself() {
        let ids = ["", "a b", "a_b", "a%20b"];
        let questions = ids.map(|id| GoldenQuestion {
            id: id.to_owned(),
            relevant: Some(vec![id.to_owned()]),
            answerable: true,
            ..GoldenQuestion::default()
        });
        let asked =
            ids.map(|id| Asked { id: id.to_owned(), ranked: vec![(id.to_owned(), 1.0)], ..Asked::default() });
        let run = read_run(&trec::run(&asked)).unwrap();
        let success = compare(&questions, &asked, &run).success_at_1.unwrap();
        assert_eq!((success.mean, success.questions), (0.0, 4));
    }
}
