//! Which sentence answers best? Every sentence of the candidates is scored by
//!
//! `F = overlap + topic + 0.5 soft + 0.15 kind - 0.2 short - 0.05 long + 0.55 reference + 0.2 context + 0.85 article`
//!
//! The weights were set by hand, and neighbouring choices give nearly the same.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::expected::{self, Expected};
use super::opening::{Opening, opening};
use super::topic::Topic;
use super::{Candidate, WordShare};
use crate::corpus::Article;
use crate::parts::Part;
use crate::search::{Addend, Analyzer, Case, Query, QueryWord, Role, TermId, addends_sum};

/// Sentences of fewer words than this are headings, captions and exclamations.
const SHORT_WORDS: usize = 6;

/// Sentences of more words than this are long.
const LONG_WORDS: usize = 40;

/// What a sentence gains that holds the kind of thing asked for.
const KIND_WEIGHT: f64 = 0.15;

/// More than a sum of parts can be off.
const ROUNDING: f64 = 1e-9;

/// A sentence of a candidate, read for a question.
#[derive(Debug, Clone)]
pub struct ReadSentence<'a> {
    /// Which sentence of its article, from 0.
    pub sentence: usize,
    /// Share of each word of the question found in it, 0 to 1.
    pub found: Vec<f64>,
    /// Its terms, in order.
    pub terms: &'a [TermId],
    /// How it begins.
    pub opening: Opening,
    /// Whether it holds the kind of thing asked for. Known only of those that may be the best of their article.
    pub holds_kind: bool,
    /// The figures it names, where one is asked for: numbers, or what tells a date. Known as `holds_kind` is.
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
    /// The weight of words that are not in it, but in the title or the headings above it, for a part of each.
    pub topic: f64,
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

