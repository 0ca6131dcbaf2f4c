//! From a corpus to what is searched: tokens of every sentence, the inverted index over articles, the lexicon.
//!
//! Articles are read in rounds, in each a piece by every thread, with terms numbered on its own; after each
//! round the pieces are joined in order. So terms are numbered in the order in which they first come in the
//! corpus, whatever the threads, and no more than a round is in memory twice.

use std::sync::Arc;

use rayon::prelude::*;

use super::forward::Forward;
use super::index::{ArticleNo, Index, TermId};
use super::lexicon::{Lexicon, Word};
use super::synonyms::SynonymTable;
use super::terms::TermTable;
use super::weight::Bm25Params;
use super::worker::{Counts, Worker};
use crate::corpus::{Article, Corpus, Language};

/// Text that one thread reads in a round: enough that joining costs little beside, small beside any corpus for
/// which memory matters.
const PIECE_BYTES_MAX: usize = 8 << 20;

/// A corpus made searchable.
#[derive(Debug, Clone)]
pub struct Searchable {
    /// Articles by term; the title counts as text.
    pub index: Index,
    /// Terms and words.
    pub lexicon: Lexicon,
    /// The tokens of every article.
    pub forward: Forward,
    /// In how many sentences each term stands.
    sentence_df: Vec<u32>,
    /// Tokens of a passage on average.
    passage_avgdl: f64,
    /// The languages of the corpus, the commonest first.
    pub languages: Vec<Language>,
    /// The moderators' synonyms, cut as the commonest language is.
    pub synonyms: SynonymTable,
}

impl Searchable {
    /// Analyzes and indexes all articles of a corpus, on all threads of the current rayon pool.
    pub fn build(corpus: &Corpus) -> Searchable {
        let mut workers: Vec<Worker> = Vec::new();
        workers.resize_with(rayon::current_num_threads(), Worker::default);
        let mut terms = TermTable::default();
        let mut forward = Forward::default();
        let mut lengths: Vec<u32> = Vec::with_capacity(corpus.articles().len());
        for round in pieces(corpus.articles(), workers.len()).chunks(workers.len()) {
            workers.par_iter_mut().zip(round).for_each(|(worker, articles)| worker.read(*articles));
            workers.iter_mut().for_each(|worker| worker.number(|text| terms.add(text)));
            let read: Vec<(Forward, Vec<u32>)> = workers.par_iter_mut().map(Worker::hand_over).collect();
            for (piece, piece_lengths) in &read {
                forward.append(piece);
                lengths.extend_from_slice(piece_lengths);
            }
        }
        let (mut article_df, mut sentence_df) = (vec![0u32; terms.len()], vec![0u32; terms.len()]);
        for worker in &workers {
            worker.add_counts(&mut article_df, &mut sentence_df);
        }
        let counts: Vec<Counts> = workers.into_par_iter().map(Worker::into_counts).collect();
        let mut words: Vec<_> = counts.iter().flat_map(Counts::iter).collect();
        words.par_sort_unstable();
        let words = joined_words(words);
        drop(counts);
        Built { terms, words, forward, lengths, article_df, sentence_df }.finish(corpus)
    }

    /// Tokens of a passage on average, at least 1.
    pub fn passage_avgdl(&self) -> f64 {
        self.passage_avgdl
    }

    /// In how many sentences a term stands.
    pub fn sentence_df(&self, term: TermId) -> u64 {
        self.sentence_df.get(term as usize).map_or(0, |&df| u64::from(df))
    }

    /// In how many sentences each term stands, by term.
    pub fn sentence_dfs(&self) -> &[u32] {
        &self.sentence_df
    }

    /// How many sentences there are.
    pub fn sentence_count(&self) -> u64 {
        self.forward.sentence_count() as u64
    }
}

