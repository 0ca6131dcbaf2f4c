//! Messages that are addressed to the bot: mentions in channels and threads, replies to its answers, and
//! direct messages; and, where the operator and the moderators want it, new posts in channels that they named.
//!
//! Without MESSAGE_CONTENT=on Discord sends the content of no other message, since the bot asks for no
//! privileged intent.

use std::sync::Arc;

use serenity::client::Context;
use serenity::http::Http;
use serenity::model::application::{ActionRowComponent, ButtonKind};
use serenity::model::channel::{Channel, Message, MessageType};
use serenity::model::id::UserId;

use crate::answer::{Courtesy, courtesy};
use crate::audit::RecordId;

use super::apart::apart;
use super::ask::{self, Asked};
use super::bot::Bot;
use super::buttons::Pressed;
use super::person::Person;
use super::reply::Reply;
use super::respond;
use super::text::Text;

/// The least confidence with which the bot speaks without being asked to: a wrong answer that nobody wanted
/// is worse than none.
const UNASKED_CONFIDENCE_MIN: f64 = 0.75;

/// The least words of a post that may be a question.
const UNASKED_WORDS_MIN: usize = 3;

/// Answers a message where it is addressed to the bot, or is a new post in a channel named for that.
pub fn on_message(bot: &Arc<Bot>, context: &Context, message: &Message) {
    let me = context.cache.current_user().id;
    if !is_speech(message, me) {
        return;
    }
    let is_addressed = is_addressed(message, me);
    if !is_addressed && !bot.settings.message_content {
        return;
    }
    let (bot, context, message) = (Arc::clone(bot), context.clone(), Arc::new(message.clone()));
    let work = {
        let (bot, context, message) = (Arc::clone(&bot), context.clone(), Arc::clone(&message));
        async move {
            if is_addressed {
                answer(&bot, &context, &message, me).await;
            } else {
                answer_unasked(&bot, &context.http, &message).await;
            }
        }
    };
    apart(work, move || async move {
        tracing::error!("a question in a message was not answered: its task panicked");
        if is_addressed {
            let sorry = std::future::ready(Some(Reply::note(Text::default().broken())));
            respond::to_message(&bot, &context.http, &message, true, sorry).await;
        }
    });
}

async fn answer(bot: &Bot, context: &Context, message: &Message, me: UserId) {
    let person = Person::of_message(bot, message).await;
    let text = question(&message.content, me);
    respond::to_message(bot, &context.http, message, true, async {
        if text.is_empty() {
            return Some(Reply::note(person.text.short_help()));
        }
        match courtesy(&text) {
            Some(Courtesy::Thanks) => return None,
            Some(Courtesy::Greeting) => return Some(Reply::note(person.text.short_help())),
            None => {}
        }
        let follows = match message.referenced_message.as_deref().and_then(|answer| answered_by(answer, me)) {
            Some(record) => Some((record, question_of(bot, record).await)),
            None => None,
        };
        // Others see the question above the reply.
        ask::ask(bot, &person, Asked { text, follows, ..Asked::default() }).await
    })
    .await;
}

/// Answers a new post in a channel or forum that moderators named, where the answer is sure.
async fn answer_unasked(bot: &Bot, http: &Http, message: &Message) {
    if message.kind != MessageType::Regular {
        return;
    }
    if message.guild_id.is_none() || message.message_reference.is_some() {
        return;
    }
    let person = Person::of_message(bot, message).await;
    if person.guild.channels.is_empty() {
        return;
    }
    let Some(title) = title_in_named_channel(http, &person, message).await else { return };
    // Of a post in a forum the title is often the whole question, and the text tells a story.
    let texts = [title, message.content.clone()].into_iter();
    let mut texts = texts.filter(|text| text.split_whitespace().count() >= UNASKED_WORDS_MIN);
    let Some(text) = texts.next() else { return };
    let or_else = texts.next();
    let floor = person.guild.confidence_percent.map_or(0.0, |percent| f64::from(percent) / 100.0);
    let silent_below = Some(floor.max(UNASKED_CONFIDENCE_MIN));
    let asked = Asked { text, or_else, silent_below, ..Asked::default() };
    respond::to_message(bot, http, message, false, ask::ask(bot, &person, asked)).await;
}

/// The title of a message that is a new post in a named channel, where it is empty, or the first of a new post in
/// a named forum, whose thread has the id of that message; `None` of any other.
async fn title_in_named_channel(http: &Http, person: &Person, message: &Message) -> Option<String> {
    let named = &person.guild.channels;
    if named.contains(&message.channel_id.get()) {
        return Some(String::new());
    }
    if message.id.get() != message.channel_id.get() {
        return None;
    }
    match http.get_channel(message.channel_id).await {
        Ok(Channel::Guild(thread)) => {
            thread.parent_id.is_some_and(|parent| named.contains(&parent.get())).then_some(thread.name)
        }
        _ => None,
    }
}

/// The record of the answer that a message of ours is: its buttons name it.
fn answered_by(answer: &Message, me: UserId) -> Option<RecordId> {
    if answer.author.id != me {
        return None;
    }
    let parts = answer.components.iter().flat_map(|row| &row.components);
    let mut names = parts.filter_map(|part| match part {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => Pressed::parse(custom_id),
            _ => None,
        },
        _ => None,
    });
    names.next().map(|pressed| pressed.record)
}

/// What was asked; `None` where that was deleted.
async fn question_of(bot: &Bot, record: RecordId) -> Option<String> {
    let mut reader = bot.app.store().reader().await.ok()?;
    reader.record(record).await.ok()?.entry.question
}

/// Whether a person says something. Bots never do: two that answer each other would not come to an end.
fn is_speech(message: &Message, me: UserId) -> bool {
    let by_person = !message.author.bot && message.webhook_id.is_none() && message.author.id != me;
    by_person && matches!(message.kind, MessageType::Regular | MessageType::InlineReply)
}

/// Whether it is said to the bot.
fn is_addressed(message: &Message, me: UserId) -> bool {
    message.guild_id.is_none() || message.mentions.iter().any(|user| user.id == me)
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
        let (message, me) = (message(change), UserId::new(ME));
        assert_eq!(is_speech(&message, me) && is_addressed(&message, me), expected, "{message:?}");
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
    fn the_record_of_an_answer_is_named_by_its_buttons() {
        let row = json!([{ "type": 1, "components": [
            { "type": 2, "style": 5, "label": "Source", "url": "https://example.org/f1:why:9" },
            { "type": 2, "style": 2, "label": "Why", "custom_id": "f1:why:12" },
        ]}]);
        let answer = |author: &str| {
            message(|message| {
                message["author"]["id"] = json!(author);
                message["components"] = row.clone();
            })
        };
        assert_eq!(answered_by(&answer("7"), UserId::new(ME)), Some(12));
        assert_eq!(answered_by(&answer("8"), UserId::new(ME)), None, "somebody else's message");
        assert_eq!(answered_by(&message(|_| ()), UserId::new(4)), None, "no buttons");
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
