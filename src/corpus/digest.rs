//! The blake3 hashes that name a text and a corpus.

use std::fmt;
use std::sync::Arc;

use super::{Article, LineMap, Metadata, Synonyms};

/// A blake3 hash. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
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

impl std::str::FromStr for Digest {
    type Err = blake3::HexError;

    /// From 64 hexadecimal digits.
    fn from_str(digits: &str) -> Result<Digest, blake3::HexError> {
        Ok(Digest(*blake3::Hash::from_hex(digits)?.as_bytes()))
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
/// its length before it, and every list with its count, so that no two different corpora give the same bytes.
pub fn corpus_digest(articles: &[Arc<Article>], synonyms: &Synonyms) -> Digest {
    let mut hasher = blake3::Hasher::new();
    count(&mut hasher, articles.len());
    for article in articles {
        hash_article(&mut hasher, article);
    }
    count(&mut hasher, synonyms.rules().len());
    for rule in synonyms.rules() {
        field(&mut hasher, rule.to_string().as_bytes());
    }
    Digest(*hasher.finalize().as_bytes())
}

fn hash_article(hasher: &mut blake3::Hasher, article: &Article) {
    let Metadata { publisher, authors, published, url, language, tags } = article.metadata();
    field(hasher, article.id.as_bytes());
    field(hasher, article.path().as_bytes());
    field(hasher, &[u8::from(article.title.given().is_some())]);
    field(hasher, article.title.text().as_bytes());
    let published = published.map(|day| day.to_string());
    for value in [publisher, &published, url, language] {
        list(hasher, value.as_slice());
    }
    list(hasher, authors);
    list(hasher, tags);
    field(hasher, article.content_hash.as_bytes());
    // Citations name lines, and the same text may be wrapped otherwise.
    match &article.lines {
        LineMap::Single(line) => field(hasher, &line.to_le_bytes()),
        LineMap::Runs(runs) => {
            count(hasher, runs.len());
            for (start, line) in runs {
                hasher.update(&start.to_le_bytes());
                hasher.update(&line.to_le_bytes());
            }
        }
    }
}

fn count(hasher: &mut blake3::Hasher, count: usize) {
    hasher.update(&(count as u64).to_le_bytes());
}

fn field(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    count(hasher, bytes.len());
    hasher.update(bytes);
}

fn list(hasher: &mut blake3::Hasher, values: &[String]) {
    count(hasher, values.len());
    values.iter().for_each(|value| field(hasher, value.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Provenance, SynonymRule, Title};

    fn article() -> Article {
        let title = Title::Given("T".into());
        let lines = LineMap::Runs([(0, 3)].into());
        Article::new("a", "a.md", title, Metadata::default(), "Text.", lines)
    }

    fn digest(article: Article) -> Digest {
        corpus_digest(&[Arc::new(article)], &Synonyms::default())
    }

    #[test]
    fn digests_are_shown_in_hexadecimal() {
        let digest = Digest::of(b"");
        assert_eq!(digest.to_string(), "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
        assert_eq!(digest.short(), "af1349b9f5f9");
    }

    #[test]
    fn all_that_answers_depend_on_counts() {
        let from = |path: &str, metadata: Metadata| {
            let provenance = Provenance { path: path.into(), metadata };
            Article { provenance: provenance.into(), ..article() }
        };
        let other_text = Article::new(
            "a",
            "a.md",
            Title::Given("T".into()),
            Metadata::default(),
            "Text!",
            LineMap::Runs([(0, 3)].into()),
        );
        let changed = [
            Article { id: "b".into(), ..article() },
            from("a.txt", Metadata::default()),
            Article { title: Title::Derived("T".into()), ..article() },
            from("a.md", Metadata { publisher: Some("x".into()), ..Metadata::default() }),
            from("a.md", Metadata { url: Some("x".into()), ..Metadata::default() }),
            from("a.md", Metadata { tags: vec!["x".into()], ..Metadata::default() }),
            Article { lines: LineMap::Runs([(0, 3), (2, 4)].into()), ..article() },
            Article { lines: LineMap::Single(3), ..article() },
            other_text,
        ];
        let mut digests: Vec<Digest> =
            changed.into_iter().chain([article(), article()]).map(digest).collect();
        let rule = SynonymRule::Equivalent(vec!["a".into(), "b".into()]);
        digests.push(corpus_digest(&[Arc::new(article())], &Synonyms::new(vec![rule])));
        digests.push(corpus_digest(&[], &Synonyms::default()));
        digests.sort();
        let all = digests.len();
        digests.dedup();
        assert_eq!(digests.len(), all - 1, "only the article that is the same twice has the same digest");
    }
}
