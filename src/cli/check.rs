//! `footnote check`: what a moderator asks before a reload. Is every article read, does every golden
//! question pass?

use std::fmt::Write;

use super::progress::Progress;
use super::render::{counted, one_line};
use super::{CorpusArg, Outcome, print};
use crate::answer::CorpusSummary;
use crate::config::Config;
use crate::corpus::{self, Effect, GoldenQuestion, LoadError, Loaded, Problem};
use crate::eval::{self, GoldenReport};
use crate::snapshot::Snapshot;

/// Reads the corpus, runs its golden questions, and prints a report.
pub(super) fn run(corpus: &CorpusArg, config: &Config) -> anyhow::Result<Outcome> {
    let progress = Progress::load();
    let loaded = corpus::load(&corpus.dir(config), &progress);
    drop(progress);
    let Loaded { corpus, problems } = match loaded {
        Ok(loaded) => loaded,
        Err(LoadError::Empty { root, problems }) => {
            print(&problem_lines(&problems))?;
            return Err(LoadError::Empty { root, problems: Vec::new() }.into());
        }
        Err(error) => return Err(error.into()),
    };
    let snapshot = Snapshot::build(corpus);
    let questions = snapshot.corpus().questions();
    let golden = eval::golden(&snapshot, questions, &config.answer);
    print(&text(&snapshot.summary(), &problems, questions, &golden))?;
    let clean = problems.is_empty() && golden.failures.is_empty();
    Ok(if clean { Outcome::Done } else { Outcome::Failed })
}

/// The report.
fn text(
    corpus: &CorpusSummary,
    problems: &[Problem],
    questions: &[GoldenQuestion],
    golden: &GoldenReport,
) -> String {
    let articles = counted(corpus.articles, "article");
    let passages = counted(corpus.passages, "passage");
    let mut text = format!("corpus: {articles}, {passages}, digest {}\n", corpus.digest.short());
    match problems.len() {
        0 => text.push_str("problems: none\n"),
        count => {
            let _ = writeln!(text, "problems: {count}");
            text.push_str(&problem_lines(problems));
        }
    }
    let (passed, scored) = golden.counts();
    if questions.is_empty() {
        text.push_str("golden questions: none (write questions.jsonl to guard what is answered today)\n");
        return text;
    }
    let unscored = golden.passed.len() - scored;
    let unscored = if unscored > 0 { format!(", {unscored} not scored") } else { String::new() };
    let _ = writeln!(text, "golden questions: {passed} of {scored} passed{unscored}");
    for question in questions {
        if let Some(failure) = golden.failures.get(&question.id) {
            let (id, asked) = (one_line(&question.id), one_line(&question.question));
            let _ = writeln!(text, "  {id}: {}\n    {asked}", one_line(&failure.to_string()));
        }
    }
    text
}

/// One line a problem: where, what, and what became of it.
fn problem_lines(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        let effect = match problem.effect {
            Effect::Skipped => "skipped",
            Effect::Kept => "kept without it",
        };
        format!("  {} ({effect})\n", one_line(&problem.to_string()))
    };
    problems.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::Digest;
    use crate::eval::GoldenFailure;

    fn check(problems: &[Problem], golden: &[(&str, Option<Option<GoldenFailure>>)], expected: Expect) {
        let mut report = GoldenReport::default();
        let mut questions = Vec::new();
        for (id, verdict) in golden {
            let question = format!("what of {id}?");
            questions.push(GoldenQuestion { id: (*id).into(), question, ..GoldenQuestion::default() });
            report.passed.insert((*id).into(), verdict.as_ref().map(Option::is_none));
            if let Some(Some(failure)) = verdict {
                report.failures.insert((*id).into(), failure.clone());
            }
        }
        let corpus = CorpusSummary { digest: Digest::of(b""), articles: 1, passages: 20 };
        expected.assert_eq(&text(&corpus, problems, &questions, &report));
    }

    #[test]
    fn all_is_well() {
        check(
            &[],
            &[("a", Some(None))],
            expect![[r#"
            corpus: 1 article, 20 passages, digest af1349b9f5f9
            problems: none
            golden questions: 1 of 1 passed
        "#]],
        );
    }

    #[test]
    fn no_golden_questions() {
        check(
            &[],
            &[],
            expect![[r#"
            corpus: 1 article, 20 passages, digest af1349b9f5f9
            problems: none
            golden questions: none (write questions.jsonl to guard what is answered today)
        "#]],
        );
    }

    #[test]
    fn problems_and_failures() {
        let problem = |path: &str, line, effect| Problem {
            path: path.into(),
            line,
            effect,
            message: "not UTF-8: save it as UTF-8".into(),
        };
        let wrong = GoldenFailure::WrongArticle { first: "news/b".into() };
        check(
            &[problem("a.md", None, Effect::Skipped), problem("b\u{1b}.md", Some(3), Effect::Kept)],
            &[("one", Some(None)), ("two", Some(Some(wrong))), ("three", None)],
            expect![[r#"
                corpus: 1 article, 20 passages, digest af1349b9f5f9
                problems: 2
                  a.md: not UTF-8: save it as UTF-8 (skipped)
                  b\u{1b}.md:3: not UTF-8: save it as UTF-8 (kept without it)
                golden questions: 1 of 2 passed, 1 not scored
                  two: `news/b` comes first and is not relevant
                    what of two?
            "#]],
        );
    }
}
