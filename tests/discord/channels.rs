//! New posts in channels that moderators named: answered where the answer is sure, else passed over in silence.

use crate::support::discord::{forum, general};
use crate::support::{ADA, BOB, Bot, Discord, HOME};
use crate::{ANSWER, QUESTION, UNANSWERED, folder, of_kind, stop_and_read};
use serde_json::json;

const CONTENT_ON: [(&str, &str); 3] =
    [("HOME_GUILD_IDS", "1100000000000000000"), ("ASK_COOLDOWN_S", "0"), ("MESSAGE_CONTENT", "on")];

#[tokio::test]
async fn a_sure_answer_is_given_and_an_unsure_one_is_not() {
    let discord = Discord::setup().message_content().start().await;
    let bot = Bot::start_in(&discord, folder(), &CONTENT_ON).await;
    assert_eq!(discord.identifies()[0].intents & 1 << 15, 1 << 15, "the content of messages is asked for");
    let home = discord.guild(HOME);
    let bob = home.member(BOB);
    let unnamed = bob.say(QUESTION);
    let ada = home.member(ADA).manages_server();
    let channel = |id: u64, answer: bool| {
        ada.slash("settings channel", [("channel", json!(id.to_string())), ("answer", json!(answer))])
    };
    assert!(channel(general(HOME), true).await.text().contains("**Saved.**"));
    assert!(channel(forum(HOME), true).await.text().contains(&forum(HOME).to_string()));

    let reply = bob.say("Did the zeppelin land at Lakehurst, where zeppelins landed?").await;
    assert!(reply.text().contains(ANSWER) && reply.pings().is_nobody(), "{reply:?}");
    let (unsure, short) = (bob.say(UNANSWERED), bob.say("Lakehurst zeppelin"));
    let chatter = bob.reply_to(reply.id() - 1, "I like that the zeppelin landed there.");
    bob.mention(QUESTION).await;
    for silent in [&unnamed, &unsure, &short, &chatter] {
        assert!(silent.reply_now().is_none(), "{:?}", silent.reply_now());
    }
    channel(general(HOME), false).await;
    let off = bob.say(QUESTION);
    bob.mention(QUESTION).await;
    assert!(off.reply_now().is_none());

    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask").len(), 3, "nothing is kept of what stays without an answer");
    assert_eq!(of_kind(&records, "setting").len(), 3);
}

#[tokio::test]
async fn what_is_passed_over_in_silence_makes_nobody_wait() {
    let discord = Discord::setup().message_content().start().await;
    let cooldown =
        CONTENT_ON.map(|(name, value)| (name, if name == "ASK_COOLDOWN_S" { "3600" } else { value }));
    let bot = Bot::start_in(&discord, folder(), &cooldown).await;
    let home = discord.guild(HOME);
    let ada = home.member(ADA).manages_server();
    ada.slash("settings channel", [("channel", json!(general(HOME).to_string())), ("answer", json!(true))])
        .await;
    let bob = home.member(BOB);
    let passed_over = bob.say(UNANSWERED);
    let sure = "Did the zeppelin land at Lakehurst, where zeppelins landed?";
    assert!(bob.say(sure).await.text().contains(ANSWER));
    assert!(passed_over.reply_now().is_none());
    let refused = bob.slash("ask", [("question", QUESTION)]).await;
    assert!(!refused.text().contains(ANSWER), "an answer counts: {refused:?}");
    stop_and_read(bot).await;
}

#[tokio::test]
async fn a_post_in_a_forum_is_answered_in_its_thread_where_the_answer_is_sure() {
    let discord = Discord::setup().message_content().start().await;
    let bot = Bot::start_in(&discord, folder(), &CONTENT_ON).await;
    let home = discord.guild(HOME);
    let (ada, bob) = (home.member(ADA).manages_server(), home.member(BOB));
    let sure = "Did the zeppelin land at Lakehurst, where zeppelins landed?";
    let unnamed = bob.post(forum(HOME), "Where is it?", sure);
    let options = [("channel", json!(forum(HOME).to_string())), ("answer", json!(true))];
    ada.slash("settings channel", options).await;

    let by_text = bob.post(forum(HOME), "Help", sure);
    let answer = by_text.reply().await;
    assert_eq!((answer.channel(), answer.replies_to()), (by_text.id(), Some(by_text.id())));
    assert!(answer.text().contains(ANSWER) && answer.pings().is_nobody(), "{answer:?}");
    let story = "I was told so by my grandmother, who saw it. Does anybody here know more of this?";
    let by_title = bob.post(forum(HOME), sure, story).await;
    assert!(by_title.text().contains(ANSWER), "the title is the question: {by_title:?}");

    // Sure enough for who asks the bot, not sure enough to speak unasked.
    let doubtful = "Where did the zeppelin land with its crew?";
    let unsure = bob.post(forum(HOME), "A question", doubtful);
    let asked = bob.mention(doubtful).await;
    assert!(asked.text().contains(ANSWER), "{asked:?}");
    let further = bob.clone().within(by_text.id()).say(sure);
    bob.mention(QUESTION).await;
    for silent in [&unnamed, &unsure, &further] {
        assert!(silent.reply_now().is_none(), "{:?}", silent.reply_now());
    }
    let records = stop_and_read(bot).await;
    let asks = of_kind(&records, "ask");
    assert_eq!(asks.len(), 4, "nothing is kept of what stays without an answer");
    assert_eq!(asks[1]["question"], json!(sure));
}

#[tokio::test]
async fn without_the_grant_it_does_not_start() {
    let discord = Discord::start().await;
    let bot = Bot::spawn(&discord, folder(), &CONTENT_ON);
    assert_eq!(bot.ended().await, Some(2));
    let log = bot.log().join("\n");
    assert!(log.contains("Message Content Intent") && log.contains("MESSAGE_CONTENT"), "{log}");
    assert!(discord.identifies().is_empty(), "it did not even connect");
}
