//! Which sentence answers best? Every sentence of the candidates is scored by
//!
//! `F = overlap + 0.5 soft + 0.15 kind - 0.2 short - 0.05 long + 0.55 reference + 0.2 context + 0.85 article`
//!
//! The weights were set by hand, and neighbouring choices give nearly the same.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::expected::{self, Expected};
use super::{Candidate, WordShare};
use crate::corpus::Language;
use crate::parts::Part;
use crate::search::{Addend, Analyzer, KnownChunks, Query, QueryWord, Role, Token, addends_sum};

/// Sentences of fewer words than this are headings, captions and exclamations.
const SHORT_WORDS: usize = 6;

/// Sentences of more words than this are long.
const LONG_WORDS: usize = 40;

/// Only longer words of the question may agree in their beginning alone.
const SOFT_CHARS_MIN: usize = 5;

/// A sentence of a candidate, read for a question.
#[derive(Debug, Clone)]
pub struct ReadSentence {
    /// Which sentence of its article, from 0.
    pub sentence: usize,
    /// Share of each word of the question found in it, 0 to 1.
    pub found: Vec<f64>,
    /// Its terms, in order.
    pub terms: Vec<String>,
    /// Whether it begins with a pronoun, so that it is hardly understood alone.
    pub opens_with_pronoun: bool,
    /// Whether it holds the kind of thing asked for.
    pub holds_kind: bool,
    /// The figures it names, where one is asked for: numbers, or what tells a date.
    pub figures: Vec<String>,
    /// What its score is made of.
    pub parts: SentenceParts,
}

/// The parts of a sentence's score; each but `article` a share of the question's weight or 0 / 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SentenceParts {
    /// The weight of the question's words found in it.
    pub overlap: f64,
    /// The weight of words that agree only in their beginning.
    pub soft: f64,
    /// It holds the kind of thing asked for.
    pub kind: f64,
    /// It is a scrap.
    pub short: f64,
    /// It is a long list or a speech, which holds many words of any question.
    pub long: f64,
    /// What the sentence before it matches and it does not, where it refers back.
    pub reference: f64,
    /// What its neighbours match and it does not, where it does not refer back.
    pub context: f64,
    /// The article's score over that of the best article.
    pub article: f64,
}

