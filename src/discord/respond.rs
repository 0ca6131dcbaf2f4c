//! How a reply gets to Discord, and its record to the store: in time, without a ping, and only once.
//!
//! Discord wants the first sign of life within three seconds. What takes longer than [`DIRECT_MS_MAX`] is
//! announced (a deferred response, or the typing indicator), and sent when it is there.

use std::pin::pin;
use std::time::Duration;

use serenity::builder::{
    CreateAllowedMentions, CreateEmbed, CreateEmbedFooter, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse,
};
use serenity::http::{Http, LightMethod, Request, Route};
use serenity::model::application::CommandInteraction;
use serenity::model::channel::{Message, MessageReference};

use crate::audit::{AuditedAnswer, Delivery, RecordId};

use super::bot::Bot;
use super::{fault, render};

/// How long a reply may take before it is announced, in milliseconds: a third of what Discord allows, so
/// that the announcement has time to arrive. <https://discord.com/developers/docs/interactions/receiving-and-responding>
pub const DIRECT_MS_MAX: u64 = 1000;

/// What to send.
#[derive(Debug)]
pub struct Reply {
    shown: Shown,
    /// The record that is told whether this was delivered.
    record: Option<RecordId>,
    /// Of interest to the asker alone: ephemeral, where Discord can do that.
    private: bool,
}

#[derive(Debug)]
enum Shown {
    Answer {
        answer: AuditedAnswer,
        echo: bool,
    },
    /// Plain content.
    Note(String),
    /// Longer: the description of an embed.
    Report(String),
}

impl Reply {
    /// An answer; `echo` repeats the question above it.
    pub fn answer(answer: AuditedAnswer, echo: bool) -> Reply {
        let record = Some(answer.id());
        Reply { shown: Shown::Answer { answer, echo }, record, private: false }
    }

    /// Why there is none, to the asker alone.
    pub fn refusal(why: impl Into<String>, record: Option<RecordId>) -> Reply {
        Reply { shown: Shown::Note(why.into()), record, private: true }
    }

    /// Something to say to the asker alone, of which there is no record.
    pub fn note(note: impl Into<String>) -> Reply {
        Reply::refusal(note, None)
    }

    /// A longer text to the asker alone, as an embed.
    pub fn report(report: String) -> Reply {
        Reply { shown: Shown::Report(report), record: None, private: true }
    }

    /// Content and embed as Discord takes them.
    fn parts(&self) -> (Option<String>, Option<CreateEmbed>) {
        match &self.shown {
            Shown::Answer { answer, echo } => {
                let card = render::card(answer, *echo);
                let footer = CreateEmbedFooter::new(card.footer);
                (None, Some(CreateEmbed::new().description(card.description).footer(footer)))
            }
            Shown::Note(note) => (Some(note.clone()), None),
            Shown::Report(report) => (None, Some(CreateEmbed::new().description(report))),
        }
    }
}

/// Nobody is pinged, whatever a text holds.
pub fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// Replies to a command with what `work` gives: at once, or, where that takes long, after a deferral that is
/// `private` or not.
pub async fn to_command(
    bot: &Bot,
    http: &Http,
    command: &CommandInteraction,
    private: bool,
    work: impl Future<Output = Reply>,
) {
    let _task = bot.under_way.begin();
    let mut work = pin!(work);
    let sent = tokio::select! {
        biased;
        reply = &mut work => {
            let sent = send_response(http, command, &reply, private).await;
            (reply, sent)
        }
        () = tokio::time::sleep(Duration::from_millis(DIRECT_MS_MAX)) => {
            let deferred = respond(http, command, &CreateInteractionResponse::Defer(message(private))).await;
            let reply = work.await;
            let sent = match deferred {
                Ok(_) => edit_response(http, command, &reply).await,
                Err(error) => Err(error),
            };
            (reply, sent)
        }
    };
    record(bot, &sent.0, sent.1).await;
}

