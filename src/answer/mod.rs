//! What do we say? From candidates to an [`Answer`]: excerpts, citations, confidence, abstention. Pure.
//!
//! This module works on the candidates it is handed and never reaches for an index, so that another engine
//! can hand them over one day.

mod compose;
mod confidence;
mod courtesy;
mod expected;
mod opening;
mod quote;
mod sentence;
mod topic;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use compose::{CANDIDATES_READ_MAX, compose};
pub use confidence::ConfidenceParts;
pub use courtesy::{Courtesy, courtesy};
pub use sentence::SentenceParts;

use crate::corpus::pieces::paragraph_breaks;
use crate::corpus::{Article, Digest};
use crate::parts::Without;
use crate::search::{ArticleTokens, ScoreParts, TermId, TermScore};

/// The longest question, in characters. A question is a sentence or two; this is room for a paragraph.
pub const QUESTION_CHARS_MAX: usize = 1000;

/// The longest quote, in characters.
pub const QUOTE_CHARS_MAX: usize = 400;

/// A question that can be answered: it holds a letter or digit and is not too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    text: String,
    before: Option<String>,
    manner: Manner,
}

/// How a question is asked, beside its words. Recorded with the answer, so that it can be asked again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// Only of this article, by its id, or of this collection, a folder with `/` at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The record of the question that this one follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<i64>,
    /// Which page of further passages is wanted; 0 is the answer itself.
    #[serde(skip_serializing_if = "is_zero")]
    pub page: u32,
    /// Whether the answer is for the person alone who asks.
    #[serde(skip_serializing_if = "is_false")]
    pub private: bool,
}

fn is_zero(page: &u32) -> bool {
    *page == 0
}

fn is_false(private: &bool) -> bool {
    !private
}

impl Question {
    /// Takes what a person typed, white space at the ends removed.
    ///
    /// # Errors
    ///
    /// Where there is nothing to look for, or more than [`QUESTION_CHARS_MAX`] characters.
    pub fn new(text: &str) -> Result<Question, QuestionError> {
        let text = text.trim();
        let chars = text.chars().count();
        if chars > QUESTION_CHARS_MAX {
            return Err(QuestionError::TooLong { chars });
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(QuestionError::Empty);
        }
        Ok(Question { text: text.to_owned(), before: None, manner: Manner::default() })
    }

    /// Asked in this manner; `before` is the text of the question that it follows, where it follows one.
    pub fn asked(self, manner: Manner, before: Option<String>) -> Question {
        Question { manner, before, ..self }
    }

    /// The question as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The question that this one follows, as typed.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// How it is asked.
    pub fn manner(&self) -> &Manner {
        &self.manner
    }
}

/// Why a question is refused. The message is for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// No letter and no digit in it.
    #[error("there is nothing to look for: type a question in words, such as `what weapons did Iran seek?`")]
    Empty,
    /// Over the limit.
    #[error(
        "the question has {chars} characters; the limit is {QUESTION_CHARS_MAX}: ask it in a sentence or two"
    )]
    TooLong {
        /// Its length in characters.
        chars: usize,
    },
}

/// What an operator may set about answering.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AnswerParams {
    /// The most quotes in one answer, each from another article. 1 to 10.
    pub passages_max: usize,
    /// Answers below this confidence are not given. 0 to 1.
    pub confidence_min: f64,
    /// Parts that are left out, to measure what they are worth; no one is answered so.
    #[serde(skip)]
    pub without: Without,
}

impl Default for AnswerParams {
    fn default() -> Self {
        AnswerParams { passages_max: 3, confidence_min: 0.30, without: Without::default() }
    }
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// Whether it is answered, or why not.
    pub decision: Decision,
    /// How sure we are that the first quote is right, 0 to 1, rounded to four decimals.
    pub confidence: f64,
    /// What confidence is made of.
    pub confidence_parts: ConfidenceParts,
    /// The best excerpts, best first, each from another article. Filled (where anything matched) also when
    /// the answer is `NotFound`, for evaluation and the audit trail; what may be shown is [`Answer::shown`].
    pub excerpts: Vec<Excerpt>,
    /// Words of the question for which others were looked for as well, in the order asked.
    pub expansions: Vec<Expansion>,
    /// Words of the question that stand nowhere in the corpus and for which nothing else was found.
    pub unmatched: Vec<String>,
    /// The ranks of the excerpts that name another number or date than the first for what is asked, where one is.
    pub differing: Vec<usize>,
    /// Words of the question before that were looked for as well, since this one alone found little.
    pub carried: Vec<String>,
    /// Whether there are further passages, on the page after this one.
    pub has_more: bool,
    /// The corpus it was asked of.
    pub corpus: CorpusSummary,
}

impl Answer {
    /// The excerpts that may be shown as an answer: none where it is `NotFound`.
    pub fn shown(&self) -> &[Excerpt] {
        match self.decision {
            Decision::Found { .. } => &self.excerpts,
            Decision::NotFound(_) => &[],
        }
    }