impl ReadSentence<'_> {
    /// Its distinct terms, sorted.
    pub fn distinct_terms(&self) -> Vec<TermId> {
        let mut terms = self.terms.to_vec();
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

    /// How much of the question it tells of, in what it says and in what it is about.
    pub fn subject(&self) -> f64 {
        self.overlap + self.topic
    }

    /// What adds up to the score, each with its weight. Every weight of the formula stands here.
    pub fn addends(&self) -> [Addend; 9] {
        let addend = |weight, value, name| Addend { weight, value, name };
        [
            addend(1.0, self.overlap, "weight of the question's words found in the sentence"),
            addend(1.0, self.topic, "part of the weight of words in the title and the headings above"),
            addend(0.5, self.soft, "weight of words that agree in their beginning"),
            addend(KIND_WEIGHT, self.kind, "it holds the kind of thing asked for"),
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
    /// The counts of a term, as a range of `counts`.
    counts_of: FxHashMap<TermId, (usize, usize)>,
    counts: Vec<Count>,
    total: f64,
}

/// What a term counts for: a word of the question, by its number.
#[derive(Debug, Clone, Copy)]
enum Count {
    /// As one of its terms, by the number of the term among all of the question, for this share.
    Found { word: usize, number: usize, share: f64 },
    /// As one that begins alike.
    Alike { word: usize },
}

impl<'a> Reader<'a> {
    /// Reads a question.
    pub fn new(question: &str, query: &'a Query) -> Reader<'a> {
        let words = query.typed.iter().map(|token| {
            let asked = question.get(token.range.clone()).unwrap_or_default();
            // A question word with a slip asks for what the one that was meant asks for.
            let meant = query.words.iter().find(|word| word.role == Role::Question && word.asked == asked);
            meant.map_or(token.word.as_str(), |word| &word.word)
        });
        let expected = expected::expected(&words.collect::<Vec<&str>>());
        let total = query.words.iter().map(|word| word.sentence_weight).sum();
        let (counts_of, counts) = counts(query);
        Reader { query, expected, counts_of, counts, total }
    }

    /// Whether a term stands in the question.
    pub fn is_asked(&self, term: TermId) -> bool {
        self.query.asked.contains(&term)
    }

    /// The share of the question's weight that these shares of its words hold.
    pub fn weigh(&self, found: impl Iterator<Item = f64>) -> f64 {
        let words = self.query.words.iter().zip(found);
        let sum: f64 = words.map(|(word, share)| word.sentence_weight * share).sum();
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
        self.weigh(self.query.words.iter().map(|word| f64::from(u8::from(word.terms.is_empty()))))
    }

    /// The share of the question's weight in names that are not found, by these shares, and do not stand in the title
    /// of the article.
    pub fn missing_names(&self, found: &[f64], candidate: &Candidate) -> f64 {
        let is_missing = |(word, &found): (&QueryWord, &f64)| word.is_name && found == 0.0;
        if !self.query.words.iter().zip(found).any(is_missing) {
            return 0.0;
        }
        // A title that the source does not give is not indexed, but counts here.
        let title = Analyzer::new(candidate.article.language).tokens(candidate.article.title.text());
        let is_in_title = |word: &QueryWord| {
            word.terms.iter().any(|term| {
                candidate.tokens.title().contains(&term.term)
                    || title.iter().any(|token| token.term == term.text)
            })
        };
        let words = self.query.words.iter().zip(found);
        self.weigh(
            words.map(|(word, found)| f64::from(u8::from(is_missing((word, found)) && !is_in_title(word)))),
        )
    }

    /// How many content words of the question are found.
    pub fn content_words(&self, found: &[f64]) -> usize {
        let words = self.query.words.iter().zip(found);
        words.filter(|(word, share)| word.role == Role::Content && **share > 0.0).count()
    }

    /// Reads and scores the sentences of a candidate: those of its best passages, in order. `article` is its
    /// score over that of the best.
    pub fn read<'c>(&self, candidate: &'c Candidate, article: f64) -> Vec<ReadSentence<'c>> {
        let texts = Texts::of(&candidate.article);
        let looks_around = !self.query.without.has(Part::Neighbours);
        let mut read: Vec<ReadSentence> = Vec::with_capacity(candidate.sentences.len());
        let mut tally = Tally::default();
        let title = self.tally(candidate.tokens.title(), &mut tally);
        let content_words = self.query.words.iter().filter(|word| word.role == Role::Content).count();
        let mut topic = Topic::new(&candidate.article, &title, content_words);
        for &number in &candidate.sentences {
            let mut this = self.read_one(number, candidate.terms(number), &mut tally);
            let topic = self.weigh(topic.credit(number, &this.found).into_iter());
            this.parts.topic = self.query.without.kept(Part::Topic, topic);
            this.opening = opening(texts.sentence(number), &texts.analyzer, texts.case);
            this.parts.article = self.query.without.kept(Part::Article, article);
            let is_next = |before: &&mut ReadSentence| before.sentence + 1 == this.sentence && looks_around;
            if let Some(before) = read.last_mut().filter(is_next) {
                if this.opening.refers_back {
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
        if let Some(kind) = self.expected {
            self.seek_in_best(kind, &mut read, &texts);
        }
        read
    }

    /// Seeks the kind of thing asked for in the sentences that it can make the best, the best first.
    fn seek_in_best(&self, kind: Expected, read: &mut [ReadSentence], texts: &Texts) {
        let mut order: Vec<(f64, usize)> =
            read.iter().enumerate().map(|(at, sentence)| (sentence.parts.score(), at)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best = f64::MIN;
        for (score, at) in order {
            if score + KIND_WEIGHT + ROUNDING < best {
                break;
            }
            let Some(sentence) = read.get_mut(at) else { break };
            self.seek(kind, sentence, texts);
            best = best.max(sentence.parts.score());
        }
    }

    /// The share of the question's weight that `other` has and `this` lacks.
    pub fn gain(&self, other: &ReadSentence, this: &ReadSentence) -> f64 {
        self.weigh(other.found.iter().zip(&this.found).map(|(a, b)| (a - b).max(0.0)))
    }

    /// How much of each word of the question these terms hold; `tally` says which words they hold in their beginning
    /// alone.
    fn tally(&self, terms: &[TermId], Tally { alike, seen }: &mut Tally) -> Vec<f64> {
        let mut found = vec![0.0f64; self.query.words.len()];
        alike.clear();
        alike.resize(found.len(), 0.0);
        seen.clear();
        let counts = terms.iter().filter_map(|term| self.counts_of.get(term));
        for &count in counts.filter_map(|&(start, end)| self.counts.get(start..end)).flatten() {
            // Words have a place in either list.
            match count {
                Count::Alike { word } => alike[word] = 1.0,
                Count::Found { word, number, share } if !seen.contains(&number) => {
                    seen.push(number);
                    found[word] = (found[word] + share).min(1.0);
                }
                Count::Found { .. } => {}
            }
        }
        alike.iter_mut().zip(&found).filter(|(_, found)| **found > 0.0).for_each(|(alike, _)| *alike = 0.0);
        found
    }

    /// Reads what its terms alone tell of a sentence.
    fn read_one<'c>(&self, sentence: usize, terms: &'c [TermId], tally: &mut Tally) -> ReadSentence<'c> {
        let found = self.tally(terms, tally);
        let length = terms.len();
        let kept = |part, value| self.query.without.kept(part, value);
        let parts = SentenceParts {
            overlap: self.weigh(found.iter().copied()),
            soft: kept(Part::Soft, self.weigh(tally.alike.iter().copied())),
            short: kept(Part::Length, f64::from(u8::from(length < SHORT_WORDS))),
            long: kept(Part::Length, f64::from(u8::from(length > LONG_WORDS))),
            ..SentenceParts::default()
        };
        ReadSentence {
            sentence,
            found,
            terms,
            opening: Opening::default(),
            holds_kind: false,
            figures: Vec::new(),
            parts,
        }
    }

    /// Seeks the kind of thing asked for in a sentence.
    fn seek(&self, kind: Expected, sentence: &mut ReadSentence, texts: &Texts) {
        let text = texts.sentence(sentence.sentence);
        let words = texts.analyzer.words_as(text, texts.case);
        // A sentence has as many terms as words.
        let is_asked = |at: usize| sentence.terms.get(at).is_some_and(|&term| self.is_asked(term));
        let held = expected::held(kind, text, &words, texts.analyzer.language(), &is_asked);
        sentence.holds_kind = !held.is_empty();
        sentence.parts.kind = self.query.without.kept(Part::Kind, f64::from(u8::from(sentence.holds_kind)));
        if expected::is_figure(kind) {
            sentence.figures.extend(held.iter().filter_map(|&at| Some(words.get(at)?.1.clone())));
        }
    }
}

/// Room for what is counted in one sentence after the other.
#[derive(Default)]
struct Tally {
    /// 1 for each word of the question that is found in its beginning alone, else 0.
    alike: Vec<f64>,
    /// The terms of the question that were counted, by number.
    seen: Vec<usize>,
}

/// The sentences of an article as text, and how they are cut.
struct Texts<'a> {
    article: &'a Article,
    analyzer: Analyzer,
    case: Case,
}

impl Texts<'_> {
    fn of(article: &Article) -> Texts<'_> {
        let (analyzer, case) = (Analyzer::new(article.language), Case::of(&article.text));
        Texts { article, analyzer, case }
    }

    fn sentence(&self, number: usize) -> &str {
        let range = self.article.sentence(number);
        range.and_then(|range| self.article.text.get(range)).unwrap_or_default()
    }
}

/// What each term counts for: where its counts stand in the list.
fn counts(query: &Query) -> (FxHashMap<TermId, (usize, usize)>, Vec<Count>) {
    let mut all: Vec<(TermId, Count)> = Vec::new();
    let mut number = 0;
    for (word, of) in query.words.iter().enumerate() {
        for term in &of.terms {
            all.push((term.term, Count::Found { word, number, share: term.share }));
            number += 1;
        }
        all.extend(of.alike.iter().map(|&term| (term, Count::Alike { word })));
    }
    // Stable: the counts of a term stay in the order of the words.
    all.sort_by_key(|&(term, _)| term);
    let mut of = FxHashMap::default();
    for (at, &(term, _)) in all.iter().enumerate() {
        of.entry(term).or_insert((at, at)).1 = at + 1;
    }
    (of, all.into_iter().map(|(_, count)| count).collect())
}
