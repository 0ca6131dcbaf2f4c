//! What goes wrong: no record, no answer; no delivery, a record of that.

use serde_json::json;

use crate::support::discord::general;
use crate::support::discord::world::permission;
use crate::support::{ADA, HOME};
use crate::{ANSWER, AT_HOME, QUESTION, of_kind, start, stop_and_read};

#[tokio::test]
async fn without_a_record_there_is_no_answer() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    let data = bot.path().join("data");
    std::fs::rename(&data, bot.path().join("away")).expect("moved");
    // Not even root can make a folder where a file is.
    std::fs::write(&data, "").expect("written");

    let reply = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(reply.is_ephemeral() && reply.text().contains("could not be written"), "{reply:?}");
    assert!(!reply.text().contains(ANSWER) && !reply.text().contains("> “"), "{reply:?}");
    let reply = ada.mention(QUESTION).await;
    assert!(reply.text().contains("could not be written") && !reply.text().contains(ANSWER), "{reply:?}");
    let status = ada.slash("corpus status", ()).await;
    assert!(status.text().contains("cannot be written"), "{status:?}");
    let faults = bot.log().iter().filter(|line| line.contains("ERROR")).count();
    assert_eq!(faults, 1, "the fault is logged once: {:#?}", bot.log());
    discord
        .shared()
        .until("the presence to tell it", |world| {
            let shown = world.sessions.presences.last()?.to_string();
            shown.contains("cannot be written").then_some(())
        })
        .await;

    std::fs::remove_file(&data).expect("removed");
    std::fs::rename(bot.path().join("away"), &data).expect("moved back");
    let reply = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(reply.text().contains(ANSWER), "answers again by itself: {reply:?}");
}

#[tokio::test]
async fn a_question_that_is_gone_is_answered_without_a_reference() {
    let (discord, _bot) = start(&AT_HOME).await;
    let said = discord.guild(HOME).member(ADA).mention(QUESTION);
    said.delete();
    let reply = said.await;
    assert_eq!(reply.replies_to(), None);
    assert!(reply.text().contains(ANSWER), "{reply:?}");
}

#[tokio::test]
async fn where_embeds_are_not_allowed_the_answer_is_plain() {
    let (discord, _bot) = start(&AT_HOME).await;
    discord.deny(general(HOME), permission::EMBED_LINKS);
    let reply = discord.guild(HOME).member(ADA).mention(QUESTION).await;
    assert!(reply.content().contains(ANSWER) && reply.content().contains("· 6 articles"), "{reply:?}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_delivered_is_recorded_as_that() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    discord.deny(general(HOME), permission::SEND_MESSAGES);
    let _unanswered = ada.mention(QUESTION);
    bot.logged("a reply could not be delivered").await;
    discord.deny(general(HOME), 0);
    let reply = ada.mention(QUESTION).await;
    assert!(reply.text().contains(ANSWER), "the next one is answered: {reply:?}");

    let logged = bot.log().iter().filter(|line| line.contains("could not be delivered")).count();
    assert_eq!(logged, 1, "logged once");
    let records = stop_and_read(bot).await;
    let deliveries = of_kind(&records, "delivery");
    assert_eq!(deliveries.len(), 2);
    assert_eq!(deliveries[0]["decision"], "failed");
    let error = deliveries[0]["error"].as_str().unwrap_or_default();
    assert!(error.contains("403") && !error.contains("http"), "{error}");
}

#[tokio::test]
async fn a_fault_of_discord_shows_no_secret_of_the_interaction() {
    let (discord, bot) = start(&AT_HOME).await;
    discord.fail_next("POST", "/callback", 502, json!("bad gateway"));
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]);
    let line = bot.logged("a reply could not be delivered").await;
    assert!(line.contains("502"), "{line}");
    assert!(!bot.log().iter().any(|line| line.contains("loopback-interaction")), "the token is not logged");
    drop(pending);
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "delivery")[0]["decision"], "failed");
}
