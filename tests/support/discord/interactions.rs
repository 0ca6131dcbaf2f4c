//! What becomes of an interaction: it is created, acknowledged once and in time, and answered.

use std::time::Instant;

use serde_json::{Value, json};

use super::error::{ApiError, FormErrors};
use super::gateway::Event;
use super::limits;
use super::messages;
use super::objects;
use super::rest::{Answer, Call};
use super::world::{BOT, Interaction, InteractionKind, Message, Outcome, World, flag};

/// An interaction that is not acknowledged by then is gone, in milliseconds.
const ACKNOWLEDGE_MS: u64 = 3_000;

/// The life of an interaction's token, in milliseconds.
const TOKEN_MS: u64 = 15 * 60 * 1_000;

/// What a person does to bring about an interaction.
pub struct Act {
    pub kind: InteractionKind,
    pub data: Value,
    pub user: u64,
    pub channel: u64,
    pub locale: String,
    /// Whether the person installed the app for itself, and uses it by that.
    pub is_user_install: bool,
    /// The message whose button is pressed.
    pub source: Option<u64>,
    /// The interaction that opened the modal which is submitted.
    pub opened_by: Option<String>,
}

/// Brings about an interaction and gives back its token.
pub fn create(world: &mut World, act: Act) -> String {
    let begun = Instant::now();
    let id = world.new_id();
    let token = format!("loopback-interaction-{id:x}");
    let channel = world.channels[&act.channel].clone();
    let guild = channel.guild.filter(|id| world.guilds.contains_key(id));
    let owners = match (act.is_user_install, channel.guild) {
        (true, _) => json!({"1": act.user.to_string()}),
        (false, Some(guild)) => json!({"0": guild.to_string()}),
        (false, None) => json!({"0": "0"}),
    };
    let mut metadata = json!({
        "id": id.to_string(), "type": act.kind as u8, "user": objects::user(act.user),
        "authorizing_integration_owners": owners,
    });
    if let Some(source) = act.source {
        metadata["interacted_message_id"] = json!(source.to_string());
    }
    if let Some(opener) = act.opened_by.as_ref().and_then(|token| world.interactions.get(token)) {
        metadata["triggering_interaction_metadata"] = opener.metadata.clone();
    }
    let message_kind = match (act.source, act.data["type"].as_u64()) {
        (Some(_), _) => 19,
        (None, Some(2 | 3)) => 23,
        (None, _) => 20,
    };
    let data = payload(world, &act, id, &token, &owners);
    let interaction = Interaction {
        id,
        token: token.clone(),
        kind: act.kind,
        created_ms: world.clock.now_ms(),
        user: act.user,
        guild,
        channel: act.channel,
        metadata,
        message_kind,
        source: act.source,
        begun,
        sent: None,
        answered: None,
        acknowledged: None,
        original: None,
        followups: Vec::new(),
        choices: None,
        modal: None,
    };
    world.interactions.insert(token.clone(), interaction);
    let name = "INTERACTION_CREATE";
    world.dispatch(&Event { name, data, guild: channel.guild, needs: 0, interaction: Some(token.clone()) });
    token
}

fn payload(world: &World, act: &Act, id: u64, token: &str, owners: &Value) -> Value {
    let channel = &world.channels[&act.channel];
    let permissions = channel.guild.map_or(u64::MAX >> 11, |guild| world.permissions(guild, act.user));
    let mut payload = json!({
        "id": id.to_string(), "application_id": BOT.to_string(), "type": act.kind as u8, "data": act.data,
        "channel": objects::partial_channel(channel, permissions), "channel_id": act.channel.to_string(),
        "token": token, "version": 1, "app_permissions": world.bot_permissions(channel).to_string(),
        "locale": act.locale, "entitlements": [], "authorizing_integration_owners": owners,
        "context": i32::from(channel.guild.is_none()), "attachment_size_limit": 10 * 1024 * 1024,
    });
    match channel.guild.and_then(|guild| world.guilds.get(&guild)) {
        Some(guild) => {
            payload["guild_id"] = json!(guild.id.to_string());
            payload["guild"] = json!({"id": guild.id.to_string(), "locale": guild.locale, "features": []});
            payload["guild_locale"] = json!(guild.locale);
            payload["member"] = objects::member(guild, act.user);
            payload["member"]["permissions"] = json!(permissions.to_string());
        }
        None => payload["user"] = objects::user(act.user),
    }
    if let Some(message) = act.source.and_then(|id| world.message(id)) {
        payload["message"] = objects::message(world, message);
    }
    payload
}

