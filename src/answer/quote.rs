//! How much of an article is quoted around its best sentence: that sentence, often a neighbour, or a clause of
//! it where it is too long.

use std::ops::Range;

use super::sentence::{ReadSentence, Reader};
use super::{Candidate, QUOTE_CHARS_MAX};
use crate::parts::Part;
use crate::search::{Analyzer, Case, Query, TermId};

/// A neighbour that brings at least this share of the question's weight is quoted too.
const NEIGHBOUR_SHARE_MIN: f64 = 0.03;

/// A sentence with fewer terms that the question lacks says little by itself.
const NEW_TERMS_MIN: usize = 3;

/// So does one shorter than this.
const ALONE_CHARS_MIN: usize = 130;

/// The byte range to quote: the best sentence `at` (an index into `read`, the sentences of its candidate), with
/// the one before or after it where that helps, at most [`QUOTE_CHARS_MAX`] characters.
pub fn quote(
    reader: &Reader,
    query: &Query,
    candidate: &Candidate,
    read: &[ReadSentence],
    at: usize,
) -> Range<usize> {
    let text = &candidate.article.text;
    let Some(best) = read.get(at) else { return 0..0 };
    let range_of = |read: &ReadSentence| candidate.article.sentence(read.sentence);
    let Some(range) = range_of(best) else { return 0..0 };
    if chars(text, &range) > QUOTE_CHARS_MAX {
        return clause(query, candidate, best, range);
    }
    if query.without.has(Part::Second) {
        return range;
    }
    let before =
        at.checked_sub(1).and_then(|at| read.get(at)).filter(|other| other.sentence + 1 == best.sentence);
    let after = read.get(at + 1).filter(|other| other.sentence == best.sentence + 1);
    let is_heading = |sentence: usize| candidate.article.is_heading(sentence);
    let joined = |other: &ReadSentence| {
        let other = range_of(other)?;
        let joined = range.start.min(other.start)..range.end.max(other.end);
        (chars(text, &joined) <= QUOTE_CHARS_MAX).then_some(joined)
    };

    if let (true, Some(joined)) = (best.opening.pronoun, before.and_then(joined)) {
        return joined;
    }
    // What a heading announces is told below it.
    if let (true, Some(joined)) = (is_heading(best.sentence), after.and_then(joined)) {
        return joined;
    }
    let neighbours = [after, before].into_iter().flatten();
    let helpful = neighbours
        .filter_map(|other| Some((reader.gain(other, best), joined(other)?)))
        .filter(|(gain, _)| *gain >= NEIGHBOUR_SHARE_MIN)
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    if let Some((_, joined)) = helpful {
        return joined;
    }
    let new_terms = best.distinct_terms().into_iter().filter(|&term| !reader.is_asked(term)).count();
    let says_little = new_terms < NEW_TERMS_MIN
        || (reader.expected.is_some() && !best.holds_kind)
        || chars(text, &range) < ALONE_CHARS_MIN;
    // The last sentence of an article has none after it, and a heading after it begins something else.
    let after = after.filter(|other| !is_heading(other.sentence));
    match after.and_then(joined).or_else(|| before.and_then(joined)) {
        Some(joined) if says_little => joined,
        _ => range,
    }
}

fn chars(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone()).map_or(0, |piece| piece.chars().count())
}

/// Of a sentence that is too long, at this range: the part of at most [`QUOTE_CHARS_MAX`] characters that begins at a
/// clause and holds most of the question's weight, the first of equals.
fn clause(
    query: &Query,
    candidate: &Candidate,
    sentence: &ReadSentence,
    range: Range<usize>,
) -> Range<usize> {
    let text = candidate.article.text.get(range.clone()).unwrap_or_default();
    let case = Case::of(&candidate.article.text);
    let is_looked_for =
        |term: TermId| query.words.iter().flat_map(|word| &word.terms).any(|other| other.term == term);
    // A sentence has as many terms as words.
    let words = Analyzer::new(candidate.article.language).words_as(text, case);
    let held = sentence.terms.iter().zip(&words).filter(|(term, _)| is_looked_for(**term));
    let held: Vec<(TermId, &Range<usize>)> = held.map(|(&term, (range, _))| (term, range)).collect();
    let weight_within = |part: &Range<usize>| -> f64 {
        let is_inside = |term: TermId| {
            let mut places = held.iter().filter(|(other, _)| *other == term);
            places.any(|(_, place)| place.start >= part.start && place.end <= part.end)
        };
        let words = query.words.iter();
        words.map(|word| word.found(|term| is_inside(term.term)) * word.sentence_weight).sum()
    };
    let starts = std::iter::once(0).chain(text.match_indices([',', ';', ':', '—', '–', '，', '；']).map(
        |(at, mark)| {
            let after = at + mark.len();
            let rest = text.get(after..).unwrap_or_default();
            after + (rest.len() - rest.trim_start().len())
        },
    ));
    let mut best: Option<(f64, Range<usize>)> = None;
    for start in starts.filter(|&start| start < text.len()) {
        let part = start..end_of_part(text, start);
        let weight = weight_within(&part);
        if best.as_ref().is_none_or(|(most, _)| weight > *most) {
            best = Some((weight, part));
        }
    }
    let part = best.map_or(0..0, |(_, part)| part);
    range.start + part.start..range.start + part.end
}

