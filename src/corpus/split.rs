//! From a canonical text to paragraphs, sentences and passages. Pure.

use std::ops::Range;

use super::Language;

/// A passage holds at least this many words where its article has them: long enough for the words of a
/// question to meet, short enough to read.
const PASSAGE_WORDS_MIN: usize = 80;

/// A sentence is cut at white space after this many bytes, so that a file without full stops is still read in
/// pieces.
pub(crate) const SENTENCE_BYTES_MAX: usize = 2000;

/// How much of a line is looked at together, in bytes: far more than a sentence. The crate sentencex looks for the end
/// of each quotation in all that follows, so that a line of megabytes of opening quotes would take hours.
const WINDOW_BYTES_MAX: usize = 16 << 10;

/// The most opening quotation marks and brackets of a window; prose has a hundred, speech twice as many. With more,
/// [`CROWDED_BYTES_MAX`] are looked at together.
const WINDOW_MARKS_MAX: usize = 512;

/// See [`WINDOW_MARKS_MAX`].
const CROWDED_BYTES_MAX: usize = 2 << 10;

/// A line shorter than this that is followed by another is taken to end on purpose (a headline, an item of a
/// list), not to be wrapped.
const WRAPPED_LINE_CHARS_MIN: usize = 40;

/// What parts the cells of a row in a canonical text.
pub(crate) const CELLS: &str = " | ";

/// A sentence: a byte range of the canonical text within one paragraph, without white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sentence {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The paragraph in which it stands, 1-based. Paragraphs are parted by empty lines.
    pub paragraph: u32,
}

impl Sentence {
    /// The byte range in the canonical text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A passage: a run of whole sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Passage {
    /// Its first sentence, as an index into the article's sentences.
    pub first: u32,
    /// One past its last sentence.
    pub end: u32,
}

impl Passage {
    /// The sentences it runs over.
    pub fn sentences(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Splits a text into sentences, in order: at empty lines, at line ends that are meant, and where the
/// language's rules (crate sentencex) see a sentence end.
///
/// A text of more than `u32::MAX` bytes gives the sentences of its beginning; articles are bounded far below.
pub fn sentences(text: &str, language: Language) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (paragraph, block) in (1u32..).zip(paragraphs(text)) {
        for line in meant_lines(text, block) {
            split_line(text, line, paragraph, language, &mut found);
        }
    }
    join_markers(text, &mut found);
    found
}

/// Groups sentences into passages: windows of whole sentences with 80 words or more, each beginning about
/// half a window after the one before, so that what stands at the edge of one is in the middle of the next.
pub fn passages(text: &str, sentences: &[Sentence]) -> Vec<Passage> {
    let words: Vec<usize> =
        sentences.iter().map(|s| text.get(s.range()).map_or(0, count_words).max(1)).collect();
    let mut found = Vec::new();
    // No index leaves `words`: `end` is tested before each use, `first` stays below `end`, since what is passed
    // is less than the sum of the words between them, and goes back no further than 0.
    let mut first = 0;
    while first < words.len() {
        let mut end = first;
        let mut total = 0;
        while end < words.len() && total < PASSAGE_WORDS_MIN {
            total += words[end];
            end += 1;
        }
        if end == words.len() {
            // The last window reaches back to be as long as the others.
            while first > 0 && total < PASSAGE_WORDS_MIN {
                first -= 1;
                total += words[first];
            }
            found.push(Passage { first: first as u32, end: end as u32 });
            break;
        }
        found.push(Passage { first: first as u32, end: end as u32 });
        let mut passed = 0;
        while passed < total / 2 {
            passed += words[first];
            first += 1;
        }
    }
    found.dedup();
    found
}

/// Whether a script is written without spaces between words, so that its characters (and pairs of them) are
/// what is indexed and counted.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0E7F}' // Thai
        | '\u{1100}'..='\u{11FF}' // Hangul Jamo
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' // Hiragana, Katakana
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' // Hangul
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Words of a text: runs of letters and digits, and half a word for each character of an unspaced script.
fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        return count_ascii_words(text.as_bytes());
    }
    let mut words = 0;
    let mut unspaced = 0;
    let mut in_word = false;
    for c in text.chars() {
        if is_unspaced(c) {
            unspaced += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!in_word);
            in_word = true;
        } else {
            in_word = false;
        }
    }
    words + usize::div_ceil(unspaced, 2)
}

