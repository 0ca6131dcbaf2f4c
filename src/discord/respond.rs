//! How a reply gets to Discord, and its record to the store: in time, without a ping, and only once.
//!
//! Discord wants the first sign of life within three seconds. What takes longer than [`DIRECT_MS_MAX`] is
//! announced (a deferred response, or the typing indicator), and sent when it is there.

use std::pin::pin;
use std::time::Duration;

use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse,
};
use serenity::http::{Http, LightMethod, Request, Route};
use serenity::model::application::{ButtonStyle, CommandInteraction, ComponentInteraction, ModalInteraction};
use serenity::model::channel::{Message, MessageFlags, MessageReference, Nonce};
use serenity::model::id::{ChannelId, InteractionId};
use tokio::time::MissedTickBehavior;

use crate::audit::{AuditedAnswer, Delivery, RecordId};

use super::again::{self, again};
use super::bot::Bot;
use super::buttons::{self, Button, Leads};
use super::progress::Progress;
use super::render::Card;
use super::text::Text;
use super::{fault, render};

/// How long a reply may take before it is announced, in milliseconds: a third of what Discord allows, so
/// that the announcement has time to arrive. <https://discord.com/developers/docs/interactions/receiving-and-responding>
pub const DIRECT_MS_MAX: u64 = 1000;

/// How often a reply that takes long says how far it is.
const PROGRESS_EVERY: Duration = Duration::from_secs(3);

/// What to send.
#[derive(Debug, Default)]
pub struct Reply {
    content: Option<String>,
    card: Option<Card>,
    /// What goes in place of the card where embeds are not allowed.
    plain: Option<String>,
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
    pub fn answer(answer: &AuditedAnswer, text: Text, echo: bool, private: bool) -> Reply {
        Reply {
            card: Some(render::card(answer, text, echo)),
            plain: Some(render::plain(answer, text, echo)),
            rows: buttons::under(answer, text, private),
            record: Some(answer.id()),
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

    fn embeds(&self) -> Vec<CreateEmbed> {
        let embed = |card: &Card| {
            let embed = CreateEmbed::new().description(&card.description);
            match card.footer.as_str() {
                "" => embed,
                footer => embed.footer(CreateEmbedFooter::new(footer)),
            }
        };
        self.card.iter().map(embed).collect()
    }

    fn components(&self) -> Vec<CreateActionRow> {
        let button = |button: &Button| match &button.leads {
            Leads::Pressed(name) => {
                CreateButton::new(name).label(&button.label).style(ButtonStyle::Secondary)
            }
            Leads::Danger(name) => CreateButton::new(name).label(&button.label).style(ButtonStyle::Danger),
            Leads::Link(address) => CreateButton::new_link(address).label(&button.label),
        };
        self.rows.iter().map(|row| CreateActionRow::Buttons(row.iter().map(button).collect())).collect()
    }

    fn attachments(&self) -> Vec<CreateAttachment> {
        let file = self.file.as_ref();
        file.map(|(name, content)| CreateAttachment::bytes(content.as_slice(), name)).into_iter().collect()
    }

    fn as_response(&self, private: bool) -> CreateInteractionResponseMessage {
        let message = message(private).embeds(self.embeds()).components(self.components());
        // What a message is changed to leaves nothing of what it was.
        message.content(self.content.as_deref().unwrap_or_default())
    }

    fn as_edit(&self) -> EditInteractionResponse {
        let edit = EditInteractionResponse::new().allowed_mentions(no_mentions());
        let edit = edit.embeds(self.embeds()).components(self.components());
        edit.content(self.content.as_deref().unwrap_or_default())
    }
}

/// An interaction that waits for its response.
#[derive(Debug, Clone, Copy)]
pub struct Ticket<'a> {
    id: InteractionId,
    token: &'a str,
    way: Way,
}

/// In which way an interaction is responded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a message that all see, unless the reply is private.
    Message,
    /// By a message for one person.
    Private,
    /// By changing the message whose button was pressed.
    Update,
}

impl Way {
    /// By changing the message whose button was pressed, where its reader is alone with it: what others read is
    /// never changed by a press, which may be forged.
    pub fn update(message: &Message) -> Way {
        if is_ephemeral(message) { Way::Update } else { Way::Private }
    }
}

