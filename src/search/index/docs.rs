//! In which order are articles kept? The shortest first.
//!
//! Of two articles that hold a term equally often the shorter one scores higher. Where the short ones come first, a
//! search finds what is best early, passes by the rest of a run as soon as that is too long, and need not ask of each
//! article how long it is: neighbours are about the same.

use rayon::slice::ParallelSliceMut as _;

use super::ArticleNo;

/// Number of an article within the index, from 0: ascending with length, and with the number of the article where
/// lengths are the same.
pub(super) type DocNo = u32;

/// Docs in a window: as many as two bytes can name.
pub(super) const WINDOW: usize = 1 << 16;

/// Which article is which doc.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Docs {
    /// By doc.
    articles: Vec<ArticleNo>,
    /// By article.
    docs: Vec<DocNo>,
}

impl Docs {
    /// Numbers articles with these lengths; gives back the lengths of docs, too.
    pub(super) fn new(lengths: Vec<u32>) -> (Docs, Vec<u32>) {
        let keys = (0u64..).zip(&lengths).map(|(article, &length)| u64::from(length) << 32 | article);
        let mut keys: Vec<u64> = keys.collect();
        drop(lengths);
        keys.par_sort_unstable();
        let lengths = keys.iter().map(|&key| (key >> 32) as u32).collect();
        // In the memory that the keys had.
        let articles: Vec<ArticleNo> = keys.into_iter().map(|key| key as ArticleNo).collect();
        let mut docs = vec![0; articles.len()];
        for (doc, &article) in (0..).zip(&articles) {
            docs[article as usize] = doc;
        }
        (Docs { articles, docs }, lengths)
    }

    /// The article that is this doc.
    ///
    /// # Panics
    ///
    /// Where there is none.
    #[inline]
    pub(super) fn article(&self, doc: DocNo) -> ArticleNo {
        self.articles[doc as usize]
    }

    /// The doc that an article is; for one that there is not a doc that there is not.
    #[inline]
    pub(super) fn doc(&self, article: ArticleNo) -> DocNo {
        self.docs.get(article as usize).copied().unwrap_or(DocNo::MAX)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.articles) + size_of_val(&*self.docs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_comes_first() {
        fn check(lengths: &[u32], articles: &[ArticleNo]) {
            let (docs, sorted) = Docs::new(lengths.to_vec());
            assert_eq!(docs.articles, articles);
            assert_eq!(sorted, articles.iter().map(|&article| lengths[article as usize]).collect::<Vec<_>>());
            for (doc, &article) in (0..).zip(articles) {
                assert_eq!((docs.article(doc), docs.doc(article)), (article, doc));
            }
            assert_eq!(docs.doc(lengths.len() as u32), DocNo::MAX);
        }
        check(&[], &[]);
        check(&[7, 7, 7], &[0, 1, 2]);
        check(&[9, 0, u32::MAX, 0, 1], &[1, 3, 4, 0, 2]);
    }
}
