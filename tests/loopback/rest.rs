//! Messages, direct messages, files, errors.

use serde_json::{Value, json};
use serenity::all::{
    ChannelId, CreateAllowedMentions, CreateAttachment, CreateMessage, EditMessage, GuildId, UserId,
};

use crate::support::discord::world::{BOT, permission};
use crate::support::discord::{Discord, forum_post, general, mentions::Pings, moderators_role, thread};
use crate::support::{ADA, Client, HOME};
use crate::{INTENTS, client, code, only_violation};

#[tokio::test]
async fn serenity_understands_what_it_asks_for() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let http = &client.http;
    discord.guild(HOME).member(ADA).with_role(moderators_role(HOME));
    assert_eq!(http.get_current_user().await.unwrap().id.get(), BOT);
    assert_eq!(http.get_current_application_info().await.unwrap().id.get(), BOT);
    assert_eq!(http.get_bot_gateway().await.unwrap().shards, 1);
    assert_eq!(http.get_guild(HOME.into()).await.unwrap().roles.len(), 3);
    assert_eq!(http.get_member(HOME.into(), ADA.into()).await.unwrap().roles, [moderators_role(HOME)]);
    for channel in [general(HOME), thread(HOME), forum_post(HOME)] {
        assert_eq!(http.get_channel(channel.into()).await.unwrap().id().get(), channel);
    }
    assert_eq!(http.get_global_commands().await.unwrap().len(), 3);
    assert_eq!(http.create_guild_commands(HOME.into(), &json!([])).await.unwrap().len(), 0);
}

#[tokio::test]
async fn command_of_the_same_name_keeps_its_id() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let before = discord.commands(None);
    client.http.create_global_commands(&crate::commands()).await.unwrap();
    assert_eq!(discord.commands(None), before);
    client.http.create_guild_command(HOME.into(), &crate::commands()[0]).await.unwrap();
    assert_ne!(discord.commands(Some(HOME))[0]["id"], before[0]["id"]);
}

#[tokio::test]
async fn mention_is_answered_by_a_reply() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let said = discord.guild(HOME).member(ADA).within(thread(HOME)).mention("T-90?");
    let asked = client.message().await;
    asked.channel_id.broadcast_typing(&client.http).await.unwrap();
    let answer = CreateMessage::new().content("<@1500000000000000001> here").reference_message(&asked);
    let answer = answer.allowed_mentions(CreateAllowedMentions::new());
    asked.channel_id.send_message(&client.http, answer).await.unwrap();
    let reply = said.await;
    assert_eq!(reply.replies_to(), Some(asked.id.get()));
    assert!(reply.pings().is_nobody() && reply.can_ping_nobody());
}

#[tokio::test]
async fn careless_reply_is_seen_to_ping() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let said = discord.guild(HOME).member(ADA).mention("T-90?");
    let asked = client.message().await;
    asked.reply_ping(&client.http, "@everyone, <@1500000000000000001>").await.unwrap();
    let reply = said.await;
    assert_eq!(
        reply.pings(),
        Pings { everyone: true, users: [ADA].into(), roles: [].into(), replied_user: true }
    );
    assert!(!reply.can_ping_nobody());
}

#[tokio::test]
async fn direct_message_is_opened_written_edited_and_deleted() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let said = discord.person(ADA).say("hello?");
    let channel = UserId::new(ADA).create_dm_channel(&client.http).await.unwrap();
    let file = CreateAttachment::bytes(*b"bytes", "a.txt");
    let message = CreateMessage::new().content("  hello  ").add_file(file);
    let mut sent = channel.id.send_message(&client.http, message).await.unwrap();
    let reply = said.await;
    assert_eq!((reply.content(), reply.files()[0].name.as_str()), ("hello", "a.txt"));
    sent.edit(&client.http, EditMessage::new().content("goodbye")).await.unwrap();
    assert_eq!(reply.edited().await.json()["attachments"][0]["filename"], "a.txt");
    sent.delete(&client.http).await.unwrap();
    reply.deleted().await;
    assert_eq!(code(client.http.get_message(channel.id, sent.id).await), 10008);
}

#[tokio::test]
async fn wrong_token_is_refused() {
    let discord = Discord::start().await;
    let client = Client::start(&discord, "MTAw.wrong0.token", INTENTS).await;
    assert_eq!(code(client.http.get_current_user().await), 0);
}

#[tokio::test]
async fn places_that_are_not_open_are_refused() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let say = async |channel: u64| {
        let message = CreateMessage::new().content("hello");
        ChannelId::new(channel).send_message(&client.http, message).await
    };
    assert_eq!(code(say(404).await), 10003);
    discord.deny(general(HOME), permission::SEND_MESSAGES);
    assert_eq!(code(say(general(HOME)).await), 50013);
    discord.deny(general(HOME), permission::VIEW_CHANNEL);
    assert_eq!(code(say(general(HOME)).await), 50001);
    discord.deny(general(HOME), 0);
    say(general(HOME)).await.unwrap();
    let elsewhere = client.http.create_guild_commands(GuildId::new(404), &json!([])).await;
    assert_eq!(code(elsewhere), 50001);
    assert_eq!(code(client.http.get_member(HOME.into(), 404.into()).await), 10007);
}

#[tokio::test]
async fn message_that_vanished_cannot_be_replied_to() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let said = discord.guild(HOME).member(ADA).mention("T-90?");
    let asked = client.message().await;
    said.delete();
    assert_eq!(code(asked.reply(&client.http, "here").await), 50035);
    assert!(said.reply_now().is_none());
}

#[tokio::test]
async fn unknown_route_is_a_violation() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    assert_eq!(code(client.http.get_guild_vanity_url(HOME.into()).await), 0);
    assert!(only_violation(&discord).contains("404: Not Found"));
}

#[tokio::test]
async fn empty_and_overlong_messages_are_violations() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let send = async |body: Value| client.http.send_message(general(HOME).into(), vec![], &body).await;
    assert_eq!(code(send(json!({"content": " "})).await), 50006);
    assert!(only_violation(&discord).contains("Cannot send an empty message"));
    assert_eq!(code(send(json!({"content": "x".repeat(2001)})).await), 50035);
    assert!(only_violation(&discord).contains("Must be 2000 or fewer in length."));
    send(json!({"content": "😀".repeat(2000)})).await.unwrap();
}

#[tokio::test]
async fn faults_come_once() {
    let discord = Discord::start().await;
    let client = client(&discord).await;
    discord.fail_next("GET", "/users/@me", 500, json!({"message": "500: Internal Server Error", "code": 0}));
    assert_eq!(code(client.http.get_current_user().await), 0);
    client.http.get_current_user().await.unwrap();
}