impl<'a> Ticket<'a> {
    /// Of a command.
    pub fn command(command: &'a CommandInteraction, way: Way) -> Ticket<'a> {
        Ticket { id: command.id, token: &command.token, way }
    }

    /// Of a button.
    pub fn component(component: &'a ComponentInteraction, way: Way) -> Ticket<'a> {
        Ticket { id: component.id, token: &component.token, way }
    }

    /// Of a form.
    pub fn modal(modal: &'a ModalInteraction, way: Way) -> Ticket<'a> {
        Ticket { id: modal.id, token: &modal.token, way }
    }

    fn defer(self) -> CreateInteractionResponse {
        match self.way {
            Way::Update => CreateInteractionResponse::Acknowledge,
            way => CreateInteractionResponse::Defer(message(way == Way::Private)),
        }
    }
}

/// Whether only one person sees a message.
pub fn is_ephemeral(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// Nobody is pinged, whatever a text holds.
pub fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// Replies to an interaction with what `work` gives: at once, or, where that takes long, after a deferral.
/// Meanwhile `progress`, where there is one, is told by editing the reply.
pub async fn to(
    bot: &Bot,
    http: &Http,
    ticket: Ticket<'_>,
    progress: Option<(&Progress, Text)>,
    work: impl Future<Output = Reply>,
) {
    let _task = bot.under_way.begin();
    let mut work = pin!(work);
    let (reply, sent) = tokio::select! {
        biased;
        reply = &mut work => {
            let sent = send_response(http, ticket, &reply).await;
            (reply, sent)
        }
        () = tokio::time::sleep(Duration::from_millis(DIRECT_MS_MAX)) => {
            let deferred = respond(http, ticket, &ticket.defer()).await;
            let reply = match progress {
                Some((progress, text)) if deferred.is_ok() => {
                    tell_while(http, ticket, (progress, text), PROGRESS_EVERY, work).await
                }
                _ => work.await,
            };
            let sent = match deferred {
                Ok(_) => edit(http, ticket, reply.as_edit(), reply.attachments()).await,
                Err(error) => Err(error),
            };
            (reply, sent)
        }
    };
    record(bot, &reply, sent).await;
}

/// Waits for `work`, and says from time to time how far it is.
async fn tell_while(
    http: &Http,
    ticket: Ticket<'_>,
    (progress, text): (&Progress, Text),
    every: Duration,
    mut work: impl Future<Output = Reply> + Unpin,
) -> Reply {
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + every, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = None;
    loop {
        tokio::select! {
            biased;
            reply = &mut work => return reply,
            _ = ticks.tick() => {
                let percent = progress.percent();
                if told != Some(percent) {
                    told = Some(percent);
                    let note = Reply::note(text.progress(percent));
                    // Whether it shows does not matter: the report comes all the same.
                    let edit = note.as_edit();
                    let _ = http.edit_original_interaction_response(ticket.token, &edit, Vec::new()).await;
                }
            }
        }
    }
}

/// Replies to a message with what `work` gives, showing the typing indicator where that takes long. Where it
/// gives nothing, nothing is said.
pub async fn to_message(
    bot: &Bot,
    http: &Http,
    message: &Message,
    is_addressed: bool,
    work: impl Future<Output = Option<Reply>>,
) {
    let _task = bot.under_way.begin();
    let mut work = pin!(work);
    let reply = tokio::select! {
        biased;
        reply = &mut work => reply,
        () = tokio::time::sleep(Duration::from_millis(DIRECT_MS_MAX)), if is_addressed => {
            // Whether it shows does not matter: the answer comes all the same.
            let _ = message.channel_id.broadcast_typing(http).await;
            work.await
        }
    };
    if let Some(reply) = reply {
        let sent = send_message(http, message, &reply).await;
        record(bot, &reply, sent).await;
    }
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
    ticket: Ticket<'_>,
    reply: &Reply,
) -> Result<Option<u64>, serenity::Error> {
    let response = match ticket.way {
        Way::Update => CreateInteractionResponse::UpdateMessage(reply.as_response(false)),
        way => CreateInteractionResponse::Message(reply.as_response(way == Way::Private || reply.private)),
    };
    match reply.attachments() {
        none if none.is_empty() => respond(http, ticket, &response).await,
        files => {
            let respond_once = |tried: u32| {
                let (files, response) = (files.clone(), &response);
                async move {
                    let sent = http.create_interaction_response(ticket.id, ticket.token, response, files);
                    match sent.await {
                        Err(error) if tried > 0 && fault::is_answered_before(&error) => Ok(None),
                        sent => sent.map(|()| None),
                    }
                }
            };
            again(again::RESPONSE, respond_once).await
        }
    }
}

async fn edit(
    http: &Http,
    ticket: Ticket<'_>,
    edit: EditInteractionResponse,
    files: Vec<CreateAttachment>,
) -> Result<Option<u64>, serenity::Error> {
    let edit = &edit;
    let edited = again(again::MESSAGE, |_| {
        let files = files.clone();
        async move { http.edit_original_interaction_response(ticket.token, edit, files).await }
    });
    edited.await.map(|message| Some(message.id.get()))
}

/// Sends the first response to an interaction; gives back the id of its message where Discord tells it.
///
/// Serenity's own call cannot ask for the message (`with_response`), and finding it out afterwards would
/// take a second request for every answer.
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response>
pub async fn respond(
    http: &Http,
    ticket: Ticket<'_>,
    response: &CreateInteractionResponse,
) -> Result<Option<u64>, serenity::Error> {
    let body = &serde_json::to_vec(response)?;
    let respond_once = |tried: u32| async move {
        let route = Route::InteractionResponse { interaction_id: ticket.id, token: ticket.token };
        let request = Request::new(route, LightMethod::Post)
            .body(Some(body.clone()))
            .params(Some(vec![("with_response", "true".to_owned())]));
        let response = match http.request(request).await {
            // The try before was taken after all.
            Err(error) if tried > 0 && fault::is_answered_before(&error) => return Ok(None),
            response => response?,
        };
        // The message is sent by now, so a body that cannot be read (or none) is no failure.
        let Ok(body) = response.bytes().await else { return Ok(None) };
        let id = serde_json::from_slice::<serde_json::Value>(&body)
            .ok()
            .and_then(|body| body.pointer("/resource/message/id")?.as_str()?.parse().ok());
        Ok(id)
    };
    again(again::RESPONSE, respond_once).await
}

/// Responds with a form, or with choices: what is no message. A failure is logged.
pub async fn show(bot: &Bot, http: &Http, ticket: Ticket<'_>, response: &CreateInteractionResponse) {
    let _task = bot.under_way.begin();
    if let Err(error) = respond(http, ticket, response).await {
        tracing::warn!(error = fault::describe(&error), "a form or a choice could not be shown");
    }
}

/// Deletes the message of the button that was pressed. Says whether it is gone.
pub async fn delete(bot: &Bot, http: &Http, ticket: Ticket<'_>) -> bool {
    let _task = bot.under_way.begin();
    let acknowledged = respond(http, ticket, &CreateInteractionResponse::Acknowledge).await;
    let deleted = match acknowledged {
        Ok(_) => http.delete_original_interaction_response(ticket.token).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &deleted {
        tracing::warn!(error = fault::describe(error), "an answer could not be deleted");
    }
    deleted.is_ok()
}

/// Sends a reply to a message. Where the message is gone by then, the reply stands alone; where embeds are
/// not allowed in the channel, it goes as plain content; where the bot may not write at all, to the asker alone.
async fn send_message(http: &Http, to: &Message, reply: &Reply) -> Result<Option<u64>, serenity::Error> {
    let mut message = create_message(to, reply);
    if reply.card.is_some() {
        message = message.embeds(reply.embeds());
    }
    if let Some(content) = &reply.content {
        message = message.content(content);
    }
    let refer = |message: CreateMessage| {
        message.reference_message(MessageReference::from(to).fail_if_not_exists(false))
    };
    let send = |channel: ChannelId, message: CreateMessage| async move {
        again(again::MESSAGE, |_| channel.send_message(http, message.clone())).await
    };
    let mut sent = match (&reply.plain, send(to.channel_id, refer(message.clone())).await) {
        (Some(plain), Err(error)) if fault::is_refused_embed(&error) => {
            send(to.channel_id, refer(create_message(to, reply).content(plain))).await
        }
        (_, sent) => sent,
    };
    if to.guild_id.is_some()
        && sent.as_ref().is_err_and(fault::is_forbidden)
        && let Ok(direct) = to.author.create_dm_channel(http).await
    {
        sent = send(direct.id, message).await;
    }
    sent.map(|message| Some(message.id.get()))
}

fn create_message(to: &Message, reply: &Reply) -> CreateMessage {
    CreateMessage::new()
        .allowed_mentions(no_mentions())
        .components(reply.components())
        // A second try of what was taken after all sends nothing.
        .nonce(Nonce::String(to.id.to_string()))
        .enforce_nonce(true)
}

#[cfg(test)]
mod tests;
