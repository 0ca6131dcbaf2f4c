//! The run format of TREC: what other evaluation tools read.

use std::fmt::Write;

use super::Asked;

/// The tag of our runs.
const TAG: &str = "footnote";

/// The column of an empty id.
const EMPTY: &str = "%";

/// The rankings as a run: `question Q0 article rank score tag`, one line an article.
///
/// Tools order by score, as a 32-bit number, and break ties by article id from the end of the alphabet. So
/// that they see our order, a score that is not below the one before is lowered by the least amount that
/// is. Ids are written as [`column`] has them.
pub fn run(asked: &[Asked]) -> String {
    let mut run = String::new();
    for question in asked {
        let mut above = f32::INFINITY;
        for (at, (article, score)) in question.ranked.iter().enumerate() {
            let score = (*score as f32).min(above.next_down());
            above = score;
            // Writing to a String cannot fail.
            let _ = writeln!(run, "{} Q0 {} {} {score} {TAG}", column(&question.id), column(article), at + 1);
        }
    }
    run
}

/// An id as a column of a run: white space and control characters, which readers part columns at, and `%` become
/// `%` and two hexadecimal digits for each byte of theirs, and an empty id `%`. All other ids stay as they are, and
/// no two become one.
fn column(id: &str) -> String {
    if id.is_empty() {
        return EMPTY.to_owned();
    }
    let mut column = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || c == '%' {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(column, "%{byte:02X}");
            }
        } else {
            column.push(c);
        }
    }
    column
}

/// The id that a column of a run stands for. What [`column`] writes for no id, as the runs of other programs may
/// have it, stands for itself.
pub(super) fn id(written: &str) -> String {
    let id = if written == EMPTY { Some(String::new()) } else { unescaped(written) };
    id.filter(|id| column(id) == written).unwrap_or_else(|| written.to_owned())
}

/// A text with each `%` and its two digits as the byte that they stand for; `None` where that is no text.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn asked(id: &str, ranked: &[(&str, f64)]) -> Asked {
        let ranked = ranked.iter().map(|&(id, score)| (id.to_owned(), score)).collect();
        Asked { id: id.to_owned(), ranked, ..Asked::default() }
    }

    #[test]
    fn scores_fall_with_the_rank() {
        let run = run(&[
            asked("q 1", &[("a", 2.5), ("b/c d", 2.5), ("e", 2.5), ("f", -1.0)]),
            asked("q2", &[]),
            asked("q3", &[("a", 1e-9)]),
        ]);
        expect![[r#"
            q%201 Q0 a 1 2.5 footnote
            q%201 Q0 b/c%20d 2 2.4999998 footnote
            q%201 Q0 e 3 2.4999995 footnote
            q%201 Q0 f 4 -1 footnote
            q3 Q0 a 1 0.000000001 footnote
        "#]]
        .assert_eq(&run);
    }

    #[test]
    fn ids_stay_apart_and_come_back() {
        #[track_caller]
        fn check(of: &str, expected: &str) {
            assert_eq!(column(of), expected);
            assert_eq!(id(expected), of);
        }
        check("news/Iran-2016_é", "news/Iran-2016_é");
        check("a_b", "a_b");
        check("a b", "a%20b");
        check("a%20b", "a%2520b");
        check("100%", "100%25");
        check("a\u{a0}b\tc\u{1f}", "a%C2%A0b%09c%1F");
        check("", "%");
        check("%", "%25");
    }

    #[test]
    fn ids_of_other_programs_stay_as_they_are() {
        for written in ["50%", "a%2", "a%zz", "a%+1", "caf%C3%A9", "%e2%80%a8", "%FF", "%é", "a%%"] {
            assert_eq!(id(written), written);
        }
    }
}
