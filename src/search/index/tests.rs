//! Against a reference that adds up everything, against the crate `bm25`, and at the edges of every number.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

/// Articles as token lists, all of them counted in the length.
fn index(articles: &[Vec<TermId>], term_count: usize) -> Index {
    let articles: Vec<(u32, &[TermId])> =
        articles.iter().map(|tokens| (tokens.len() as u32, tokens.as_slice())).collect();
    Index::of(term_count, &articles, Bm25Params::default())
}

fn weighted(query: &[(TermId, f64)]) -> Vec<WeightedTerm> {
    query.iter().map(|&(term, weight)| WeightedTerm { term, weight }).collect()
}

/// What is found, which must be the same whether postings are left unread or not.
fn found(index: &Index, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
    let hits = top::top(index, query, k);
    assert_eq!(hits, every::every(index, query, k), "{query:?} {k}");
    assert_eq!(hits, index.search(query, k), "{query:?} {k}");
    hits
}

/// The sum over all articles, from the token lists alone.
fn naive(articles: &[Vec<TermId>], query: &[WeightedTerm], k: usize) -> Vec<Hit> {
    let total: usize = articles.iter().map(Vec::len).sum();
    let avgdl = (total as f64 / articles.len().max(1) as f64).max(1.0);
    let mut hits: Vec<Hit> = Vec::new();
    for (article, tokens) in (0..).zip(articles) {
        let mut score = 0.0;
        for weighted in query.iter().filter(|weighted| weighted.weight > 0.0) {
            let tf = tokens.iter().filter(|&&token| token == weighted.term).count();
            if tf > 0 {
                let weight = Bm25Params::default().weight(tf as f64, tokens.len() as f64, avgdl);
                score += weighted.weight * weight;
            }
        }
        if score > 0.0 {
            hits.push(Hit { article, score });
        }
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
    hits.truncate(k);
    hits
}

#[test]
fn finds_the_best_first_and_breaks_ties_by_order() {
    fn check(query: &[(TermId, f64)], k: usize, expected: &[ArticleNo]) {
        let articles = [[1, 2, 3], [1, 1, 2], [4, 5, 6], [4, 5, 6], [4, 7, 8]].map(|tokens| tokens.to_vec());
        let hits = found(&index(&articles, 10), &weighted(query), k);
        assert_eq!(hits.iter().map(|hit| hit.article).collect::<Vec<_>>(), expected);
    }
    check(&[], 10, &[]);
    check(&[(9, 1.0)], 10, &[]);
    check(&[(77, 1.0)], 10, &[]);
    check(&[(1, 0.0), (2, f64::NAN), (3, -1.0)], 10, &[]);
    check(&[(1, 1.0)], 10, &[1, 0]);
    check(&[(1, 1.0)], 0, &[]);
    check(&[(4, 1.0)], 2, &[2, 3]);
    check(&[(4, 1.0), (8, 0.1)], 2, &[4, 2]);
    check(&[(4, 1.0)], usize::MAX, &[2, 3, 4]);
}

#[test]
fn counts() {
    let index = index(&[vec![1, 1, 2], vec![], vec![2]], 10);
    assert_eq!((index.article_count(), index.posting_count()), (3, 3));
    assert_eq!((index.df(1), index.df(2), index.df(3)), (1, 2, 0));
    assert_eq!((index.tf(1, 0), index.tf(1, 2), index.tf(2, 2)), (2, 0, 1));
    assert!(index.bytes() > 0);
}

/// SplitMix64, so that large corpora are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// A term, the low ones far more often than the high ones.
    fn term(&mut self, term_count: u64) -> TermId {
        let end = self.below(term_count) + 1;
        self.below(end) as TermId
    }

    fn articles(&mut self, count: usize, term_count: u64, length_max: u64) -> Vec<Vec<TermId>> {
        let article = |_| (0..self.below(length_max + 1)).map(|_| self.term(term_count)).collect();
        (0..count).map(article).collect()
    }
}

