//! `footnote eval`: asks a set of questions with known answers and prints the measures.

mod ablation;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;

use super::output::OutputFile;
use super::progress::Progress;
use super::render::{counted, one_line};
use super::{CorpusArg, CorpusWire, Outcome, print};
use crate::answer::CorpusSummary;
use crate::config::Config;
use crate::corpus::{self, Corpus, GoldenQuestion, Loaded, Problem};
use crate::eval::metrics::milliseconds;
use crate::eval::{self, Asked, CalibrationBin, Comparison, Difference, EvalReport, Run, evaluate};
use crate::snapshot::{IndexStats, Snapshot};

/// The questions of a corpus, in its folder.
const QUESTIONS: &str = "questions.jsonl";

/// What can be said to `eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The questions, in the format of questions.jsonl [default: questions.jsonl of the corpus]
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Write what came of each question, one JSON object a line
    #[arg(long, value_name = "FILE")]
    details: Option<PathBuf>,
    /// Write the rankings in the TREC run format, with white space in ids as `%20`, `%` as `%25`, and so on
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Compare with an earlier run of the same questions, written with --run: differences of the means with their
    /// 95 % confidence intervals
    #[arg(long, value_name = "RUN")]
    against: Option<PathBuf>,
    /// Print what each part of answering is worth: the measures without it, beside those with all parts
    #[arg(long, conflicts_with_all = ["details", "run", "against"])]
    ablate: bool,
    #[command(flatten)]
    corpus: CorpusArg,
}

/// Asks the questions and prints the measures. Writes no audit records.
pub(super) fn run(args: &EvalArgs, config: &Config) -> anyhow::Result<Outcome> {
    // Made first: a path that cannot be written should not be found out after minutes of asking.
    let details = args.details.as_deref().map(OutputFile::open).transpose()?;
    let run = args.run.as_deref().map(OutputFile::open).transpose()?;
    let against = args.against.as_deref().map(read_run).transpose()?;
    let progress = Progress::load();
    let dir = args.corpus.dir(config);
    let Loaded { corpus, problems } = corpus::load(&dir, &progress)?;
    drop(progress);
    let articles = corpus.articles().iter().map(|article| dir.join(article.path()));
    let own = [QUESTIONS, "synonyms.txt"].map(|name| dir.join(name));
    let other_inputs = [&args.questions, &args.against].into_iter().flatten().cloned();
    refuse_to_overwrite(&[&details, &run], own.into_iter().chain(articles).chain(other_inputs))?;
    if !problems.is_empty() {
        tracing::warn!("problems in the corpus: {}; `footnote check` names them", problems.len());
    }
    let questions = match &args.questions {
        Some(path) => read_questions(path)?,
        None => own_questions(&dir, &corpus, problems)?,
    };
    if questions.is_empty() {
        bail!("there are no questions: write questions.jsonl in the corpus, or name a file with --questions");
    }
    let snapshot = Snapshot::build(corpus);
    if args.ablate {
        return ablation::run(&snapshot, &questions, config, args.json);
    }

    let started = Instant::now();
    let progress = Progress::questions();
    let total = questions.len() as u64;
    let ranked = if details.is_some() || run.is_some() { eval::RANKED_MAX } else { eval::RANKED_MIN };
    let clock = || started.elapsed();
    let evaluation = evaluate(&snapshot, &questions, &config.answer, ranked, &clock, &|done| {
        progress.update(done as u64, total)
    });
    drop(progress);

    if let Some(file) = details {
        file.put(&evaluation.asked.iter().map(details_line).collect::<serde_json::Result<String>>()?)?;
    }
    if let Some(file) = run {
        file.put(&eval::run(&evaluation.asked))?;
    }
    let (corpus, index, report) = (snapshot.summary(), snapshot.index_stats(), evaluation.report);
    let compared = against.map(|run| eval::compare(&questions, &evaluation.asked, &run));
    let compared = compared.as_ref();
    print(&if args.json {
        json(&corpus, &index, &report, compared)?
    } else {
        text(&corpus, &index, &report, compared)
    })?;
    Ok(Outcome::Done)
}

fn read_run(path: &Path) -> anyhow::Result<Run> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    eval::read_run(&text).with_context(|| format!("cannot use `{}`", path.display()))
}

