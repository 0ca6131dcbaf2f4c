//! What is an article?
//!
//! A corpus is a folder, read recursively; one file (or one line of a `.jsonl` file) is one article.
//! [`read`] does the only file IO, [`parse`] turns one file's bytes into articles, [`split`] finds the
//! paragraphs, sentences and passages of a canonical text. This module knows nothing of search or answers.

pub mod article;
pub mod digest;
pub mod language;
pub mod parse;
pub mod pieces;
pub mod problem;
pub mod questions;
pub mod read;
pub mod split;
pub mod synonyms;

use std::sync::Arc;

pub use article::{Article, LineMap, Metadata, Provenance, Title};
pub use digest::Digest;
pub use language::Language;
pub use pieces::Pieces;
pub use problem::{Effect, LoadError, Problem};
pub use questions::GoldenQuestion;
pub use read::{KeptSource, LoadProgress, Loaded, Sources, load, read_questions, reload};
pub use split::{Passage, Sentence};
pub use synonyms::{SynonymRule, Synonyms};

/// The articles of a folder, with what answers depend on beside them.
///
/// Articles are sorted by id, so that the order of a folder's listing changes nothing.
#[derive(Debug, Clone)]
pub struct Corpus {
    articles: Vec<Arc<Article>>,
    synonyms: Synonyms,
    questions: Vec<GoldenQuestion>,
    digest: Digest,
    sources: Sources,
}

impl Corpus {
    /// Joins articles, synonyms and golden questions to a corpus: sorts the articles by id and computes the
    /// digest (over ids, canonical texts, metadata and synonyms; not over the golden questions, on which no
    /// answer depends).
    ///
    /// The ids must be distinct; [`load`] sees to that.
    pub fn new(
        mut articles: Vec<Arc<Article>>,
        synonyms: Synonyms,
        questions: Vec<GoldenQuestion>,
    ) -> Corpus {
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        let digest = digest::corpus_digest(&articles, &synonyms);
        Corpus { articles, synonyms, questions, digest, sources: Sources::default() }
    }

    /// The articles that an earlier run of the program read, sorted by id, with the digest that their corpus had
    /// and the files that they were read from: without synonyms and golden questions, to be read [again](reload).
    pub fn remembered(articles: Vec<Arc<Article>>, digest: Digest, sources: Sources) -> Corpus {
        Corpus { articles, synonyms: Synonyms::default(), questions: Vec::new(), digest, sources }
    }

    /// The same corpus, read from these files.
    fn with_sources(self, sources: Sources) -> Corpus {
        Corpus { sources, ..self }
    }

    /// The files that it was read from.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The articles, sorted by id.
    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    /// The moderators' synonyms (`synonyms.txt`).
    pub fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// The golden questions (`questions.jsonl`), in file order.
    pub fn questions(&self) -> &[GoldenQuestion] {
        &self.questions
    }

    /// The hash over all that answers depend on.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The article with this id.
    pub fn article(&self, id: &str) -> Option<&Arc<Article>> {
        let at = self.articles.binary_search_by(|a| (*a.id).cmp(id)).ok()?;
        self.articles.get(at)
    }
}

/// Corpora for the tests of this crate.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// A corpus of articles given as `(id, text)`, without titles, on one line each.
    pub(crate) fn corpus(articles: &[(&str, &str)], synonyms: Synonyms) -> Corpus {
        let articles = articles.iter().map(|&(id, text)| {
            let title = Title::Derived(text.into());
            let (meta, lines) = (Metadata::default(), LineMap::Single(1));
            Arc::new(Article::new(id, format!("{id}.md"), title, meta, text, lines))
        });
        Corpus::new(articles.collect(), synonyms, Vec::new())
    }
}
