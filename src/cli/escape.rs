//! What may a terminal or a spreadsheet be handed? Text that others wrote (questions, articles, titles, what
//! a server said) made harmless. Pure.
//!
//! A terminal obeys escape sequences hidden in what it prints, and shows text in another order than it stands
//! where bidirectional controls are in it; characters without width make two names look alike. All of them
//! are shown by their number instead: `\u{1b}`.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use crate::audit::csv::is_unsafe;

/// Makes text harmless to print. Line feeds and tabs stay.
pub fn terminal(text: &str) -> Cow<'_, str> {
    escape(
        text,
        |c| is_unsafe(c) && c != '\n' && c != '\t',
        |out, c| write!(out, "\\u{{{:x}}}", u32::from(c)),
    )
}

/// Makes text harmless to print on one line: line feeds, carriage returns and tabs become spaces.
pub fn terminal_line(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe, |out, c| match c {
        '\n' | '\r' | '\t' => out.write_char(' '),
        _ => write!(out, "\\u{{{:x}}}", u32::from(c)),
    })
}

/// Makes text harmless to print on one line, and cuts it at `chars_max` characters with an ellipsis, never
/// within what a reader sees as one character.
pub fn terminal_cut(text: &str, chars_max: usize) -> Cow<'_, str> {
    let line = terminal_line(text);
    if line.chars().count() <= chars_max {
        return line;
    }
    let mut cut = String::new();
    let mut room = chars_max.saturating_sub(1);
    for grapheme in line.graphemes(true) {
        let Some(left) = room.checked_sub(grapheme.chars().count()) else { break };
        room = left;
        cut.push_str(grapheme);
    }
    cut.push('…');
    Cow::Owned(cut)
}

/// Makes JSON harmless to print, without changing what it says: JSON has an escape for every character.
/// What is handed in must be JSON, in which such characters stand within strings alone.
pub fn json(text: &str) -> Cow<'_, str> {
    escape(
        text,
        |c| is_unsafe(c) && !c.is_ascii_whitespace(),
        |out, c| c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}")),
    )
}

fn escape(
    text: &str,
    is_unsafe: impl Fn(char) -> bool,
    replace: impl Fn(&mut String, char) -> std::fmt::Result,
) -> Cow<'_, str> {
    if !text.chars().any(&is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unsafe(c) {
            // Writing to a string cannot fail.
            let _ = replace(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_terminal_gets_no_commands() {
        let check = |text: &str, expected: &str| assert_eq!(terminal(text), expected);
        check("what did Iran seek?", "what did Iran seek?");
        check("two\nlines\tand a tab", "two\nlines\tand a tab");
        check("\u{1b}[2Jgone", "\\u{1b}[2Jgone");
        check("\u{1b}]8;;http://x\u{7}link", "\\u{1b}]8;;http://x\\u{7}link");
        check("\u{9b}31mred", "\\u{9b}31mred");
        check("a\rb\u{7f}", "a\\u{d}b\\u{7f}");
        check("user\u{202e}nimda", "user\\u{202e}nimda");
        check("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}");
        check("ad\u{200b}min", "ad\\u{200b}min");
        check("שלום, سلام 🇮🇷 é", "שלום, سلام 🇮🇷 é");
    }

    #[test]
    fn one_line_stays_one_line() {
        let check = |text: &str, expected: &str| assert_eq!(terminal_line(text), expected);
        check("a\nb\r\nc\td", "a b  c d");
        check("a\u{2028}b\u{85}c", "a\\u{2028}b\\u{85}c");
    }

    #[test]
    fn a_cut_never_parts_what_is_seen_as_one() {
        let check = |text: &str, max, expected: &str| assert_eq!(terminal_cut(text, max), expected);
        check("short", 5, "short");
        check("longer", 5, "long…");
        check("ab\u{1b}c", 5, "ab\\u…");
        check("🇮🇷🇷🇺🇺🇸", 4, "🇮🇷…");
        check("e\u{301}e\u{301}e\u{301}", 4, "e\u{301}…");
        check("x", 0, "…");
    }

    #[test]
    fn json_says_the_same_without_unsafe_characters() {
        let check = |text: &str| {
            let line = serde_json::to_string(text).unwrap();
            let safe = json(&line);
            assert!(!safe.chars().any(is_unsafe), "{safe}");
            assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        };
        check("\u{1b}]0;t\u{7} \u{9b} \u{202e} \u{feff} \u{e0041} \"quoted\" \\ \n é 🇮🇷");
        assert_eq!(json("{\n  \"a\": \"\u{202e}\"\n}"), "{\n  \"a\": \"\\u202e\"\n}");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_comes_out(text in any::<String>(), max in 0usize..80) {
            prop_assert!(!terminal(&text).chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t'));
            prop_assert!(!terminal_line(&text).chars().any(is_unsafe));
            prop_assert!(terminal_cut(&text, max).chars().count() <= max.max(1));
            let safe = json(&serde_json::to_string(&text).unwrap()).into_owned();
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        }
    }
}
