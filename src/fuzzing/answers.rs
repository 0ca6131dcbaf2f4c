//! Answers, and what they look like.

use std::sync::Arc;

use crate::answer::{Answer, AnswerParams, Decision, Excerpt, Manner, QUOTE_CHARS_MAX, Question};
use crate::corpus::parse::{self, Format};
use crate::corpus::{self, Article, Corpus};
use crate::snapshot::Snapshot;
use crate::{cli, discord};

/// A question, synonyms and articles, parted by NUL: the answer quotes word for word, and adds up.
pub fn excerpt(bytes: &[u8]) {
    let Some((question, snapshot)) = asked(bytes) else { return };
    let answer = answered(&snapshot, &question);
    check_answer(&answer);
    assert_eq!(format!("{answer:?}"), format!("{:?}", answered(&snapshot, &question)), "the same each time");
    if answer.has_more {
        let manner = Manner { page: 1, ..Manner::default() };
        check_answer(&answered(&snapshot, &question.clone().asked(manner, None)));
    }
    if let Some(first) = answer.excerpts.first() {
        let manner = Manner { within: Some(first.article.id.to_string()), ..Manner::default() };
        let within = answered(&snapshot, &question.clone().asked(manner, Some(question.text().to_owned())));
        check_answer(&within);
        assert!(within.excerpts.iter().all(|excerpt| excerpt.article.id == first.article.id));
    }
}

/// The same, shown in a terminal and in Discord: nothing but our own words acts, and nothing passes for them.
pub fn renderer(bytes: &[u8]) {
    for piece in bytes.split(|&byte| byte == 0) {
        let text = String::from_utf8_lossy(piece);
        cli::fuzzing::check_escapes(&text);
        discord::fuzzing::check_escapes(&text);
    }
    let Some((question, snapshot)) = asked(bytes) else { return };
    let mut answer = answered(&snapshot, &question);
    let further = question.asked(Manner { page: 1, ..Manner::default() }, None);
    discord::fuzzing::check_rendered(&answered(&snapshot, &further));
    cli::fuzzing::check_rendered(&answer);
    discord::fuzzing::check_rendered(&answer);
    answer.decision = Decision::NotFound(crate::answer::Reason::LowConfidence);
    cli::fuzzing::check_rendered(&answer);
    discord::fuzzing::check_rendered(&answer);
}

/// So many articles, at most, so that an input takes no second.
const ARTICLES_MAX: usize = 8;

fn asked(bytes: &[u8]) -> Option<(Question, Snapshot)> {
    let mut pieces = bytes.split(|&byte| byte == 0);
    let question = Question::new(&String::from_utf8_lossy(pieces.next()?)).ok()?;
    let synonyms = String::from_utf8_lossy(pieces.next()?).into_owned();
    let (synonyms, _) = corpus::synonyms::parse("synonyms.txt", &synonyms);
    let articles: Vec<Arc<Article>> = (0..)
        .zip(pieces.take(ARTICLES_MAX))
        .flat_map(|(number, piece)| parse::file(&format!("{number}.md"), Format::Markdown, piece).articles)
        .collect();
    Some((question, Snapshot::build(Corpus::new(articles, synonyms, Vec::new()))))
}

fn answered(snapshot: &Snapshot, question: &Question) -> Answer {
    snapshot.answer(question, &AnswerParams { confidence_min: 0.0, ..AnswerParams::default() })
}

fn check_answer(answer: &Answer) {
    assert!((0.0..=1.0).contains(&answer.confidence), "{}", answer.confidence);
    let is_first = answer.question.manner().page == 0;
    for (at, excerpt) in answer.excerpts.iter().enumerate() {
        check_excerpt(excerpt);
        if is_first {
            assert_eq!(excerpt.rank, at + 1);
            check_quote(excerpt);
        }
    }
    let ranks = 2..=answer.excerpts.len();
    assert!(answer.differing.iter().all(|rank| ranks.contains(rank)), "{:?}", answer.differing);
}

fn check_excerpt(excerpt: &Excerpt) {
    let Excerpt { article, passage, quote, .. } = excerpt;
    let text = article.text.get(quote.clone()).expect("within the text, between characters");
    assert!(text == excerpt.quote_text() && !text.trim().is_empty());
    assert!(passage.start <= quote.start && quote.end <= passage.end, "{quote:?} is not in {passage:?}");
    assert!(article.text.get(passage.clone()).is_some());
    assert!((1..=article.paragraph_at(article.text.len())).contains(&excerpt.paragraph));
    let why = &excerpt.explanation;
    assert!(excerpt.score.is_finite() && (why.article.score() - why.article_score).abs() < 1e-6);
    let terms: f64 = why.terms.iter().map(|term| term.score).sum();
    assert!((terms - why.article.article).abs() < 1e-6);
}

/// What further pages show are passages, as long as they are and without a sentence that was chosen.
fn check_quote(excerpt: &Excerpt) {
    assert!(excerpt.quote_text().chars().count() <= QUOTE_CHARS_MAX);
    assert!((excerpt.explanation.sentence.score() - excerpt.score).abs() < 1e-4);
}
