//! Proves the loopback Discord of `support`, by driving it with nothing but serenity.
//!
//! | module | what it proves |
//! |---|---|
//! | `bot` | that a test fails by what the real bot does wrong, without its doing |
//! | `gateway` | identify, heartbeat, resume, refusals, what content is withheld |
//! | `interactions` | commands, buttons, forms, autocompletion; one acknowledgement, in time |
//! | `rest` | messages, direct messages, files, errors |
//! | `rules` | limits of messages and commands, and who is pinged |
//! | `openapi` | that Discord's own file is really held against requests and responses |

#[path = "../support/mod.rs"]
mod support;

mod bot;
mod gateway;
mod interactions;
mod openapi;
mod rest;
mod rules;

use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, CommandInteraction, ComponentInteraction, CreateActionRow, CreateAllowedMentions,
    CreateButton, CreateInteractionResponse, CreateInteractionResponseMessage, GatewayIntents, Interaction,
};
use support::discord::world::Violation;
use support::{Client, Discord};

/// What the bot itself asks for: no privileged intent.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// The commands that these tests use.
fn commands() -> Value {
    let option = |name: &str, kind: u64, required: bool| json!({"type": kind, "name": name, "description": name, "required": required});
    let title = json!({"type": 3, "name": "in", "description": "where", "autocomplete": true});
    json!([
        {"name": "ask", "description": "Ask", "options": [option("question", 3, true), option("private", 5, false), title]},
        {"name": "corpus", "description": "Corpus", "default_member_permissions": "32", "options": [
            {"type": 1, "name": "reload", "description": "Reload", "options": [option("force", 5, false)]},
        ]},
        {"name": "Find the answer", "type": 3},
    ])
}

/// A client whose commands are registered.
async fn client(discord: &Discord) -> Client {
    let client = Client::connect(discord, INTENTS).await;
    client.http.create_global_commands(&commands()).await.expect("the commands are taken");
    client
}

/// The next interaction, which is a command.
async fn command(client: &mut Client) -> CommandInteraction {
    client.interaction().await.command().expect("it is a command")
}

/// The next interaction, which is a button.
async fn button(client: &mut Client) -> ComponentInteraction {
    match client.interaction().await {
        Interaction::Component(component) => component,
        other => panic!("it is no button: {other:?}"),
    }
}

/// An answer with a button, that pings nobody.
fn answer(text: &str) -> CreateInteractionResponse {
    let button = CreateButton::new("more").label("More passages").style(ButtonStyle::Secondary);
    let message = CreateInteractionResponseMessage::new().content(text);
    let message = message.allowed_mentions(CreateAllowedMentions::new());
    CreateInteractionResponse::Message(message.components(vec![CreateActionRow::Buttons(vec![button])]))
}

/// The code with which Discord refused a request, as serenity sees it.
fn code<T: std::fmt::Debug>(answered: serenity::Result<T>) -> isize {
    match answered {
        Err(serenity::Error::Http(serenity::all::HttpError::UnsuccessfulRequest(response))) => {
            response.error.code
        }
        other => panic!("it was not refused: {other:?}"),
    }
}

/// The only violation so far, in Discord's words.
fn only_violation(discord: &Discord) -> String {
    let violations: Vec<Violation> = discord.take_violations();
    assert_eq!(violations.len(), 1, "{violations:#?}");
    violations[0].problem.clone()
}
