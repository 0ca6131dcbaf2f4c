//! The BM25 formula (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), in
//! the variant of the `bm25` crate and of Lucene: an idf that is never negative.

/// The two parameters of BM25.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Bm25Params {
    /// How soon a repeated term stops adding. 0.9 to 1.5 hardly differ.
    pub k1: f64,
    /// How much length counts, 0 to 1.
    pub b: f64,
}

impl Default for Bm25Params {
    fn default() -> Self {
        Bm25Params { k1: 1.2, b: 0.75 }
    }
}

impl Bm25Params {
    /// The weight of a term that stands `tf` times in a unit of `len` tokens, where units have `avgdl` on
    /// average: 0 to `k1 + 1`.
    pub fn weight(self, tf: f64, len: f64, avgdl: f64) -> f64 {
        tf * (self.k1 + 1.0) / (tf + self.k1 * (1.0 - self.b + self.b * len / avgdl))
    }
}

/// The inverse frequency of a term that stands in `df` of `n` units.
pub fn idf(n: u64, df: u64) -> f64 {
    libm::log(1.0 + (n.saturating_sub(df) as f64 + 0.5) / (df as f64 + 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::search::analyzer::Analyzer;

    /// The term itself as embedding space, since the crate's hashes collide.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    struct Term(String);

    impl bm25::TokenEmbedder for Term {
        type EmbeddingSpace = Term;
        fn embed(token: &str) -> Term {
            Term(token.to_owned())
        }
    }

    #[test]
    fn agrees_with_the_crate() {
        let text = "Iran's tanks, tanks, tanks and jets";
        let embedder = bm25::EmbedderBuilder::<Term, Analyzer>::with_tokenizer_and_fit_to_corpus(
            Analyzer::new(Language::English),
            &[text, "Tanks"],
        )
        .build();
        for embedding in embedder.embed(text).iter() {
            let tf = if embedding.index.0 == "tank" { 3.0 } else { 1.0 };
            let ours = Bm25Params::default().weight(tf, 6.0, 3.5);
            assert!((ours - f64::from(embedding.value)).abs() < 1e-6, "{embedding:?} {ours}");
        }
    }
}
