//! What is asked beside the words: of which articles alone, and after which other question.

use crate::answer::{Answer, Decision, Question};
use crate::corpus::Article;
use crate::search::{ArticleNo, Query, QueryWord, Role};

use super::Snapshot;

/// What a word of the question before counts, of what it counted there: enough to choose among what the new
/// words match, too little to outweigh them.
const CARRIED_SHARE: f64 = 0.5;

impl Snapshot {
    /// What a question can be confined to by this name: an article's id or title, or a collection (a folder).
    /// Gives back the name as [`Manner::within`](crate::answer::Manner::within) wants it; `None` where there
    /// is nothing of that name.
    pub fn within(&self, name: &str) -> Option<String> {
        let name = name.trim();
        let corpus = self.corpus();
        if corpus.article(name).is_some() {
            return Some(name.to_owned());
        }
        let folder = format!("{}/", name.trim_matches('/'));
        if folder.len() > 1 && corpus.articles().iter().any(|article| article.path().starts_with(&folder)) {
            return Some(folder);
        }
        let named = |article: &&std::sync::Arc<Article>| {
            article.title.text().to_lowercase() == name.to_lowercase() || article.path() == name
        };
        corpus.articles().iter().find(named).map(|article| article.id.to_string())
    }

    /// The collections: every folder that holds articles, at any depth, with `/` at its end; sorted.
    pub fn collections(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = Vec::new();
        for article in self.corpus().articles() {
            for (at, _) in article.path().match_indices('/') {
                folders.extend(article.path().get(..=at));
            }
        }
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// The articles that a name confines to; none where there is nothing of that name.
    pub(super) fn among(&self, name: &str) -> Vec<ArticleNo> {
        let articles = self.corpus().articles().iter();
        let belongs = |article: &Article| {
            *article.id == *name || name.ends_with('/') && article.path().starts_with(name)
        };
        // As many articles as an index can have are numbered by 32 bits.
        (0..).zip(articles).filter(|(_, article)| belongs(article)).map(|(number, _)| number).collect()
    }

    /// The question with the content words of the one before, at a discount; and those words as typed.
    pub(super) fn carry(&self, question: &Question, before: &str) -> (Query, Vec<String>) {
        let mut query = Query::plan(question.text(), &self.searchable);
        let known = |query: &Query, word: &QueryWord| {
            word.terms
                .iter()
                .any(|term| query.words.iter().any(|other| other.terms.iter().any(|t| t.term == term.term)))
        };
        let mut carried = Vec::new();
        for mut word in Query::plan(before, &self.searchable).words {
            if word.role == Role::Content && !word.terms.is_empty() && !known(&query, &word) {
                word.weight *= CARRIED_SHARE;
                word.sentence_weight *= CARRIED_SHARE;
                carried.push(word.asked.clone());
                query.words.push(word);
            }
        }
        (query, carried)
    }
}

/// A question with fewer words of substance leans on the one before: `when was it opened?`
const WORDS_OF_ITS_OWN: usize = 3;

/// Whether a question says so little that it leans on the one before.
pub(super) fn is_short(query: &Query) -> bool {
    query.words.iter().filter(|word| word.role == Role::Content).count() < WORDS_OF_ITS_OWN
}

/// Whether an answer is so little that the words of the question before may help.
pub(super) fn is_little(answer: &Answer) -> bool {
    !matches!(answer.decision, Decision::Found { hedged: false })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::answer::{AnswerParams, Manner};
    use crate::corpus::{Corpus, LineMap, Metadata, Synonyms, Title};

    fn snapshot(articles: &[(&str, &str, &str)]) -> Snapshot {
        let articles = articles.iter().map(|&(id, title, text)| {
            let title = Title::Given(title.into());
            let (path, lines) = (format!("{id}.md"), LineMap::Single(1));
            Arc::new(Article::new(id, path, title, Metadata::default(), text, lines))
        });
        Snapshot::build(Corpus::new(articles.collect(), Synonyms::default(), Vec::new()))
    }

    fn ports() -> Snapshot {
        snapshot(&[
            ("news/2016/port", "The Port", "The harbour of Narvik was opened in 1902 by the king."),
            ("news/2017/port", "Another Port", "The harbour of Bergen was opened in 1905 by the mayor."),
            ("news/2017/dock", "The Dock", "A dock was closed in 1950 after a storm."),
            ("sports", "Sports", "The ski race was won by a boy from Narvik."),
        ])
    }

    #[test]
    fn a_name_is_an_article_a_collection_or_a_title() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(ports().within(name).as_deref(), expected, "{name}");
        };
        check("sports", Some("sports"));
        check("sports.md", Some("sports"));
        check("news/2016/port", Some("news/2016/port"));
        check("news", Some("news/"));
        check("news/2017/", Some("news/2017/"));
        check("another port", Some("news/2017/port"));
        for nothing in ["", "/", "new", "news/20", "../news"] {
            check(nothing, None);
        }
        assert_eq!(ports().collections(), ["news/", "news/2016/", "news/2017/"]);
    }

    fn ask(question: &str, manner: Manner, before: Option<&str>) -> Answer {
        let question = Question::new(question).unwrap().asked(manner, before.map(str::to_owned));
        ports().answer(&question, &AnswerParams { confidence_min: 0.0, ..AnswerParams::default() })
    }

    #[test]
    fn a_question_is_answered_from_where_it_is_confined_to() {
        let within = |name: &str| {
            let manner = Manner { within: Some(name.to_owned()), ..Manner::default() };
            let answer = ask("When was the harbour opened?", manner, None);
            answer.excerpts.iter().map(|excerpt| excerpt.article.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(within("news/2017/")[0], "news/2017/port");
        assert!(within("news/2017/").iter().all(|id| id.starts_with("news/2017/")));
        assert_eq!(within("news/2016/port"), ["news/2016/port"]);
        assert_eq!(within("nowhere/"), [""; 0]);
    }

    #[test]
    fn words_of_the_question_before_are_carried_where_little_is_found_without() {
        let first = |answer: &Answer| answer.excerpts.first().map(|excerpt| excerpt.article.id.to_string());
        let after = Some("What about the harbour of Bergen?");
        let answer = ask("When was it opened?", Manner::default(), after);
        assert_eq!(first(&answer).as_deref(), Some("news/2017/port"));
        assert_eq!(answer.carried, ["harbour", "Bergen"]);
        let alone = ask("Who won the ski race?", Manner::default(), after);
        assert_eq!(first(&alone).as_deref(), Some("sports"));
    }
}
