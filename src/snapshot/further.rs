//! What comes after the answer: the passages that match next best, page by page.

use std::ops::Range;
use std::sync::Arc;

use crate::answer::{Answer, AnswerParams, Candidate, Excerpt, Explanation, SentenceParts};
use crate::corpus::Article;

/// The answer, or the page of further passages that its question asks for; either says whether there are more.
pub(super) fn page(answer: Answer, candidates: &[Candidate], params: &AnswerParams) -> Answer {
    let further = passages(&answer, candidates);
    let size = params.passages_max.max(1);
    let Some(before) = (answer.question.manner().page as usize).checked_sub(1) else {
        return Answer { has_more: !further.is_empty() && !answer.shown().is_empty(), ..answer };
    };
    let first = before.saturating_mul(size);
    let excerpts = further
        .iter()
        .enumerate()
        .skip(first)
        .take(size)
        .map(|(at, (candidate, range))| excerpt(at + answer.excerpts.len() + 1, candidate, range.clone()))
        .collect();
    // Which quotes name other figures is said under the answer, which shows them.
    Answer { excerpts, differing: Vec::new(), has_more: further.len() > first.saturating_add(size), ..answer }
}

/// The passages that the answer does not quote: the best one of each article, best article first, then the
/// second best of each, and so on. Of passages that overlap, the first alone.
fn passages<'a>(answer: &Answer, candidates: &'a [Candidate]) -> Vec<(&'a Candidate, Range<usize>)> {
    let mut taken: Vec<(&Article, Range<usize>)> =
        answer.excerpts.iter().map(|excerpt| (&*excerpt.article, excerpt.quote.clone())).collect();
    let deepest = candidates.iter().map(|candidate| candidate.passages.len()).max().unwrap_or(0);
    let mut passages = Vec::new();
    for depth in 0..deepest {
        for candidate in candidates {
            let Some(range) = range(candidate, depth) else { continue };
            let overlaps = |(article, other): &(&Article, Range<usize>)| {
                article.id == candidate.article.id && other.start < range.end && range.start < other.end
            };
            if !taken.iter().any(overlaps) {
                taken.push((&candidate.article, range.clone()));
                passages.push((candidate, range));
            }
        }
    }
    passages
}

/// The bytes of a candidate's passage, by its place among the best.
fn range(candidate: &Candidate, depth: usize) -> Option<Range<usize>> {
    let article = &candidate.article;
    article.run(article.passage(*candidate.passages.get(depth)?)?.sentences())
}

fn excerpt(rank: usize, candidate: &Candidate, range: Range<usize>) -> Excerpt {
    let article = Arc::clone(&candidate.article);
    let paragraph = article.paragraph_at(range.start);
    // To four decimals, as the scores of quotes.
    let score = libm::round(candidate.score * 10_000.0) / 10_000.0;
    Excerpt {
        rank,
        score,
        article,
        passage: range.clone(),
        quote: range,
        paragraph,
        explanation: Explanation {
            sentence: SentenceParts::default(),
            words: Vec::new(),
            article_score: candidate.score,
            article: candidate.parts,
            terms: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::answer::{AnswerParams, Manner, Question};
    use crate::corpus::{Synonyms, samples};
    use crate::snapshot::Snapshot;

    fn page(snapshot: &Snapshot, page: u32) -> crate::answer::Answer {
        let manner = Manner { page, ..Manner::default() };
        let question = Question::new("Where did the zeppelin land?").unwrap().asked(manner, None);
        snapshot.answer(&question, &AnswerParams { passages_max: 2, ..AnswerParams::default() })
    }

    #[test]
    fn pages_go_on_to_the_last_passage_and_repeat_none() {
        let long = |name: &str| {
            let mut text = format!("The zeppelin landed at {name}. ");
            (0..40).for_each(|at| {
                text.push_str(&format!(
                    "Sentence {at} tells more of the zeppelin over {name} and its crew. "
                ));
            });
            text
        };
        let texts = [long("Lakehurst"), long("Friedrichshafen"), long("Recife")];
        let articles: Vec<(&str, &str)> =
            ["a", "b", "c"].into_iter().zip(texts.iter().map(|t| &**t)).collect();
        let snapshot = Snapshot::build(samples::corpus(&articles, Synonyms::default()));
        let mut seen: Vec<(Box<str>, std::ops::Range<usize>)> = Vec::new();
        let mut number = 0;
        loop {
            let answer = page(&snapshot, number);
            assert!(!answer.excerpts.is_empty() && answer.excerpts.len() <= 2, "page {number}");
            for excerpt in &answer.excerpts {
                assert!(!excerpt.quote_text().is_empty());
                assert_eq!(excerpt.rank, seen.len() + 1);
                let overlaps = |(id, other): &(Box<str>, std::ops::Range<usize>)| {
                    *id == excerpt.article.id
                        && other.start < excerpt.quote.end
                        && excerpt.quote.start < other.end
                };
                assert!(!seen.iter().any(overlaps), "page {number}: {:?}", excerpt.quote);
                seen.push((excerpt.article.id.clone(), excerpt.quote.clone()));
            }
            number += 1;
            if !answer.has_more {
                break;
            }
        }
        assert!(number > 2, "{number} pages");
        let past = page(&snapshot, number);
        assert!(past.excerpts.is_empty() && !past.has_more);
        assert!(page(&snapshot, u32::MAX).excerpts.is_empty());
    }
}