/// The same of a text of ASCII, many characters at a time.
fn count_ascii_words(text: &[u8]) -> usize {
    let begins = |before: u8, byte: u8| !before.is_ascii_alphanumeric() & byte.is_ascii_alphanumeric();
    let first = text.first().is_some_and(|&byte| begins(b' ', byte));
    usize::from(first)
        + text.windows(2).filter(|pair| matches!(pair, &&[before, byte] if begins(before, byte))).count()
}

/// The blocks of text between empty lines (lines of white space count as empty).
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            blocks.extend(open.take());
        } else {
            open = Some(open.map_or(range.clone(), |block| block.start..range.end));
        }
    }
    blocks.extend(open);
    blocks
}

/// Parts a block at the line ends that are meant: after a full stop, after a row of a table, or after a line too short to
/// have been wrapped. Elsewhere a line end is white space within a sentence.
fn meant_lines(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = block.start;
    let mut at = block.start;
    for line in text.get(block.clone()).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        let written = line.trim();
        let ends = written.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '"', '”'])
            || written.contains(CELLS)
            || written.chars().count() < WRAPPED_LINE_CHARS_MIN;
        if ends {
            parts.push(start..at);
            start = at;
        }
    }
    if start < block.end {
        parts.push(start..block.end);
    }
    parts
}

fn split_line(text: &str, line: Range<usize>, paragraph: u32, language: Language, found: &mut Vec<Sentence>) {
    let mut at = line.start;
    while at < line.end {
        let window = window(text, at..line.end);
        let start = at;
        for piece in sentencex::segment(language.tag(), text.get(window.clone()).unwrap_or_default()) {
            let range = at..at + piece.len();
            // Where a sentence ends may hang on what follows it: near the end of a window it is left to the next.
            let is_near_end = window.end < line.end && range.end > window.end - window.len() / 4;
            if is_near_end && range.start > start {
                break;
            }
            at = range.end;
            push_parts(text, range, paragraph, found);
        }
        if at == start {
            // Sentencex hands back all that it is handed. Were it not so, this must end all the same.
            push_parts(text, window.clone(), paragraph, found);
            at = window.end;
        }
    }
}

/// The start of a range that is looked at together: all of it where it is short, else up to white space where there
/// is some.
fn window(text: &str, range: Range<usize>) -> Range<usize> {
    let within = |bytes_max: usize| {
        let end = text.floor_char_boundary(range.start + bytes_max).min(range.end);
        let piece = text.get(range.start..end).unwrap_or_default();
        match end < range.end {
            true => piece
                .rfind(char::is_whitespace)
                .and_then(|at| piece.get(..at))
                .filter(|p| !p.is_empty())
                .unwrap_or(piece),
            false => piece,
        }
    };
    let whole = within(WINDOW_BYTES_MAX);
    let is_mark = |c: &char| "\"'`“‘‚„«‹「『《〈([{<（".contains(*c);
    let is_crowded =
        whole.len() > CROWDED_BYTES_MAX && whole.chars().filter(is_mark).nth(WINDOW_MARKS_MAX).is_some();
    let piece = if is_crowded { within(CROWDED_BYTES_MAX) } else { whole };
    range.start..range.start + piece.len()
}

/// The sentences of a piece that holds one, or more where it is too long for one.
fn push_parts(text: &str, range: Range<usize>, paragraph: u32, found: &mut Vec<Sentence>) {
    for part in bounded(text, range) {
        let Some(piece) = text.get(part.clone()) else { continue };
        let start = part.start + (piece.len() - piece.trim_start().len());
        let end = start + piece.trim().len();
        if let (true, Ok(start), Ok(end)) = (start < end, u32::try_from(start), u32::try_from(end)) {
            found.push(Sentence { start, end, paragraph });
        }
    }
}

/// Cuts a range into parts of at most [`SENTENCE_BYTES_MAX`] bytes, after white space where there is some.
fn bounded(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    while range.end - start > SENTENCE_BYTES_MAX {
        let mut limit = start + SENTENCE_BYTES_MAX;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let piece = text.get(start..limit).unwrap_or_default();
        let cut = piece.rfind(char::is_whitespace).filter(|&at| at > 0).map_or(limit, |at| start + at);
        parts.push(start..cut);
        start = cut;
    }
    parts.push(start..range.end);
    parts
}