/// An output that is also read, or written twice, is a slip that would cost what stands there.
fn refuse_to_overwrite(
    outputs: &[&Option<OutputFile>; 2],
    inputs: impl Iterator<Item = PathBuf>,
) -> anyhow::Result<()> {
    let named = |output: &OutputFile| one_line(&output.named().display().to_string()).to_string();
    if let [Some(details), Some(run)] = outputs
        && details.is(run.named())
    {
        bail!("--details and --run both write `{}`: name two files", named(run));
    }
    for input in inputs {
        if let Some(output) = outputs.iter().copied().flatten().find(|output| output.is(&input)) {
            bail!("`{}` is read by this command, and would be overwritten: name another file", named(output));
        }
    }
    Ok(())
}

/// The questions of a file.
fn read_questions(path: &Path) -> anyhow::Result<Vec<GoldenQuestion>> {
    let (questions, problems) = corpus::read_questions(path)?;
    refuse_problems(&problems)?;
    Ok(questions)
}

/// The questions of the corpus that was read from a folder, with these problems.
fn own_questions(dir: &Path, corpus: &Corpus, problems: Vec<Problem>) -> anyhow::Result<Vec<GoldenQuestion>> {
    let path = dir.join(QUESTIONS).display().to_string();
    let of_questions = problems.into_iter().filter(|problem| problem.path == QUESTIONS);
    let told = of_questions.map(|problem| Problem { path: path.clone(), ..problem });
    refuse_problems(&told.collect::<Vec<_>>())?;
    Ok(corpus.questions().to_vec())
}

/// A question that cannot be read would change what the measures mean, so none is left out quietly.
fn refuse_problems(problems: &[Problem]) -> anyhow::Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let lines: String =
        problems.iter().map(|problem| format!("\n  {}", one_line(&problem.to_string()))).collect();
    bail!("the questions cannot be used:{lines}");
}

/// The measures for a person.
fn text(
    corpus: &CorpusSummary,
    index: &IndexStats,
    report: &EvalReport,
    compared: Option<&Comparison>,
) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<10} {value}");
    };
    let articles = counted(corpus.articles, "article");
    let passages = counted(corpus.passages, "passage");
    row("corpus", format!("{articles}, {passages}, digest {}", corpus.digest.short()));
    let mb = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
    let (postings, terms) = (counted(index.postings, "posting"), counted(index.terms, "term"));
    row(
        "index",
        format!(
            "{postings} of {terms} in {}, built in {:.0} ms",
            mb(index.index_bytes),
            milliseconds(index.built_in)
        ),
    );
    row("forward", mb(index.forward_bytes));
    let EvalReport { questions, answered, answerable, with_relevant, with_answers, .. } = report;
    row("questions", format!("{questions}: {answerable} answerable, {answered} answered"));
    if answerable < questions {
        let (wrongly, others) = (report.answered_unanswerable, questions - answerable);
        let rightly = answered - wrongly;
        row("answered", format!("{rightly} of {answerable} answerable, {wrongly} of the {others} others"));
    }
    row("scored", format!("{with_relevant} for ranking, {with_answers} for answers"));
    for (name, share) in shares(report) {
        row(name, share.map_or("-".to_owned(), |share| format!("{share:.4}")));
    }
    if let Some(gap) = report.calibration_gap() {
        let bins = report.calibration.iter();
        let bins: Vec<String> = bins.map(|bin| format!("{:.2}:{:.2}", bin.confidence, bin.right)).collect();
        row("confidence", format!("within {gap:.4} of the share of right quotes ({})", bins.join(" ")));
    }
    let chars = report.quote_chars_median;
    row("quote", chars.map_or("-".to_owned(), |chars| format!("{chars} characters (median)")));
    let ms =
        |latency: Option<Duration>| latency.map_or("-".to_owned(), |it| format!("{:.3}", milliseconds(it)));
    row("latency", format!("{} ms median, {} ms p99", ms(report.latency_median), ms(report.latency_p99)));
    for (name, difference) in compared.map(differences).into_iter().flatten() {
        let Some(Difference { mean, interval: (low, high), questions }) = difference else {
            row(name, "no questions in common with the run".to_owned());
            continue;
        };
        row(
            name,
            format!("{mean:+.4} against the run, {low:+.4} to {high:+.4} (95 %), {questions} questions"),
        );
    }
    text
}

