//! What may be done with messages in channels, by people and by the bot.

use serde_json::{Value, json};

use super::error::{ApiError, FormErrors};
use super::gateway::{Event, intent};
use super::limits::{self, items};
use super::mentions::{self, snowflake};
use super::objects;
use super::rest::{Call, File};
use super::world::{BOT, Channel, ChannelKind, Message, World, flag, permission};

/// A person says something; gives back the message's id.
pub fn say(world: &mut World, user: u64, channel: u64, content: &str, reply_to: Option<u64>) -> u64 {
    let mut message = world.new_message(user, channel);
    message.content = content.to_owned();
    message.mentions = mentions::mentioned_users(content);
    message.mention_roles = mentions::mentioned_roles(content);
    message.reference = reply_to;
    if let Some(answered) = reply_to.and_then(|id| world.message(id)) {
        message.kind = 19;
        // As in Discord's clients, a reply pings unless its writer switches that off.
        message.mentions.insert(answered.author);
    }
    let id = message.id;
    post(world, message);
    id
}

/// A person opens a post in a forum; gives back the id of its first message, which is that of its thread.
pub fn open_post(world: &mut World, user: u64, forum: u64, title: &str, content: &str) -> u64 {
    let mut message = world.new_message(user, forum);
    let (id, guild) = (message.id, world.channels[&forum].guild);
    let kind = ChannelKind::Thread;
    let name = title.to_owned();
    let thread = Channel { id, kind, name, guild, parent: Some(forum), recipient: None, denied: 0 };
    let data = objects::channel(&thread);
    world.channels.insert(id, thread);
    let needs = intent::GUILDS;
    world.dispatch(&Event { name: "THREAD_CREATE", data, guild, needs, interaction: None });
    message.channel = id;
    message.content = content.to_owned();
    post(world, message);
    id
}

/// Puts what a request says into a message; what it does not name stays as it was. `at` stands before the
/// fields in the form.
///
/// # Errors
///
/// Where Discord would not take it.
pub fn write(
    world: &mut World,
    message: &mut Message,
    body: &Value,
    files: &[File],
    at: &str,
) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    limits::message(body, at, &mut errors);
    errors.into_result()?;
    if let Some(content) = body.get("content") {
        content.as_str().unwrap_or("").trim().clone_into(&mut message.content);
    }
    if let Some(embeds) = body.get("embeds") {
        message.embeds = items(embeds).iter().map(embed).collect();
    }
    if let Some(components) = body.get("components") {
        let mut next = 1;
        message.components = items(components).iter().map(|row| component(row, &mut next)).collect();
    }
    let settable = flag::EPHEMERAL | flag::SUPPRESS_EMBEDS | flag::COMPONENTS_V2;
    message.flags |= body["flags"].as_u64().unwrap_or(0) & settable;
    attach(world, message, body, files);
    if message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty() {
        let is_all_components = message.flags & flag::COMPONENTS_V2 != 0 && !message.components.is_empty();
        if !is_all_components {
            return Err(ApiError::empty_message());
        }
    }
    let answered = message.reference.and_then(|id| world.message(id)).map(|answered| answered.author);
    let replied = answered.filter(|author| *author != BOT);
    let allowed = &body["allowed_mentions"];
    let pings = mentions::pings(&message.content, replied.is_some(), allowed);
    message.mention_everyone = pings.everyone;
    message.mention_roles = pings.roles;
    message.mentions = pings.users;
    message.mentions.extend(replied.filter(|_| pings.replied_user));
    message.allowed_mentions.push(allowed.clone());
    Ok(())
}

/// Puts a new message into its channel and tells of it.
pub fn post(world: &mut World, message: Message) -> Value {
    let id = message.id;
    world.messages.insert(id, message);
    tell(world, id, "MESSAGE_CREATE");
    objects::message(world, &world.messages[&id])
}

/// Puts a changed message in the place of the old one and tells of it.
pub fn update(world: &mut World, mut message: Message) -> Value {
    message.edited_ms = Some(world.clock.now_ms());
    let id = message.id;
    world.messages.insert(id, message);
    tell(world, id, "MESSAGE_UPDATE");
    objects::message(world, &world.messages[&id])
}

/// Deletes a message, if it is still there, and tells of it.
pub fn delete(world: &mut World, id: u64) {
    if let Some(message) = world.messages.get_mut(&id).filter(|message| !message.is_deleted) {
        message.is_deleted = true;
        tell(world, id, "MESSAGE_DELETE");
    }
}

/// What only one person sees is told nobody.
fn tell(world: &mut World, id: u64, name: &str) {
    let message = &world.messages[&id];
    let guild = world.channels.get(&message.channel).and_then(|channel| channel.guild);
    if message.is_ephemeral() {
        return;
    }
    let data = match name {
        "MESSAGE_DELETE" => json!({
            "id": id.to_string(), "channel_id": message.channel.to_string(),
            "guild_id": guild.map(|id| id.to_string()),
        }),
        _ => objects::message_event(world, message),
    };
    let needs = if guild.is_some() { intent::GUILD_MESSAGES } else { intent::DIRECT_MESSAGES };
    world.dispatch(&Event { name, data, guild, needs, interaction: None });
}

