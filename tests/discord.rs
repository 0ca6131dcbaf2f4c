//! The whole program on Discord: the real binary, driven through a loopback server by people who ask.

mod support;

#[path = "discord/asking.rs"]
mod asking;
#[path = "discord/auditing.rs"]
mod auditing;
#[path = "discord/buttons.rs"]
mod buttons;
#[path = "discord/channels.rs"]
mod channels;
#[path = "discord/editing.rs"]
mod editing;
#[path = "discord/faults.rs"]
mod faults;
#[path = "discord/gallery.rs"]
mod gallery;
#[path = "discord/gateway.rs"]
mod gateway;
#[path = "discord/hostile.rs"]
mod hostile;
#[path = "discord/http.rs"]
mod http;
#[path = "discord/languages.rs"]
mod languages;
#[path = "discord/moderators.rs"]
mod moderators;
#[path = "discord/permissions.rs"]
mod permissions;
#[path = "discord/privacy.rs"]
mod privacy;
#[path = "discord/refusals.rs"]
mod refusals;
#[path = "discord/running.rs"]
mod running;
#[path = "discord/schedules.rs"]
mod schedules;
#[path = "discord/settings.rs"]
mod settings;
#[path = "discord/sharing.rs"]
mod sharing;
#[path = "discord/snapshots.rs"]
mod snapshots;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use support::{Bot, Discord};

/// What every bot of these tests can answer, beside the shipped articles: which sentences of those are chosen
/// is no matter of these tests.
const QUESTION: &str = "Where did the zeppelin land?";

/// A word of the answer.
const ANSWER: &str = "Lakehurst";

/// A home guild whose members may ask as often as they like.
const AT_HOME: [(&str, &str); 2] = [("HOME_GUILD_IDS", "1100000000000000000"), ("ASK_COOLDOWN_S", "0")];

/// No home guild: everybody may ask everywhere, as often as they like.
const ANYWHERE: [(&str, &str); 1] = [("ASK_COOLDOWN_S", "0")];

/// Stops the bot, which must end well, and reads all records it has written.
async fn stop_and_read(bot: Bot) -> Vec<Value> {
    let (code, folder) = bot.stop().await;
    assert_eq!(code, Some(0), "stopped by SIGTERM");
    records(folder.path())
}

/// All records of the audit store in a folder, oldest first.
fn records(folder: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_footnote"))
        .args(["audit", "export"])
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The records of one kind.
fn of_kind<'a>(records: &'a [Value], kind: &str) -> Vec<&'a Value> {
    records.iter().filter(|record| record["kind"] == kind).collect()
}

/// A question that no article answers.
const UNANSWERED: &str = "Xylophones zigzag quizzically?";

/// A folder with the shipped articles, and one that answers [`QUESTION`].
fn folder() -> tempfile::TempDir {
    let folder = Bot::folder();
    let article = "# The landing\n\nThe zeppelin landed at Lakehurst.\n";
    std::fs::write(folder.path().join("corpus/zeppelin.md"), article).expect("the folder can be written to");
    folder
}

/// A server and a bot with these variables, in such a folder.
async fn start(variables: &[(&str, &str)]) -> (Discord, Bot) {
    let discord = Discord::start().await;
    let bot = Bot::start_in(&discord, folder(), variables).await;
    (discord, bot)
}
