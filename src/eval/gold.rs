//! Does a text hold a gold answer? Compared as whole words, so that `30` does not stand in `1930`.

use unicode_normalization::UnicodeNormalization;

use crate::corpus::split;

/// How the words of a text are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// By anything that is no letter and no digit.
    Spaced,
    /// Not at all: Chinese, Japanese, Thai. Compared without spaces, as substrings.
    Unspaced,
}

impl Script {
    /// How the words of this text are told apart: not at all where a third of its letters are Chinese,
    /// Japanese or Thai. Such a text also holds Latin names and digits, and another one a foreign name.
    pub fn of(text: &str) -> Script {
        let (mut letters, mut unspaced) = (0usize, 0usize);
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            unspaced += usize::from(is_unspaced(c));
        }
        if unspaced > 0 && unspaced * 3 >= letters { Script::Unspaced } else { Script::Spaced }
    }
}

/// Chinese, Japanese and Thai. Korean is indexed by its characters, too, but written with spaces.
fn is_unspaced(c: char) -> bool {
    split::is_unspaced(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}')
}

/// Whether any of `answers` stands in `text`.
pub fn holds_any(text: &str, answers: &[String], script: Script) -> bool {
    let text = words(text, script);
    answers.iter().any(|answer| {
        let answer = words(answer, script);
        // An answer without a letter or digit stands nowhere, rather than everywhere.
        answer.chars().any(char::is_alphanumeric) && text.contains(&answer)
    })
}

/// The words of a text (runs of letters and digits after NFKC and lower case), each between two spaces; or
/// all in one.
fn words(text: &str, script: Script) -> String {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match script {
        Script::Unspaced => words.collect(),
        Script::Spaced => words.fold(String::from(" "), |words, word| words + word + " "),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, answer: &str, expected: bool) {
        assert_eq!(holds_any(text, &[answer.to_owned()], Script::of(text)), expected, "{answer} in {text}");
    }

    #[test]
    fn whole_words() {
        check("It was signed in 1930.", "30", false);
        check("It has 30 tanks.", "30", true);
        check("Iran's defense minister", "iran", true);
        check("the T-90, Russia's most capable tank", "T-90", true);
        check("the T-90", "t 90", true);
        check("the T-901", "T-90", false);
    }

    #[test]
    fn marks_case_and_width_do_not_count() {
        check("“Squid Game“ is back", "\"squid game\"", true);
        check("Ｔ－９０ tanks", "T-90", true);
        check("about $8\u{a0}billion", "$8 billion", true);
    }

    #[test]
    fn an_answer_without_words_stands_nowhere() {
        check("anything at all", "", false);
        check("anything at all", "—", false);
    }

    #[test]
    fn scripts_without_spaces_compare_as_substrings() {
        check("黑豹队的防守丢了 308 分。", "308分", true);
        check("黑豹队的防守丢了308分。", "防守", true);
        check("パンサーズの守備", "守備", true);
        check("Its Chinese name is 元朝.", "nam", false);
    }

    proptest! {
        #[test]
        fn a_text_holds_itself(text in "\\PC{0,40}") {
            let has_word = text.nfkc().any(char::is_alphanumeric);
            let script = Script::of(&text);
            prop_assert_eq!(holds_any(&text, std::slice::from_ref(&text), script), has_word);
        }
    }
}
