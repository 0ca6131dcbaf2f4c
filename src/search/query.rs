//! From a question to what is looked for: words with roles and weights, each with the terms that count as it.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::address::addressed;
use super::analyzer::{Case, DESIGNATOR_LETTERS_MAX, Token};
use super::builder::Searchable;
use super::expand::{add_forms, add_related, add_synonyms, add_variants};
use super::index::{TermId, WeightedTerm};
use super::lexicon::Word;
use super::misspelt;
use super::spelling;
use super::spoken::{Reading, Readings, role_in};
use super::weight::idf;
use super::words::{Role, is_light, is_version, is_year};
use crate::corpus::Language;
use crate::parts::{Part, Without};

/// What function words and negations weigh in a question beside content words. A soft weight beats leaving
/// them out, since a question may hang on a `not`.
const FUNCTION_WEIGHT: f64 = 0.6;

/// What question words weigh: articles seldom repeat them.
const QUESTION_WEIGHT: f64 = 0.3;

/// What a content word that says little by itself (`get`, `make`) weighs beside others.
const LIGHT_WEIGHT: f64 = 0.6;

/// A question of no more words may be a name and little else: `Who is Barack Obama?`
const NAME_WORDS_MAX: usize = 5;

/// Only longer words of the question may agree with others in their beginning alone.
const ALIKE_CHARS_MIN: usize = 5;

/// A question, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Its distinct words, in the order asked.
    pub words: Vec<QueryWord>,
    /// The question's tokens, as English reads them, whether or not they are looked for.
    pub typed: Vec<Token>,
    /// The terms of the corpus that stand in the question, whether or not they are looked for.
    pub asked: FxHashSet<TermId>,
    /// The parts that are left out, in all that is done with the query.
    pub without: Without,
}

/// A word of a question.
#[derive(Debug, Clone)]
pub struct QueryWord {
    /// As typed.
    pub asked: String,
    /// In lower case with accents folded; of a question word with a slip (`Wgat`), the one that was meant.
    pub word: String,
    /// What it does in the question.
    pub role: Role,
    /// The terms that count as this word; none where it stands nowhere in the corpus and has no likely reading.
    pub terms: Vec<QueryTerm>,
    /// The terms of the corpus's words that agree with a content word in its first 70 %.
    pub alike: Vec<TermId>,
    /// Whether it names somebody or something, as far as capitals in the question or the corpus tell.
    pub is_name: bool,
    /// Its idf over articles times the weight of its role; 0 without terms.
    pub weight: f64,
    /// Its idf over sentences where it is a content word, else 0. A word that stands nowhere has the highest.
    pub sentence_weight: f64,
}

/// A term that counts as a word of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// The term.
    pub term: TermId,
    /// Its text.
    pub text: String,
    /// Its share of the word's weight, above 0, at most 1.
    pub share: f64,
    /// Why it is looked for.
    pub source: TermSource,
    /// As a reader expects it, where it is not the word asked: `Dehqan`.
    pub looked_for: Option<String>,
}

/// Why a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermSource {
    /// It was asked.
    Asked,
    /// The word asked stands nowhere, or is a name; this may be how the articles spell it.
    Spelling,
    /// The moderators' synonyms say so.
    Synonym,
    /// English has the two as related words.
    Related,
}

impl QueryWord {
    /// The share of the word found where some of its terms stand: what these have together, at most 1.
    pub fn found(&self, stands: impl Fn(&QueryTerm) -> bool) -> f64 {
        // Not `sum`, which makes -0 of nothing.
        let standing = self.terms.iter().filter(|term| stands(term));
        standing.fold(0.0, |sum: f64, term| sum + term.share).min(1.0)
    }
}

/// The word of a query that each of its terms counts as, and which of the word's terms it is.
pub type Owners = FxHashMap<TermId, (usize, usize)>;

impl Query {
    /// Reads a question as each language of the corpus would.
    pub fn plan(question: &str, searchable: &Searchable) -> Query {
        Query::plan_without(question, searchable, Without::default())
    }

