//! Synonyms, questions files, and how texts are cut.

use std::collections::HashSet;

use super::articles::check_split;
use crate::corpus::{self, Article, Language, LineMap, Metadata, Title, parse};
use crate::search::synonyms::SynonymTable;
use crate::search::{Analyzer, chunks, words};

/// So many rules are made into a table of synonyms, at most, so that an input takes no second.
const RULES_MAX: usize = 100;

/// A file of synonyms: what is read is written and read back the same, and can be looked up.
pub fn synonyms(bytes: &[u8]) {
    let Ok(text) = parse::decoded("synonyms.txt", bytes) else { return };
    let (read, problems) = corpus::synonyms::parse("synonyms.txt", &text);
    let lines = text.split('\n').count() as u32;
    assert!(problems.iter().all(|problem| problem.line.is_some_and(|line| (1..=lines).contains(&line))));
    let written: Vec<String> = read.rules().iter().map(ToString::to_string).collect();
    let (again, problems) = corpus::synonyms::parse("synonyms.txt", &written.join("\n"));
    assert_eq!((again.rules(), &*problems), (read.rules(), &[][..]));

    let rules = read.rules().iter().take(RULES_MAX).cloned().collect();
    let table = SynonymTable::new(&corpus::Synonyms::new(rules), Language::English);
    let tokens =
        Analyzer::new(Language::English).tokens(text.get(..text.floor_char_boundary(1000)).unwrap_or(""));
    let terms: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
    for found in table.matches(&terms) {
        assert!(found.count > 0 && found.first + found.count <= terms.len(), "{found:?}");
        assert!(found.alternatives.iter().all(|other| !other.terms.is_empty() && other.share > 0.0));
    }
}

/// A file of golden questions.
pub fn questions(bytes: &[u8]) {
    let (questions, problems) =
        corpus::questions::read("questions.jsonl", bytes).expect("memory can be read");
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
    assert!(problems.iter().all(|problem| problem.line.is_none_or(|line| (1..=lines).contains(&line))));
    let ids: HashSet<&str> = questions.iter().map(|asked| asked.id.as_str()).collect();
    assert_eq!(ids.len(), questions.len());
    for asked in &questions {
        assert!(!asked.question.is_empty() && asked.question.trim() == asked.question);
    }
}

/// A text (after a first byte that says in which language) as the index cuts it.
pub fn analyzer(bytes: &[u8]) {
    let (language, text) = in_language(bytes);
    let mut at = 0;
    for chunk in chunks::chunks(&text) {
        let between = text.get(at..chunk.start).expect("in order, between characters");
        assert!(!between.contains(char::is_alphanumeric), "{between:?} is not indexed");
        assert!(text.get(chunk.clone()).is_some_and(|words| !words.is_empty()));
        at = chunk.end;
    }
    assert!(!text.get(at..).expect("between characters").contains(char::is_alphanumeric));
    for token in Analyzer::new(language).tokens(&text) {
        assert!(text.get(token.range.clone()).is_some());
        let is_term = !token.term.is_empty() && !token.term.contains(char::is_whitespace);
        assert!(is_term, "{token:?}");
        assert!(!token.word.is_empty());
        words::role(&token.word, language);
    }
}

/// A text (after a first byte that says in which language) as it is split.
pub fn sentences(bytes: &[u8]) {
    let (language, text) = in_language(bytes);
    let metadata = Metadata { language: Some(language.tag().to_owned()), ..Metadata::default() };
    let title = Title::Derived("".into());
    let article = Article::new("a", "a.txt", title, metadata, &*text, LineMap::Single(1));
    assert_eq!(article.language, language);
    check_split(&article);
    assert!(article.sentences().all(|sentence| !sentence.is_empty()));
    corpus::language::detect(&text);
}

fn in_language(bytes: &[u8]) -> (Language, String) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let language = Language::ALL.get(usize::from(*first) % Language::ALL.len()).copied();
    (language.unwrap_or(Language::English), String::from_utf8_lossy(rest).into_owned())
}
