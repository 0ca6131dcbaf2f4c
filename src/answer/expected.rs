//! What kind of thing does a question ask for, and does a sentence hold one?
//!
//! Only the kinds that pay are told apart. `what` and `which` before any other noun say too little: there the
//! words of the question alone decide.

use std::ops::Range;

use crate::corpus::Language;
use crate::search::words::is_year;

/// The kind of thing asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// `who`
    Person,
    /// `where`, `which country`
    Place,
    /// `when`, `what year`
    Date,
    /// `how many`
    Number,
    /// `what percentage`
    Percentage,
    /// `how much did it cost`
    Money,
    /// `how long`
    Duration,
    /// `how far`, `how tall`
    Distance,
    /// `why`
    Reason,
}

/// What a question of these words (lower case, accents folded) asks for, if that can be told. Read from the end, since
/// quiz questions put the question word last.
pub fn expected(question: &[&str]) -> Option<Expected> {
    (0..question.len()).rev().find_map(|at| expected_at(question, at))
}

fn expected_at(words: &[&str], at: usize) -> Option<Expected> {
    let word = *words.get(at)?;
    let next = words.get(at + 1).copied().unwrap_or_default();
    let after = words.get(at + 1..).unwrap_or_default();
    match word {
        "who" | "whom" | "whose" | "quien" | "quienes" | "wer" | "wen" | "wem" | "qui" | "quem" | "кто"
        | "谁" => Some(Expected::Person),
        "where" | "donde" | "wo" | "ou" | "onde" | "dove" | "где" | "哪里" => Some(Expected::Place),
        "when" | "cuando" | "wann" | "quand" | "quando" | "когда" | "何时" => Some(Expected::Date),
        "why" | "warum" | "weshalb" | "pourquoi" | "почему" | "为什" => Some(Expected::Reason),
        "how" => match next {
            "many" => Some(Expected::Number),
            "much" => Some(if after.iter().any(|word| MONEY_WORDS.contains(word)) {
                Expected::Money
            } else {
                Expected::Number
            }),
            "long" => Some(Expected::Duration),
            "far" | "tall" | "high" | "deep" | "wide" => Some(Expected::Distance),
            "old" | "often" | "fast" | "large" | "big" => Some(Expected::Number),
            _ => None,
        },
        "cuantos" | "cuantas" | "cuanto" | "cuanta" | "wieviele" | "wieviel" | "combien" | "quantos"
        | "quantas" | "сколько" | "多少" => Some(Expected::Number),
        "wie" if matches!(next, "viele" | "viel") => Some(Expected::Number),
        "what" | "which" => {
            let noun = after.iter().take(2).copied();
            noun.into_iter().find_map(|noun| match noun {
                "country" | "countries" | "city" | "cities" | "state" | "states" | "nation" | "continent"
                | "town" | "island" | "province" => Some(Expected::Place),
                "year" | "date" | "month" | "decade" | "century" => Some(Expected::Date),
                "percent" | "percentage" | "proportion" => Some(Expected::Percentage),
                _ => None,
            })
        }
        _ => None,
    }
}

/// A word of a sentence (lower case, accents folded), with the range of the text it comes from.
pub type WordAt = (Range<usize>, String);

/// Which words of a sentence are of that kind and not named in the question already, by their number.
///
/// `is_asked` tells whether the term of a word stands in the question.
pub fn held(
    expected: Expected,
    text: &str,
    words: &[WordAt],
    language: Language,
    is_asked: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let word_at = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let near = |at: usize, words: &[&str]| (1..4).any(|ahead| words.contains(&word_at(at + ahead)));
    let is_held = |at: usize, (range, word): &WordAt| match expected {
        Expected::Person => {
            let is_day = DATE_WORDS.contains(&word.as_str());
            language.marks_names() && at > 0 && is_name(text, range) && !is_day
        }
        Expected::Place => {
            language.marks_names()
                && at > 0
                && is_name(text, range)
                && (PLACE_WORDS.contains(&word_at(at - 1))
                    || at > 1 && PLACE_WORDS.contains(&word_at(at - 2)))
        }
        Expected::Date => is_year(word) || DATE_WORDS.contains(&word.as_str()),
        Expected::Number => is_number(word),
        Expected::Percentage => is_number(word) && matches!(word_at(at + 1), "percent" | "per" | "prozent"),
        Expected::Money => is_number(word) && names_money(text, words),
        Expected::Duration => is_number(word) && near(at, DURATIONS),
        Expected::Distance => is_number(word) && near(at, DISTANCES),
        Expected::Reason => REASONS.contains(&word.as_str()),
    };
    let held = words.iter().enumerate().filter(|&(at, word)| is_held(at, word) && !is_asked(at));
    held.map(|(at, _)| at).collect()
}

