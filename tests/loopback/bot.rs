//! That a test fails by what the real bot does wrong, without its doing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::json;

use crate::support::{ADA, Bot, Discord, HOME};

/// The words with which dropping something fails the test; none where it does not.
fn words_of_drop<T>(dropped: T) -> Option<String> {
    let error = catch_unwind(AssertUnwindSafe(|| drop(dropped))).err()?;
    error.downcast_ref::<String>().cloned()
}

#[tokio::test]
async fn unparsed_events_in_the_log_fail_a_test() {
    let discord = Discord::start().await;
    let bot = Bot::start(&discord, &[]).await;
    // A known event with a field missing.
    discord.dispatch("TYPING_START", json!({"channel_id": "1"}), None);
    bot.logged("TYPING_START").await;
    let words = words_of_drop(bot).expect("the log shows an event that serenity could not parse");
    assert!(words.contains("serenity could not parse") && words.contains("TYPING_START"), "{words}");
}

#[tokio::test]
async fn violations_fail_a_test() {
    let discord = Discord::start().await;
    assert_eq!(words_of_drop(Discord::start().await), None);
    discord.shared().change(|world| world.violate("POST /somewhere", "made up"));
    let words = words_of_drop(discord).expect("there is a violation");
    assert!(words.contains("Discord would not have taken this") && words.contains("made up"), "{words}");
}

#[tokio::test]
#[should_panic(expected = "the bot ended while the test waited for what never comes")]
async fn nothing_is_awaited_of_a_bot_that_ended() {
    let discord = Discord::start().await;
    let _bot = Bot::spawn(&discord, Bot::folder(), &[("DISCORD_TOKEN", "")]);
    discord.shared().until("what never comes", |_| None::<()>).await;
}

#[tokio::test]
async fn stopped_bot_can_be_started_again_in_its_folder() {
    let discord = Discord::start().await;
    let bot = Bot::start(&discord, &[]).await;
    let (code, folder) = bot.stop().await;
    assert_eq!(code, Some(0));
    let bot = Bot::start_in(&discord, folder, &[("ASK_COOLDOWN_S", "0")]).await;
    let reply = discord.guild(HOME).member(ADA).slash("help", ()).await;
    assert!(reply.is_ephemeral(), "{reply:?}");
    assert!(bot.path().join("data").is_dir());
}
