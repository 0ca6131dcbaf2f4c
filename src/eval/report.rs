//! From questions and what came of them to the measures of the whole set.

use std::time::Duration;

use super::Asked;
use super::metrics::{auroc, mean, ndcg_at, percentile, reciprocal_rank_at, success_at};
use crate::corpus::GoldenQuestion;

/// The fewest questions of a bin of [`EvalReport::calibration`]: the share of fewer is mostly chance.
pub const CALIBRATION_BIN_MIN: usize = 150;

/// The most bins.
const CALIBRATION_BINS_MAX: usize = 10;

/// Questions of about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationBin {
    /// How many.
    pub questions: usize,
    /// Their mean confidence, 0 to 1.
    pub confidence: f64,
    /// The share of them whose first quote is right, 0 to 1: what the confidence should be.
    pub right: f64,
}

/// The measures of a set of questions. Shares are 0 to 1; `None` where no question counts for a measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EvalReport {
    /// How many questions there are.
    pub questions: usize,
    /// How many of them were answered.
    pub answered: usize,
    /// How many the corpus answers, by what the set says.
    pub answerable: usize,
    /// How many of the others were answered all the same.
    pub answered_unanswerable: usize,
    /// How many name a relevant article: over these run the four measures of ranking.
    pub with_relevant: usize,
    /// How many have answers that are not marked as missing from the relevant article: over these run
    /// `answer_at_1` and `sent`.
    pub with_answers: usize,
    /// S@1: a relevant article comes first.
    pub success_at_1: Option<f64>,
    /// S@5: one is among the first five.
    pub success_at_5: Option<f64>,
    /// MRR@10: mean reciprocal rank of the first relevant article.
    pub mrr_at_10: Option<f64>,
    /// nDCG@10, with the grades as gains (1 where there are none).
    pub ndcg_at_10: Option<f64>,
    /// ans@1: a gold answer stands in the top article.
    pub answer_at_1: Option<f64>,
    /// A gold answer stands in the first quote.
    pub sent: Option<f64>,
    /// How well confidence parts the answerable questions from the rest: area under the ROC curve.
    pub auroc: Option<f64>,
    /// How well confidence parts the right first quotes from the wrong ones: AUROC over the questions that have
    /// answers or should not be answered. A quote is right where it holds a gold answer.
    pub auroc_quote: Option<f64>,
    /// The same questions in bins of equal count, the least sure first; empty where there are fewer than
    /// [`CALIBRATION_BIN_MIN`].
    pub calibration: Vec<CalibrationBin>,
    /// Median length of the first quote in characters, over the questions that have one.
    pub quote_chars_median: Option<usize>,
    /// Median time of an answer.
    pub latency_median: Option<Duration>,
    /// 99th percentile of the time of an answer.
    pub latency_p99: Option<Duration>,
}

impl EvalReport {
    /// Measures. `asked` are the same questions in the same order.
    pub fn new(questions: &[GoldenQuestion], asked: &[Asked]) -> EvalReport {
        let pairs = || questions.iter().zip(asked);
        let judged: Vec<(Vec<u32>, Vec<u32>)> =
            pairs().filter_map(|(question, asked)| gains(question, asked)).collect();
        let ranking = |measure: &dyn Fn(&[u32], &[u32]) -> f64| {
            mean(judged.iter().map(|(ranked, relevant)| measure(ranked, relevant)))
        };
        let with_answers: Vec<&Asked> = pairs()
            .filter(|(question, _)| !question.answers.is_empty() && question.answer_in_gold)
            .map(|(_, asked)| asked)
            .collect();
        let share = |holds: fn(&Asked) -> bool| {
            mean(with_answers.iter().map(|asked| f64::from(u8::from(holds(asked)))))
        };
        let confidences: Vec<(f64, bool)> =
            pairs().map(|(question, asked)| (asked.confidence, question.answerable)).collect();
        let judged_quotes: Vec<(f64, bool)> = pairs()
            .filter(|(question, _)| {
                !question.answerable || !question.answers.is_empty() && question.answer_in_gold
            })
            .map(|(question, asked)| (asked.confidence, question.answerable && asked.answer_in_quote))
            .collect();
        let quotes: Vec<usize> =
            asked.iter().map(|asked| asked.quote.chars().count()).filter(|&chars| chars > 0).collect();
        let latencies: Vec<Duration> = asked.iter().map(|asked| asked.took).collect();
        EvalReport {
            questions: questions.len(),
            answered: asked.iter().filter(|asked| asked.answered).count(),
            answerable: questions.iter().filter(|question| question.answerable).count(),
            answered_unanswerable: pairs()
                .filter(|(question, asked)| asked.answered && !question.answerable)
                .count(),
            with_relevant: judged.len(),
            with_answers: with_answers.len(),
            success_at_1: ranking(&|ranked, _| success_at(1, ranked)),
            success_at_5: ranking(&|ranked, _| success_at(5, ranked)),
            mrr_at_10: ranking(&|ranked, _| reciprocal_rank_at(10, ranked)),
            ndcg_at_10: ranking(&|ranked, relevant| ndcg_at(10, ranked, relevant)),
            answer_at_1: share(|asked| asked.answer_in_article),
            sent: share(|asked| asked.answer_in_quote),
            auroc: auroc(&confidences),
            auroc_quote: auroc(&judged_quotes),
            calibration: calibration(judged_quotes),
            quote_chars_median: percentile(0.5, &quotes),
            latency_median: percentile(0.5, &latencies),
            latency_p99: percentile(0.99, &latencies),
        }
    }
}

