//! What goes wrong: no record, no answer; no delivery, a record of that.

use std::io::Write as _;
use std::process::Command;

use futures_util::{StreamExt as _, stream};
use serde_json::json;

use crate::support::discord::general;
use crate::support::discord::rest::Failure;
use crate::support::discord::world::{BOT, World, permission};
use crate::support::{ADA, BOB, Bot, Discord, HOME};
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

/// A disk of its own for `data`, in a name space that is gone with the bot.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn on_a_full_disk_there_is_no_answer_and_it_recovers() {
    const MOUNT: &str = "mount -t tmpfs -o size=16m none data && exec \"$0\" \"$@\"";
    let folder = crate::folder();
    std::fs::create_dir(folder.path().join("data")).expect("made");
    let mut probe = Command::new("unshare");
    probe.args(["-rm", "sh", "-c", MOUNT, "true"]).current_dir(folder.path());
    if !probe.status().is_ok_and(|ended| ended.success()) {
        return eprintln!("skipped: this system lets nobody mount a disk in a name space of its own");
    }
    let discord = Discord::start().await;
    let bot = Bot::start_through(&["unshare", "-rm", "sh", "-c", MOUNT], &discord, folder, &AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let ask = async || ada.slash("ask", [("question", QUESTION)]).await;
    assert!(ask().await.text().contains(ANSWER));

    let disk = format!("/proc/{}/root{}", bot.id(), bot.path().join("data").display());
    let filling = format!("{disk}/filling");
    let mut file = std::fs::File::create(&filling).expect("on the disk");
    while file.write_all(&[0; 4096]).is_ok() {}
    // What the store has room for already is still answered and recorded.
    let mut answered = 1;
    let refused = loop {
        let reply = ask().await;
        if !reply.text().contains(ANSWER) {
            break reply;
        }
        answered += 1;
        assert!(answered < 1_000, "it wrote to a full disk");
    };
    assert!(refused.is_ephemeral() && refused.text().contains("could not be written"), "{refused:?}");
    // The log comes by another way than the reply.
    bot.logged("the disk is full, free some space").await;
    let faults: Vec<String> = bot.log().into_iter().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(faults.len(), 1, "{faults:#?}");

    // What is held open takes its room for as long.
    drop(file);
    std::fs::remove_file(&filling).expect("removed");
    assert!(ask().await.text().contains(ANSWER), "answers again by itself");
    // SQLite would look for the file on this side of the name space.
    let copy = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(copy.path().join("data")).expect("made");
    for name in ["audit.db", "audit.db-wal"] {
        std::fs::copy(format!("{disk}/{name}"), copy.path().join("data").join(name)).expect("copied");
    }
    let records = crate::records(copy.path());
    assert_eq!(of_kind(&records, "ask").len(), answered + 1, "each answer has its record");
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

/// Where the bot may not write, the asker is told in private; where that does not work either, the log and the record
/// say so, once.
#[tokio::test]
async fn an_answer_that_may_not_stand_there_goes_to_the_asker() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    discord.deny(general(HOME), permission::SEND_MESSAGES);
    ada.mention(QUESTION);
    let direct = discord.shared().change(|world| world.dm_channel(ADA));
    let answered = |world: &World| {
        let mut messages = world.messages.values();
        messages
            .find(|message| message.author == BOT && message.channel == direct)
            .map(|answer| format!("{answer:?}"))
    };
    let answer = discord.shared().until("the answer in private", answered).await;
    assert!(answer.contains(ANSWER), "{answer}");

    discord.deny(direct, permission::SEND_MESSAGES);
    ada.mention(QUESTION);
    bot.logged("a reply could not be delivered").await;
    discord.deny(general(HOME), 0);
    let reply = ada.mention(QUESTION).await;
    assert!(reply.text().contains(ANSWER), "the next one is answered: {reply:?}");

    let logged = bot.log().iter().filter(|line| line.contains("could not be delivered")).count();
    assert_eq!(logged, 1, "logged once");
    let records = stop_and_read(bot).await;
    let deliveries = of_kind(&records, "delivery");
    let outcomes: Vec<&str> =
        deliveries.iter().filter_map(|delivery| delivery["decision"].as_str()).collect();
    assert_eq!(outcomes, ["delivered", "failed", "delivered"]);
    let error = deliveries[1]["error"].as_str().unwrap_or_default();
    assert!(error.contains("403") && !error.contains("http"), "{error}");
}

