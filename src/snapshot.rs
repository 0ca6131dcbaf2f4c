//! What is a question asked of? Corpus, index and digest, joined; immutable once built.

use crate::answer::{Answer, AnswerParams, CorpusSummary, Question};
use crate::corpus::Corpus;

/// A corpus made searchable.
#[derive(Debug)]
pub struct Snapshot {
    corpus: Corpus,
}

/// An article as ranked for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedArticle<'a> {
    /// Its id.
    pub id: &'a str,
    /// The score that the answer path uses.
    pub score: f64,
}

impl Snapshot {
    /// Indexes a corpus. Uses all threads of the current rayon pool.
    pub fn build(corpus: Corpus) -> Snapshot {
        Snapshot { corpus }
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Digest and counts.
    pub fn summary(&self) -> CorpusSummary {
        let articles = self.corpus.articles();
        CorpusSummary {
            digest: self.corpus.digest(),
            articles: articles.len(),
            passages: articles.iter().map(|article| article.passages.len()).sum(),
        }
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question, params: &AnswerParams) -> Answer {
        let _ = (question, params);
        todo!()
    }

    /// Answers a question, and ranks the articles for it (up to `k`, best first), as evaluation wants both.
    pub fn answer_and_rank(
        &self,
        question: &Question,
        params: &AnswerParams,
        k: usize,
    ) -> (Answer, Vec<RankedArticle<'_>>) {
        let _ = k;
        (self.answer(question, params), Vec::new())
    }
}