/// Replies to a message with what `work` gives, showing the typing indicator where that takes long.
pub async fn to_message(bot: &Bot, http: &Http, message: &Message, work: impl Future<Output = Reply>) {
    let _task = bot.under_way.begin();
    let mut work = pin!(work);
    let reply = tokio::select! {
        biased;
        reply = &mut work => reply,
        () = tokio::time::sleep(Duration::from_millis(DIRECT_MS_MAX)) => {
            // Whether it shows does not matter: the answer comes all the same.
            let _ = message.channel_id.broadcast_typing(http).await;
            work.await
        }
    };
    let sent = send_message(http, message, &reply).await;
    record(bot, &reply, sent).await;
}

/// Tells the record whether its reply was delivered, and logs a failure.
async fn record(bot: &Bot, reply: &Reply, sent: Result<Option<u64>, serenity::Error>) {
    let delivery = match sent {
        Ok(message) => Delivery::Delivered { message },
        Err(error) => {
            let error = fault::describe(&error);
            tracing::warn!(record = reply.record, error, "a reply could not be delivered");
            Delivery::Failed { error }
        }
    };
    if let Some(record) = reply.record {
        bot.app.delivered(record, delivery).await;
    }
}

fn message(private: bool) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().ephemeral(private).allowed_mentions(no_mentions())
}

async fn send_response(
    http: &Http,
    command: &CommandInteraction,
    reply: &Reply,
    private: bool,
) -> Result<Option<u64>, serenity::Error> {
    let (content, embed) = reply.parts();
    let mut message = message(private || reply.private).embeds(embed.into_iter().collect());
    if let Some(content) = content {
        message = message.content(content);
    }
    respond(http, command, &CreateInteractionResponse::Message(message)).await
}

async fn edit_response(
    http: &Http,
    command: &CommandInteraction,
    reply: &Reply,
) -> Result<Option<u64>, serenity::Error> {
    let (content, embed) = reply.parts();
    let mut edit = EditInteractionResponse::new().allowed_mentions(no_mentions());
    edit = edit.embeds(embed.into_iter().collect());
    if let Some(content) = content {
        edit = edit.content(content);
    }
    command.edit_response(http, edit).await.map(|message| Some(message.id.get()))
}

/// Sends the first response to a command; gives back the id of its message where Discord tells it.
///
/// Serenity's own call cannot ask for the message (`with_response`), and finding it out afterwards would
/// take a second request for every answer.
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response>
async fn respond(
    http: &Http,
    command: &CommandInteraction,
    response: &CreateInteractionResponse,
) -> Result<Option<u64>, serenity::Error> {
    let route = Route::InteractionResponse { interaction_id: command.id, token: &command.token };
    let request = Request::new(route, LightMethod::Post)
        .body(Some(serde_json::to_vec(response)?))
        .params(Some(vec![("with_response", "true".to_owned())]));
    let response = http.request(request).await?;
    // The message is sent by now, so a body that cannot be read (or none) is no failure.
    let Ok(body) = response.bytes().await else { return Ok(None) };
    let id = serde_json::from_slice::<serde_json::Value>(&body)
        .ok()
        .and_then(|body| body.pointer("/resource/message/id")?.as_str()?.parse().ok());
    Ok(id)
}

/// Sends a reply to a message. Where the message is gone by then, the reply stands alone; where embeds are
/// not allowed in the channel, it goes as plain content.
async fn send_message(http: &Http, to: &Message, reply: &Reply) -> Result<Option<u64>, serenity::Error> {
    let (content, embed) = reply.parts();
    let has_embed = embed.is_some();
    let sent = to.channel_id.send_message(http, create_message(to, content, embed)).await;
    let sent = match (&reply.shown, sent) {
        (Shown::Answer { answer, echo }, Err(error)) if has_embed && fault::is_refused_embed(&error) => {
            let content = render::plain(answer, *echo);
            to.channel_id.send_message(http, create_message(to, Some(content), None)).await
        }
        (_, sent) => sent,
    };
    sent.map(|message| Some(message.id.get()))
}

fn create_message(to: &Message, content: Option<String>, embed: Option<CreateEmbed>) -> CreateMessage {
    let mut message = CreateMessage::new()
        .reference_message(MessageReference::from(to).fail_if_not_exists(false))
        .allowed_mentions(no_mentions())
        .embeds(embed.into_iter().collect());
    if let Some(content) = content {
        message = message.content(content);
    }
    message
}
