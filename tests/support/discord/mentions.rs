//! Whom does a message ping? Discord's rule for `allowed_mentions`, and what a message would ping at worst.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::limits::items;

/// Whom one message notifies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pings {
    /// `@everyone` or `@here`.
    pub everyone: bool,
    /// Users, by id.
    pub users: BTreeSet<u64>,
    /// Roles, by id.
    pub roles: BTreeSet<u64>,
    /// The author of the message that is replied to.
    pub replied_user: bool,
}

impl Pings {
    /// Whether nobody is notified.
    pub fn is_nobody(&self) -> bool {
        *self == Pings::default()
    }
}

/// Whom a message with this content notifies.
///
/// Without `allowed_mentions` all that stands in the content counts, and so does the author replied to; with
/// it only what it names. Only content notifies, never an embed. A mention within a code block is counted
/// here although Discord spares it: rather too strict.
pub fn pings(content: &str, is_reply: bool, allowed_mentions: &Value) -> Pings {
    let everything = json!({"parse": ["everyone", "users", "roles"], "replied_user": true});
    let allowed = if allowed_mentions.is_null() { &everything } else { allowed_mentions };
    let parses = |kind: &str| items(&allowed["parse"]).iter().any(|parsed| parsed == kind);
    let permitted = |kind: &str, id: u64| {
        parses(kind) || items(&allowed[kind]).iter().any(|given| snowflake(given) == Some(id))
    };
    Pings {
        everyone: parses("everyone") && (content.contains("@everyone") || content.contains("@here")),
        users: mentioned_users(content).into_iter().filter(|id| permitted("users", *id)).collect(),
        roles: mentioned(content, "<@&").into_iter().filter(|id| permitted("roles", *id)).collect(),
        replied_user: is_reply && allowed["replied_user"] == true,
    }
}

/// Whether a message can ping nobody, whatever its content comes to be.
pub fn can_ping_nobody(allowed_mentions: &Value) -> bool {
    allowed_mentions.is_object()
        && ["parse", "users", "roles"].iter().all(|kind| items(&allowed_mentions[kind]).is_empty())
        && allowed_mentions["replied_user"] != true
}

/// The users named in a text as `<@1>` or `<@!1>`.
pub fn mentioned_users(content: &str) -> BTreeSet<u64> {
    let mut users = mentioned(content, "<@");
    users.extend(mentioned(content, "<@!"));
    users
}

/// The roles named in a text as `<@&1>`.
pub fn mentioned_roles(content: &str) -> BTreeSet<u64> {
    mentioned(content, "<@&")
}

/// An id, however it is written.
pub fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn mentioned(content: &str, opening: &str) -> BTreeSet<u64> {
    let ids = content.split(opening).skip(1);
    ids.filter_map(|rest| rest.split_once('>')?.0.parse().ok()).collect()
}