/// Joins a lone `1.`, `(a)` or quotation mark to the sentence that follows it in the paragraph, where both together
/// are within [`SENTENCE_BYTES_MAX`]: else signs without end would become one sentence, and be read once for each
/// that is added.
fn join_markers(text: &str, sentences: &mut Vec<Sentence>) {
    let mut marker: Option<Sentence> = None;
    let mut joined = Vec::with_capacity(sentences.len());
    for mut sentence in sentences.drain(..) {
        if let Some(marker) = marker.take() {
            let joined_bytes = sentence.end.saturating_sub(marker.start) as usize;
            if marker.paragraph == sentence.paragraph && joined_bytes <= SENTENCE_BYTES_MAX {
                sentence.start = marker.start;
            } else {
                joined.push(marker);
            }
        }
        let letters = text.get(sentence.range()).unwrap_or_default().chars().filter(|c| c.is_alphanumeric());
        if letters.take(3).count() < 3 {
            marker = Some(sentence);
        } else {
            joined.push(sentence);
        }
    }
    joined.extend(marker);
    *sentences = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u32, &str)> {
        sentences(text, Language::English).iter().map(|s| (s.paragraph, &text[s.range()])).collect()
    }

    #[test]
    fn splits_into_sentences() {
        fn check(text: &str, expected: &[(u32, &str)]) {
            assert_eq!(split(text), expected);
        }
        check("", &[]);
        check("  \n \n", &[]);
        check("One. Two.", &[(1, "One."), (1, "Two.")]);
        check(
            "Mr. Dehghan came. He left.\n\nNext.",
            &[(1, "Mr. Dehghan came."), (1, "He left."), (2, "Next.")],
        );
        check(
            "The contract was signed in 2007 with the government\nof Iran in Tehran. Done.",
            &[(1, "The contract was signed in 2007 with the government\nof Iran in Tehran."), (1, "Done.")],
        );
        check("Headline\nThe text begins.", &[(1, "Headline"), (1, "The text begins.")]);
        check("1. Extreme weather came.", &[(1, "1. Extreme weather came.")]);
        // Each row of a table says something of its own, however long it is.
        let rows = [
            "Weapon | Damage | Where it is found | Weight",
            "Thornwhip | 44 | in the cellar of the abbey | 3",
        ];
        check(&rows.join("\n"), &[(1, rows[0]), (1, rows[1])]);
    }

    #[test]
    fn bounds_a_sentence_without_a_full_stop() {
        for text in ["word ".repeat(2000), "\u{301}".repeat(5000), "- ".repeat(5000)] {
            let found = sentences(&text, Language::English);
            assert!(found.len() > 4);
            assert!(found.iter().all(|s| s.range().len() <= SENTENCE_BYTES_MAX));
        }
    }

    #[test]
    fn a_long_line_is_split_as_a_short_one() {
        let sentence = "He said “it is (as he put it) over” on the day. ";
        let found = sentences(&sentence.repeat(2000), Language::English);
        assert_eq!(found.len(), 2000);
        assert!(found.iter().all(|s| s.range().len() == sentence.len() - 1));
        let crowded = "“”".repeat(100) + " one two three. ";
        let found = sentences(&crowded.repeat(200), Language::English);
        assert!(found.len() >= 200, "{}", found.len());
    }

    #[test]
    fn counts_words() {
        fn check(text: &str, expected: usize) {
            assert_eq!(count_words(text), expected, "{text}");
        }
        check("", 0);
        check(" .", 0);
        check("a", 1);
        check("One T-90, 12 jets.", 5);
        check("Zwölf T-90, 12 jets.", 5);
        check("防衛 jets", 2);
    }

    #[test]
    fn windows_of_whole_sentences() {
        fn check(sentence_count: usize, expected: &[(u32, u32)]) {
            let text =
                "One two three four five six seven eight nine ten eleven twelve. ".repeat(sentence_count);
            let found = passages(&text, &sentences(&text, Language::English));
            let found: Vec<_> = found.iter().map(|p| (p.first, p.end)).collect();
            assert_eq!(found, expected);
        }
        check(0, &[]);
        check(1, &[(0, 1)]);
        check(7, &[(0, 7)]);
        check(8, &[(0, 7), (1, 8)]);
        check(12, &[(0, 7), (4, 11), (5, 12)]);
    }

    proptest::proptest! {
        #[test]
        fn sentences_are_ordered_and_cover_the_text(text in "\\PC*|[a-z. \n\u{4e00}-\u{4e20}]{0,400}") {
            let found = sentences(&text, Language::English);
            let mut rest = text.clone();
            for sentence in found.iter().rev() {
                rest.replace_range(sentence.range(), "");
            }
            proptest::prop_assert!(rest.trim().is_empty(), "left over: {rest:?}");
            proptest::prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
            let windows = passages(&text, &found);
            proptest::prop_assert_eq!(windows.is_empty(), found.is_empty());
        }
    }
}
