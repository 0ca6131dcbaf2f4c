//! Is every message there in every language, with what is put into it, and is none too many?

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect_file;
use fluent_syntax::ast;

use super::*;

/// The variables and messages that a message of a file names, its attributes included.
#[derive(Debug, Default, PartialEq, Eq)]
struct Named {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

fn messages(locale: Locale) -> BTreeMap<String, Named> {
    let resource = fluent_syntax::parser::parse(locale.source()).expect("read whole");
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        ast::Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .map(|message| {
            let mut named = Named::default();
            message.value.iter().for_each(|pattern| named.read(pattern));
            for attribute in &message.attributes {
                named.attributes.insert(attribute.id.name.to_owned());
                named.read(&attribute.value);
            }
            (message.id.name.to_owned(), named)
        })
        .collect()
}

impl Named {
    fn read(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(inline),
            ast::Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.read(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &ast::InlineExpression<&str>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            ast::InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            ast::InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

/// Every message with the variables it takes, those of the counts that it uses included.
fn with_counts(all: &BTreeMap<String, Named>, id: &str) -> BTreeSet<String> {
    let named = &all[id];
    let counts = named.messages.iter().flat_map(|count| with_counts(all, count));
    named.variables.iter().cloned().chain(counts).collect()
}

#[test]
fn every_language_says_everything_with_the_right_placeholders_and_nothing_more() {
    for locale in Locale::all() {
        let all = messages(locale);
        let tag = locale.tag();
        for (name, arguments) in MESSAGES {
            assert!(all.contains_key(*name), "locales/{tag}.ftl lacks `{name}`");
            let expected: BTreeSet<String> = arguments.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(with_counts(&all, name), expected, "locales/{tag}.ftl: `{name}` takes these");
        }
        let counts: BTreeSet<&String> = all.values().flat_map(|named| &named.messages).collect();
        for name in all.keys().filter(|name| !name.starts_with("cmd-")) {
            let is_used = MESSAGES.iter().any(|(message, _)| message == name) || counts.contains(name);
            assert!(is_used, "locales/{tag}.ftl: nothing says `{name}`");
        }
    }
}

#[test]
fn every_language_that_discord_speaks_names_every_command() {
    let commands = |locale| -> BTreeMap<String, BTreeSet<String>> {
        let all = messages(locale).into_iter().filter(|(name, _)| name.starts_with("cmd-"));
        all.map(|(name, named)| (name, named.attributes)).collect()
    };
    for locale in Locale::all() {
        match locale.discord_names() {
            [] => assert_eq!(commands(locale), BTreeMap::new(), "{locale:?} is registered nowhere"),
            _ => assert_eq!(commands(locale), commands(Locale::English), "{locale:?}"),
        }
    }
}

#[test]
fn every_message_can_be_said() {
    for locale in Locale::all() {
        for (name, arguments) in MESSAGES {
            for number in [0.0, 1.0, 2.0, 5.0, 21.0] {
                let arguments: Vec<_> =
                    arguments.iter().map(|(name, _)| (*name, Argument::Number(number))).collect();
                let said = locale.say(name, None, &arguments);
                assert!(!said.is_empty(), "{locale:?} {name}");
                assert!(!said.contains(['{', '}']), "{locale:?} {name}: {said}");
            }
        }
    }
}

/// Every message as people read it, also those that only a rare fault brings about: numbers as one and as several,
/// texts as the names of what they are.
#[test]
fn every_message_in_three_languages() {
    let sheet = |locale: Locale| {
        let mut sheet = String::new();
        for (name, arguments) in MESSAGES {
            let is_counted = arguments.iter().any(|(_, kind)| ["usize", "u32"].contains(kind));
            for number in [1, 3].into_iter().take(if is_counted { 2 } else { 1 }) {
                let put_in: Vec<_> = arguments
                    .iter()
                    .map(|(name, kind)| match *kind {
                        "usize" | "u32" => (*name, Argument::Number(f64::from(number))),
                        "Outcome" => (*name, Argument::from(Outcome::Found)),
                        _ => (*name, Argument::Text(name.to_uppercase())),
                    })
                    .collect();
                sheet += &format!("=== {name}\n{}\n", locale.say(name, None, &put_in));
            }
        }
        for (mark, shown) in [('\u{2068}', "{FSI}"), ('\u{2069}', "{PDI}"), ('\u{200F}', "{RLM}")] {
            sheet = sheet.replace(mark, shown);
        }
        sheet
    };
    expect_file!["snapshots/en.txt"].assert_eq(&sheet(Locale::English));
    expect_file!["snapshots/de.txt"].assert_eq(&sheet(Locale::German));
    expect_file!["snapshots/ar.txt"].assert_eq(&sheet(Locale::Arabic));
}

/// What Discord limits, each language is held to.
#[test]
fn labels_are_short_enough() {
    for text in Locale::all().map(Text::new) {
        let labels = [
            text.button_more(),
            text.button_why(),
            text.button_passage(),
            text.button_helpful(),
            text.button_unhelpful(),
            text.button_show(),
            text.button_delete(),
            text.button_follow(),
            text.button_gap(),
            text.button_source(10),
            text.button_older(),
            text.edit_cancel(),
            text.privacy_button_export(),
            text.privacy_button_delete(),
            text.privacy_confirmed(),
        ];
        // Discord takes 80; what is longer than this does not fit beside others on a telephone.
        labels.iter().for_each(|label| assert!(label.chars().count() <= 34, "{label}"));
        let titles = [
            text.follow_title(),
            text.follow_label(),
            text.paste_title(),
            text.paste_name(),
            text.paste_publisher(),
            text.paste_url(),
            text.paste_text(),
        ];
        titles.iter().for_each(|title| assert!(title.chars().count() <= 45, "{title}"));
        assert!(text.follow_hint().chars().count() <= 100);
        for long in [text.help(1_000_000), text.privacy(None), text.privacy(Some(36_500))] {
            assert!(crate::discord::limits::units(&long) <= crate::discord::limits::DESCRIPTION_MAX);
        }
    }
}

#[test]
fn every_outcome_has_words_in_every_language() {
    for locale in Locale::all() {
        for outcome in Outcome::ALL {
            let case = format!("    [{}] ", outcome.as_str());
            assert!(locale.source().contains(&case), "{locale:?} has no words for {outcome:?}");
            assert!(!Text::new(locale).audit_outcome(outcome).contains('_'), "{locale:?} {outcome:?}");
        }
    }
}
