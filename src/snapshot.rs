//! What is a question asked of? Corpus, index and digest, joined; immutable once built.

mod further;
mod manner;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::answer::{
    Answer, AnswerParams, CANDIDATES_READ_MAX, Candidate, CorpusSummary, Excerpt, Question, compose,
};
use crate::corpus::{Article, Corpus};
use crate::search::{ArticleNo, Query, Ranked, Searchable, explain, rank, rank_among};

/// How many articles an answer is composed from.
const CANDIDATES_MAX: usize = 10;

/// A corpus made searchable.
#[derive(Debug)]
pub struct Snapshot {
    corpus: Corpus,
    searchable: Searchable,
    summary: CorpusSummary,
    built_in: Duration,
}

/// An article as ranked for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedArticle<'a> {
    /// Its id.
    pub id: &'a str,
    /// The score that the answer path uses.
    pub score: f64,
}

/// What an index takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexStats {
    /// Distinct terms.
    pub terms: usize,
    /// Postings: pairs of a term and an article.
    pub postings: usize,
    /// Bytes of the inverted index.
    pub index_bytes: usize,
    /// Bytes of the forward index, for ranking passages and sentences.
    pub forward_bytes: usize,
    /// How long it took to build.
    pub built_in: Duration,
}

/// What one reading of a question finds.
struct Found {
    query: Query,
    answer: Answer,
    candidates: Vec<Candidate>,
    ranked: Vec<Ranked>,
}

impl Snapshot {
    /// Indexes a corpus. Uses all threads of the current rayon pool.
    pub fn build(corpus: Corpus) -> Snapshot {
        let start = Instant::now();
        let searchable = Searchable::build(&corpus);
        Snapshot::join(corpus, searchable, start)
    }

    /// Indexes a corpus that may share articles with this one, which are not analyzed again.
    pub fn rebuild(&self, corpus: Corpus) -> Snapshot {
        let start = Instant::now();
        let searchable = self.searchable.rebuild(&self.corpus, &corpus);
        Snapshot::join(corpus, searchable, start)
    }

    /// Joins a corpus with what was built from it.
    pub fn of(corpus: Corpus, searchable: Searchable) -> Snapshot {
        Snapshot::join(corpus, searchable, Instant::now())
    }

    /// What the corpus was made into.
    pub fn searchable(&self) -> &Searchable {
        &self.searchable
    }

