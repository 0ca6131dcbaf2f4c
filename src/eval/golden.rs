//! The golden questions of a corpus: which pass, why the others fail, and what a reload would lose.

use std::collections::BTreeMap;
use std::fmt;

use super::gold::{Script, holds_any};
use super::refusal;
use crate::answer::{Answer, AnswerParams, Decision, Question, Reason};
use crate::corpus::GoldenQuestion;
use crate::snapshot::Snapshot;

/// Whether each golden question passes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldenReport {
    /// By id. `None` for a question that is answered but not scored (no `relevant`), or whose articles are
    /// all gone.
    pub passed: BTreeMap<String, Option<bool>>,
    /// Why those that fail do.
    pub failures: BTreeMap<String, GoldenFailure>,
}

impl GoldenReport {
    /// How many questions pass, of how many that are scored.
    pub fn counts(&self) -> (usize, usize) {
        let scored = self.passed.values().flatten();
        (scored.clone().filter(|&&passed| passed).count(), scored.count())
    }
}

/// Why a golden question fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoldenFailure {
    /// It should have an answer and has none.
    NotAnswered {
        /// Why not: a [`Reason`] by name, or `empty` or `too_long`.
        reason: &'static str,
    },
    /// The first quote is from an article that is not relevant.
    WrongArticle(FirstQuote),
    /// The first quote is from a relevant article and holds none of the answers.
    WrongQuote(FirstQuote),
    /// It is marked unanswerable and was answered.
    Answered(FirstQuote),
}

/// What an answer quotes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstQuote {
    /// The id of the article.
    pub article: String,
    /// The quote, on one line.
    pub quote: String,
}

impl GoldenFailure {
    /// The quote that is wrong, where there is one.
    pub fn first(&self) -> Option<&FirstQuote> {
        match self {
            GoldenFailure::NotAnswered { .. } => None,
            GoldenFailure::WrongArticle(first)
            | GoldenFailure::WrongQuote(first)
            | GoldenFailure::Answered(first) => Some(first),
        }
    }
}

impl fmt::Display for GoldenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoldenFailure::NotAnswered { reason } => write!(f, "not answered ({reason})"),
            GoldenFailure::WrongArticle(first) => {
                write!(f, "`{}` comes first and is not relevant", first.article)
            }
            GoldenFailure::WrongQuote(first) => {
                write!(f, "the quote of `{}` holds none of the answers", first.article)
            }
            GoldenFailure::Answered(first) => {
                write!(f, "answered from `{}`, though marked unanswerable", first.article)
            }
        }
    }
}

/// Asks the golden questions. One passes when a relevant article comes first and, where answers are given,
/// the first quote holds one; or when it is refused and marked unanswerable.
pub fn golden(snapshot: &Snapshot, questions: &[GoldenQuestion], params: &AnswerParams) -> GoldenReport {
    let mut report = GoldenReport::default();
    for gold in questions {
        let answer = match Question::new(&gold.question) {
            Ok(question) => Ok(snapshot.answer(&question, params)),
            Err(error) => Err(refusal(&error)),
        };
        let known = |id: &str| snapshot.corpus().article(id).is_some();
        let verdict = judge(gold, answer.as_ref().map_err(|&reason| reason), &known);
        report.passed.insert(gold.id.clone(), verdict.as_ref().map(Result::is_ok));
        if let Some(Err(failure)) = verdict {
            report.failures.insert(gold.id.clone(), failure);
        }
    }
    report
}

/// Whether a question passes; `None` where it is not scored. `answer` is `Err` with the reason where the
/// question is refused; `known` tells whether the corpus holds an article.
fn judge(
    gold: &GoldenQuestion,
    answer: Result<&Answer, &'static str>,
    known: &dyn Fn(&str) -> bool,
) -> Option<Result<(), GoldenFailure>> {
    let relevant = gold.relevant.as_deref().unwrap_or_default();
    if gold.answerable && !relevant.iter().any(|id| known(id)) {
        return None;
    }
    let found = answer.and_then(|answer| match answer.decision {
        Decision::Found { .. } => answer.shown().first().ok_or(Reason::LowConfidence.as_str()),
        Decision::NotFound(reason) => Err(reason.as_str()),
    });
    Some(match found {
        Err(_) if !gold.answerable => Ok(()),
        Err(reason) => Err(GoldenFailure::NotAnswered { reason }),
        Ok(best) => {
            let first = FirstQuote { article: best.article.id.to_string(), quote: best.quote_line() };
            let quote_counts = !gold.answers.is_empty() && gold.answer_in_gold;
            if !gold.answerable {
                Err(GoldenFailure::Answered(first))
            } else if !relevant.contains(&first.article) {
                Err(GoldenFailure::WrongArticle(first))
            } else if quote_counts
                && !holds_any(best.quote_text(), &gold.answers, Script::of(&best.article.text))
            {
                Err(GoldenFailure::WrongQuote(first))
            } else {
                Ok(())
            }
        }
    })
}

/// What a new snapshot changes for the worse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldenChange {
    /// Ids of the questions that passed before and fail now, sorted.
    pub lost: Vec<String>,
    /// Ids of the questions that passed before and have no article left, sorted.
    pub gone: Vec<String>,
}

