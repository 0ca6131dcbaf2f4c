//! As what is a corpus kept, so that a question can be asked of it again? As objects that are named by their
//! hash: each text once, the synonyms, and pages that list some articles with all but their text. A page begins
//! where the hash of an article's id says so, wherever in the list it stands: so a change of one article makes
//! one new page, and the others are those of the corpora before. Pure.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::packed::{deflated, inflated};
use crate::corpus::{Article, Corpus, Digest, LineMap, Metadata, Synonyms, Title, synonyms};

/// The most bytes that an object inflates to: a page of line numbers is the largest there can be.
const OBJECT_BYTES_MAX: u64 = 256 << 20;

/// A page begins at one article in this many.
const PAGE_ARTICLES: u8 = 32;

/// An object: its hash, and what it is.
pub(super) type Object<'c> = (Digest, std::borrow::Cow<'c, [u8]>);

/// A corpus taken apart.
#[derive(Debug)]
pub(super) struct Taken {
    /// The pages, in the order of the articles.
    pub(super) pages: Vec<Object<'static>>,
    /// The synonyms.
    pub(super) synonyms: Object<'static>,
}

/// An article as a page lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    path: String,
    title: String,
    /// Whether the source gives the title, or it was derived from the text.
    given: bool,
    publisher: Option<String>,
    authors: Vec<String>,
    published: Option<jiff::civil::Date>,
    url: Option<String>,
    language: Option<String>,
    tags: Vec<String>,
    /// The hash of the text, as 64 hexadecimal digits.
    pub(super) text: String,
    lines: Lines,
}

/// Where the lines of the source file begin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Lines {
    Single(u32),
    Runs(Vec<(u32, u32)>),
}

/// Takes a corpus apart.
pub(super) fn take_apart(corpus: &Corpus) -> Taken {
    let starts = corpus.articles().iter().enumerate().filter(|(at, article)| {
        let begins = blake3::hash(article.id.as_bytes()).as_bytes().first().copied().unwrap_or_default();
        *at > 0 && begins % PAGE_ARTICLES == 0
    });
    let mut bounds: Vec<usize> = std::iter::once(0).chain(starts.map(|(at, _)| at)).collect();
    bounds.push(corpus.articles().len());
    let pages: Vec<Object<'static>> = bounds
        .par_windows(2)
        .map(|bounds| {
            let articles = match bounds {
                [from, to] => corpus.articles().get(*from..*to).unwrap_or_default(),
                _ => &[],
            };
            let listed: Vec<Listed> = articles.iter().map(|article| Listed::of(article)).collect();
            // Texts, numbers and lists of them always go to JSON.
            object(serde_json::to_vec(&listed).unwrap_or_default())
        })
        .collect();
    let rules: Vec<String> = corpus.synonyms().rules().iter().map(ToString::to_string).collect();
    Taken { pages, synonyms: object(rules.join("\n").into_bytes()) }
}

fn object(bytes: Vec<u8>) -> Object<'static> {
    (Digest::of(&bytes), bytes.into())
}

/// An object as it is stored.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    deflated(bytes)
}

/// The object with this hash from what is stored; `None` where it is another.
pub(super) fn unpacked(hash: Digest, body: &[u8]) -> Option<Vec<u8>> {
    inflated(body, OBJECT_BYTES_MAX).filter(|bytes| Digest::of(bytes) == hash)
}

/// The articles of a page; `None` where it is no page.
pub(super) fn read_page(bytes: &[u8]) -> Option<Vec<Listed>> {
    serde_json::from_slice(bytes).ok()
}

/// The rules of the object of the synonyms.
pub(super) fn read_synonyms(bytes: &[u8]) -> Option<Synonyms> {
    let (synonyms, problems) = synonyms::parse("synonyms.txt", std::str::from_utf8(bytes).ok()?);
    problems.is_empty().then_some(synonyms)
}

/// Joins articles, each with its text, to the corpus that they were.
pub(super) fn join(articles: Vec<(Listed, String)>, synonyms: Synonyms) -> Corpus {
    let articles = articles.into_par_iter().map(|(listed, text)| Arc::new(listed.article(text))).collect();
    Corpus::new(articles, synonyms, Vec::new())
}