#[tokio::test]
async fn a_fault_of_discord_shows_no_secret_of_the_interaction() {
    let (discord, bot) = start(&AT_HOME).await;
    for _ in 0..5 {
        discord.fail_next("POST", "/callback", 502, json!("bad gateway"));
    }
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]);
    let line = bot.logged("a reply could not be delivered").await;
    assert!(line.contains("502"), "{line}");
    assert!(!bot.log().iter().any(|line| line.contains("loopback-interaction")), "the token is not logged");
    drop(pending);
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "delivery")[0]["decision"], "failed");
}

/// A request fails once in some way, for a command and for a mention: each is answered once all the same, which the
/// record says, and the next question is answered as well.
async fn check_tried_again(failure: Failure) {
    let (discord, bot) = start(&AT_HOME).await;
    let (ada, bob) = (discord.guild(HOME).member(ADA), discord.guild(HOME).member(BOB));
    discord.fail("POST", "/callback", failure.clone());
    discord.fail("POST", "/messages", failure.clone());
    let slash = ada.slash("ask", [("question", QUESTION)]);
    let said = bob.mention(QUESTION);
    assert!(slash.await.text().contains(ANSWER), "{failure:?}");
    assert!(said.await.text().contains(ANSWER), "{failure:?}");
    assert!(bob.mention(QUESTION).await.text().contains(ANSWER), "{failure:?}");
    let records = stop_and_read(bot).await;
    let deliveries = of_kind(&records, "delivery");
    let delivered = deliveries.iter().filter(|delivery| delivery["decision"] == "delivered").count();
    assert_eq!((of_kind(&records, "ask").len(), delivered), (3, 3), "{failure:?}: {deliveries:#?}");
    let answers = |world: &World| world.messages.values().filter(|message| message.author == BOT).count();
    assert_eq!(discord.shared().see(answers), 3, "{failure:?}: each is answered once");
    // Who got no answer to a response cannot know that it was taken.
    let violations = discord.take_violations();
    assert!(violations.iter().all(|one| one.problem.contains("already been acknowledged")), "{violations:?}");
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_nothing_is_said_twice() {
    let body = || json!({"message": "oops", "code": 0});
    let failures = [
        Failure::Instead { status: 500, body: body() },
        Failure::Instead { status: 502, body: body() },
        Failure::Instead { status: 503, body: body() },
        Failure::Text { status: 500, body: "<html>upstream" },
        Failure::Text { status: 429, body: "too many" },
        Failure::Limited { retry_after_ms: 100, global: false },
        Failure::Limited { retry_after_ms: 100, global: true },
        Failure::CutOff,
        Failure::Silence { is_done: true },
        Failure::Silence { is_done: false },
    ];
    // Few at a time: what is tried again has a second and a half.
    stream::iter(failures).map(check_tried_again).buffer_unordered(2).collect::<()>().await;
}

/// Whoever asked is gone by the time that Discord takes an answer again: the record says so, and the bot goes on.
#[tokio::test]
async fn an_interaction_that_is_over_is_recorded_as_that() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let unknown = json!({"message": "Unknown interaction", "code": 10062});
    discord.fail_next("POST", "/callback", 404, unknown);
    let gone = ada.slash("ask", [("question", QUESTION)]);
    let line = bot.logged("a reply could not be delivered").await;
    assert!(line.contains("10062"), "{line}");
    drop(gone);
    assert!(ada.slash("ask", [("question", QUESTION)]).await.text().contains(ANSWER));
    let records = stop_and_read(bot).await;
    let deliveries = of_kind(&records, "delivery");
    let outcomes: Vec<&str> =
        deliveries.iter().filter_map(|delivery| delivery["decision"].as_str()).collect();
    assert_eq!(outcomes, ["failed", "delivered"]);
}
