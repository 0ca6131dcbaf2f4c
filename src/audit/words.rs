//! Which words does a question hold, for the full-text index of PostgreSQL? Cut as SQLite's own index cuts them,
//! and here, since how the server would depends on its locale. Pure.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word is cut to this: a lexeme of PostgreSQL has at most 2,046 bytes.
const WORD_CHARS_MAX: usize = 500;

/// A position in a `tsvector` is at most this; no question has as many words.
const POSITION_MAX: usize = 16_383;

/// The words of a text in small letters, without accents.
fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_CHARS_MAX).collect()).collect()
}

/// A question as text of a `tsvector`: each word with its position. Words have letters and digits alone, so that
/// no quotes stand in them.
pub(super) fn vector(question: &str) -> String {
    let words = words(question).into_iter().enumerate();
    words.map(|(at, word)| format!("'{word}':{} ", (at + 1).min(POSITION_MAX))).collect()
}

/// What is searched for as text of a `tsquery`: all of it, and where something is cut into several words, these
/// one after the other.
pub(super) fn query(wanted: &str) -> String {
    let phrases = wanted.split_whitespace().map(words).filter(|words| !words.is_empty());
    let phrases = phrases.map(|words| {
        let words: Vec<String> = words.into_iter().map(|word| format!("'{word}'")).collect();
        words.join(" <-> ")
    });
    phrases.collect::<Vec<String>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words() {
        let check = |text, as_vector: &str, as_query: &str| {
            assert_eq!((vector(text).trim_end(), query(text).as_str()), (as_vector, as_query), "{text}");
        };
        check("Où est le T-90?", "'ou':1 'est':2 'le':3 't':4 '90':5", "'ou' & 'est' & 'le' & 't' <-> '90'");
        check("it's \"a\" \\ b", "'it':1 's':2 'a':3 'b':4", "'it' <-> 's' & 'a' & 'b'");
        check("سلاح 武器", "'سلاح':1 '武器':2", "'سلاح' & '武器'");
        check(" ?! ", "", "");
    }
}
