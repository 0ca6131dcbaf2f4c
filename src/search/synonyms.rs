//! The moderators' synonyms, made ready for queries: which phrases of a question also look for which others.

use rustc_hash::FxHashMap;

use super::analyzer::{Analyzer, Token};
use super::words::{Role, role};
use crate::corpus::Language;
use crate::corpus::synonyms::{SynonymRule, Synonyms};

/// The share of a word's weight that a synonym has: less than the word itself, for it was not asked.
const SYNONYM_SHARE: f64 = 0.7;

/// The most others that a phrase looks for. A word has a dozen synonyms at most; a thousand take a question a
/// millisecond.
const ALTERNATIVES_MAX: usize = 1000;

/// A phrase, cut into terms.
type Phrase = Vec<String>;

/// Phrases that also look for others.
#[derive(Debug, Clone, Default)]
pub struct SynonymTable {
    /// By the first term of the phrase.
    entries: FxHashMap<String, Vec<Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
    phrase: Phrase,
    others: Vec<Alternative>,
}

/// Something to look for in place of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// As the moderators wrote it.
    pub written: String,
    /// Its terms.
    pub terms: Vec<String>,
    /// The share that each of them has of the weight of a word of the phrase.
    pub share: f64,
}

/// Alternatives for a run of words of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// The first word of the run.
    pub first: usize,
    /// How many words it has.
    pub count: usize,
    /// What to look for in their place.
    pub alternatives: &'a [Alternative],
}

impl SynonymTable {
    /// Cuts the phrases of all rules as texts in this language are cut.
    pub fn new(synonyms: &Synonyms, language: Language) -> SynonymTable {
        let analyzer = Analyzer::new(language);
        let terms = |tokens: Vec<Token>| -> Phrase { tokens.into_iter().map(|token| token.term).collect() };
        let looked_for = |phrase: &String| -> Phrase {
            let mut tokens = analyzer.tokens(phrase);
            // What says nothing by itself is not looked for, unless there is nothing else.
            if tokens.iter().any(|token| role(&token.word, language) == Role::Content) {
                tokens.retain(|token| role(&token.word, language) == Role::Content);
            }
            terms(tokens)
        };
        // In the order in which they first come, and where each stands.
        let mut entries: Vec<Entry> = Vec::new();
        let mut places: FxHashMap<Phrase, usize> = FxHashMap::default();
        for rule in synonyms.rules() {
            let (from, to) = match rule {
                SynonymRule::Equivalent(phrases) => (phrases, phrases),
                SynonymRule::Mapping { from, to } => (from, to),
            };
            for phrase in from.iter().map(|phrase| terms(analyzer.tokens(phrase))) {
                if phrase.is_empty() {
                    continue;
                }
                let place = *places.entry(phrase.clone()).or_insert(entries.len());
                if place == entries.len() {
                    entries.push(Entry { phrase: phrase.clone(), others: Vec::new() });
                }
                // What was just put in, or before, stands there.
                let Some(Entry { others, .. }) = entries.get_mut(place) else { continue };
                let room = ALTERNATIVES_MAX.saturating_sub(others.len());
                let alternatives = to
                    .iter()
                    .map(|written| (written, looked_for(written)))
                    .filter(|(_, terms)| *terms != phrase && !terms.is_empty())
                    .map(|(written, terms)| Alternative {
                        written: written.clone(),
                        share: SYNONYM_SHARE / terms.len() as f64,
                        terms,
                    });
                others.extend(alternatives.take(room));
            }
        }
        let mut table = SynonymTable::default();
        for entry in entries {
            if let Some(first) = entry.phrase.first() {
                table.entries.entry(first.clone()).or_default().push(entry);
            }
        }
        table
    }

    /// The phrases of the table that stand in a question, given as the terms of its words in order.
    pub fn matches(&self, words: &[&str]) -> Vec<Match<'_>> {
        let mut found = Vec::new();
        for first in 0..words.len() {
            let rest = words.get(first..).unwrap_or_default();
            let entries = rest.first().and_then(|word| self.entries.get(*word));
            for Entry { phrase, others } in entries.into_iter().flatten() {
                let stands = rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(a, b)| a == b);
                if stands {
                    found.push(Match { first, count: phrase.len(), alternatives: others });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_phrases() {
        fn check(question: &str, expected: &[&str]) {
            let list = |phrases: &[&str]| phrases.iter().map(|&phrase| phrase.to_owned()).collect::<Vec<_>>();
            let rules = vec![
                SynonymRule::Equivalent(list(&["weapons", "arms"])),
                SynonymRule::Equivalent(list(&["UN", "United Nations"])),
                SynonymRule::Mapping { from: list(&["PM"]), to: list(&["prime minister"]) },
            ];
            let table = SynonymTable::new(&Synonyms::new(rules), Language::English);
            let tokens = Analyzer::new(Language::English).tokens(question);
            let terms: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
            let found: Vec<String> = table
                .matches(&terms)
                .iter()
                .flat_map(|found| {
                    found
                        .alternatives
                        .iter()
                        .map(|other| format!("{}+{} {}", found.first, found.count, other.written))
                })
                .collect();
            assert_eq!(found, expected, "{question}");
        }
        check("what weapon", &["1+1 arms"]);
        check("Arms of the United Nations", &["0+1 weapons", "3+2 UN"]);
        check("the pm", &["1+1 prime minister"]);
        check("the prime minister", &[]);
        check("united", &[]);
    }

    #[test]
    fn a_word_with_synonyms_without_end_has_the_first_of_them() {
        let rule = |n: usize| SynonymRule::Mapping { from: vec!["many".into()], to: vec![format!("w{n}")] };
        let rules = (0..ALTERNATIVES_MAX + 5).map(rule).collect();
        let table = SynonymTable::new(&Synonyms::new(rules), Language::English);
        let found: Vec<&[Alternative]> =
            table.matches(&["mani"]).iter().map(|found| found.alternatives).collect();
        assert_eq!(found.iter().map(|others| others.len()).collect::<Vec<_>>(), [ALTERNATIVES_MAX]);
        assert_eq!((&*found[0][0].written, &*found[0][999].written), ("w0", "w999"));
    }
}
