//! Which messages, modals and choices does Discord refuse? Pure: a body in, what is wrong with it out.
//!
//! Lengths are counted in Unicode code points. The limits are those of Discord's documentation of messages,
//! embeds, components and interactions.

use std::collections::BTreeSet;

use serde_json::Value;

use super::error::FormErrors;

/// Notes all that is wrong with a message; `at` is what stands before its fields in the form, such as `data.`.
pub fn message(body: &Value, at: &str, errors: &mut FormErrors) {
    length(&body["content"], 0..=2000, &format!("{at}content"), errors);
    let embeds = items(&body["embeds"]);
    count(embeds, 10, &format!("{at}embeds"), errors);
    let mut characters = 0;
    for (index, one) in embeds.iter().enumerate() {
        characters += embed(one, &format!("{at}embeds.{index}"), errors);
    }
    if characters > 6000 {
        let message = "Embed size exceeds maximum size of 6000";
        errors.add(format!("{at}embeds"), "MAX_EMBED_SIZE_EXCEEDED", message);
    }
    rows(&body["components"], &format!("{at}components"), errors);
    allowed_mentions(&body["allowed_mentions"], &format!("{at}allowed_mentions"), errors);
    count(items(&body["attachments"]), 10, &format!("{at}attachments"), errors);
}

/// Notes all that is wrong with the modal of a callback of type 9.
pub fn modal(data: &Value, errors: &mut FormErrors) {
    needed(&data["custom_id"], 1..=100, "data.custom_id", errors);
    needed(&data["title"], 1..=45, "data.title", errors);
    let rows = items(&data["components"]);
    if rows.is_empty() {
        errors.required("data.components");
    }
    count(rows, 5, "data.components", errors);
    let mut seen = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        for (place, input) in items(&row["components"]).iter().enumerate() {
            let path = format!("data.components.{index}.components.{place}");
            custom_id(input, &path, &mut seen, errors);
            needed(&input["label"], 1..=45, &format!("{path}.label"), errors);
            length(&input["placeholder"], 0..=100, &format!("{path}.placeholder"), errors);
            length(&input["value"], 0..=4000, &format!("{path}.value"), errors);
            if input["type"] != 4 {
                errors.add(
                    format!("{path}.type"),
                    "COMPONENT_TYPE_INVALID",
                    "The specified component type is invalid",
                );
            }
        }
    }
}

/// Notes all that is wrong with the choices of a callback of type 8.
pub fn choices(data: &Value, errors: &mut FormErrors) {
    let choices = items(&data["choices"]);
    count(choices, 25, "data.choices", errors);
    for (index, choice) in choices.iter().enumerate() {
        needed(&choice["name"], 1..=100, &format!("data.choices.{index}.name"), errors);
        match &choice["value"] {
            Value::Null => errors.required(format!("data.choices.{index}.value")),
            value => length(value, 1..=100, &format!("data.choices.{index}.value"), errors),
        }
    }
}

/// Notes it where a text is longer or shorter than it may be. What is no text is not its business.
pub fn length(value: &Value, chars: std::ops::RangeInclusive<usize>, path: &str, errors: &mut FormErrors) {
    let Some(text) = value.as_str() else { return };
    let (min, max) = (*chars.start(), *chars.end());
    if chars.contains(&text.trim().chars().count()) {
        return;
    }
    if min == 0 {
        errors.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
    } else {
        errors.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
    }
}

/// As [`length`], for a text that must be there.
pub fn needed(value: &Value, chars: std::ops::RangeInclusive<usize>, path: &str, errors: &mut FormErrors) {
    if value.is_null() {
        errors.required(path);
    }
    length(value, chars, path, errors);
}

/// Notes it where a list is longer than it may be.
pub fn count(list: &[Value], max: usize, path: &str, errors: &mut FormErrors) {
    if list.len() > max {
        errors.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
    }
}

/// The items of a list; none where there is no list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Checks one embed and gives back its share of the 6000 characters.
fn embed(embed: &Value, path: &str, errors: &mut FormErrors) -> usize {
    let texts = [
        ("title", &embed["title"], 256),
        ("description", &embed["description"], 4096),
        ("footer.text", &embed["footer"]["text"], 2048),
        ("author.name", &embed["author"]["name"], 256),
    ];
    let mut characters = 0;
    for (name, text, max) in texts {
        length(text, 0..=max, &format!("{path}.{name}"), errors);
        characters += trimmed(text);
    }
    let fields = items(&embed["fields"]);
    count(fields, 25, &format!("{path}.fields"), errors);
    for (index, field) in fields.iter().enumerate() {
        needed(&field["name"], 1..=256, &format!("{path}.fields.{index}.name"), errors);
        needed(&field["value"], 1..=1024, &format!("{path}.fields.{index}.value"), errors);
        characters += trimmed(&field["name"]) + trimmed(&field["value"]);
    }
    let has_picture = embed["image"].is_object() || embed["thumbnail"].is_object();
    if characters == 0 && !has_picture {
        errors.required(format!("{path}.description"));
    }
    link(&embed["url"], &["http", "https"], &format!("{path}.url"), errors);
    link(&embed["author"]["url"], &["http", "https"], &format!("{path}.author.url"), errors);
    for (name, picture) in [("image", &embed["image"]["url"]), ("thumbnail", &embed["thumbnail"]["url"])] {
        link(picture, &["http", "https", "attachment"], &format!("{path}.{name}.url"), errors);
    }
    characters
}

