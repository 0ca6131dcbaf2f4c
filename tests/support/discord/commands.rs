//! Which commands may a bot register, and what does Discord make of them? Pure.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::error::FormErrors;
use super::limits::{count, items, length, needed};

/// The languages of Discord's clients; Persian is none of them.
pub const LOCALES: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk",
    "vi", "zh-CN", "zh-TW",
];

/// Kinds of option: a subcommand, and a group of them.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// Notes all that is wrong with a whole list of commands, as PUT replaces it.
pub fn check_all(commands: &[Value], errors: &mut FormErrors) {
    let mut names = BTreeSet::new();
    for (kind, max) in [(1, 100), (2, 15), (3, 15)] {
        let of_kind = commands.iter().filter(|command| kind_of(command) == kind).count();
        if of_kind > max {
            let message = format!("Maximum number of application commands reached ({max}).");
            errors.add("0", "APPLICATION_COMMAND_TOO_MANY", message);
        }
    }
    for (index, command) in commands.iter().enumerate() {
        check(command, &format!("{index}."), errors);
        if !names.insert((kind_of(command), command["name"].as_str())) {
            let message = "Application command names must be unique";
            errors.add(format!("{index}.name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
}

/// Notes all that is wrong with one command; `at` stands before its fields.
pub fn check(command: &Value, at: &str, errors: &mut FormErrors) {
    let is_chat = kind_of(command) == 1;
    if is_chat {
        name(command, at, errors);
        description(command, at, errors);
        options(command, at, 0, errors);
        let characters = characters(command);
        if characters > 8000 {
            let message = format!("Command exceeds maximum size (8000): it has {characters}.");
            errors.add(format!("{at}options"), "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    } else {
        needed(&command["name"], 1..=32, &format!("{at}name"), errors);
        if !command["description"].as_str().unwrap_or("").is_empty() || !items(&command["options"]).is_empty()
        {
            let message = "Context menu commands cannot have description or options";
            errors.add(format!("{at}description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message);
        }
    }
    if let permissions @ (Value::String(_) | Value::Number(_)) = &command["default_member_permissions"]
        && super::mentions::snowflake(permissions).is_none()
    {
        let message = "Value is not a permission bit set.";
        errors.add(format!("{at}default_member_permissions"), "BITSET_TYPE_COERCE", message);
    }
}

/// The kind of a command: 1 typed, 2 on a user, 3 on a message. A missing one means 1.
pub fn kind_of(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// The command as Discord gives it back, and as its members' clients see it.
pub fn registered(command: &Value, id: u64, application: u64, guild: Option<u64>) -> Value {
    let kind = kind_of(command);
    let mut given = json!({
        "id": id.to_string(),
        "application_id": application.to_string(),
        "version": (id + 1).to_string(),
        "type": kind,
        "name": command["name"],
        "name_localizations": command["name_localizations"],
        "description": if kind == 1 { command["description"].clone() } else { json!("") },
        "description_localizations": command["description_localizations"],
        "default_member_permissions":
            super::mentions::snowflake(&command["default_member_permissions"]).map(|bits| bits.to_string()),
        "dm_permission": command["dm_permission"].as_bool().unwrap_or(true),
        "contexts": command["contexts"],
        "integration_types": match &command["integration_types"] {
            Value::Array(types) => json!(types),
            _ => json!([0]),
        },
        "nsfw": command["nsfw"].as_bool().unwrap_or(false),
        "options": items(&command["options"]).iter().map(without_nulls).collect::<Vec<_>>(),
    });
    if let Some(guild) = guild {
        given["guild_id"] = json!(guild.to_string());
    }
    given
}

/// The same without what is null: Discord leaves such fields out of what it gives back.
pub fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

fn name(of: &Value, at: &str, errors: &mut FormErrors) {
    let localized = of["name_localizations"].as_object();
    check_locales(localized, &format!("{at}name_localizations"), errors);
    let translations = localized.into_iter().flatten();
    let translations = translations.map(|(locale, name)| (format!("{at}name_localizations.{locale}"), name));
    for (path, name) in std::iter::once((format!("{at}name"), &of["name"])).chain(translations) {
        needed(name, 1..=32, &path, errors);
        if let Some(text) = name.as_str()
            && !is_command_name(text)
        {
            let message = format!("Command name is invalid: {text:?}");
            errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", message);
        }
    }
}

/// Discord's pattern `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case where there is one. The marks
/// of Devanagari and Thai are named by their blocks.
fn is_command_name(text: &str) -> bool {
    text.chars().all(|c| {
        let fits = c.is_alphanumeric()
            || "-_'".contains(c)
            || matches!(c, '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}');
        fits && c.to_lowercase().eq([c])
    })
}

fn description(of: &Value, at: &str, errors: &mut FormErrors) {
    needed(&of["description"], 1..=100, &format!("{at}description"), errors);
    let localized = of["description_localizations"].as_object();
    check_locales(localized, &format!("{at}description_localizations"), errors);
    for (locale, text) in localized.into_iter().flatten() {
        length(text, 1..=100, &format!("{at}description_localizations.{locale}"), errors);
    }
}

fn check_locales(localized: Option<&serde_json::Map<String, Value>>, path: &str, errors: &mut FormErrors) {
    for locale in localized.into_iter().flat_map(serde_json::Map::keys) {
        if !LOCALES.contains(&locale.as_str()) {
            let message = format!("Value {locale:?} is not one of Discord's locales.");
            errors.add(format!("{path}.{locale}"), "ENUM_TYPE_COERCE", message);
        }
    }
}

/// Options, where `depth` groups and subcommands stand above them.
fn options(of: &Value, at: &str, depth: usize, errors: &mut FormErrors) {
    let options = items(&of["options"]);
    count(options, 25, &format!("{at}options"), errors);
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    for (index, option) in options.iter().enumerate() {
        let path = format!("{at}options.{index}.");
        let kind = option["type"].as_u64().unwrap_or(0);
        name(option, &path, errors);
        description(option, &path, errors);
        if !names.insert(option["name"].as_str()) {
            let message = "Option names must be unique";
            errors.add(format!("{path}name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        let may_nest = match kind {
            SUBCOMMAND => depth < 2,
            GROUP => depth == 0,
            3..=11 => true,
            _ => false,
        };
        if !may_nest {
            let message = format!("Value {kind} is not an option type that may stand here.");
            errors.add(format!("{path}type"), "BASE_TYPE_CHOICES", message);
        }
        if kind <= GROUP {
            let depth = if kind == SUBCOMMAND { 2 } else { 1 };
            self::options(option, &path, depth, errors);
            continue;
        }
        let is_required = option["required"] == true;
        if is_required && optional_seen {
            let message = "Required options must be placed before non-required options";
            errors.add(format!("{path}required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_seen |= !is_required;
        option_choices(option, &path, errors);
    }
    let subcommands = options.iter().filter(|option| option["type"].as_u64().unwrap_or(0) <= GROUP).count();
    if subcommands != 0 && subcommands != options.len() {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        errors.add(format!("{at}options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
}

fn option_choices(option: &Value, path: &str, errors: &mut FormErrors) {
    let choices = items(&option["choices"]);
    count(choices, 25, &format!("{path}choices"), errors);
    for (index, choice) in choices.iter().enumerate() {
        needed(&choice["name"], 1..=100, &format!("{path}choices.{index}.name"), errors);
        length(&choice["value"], 1..=100, &format!("{path}choices.{index}.value"), errors);
    }
    if !choices.is_empty() && option["autocomplete"] == true {
        let message = "Autocomplete and choices cannot both be given";
        errors.add(format!("{path}autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", message);
    }
}

/// Characters of all names, descriptions and values, which Discord limits to 8000 for one command.
fn characters(of: &Value) -> usize {
    let own = ["name", "description", "value"];
    let own: usize = own.iter().filter_map(|field| Some(of[field].as_str()?.chars().count())).sum();
    let nested = items(&of["options"]).iter().chain(items(&of["choices"]));
    own + nested.map(characters).sum::<usize>()
}
