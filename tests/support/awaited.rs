//! How is the bot's answer waited for? Something that a person did, to be awaited for what comes of it.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use super::discord::world::{BOT, Message, World};
use super::discord::{Shared, messages};
use super::reply::{Modal, Reply};

/// An interaction under way. Awaiting it waits for the message that answers it: no longer "thinking".
#[must_use = "the bot's answer has to be awaited, or the next step may come before it"]
pub struct Pending {
    pub(super) shared: Arc<Shared>,
    pub(super) token: String,
    /// The message whose button was pressed, and how often it had been written by then.
    pub(super) source: Option<u64>,
    pub(super) source_writes: usize,
}

impl Pending {
    /// Whether it is acknowledged by now.
    pub fn is_acknowledged(&self, world: &World) -> bool {
        world.interactions[&self.token].acknowledged.is_some()
    }

    /// Waits for the acknowledgement, and gives back its type: 4 to 9.
    pub async fn acknowledged(&self) -> u64 {
        let find = |world: &World| world.interactions[&self.token].acknowledged;
        self.shared.until("an acknowledgement", find).await
    }

    /// Waits for a form to open.
    pub async fn modal(&self) -> Modal {
        let find = |world: &World| world.interactions[&self.token].modal.clone();
        Modal::new(&self.shared.until("a modal", find).await, &self.token, self.source)
    }

    /// Waits for the message that answers. May be awaited again, for what that message is then.
    pub async fn reply(&self) -> Reply {
        let found = self.shared.until("a reply", |world| {
            let interaction = &world.interactions[&self.token];
            let original = interaction.original.and_then(|id| world.message(id));
            match interaction.acknowledged? {
                4 | 5 | 7 => {
                    original.filter(|message| !message.is_loading() && !is_progress(message)).cloned()
                }
                6 => {
                    let followup = interaction.followups.first().and_then(|id| world.message(*id));
                    let edited = original.filter(|message| writes(message) > self.source_writes);
                    followup.or(edited).cloned()
                }
                other => panic!("the bot answered by a callback of type {other}, which is no message"),
            }
        });
        Reply::new(&self.shared, &found.await)
    }

    /// Waits for the nth message, from 0, that follows the first.
    pub async fn follow_up(&self, index: usize) -> Reply {
        let found = self.shared.until("a follow-up", |world| {
            let followup = world.interactions[&self.token].followups.get(index)?;
            world.message(*followup).cloned()
        });
        Reply::new(&self.shared, &found.await)
    }
}

impl IntoFuture for Pending {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.reply().await })
    }
}

/// Something that a person said. Awaiting it waits for the bot's message after it.
pub struct Said {
    pub(super) shared: Arc<Shared>,
    pub(super) message: u64,
    pub(super) channel: u64,
}

impl Said {
    /// The message's id.
    pub fn id(&self) -> u64 {
        self.message
    }

    /// The person takes it back.
    pub fn delete(&self) {
        self.shared.change(|world| messages::delete(world, self.message));
    }

    /// The bot's answer, if there is one by now. That there is none says something only once the bot has
    /// answered what was asked of it later.
    pub fn reply_now(&self) -> Option<Reply> {
        self.shared.see(|world| self.answer(world)).map(|message| Reply::new(&self.shared, &message))
    }

    /// Waits for the bot's answer.
    pub async fn reply(&self) -> Reply {
        Reply::new(&self.shared, &self.shared.until("a reply", |world| self.answer(world)).await)
    }

    /// What replies to this message; else what the bot said after it in the same channel, to nobody else.
    fn answer(&self, world: &World) -> Option<Message> {
        let later = world.messages.range(self.message + 1..).map(|(_, message)| message);
        let mut by_bot = later.filter(|later| later.author == BOT && later.channel == self.channel);
        let fits = |message: &&Message| match message.reference {
            Some(reference) => reference == self.message,
            None => message.interaction.is_none(),
        };
        by_bot.find(fits).filter(|message| !message.is_deleted).cloned()
    }
}

impl IntoFuture for Said {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.reply().await })
    }
}

/// Whether a message only says how far the bot is: on a busy machine any reload may take that long.
fn is_progress(message: &Message) -> bool {
    message.content.starts_with("Reading the articles: ")
}

/// How often a message has been written, counting the first time.
pub(super) fn writes(message: &Message) -> usize {
    message.allowed_mentions.len()
}
