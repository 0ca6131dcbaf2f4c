//! What every command and event of the bot works with.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use crate::answer::QUESTION_CHARS_MAX;
use crate::app::App;
use crate::audit::{Asker, RecordId, Refusal};

use super::cooldown::Cooldown;
use super::guilds::Guilds;
use super::seen::Seen;
use super::settings::BotSettings;
use super::under_way::UnderWay;

/// The bot: the service it asks, its settings, and what it remembers between events.
pub struct Bot {
    /// The running service.
    pub app: Arc<App>,
    /// What the operator decided.
    pub settings: BotSettings,
    /// What the moderators of each server decided.
    pub guilds: Guilds,
    /// Who asked a moment ago.
    pub cooldown: Cooldown,
    /// What came last, so that nothing is answered twice.
    pub seen: Seen,
    /// What a stop waits for.
    pub under_way: UnderWay,
    /// The home guilds that have, or are being given, the commands of moderators.
    pub registered: Mutex<HashSet<u64>>,
}

/// What a command is made for: see [`poise::ApplicationContext`]. Commands reply to their own faults, so
/// that they have none to give back.
pub type Context<'a> = poise::ApplicationContext<'a, Arc<Bot>, NoFault>;

/// The error of what cannot fail.
pub type NoFault = std::convert::Infallible;

impl Bot {
    /// A bot that has seen nobody yet.
    pub fn new(app: Arc<App>, settings: BotSettings) -> Bot {
        Bot {
            app,
            settings,
            guilds: Guilds::default(),
            cooldown: Cooldown::default(),
            seen: Seen::default(),
            under_way: UnderWay::new(),
            registered: Mutex::default(),
        }
    }

    /// Records a refusal. Gives back the number of its record; `None` where it could not be written, which
    /// the store logs: a refusal is shown all the same, since it tells nothing from the corpus.
    pub async fn refuse(
        &self,
        asker: &Asker,
        action: &str,
        reason: &str,
        question: Option<&str>,
    ) -> Option<RecordId> {
        let refusal = Refusal {
            action: action.to_owned(),
            reason: reason.to_owned(),
            question: question.map(|text| text.trim().chars().take(QUESTION_CHARS_MAX).collect()),
        };
        match self.app.refuse(asker, &refusal).await {
            Ok(record) => Some(record),
            Err(error) => {
                tracing::debug!(%error, action, reason, "a refusal could not be recorded");
                None
            }
        }
    }
}
