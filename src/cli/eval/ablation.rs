//! `footnote eval --ablate`: prints what each part of answering is worth.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::progress::Progress;
use super::super::{Outcome, print};
use crate::config::Config;
use crate::corpus::GoldenQuestion;
use crate::eval::{ABLATIONS, Ablated, EvalReport, ablate};
use crate::snapshot::Snapshot;

/// Asks the questions without each part, and prints the measures.
pub(super) fn run(
    snapshot: &Snapshot,
    questions: &[GoldenQuestion],
    config: &Config,
    as_json: bool,
) -> anyhow::Result<Outcome> {
    let progress = Progress::questions();
    let ablated = ablate(snapshot, questions, &config.answer, &|done| {
        progress.update(done as u64, ABLATIONS as u64);
    });
    drop(progress);
    print(&if as_json { json(&ablated)? } else { text(&ablated) })?;
    Ok(Outcome::Done)
}

/// The measures that tell parts apart, by their names in the literature; shares from 0 to 1.
fn measures(report: &EvalReport) -> [(&'static str, Option<f64>); 5] {
    [
        ("S@1", report.success_at_1),
        ("MRR@10", report.mrr_at_10),
        ("sent", report.sent),
        ("AUROC", report.auroc),
        ("right", report.auroc_quote),
    ]
}

/// One JSON object on one line, with the measures as they are; the first are those with all parts.
fn json(ablated: &[Ablated]) -> serde_json::Result<String> {
    let ablations = ablated.iter().map(|Ablated { without, report }| {
        let measures: BTreeMap<&str, Option<f64>> = measures(report).into_iter().collect();
        serde_json::json!({ "without": without, "measures": measures })
    });
    let ablations: Vec<serde_json::Value> = ablations.collect();
    serde_json::to_string(&serde_json::json!({ "ablations": ablations })).map(|json| json + "\n")
}

/// The measures with all parts, and under them the differences without each.
fn text(ablated: &[Ablated]) -> String {
    let Some(all) = ablated.first().map(|ablated| measures(&ablated.report)) else { return String::new() };
    let width = ablated.iter().map(|ablated| ablated.without.len()).max().unwrap_or(0);
    let names: String = all.iter().map(|(name, _)| format!(" {name:>8}")).collect();
    let mut text = format!("{:<width$}{names}\n", "without");
    for (number, Ablated { without, report }) in ablated.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{without:<width$}");
        for ((_, value), (_, all)) in measures(report).into_iter().zip(all) {
            let shown = value.zip(all).map(|(value, all)| match number {
                0 => format!("{value:.4}"),
                _ => format!("{:+.4}", value - all),
            });
            let _ = write!(text, " {:>8}", shown.unwrap_or_else(|| "-".to_owned()));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn differences_stand_under_the_measures() {
        let report = |sent| EvalReport { success_at_1: Some(0.5), sent, ..EvalReport::default() };
        let ablated = [
            Ablated { without: "nothing", report: report(Some(0.75)) },
            Ablated { without: "the title", report: report(Some(0.5)) },
        ];
        expect![[r#"
            without        S@1   MRR@10     sent    AUROC    right
            nothing     0.5000        -   0.7500        -        -
            the title  +0.0000        -  -0.2500        -        -
        "#]]
        .assert_eq(&text(&ablated));
        expect![[r#"
            {"ablations":[{"measures":{"AUROC":null,"MRR@10":null,"S@1":0.5,"right":null,"sent":0.75},"without":"nothing"},{"measures":{"AUROC":null,"MRR@10":null,"S@1":0.5,"right":null,"sent":0.5},"without":"the title"}]}
        "#]]
        .assert_eq(&json(&ablated).unwrap());
    }
}
