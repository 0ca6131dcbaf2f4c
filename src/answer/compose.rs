//! From candidates to an answer.

use super::confidence::ConfidenceParts;
use super::quote::quote;
use super::sentence::{ReadSentence, Reader};
use super::{
    Answer, AnswerParams, Candidate, CorpusSummary, Decision, Excerpt, Expansion, Explanation, Question,
    Reason,
};
use crate::search::{Query, QueryTerm, Role, TermId, TermSource};

/// The best sentence is sought in this many of the best articles.
pub const CANDIDATES_READ_MAX: usize = 5;

/// Confidence is judged by how far the first article is ahead of the one at this rank.
const MARGIN_RANK: usize = 5;

/// Below this confidence an answer is given as the closest passage, not as the answer.
const HEDGE_BELOW: f64 = 0.5;

/// A further quote must hold at least this share of what the first holds of the question.
const FURTHER_SHARE_MIN: f64 = 0.5;

/// It must hold at least this share of the question, whatever the first holds: one common word is not enough.
const FURTHER_HELD_MIN: f64 = 0.35;

/// Its article must score at least this share of what the best does.
const FURTHER_ARTICLE_MIN: f64 = 0.6;

/// A quote that names another figure than the first speaks of the same where it holds at least this share of what
/// the first holds of the question.
const SAME_SUBJECT_MIN: f64 = 0.8;

/// Two quotes that share more of their terms than this say the same.
const SAME_TERMS_MAX: f64 = 0.7;

/// Answers a question from candidates (best first, each from another article). What the BM25 scores of their articles are
/// made of is left out of the explanations.
pub fn compose(
    question: &Question,
    query: &Query,
    candidates: &[Candidate],
    corpus: CorpusSummary,
    params: &AnswerParams,
) -> Answer {
    let reader = Reader::new(question.text(), query);
    let read = read(&reader, candidates);
    let chosen = choose(&read, params.passages_max.max(1));
    let confidence_parts =
        chosen.first().map(|&best| confidence_parts(&reader, candidates, &read, best, corpus.articles));
    let confidence = confidence_parts.map_or(0.0, |parts| rounded(parts.confidence()));
    let excerpts: Vec<Excerpt> = (1..)
        .zip(&chosen)
        .filter_map(|(rank, &(number, at))| {
            excerpt(&reader, query, rank, candidates.get(number)?, read.get(number)?, at)
        })
        .collect();
    let decision = decide(query, &excerpts, confidence, params);
    Answer {
        question: question.clone(),
        decision,
        confidence,
        confidence_parts: confidence_parts.unwrap_or_default(),
        excerpts,
        expansions: expansions(query, &shown_terms(&read, &chosen)),
        unmatched: unmatched(query),
        differing: match decision {
            Decision::Found { .. } => differing(&read, &chosen),
            Decision::NotFound(_) => Vec::new(),
        },
        carried: Vec::new(),
        has_more: false,
        corpus,
    }
}

/// The sentences of the best articles, by candidate.
fn read<'a>(reader: &Reader, candidates: &'a [Candidate]) -> Vec<Vec<ReadSentence<'a>>> {
    let top = candidates.first().map_or(0.0, |candidate| candidate.score);
    let read = candidates.iter().take(CANDIDATES_READ_MAX).map(|candidate| {
        let article = if top > 0.0 { candidate.score / top } else { 0.0 };
        reader.read(candidate, article)
    });
    read.collect()
}

