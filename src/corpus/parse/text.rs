//! Plain text: real-world `.txt` files.
//!
//! A first line that is followed by an empty line is the title, and leaves the text. It stays where it is
//! when it is longer than [`TITLE_CHARS_MAX`] (then it is a paragraph) or when nothing follows.

use super::{Extract, canonical};

/// The longest first line that can be a title, in characters. Headlines have some 60 to 120; a first line
/// of three times that is the first paragraph of a file that keeps each paragraph on one line.
const TITLE_CHARS_MAX: usize = 300;

pub(super) fn extract(source: &str) -> Extract {
    let (title, body, first_line) = match split_title(source) {
        Some((title, body, first_line)) => (Some(canonical::one_line(title)), body, first_line),
        None => (None, source, 1),
    };
    let (text, lines) = canonical::keep_lines(body, first_line);
    Extract { title, text, lines, ..Extract::default() }
}

/// The title, the rest, and the line on which the rest begins.
fn split_title(source: &str) -> Option<(&str, &str, u32)> {
    let empty_before = source.split('\n').take_while(|line| line.trim().is_empty()).count();
    let (_, from_title) = match empty_before {
        0 => ("", source),
        n => source.split_at(source.match_indices('\n').nth(n - 1)?.0 + 1),
    };
    let (title, rest) = from_title.split_once('\n')?;
    let (below, body) = rest.split_once('\n')?;
    let is_title = below.trim().is_empty()
        && !canonical::one_line(title).is_empty()
        && title.chars().nth(TITLE_CHARS_MAX).is_none()
        && !body.trim().is_empty();
    let first_line = u32::try_from(empty_before).unwrap_or(u32::MAX).saturating_add(3);
    is_title.then_some((title, body, first_line))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::parse::tests::assert_lines_exact;

    fn check(source: &str, expected: Expect) {
        let extract = extract(source);
        expected.assert_eq(&format!("{:?} {:?} {:?}", extract.title, extract.text, extract.lines));
        assert_lines_exact(source, &extract.text, &extract.lines);
    }

    #[test]
    fn a_first_line_above_an_empty_line_is_the_title() {
        check("A  visit\n\nHe came.\n", expect![[r#"Some("A visit") "He came." [(0, 3)]"#]]);
        check("\n\nA visit\n \u{a0}\n\nHe came.", expect![[r#"Some("A visit") "He came." [(0, 6)]"#]]);
    }

    #[test]
    fn any_other_first_line_stays_in_the_text() {
        check(
            "He came.\nHe saw.\n\nHe left.",
            expect![[r#"None "He came.\nHe saw.\n\nHe left." [(0, 1), (9, 2), (18, 4)]"#]],
        );
        check("Only a line", expect![[r#"None "Only a line" [(0, 1)]"#]]);
        check("Only a line\n\n \n", expect![[r#"None "Only a line" [(0, 1)]"#]]);
        let paragraph = "long ".repeat(61);
        let extract = extract(&format!("{paragraph}\n\nHe came."));
        assert_eq!(extract.title, None);
        assert!(extract.text.starts_with("long long"));
    }

    #[test]
    fn non_breaking_spaces_and_inner_white_space_stay() {
        check(
            "T\n\nUS$\u{a0}8  billion \nmore",
            expect![[r#"Some("T") "US$\u{a0}8  billion \nmore" [(0, 3), (17, 4)]"#]],
        );
    }
}
