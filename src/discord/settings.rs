//! What the operator decides about the bot. Values alone: who reads them from where is not known here.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

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