/// As many articles as make rare, common and dense terms, and lengths of fewer and of more than 256 kinds.
#[test]
fn the_same_bits_as_adding_up_everything() {
    fn check(count: usize, term_count: u64, length_max: u64) {
        let mut random = Random(count as u64);
        let articles = random.articles(count, term_count, length_max);
        let index = index(&articles, term_count as usize);
        for round in 0..60 {
            let terms = 1 + random.below(if round % 5 == 0 { 24 } else { 8 });
            let mut query: Vec<(TermId, f64)> = (0..terms)
                .map(|_| (random.term(term_count), 0.01 + random.below(900) as f64 / 100.0))
                .collect();
            query.dedup_by_key(|(term, _)| *term);
            let query = weighted(&query);
            let k = [1, 3, 10, 11, 100, 128, 129, 5000][round % 8];
            let hits = found(&index, &query, k);
            assert_eq!(hits, naive(&articles, &query, k), "{query:?} {k}");
        }
    }
    check(50, 20, 30);
    check(700, 300, 60);
    check(2000, 3000, 900);
    check(3000, 40, 12);
}

#[test]
fn postings_are_left_unread_where_there_are_many() {
    fn check(articles: usize, terms: u32, k: usize, expected: bool) {
        let index = index(&vec![(0..terms).collect(); articles], terms as usize);
        let query = weighted(&(0..terms).map(|term| (term, 1.0)).collect::<Vec<_>>());
        assert_eq!(every::is_faster(&index.postings, &query, k), expected, "{articles} {terms} {k}");
    }
    check(0, 0, usize::MAX, true);
    check(5, 5, 10, true);
    check(2000, 50, 100, true);
    check(2000, 5, 10, false);
    check(2000, 5, usize::MAX, true);
}

#[test]
fn weights_of_any_size() {
    fn check(weight: f64) {
        let articles = Random(7).articles(300, 40, 20);
        let query = weighted(&[(0, weight), (1, weight / 2.0), (20, weight / 3.0)]);
        let hits = found(&index(&articles, 40), &query, 10);
        assert_eq!(hits, naive(&articles, &query, 10), "{weight}");
    }
    check(1e-300);
    check(1.0);
    check(1e300);
}

proptest! {
    #[test]
    fn random_corpora_and_weights(
        articles in prop::collection::vec(prop::collection::vec(0u32..12, 0..20), 0..150),
        query in prop::collection::btree_map(0u32..14, 0.001f64..20.0, 0..8),
        k in 0usize..140,
    ) {
        let query: Vec<WeightedTerm> =
            query.into_iter().map(|(term, weight)| WeightedTerm { term, weight }).collect();
        let index = index(&articles, 12);
        prop_assert_eq!(found(&index, &query, k), naive(&articles, &query, k));
        for (article, tokens) in (0..).zip(&articles) {
            for term in 0..12 {
                let tf = tokens.iter().filter(|&&token| token == term).count();
                prop_assert_eq!(index.tf(term, article), tf as u32);
            }
        }
    }
}

/// The term itself as embedding space, since the crate's hashes collide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Term(String);

impl bm25::TokenEmbedder for Term {
    type EmbeddingSpace = Term;
    fn embed(token: &str) -> Term {
        Term(token.to_owned())
    }
}

#[derive(Default)]
struct Words;

impl bm25::Tokenizer for Words {
    fn tokenize(&self, text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }
}