/// Cuts the articles into pieces of about the same size, such that each of the threads gets one in every round.
fn pieces(articles: &[Arc<Article>], threads: usize) -> Vec<&[Arc<Article>]> {
    let total: usize = articles.iter().map(|article| article.text.len()).sum();
    let size = (total / threads.max(1) + 1).min(PIECE_BYTES_MAX);
    let mut pieces = Vec::new();
    let mut rest = articles;
    while !rest.is_empty() {
        let mut bytes = 0;
        let count = rest.iter().take_while(|article| {
            let is_room = bytes < size;
            bytes += article.text.len();
            is_room
        });
        let (piece, after) = rest.split_at(count.count().max(1));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// What all else is made of.
pub(super) struct Built {
    pub(super) terms: TermTable,
    pub(super) words: Vec<Word>,
    pub(super) forward: Forward,
    /// Of each article, in tokens that count.
    pub(super) lengths: Vec<u32>,
    /// In how many articles, and in how many sentences, each term stands.
    pub(super) article_df: Vec<u32>,
    pub(super) sentence_df: Vec<u32>,
}

impl Built {
    pub(super) fn finish(self, corpus: &Corpus) -> Searchable {
        let Built { mut terms, words, mut forward, lengths, article_df, sentence_df } = self;
        forward.shrink();
        terms.shrink();
        let index = Index::build(lengths, &article_df, &forward, Bm25Params::default());
        Searchable::join(corpus, index, Lexicon::new(terms, words), forward, sentence_df)
    }
}

impl Searchable {
    /// Joins the parts that were built from the articles of a corpus.
    pub fn join(
        corpus: &Corpus,
        index: Index,
        lexicon: Lexicon,
        forward: Forward,
        sentence_df: Vec<u32>,
    ) -> Searchable {
        let passage_avgdl = passage_avgdl(&forward, corpus);
        let languages = languages(corpus);
        let language = languages.first().copied().unwrap_or(Language::English);
        let synonyms = SynonymTable::new(corpus.synonyms(), language);
        Searchable { index, lexicon, forward, sentence_df, passage_avgdl, languages, synonyms }
    }
}

/// The words of `(word, term, count, capitals)`, which are sorted, each pair of word and term once.
pub(super) fn joined_words(counts: Vec<(&str, TermId, u32, u32)>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(counts.len());
    for (text, term, count, capitals) in counts {
        match words.last_mut().filter(|last| &*last.text == text && last.term == term) {
            Some(last) => {
                last.count = last.count.saturating_add(count);
                last.capitals = last.capitals.saturating_add(capitals);
            }
            None => words.push(Word::new(text, term, count, capitals)),
        }
    }
    words
}

/// The languages of a corpus, the commonest first.
fn languages(corpus: &Corpus) -> Vec<Language> {
    let mut all: Vec<Language> = corpus.articles().par_iter().map(|article| article.language).collect();
    all.sort_unstable();
    let mut counts: Vec<(usize, Language)> =
        all.chunk_by(Language::eq).filter_map(|same| Some((same.len(), *same.first()?))).collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counts.into_iter().map(|(_, language)| language).collect()
}

fn passage_avgdl(forward: &Forward, corpus: &Corpus) -> f64 {
    let of_article = |(number, article): (usize, &Arc<Article>)| {
        let runs = article.passages().map(|passage| passage.sentences());
        let tokens = forward.run_lengths(number as ArticleNo, runs).map(|length| length as u64).sum::<u64>();
        (article.passage_count() as u64, tokens)
    };
    let counts = corpus.articles().par_iter().enumerate().map(of_article);
    let (passages, tokens) = counts.reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    (tokens as f64 / passages.max(1) as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};

    #[test]
    fn the_threads_change_nothing() {
        let texts: Vec<(String, String)> = (0..40)
            .map(|n| {
                (
                    format!("{n:02}"),
                    format!("Word{n} and Iran's S-30{n}, the U.S. 豹队{n}. Half of {}.", n / 2),
                )
            })
            .collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let corpus = samples::corpus(&texts, Synonyms::default());
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let built = pool.install(|| Searchable::build(&corpus));
            format!("{:?} {:?} {:?} {:?}", built.lexicon, built.forward, built.sentence_df, built.index)
        };
        let one = with(1);
        assert!(one.contains("s300"));
        assert_eq!(one, with(2));
        assert_eq!(one, with(7));
    }
}
