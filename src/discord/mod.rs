//! The bot: the only importer of serenity and poise.
//!
//! | file | the question it answers |
//! |---|---|
//! | `settings`, `guild` | what did the operator decide? what the moderators of a server? |
//! | `access` | who may do what, and where? |
//! | `cooldown`, `seen` | who asked a moment ago? which event came before? |
//! | `bot`, `person` | what does every command work with? who gives it? |
//! | `ask` | what happens to a question, by whichever way it came? |
//! | `commands`, `mention` | by which ways do questions and orders come? |
//! | `apart` | what is done apart from the event that it came with? |
//! | `buttons`, `press` | what stands under an answer, and what happens when it is pressed? |
//! | `auditing`, `records` | what do moderators read of the audit trail, and what does it look like? |
//! | `privacy` | what is stored of a person, for themselves? |
//! | `head` | how does the end of the audit chain get to where nobody can change it? |
//! | `edits`, `progress` | how do moderators change the articles? how far is that? |
//! | `complete` | what is offered while somebody types? |
//! | `reply`, `respond` | what is sent? how does it get to Discord, and the delivery to its record? |
//! | `render`, `why`, `passages`, `report` | what does an answer look like? its reasons, its passages? a report to moderators? |
//! | `text`, `locale` | which words does the bot use, in which language? |
//! | `escape`, `limits` | what may stand in a message, and how much of it? |
//! | `client`, `gateway`, `events`, `register`, `presence` | the connection, and what comes and goes over it |
//! | `fault`, `again` | what went wrong with it, told without secrets? what is tried again? |
//! | `invite` | which link adds the bot to a server? |
//!
//! It knows nothing of searching or answering: it asks [`App`] and shows what comes back.

mod access;
mod again;
mod apart;
mod ask;
mod auditing;
mod bot;
mod buttons;
mod client;
mod commands;
mod complete;
mod cooldown;
mod edits;
mod escape;
mod events;
mod fault;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod gateway;
mod guild;
mod guilds;
mod head;
pub mod invite;
mod limits;
mod locale;
mod mention;
mod passages;
mod person;
mod presence;
mod press;
mod privacy;
mod progress;
mod records;
mod register;
mod render;
mod reply;
mod report;
mod respond;
mod seen;
mod settings;
mod text;
mod under_way;
mod why;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;

use bot::Bot;

pub use settings::{AskScope, BotSettings, PATIENCE, Shards};

/// How long a stop waits for questions under way: for longer than a request that Discord never answers takes, and its
/// second try; and less than the ninety seconds after which systemd kills.
const STOP_WAIT: Duration = Duration::from_secs(client::REQUEST_MAX.as_secs() + 5);

/// Libraries whose log would show secrets when turned up: the token (in the frames of the gateway and the
/// headers of requests) or the tokens of interactions (in the urls of replies).
const CAPPED: &[&str] =
    &["serenity", "tungstenite", "tokio_tungstenite", "reqwest", "hyper", "hyper_util", "h2", "rustls"];

/// Where serenity logs what came over the gateway as it came, with the tokens of interactions in it, when it cannot
/// parse it. [`events::Unknown`] and the shard say without it that something came.
const RAW: &[&str] = &["serenity::client::dispatch", "serenity::gateway::ws"];

/// Whether an event or span may go into the log, whatever level the operator asks for. A filter of whoever
/// sets up the log: of the libraries of the connection only events of level info and above pass, and no
/// spans, since those hold whole requests.
pub fn may_log(metadata: &tracing::Metadata<'_>) -> bool {
    let library = metadata.target().split("::").next().unwrap_or_default();
    // What poise cannot do comes to `events::on_error`; what it logs besides may name the url of a response,
    // which holds the token of the interaction.
    if library == "poise" {
        return false;
    }
    if RAW.contains(&metadata.target()) {
        return false;
    }
    !CAPPED.contains(&library) || (metadata.is_event() && *metadata.level() <= tracing::Level::INFO)
}