/// Searches texts with the crate and with ours, with idf alone as weight; scores must agree to 1e-5, and the
/// order but where scores differ by less than that.
fn against_the_crate(texts: &[String], questions: &[String]) {
    let embedder = bm25::EmbedderBuilder::<Term, Words>::with_tokenizer_and_fit_to_corpus(
        Words,
        &texts.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .build();
    let mut scorer = bm25::Scorer::<u32, Term>::new();
    let mut terms: HashMap<&str, TermId> = HashMap::new();
    let mut articles: Vec<Vec<TermId>> = Vec::new();
    for (number, text) in (0..).zip(texts) {
        scorer.upsert(&number, embedder.embed(text));
        let next = |word| {
            let next = terms.len() as TermId;
            *terms.entry(word).or_insert(next)
        };
        articles.push(text.split_whitespace().map(next).collect());
    }
    let index = index(&articles, terms.len());
    for question in questions {
        let mut words: Vec<&str> = question.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        let expected = scorer.matches(&embedder.embed(&words.join(" ")));
        let query: Vec<WeightedTerm> = words
            .iter()
            .filter_map(|word| terms.get(word))
            .map(|&term| WeightedTerm { term, weight: index.idf(index.df(term)) })
            .collect();
        let hits = found(&index, &query, 10);
        assert_eq!(hits.len(), expected.len().min(10), "{question}");
        let theirs: HashMap<u32, f64> =
            expected.iter().map(|scored| (scored.id, f64::from(scored.score))).collect();
        for (hit, scored) in hits.iter().zip(&expected) {
            let (ours, at_rank) = (hit.score, f64::from(scored.score));
            let is_near = |other: f64| (ours - other).abs() <= 1e-5 * ours;
            assert!(is_near(theirs[&hit.article]), "{question}: {hit:?} {}", theirs[&hit.article]);
            assert!(is_near(at_rank), "{question}: {hit:?} {scored:?}");
        }
    }
}

proptest! {
    #[test]
    fn agrees_with_the_crate(
        texts in prop::collection::vec("([a-f]{1,2} ){1,20}", 1..60),
        questions in prop::collection::vec("([a-f]{1,2} ){1,6}", 1..5),
    ) {
        against_the_crate(&texts, &questions);
    }
}

#[test]
fn agrees_with_the_crate_on_the_shipped_articles() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = crate::corpus::load(&root, &()).unwrap().corpus;
    let lower = |text: &str| text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    let passages: Vec<String> = corpus
        .articles()
        .iter()
        .flat_map(|article| article.sentences().map(|range| lower(&article.text[range])))
        .collect();
    let questions: Vec<String> = corpus.questions().iter().map(|golden| lower(&golden.question)).collect();
    against_the_crate(&passages, &questions);
}

/// Articles made of what their number says, so that millions of them take no memory.
struct Made<F>(F);

impl<F: Fn(ArticleNo, &mut dyn FnMut(TermId)) + Sync> TokenSource for Made<F> {
    fn read(&self, article: ArticleNo, token: &mut dyn FnMut(TermId)) {
        (self.0)(article, token);
    }
}

#[test]
fn frequencies_of_any_size() {
    // A rare term and a common one: around each limit of the places that hold a frequency.
    let tfs = [0u32, 1, 2, 3, 4, 5, 14, 15, 16, 254, 255, 256, 300, 65_534, 65_535, 65_536, 70_000];
    let count = 200u32;
    let tf = |article: ArticleNo, term: TermId| match (term, tfs.get(article as usize)) {
        (_, Some(&tf)) => tf,
        (1, None) => 1,
        (2, None) => u32::from(article.is_multiple_of(3)),
        _ => 0,
    };
    let length = |article| (0..3).map(|term| tf(article, term)).sum::<u32>();
    let lengths: Vec<u32> = (0..count).map(length).collect();
    let dfs: Vec<u32> =
        (0..3).map(|term| (0..count).filter(|&article| tf(article, term) > 0).count() as u32).collect();
    let made = Made(|article, token: &mut dyn FnMut(TermId)| {
        for term in 0..3 {
            (0..tf(article, term)).for_each(|_| token(term));
        }
    });
    let index = Index::build(lengths.clone(), &dfs, &made, Bm25Params::default());
    for term in 0..3 {
        for article in 0..count {
            assert_eq!(index.tf(term, article), tf(article, term), "{term} {article}");
        }
        let avgdl = lengths.iter().sum::<u32>() as f64 / f64::from(count);
        let mut expected: Vec<Hit> = (0..count)
            .filter(|&article| tf(article, term) > 0)
            .map(|article| {
                let (tf, length) = (f64::from(tf(article, term)), f64::from(length(article)));
                Hit { article, score: 2.0 * Bm25Params::default().weight(tf, length, avgdl) }
            })
            .collect();
        expected.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
        for k in [1, 10, 100] {
            let hits = found(&index, &weighted(&[(term, 2.0)]), k);
            assert_eq!(hits, expected.iter().copied().take(k).collect::<Vec<_>>(), "{term} {k}");
        }
    }
}

