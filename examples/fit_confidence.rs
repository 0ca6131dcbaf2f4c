//! Fits the coefficients of `src/answer/confidence.rs`, and prints them with how well they tell right quotes
//! from wrong ones.
//!
//! ```sh
//! cargo run --release --example fit_confidence -- CORPUS_DIR...
//! ```
//!
//! Each folder is a corpus with a `questions.jsonl` that knows answers. Of every corpus, runs of neighbouring
//! articles are taken, too, as corpora of their own: most corpora are small, and there a lead over the other
//! articles means less. A question whose article is in the run should be answered from it; an equal number of
//! questions about other articles should not be answered.
//!
//! A quote is right where it holds an answer. Logistic regression, by Newton's method.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use footnote::answer::{AnswerParams, ConfidenceParts, Question};
use footnote::corpus::{self, Corpus, GoldenQuestion, Synonyms};
use footnote::eval::{Script, holds_any};
use footnote::snapshot::Snapshot;

/// The sizes of the small corpora, and how many of each size are taken from a large one.
const RUNS: [(usize, usize); 4] = [(5, 40), (20, 20), (60, 8), (200, 3)];

/// A question asked: what confidence is made of, and whether the quote was right.
struct Sample {
    parts: ConfidenceParts,
    confidence: f64,
    is_right: bool,
}

fn main() -> anyhow::Result<()> {
    let mut small = Vec::new();
    let mut whole = Vec::new();
    for folder in std::env::args().skip(1) {
        let loaded = corpus::load(Path::new(&folder), &()).with_context(|| folder.clone())?;
        let questions = loaded.corpus.questions().to_vec();
        for (size, count) in RUNS {
            for run in 0..count {
                small.extend(ask_run(&loaded.corpus, &questions, size, run, count));
            }
        }
        whole.extend(ask(&Snapshot::build(loaded.corpus), &questions));
    }
    println!("{} samples of small corpora, {} of whole ones", small.len(), whole.len());
    report("small, as it is", &small);
    report("whole, as it is", &whole);
    // The small and the whole weigh the same in sum.
    let weight = whole.len() as f64 / small.len().max(1) as f64;
    let rows: Vec<(Vec<f64>, f64, f64)> = small
        .iter()
        .map(|sample| (sample, weight))
        .chain(whole.iter().map(|sample| (sample, 1.0)))
        .map(|(sample, weight)| {
            (sample.parts.features().to_vec(), f64::from(u8::from(sample.is_right)), weight)
        })
        .collect();
    let coefficients = fit(&rows);
    println!("free fit, the constant last: {coefficients:.3?}");
    let present = whole.iter().map(|sample| {
        let odds = sample.confidence.clamp(1e-4, 1.0 - 1e-4);
        (vec![(odds / (1.0 - odds)).ln()], f64::from(u8::from(sample.is_right)), 1.0)
    });
    let scale = fit(&present.collect::<Vec<_>>());
    println!("scale and shift that the present coefficients want: {scale:.3?}");
    for (name, samples) in [("small, refitted", &small), ("whole, refitted", &whole)] {
        let refitted = samples.iter().map(|sample| Sample {
            parts: sample.parts,
            confidence: logistic(&coefficients, &sample.parts.features()),
            is_right: sample.is_right,
        });
        report(name, &refitted.collect::<Vec<_>>());
    }
    Ok(())
}

/// Asks a run of `size` neighbouring articles, the `run`-th of `count` that are spread over the corpus.
fn ask_run(
    corpus: &Corpus,
    questions: &[GoldenQuestion],
    size: usize,
    run: usize,
    count: usize,
) -> Vec<Sample> {
    let all = corpus.articles();
    if all.len() < size * 2 {
        return Vec::new();
    }
    let first = (all.len() - size) * run / count;
    let articles: Vec<_> = all.iter().skip(first).take(size).map(Arc::clone).collect();
    let part = Corpus::new(articles, Synonyms::default(), Vec::new());
    let is_inside =
        |question: &&GoldenQuestion| question.relevant.iter().flatten().any(|id| part.article(id).is_some());
    let mut asked: Vec<GoldenQuestion> = questions.iter().filter(is_inside).cloned().collect();
    let outside: Vec<&GoldenQuestion> = questions.iter().filter(|question| !is_inside(question)).collect();
    let step = (outside.len() / asked.len().max(1)).max(1);
    let others: Vec<GoldenQuestion> = outside
        .into_iter()
        .skip(run % step)
        .step_by(step)
        .take(asked.len())
        .map(|question| GoldenQuestion { answerable: false, ..question.clone() })
        .collect();
    asked.extend(others);
    ask(&Snapshot::build(part), &asked)
}