/// Why the bot does not run, or runs no more. No message holds the token.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// There is no token.
    #[error("DISCORD_TOKEN is not set: put `DISCORD_TOKEN=...` into .env; {GET_TOKEN}")]
    TokenMissing,
    /// What is there is no token.
    #[error(
        "the value of DISCORD_TOKEN is no bot token (three parts with full stops between them): {GET_TOKEN}"
    )]
    TokenMalformed,
    /// Discord does not know the token.
    #[error("Discord does not accept the token in DISCORD_TOKEN: it may have been reset; {GET_TOKEN}")]
    TokenRefused,
    /// The other server cannot be trusted with the token.
    #[error(
        "DISCORD_API_URL is `{url}`: expected an https address, or a plain http one of this machine such as \
         `http://127.0.0.1:4000`"
    )]
    ApiUrl {
        /// The address.
        url: String,
    },
    /// The other server sends us elsewhere.
    #[error(
        "the gateway of the server at DISCORD_API_URL (`{api}`) is `{gateway}`, which is not on the same host, so the \
         token is not sent there: have `GET /api/v10/gateway` of that server name a gateway of its own"
    )]
    Gateway {
        /// The server.
        api: String,
        /// The gateway.
        gateway: String,
    },
    /// No connection could be made.
    #[error("cannot connect to Discord: {reason}")]
    Connect {
        /// What happened, without secrets.
        reason: String,
    },
    /// Discord does not let us read messages.
    #[error(
        "MESSAGE_CONTENT is `on`, and Discord has not granted this bot the content of messages: switch Message \
         Content Intent on in the Developer Portal (https://discord.com/developers/applications), your application, \
         Bot, or set MESSAGE_CONTENT=off"
    )]
    MessageContent,
    /// Discord ended the connection for good.
    #[error("Discord ended the connection: {reason}")]
    Ended {
        /// What Discord said, without secrets.
        reason: String,
    },
}

/// Where a token comes from.
const GET_TOKEN: &str = "copy the token from the Discord Developer Portal \
     (https://discord.com/developers/applications), your application, Bot, Reset Token";

/// Whether the bot can be started with these settings, as far as that can be told without a connection.
///
/// # Errors
///
/// Where the token is missing or none, or the other server cannot be trusted with it.
pub fn check(settings: &BotSettings) -> Result<(), ServeError> {
    client::check(settings)
}

/// Runs the bot until `shutdown` completes; then takes no more events, and waits for the questions under way
/// to be answered and recorded. Closing the store is left to the caller. `connected` is told whether all shards
/// are connected.
///
/// # Errors
///
/// Where the bot cannot connect, or Discord ends the connection for good: see [`ServeError`].
pub async fn run(
    app: Arc<App>,
    settings: BotSettings,
    connected: watch::Sender<bool>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let mut shutdown = pin!(shutdown);
    let bot = Arc::new(Bot::new(app, settings));
    let mut built = tokio::select! {
        built = client::build(&bot) => built?,
        () = &mut shutdown => return Ok(()),
    };
    let heads = tokio::spawn(head::post_daily(Arc::clone(&bot), Arc::clone(&built.0.http)));
    let outcome = loop {
        let (mut client, status) = built;
        let shards = Arc::clone(&client.shard_manager);
        let presence = tokio::spawn(presence::keep(Arc::clone(&bot), Arc::clone(&shards), status));
        let lost = tokio::select! {
            ended = client::start(&mut client, bot.settings.shards) => Some(Err(ended_by(ended))),
            () = &mut shutdown => Some(Ok(())),
            () = gateway::watch(Arc::clone(&shards), &connected, bot.settings.patience) => None,
        };
        presence.abort();
        if let Some(outcome) = lost {
            if outcome.is_ok() {
                tracing::info!("stopping: no more events are taken");
                shards.shutdown_all().await;
            }
            break outcome;
        }
        // Serenity waits without an end for a server that takes a connection and says nothing.
        tracing::warn!(
            after_s = bot.settings.patience.as_secs(),
            "not connected to Discord: connecting anew"
        );
        tokio::spawn(async move { shards.shutdown_all().await });
        built = tokio::select! {
            built = client::build(&bot) => built?,
            () = &mut shutdown => break Ok(()),
        };
    };
    let unfinished = finish(&bot).await;
    heads.abort();
    if unfinished > 0 {
        tracing::warn!(unfinished, "stopped before every question under way was answered");
    }
    outcome
}

/// Waits for what is under way; gives back how much of it is not done in time.
async fn finish(bot: &Bot) -> usize {
    // An event that was taken a moment ago may not have begun to be handled: let it.
    tokio::time::sleep(Duration::from_millis(50)).await;
    bot.under_way.finish(STOP_WAIT).await
}

fn ended_by(ended: Result<(), serenity::Error>) -> ServeError {
    match ended {
        Err(error) if fault::is_bad_token(&error) => ServeError::TokenRefused,
        Err(error) => ServeError::Ended { reason: fault::describe(&error) },
        Ok(()) => ServeError::Ended { reason: "without a reason".to_owned() },
    }
}
