//! Where do the words of a text begin and end? Chunks are runs of letters and digits with what joins them, such as
//! `Iran's`, `S-300`, `U.S.`, `1,000`.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::corpus::split::is_unspaced;

/// The chunks of a text, as byte ranges in order.
pub fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = chunk_start(text, at)?;
        let end = ascii_chunk_end(text.as_bytes(), start).unwrap_or_else(|| {
            if unspaced_at(text, start) { unspaced_end(text, start) } else { chunk_end(text, start) }
        });
        at = end;
        Some(start..end)
    })
}

/// Where the first chunk at or after `at` begins.
fn chunk_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        // Most of what is passed over is a space.
        while text
            .as_bytes()
            .get(at)
            .is_some_and(|&b| b.is_ascii() && !b.is_ascii_alphanumeric() && b != b'$')
        {
            at += 1;
        }
        let c = text.get(at..)?.chars().next()?;
        let after = at + c.len_utf8();
        // A digit of a script without spaces begins a chunk of its own.
        let is_price = || is_currency(c) && digit_at(text, after) && !unspaced_at(text, after);
        if is_word(c) || is_price() {
            return Some(at);
        }
        at = after;
    }
}

/// What [`chunk_end`] gives, found in a fraction of the time, for a chunk of ASCII letters and digits that nothing
/// can join to what follows: nearly every word. `None` for all others.
fn ascii_chunk_end(text: &[u8], start: usize) -> Option<usize> {
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric();
    let length = text.get(start..)?.iter().take_while(is_letter).count();
    if length == 0 {
        return None;
    }
    let end = start + length;
    let Some(after) = text.get(end) else { return Some(end) };
    let may_join = match after {
        // A single letter and a number may be a designator.
        b' ' => length == 1,
        b'\'' | b'`' | b'-' | b'.' | b',' | b'/' => {
            text.get(end + 1).is_some_and(|next| !next.is_ascii() || next.is_ascii_alphanumeric())
        }
        b'%' => true,
        other => !other.is_ascii(),
    };
    (!may_join).then_some(end)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '\u{00AD}')
}

pub(super) fn digit_at(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_numeric())
}

fn unspaced_at(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(is_unspaced))
}

fn unspaced_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.find(|c| !is_unspaced(c)).map_or(text.len(), |length| start + length)
}

/// The end of the chunk that begins at `start`: letters and digits, with single joiners between them.
fn chunk_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = start;
    let mut last = ' ';
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if i == 0 && is_currency(c) {
            last = c;
        } else if is_word(c) && !is_unspaced(c) {
            end = start + i + c.len_utf8();
            last = c;
        } else {
            let next = chars.peek().map_or(' ', |&(_, next)| next);
            let single_letter = end - start == last.len_utf8() && last.is_alphabetic();
            let joins = is_word(next)
                && !is_unspaced(next)
                && (is_apostrophe(c)
                    || is_hyphen(c)
                    || matches!(c, '.' | ',' | '/') && (last.is_numeric() && next.is_numeric() || c == '.')
                    || matches!(c, ' ' | '\u{A0}')
                        && single_letter
                        && !is_article(last)
                        && next.is_ascii_digit());
            if joins {
                continue;
            }
            if c == '%' && last.is_numeric() || c == '.' && is_dotted(text, start, end) {
                end = start + i + c.len_utf8();
            }
            break;
        }
    }
    end
}

/// `a` and `I` before a number are words of their own, not designators.
fn is_article(c: char) -> bool {
    matches!(c, 'a' | 'A' | 'I' | 'i' | 'o' | 'O' | 'y' | 'Y' | 'e' | 'E')
}

/// Whether what was read so far looks like `U.S` or `I.R.G.C`, to which a closing full stop belongs.
pub(super) fn is_dotted(text: &str, start: usize, end: usize) -> bool {
    let chunk = text.get(start..end).unwrap_or_default();
    chunk.contains('.') && chunk.split('.').all(|part| part.chars().count() == 1 && !digit_at(part, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_short_cut_finds_the_same_end(text in "[aZ9é .,'`’/%$_\u{301}-]{0,12}") {
            for (start, first) in text.char_indices() {
                if let (true, Some(end)) = (is_word(first), ascii_chunk_end(text.as_bytes(), start)) {
                    proptest::prop_assert_eq!(end, chunk_end(&text, start));
                }
            }
        }

        #[test]
        fn chunks_are_in_order_and_not_empty(text in "\\PC{0,20}|[a9$¥五๓豹.,'/ -]{0,12}") {
            let mut at = 0;
            for chunk in chunks(&text) {
                proptest::prop_assert!(at <= chunk.start && chunk.start < chunk.end, "{chunk:?}");
                at = chunk.end;
            }
        }
    }
}
