//! What the moderators of a server decide about the bot there, and what comes of it.

use serde_json::json;

use crate::support::discord::{general, moderators_role};
use crate::support::{ADA, BOB, Bot, Discord, ELSEWHERE, EVE, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, of_kind, start, stop_and_read};

#[tokio::test]
async fn settings_hold_at_once_and_after_a_restart() {
    let (discord, bot) = start(&ANYWHERE).await;
    let elsewhere = discord.guild(ELSEWHERE);
    let eve = elsewhere.member(EVE).manages_server();
    assert!(eve.sees("settings") && !elsewhere.member(BOB).sees("settings"));
    let shown = eve.slash("settings show", ()).await;
    assert!(shown.is_ephemeral() && shown.text().contains("Roles that may ask: everyone"), "{shown:?}");

    eve.slash("settings private", [("value", true)]).await;
    let private = elsewhere.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(private.is_ephemeral() && private.text().contains(ANSWER), "{private:?}");
    let options = [("question", json!(QUESTION)), ("private", json!(false))];
    assert!(!elsewhere.member(BOB).slash("ask", options).await.is_ephemeral());
    let home = discord.guild(HOME).member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(!home.is_ephemeral(), "each server for itself");

    let block = |block: bool| {
        eve.slash("settings block", [("person", json!(BOB.to_string())), ("block", json!(block))])
    };
    block(true).await;
    let refused = elsewhere.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(refused.is_ephemeral() && refused.text().contains("cannot ask me here"), "{refused:?}");
    assert!(elsewhere.member(BOB).complete("ask", "in", "").await.is_empty(), "nor see names");

    let (_, folder) = bot.stop().await;
    let bot = Bot::start_in(&discord, folder, &ANYWHERE).await;
    let refused = elsewhere.member(BOB).mention(QUESTION).await;
    assert!(refused.text().contains("cannot ask me here"), "{refused:?}");
    block(false).await;
    let role = moderators_role(ELSEWHERE);
    eve.slash("settings role", [("role", json!(role.to_string())), ("allow", json!(true))]).await;
    let refused = elsewhere.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(refused.text().contains("certain roles"), "{refused:?}");
    let allowed = elsewhere.member(BOB).with_role(role).slash("ask", [("question", QUESTION)]).await;
    assert!(allowed.text().contains(ANSWER), "{allowed:?}");

    let records = stop_and_read(bot).await;
    let settings = of_kind(&records, "setting");
    assert_eq!(settings.len(), 4, "each change is recorded");
    assert!(settings.iter().all(|setting| setting["guild"] == json!(ELSEWHERE.to_string())));
    let reasons: Vec<_> =
        of_kind(&records, "refusal").iter().map(|refusal| refusal["reason"].clone()).collect();
    assert_eq!(reasons, ["blocked", "blocked", "role"]);
}

#[tokio::test]
async fn of_two_changes_at_a_time_none_is_lost() {
    let (discord, bot) = start(&ANYWHERE).await;
    let elsewhere = discord.guild(ELSEWHERE);
    let eve = elsewhere.member(EVE).manages_server();
    let block = |person: u64| {
        eve.slash("settings block", [("person", json!(person.to_string())), ("block", json!(true))])
    };
    let blocked = [(ADA, block(ADA)), (BOB, block(BOB))];
    for (_, reply) in blocked {
        assert!(reply.await.text().contains("**Saved.**"));
    }
    let shown = eve.slash("settings show", ()).await;
    for person in [ADA, BOB] {
        assert!(shown.text().contains(&format!("<@{person}>")), "{shown:?}");
    }
    stop_and_read(bot).await;
}

#[tokio::test]
async fn a_server_can_wait_and_want_to_be_surer() {
    let (discord, bot) = start(&ANYWHERE).await;
    let home = discord.guild(HOME);
    let ada = home.member(ADA).manages_server();
    ada.slash("settings confidence", [("percent", 100)]).await;
    let unsure = home.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(
        unsure.text().contains("I found no answer") && unsure.text().contains("nearest articles"),
        "{unsure:?}"
    );
    let usual = ada.slash("settings confidence", ()).await;
    assert!(usual.text().contains("confidence of 30 %"), "{usual:?}");

    ada.slash("settings cooldown", [("server", 3600)]).await;
    let first = home.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(first.text().contains(ANSWER), "{first:?}");
    let second = home.member(EVE).slash("ask", [("question", QUESTION)]).await;
    assert!(second.text().contains("on this server") && second.text().contains("seconds"), "{second:?}");
    let elsewhere = discord.guild(ELSEWHERE).member(EVE).slash("ask", [("question", QUESTION)]).await;
    assert!(elsewhere.text().contains(ANSWER), "{elsewhere:?}");

    let options = [("channel", json!(general(HOME).to_string())), ("answer", json!(true))];
    let off = ada.slash("settings channel", options).await;
    assert!(off.text().contains("MESSAGE_CONTENT=on"), "{off:?}");
    let records = stop_and_read(bot).await;
    assert!(of_kind(&records, "setting").iter().all(|setting| setting["key"] != "channels"));
}

#[tokio::test]
async fn only_moderators_of_the_server_set_anything() {
    let (discord, bot) = start(&AT_HOME).await;
    let member = discord.guild(HOME).member(BOB);
    for command in ["settings show", "settings language", "settings confidence"] {
        let reply = member.slash(command, ()).await;
        assert!(reply.is_ephemeral() && reply.text().contains("Manage Server"), "{reply:?}");
    }
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "setting").len(), 0);
    assert_eq!(of_kind(&records, "refusal").len(), 3);
}

/// Two processes that serve the same server from one store: what is set in one holds in the other, and in one that is
/// started after it.
async fn check_shared(store: &str) {
    let (here, there) = (Discord::start().await, Discord::start().await);
    let variables: Vec<(&str, &str)> = ANYWHERE.into_iter().chain([("AUDIT_URL", store)]).collect();
    let _first = Bot::start_in(&here, crate::folder(), &variables).await;
    let second = Bot::start_in(&there, crate::folder(), &variables).await;
    let bob = there.guild(HOME).member(BOB);
    assert!(!bob.slash("ask", [("question", QUESTION)]).await.is_ephemeral());
    here.guild(HOME).member(ADA).manages_server().slash("settings private", [("value", true)]).await;
    // Settings are read again after two seconds; each answer takes the bot a part of one.
    let asked = async {
        while !bob.slash("ask", [("question", QUESTION)]).await.is_ephemeral() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), asked).await.expect("within seconds");

    assert_eq!(second.stop().await.0, Some(0));
    let _third = Bot::start_in(&there, crate::folder(), &variables).await;
    assert!(bob.slash("ask", [("question", QUESTION)]).await.is_ephemeral(), "from the first question on");
}

#[tokio::test]
async fn what_is_set_in_one_process_holds_in_another_within_seconds() {
    let shared = tempfile::tempdir().expect("a folder");
    check_shared(&format!("sqlite://{}", shared.path().join("audit.db").display())).await;
}

#[tokio::test]
async fn what_is_set_in_one_process_holds_in_another_through_postgres() {
    if let Some(store) = crate::sharing::database("settings").await {
        check_shared(&store).await;
    }
}
