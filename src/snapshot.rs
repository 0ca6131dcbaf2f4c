//! What is a question asked of? Corpus, index and digest, joined; immutable once built.

use std::time::{Duration, Instant};

use crate::answer::{Answer, AnswerParams, Candidate, CorpusSummary, Question, compose};
use crate::corpus::Corpus;
use crate::search::{Query, Ranked, Searchable, explain, rank};

/// How many articles an answer is composed from.
const CANDIDATES_MAX: usize = 10;

/// A corpus made searchable.
#[derive(Debug)]
pub struct Snapshot {
    corpus: Corpus,
    searchable: Searchable,
    summary: CorpusSummary,
    built_in: Duration,
}

/// An article as ranked for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedArticle<'a> {
    /// Its id.
    pub id: &'a str,
    /// The score that the answer path uses.
    pub score: f64,
}

/// What an index takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexStats {
    /// Distinct terms.
    pub terms: usize,
    /// Postings: pairs of a term and an article.
    pub postings: usize,
    /// Bytes of the inverted index.
    pub index_bytes: usize,
    /// Bytes of the forward index, for ranking passages and sentences.
    pub forward_bytes: usize,
    /// How long it took to build.
    pub built_in: Duration,
}

impl Snapshot {
    /// Indexes a corpus. Uses all threads of the current rayon pool.
    pub fn build(corpus: Corpus) -> Snapshot {
        let start = Instant::now();
        let searchable = Searchable::build(&corpus);
        let articles = corpus.articles();
        let summary = CorpusSummary {
            digest: corpus.digest(),
            articles: articles.len(),
            passages: articles.iter().map(|article| article.passages.len()).sum(),
        };
        Snapshot { corpus, searchable, summary, built_in: start.elapsed() }
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Digest and counts.
    pub fn summary(&self) -> CorpusSummary {
        self.summary
    }

    /// What the index takes.
    pub fn index_stats(&self) -> IndexStats {
        IndexStats {
            terms: self.searchable.lexicon.term_count(),
            postings: self.searchable.index.posting_count(),
            index_bytes: self.searchable.index.bytes(),
            forward_bytes: self.searchable.forward.bytes(),
            built_in: self.built_in,
        }
    }

    /// Answers a question.
    pub fn answer(&self, question: &Question, params: &AnswerParams) -> Answer {
        self.answer_and_rank(question, params, CANDIDATES_MAX).0
    }

    /// Answers a question, and ranks the articles for it (up to `k`, best first), as evaluation wants both.
    pub fn answer_and_rank(
        &self,
        question: &Question,
        params: &AnswerParams,
        k: usize,
    ) -> (Answer, Vec<RankedArticle<'_>>) {
        let query = Query::plan(question.text(), &self.searchable);
        let ranked = rank(&self.searchable, self.corpus.articles(), &query, k.max(CANDIDATES_MAX));
        let candidates: Vec<Candidate> =
            ranked.iter().take(CANDIDATES_MAX).filter_map(|ranked| self.candidate(&query, ranked)).collect();
        let answer = compose(question, &query, &candidates, self.summary, params);
        let ranked = ranked.iter().take(k).filter_map(|ranked| {
            let article = self.corpus.articles().get(ranked.article as usize)?;
            Some(RankedArticle { id: &article.id, score: ranked.score })
        });
        (answer, ranked.collect())
    }

    fn candidate(&self, query: &Query, ranked: &Ranked) -> Option<Candidate> {
        let article = self.corpus.articles().get(ranked.article as usize)?.clone();
        Some(Candidate {
            article,
            score: ranked.score,
            parts: ranked.parts,
            terms: explain(&self.searchable, query, ranked.article),
            passages: ranked.passages.clone(),
        })
    }
}
