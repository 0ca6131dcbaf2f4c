//! From text to terms.
//!
//! The text is cut into [`chunks`]; a chunk gives one or more terms. What a chunk gives depends on the chunk and the
//! language alone, so the index builder remembers it and analyzes each distinct chunk once.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::chunks::{chunks, digit_at, is_apostrophe, is_currency, is_dotted, is_hyphen};
use crate::corpus::Language;
use crate::corpus::split::is_unspaced;

/// The longest letter run that a hyphen joins to digits: `S-300`, `Su-30`, `RPG-7`, but not `COVID-19`, whose
/// name is also used alone.
pub const DESIGNATOR_LETTERS_MAX: usize = 3;

/// Case shows in this many letters.
const CASE_LETTERS_MAX: usize = 400;

/// ASCII that is looked at for it at a time, in bytes.
const CASE_BLOCK: usize = 64;

/// A longer run of letters is no word; it is cut here so that no term is larger than this many characters.
const TERM_CHARS_MAX: usize = 64;

/// A term of a text, with where it stands and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The chunk it comes from, as a byte range of the text.
    pub range: Range<usize>,
    /// The word in lower case with accents folded, not stemmed.
    pub word: String,
    /// What is indexed.
    pub term: String,
}

/// Cuts text into terms as one language wants it.
pub struct Analyzer {
    language: Language,
    stemmer: Option<Stemmer>,
}

impl Analyzer {
    /// The analyzer for texts in this language.
    pub fn new(language: Language) -> Analyzer {
        Analyzer { language, stemmer: stemmer(language) }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The tokens of a text, in order.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        self.tokens_as(text, Case::of(text))
    }

    /// The tokens of a piece of a text that has this case as a whole.
    pub fn tokens_as(&self, text: &str, case: Case) -> Vec<Token> {
        let mut tokens = Vec::new();
        for range in chunks(text) {
            let chunk = text.get(range.clone()).unwrap_or_default();
            self.chunk(chunk, case, &mut |word, term| {
                tokens.push(Token { range: range.clone(), word: word.to_owned(), term });
            });
        }
        tokens
    }

    /// The words of a piece of a text that has this case as a whole: those of its tokens, each with the range of its
    /// chunk. Far faster, as nothing is stemmed.
    pub fn words_as(&self, text: &str, case: Case) -> Vec<(Range<usize>, String)> {
        let mut words = Vec::new();
        for range in chunks(text) {
            let chunk = text.get(range.clone()).unwrap_or_default();
            self.words_of(chunk, case, &mut |word, _| words.push((range.clone(), word.to_owned())));
        }
        words
    }

    /// The term of the first token of a text, such as a single word; `None` where it has none.
    pub fn first_term(&self, text: &str) -> Option<String> {
        let case = Case::of(text);
        chunks(text).find_map(|range| {
            let mut first = None;
            self.chunk(text.get(range).unwrap_or_default(), case, &mut |_, term| {
                first.get_or_insert(term);
            });
            first
        })
    }

    /// The first two words of a piece of a text that has this case as a whole; empty where there are none.
    pub fn first_words(&self, text: &str, case: Case) -> [String; 2] {
        let mut words = [String::new(), String::new()];
        for range in chunks(text) {
            self.words_of(text.get(range).unwrap_or_default(), case, &mut |word, _| {
                if let Some(free) = words.iter_mut().find(|word| word.is_empty()) {
                    word.clone_into(free);
                }
            });
            if words.iter().all(|word| !word.is_empty()) {
                break;
            }
        }
        words
    }

    /// Hands the `(word, term)` pairs of one chunk to `emit`.
    pub fn chunk(&self, chunk: &str, case: Case, emit: &mut dyn FnMut(&str, String)) {
        self.words_of(chunk, case, &mut |word, written| match written {
            Some(written) => emit(word, self.stem(written, word)),
            None => emit(word, word.to_owned()),
        });
    }

