//! Which language is an article written in?
//!
//! Detected once per article, never for a question alone: a question is a handful of words, and a wrong guess
//! there would lose the answer.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::{Detector, Lang};

/// How much of a text is read, in bytes: mostly a few hundred are enough, and an article may have 16 MiB.
const DETECT_BYTES: usize = 1536;

/// Words that English texts are full of; no other language of Latin script has more than a few of them.
const ENGLISH: [&str; 16] = [
    "the", "and", "that", "with", "from", "which", "this", "were", "their", "been", "would", "said", "has",
    "its", "after", "about",
];

/// A text of which this share are such words is English. In English news they are an eighth, in Spanish or German at most a
/// twentieth.
const ENGLISH_SHARE: f64 = 0.08;

/// Fewer words than this may be a name or a headline.
const WORDS_MIN: usize = 40;

/// The twenty or so commonest words of each language of Latin script that can be told, sorted. Of English, German and Spanish
/// prose they are a tenth at least, mostly a third.
#[rustfmt::skip]
const COMMON: [&str; 219] = [
    "a", "aan", "af", "al", "als", "and", "as", "at", "att", "au", "auf", "av", "az", "azt", "be", "bir", "bu", "by",
    "był", "care", "che", "cho", "com", "con", "csak", "cu", "các", "có", "că", "của", "da", "daha", "dans", "das",
    "dat", "de", "dei", "del", "della", "dem", "den", "der", "des", "det", "değil", "di", "die", "din", "dla", "do",
    "du", "e", "een", "egy", "ei", "ein", "eine", "el", "em", "en", "er", "es", "est", "este", "et", "ett", "että",
    "ez", "for", "fost", "fra", "from", "för", "für", "gibi", "han", "har", "he", "her", "het", "hij", "his", "hogy",
    "hän", "i", "ik", "ikke", "il", "im", "in", "inte", "is", "ist", "it", "için", "ja", "jak", "jest", "joka",
    "kadar", "khi", "không", "kuin", "kun", "la", "las", "le", "les", "los", "là", "mai", "mais", "med", "meg", "met",
    "mint", "mit", "mukaan", "mutta", "myös", "már", "még", "một", "na", "ne", "nem", "người", "những", "nicht", "nie",
    "niet", "niin", "no", "non", "nu", "này", "não", "o", "och", "od", "of", "og", "olan", "olarak", "ole", "oli",
    "ollut", "om", "on", "op", "oraz", "os", "ovat", "par", "para", "pas", "pe", "pentru", "per", "po", "por", "pour",
    "przez", "på", "que", "qui", "said", "se", "sen", "si", "sich", "się", "som", "sono", "sonra", "su", "sunt", "sur",
    "są", "te", "that", "the", "til", "till", "to", "trong", "um", "uma", "un", "una", "und", "une", "vagy", "van",
    "var", "ve", "volt", "von", "voor", "và", "với", "w", "was", "with", "y", "z", "za", "zijn", "zu", "är", "çok",
    "è", "és", "în", "đã", "được", "để", "że", "și",
];

/// What a word says of the language it is in.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    is_english: bool,
    is_common: bool,
}

/// What each of these words says.
static TOLD: LazyLock<FxHashMap<&str, Told>> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, Told> = FxHashMap::default();
    ENGLISH.iter().for_each(|&word| all.entry(word).or_default().is_english = true);
    COMMON.iter().for_each(|&word| all.entry(word).or_default().is_common = true);
    all
});

/// No word that says something is longer, in capitals neither.
const TOLD_BYTES: usize = 16;

/// A text of which less than this share are common words of any language is no prose in one of them: names, or a table.
const COMMON_SHARE: f64 = 0.02;

/// Below this confidence (0 to 1) a text in Latin script counts as English.
const CONFIDENCE_MIN: f64 = 0.5;

macro_rules! languages {
    ($($variant:ident $tag:literal $lang:ident),+ $(,)?) => {
        /// A language that the analyzer or the sentence splitter treats in a way of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum Language {
            $(#[doc = concat!("`", $tag, "`")] $variant,)+
        }

        impl Language {
            /// All of them.
            pub const ALL: &[Language] = &[$(Language::$variant),+];

            /// Its BCP 47 tag.
            pub fn tag(self) -> &'static str {
                match self { $(Language::$variant => $tag),+ }
            }

            fn from_whatlang(lang: Lang) -> Option<Language> {
                match lang { $(Lang::$lang => Some(Language::$variant),)+ _ => None }
            }

            const DETECTABLE: &[Lang] = &[$(Lang::$lang),+];
        }
    };
}

languages! {
    Arabic "ar" Ara,
    Chinese "zh" Cmn,
    Danish "da" Dan,
    Dutch "nl" Nld,
    English "en" Eng,
    Finnish "fi" Fin,
    French "fr" Fra,
    German "de" Deu,
    Greek "el" Ell,
    Hebrew "he" Heb,
    Hindi "hi" Hin,
    Hungarian "hu" Hun,
    Italian "it" Ita,
    Japanese "ja" Jpn,
    Korean "ko" Kor,
    Norwegian "no" Nob,
    Persian "fa" Pes,
    Polish "pl" Pol,
    Portuguese "pt" Por,
    Romanian "ro" Ron,
    Russian "ru" Rus,
    Spanish "es" Spa,
    Swedish "sv" Swe,
    Tamil "ta" Tam,
    Thai "th" Tha,
    Turkish "tr" Tur,
    Ukrainian "uk" Ukr,
    Vietnamese "vi" Vie,
}