fn ask(snapshot: &Snapshot, questions: &[GoldenQuestion]) -> Vec<Sample> {
    let params = AnswerParams::default();
    let known =
        questions.iter().filter(|gold| !gold.answerable || (!gold.answers.is_empty() && gold.answer_in_gold));
    let samples = known.filter_map(|gold| {
        let answer = snapshot.answer(&Question::new(&gold.question).ok()?, &params);
        let quoted = answer.excerpts.first();
        let is_right = gold.answerable
            && quoted.is_some_and(|best| {
                holds_any(best.quote_text(), &gold.answers, Script::of(&best.article.text))
            });
        Some(Sample { parts: answer.confidence_parts, confidence: answer.confidence, is_right })
    });
    samples.collect()
}

/// Prints how well confidence orders, and how true it is, in ten bins of equal count.
fn report(name: &str, samples: &[Sample]) {
    let scored: Vec<(f64, bool)> =
        samples.iter().map(|sample| (sample.confidence, sample.is_right)).collect();
    let auroc = footnote::eval::metrics::auroc(&scored);
    let mut sorted = scored;
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bins = sorted.chunks(sorted.len().div_ceil(10).max(1)).map(|bin| {
        let count = bin.len() as f64;
        let mean = bin.iter().map(|(confidence, _)| confidence).sum::<f64>() / count;
        let right = bin.iter().filter(|(_, is_right)| *is_right).count() as f64 / count;
        format!("{mean:.2}:{right:.2}")
    });
    println!(
        "{name}: AUROC {:.4}, confidence:right {}",
        auroc.unwrap_or(f64::NAN),
        bins.collect::<Vec<_>>().join(" ")
    );
}

fn logistic(coefficients: &[f64], features: &[f64]) -> f64 {
    let constant = coefficients.last().copied().unwrap_or(0.0);
    let z: f64 = coefficients.iter().zip(features).map(|(c, x)| c * x).sum::<f64>() + constant;
    1.0 / (1.0 + (-z).exp())
}

/// Weighted logistic regression with a constant, by twenty Newton steps; rows are `(features, label, weight)`.
fn fit(rows: &[(Vec<f64>, f64, f64)]) -> Vec<f64> {
    let count = rows.first().map_or(0, |(features, _, _)| features.len()) + 1;
    let mut coefficients = vec![0.0; count];
    for _ in 0..20 {
        let mut gradient = vec![0.0; count];
        let mut hessian = vec![vec![0.0; count]; count];
        for (features, label, weight) in rows {
            let p = logistic(&coefficients, features);
            let x: Vec<f64> = features.iter().copied().chain([1.0]).collect();
            for i in 0..count {
                gradient[i] += weight * (label - p) * x[i];
                for j in 0..count {
                    hessian[i][j] += weight * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        (0..count).for_each(|i| hessian[i][i] += 1e-6);
        let step = solve(hessian, gradient);
        coefficients.iter_mut().zip(step).for_each(|(c, s)| *c += s);
    }
    coefficients
}

/// Solves a system of linear equations by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    for pivot in 0..right.len() {
        let (pivot_row, pivot_right) = (matrix[pivot].clone(), right[pivot]);
        for (row, (values, right)) in matrix.iter_mut().zip(&mut right).enumerate() {
            if row != pivot {
                let factor = values[pivot] / pivot_row[pivot];
                values.iter_mut().zip(&pivot_row).for_each(|(value, above)| *value -= factor * above);
                *right -= factor * pivot_right;
            }
        }
    }
    right.iter().enumerate().map(|(row, right)| right / matrix[row][row]).collect()
}
