//! What is fuzzed of the terminal.

use super::escape;
use super::render::{Look, unrecorded};
use crate::answer::Answer;
use crate::audit::csv::is_unsafe;

/// No escape lets anything through that commands a terminal, and JSON says the same as before.
pub(crate) fn check_escapes(text: &str) {
    assert!(!escape::terminal(text).chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t'));
    assert!(!escape::terminal_line(text).chars().any(is_unsafe));
    for chars_max in [1, 20, 500] {
        let cut = escape::terminal_cut(text, chars_max);
        assert!(cut.chars().count() <= chars_max && !cut.chars().any(is_unsafe), "{cut:?}");
    }
    // To write a text as JSON cannot fail.
    let json = serde_json::to_string(text).expect("JSON");
    let safe = escape::json(&json);
    assert!(!safe.chars().any(is_unsafe));
    assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), text);
}

/// What commands the terminal is ours, and each line that does not begin with words of ours is indented.
pub(crate) fn check_rendered(answer: &Answer) {
    for explain in [false, true] {
        for width in [None, Some(20), Some(80)] {
            let coloured = unrecorded(answer, Look { colour: true, width }, explain);
            let plain = unrecorded(answer, Look { colour: false, width }, explain);
            let bare = ["\u{1b}[1;36m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[33m", "\u{1b}[0m"]
                .iter()
                .fold(coloured, |text, colour| text.replace(colour, ""));
            assert_eq!(bare, plain);
            // A quote keeps its tabs.
            assert!(!plain.chars().any(|c| is_unsafe(c) && !matches!(c, '\n' | '\t')), "{plain:?}");
        }
    }
    let piped = unrecorded(answer, Look::default(), false);
    let quotes = piped.lines().filter(|line| line.starts_with('[')).count();
    assert_eq!(quotes, answer.shown().len(), "{piped}");
    assert!(piped.lines().all(|line| !line.starts_with('[') || line.ends_with('”')), "{piped}");
    for line in piped.lines().filter(|line| !line.is_empty() && !line.starts_with("  ")) {
        let ours = [
            "[",
            "Not sure",
            "Not found",
            "could not be",
            "nearest articles:",
            "also looked for: ",
            "the articles name",
        ];
        let is_count = line.split_once(' ').is_some_and(|(count, _)| count.parse::<usize>().is_ok());
        assert!(is_count || ours.iter().any(|start| line.starts_with(start)), "{line}");
    }
}
