//! What is refused, politely and on the record.

use crate::support::discord::moderators_role;
use crate::support::{ADA, BOB, Bot, Discord, ELSEWHERE, EVE, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, of_kind, start, stop_and_read};

#[tokio::test]
async fn a_long_question_is_refused_with_the_limit() {
    let (discord, bot) = start(&AT_HOME).await;
    let question = "why? ".repeat(2_000);
    let reply = discord.guild(HOME).member(ADA).slash("ask", [("question", question)]).await;
    assert!(reply.is_ephemeral() && reply.text().contains("1000"), "{reply:?}");
    let records = stop_and_read(bot).await;
    let refusal = of_kind(&records, "refusal")[0];
    assert_eq!(refusal["reason"], "too_long");
    assert!(refusal["question"].as_str().is_some_and(|question| question.len() <= 1_000));
}

#[tokio::test]
async fn an_empty_question_is_told_what_to_type() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let reply = ada.slash("ask", [("question", "?!")]).await;
    assert!(reply.is_ephemeral() && reply.text().contains("/ask"), "{reply:?}");
    let reply = ada.mention("...").await;
    assert!(reply.text().contains("/ask"), "{reply:?}");
    let records = stop_and_read(bot).await;
    let refusals = of_kind(&records, "refusal");
    assert_eq!(refusals.len(), 2);
    assert!(refusals.iter().all(|refusal| refusal["reason"] == "empty"));
}

#[tokio::test]
async fn only_the_home_guild_is_answered_where_one_is_set() {
    let (discord, bot) = start(&AT_HOME).await;
    let stranger = discord.guild(ELSEWHERE).member(EVE);
    let reply = stranger.slash("ask", [("question", QUESTION)]).await;
    assert!(reply.is_ephemeral() && reply.text().contains("home server"), "{reply:?}");
    let reply = stranger.mention(QUESTION).await;
    assert!(reply.text().contains("home server"), "{reply:?}");
    let reply = discord.person(EVE).dm(QUESTION).await;
    assert!(reply.text().contains("home server"), "{reply:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask").len(), 0);
    let refusals = of_kind(&records, "refusal");
    assert_eq!(refusals.len(), 3);
    assert!(refusals.iter().all(|refusal| refusal["reason"] == "scope"), "{refusals:?}");
}

#[tokio::test]
async fn a_person_who_asks_too_soon_is_told_how_long_to_wait() {
    let (discord, bot) = start(&[("ASK_COOLDOWN_S", "3600")]).await;
    let home = discord.guild(HOME);
    let first = home.member(ADA).slash("ask", [("question", QUESTION)]).await;
    assert!(first.text().contains(ANSWER), "{first:?}");
    let second = home.member(ADA).slash("ask", [("question", QUESTION)]).await;
    assert!(second.is_ephemeral() && second.text().contains("seconds"), "{second:?}");
    let other = home.member(BOB).slash("ask", [("question", QUESTION)]).await;
    assert!(other.text().contains(ANSWER), "{other:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "refusal")[0]["reason"], "cooldown");
}

#[tokio::test]
async fn only_moderators_of_the_home_guild_look_after_the_corpus() {
    let discord = Discord::start().await;
    let homes = format!("{HOME},{ELSEWHERE}");
    // Discord keeps the commands of a guild that was a home guild once: its managers still see them.
    let bot = Bot::start(&discord, &[("HOME_GUILD_IDS", &homes)]).await;
    let (_, folder) = bot.stop().await;
    let bot = Bot::start_in(&discord, folder, &AT_HOME).await;

    let manager_elsewhere = discord.guild(ELSEWHERE).member(EVE).manages_server();
    let member = discord.guild(HOME).member(BOB);
    assert!(!member.sees("corpus"), "hidden from members");
    for person in [&manager_elsewhere, &member] {
        for command in ["corpus reload", "corpus status", "corpus articles"] {
            let reply = person.slash(command, ()).await;
            assert!(reply.is_ephemeral(), "{reply:?}");
            assert!(reply.text().contains("moderators"), "{reply:?}");
            assert!(!reply.text().contains(ANSWER) && !reply.text().contains("articles**"), "{reply:?}");
        }
    }
    let records = stop_and_read(bot).await;
    let refusals = of_kind(&records, "refusal");
    assert_eq!(refusals.len(), 6);
    assert!(refusals.iter().all(|refusal| refusal["reason"] == "permission"), "{refusals:?}");
    assert_eq!(of_kind(&records, "reload").len(), 0);
}

#[tokio::test]
async fn a_role_of_moderators_counts_in_the_home_guild_alone() {
    let roles = format!("{},{}", moderators_role(HOME), moderators_role(ELSEWHERE));
    let (discord, _bot) =
        start(&[("HOME_GUILD_IDS", "1100000000000000000"), ("MODERATOR_ROLE_IDS", &roles)]).await;
    let moderator = discord.guild(HOME).member(ADA).with_role(moderators_role(HOME));
    let reply = moderator.slash("corpus status", ()).await;
    assert!(reply.text().contains("6 articles"), "{reply:?}");
    assert!(discord.commands(Some(ELSEWHERE)).is_empty(), "no commands of moderators elsewhere");
}

#[tokio::test]
async fn without_a_home_guild_a_manager_is_told_how_to_set_one() {
    let (discord, bot) = start(&ANYWHERE).await;
    let manager = discord.guild(ELSEWHERE).member(ADA).manages_server();
    let reply = manager.slash("corpus reload", ()).await;
    assert!(
        reply.is_ephemeral() && reply.text().contains(&format!("HOME_GUILD_IDS={ELSEWHERE}")),
        "{reply:?}"
    );
    let member = discord.guild(ELSEWHERE).member(BOB);
    let reply = member.slash("corpus reload", ()).await;
    assert!(!reply.text().contains("HOME_GUILD_IDS"), "{reply:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "refusal").len(), 2);
}
