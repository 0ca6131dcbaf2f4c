//! That Discord's own OpenAPI file is really held against requests and responses, and so is the second opinion.
//!
//! All other tests here are checked against it too, where it is there: what they send and what the server answers.

use serde_json::{Value, json};
use serenity::all::CreateAttachment;

use crate::client;
use crate::support::HOME;
use crate::support::discord::openapi::{OpenApi, VARIABLE};
use crate::support::discord::{Discord, general, objects, second, thread};
use crate::support::{ADA, BOB};

#[tokio::test]
async fn openapi_checks() {
    if OpenApi::from_environment().is_none() {
        println!("skipped: {VARIABLE} is not set");
        return;
    }
    let discord = Discord::start().await;
    let client = client(&discord).await;
    let say = async |body: Value| {
        client.http.send_message(general(HOME).into(), vec![], &body).await.unwrap();
        discord
            .take_violations()
            .into_iter()
            .map(|violation| violation.problem)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(say(json!({"content": "x"})).await, "");
    // What only the file knows: no rule of the server's own looks at these.
    for (body, problem) in [
        (json!({"content": "x", "tts": "yes"}), "`/tts`"),
        (json!({"content": "x", "sticker_ids": ["a"]}), "`/sticker_ids/0`"),
        (json!({"content": "x", "embeds": [{"title": "t", "color": 0x100_0000}]}), "`/embeds/0/color`"),
    ] {
        let found = say(body).await;
        assert!(found.contains(problem), "{found}");
    }
    // Serenity sends the ids of new attachments as integers, which Discord takes and the file does not.
    let files = vec![CreateAttachment::bytes(*b"x", "x.txt")];
    let body = json!({"attachments": [{"id": 0, "filename": "x.txt"}]});
    client.http.send_message(general(HOME).into(), files, &body).await.unwrap();
    discord.assert_clean();
}

#[test]
fn openapi_checks_responses() {
    let Some(openapi) = OpenApi::from_environment() else {
        println!("skipped: {VARIABLE} is not set");
        return;
    };
    let check = |path: &str, status: u16, body: Option<Value>, expected: &str| {
        let found = openapi.check_response("GET", path, status, body.as_ref()).join("; ");
        assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{found}");
    };
    check("/gateway", 200, Some(json!({"url": "ws://127.0.0.1:1"})), "");
    check("/gateway", 200, Some(json!({})), "\"url\" is a required property");
    check("/gateway", 200, None, "needs a body");
    check("/gateway", 404, Some(json!({"code": 0, "message": "404: Not Found"})), "");
    check("/gateway", 404, Some(json!({"code": 0})), "\"message\" is a required property");
    check("/gateway", 302, Some(json!({})), "not among its responses");
    check("/channels/1", 200, Some(json!({"id": "1", "type": 0})), "not valid");
}

#[tokio::test]
async fn openapi_knows_what_comes_by_the_gateway() {
    let Some(openapi) = OpenApi::from_environment() else {
        println!("skipped: {VARIABLE} is not set");
        return;
    };
    let discord = Discord::start().await;
    let asked = discord.guild(HOME).member(ADA).mention("T-90?").id();
    let replied = discord.guild(HOME).member(BOB).reply_to(asked, "yes").id();
    let problems = discord.shared().see(|world| {
        let mut problems = Vec::new();
        for message in [asked, replied] {
            let message = objects::message_event(world, &world.messages[&message]);
            problems.extend(openapi.check_schema("MessageResponse", &message));
        }
        for channel in [general(HOME), thread(HOME)] {
            let name = if channel == thread(HOME) { "ThreadResponse" } else { "GuildChannelResponse" };
            problems.extend(openapi.check_schema(name, &objects::channel(&world.channels[&channel])));
        }
        problems.extend(openapi.check_schema("GuildWithCountsResponse", &objects::guild_create(world, HOME)));
        problems
    });
    assert_eq!(problems, [""; 0]);
}

#[test]
fn the_second_opinion_is_one() {
    let check = |method: &str, path: &str, body: Value, expected: &str| {
        let found = second::opinion(method, path, &body).join("; ");
        assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{found}");
    };
    let say = |body, expected| check("POST", "/channels/1/messages", body, expected);
    let button = |id: &str| json!({"type": 2, "style": 2, "label": "x", "custom_id": id});
    say(json!({"content": "x", "embeds": [{"description": "y"}], "allowed_mentions": {"parse": []}}), "");
    say(json!({"content": "x".repeat(2001)}), "content");
    say(json!({"embeds": [{"description": "x".repeat(4097)}]}), "embed");
    say(json!({"embeds": [{"footer": {}}]}), "missing field");
    say(json!({"components": [{"type": 1, "components": [button(&"x".repeat(101))]}]}), "component");
    say(json!({"components": [{"type": 1, "components": vec![button("x"); 6]}]}), "component");
    let callback = |body, expected| check("POST", "/interactions/1/t/callback", body, expected);
    let row = json!({"type": 1, "components": [button("x")]});
    callback(json!({"type": 9, "data": {"components": [row]}}), "a modal holds");
    callback(json!({"type": 4, "data": {"content": "x".repeat(2001)}}), "content");
    let choice = json!({"name": "x".repeat(101), "value": "x"});
    callback(json!({"type": 8, "data": {"choices": [choice]}}), "choice");
    let commands = json!([{"name": "Upper Case", "description": "d"}]);
    check("PUT", "/applications/1/commands", commands, "Upper Case");
}
