//! Starting, stopping, signals, and what Discord is told about the bot.

use serde_json::json;

use crate::support::discord::rest::Failure;
use crate::support::discord::test_token;
use crate::support::discord::world::World;
use crate::support::{ADA, Bot, Discord, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, of_kind, start, stop_and_read};

#[tokio::test]
async fn no_privileged_intent_is_asked_for() {
    let (discord, _bot) = start(&AT_HOME).await;
    // Guilds, messages in guilds, direct messages.
    assert_eq!(discord.identifies()[0].intents, 1 | 1 << 9 | 1 << 12);
    assert!(discord.presence().to_string().contains("6 articles"), "{}", discord.presence());
}

#[tokio::test]
async fn commands_are_offered_where_they_work() {
    let (discord, _bot) = start(&AT_HOME).await;
    let names =
        |guild| discord.commands(guild).iter().map(|command| command["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(None), ["ask", "help", "privacy", "settings", "audit", "Find the answer"]);
    assert_eq!(names(Some(HOME)), ["corpus"]);
    assert_eq!(discord.commands(None)[0]["contexts"], json!([0]), "in guilds alone");
    assert_eq!(discord.commands(None)[2]["contexts"], json!([0, 1]), "what is stored of a person is theirs");
    assert_eq!(discord.commands(None)[4]["default_member_permissions"], json!("32"));
    assert_eq!(discord.commands(Some(HOME))[0]["default_member_permissions"], json!("32"));

    let (discord, _bot) = start(&ANYWHERE).await;
    assert_eq!(discord.commands(None)[0]["contexts"], json!([0, 1, 2]));
    assert_eq!(discord.commands(None)[0]["integration_types"], json!([0, 1]));
}

#[tokio::test]
async fn a_wrong_token_ends_it_at_once_and_is_not_shown() {
    let discord = Discord::start().await;
    let wrong = format!("{}wrong", test_token());
    let bot = Bot::spawn(&discord, crate::folder(), &[("DISCORD_TOKEN", &wrong)]);
    assert_eq!(bot.ended().await, Some(2));
    let log = bot.log().join("\n");
    assert!(log.contains("DISCORD_TOKEN") && log.contains("Reset Token"), "{log}");
    assert!(!log.contains("loopbackwrong"), "{log}");
}

/// A machine may start before its network, or before the server of its database.
#[tokio::test]
async fn what_cannot_be_reached_at_the_start_is_tried_again() {
    let discord = Discord::start().await;
    for _ in 0..2 {
        discord.fail_next("GET", "/gateway", 503, json!({"message": "down", "code": 0}));
    }
    let bot = Bot::start_in(&discord, crate::folder(), &AT_HOME).await;
    let tries = bot.log().iter().filter(|line| line.contains("Discord cannot be reached")).count();
    assert_eq!(tries, 2, "{:#?}", bot.log());
    let reply = discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]).await;
    assert!(reply.text().contains(ANSWER), "{reply:?}");

    // Nothing listens on the first port.
    let nowhere = [("AUDIT_URL", "postgres://footnote:hunter2@127.0.0.1:1/audit")];
    let bot = Bot::spawn(&Discord::start().await, crate::folder(), &nowhere);
    let line = bot.logged("there is no audit store yet").await;
    assert!(
        line.contains("that the server runs and AUDIT_URL names it") && !line.contains("hunter2"),
        "{line}"
    );
}

#[tokio::test]
async fn a_gateway_on_another_host_is_not_connected_to() {
    let discord = Discord::start().await;
    discord.fail_next("GET", "/gateway", 200, json!({ "url": "wss://gateway.evil.example" }));
    let bot = Bot::spawn(&discord, crate::folder(), &[]);
    assert_eq!(bot.ended().await, Some(2));
    let log = bot.log().join("\n");
    assert!(log.contains("gateway.evil.example") && log.contains("not on the same host"), "{log}");
    discord.take_violations();
}

#[tokio::test]
async fn at_a_stop_questions_under_way_are_answered_and_recorded() {
    for signal in ["TERM", "INT"] {
        let (discord, bot) = start(&AT_HOME).await;
        let ada = discord.guild(HOME).member(ADA);
        ada.slash("help", ()).await;
        let asked: Vec<_> = (0..20).map(|_| ada.slash("ask", [("question", QUESTION)])).collect();
        asked[0].acknowledged().await;
        bot.signal(signal);
        assert_eq!(bot.ended().await, Some(0), "{signal}");
        let records = crate::records(bot.path());
        let (asks, deliveries) = (of_kind(&records, "ask").len(), of_kind(&records, "delivery").len());
        assert!(asks >= 1);
        assert_eq!(asks, deliveries, "each that was recorded was answered, and that is recorded too");
    }
}

