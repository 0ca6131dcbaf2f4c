//! How does Discord write a user, a guild, a message? The JSON of its objects, with all the fields that
//! serenity insists on and Discord's OpenAPI file requires.

use serde_json::{Value, json};

use super::clock::iso;
use super::world::{BOT, Channel, ChannelKind, Guild, Message, World, permission};

/// When everybody joined, and every thread began.
const LONG_AGO: &str = "2024-05-01T12:00:00.000000+00:00";

/// A user. The bot has a name of its own, people are called by their id.
pub fn user(id: u64) -> Value {
    let is_bot = id == BOT;
    let name = if is_bot { "footnote".to_owned() } else { format!("person-{id}") };
    let mut user = json!({
        "id": id.to_string(), "username": name, "global_name": null, "avatar": null,
        "discriminator": if is_bot { "0042" } else { "0" },
        "public_flags": 0, "flags": 0, "primary_guild": null,
    });
    if is_bot {
        user["bot"] = json!(true);
    }
    user
}

/// The bot's own user, as it alone sees it.
pub fn own_user() -> Value {
    let mut own = user(BOT);
    own["mfa_enabled"] = json!(true);
    own["locale"] = json!("en-US");
    own["verified"] = json!(true);
    own["email"] = Value::Null;
    own
}

/// A member without its user, as it stands beside a message.
pub fn partial_member(guild: &Guild, user: u64) -> Value {
    let roles: Vec<String> = guild.members.get(&user).into_iter().flatten().map(u64::to_string).collect();
    json!({
        "avatar": null, "banner": null, "communication_disabled_until": null, "flags": 0,
        "joined_at": LONG_AGO, "nick": null, "pending": false, "premium_since": null,
        "roles": roles, "mute": false, "deaf": false,
    })
}

/// A member with its user.
pub fn member(guild: &Guild, user_id: u64) -> Value {
    let mut member = partial_member(guild, user_id);
    member["user"] = user(user_id);
    member
}

/// The application, as its bot may ask for it.
pub fn application(world: &World) -> Value {
    // Bit 19: the limited Message Content intent, as an application in under 100 guilds is granted it.
    let flags = if world.message_content { 1 << 19 } else { 0 };
    json!({
        "id": BOT.to_string(), "name": "footnote", "icon": null, "description": "", "type": null,
        "bot": user(BOT), "bot_public": true, "bot_require_code_grant": false,
        "integration_types_config": {"0": {}},
        "verify_key": "0".repeat(64), "flags": flags, "flags_new": flags.to_string(),
        "redirect_uris": [], "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "owner": user(OWNER), "approximate_guild_count": world.guilds.len(),
        "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": ["bot", "applications.commands"],
    })
}

/// Who owns the application and the guilds.
pub const OWNER: u64 = 1_900_000_000_000_000_000;

/// A channel or thread.
pub fn channel(channel: &Channel) -> Value {
    let mut written = json!({
        "id": channel.id.to_string(), "type": channel.kind as u8, "flags": 0, "last_message_id": null,
    });
    match (channel.guild, channel.recipient) {
        (None, Some(recipient)) => written["recipients"] = json!([user(recipient)]),
        (guild, _) => {
            written["guild_id"] = json!(guild.map(|id| id.to_string()));
            written["name"] = json!(channel.name);
            written["parent_id"] = json!(channel.parent.map(|id| id.to_string()));
            written["rate_limit_per_user"] = json!(0);
            if channel.kind == ChannelKind::Thread {
                written["owner_id"] = json!(OWNER.to_string());
                written["message_count"] = json!(0);
                written["member_count"] = json!(1);
                written["total_message_sent"] = json!(0);
                written["thread_metadata"] = json!({
                    "archived": false, "archive_timestamp": LONG_AGO, "auto_archive_duration": 1440,
                    "locked": false, "create_timestamp": LONG_AGO,
                });
            } else {
                written["position"] = json!(0);
                written["topic"] = Value::Null;
                written["nsfw"] = json!(false);
                written["permission_overwrites"] = overwrites(channel);
            }
        }
    }
    written
}

/// What is denied to the bot in a channel, as an overwrite for it alone.
fn overwrites(channel: &Channel) -> Value {
    match channel.denied {
        0 => json!([]),
        denied => json!([{"id": BOT.to_string(), "type": 1, "allow": "0", "deny": denied.to_string()}]),
    }
}

/// A channel as it stands in an interaction, with what the person may do there.
pub fn partial_channel(of: &Channel, permissions: u64) -> Value {
    let mut written = channel(of);
    if of.guild.is_some() {
        written["permissions"] = json!(permissions.to_string());
    }
    written
}

