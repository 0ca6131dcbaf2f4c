//! The bot's status in the list of members: how many articles there are, and whether answers can be given.

use std::sync::Arc;
use std::time::Duration;

use serenity::gateway::{ActivityData, ConnectionStage, ShardManager};
use serenity::model::user::OnlineStatus;
use tokio::time::MissedTickBehavior;

use super::bot::Bot;
use super::text::Text;

/// How often it is looked whether the status still holds. Discord allows five changes in twenty seconds.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What the status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    articles: usize,
    writable: bool,
}

impl Status {
    /// As it is now.
    pub fn now(bot: &Bot) -> Status {
        let articles = bot.app.snapshot().corpus().articles().len();
        Status { articles, writable: bot.app.store().is_writable() }
    }

    /// The text of the status.
    pub fn activity(self) -> ActivityData {
        // All see the same status, so it has one language.
        let text = Text::default();
        ActivityData::custom(match self.writable {
            true => text.presence(self.articles),
            false => text.presence_paused(),
        })
    }

    /// The mark beside it. Never the only sign: the text says the same.
    pub fn mark(self) -> OnlineStatus {
        if self.writable { OnlineStatus::Online } else { OnlineStatus::DoNotDisturb }
    }
}

/// Keeps the status true, for as long as it runs. `shown` is what shards begin with.
pub async fn keep(bot: Arc<Bot>, shards: Arc<ShardManager>, mut shown: Status) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let now = Status::now(&bot);
        if now == shown {
            continue;
        }
        let runners = shards.runners.lock().await;
        // Serenity gives up a shard that cannot be told, as one that is about to reconnect.
        for runner in runners.values().filter(|runner| runner.stage == ConnectionStage::Connected) {
            runner.runner_tx.set_presence(Some(now.activity()), now.mark());
        }
        // Those that are not connected begin with what they were begun with: look again.
        if !runners.is_empty() && runners.values().all(|runner| runner.stage == ConnectionStage::Connected) {
            shown = now;
        }
    }
}
