//! What is sent: a text or a card, with its buttons and a file, in the forms in which Discord takes it. Pure.

use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse,
};
use serenity::model::application::ButtonStyle;
use serenity::model::channel::{Message, MessageReference, Nonce};

use crate::audit::{AuditedAnswer, RecordId};

use super::buttons::{self, Button, Leads};
use super::render::{self, Card};
use super::text::Text;

/// What to send.
#[derive(Debug, Default)]
pub struct Reply {
    content: Option<String>,
    card: Option<Card>,
    /// What the card shows, in which language, and whether with the question: it is drawn as plain text where embeds are
    /// not allowed.
    answer: Option<(AuditedAnswer, Text, bool)>,
    rows: Vec<Vec<Button>>,
    /// A file that comes along, by its name.
    file: Option<(String, Vec<u8>)>,
    /// The record that is told whether this was delivered.
    record: Option<RecordId>,
    /// Of interest to the asker alone: ephemeral, where Discord can do that.
    private: bool,
}

impl Reply {
    /// An answer with its buttons; `echo` repeats the question above it.
    pub fn answer(answer: AuditedAnswer, text: Text, echo: bool, private: bool) -> Reply {
        Reply {
            card: Some(render::card(&answer, text, echo)),
            rows: buttons::under(&answer, text, private),
            record: Some(answer.id()),
            answer: Some((answer, text, echo)),
            private,
            ..Reply::default()
        }
    }

    /// Why there is none, to the asker alone.
    pub fn refusal(why: impl Into<String>, record: Option<RecordId>) -> Reply {
        Reply { content: Some(why.into()), record, private: true, ..Reply::default() }
    }

    /// Something to say to the asker alone, of which there is no record.
    pub fn note(note: impl Into<String>) -> Reply {
        Reply::refusal(note, None)
    }

    /// A longer text to the asker alone, as an embed.
    pub fn report(report: String) -> Reply {
        let card = Card { description: report, footer: String::new() };
        Reply { card: Some(card), private: true, ..Reply::default() }
    }

    /// An answer that was shown to one person, for everyone.
    pub fn shown(card: Card, rows: Vec<Vec<Button>>, record: RecordId) -> Reply {
        Reply { card: Some(card), rows, record: Some(record), ..Reply::default() }
    }

    /// A file for one person, with a word about it.
    pub fn file(note: String, name: String, content: Vec<u8>) -> Reply {
        Reply { file: Some((name, content)), ..Reply::note(note) }
    }

    /// The same with these buttons.
    pub fn with(self, rows: Vec<Vec<Button>>) -> Reply {
        Reply { rows, ..self }
    }

    /// The embeds it goes as.
    pub fn embeds(&self) -> Vec<CreateEmbed> {
        let embed = |card: &Card| {
            let embed = CreateEmbed::new().description(&card.description);
            match card.footer.as_str() {
                "" => embed,
                footer => embed.footer(CreateEmbedFooter::new(footer)),
            }
        };
        self.card.iter().map(embed).collect()
    }

    /// Its buttons, row by row.
    pub fn components(&self) -> Vec<CreateActionRow> {
        let button = |button: &Button| match &button.leads {
            Leads::Pressed(name) => {
                CreateButton::new(name).label(&button.label).style(ButtonStyle::Secondary)
            }
            Leads::Danger(name) => CreateButton::new(name).label(&button.label).style(ButtonStyle::Danger),
            Leads::Link(address) => CreateButton::new_link(address).label(&button.label),
        };
        self.rows.iter().map(|row| CreateActionRow::Buttons(row.iter().map(button).collect())).collect()
    }

    /// The files that come along.
    pub fn attachments(&self) -> Vec<CreateAttachment> {
        let file = self.file.as_ref();
        file.map(|(name, content)| CreateAttachment::bytes(content.as_slice(), name)).into_iter().collect()
    }

    /// As the first response to an interaction.
    pub fn as_response(&self, private: bool) -> CreateInteractionResponseMessage {
        let message = message(private).embeds(self.embeds()).components(self.components());
        // What a message is changed to leaves nothing of what it was.
        message.content(self.content.as_deref().unwrap_or_default())
    }

    /// As an edit of that response.
    pub fn as_edit(&self) -> EditInteractionResponse {
        let edit = EditInteractionResponse::new().allowed_mentions(no_mentions());
        let edit = edit.embeds(self.embeds()).components(self.components());
        edit.content(self.content.as_deref().unwrap_or_default())
    }

    /// As a message after another, as an embed.
    pub fn as_message(&self, to: &Message) -> CreateMessage {
        let mut message = after(to).components(self.components());
        if self.card.is_some() {
            message = message.embeds(self.embeds());
        }
        match &self.content {
            Some(content) => message.content(content),
            None => message,
        }
    }

    /// As a message after another where embeds are not allowed; `None` where it is none the less.
    pub fn as_plain_message(&self, to: &Message) -> Option<CreateMessage> {
        let (answer, text, echo) = self.answer.as_ref()?;
        let plain = render::plain(answer, *text, *echo);
        Some(after(to).components(self.components()).content(plain))
    }

    /// The record that is told whether this was delivered.
    pub fn record(&self) -> Option<RecordId> {
        self.record
    }

    /// Whether it is of interest to the asker alone.
    pub fn is_private(&self) -> bool {
        self.private
    }
}

/// Nobody is pinged, whatever a text holds.
pub fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// A message to all, or to one person.
pub fn message(private: bool) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().ephemeral(private).allowed_mentions(no_mentions())
}

/// A message as a reply to another, or alone where that is gone by then.
pub fn replying(message: CreateMessage, to: &Message) -> CreateMessage {
    message.reference_message(MessageReference::from(to).fail_if_not_exists(false))
}

fn after(other: &Message) -> CreateMessage {
    CreateMessage::new()
        .allowed_mentions(no_mentions())
        // A second try of what was taken after all sends nothing.
        .nonce(Nonce::String(other.id.to_string()))
        .enforce_nonce(true)
}
