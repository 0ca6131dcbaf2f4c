//! What one thread does when a corpus is indexed: it cuts its pieces of the text into terms, numbered on its own.

use std::ops::Range;
use std::sync::Arc;

use super::analyzer::{Analyzer, Case};
use super::chunks::chunks;
use super::forward::Forward;
use super::index::TermId;
use super::memo::{Chunk, Gives, Memo, Memos, Met};
use super::terms::TermTable;
use super::words::{Role, role};
use crate::corpus::split::is_unspaced;
use crate::corpus::{Article, Language};

/// One thread's share, and all it has learned on the way.
#[derive(Default)]
pub(super) struct Worker {
    analyzers: Vec<Analyzer>,
    /// What each chunk met so far gives, by language and case.
    memos: Memos,
    vocabulary: Vocabulary,
    /// The number in the corpus of each term that has one so far.
    numbers: Vec<TermId>,
    sheet: Sheet,
}

/// An article that was read.
pub(super) struct ReadArticle<'a> {
    pub(super) tokens: &'a [TermId],
    pub(super) sentence_ends: &'a [u32],
    /// Tokens of the title.
    pub(super) title: u32,
    /// Tokens that count.
    pub(super) length: u32,
}

/// Articles that were read and not yet handed over.
#[derive(Default)]
struct Sheet {
    tokens: Vec<TermId>,
    sentence_ends: Vec<u32>,
    articles: Vec<Place>,
    /// Where the sentences of the article stand that is read.
    sentences: Vec<Range<usize>>,
}

/// A text that is read, and how.
struct Written<'a> {
    text: &'a str,
    case: Case,
    are_sentences: bool,
    analyzer: &'a Analyzer,
}

/// What is written down of a text.
struct Page<'a, E> {
    tokens: &'a mut Vec<TermId>,
    are_sentences: bool,
    /// Tokens that count.
    length: u32,
    /// How many parts have ended.
    parts: usize,
    /// Told how many tokens there are at the end of a part.
    ended: E,
}

/// An article: where it ends in the lists of the sheet, tokens of the title, tokens that count.
struct Place {
    tokens_end: usize,
    sentences_end: usize,
    title: u32,
    length: u32,
}

/// Terms, and what chunks are made of.
#[derive(Default)]
struct Vocabulary {
    terms: TermTable,
    /// In how many articles and sentences each term stands.
    standing: Vec<Standing>,
    /// Tokens of chunks: each a range of `entries`.
    groups: Vec<(u32, u32)>,
    entries: Vec<Entry>,
    /// The words of all entries, one after the other.
    words: String,
    /// Chunks that are looked up together, and what they give, with the numbers of their parts of the text.
    batch: Vec<(usize, Chunk)>,
    gives: Vec<(usize, Gives)>,
    /// How many articles and sentences were read.
    article: u32,
    sentence: u32,
}

#[derive(Clone, Copy, Default)]
struct Standing {
    articles: u32,
    sentences: u32,
    /// The article and the sentence that were counted last, from 1.
    last_article: u32,
    last_sentence: u32,
}

/// One token of a chunk.
#[derive(Clone, Copy)]
struct Entry {
    term: TermId,
    counts: bool,
    /// Where its word ends among those of all entries.
    word_end: usize,
}

/// Chunks that are looked up together: more than a processor has reads of memory under way at once.
const BATCH: usize = 64;

/// Says that a chunk has not exactly one token.
const NOT_SINGLE: u32 = u32::MAX;

