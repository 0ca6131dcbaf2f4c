//! Commands, buttons, forms, autocompletion; one acknowledgement, in time.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    AutocompleteChoice, CommandDataOptionValue, CreateActionRow, CreateAllowedMentions, CreateAttachment,
    CreateAutocompleteResponse, CreateEmbed, CreateEmbedFooter, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateModal,
    EditInteractionResponse, InputTextStyle, Interaction,
};

use crate::support::discord::{Discord, thread};
use crate::support::{ADA, BOB, Clock, HOME};
use crate::{answer, button, client, code, command, only_violation};

#[tokio::test]
async fn command_is_answered() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord
        .guild(HOME)
        .member(ADA)
        .slash("ask", [("question", json!("T-90?")), ("private", json!(true))]);
    let asked = command(&mut client).await;
    assert_eq!(asked.data.options[0].value, CommandDataOptionValue::String("T-90?".to_owned()));
    assert_eq!(asked.data.options[1].value, CommandDataOptionValue::Boolean(true));
    assert_eq!(
        (asked.user.id.get(), asked.guild_id.map(u64::from), asked.locale.as_str()),
        (ADA, Some(HOME), "en-US")
    );

    let embed = CreateEmbed::new().title("An article").description("quoted").field("1", "first", false);
    let message = CreateInteractionResponseMessage::new()
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new());
    let message = message.embed(embed.footer(CreateEmbedFooter::new("#1")));
    asked.create_response(&client.http, CreateInteractionResponse::Message(message)).await.unwrap();
    let reply = pending.await;
    assert_eq!(reply.text(), "An article\nquoted\n1\nfirst\n#1");
    assert!(reply.is_ephemeral() && reply.can_ping_nobody());
    assert_eq!(discord.latencies().len(), 1);
    discord.assert_pings_nobody();
}

#[tokio::test]
async fn command_in_a_direct_message_has_a_user_and_no_member() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord.person(BOB).locale("de").slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    assert_eq!((asked.user.id.get(), asked.guild_id, asked.locale.as_str()), (BOB, None, "de"));
    asked.create_response(&client.http, answer("here")).await.unwrap();
    assert_eq!(pending.await.content(), "here");
}

#[tokio::test]
async fn first_message_after_thinking_fills_the_original_and_stays_private() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    asked.defer_ephemeral(&client.http).await.unwrap();
    assert_eq!(pending.acknowledged().await, 5);
    assert!(asked.get_response(&client.http).await.unwrap().content.is_empty());

    let first = CreateInteractionResponseFollowup::new().content("first");
    let first = asked.create_followup(&client.http, first).await.unwrap();
    let second = CreateInteractionResponseFollowup::new().content("second");
    asked.create_followup(&client.http, second).await.unwrap();
    let reply = pending.reply().await;
    assert_eq!((reply.content(), reply.id(), reply.is_ephemeral()), ("first", first.id.get(), true));
    let second = pending.follow_up(0).await;
    assert_eq!((second.content(), second.is_ephemeral()), ("second", false));

    asked.edit_response(&client.http, EditInteractionResponse::new().content("edited")).await.unwrap();
    assert_eq!(reply.edited().await.content(), "edited");
    asked.delete_response(&client.http).await.unwrap();
    reply.deleted().await;
    assert_eq!(code(asked.get_response(&client.http).await), 10008);
}

#[tokio::test]
async fn files_come_with_their_bytes() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    let file = CreateAttachment::bytes(*b"evidence", "evidence.txt");
    let message = CreateInteractionResponseMessage::new().add_file(file);
    asked.create_response(&client.http, CreateInteractionResponse::Message(message)).await.unwrap();
    let reply = pending.await;
    assert_eq!(
        (reply.files()[0].name.as_str(), &reply.files()[0].bytes[..]),
        ("evidence.txt", &b"evidence"[..])
    );
    assert_eq!(reply.json()["attachments"][0]["size"], 8);
}

#[tokio::test]
async fn only_one_acknowledgement_is_taken() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    asked.create_response(&client.http, answer("first")).await.unwrap();
    assert_eq!(code(asked.create_response(&client.http, answer("second")).await), 40060);
    assert_eq!(pending.await.content(), "first");
    assert!(only_violation(&discord).contains("already been acknowledged"));
}

#[tokio::test]
async fn acknowledgement_comes_within_three_seconds_or_not_at_all() {
    let discord = Discord::setup().clock(Clock::still()).start().await;
    let mut client = client(&discord).await;
    for (waited_ms, expected) in [(3_000, None), (3_001, Some(10062))] {
        let _pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
        let asked = command(&mut client).await;
        discord.advance(Duration::from_millis(waited_ms));
        let answered = asked.create_response(&client.http, answer("here")).await;
        assert_eq!(answered.err().map(|error| code::<()>(Err(error))), expected);
    }
    assert!(only_violation(&discord).contains("Unknown interaction"));
}

#[tokio::test]
async fn token_lives_fifteen_minutes_and_not_before_the_acknowledgement() {
    let discord = Discord::setup().clock(Clock::still()).start().await;
    let mut client = client(&discord).await;
    let _pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    let more = || CreateInteractionResponseFollowup::new().content("more");
    assert_eq!(code(asked.create_followup(&client.http, more()).await), 10015);
    asked.create_response(&client.http, answer("here")).await.unwrap();
    discord.advance(Duration::from_secs(15 * 60));
    asked.create_followup(&client.http, more()).await.unwrap();
    discord.advance(Duration::from_millis(1));
    assert_eq!(code(asked.create_followup(&client.http, more()).await), 50027);
    assert_eq!(discord.take_violations().len(), 2);
}