    /// Reads a question as [`Query::plan`] does, but for some parts.
    pub fn plan_without(question: &str, searchable: &Searchable, without: Without) -> Query {
        let readings = Readings::of(question, &searchable.languages);
        let words = words(question, &readings, searchable);
        let typed = readings.english().tokens.iter().map(|(token, _)| token.clone()).collect();
        let mut query = Query { words, typed, asked: FxHashSet::default(), without };
        query.join_designators(searchable);
        if !without.has(Part::Synonyms) {
            add_synonyms(&mut query.words, searchable);
        }
        if !without.has(Part::Related) {
            add_forms(&mut query.words, searchable);
        }
        if !without.has(Part::Spelling) {
            misspelt::read_question_word(&mut query.words, question, searchable);
        }
        for word in &mut query.words {
            look_up(word, searchable, without);
            if !without.has(Part::Variants) {
                add_variants(word, searchable);
            }
        }
        if !without.has(Part::Related) {
            add_related(&mut query.words, searchable);
        }
        if !without.has(Part::Spelling) {
            query.part_joined_words(searchable);
        }
        query.drop_failed_readings();
        for word in &mut query.words {
            weigh(word, searchable, without);
            if !without.has(Part::Soft) {
                word.alike = alike(word, searchable);
            }
        }
        query.asked = query.words.iter().flat_map(|word| &word.terms).map(|term| term.term).collect();
        query.asked.extend(query.typed.iter().filter_map(|token| searchable.lexicon.term(&token.term)));
        query
    }

    /// Each term once with its weight, in the order of terms.
    pub fn weighted_terms(&self) -> Vec<WeightedTerm> {
        let mut terms: Vec<WeightedTerm> = Vec::new();
        for word in &self.words {
            for term in &word.terms {
                terms.push(WeightedTerm { term: term.term, weight: word.weight * term.share });
            }
        }
        terms.sort_by(|a, b| a.term.cmp(&b.term).then(b.weight.total_cmp(&a.weight)));
        terms.dedup_by_key(|term| term.term);
        terms
    }

    /// Which word of the question each term counts as, and which of the word's terms it is: the word of which it
    /// is the largest share, the first of equals.
    pub fn owners(&self) -> Owners {
        let mut owners = Owners::default();
        let mut shares: FxHashMap<TermId, f64> = FxHashMap::default();
        for (number, word) in self.words.iter().enumerate() {
            for (which, term) in word.terms.iter().enumerate() {
                let best = shares.entry(term.term).or_insert(0.0);
                if term.share > *best {
                    *best = term.share;
                    owners.insert(term.term, (number, which));
                }
            }
        }
        owners
    }

    /// The terms that count as the word with this number, by [`Query::owners`], each with its place among the word's terms.
    pub fn owned<'q>(
        &'q self,
        owners: &Owners,
        number: usize,
    ) -> impl Iterator<Item = (usize, &'q QueryTerm)> {
        let terms = self.words.get(number).map(|word| word.terms.as_slice()).unwrap_or_default();
        let is_owned = move |which: usize, term: &QueryTerm| owners.get(&term.term) == Some(&(number, which));
        terms.iter().enumerate().filter(move |(which, term)| is_owned(*which, term))
    }

    /// The weight of all words that stand in the corpus.
    pub fn total_weight(&self) -> f64 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// Whether there is a word that names a subject.
    pub fn has_content(&self) -> bool {
        self.words.iter().any(|word| word.role == Role::Content)
    }

    /// `Su 30` is `Su-30` where the corpus has that and does not have both words.
    fn join_designators(&mut self, searchable: &Searchable) {
        let known =
            |word: &QueryWord| word.terms.iter().any(|term| searchable.lexicon.term(&term.text).is_some());
        let mut joined: Vec<QueryWord> = Vec::with_capacity(self.words.len());
        for word in self.words.drain(..) {
            let before = joined.last().filter(|before| {
                before.word.chars().count() <= DESIGNATOR_LETTERS_MAX
                    && before.word.chars().all(char::is_alphabetic)
                    && word.word.chars().all(|c| c.is_ascii_digit())
                    && !(known(before) && known(&word))
            });
            let text = before.map(|before| format!("{}{}", before.word, word.word));
            match (text.filter(|text| searchable.lexicon.term(text).is_some()), joined.pop()) {
                (Some(text), Some(before)) => {
                    let asked = format!("{} {}", before.asked, word.asked);
                    let mut both = QueryWord { asked, word: text.clone(), terms: Vec::new(), ..word };
                    push_term(&mut both, text);
                    joined.push(both);
                }
                (_, before) => {
                    joined.extend(before);
                    joined.push(word);
                }
            }
        }
        self.words = joined;
    }

    /// A word that seems to be two written together becomes the two.
    fn part_joined_words(&mut self, searchable: &Searchable) {
        let mut words = Vec::with_capacity(self.words.len());
        for word in self.words.drain(..) {
            let pair = if word.terms.is_empty() {
                spelling::two_words(&word.word, &searchable.lexicon, &searchable.index)
            } else {
                None
            };
            match pair {
                None => words.push(word),
                Some((first, second)) => {
                    for part in [first, second] {
                        let term = QueryTerm {
                            term: part.term,
                            text: searchable.lexicon.text(part.term).to_owned(),
                            share: 1.0,
                            source: TermSource::Spelling,
                            looked_for: Some(part.written()),
                        };
                        words.push(QueryWord { terms: vec![term], ..word.clone() });
                    }
                }
            }
        }
        self.words = words;
    }

    /// Languages cut some chunks differently (`l'accord`): what is known in one language makes the other
    /// readings of the same chunk void.
    fn drop_failed_readings(&mut self) {
        let known: Vec<String> =
            self.words.iter().filter(|word| !word.terms.is_empty()).map(|word| word.asked.clone()).collect();
        self.words.retain(|word| !word.terms.is_empty() || !known.contains(&word.asked));
    }
}