/// A guild as `GET /guilds/{guild}` gives it.
pub fn guild(guild: &Guild) -> Value {
    let roles = guild.roles.iter().enumerate();
    let roles: Vec<Value> = roles
        .map(|(position, (id, role))| {
            json!({
                "id": id.to_string(), "name": role.name, "permissions": role.permissions.to_string(),
                "position": position, "color": 0,
                "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
                "hoist": false, "managed": false, "mentionable": false, "icon": null, "unicode_emoji": null,
                "flags": 0,
            })
        })
        .collect();
    json!({
        "id": guild.id.to_string(), "name": guild.name, "icon": null, "description": null, "home_header": null,
        "splash": null, "discovery_splash": null, "features": [], "banner": null,
        "owner_id": OWNER.to_string(), "application_id": null, "region": "deprecated", "afk_channel_id": null,
        "afk_timeout": 300, "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false,
        "widget_channel_id": null, "verification_level": 1, "roles": roles, "emojis": [], "stickers": [],
        "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 2,
        "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0,
        "premium_subscription_count": 0, "preferred_locale": guild.locale, "rules_channel_id": null,
        "safety_alerts_channel_id": null, "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "incidents_data": null,
    })
}

/// A guild as GUILD_CREATE gives it: with its channels, and of its members only the bot.
pub fn guild_create(world: &World, id: u64) -> Value {
    let of = &world.guilds[&id];
    let here = world.channels.values().filter(|channel| channel.guild == Some(id));
    let visible = here.filter(|channel| world.bot_permissions(channel) & permission::VIEW_CHANNEL != 0);
    let (threads, channels): (Vec<_>, Vec<_>) =
        visible.partition(|channel| channel.kind == ChannelKind::Thread);
    let mut written = guild(of);
    let more = json!({
        "joined_at": LONG_AGO, "large": false, "unavailable": false, "member_count": of.members.len(),
        "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
        "soundboard_sounds": [], "members": [member(of, BOT)],
        "channels": channels.into_iter().map(channel).collect::<Vec<_>>(),
        "threads": threads.into_iter().map(channel).collect::<Vec<_>>(),
    });
    let fields = written.as_object_mut().expect("a guild is an object");
    fields.extend(more.as_object().cloned().unwrap_or_default());
    written
}

/// A message as REST gives it.
pub fn message(world: &World, of: &Message) -> Value {
    let mut written = bare_message(of);
    if let Some(id) = of.reference {
        let guild = world.channels.get(&of.channel).and_then(|channel| channel.guild);
        written["message_reference"] = json!({
            "type": 0, "channel_id": of.channel.to_string(), "message_id": id.to_string(),
        });
        if let Some(guild) = guild {
            written["message_reference"]["guild_id"] = json!(guild.to_string());
        }
        written["referenced_message"] = world.message(id).map_or(Value::Null, bare_message);
    }
    written
}

/// A message as MESSAGE_CREATE gives it: with its guild, and its author's roles there.
pub fn message_event(world: &World, of: &Message) -> Value {
    let mut written = message(world, of);
    let guild = world.channels.get(&of.channel).and_then(|channel| channel.guild);
    if let Some(guild) = guild.and_then(|id| world.guilds.get(&id)) {
        written["guild_id"] = json!(guild.id.to_string());
        written["member"] = partial_member(guild, of.author);
        if let Some(mentions) = written["mentions"].as_array_mut() {
            for (mention, id) in mentions.iter_mut().zip(&of.mentions) {
                mention["member"] = partial_member(guild, *id);
            }
        }
    }
    written
}

fn bare_message(of: &Message) -> Value {
    let mut written = json!({
        "id": of.id.to_string(), "channel_id": of.channel.to_string(), "author": user(of.author),
        "type": of.kind, "content": of.content, "timestamp": iso(of.created_ms),
        "edited_timestamp": of.edited_ms.map(iso), "flags": of.flags, "pinned": false, "tts": false,
        "mentions": of.mentions.iter().map(|id| user(*id)).collect::<Vec<_>>(),
        "mention_roles": of.mention_roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "mention_everyone": of.mention_everyone,
        "attachments": of.attachments, "embeds": of.embeds, "components": of.components,
    });
    if let Some(metadata) = &of.interaction {
        written["interaction_metadata"] = metadata.clone();
        written["application_id"] = json!(BOT.to_string());
        written["webhook_id"] = json!(BOT.to_string());
    }
    written
}
