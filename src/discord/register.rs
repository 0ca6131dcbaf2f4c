//! Which commands does Discord offer, where? Told to Discord at every start, as a whole, so that what is gone
//! from here is gone from there.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serenity::http::Http;
use serenity::model::application::Command;
use serenity::model::id::GuildId;

use super::bot::Bot;
use super::{commands, fault};

/// The first wait after a failure that may pass; it doubles up to [`WAIT_MAX`].
const WAIT_MIN: Duration = Duration::from_secs(5);

/// The longest wait between two tries.
const WAIT_MAX: Duration = Duration::from_secs(300);

/// Registers all commands. What can pass is tried again, the rest is logged: the bot answers mentions even
/// where it has no commands.
pub async fn everywhere(bot: Arc<Bot>, http: Arc<Http>) {
    persist("everywhere", || async {
        let commands = commands::to_register(&commands::global(&bot.settings));
        Command::set_global_commands(&http, commands).await.map(drop)
    })
    .await;
    for &guild in &bot.settings.home_guilds {
        in_home_guild(&bot, &http, guild).await;
    }
}

/// Registers the commands of moderators in a guild, where it is a home guild that has none yet.
pub async fn in_home_guild(bot: &Bot, http: &Http, guild: u64) {
    if !bot.settings.home_guilds.contains(&guild) {
        return;
    }
    // Every change to the set is a single call, so a panic elsewhere leaves it whole.
    let registered = || bot.registered.lock().unwrap_or_else(PoisonError::into_inner);
    if !registered().insert(guild) {
        return;
    }
    let done = persist(&format!("in home guild `{guild}`"), || async {
        let commands = commands::to_register(&commands::home());
        GuildId::new(guild).set_commands(http, commands).await.map(drop)
    })
    .await;
    if !done {
        registered().remove(&guild);
    }
}

/// Tries until it is done, or cannot be. Says whether it is done.
async fn persist<F: Future<Output = Result<(), serenity::Error>>>(
    place: &str,
    attempt: impl Fn() -> F,
) -> bool {
    let mut wait = WAIT_MIN;
    loop {
        let Err(error) = attempt().await else {
            tracing::info!(place, "the commands are registered");
            return true;
        };
        let reason = fault::describe(&error);
        if !fault::may_pass(&error) {
            tracing::error!(
                place,
                error = reason,
                "the commands could not be registered: is the bot a member there? `footnote invite` prints the link \
                 that adds it"
            );
            return false;
        }
        tracing::warn!(
            place,
            error = reason,
            wait_s = wait.as_secs(),
            "the commands could not be registered yet"
        );
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(WAIT_MAX);
    }
}