impl Language {
    /// From a BCP 47 tag such as `en` or `pt-BR`; `None` for a language that is not known here.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        let primary = match primary.as_str() {
            "nb" | "nn" => "no",
            "iw" => "he",
            other => other,
        };
        Language::ALL.iter().copied().find(|language| language.tag() == primary)
    }

    /// Whether capitals mark names: not where all nouns have them, or the script has none.
    pub fn marks_names(self) -> bool {
        !matches!(
            self,
            Language::German
                | Language::Arabic
                | Language::Persian
                | Language::Hebrew
                | Language::Chinese
                | Language::Japanese
                | Language::Korean
                | Language::Thai
                | Language::Hindi
                | Language::Tamil
        )
    }
}

/// The language a text is written in; English where that cannot be told.
pub fn detect(text: &str) -> Language {
    let beginning = beginning(text, DETECT_BYTES);
    // The detector takes longer than all else that is done with a file.
    if is_told_by_words(beginning) {
        return Language::English;
    }
    let detector = Detector::with_allowlist(Language::DETECTABLE.to_vec());
    let Some(info) = detector.detect(beginning) else {
        return Language::English;
    };
    // Another script than Latin says nearly all by itself; Latin letters are shared by too many languages to
    // follow a weak guess.
    if info.script() == whatlang::Script::Latin && info.confidence() < CONFIDENCE_MIN {
        return Language::English;
    }
    Language::from_whatlang(info.lang()).unwrap_or(Language::English)
}

/// Whether words are enough to say that a text counts as English: many are English, or it is of Latin letters and
/// next to none are of any language.
fn is_told_by_words(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut latin, mut english, mut common) = (0usize, 0usize, 0usize, 0usize);
    for word in words {
        all += 1;
        latin += usize::from(word.chars().next().is_some_and(is_latin));
        if word.len() <= TOLD_BYTES {
            let told = TOLD.get(&*lowercase(word)).copied().unwrap_or_default();
            english += usize::from(told.is_english);
            common += usize::from(told.is_common);
        }
    }
    let is_english = english as f64 >= ENGLISH_SHARE * all as f64;
    let is_of_none = latin == all && (common as f64) < COMMON_SHARE * all as f64;
    all >= WORDS_MIN && (is_english || is_of_none)
}

fn lowercase(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

/// Whether a letter is of the Latin script: up to the block Latin Extended-B, or of Latin Extended Additional.
fn is_latin(letter: char) -> bool {
    letter < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&letter)
}

/// At most so many bytes of a text.
fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_the_language_of_a_paragraph() {
        fn check(text: &str, expected: Language) {
            assert_eq!(detect(text), expected, "{text}");
        }
        check("", Language::English);
        check("T-90, Su-30, S-300", Language::English);
        check(
            "Iran's defense minister spent two days in Moscow to widen military cooperation.",
            Language::English,
        );
        // Enough words, and enough of them that are English alone; and too few.
        let news = "The minister said that the talks with Russia were about jets, and that their aim has not changed. ";
        check(&news.repeat(3), Language::English);
        assert!(is_told_by_words(&news.repeat(3)) && !is_told_by_words(news));
        let spanish =
            "El ministro dijo que las conversaciones con Rusia trataron de aviones y que no ha cambiado. ";
        assert!(!is_told_by_words(&spanish.repeat(5)));
        // Made-up words and names, of no language; the same with Cyrillic among them may be of one.
        let names = "Badefi Gohuka, Lemino Purase: Tivowu; Zabade Figohu. ";
        check(&names.repeat(8), Language::English);
        assert!(is_told_by_words(&names.repeat(8)) && !is_told_by_words(names));
        assert!(!is_told_by_words(&(names.repeat(8) + "Москва")));
        check("THE U.S. FIRST PROPOSED TO HELP NATO DEVELOP ITS OWN NUCLEAR FORCE.", Language::English);
        check(
            "El ministro de Defensa de Irán pasó dos días en Moscú para ampliar la cooperación militar.",
            Language::Spanish,
        );
        check("黑豹队的防守只丢了 308分，在联赛中排名第六。", Language::Chinese);
        check("Министр обороны Ирана провёл два дня в Москве.", Language::Russian);
    }

    #[test]
    fn words_that_tell_are_short_and_in_order() {
        assert!(COMMON.is_sorted());
        let longest = TOLD.keys().map(|word| word.len().max(word.to_uppercase().len())).max();
        assert!(longest.unwrap() <= TOLD_BYTES);
    }

    #[test]
    fn reads_tags() {
        fn check(tag: &str, expected: Option<Language>) {
            assert_eq!(Language::from_tag(tag), expected, "{tag}");
        }
        check("en", Some(Language::English));
        check("pt-BR", Some(Language::Portuguese));
        check("EN_us", Some(Language::English));
        check("nb", Some(Language::Norwegian));
        check("tlh", None);
        check("", None);
    }
}
