//! Words of the corpus that a word which is not there may have been meant for: misspellings, and other
//! transliterations of a name.
//!
//! The costs come from measurement on misspelt and respelt questions; every one below is in edits.

use super::index::Index;
use super::lexicon::{Lexicon, Word, letters};

/// A word shorter than this has too many neighbours to guess.
const WORD_CHARS_MIN: usize = 4;

/// From this length on two edits are tried, below it one.
const TWO_EDITS_CHARS_MIN: usize = 5;

/// Candidates above this cost are guesses, not readings.
const COST_MAX: f64 = 2.3;

/// Up to this cost a reading is trusted with the full weight of the word.
const COST_SURE: f64 = 1.2;

/// The weight of a reading that is less sure.
const DOUBTFUL_SHARE: f64 = 0.8;

/// How much a commoner word is preferred to a rarer one: edits for each factor of e.
const FREQUENCY_BONUS: f64 = 0.12;

/// At most this many readings of one word are looked for.
const READINGS_MAX: usize = 2;

/// What the second reading weighs beside the first at equal cost.
const NEXT_READING_SHARE: f64 = 0.3;

/// Names shorter than this sound like too many others.
const VARIANT_CHARS_MIN: usize = 5;

/// Spellings of one name differ in length by no more than this.
const VARIANT_CHARS_APART_MAX: usize = 2;

/// A word this long that has no reading may be two written together.
const JOINED_CHARS_MIN: usize = 7;

/// A word of the corpus that may have been meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    /// The word.
    pub word: &'a Word,
    /// Its share of the asked word's weight, above 0, at most 1.
    pub share: f64,
}

/// A word of the corpus that is near another.
#[derive(Debug, Clone, Copy)]
pub struct Near<'a> {
    /// The word.
    pub word: &'a Word,
    /// How unlikely it is that it was meant: its cost, less what it is preferred for as a commoner word.
    order: f64,
    /// How far it is from the other, in edits.
    cost: f64,
}

/// The words near one (lower case, accents folded) that the lexicon does not hold, in the order of the lexicon.
pub fn near<'a>(asked: &str, lexicon: &'a Lexicon, index: &Index) -> Vec<Near<'a>> {
    let asked: Vec<char> = asked.chars().collect();
    if asked.len() < WORD_CHARS_MIN || asked.iter().any(|c| !c.is_alphabetic()) {
        return Vec::new();
    }
    let edits_max = if asked.len() < TWO_EDITS_CHARS_MIN { 1 } else { 2 };
    let key = consonant_key(&asked);
    let letters = letters(asked.iter().copied());
    let mut found = Vec::new();
    let mut chars: Vec<char> = Vec::new();
    // Each edit changes at most two of the letters that occur, which is told without a look at the text of a word.
    let is_alike = |word: &&Word| (word.letters ^ letters).count_ones() as usize <= 2 * edits_max;
    for word in lexicon.words().iter().filter(is_alike) {
        if word.text.len().abs_diff(asked.len()) > edits_max && word.text.is_ascii() {
            continue;
        }
        chars.clear();
        chars.extend(word.text.chars());
        let is_near =
            chars.len().abs_diff(asked.len()) <= edits_max && chars.iter().all(|c| c.is_alphabetic());
        if !is_near {
            continue;
        }
        let Some(edits) = edit_distance(&asked, &chars, edits_max) else { continue };
        let cost = cost(&asked, &chars, edits, key == consonant_key(&chars));
        if cost <= COST_MAX {
            let order = cost - FREQUENCY_BONUS * libm::log(index.df(word.term) as f64 + 1.0);
            found.push(Near { word, order, cost });
        }
    }
    found
}

/// The likeliest of some words that are [`near`] one, the best of each term, best first.
pub fn likeliest<'a>(near: impl Iterator<Item = Near<'a>>) -> Vec<Reading<'a>> {
    let mut found: Vec<Near> = Vec::new();
    for near in near {
        match found.iter_mut().find(|other| other.word.term == near.word.term) {
            Some(other) if near.order < other.order => *other = near,
            Some(_) => {}
            None => found.push(near),
        }
    }
    found.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.word.text.cmp(&b.word.text)));
    found.truncate(READINGS_MAX);
    shares(&found)
}

/// Other spellings of a name that the corpus has, too: `Dehqan` of `Dehghan`, in the order of the alphabet; `asked`
/// is in lower case with accents folded. Only names count, and only those that sound alike to the letter.
pub fn variants<'a>(asked: &str, lexicon: &'a Lexicon) -> Vec<&'a Word> {
    let Some(key) = sound(asked) else { return Vec::new() };
    let is_variant = |word: &&Word| {
        word.is_name()
            && &*word.text != asked
            && word.text.len().abs_diff(asked.len()) <= VARIANT_CHARS_APART_MAX
            && sound(&word.text).is_some_and(|sound| sound == key)
    };
    // What has a sound is ASCII.
    lexicon.starting_with(asked.get(..1).unwrap_or_default()).iter().filter(is_variant).collect()
}

