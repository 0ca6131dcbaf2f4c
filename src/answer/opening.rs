//! Does a sentence lean on the one before it? Its first words tell.

use crate::search::{Analyzer, Case};

/// How a sentence begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// With a pronoun, so that it is hardly understood alone.
    pub pronoun: bool,
    /// With a pronoun, or with `the company`, `the move` and the like.
    pub refers_back: bool,
}

/// How a sentence begins. `case` is that of its article as a whole.
pub fn opening(sentence: &str, analyzer: &Analyzer, case: Case) -> Opening {
    if let Some((first, rest)) = plain_word(sentence) {
        let is_followed =
            || plain_word(rest).is_none_or(|(second, _)| is_any(second, NOUNS.iter().chain(SPANISH_NOUNS)));
        let may_refer_back = is_any(first, PRONOUNS) || is_any(first, ARTICLES) && is_followed();
        if !may_refer_back {
            return Opening::default();
        }
    }
    let [first, second] = analyzer.first_words(sentence, case);
    let pronoun = PRONOUNS.contains(&&*first);
    let noun = match &*first {
        "the" => NOUNS.contains(&&*second),
        "el" => SPANISH_NOUNS.contains(&&*second),
        _ => false,
    };
    Opening { pronoun, refers_back: pronoun || noun }
}

/// The first word and what follows it, where it is plain to see which it is, as in most sentences: ASCII letters with a
/// space behind them.
fn plain_word(text: &str) -> Option<(&str, &str)> {
    let start = text.find(char::is_alphanumeric)?;
    let (word, rest) = text.get(start..)?.split_once(' ')?;
    word.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some((word, rest))
}

/// Whether a word, in capitals or not, is one of some.
fn is_any<'a>(word: &str, words: impl IntoIterator<Item = &'a &'a str>) -> bool {
    words.into_iter().any(|other| word.eq_ignore_ascii_case(other))
}

const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "that", "those", "este",
    "esta", "esto", "estos", "ella", "ellos", "er", "sie", "es", "dies", "diese", "dieser",
];

/// After these a noun may refer back.
const ARTICLES: &[&str] = &["the", "el"];

const NOUNS: &[&str] = &[
    "company",
    "move",
    "group",
    "decision",
    "agreement",
    "deal",
    "announcement",
    "incident",
    "attack",
    "country",
    "president",
    "minister",
    "organization",
    "government",
    "two",
    "ban",
    "law",
    "bill",
    "plan",
    "report",
    "study",
    "team",
    "pair",
    "couple",
    "film",
    "show",
    "book",
    "event",
];

const SPANISH_NOUNS: &[&str] = &["acuerdo", "grupo", "ministro", "presidente"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;

    #[test]
    fn pronouns_and_nouns() {
        fn check(sentence: &str, pronoun: bool, refers_back: bool) {
            let found = opening(sentence, &Analyzer::new(Language::English), Case::Mixed);
            assert_eq!(found, Opening { pronoun, refers_back }, "{sentence}");
        }
        check("He flew to Moscow.", true, true);
        check("\u{201c}It's late,\u{201d} they said.", true, true);
        check("The company denied it.", false, true);
        check("The harbour is closed.", false, false);
        check("The team's plan failed.", false, true);
        check("El grupo negó todo.", false, true);
        check("El puerto está cerrado.", false, false);
        check("Hector flew home.", false, false);
        // Where capitals mean something, this is no pronoun.
        check("IT companies hire.", false, false);
        check("", false, false);
        check("He", true, true);
    }
}
