//! Messages that are addressed to the bot: mentions in channels and threads, and direct messages.
//!
//! Discord sends the content of no other message, since the bot asks for no privileged intent.

use std::sync::Arc;

use serenity::client::Context;
use serenity::model::channel::{Message, MessageType};
use serenity::model::id::UserId;

use super::bot::{self, Bot};
use super::respond::{self, Reply};
use super::{ask, text};

/// Answers a message where it is addressed to the bot.
pub async fn on_message(bot: &Arc<Bot>, context: &Context, message: &Message) {
    let me = context.cache.current_user().id;
    if !is_addressed(message, me) {
        return;
    }
    // In a task of its own, so that a panic is seen and told instead of ending in silence.
    let work = {
        let (bot, context, message) = (Arc::clone(bot), context.clone(), message.clone());
        tokio::spawn(async move { answer(&bot, &context, &message, me).await })
    };
    if let Err(error) = work.await
        && error.is_panic()
    {
        tracing::error!("a question in a message was not answered: its task panicked");
        let sorry = std::future::ready(Reply::note(text::broken()));
        respond::to_message(bot, &context.http, message, sorry).await;
    }
}

async fn answer(bot: &Bot, context: &Context, message: &Message, me: UserId) {
    let guild = message.guild_id.map(|guild| guild.get());
    let asker = bot::asker(guild, message.channel_id.get(), message.author.id.get());
    let question = question(&message.content, me);
    respond::to_message(bot, &context.http, message, async {
        if question.is_empty() {
            Reply::note(text::short_help())
        } else {
            // Others see the question above the reply.
            ask::ask(bot, &asker, &question, false).await
        }
    })
    .await;
}

/// Whether a person addresses the bot with this message. Bots never do: two that answer each other would
/// not come to an end.
fn is_addressed(message: &Message, me: UserId) -> bool {
    let by_person = !message.author.bot && message.webhook_id.is_none() && message.author.id != me;
    let is_speech = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    let to_me = message.guild_id.is_none() || message.mentions.iter().any(|user| user.id == me);
    by_person && is_speech && to_me
}

/// What is asked: the message without the mention of the bot.
fn question(content: &str, me: UserId) -> String {
    content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ME: u64 = 7;

    fn message(change: impl FnOnce(&mut Value)) -> Message {
        let mut message = json!({
            "id": "1", "channel_id": "2", "guild_id": "3", "type": 0, "content": "<@7> who visited?",
            "author": { "id": "4", "username": "asker", "discriminator": "0", "avatar": null },
            "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "pinned": false,
            "mention_everyone": false, "mention_roles": [], "attachments": [], "embeds": [],
            "mentions": [{ "id": "7", "username": "footnote", "discriminator": "0", "avatar": null, "bot": true }],
        });
        change(&mut message);
        serde_json::from_value(message).expect("a message as Discord sends it")
    }

    fn check(change: impl FnOnce(&mut Value), expected: bool) {
        let message = message(change);
        assert_eq!(is_addressed(&message, UserId::new(ME)), expected, "{message:?}");
    }

    #[test]
    fn only_people_who_address_the_bot_are_answered() {
        check(|_| (), true);
        check(|message| message["type"] = json!(19), true);
        check(|message| message["mentions"] = json!([]), false);
        check(|message| message["author"]["bot"] = json!(true), false);
        check(|message| message["webhook_id"] = json!("9"), false);
        check(|message| message["author"]["id"] = json!("7"), false);
        check(|message| message["type"] = json!(7), false);
        check(
            |message| {
                message["guild_id"] = Value::Null;
                message["mentions"] = json!([]);
            },
            true,
        );
    }

    #[test]
    fn the_question_is_what_is_left_without_the_mention() {
        let me = UserId::new(ME);
        assert_eq!(question("<@7> who visited?", me), "who visited?");
        assert_eq!(question("who, <@!7> , visited?", me), "who,   , visited?");
        assert_eq!(question(" <@7>\n", me), "");
        assert_eq!(question("<@77> hello", me), "<@77> hello");
    }
}
