//! `footnote check`: what a moderator asks before a reload. Is every article read, does every golden
//! question pass?

use std::fmt::Write;

use super::progress::Progress;
use super::render::{counted, one_line};
use super::{CorpusArg, Outcome, print};
use crate::answer::CorpusSummary;
use crate::config::Config;
use crate::corpus::{self, Effect, GoldenQuestion, LoadError, Loaded, Problem};
use crate::eval::{self, GoldenFailure, GoldenReport};
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
    let astray = astray(&snapshot, questions);
    let clean = problems.is_empty() && golden.failures.is_empty() && astray.is_empty();
    print(&text(&snapshot.summary(), &problems, questions, &golden, &astray))?;
    Ok(if clean { Outcome::Done } else { Outcome::Failed })
}

/// A question whose articles there are not, so that it guards nothing.
struct Astray {
    /// Its id.
    question: String,
    /// The first of its articles.
    article: String,
    /// What the article may be called.
    meant: Option<String>,
}

/// The questions that name articles, but none that there is.
fn astray(snapshot: &Snapshot, questions: &[GoldenQuestion]) -> Vec<Astray> {
    let corpus = snapshot.corpus();
    let like = |named: &str| {
        let bare = named.rsplit_once('.').map_or(named, |(bare, _)| bare);
        let mut ids = corpus.articles().iter().map(|article| &*article.id);
        ids.find(|id| id.eq_ignore_ascii_case(named) || id.eq_ignore_ascii_case(bare)).map(str::to_owned)
    };
    let named = questions.iter().filter(|question| question.answerable).filter_map(|question| {
        let relevant = question.relevant.as_deref()?;
        let article = relevant.first()?;
        let is_astray = relevant.iter().all(|id| corpus.article(id).is_none());
        is_astray.then(|| Astray {
            question: question.id.clone(),
            article: article.clone(),
            meant: like(article),
        })
    });
    named.collect()
}

/// The report.
fn text(
    corpus: &CorpusSummary,
    problems: &[Problem],
    questions: &[GoldenQuestion],
    golden: &GoldenReport,
    astray: &[Astray],
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
    for Astray { question, article, meant } in astray {
        let next = match meant {
            Some(meant) => format!("write `{}`", one_line(meant)),
            None => "name one that there is, or remove the question".to_owned(),
        };
        let _ =
            writeln!(text, "  {}: there is no article `{}`: {next}", one_line(question), one_line(article));
    }
    for question in questions {
        if let Some(failure) = golden.failures.get(&question.id) {
            text.push_str(&failure_lines(question, failure));
        }
    }
    text
}

/// A question that fails: why, what is quoted and what should be.
fn failure_lines(question: &GoldenQuestion, failure: &GoldenFailure) -> String {
    let (id, asked) = (one_line(&question.id), one_line(&question.question));
    let mut text = format!("  {id}: {}\n    {asked}\n", one_line(&failure.to_string()));
    if let Some(first) = failure.first() {
        let _ = writeln!(text, "    quoted: “{}”", one_line(&first.quote));
    }
    let is_article = question.answers.is_empty() || matches!(failure, GoldenFailure::WrongArticle(_));
    let articles = question.relevant.as_deref().unwrap_or_default();
    let wanted = if is_article { articles } else { &question.answers };
    if question.answerable && !wanted.is_empty() {
        let wanted: Vec<String> = wanted.iter().map(|wanted| format!("`{}`", one_line(wanted))).collect();
        let _ = writeln!(text, "    wanted: {}", wanted.join(" or "));
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
    use crate::corpus::{Digest, Synonyms, samples};
    use crate::eval::FirstQuote;

    fn check(problems: &[Problem], golden: &[(&str, Option<Option<GoldenFailure>>)], expected: Expect) {
        let mut report = GoldenReport::default();
        let mut questions = Vec::new();
        for (id, verdict) in golden {
            let question = format!("what of {id}?");
            let relevant = Some(vec!["news/a".to_owned(), "news/c".to_owned()]);
            let id_of = (*id).into();
            questions.push(GoldenQuestion {
                id: id_of,
                question,
                relevant,
                answerable: true,
                ..GoldenQuestion::default()
            });
            report.passed.insert((*id).into(), verdict.as_ref().map(Option::is_none));
            if let Some(Some(failure)) = verdict {
                report.failures.insert((*id).into(), failure.clone());
            }
        }
        let corpus = CorpusSummary { digest: Digest::of(b""), articles: 1, passages: 20 };
        expected.assert_eq(&text(&corpus, problems, &questions, &report, &[]));
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
        let first = FirstQuote { article: "news/b".into(), quote: "It was\u{1b} late.".into() };
        let wrong = GoldenFailure::WrongArticle(first);
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
                    quoted: “It was\u{1b} late.”
                    wanted: `news/a` or `news/c`
            "#]],
        );
    }

    #[test]
    fn a_question_that_names_no_article_there_is_guards_nothing() {
        let corpus = samples::corpus(&[("sub/x", "The zeppelin landed.")], Synonyms::default());
        let snapshot = Snapshot::build(corpus);
        let question = |id: &str, relevant: Option<&[&str]>, answerable| GoldenQuestion {
            id: id.to_owned(),
            question: "what landed?".to_owned(),
            relevant: relevant.map(|ids| ids.iter().map(|&id| id.to_owned()).collect()),
            answerable,
            ..GoldenQuestion::default()
        };
        let questions = [
            question("known", Some(&["gone", "sub/x"]), true),
            question("case", Some(&["Sub/X"]), true),
            question("file", Some(&["sub/x.md"]), true),
            question("gone", Some(&["gone"]), true),
            question("unscored", None, true),
            question("unanswerable", Some(&["gone"]), false),
        ];
        let found = astray(&snapshot, &questions);
        let found: Vec<_> = found.iter().map(|a| (a.question.as_str(), a.meant.as_deref())).collect();
        assert_eq!(found, [("case", Some("sub/x")), ("file", Some("sub/x")), ("gone", None)]);
    }
}
