//! What the operator decides about the bot. Values alone: who reads them from where is not known here.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

/// As long as Discord keeps what a lost connection missed, about: until then coming back by itself loses less. Two
/// thirds of it are three heartbeats, which Discord wants every 41 seconds.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// What the bot is started with.
#[derive(Debug, Clone)]
pub struct BotSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Origin of another Discord-compatible server; `None` is Discord itself.
    pub api_url: Option<Url>,
    /// The guilds whose moderators look after the corpus.
    pub home_guilds: Vec<u64>,
    /// The roles that count as moderators beside Manage Server.
    pub moderator_roles: Vec<u64>,
    /// Where questions are answered.
    pub ask_scope: AskScope,
    /// How long a person waits between two questions; zero for not at all.
    pub cooldown: Duration,
    /// Whether the bot asks Discord for the content of all messages, so that it can answer new posts where
    /// moderators want that.
    pub message_content: bool,
    /// The channel to which the end of the audit chain is posted every day; `None` for nowhere.
    pub audit_channel: Option<u64>,
    /// After how many days what records say of people is erased; `None` for never.
    pub retention_days: Option<u64>,
    /// For how long a connection that is lost is left to come back by itself, before all are made anew.
    pub patience: Duration,
    /// Which shards this process runs; as many as Discord recommends, all of them, where unset.
    pub shards: Option<Shards>,
}

/// Some shards of all: `0-3/16`. A shard is a connection that serves a part of the guilds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shards {
    /// The first of them, from 0.
    pub first: u32,
    /// The last of them, below `total`.
    pub last: u32,
    /// How many there are in all processes together, above 0.
    pub total: u32,
}

impl BotSettings {
    /// With a token, and everything else as it is where nothing is set.
    pub fn new(token: SecretString) -> BotSettings {
        BotSettings {
            token,
            api_url: None,
            home_guilds: Vec::new(),
            moderator_roles: Vec::new(),
            ask_scope: AskScope::Everywhere,
            cooldown: Duration::ZERO,
            message_content: false,
            patience: PATIENCE,
            audit_channel: None,
            retention_days: None,
            shards: None,
        }
    }
}

/// Where questions are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskScope {
    /// In the home guilds alone: a private corpus must not leak to other guilds, to direct messages of
    /// strangers, or to people who installed the bot for themselves.
    Home,
    /// In every guild and in direct messages.
    Everywhere,
}
