//! What is made of a word of the question that stands nowhere in the corpus: a slip in a word that carries the
//! question (`Wgat`, `hwo`, `thw`, `fpr`), or another word of the corpus.
//!
//! Left alone it would be taken for the subject, and for the rarest word of all.

use super::analyzer::Analyzer;
use super::builder::Searchable;
use super::lexicon::Word;
use super::query::{QueryTerm, QueryWord, TermSource};
use super::related;
use super::spelling::{self, Reading, edit_distance};
use super::words::{Role, function_words, question_words, role};
use crate::corpus::Language;

/// Shorter words are too near to all question words.
const QUESTION_CHARS_MIN: usize = 3;

/// From four letters on a function word is read like any other word.
const SHORT_CHARS_MAX: usize = 3;

/// Reads the slip in a question's only question word. Only in a question that has none as it stands, of a word that
/// begins a question: keywords (`Hou arrested`) are left alone.
pub(super) fn read_question_word(words: &mut [QueryWord], question: &str, searchable: &Searchable) {
    if !reads_english(searchable) || words.iter().any(|word| word.role == Role::Question) {
        return;
    }
    let is_asking = question.trim_end().ends_with('?');
    let slip = (0..words.len()).find_map(|at| {
        let word = words.get(at)?;
        let begins = is_asking || words.get(at + 1).is_some_and(|next| next.role == Role::Function);
        // Inside a question a capital is that of a name.
        let may_be_one = begins && (at == 0 || word.asked.starts_with(char::is_lowercase));
        let is_unknown = word.role == Role::Content
            && !word.terms.iter().any(|term| searchable.lexicon.term(&term.text).is_some())
            && !is_word(&word.word);
        let meant = question_word(&word.word).filter(|_| may_be_one && is_unknown)?;
        Some((at, meant))
    });
    let Some((at, meant)) = slip else { return };
    let Some(word) = words.get_mut(at) else { return };
    word.role = Role::Question;
    word.word = meant.to_owned();
    word.terms.clear();
    word.terms.extend(reading(meant, searchable));
}

/// Reads a content word without terms as what it may have been meant for; it stays as it is where that is not known.
pub(super) fn read(word: &mut QueryWord, searchable: &Searchable) {
    // A name may look like a word (`Rain` for `Raine`), so a capital leaves it open.
    let is_small = word.asked.starts_with(char::is_lowercase);
    if reads_english(searchable) && is_small && is_word(&word.word) {
        return;
    }
    if reads_english(searchable) && is_small && is_short(&word.word) {
        return read_function_word(word, searchable);
    }
    // Words like `most` or `were` are near too many others, and nobody looks for them.
    let is_content = |word: &Word| {
        searchable.languages.iter().all(|&language| role(&word.text, language) == Role::Content)
    };
    let near = spelling::near(&word.word, &searchable.lexicon, &searchable.index);
    // A slip in one of them (`whar`) makes it no rarer; a capital is more likely that of a name.
    let likeliest = spelling::likeliest(near.iter().copied()).into_iter().next();
    let slip = likeliest.filter(|reading| is_small && !is_content(reading.word));
    let readings = match slip {
        Some(slip) => vec![Reading { share: 1.0, ..slip }],
        None => spelling::likeliest(near.iter().copied().filter(|near| is_content(near.word))),
    };
    if readings.iter().any(|reading| !is_content(reading.word)) {
        word.role = Role::Function;
    }
    let term = |reading: Reading| QueryTerm {
        term: reading.word.term,
        text: searchable.lexicon.text(reading.word.term).to_owned(),
        share: reading.share,
        source: TermSource::Spelling,
        looked_for: Some(reading.word.written()),
    };
    word.terms = readings.into_iter().map(term).collect();
}

