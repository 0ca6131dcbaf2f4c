//! Which words are looked for besides those asked: synonyms, other forms and spellings, related words.

use super::analyzer::Analyzer;
use super::builder::Searchable;
use super::forms::forms;
use super::index::TermId;
use super::lexicon::Word;
use super::query::{QueryTerm, QueryWord, TermSource};
use super::related::related;
use super::spelling;
use super::synonyms::Alternative;
use super::words::Role;
use crate::corpus::Language;

/// The share of a name's weight that another spelling of it has, where the corpus has both.
const VARIANT_SHARE: f64 = 0.5;

/// The share of a word's weight that a word related to it has at most: a hint, not what was asked.
const RELATED_SHARE: f64 = 0.3;

/// A related word may stand in this many times as many articles as the word asked, and [`COMMONER_SLACK`] more:
/// one that is far commoner finds anything.
const COMMONER_MAX: u64 = 3;

/// See [`COMMONER_MAX`].
const COMMONER_SLACK: u64 = 10;

/// A word that stands nowhere is judged as one that stands in this many articles.
const UNKNOWN_DF: u64 = 20;

/// Adds what the moderators' synonyms say to look for besides.
pub(super) fn add_synonyms(words: &mut [QueryWord], searchable: &Searchable) {
    let terms: Vec<&str> =
        words.iter().map(|word| word.terms.first().map_or("", |term| &term.text)).collect();
    // What is said of `sell` goes for `sold`.
    let in_dictionary = |term: &str| forms(term).first().map(|form| form.stem.as_str());
    let verbs: Vec<&str> = match searchable.languages.first() {
        Some(Language::English) if terms.iter().any(|term| in_dictionary(term).is_some()) => {
            terms.iter().map(|term| in_dictionary(term).unwrap_or(term)).collect()
        }
        _ => Vec::new(),
    };
    let found = searchable.synonyms.matches(&terms).into_iter().chain(searchable.synonyms.matches(&verbs));
    let mut added: Vec<(usize, QueryTerm)> = Vec::new();
    for found in found {
        let known = |other: &&Alternative| other.terms.iter().all(|t| searchable.lexicon.term(t).is_some());
        for alternative in found.alternatives.iter().filter(known) {
            for (text, word) in alternative
                .terms
                .iter()
                .flat_map(|text| (0..found.count).map(move |at| (text, found.first + at)))
            {
                let looked_for = Some(alternative.written.clone());
                let term = QueryTerm {
                    term: 0,
                    text: text.clone(),
                    share: alternative.share,
                    source: TermSource::Synonym,
                    looked_for,
                };
                added.push((word, term));
            }
        }
    }
    for (word, term) in added {
        if let Some(word) = words.get_mut(word)
            && !word.terms.iter().any(|other| other.text == term.text)
        {
            word.terms.push(term);
        }
    }
}

/// Adds the other forms of irregular words (`sold`, `sell`), and numbers in letters to those in digits.
pub(super) fn add_forms(words: &mut [QueryWord], searchable: &Searchable) {
    if searchable.languages.first() != Some(&Language::English) {
        return;
    }
    for word in words.iter_mut().filter(|word| word.role == Role::Content) {
        let stem = word.terms.first().map(|term| term.text.clone()).unwrap_or_default();
        for form in forms(&stem) {
            if !word.terms.iter().any(|term| term.text == form.stem) {
                word.terms.push(QueryTerm {
                    term: 0,
                    text: form.stem.clone(),
                    // It is the same word.
                    share: 1.0,
                    source: TermSource::Related,
                    looked_for: Some(form.word.to_owned()),
                });
            }
        }
    }
}

/// Adds the words that English relates to those asked (`decided`, `decision`).
pub(super) fn add_related(words: &mut [QueryWord], searchable: &Searchable) {
    if searchable.languages.first() != Some(&Language::English) {
        return;
    }
    let analyzer = Analyzer::new(Language::English);
    let asked: Vec<TermId> = words.iter().flat_map(|word| &word.terms).map(|term| term.term).collect();
    for word in words.iter_mut().filter(|word| word.role == Role::Content) {
        let df = match word.terms.first() {
            Some(term) if term.source == TermSource::Spelling => continue,
            Some(term) => searchable.index.df(term.term),
            None => UNKNOWN_DF,
        };
        let Some(stem) = analyzer.first_term(&word.word) else { continue };
        let verb = forms(&stem).first().map(|form| form.stem.as_str()).filter(|verb| **verb != stem);
        for other in related(&stem).chain(verb.into_iter().flat_map(related)) {
            let Some(id) = searchable.lexicon.term(other.stem) else { continue };
            let share = RELATED_SHARE * f64::from(other.percent) / 100.0;
            match word.terms.iter_mut().find(|known| known.term == id) {
                Some(known) if known.source == TermSource::Related => known.share = known.share.max(share),
                Some(_) => {}
                None if asked.contains(&id)
                    || searchable.index.df(id) > COMMONER_MAX * df + COMMONER_SLACK => {}
                None => word.terms.push(QueryTerm {
                    term: id,
                    text: searchable.lexicon.text(id).to_owned(),
                    share,
                    source: TermSource::Related,
                    looked_for: Some(other.word.to_owned()),
                }),
            }
        }
    }
}

/// Other spellings of a name that the corpus has beside the one asked.
pub(super) fn add_variants(word: &mut QueryWord, searchable: &Searchable) {
    let lexicon = &searchable.lexicon;
    if !lexicon.word(&word.word).iter().any(Word::is_name) {
        return;
    }
    for variant in spelling::variants(&word.word, lexicon) {
        if !word.terms.iter().any(|term| term.term == variant.term) {
            word.terms.push(QueryTerm {
                term: variant.term,
                text: lexicon.text(variant.term).to_owned(),
                share: VARIANT_SHARE,
                source: TermSource::Spelling,
                looked_for: Some(variant.written()),
            });
        }
    }
}