#[tokio::test]
async fn a_hangup_reloads_and_a_second_one_forces() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    std::fs::remove_file(bot.corpus().join("questions.jsonl")).expect("removed");
    for entry in std::fs::read_dir(bot.corpus()).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            std::fs::remove_file(path).expect("removed");
        }
    }
    std::fs::write(bot.corpus().join("submarine.md"), "The submarine surfaced at Narvik.\n")
        .expect("written");
    bot.signal("HUP");
    bot.logged("the corpus was not reloaded").await;
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(answer.text().contains("· 6 articles"), "the old one stays: {answer:?}");
    bot.signal("HUP");
    bot.logged("the corpus is reloaded").await;
    let answer = ada.slash("ask", [("question", "Where did the submarine surface?")]).await;
    assert!(answer.text().contains("Narvik"), "{answer:?}");
    let records = stop_and_read(bot).await;
    let reloads = of_kind(&records, "reload");
    assert_eq!(reloads.len(), 2);
    assert!(reloads.iter().all(|reload| reload["origin"] == "process"));
}

/// Whatever goes wrong, and however much is logged: no secret is in the log, the records, the figures or a page.
#[tokio::test]
async fn no_secret_is_shown_anywhere_even_at_its_most_talkative() {
    let (http, pseudonym) = ("an-http-token-that-is-secret", "a-pseudonym-key-that-is-long-and-secret");
    let variables = [
        ("RUST_LOG", "trace"),
        ("ASK_COOLDOWN_S", "0"),
        ("HTTP_ADDR", "127.0.0.1:0"),
        ("HTTP_TOKEN", http),
        ("AUDIT_PSEUDONYM_KEY", pseudonym),
        ("AUDIT_LOG_PERSONAL", "on"),
    ];
    let (discord, mut bot) = start(&variables).await;
    bot.expects_unparsed();
    let ada = discord.guild(HOME).member(ADA);
    ada.slash("ask", [("question", QUESTION)]).await;
    ada.mention(QUESTION).await;
    for _ in 0..5 {
        discord.fail_next("POST", "/callback", 500, json!({}));
    }
    let _unanswered = ada.slash("ask", [("question", QUESTION)]);
    bot.logged("could not be delivered").await;
    // What cannot be parsed is not logged as it came.
    let broken = json!({"token": "loopback-interaction-broken", "type": 2});
    discord.dispatch("INTERACTION_CREATE", broken, Some(HOME));
    discord.shared().change(|world| world.sessions.say(99, json!("loopback-interaction-of-no-kind")));
    discord.fail("POST", "/messages", Failure::Text { status: 502, body: "<html>" });
    ada.mention(QUESTION).await;
    let mut shown = Vec::new();
    let address = crate::http::address(&bot).await;
    for path in ["/", "/answers", "/answers/1", "/metrics", "/readyz", "/nothing"] {
        shown.push(crate::http::get(&address, path, http).await.1);
        shown.push(crate::http::get(&address, path, "wrong").await.1);
    }
    discord.disconnect(Some(4000));
    ada.mention(QUESTION).await;
    bot.signal("TERM");
    assert_eq!(bot.ended().await, Some(0));
    shown.extend(bot.log());
    shown.extend(crate::records(bot.path()).iter().map(ToString::to_string));
    let token = test_token();
    let last = token.split('.').next_back().unwrap_or_default();
    for text in shown {
        for secret in [&token, last, "loopback-interaction", http, pseudonym] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_process_runs_the_shards_it_is_given() {
    let discord = Discord::start().await;
    // The first of the two says so at once, the second only after the five seconds that Discord wants between.
    let some = Bot::spawn(&discord, crate::folder(), &[("SHARDS", "2-3/4")]);
    let first = |world: &World| world.sessions.identifies.first().map(|identify| identify.shard);
    assert_eq!(discord.shared().until("a shard to identify", first).await, (2, 4));
    drop(some);
    let (discord, _bot) = start(&AT_HOME).await;
    assert_eq!(discord.identifies()[0].shard, (0, 1), "as many as Discord recommends");
    for wrong in ["4/4", "3-2/4", "0/0", "a/b", "1"] {
        let bot = Bot::spawn(&discord, crate::folder(), &[("SHARDS", wrong)]);
        assert_eq!(bot.ended().await, Some(2), "{wrong}");
        assert!(bot.log().join("\n").contains("SHARDS"), "{wrong}");
    }
}
