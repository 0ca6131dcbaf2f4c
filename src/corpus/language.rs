//! Which language is an article written in?
//!
//! Detected once per article, never for a question alone: a question is a handful of words, and a wrong guess
//! there would lose the answer.

use whatlang::{Detector, Lang};

/// How much of a text the detector reads, in bytes: mostly it is sure after a few hundred; where it is not, it reads
/// more, but an article may have 16 MiB.
const DETECT_BYTES: [usize; 2] = [768, 4096];

/// From this confidence on the beginning of a text is enough.
const CONFIDENCE_SURE: f64 = 0.9;

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
    let detector = Detector::with_allowlist(Language::DETECTABLE.to_vec());
    let read = |bytes| detector.detect(beginning(text, bytes));
    let [few, most] = DETECT_BYTES;
    let sure = read(few).filter(|info| text.len() <= few || info.confidence() >= CONFIDENCE_SURE);
    let Some(info) = sure.or_else(|| read(most)) else {
        return Language::English;
    };
    // Another script than Latin says nearly all by itself; Latin letters are shared by too many languages to
    // follow a weak guess.
    if info.script() == whatlang::Script::Latin && info.confidence() < CONFIDENCE_MIN {
        return Language::English;
    }
    Language::from_whatlang(info.lang()).unwrap_or(Language::English)
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
