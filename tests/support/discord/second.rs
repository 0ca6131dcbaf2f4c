//! Would another library for Discord, twilight, send this? A second opinion beside our own limits and Discord's
//! OpenAPI file: its authors have read the same documentation, on their own.
//!
//! Pure: a request that our own rules take in, what twilight says against it out.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_validate::{command, component, embed, message};

use super::commands::without_nulls;
use super::limits::items;

/// What twilight says against a request.
pub fn opinion(method: &str, path: &str, body: &Value) -> Vec<String> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let mut said = Said::default();
    match (method, parts.as_slice()) {
        ("PUT", ["applications", .., "commands"]) => said.commands(body),
        ("POST", ["interactions", _, _, "callback"]) => match body["type"].as_u64() {
            Some(4 | 7) => said.message(&body["data"]),
            Some(8) => said.choices(&body["data"]),
            Some(9) => said.modal(&body["data"]),
            _ => {}
        },
        ("POST" | "PATCH", ["webhooks", ..] | ["channels", _, "messages", ..]) => said.message(body),
        _ => {}
    }
    said.0
}

#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    fn message(&mut self, body: &Value) {
        if let Some(content) = body["content"].as_str() {
            self.note("content", message::content(content));
        }
        let embeds: Vec<Embed> = self.read_all("embed", &body["embeds"], &json!({"type": "rich"}));
        embeds.iter().for_each(|one| self.note("embed", embed::embed(one)));
        self.note("embeds", message::embeds(&embeds));
        let components: Vec<Component> = self.read_all("component", &body["components"], &json!({}));
        components.iter().for_each(|one| self.note("component", component::component_v1(one)));
        self.note("components", message::components(&components, false));
        if body["allowed_mentions"].is_object() {
            self.read::<AllowedMentions>("allowed_mentions", &body["allowed_mentions"], &json!({}));
        }
        for attachment in items(&body["attachments"]) {
            if let Some(name) = attachment["filename"].as_str() {
                self.note("filename", message::attachment_filename(name));
            }
        }
    }

    fn modal(&mut self, data: &Value) {
        for row in items(&data["components"]) {
            if let Some(Component::ActionRow(row)) = self.read("row of a modal", row, &json!({})) {
                for part in row.components {
                    match part {
                        Component::TextInput(input) => {
                            self.note("text input", component::text_input(&input, true));
                        }
                        other => self.0.push(format!("twilight: a modal holds {:?}", other.kind())),
                    }
                }
            }
        }
    }

    fn choices(&mut self, data: &Value) {
        for choice in items(&data["choices"]) {
            self.note("choice", command::choice_name(choice["name"].as_str().unwrap_or_default()));
        }
    }

    fn commands(&mut self, body: &Value) {
        let absent = json!({"type": 1, "description": "", "version": "1"});
        let commands: Vec<Command> = self.read_all("command", body, &absent);
        commands.iter().for_each(|one| self.note(&one.name, command::command(one)));
    }

    fn read_all<T: DeserializeOwned>(&mut self, what: &str, list: &Value, absent: &Value) -> Vec<T> {
        items(list).iter().filter_map(|one| self.read(what, one, absent)).collect()
    }

    /// The value as twilight understands it; what may be left out in a request and not in its type is added.
    fn read<T: DeserializeOwned>(&mut self, what: &str, value: &Value, absent: &Value) -> Option<T> {
        let mut whole = absent.clone();
        let given = without_nulls(value);
        let fields = given.as_object().into_iter().flatten();
        fields.for_each(|(name, value)| whole[name] = value.clone());
        match serde_json::from_value(whole) {
            Ok(read) => Some(read),
            Err(error) => {
                self.0.push(format!("twilight: {what}: {error}"));
                None
            }
        }
    }

    fn note<E: std::error::Error>(&mut self, what: &str, checked: Result<(), E>) {
        if let Err(error) = checked {
            self.0.push(format!("twilight: {what}: {error}"));
        }
    }
}
