//! In which language does the bot speak, and how does a message become a sentence in it? Pure.
//!
//! Messages stand in `locales/`, one Fluent file a language, all of them in the program itself. Which there
//! are, and what is put into each, is the business of [`super::text`].

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::audit::Outcome;

use super::escape::Safe;

/// A language that the bot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// German.
    German,
    /// Portuguese.
    Portuguese,
    /// Russian.
    Russian,
    /// Arabic.
    Arabic,
    /// Persian, which a server can choose, though Discord's own clients do not speak it.
    Persian,
    /// Turkish.
    Turkish,
    /// Chinese.
    Chinese,
}

/// What is known of a language.
struct Known {
    locale: Locale,
    /// Its BCP 47 tag, which is also the name of its file.
    tag: &'static str,
    /// Its name in itself.
    name: &'static str,
    /// Discord's names for it. <https://discord.com/developers/docs/reference#locales>
    discord: &'static [&'static str],
    source: &'static str,
}

/// Every language, English first.
const KNOWN: [Known; LOCALES] = [
    Known {
        locale: Locale::English,
        tag: "en",
        name: "English",
        discord: &["en-US", "en-GB"],
        source: include_str!("../../locales/en.ftl"),
    },
    Known {
        locale: Locale::Spanish,
        tag: "es",
        name: "Español",
        discord: &["es-ES", "es-419"],
        source: include_str!("../../locales/es.ftl"),
    },
    Known {
        locale: Locale::French,
        tag: "fr",
        name: "Français",
        discord: &["fr"],
        source: include_str!("../../locales/fr.ftl"),
    },
    Known {
        locale: Locale::German,
        tag: "de",
        name: "Deutsch",
        discord: &["de"],
        source: include_str!("../../locales/de.ftl"),
    },
    Known {
        locale: Locale::Portuguese,
        tag: "pt",
        name: "Português",
        discord: &["pt-BR"],
        source: include_str!("../../locales/pt.ftl"),
    },
    Known {
        locale: Locale::Russian,
        tag: "ru",
        name: "Русский",
        discord: &["ru"],
        source: include_str!("../../locales/ru.ftl"),
    },
    Known {
        locale: Locale::Arabic,
        tag: "ar",
        name: "العربية",
        discord: &["ar"],
        source: include_str!("../../locales/ar.ftl"),
    },
    Known {
        locale: Locale::Persian,
        tag: "fa",
        name: "فارسی",
        discord: &[],
        source: include_str!("../../locales/fa.ftl"),
    },
    Known {
        locale: Locale::Turkish,
        tag: "tr",
        name: "Türkçe",
        discord: &["tr"],
        source: include_str!("../../locales/tr.ftl"),
    },
    Known {
        locale: Locale::Chinese,
        tag: "zh",
        name: "中文",
        discord: &["zh-CN", "zh-TW"],
        source: include_str!("../../locales/zh.ftl"),
    },
];

/// How many languages there are.
const LOCALES: usize = 10;

static BUNDLES: [OnceLock<Bundle>; LOCALES] = [const { OnceLock::new() }; LOCALES];

type Bundle = FluentBundle<FluentResource>;

/// Keeps what is inside from turning the text around it.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

impl Locale {
    /// Every language, English first.
    pub fn all() -> impl Iterator<Item = Locale> {
        KNOWN.iter().map(|known| known.locale)
    }

    /// The language of a person's Discord; `None` where the bot does not speak it.
    pub fn of_discord(name: &str) -> Option<Locale> {
        KNOWN.iter().find(|known| known.discord.contains(&name)).map(|known| known.locale)
    }

