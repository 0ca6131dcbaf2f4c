//! From a corpus to what is searched: tokens of every sentence, the inverted index over articles, the lexicon.
//!
//! Articles are analyzed in parallel, each part of the corpus with terms numbered on its own; the parts are
//! then joined in order, so that the numbering does not depend on the threads.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analyzer::{Analyzer, Case, chunks};
use super::index::{ArticleNo, Index, TermId};
use super::lexicon::{Lexicon, Word};
use super::synonyms::SynonymTable;
use super::weight::Bm25Params;
use super::words::{Role, role};
use crate::corpus::split::is_unspaced;
use crate::corpus::{Article, Corpus, Language};

/// Articles analyzed by one thread at a time: enough that words repeat, few enough to share the work.
const ARTICLES_PER_PART: usize = 256;

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

/// The tokens of every article in order: those of its title, then those of each sentence.
#[derive(Debug, Clone, Default)]
pub struct Forward {
    tokens: Vec<TermId>,
    articles: Vec<Span>,
    /// End of each sentence of each article, counted from the article's first token.
    sentence_ends: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    tokens: (u32, u32),
    /// Tokens of the title.
    title: u32,
    sentences: (u32, u32),
    /// Tokens that count in the length: all but function words.
    length: u32,
}

/// The tokens of one article.
#[derive(Debug, Clone, Copy)]
pub struct ArticleTokens<'a> {
    /// Those of the title, then those of the text.
    pub all: &'a [TermId],
    title: usize,
    sentence_ends: &'a [u32],
}

impl<'a> ArticleTokens<'a> {
    /// The tokens of the title.
    pub fn title(&self) -> &'a [TermId] {
        self.all.get(..self.title).unwrap_or_default()
    }

    /// The tokens of the text.
    pub fn text(&self) -> &'a [TermId] {
        self.all.get(self.title..).unwrap_or_default()
    }

    /// The number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentence_ends.len()
    }

    /// The tokens of a run of sentences, as a range of [`ArticleTokens::text`].
    pub fn sentences(&self, run: Range<usize>) -> Range<usize> {
        let end_of = |sentence: usize| match sentence.checked_sub(1) {
            None => self.title,
            Some(last) => self.sentence_ends.get(last).map_or(self.all.len(), |&end| end as usize),
        };
        end_of(run.start) - self.title..end_of(run.end) - self.title
    }
}

impl Forward {
    /// The tokens of an article; none for one that is not of this corpus.
    pub fn article(&self, article: ArticleNo) -> ArticleTokens<'_> {
        let span = self.articles.get(article as usize).copied().unwrap_or_default();
        let range = |(start, end): (u32, u32)| start as usize..end as usize;
        ArticleTokens {
            all: self.tokens.get(range(span.tokens)).unwrap_or_default(),
            title: span.title as usize,
            sentence_ends: self.sentence_ends.get(range(span.sentences)).unwrap_or_default(),
        }
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.tokens) + size_of_val(&*self.articles) + size_of_val(&*self.sentence_ends)
    }
}

impl Searchable {
    /// Analyzes and indexes all articles of a corpus, on all threads of the current rayon pool.
    pub fn build(corpus: &Corpus) -> Searchable {
        let parts: Vec<Part> = corpus.articles().par_chunks(ARTICLES_PER_PART).map(Part::analyze).collect();
        let mut joined = Joined::default();
        parts.into_iter().for_each(|part| joined.push(part));
        joined.finish(corpus)
    }

    /// Tokens of a passage on average, at least 1.
    pub fn passage_avgdl(&self) -> f64 {
        self.passage_avgdl
    }

    /// In how many sentences a term stands.
    pub fn sentence_df(&self, term: TermId) -> u64 {
        self.sentence_df.get(term as usize).map_or(0, |&df| u64::from(df))
    }

    /// How many sentences there are.
    pub fn sentence_count(&self) -> u64 {
        self.forward.sentence_ends.len() as u64
    }
}