/// `POST /channels/{channel}/messages`
pub fn create(world: &mut World, call: &Call, channel: u64) -> Result<Value, ApiError> {
    let channel = writable(world, channel)?;
    let allowed = world.bot_permissions(&channel);
    let needs_embeds = !items(&call.body["embeds"]).is_empty();
    if needs_embeds && allowed & permission::EMBED_LINKS == 0
        || !call.files.is_empty() && allowed & permission::ATTACH_FILES == 0
    {
        return Err(ApiError::missing_permissions());
    }
    // <https://discord.com/developers/docs/resources/message#create-message>
    if call.body["enforce_nonce"] == true {
        let is_same = |message: &&Message| message.author == BOT && message.channel == channel.id;
        let mut sent = world.messages.values().filter(is_same);
        if let Some(same) = sent.find(|message| message.nonce == call.body["nonce"]) {
            return Ok(objects::message(world, same));
        }
    }
    let mut message = world.new_message(BOT, channel.id);
    message.nonce = call.body["nonce"].clone();
    let reference = &call.body["message_reference"];
    if let Some(id) = snowflake(&reference["message_id"]) {
        let is_there = world.message(id).is_some_and(|answered| answered.channel == channel.id);
        if is_there {
            message.reference = Some(id);
            message.kind = 19;
        } else if reference["fail_if_not_exists"] != false {
            let mut errors = FormErrors::default();
            errors.add("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
            // People delete messages at any time: it is no fault of the bot's.
            return errors
                .into_result()
                .map(|()| Value::Null)
                .map_err(|error| ApiError { is_violation: false, ..error });
        }
    }
    write(world, &mut message, &call.body, &call.files, "")?;
    // What is said in a channel is there for all who are in it.
    message.flags &= !flag::EPHEMERAL;
    Ok(post(world, message))
}

/// `GET /channels/{channel}/messages/{message}`
pub fn read(world: &World, channel: u64, id: u64) -> Result<Value, ApiError> {
    visible(world, channel)?;
    let message = in_channel(world, channel, id)?;
    Ok(objects::message(world, message))
}

/// `PATCH /channels/{channel}/messages/{message}`
pub fn edit(world: &mut World, call: &Call, channel: u64, id: u64) -> Result<Value, ApiError> {
    visible(world, channel)?;
    let mut message = in_channel(world, channel, id)?.clone();
    if message.author != BOT {
        return Err(ApiError::not_your_message());
    }
    write(world, &mut message, &call.body, &call.files, "")?;
    Ok(update(world, message))
}

/// `DELETE /channels/{channel}/messages/{message}`
pub fn remove(world: &mut World, channel: u64, id: u64) -> Result<(), ApiError> {
    let allowed = world.bot_permissions(&visible(world, channel)?);
    let message = in_channel(world, channel, id)?;
    if message.author != BOT && allowed & permission::MANAGE_MESSAGES == 0 {
        return Err(ApiError::missing_permissions());
    }
    delete(world, id);
    Ok(())
}

/// A channel that the bot can see.
pub fn visible(world: &World, id: u64) -> Result<Channel, ApiError> {
    let channel = world.channels.get(&id).ok_or_else(ApiError::unknown_channel)?;
    if world.bot_permissions(channel) & permission::VIEW_CHANNEL == 0 {
        return Err(ApiError::missing_access());
    }
    Ok(channel.clone())
}

/// A channel that the bot may write in.
pub fn writable(world: &World, id: u64) -> Result<Channel, ApiError> {
    let channel = visible(world, id)?;
    let needed = match channel.kind {
        ChannelKind::Thread => permission::SEND_MESSAGES_IN_THREADS,
        ChannelKind::Text | ChannelKind::Dm | ChannelKind::Forum => permission::SEND_MESSAGES,
    };
    if world.bot_permissions(&channel) & needed == 0 {
        return Err(ApiError::missing_permissions());
    }
    Ok(channel)
}

fn in_channel(world: &World, channel: u64, id: u64) -> Result<&Message, ApiError> {
    let message = world.message(id).filter(|message| message.channel == channel && !message.is_ephemeral());
    message.ok_or_else(ApiError::unknown_message)
}

/// An embed as Discord gives it back.
fn embed(given: &Value) -> Value {
    let mut embed = super::commands::without_nulls(given);
    embed["type"] = json!("rich");
    embed
}

/// A component as Discord gives it back: numbered from 1, rows first.
fn component(given: &Value, next: &mut u64) -> Value {
    let mut written = super::commands::without_nulls(given);
    written["id"] = json!(*next);
    *next += 1;
    if given["components"].is_array() {
        let parts = items(&given["components"]).iter();
        written["components"] = parts.map(|part| component(part, next)).collect();
    }
    written
}

/// Keeps the attachments that the request names by their ids, and adds the files that came with it.
fn attach(world: &mut World, message: &mut Message, body: &Value, files: &[File]) {
    let described = items(&body["attachments"]);
    if body.get("attachments").is_some() {
        let is_kept =
            |kept: &Value| described.iter().any(|one| snowflake(&one["id"]) == snowflake(&kept["id"]));
        message.attachments.retain(is_kept);
    }
    for (index, file) in files.iter().enumerate() {
        let description = described.iter().find(|one| snowflake(&one["id"]) == Some(index as u64));
        let name = description.and_then(|one| one["filename"].as_str()).unwrap_or(&file.name);
        let id = world.new_id();
        let url = format!("{}/attachments/{}/{id}/{name}", world.origin, message.channel);
        let mut attachment = json!({
            "id": id.to_string(), "filename": name, "size": file.bytes.len(), "url": url, "proxy_url": url,
            "content_type": file.content_type,
        });
        if let Some(text) = description.and_then(|one| one["description"].as_str()) {
            attachment["description"] = json!(text);
        }
        message.attachments.push(attachment);
    }
    message.files.extend_from_slice(files);
}
