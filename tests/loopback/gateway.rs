//! Identify, heartbeat, resume, refusals, and what content is withheld.

use serde_json::json;
use serenity::all::{ActivityData, Event, GatewayError, GatewayIntents, OnlineStatus};

use crate::support::discord::world::{BOT, permission};
use crate::support::discord::{Discord, general, moderators_role, thread};
use crate::support::{ADA, Client, ELSEWHERE, HOME};
use crate::{INTENTS, client};

#[tokio::test]
async fn identifies_and_receives_its_guilds() {
    let discord = Discord::start().await;
    let mut client = Client::connect(&discord, INTENTS).await;
    let identify = discord.identifies().remove(0);
    assert_eq!(identify.intents, INTENTS.bits());
    assert_eq!(identify.shard, (0, 1));
    assert_eq!(client.take_unparsed(), [""; 0]);
}

#[tokio::test]
async fn wrong_token_and_privileged_intents_end_the_client() {
    let discord = Discord::start().await;
    let mut client = Client::start(&discord, "MTAw.wrong0.token", INTENTS).await;
    let error = client.ended().await.unwrap_err();
    assert!(matches!(error, serenity::Error::Gateway(GatewayError::InvalidAuthentication)), "{error:?}");

    let token = crate::support::discord::test_token();
    let mut client = Client::start(&discord, &token, INTENTS | GatewayIntents::MESSAGE_CONTENT).await;
    let error = client.ended().await.unwrap_err();
    assert!(matches!(error, serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)), "{error:?}");
}

#[tokio::test]
async fn presence_is_recorded() {
    let discord = Discord::start().await;
    let client = Client::connect(&discord, INTENTS).await;
    assert_eq!(discord.presence()["status"], "online");
    client.set_presence(Some(ActivityData::custom("5 articles")), OnlineStatus::Idle).await;
    let updated =
        |world: &crate::support::discord::world::World| (!world.sessions.presences.is_empty()).then_some(());
    discord.shared().until("a presence update", updated).await;
    assert_eq!(discord.presence()["status"], "idle");
    assert_eq!(discord.presence()["activities"][0]["state"], "5 articles");
}

#[tokio::test]
async fn heartbeats_are_acknowledged() {
    let discord = Discord::setup().heartbeat_interval_ms(20).start().await;
    let _client = Client::connect(&discord, INTENTS).await;
    // Serenity sends a second one only when the first was acknowledged, else it identifies anew.
    let beats =
        |world: &crate::support::discord::world::World| (world.sessions.heartbeats >= 2).then_some(());
    discord.shared().until("two heartbeats", beats).await;
    assert_eq!(discord.identifies().len(), 1);
}

/// Breaks the connection in some way, lets a person speak meanwhile, and sees that it is not lost.
async fn check_resume(break_it: impl FnOnce(&Discord)) {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    break_it(&discord);
    let said = discord.guild(HOME).member(ADA).mention("what was missed?");
    let message = client.message().await;
    assert_eq!(
        (message.id.get(), message.content.as_str()),
        (said.id(), "<@1000000000000000000> what was missed?")
    );
    client.event(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
    assert_eq!(discord.identifies().len(), 1);
}

#[tokio::test]
async fn resumes_after_a_close() {
    check_resume(|discord| discord.disconnect(Some(4000))).await;
}

#[tokio::test]
async fn resumes_after_the_connection_broke() {
    check_resume(|discord| discord.disconnect(None)).await;
}

#[tokio::test]
async fn resumes_when_asked_to_reconnect() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    discord.ask_to_reconnect();
    client.event(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
    discord.invalidate_session(true);
    client.event(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
    assert_eq!(discord.identifies().len(), 1);
}

#[tokio::test]
async fn forgotten_session_identifies_anew() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    discord.forget_sessions();
    client.event(|event| matches!(event, Event::Ready(_)).then_some(())).await;
    assert_eq!(discord.identifies().len(), 2);
}

#[tokio::test]
async fn unparsed_events_are_noticed() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    discord.dispatch("MADE_UP", json!({}), None);
    // A known event with a field missing counts just as well.
    discord.dispatch("TYPING_START", json!({"channel_id": "1"}), None);
    discord.guild(HOME).member(ADA).mention("hello");
    client.message().await;
    assert_eq!(client.take_unparsed(), ["MADE_UP", "TYPING_START"]);
}

#[tokio::test]
async fn content_is_withheld_unless_the_bot_is_addressed() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let ada = discord.guild(HOME).member(ADA);
    let own =
        client.http.send_message(general(HOME).into(), vec![], &json!({"content": "said by the bot"})).await;
    let own = own.expect("the bot may speak");
    for (said, seen) in [
        (ada.say("to somebody else"), ""),
        (ada.mention("in general"), "<@1000000000000000000> in general"),
        (ada.clone().within(thread(HOME)).mention("in a thread"), "<@1000000000000000000> in a thread"),
        (ada.reply_to(own.id.get(), "and then?"), "and then?"),
        (ada.dm("alone"), "alone"),
    ] {
        let message = client.message_of(ADA).await;
        assert_eq!((message.id.get(), message.content.as_str()), (said.id(), seen));
    }
    assert_eq!(own.author.id.get(), BOT);
}

#[tokio::test]
async fn content_is_there_with_the_intent() {
    let discord = Discord::setup().message_content().start().await;
    let mut client = Client::connect(&discord, INTENTS | GatewayIntents::MESSAGE_CONTENT).await;
    discord.guild(HOME).member(ADA).say("to somebody else");
    assert_eq!(client.message_of(ADA).await.content, "to somebody else");
}

#[tokio::test]
async fn members_have_the_permissions_of_their_roles() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    for (member, permissions, roles) in [
        (discord.guild(HOME).member(ADA), permission::EVERYONE, 0),
        (discord.guild(HOME).member(2).with_role(moderators_role(HOME)), permission::EVERYONE, 1),
        (
            discord.guild(ELSEWHERE).member(3).manages_server(),
            permission::EVERYONE | permission::MANAGE_GUILD,
            1,
        ),
    ] {
        assert_eq!(member.sees("corpus"), permissions & permission::MANAGE_GUILD != 0);
        let _pending = member.slash("corpus reload", ());
        let seen = crate::command(&mut client).await.member.expect("it comes from a guild");
        assert_eq!((seen.permissions.map(|bits| bits.bits()), seen.roles.len()), (Some(permissions), roles));
    }
}
