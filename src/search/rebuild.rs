//! A corpus made searchable again after few of its articles changed: only these are analyzed.
//!
//! What comes out is what [`Searchable::build`] gives, to the last bit: terms are numbered anew in the order in
//! which they come, and what the articles that are gone had added to any count is taken away from it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::builder::{Built, Searchable, joined_words};
use super::forward::Forward;
use super::index::{ArticleNo, TermId};
use super::terms::TermTable;
use super::worker::{ReadArticle, Worker};
use crate::corpus::{Article, Corpus};

/// A term that has no number yet.
const UNNUMBERED: TermId = TermId::MAX;

impl Searchable {
    /// Makes a corpus searchable, where this was built from `before` and the two share most of their articles.
    pub fn rebuild(&self, before: &Corpus, corpus: &Corpus) -> Searchable {
        let kept = kept(before, corpus);
        let kept_count = kept.iter().flatten().count();
        if kept_count * 2 < corpus.articles().len() {
            return Searchable::build(corpus);
        }
        let (mut gone, mut fresh) = (Worker::default(), Worker::default());
        let mut is_gone = vec![true; before.articles().len()];
        for &number in kept.iter().flatten() {
            is_gone[number as usize] = false;
        }
        gone.read(
            before.articles().iter().zip(is_gone).filter(|(_, is_gone)| *is_gone).map(|(article, _)| article),
        );
        let of_fresh = corpus.articles().iter().zip(&kept).filter(|(_, kept)| kept.is_none());
        fresh.read(of_fresh.map(|(article, _)| article));

        let mut joined = Joined::new(self);
        let mut fresh_articles = fresh.articles();
        for kept in &kept {
            match kept {
                Some(number) => joined.keep(*number),
                None => fresh_articles.next().into_iter().for_each(|article| joined.add(&fresh, &article)),
            }
        }
        drop(fresh_articles);
        joined.count(gone, fresh).finish(corpus)
    }
}

/// The number that each article of a corpus had in the one before, where the two share it.
fn kept(before: &Corpus, corpus: &Corpus) -> Vec<Option<ArticleNo>> {
    // Both are sorted by id, and mostly the next of the one is the next of the other.
    let mut old = (0..).zip(before.articles()).peekable();
    let number = |article: &Arc<Article>| {
        while let Some((number, other)) = old.peek() {
            if Arc::ptr_eq(other, article) {
                return Some(*number);
            }
            if other.id >= article.id {
                break;
            }
            old.next();
        }
        None
    };
    corpus.articles().iter().map(number).collect()
}

/// What is new, as far as it is known.
struct Joined<'a> {
    old: &'a Searchable,
    /// Where the text of each new number stands.
    texts: Vec<TextOf>,
    forward: Forward,
    lengths: Vec<u32>,
    /// New numbers by the old, and by those of the worker that read what is fresh.
    from_old: Vec<TermId>,
    from_fresh: Vec<TermId>,
}

/// A term by the number it has elsewhere.
#[derive(Clone, Copy)]
enum TextOf {
    Old(TermId),
    Fresh(TermId),
}

/// The new number of an old term, which gets one where it has none.
fn renumbered(term: TermId, from_old: &mut [TermId], texts: &mut Vec<TextOf>) -> TermId {
    let Some(number) = from_old.get_mut(term as usize) else { return UNNUMBERED };
    if *number == UNNUMBERED {
        *number = texts.len() as TermId;
        texts.push(TextOf::Old(term));
    }
    *number
}