/// The distinct words of a question, each with the terms that the corpus's languages make of it.
fn words(question: &str, readings: &Readings, searchable: &Searchable) -> Vec<QueryWord> {
    let mut words: Vec<(Range<usize>, QueryWord)> = Vec::new();
    let is_flat = Case::of(question) == Case::Flat;
    let reads_english = searchable.languages.contains(&Language::English);
    let addressed = if reads_english { addressed(readings.english()) } else { Vec::new() };
    let capitals_tell = capitals_tell(question, readings.main());
    let readings = readings.of_corpus();
    for Reading { language, tokens, .. } in readings {
        for (token, _) in tokens.iter().filter(|(token, _)| !addressed.contains(&token.range)) {
            let asked = question.get(token.range.clone()).unwrap_or_default();
            let role = role_in(readings, token);
            let mut texts = vec![token.term.clone()];
            if is_flat && token.word == "us" {
                // Typed in small letters the country cannot be told from the pronoun.
                texts.push("US".to_owned());
            }
            let same =
                words.iter_mut().find(|(range, word)| word.word == token.word && *range == token.range);
            match same {
                Some((_, word)) => texts.into_iter().for_each(|text| push_term(word, text)),
                None => {
                    let is_written_so =
                        capitals_tell && token.range.start > 0 && asked.starts_with(char::is_uppercase);
                    let is_known_so = || searchable.lexicon.word(&token.word).iter().any(Word::is_name);
                    let is_name = role == Role::Content
                        && (is_year(&token.word)
                            || is_version(&token.word)
                            || language.marks_names() && (is_written_so || is_known_so()));
                    let mut word = QueryWord {
                        asked: asked.to_owned(),
                        word: token.word.clone(),
                        role,
                        terms: Vec::new(),
                        alike: Vec::new(),
                        is_name,
                        weight: 0.0,
                        sentence_weight: 0.0,
                    };
                    texts.into_iter().for_each(|text| push_term(&mut word, text));
                    words.push((token.range.clone(), word));
                }
            }
        }
    }
    words.sort_by_key(|(range, _)| range.start);
    // A word asked twice is asked once.
    let mut distinct: Vec<QueryWord> = Vec::new();
    for (_, word) in words {
        if !distinct.iter().any(|other| other.terms == word.terms) {
            distinct.push(word);
        }
    }
    distinct
}

fn push_term(word: &mut QueryWord, text: String) {
    if !word.terms.iter().any(|term| term.text == text) {
        word.terms.push(QueryTerm { term: 0, text, share: 1.0, source: TermSource::Asked, looked_for: None });
    }
}