/// What a comparison says, by the names of the measures.
fn differences(compared: &Comparison) -> [(&'static str, Option<Difference>); 3] {
    [("S@1", compared.success_at_1), ("MRR@10", compared.mrr_at_10), ("nDCG@10", compared.ndcg_at_10)]
}

/// The measures that are shares, by their names in the literature.
fn shares(report: &EvalReport) -> [(&'static str, Option<f64>); 8] {
    [
        ("S@1", report.success_at_1),
        ("S@5", report.success_at_5),
        ("MRR@10", report.mrr_at_10),
        ("nDCG@10", report.ndcg_at_10),
        ("ans@1", report.answer_at_1),
        ("sent", report.sent),
        ("AUROC", report.auroc),
        ("right", report.auroc_quote),
    ]
}

/// The measures as one JSON object on one line; `null` where no question counts for one.
fn json(
    corpus: &CorpusSummary,
    index: &IndexStats,
    report: &EvalReport,
    compared: Option<&Comparison>,
) -> serde_json::Result<String> {
    let wire = ReportWire {
        corpus: CorpusWire::new(corpus),
        questions: report.questions,
        answerable: report.answerable,
        answered: report.answered,
        answered_unanswerable: report.answered_unanswerable,
        with_relevant: report.with_relevant,
        with_answers: report.with_answers,
        success_at_1: report.success_at_1,
        success_at_5: report.success_at_5,
        mrr_at_10: report.mrr_at_10,
        ndcg_at_10: report.ndcg_at_10,
        answer_at_1: report.answer_at_1,
        sent: report.sent,
        auroc: report.auroc,
        auroc_quote: report.auroc_quote,
        calibration_gap: report.calibration_gap(),
        calibration: report.calibration.iter().map(BinWire::from).collect(),
        quote_chars_median: report.quote_chars_median,
        latency_ms: LatencyWire {
            median: report.latency_median.map(milliseconds),
            p99: report.latency_p99.map(milliseconds),
        },
        index: IndexWire {
            terms: index.terms,
            postings: index.postings,
            bytes: index.index_bytes,
            forward_bytes: index.forward_bytes,
            built_ms: milliseconds(index.built_in),
        },
        against: compared.map(|compared| {
            let differences = differences(compared).into_iter();
            differences.map(|(name, difference)| (name, difference.map(DifferenceWire::from))).collect()
        }),
    };
    serde_json::to_string(&wire).map(|json| json + "\n")
}

#[derive(Serialize)]
struct BinWire {
    questions: usize,
    confidence: f64,
    right: f64,
}

impl From<&CalibrationBin> for BinWire {
    fn from(bin: &CalibrationBin) -> BinWire {
        BinWire { questions: bin.questions, confidence: bin.confidence, right: bin.right }
    }
}

#[derive(Serialize)]
struct DifferenceWire {
    questions: usize,
    difference: f64,
    interval: [f64; 2],
}

impl From<Difference> for DifferenceWire {
    fn from(difference: Difference) -> DifferenceWire {
        let Difference { mean, interval: (low, high), questions } = difference;
        DifferenceWire { questions, difference: mean, interval: [low, high] }
    }
}

#[derive(Serialize)]
struct ReportWire {
    corpus: CorpusWire,
    questions: usize,
    answerable: usize,
    answered: usize,
    answered_unanswerable: usize,
    with_relevant: usize,
    with_answers: usize,
    #[serde(rename = "S@1")]
    success_at_1: Option<f64>,
    #[serde(rename = "S@5")]
    success_at_5: Option<f64>,
    #[serde(rename = "MRR@10")]
    mrr_at_10: Option<f64>,
    #[serde(rename = "nDCG@10")]
    ndcg_at_10: Option<f64>,
    #[serde(rename = "ans@1")]
    answer_at_1: Option<f64>,
    sent: Option<f64>,
    #[serde(rename = "AUROC")]
    auroc: Option<f64>,
    #[serde(rename = "AUROC_quote")]
    auroc_quote: Option<f64>,
    calibration_gap: Option<f64>,
    calibration: Vec<BinWire>,
    quote_chars_median: Option<usize>,
    latency_ms: LatencyWire,
    index: IndexWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<BTreeMap<&'static str, Option<DifferenceWire>>>,
}

#[derive(Serialize)]
struct IndexWire {
    terms: usize,
    postings: usize,
    bytes: usize,
    forward_bytes: usize,
    built_ms: f64,
}

#[derive(Serialize)]
struct LatencyWire {
    median: Option<f64>,
    p99: Option<f64>,
}

/// What came of one question.
#[derive(Serialize)]
struct DetailsWire<'a> {
    id: &'a str,
    answered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    confidence: f64,
    ranked: Vec<&'a str>,
    scores: Vec<f64>,
    quote: &'a str,
    passage: &'a str,
}

fn details_line(asked: &Asked) -> serde_json::Result<String> {
    let wire = DetailsWire {
        id: &asked.id,
        answered: asked.answered,
        reason: asked.reason,
        confidence: asked.confidence,
        ranked: asked.ranked.iter().map(|(id, _)| id.as_str()).collect(),
        scores: asked.ranked.iter().map(|&(_, score)| score).collect(),
        quote: &asked.quote,
        passage: &asked.passage,
    };
    serde_json::to_string(&wire).map(|json| json + "\n")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::corpus::Digest;

    fn summary() -> CorpusSummary {
        CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 20 }
    }

    fn index() -> IndexStats {
        IndexStats {
            terms: 900,
            postings: 4000,
            index_bytes: 12_000,
            forward_bytes: 150_000,
            built_in: Duration::from_micros(7_500),
        }
    }

    fn report() -> EvalReport {
        EvalReport {
            questions: 52,
            answered: 40,
            answerable: 40,
            answered_unanswerable: 2,
            with_relevant: 40,
            with_answers: 39,
            success_at_1: Some(0.95),
            success_at_5: Some(1.0),
            mrr_at_10: Some(0.9625),
            ndcg_at_10: Some(1.0 / 3.0),
            sent: Some(0.5),
            auroc_quote: Some(0.75),
            calibration: vec![CalibrationBin { questions: 150, confidence: 0.25, right: 0.5 }],
            quote_chars_median: Some(237),
            latency_median: Some(Duration::from_micros(412)),
            latency_p99: Some(Duration::from_micros(1930)),
            ..EvalReport::default()
        }
    }

    fn compared() -> Comparison {
        let difference = Difference { mean: 0.0125, interval: (-0.004, 0.029), questions: 40 };
        Comparison { success_at_1: Some(difference), ..Comparison::default() }
    }

    #[test]
    fn for_a_person() {
        expect![[r#"
            corpus     5 articles, 20 passages, digest af1349b9f5f9
            index      4000 postings of 900 terms in 0.0 MB, built in 8 ms
            forward    0.1 MB
            questions  52: 40 answerable, 40 answered
            answered   38 of 40 answerable, 2 of the 12 others
            scored     40 for ranking, 39 for answers
            S@1        0.9500
            S@5        1.0000
            MRR@10     0.9625
            nDCG@10    0.3333
            ans@1      -
            sent       0.5000
            AUROC      -
            right      0.7500
            confidence within 0.2500 of the share of right quotes (0.25:0.50)
            quote      237 characters (median)
            latency    0.412 ms median, 1.930 ms p99
            S@1        +0.0125 against the run, -0.0040 to +0.0290 (95 %), 40 questions
            MRR@10     no questions in common with the run
            nDCG@10    no questions in common with the run
        "#]]
        .assert_eq(&text(&summary(), &index(), &report(), Some(&compared())));
    }

    #[test]
    fn for_a_program() {
        let json = json(&summary(), &index(), &report(), Some(&compared())).unwrap();
        expect![[r#"
            {"corpus":{"digest":"DIGEST","articles":5,"passages":20},"questions":52,"answerable":40,"answered":40,"answered_unanswerable":2,"with_relevant":40,"with_answers":39,"S@1":0.95,"S@5":1.0,"MRR@10":0.9625,"nDCG@10":0.3333333333333333,"ans@1":null,"sent":0.5,"AUROC":null,"AUROC_quote":0.75,"calibration_gap":0.25,"calibration":[{"questions":150,"confidence":0.25,"right":0.5}],"quote_chars_median":237,"latency_ms":{"median":0.412,"p99":1.93},"index":{"terms":900,"postings":4000,"bytes":12000,"forward_bytes":150000,"built_ms":7.5},"against":{"MRR@10":null,"S@1":{"questions":40,"difference":0.0125,"interval":[-0.004,0.029]},"nDCG@10":null}}
        "#]].assert_eq(&json.replace(&Digest::of(b"").to_string(), "DIGEST"));
    }

    #[test]
    fn details() {
        let asked = Asked {
            id: "q1".into(),
            reason: Some("low_confidence"),
            confidence: 0.25,
            ranked: vec![("a".into(), 2.5), ("b".into(), 1.0)],
            quote: "A quote.".into(),
            passage: "A quote. More.".into(),
            ..Asked::default()
        };
        expect![[r#"
            {"id":"q1","answered":false,"reason":"low_confidence","confidence":0.25,"ranked":["a","b"],"scores":[2.5,1.0],"quote":"A quote.","passage":"A quote. More."}
        "#]].assert_eq(&details_line(&asked).unwrap());
    }
}
