//! What is there at Discord? Guilds, channels, messages, interactions, commands; and what the bot did so far.
//!
//! Plain data and the few rules that hold it together. It knows neither HTTP nor sockets: events leave by the
//! sessions of [`super::gateway`], requests come in by [`super::rest`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Instant;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use super::clock::Clock;
use super::gateway::Sessions;
use super::rest::{Fault, File, Recorded};

/// The application's id, which is its bot user's too.
pub const BOT: u64 = 1_000_000_000_000_000_000;

/// The most requests that are kept: more than any test looks at, and little enough for hours of load.
const REQUESTS_MAX: usize = 20_000;

/// Milliseconds between 1970 and 2015, where Discord's ids begin.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Bits of Discord's permissions.
pub mod permission {
    pub const ADMINISTRATOR: u64 = 1 << 3;
    pub const MANAGE_GUILD: u64 = 1 << 5;
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    pub const SEND_MESSAGES: u64 = 1 << 11;
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    pub const EMBED_LINKS: u64 = 1 << 14;
    pub const ATTACH_FILES: u64 = 1 << 15;
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

    /// What everyone may do in a guild, the bot included.
    pub const EVERYONE: u64 = VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_APPLICATION_COMMANDS
        | SEND_MESSAGES_IN_THREADS;
}

/// Bits of a message's flags.
pub mod flag {
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub const EPHEMERAL: u64 = 1 << 6;
    /// "The bot is thinking ..."
    pub const LOADING: u64 = 1 << 7;
    pub const COMPONENTS_V2: u64 = 1 << 15;
}

/// What a channel is, with Discord's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    Text = 0,
    Dm = 1,
    Thread = 11,
    Forum = 15,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    pub name: String,
    pub permissions: u64,
}

/// A guild (server).
#[derive(Debug, Clone)]
pub struct Guild {
    pub id: u64,
    pub name: String,
    pub locale: String,
    pub roles: BTreeMap<u64, Role>,
    /// Members and their roles.
    pub members: BTreeMap<u64, BTreeSet<u64>>,
}

/// A channel, thread or direct conversation.
#[derive(Debug, Clone)]
pub struct Channel {
    pub id: u64,
    pub kind: ChannelKind,
    pub name: String,
    pub guild: Option<u64>,
    pub parent: Option<u64>,
    /// The other person of a direct conversation.
    pub recipient: Option<u64>,
    /// What the bot may not do here.
    pub denied: u64,
}

/// A message, with what can only be seen from the inside.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: u64,
    pub channel: u64,
    pub author: u64,
    /// Discord's number: 0 plain, 19 reply, 20 answer to a command, 23 to a context-menu command.
    pub kind: u64,
    pub created_ms: u64,
    pub edited_ms: Option<u64>,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    pub files: Vec<File>,
    pub flags: u64,
    /// The message it replies to.
    pub reference: Option<u64>,
    /// The interaction it came by, as messages tell it.
    pub interaction: Option<Value>,
    /// Users and roles it notified.
    pub mentions: BTreeSet<u64>,
    pub mention_roles: BTreeSet<u64>,
    pub mention_everyone: bool,
    /// What each request that wrote it said of mentions; null where it said nothing.
    pub allowed_mentions: Vec<Value>,
    pub is_deleted: bool,
    /// What its sender knows it by; null where that named nothing.
    pub nonce: Value,
}

impl Message {
    /// Whether only one person sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.flags & flag::EPHEMERAL != 0
    }

    /// Whether it only says that the bot is thinking.
    pub fn is_loading(&self) -> bool {
        self.flags & flag::LOADING != 0
    }
}

/// What an interaction is, with Discord's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    Modal = 5,
}

/// An interaction and what became of it.
#[derive(Debug, Clone)]
pub struct Interaction {
    pub id: u64,
    pub token: String,
    pub kind: InteractionKind,
    pub created_ms: u64,
    pub user: u64,
    pub guild: Option<u64>,
    pub channel: u64,
    /// As messages that come of it tell it.
    pub metadata: Value,
    /// Discord's kind of message for its answers.
    pub message_kind: u64,
    /// The message whose button was pressed.
    pub source: Option<u64>,
    /// When the person brought it about.
    pub begun: Instant,
    /// When INTERACTION_CREATE left, and when the first callback had arrived.
    pub sent: Option<Instant>,
    pub answered: Option<Instant>,
    /// The type of the callback that acknowledged it.
    pub acknowledged: Option<u64>,
    /// What `@original` is.
    pub original: Option<u64>,
    pub followups: Vec<u64>,
    pub choices: Option<Vec<Value>>,
    pub modal: Option<Value>,
}

/// What came of an interaction: the message that answers it.
#[derive(Debug)]
pub struct Outcome {
    /// When the person brought it about, and when the first callback had arrived.
    pub begun: Instant,
    pub answered: Instant,
    /// Whether it was announced first, and the message came by a second request.
    pub was_announced: bool,
    pub message: Message,
}

