//! Questions with known answers: the format of `questions.jsonl`. Pure.
//!
//! One question a line: `question`, and optionally `id`, `relevant`, `grades`, `answers`, `answerable` and
//! `answer_in_gold`; other fields are ignored.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead};

use serde::Deserialize;

use super::parse::jsonl::{Line, Lines};
use super::problem::quoted;
use super::{Effect, Problem};

/// The most broken lines that are reported; the rest of such a file is left out.
const PROBLEMS_MAX: usize = 1000;

/// A question, with what a good answer to it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoldenQuestion {
    /// Its name in reports; distinct within a file. The number of its line where the file gives none.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// The ids of the articles that answer it. `None` where the file does not say: the question is answered
    /// but not scored.
    pub relevant: Option<Vec<String>>,
    /// Grades of relevance by article id, as gains of nDCG; an article without one has grade 1.
    pub grades: BTreeMap<String, u32>,
    /// Strings of which a good quote holds one.
    pub answers: Vec<String>,
    /// `false` where the corpus does not hold the answer and the bot should say so.
    pub answerable: bool,
    /// `false` where the answer strings are known not to stand in the relevant article: not scored for
    /// answers.
    pub answer_in_gold: bool,
}

/// A line as it is written.
#[derive(Debug, Deserialize)]
struct Wire {
    id: Option<Name>,
    question: String,
    relevant: Option<Vec<Name>>,
    grades: Option<BTreeMap<String, u32>>,
    answers: Option<Vec<String>>,
    answerable: Option<bool>,
    answer_in_gold: Option<bool>,
}

/// An id: a text, or a whole number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(i64),
}

impl Name {
    fn into_string(self) -> String {
        match self {
            Name::Text(text) => text,
            Name::Number(number) => number.to_string(),
        }
    }
}

/// The questions of a stream of lines. A line that cannot be used is a problem of the file `path`; of two
/// questions with one id the second is left out.
///
/// # Errors
///
/// Where the stream cannot be read on.
pub(crate) fn read(path: &str, source: impl BufRead) -> io::Result<(Vec<GoldenQuestion>, Vec<Problem>)> {
    let (mut questions, mut problems) = (Vec::new(), Vec::new());
    let mut ids = HashSet::new();
    let mut lines = Lines::new(source);
    loop {
        let (batch, _) = lines.batch()?;
        if batch.is_empty() {
            return Ok((questions, problems));
        }
        for line in batch {
            match question(path, &line) {
                Ok(None) => {}
                Ok(Some(question)) if ids.insert(question.id.clone()) => questions.push(question),
                Ok(Some(question)) => {
                    let id = quoted(&question.id);
                    problems.push(problem(
                        path,
                        &line,
                        format!("the id {id} is taken by a line above: change it"),
                    ));
                }
                Err(problem) => problems.push(problem),
            }
            if problems.len() > PROBLEMS_MAX {
                let message =
                    format!("over {PROBLEMS_MAX} lines cannot be used: the rest of the file is left out");
                problems.push(problem(path, &line, message));
                return Ok((questions, problems));
            }
        }
    }
}

fn question(path: &str, line: &Line) -> Result<Option<GoldenQuestion>, Problem> {
    let Some(wire) = line.json::<Wire>(path)? else { return Ok(None) };
    let id = wire.id.map(Name::into_string).unwrap_or_else(|| line.number.to_string());
    let question = wire.question.trim().to_owned();
    if question.is_empty() {
        return Err(problem(path, line, "`question` is empty: write one, or remove the line".to_owned()));
    }
    Ok(Some(GoldenQuestion {
        id,
        question,
        relevant: wire.relevant.map(|ids| ids.into_iter().map(Name::into_string).collect()),
        grades: wire.grades.unwrap_or_default(),
        answers: wire.answers.unwrap_or_default(),
        answerable: wire.answerable.unwrap_or(true),
        answer_in_gold: wire.answer_in_gold.unwrap_or(true),
    }))
}

fn problem(path: &str, line: &Line, message: String) -> Problem {
    Problem { path: path.to_owned(), line: Some(line.number), effect: Effect::Skipped, message }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(source: &str, expected: Expect) {
        let (questions, problems) = read("questions.jsonl", source.as_bytes()).unwrap();
        let problems = problems.iter().map(|problem| format!("{problem}\n"));
        let shown = questions.iter().map(|question| format!("{question:?}\n"));
        expected.assert_eq(&shown.chain(problems).collect::<String>());
    }

    #[test]
    fn every_field_has_its_default() {
        check(
            "{\"question\": \"Who came?\"}\n\n{\"id\": 7, \"question\": \"When?\", \"relevant\": []}",
            expect![[r#"
                GoldenQuestion { id: "1", question: "Who came?", relevant: None, grades: {}, answers: [], answerable: true, answer_in_gold: true }
                GoldenQuestion { id: "7", question: "When?", relevant: Some([]), grades: {}, answers: [], answerable: true, answer_in_gold: true }
            "#]],
        );
        check(
            r#"{"id": "a", "question": " Who? ", "relevant": ["x", 2], "grades": {"x": 3}, "answers": ["D"],
                "answerable": false, "answer_in_gold": false, "evidence": {"any": 1}}"#
                .replace('\n', " ")
                .as_str(),
            expect![[r#"
                GoldenQuestion { id: "a", question: "Who?", relevant: Some(["x", "2"]), grades: {"x": 3}, answers: ["D"], answerable: false, answer_in_gold: false }
            "#]],
        );
    }

    #[test]
    fn lines_that_cannot_be_used_are_reported() {
        check(
            "{\"id\": \"a\", \"question\": \"Who?\"}\n{\"id\": \"a\", \"question\": \"When?\"}\n{\"id\": \"b\"}\n{\"question\": \" \"}\nnonsense\n",
            expect![[r#"
                GoldenQuestion { id: "a", question: "Who?", relevant: None, grades: {}, answers: [], answerable: true, answer_in_gold: true }
                questions.jsonl:2: the id `a` is taken by a line above: change it
                questions.jsonl:3: is not the JSON expected, `missing field 'question'` at column 11: mend the line
                questions.jsonl:4: `question` is empty: write one, or remove the line
                questions.jsonl:5: is not a JSON object: mend the line
            "#]],
        );
    }

    #[test]
    fn a_file_of_something_else_ends_early() {
        let (questions, problems) = read("q.jsonl", "x\n".repeat(5000).as_bytes()).unwrap();
        assert_eq!((questions.len(), problems.len()), (0, PROBLEMS_MAX + 2));
    }
}
