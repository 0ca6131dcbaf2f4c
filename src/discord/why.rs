//! Why was an answer what it was? The reasons as they were recorded, in words that a person can read; and the
//! passages that the quotes are from. Pure.

use crate::answer::Explanation;
use crate::audit::{AskDetail, CitationRecord, RecordId, Why};
use crate::snapshot::Snapshot;

use super::render::block;
use super::text::Text;
use super::{escape, limits};

/// The most words of a question that are listed.
const WORDS_MAX: usize = 8;

/// A share this close to the whole is the whole: what is recorded is rounded.
const WHOLE: f64 = 0.995;

/// The explanation of an answer, within an embed. `usual_floor` is the least confidence of an answer where the
/// record does not tell it.
pub fn explanation(record: RecordId, ask: &AskDetail, text: Text, usual_floor: f64) -> String {
    let floor = ask.params.get("confidence_min").and_then(serde_json::Value::as_f64).unwrap_or(usual_floor);
    let mut parts =
        vec![text.why(&record.to_string()), text.why_confidence(percent(ask.confidence), percent(floor))];
    let unknown = Why::default();
    let why = ask.why.as_ref().unwrap_or(&unknown);
    if let (Some(citation), Some(reasons)) = (ask.citations.first(), why.excerpts.first()) {
        parts.push(best(citation, reasons, text));
    }
    if let Some(looked_for) = looked_for(why, text) {
        parts.push(looked_for);
    }
    parts.push(runner_up(&ask.citations, text));
    parts.push(text.why_corpus(&ask.corpus.digest.short(), ask.corpus.articles));
    parts.join("\n\n")
}

/// The first quote: its words and its scores.
fn best(citation: &CitationRecord, reasons: &Explanation, text: Text) -> String {
    let title = escape::line(&citation.title, limits::TITLE_MAX);
    let mut lines = vec![text.why_quote(citation.rank, &title)];
    if !reasons.words.is_empty() {
        lines.push(text.why_words());
    }
    for word in reasons.words.iter().take(WORDS_MAX) {
        let (asked, weight) = (escape::line(&word.asked, limits::WORD_MAX), percent(word.weight));
        let line = match word.found {
            found if found >= WHOLE => text.why_found(&asked, weight),
            found if found > 0.0 => text.why_part(&asked, weight, percent(found)),
            _ => text.why_missing(&asked, weight),
        };
        lines.push(format!("- {line}"));
    }
    lines.push(text.why_score(&score(citation.score), &score(reasons.article_score)));
    lines.join("\n")
}

fn looked_for(why: &Why, text: Text) -> Option<String> {
    let mut lines = Vec::new();
    let words = why.expansions.iter().take(WORDS_MAX).map(|expansion| {
        let looked_for: Vec<_> =
            expansion.looked_for.iter().take(3).map(|word| escape::line(word, limits::WORD_MAX)).collect();
        text.expansion(&escape::line(&expansion.asked, limits::WORD_MAX), &super::text::join(&looked_for))
    });
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        lines.push(text.expansions(&words.join("; ")));
    }
    let unmatched: Vec<_> =
        why.unmatched.iter().take(WORDS_MAX).map(|word| escape::line(word, limits::WORD_MAX)).collect();
    if !unmatched.is_empty() {
        lines.push(text.unmatched(&super::text::join(&unmatched)));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn runner_up(citations: &[CitationRecord], text: Text) -> String {
    match citations {
        [best, second, ..] => {
            let title = escape::line(&second.title, limits::TITLE_MAX);
            text.why_runner_up(&title, &score(second.score), &score(best.score - second.score))
        }
        _ => text.why_alone(),
    }
}

fn percent(share: f64) -> usize {
    // A share that is none (NaN) becomes 0.
    (share.clamp(0.0, 1.0) * 100.0).round() as usize
}

fn score(score: f64) -> String {
    format!("{score:.2}")
}

/// The passage that a quote is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// Its article is as it was.
    InUse(String),
    /// Its article has changed, and is kept as it was.
    Kept(String),
    /// Its article was withdrawn.
    Withdrawn,
    /// Its article has changed, and is not kept.
    Gone,
}