/// Reads two or three letters that are no word as the function word they may have been meant for: the commonest of
/// those as long that are one edit apart.
fn read_function_word(word: &mut QueryWord, searchable: &Searchable) {
    let letters: Vec<char> = word.word.chars().collect();
    let near = function_words(Language::English).filter(|meant| {
        let meant: Vec<char> = meant.chars().collect();
        meant.len() == letters.len() && edit_distance(&letters, &meant, 1).is_some()
    });
    let readings = near.map(|meant| reading(meant, searchable));
    let df = |term: &Option<QueryTerm>| term.as_ref().map_or(0, |term| searchable.index.df(term.term));
    let mut best: Option<Option<QueryTerm>> = None;
    for reading in readings {
        if best.as_ref().is_none_or(|best| df(&reading) > df(best)) {
            best = Some(reading);
        }
    }
    if let Some(reading) = best {
        word.role = Role::Function;
        word.terms.extend(reading);
    }
}

/// The question word that a word may have been meant for, one edit apart: the one that begins alike, then the first
/// of the list.
fn question_word(word: &str) -> Option<&'static str> {
    let letters: Vec<char> = word.chars().collect();
    let first = letters.first().filter(|_| letters.len() >= QUESTION_CHARS_MIN)?;
    let near = question_words(Language::English).filter(|meant| {
        let meant: Vec<char> = meant.chars().collect();
        edit_distance(&letters, &meant, 1).is_some()
    });
    near.min_by_key(|meant| !meant.starts_with(*first))
}

/// A word of English as a term of the question, where the corpus has it.
fn reading(meant: &str, searchable: &Searchable) -> Option<QueryTerm> {
    let text = Analyzer::new(Language::English).first_term(meant)?;
    let term = searchable.lexicon.term(&text)?;
    let looked_for = Some(meant.to_owned());
    Some(QueryTerm { term, text, share: 1.0, source: TermSource::Spelling, looked_for })
}

/// Whether there is a list of words to tell slips from words by.
fn reads_english(searchable: &Searchable) -> bool {
    searchable.languages.first() == Some(&Language::English)
}

/// Whether a word is one of the English language: if an English corpus lacks it, it is no slip.
pub(super) fn is_word(word: &str) -> bool {
    Analyzer::new(Language::English).tokens(word).iter().all(|token| related::is_word(&token.term))
}

fn is_short(word: &str) -> bool {
    (2..=SHORT_CHARS_MAX).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples};
    use crate::search::Query;

    /// The words of a question as they are read, those of the subject in capitals.
    fn check(question: &str, expected: &str) {
        let articles = [
            ("a", "The minister from Iran wants tanks. What did he say for them?"),
            ("b", "Who knows when the deal was made, and how many jets there are?"),
        ];
        let searchable = Searchable::build(&samples::corpus(&articles, Synonyms::default()));
        let read = |word: &QueryWord| {
            let text = word.terms.first().and_then(|term| term.looked_for.as_ref()).unwrap_or(&word.word);
            if word.role == Role::Content { text.to_uppercase() } else { text.clone() }
        };
        let words: Vec<String> = Query::plan(question, &searchable).words.iter().map(read).collect();
        assert_eq!(words.join(" "), expected, "{question}");
    }

    #[test]
    fn question_words() {
        check("Wgat did the minister say", "what did the MINISTER SAY");
        check("hwo many jets", "how many JETS");
        check("Wehn was the deal made?", "when was the DEAL MADE");
        check("The minister wants waht?", "the MINISTER WANTS what");
        // There is one, so this is the subject.
        check("what did Whst say", "what did WHST SAY");
        // Keywords, a name, a word of English.
        check("Whqt jets", "WHQT JETS");
        check("did Whst say it?", "did WHST SAY it");
        check("wham is the deal", "WHAM is the DEAL");
    }

    #[test]
    fn function_words() {
        check("what did thw minister fpr Iran say", "what did the MINISTER for IRAN SAY");
        check("what did teh minister say", "what did the MINISTER SAY");
        check("what is the zzq", "what is the ZZQ");
        check("what is the cat", "what is the CAT");
        check("what is the FPR", "what is the FPR");
    }
}