impl ReadSentence {
    /// Its distinct terms, sorted.
    pub fn distinct_terms(&self) -> Vec<&str> {
        let mut terms: Vec<&str> = self.terms.iter().map(String::as_str).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

impl SentenceParts {
    /// The sum.
    pub fn score(&self) -> f64 {
        addends_sum(&self.addends())
    }

    /// What adds up to the score, each with its weight. Every weight of the formula stands here.
    pub fn addends(&self) -> [Addend; 8] {
        let addend = |weight, value, name| Addend { weight, value, name };
        [
            addend(1.0, self.overlap, "weight of the question's words found in the sentence"),
            addend(0.5, self.soft, "weight of words that agree in their beginning"),
            addend(0.15, self.kind, "it holds the kind of thing asked for"),
            addend(-0.2, self.short, "it is short"),
            addend(-0.05, self.long, "it is long"),
            addend(0.55, self.reference, "words found in the sentence it refers back to"),
            addend(0.2, self.context, "words found in its neighbours"),
            addend(0.85, self.article, "score of the article over that of the best"),
        ]
    }
}

/// A question, read for judging sentences.
pub struct Reader<'a> {
    query: &'a Query,
    /// What kind of thing it asks for.
    pub expected: Option<Expected>,
    asked: FxHashSet<String>,
    /// What a term counts as: words of the question, each with the number of the term among all of the question
    /// and its share.
    counts_as: FxHashMap<&'a str, Vec<(usize, usize, f64)>>,
    total: f64,
}

impl<'a> Reader<'a> {
    /// Reads a question.
    pub fn new(question: &str, query: &'a Query) -> Reader<'a> {
        let tokens = Analyzer::new(Language::English).tokens(question);
        let word = |token: &Token| {
            let asked = question.get(token.range.clone()).unwrap_or_default();
            // A question word with a slip asks for what the one that was meant asks for.
            let meant = query.words.iter().find(|word| word.role == Role::Question && word.asked == asked);
            meant.map_or_else(|| token.word.clone(), |word| word.word.clone())
        };
        let words: Vec<String> = tokens.iter().map(word).collect();
        let expected = expected::expected(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let asked = query.words.iter().flat_map(|word| &word.terms).map(|term| term.text.clone());
        let asked = asked.chain(tokens.into_iter().map(|token| token.term)).collect();
        let total = query.words.iter().map(|word| word.sentence_weight).sum();
        let mut counts_as: FxHashMap<&str, Vec<(usize, usize, f64)>> = FxHashMap::default();
        let terms =
            query.words.iter().enumerate().flat_map(|(word, of)| of.terms.iter().map(move |t| (word, t)));
        for (number, (word, term)) in terms.enumerate() {
            counts_as.entry(&term.text).or_default().push((word, number, term.share));
        }
        Reader { query, expected, asked, counts_as, total }
    }

    /// Whether a term stands in the question.
    pub fn is_asked(&self, term: &str) -> bool {
        self.asked.contains(term)
    }

    /// The share of the question's weight that these shares of its words hold.
    pub fn weigh(&self, found: &[f64]) -> f64 {
        let sum: f64 =
            self.query.words.iter().zip(found).map(|(word, share)| word.sentence_weight * share).sum();
        if self.total > 0.0 { sum / self.total } else { 0.0 }
    }

    /// How much of each content word is found.
    pub fn word_shares(&self, found: &[f64]) -> Vec<WordShare> {
        let words = self.query.words.iter().zip(found).filter(|(word, _)| word.role == Role::Content);
        let share = |(word, &found): (&QueryWord, &f64)| WordShare {
            asked: word.asked.clone(),
            weight: if self.total > 0.0 { word.sentence_weight / self.total } else { 0.0 },
            found,
        };
        words.map(share).collect()
    }

    /// The share of the question's weight in words that stand in no article.
    pub fn unknown(&self) -> f64 {
        let stands_nowhere: Vec<f64> =
            self.query.words.iter().map(|word| f64::from(u8::from(word.terms.is_empty()))).collect();
        self.weigh(&stands_nowhere)
    }

    /// How many content words of the question are found.
    pub fn content_words(&self, found: &[f64]) -> usize {
        let words = self.query.words.iter().zip(found);
        words.filter(|(word, share)| word.role == Role::Content && **share > 0.0).count()
    }

    /// Reads and scores the sentences of a candidate: those of its best passages, in order. `article` is its
    /// score over that of the best; `known` is shared by all candidates, which are about the same things.
    pub fn read(&self, candidate: &Candidate, article: f64, known: &mut KnownChunks) -> Vec<ReadSentence> {
        let analyzer = Analyzer::new(candidate.article.language);
        let looks_around = !self.query.without.has(Part::Neighbours);
        let mut read: Vec<ReadSentence> = Vec::new();
        for sentence in candidate.sentences() {
            let Some(range) = candidate.article.sentences.get(sentence).map(|s| s.range()) else { continue };
            let text = candidate.article.text.get(range).unwrap_or_default();
            let tokens = known.tokens(&analyzer, text);
            let refers_back = refers_back(&tokens);
            let mut this = self.read_one(sentence, text, tokens, &analyzer);
            this.parts.article = self.query.without.kept(Part::Article, article);
            let is_next = |before: &&mut ReadSentence| before.sentence + 1 == sentence && looks_around;
            if let Some(before) = read.last_mut().filter(is_next) {
                if refers_back {
                    this.parts.reference = self.gain(before, &this);
                } else {
                    this.parts.context = self.gain(before, &this);
                }
                if before.parts.reference == 0.0 {
                    before.parts.context += self.gain(&this, before);
                }
            }
            read.push(this);
        }
        read
    }

    /// The share of the question's weight that `other` has and `this` lacks.
    pub fn gain(&self, other: &ReadSentence, this: &ReadSentence) -> f64 {
        let new: Vec<f64> = other.found.iter().zip(&this.found).map(|(a, b)| (a - b).max(0.0)).collect();
        self.weigh(&new)
    }

    /// How much of each word of the question stands among some tokens.
    fn found(&self, tokens: &[Token]) -> Vec<f64> {
        let mut found = vec![0.0f64; self.query.words.len()];
        let mut seen: Vec<usize> = Vec::new();
        let known = tokens.iter().filter_map(|token| self.counts_as.get(token.term.as_str()));
        for &(word, number, share) in known.flatten() {
            if !seen.contains(&number) {
                seen.push(number);
                found[word] = (found[word] + share).min(1.0);
            }
        }
        found
    }

    fn read_one(&self, sentence: usize, text: &str, tokens: Vec<Token>, analyzer: &Analyzer) -> ReadSentence {
        let found = self.found(&tokens);
        let soft: Vec<f64> = self
            .query
            .words
            .iter()
            .zip(&found)
            .map(
                |(word, &share)| {
                    if share == 0.0 && is_soft_match(&word.word, word.role, &tokens) { 1.0 } else { 0.0 }
                },
            )
            .collect();
        let is_asked = |term: &str| self.is_asked(term);
        let held = self.expected.map_or_else(Vec::new, |kind| {
            expected::held(kind, text, &tokens, analyzer.language(), &is_asked)
        });
        let holds_kind = !held.is_empty();
        let mut figures: Vec<String> = Vec::new();
        if self.expected.is_some_and(expected::is_figure) {
            figures.extend(held.iter().filter_map(|&at| Some(tokens.get(at)?.word.clone())));
        }
        let kept = |part, value| self.query.without.kept(part, value);
        let parts = SentenceParts {
            overlap: self.weigh(&found),
            soft: kept(Part::Soft, self.weigh(&soft)),
            kind: kept(Part::Kind, f64::from(u8::from(holds_kind))),
            short: kept(Part::Length, f64::from(u8::from(tokens.len() < SHORT_WORDS))),
            long: kept(Part::Length, f64::from(u8::from(tokens.len() > LONG_WORDS))),
            reference: 0.0,
            context: 0.0,
            article: 0.0,
        };
        ReadSentence {
            sentence,
            found,
            opens_with_pronoun: opens_with_pronoun(&tokens),
            terms: tokens.into_iter().map(|token| token.term).collect(),
            holds_kind,
            figures,
            parts,
        }
    }
}

/// Whether a word of the question agrees with a word of the sentence in its first 70 %.
fn is_soft_match(asked: &str, role: Role, tokens: &[Token]) -> bool {
    let length = asked.chars().count();
    if role != Role::Content || length < SOFT_CHARS_MIN {
        return false;
    }
    let beginning: String = asked.chars().take((length * 7).div_ceil(10)).collect();
    tokens.iter().any(|token| token.word.starts_with(&beginning))
}

/// Whether a sentence opens with a pronoun.
fn opens_with_pronoun(tokens: &[Token]) -> bool {
    let first = tokens.first().map_or("", |token| token.word.as_str());
    matches!(
        first,
        "he" | "she" | "it" | "they" | "his" | "her" | "its" | "their" | "this" | "these" | "that" | "those"
    ) || matches!(
        first,
        "este"
            | "esta"
            | "esto"
            | "estos"
            | "ella"
            | "ellos"
            | "er"
            | "sie"
            | "es"
            | "dies"
            | "diese"
            | "dieser"
    )
}

/// Whether a sentence opens with a pronoun, or with `the company`, `the move` and the like.
fn refers_back(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    match word(0) {
        _ if opens_with_pronoun(tokens) => true,
        "the" => matches!(
            word(1),
            "company"
                | "move"
                | "group"
                | "decision"
                | "agreement"
                | "deal"
                | "announcement"
                | "incident"
                | "attack"
                | "country"
                | "president"
                | "minister"
                | "organization"
                | "government"
                | "two"
                | "ban"
                | "law"
                | "bill"
                | "plan"
                | "report"
                | "study"
                | "team"
                | "pair"
                | "couple"
                | "film"
                | "show"
                | "book"
                | "event"
        ),
        "el" => matches!(word(1), "acuerdo" | "grupo" | "ministro" | "presidente"),
        _ => false,
    }
}