    fn join(corpus: Corpus, searchable: Searchable, start: Instant) -> Snapshot {
        let articles = corpus.articles();
        let summary = CorpusSummary {
            digest: corpus.digest(),
            articles: articles.len(),
            passages: articles.iter().map(|article| article.passage_count()).sum(),
        };
        Snapshot { corpus, searchable, summary, built_in: start.elapsed() }
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Digest and counts.
    pub fn summary(&self) -> CorpusSummary {
        self.summary
    }

    /// What the index takes.
    pub fn index_stats(&self) -> IndexStats {
        IndexStats {
            terms: self.searchable.lexicon.term_count(),
            postings: self.searchable.index.posting_count(),
            index_bytes: self.searchable.index.bytes(),
            forward_bytes: self.searchable.forward.bytes(),
            built_in: self.built_in,
        }
    }

    /// Answers a question, in the manner it is asked.
    pub fn answer(&self, question: &Question, params: &AnswerParams) -> Answer {
        self.answer_and_rank(question, params, CANDIDATES_MAX).0
    }

    /// Answers a question, and ranks the articles for it (up to `k`, best first), as evaluation wants both.
    pub fn answer_and_rank(
        &self,
        question: &Question,
        params: &AnswerParams,
        k: usize,
    ) -> (Answer, Vec<RankedArticle<'_>>) {
        let among = question.manner().within.as_deref().map(|name| self.among(name));
        let k_read = k.max(CANDIDATES_MAX);
        let alone = Query::plan_without(question.text(), &self.searchable, params.without);
        let is_short = manner::is_short(&alone);
        let mut found = self.find(question, alone, among.as_deref(), params, k_read);
        if let Some(before) = question.before()
            && (is_short || manner::is_little(&found.answer))
        {
            let (query, carried) = self.carry(question, before);
            let mut more = self.find(question, query, among.as_deref(), params, k_read);
            if !carried.is_empty() && (found.answer.shown().is_empty() || !more.answer.shown().is_empty()) {
                more.answer.carried = carried;
                found = more;
            }
        }
        let ranked = found.ranked.iter().take(k).filter_map(|ranked| {
            let article = self.corpus.articles().get(ranked.article as usize)?;
            Some(RankedArticle { id: &article.id, score: ranked.score })
        });
        let ranked = ranked.collect();
        let mut answer = further::page(found.answer, &found.candidates, params);
        self.explain(&mut answer.excerpts, &found.query, &found.ranked);
        (answer, ranked)
    }

    /// Ranks and answers for one reading of the question.
    fn find(
        &self,
        question: &Question,
        query: Query,
        among: Option<&[ArticleNo]>,
        params: &AnswerParams,
        k: usize,
    ) -> Found {
        let articles = self.corpus.articles();
        let ranked = match among {
            None => rank(&self.searchable, articles, &query, k),
            Some(among) => rank_among(&self.searchable, articles, &query, among, k),
        };
        let best = ranked.iter().take(CANDIDATES_MAX).enumerate();
        let candidates: Vec<Candidate> =
            best.filter_map(|(at, ranked)| self.candidate(ranked, at < CANDIDATES_READ_MAX)).collect();
        let answer = compose(question, &query, &candidates, self.summary, params);
        Found { query, answer, candidates, ranked }
    }

    fn candidate(&self, ranked: &Ranked, is_read: bool) -> Option<Candidate> {
        let article = self.corpus.articles().get(ranked.article as usize)?.clone();
        let (tokens, sentences) = if is_read {
            (self.searchable.forward.article(ranked.article), sentences(ranked, &article))
        } else {
            Default::default()
        };
        let Ranked { score, parts, ref passages, .. } = *ranked;
        Some(Candidate { article, score, parts, passages: passages.clone(), tokens, sentences })
    }

    /// Completes the explanations of excerpts by what the scores of their articles are made of.
    fn explain(&self, excerpts: &mut [Excerpt], query: &Query, ranked: &[Ranked]) {
        let owners = query.owners();
        let is_from = |excerpt: &Excerpt, number: ArticleNo| {
            let article = self.corpus.articles().get(number as usize);
            article.is_some_and(|article| Arc::ptr_eq(article, &excerpt.article))
        };
        for excerpt in excerpts {
            if let Some(of) = ranked.iter().find(|ranked| is_from(excerpt, ranked.article)) {
                excerpt.explanation.terms = explain(&self.searchable, query, &owners, of.article);
            }
        }
    }
}

/// The sentences of an article's best passages, ascending, each once.
fn sentences(ranked: &Ranked, article: &Article) -> Vec<usize> {
    let passages = ranked.passages.iter().filter_map(|&number| article.passage(number));
    let mut numbers: Vec<usize> = passages.flat_map(|passage| passage.sentences()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::{LineMap, Metadata, Synonyms, Title, samples};

    fn shipped() -> Snapshot {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        Snapshot::build(crate::corpus::load(&root, &()).unwrap().corpus)
    }

    #[test]
    fn explanations_add_up() {
        let snapshot = shipped();
        for asked in snapshot.corpus().questions() {
            let question = Question::new(&asked.question).unwrap();
            for excerpt in snapshot.answer(&question, &AnswerParams::default()).excerpts {
                let why = &excerpt.explanation;
                assert!((why.sentence.score() - excerpt.score).abs() < 1e-4, "{}", asked.id);
                assert!((why.article.score() - why.article_score).abs() < 1e-9, "{}", asked.id);
                let terms: f64 = why.terms.iter().map(|term| term.score).sum();
                assert!((terms - why.article.article).abs() < 1e-9, "{}: {:?}", asked.id, why.terms);
                let overlap: f64 = why.words.iter().map(|word| word.weight * word.found).sum();
                assert!((overlap - why.sentence.overlap).abs() < 1e-9, "{}", asked.id);
            }
        }
    }

    #[test]
    fn quotes_stand_word_for_word_in_their_passages() {
        let snapshot = shipped();
        for asked in snapshot.corpus().questions() {
            let question = Question::new(&asked.question).unwrap();
            for excerpt in snapshot.answer(&question, &AnswerParams::default()).excerpts {
                let quote = excerpt.quote_text();
                assert!(!quote.is_empty() && excerpt.article.text.contains(quote), "{}", asked.id);
                assert!(excerpt.passage_text().contains(quote), "{}", asked.id);
                assert!(quote.chars().count() <= crate::answer::QUOTE_CHARS_MAX, "{}", asked.id);
            }
        }
    }

    #[test]
    fn the_same_question_gives_the_same_answer() {
        let text = |snapshot: &Snapshot| {
            let questions = snapshot.corpus().questions().iter();
            let answers = questions.map(|asked| {
                let question = Question::new(&asked.question).unwrap();
                format!("{:?}", snapshot.answer_and_rank(&question, &AnswerParams::default(), 100))
            });
            answers.collect::<Vec<_>>()
        };
        let first = text(&shipped());
        for _ in 0..10 {
            assert_eq!(first, text(&shipped()));
        }
    }

    /// Checks which quotes of two articles are shown, and which are said to name other figures.
    fn check(question: &str, articles: [&str; 2], shown: usize, differing: &[usize]) {
        let [first, second] = articles;
        let articles = [("a", first), ("b", second), ("c", "It rained in June."), ("d", "The band played.")];
        let snapshot = Snapshot::build(samples::corpus(&articles, Synonyms::default()));
        let params = AnswerParams { confidence_min: 0.0, ..AnswerParams::default() };
        let answer = snapshot.answer(&Question::new(question).unwrap(), &params);
        assert_eq!((answer.excerpts.len(), &*answer.differing), (shown, differing), "{question}");
    }

    #[test]
    fn what_is_not_known_is_named_once() {
        let question = Question::new("zeppelin 豹队 豹队").unwrap();
        assert_eq!(shipped().answer(&question, &AnswerParams::default()).unmatched, ["zeppelin", "豹队"]);
    }

    #[test]
    fn what_is_not_found_names_no_other_figures() {
        let articles = [("a", "The attack killed 12 soldiers."), ("b", "The flood killed 15 soldiers.")];
        let snapshot = Snapshot::build(samples::corpus(&articles, Synonyms::default()));
        let differing = |confidence_min: f64| {
            let params = AnswerParams { confidence_min, ..AnswerParams::default() };
            snapshot.answer(&Question::new("How many soldiers were killed?").unwrap(), &params).differing
        };
        assert_eq!((differing(0.0), differing(1.0)), (vec![2], vec![]));
    }

    #[test]
    fn the_year_of_publication_tells_the_article() {
        let said = "The profit of the company rose by a tenth, it said.";
        let article = |id: &str, year: i16| {
            let published = jiff::civil::Date::new(year, 3, 1).ok();
            let metadata = Metadata { published, ..Metadata::default() };
            let title = Title::Given("Company reports".into());
            Arc::new(Article::new(id, format!("{id}.md"), title, metadata, said, LineMap::Single(1)))
        };
        let articles = vec![article("a", 2022), article("b", 2023), article("c", 2024)];
        let snapshot = Snapshot::build(Corpus::new(articles, Synonyms::default(), Vec::new()));
        let first = |question: &str| {
            let question = Question::new(question).unwrap();
            let answer =
                snapshot.answer(&question, &AnswerParams { confidence_min: 0.0, ..AnswerParams::default() });
            (answer.excerpts[0].article.id.to_string(), answer.confidence_parts.missing_names)
        };
        assert_eq!(first("what was the profit in 2023"), ("b".to_owned(), 0.0));
        assert_eq!(first("what was the profit in 2024"), ("c".to_owned(), 0.0));
        let (_, missing) = first("what was the profit in 2019");
        assert!(missing > 0.2, "{missing}");
    }

    #[test]
    fn a_name_that_stands_elsewhere_lowers_confidence() {
        let said =
            "The general told the press that the tanks were paid for and on their way to the port of Homs.";
        let articles = [("a", said), ("b", "It rained in Basra in June."), ("c", "The band played.")];
        let snapshot = Snapshot::build(samples::corpus(&articles, Synonyms::default()));
        let parts = |question: &str| {
            let question = Question::new(question).unwrap();
            snapshot.answer(&question, &AnswerParams::default()).confidence_parts
        };
        let (right, other) = (parts("Who paid for tanks in Homs?"), parts("Who paid for tanks in Basra?"));
        assert_eq!(right.missing_names, 0.0);
        assert!(other.missing_names > 0.2, "{other:?}");
        assert!(other.confidence() < right.confidence());
    }

    #[test]
    fn articles_that_disagree_are_both_shown() {
        let twelve = "The attack on the harbour of Homs killed 12 soldiers of the army on Monday.";
        let fifteen = "The attack on the harbour of Homs killed 15 soldiers of the army on Monday.";
        let question = "How many soldiers did the attack on the harbour of Homs kill?";
        check(question, [twelve, fifteen], 2, &[2]);
        check(question, [twelve, twelve], 1, &[]);
        check("Who killed soldiers in the harbour of Homs?", [twelve, fifteen], 1, &[]);
        // A year and a month may both be right.
        let dated =
            |date: &str| format!("The attack on the harbour of Homs killed soldiers of the army in {date}.");
        let (older, newer, month) = (dated("2007"), dated("2010"), dated("November"));
        let question = "When did the attack on the harbour of Homs kill soldiers?";
        check(question, [&older, &newer], 2, &[2]);
        check(question, [&older, &month], 2, &[]);
    }
}
