//! How a reply gets to Discord, and its record to the store: in time, without a ping, and only once.
//!
//! Discord wants the first sign of life within three seconds. What takes longer than [`DIRECT_MS_MAX`] is
//! announced (a deferred response, or the typing indicator), and sent when it is there.

use std::pin::pin;
use std::time::Duration;

use serenity::builder::{
    CreateAttachment, CreateInteractionResponse, CreateMessage, EditInteractionResponse,
};
use serenity::http::{Http, LightMethod, Request, Route};
use serenity::model::application::{CommandInteraction, ComponentInteraction, ModalInteraction};
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::id::{ChannelId, InteractionId};
use tokio::time::MissedTickBehavior;

use crate::audit::{Delivery, RecordId};

use super::again::{self, again};
use super::bot::Bot;
use super::fault;
use super::progress::Progress;
use super::reply::{self, Reply};
use super::text::Text;
use super::under_way::UnderWay;

/// How long a reply may take before it is announced, in milliseconds: a third of what Discord allows, so
/// that the announcement has time to arrive. <https://discord.com/developers/docs/interactions/receiving-and-responding>
pub const DIRECT_MS_MAX: u64 = 1000;

/// How often a reply that takes long says how far it is.
const PROGRESS_EVERY: Duration = Duration::from_secs(3);

/// An interaction that waits for its response. Its token is a secret, so that it cannot be printed.
pub struct Ticket {
    id: InteractionId,
    token: String,
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

impl Ticket {
    /// Of a command.
    pub fn command(command: &CommandInteraction, way: Way) -> Ticket {
        Ticket { id: command.id, token: command.token.clone(), way }
    }

    /// Of a button.
    pub fn component(component: &ComponentInteraction, way: Way) -> Ticket {
        Ticket { id: component.id, token: component.token.clone(), way }
    }

    /// Of a form.
    pub fn modal(modal: &ModalInteraction, way: Way) -> Ticket {
        Ticket { id: modal.id, token: modal.token.clone(), way }
    }

