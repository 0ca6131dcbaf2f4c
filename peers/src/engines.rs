//! The engines, each behind the same two functions: build an index of the corpus, search it.

use footnote::corpus::{Corpus, Language};
use footnote::search::index::WeightedTerm;
use footnote::search::{Analyzer, Searchable};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Searcher, TantivyDocument, Term};

/// How many passages are looked for.
pub const K: usize = 10;

/// `(passage, score)`, best first.
pub type Top = Vec<(u32, f64)>;

/// Footnote's index. A question is a list of terms; looking them up is part of a search.
pub fn ours(searchable: &Searchable, terms: &[String], k: usize) -> Top {
    let index = &searchable.index;
    let query: Vec<WeightedTerm> = terms
        .iter()
        .filter_map(|term| searchable.lexicon.term(term))
        .map(|term| WeightedTerm { term, weight: index.idf(index.df(term)) })
        .collect();
    index.search(&query, k).into_iter().map(|hit| (hit.article, hit.score)).collect()
}

/// tantivy with its English stemmer, in memory, one segment.
pub struct Tantivy {
    searcher: Searcher,
    field: Field,
    pub bytes: u64,
}

impl Tantivy {
    pub fn build(corpus: &Corpus) -> tantivy::Result<Tantivy> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqs);
        let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 2_000_000_000)?;
        for article in corpus.articles() {
            let mut document = TantivyDocument::default();
            document.add_text(field, &article.text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let searcher = index.reader()?.searcher();
        assert_eq!(searcher.segment_readers().len(), 1);
        let bytes = searcher.space_usage()?.total().get_bytes();
        Ok(Tantivy { searcher, field, bytes })
    }

    pub fn search(&self, terms: &[String]) -> Top {
        let clause = |term: &String| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.field, term);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let query = BooleanQuery::new(terms.iter().map(clause).collect());
        let top = self.searcher.search(&query, &TopDocs::with_limit(K).order_by_score());
        let top = top.expect("an index in memory can be searched");
        top.into_iter().map(|(score, address)| (address.doc_id, f64::from(score))).collect()
    }
}

/// The term itself as embedding space, since the crate's hashes collide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Word(String);

impl bm25::TokenEmbedder for Word {
    type EmbeddingSpace = Word;
    fn embed(token: &str) -> Word {
        Word(token.to_owned())
    }
}

/// The crate `bm25`.
pub struct Crate {
    embedder: bm25::Embedder<Word, Analyzer>,
    scorer: bm25::Scorer<u32, Word>,
}

impl Crate {
    pub fn build(corpus: &Corpus) -> Crate {
        let texts: Vec<&str> = corpus.articles().iter().map(|article| &*article.text).collect();
        let embedder = bm25::EmbedderBuilder::<Word, Analyzer>::with_tokenizer_and_fit_to_corpus(
            Analyzer::new(Language::English),
            &texts,
        )
        .build();
        let mut scorer = bm25::Scorer::new();
        for (number, text) in (0..).zip(texts) {
            scorer.upsert(&number, embedder.embed(text));
        }
        Crate { embedder, scorer }
    }

    pub fn search(&self, words: &str) -> Top {
        let matches = self.scorer.matches(&self.embedder.embed(words));
        matches.into_iter().take(K).map(|scored| (scored.id, f64::from(scored.score))).collect()
    }
}
