//! How are articles kept in the file of the last snapshot? Some thousands together, and what follows one another
//! and is the same (the path of a file of JSON lines) once, so that articles share it when they are read, too.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::corpus::{Article, Digest, Language, LineMap, Metadata, Pieces, Title};

/// Articles that follow one another.
#[derive(Serialize, Deserialize)]
pub(super) struct Batch<'a> {
    paths: Vec<Cow<'a, str>>,
    metadata: Vec<Cow<'a, Metadata>>,
    articles: Vec<Kept<'a>>,
}

/// An article; path and metadata are numbers in the lists of its batch.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    id: Cow<'a, str>,
    path: u32,
    title: Cow<'a, Title>,
    metadata: u32,
    text: Cow<'a, str>,
    lines: Cow<'a, LineMap>,
    language: Language,
    pieces: Cow<'a, Pieces>,
    content_hash: Digest,
}

impl<'a> Batch<'a> {
    pub(super) fn of(articles: &'a [Arc<Article>]) -> Batch<'a> {
        let mut batch = Batch { paths: Vec::new(), metadata: Vec::new(), articles: Vec::new() };
        for article in articles {
            let Article { id, path, title, metadata, text, lines, language, pieces, content_hash } =
                &**article;
            batch.articles.push(Kept {
                id: Cow::Borrowed(id),
                path: place(&mut batch.paths, path),
                title: Cow::Borrowed(title),
                metadata: place(&mut batch.metadata, metadata),
                text: Cow::Borrowed(text),
                lines: Cow::Borrowed(lines),
                language: *language,
                pieces: Cow::Borrowed(pieces),
                content_hash: *content_hash,
            });
        }
        batch
    }

    /// The articles; `None` where one has a number that is in no list.
    pub(super) fn into_articles(self) -> Option<Vec<Arc<Article>>> {
        let paths: Vec<Arc<str>> = self.paths.into_iter().map(Arc::from).collect();
        let metadata: Vec<Arc<Metadata>> =
            self.metadata.into_iter().map(|metadata| Arc::new(metadata.into_owned())).collect();
        let article = |kept: Kept| {
            Some(Arc::new(Article {
                id: kept.id.into(),
                path: paths.get(kept.path as usize)?.clone(),
                title: kept.title.into_owned(),
                metadata: metadata.get(kept.metadata as usize)?.clone(),
                text: kept.text.into(),
                lines: kept.lines.into_owned(),
                language: kept.language,
                pieces: kept.pieces.into_owned(),
                content_hash: kept.content_hash,
            }))
        };
        self.articles.into_iter().map(article).collect()
    }
}

/// The number of a value in its list, to which it is added where the last one is another.
fn place<'a, T: ToOwned + PartialEq + ?Sized>(list: &mut Vec<Cow<'a, T>>, value: &'a T) -> u32 {
    if list.last().is_none_or(|last| **last != *value) {
        list.push(Cow::Borrowed(value));
    }
    // A batch is far smaller than that.
    list.len() as u32 - 1
}
