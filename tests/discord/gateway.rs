//! The connection to Discord misbehaves: no question that Discord tells of is lost, and none is answered twice.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use footnote::answer::AnswerParams;
use footnote::app::{App, AppSettings};
use footnote::audit::Store;
use footnote::discord::{BotSettings, ServeError};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::support::discord::world::{BOT, World};
use crate::support::discord::{general, test_token};
use crate::support::{ADA, BOB, Bot, Discord, HOME};
use crate::{ANSWER, AT_HOME, QUESTION, folder, of_kind, start, stop_and_read};

/// How many bots run at a time where several are tried: they mostly wait.
const AT_ONCE: usize = 4;

/// A question asked while the connection is in trouble, by a mention and by a command, is answered once each; and so
/// is the next. Three answers are on record, each delivered.
async fn check_nothing_lost(discord: &Discord, bot: Bot, trouble: impl FnOnce(&Discord)) {
    let (ada, bob) = (discord.guild(HOME).member(ADA), discord.guild(HOME).member(BOB));
    trouble(discord);
    let (said, slash) = (ada.mention(QUESTION), bob.slash("ask", [("question", QUESTION)]));
    assert!(said.await.text().contains(ANSWER));
    assert!(slash.await.text().contains(ANSWER));
    check_answers_next(discord).await;
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask").len(), 3, "{records:#?}");
    let deliveries = of_kind(&records, "delivery");
    assert!(deliveries.iter().all(|delivery| delivery["decision"] == "delivered"), "{deliveries:#?}");
    assert_eq!(deliveries.len(), 3);
    assert_eq!(answers(discord), 3, "each is answered once");
}

/// Whether it is connected once more, and answers.
async fn check_answers_next(discord: &Discord) {
    let connected = |world: &World| world.sessions.are_connected().then_some(());
    discord.shared().until("the bot to be connected again", connected).await;
    let reply = discord.guild(HOME).member(ADA).mention(QUESTION).await;
    assert!(reply.text().contains(ANSWER), "{reply:?}");
}

/// How many messages of the bot's there are.
fn answers(discord: &Discord) -> usize {
    discord.shared().see(|world| world.messages.values().filter(|message| message.author == BOT).count())
}

async fn beating(interval_ms: u64) -> (Discord, Bot) {
    let discord = Discord::setup().heartbeat_interval_ms(interval_ms).start().await;
    let bot = Bot::start_in(&discord, folder(), &AT_HOME).await;
    (discord, bot)
}

#[tokio::test]
async fn nothing_is_lost_where_the_connection_closes_and_can_be_resumed() {
    let codes = [Some(4000), Some(4001), Some(4002), Some(4005), Some(4008), Some(1000), Some(1001), None];
    let check = async |code| {
        let (discord, bot) = start(&AT_HOME).await;
        check_nothing_lost(&discord, bot, |discord| discord.disconnect(code)).await;
        assert_eq!(discord.identifies().len(), 1, "{code:?}: it resumes");
    };
    stream::iter(codes).map(check).buffer_unordered(AT_ONCE).collect::<()>().await;
}

#[tokio::test]
async fn nothing_is_lost_where_it_is_asked_to_reconnect() {
    let (discord, bot) = start(&AT_HOME).await;
    check_nothing_lost(&discord, bot, Discord::ask_to_reconnect).await;
    let (discord, bot) = start(&AT_HOME).await;
    check_nothing_lost(&discord, bot, |discord| discord.invalidate_session(true)).await;
}

/// A dead connection is noticed by the missing acknowledgement of a heartbeat. Serenity then begins a new session, in
/// which Discord does not tell again what was missed; what comes after is answered.
#[tokio::test]
async fn it_comes_back_where_the_connection_is_dead() {
    let (discord, bot) = beating(500).await;
    discord.go_dead();
    check_answers_next(&discord).await;
    assert!(discord.identifies().len() > 1);
    drop(bot);
}

#[tokio::test]
async fn it_comes_back_where_heartbeats_are_not_acknowledged() {
    let (discord, bot) = beating(500).await;
    discord.acknowledge_heartbeats(false);
    let again = |world: &World| (world.sessions.identifies.len() + world.sessions.resumes > 1).then_some(());
    discord.shared().until("the bot to connect anew", again).await;
    discord.acknowledge_heartbeats(true);
    check_answers_next(&discord).await;
    drop(bot);
}

#[tokio::test]
async fn it_comes_back_where_a_session_cannot_be_resumed() {
    let troubles: [fn(&Discord); 8] = [
        |discord: &Discord| discord.invalidate_session(false),
        |discord: &Discord| discord.forget_sessions(),
        |discord: &Discord| discord.disconnect(Some(4007)),
        |discord: &Discord| discord.disconnect(Some(4009)),
        // After these serenity reads on until its next heartbeat cannot be sent.
        |discord: &Discord| discord.disconnect(Some(4003)),
        |discord: &Discord| discord.disconnect(Some(4010)),
        |discord: &Discord| discord.disconnect(Some(4011)),
        |discord: &Discord| discord.disconnect(Some(4012)),
    ];
    let check = async |trouble: fn(&Discord)| {
        let (discord, _bot) = beating(500).await;
        let sessions = |world: &World| world.sessions.identifies.len() + world.sessions.resumes;
        let before = discord.shared().see(sessions);
        trouble(&discord);
        let again = |world: &World| (sessions(world) > before).then_some(());
        discord.shared().until("the bot to connect anew", again).await;
        check_answers_next(&discord).await;
    };
    stream::iter(troubles).map(check).buffer_unordered(AT_ONCE).collect::<()>().await;
}

#[tokio::test]
async fn it_ends_and_says_why_where_connecting_again_cannot_help() {
    for (code, told) in [(4004, "DISCORD_TOKEN"), (4013, "intents"), (4014, "intents")] {
        let (discord, bot) = start(&AT_HOME).await;
        discord.disconnect(Some(code));
        assert_eq!(bot.ended().await, Some(2), "{code}");
        let log = bot.log().join("\n");
        let error = log.lines().find(|line| line.starts_with("error:")).unwrap_or_default();
        assert!(error.to_lowercase().contains(&told.to_lowercase()), "{code}: {error}");
        assert_eq!(discord.identifies().len(), 1, "{code}: it does not try again");
    }
}

#[tokio::test]
async fn what_comes_twice_is_answered_once() {
    let (discord, bot) = start(&AT_HOME).await;
    let (ada, bob) = (discord.guild(HOME).member(ADA), discord.guild(HOME).member(BOB));
    let said = ada.mention(QUESTION);
    discord.repeat_last();
    let pressed = said.await;
    let slash = bob.slash("ask", [("question", QUESTION)]);
    discord.repeat_last();
    slash.await;
    let vote = ada.press(&pressed, "Helpful");
    discord.repeat_last();
    vote.acknowledged().await;
    check_answers_next(&discord).await;
    let warned = bot.log().iter().filter(|line| line.contains("could not be")).count();
    let records = stop_and_read(bot).await;
    assert_eq!((of_kind(&records, "ask").len(), of_kind(&records, "vote").len(), warned), (3, 1, 0));
}

/// Serenity waits for ever for a server that takes a connection and says nothing. Run in this process, since nobody
/// has the patience of an operator here.
/// The bot in this process, with little patience: it, whether it is connected, and what stops it.
fn impatient(
    discord: &Discord,
    app: App,
) -> (JoinHandle<Result<(), ServeError>>, watch::Receiver<bool>, oneshot::Sender<()>) {
    let settings = BotSettings {
        api_url: Some(discord.origin().parse().unwrap()),
        patience: Duration::from_secs(3),
        ..BotSettings::new(test_token().into())
    };
    let (connected, is_connected) = watch::channel(false);
    let (stop, stopped) = oneshot::channel::<()>();
    let bot = tokio::spawn(footnote::discord::run(Arc::new(app), settings, connected, async move {
        let _ = stopped.await;
    }));
    (bot, is_connected, stop)
}

async fn app(home: &Path) -> App {
    let store = Store::open(&format!("sqlite://{}/audit.db", home.display())).await.unwrap();
    let settings = AppSettings {
        corpus_dir: home.join("corpus"),
        cache: None,
        params: AnswerParams::default(),
        clock: Arc::new(Timestamp::now),
    };
    App::start(settings, store, &()).unwrap().0
}

#[tokio::test]
async fn a_connection_that_is_never_answered_is_given_up() {
    let discord = Discord::setup().heartbeat_interval_ms(500).start().await;
    let home = folder();
    let (bot, mut is_connected, stop) = impatient(&discord, app(home.path()).await);
    is_connected.wait_for(|connected| *connected).await.unwrap();
    discord.leave_hanging(1);
    discord.disconnect(None);
    is_connected.wait_for(|connected| !*connected).await.unwrap();
    is_connected.wait_for(|connected| *connected).await.unwrap();
    assert_eq!(discord.identifies().len(), 2);
    assert!(discord.guild(HOME).member(ADA).mention(QUESTION).await.text().contains(ANSWER));
    stop.send(()).unwrap();
    bot.await.unwrap().unwrap();
    assert!(!*is_connected.borrow());
}

#[tokio::test]
async fn after_a_long_outage_it_is_connected_once() {
    let discord = Discord::setup().heartbeat_interval_ms(500).start().await;
    let home = folder();
    let (bot, mut is_connected, stop) = impatient(&discord, app(home.path()).await);
    is_connected.wait_for(|connected| *connected).await.unwrap();
    discord.refuse_connections(true);
    let before = discord.requests().len();
    discord.forget_sessions();
    is_connected.wait_for(|connected| !*connected).await.unwrap();
    // It is given up, and another client is made, which asks where the gateway is.
    let is_asked = |world: &World| {
        let mut later = world.requests.iter().skip(before);
        later.any(|request| request.call.path.contains("/gateway")).then_some(())
    };
    discord.shared().until("a client to be made anew", is_asked).await;
    discord.refuse_connections(false);
    is_connected.wait_for(|connected| *connected).await.unwrap();
    assert_eq!(discord.shared().see(|world| world.sessions.live()), 1);
    assert!(discord.guild(HOME).member(ADA).mention(QUESTION).await.text().contains(ANSWER));
    stop.send(()).unwrap();
    bot.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_it_does_not_know_does_no_harm() {
    let (discord, mut bot) = start(&AT_HOME).await;
    bot.expects_unparsed();
    discord.dispatch("FROM_THE_FUTURE", json!({ "deep": [[[[{}]]]] }), None);
    // Known events, broken.
    discord.dispatch("MESSAGE_CREATE", json!({ "id": 7 }), Some(HOME));
    discord.dispatch("INTERACTION_CREATE", json!({ "token": "t" }), Some(HOME));
    discord.shared().change(|world| world.sessions.say(99, json!({ "op": "unknown" })));
    let ada = discord.guild(HOME).member(ADA);
    // A message with fields that there are not yet, and without those that need not be there.
    let channel = general(HOME).to_string();
    let id = discord.shared().change(|world| world.new_id());
    let message = json!({
        "id": id.to_string(), "channel_id": channel, "guild_id": HOME.to_string(), "type": 0,
        "content": format!("<@{BOT}> {QUESTION}"), "author": {"id": BOB.to_string(), "username": "bob",
        "discriminator": "0", "avatar": null, "from_the_future": {"a": [1]}},
        "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "pinned": false,
        "mention_everyone": false, "mention_roles": [], "attachments": [], "embeds": [], "components": [],
        "mentions": [{"id": BOT.to_string(), "username": "footnote", "discriminator": "0", "avatar": null, "bot": true}],
        "from_the_future": {"b": null}, "flags": 9_007_199_254_740_991_u64,
    });
    discord.dispatch("MESSAGE_CREATE", message, Some(HOME));
    let answered = |world: &World| {
        // The server knows of no such message, so that there is nothing to refer to.
        world.messages.values().any(|message| message.author == BOT).then_some(())
    };
    discord.shared().until("the answer to a message without its optional fields", answered).await;
    assert!(ada.mention(QUESTION).await.text().contains(ANSWER));
}
