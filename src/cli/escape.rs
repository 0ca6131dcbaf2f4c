//! What goes to a terminal is escaped: no text of a question or an article may steer it.

use std::borrow::Cow;

/// The text with control characters and bidirectional controls shown as escapes, such as `\u{1b}`.
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe(c) { escaped.extend(c.escape_unicode()) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_letters_stay() {
        assert_eq!(terminal("T-90 \u{5d0}é"), "T-90 \u{5d0}é");
        assert_eq!(terminal("\u{1b}[31m\u{202e}x\n"), r"\u{1b}[31m\u{202e}x\u{a}");
    }
}
