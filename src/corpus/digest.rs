//! The blake3 hashes that name a text and a corpus.

use std::fmt;
use std::sync::Arc;

use super::{Article, Synonyms};

/// A blake3 hash. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(*blake3::hash(bytes).as_bytes())
    }

    /// The hash that was once stored as these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 12 hexadecimal digits: enough for a person to tell two corpora apart.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Hashes all that answers depend on: the articles (sorted by id) and the synonyms. Every field goes in with
/// its length before it, so that no two different corpora give the same bytes.
pub fn corpus_digest(articles: &[Arc<Article>], synonyms: &Synonyms) -> Digest {
    let mut hasher = blake3::Hasher::new();
    let mut field = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for article in articles {
        let meta = &article.metadata;
        field(article.id.as_bytes());
        field(article.path.as_bytes());
        field(&[u8::from(article.title.given().is_some())]);
        field(article.title.text().as_bytes());
        field(meta.publisher.as_deref().unwrap_or_default().as_bytes());
        field(&(meta.authors.len() as u64).to_le_bytes());
        meta.authors.iter().for_each(|author| field(author.as_bytes()));
        field(meta.published.map(|day| day.to_string()).unwrap_or_default().as_bytes());
        field(meta.url.as_deref().unwrap_or_default().as_bytes());
        field(meta.language.as_deref().unwrap_or_default().as_bytes());
        field(&(meta.tags.len() as u64).to_le_bytes());
        meta.tags.iter().for_each(|tag| field(tag.as_bytes()));
        field(article.content_hash.as_bytes());
        let (first, last) = article.lines_of(0..article.text.len());
        field(&first.to_le_bytes());
        field(&last.to_le_bytes());
    }
    for rule in synonyms.rules() {
        field(rule.to_string().as_bytes());
    }
    Digest(*hasher.finalize().as_bytes())
}