#[tokio::test]
async fn button_updates_replies_or_waits() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let ada = discord.guild(HOME).member(ADA);
    let pending = ada.slash("ask", [("question", "T-90?")]);
    command(&mut client).await.create_response(&client.http, answer("first page")).await.unwrap();
    let reply = pending.await;

    let pressed = ada.press(&reply, "More passages");
    let update = CreateInteractionResponseMessage::new().content("second page");
    let seen = button(&mut client).await;
    assert_eq!((seen.data.custom_id.as_str(), seen.message.content.as_str()), ("more", "first page"));
    seen.create_response(&client.http, CreateInteractionResponse::UpdateMessage(update)).await.unwrap();
    let updated = pressed.await;
    assert_eq!((updated.id(), updated.content()), (reply.id(), "second page"));

    let pressed = discord.guild(HOME).member(BOB).press(&reply, "More passages");
    let seen = button(&mut client).await;
    assert_eq!(seen.user.id.get(), BOB);
    seen.create_response(&client.http, CreateInteractionResponse::Acknowledge).await.unwrap();
    assert_eq!(pressed.acknowledged().await, 6);
    seen.edit_response(&client.http, EditInteractionResponse::new().content("third page")).await.unwrap();
    assert_eq!(pressed.await.content(), "third page");

    let pressed = ada.press_id(&reply, "forged");
    button(&mut client).await.create_response(&client.http, answer("no such button")).await.unwrap();
    let refused = pressed.await;
    assert_eq!((refused.content(), refused.replies_to()), ("no such button", Some(reply.id())));
}

#[tokio::test]
async fn modal_opens_and_is_sent_in() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let ada = discord.guild(HOME).member(ADA);
    let pending = ada.slash("ask", [("question", "T-90?")]);
    let input = CreateInputText::new(InputTextStyle::Short, "Your question", "text");
    let modal =
        CreateModal::new("follow-up", "Follow up").components(vec![CreateActionRow::InputText(input)]);
    command(&mut client)
        .await
        .create_response(&client.http, CreateInteractionResponse::Modal(modal))
        .await
        .unwrap();
    let modal = pending.modal().await;
    assert_eq!((modal.title.as_str(), modal.inputs[0].label.as_str()), ("Follow up", "Your question"));

    let submitted = ada.submit(&modal, &[("Your question", "and the Su-30?")]);
    let seen = client.interaction().await.modal_submit().expect("it is a form");
    assert_eq!(seen.data.custom_id, "follow-up");
    let Some(serenity::all::ActionRowComponent::InputText(text)) = seen.data.components[0].components.first()
    else {
        panic!("it has no text: {seen:?}");
    };
    assert_eq!(text.value.as_deref(), Some("and the Su-30?"));
    seen.create_response(&client.http, answer("that too")).await.unwrap();
    assert_eq!(submitted.await.content(), "that too");
}

#[tokio::test]
async fn typing_is_completed() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let ada = discord.guild(HOME).member(ADA);
    let answering = async {
        let Interaction::Autocomplete(typing) = client.interaction().await else {
            panic!("it is no autocompletion")
        };
        assert_eq!(typing.data.autocomplete().map(|option| (option.name, option.value)), Some(("in", "mos")));
        let choice = AutocompleteChoice::new("Moscow", "moscow");
        let response = CreateAutocompleteResponse::new().set_choices(vec![choice]);
        typing
            .create_response(&client.http, CreateInteractionResponse::Autocomplete(response))
            .await
            .unwrap();
    };
    let (choices, ()) = tokio::join!(ada.complete("ask", "in", "mos"), answering);
    assert_eq!((choices[0].name.as_str(), &choices[0].value), ("Moscow", &Value::from("moscow")));
}

#[tokio::test]
async fn command_of_a_message_carries_the_message() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let in_thread = discord.guild(HOME).member(ADA).within(thread(HOME));
    let said = discord.guild(HOME).member(BOB).within(thread(HOME)).say("does anybody know?");
    let pending = in_thread.use_on(said.id(), "Find the answer");
    let asked = command(&mut client).await;
    assert_eq!(asked.data.resolved.messages.values().next().unwrap().content, "does anybody know?");
    asked.create_response(&client.http, answer("here")).await.unwrap();
    assert_eq!(pending.await.channel(), thread(HOME));
}

#[tokio::test]
async fn callback_that_does_not_fit_is_refused() {
    let discord = Discord::start().await;
    let mut client = client(&discord).await;
    let pending = discord.guild(HOME).member(ADA).slash("ask", [("question", "T-90?")]);
    let asked = command(&mut client).await;
    assert_eq!(
        code(asked.create_response(&client.http, CreateInteractionResponse::Acknowledge).await),
        50035
    );
    // It was not acknowledged by that, so it can still be answered.
    asked.create_response(&client.http, answer("here")).await.unwrap();
    assert_eq!(pending.await.content(), "here");
    assert!(only_violation(&discord).contains("does not answer this interaction"));
}
