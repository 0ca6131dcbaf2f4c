//! What all formats share: decoding, the builder of a canonical text with its line map, derived titles.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::Fault;
use crate::corpus::Title;
use crate::corpus::article::DERIVED_TITLE_CHARS_MAX;
use crate::corpus::split::CELLS;

/// Bytes to text: UTF-8 without byte order mark, `\r\n` and `\r` turned into `\n`.
///
/// Control characters other than NUL stay as they are (a quote is word for word; what shows it escapes
/// them). A NUL says that the file is no text at all.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Fault::new(1, "is UTF-16: save it as UTF-8"));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Fault::new(line_at(bytes, at), "is binary (it holds a NUL byte): save it as plain text"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        Fault::new(line_at(bytes, at), format!("is not UTF-8 (byte `0x{byte:02x}`): save it as UTF-8"))
    })?;
    Ok(unify_line_ends(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

/// `\r\n` and `\r` turned into `\n`.
pub(super) fn unify_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The 1-based line on which the byte at `offset` stands.
fn line_at(bytes: &[u8], offset: usize) -> u32 {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_feeds = before.iter().filter(|&&byte| byte == b'\n').count();
    let lone_returns = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    u32::try_from(line_feeds + lone_returns + 1).unwrap_or(u32::MAX)
}

/// The canonical form of a text that keeps its lines: white space trimmed at both ends, a line of nothing
/// but white space made empty (so that it parts paragraphs), everything else as it is. The runs map it to
/// lines, the first line of `source` being `first_line`.
pub(super) fn keep_lines(source: &str, first_line: u32) -> (String, Vec<(u32, u32)>) {
    let mut builder = Builder::default();
    for (line, words) in (first_line..).zip(source.split('\n')) {
        if words.trim().is_empty() {
            builder.empty_line();
        } else {
            builder.push(words, line);
        }
        builder.gap(Gap::Line);
    }
    builder.finish()
}

/// A text on one line, without control characters: how titles, publishers and names are kept.
pub(super) fn one_line(text: &str) -> String {
    let apart = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let mut line = String::with_capacity(text.len().min(256));
    for word in text.split(apart).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The start of `text`, at most `chars_max` characters, cut between words where there are any.
pub(super) fn cut(text: &str, chars_max: usize) -> &str {
    let Some((limit, _)) = text.char_indices().nth(chars_max) else { return text };
    // A word that begins within the limit may end far behind it; a few words more show where it ends.
    let window = text.char_indices().nth(chars_max + 64).map_or(text, |(end, _)| until(text, end));
    let cut = window
        .split_word_bound_indices()
        .map(|(start, _)| start)
        .take_while(|&start| start <= limit)
        .last()
        .filter(|&start| start > 0)
        .unwrap_or(limit);
    until(text, cut).trim_end()
}

/// The text before the byte `end`, which is the start of a character.
fn until(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or(text)
}

/// The title of an article that has none: the start of its first line, with `…` where there is more of it.
pub(super) fn derived_title(text: &str) -> Title {
    let first = text.lines().next().unwrap_or_default();
    // What one_line takes out only shortens the line: a few times the limit is more than enough of it.
    let start =
        first.char_indices().nth(16 * DERIVED_TITLE_CHARS_MAX).map_or(first, |(end, _)| until(first, end));
    let line = one_line(start);
    if line.chars().nth(DERIVED_TITLE_CHARS_MAX).is_none() {
        return Title::Derived(line.into());
    }
    let begin = cut(&line, DERIVED_TITLE_CHARS_MAX - 1).trim_end_matches([',', ';', ':', '–', '-', ' ']);
    Title::Derived(format!("{begin}…").into())
}

/// What stands between two pieces of text, by rising width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    #[default]
    None,
    /// A space.
    Space,
    /// What parts the cells of a row.
    Cell,
    /// A line end.
    Line,
    /// An empty line.
    Paragraph,
}

/// Builds a canonical text and its line map, piece by piece. Gaps asked for one after another merge to the
/// widest; none is written before the first piece or after the last.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    runs: Vec<(u32, u32)>,
    gap: Gap,
    empty_lines: usize,
}

impl Builder {
    /// Asks for a gap before the next piece.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Asks for one more empty line before the next piece, beside the gap.
    fn empty_line(&mut self) {
        self.empty_lines += 1;
    }

    /// Adds a piece without line ends that stands on `line` of the source. White space alone is left out
    /// where a line or the text begins.
    pub(super) fn push(&mut self, piece: &str, line: u32) {
        let at_start = self.text.is_empty() || self.gap >= Gap::Line;
        let piece = if self.text.is_empty() { piece.trim_start() } else { piece };
        if piece.is_empty() || (at_start && piece.trim_start().is_empty()) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => CELLS,
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
            self.text.extend(std::iter::repeat_n('\n', self.empty_lines));
        }
        (self.gap, self.empty_lines) = (Gap::None, 0);
        if self.runs.last().is_none_or(|&(_, last)| last != line) {
            // A canonical text is far shorter than 4 GiB: see ARTICLE_BYTES_MAX.
            self.runs.push((u32::try_from(self.text.len()).unwrap_or(u32::MAX), line));
        }
        self.text.push_str(piece);
    }

    /// Whether a space would double one that stands there.
    pub(super) fn ends_in_space(&self) -> bool {
        self.gap != Gap::None || self.text.ends_with(' ')
    }

    /// Adds a piece whose line ends are kept. `line_of` tells the line of its n-th line, from 0.
    pub(super) fn push_lines(&mut self, piece: &str, line_of: impl Fn(u32) -> u32) {
        for (n, words) in (0..).zip(piece.split('\n')) {
            if n > 0 {
                // The second line end in a row makes an empty line.
                self.gap(if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line });
            }
            self.push(words, line_of(n));
        }
    }

    /// The text, white space trimmed at its end, and its runs.
    pub(super) fn finish(mut self) -> (String, Vec<(u32, u32)>) {
        self.text.truncate(self.text.trim_end().len());
        let len = self.text.len();
        self.runs.retain(|&(start, _)| (start as usize) < len.max(1));
        self.runs.shrink_to_fit();
        self.text.shrink_to_fit();
        (self.text, self.runs)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check_decode(bytes: &[u8], expected: Expect) {
        let shown = match decode(bytes) {
            Ok(text) => format!("{text:?}"),
            Err(fault) => format!("{:?}: {}", fault.line, fault.message),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn bytes_become_text() {
        check_decode(b"\xef\xbb\xbfa\r\nb\rc\n", expect![[r#""a\nb\nc\n""#]]);
        check_decode("a\u{a0}b\u{1b}[0m".as_bytes(), expect![[r#""a\u{a0}b\u{1b}[0m""#]]);
        check_decode(
            b"one\r\ntwo\rthree \xe9t\xe9",
            expect!["Some(3): is not UTF-8 (byte `0xe9`): save it as UTF-8"],
        );
        check_decode(
            b"\x89PNG\n\x00",
            expect!["Some(2): is binary (it holds a NUL byte): save it as plain text"],
        );
        check_decode(b"\xff\xfea\0", expect!["Some(1): is UTF-16: save it as UTF-8"]);
    }

    #[test]
    fn kept_lines_part_paragraphs_by_empty_lines() {
        let (text, runs) = keep_lines("\n  one  \n \u{a0}\ntwo\n\n\n three\n\n", 5);
        expect![[r#""one  \n\ntwo\n\n\n three" [(0, 6), (7, 8), (13, 11)]"#]]
            .assert_eq(&format!("{text:?} {runs:?}"));
    }

    fn check_title(text: &str, expected: &str) {
        assert_eq!(derived_title(text), Title::Derived(expected.into()));
    }

    #[test]
    fn derived_titles_are_cut_between_words() {
        check_title("Short one\nsecond line", "Short one");
        check_title(" A\u{a0}b\tc\u{1b}d ", "A b c d");
        let words = "minister ".repeat(20);
        check_title(&words, &format!("{}…", "minister ".repeat(11).trim_end()));
        check_title(
            "Of tanks, jets, missiles, ships, helicopters, guns, radars, drones, trucks, trains, bridges, planes, boats.",
            "Of tanks, jets, missiles, ships, helicopters, guns, radars, drones, trucks, trains, bridges, planes…",
        );
        check_title(&"x".repeat(300), &format!("{}…", "x".repeat(99)));
        check_title(&"\u{2009}".repeat(50_000), "");
        check_title(&"é".repeat(100), &"é".repeat(100));
        check_title(&"防".repeat(130), &format!("{}…", "防".repeat(99)));
    }

    #[test]
    fn a_cut_never_parts_what_is_one_character_to_a_reader() {
        let text = format!("{} {}", "x".repeat(98), "👩‍👩‍👧‍👦".repeat(3));
        assert_eq!(cut(&text, 100), "x".repeat(98));
    }
}