fn trimmed(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.trim().chars().count())
}

/// Checks action rows and what stands in them; custom ids are unique in the whole message.
fn rows(components: &Value, path: &str, errors: &mut FormErrors) {
    let rows = items(components);
    count(rows, 5, path, errors);
    let mut seen = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("{path}.{index}");
        if row["type"] != 1 {
            let message = "Value of field \"type\" must be one of (1,).";
            errors.add(format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            continue;
        }
        let parts = items(&row["components"]);
        let width: usize = parts.iter().map(|part| if part["type"] == 2 { 1 } else { 5 }).sum();
        if parts.is_empty() || parts.len() > 5 {
            let message = "Must be between 1 and 5 in length.";
            errors.add(format!("{path}.components"), "BASE_TYPE_BAD_LENGTH", message);
        } else if width > 5 {
            let message = "The specified component exceeds the maximum width";
            errors.add(format!("{path}.components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
        for (place, part) in parts.iter().enumerate() {
            let path = format!("{path}.components.{place}");
            match part["type"].as_u64() {
                Some(2) => button(part, &path, &mut seen, errors),
                Some(3 | 5..=8) => select(part, &path, &mut seen, errors),
                _ => {
                    let message = "The specified component type is invalid in this context";
                    errors.add(format!("{path}.type"), "COMPONENT_TYPE_INVALID", message);
                }
            }
        }
    }
}

fn button(button: &Value, path: &str, seen: &mut BTreeSet<String>, errors: &mut FormErrors) {
    length(&button["label"], 0..=80, &format!("{path}.label"), errors);
    if trimmed(&button["label"]) == 0 && button["emoji"].is_null() {
        let message = "A label or an emoji is required";
        errors.add(format!("{path}.label"), "BUTTON_COMPONENT_INVALID_LABEL", message);
    }
    match button["style"].as_u64() {
        Some(1..=4) => {
            custom_id(button, path, seen, errors);
            if !button["url"].is_null() {
                let message = "A custom id and url cannot both be specified";
                errors.add(path, "COMPONENT_CUSTOM_ID_AND_URL_CANNOT_BOTH_BE_SET", message);
            }
        }
        Some(5) => {
            needed(&button["url"], 1..=512, &format!("{path}.url"), errors);
            link(&button["url"], &["http", "https", "discord"], &format!("{path}.url"), errors);
            if !button["custom_id"].is_null() {
                let message = "A custom id and url cannot both be specified";
                errors.add(path, "COMPONENT_CUSTOM_ID_AND_URL_CANNOT_BOTH_BE_SET", message);
            }
        }
        _ => {
            let message = "Value must be one of {1, 2, 3, 4, 5}.";
            errors.add(format!("{path}.style"), "BASE_TYPE_CHOICES", message);
        }
    }
}

fn select(select: &Value, path: &str, seen: &mut BTreeSet<String>, errors: &mut FormErrors) {
    custom_id(select, path, seen, errors);
    length(&select["placeholder"], 0..=150, &format!("{path}.placeholder"), errors);
    let options = items(&select["options"]);
    count(options, 25, &format!("{path}.options"), errors);
    if select["type"] == 3 && options.is_empty() {
        errors.required(format!("{path}.options"));
    }
    for (index, option) in options.iter().enumerate() {
        for name in ["label", "value"] {
            needed(&option[name], 1..=100, &format!("{path}.options.{index}.{name}"), errors);
        }
        length(&option["description"], 0..=100, &format!("{path}.options.{index}.description"), errors);
    }
}

fn custom_id(part: &Value, path: &str, seen: &mut BTreeSet<String>, errors: &mut FormErrors) {
    let path = format!("{path}.custom_id");
    needed(&part["custom_id"], 1..=100, &path, errors);
    if let Some(id) = part["custom_id"].as_str()
        && !seen.insert(id.to_owned())
    {
        errors.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn link(value: &Value, schemes: &[&str], path: &str, errors: &mut FormErrors) {
    let Some(text) = value.as_str() else { return };
    match url::Url::parse(text) {
        Err(_) => errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
        Ok(url) if !schemes.contains(&url.scheme()) => {
            let message =
                format!("Scheme \"{}\" is not supported. Scheme must be one of {schemes:?}.", url.scheme());
            errors.add(path, "URL_TYPE_INVALID_SCHEME", message);
        }
        Ok(_) => {}
    }
}

fn allowed_mentions(value: &Value, path: &str, errors: &mut FormErrors) {
    for kind in ["users", "roles"] {
        let ids = items(&value[kind]);
        count(ids, 100, &format!("{path}.{kind}"), errors);
        if !ids.is_empty() && items(&value["parse"]).iter().any(|parsed| parsed == kind) {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
    }
}