impl<'a> Joined<'a> {
    fn new(old: &'a Searchable) -> Joined<'a> {
        Joined {
            old,
            texts: Vec::with_capacity(old.lexicon.term_count()),
            forward: Forward::with_room_of(&old.forward),
            lengths: Vec::with_capacity(old.index.article_count()),
            from_old: vec![UNNUMBERED; old.lexicon.term_count()],
            from_fresh: Vec::new(),
        }
    }

    /// Takes over an article, by its old number.
    fn keep(&mut self, article: ArticleNo) {
        let Joined { old, texts, forward, from_old, .. } = self;
        forward.push_renumbered(&old.forward, article, |term| renumbered(term, from_old, texts));
        self.lengths.push(old.index.length(article));
    }

    /// Adds an article that was read afresh.
    fn add(&mut self, fresh: &Worker, article: &ReadArticle) {
        let Joined { old, texts, forward, from_old, from_fresh, .. } = self;
        let tokens = article.tokens.iter().map(|&term| {
            let at = term as usize;
            if from_fresh.len() <= at {
                from_fresh.resize(at + 1, UNNUMBERED);
            }
            // There is a place for it now.
            let number = &mut from_fresh[at];
            if *number == UNNUMBERED {
                *number = match old.lexicon.term(fresh.text(term)) {
                    Some(known) => renumbered(known, from_old, texts),
                    None => {
                        texts.push(TextOf::Fresh(term));
                        texts.len() as TermId - 1
                    }
                };
            }
            *number
        });
        forward.push(tokens, article.title, article.sentence_ends);
        self.lengths.push(article.length);
    }

    /// Works out all counts: what was, without what is gone, with what is fresh. Every term of `gone` has an old
    /// number, every one of `fresh` a new one by now.
    fn count(self, mut gone: Worker, mut fresh: Worker) -> Built {
        let Joined { old, texts, forward, lengths, from_old, .. } = self;
        let terms = TermTable::of_distinct(texts.len(), |number| match texts.get(number) {
            Some(&TextOf::Old(term)) => old.lexicon.text(term),
            Some(&TextOf::Fresh(term)) => fresh.text(term),
            None => "",
        });
        gone.number(|text| old.lexicon.term(text).unwrap_or(UNNUMBERED));
        fresh.number(|text| terms.number(text).unwrap_or(UNNUMBERED));
        let zeros = |count: usize| vec![0u32; count];
        let (mut gone_articles, mut gone_sentences) = (zeros(from_old.len()), zeros(from_old.len()));
        gone.add_counts(&mut gone_articles, &mut gone_sentences);
        let (mut article_df, mut sentence_df) = (zeros(terms.len()), zeros(terms.len()));
        fresh.add_counts(&mut article_df, &mut sentence_df);
        for (term, &number) in (0..).zip(&from_old) {
            let at = number as usize;
            if let (Some(articles), Some(sentences)) = (article_df.get_mut(at), sentence_df.get_mut(at)) {
                let gone = |counts: &[u32]| counts.get(term as usize).copied().unwrap_or(0);
                *articles += old.index.df(term) as u32 - gone(&gone_articles);
                *sentences += old.sentence_df(term) as u32 - gone(&gone_sentences);
            }
        }
        let (gone, fresh) = (gone.into_counts(), fresh.into_counts());
        let mut gone_words: FxHashMap<(&str, TermId), (u32, u32)> = FxHashMap::default();
        for (word, term, count, capitals) in gone.iter() {
            let sums = gone_words.entry((word, term)).or_default();
            *sums = (sums.0.saturating_add(count), sums.1.saturating_add(capitals));
        }
        // Most terms stand in nothing that is gone.
        let gone_word = |text, term: TermId| match gone_articles.get(term as usize) {
            Some(0) | None => (0, 0),
            Some(_) => gone_words.get(&(text, term)).copied().unwrap_or_default(),
        };
        let mut words: Vec<(&str, TermId, u32, u32)> = Vec::with_capacity(old.lexicon.words().len());
        words.extend(fresh.iter());
        words.sort_unstable();
        words.extend(old.lexicon.words().iter().filter_map(|word| {
            let (count, capitals) = gone_word(&*word.text, word.term);
            let count = word.count.saturating_sub(count);
            let number = *from_old.get(word.term as usize)?;
            (count > 0).then(|| (&*word.text, number, count, word.capitals.saturating_sub(capitals)))
        }));
        // Two runs that are sorted but for words of several terms: a sort that finds runs has little to do.
        words.sort();
        Built { words: joined_words(words), terms, forward, lengths, article_df, sentence_df }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{LineMap, Metadata, Synonyms, Title, samples};

    fn shown(searchable: &Searchable) -> String {
        format!("{searchable:?}")
    }

    /// A corpus of these articles, which shares those of `before` that are the same.
    fn corpus(before: &Corpus, articles: &[(String, String)]) -> Corpus {
        let articles = articles.iter().map(|(id, text)| {
            let title = Title::Given(format!("{id} title Iran").into());
            let published = jiff::civil::Date::new(2000 + text.len() as i16 % 3, 1, 1).ok();
            let (meta, lines) = (Metadata { published, ..Metadata::default() }, LineMap::Single(1));
            let article = Article::new(&**id, format!("{id}.md"), title, meta, &**text, lines);
            before.article(id).filter(|old| ***old == article).cloned().unwrap_or_else(|| Arc::new(article))
        });
        Corpus::new(articles.collect(), Synonyms::default(), Vec::new())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_same_as_from_scratch(
            before in prop::collection::btree_map("[a-f]", "([A-Da-d]{1,2}[ .]|豹队 ){1,12}", 1..6),
            after in prop::collection::btree_map("[a-f]", "([A-Da-d]{1,2}[ .]|豹队 ){1,12}", 0..3),
            gone in "[a-f]?",
        ) {
            let empty = samples::corpus(&[], Synonyms::default());
            let mut articles: std::collections::BTreeMap<String, String> = before;
            let list = |articles: &std::collections::BTreeMap<String, String>| {
                articles.clone().into_iter().collect::<Vec<_>>()
            };
            let old = corpus(&empty, &list(&articles));
            articles.extend(after);
            articles.remove(&gone);
            let new = corpus(&old, &list(&articles));
            let rebuilt = Searchable::build(&old).rebuild(&old, &new);
            prop_assert_eq!(shown(&rebuilt), shown(&Searchable::build(&new)));
        }
    }
}
