//! What are commands and their options called, in which language? As `locales/` says, under `cmd-…`.

use std::borrow::Cow;

use super::Command;
use crate::discord::locale::Locale;

/// Names and describes a command, its options and its subcommands, in every language of Discord's that the bot
/// speaks.
pub fn command(command: &mut Command) {
    let id = format!("cmd-{}", command.name);
    describe(command, &id);
}

fn describe(command: &mut Command, id: &str) {
    if command.context_menu_action.is_none() {
        command.description = Locale::English.own_attribute(id, "description").map(Cow::from);
        command.description_localizations = others(id, "description");
    }
    command.name_localizations = others(id, "name");
    for parameter in &mut command.parameters {
        let described = format!("{}-is", parameter.name);
        parameter.name_localizations = others(id, &parameter.name);
        parameter.description = Locale::English.own_attribute(id, &described).map(Cow::from);
        parameter.description_localizations = others(id, &described);
    }
    for subcommand in &mut command.subcommands {
        let id = format!("{id}-{}", subcommand.name);
        describe(subcommand, &id);
    }
}

/// An attribute in all languages but English, under Discord's names for them.
fn others(id: &str, attribute: &str) -> Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]> {
    let locales = Locale::all().filter(|locale| *locale != Locale::English);
    let pairs = locales.flat_map(|locale| {
        let text = locale.own_attribute(id, attribute);
        let names = locale.discord_names().iter();
        names.filter_map(move |name| Some((Cow::from(*name), Cow::from(text.clone()?))))
    });
    Cow::from(pairs.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::discord::commands;
    use crate::discord::settings::BotSettings;

    /// The attributes that a command and its subcommands take, by message.
    fn taken(command: &Command, id: &str, all: &mut BTreeSet<(String, String)>) {
        let mut take = |attribute: &str| all.insert((id.to_owned(), attribute.to_owned()));
        take("name");
        if command.context_menu_action.is_none() {
            take("description");
        }
        for parameter in &command.parameters {
            // The target of a context-menu command is no option.
            if command.context_menu_action.is_none() {
                take(&parameter.name);
                take(&format!("{}-is", parameter.name));
            }
        }
        for subcommand in &command.subcommands {
            taken(subcommand, &format!("{id}-{}", subcommand.name), all);
        }
    }

    #[test]
    fn every_command_and_option_is_named_and_nothing_else() {
        let mut expected = BTreeSet::new();
        for command in commands::all(&BotSettings::new("x".to_owned().into())) {
            taken(&command, &format!("cmd-{}", command.name), &mut expected);
        }
        let resource = fluent_syntax::parser::parse(Locale::English.source()).expect("read whole");
        let mut found = BTreeSet::new();
        for entry in resource.body {
            if let fluent_syntax::ast::Entry::Message(message) = entry
                && message.id.name.starts_with("cmd-")
            {
                for attribute in message.attributes {
                    found.insert((message.id.name.to_owned(), attribute.id.name.to_owned()));
                }
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn the_english_names_are_those_of_the_code() {
        for command in commands::all(&BotSettings::new("x".to_owned().into())) {
            let id = format!("cmd-{}", command.name);
            let named = command.context_menu_name.as_deref().unwrap_or(&command.name);
            assert_eq!(Locale::English.own_attribute(&id, "name").as_deref(), Some(named));
        }
    }
}
