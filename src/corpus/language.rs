//! Which language is an article written in?
//!
//! Detected once per article, never for a question alone: a question is a handful of words, and a wrong guess
//! there would lose the answer.

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
const ENGLISH_WORDS_MIN: usize = 40;

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
}

/// The language a text is written in; English where that cannot be told.
pub fn detect(text: &str) -> Language {
    let beginning = beginning(text, DETECT_BYTES);
    // The detector takes longer than all else that is done with a file.
    if is_plainly_english(beginning) {
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

/// Whether common words alone tell that a text is English.
fn is_plainly_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut english) = (0usize, 0usize);
    for word in words {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|other| other.eq_ignore_ascii_case(word)));
    }
    all >= ENGLISH_WORDS_MIN && english as f64 >= ENGLISH_SHARE * all as f64
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
        assert!(is_plainly_english(&news.repeat(3)) && !is_plainly_english(news));
        let spanish =
            "El ministro dijo que las conversaciones con Rusia trataron de aviones y que no ha cambiado. ";
        assert!(!is_plainly_english(&spanish.repeat(5)));
        check("THE U.S. FIRST PROPOSED TO HELP NATO DEVELOP ITS OWN NUCLEAR FORCE.", Language::English);
        check(
            "El ministro de Defensa de Irán pasó dos días en Moscú para ampliar la cooperación militar.",
            Language::Spanish,
        );
        check("黑豹队的防守只丢了 308分，在联赛中排名第六。", Language::Chinese);
        check("Министр обороны Ирана провёл два дня в Москве.", Language::Russian);
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