/// Something that Discord would not have taken, or that its OpenAPI file does not know.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Method and path of the request.
    pub request: String,
    /// What is wrong with it.
    pub problem: String,
}

/// All of it.
pub struct World {
    pub clock: std::sync::Arc<Clock>,
    /// `http://127.0.0.1:4000`.
    pub origin: String,
    /// The token of the bot, without `Bot `.
    pub token: String,
    /// Whether the application was granted the Message Content intent.
    pub message_content: bool,
    pub guilds: BTreeMap<u64, Guild>,
    pub channels: BTreeMap<u64, Channel>,
    pub messages: BTreeMap<u64, Message>,
    /// By token.
    pub interactions: HashMap<String, Interaction>,
    /// By guild; none for the global ones. Absent where nothing was registered.
    pub commands: BTreeMap<Option<u64>, Vec<Value>>,
    pub sessions: Sessions,
    /// The newest requests, and how many before them are forgotten.
    pub requests: Vec<Recorded>,
    pub forgotten: usize,
    pub violations: Vec<Violation>,
    /// Where it is set, what comes of interactions is told there and forgotten here, and requests are not kept: for
    /// more of them than memory would hold.
    pub outcomes: Option<UnboundedSender<Outcome>>,
    /// The interactions that were forgotten so.
    pub told: HashSet<u64>,
    pub faults: Vec<Fault>,
    /// Files that people attached, by their ids: name, size as Discord tells it, content.
    pub uploads: BTreeMap<u64, (String, usize, Vec<u8>)>,
    /// Channels in which the bot was seen typing.
    pub typing: Vec<u64>,
    pub ids: u64,
}

impl World {
    /// A new id, whose time is now, greater than all before it.
    pub fn new_id(&mut self) -> u64 {
        self.ids += 1;
        ((self.clock.now_ms() - DISCORD_EPOCH_MS) << 22) | (self.ids & 0x3f_ffff)
    }

    /// What a member may do in a guild: the sum of its roles, everyone's included.
    pub fn permissions(&self, guild: u64, user: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else { return 0 };
        let own = guild.members.get(&user).into_iter().flatten();
        let roles = own.chain([&guild.id]).filter_map(|role| guild.roles.get(role));
        roles.fold(0, |sum, role| sum | role.permissions)
    }

    /// What the bot may do in a channel.
    pub fn bot_permissions(&self, channel: &Channel) -> u64 {
        match channel.guild {
            Some(guild) => self.permissions(guild, BOT) & !channel.denied,
            None => permission::EVERYONE & !channel.denied,
        }
    }

    /// The direct conversation with a person; it is opened where there was none.
    pub fn dm_channel(&mut self, user: u64) -> u64 {
        let existing = self.channels.values().find(|channel| channel.recipient == Some(user));
        if let Some(channel) = existing {
            return channel.id;
        }
        let id = self.new_id();
        let name = format!("direct messages of {user}");
        let channel = Channel {
            id,
            kind: ChannelKind::Dm,
            name,
            guild: None,
            parent: None,
            recipient: Some(user),
            denied: 0,
        };
        self.channels.insert(id, channel);
        id
    }

    /// A message that is still there.
    pub fn message(&self, id: u64) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.is_deleted)
    }

    /// An empty message of somebody in a channel; not yet put there.
    pub fn new_message(&mut self, author: u64, channel: u64) -> Message {
        Message {
            id: self.new_id(),
            channel,
            author,
            kind: 0,
            created_ms: self.clock.now_ms(),
            edited_ms: None,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            files: Vec::new(),
            flags: 0,
            reference: None,
            interaction: None,
            mentions: BTreeSet::new(),
            mention_roles: BTreeSet::new(),
            mention_everyone: false,
            allowed_mentions: Vec::new(),
            is_deleted: false,
            nonce: Value::Null,
        }
    }

    /// Notes a request; the oldest is forgotten where there are very many.
    pub fn note_request(&mut self, recorded: Recorded) {
        if self.outcomes.is_some() {
            self.forgotten += 1;
            return;
        }
        if self.requests.len() == REQUESTS_MAX {
            self.requests.drain(..REQUESTS_MAX / 2);
            self.forgotten += REQUESTS_MAX / 2;
        }
        self.requests.push(recorded);
    }

    /// The requests after the first `count` that were ever made, as far as they are not forgotten.
    pub fn requests_after(&self, count: usize) -> &[Recorded] {
        &self.requests[count.saturating_sub(self.forgotten).min(self.requests.len())..]
    }

    /// How many requests were ever made.
    pub fn request_count(&self) -> usize {
        self.forgotten + self.requests.len()
    }

    /// Notes a violation.
    pub fn violate(&mut self, request: impl Into<String>, problem: impl Into<String>) {
        self.violations.push(Violation { request: request.into(), problem: problem.into() });
    }
}