/// The passages of the quotes that were shown, in their order, each with its citation, within an embed. `snapshot`
/// tells where the articles lie now.
pub fn passages(ask: &AskDetail, passages: &[Passage], snapshot: &Snapshot, text: Text) -> String {
    let shown = ask.citations.iter().filter(|citation| citation.shown).zip(passages);
    let mut parts = vec![text.passage_heading()];
    let mut left = limits::DESCRIPTION_MAX - limits::units(&parts.concat()) - 2;
    for (at, (citation, passage)) in shown.enumerate() {
        let place = place(citation, snapshot, text);
        let recorded = citation.quote_text.as_deref().unwrap_or_default();
        let (passage, note) = match passage {
            Passage::InUse(passage) => (Some(passage.as_str()), None),
            Passage::Kept(passage) => (Some(passage.as_str()), Some(text.passage_kept())),
            Passage::Withdrawn => (None, Some(text.passage_withdrawn())),
            Passage::Gone => (Some(recorded), Some(text.passage_changed())),
        };
        let frame = limits::units(&place)
            + note.as_deref().map_or(0, |note| limits::units(note) + 1)
            + limits::units(&block(text, &escape::line("", 0)))
            + 3;
        let room = (left / (passages.len() - at)).saturating_sub(frame);
        if room < limits::WORD_MAX {
            break;
        }
        let quote = passage.map(|passage| block(text, &escape::line(passage, room)));
        let part = [Some(place), note, quote].into_iter().flatten().collect::<Vec<_>>().join("\n");
        left = left.saturating_sub(limits::units(&part) + 2);
        parts.push(part);
    }
    parts.join("\n\n")
}