/// How a transliterated name sounds, for names long enough that few others sound alike: without `h` where it
/// makes no sound of its own, doubled letters once, and k, q, g and hard c as one letter, for they write the same
/// foreign sounds. Vowels stay: without them, `Johansson` would be `Johnson`.
fn sound(name: &str) -> Option<String> {
    if name.len() < VARIANT_CHARS_MIN || !name.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut sound = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match (letter, letters.peek()) {
            // `ch`, `sh`, `ph` and `th` are sounds of their own.
            ('c' | 's' | 'p' | 't', Some('h')) => {
                letters.next();
                letter.to_ascii_uppercase()
            }
            ('c', Some('e' | 'i' | 'y')) => 's',
            ('c' | 'q' | 'g' | 'k', _) => 'k',
            ('y', _) => 'i',
            ('h', _) if !sound.is_empty() => continue,
            (other, _) => other,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    Some(sound)
}

fn shares<'a>(found: &[Near<'a>]) -> Vec<Reading<'a>> {
    let Some(first) = found.first() else { return Vec::new() };
    let total = if first.cost <= COST_SURE { 1.0 } else { DOUBTFUL_SHARE };
    let raw: Vec<f64> = (0..)
        .zip(found)
        .map(|(rank, near)| {
            libm::pow(NEXT_READING_SHARE, f64::from(rank)) * libm::exp(first.cost - near.cost)
        })
        .collect();
    let sum: f64 = raw.iter().sum();
    found.iter().zip(raw).map(|(near, raw)| Reading { word: near.word, share: total * raw / sum }).collect()
}

/// Shorter words that others are joined to by a hyphen: `co-produce`.
const PREFIXES: &[&str] = &["co", "ex", "re"];

/// Two words of the corpus that together make the asked one, the commonest pair.
pub fn two_words<'a>(asked: &str, lexicon: &'a Lexicon, index: &Index) -> Option<(&'a Word, &'a Word)> {
    if asked.chars().count() < JOINED_CHARS_MIN || asked.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    let mut best: Option<(u64, &Word, &Word)> = None;
    for (at, _) in asked.char_indices() {
        let (head, tail) = asked.split_at(at);
        let is_long_enough = head.chars().count() >= 3 || PREFIXES.contains(&head);
        if !is_long_enough || tail.chars().count() < 3 {
            continue;
        }
        if let (Some(first), Some(second)) = (lexicon.word(head).first(), lexicon.word(tail).first()) {
            let rarer = index.df(first.term).min(index.df(second.term));
            if best.is_none_or(|(df, _, _)| rarer > df) {
                best = Some((rarer, first, second));
            }
        }
    }
    best.map(|(_, first, second)| (first, second))
}

fn cost(asked: &[char], word: &[char], edits: usize, same_key: bool) -> f64 {
    let mut cost = edits as f64;
    if asked.first() != word.first() {
        cost += 0.5;
    }
    if edits == 2 && asked.len() <= 6 {
        cost += 0.25;
    }
    if same_key {
        cost -= 0.35;
    }
    if asked.last() == word.last() {
        cost -= 0.1;
    }
    if same_letters(asked, word) {
        cost -= 0.3;
    }
    cost
}

fn same_letters(a: &[char], b: &[char]) -> bool {
    let sorted = |letters: &[char]| {
        let mut letters = letters.to_vec();
        letters.sort_unstable();
        letters
    };
    a.len() == b.len() && sorted(a) == sorted(b)
}

/// What is left of a name when the letters are taken away in which its transliterations differ: vowels, `h`,
/// doubled letters, and the choice among k, q, g and c, or among s and z.
///
/// `Dehghan`, `Deghan`, `Dehqan` and `Dehgan` all give `dkn`.
pub fn consonant_key(word: &[char]) -> Vec<char> {
    let mut key = Vec::with_capacity(word.len());
    for (at, &c) in word.iter().enumerate() {
        let sound = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' if at > 0 => continue,
            'q' | 'g' | 'c' | 'k' | 'x' => 'k',
            'z' => 's',
            'j' => 'j',
            'v' | 'f' => 'f',
            'd' | 't' => c,
            other => other,
        };
        if key.last() != Some(&sound) {
            key.push(sound);
        }
    }
    key
}