    /// Hands the words of one chunk to `emit`, none of them empty: with accents folded, and, where they are stemmed, as
    /// they are before that.
    fn words_of(&self, chunk: &str, case: Case, emit: &mut dyn FnMut(&str, Option<&str>)) {
        if chunk.starts_with(is_unspaced) {
            return unspaced(chunk, &mut |word, _| emit(word, None));
        }
        if case == Case::Mixed
            && let Some(acronym) = acronym_by_case(chunk)
        {
            return emit(acronym, None);
        }
        let folded = lower(chunk);
        if folded.len() <= TERM_CHARS_MAX && folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            // Most chunks are a word and nothing else.
            return emit(&folded, Some(&folded));
        }
        for part in parts(&folded, self.language) {
            let (written, is_stemmed) = match &part {
                Part::Exact(written) => (written, false),
                Part::Word(written) => (written, true),
            };
            let word = fold_accents(written);
            if !word.is_empty() {
                emit(&word, is_stemmed.then_some(written));
            }
        }
    }

    /// The stem of a word (lower case), which is `plain` with accents folded.
    fn stem(&self, word: &str, plain: &str) -> String {
        let term = match &self.stemmer {
            Some(stemmer) if stems_accented(self.language) => fold_accents(&stemmer.stem(word)),
            Some(stemmer) => stemmer.stem(plain).into_owned(),
            None => plain.to_owned(),
        };
        if term.is_empty() { plain.to_owned() } else { term }
    }
}

impl bm25::Tokenizer for Analyzer {
    fn tokenize(&self, input_text: &str) -> Vec<String> {
        self.tokens(input_text).into_iter().map(|token| token.term).collect()
    }
}

/// Whether capitals mean something in a text: in a headline set in capitals they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// Capitals mark names and acronyms.
    Mixed,
    /// No capital, or hardly a small letter.
    Flat,
}

impl Case {
    /// Looks at the first letters of a text.
    pub fn of(text: &str) -> Case {
        let (mut upper, mut small) = (0, 0);
        let mut rest = text;
        // For as long as all letters of a block are among those to look at.
        while let Some((block, after)) = rest.split_at_checked(CASE_BLOCK)
            && block.is_ascii()
            && upper + small + CASE_BLOCK <= CASE_LETTERS_MAX
        {
            let count = |is: fn(&u8) -> bool| block.bytes().map(|byte| u8::from(is(&byte))).sum::<u8>();
            upper += usize::from(count(u8::is_ascii_uppercase));
            small += usize::from(count(u8::is_ascii_lowercase));
            rest = after;
        }
        for c in rest.chars().filter(|c| c.is_alphabetic()).take(CASE_LETTERS_MAX - upper - small) {
            if c.is_uppercase() {
                upper += 1;
            } else {
                small += 1;
            }
        }
        if upper > 0 && small > upper { Case::Mixed } else { Case::Flat }
    }
}

/// Compatibility forms resolved, lower case. Letters stay accented: stemmers of some languages need them.
fn lower(chunk: &str) -> String {
    if chunk.is_ascii() {
        chunk.to_ascii_lowercase()
    } else {
        chunk.nfkc().flat_map(char::to_lowercase).collect()
    }
}

/// Removes what is written above and below letters, and unifies the forms of Arabic and Persian letters.
pub fn fold_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            // й is a letter of its own, not an accented и; what follows it in a decomposition stays.
            'й' | 'ў' => folded.push(c),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ى' | 'ي' | 'ئ' => folded.push('ی'),
            'ك' => folded.push('ک'),
            'ة' | 'ۀ' => folded.push('ه'),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ؤ' => folded.push('و'),
            // tatweel, zero-width joiners
            '\u{640}' | '\u{200C}' | '\u{200D}' => {}
            _ => folded.extend(std::iter::once(c).nfd().filter(|&c| !is_accent(c))),
        }
    }
    folded
}

/// The marks of scripts in which they are left out at will: Latin, Greek, Cyrillic, Hebrew, Arabic. The vowel
/// signs of Indian scripts are no such marks.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

