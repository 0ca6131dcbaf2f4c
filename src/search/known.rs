//! The tokens of many texts that share their words: each chunk of text is analyzed once.

use super::analyzer::{Analyzer, Case, Token, chunks};
use super::memo::{Gives, Memos};

/// What chunks gave. It grows with every one that is new, so it is meant for one question.
#[derive(Debug, Default)]
pub struct KnownChunks {
    memos: Memos,
    /// The `(word, term)` pairs that each chunk gave.
    given: Vec<Vec<(String, String)>>,
}

impl KnownChunks {
    /// The tokens that an analyzer makes of a text.
    pub fn tokens(&mut self, analyzer: &Analyzer, text: &str) -> Vec<Token> {
        let KnownChunks { memos, given } = self;
        let case = Case::of(text);
        let memo = memos.of(analyzer.language(), case);
        let mut tokens = Vec::new();
        for range in chunks(text) {
            let gives = memo.meet(text, (range.start, range.end), false, |chunk| {
                let mut pairs = Vec::new();
                analyzer.chunk(chunk, case, &mut |word, term| pairs.push((word.to_owned(), term)));
                given.push(pairs);
                Gives { group: given.len() as u32 - 1, single: 0 }
            });
            for (word, term) in given.get(gives.group as usize).into_iter().flatten() {
                tokens.push(Token { range: range.clone(), word: word.clone(), term: term.clone() });
            }
        }
        tokens
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;

    proptest::proptest! {
        #[test]
        fn the_same_tokens_as_without(
            texts in proptest::collection::vec("\\PC{0,40}|[A-Za-z0-9.,'’/$% -]{0,80}", 1..4),
        ) {
            let mut known = KnownChunks::default();
            for language in [Language::English, Language::German, Language::French, Language::Chinese] {
                let analyzer = Analyzer::new(language);
                for text in texts.iter().chain(&texts) {
                    proptest::prop_assert_eq!(known.tokens(&analyzer, text), analyzer.tokens(text));
                }
            }
        }
    }
}