impl Worker {
    /// Reads articles, after those read before.
    pub(super) fn read<'a>(&mut self, articles: impl IntoIterator<Item = &'a Arc<Article>>) {
        articles.into_iter().for_each(|article| self.article(article));
    }

    /// Gives numbers to the terms that are new since it was last called, in the order in which they came.
    pub(super) fn number(&mut self, mut number_of: impl FnMut(&str) -> TermId) {
        for term in self.numbers.len()..self.vocabulary.terms.len() {
            self.numbers.push(number_of(self.vocabulary.terms.text(term as TermId)));
        }
    }

    /// The articles read since they were last handed over, with the terms as this worker numbers them.
    pub(super) fn articles(&self) -> impl Iterator<Item = ReadArticle<'_>> {
        let (mut token, mut sentence) = (0, 0);
        self.sheet.articles.iter().map(move |place| {
            let tokens = self.sheet.tokens.get(token..place.tokens_end).unwrap_or_default();
            let sentence_ends =
                self.sheet.sentence_ends.get(sentence..place.sentences_end).unwrap_or_default();
            (token, sentence) = (place.tokens_end, place.sentences_end);
            ReadArticle { tokens, sentence_ends, title: place.title, length: place.length }
        })
    }

    /// The text of a term as this worker numbers it.
    pub(super) fn text(&self, term: TermId) -> &str {
        self.vocabulary.terms.text(term)
    }

    /// The articles read since it was last called, as all terms are numbered now, and their lengths.
    pub(super) fn hand_over(&mut self) -> (Forward, Vec<u32>) {
        let mut forward = Forward::default();
        let mut lengths = Vec::with_capacity(self.sheet.articles.len());
        for article in self.articles() {
            let numbered = article.tokens.iter().filter_map(|&term| self.numbers.get(term as usize).copied());
            forward.push(numbered, article.title, article.sentence_ends);
            lengths.push(article.length);
        }
        self.sheet.tokens.clear();
        self.sheet.sentence_ends.clear();
        self.sheet.articles.clear();
        (forward, lengths)
    }

    /// Adds to each term, by number, in how many articles and sentences it was met.
    pub(super) fn add_counts(&self, articles: &mut [u32], sentences: &mut [u32]) {
        for (standing, &number) in self.vocabulary.standing.iter().zip(&self.numbers) {
            if let (Some(of_articles), Some(of_sentences)) =
                (articles.get_mut(number as usize), sentences.get_mut(number as usize))
            {
                *of_articles += standing.articles;
                *of_sentences += standing.sentences;
            }
        }
    }

    /// How often each word was met.
    pub(super) fn into_counts(self) -> Counts {
        let Vocabulary { words, groups, entries, .. } = self.vocabulary;
        let mut counts = vec![(0u32, 0u32); entries.len()];
        for (is_capital, Met { gives, count, inside }) in self.memos.all().flat_map(Memo::met) {
            let (start, end) = groups.get(gives.group as usize).copied().unwrap_or_default();
            for of_entry in counts.get_mut(start as usize..end as usize).unwrap_or_default() {
                of_entry.0 = of_entry.0.saturating_add(count);
                of_entry.1 = of_entry.1.saturating_add(if is_capital { inside } else { 0 });
            }
        }
        Counts { words, entries, counts, numbers: self.numbers }
    }

    fn article(&mut self, article: &Article) {
        let Worker { analyzers, memos, vocabulary, sheet, .. } = self;
        let language = article.language;
        let analyzer = match analyzers.iter().position(|analyzer| analyzer.language() == language) {
            Some(at) => at,
            None => {
                analyzers.push(Analyzer::new(language));
                analyzers.len() - 1
            }
        };
        let Some(analyzer) = analyzers.get(analyzer) else { return };
        vocabulary.article += 1;
        let first_token = sheet.tokens.len();
        let mut length = 0;
        if let Some(title) = article.title.given() {
            // The title is no sentence: what stands in it is counted for none.
            let written = Written { text: title, case: Case::of(title), are_sentences: false, analyzer };
            let memo = memos.of(language, written.case);
            let whole = 0..title.len();
            length += vocabulary.read(&written, &[whole], memo, &mut sheet.tokens, |_| {});
        }
        if let Some(published) = article.metadata().published {
            // Whoever asks for the figure of 2023 means the article of that year, whether or not it names it.
            let year = published.year().to_string();
            let written = Written { text: &year, case: Case::Mixed, are_sentences: false, analyzer };
            let memo = memos.of(language, written.case);
            let whole = 0..year.len();
            length += vocabulary.read(&written, &[whole], memo, &mut sheet.tokens, |_| {});
        }
        let title = (sheet.tokens.len() - first_token) as u32;
        let text = &*article.text;
        let written = Written { text, case: Case::of(text), are_sentences: true, analyzer };
        let memo = memos.of(language, written.case);
        sheet.sentences.clear();
        sheet.sentences.extend(article.sentences());
        let (tokens, ends) = (&mut sheet.tokens, &mut sheet.sentence_ends);
        length += vocabulary.read(&written, &sheet.sentences, memo, tokens, |end| {
            ends.push((end - first_token) as u32);
        });
        let (tokens_end, sentences_end) = (sheet.tokens.len(), sheet.sentence_ends.len());
        sheet.articles.push(Place { tokens_end, sentences_end, title, length });
    }
}

impl Vocabulary {
    /// Appends the tokens of the parts of a text to `tokens`, and tells for each part how many there are at its end; gives
    /// how many of those that were appended count.
    ///
    /// Chunks and terms are all over the memory, and waiting for it is most of the work. So each step is done for many
    /// chunks before the next one is: find them, look them up, count their terms.
    fn read(
        &mut self,
        written: &Written,
        parts: &[Range<usize>],
        memo: &mut Memo,
        tokens: &mut Vec<TermId>,
        ended: impl FnMut(usize),
    ) -> u32 {
        let &Written { text, case, are_sentences, analyzer } = written;
        // Taken out for as long as `self` is needed for what is new.
        let (mut batch, mut gives) = (std::mem::take(&mut self.batch), std::mem::take(&mut self.gives));
        let mut page = Page { tokens, are_sentences, length: 0, parts: 0, ended };
        let mut chunks = parts.iter().enumerate().flat_map(|(part, range)| {
            chunks(text.get(range.clone()).unwrap_or_default()).enumerate().map(move |(position, chunk)| {
                let inside = position > 0 && case == Case::Mixed;
                (part, Chunk::new(text, range.start + chunk.start, range.start + chunk.end, inside))
            })
        });
        self.sentence = self.sentence.wrapping_add(1);
        loop {
            batch.clear();
            batch.extend(chunks.by_ref().take(BATCH));
            if batch.is_empty() {
                break;
            }
            memo.look_up(batch.iter_mut().map(|(_, chunk)| chunk));
            for (part, chunk) in &batch {
                let first = text.as_bytes().get(chunk.start).copied().unwrap_or(0);
                let run = || text.get(chunk.start..chunk.end).unwrap_or_default();
                if !first.is_ascii() && run().starts_with(is_unspaced) {
                    // A run of such characters hardly ever comes twice, but the tokens in it do. It may be as long
                    // as the text, so that what it gives is not gathered.
                    self.met_all(&mut gives, &mut page);
                    self.end_until(*part, &mut page);
                    analyzer.chunk(run(), case, &mut |_, term| {
                        let whole = Chunk::new(&term, 0, term.len(), false);
                        let gives = memo.meet(&term, &whole, |term| self.token(term, analyzer.language()));
                        self.met(gives, &mut page);
                    });
                } else {
                    gives.push((*part, memo.meet(text, chunk, |chunk| self.chunk(chunk, case, analyzer))));
                }
            }
            self.met_all(&mut gives, &mut page);
        }
        self.end_until(parts.len(), &mut page);
        (self.batch, self.gives) = (batch, gives);
        page.length
    }

