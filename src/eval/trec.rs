//! The run format of TREC: what other evaluation tools read.

use std::fmt::Write;

use super::Asked;

/// The tag of our runs.
const TAG: &str = "footnote";

/// The rankings as a run: `question Q0 article rank score tag`, one line an article.
///
/// Tools order by score, as a 32-bit number, and break ties by article id from the end of the alphabet. So
/// that they see our order, a score that is not below the one before is lowered by the least amount that
/// is. White space in an id would part it into two columns and becomes `_`.
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

/// An id as a column of a run.
pub(super) fn column(id: &str) -> String {
    id.chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect()
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
            q_1 Q0 a 1 2.5 footnote
            q_1 Q0 b/c_d 2 2.4999998 footnote
            q_1 Q0 e 3 2.4999995 footnote
            q_1 Q0 f 4 -1 footnote
            q3 Q0 a 1 0.000000001 footnote
        "#]]
        .assert_eq(&run);
    }
}