/// Three windows of articles, with rare, common and dense terms, each in some windows more than in others.
#[test]
fn more_articles_than_two_bytes_name() {
    const COUNT: u32 = 140_000;
    const TERMS: u64 = 400;
    let tokens = |article: ArticleNo| {
        let mut random = Random(u64::from(article));
        let shift = u64::from(article / 50_000) * 7;
        (0..1 + random.below(12)).map(move |_| (random.term(TERMS) + shift as TermId) % TERMS as TermId)
    };
    let made = Made(|article, token: &mut dyn FnMut(TermId)| tokens(article).for_each(token));
    let mut dfs = vec![0u32; TERMS as usize];
    let mut lengths = Vec::new();
    for article in 0..COUNT {
        let mut distinct: Vec<TermId> = tokens(article).collect();
        lengths.push(distinct.len() as u32);
        distinct.sort_unstable();
        distinct.dedup();
        distinct.iter().for_each(|&term| dfs[term as usize] += 1);
    }
    let index = Index::build(lengths, &dfs, &made, Bm25Params::default());
    let mut random = Random(1);
    for _ in 0..40 {
        let mut terms: Vec<TermId> = (0..1 + random.below(8)).map(|_| random.term(TERMS)).collect();
        terms.sort_unstable();
        terms.dedup();
        let query: Vec<(TermId, f64)> = terms.iter().map(|&term| (term, index.idf(index.df(term)))).collect();
        let query = weighted(&query);
        let all = found(&index, &query, 200);
        for k in [1, 10, 100] {
            assert_eq!(found(&index, &query, k), all[..k.min(all.len())], "{query:?} {k}");
        }
    }
}

/// Five million articles, most of them empty: more than two bytes name, in many windows, the last not full.
#[test]
fn millions_of_articles() {
    const COUNT: u32 = 5_000_000;
    // Term 0 in every second, 1 in one of a thousand, 2 in one of ten thousand, 3 in one of a million, each as often
    // as its number says.
    let steps = [2u32, 1000, 10_000, 1_000_000];
    let made = Made(move |article: ArticleNo, token: &mut dyn FnMut(TermId)| {
        for (term, step) in (0..).zip(steps) {
            if (article + 1).is_multiple_of(step) {
                (0..term.max(1)).for_each(|_| token(term));
            }
        }
    });
    let mut lengths = vec![0u32; COUNT as usize];
    for (article, length) in (0..).zip(&mut lengths) {
        made.read(article, &mut |_| *length += 1);
    }
    let dfs = steps.map(|step| COUNT / step);
    let index = Index::build(lengths, &dfs, &made, Bm25Params::default());
    assert_eq!(index.posting_count() as u32, dfs.iter().sum::<u32>());
    assert_eq!([0, 1, 2, 3].map(|term| index.df(term)), [2_500_000, 5000, 500, 5]);
    assert_eq!([0, 1, 2, 3, 4].map(|term| index.tf(term, COUNT - 1)), [1, 1, 2, 3, 0]);
    assert_eq!((index.tf(0, COUNT - 2), index.tf(0, COUNT)), (0, 0));
    for query in [
        weighted(&[(0, 0.5), (1, 7.0), (2, 9.0), (3, 14.0)]),
        weighted(&[(0, 3.0), (2, 0.1)]),
        weighted(&[(2, 2.0), (1, 2.0)]),
        weighted(&[(0, 1.0)]),
    ] {
        let all = found(&index, &query, 200);
        for k in [1, 10, 100, 128] {
            assert_eq!(found(&index, &query, k), all[..k], "{query:?}");
        }
    }
    let found: Vec<ArticleNo> =
        found(&index, &weighted(&[(3, 1.0)]), 3).iter().map(|hit| hit.article).collect();
    assert_eq!(found, [999_999, 1_999_999, 2_999_999]);
}