    /// Writes down the tokens of chunks of parts in their order, and forgets these.
    fn met_all(&mut self, gives: &mut Vec<(usize, Gives)>, page: &mut Page<'_, impl FnMut(usize)>) {
        for (part, gives) in gives.drain(..) {
            self.end_until(part, page);
            self.met(gives, page);
        }
    }

    /// Ends the parts before this one.
    fn end_until(&mut self, part: usize, page: &mut Page<'_, impl FnMut(usize)>) {
        while page.parts < part {
            (page.ended)(page.tokens.len());
            page.parts += 1;
            self.sentence = self.sentence.wrapping_add(1);
        }
    }

    /// Writes down the tokens of a chunk.
    fn met(&mut self, gives: Gives, page: &mut Page<'_, impl FnMut(usize)>) {
        if gives.single != NOT_SINGLE {
            self.stands(gives.single >> 1, page.are_sentences);
            page.tokens.push(gives.single >> 1);
            page.length += gives.single & 1;
            return;
        }
        let (start, end) = self.groups.get(gives.group as usize).copied().unwrap_or_default();
        for at in start..end {
            if let Some(&Entry { term, counts, .. }) = self.entries.get(at as usize) {
                self.stands(term, page.are_sentences);
                page.tokens.push(term);
                page.length += u32::from(counts);
            }
        }
    }

    /// Counts a term for the article, and for the sentence it is in.
    fn stands(&mut self, term: TermId, is_sentence: bool) {
        if let Some(standing) = self.standing.get_mut(term as usize) {
            // There is nothing for a processor to guess, so that it reads ahead to the terms that follow.
            let is_new = standing.last_article != self.article;
            standing.last_article = self.article;
            standing.articles += u32::from(is_new);
            let is_new = is_sentence & (standing.last_sentence != self.sentence);
            standing.last_sentence = if is_sentence { self.sentence } else { standing.last_sentence };
            standing.sentences += u32::from(is_new);
        }
    }

    /// Analyzes a chunk for the first time.
    fn chunk(&mut self, chunk: &str, case: Case, analyzer: &Analyzer) -> Gives {
        let first = self.entries.len();
        analyzer.chunk(chunk, case, &mut |word, term| self.entry(word, &term, analyzer.language()));
        self.group(first)
    }

    /// A token that is its own word.
    fn token(&mut self, token: &str, language: Language) -> Gives {
        let first = self.entries.len();
        self.entry(token, token, language);
        self.group(first)
    }

    fn entry(&mut self, word: &str, term: &str, language: Language) {
        let counts = role(word, language) == Role::Content;
        let term = self.terms.add(term);
        self.standing.resize(self.terms.len(), Standing::default());
        self.words.push_str(word);
        self.entries.push(Entry { term, counts, word_end: self.words.len() });
    }

    /// The entries from `first` on, as what a chunk gives.
    fn group(&mut self, first: usize) -> Gives {
        let single = match self.entries.get(first..) {
            Some(&[Entry { term, counts, .. }]) if term < NOT_SINGLE >> 1 => term << 1 | u32::from(counts),
            _ => NOT_SINGLE,
        };
        self.groups.push((first as u32, self.entries.len() as u32));
        Gives { group: self.groups.len() as u32 - 1, single }
    }
}

/// How often words were met.
pub(super) struct Counts {
    words: String,
    entries: Vec<Entry>,
    /// `(count, capitals)` of each entry.
    counts: Vec<(u32, u32)>,
    numbers: Vec<TermId>,
}

impl Counts {
    /// `(word, term, count, capitals)` of each, in no order; a word and term come again for each way in which they are
    /// written.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, TermId, u32, u32)> {
        let mut start = 0;
        self.entries.iter().zip(&self.counts).filter_map(move |(entry, &(count, capitals))| {
            let word = self.words.get(std::mem::replace(&mut start, entry.word_end)..entry.word_end)?;
            Some((word, *self.numbers.get(entry.term as usize)?, count, capitals))
        })
    }
}
