//! How are articles kept in the file of the last snapshot? Some thousands together, and what follows one another
//! and is the same (the path of a file of JSON lines) once, so that articles share it when they are read, too.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::corpus::{Article, Digest, Language, LineMap, Metadata, Pieces, Provenance, Title};

/// Articles that follow one another.
#[derive(Serialize, Deserialize)]
pub(super) struct Batch<'a> {
    paths: Vec<Cow<'a, str>>,
    provenances: Vec<KeptProvenance<'a>>,
    articles: Vec<Kept<'a>>,
}

/// Where articles come from; the path is a number in the list of the batch.
#[derive(Serialize, Deserialize)]
struct KeptProvenance<'a> {
    path: u32,
    metadata: Cow<'a, Metadata>,
}

/// An article; its provenance is a number in the list of its batch.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    id: Cow<'a, str>,
    provenance: u32,
    title: Cow<'a, Title>,
    text: Cow<'a, str>,
    lines: Cow<'a, LineMap>,
    language: Language,
    pieces: Cow<'a, Pieces>,
    content_hash: Digest,
}

impl<'a> Batch<'a> {
    pub(super) fn of(articles: &'a [Arc<Article>]) -> Batch<'a> {
        let mut batch = Batch { paths: Vec::new(), provenances: Vec::new(), articles: Vec::new() };
        let mut last: Option<&Provenance> = None;
        for article in articles {
            let Article { id, provenance, title, text, lines, language, pieces, content_hash } = &**article;
            if last.is_none_or(|last| *last != **provenance) {
                batch.take_provenance(provenance);
                last = Some(provenance);
            }
            batch.articles.push(Kept {
                id: Cow::Borrowed(id),
                // A batch is far smaller than that.
                provenance: batch.provenances.len() as u32 - 1,
                title: Cow::Borrowed(title),
                text: Cow::Borrowed(text),
                lines: Cow::Borrowed(lines),
                language: *language,
                pieces: Cow::Borrowed(pieces),
                content_hash: *content_hash,
            });
        }
        batch
    }

    fn take_provenance(&mut self, provenance: &'a Provenance) {
        if self.paths.last().is_none_or(|last| **last != *provenance.path) {
            self.paths.push(Cow::Borrowed(&provenance.path));
        }
        let path = self.paths.len() as u32 - 1;
        self.provenances.push(KeptProvenance { path, metadata: Cow::Borrowed(&provenance.metadata) });
    }

    /// The articles; `None` where one has a number that is in no list.
    pub(super) fn into_articles(self) -> Option<Vec<Arc<Article>>> {
        let paths: Vec<Arc<str>> = self.paths.into_iter().map(Arc::from).collect();
        let provenance = |KeptProvenance { path, metadata }: KeptProvenance| {
            let path = paths.get(path as usize)?.clone();
            Some(Arc::new(Provenance { path, metadata: metadata.into_owned() }))
        };
        let provenances: Vec<Arc<Provenance>> =
            self.provenances.into_iter().map(provenance).collect::<Option<_>>()?;
        let article = |kept: Kept| {
            Some(Arc::new(Article {
                id: kept.id.into(),
                provenance: provenances.get(kept.provenance as usize)?.clone(),
                title: kept.title.into_owned(),
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