/// `POST /interactions/{id}/{token}/callback`
pub fn callback(world: &mut World, call: &Call, id: u64, token: &str) -> Result<Answer, ApiError> {
    if world.told.contains(&id) {
        return Err(ApiError::already_acknowledged());
    }
    let interaction = world.interactions.get(token).filter(|interaction| interaction.id == id).cloned();
    let mut interaction = interaction.ok_or_else(ApiError::unknown_interaction)?;
    if interaction.acknowledged.is_some() {
        return Err(ApiError::already_acknowledged());
    } else if world.clock.now_ms() - interaction.created_ms > ACKNOWLEDGE_MS {
        return Err(ApiError::unknown_interaction());
    }
    let kind = call.body["type"].as_u64().unwrap_or(0);
    let has_message = interaction.source.is_some();
    let fits = match interaction.kind {
        InteractionKind::Command => matches!(kind, 4 | 5 | 9),
        InteractionKind::Autocomplete => kind == 8,
        InteractionKind::Component => matches!(kind, 4..=7 | 9),
        InteractionKind::Modal => matches!(kind, 4 | 5) || has_message && matches!(kind, 6 | 7),
    };
    if !fits {
        let mut errors = FormErrors::default();
        errors.add(
            "type",
            "BASE_TYPE_CHOICES",
            format!("A callback of type {kind} does not answer this interaction."),
        );
        errors.into_result()?;
    }
    let message = respond(world, call, kind, &mut interaction)?;
    interaction.acknowledged = Some(kind);
    interaction.answered = Some(call.arrived);
    let answer = match call.query_is("with_response", "true") {
        true => Answer::json(callback_response(&interaction, kind, message)),
        false => Answer::empty(),
    };
    keep(world, interaction);
    tell_outcome(world, token);
    Ok(answer)
}

/// Does what a callback says, and gives back the message that came of it.
fn respond(
    world: &mut World,
    call: &Call,
    kind: u64,
    interaction: &mut Interaction,
) -> Result<Option<Value>, ApiError> {
    let data = &call.body["data"];
    let mut errors = FormErrors::default();
    match kind {
        4 | 5 => {
            let mut message = response(world, interaction);
            if kind == 4 {
                messages::write(world, &mut message, data, &call.files, "data.")?;
            } else {
                message.flags |= flag::LOADING | data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL;
            }
            interaction.original = Some(message.id);
            return Ok(Some(messages::post(world, message)));
        }
        6 => interaction.original = interaction.source,
        7 => {
            let source = interaction.source.and_then(|id| world.message(id)).cloned();
            let mut message = source.ok_or_else(ApiError::unknown_message)?;
            messages::write(world, &mut message, data, &call.files, "data.")?;
            interaction.original = interaction.source;
            return Ok(Some(messages::update(world, message)));
        }
        8 => {
            limits::choices(data, &mut errors);
            errors.into_result()?;
            interaction.choices = Some(limits::items(&data["choices"]).to_vec());
        }
        _ => {
            limits::modal(data, &mut errors);
            errors.into_result()?;
            interaction.modal = Some(data.clone());
        }
    }
    Ok(None)
}

/// A new message in answer to an interaction; a reply where a message's button was pressed.
fn response(world: &mut World, interaction: &Interaction) -> Message {
    let mut message = world.new_message(BOT, interaction.channel);
    message.kind = interaction.message_kind;
    message.interaction = Some(interaction.metadata.clone());
    message.reference = interaction.source;
    message
}

fn callback_response(interaction: &Interaction, kind: u64, message: Option<Value>) -> Value {
    let mut told = json!({
        "id": interaction.id.to_string(), "type": interaction.kind as u8,
        "channel_id": interaction.channel.to_string(),
    });
    if let Some(guild) = interaction.guild {
        told["guild_id"] = json!(guild.to_string());
    }
    let mut response = json!({});
    if let Some(message) = message {
        let flags = message["flags"].as_u64().unwrap_or(0);
        told["response_message_id"] = message["id"].clone();
        told["response_message_loading"] = json!(flags & flag::LOADING != 0);
        told["response_message_ephemeral"] = json!(flags & flag::EPHEMERAL != 0);
        if kind != 5 {
            response["resource"] = json!({"type": kind, "message": message});
        }
    }
    response["interaction"] = told;
    response
}

