//! What did the person get to see? A message of the bot's, a modal, the choices of an autocompletion.

use std::sync::Arc;

use serde_json::Value;

use super::discord::limits::items;
use super::discord::mentions::{self, Pings};
use super::discord::rest::File;
use super::discord::world::{BOT, Message};
use super::discord::{Shared, objects};

/// A message of the bot's, as it was when it was waited for.
#[derive(Clone)]
pub struct Reply {
    shared: Arc<Shared>,
    message: Message,
}

/// An embed, seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Embed(pub Value);

/// A button, seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    pub label: String,
    /// None for a link.
    pub custom_id: Option<String>,
    pub url: Option<String>,
    pub is_disabled: bool,
}

/// A form that opened.
#[derive(Debug, Clone)]
pub struct Modal {
    pub custom_id: String,
    pub title: String,
    pub inputs: Vec<Input>,
    /// The interaction that opened it, and the message whose button did, if one did.
    pub(super) opened_by: String,
    pub(super) source: Option<u64>,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Input {
    pub custom_id: String,
    pub label: String,
    pub value: String,
    pub is_required: bool,
}

/// A choice offered while typing.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub name: String,
    pub value: Value,
}

impl Reply {
    pub(super) fn new(shared: &Arc<Shared>, message: &Message) -> Reply {
        Reply { shared: Arc::clone(shared), message: message.clone() }
    }

    /// The message's id.
    pub fn id(&self) -> u64 {
        self.message.id
    }

    /// The channel it is in.
    pub fn channel(&self) -> u64 {
        self.message.channel
    }

    /// Its content.
    pub fn content(&self) -> &str {
        &self.message.content
    }

    /// Its embeds.
    pub fn embeds(&self) -> Vec<Embed> {
        self.message.embeds.iter().cloned().map(Embed).collect()
    }

    /// All that a person reads in it, a line each: content, embeds with their fields, labels of buttons.
    pub fn text(&self) -> String {
        let mut lines = vec![self.message.content.clone()];
        for embed in self.embeds() {
            lines.extend([embed.author(), embed.title(), embed.description()].map(str::to_owned));
            lines.extend(embed.fields().into_iter().flat_map(|(name, value)| [name, value]));
            lines.push(embed.footer().to_owned());
        }
        lines.extend(self.buttons().into_iter().map(|button| button.label));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Its buttons, in their order.
    pub fn buttons(&self) -> Vec<Button> {
        let parts = self.message.components.iter().flat_map(|row| items(&row["components"]));
        let buttons = parts.filter(|part| part["type"] == 2);
        let text = |part: &Value, field: &str| part[field].as_str().map(str::to_owned);
        buttons
            .map(|part| Button {
                label: text(part, "label").unwrap_or_default(),
                custom_id: text(part, "custom_id"),
                url: text(part, "url"),
                is_disabled: part["disabled"] == true,
            })
            .collect()
    }

    /// The files that came with it.
    pub fn files(&self) -> &[File] {
        &self.message.files
    }

    /// Whether only the person who asked sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.message.is_ephemeral()
    }

    /// The message it replies to.
    pub fn replies_to(&self) -> Option<u64> {
        self.message.reference
    }

    /// Whom it notified.
    pub fn pings(&self) -> Pings {
        let is_reply = self.message.reference.is_some();
        let allowed = self.message.allowed_mentions.last().unwrap_or(&Value::Null);
        mentions::pings(&self.message.content, is_reply, allowed)
    }

    /// Whether it could have notified nobody, whatever its content.
    pub fn can_ping_nobody(&self) -> bool {
        self.message.allowed_mentions.iter().all(mentions::can_ping_nobody)
    }

    /// The same message as it is now; none where it was deleted.
    pub fn now(&self) -> Option<Reply> {
        self.shared.see(|world| world.message(self.id()).map(|message| Reply::new(&self.shared, message)))
    }

    /// Waits until the bot has edited it, and gives back what it became.
    pub async fn edited(&self) -> Reply {
        let writes = self.message.allowed_mentions.len();
        let edited = self.shared.until("an edit of the reply", |world| {
            world.message(self.id()).filter(|message| message.allowed_mentions.len() > writes).cloned()
        });
        Reply::new(&self.shared, &edited.await)
    }

    /// Waits until it is deleted.
    pub async fn deleted(&self) {
        self.shared
            .until("the reply to be deleted", |world| world.message(self.id()).is_none().then_some(()))
            .await;
    }

    /// As Discord gives it.
    pub fn json(&self) -> Value {
        self.shared.see(|world| objects::message(world, &self.message))
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = if self.message.author == BOT { "the bot" } else { "a person" };
        let privately = if self.is_ephemeral() { ", ephemeral" } else { "" };
        write!(formatter, "Reply by {who}{privately}:\n{}", self.text())
    }
}

impl Embed {
    pub fn title(&self) -> &str {
        self.0["title"].as_str().unwrap_or("")
    }

    pub fn description(&self) -> &str {
        self.0["description"].as_str().unwrap_or("")
    }

    pub fn url(&self) -> &str {
        self.0["url"].as_str().unwrap_or("")
    }

    pub fn author(&self) -> &str {
        self.0["author"]["name"].as_str().unwrap_or("")
    }

    pub fn footer(&self) -> &str {
        self.0["footer"]["text"].as_str().unwrap_or("")
    }

    /// Names and values.
    pub fn fields(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        items(&self.0["fields"]).iter().map(|field| (text(&field["name"]), text(&field["value"]))).collect()
    }
}

impl Modal {
    pub(super) fn new(data: &Value, opened_by: &str, source: Option<u64>) -> Modal {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let inputs = items(&data["components"]).iter().flat_map(|row| items(&row["components"]));
        let inputs = inputs.map(|input| Input {
            custom_id: text(&input["custom_id"]),
            label: text(&input["label"]),
            value: text(&input["value"]),
            is_required: input["required"] != false,
        });
        Modal {
            custom_id: text(&data["custom_id"]),
            title: text(&data["title"]),
            inputs: inputs.collect(),
            opened_by: opened_by.to_owned(),
            source,
        }
    }
}