/// Whether a kind is one of figures, of which two articles can name different ones for the same thing.
pub fn is_figure(expected: Expected) -> bool {
    !matches!(expected, Expected::Person | Expected::Place | Expected::Reason)
}

fn names_money(text: &str, words: &[WordAt]) -> bool {
    text.contains(['$', '€', '£', '¥']) || words.iter().any(|(_, word)| CURRENCIES.contains(&word.as_str()))
}

fn is_name(text: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()).is_some_and(|written| written.starts_with(char::is_uppercase))
}

/// Whether a word (lower case) is a number, in digits or in English letters.
pub fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric()) || NUMBER_WORDS.contains(&word)
}

const NUMBER_WORDS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "dozen",
    "dozens",
    "half",
    "third",
    "quarter",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "mil",
    "millones",
    "zwei",
    "drei",
    "vier",
    "funf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "tausend",
    "millionen",
];

const MONEY_WORDS: &[&str] = &[
    "cost", "costs", "pay", "paid", "spend", "spent", "worth", "money", "price", "priced", "earn", "earned",
    "fine", "fined", "raise", "raised", "revenue", "dollars", "sell", "sold", "buy", "bought", "owe",
    "donate", "donated",
];

const CURRENCIES: &[&str] = &[
    "dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "yuan", "rubles", "francs", "cents",
    "rupees",
];

const DURATIONS: &[&str] = &[
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "decade",
    "decades",
    "century",
    "centuries",
];

const DISTANCES: &[&str] = &[
    "km",
    "kilometer",
    "kilometers",
    "kilometre",
    "kilometres",
    "mile",
    "miles",
    "meter",
    "meters",
    "metre",
    "metres",
    "m",
    "ft",
    "foot",
    "feet",
    "inch",
    "inches",
    "yard",
    "yards",
    "cm",
    "centimeters",
    "acres",
];

const REASONS: &[&str] = &[
    "because",
    "since",
    "due",
    "owing",
    "therefore",
    "reason",
    "reasons",
    "cause",
    "caused",
    "causes",
    "thus",
    "order",
    "porque",
    "debido",
    "weil",
    "wegen",
    "denn",
    "因",
    "因为",
    "由于",
];

const PLACE_WORDS: &[&str] = &[
    "in", "at", "from", "near", "to", "outside", "into", "across", "of", "en", "desde", "nel", "dans", "em",
];

const DATE_WORDS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "today",
    "tomorrow",
    "century",
    "1990s",
    "1980s",
    "1970s",
    "1960s",
    "1950s",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "siglo",
    "januar",
    "februar",
    "marz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "jahrhundert",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Analyzer, Case};

    #[test]
    fn reads_what_is_asked() {
        fn check(question: &str, kind: Option<Expected>) {
            let tokens = Analyzer::new(Language::English).tokens(question);
            let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
            assert_eq!(expected(&words), kind, "{question}");
        }
        check("Who met Putin?", Some(Expected::Person));
        check("The deal was signed in what year?", Some(Expected::Date));
        check("Which Asian country bought jets?", Some(Expected::Place));
        check("how much did Iran pay", Some(Expected::Money));
        check("how many jets", Some(Expected::Number));
        check("how long did it take", Some(Expected::Duration));
        check("what weapons did Iran seek?", None);
        check("which general travelled?", None);
        check("", None);
    }

    #[test]
    fn finds_what_is_asked() {
        fn check(kind: Expected, sentence: &str, question: &str, found: bool) {
            let analyzer = Analyzer::new(Language::English);
            let asked: Vec<String> = analyzer.tokens(question).into_iter().map(|token| token.term).collect();
            let tokens = analyzer.tokens(sentence);
            let is_asked = |at: usize| asked.contains(&tokens[at].term);
            let words = analyzer.words_as(sentence, Case::of(sentence));
            let held = held(kind, sentence, &words, Language::English, &is_asked);
            assert_eq!(!held.is_empty(), found, "{sentence}");
        }
        check(Expected::Person, "On Tuesday he met Putin.", "who met Putin on Tuesday", false);
        check(Expected::Person, "The general met Vladimir Putin.", "who met the general", true);
        check(Expected::Place, "He travelled to Moscow.", "where did he go", true);
        check(Expected::Date, "The contract was signed in 2007.", "when was it signed", true);
        check(Expected::Number, "They bought jets.", "how many jets", false);
        check(Expected::Percentage, "It fell by 60%.", "what percentage", true);
        check(Expected::Money, "The deal is worth about $8 billion.", "how much is it worth", true);
        check(Expected::Duration, "It took nearly ten years.", "how long", true);
    }
}