enum Part {
    /// To be stemmed.
    Word(String),
    /// A number, a designator, an acronym: indexed as it is.
    Exact(String),
}

/// What a chunk in lower case is made of.
fn parts(chunk: &str, language: Language) -> Vec<Part> {
    let mut found = Vec::new();
    let is_money = chunk.starts_with(is_currency);
    let chunk = chunk.trim_start_matches(is_currency);
    if chunk.contains('.') && is_dotted(chunk, 0, chunk.trim_end_matches('.').len()) {
        let letters: String = chunk.chars().filter(|&c| c != '.').collect();
        found.push(Part::Exact(acronym_term(&letters)));
        return found;
    }
    if designator(chunk, &mut found) {
        return found;
    }
    for piece in chunk.split(|c: char| is_hyphen(c) || matches!(c, '/' | ' ' | '\u{A0}')) {
        word_or_number(piece, language, is_money, &mut found);
    }
    found
}

/// Terms that are written like a common word when in lower case keep their capitals: `U.S.` is not `us`.
fn acronym_term(letters: &str) -> String {
    if BY_CASE.contains(&letters) { letters.to_uppercase() } else { letters.to_owned() }
}

/// Acronyms that capitals alone tell from a common word.
const BY_CASE: &[&str] = &["us", "who", "it"];

fn acronym_by_case(chunk: &str) -> Option<&str> {
    let chunk = chunk.strip_suffix("'s").or_else(|| chunk.strip_suffix("’s")).unwrap_or(chunk);
    let is_one = matches!(chunk, "US" | "WHO" | "IT");
    is_one.then_some(chunk)
}

/// What makes another time of a year, and no name of its number.
const TIME_PREFIXES: &[&str] = &["mid", "pre"];

/// `s-300`, `s 300`, `s300`, `su-30sm`, `f-16s`, `mi-8/17`: letters joined to the digits that follow.
/// Returns whether the chunk is one.
fn designator(chunk: &str, found: &mut Vec<Part>) -> bool {
    let letters_end = chunk.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(chunk.len());
    let (letters, rest) = chunk.split_at(letters_end);
    if letters.is_empty() || letters.len() > DESIGNATOR_LETTERS_MAX {
        return false;
    }
    let joined = rest.strip_prefix(|c: char| is_hyphen(c) || matches!(c, ' ' | '\u{A0}'));
    let rest = joined.unwrap_or(rest);
    // `mid-2016` is a time, and found by its year.
    if !digit_at(rest, 0) || joined.is_some() && TIME_PREFIXES.contains(&letters) {
        return false;
    }
    for number in rest.split('/') {
        let digits_end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, tail) = number.split_at(digits_end);
        let tail: String = tail.chars().filter(|c| c.is_alphanumeric()).collect();
        if digits.is_empty() {
            word_or_number(number, Language::English, false, found);
            continue;
        }
        let base = format!("{letters}{digits}");
        if !tail.is_empty() && tail != "s" {
            found.push(Part::Exact(format!("{base}{tail}")));
        }
        found.push(Part::Exact(base));
    }
    true
}

fn word_or_number(piece: &str, language: Language, is_money: bool, found: &mut Vec<Part>) {
    if piece.starts_with(|c: char| c.is_numeric()) {
        return number(piece, is_money, found);
    }
    let piece = piece.trim_matches(|c: char| is_apostrophe(c) || c == '.' || c == ',');
    let mut word = String::with_capacity(piece.len());
    let mut rest = piece;
    while let Some((head, tail)) = rest.split_once(is_apostrophe) {
        word.push_str(head);
        if tail == "s" && matches!(language, Language::English) {
            rest = "";
        } else if elides(language) && word.chars().count() <= 2 {
            found.push(Part::Word(std::mem::take(&mut word)));
            rest = tail;
        } else {
            rest = tail;
        }
    }
    word.push_str(rest);
    for word in word.split(['.', ',']) {
        let word: String = word.chars().take(TERM_CHARS_MAX).collect();
        // Letters with digits in them are a name, not an inflected word; a long name and its number are two.
        let digits_at = word.find(|c: char| c.is_numeric());
        match digits_at {
            None if word.is_empty() => {}
            None => found.push(Part::Word(word)),
            Some(at) if word.chars().take_while(|c| !c.is_numeric()).count() > DESIGNATOR_LETTERS_MAX => {
                let (name, number) = word.split_at(at);
                found.push(Part::Word(name.to_owned()));
                found.push(Part::Exact(number.to_owned()));
            }
            Some(_) => found.push(Part::Exact(word)),
        }
    }
}

