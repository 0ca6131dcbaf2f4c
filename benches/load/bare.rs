//! The bot that Footnote is held against: serenity alone, which replies with a constant, and before that appends a
//! line to a file and has it written through to the disk, as who keeps a record must. No framework, no lookups.
//!
//! It writes in one of two ways: [`ONE_BY_ONE`], a lock held while a line is written, as a log that is read in its order
//! wants it; or [`SIDE_BY_SIDE`], where every interaction appends and waits for the disk for itself, so that the file
//! system lets those that wait at the same time share its journal. That is as fast as it gets with a sync a line.
//!
//! What it says is a short line, or a whole card as Footnote shows one: the same one each time, so that what it costs
//! to send and to take in an answer of that length can be told from what it costs to find it and to keep its record.
//! The bot [`FINDING`] also finds the answer, and shows that card all the same: the least that an answer takes that is
//! found and not known before, whatever else is done with it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use footnote::answer::{AnswerParams, Question};
use footnote::corpus;
use footnote::snapshot::Snapshot;
use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, Command, CommandOptionType, Context, CreateCommand, CreateCommandOption, EventHandler,
    GatewayIntents, HttpBuilder, Interaction, Ready, async_trait,
};

use crate::support::discord::test_token;

/// The ways to write.
pub const ONE_BY_ONE: &str = "one-by-one";
pub const SIDE_BY_SIDE: &str = "side-by-side";

/// The way of a bot that finds the answer before it writes, one by one.
pub const FINDING: &str = "finding";

/// What it says where it shows no card.
pub const CONSTANT: &str = "Iran sought Sukhoi Su-30 fighters and T-90 tanks.";

struct Handler {
    file: Arc<File>,
    /// Held while a line is written, where that is done one by one.
    turn: Option<Arc<Mutex<()>>>,
    /// Where answers are found, if they are.
    finder: Option<Arc<Snapshot>>,
    /// What it responds with, as JSON for Discord.
    response: Value,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, _: Ready) {
        let question = CreateCommandOption::new(CommandOptionType::String, "question", "The question");
        let ask = CreateCommand::new("ask").description("Ask a question").add_option(question.required(true));
        Command::set_global_commands(&context.http, vec![ask]).await.expect("the command can be registered");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let (file, line) = (Arc::clone(&self.file), format!("{} {}\n", command.id, command.user.id));
        let (turn, finder) = (self.turn.clone(), self.finder.clone());
        let question = command.data.options.first().and_then(|option| option.value.as_str());
        let question = question.and_then(|question| Question::new(question).ok());
        let written = tokio::task::spawn_blocking(move || {
            if let Some((finder, question)) = finder.zip(question) {
                std::hint::black_box(finder.answer(&question, &AnswerParams::default()));
            }
            let _turn = turn.as_ref().map(|turn| turn.lock().expect("writing does not panic"));
            (&*file).write_all(line.as_bytes())?;
            file.sync_data()
        });
        written.await.expect("writing does not panic").expect("the line can be written");
        let response =
            context.http.create_interaction_response(command.id, &command.token, &self.response, Vec::new());
        if let Err(error) = response.await {
            eprintln!("a reply could not be delivered: {error}");
        }
    }
}

/// A response that says [`CONSTANT`].
pub fn line() -> Value {
    // Discord's number for a response with a message.
    json!({ "type": 4, "data": { "content": CONSTANT } })
}

/// Runs it until it is killed; it responds with what `response` holds, a file of JSON.
pub async fn serve(origin: &str, file: &str, way: &str, response: &str) {
    let response = std::fs::read_to_string(response).expect("the response can be read");
    let response = response.parse().expect("the response is JSON");
    let file = File::options().create(true).append(true).open(file).expect("the file can be opened");
    let turn = (way != SIDE_BY_SIDE).then(Arc::default);
    let finder = (way == FINDING).then(|| {
        let loaded = corpus::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &());
        Arc::new(Snapshot::build(loaded.expect("the shipped articles can be read").corpus))
    });
    let handler = Handler { file: Arc::new(file), turn, finder, response };
    let http = HttpBuilder::new(test_token()).proxy(origin).ratelimiter_disabled(true).build();
    // The events that Footnote asks for, so that both get the same.
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let client = ClientBuilder::new_with_http(http, intents).event_handler(handler).await;
    let mut client = client.expect("a client can be made");
    let socket = origin.replacen("http", "ws", 1);
    assert_eq!(*client.ws_url.lock().await, socket, "serenity would talk to the real Discord");
    client.start().await.expect("the connection holds");
}