    /// From the tag that [`Locale::tag`] gives.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        KNOWN.iter().find(|known| known.tag == tag).map(|known| known.locale)
    }

    /// Its BCP 47 tag: `pt`.
    pub fn tag(self) -> &'static str {
        self.known().tag
    }

    /// Its name in itself: `Português`.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// Discord's names for it; none for Persian.
    pub fn discord_names(self) -> &'static [&'static str] {
        self.known().discord
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        matches!(self, Locale::Arabic | Locale::Persian)
    }

    /// A message, or one of its attributes, with arguments put in. What its file lacks is said in English; what
    /// that lacks, too, by its name: a test sees to it that neither happens.
    pub(super) fn say(
        self,
        id: &str,
        attribute: Option<&str>,
        arguments: &[(&'static str, Argument)],
    ) -> String {
        let arguments: FluentArgs =
            arguments.iter().map(|(name, value)| (*name, value.clone().into_value(self))).collect();
        [self, Locale::English]
            .into_iter()
            .find_map(|locale| format(locale.bundle(), id, attribute, &arguments))
            .unwrap_or_else(|| id.to_owned())
    }

    /// The text of an attribute that takes no arguments, where this language has it itself.
    pub(super) fn own_attribute(self, id: &str, attribute: &str) -> Option<String> {
        format(self.bundle(), id, Some(attribute), &FluentArgs::new())
    }

    fn at(self) -> usize {
        KNOWN.iter().position(|known| known.locale == self).unwrap_or_default()
    }

    fn known(self) -> &'static Known {
        // `at` gives the place of one of them, and there is at least one.
        KNOWN.get(self.at()).unwrap_or(&KNOWN[0])
    }

    fn bundle(self) -> &'static Bundle {
        BUNDLES.get(self.at()).unwrap_or(&BUNDLES[0]).get_or_init(|| bundle(self.known()))
    }

    /// What the language's file says.
    #[cfg(test)]
    pub(super) fn source(self) -> &'static str {
        self.known().source
    }
}

fn bundle(known: &Known) -> Bundle {
    // What could not be parsed is missing then; a test sees to it that all can be.
    let resource = FluentResource::try_new(known.source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let tag: LanguageIdentifier = known.tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolating every number and path would put marks that nobody sees into every line, and into what people
    // copy; what can turn the text around it is isolated as it is put in.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

fn format(bundle: &Bundle, id: &str, attribute: Option<&str>, arguments: &FluentArgs) -> Option<String> {
    let message: FluentMessage = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "{id}: {errors:?}");
    Some(text)
}

/// What is put into a message.
#[derive(Debug, Clone)]
pub(super) enum Argument {
    Number(f64),
    Text(String),
    /// The name of a case, by which a message chooses its words.
    Case(&'static str),
}

impl Argument {
    fn into_value(self, locale: Locale) -> FluentValue<'static> {
        match self {
            Argument::Number(number) => FluentValue::from(number),
            // A title in Latin letters would turn the Arabic sentence around it.
            Argument::Text(text) if locale.is_right_to_left() && !text.starts_with(FIRST_STRONG_ISOLATE) => {
                FluentValue::from(format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"))
            }
            Argument::Text(text) => FluentValue::from(text),
            Argument::Case(name) => FluentValue::from(name),
        }
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Argument {
        // Counts are far below 2^53, from which on a double skips numbers.
        Argument::Number(number as f64)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Argument {
        Argument::Number(f64::from(number))
    }
}

impl From<&Safe> for Argument {
    fn from(text: &Safe) -> Argument {
        Argument::Text(text.to_string())
    }
}

impl From<Outcome> for Argument {
    fn from(outcome: Outcome) -> Argument {
        Argument::Case(outcome.as_str())
    }
}

/// Words of our own.
impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_whole() {
        for known in &KNOWN {
            if let Err((_, errors)) = FluentResource::try_new(known.source.to_owned()) {
                panic!("locales/{}.ftl: {errors:?}", known.tag);
            }
            assert!(known.tag.parse::<LanguageIdentifier>().is_ok(), "{}", known.tag);
            assert_eq!(Locale::from_tag(known.tag), Some(known.locale));
        }
    }

    #[test]
    fn persian_is_no_language_of_discords() {
        assert!(Locale::Persian.discord_names().is_empty());
        assert_eq!(Locale::of_discord("fa"), None);
        assert_eq!(Locale::of_discord("es-419"), Some(Locale::Spanish));
        assert_eq!(Locale::of_discord("tlh"), None);
    }
}
