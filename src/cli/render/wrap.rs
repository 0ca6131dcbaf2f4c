//! Breaks a line into lines that fit a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Narrower than this no text can be read; such a terminal gets lines that are too wide.
const WIDTH_MIN: usize = 20;

/// The lines of `text`, each at most `width` columns wide, broken at spaces; within a word (or a script
/// without spaces) only where it fits no line. One line where there is no width, none where there is no
/// text. Nothing but the spaces at the breaks is lost.
pub(super) fn wrap(text: &str, width: Option<usize>) -> Vec<String> {
    let width = match width {
        _ if text.is_empty() => return Vec::new(),
        None => return vec![text.to_owned()],
        Some(width) => width.max(WIDTH_MIN),
    };
    let mut lines = vec![String::new()];
    let mut used = 0;
    for (at, word) in text.split(' ').enumerate() {
        let word_width = word.width();
        let space = usize::from(at > 0);
        if used + space + word_width <= width {
            push(&mut lines, if at > 0 { " " } else { "" });
            push(&mut lines, word);
            used += space + word_width;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for cluster in word.graphemes(true) {
            let cluster_width = cluster.width();
            if used > 0 && used + cluster_width > width {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, cluster);
            used += cluster_width;
        }
    }
    lines
}

/// Appends to the last line.
fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(wrap(text, Some(width)), expected);
    }

    #[test]
    fn breaks_at_spaces() {
        check("the T-90, Russia's most capable tank", 20, &["the T-90, Russia's", "most capable tank"]);
        check("short", 20, &["short"]);
        check("", 20, &[]);
    }

    #[test]
    fn a_word_too_long_for_a_line_is_broken() {
        check("a bcdefghijklmnopqrstuvwxyz", 20, &["a", "bcdefghijklmnopqrstu", "vwxyz"]);
        check("黑豹队的防守丢了三百零八分还有更多", 20, &["黑豹队的防守丢了三百", "零八分还有更多"]);
    }

    #[test]
    fn no_width_no_break() {
        assert_eq!(wrap(&"word ".repeat(100), None).len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_is_lost(text in "[a-z é黑 ]{0,200}", width in 0usize..60) {
            let lines = wrap(&text, Some(width));
            let squeezed = |text: &str| text.replace(' ', "");
            prop_assert_eq!(squeezed(&lines.concat()), squeezed(&text));
            for line in lines {
                prop_assert!(line.width() <= width.max(WIDTH_MIN), "{line}");
            }
        }
    }
}