/// The best sentences, each of another candidate, as `(candidate, index into its sentences)`: the best of all,
/// then those of other articles that say something else and are not far behind.
fn choose(read: &[Vec<ReadSentence>], count_max: usize) -> Vec<(usize, usize)> {
    let mut best: Vec<(usize, usize, &ReadSentence)> = read
        .iter()
        .enumerate()
        .filter_map(|(number, sentences)| best_of(sentences).map(|(at, s)| (number, at, s)))
        .collect();
    best.sort_by(|a, b| b.2.parts.score().total_cmp(&a.2.parts.score()).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<(usize, usize, &ReadSentence)> = Vec::new();
    for (number, at, sentence) in best {
        let says_something = match chosen.first() {
            None => true,
            Some((_, _, first)) => {
                let held =
                    |s: &ReadSentence| s.parts.subject() + 0.5 * s.parts.soft + 0.3 * s.parts.reference;
                held(sentence) >= (FURTHER_SHARE_MIN * held(first)).max(FURTHER_HELD_MIN)
                    && sentence.parts.article >= FURTHER_ARTICLE_MIN
            }
        };
        let is_new = chosen.iter().all(|(_, _, other)| {
            same_terms(&other.distinct_terms(), &sentence.distinct_terms()) <= SAME_TERMS_MAX
                || differ(other, sentence)
        });
        if says_something && is_new && chosen.len() < count_max {
            chosen.push((number, at, sentence));
        }
    }
    chosen.into_iter().map(|(number, at, _)| (number, at)).collect()
}

/// Whether two sentences name different figures, where one is asked for.
fn differ(a: &ReadSentence, b: &ReadSentence) -> bool {
    !a.figures.is_empty()
        && !b.figures.is_empty()
        && !a.figures.iter().any(|figure| b.figures.contains(figure))
}

/// Whether these figures can contradict each other: a year does not contradict a month, nor `12` a `twelve`.
fn compare(a: &ReadSentence, b: &ReadSentence) -> bool {
    let is_written = |figure: &String| figure.chars().any(char::is_numeric);
    let both_have = |written: bool| {
        [a, b].iter().all(|sentence| sentence.figures.iter().any(|figure| is_written(figure) == written))
    };
    both_have(true) || both_have(false)
}

/// The ranks of the quotes that name another figure than the first for what is asked: those that hold about as
/// much of the question.
fn differing(read: &[Vec<ReadSentence>], chosen: &[(usize, usize)]) -> Vec<usize> {
    let sentence = |&(number, at): &(usize, usize)| read.get(number)?.get(at);
    let Some(first) = chosen.first().and_then(sentence) else { return Vec::new() };
    let is_as_close = |other: &ReadSentence| {
        other.parts.subject() >= SAME_SUBJECT_MIN * first.parts.subject().max(f64::EPSILON)
    };
    let others = chosen.iter().zip(1..).skip(1).filter_map(|(chosen, rank)| Some((sentence(chosen)?, rank)));
    let is_other = |other: &ReadSentence| differ(first, other) && compare(first, other);
    others.filter(|(other, _)| is_other(other) && is_as_close(other)).map(|(_, rank)| rank).collect()
}

/// The best sentence of an article, the first of equals.
fn best_of<'a, 'c>(sentences: &'a [ReadSentence<'c>]) -> Option<(usize, &'a ReadSentence<'c>)> {
    sentences
        .iter()
        .enumerate()
        .reduce(|best, other| if other.1.parts.score() > best.1.parts.score() { other } else { best })
}

/// The share of terms that two sorted lists have in common (Jaccard).
fn same_terms(a: &[TermId], b: &[TermId]) -> f64 {
    let common = a.iter().filter(|term| b.binary_search(term).is_ok()).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 1.0 } else { common as f64 / all as f64 }
}

fn confidence_parts(
    reader: &Reader,
    candidates: &[Candidate],
    read: &[Vec<ReadSentence>],
    (candidate, at): (usize, usize),
    articles: usize,
) -> ConfidenceParts {
    // By what share of the first the second is lower.
    let ahead = |first: f64, second: f64| if first > 0.0 { ((first - second) / first).max(0.0) } else { 0.0 };
    let score_at = |rank: usize| candidates.get(rank - 1).map_or(0.0, |candidate| candidate.score);
    let sentences = read.get(candidate).map(Vec::as_slice).unwrap_or_default();
    let Some(quoted) = sentences.get(at) else { return ConfidenceParts::default() };
    let mut near = vec![0.0f64; quoted.found.len()];
    for other in sentences.iter().filter(|other| other.sentence.abs_diff(quoted.sentence) <= 2) {
        near.iter_mut().zip(&other.found).for_each(|(near, &found)| *near = near.max(found));
    }
    let words = reader.content_words(&quoted.found);
    let others = read.iter().enumerate().filter(|&(other, _)| other != candidate);
    let best_other =
        others.filter_map(|(_, sentences)| best_of(sentences)).map(|(_, best)| best.parts.score());
    let best_other = best_other.fold(0.0, f64::max);
    let missing_names = candidates.get(candidate).map_or(0.0, |c| reader.missing_names(&near, c));
    ConfidenceParts {
        margin: ahead(score_at(1), score_at(MARGIN_RANK)),
        lead: ahead(score_at(1), score_at(2)),
        sentence_lead: ahead(quoted.parts.score(), best_other),
        articles,
        near: reader.weigh(near.iter().copied()),
        words,
        kind: match reader.expected {
            Some(_) if quoted.holds_kind => 1.0,
            Some(_) => -1.0,
            None => 0.0,
        },
        unknown: reader.unknown(),
        missing_names,
    }
}

