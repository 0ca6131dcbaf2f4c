//! The inverted index: which articles hold a term, and the best of them for a weighted query.
//!
//! The answer to a query is exact: the same articles, in the same order and with the same scores to the last
//! bit as adding up every posting, in the order of the query. What makes it fast is that few postings are
//! looked at. [`docs`] puts the shortest articles first, which score highest. [`postings`] keeps those of a term
//! apart by how often it stands in the article, so that [`top`] reads the few that can score high, and leaves the
//! many that stand once unread as soon as these alone can no longer reach the best. [`every`] reads all of them,
//! which is faster where there are few for many terms.

mod docs;
mod every;
mod lengths;
mod postings;
mod sieve;
mod top;

use self::docs::Docs;
use self::lengths::Lengths;
use self::postings::{OFTEN, Postings};
use super::weight::{Bm25Params, idf};

pub use self::postings::ARTICLES_MAX;

/// Number of a term in its index, from 0.
pub type TermId = u32;

/// Number of an article in its corpus, from 0, in the order of ids.
pub type ArticleNo = u32;

/// A term of a query with all that multiplies its BM25 weight: idf, its weight in the question, a discount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedTerm {
    /// The term.
    pub term: TermId,
    /// The factor, above 0.
    pub weight: f64,
}

/// An article with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleNo,
    /// Its BM25 score, above 0.
    pub score: f64,
}

/// Articles by term.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Index {
    docs: Docs,
    postings: Postings,
    lengths: Lengths,
}

/// The tokens of articles, by number: what an index is built from.
pub trait TokenSource: Sync {
    /// Hands the tokens of an article to `token`, in any order.
    fn read(&self, article: ArticleNo, token: &mut dyn FnMut(TermId));
}

impl Index {
    /// Indexes articles: `lengths` are their lengths in tokens that count, `dfs` in how many of them each term
    /// stands, `source` their tokens. Uses all threads of the current rayon pool.
    ///
    /// # Panics
    ///
    /// Where there are more than [`ARTICLES_MAX`] articles, or `dfs` are not those of `source`.
    pub fn build(lengths: Vec<u32>, dfs: &[u32], source: &impl TokenSource, params: Bm25Params) -> Index {
        let (docs, lengths) = Docs::new(lengths);
        let lengths = Lengths::new(lengths, params);
        let postings = Postings::build(&lengths, dfs, &InOrder { source, docs: &docs });
        Index { docs, postings, lengths }
    }

    /// Indexes articles given as `(length, tokens)`, of terms below `term_count`.
    ///
    /// # Panics
    ///
    /// Where a token is not below `term_count`.
    pub fn of(term_count: usize, articles: &[(u32, &[TermId])], params: Bm25Params) -> Index {
        let mut dfs = vec![0u32; term_count];
        for (_, tokens) in articles {
            let mut distinct = tokens.to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            distinct.iter().for_each(|&term| dfs[term as usize] += 1);
        }
        let lengths = articles.iter().map(|&(length, _)| length).collect();
        Index::build(lengths, &dfs, &articles, params)
    }

    /// How many articles are indexed.
    pub fn article_count(&self) -> usize {
        self.lengths.count()
    }

    /// How many tokens of an article count; 0 for one that is not of this index.
    pub fn length(&self, article: ArticleNo) -> u32 {
        self.lengths.length(self.docs.doc(article))
    }

    /// How many postings there are.
    pub fn posting_count(&self) -> usize {
        self.postings.count()
    }

    /// The bytes the index takes.
    pub fn bytes(&self) -> usize {
        self.docs.bytes() + self.postings.bytes() + self.lengths.bytes()
    }

    /// In how many articles a term stands.
    pub fn df(&self, term: TermId) -> u64 {
        u64::from(self.postings.df(term))
    }

    /// The inverse article frequency for terms that stand in `df` articles.
    pub fn idf(&self, df: u64) -> f64 {
        idf(self.article_count() as u64, df)
    }

    /// How often a term stands in an article.
    pub fn tf(&self, term: TermId, article: ArticleNo) -> u32 {
        self.postings.term(term).tf(self.docs.doc(article))
    }

    /// Tells how often a term stands in each of some articles that hold it, by their places among `articles`. That is
    /// faster than to ask for one after the other.
    pub fn tfs(&self, term: TermId, articles: &[ArticleNo], mut tell: impl FnMut(usize, u32)) {
        let term = self.postings.term(term);
        let docs = articles.iter().map(|&article| self.docs.doc(article));
        term.look_up(docs, |nth, sight| match sight {
            0 => {}
            OFTEN => tell(nth, articles.get(nth).map_or(0, |&article| term.tf(self.docs.doc(article)))),
            tf => tell(nth, tf as u32),
        });
    }

    /// The BM25 weight, without idf, of a term that stands `tf` times in an article. `tf` may be a fraction,
    /// where terms count in part.
    pub fn weight(&self, tf: f64, article: ArticleNo) -> f64 {
        self.lengths.weight_of(tf, self.docs.doc(article))
    }

    /// The `k` best articles, best first, equal scores in article order.
    ///
    /// The terms should be distinct; each adds its weight once. A term whose weight is not above 0 adds nothing.
    pub fn search(&self, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
        if every::is_faster(&self.postings, query, k) {
            every::every(self, query, k)
        } else {
            top::top(self, query, k)
        }
    }
}

/// Hands out tokens by doc in place of article.
struct InOrder<'a, S> {
    source: &'a S,
    docs: &'a Docs,
}

impl<S: TokenSource> TokenSource for InOrder<'_, S> {
    fn read(&self, doc: ArticleNo, token: &mut dyn FnMut(TermId)) {
        self.source.read(self.docs.article(doc), token);
    }
}

impl TokenSource for &[(u32, &[TermId])] {
    fn read(&self, article: ArticleNo, token: &mut dyn FnMut(TermId)) {
        if let Some((_, tokens)) = self.get(article as usize) {
            tokens.iter().copied().for_each(token);
        }
    }
}

#[cfg(test)]
mod tests;
