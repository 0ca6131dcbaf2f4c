//! The corpus that all engines index, and the questions they are asked: made up, the same in every run.

use std::ops::Range;
use std::sync::Arc;

use footnote::corpus::{Article, Corpus, LineMap, Metadata, Provenance, Synonyms, Title};
use rayon::prelude::*;

/// Words of the made-up language; the one of rank r comes 1 / r as often as the first.
const VOCABULARY: usize = 200_000;

/// Words of a passage: 80 to 120.
const WORDS_MIN: usize = 80;
const WORDS_SPAN: usize = 41;

/// Words of a made-up sentence.
const SENTENCE_WORDS: usize = 15;

/// SplitMix64: the same numbers on every machine.
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Even in 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A made-up language.
pub struct Zipf {
    words: Vec<String>,
    /// Up to each word, the sum of 1 / rank.
    sums: Vec<f64>,
}

impl Zipf {
    pub fn new() -> Zipf {
        let sums = (1..=VOCABULARY).scan(0.0, |sum, rank| {
            *sum += 1.0 / rank as f64;
            Some(*sum)
        });
        Zipf { words: (0..VOCABULARY).map(made_up_word).collect(), sums: sums.collect() }
    }

    fn word(&self, random: &mut Random) -> &str {
        let total = self.sums.last().copied().unwrap_or_default();
        let at = random.share() * total;
        &self.words[self.sums.partition_point(|&sum| sum < at).min(VOCABULARY - 1)]
    }

    fn passage(&self, number: usize, provenance: &Arc<Provenance>) -> Article {
        let mut random = Random(number as u64 * 1_000_003 + 1);
        let count = WORDS_MIN + random.below(WORDS_SPAN);
        let mut text = String::with_capacity(count * 9);
        for at in 0..count {
            let word = self.word(&mut random);
            if at % SENTENCE_WORDS == 0 {
                text += if at == 0 { "" } else { ". " };
                text.extend(word.chars().take(1).map(|first| first.to_ascii_uppercase()));
                text += &word[1..];
            } else {
                text += " ";
                text += word;
            }
        }
        text += ".";
        let id = format!("p{number:07}");
        Article::of(id, Arc::clone(provenance), Title::Derived("".into()), text, LineMap::Single(1))
    }

    /// The passages with these numbers.
    pub fn passages(&self, numbers: Range<usize>) -> Vec<Arc<Article>> {
        let metadata = Metadata { language: Some("en".to_owned()), ..Metadata::default() };
        let provenance = Arc::new(Provenance { path: "corpus.jsonl".into(), metadata });
        numbers.into_par_iter().map(|number| Arc::new(self.passage(number, &provenance))).collect()
    }

    pub fn corpus(&self, passages: usize) -> Corpus {
        Corpus::new(self.passages(0..passages), Synonyms::default(), Vec::new())
    }

    /// Questions of 3 to 8 different words. A word is drawn as often as it is written, so that rare and frequent ones
    /// are mixed: of ten, about four are among the hundred commonest, three beyond the 4,000th. The `commonest` words
    /// are left out.
    pub fn questions(&self, count: usize, commonest: usize) -> Vec<Vec<&str>> {
        let mut random = Random(7);
        let mut question = || {
            let length = 3 + random.below(6);
            let mut words: Vec<&str> = Vec::new();
            while words.len() < length {
                let word = self.word(&mut random);
                let is_common = self.words.iter().take(commonest).any(|other| other == word);
                if !is_common && !words.contains(&word) {
                    words.push(word);
                }
            }
            words
        };
        (0..count).map(|_| question()).collect()
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