    fn defer(&self) -> CreateInteractionResponse {
        match self.way {
            Way::Update => CreateInteractionResponse::Acknowledge,
            way => CreateInteractionResponse::Defer(reply::message(way == Way::Private)),
        }
    }
}

/// Whether only one person sees a message.
pub fn is_ephemeral(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// Replies to an interaction with what `work` gives: at once, or, where that takes long, after a deferral; not at all
/// where [more](super::under_way::ALL_MAX) is under way than can be told so.
/// Meanwhile `progress`, where there is one, is told by editing the reply.
pub async fn to(
    bot: &Bot,
    http: &Http,
    ticket: Ticket,
    progress: Option<(&Progress, Text)>,
    work: impl Future<Output = Reply>,
) {
    let Some(_task) = bot.under_way.begin_if_room() else { return };
    let mut work = pin!(work);
    // The reply is let go of once it is sent: its record may wait for others.
    let (of, sent) = tokio::select! {
        biased;
        reply = &mut work => {
            let sent = send_response(bot, http, &ticket, &reply).await;
            (reply.record(), sent)
        }
        // Few replies go this way, and hundreds wait at a time: it is kept apart from what all of them take.
        () = tokio::time::sleep(Duration::from_millis(DIRECT_MS_MAX)) => {
            Box::pin(announced(bot, http, &ticket, progress, work)).await
        }
    };
    record(bot, of, sent).await;
}

/// Announces the reply, and sends it once it is there.
async fn announced(
    bot: &Bot,
    http: &Http,
    ticket: &Ticket,
    progress: Option<(&Progress, Text)>,
    work: impl Future<Output = Reply> + Unpin,
) -> (Option<RecordId>, Result<Option<u64>, serenity::Error>) {
    let deferred = respond(&bot.under_way, http, ticket, &ticket.defer()).await;
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
    (reply.record(), sent)
}

/// Waits for `work`, and says from time to time how far it is.
async fn tell_while(
    http: &Http,
    ticket: &Ticket,
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
                    let _ = http.edit_original_interaction_response(&ticket.token, &edit, Vec::new()).await;
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
    let Some(_task) = bot.under_way.begin_if_room() else { return };
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
        let (of, sent) = (reply.record(), send_message(http, message, &reply).await);
        drop(reply);
        record(bot, of, sent).await;
    }
}

/// Tells the record whether its reply was delivered, and logs a failure.
async fn record(bot: &Bot, of: Option<RecordId>, sent: Result<Option<u64>, serenity::Error>) {
    let delivery = match sent {
        Ok(message) => Delivery::Delivered { message },
        Err(error) => {
            let error = fault::describe(&error);
            tracing::warn!(record = of, error, "a reply could not be delivered");
            Delivery::Failed { error }
        }
    };
    if let Some(of) = of {
        bot.app.delivered(of, delivery).await;
    }
}

async fn send_response(
    bot: &Bot,
    http: &Http,
    ticket: &Ticket,
    reply: &Reply,
) -> Result<Option<u64>, serenity::Error> {
    let response = match ticket.way {
        Way::Update => CreateInteractionResponse::UpdateMessage(reply.as_response(false)),
        way => {
            CreateInteractionResponse::Message(reply.as_response(way == Way::Private || reply.is_private()))
        }
    };
    match reply.attachments() {
        none if none.is_empty() => respond(&bot.under_way, http, ticket, &response).await,
        files => {
            let respond_once = |tried: u32| {
                let (files, response) = (files.clone(), &response);
                async move {
                    let _room = bot.under_way.room_to_send().await;
                    let sent = http.create_interaction_response(ticket.id, &ticket.token, response, files);
                    match sent.await {
                        Err(error) if tried > 0 && fault::is_answered_before(&error) => Ok(None),
                        sent => sent.map(|()| None),
                    }
                }
            };
            Box::pin(again(again::RESPONSE, respond_once)).await
        }
    }
}

async fn edit(
    http: &Http,
    ticket: &Ticket,
    edit: EditInteractionResponse,
    files: Vec<CreateAttachment>,
) -> Result<Option<u64>, serenity::Error> {
    let edit = &edit;
    let edited = again(again::MESSAGE, |_| {
        let files = files.clone();
        async move { http.edit_original_interaction_response(&ticket.token, edit, files).await }
    });
    edited.await.map(|message| Some(message.id.get()))
}

/// Sends the first response to an interaction; gives back the id of its message where Discord tells it.
///
/// Serenity's own call cannot ask for the message (`with_response`), and finding it out afterwards would
/// take a second request for every answer.
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response>
pub async fn respond(
    under_way: &UnderWay,
    http: &Http,
    ticket: &Ticket,
    response: &CreateInteractionResponse,
) -> Result<Option<u64>, serenity::Error> {
    let body = &serde_json::to_vec(response)?;
    let respond_once = |tried: u32| async move {
        let _room = under_way.room_to_send().await;
        let route = Route::InteractionResponse { interaction_id: ticket.id, token: &ticket.token };
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
pub async fn show(bot: &Bot, http: &Http, ticket: Ticket, response: &CreateInteractionResponse) {
    let _task = bot.under_way.begin();
    if let Err(error) = respond(&bot.under_way, http, &ticket, response).await {
        tracing::warn!(error = fault::describe(&error), "a form or a choice could not be shown");
    }
}

/// Deletes the message of the button that was pressed. Says whether it is gone.
pub async fn delete(bot: &Bot, http: &Http, ticket: Ticket) -> bool {
    let _task = bot.under_way.begin();
    let acknowledged = respond(&bot.under_way, http, &ticket, &CreateInteractionResponse::Acknowledge).await;
    let deleted = match acknowledged {
        Ok(_) => http.delete_original_interaction_response(&ticket.token).await,
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
    let message = reply.as_message(to);
    let send = |channel: ChannelId, message: CreateMessage| async move {
        again(again::MESSAGE, |_| channel.send_message(http, message.clone())).await
    };
    let mut sent = send(to.channel_id, reply::replying(message.clone(), to)).await;
    if sent.as_ref().is_err_and(fault::is_refused_embed)
        && let Some(plain) = reply.as_plain_message(to)
    {
        sent = send(to.channel_id, reply::replying(plain, to)).await;
    }
    if to.guild_id.is_some()
        && sent.as_ref().is_err_and(fault::is_forbidden)
        && let Ok(direct) = to.author.create_dm_channel(http).await
    {
        sent = send(direct.id, message).await;
    }
    sent.map(|message| Some(message.id.get()))
}

#[cfg(test)]
mod tests;