/// `1,000` -> `1000`; `60%` -> `60`, `percent`; `8bn` -> `8`, `billion`; `3.5` stays.
fn number(piece: &str, is_money: bool, found: &mut Vec<Part>) {
    let end = piece.find(|c: char| !(c.is_numeric() || matches!(c, '.' | ','))).unwrap_or(piece.len());
    let (digits, unit) = piece.split_at(end);
    let digits = digits.trim_end_matches(['.', ',']);
    let mut written: String = digits.chars().take(TERM_CHARS_MAX).collect();
    let groups: Vec<&str> = digits.split([',', '.']).collect();
    let thousands = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|group| (1..=3).contains(&group.len()) && *group != "0");
    if thousands {
        written = groups.concat();
    }
    let unit = unit.trim_start_matches(is_apostrophe);
    match unit {
        "" => found.push(Part::Exact(written)),
        "%" => found.extend([Part::Exact(written), Part::Word("percent".to_owned())]),
        "bn" => found.extend([Part::Exact(written), Part::Word("billion".to_owned())]),
        "tn" | "trn" => found.extend([Part::Exact(written), Part::Word("trillion".to_owned())]),
        "mn" | "mln" => found.extend([Part::Exact(written), Part::Word("million".to_owned())]),
        "m" if is_money => found.extend([Part::Exact(written), Part::Word("million".to_owned())]),
        "b" if is_money => found.extend([Part::Exact(written), Part::Word("billion".to_owned())]),
        "km" | "kg" | "kwh" | "mph" | "am" | "pm" | "ft" => {
            found.extend([Part::Exact(written), Part::Word(unit.to_owned())]);
        }
        _ => {
            let unit: String = unit.chars().filter(|c| c.is_alphanumeric()).take(TERM_CHARS_MAX).collect();
            found.push(Part::Exact(written + &unit));
        }
    }
}

/// Languages that write `l'accord`: the short word before the apostrophe is one of its own.
fn elides(language: Language) -> bool {
    matches!(language, Language::French | Language::Italian)
}

/// Characters and pairs of characters.
fn unspaced(chunk: &str, emit: &mut dyn FnMut(&str, String)) {
    let mut previous: Option<char> = None;
    for c in chunk.nfkc() {
        // The compatibility form of a sign such as `゛` has a space to carry its mark.
        if is_combining_mark(c) || c.is_whitespace() {
            continue;
        }
        if let Some(previous) = previous {
            let pair: String = [previous, c].iter().collect();
            emit(&pair, pair.clone());
        }
        let single = c.to_string();
        emit(&single, single.clone());
        previous = Some(c);
    }
}

/// Whether the language's stemmer wants its accents.
fn stems_accented(language: Language) -> bool {
    !matches!(language, Language::English)
}