    /// The excerpts whose articles come nearest, where there are some and none is good enough: to be named, not
    /// quoted. A question without a word of substance is near to nothing.
    pub fn nearest(&self) -> &[Excerpt] {
        match self.decision {
            Decision::NotFound(Reason::LowConfidence) => &self.excerpts,
            _ => &[],
        }
    }
}

/// Whether a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", content = "reason", rename_all = "snake_case")]
pub enum Decision {
    /// It is.
    Found {
        /// Confidence is middling: shown as the closest passage rather than as the answer.
        hedged: bool,
    },
    /// It is not.
    NotFound(Reason),
}

/// Why a question is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing but words like `what`, `the`, `did`.
    OnlyCommonWords,
    /// No word of the question stands in the corpus.
    NoKnownWord,
    /// The best excerpt is below the confidence floor.
    LowConfidence,
}

impl Reason {
    /// The reason as records and `--json` name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::OnlyCommonWords => "only_common_words",
            Reason::NoKnownWord => "no_known_word",
            Reason::LowConfidence => "low_confidence",
        }
    }
}

/// An article that may answer, with its best passages.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The article.
    pub article: Arc<Article>,
    /// Its score for the question, above 0.
    pub score: f64,
    /// What the score is made of.
    pub parts: ScoreParts,
    /// Its best passages, best first, as indices into the article's passages.
    pub passages: Vec<usize>,
    /// The terms of the article; none from the candidate at [`CANDIDATES_READ_MAX`] on, which are not read.
    pub tokens: ArticleTokens,
    /// The sentences of these passages in the order of the article, each once, by number; none that are not read.
    pub sentences: Vec<usize>,
}

impl Candidate {
    /// The terms of a sentence, in order.
    pub fn terms(&self, sentence: usize) -> &[TermId] {
        self.tokens.text().get(self.tokens.sentences(sentence..sentence + 1)).unwrap_or_default()
    }
}

/// The quoted sentences, and where they stand.
#[derive(Debug, Clone)]
pub struct Excerpt {
    /// The number of its citation, from 1.
    pub rank: usize,
    /// The passage's score, rounded to four decimals.
    pub score: f64,
    /// The article it is from.
    pub article: Arc<Article>,
    /// The passage, a byte range of the article's text that holds the quote.
    pub passage: Range<usize>,
    /// The quote, a byte range of the article's text: one or two sentences.
    pub quote: Range<usize>,
    /// The paragraph in which the quote begins, 1-based.
    pub paragraph: u32,
    /// Why it was chosen.
    pub explanation: Explanation,
}

/// Why an excerpt was chosen: all that its score is made of. Records keep it: a field that an older version did
/// not know is read as its default.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Explanation {
    /// The parts of the sentence's score, which add up to the excerpt's.
    pub sentence: SentenceParts,
    /// How much of each content word of the question the sentence holds.
    pub words: Vec<WordShare>,
    /// The article's score.
    pub article_score: f64,
    /// The parts of the article's score, which add up to it.
    pub article: ScoreParts,
    /// The terms whose scores add up to the article's BM25 score.
    pub terms: Vec<TermScore>,
}

/// How much of a word of the question a sentence holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WordShare {
    /// The word as typed.
    pub asked: String,
    /// Its weight among all content words of the question, 0 to 1.
    pub weight: f64,
    /// The share of it that stands in the sentence, 0 to 1.
    pub found: f64,
}

impl Excerpt {
    /// The quoted text, word for word.
    pub fn quote_text(&self) -> &str {
        self.article.text.get(self.quote.clone()).unwrap_or_default()
    }

    /// The same on one line, with a `¶` where a paragraph ends in it.
    pub fn quote_line(&self) -> String {
        let quote = self.quote_text();
        let mut line = String::with_capacity(quote.len());
        let mut end = 0;
        for found in paragraph_breaks(quote) {
            line.push_str(quote.get(end..found.start).unwrap_or_default());
            line.push_str(" ¶ ");
            end = found.end;
        }
        line + quote.get(end..).unwrap_or_default()
    }

    /// The first and the last paragraph in which the quote stands, 1-based.
    pub fn paragraphs(&self) -> (u32, u32) {
        (self.paragraph, self.paragraph + paragraph_breaks(self.quote_text()).count() as u32)
    }

    /// The text of the passage that the quote is taken from.
    pub fn passage_text(&self) -> &str {
        self.article.text.get(self.passage.clone()).unwrap_or_default()
    }

    /// First and last line of the source file on which the quote stands, 1-based.
    pub fn lines(&self) -> (u32, u32) {
        self.article.lines_of(self.quote.clone())
    }
}

/// A word of the question, and what was looked for besides it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expansion {
    /// The word as typed.
    pub asked: String,
    /// What else was looked for, best first, as it is written in the corpus.
    pub looked_for: Vec<String>,
}

/// Which corpus an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorpusSummary {
    /// Its digest.
    pub digest: Digest,
    /// How many articles it has.
    pub articles: usize,
    /// How many passages.
    pub passages: usize,
}