/// `POST /webhooks/{application}/{token}`: fills `@original` where the bot was thinking, else follows up.
pub fn follow_up(world: &mut World, call: &Call, token: &str) -> Result<Value, ApiError> {
    let mut interaction = usable(world, token)?;
    let original = interaction.original.and_then(|id| world.message(id)).cloned();
    if let Some(message) = original.clone().filter(Message::is_loading) {
        let filled = fill(world, call, message)?;
        tell_outcome(world, token);
        return Ok(filled);
    }
    let mut message = response(world, &interaction);
    if let Some(original) = original {
        message.kind = 19;
        message.reference = Some(original.id);
    }
    messages::write(world, &mut message, &call.body, &call.files, "")?;
    interaction.followups.push(message.id);
    keep(world, interaction);
    Ok(messages::post(world, message))
}

/// `GET /webhooks/{application}/{token}/messages/{message}`
pub fn read(world: &World, token: &str, message: &str) -> Result<Value, ApiError> {
    let id = own_message(&usable(world, token)?, message)?;
    world.message(id).map(|message| objects::message(world, message)).ok_or_else(ApiError::unknown_message)
}

/// `PATCH /webhooks/{application}/{token}/messages/{message}`
pub fn edit(world: &mut World, call: &Call, token: &str, message: &str) -> Result<Value, ApiError> {
    let id = own_message(&usable(world, token)?, message)?;
    let message = world.message(id).cloned().ok_or_else(ApiError::unknown_message)?;
    let filled = fill(world, call, message)?;
    tell_outcome(world, token);
    Ok(filled)
}

/// `DELETE /webhooks/{application}/{token}/messages/{message}`
pub fn remove(world: &mut World, token: &str, message: &str) -> Result<(), ApiError> {
    let id = own_message(&usable(world, token)?, message)?;
    world.message(id).ok_or_else(ApiError::unknown_message)?;
    messages::delete(world, id);
    Ok(())
}

/// Writes into a message of an interaction. One that was thinking stops; who may see it stays as it was.
fn fill(world: &mut World, call: &Call, mut message: Message) -> Result<Value, ApiError> {
    let (was_loading, was_ephemeral) = (message.is_loading(), message.flags & flag::EPHEMERAL);
    message.flags &= !flag::LOADING;
    messages::write(world, &mut message, &call.body, &call.files, "")?;
    message.flags = message.flags & !flag::EPHEMERAL | was_ephemeral;
    if was_loading {
        let written = message.edited_ms;
        let mut answer = messages::update(world, message.clone());
        // The answer that comes after thinking counts as the first, not as an edit.
        if let Some(message) = world.messages.get_mut(&message.id) {
            message.edited_ms = written;
        }
        answer["edited_timestamp"] = Value::Null;
        return Ok(answer);
    }
    Ok(messages::update(world, message))
}

/// The interaction whose webhook is used: acknowledged, and not too old.
fn usable(world: &World, token: &str) -> Result<Interaction, ApiError> {
    let interaction = world.interactions.get(token).ok_or_else(ApiError::unknown_webhook)?;
    if world.clock.now_ms() - interaction.created_ms > TOKEN_MS {
        return Err(ApiError::token_expired());
    } else if interaction.acknowledged.is_none() {
        return Err(ApiError::unknown_webhook());
    }
    Ok(interaction.clone())
}

fn own_message(interaction: &Interaction, message: &str) -> Result<u64, ApiError> {
    if message == "@original" {
        return interaction.original.ok_or_else(ApiError::unknown_message);
    }
    let id = message
        .parse()
        .ok()
        .filter(|id| interaction.original == Some(*id) || interaction.followups.contains(id));
    id.ok_or_else(ApiError::unknown_message)
}

/// Where outcomes are wanted: hands on the message that answers an interaction, and forgets both.
fn tell_outcome(world: &mut World, token: &str) {
    let Some(outcomes) = world.outcomes.clone() else { return };
    let Some(interaction) = world.interactions.get(token) else { return };
    let (number, begun, kind) = (interaction.id, interaction.begun, interaction.acknowledged);
    let (Some(answered), Some(id)) = (interaction.answered, interaction.original) else { return };
    if world.message(id).is_some_and(|message| !message.is_loading())
        && let Some(message) = world.messages.remove(&id)
    {
        world.interactions.remove(token);
        world.told.insert(number);
        // Whoever wanted to know may have stopped listening.
        let _ = outcomes.send(Outcome { begun, answered, was_announced: kind == Some(5), message });
    }
}

fn keep(world: &mut World, interaction: Interaction) {
    let current = world.interactions.get_mut(&interaction.token);
    let sent = current.as_ref().and_then(|current| current.sent);
    world.interactions.insert(interaction.token.clone(), Interaction { sent, ..interaction });
}
