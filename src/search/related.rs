//! Which English words are related to which, and which are words at all: from WordNet, a lexical database made
//! by people.
//!
//! The table is part of the program: sorted lines of text, searched where they lie, so that it costs nothing to
//! load. `examples/derive_related.rs` derives it; `related/LICENSE` is WordNet's licence.

/// A line for each stem: the stem, then pairs of a word and a percentage. A word is followed by `:` and its own stem,
/// where that is another text.
const TABLE: &str = include_str!("related/wordnet.txt");

/// A word related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// The word as written, not stemmed.
    pub word: &'static str,
    /// Its stem.
    pub stem: &'static str,
    /// The share of the uses of the other word in which they are related, in percent: 20 to 100.
    pub percent: u8,
}

/// Whether a stem is that of an English word. Names are none.
pub fn is_word(stem: &str) -> bool {
    line(stem).is_some()
}

/// The words related to those with a stem, in the order of the alphabet; none for a stem that is not known.
pub fn related(stem: &str) -> impl Iterator<Item = Related> {
    let mut fields = line(stem).unwrap_or_default().split_ascii_whitespace();
    std::iter::from_fn(move || {
        let field = fields.next()?;
        let (word, stem) = field.split_once(':').unwrap_or((field, field));
        Some(Related { word, stem, percent: fields.next()?.parse().ok()? })
    })
}

/// What stands after a stem in its line.
fn line(stem: &str) -> Option<&'static str> {
    // Bytes, for a cut may fall anywhere; the table is ASCII, so every cut is at a character.
    let (mut start, mut end) = (0, TABLE.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let from = TABLE.get(..middle)?.rfind('\n').map_or(0, |at| at + 1);
        let to = TABLE.get(middle..)?.find('\n').map_or(TABLE.len(), |at| middle + at);
        let (key, rest) = split(TABLE.get(from..to)?);
        match key.cmp(stem) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => start = to + 1,
            std::cmp::Ordering::Greater => end = from,
        }
    }
    None
}

fn split(line: &str) -> (&str, &str) {
    line.split_once(' ').unwrap_or((line, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::search::Analyzer;

    #[test]
    fn finds_every_line() {
        let keys: Vec<&str> = TABLE.lines().map(|line| split(line).0).collect();
        assert!(keys.len() > 40_000 && keys.is_sorted() && TABLE.is_ascii());
        for line_of in TABLE.lines().step_by(101) {
            let (key, rest) = split(line_of);
            assert_eq!(line(key), Some(rest), "{key}");
        }
        let analyzer = Analyzer::new(Language::English);
        for related in keys.iter().step_by(11).flat_map(|key| related(key)) {
            assert_eq!(analyzer.first_term(related.word).as_deref(), Some(related.stem), "{related:?}");
        }
        for key in [keys.first(), keys.last()].into_iter().flatten() {
            assert!(is_word(key), "{key}");
        }
        for unknown in ["", "aaaaaa", "zzzzzzzz", "dehghan", "Iran", "é"] {
            assert!(!is_word(unknown), "{unknown}");
        }
    }

    #[test]
    fn relates_words() {
        let analyzer = Analyzer::new(Language::English);
        let check = |word: &str, other: &str| {
            let stem = analyzer.first_term(word).unwrap();
            assert!(related(&stem).any(|related| related.word == other), "{word} {other}");
        };
        check("die", "death");
        check("decided", "decision");
        check("Iran", "Iranian");
        check("iranian", "Iran");
        check("purchased", "buy");
        assert_eq!(related("zzzzzz").count(), 0);
    }
}
