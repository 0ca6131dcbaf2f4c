//! What a person sees, for each kind of answer.

use std::sync::Arc;

use expect_test::{Expect, expect};

use super::*;
use crate::answer::{ConfidenceParts, CorpusSummary, Expansion, Explanation, Question};
use crate::corpus::{Article, Digest, LineMap, Metadata, Title};

fn excerpt(rank: usize, title: &str, text: &str, metadata: Metadata) -> Excerpt {
    let article = Article::new(
        format!("article-{rank}"),
        format!("news/article-{rank}.md"),
        Title::Given(title.into()),
        metadata,
        text,
        LineMap::Runs([(0, 11), (20, 12)].into()),
    );
    let all = 0..text.len();
    Excerpt {
        rank,
        score: 7.25,
        article: Arc::new(article),
        passage: all.clone(),
        quote: all,
        paragraph: 4,
        explanation: Explanation::default(),
    }
}

fn two_quotes(decision: Decision) -> Answer {
    let metadata = Metadata {
        publisher: Some("Big News Network".into()),
        published: Some(jiff::civil::date(2016, 2, 16)),
        url: Some("https://example.com/putin".into()),
        ..Metadata::default()
    };
    Answer {
        question: Question::new("which tank?").unwrap(),
        decision,
        confidence: 0.8123,
        confidence_parts: ConfidenceParts::default(),
        excerpts: vec![
            excerpt(
                1,
                "Putin and Iran's defense minister discuss stronger military cooperation",
                "The aim is the T-90,\nRussia's most capable tank, and the modern Su-30 Flanker fighter.",
                metadata,
            ),
            excerpt(2, "A visit", "Short.", Metadata::default()),
        ],
        expansions: vec![],
        unmatched: vec![],
        differing: vec![],
        carried: Vec::new(),
        has_more: false,
        corpus: CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 20 },
    }
}

const FOUND: Decision = Decision::Found { hedged: false };
const PIPE: Look = Look { colour: false, width: None };

fn check(answer: &Answer, look: Look, explain: bool, expected: Expect) {
    expected.assert_eq(&text(12, answer, look, explain).replace('\u{1b}', "␛"));
}

#[test]
fn found() {
    check(
        &two_quotes(FOUND),
        PIPE,
        false,
        expect![[r#"
            [1] “The aim is the T-90, Russia's most capable tank, and the modern Su-30 Flanker fighter.”
                Putin and Iran's defense minister discuss stronger military cooperation
                Big News Network · 2016-02-16 · paragraph 4, lines 11–12
                https://example.com/putin

            [2] “Short.”
                A visit
                paragraph 4, line 11
                news/article-2.md

            5 articles
        "#]],
    );
}

#[test]
fn on_a_terminal() {
    check(
        &two_quotes(FOUND),
        Look { colour: true, width: Some(60) },
        false,
        expect![[r#"
            ␛[1;36m[1] ␛[0m“The aim is the T-90, Russia's most capable tank, and
                the modern Su-30 Flanker fighter.”
                ␛[1mPutin and Iran's defense minister discuss stronger␛[0m
                ␛[1mmilitary cooperation␛[0m
                ␛[2mBig News Network · 2016-02-16 · paragraph 4, lines 11–12␛[0m
                ␛[2mhttps://example.com/putin␛[0m

            ␛[1;36m[2] ␛[0m“Short.”
                ␛[1mA visit␛[0m
                ␛[2mparagraph 4, line 11␛[0m
                ␛[2mnews/article-2.md␛[0m

            ␛[2m#12 · 5 articles␛[0m
        "#]],
    );
}

#[test]
fn hedged_and_explained() {
    let mut answer = two_quotes(Decision::Found { hedged: true });
    answer.excerpts.truncate(1);
    let looked_for = |asked: &str, words: &[&str]| Expansion {
        asked: asked.into(),
        looked_for: words.iter().map(|&word| word.into()).collect(),
    };
    answer.expansions = vec![looked_for("Deghan", &["Dehghan", "Dehqan"]), looked_for("T90", &["T-90"])];
    check(
        &answer,
        PIPE,
        true,
        expect![[r#"
            Not sure that this answers it; closest passage:

            [1] “The aim is the T-90, Russia's most capable tank, and the modern Su-30 Flanker fighter.”
                Putin and Iran's defense minister discuss stronger military cooperation
                Big News Network · 2016-02-16 · paragraph 4, lines 11–12
                https://example.com/putin

            also looked for: Dehghan, Dehqan (for Deghan); T-90 (for T90)
            5 articles

            why [1] article-1: score 7.2500 =
              score of the article 0.0000 =
              BM25 of the article 0.0000 =
            confidence 0.8123:
              the best of 0 articles is 0.0000 ahead of the second, 0.0000 of the fifth
              the quoted sentence is 0.0000 ahead of those of other articles
              0.0000 of the question stands within two sentences of the quote
              0 of its words stand in the quoted sentence
              0.0000 of the question stands in no article
              0.0000 of it are names or years that stand neither near the quote nor in the title
        "#]],
    );
}

#[test]
fn below_the_floor_nothing_is_quoted() {
    let mut answer = two_quotes(Decision::NotFound(Reason::LowConfidence));
    answer.unmatched = vec!["Rafale".into(), "Qatar\u{1b}[31m".into()];
    check(
        &answer,
        PIPE,
        false,
        expect![[r#"
        Not found: nothing in the 5 articles answers this well enough to be quoted.
        could not be matched: Rafale, Qatar\u{1b}[31m
        nearest articles:
          Putin and Iran's defense minister discuss stronger military cooperation
          https://example.com/putin
          A visit
          news/article-2.md

        5 articles
    "#]],
    );
}

#[test]
fn nothing_known() {
    let mut answer = two_quotes(Decision::NotFound(Reason::NoKnownWord));
    answer.excerpts.clear();
    answer.unmatched = vec!["xyzzy".into()];
    answer.corpus.articles = 1;
    check(
        &answer,
        PIPE,
        false,
        expect![[r#"
        Not found: no word of the question stands in the 1 article.
        could not be matched: xyzzy

        1 article
    "#]],
    );
    answer.confidence = 0.0;
    check(
        &answer,
        PIPE,
        true,
        expect![[r#"
        Not found: no word of the question stands in the 1 article.
        could not be matched: xyzzy

        1 article

        confidence 0.0000: there is nothing to quote
    "#]],
    );
    answer.decision = Decision::NotFound(Reason::OnlyCommonWords);
    answer.unmatched.clear();
    check(
        &answer,
        PIPE,
        false,
        expect![[r#"
        Not found: the question holds only common words, such as `what` or `the`. Name a person, a place or a thing.

        1 article
    "#]],
    );
}

#[test]
fn hostile_articles_cannot_steer_the_terminal() {
    let mut answer = two_quotes(FOUND);
    let metadata = Metadata { publisher: Some("\u{9b}2J".into()), ..Metadata::default() };
    answer.excerpts = vec![excerpt(1, "\u{202e}title", "quote\u{1b}]0;owned\u{7}", metadata)];
    let shown = text(1, &answer, Look { colour: false, width: Some(80) }, true);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{shown:?}");
}

#[test]
fn common_words_are_near_to_nothing() {
    check(
        &two_quotes(Decision::NotFound(Reason::OnlyCommonWords)),
        PIPE,
        false,
        expect![[r#"
        Not found: the question holds only common words, such as `what` or `the`. Name a person, a place or a thing.

        5 articles
    "#]],
    );
}