/// Keeps the terms that the corpus holds; where there are none, puts likely readings in their place.
fn look_up(word: &mut QueryWord, searchable: &Searchable, without: Without) {
    let lexicon = &searchable.lexicon;
    word.terms = std::mem::take(&mut word.terms)
        .into_iter()
        .filter_map(|term| lexicon.term(&term.text).map(|id| QueryTerm { term: id, ..term }))
        .collect();
    if word.terms.is_empty() && word.role == Role::Content && !without.has(Part::Spelling) {
        misspelt::read(word, searchable);
    }
}

/// Whether capitals in a question mark names: not where all words of substance have one, as in a headline.
fn capitals_tell(question: &str, reading: &Reading) -> bool {
    let is_small = |(token, role): &(Token, Role)| {
        let asked = question.get(token.range.clone()).unwrap_or_default();
        *role == Role::Content && asked.starts_with(char::is_lowercase)
    };
    let tokens = &reading.tokens;
    Case::of(question) == Case::Mixed && (tokens.len() <= NAME_WORDS_MAX || tokens.iter().any(is_small))
}

/// The terms of words that agree with a longer word in its beginning.
fn alike(word: &QueryWord, searchable: &Searchable) -> Vec<TermId> {
    let length = word.word.chars().count();
    if word.role != Role::Content || length < ALIKE_CHARS_MIN {
        return Vec::new();
    }
    let beginning: String = word.word.chars().take((length * 7).div_ceil(10)).collect();
    let mut terms: Vec<TermId> =
        searchable.lexicon.starting_with(&beginning).iter().map(|word| word.term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn weigh(word: &mut QueryWord, searchable: &Searchable, without: Without) {
    let role_weight = match word.role {
        _ if without.has(Part::Roles) => 1.0,
        Role::Content => 1.0,
        Role::Function => FUNCTION_WEIGHT,
        Role::Question => QUESTION_WEIGHT,
    };
    let index = &searchable.index;
    // One word in several languages is one word: what counts is how many articles hold any of its terms. For
    // readings of a misspelling the likeliest decides.
    let exact: u64 = word
        .terms
        .iter()
        .filter(|term| term.source == TermSource::Asked)
        .map(|term| index.df(term.term))
        .sum();
    let df = if exact > 0 { exact } else { word.terms.first().map_or(0, |term| index.df(term.term)) };
    if df > 0 {
        word.weight = role_weight * index.idf(df);
    }
    if word.role == Role::Content {
        let sentences = searchable.sentence_count();
        let df: u64 = word.terms.iter().map(|term| searchable.sentence_df(term.term)).max().unwrap_or(0);
        word.sentence_weight = idf(sentences, df);
    }
    let reads_english = searchable.languages.first() == Some(&Language::English);
    if word.role == Role::Content && reads_english && is_light(&word.word) && !without.has(Part::Roles) {
        word.weight *= LIGHT_WEIGHT;
        word.sentence_weight *= LIGHT_WEIGHT;
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::synonyms::SynonymRule;
    use crate::corpus::{Synonyms, samples};

    /// The words of a question as `word: role, terms with their shares`, one a line.
    fn check(question: &str, expected: Expect) {
        let phrases = ["tanks", "armor"].map(str::to_owned).to_vec();
        let synonyms = Synonyms::new(vec![SynonymRule::Equivalent(phrases)]);
        let articles = [
            ("a", "The minister wants tanks and the S-300. The U.S. objects."),
            ("b", "Armor was bought in Tehran from General Dehghan."),
            ("c", "Der Minister kauft neue Panzer und Hubschrauber von der russischen Regierung in Moskau."),
        ];
        let searchable = Searchable::build(&samples::corpus(&articles, synonyms));
        let mut text = String::new();
        for word in Query::plan(question, &searchable).words {
            let terms: Vec<String> =
                word.terms.iter().map(|term| format!("{} {:.2}", term.text, term.share)).collect();
            text += &format!("{}: {:?}, {}\n", word.word, word.role, terms.join(", "));
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn words_have_roles_and_count_once() {
        check(
            "Which minister wants tanks, tanks?",
            expect![[r#"
                which: Question, 
                minister: Content, minist 1.00
                wants: Content, want 1.00
                tanks: Content, tank 1.00, armor 0.70
            "#]],
        );
    }

    #[test]
    fn what_is_said_to_whoever_is_asked_is_not_looked_for() {
        check(
            "hi, please tell me what the minister wants, thanks",
            expect![[r#"
            me: Function, 
            what: Question, 
            the: Function, the 1.00
            minister: Content, minist 1.00
            wants: Content, want 1.00
        "#]],
        );
    }

    #[test]
    fn capitals_mark_names() {
        fn check(question: &str, expected: &[&str]) {
            let text = "On Monday the general met Dehghan in Tehran, and no minister came.";
            let searchable = Searchable::build(&samples::corpus(&[("a", text)], Synonyms::default()));
            let words = Query::plan(question, &searchable).words;
            let names: Vec<&str> =
                words.iter().filter(|word| word.is_name).map(|word| &*word.asked).collect();
            assert_eq!(names, expected, "{question}");
        }
        check("When did Obama meet the general in Tehran?", &["Obama", "Tehran"]);
        check("General Obama?", &["Obama"]);
        // The corpus knows it as a name.
        check("when did obama meet dehghan", &["dehghan"]);
        // Every word has a capital.
        check("When Did The Minister Meet General Obama In Tehran", &["Tehran"]);
        check("WHEN DID OBAMA MEET DEHGHAN", &["DEHGHAN"]);
    }

    #[test]
    fn irregular_words_are_one_word_in_all_their_forms() {
        check(
            "Who buys tanks, and who has sought them?",
            expect![[r#"
                who: Question, 
                buys: Content, bought 1.00
                tanks: Content, tank 1.00, armor 0.70
                and: Function, and 1.00
                has: Function, 
                sought: Content, 
                them: Function, 
            "#]],
        );
        // A synonym of `seek` is one of `sought`.
        let rule = SynonymRule::Mapping { from: vec!["seek".to_owned()], to: vec!["want".to_owned()] };
        let corpus = samples::corpus(&[("a", "The minister wants tanks.")], Synonyms::new(vec![rule]));
        let query = Query::plan("who sought tanks?", &Searchable::build(&corpus));
        let sought = query.words.iter().find(|word| word.word == "sought").unwrap();
        assert_eq!(sought.terms.iter().map(|term| &*term.text).collect::<Vec<_>>(), ["want"]);
    }

    #[test]
    fn what_is_not_found_is_zero() {
        let searchable = Searchable::build(&samples::corpus(&[("a", "The minister.")], Synonyms::default()));
        let query = Query::plan("minister", &searchable);
        let found = query.words.iter().map(|word| word.found(|_| false));
        assert!(found.clone().count() == 1 && found.into_iter().all(f64::is_sign_positive));
    }

    #[test]
    fn each_language_reads_the_question() {
        check(
            "Panzer Hubschrauber",
            expect![[r#"
            panzer: Content, panz 1.00
            hubschrauber: Content, hubschraub 1.00
        "#]],
        );
    }

    #[test]
    fn unknown_words_are_read_as_the_likeliest() {
        check(
            "General Dehgan in Terhan",
            expect![[r#"
            general: Content, general 1.00
            dehgan: Content, dehghan 1.00
            in: Function, in 1.00
            terhan: Content, tehran 1.00
        "#]],
        );
        check(
            "tanks ftom Tehran",
            expect![[r#"
                tanks: Content, tank 1.00, armor 0.70
                ftom: Function, from 1.00
                tehran: Content, tehran 1.00
            "#]],
        );
        check(
            "generaldehghan",
            expect![[r#"
            generaldehghan: Content, general 1.00
            generaldehghan: Content, dehghan 1.00
        "#]],
        );
        check(
            "zzzzzz",
            expect![[r#"
            zzzzzz: Content, 
        "#]],
        );
    }

    #[test]
    fn designators_and_acronyms_meet() {
        check(
            "s 300 S300 US",
            expect![[r#"
            s300: Content, s300 1.00
            us: Function, US 1.00
        "#]],
        );
        check(
            "what did the us want",
            expect![[r#"
            what: Question, 
            did: Function, 
            the: Function, the 1.00
            us: Function, US 1.00
            want: Content, want 1.00
        "#]],
        );
    }
}
