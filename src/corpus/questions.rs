//! Questions with known answers: the format of `questions.jsonl`.

use std::collections::BTreeMap;

/// A question, with what a good answer to it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoldenQuestion {
    /// Its name in reports; distinct within a file.
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