/// The edits (insert, delete, replace, swap of neighbours: optimal string alignment) from one word to another,
/// where there are at most `max`.
pub fn edit_distance(a: &[char], b: &[char], max: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    // Rows have a place more than `b` has letters, so `j + 1` is in range; `i` and `j` count letters.
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row: Vec<usize> = vec![0; b.len() + 1];
    for (i, &from) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, &to) in b.iter().enumerate() {
            let mut edits = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                edits = edits.min(before[j - 1] + 1);
            }
            row[j + 1] = edits;
        }
        if row.iter().all(|&edits| edits > max) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|&edits| edits <= max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::weight::Bm25Params;

    #[test]
    fn counts_edits() {
        fn check(a: &str, b: &str, expected: Option<usize>) {
            let chars = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(edit_distance(&chars(a), &chars(b), 2), expected, "{a} {b}");
            assert_eq!(edit_distance(&chars(b), &chars(a), 2), expected, "{b} {a}");
        }
        check("", "", Some(0));
        check("weapons", "weapons", Some(0));
        check("wepons", "weapons", Some(1));
        check("waepons", "weapons", Some(1));
        check("dehqan", "dehghan", Some(2));
        check("abc", "xyz", None);
        check("a", "abcd", None);
    }

    proptest::proptest! {
        #[test]
        fn words_that_are_near_have_about_the_same_letters(a in "[a-fé]{0,9}", b in "[a-fé]{0,9}") {
            let chars = [&a, &b].map(|word| word.chars().collect::<Vec<char>>());
            let [of_a, of_b] = [&a, &b].map(|word| letters(word.chars()));
            if let Some(edits) = edit_distance(&chars[0], &chars[1], 2) {
                proptest::prop_assert!((of_a ^ of_b).count_ones() as usize <= 2 * edits);
            }
        }
    }

    #[test]
    fn one_key_for_one_name() {
        fn check(words: &[&str]) {
            let keys: Vec<_> =
                words.iter().map(|word| consonant_key(&word.chars().collect::<Vec<_>>())).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} {keys:?}");
        }
        check(&["dehghan", "deghan", "dehqan", "dehgan"]);
        check(&["khamenei", "kamenei"]);
        check(&["shoigu", "shoygu"]);
    }

    #[test]
    fn names_have_variants() {
        let names =
            ["dehghan", "deghan", "dehqan", "dehgan", "johansson", "johnson", "mark", "march", "khomeini"];
        let texts: Vec<Box<str>> = names.iter().map(|&name| name.into()).collect();
        let words = (0..).zip(names).map(|(term, name)| Word::new(name, term, 2, 2));
        let lexicon = Lexicon::new(texts, words.collect());
        let check = |asked: &str, expected: &[&str]| {
            let found: Vec<&str> = variants(asked, &lexicon).iter().map(|word| &*word.text).collect();
            assert_eq!(found, expected, "{asked}");
        };
        check("dehqan", &["deghan", "dehgan", "dehghan"]);
        check("johnson", &[]);
        check("march", &[]);
        check("khamenei", &[]);
        check("iran", &[]);
        check("", &[]);
    }

    fn lexicon(words: &[&str]) -> (Lexicon, Index) {
        let texts: Vec<Box<str>> = words.iter().map(|&word| word.into()).collect();
        let entries = (0..).zip(words).map(|(term, &word)| Word::new(word, term, 1, 0));
        let tokens: Vec<u32> = (0..words.len() as u32).collect();
        let index = Index::of(words.len(), &[(1, &tokens[..])], Bm25Params::default());
        (Lexicon::new(texts, entries.collect()), index)
    }

    #[test]
    fn reads_misspellings() {
        fn check(asked: &str, expected: &[&str]) {
            let (lexicon, index) =
                lexicon(&["weapons", "defense", "dehghan", "dehqan", "iran", "iraq", "jets"]);
            let found = likeliest(near(asked, &lexicon, &index).into_iter());
            let found: Vec<_> = found.iter().map(|reading| &*reading.word.text).collect();
            assert_eq!(found, expected, "{asked}");
        }
        check("wepons", &["weapons"]);
        check("defence", &["defense"]);
        check("deghan", &["dehghan", "dehqan"]);
        check("iram", &["iran", "iraq"]);
        check("jts", &[]);
        check("s300", &[]);
        check("zzzzzz", &[]);
    }

    #[test]
    fn parts_words_written_together() {
        let (lexicon, index) = lexicon(&["prime", "minister", "jets", "co", "an", "produce"]);
        let check = |asked: &str, expected: Option<(&str, &str)>| {
            let found = two_words(asked, &lexicon, &index);
            assert_eq!(found.map(|(first, second)| (&*first.text, &*second.text)), expected, "{asked}");
        };
        check("primeminister", Some(("prime", "minister")));
        check("coproduce", Some(("co", "produce")));
        check("primeministry", None);
        // Too short to be a word of it.
        check("anminister", None);
    }
}