/// `[1] **Title**, paragraph 2, line 3 of news/visit.md`
fn place(citation: &CitationRecord, snapshot: &Snapshot, text: Text) -> String {
    let title = escape::line(&citation.title, limits::TITLE_MAX);
    let article = snapshot.corpus().article(&citation.article);
    let path = article.map_or(citation.article.as_str(), |article| article.path());
    let path = escape::line(path, limits::PATH_MAX);
    let place = text.place(citation.paragraphs(), citation.lines, &path);
    format!("{}[{}] **{title}**, {place}", text.line_start(), citation.rank)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::answer::{CorpusSummary, Expansion, WordShare};
    use crate::corpus::{Digest, Synonyms, samples};

    fn ask(citations: Vec<CitationRecord>, words: &[(&str, f64, f64)]) -> AskDetail {
        let words = words
            .iter()
            .map(|&(asked, weight, found)| WordShare { asked: asked.to_owned(), weight, found })
            .collect();
        AskDetail {
            corpus: CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 40 },
            params: serde_json::json!({ "confidence_min": 0.3 }),
            confidence: 0.834,
            citations,
            why: Some(Why {
                expansions: vec![Expansion {
                    asked: "Deghan".to_owned(),
                    looked_for: vec!["Dehqan".to_owned()],
                }],
                unmatched: vec!["zeppelin".to_owned()],
                excerpts: vec![Explanation { words, article_score: 7.0, ..Explanation::default() }],
                ..Why::default()
            }),
        }
    }

    fn citation(rank: u32, text: &str) -> CitationRecord {
        CitationRecord {
            rank,
            shown: true,
            article: "a".to_owned(),
            title: format!("Title *{rank}*"),
            content_hash: Digest::of(text.as_bytes()),
            passage: 0..text.len(),
            quote: 0..3,
            quote_text: Some(text.chars().take(3).collect()),
            score: 2.0 / f64::from(rank),
            paragraph: 2,
            lines: (3, 4),
        }
    }

    fn english() -> Text {
        Text::default()
    }

    #[test]
    fn an_explanation_reads_as_sentences() {
        let citations = vec![citation(1, "x"), citation(2, "x")];
        let words = [("tanks", 0.5, 1.0), ("arms", 0.3, 0.7), ("Deghan", 0.2, 0.0)];
        let told = explanation(12, &ask(citations, &words), english(), 0.3);
        expect![[r#"
            **Why this answer?** (#12)

            Confidence: 83 %. Below 30 % I give no answer, below 50 % I say that I am not sure.

            Quote [1], from Title \*1\*
            The words of your question, with their weight and where they stand:
            - tanks: 50 %, in the quoted sentences
            - arms: 30 %, in part (70 %)
            - Deghan: 20 %, not in the quoted sentences
            Score: 2.00. The score of its article: 7.00.

            I also looked for: Dehqan (for Deghan).
            No article mentions: zeppelin.

            Runner-up: Title \*2\*, score 1.00; the best is 1.00 ahead of it.

            Asked of 5 articles (corpus af1349b9f5f9)."#]]
        .assert_eq(&escape::visible(&told));
    }

    #[test]
    fn without_a_runner_up_it_says_so() {
        let told = explanation(12, &AskDetail { why: None, ..ask(Vec::new(), &[]) }, english(), 0.3);
        assert!(told.contains("No other article came close."), "{told}");
    }

    fn check_passages(passage: Passage, expected: Expect) {
        let snapshot = Snapshot::build(samples::corpus(&[("a", "One. Two. Three.")], Synonyms::default()));
        let ask = ask(vec![citation(1, "One. Two. Three.")], &[]);
        expected.assert_eq(&passages(&ask, &[passage], &snapshot, english()));
    }

    #[test]
    fn a_passage_is_shown_as_it_was() {
        check_passages(
            Passage::InUse("One. Two. Three.".to_owned()),
            expect![[r#"
            **The passages in full**

            [1] **Title \*1\***, paragraph 2, lines 3–4 of a.md
            > “One. Two. Three.”"#]],
        );
        check_passages(
            Passage::Kept("One. Two. Three.".to_owned()),
            expect![[r#"
                **The passages in full**

                [1] **Title \*1\***, paragraph 2, lines 3–4 of a.md
                The article has changed since this answer. This is the passage as it was then.
                > “One. Two. Three.”"#]],
        );
        check_passages(
            Passage::Withdrawn,
            expect![[r#"
                **The passages in full**

                [1] **Title \*1\***, paragraph 2, lines 3–4 of a.md
                This article was withdrawn, so its text is not shown any more."#]],
        );
        check_passages(
            Passage::Gone,
            expect![[r#"
            **The passages in full**

            [1] **Title \*1\***, paragraph 2, lines 3–4 of a.md
            The article has changed since this answer, so I can show only what was quoted.
            > “One”"#]],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn nothing_is_too_long(text in "\\PC{0,200}", times in 1usize..40, count in 0u32..12, word in "\\PC{0,60}") {
            let text = text.repeat(times);
            let snapshot = Snapshot::build(samples::corpus(&[("a", &text)], Synonyms::default()));
            let citations = (1..=count).map(|rank| CitationRecord {
                title: text.clone(),
                article: if rank % 2 == 0 { text.clone() } else { "a".to_owned() },
                score: f64::NAN,
                ..citation(rank, &text)
            });
            let words = vec![(word.as_str(), 0.3, f64::NAN); 30];
            let mut ask = ask(citations.collect(), &words);
            if let Some(why) = &mut ask.why {
                why.unmatched = vec![word.clone(); 30];
                why.expansions = vec![Expansion { asked: word.clone(), looked_for: vec![word.clone(); 9] }; 30];
            }
            let found: Vec<Passage> = (0..count)
                .map(|at| if at % 2 == 0 { Passage::Kept(text.clone()) } else { Passage::Gone })
                .collect();
            let told = [
                explanation(i64::MAX, &ask, english(), 0.3),
                passages(&ask, &found, &snapshot, english()),
            ];
            for told in told {
                prop_assert!(limits::units(&told) <= limits::DESCRIPTION_MAX, "{}", limits::units(&told));
                prop_assert!(!told.contains("@everyone"));
            }
        }
    }
}