/// The digest of the corpus that lists these articles. What their texts hold is not looked at: the hashes say.
pub(super) fn digest(articles: Vec<Listed>, synonyms: Synonyms) -> Option<Digest> {
    let articles: Option<Vec<Arc<Article>>> = articles
        .into_iter()
        .map(|listed| {
            let hash = parse_digest(&listed.text)?;
            let mut article = listed.article(String::new());
            article.content_hash = hash;
            Some(Arc::new(article))
        })
        .collect();
    Some(Corpus::new(articles?, synonyms, Vec::new()).digest())
}

/// From 64 hexadecimal digits.
pub(super) fn parse_digest(text: &str) -> Option<Digest> {
    text.parse().ok()
}

impl Listed {
    fn of(article: &Article) -> Listed {
        let Metadata { publisher, authors, published, url, language, tags } = article.metadata().clone();
        Listed {
            id: article.id.to_string(),
            path: article.path().to_string(),
            title: article.title.text().to_owned(),
            given: article.title.given().is_some(),
            publisher,
            authors,
            published,
            url,
            language,
            tags,
            text: article.content_hash.to_string(),
            lines: match &article.lines {
                LineMap::Single(line) => Lines::Single(*line),
                LineMap::Runs(runs) => Lines::Runs(runs.to_vec()),
            },
        }
    }

    fn article(self, text: String) -> Article {
        let Listed { publisher, authors, published, url, language, tags, .. } = self;
        let metadata = Metadata { publisher, authors, published, url, language, tags };
        let title = self.title.into();
        let title = if self.given { Title::Given(title) } else { Title::Derived(title) };
        let lines = match self.lines {
            Lines::Single(line) => LineMap::Single(line),
            Lines::Runs(runs) => LineMap::Runs(runs.into()),
        };
        Article::new(self.id, self.path, title, metadata, text, lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{SynonymRule, samples};

    fn numbered(count: usize, changed: Option<usize>) -> Corpus {
        let texts: Vec<(String, String)> = (0..count)
            .map(|n| {
                (format!("news/{n:04}"), format!("Text {n}{}", if changed == Some(n) { "!" } else { "." }))
            })
            .collect();
        let articles: Vec<(&str, &str)> =
            texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        samples::corpus(
            &articles,
            Synonyms::new(vec![SynonymRule::Equivalent(vec!["a".into(), "b, c".into()])]),
        )
    }

    #[test]
    fn a_corpus_taken_apart_is_joined_again() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let shipped = crate::corpus::load(&root, &()).unwrap().corpus;
        for corpus in [shipped, numbered(100, None), numbered(0, None)] {
            let taken = take_apart(&corpus);
            let listed: Vec<Listed> =
                taken.pages.iter().flat_map(|(_, page)| read_page(page).unwrap()).collect();
            let synonyms = || read_synonyms(&taken.synonyms.1).unwrap();
            assert_eq!(digest(listed.clone(), synonyms()), Some(corpus.digest()));
            let texts = corpus.articles().iter().map(|article| article.text.to_string());
            let joined = join(listed.into_iter().zip(texts).collect(), synonyms());
            assert_eq!(joined.articles(), corpus.articles());
            assert_eq!(joined.digest(), corpus.digest());
        }
    }

    #[test]
    fn one_changed_article_makes_one_new_page() {
        let pages = |corpus: &Corpus| -> Vec<Digest> {
            take_apart(corpus).pages.into_iter().map(|(hash, _)| hash).collect()
        };
        let (before, after) = (pages(&numbered(1000, None)), pages(&numbered(1000, Some(500))));
        assert!(before.len() > 10);
        assert_eq!(after.iter().filter(|page| !before.contains(page)).count(), 1);
        let more = pages(&numbered(1001, None));
        assert!(more.iter().filter(|page| !before.contains(page)).count() <= 2);
    }

    #[test]
    fn objects_are_what_their_hash_says() {
        let hash = Digest::of(b"a text");
        assert_eq!(unpacked(hash, &packed(b"a text")).as_deref(), Some(&b"a text"[..]));
        assert_eq!(unpacked(hash, &packed(b"a text.")), None);
        assert_eq!(unpacked(hash, b"\xff\xff"), None);
    }
}
