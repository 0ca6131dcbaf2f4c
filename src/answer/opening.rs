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
    if plain_word(sentence).is_some_and(|word| !leads(word)) {
        return Opening::default();
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

/// The first word, where it is plain to see which it is, as in most sentences: ASCII letters with a space behind them.
fn plain_word(sentence: &str) -> Option<&str> {
    let start = sentence.find(char::is_alphanumeric)?;
    let (word, _) = sentence.get(start..)?.split_once(' ')?;
    word.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(word)
}

/// Whether a word may begin one of these openings.
fn leads(word: &str) -> bool {
    PRONOUNS.iter().chain(&["the", "el"]).any(|other| word.eq_ignore_ascii_case(other))
}

const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "that", "those", "este",
    "esta", "esto", "estos", "ella", "ellos", "er", "sie", "es", "dies", "diese", "dieser",
];

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
        check("Hector flew home.", false, false);
        // Where capitals mean something, this is no pronoun.
        check("IT companies hire.", false, false);
        check("", false, false);
        check("He", true, true);
    }
}