fn excerpt(
    reader: &Reader,
    query: &Query,
    rank: usize,
    candidate: &Candidate,
    read: &[ReadSentence],
    at: usize,
) -> Option<Excerpt> {
    let best = read.get(at)?;
    let quote = quote(reader, query, candidate, read, at);
    // The shortest passage that holds the quoted sentence; the quote may reach over its edge.
    let article = &candidate.article;
    let mut passage = quote.clone();
    let around = candidate.passages.iter().filter_map(|&number| article.passage(number));
    if let Some(around) = around.into_iter().find(|passage| passage.sentences().contains(&best.sentence)) {
        let around = article.run(around.sentences()).unwrap_or_else(|| quote.clone());
        passage = around.start.min(quote.start)..around.end.max(quote.end);
    }
    let paragraph = article.paragraph_at(quote.start);
    Some(Excerpt {
        rank,
        score: rounded(best.parts.score()),
        article: article.clone(),
        passage,
        quote,
        paragraph,
        explanation: Explanation {
            sentence: best.parts,
            words: reader.word_shares(&best.found),
            article_score: candidate.score,
            article: candidate.parts,
            terms: Vec::new(),
        },
    })
}

fn decide(query: &Query, excerpts: &[Excerpt], confidence: f64, params: &AnswerParams) -> Decision {
    if !query.has_content() {
        Decision::NotFound(Reason::OnlyCommonWords)
    } else if excerpts.is_empty()
        || query.words.iter().all(|word| word.role != Role::Content || word.terms.is_empty())
    {
        Decision::NotFound(Reason::NoKnownWord)
    } else if confidence < params.confidence_min {
        Decision::NotFound(Reason::LowConfidence)
    } else {
        Decision::Found { hedged: confidence < HEDGE_BELOW }
    }
}

/// The terms of the sentences chosen.
fn shown_terms(read: &[Vec<ReadSentence>], chosen: &[(usize, usize)]) -> Vec<TermId> {
    let sentences = chosen.iter().filter_map(|&(number, at)| read.get(number)?.get(at));
    sentences.flat_map(|sentence| sentence.terms).copied().collect()
}

/// What was looked for besides the words asked. Related words are many and a matter of course: those alone are
/// named that brought something.
fn expansions(query: &Query, shown: &[TermId]) -> Vec<Expansion> {
    let is_told = |term: &&QueryTerm| term.source != TermSource::Related || shown.contains(&term.term);
    let expanded = query.words.iter().filter_map(|word| {
        let mut looked_for: Vec<String> = Vec::new();
        for other in word.terms.iter().filter(is_told).filter_map(|term| term.looked_for.clone()) {
            if !looked_for.contains(&other) {
                looked_for.push(other);
            }
        }
        (!looked_for.is_empty()).then(|| Expansion { asked: word.asked.clone(), looked_for })
    });
    // The parts of a word such as `co-produce` may look for the same.
    let mut expansions: Vec<Expansion> = expanded.collect();
    expansions.dedup();
    expansions
}

fn unmatched(query: &Query) -> Vec<String> {
    let unknown = query.words.iter().filter(|word| word.role == Role::Content && word.terms.is_empty());
    let mut unmatched: Vec<String> = Vec::new();
    for word in unknown {
        // What is written without spaces is asked once, and looked for in several pieces.
        if !unmatched.contains(&word.asked) {
            unmatched.push(word.asked.clone());
        }
    }
    unmatched
}

/// To four decimals, so that what is printed is what is compared.
fn rounded(value: f64) -> f64 {
    libm::round(value * 10_000.0) / 10_000.0
}
