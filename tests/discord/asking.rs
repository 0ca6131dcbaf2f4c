//! Every way to ask, and what the answer looks like.

use serde_json::json;

use crate::support::discord::thread;
use crate::support::{ADA, BOB, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, of_kind, start, stop_and_read};

#[tokio::test]
async fn a_command_is_answered_at_once_with_quotes_and_citations() {
    let (discord, bot) = start(&AT_HOME).await;
    let asked = discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]);
    assert_eq!(asked.acknowledged().await, 4, "answered without a deferral");
    let reply = asked.await;
    assert!(!reply.is_ephemeral() && reply.can_ping_nobody());
    let text = reply.text();
    assert!(text.contains(ANSWER), "{text}");
    assert!(text.contains("**Question:** Where did the zeppelin land"), "others see what was asked: {text}");
    assert!(text.contains("> “") && text.contains("[1]"), "quoted and cited: {text}");
    assert!(text.contains("paragraph ") && text.contains("line"), "{text}");

    let records = stop_and_read(bot).await;
    let ask = of_kind(&records, "ask")[0].clone();
    assert_eq!(reply.embeds()[0].footer(), format!("#{} · 6 articles", ask["id"]));
    assert_eq!(
        [&ask["origin"], &ask["guild"], &ask["user"], &ask["question"]],
        [&json!("discord"), &json!(HOME.to_string()), &json!(ADA.to_string()), &json!(QUESTION)]
    );
    let delivery = of_kind(&records, "delivery")[0];
    assert_eq!(delivery["of"], ask["id"]);
    assert_eq!(delivery["message"], json!(reply.id().to_string()), "the record knows the message");
}

#[tokio::test]
async fn a_mention_is_answered_as_a_reply() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    for asker in [ada.clone(), ada.within(thread(HOME))] {
        let said = asker.mention(QUESTION);
        let id = said.id();
        let reply = said.await;
        assert_eq!(reply.replies_to(), Some(id));
        assert!(reply.text().contains(ANSWER), "{reply:?}");
        assert!(!reply.text().contains("**Question:**"), "it stands above: {reply:?}");
    }
    discord.assert_pings_nobody();

    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask").len(), 2);
    assert_eq!(of_kind(&records, "ask")[1]["channel"], json!(thread(HOME).to_string()));
    assert_eq!(of_kind(&records, "delivery").len(), 2);
}

#[tokio::test]
async fn a_direct_message_is_answered() {
    let (discord, bot) = start(&ANYWHERE).await;
    let reply = discord.person(BOB).dm(QUESTION).await;
    assert!(reply.text().contains(ANSWER), "{reply:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask")[0]["guild"], json!(null));
}

#[tokio::test]
async fn a_private_answer_is_for_the_asker_alone() {
    let (discord, _bot) = start(&AT_HOME).await;
    let options = [("question", json!(QUESTION)), ("private", json!(true))];
    let reply = discord.guild(HOME).member(ADA).slash("ask", options).await;
    assert!(reply.is_ephemeral() && reply.text().contains(ANSWER), "{reply:?}");
}

#[tokio::test]
async fn what_the_articles_do_not_say_is_not_answered() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let reply = ada.slash("ask", [("question", "Xylophones zigzag quizzically?")]).await;
    assert!(reply.text().contains("I found nothing"), "{reply:?}");
    assert!(reply.text().contains("No article mentions:"), "{reply:?}");
    assert!(!reply.text().contains("> “"), "nothing is quoted: {reply:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask")[0]["decision"], "not_found");
}

#[tokio::test]
async fn a_mention_without_a_question_gets_help() {
    let (discord, _bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    for asked in ["", "Hello!", "help"] {
        let reply = ada.mention(asked).await;
        assert!(reply.text().contains("/ask"), "{asked}: {reply:?}");
    }
}

#[tokio::test]
async fn thanks_are_taken_in_silence() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let reply = ada.mention(QUESTION).await;
    let thanks = [ada.reply_to(reply.id(), "Thanks, that’s great!"), ada.reply_to(reply.id(), "👍")];
    assert!(ada.mention(QUESTION).await.text().contains(ANSWER));
    for silent in thanks {
        assert!(silent.reply_now().is_none(), "{:?}", silent.reply_now());
    }
    assert_eq!(of_kind(&stop_and_read(bot).await, "ask").len(), 2);
}

#[tokio::test]
async fn help_and_privacy_are_told_to_the_asker_alone() {
    let (discord, _bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let help = ada.slash("help", ()).await;
    assert!(help.is_ephemeral() && help.text().contains("6 articles"), "{help:?}");
    let privacy = ada.slash("privacy show", ()).await;
    assert!(privacy.is_ephemeral() && privacy.text().contains("What I store"), "{privacy:?}");
}