/// The end of the part of at most [`QUOTE_CHARS_MAX`] characters that begins at `start`: the text's end, else
/// before the last white space, else where the characters end.
fn end_of_part(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let Some((limit, _)) = rest.char_indices().nth(QUOTE_CHARS_MAX) else { return text.len() };
    let piece = rest.get(..limit).unwrap_or_default();
    let cut = piece.rfind(char::is_whitespace).filter(|&cut| cut > limit / 2).unwrap_or(limit);
    start + piece.get(..cut).unwrap_or_default().trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};
    use crate::search::{ScoreParts, Searchable};

    /// Checks what is quoted of an article for a question.
    fn check(article: &str, question: &str, expected: &str) {
        let corpus = samples::corpus(&[("a", article)], Synonyms::default());
        let searchable = Searchable::build(&corpus);
        let query = Query::plan(question, &searchable);
        let article = corpus.articles()[0].clone();
        let passages = (0..article.passage_count()).collect();
        let (tokens, sentences) = (searchable.forward.article(0), (0..article.sentence_count()).collect());
        let parts = ScoreParts::default();
        let candidate = Candidate { article, score: 1.0, parts, passages, tokens, sentences };
        let reader = Reader::new(question, &query);
        let read = reader.read(&candidate, 1.0);
        let best = (0..read.len())
            .max_by(|&a, &b| read[a].parts.score().total_cmp(&read[b].parts.score()).then(b.cmp(&a)));
        let range = quote(&reader, &query, &candidate, &read, best.unwrap());
        assert_eq!(&candidate.article.text[range], expected);
    }

    #[test]
    fn a_sentence_that_says_enough_stands_alone() {
        let long = "Minister Shoigu signed the agreement with the government on the delivery of new helicopters, \
                    trucks and radar stations for the northern border.";
        check(&format!("It rained. {long} Then he left."), "Which helicopters are for the border?", long);
    }

    #[test]
    fn a_pronoun_takes_the_sentence_before() {
        let both = "General Dehghan flew to Moscow. He signed a contract for helicopters and radar stations.";
        check(&format!("{both} It rained."), "signed contract helicopters", both);
    }

    #[test]
    fn a_neighbour_that_holds_more_of_the_question_is_quoted() {
        let both = "The contract for radar was signed in Tehran. Payment follows in June in gold.";
        check(&format!("It rained. {both} They left."), "radar contract signed payment gold", both);
    }

    #[test]
    fn a_heading_is_quoted_with_what_is_below_it_and_not_after_what_is_above() {
        let both = "Can a dog come along?\n\nIt stays outside, with its lead tied to the rail.";
        check(
            &format!("It rained.\n\n{both}\n\nOpening hours\n\nTen to six."),
            "can my dog come along",
            both,
        );
        let first = "Rain fell.\n\nTickets are five crowns.";
        check(&format!("{first}\n\nOpening hours\n\nTen to six."), "what are tickets", first);
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_clause() {
        let filler = "the band played on and on in the cold wind of the harbour, ".repeat(9);
        let article = format!("At noon {filler}and the minister signed the contract for radar.");
        check(
            &article,
            "radar contract minister",
            "the band played on and on in the cold wind of the harbour, the band played on and on in the cold wind of the harbour, the band played on and on in the cold wind of the harbour, the band played on and on in the cold wind of the harbour, the band played on and on in the cold wind of the harbour, and the minister signed the contract for radar.",
        );
    }
}