fn stemmer(language: Language) -> Option<Stemmer> {
    let algorithm = match language {
        Language::Arabic => Algorithm::Arabic,
        Language::Danish => Algorithm::Danish,
        Language::Dutch => Algorithm::Dutch,
        Language::English => Algorithm::English,
        Language::Finnish => Algorithm::Finnish,
        Language::French => Algorithm::French,
        Language::German => Algorithm::German,
        Language::Greek => Algorithm::Greek,
        Language::Hungarian => Algorithm::Hungarian,
        Language::Italian => Algorithm::Italian,
        Language::Norwegian => Algorithm::Norwegian,
        Language::Portuguese => Algorithm::Portuguese,
        Language::Romanian => Algorithm::Romanian,
        Language::Russian => Algorithm::Russian,
        Language::Spanish => Algorithm::Spanish,
        Language::Swedish => Algorithm::Swedish,
        Language::Tamil => Algorithm::Tamil,
        Language::Turkish => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str, language: Language) -> String {
        let tokens = Analyzer::new(language).tokens(text);
        tokens.iter().map(|token| token.term.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Signs whose compatibility forms have spaces.
    #[test]
    fn no_term_holds_a_space() {
        fn check(text: &str, expected: &[&str]) {
            let tokens = Analyzer::new(Language::English).tokens(text);
            assert_eq!(tokens.iter().map(|token| token.term.as_str()).collect::<Vec<_>>(), expected);
        }
        check("゛", &[]);
        check("か゛き", &["か", "かき", "き"]);
        check("\u{FDFA}", &["صلی", "الله", "علیه", "وسلم"]);
    }

    proptest::proptest! {
        #[test]
        fn case_is_that_of_the_first_letters(text in "[a-z A-Z]{0,200}[a-zé]{0,300}[a-zA-ZÉß1]{0,300}") {
            let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).take(CASE_LETTERS_MAX).collect();
            let upper = letters.iter().filter(|c| c.is_uppercase()).count();
            let is_mixed = upper > 0 && letters.len() - upper > upper;
            proptest::prop_assert_eq!(Case::of(&text), if is_mixed { Case::Mixed } else { Case::Flat });
        }
    }

    #[test]
    fn cuts_news_into_terms() {
        fn check(text: &str, expected: &str) {
            assert_eq!(terms(text, Language::English), expected, "{text}");
        }
        check("", "");
        check("Iran's weapons", "iran weapon");
        check("Khamene'i and Khamenei", "khamenei and khamenei");
        check("the U.S. and the US told us", "the US and the US told us");
        check("I.R.G.C. IRGC", "irgc irgc");
        check("S-300 S300 S 300 s-300s", "s300 s300 s300 s300");
        check("Su-30SM, Mi-8/17, F-16s", "su30sm su30 mi8 mi17 f16");
        check("COVID-19 COVID19", "covid 19 covid 19");
        check("mid-2016, pre-1979, mid-1990s", "mid 2016 pre 1979 mid 1990s");
        check("1,000 1000 3.5 10.000", "1000 1000 3.5 10000");
        check("$8 billion, $8bn, £5m, 60%", "8 billion 8 billion 5 million 60 percent");
        check("long-term co-operation", "long term co oper");
        check("caf\u{e9} \u{ff21}\u{ff22}", "cafe ab");
        check("IT WAS THE WHO. IT DID NOT.", "it was the who it did not");
        check("a 300-page book", "a 300 page book");
        check("wait...what e.g. example.com", "wait what eg exampl com");
    }

    #[test]
    fn cuts_other_languages() {
        fn check(language: Language, text: &str, expected: &str) {
            assert_eq!(terms(text, language), expected, "{text}");
        }
        check(Language::Chinese, "黑豹队", "黑 黑豹 豹 豹队 队");
        check(Language::Chinese, "308分。", "308 分");
        check(Language::Japanese, "¥五百 $三", "五 五百 百 三");
        check(Language::Thai, "$๓", "๓");
        check(Language::French, "l'accord d’Iran", "l accord d iran");
        check(Language::Spanish, "administración", "administr");
        check(Language::Persian, "كتاب علي", "کتاب علی");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC*|[A-Za-z0-9.,'’/$% -]{0,80}") {
            for &language in Language::ALL {
                for token in Analyzer::new(language).tokens(&text) {
                    proptest::prop_assert!(text.get(token.range.clone()).is_some());
                    proptest::prop_assert!(!token.term.is_empty());
                    proptest::prop_assert!(!token.term.contains(char::is_whitespace), "{:?}", token);
                }
            }
        }
    }
}
