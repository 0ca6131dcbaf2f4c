//! How sure are we that the first quote is right?

use serde::{Deserialize, Serialize};

/// What confidence is made of; all without a scale of the corpus's own, so that one function serves all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfidenceParts {
    /// How far the best article is ahead of the fifth: `(first - fifth) / first`, 0 to 1.
    pub margin: f64,
    /// How far it is ahead of the second, likewise.
    pub lead: f64,
    /// How far the quoted sentence is ahead of the best of other articles: `(its score - theirs) / its score`, 0 to 1.
    pub sentence_lead: f64,
    /// How many articles the corpus has.
    pub articles: usize,
    /// The share of the question's weight found within two sentences of the quote, 0 to 1.
    pub near: f64,
    /// Distinct content words of the question in the quoted sentence.
    pub words: usize,
    /// 1 where that sentence holds the kind of thing asked for, -1 where it does not, 0 where the question asks for none
    /// that can be told.
    pub kind: f64,
    /// The share of the question's weight in words that stand in no article, 0 to 1.
    pub unknown: f64,
    /// The share of the question's weight in names and years that stand neither in the title nor within two sentences of the
    /// quote, 0 to 1.
    pub missing_names: f64,
}

/// In a corpus of this many articles or more, being far ahead of the others says all that it can; among a
/// handful it says little, since there every question leaves most of them behind.
const ARTICLES_ENOUGH: f64 = 200.0;

/// More words than this say no more.
const WORDS_MAX: usize = 8;

/// What each of [`ConfidenceParts::features`] counts. Their proportions were chosen so that confidence tells both
/// right quotes from wrong ones and questions with an answer from those without, on development sets; scale and
/// constant are fitted, by `examples/fit_confidence.rs`, which prints a free fit beside.
const COEFFICIENTS: [f64; 8] = [3.2, 1.0, 1.7, 2.35, 1.55, 0.36, -1.0, -2.55];

/// What confidence starts from.
const CONSTANT: f64 = -3.55;

impl ConfidenceParts {
    /// The parts as numbers from 0 to 1, `kind` from -1: margin, lead, sentence lead, near, words, kind, unknown, missing names.
    pub fn features(&self) -> [f64; 8] {
        let enough = (libm::log(self.articles.max(1) as f64) / libm::log(ARTICLES_ENOUGH)).min(1.0);
        let (margin, lead) = (self.margin * enough, self.lead * enough);
        let words = self.words.min(WORDS_MAX) as f64 / WORDS_MAX as f64;
        [margin, lead, self.sentence_lead, self.near, words, self.kind, self.unknown, self.missing_names]
    }

    /// A logistic function of the features, 0 to 1.
    pub fn confidence(&self) -> f64 {
        let z = self.features().iter().zip(COEFFICIENTS).map(|(x, c)| x * c).sum::<f64>() + CONSTANT;
        1.0 / (1.0 + libm::exp(-z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_with_each_part() {
        let confidence = |margin, near, words| {
            let parts = ConfidenceParts { margin, articles: 1000, near, words, ..ConfidenceParts::default() };
            parts.confidence()
        };
        assert!(confidence(0.0, 0.0, 0) < 0.05);
        assert!(confidence(0.0, 0.0, 0) < confidence(0.5, 0.0, 0));
        assert!(confidence(0.5, 0.0, 0) < confidence(0.5, 0.5, 0));
        assert!(confidence(0.5, 0.5, 0) < confidence(0.5, 0.5, 4));
        assert_eq!(confidence(0.5, 0.5, 8), confidence(0.5, 0.5, 80));
        assert!(confidence(1.0, 1.0, 8) > 0.95);
        let few =
            ConfidenceParts { margin: 1.0, articles: 5, near: 0.2, words: 1, ..ConfidenceParts::default() };
        assert!(few.confidence() < 0.3, "{}", few.confidence());
        let named = ConfidenceParts { near: 0.8, ..ConfidenceParts::default() };
        assert!(ConfidenceParts { missing_names: 0.2, ..named }.confidence() < named.confidence());
        assert!(ConfidenceParts { sentence_lead: 0.2, ..named }.confidence() > named.confidence());
    }
}
