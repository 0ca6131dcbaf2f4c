//! How do the languages of a corpus read a question, and in which of them is it asked? That decides what is a function
//! word in it.

use super::analyzer::{Analyzer, Token};
use super::misspelt::is_word;
use super::words::{Role, role};
use crate::corpus::Language;

/// A question as languages read it.
pub(super) struct Readings {
    /// Those of the languages of the corpus, in their order, then that of English, where it is none of them.
    all: Vec<Reading>,
    /// How many are of languages of the corpus.
    count: usize,
    /// Which is that of English.
    english: usize,
}

impl Readings {
    pub(super) fn of(question: &str, languages: &[Language]) -> Readings {
        let english = languages.iter().position(|&language| language == Language::English);
        let other = english.is_none().then_some(Language::English);
        let all = languages.iter().copied().chain(other).map(|language| Reading::of(question, language));
        let count = languages.len();
        Readings { all: all.collect(), count, english: english.unwrap_or(count) }
    }

    /// Those of the languages of the corpus, in their order.
    pub(super) fn of_corpus(&self) -> &[Reading] {
        self.all.get(..self.count).unwrap_or_default()
    }

    /// That of English, whether or not the corpus has it.
    pub(super) fn english(&self) -> &Reading {
        // It was found there, or put last.
        &self.all[self.english]
    }

    /// That of the language that most articles are in; of English, where there is no article.
    pub(super) fn main(&self) -> &Reading {
        &self.all[0]
    }
}

/// A question as one language reads it.
pub(super) struct Reading {
    pub(super) language: Language,
    pub(super) tokens: Vec<(Token, Role)>,
    /// How many of its words are function or question words of the language.
    marks: usize,
}

impl Reading {
    fn of(question: &str, language: Language) -> Reading {
        let tokens: Vec<(Token, Role)> = Analyzer::new(language)
            .tokens(question)
            .into_iter()
            .map(|token| {
                let role = role(&token.word, language);
                (token, role)
            })
            .collect();
        let marks = tokens.iter().filter(|(_, role)| *role != Role::Content).count();
        Reading { language, tokens, marks }
    }

    /// The role of a word that another language may read otherwise; `None` where nothing begins there.
    fn role_of(&self, word: &Token) -> Option<Role> {
        let first = self.tokens.partition_point(|(token, _)| token.range.start < word.range.start);
        let mut begin_there =
            self.tokens.iter().skip(first).take_while(|(token, _)| token.range.start == word.range.start);
        // A run without spaces is many words, all with the range of the run.
        let same = begin_there.clone().find(|(token, _)| token.word == word.word);
        same.or(begin_there.next()).map(|(_, role)| *role)
    }
}

/// The role of a word. What any language of the corpus has for a function word is one, wherever a question cites it
/// (`The Times` in a German one); but not what is another word in an English question (`die`, `war`, `son`). English is
/// what it is in where its other words say so more than those of any other language.
pub(super) fn role_in(readings: &[Reading], word: &Token) -> Role {
    let roles = readings.iter().filter_map(|reading| Some((reading, reading.role_of(word)?)));
    if roles.clone().all(|(_, role)| role == Role::Content) {
        return Role::Content;
    }
    let others = |reading: &Reading, role: Role| reading.marks - usize::from(role != Role::Content);
    let spoken = roles
        .clone()
        .reduce(|most, other| if others(other.0, other.1) > others(most.0, most.1) { other } else { most });
    match spoken {
        Some((reading, Role::Content)) if reading.language == Language::English && is_word(&word.word) => {
            Role::Content
        }
        _ => roles.map(|(_, role)| role).find(|role| *role != Role::Content).unwrap_or(Role::Content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};
    use crate::search::{Query, Searchable};

    #[test]
    fn a_question_is_read_in_its_language() {
        fn check(question: &str, expected: &[&str]) {
            let articles = [
                (
                    "a",
                    "The general did die in the war, and his son left for Tehran with the Times of London.",
                ),
                ("b", "Der Minister sprach mit dem General. Er war in Teheran, und die Zeitung war dort."),
                (
                    "c",
                    "El ministro habla con el general. Son de Madrid, hay una guerra y sin embargo no sale.",
                ),
            ];
            let searchable = Searchable::build(&samples::corpus(&articles, Synonyms::default()));
            let words = Query::plan(question, &searchable).words;
            let content = words.iter().filter(|word| word.role == Role::Content);
            assert_eq!(content.map(|word| &*word.asked).collect::<Vec<_>>(), expected, "{question}");
        }
        check("When did the general's son die in the war?", &["general's", "son", "die", "war"]);
        check("Wann war die Zeitung mit dem Minister in Teheran?", &["Zeitung", "Minister", "Teheran"]);
        // What is cited from another language has its function words, too.
        check(
            "Was schrieb die Zeitung mit der Londoner The Times?",
            &["schrieb", "Zeitung", "Londoner", "Times"],
        );
        check("what's the war", &["war"]);
        // Nothing tells the language: the corpus is English as much as anything else.
        check("die", &["die"]);
    }
}