impl EvalReport {
    /// The largest difference between confidence and the share of right quotes, over the bins; `None` without bins.
    pub fn calibration_gap(&self) -> Option<f64> {
        self.calibration.iter().map(|bin| (bin.confidence - bin.right).abs()).reduce(f64::max)
    }
}

/// `(confidence, right)` in bins of equal count.
fn calibration(mut judged: Vec<(f64, bool)>) -> Vec<CalibrationBin> {
    judged.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let bins = (judged.len() / CALIBRATION_BIN_MIN).min(CALIBRATION_BINS_MAX);
    let bin = |number: usize| {
        let bin = judged.get(number * judged.len() / bins..(number + 1) * judged.len() / bins)?;
        Some(CalibrationBin {
            questions: bin.len(),
            confidence: mean(bin.iter().map(|&(confidence, _)| confidence))?,
            right: mean(bin.iter().map(|&(_, right)| f64::from(u8::from(right))))?,
        })
    };
    (0..bins).filter_map(bin).collect()
}

/// The gains of the ranked articles, best first, and of all relevant ones; `None` for a question that names
/// no relevant article.
pub(super) fn gains(question: &GoldenQuestion, asked: &Asked) -> Option<(Vec<u32>, Vec<u32>)> {
    let relevant = question.relevant.as_ref().filter(|relevant| !relevant.is_empty())?;
    let gain = |id: &String| question.grades.get(id).copied().unwrap_or(1);
    let ranked = asked.ranked.iter().map(|(id, _)| if relevant.contains(id) { gain(id) } else { 0 });
    Some((ranked.collect(), relevant.iter().map(gain).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, relevant: Option<&[&str]>, answers: &[&str], answerable: bool) -> GoldenQuestion {
        let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        GoldenQuestion {
            id: id.to_owned(),
            relevant: relevant.map(owned),
            answers: owned(answers),
            answerable,
            answer_in_gold: true,
            ..GoldenQuestion::default()
        }
    }

    fn asked(ranked: &[&str], confidence: f64, in_article: bool, in_quote: bool) -> Asked {
        Asked {
            answered: confidence > 0.3,
            confidence,
            ranked: ranked.iter().map(|&id| (id.to_owned(), 1.0)).collect(),
            quote: "x".repeat(ranked.len() * 10),
            answer_in_article: in_article,
            answer_in_quote: in_quote,
            took: Duration::from_micros(ranked.len() as u64),
            ..Asked::default()
        }
    }

    #[test]
    fn a_set_by_hand() {
        let mut questions = [
            question("first", Some(&["a"]), &["x"], true),
            question("second", Some(&["b", "c"]), &["x"], true),
            question("not in gold", Some(&["a"]), &["x"], true),
            question("unanswerable", Some(&[]), &[], false),
            question("not scored", None, &[], true),
        ];
        questions[1].grades = [("b".to_owned(), 3), ("elsewhere".to_owned(), 9)].into();
        questions[2].answer_in_gold = false;
        let asked = [
            asked(&["a", "b"], 0.9, true, true),
            asked(&["a", "c", "b"], 0.5, true, false),
            asked(&["b"], 0.4, false, false),
            asked(&["b"], 0.4, false, false),
            asked(&[], 0.0, false, false),
        ];
        let report = EvalReport::new(&questions, &asked);
        // Gains 0, 1, 3 of an ideal 3, 1: (1/log2 3 + 3/log2 4) / (3 + 1/log2 3) = .586883.
        let ndcg = (1.0 + (1.0 / 3f64.log2() + 1.5) / (3.0 + 1.0 / 3f64.log2()) + 0.0) / 3.0;
        assert!((report.ndcg_at_10.unwrap() - ndcg).abs() < 1e-12);
        let expected = EvalReport {
            questions: 5,
            answered: 4,
            answerable: 4,
            answered_unanswerable: 1,
            with_relevant: 3,
            with_answers: 2,
            success_at_1: Some(1.0 / 3.0),
            success_at_5: Some(2.0 / 3.0),
            mrr_at_10: Some(0.5),
            ndcg_at_10: report.ndcg_at_10,
            answer_at_1: Some(1.0),
            sent: Some(0.5),
            // Against the one at .4: .9 and .5 win, .4 ties, 0 loses.
            auroc: Some(2.5 / 4.0),
            // Two have answers in their article and one should not be answered: .9 is right, .5 and .4 are wrong.
            auroc_quote: Some(1.0),
            calibration: Vec::new(),
            quote_chars_median: Some(10),
            latency_median: Some(Duration::from_micros(1)),
            latency_p99: Some(Duration::from_micros(3)),
        };
        assert_eq!(report, expected);
    }

    #[test]
    fn bins_of_equal_count() {
        assert_eq!(calibration(vec![(0.5, true); CALIBRATION_BIN_MIN - 1]), []);
        let judged: Vec<(f64, bool)> = (0..400).map(|n| (f64::from(n % 2), n % 4 == 1)).collect();
        let expected = [(0.0, 0.0), (1.0, 0.5)].map(|(confidence, right)| CalibrationBin {
            questions: 200,
            confidence,
            right,
        });
        let report = EvalReport { calibration: calibration(judged), ..EvalReport::default() };
        assert_eq!(report.calibration, expected);
        assert_eq!(report.calibration_gap(), Some(0.5));
        assert_eq!(EvalReport::default().calibration_gap(), None);
    }

    #[test]
    fn no_questions() {
        assert_eq!(EvalReport::new(&[], &[]), EvalReport::default());
    }
}