/// The languages of a corpus, the commonest first.
fn languages(corpus: &Corpus) -> Vec<Language> {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for article in corpus.articles() {
        match counts.iter_mut().find(|(language, _)| *language == article.language) {
            Some((_, count)) => *count += 1,
            None => counts.push((article.language, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts.into_iter().map(|(language, _)| language).collect()
}

/// Some articles analyzed, with terms and words numbered on their own.
#[derive(Default)]
struct Part<'a> {
    terms: FxHashMap<String, TermId>,
    words: Words,
    forward: Forward,
    /// Which entries each chunk met so far gives.
    memo: FxHashMap<(Language, Case, &'a str), Range<usize>>,
    entries: Vec<Entry>,
}

/// One token of a chunk.
#[derive(Clone, Copy)]
struct Entry {
    term: TermId,
    word: usize,
    counts: bool,
}

/// The words met so far, each with its term.
#[derive(Default)]
struct Words {
    numbers: FxHashMap<(String, TermId), usize>,
    /// `(count, capitals)` of each.
    counts: Vec<(u32, u32)>,
}

impl Words {
    fn number(&mut self, word: &str, term: TermId) -> usize {
        let next = self.counts.len();
        let number = *self.numbers.entry((word.to_owned(), term)).or_insert(next);
        if number == next {
            self.counts.push((0, 0));
        }
        number
    }

    fn count(&mut self, number: usize, count: u32, capitals: u32) {
        if let Some(counts) = self.counts.get_mut(number) {
            counts.0 += count;
            counts.1 += capitals;
        }
    }

    /// `(word, term, count, capitals)` of each, in no order.
    fn into_iter(self) -> impl Iterator<Item = (String, TermId, u32, u32)> {
        let counts = self.counts;
        self.numbers.into_iter().map(move |((word, term), number)| {
            let (count, capitals) = counts.get(number).copied().unwrap_or_default();
            (word, term, count, capitals)
        })
    }
}

impl<'a> Part<'a> {
    fn analyze(articles: &'a [Arc<Article>]) -> Part<'a> {
        let mut part = Part::default();
        let mut analyzers: Vec<Analyzer> = Vec::new();
        for article in articles {
            if !analyzers.iter().any(|analyzer| analyzer.language() == article.language) {
                analyzers.push(Analyzer::new(article.language));
            }
            if let Some(analyzer) = analyzers.iter().find(|analyzer| analyzer.language() == article.language)
            {
                part.article(article, analyzer);
            }
        }
        part
    }

    fn article(&mut self, article: &'a Article, analyzer: &Analyzer) {
        let first_token = self.forward.tokens.len();
        let first_sentence = self.forward.sentence_ends.len() as u32;
        let mut length = 0;
        if let Some(title) = article.title.given() {
            length += self.text(title, Case::of(title), analyzer);
        }
        let title = (self.forward.tokens.len() - first_token) as u32;
        let case = Case::of(&article.text);
        for sentence in &article.sentences {
            length += self.text(article.text.get(sentence.range()).unwrap_or_default(), case, analyzer);
            self.forward.sentence_ends.push((self.forward.tokens.len() - first_token) as u32);
        }
        self.forward.articles.push(Span {
            tokens: (first_token as u32, self.forward.tokens.len() as u32),
            title,
            sentences: (first_sentence, self.forward.sentence_ends.len() as u32),
            length,
        });
    }

    /// Appends the tokens of a text; gives how many of them count.
    fn text(&mut self, text: &'a str, case: Case, analyzer: &Analyzer) -> u32 {
        let mut length = 0;
        for (position, range) in chunks(text).enumerate() {
            let chunk = text.get(range).unwrap_or_default();
            let is_capital = position > 0 && case == Case::Mixed && chunk.starts_with(char::is_uppercase);
            let key = (analyzer.language(), case, chunk);
            let entries = match self.memo.get(&key) {
                Some(entries) => entries.clone(),
                None => {
                    let entries = self.chunk(chunk, case, analyzer);
                    // A run of such characters hardly ever comes twice: not worth remembering.
                    if !chunk.starts_with(is_unspaced) {
                        self.memo.insert(key, entries.clone());
                    }
                    entries
                }
            };
            for &Entry { term, word, counts } in self.entries.get(entries).unwrap_or_default() {
                self.forward.tokens.push(term);
                self.words.count(word, 1, u32::from(is_capital));
                length += u32::from(counts);
            }
        }
        length
    }

    fn chunk(&mut self, chunk: &str, case: Case, analyzer: &Analyzer) -> Range<usize> {
        let first = self.entries.len();
        analyzer.chunk(chunk, case, &mut |word, term| {
            let counts = role(word, analyzer.language()) == Role::Content;
            let next = self.terms.len() as TermId;
            let term = *self.terms.entry(term).or_insert(next);
            let word = self.words.number(word, term);
            self.entries.push(Entry { term, word, counts });
        });
        first..self.entries.len()
    }
}

/// The parts, joined so far.
#[derive(Default)]
struct Joined {
    terms: FxHashMap<String, TermId>,
    words: Words,
    forward: Forward,
}

impl Joined {
    fn push(&mut self, part: Part) {
        let mut local: Vec<(String, TermId)> = part.terms.into_iter().collect();
        local.sort_unstable_by_key(|(_, term)| *term);
        let global: Vec<TermId> = local
            .into_iter()
            .map(|(text, _)| {
                let next = self.terms.len() as TermId;
                *self.terms.entry(text).or_insert(next)
            })
            .collect();
        let renumbered = |term: TermId| global.get(term as usize).copied().unwrap_or(term);

        let first_token = self.forward.tokens.len() as u32;
        let first_sentence = self.forward.sentence_ends.len() as u32;
        self.forward.tokens.extend(part.forward.tokens.into_iter().map(renumbered));
        self.forward.sentence_ends.extend(part.forward.sentence_ends);
        self.forward.articles.extend(part.forward.articles.into_iter().map(|span| Span {
            tokens: (span.tokens.0 + first_token, span.tokens.1 + first_token),
            sentences: (span.sentences.0 + first_sentence, span.sentences.1 + first_sentence),
            ..span
        }));
        for (word, term, count, capitals) in part.words.into_iter() {
            let number = self.words.number(&word, renumbered(term));
            self.words.count(number, count, capitals);
        }
    }

    fn finish(self, corpus: &Corpus) -> Searchable {
        let mut texts: Vec<(String, TermId)> = self.terms.into_iter().collect();
        texts.sort_unstable_by_key(|(_, term)| *term);
        let texts: Vec<Box<str>> = texts.into_iter().map(|(text, _)| text.into_boxed_str()).collect();
        let words = self.words.into_iter().map(|(word, term, count, capitals)| Word {
            text: word.into_boxed_str(),
            term,
            count,
            capitals,
        });
        let lexicon = Lexicon::new(texts, words.collect());
        let forward = self.forward;
        let tokens_of = |article: ArticleNo| forward.article(article).all;
        let streams: Vec<(u32, &[TermId])> =
            (0..).zip(&forward.articles).map(|(article, span)| (span.length, tokens_of(article))).collect();
        let index = Index::of(lexicon.term_count(), &streams, Bm25Params::default());
        let sentence_df = sentence_df(&forward, lexicon.term_count());
        let passage_avgdl = passage_avgdl(&forward, corpus);
        let languages = languages(corpus);
        let language = languages.first().copied().unwrap_or(Language::English);
        let synonyms = SynonymTable::new(corpus.synonyms(), language);
        Searchable { index, lexicon, forward, sentence_df, passage_avgdl, languages, synonyms }
    }
}

fn passage_avgdl(forward: &Forward, corpus: &Corpus) -> f64 {
    let (mut passages, mut tokens) = (0u64, 0u64);
    for (number, article) in (0..).zip(corpus.articles()) {
        let article_tokens = forward.article(number);
        for passage in &article.passages {
            passages += 1;
            tokens += article_tokens.sentences(passage.sentences()).len() as u64;
        }
    }
    (tokens as f64 / passages.max(1) as f64).max(1.0)
}

/// In how many sentences each of the terms stands; all tokens are below `term_count`, as the lexicon numbers them.
fn sentence_df(forward: &Forward, term_count: usize) -> Vec<u32> {
    let mut df = vec![0u32; term_count];
    let mut sorted: Vec<TermId> = Vec::new();
    for article in 0..forward.articles.len() as ArticleNo {
        let tokens = forward.article(article);
        for sentence in 0..tokens.sentence_count() {
            sorted.clear();
            let range = tokens.sentences(sentence..sentence + 1);
            sorted.extend_from_slice(tokens.text().get(range).unwrap_or_default());
            sorted.sort_unstable();
            sorted.dedup();
            for &term in &sorted {
                df[term as usize] += 1;
            }
        }
    }
    df
}
