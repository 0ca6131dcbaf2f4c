//! Which forms has an English word that no stemmer brings together? News asks in the past tense of what articles tell
//! in another, of women where they tell of a woman, and of 5 years where they tell of five.
//!
//! Left out are forms that are as often another word: `saw`, `left`, `found`, `rose`, `ground`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::analyzer::Analyzer;
use crate::corpus::Language;

/// A line a verb: all its forms, but for those that the stemmer makes one of (`sell`, `sells`, `selling`).
const VERBS: &str = "\
arise arose arisen
become became
begin began begun
bend bent
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
fight fought
flee fled
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
give gave given
go went gone
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
lend lent
lose lost
make made
mean meant
meet met
mistake mistook mistaken
outgrow outgrew outgrown
overcome overcame
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
pay paid
rebuild rebuilt
rewrite rewrote rewritten
ride rode ridden
run ran
seek sought
sell sold
send sent
shake shook shaken
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
stick stuck
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
undergo underwent undergone
understand understood
undertake undertook undertaken
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
write wrote written
";

/// Nouns whose plural no stemmer makes one with the singular.
const NOUNS: &str = "\
analysis analyses
child children
crisis crises
foot feet
goose geese
half halves
knife knives
man men
mouse mice
policeman policemen
policewoman policewomen
shelf shelves
spokesman spokesmen
spokeswoman spokeswomen
thesis theses
thief thieves
tooth teeth
wife wives
wolf wolves
woman women
";

/// Numbers, which one writes in letters and another in digits.
const NUMBERS: &str = "\
two 2
three 3
four 4
five 5
six 6
seven 7
eight 8
nine 9
ten 10
eleven 11
twelve 12
thirteen 13
fourteen 14
fifteen 15
sixteen 16
seventeen 17
eighteen 18
nineteen 19
twenty 20
thirty 30
forty 40
fifty 50
sixty 60
seventy 70
eighty 80
ninety 90
second 2nd
third 3rd
fourth 4th
fifth 5th
sixth 6th
seventh 7th
eighth 8th
ninth 9th
tenth 10th
";

/// A form of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// As it is written.
    pub(super) word: &'static str,
    /// As it is indexed.
    pub(super) stem: String,
}

/// The words with all their forms, and which of them each stem belongs to.
struct Words {
    words: Vec<Vec<Form>>,
    by_stem: FxHashMap<String, usize>,
}

static ALL: LazyLock<Words> = LazyLock::new(|| {
    let analyzer = Analyzer::new(Language::English);
    let form = |word| Some(Form { word, stem: analyzer.first_term(word)? });
    let words: Vec<Vec<Form>> = [VERBS, NOUNS, NUMBERS]
        .iter()
        .flat_map(|list| list.lines())
        .map(|word| word.split(' ').filter_map(form).collect())
        .collect();
    let places = words.iter().enumerate();
    let by_stem =
        places.flat_map(|(at, word)| word.iter().map(move |form| (form.stem.clone(), at))).collect();
    Words { words, by_stem }
});

/// All forms of the word that has a form with this stem, the one that dictionaries have first; none where there is no such
/// word.
pub(super) fn forms(stem: &str) -> &'static [Form] {
    let Words { words, by_stem } = &*ALL;
    by_stem.get(stem).and_then(|&at| words.get(at)).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        Analyzer::new(Language::English).first_term(word).unwrap()
    }

    #[test]
    fn finds_all_forms_of_a_word() {
        fn check(asked: &str, expected: &[&str]) {
            let found: Vec<&str> = forms(&stem(asked)).iter().map(|form| form.word).collect();
            assert_eq!(found, expected, "{asked}");
        }
        check("sold", &["sell", "sold"]);
        check("selling", &["sell", "sold"]);
        check("broke", &["break", "broke", "broken"]);
        check("seeks", &["seek", "sought"]);
        check("went", &["go", "went", "gone"]);
        check("asked", &[]);
        check("saw", &[]);
        check("women", &["woman", "women"]);
        check("5", &["five", "5"]);
        check("fifty", &["fifty", "50"]);
    }

    #[test]
    fn each_form_is_of_one_word_and_has_a_stem_of_its_own() {
        let listed = [VERBS, NOUNS, NUMBERS].map(|list| list.split_ascii_whitespace().count());
        assert_eq!(ALL.by_stem.len(), listed.iter().sum::<usize>());
        assert!(VERBS.lines().is_sorted() && NOUNS.lines().is_sorted());
    }
}
