//! How long do the steps of an answer take? `cargo bench --bench search`, in less than a minute: on the shipped
//! corpus, and on 10,000 made-up articles whose words follow Zipf's law, the same in every run.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use footnote::answer::{AnswerParams, Question};
use footnote::corpus::{self, Article, Corpus, LineMap, Metadata, Synonyms, Title};
use footnote::search::{Query, Searchable};
use footnote::snapshot::Snapshot;

/// How many articles are made up, of how many words from a vocabulary of how many.
const ARTICLES: usize = 10_000;
const ARTICLE_WORDS: usize = 300;
const VOCABULARY: usize = 50_000;

/// Words of a made-up sentence.
const SENTENCE_WORDS: usize = 15;

fn main() {
    divan::main();
}

/// A corpus with questions to ask of it.
struct Bench {
    snapshot: Snapshot,
    questions: Vec<Question>,
    next: AtomicUsize,
}

impl Bench {
    fn new(corpus: Corpus, questions: impl Iterator<Item = String>) -> Bench {
        let questions = questions.map(|question| Question::new(&question).expect("a question")).collect();
        Bench { snapshot: Snapshot::build(corpus), questions, next: AtomicUsize::new(0) }
    }

    /// The questions in turn.
    fn question(&self) -> &Question {
        &self.questions[self.next.fetch_add(1, Ordering::Relaxed) % self.questions.len()]
    }
}

static SHIPPED: LazyLock<Bench> = LazyLock::new(|| {
    let loaded = corpus::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &());
    let corpus = loaded.expect("the shipped corpus can be read").corpus;
    let questions: Vec<String> = corpus.questions().iter().map(|golden| golden.question.clone()).collect();
    Bench::new(corpus, questions.into_iter())
});

static MADE_UP: LazyLock<Bench> = LazyLock::new(|| {
    let zipf = Zipf::new();
    let mut random = Random(1);
    let articles = (0..ARTICLES).map(|number| Arc::new(zipf.article(number, &mut random))).collect();
    let corpus = Corpus::new(articles, Synonyms::default(), Vec::new());
    let questions: Vec<String> =
        (0..100).map(|_| format!("what did {} say?", zipf.words(5, &mut random))).collect();
    Bench::new(corpus, questions.into_iter())
});

/// Which corpus.
#[derive(Debug, Clone, Copy)]
enum Of {
    Shipped,
    MadeUp,
}

const BOTH: [Of; 2] = [Of::Shipped, Of::MadeUp];

impl Of {
    fn bench(self) -> &'static Bench {
        match self {
            Of::Shipped => &SHIPPED,
            Of::MadeUp => &MADE_UP,
        }
    }
}

/// From a corpus in memory to an index: analysis, postings, lexicon.
#[divan::bench(args = BOTH, sample_count = 10)]
fn build_index(bencher: Bencher, of: Of) {
    let corpus = of.bench().snapshot.corpus();
    bencher.bench_local(|| Searchable::build(corpus));
}

/// From a question to the terms that are looked for.
#[divan::bench(args = BOTH, max_time = 3)]
fn plan(bencher: Bencher, of: Of) {
    let bench = of.bench();
    let searchable = Searchable::build(bench.snapshot.corpus());
    bencher.bench_local(|| Query::plan(bench.question().text(), &searchable));
}

/// The best hundred articles by BM25, for questions that are planned.
#[divan::bench(args = BOTH, max_time = 3)]
fn search(bencher: Bencher, of: Of) {
    let bench = of.bench();
    let searchable = Searchable::build(bench.snapshot.corpus());
    let input = || Query::plan(bench.question().text(), &searchable).weighted_terms();
    bencher.with_inputs(input).bench_local_refs(|terms| searchable.index.search(terms, 100));
}

/// From a question to its answer: planning, search, ranking, sentences, quotes, confidence.
#[divan::bench(args = BOTH, max_time = 3)]
fn answer(bencher: Bencher, of: Of) {
    let bench = of.bench();
    let params = AnswerParams::default();
    bencher.bench_local(|| bench.snapshot.answer(bench.question(), &params));
}

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Even in 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Made-up words; the one of rank r comes 1 / r as often as the first.
struct Zipf {
    words: Vec<String>,
    /// Up to each word, the sum of 1 / rank.
    sums: Vec<f64>,
}

impl Zipf {
    fn new() -> Zipf {
        let words = (0..VOCABULARY).map(made_up_word).collect();
        let sums = (1..=VOCABULARY).scan(0.0, |sum, rank| {
            *sum += 1.0 / rank as f64;
            Some(*sum)
        });
        Zipf { words, sums: sums.collect() }
    }

    fn word(&self, random: &mut Random) -> &str {
        let total = self.sums.last().copied().unwrap_or_default();
        let at = random.share() * total;
        &self.words[self.sums.partition_point(|&sum| sum < at).min(VOCABULARY - 1)]
    }

    fn words(&self, count: usize, random: &mut Random) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word(random)).collect();
        words.join(" ")
    }

    /// An article of capitalised sentences, four to a paragraph.
    fn article(&self, number: usize, random: &mut Random) -> Article {
        let mut text = String::new();
        for sentence in 0..ARTICLE_WORDS / SENTENCE_WORDS {
            text += match sentence {
                0 => "",
                at if at % 4 == 0 => "\n\n",
                _ => " ",
            };
            text += &format!("The {}.", self.words(SENTENCE_WORDS - 1, random));
        }
        let id = format!("article-{number:05}");
        let metadata = Metadata { language: Some("en".to_owned()), ..Metadata::default() };
        let title = Title::Given(self.words(6, random).into());
        Article::new(id.clone(), format!("{id}.txt"), title, metadata, text, LineMap::Single(1))
    }
}

/// Two to five syllables that spell the number, so that no two words are the same.
fn made_up_word(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wu", "za"];
    let mut word = SYLLABLES[number % 16].to_owned();
    let mut rest = number / 16;
    loop {
        word += SYLLABLES[rest % 16];
        rest /= 16;
        if rest == 0 {
            return word;
        }
    }
}