/// Compares the golden questions before and after a reload. A question that is asked no more is not lost.
pub fn golden_compare(before: &GoldenReport, after: &GoldenReport) -> GoldenChange {
    let passed_before = |id: &String| before.passed.get(id) == Some(&Some(true));
    let now = |verdict: Option<bool>| {
        let ids = after.passed.iter().filter(|&(id, &passed)| passed == verdict && passed_before(id));
        ids.map(|(id, _)| id.clone()).collect()
    };
    GoldenChange { lost: now(Some(false)), gone: now(None) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::answer::{ConfidenceParts, CorpusSummary, Excerpt, Explanation};
    use crate::corpus::{Article, Digest, LineMap, Metadata, Title};

    const QUOTE: &str = "Iran seeks the T-90 tank.";

    /// An answer from the article `visit`, or none.
    fn answer(decision: Decision) -> Answer {
        let article = Article::new(
            "visit",
            "visit.md",
            Title::Given("A visit".into()),
            Metadata::default(),
            QUOTE,
            LineMap::Single(1),
        );
        let all = 0..QUOTE.len();
        Answer {
            question: Question::new("which tank?").unwrap(),
            decision,
            confidence: 0.5,
            confidence_parts: ConfidenceParts::default(),
            excerpts: vec![Excerpt {
                rank: 1,
                score: 1.0,
                article: Arc::new(article),
                passage: all.clone(),
                quote: all,
                paragraph: 1,
                explanation: Explanation::default(),
            }],
            expansions: vec![],
            unmatched: vec![],
            differing: vec![],
            carried: Vec::new(),
            has_more: false,
            corpus: CorpusSummary { digest: Digest::of(b""), articles: 1, passages: 1 },
        }
    }

    fn gold(relevant: Option<&[&str]>, answers: &[&str], answerable: bool) -> GoldenQuestion {
        let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        GoldenQuestion {
            relevant: relevant.map(owned),
            answers: owned(answers),
            answerable,
            answer_in_gold: true,
            ..GoldenQuestion::default()
        }
    }

    #[track_caller]
    fn check(gold: &GoldenQuestion, decision: Decision, expected: Expect) {
        let verdict = judge(gold, Ok(&answer(decision)), &|id| id != "gone");
        expected.assert_eq(&match verdict {
            None => "not scored".to_owned(),
            Some(Ok(())) => "passes".to_owned(),
            Some(Err(failure)) => failure.to_string(),
        });
    }

    const FOUND: Decision = Decision::Found { hedged: false };
    const NOT_FOUND: Decision = Decision::NotFound(Reason::LowConfidence);

    #[test]
    fn questions_with_an_answer() {
        let visit: Option<&[&str]> = Some(&["visit"]);
        check(&gold(visit, &[], true), FOUND, expect!["passes"]);
        check(&gold(visit, &["S-300", "T90", "T-90"], true), FOUND, expect!["passes"]);
        check(
            &gold(visit, &["S-300"], true),
            FOUND,
            expect!["the quote of `visit` holds none of the answers"],
        );
        check(
            &gold(Some(&["other"]), &["T-90"], true),
            FOUND,
            expect!["`visit` comes first and is not relevant"],
        );
        check(&gold(visit, &["T-90"], true), NOT_FOUND, expect!["not answered (low_confidence)"]);
    }

    #[test]
    fn questions_without_an_answer() {
        check(&gold(Some(&[]), &[], false), NOT_FOUND, expect!["passes"]);
        check(&gold(None, &[], false), NOT_FOUND, expect!["passes"]);
        check(&gold(None, &[], false), FOUND, expect!["answered from `visit`, though marked unanswerable"]);
    }

    #[test]
    fn questions_that_are_not_scored() {
        check(&gold(None, &[], true), FOUND, expect!["not scored"]);
        check(&gold(Some(&["gone"]), &[], true), FOUND, expect!["not scored"]);
    }

    #[test]
    fn a_refused_question() {
        let unanswerable = judge(&gold(None, &[], false), Err("empty"), &|_| true);
        assert_eq!(unanswerable, Some(Ok(())));
        let answerable = judge(&gold(Some(&["visit"]), &[], true), Err("empty"), &|_| true);
        assert_eq!(answerable, Some(Err(GoldenFailure::NotAnswered { reason: "empty" })));
    }

    #[test]
    fn what_a_reload_loses() {
        let report = |passed: &[(&str, Option<bool>)]| GoldenReport {
            passed: passed.iter().map(|&(id, passed)| (id.to_owned(), passed)).collect(),
            ..GoldenReport::default()
        };
        let yes = Some(true);
        let no = Some(false);
        let before = report(&[("a", yes), ("b", yes), ("c", no), ("d", yes), ("e", yes), ("f", None)]);
        let after = report(&[("a", yes), ("b", no), ("c", no), ("d", None), ("f", no), ("new", no)]);
        let change = golden_compare(&before, &after);
        assert_eq!((change.lost, change.gone), (vec!["b".to_owned()], vec!["d".to_owned()]));
        assert_eq!(before.counts(), (4, 5));
    }
}
