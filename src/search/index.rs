//! The inverted index: which articles hold a term, and the best of them for a weighted query.

use super::weight::{Bm25Params, idf};

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
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Where the postings of each term begin; one more entry than terms.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// Length of each article in tokens that count.
    lengths: Vec<u32>,
    avgdl: f64,
    params: Bm25Params,
}

#[derive(Debug, Clone, Copy)]
struct Posting {
    article: ArticleNo,
    tf: u32,
}

impl Index {
    /// Indexes articles given as token streams.
    ///
    /// `articles` yields, for each article in order, its length (tokens that count) and its tokens.
    ///
    /// # Panics
    ///
    /// Where a token is not below `term_count`, or the second walk over `articles` yields another stream than the
    /// first: `starts` and `next` have a place for each term, and `postings` for what the first walk counted.
    pub fn build<'a>(
        term_count: usize,
        articles: impl Iterator<Item = (u32, &'a [TermId])> + Clone,
        params: Bm25Params,
    ) -> Index {
        let lengths: Vec<u32> = articles.clone().map(|(length, _)| length).collect();
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let avgdl = (total as f64 / lengths.len().max(1) as f64).max(1.0);

        // Two passes: count the postings of each term, then fill them in article order.
        let mut starts = vec![0u32; term_count + 1];
        let mut sorted = Vec::new();
        for (_, tokens) in articles.clone() {
            for (term, _) in frequencies(tokens, &mut sorted) {
                starts[term as usize + 1] += 1;
            }
        }
        for term in 0..term_count {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut postings = vec![Posting { article: 0, tf: 0 }; starts.last().map_or(0, |&n| n as usize)];
        for (article, (_, tokens)) in (0..).zip(articles) {
            for (term, tf) in frequencies(tokens, &mut sorted) {
                let slot = &mut next[term as usize];
                postings[*slot as usize] = Posting { article, tf };
                *slot += 1;
            }
        }
        Index { starts, postings, lengths, avgdl, params }
    }

    /// How many articles are indexed.
    pub fn article_count(&self) -> usize {
        self.lengths.len()
    }

    /// How many postings there are.
    pub fn posting_count(&self) -> usize {
        self.postings.len()
    }

    /// The bytes the index takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.postings) + size_of_val(&*self.lengths)
    }

    /// In how many articles a term stands.
    pub fn df(&self, term: TermId) -> u64 {
        self.postings_of(term).len() as u64
    }

    /// The inverse article frequency for terms that stand in `df` articles.
    pub fn idf(&self, df: u64) -> f64 {
        idf(self.article_count() as u64, df)
    }

    /// How often a term stands in an article.
    pub fn tf(&self, term: TermId, article: ArticleNo) -> u32 {
        let postings = self.postings_of(term);
        postings
            .binary_search_by_key(&article, |posting| posting.article)
            .ok()
            .and_then(|at| postings.get(at))
            .map_or(0, |posting| posting.tf)
    }

    /// The BM25 weight of a term in an article, without idf.
    pub fn weight(&self, tf: u32, article: ArticleNo) -> f64 {
        let length = self.lengths.get(article as usize).copied().unwrap_or(0);
        self.params.weight(f64::from(tf), f64::from(length), self.avgdl)
    }

    /// The `k` best articles, best first, equal scores in article order.
    ///
    /// The terms should be distinct; each adds its weight once.
    pub fn search(&self, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
        // A place for each article; postings name no others.
        let mut scores = vec![0.0f64; self.article_count()];
        for &WeightedTerm { term, weight } in query {
            for posting in self.postings_of(term) {
                scores[posting.article as usize] += weight * self.weight(posting.tf, posting.article);
            }
        }
        let mut hits: Vec<Hit> = (0..)
            .zip(&scores)
            .filter(|&(_, &score)| score > 0.0)
            .map(|(article, &score)| Hit { article, score })
            .collect();
        let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article));
        if hits.len() > k {
            hits.select_nth_unstable_by(k, order);
            hits.truncate(k);
        }
        hits.sort_unstable_by(order);
        hits
    }

    fn postings_of(&self, term: TermId) -> &[Posting] {
        let bounds = (self.starts.get(term as usize), self.starts.get(term as usize + 1));
        match bounds {
            (Some(&start), Some(&end)) => self.postings.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// `(term, tf)` of a token stream, by term. `sorted` is scratch space.
fn frequencies<'a>(
    tokens: &[TermId],
    sorted: &'a mut Vec<TermId>,
) -> impl Iterator<Item = (TermId, u32)> + 'a {
    sorted.clear();
    sorted.extend_from_slice(tokens);
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len() as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(articles: &[&[TermId]]) -> Index {
        let articles = articles.iter().map(|tokens| (tokens.len() as u32, *tokens));
        Index::build(10, articles, Bm25Params::default())
    }

    #[test]
    fn finds_the_best_first_and_breaks_ties_by_order() {
        fn check(query: &[(TermId, f64)], k: usize, expected: &[ArticleNo]) {
            let index = index(&[&[1, 2, 3], &[1, 1, 2], &[4, 5, 6], &[4, 5, 6], &[4, 7, 8]]);
            let query: Vec<_> = query.iter().map(|&(term, weight)| WeightedTerm { term, weight }).collect();
            let hits: Vec<_> = index.search(&query, k).iter().map(|hit| hit.article).collect();
            assert_eq!(hits, expected);
        }
        check(&[], 10, &[]);
        check(&[(9, 1.0)], 10, &[]);
        check(&[(77, 1.0)], 10, &[]);
        check(&[(1, 1.0)], 10, &[1, 0]);
        check(&[(4, 1.0)], 2, &[2, 3]);
        check(&[(4, 1.0), (8, 0.1)], 2, &[4, 2]);
    }

    #[test]
    fn counts() {
        let index = index(&[&[1, 1, 2], &[], &[2]]);
        assert_eq!((index.article_count(), index.posting_count()), (3, 3));
        assert_eq!((index.df(1), index.df(2), index.df(3)), (1, 2, 0));
        assert_eq!((index.tf(1, 0), index.tf(1, 2), index.tf(2, 2)), (2, 0, 1));
    }
}
