//! Who may do what: every cell of the tables of `docs/permissions.md`, tried.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::awaited::Pending;
use crate::support::discord::{general, moderators_role};
use crate::support::member::Member;
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, Discord, ELSEWHERE, EVE, HOME};
use crate::{QUESTION, UNANSWERED, folder, of_kind, stop_and_read};

/// People who are not among those of the other tests.
const ROLE: u64 = 1_500_000_000_000_000_004;
const MANAGER: u64 = 1_500_000_000_000_000_005;
const INSTALLER: u64 = 1_500_000_000_000_000_006;

/// What a refusal says, whichever it is.
const REFUSALS: [&str; 5] = [
    "people with Manage Server",
    "for somebody else alone",
    "Only the person who asked",
    "home server alone",
    "I do not know this button",
];

/// What is said of a record that may not be read.
const NO_RECORD: &str = "no such record";

/// The rows of the table whose head begins with this: the first cell, and the others by the head.
fn table(first: &str) -> Vec<(String, Vec<(String, String)>)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    let text = std::fs::read_to_string(path).expect("the tables are there");
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = text.lines().skip_while(|line| !line.starts_with(&format!("| {first} |")));
    let head = cells(lines.next().expect("the table is there"));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|')).map(cells);
    rows.map(|row| (row[0].clone(), head.iter().cloned().zip(row.iter().cloned()).skip(1).collect()))
        .collect()
}

/// A bot, and everybody who uses it.
struct Scene {
    discord: Discord,
    bot: Bot,
    /// How many refusals there must be on record.
    refused: usize,
    /// The record of an answer that was given at home.
    asked: i64,
}

impl Scene {
    async fn new(scope: &str) -> Scene {
        let discord = Discord::start().await;
        let roles = moderators_role(HOME).to_string();
        let both = format!("{HOME},{ELSEWHERE}");
        let variables = |homes: &str| {
            let homes = homes.to_owned();
            let channel = general(HOME).to_string();
            [
                ("HOME_GUILD_IDS", homes),
                ("MODERATOR_ROLE_IDS", roles.clone()),
                ("ASK_SCOPE", scope.to_owned()),
                ("AUDIT_CHANNEL_ID", channel),
                ("ASK_COOLDOWN_S", "0".to_owned()),
            ]
        };
        // Discord keeps the commands of a guild that was a home guild once.
        let first = variables(&both);
        let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let small = folder();
        std::fs::remove_file(small.path().join("corpus/questions.jsonl")).expect("removed");
        let (_, small) = Bot::start_in(&discord, small, &first).await.stop().await;
        let home = HOME.to_string();
        let then = variables(&home);
        let then: Vec<(&str, &str)> = then.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let bot = Bot::start_in(&discord, small, &then).await;
        Scene { discord, bot, refused: 0, asked: 0 }
    }

    /// The person of a column.
    fn person(&self, column: &str) -> Member {
        let (home, elsewhere) = (self.discord.guild(HOME), self.discord.guild(ELSEWHERE));
        match column {
            "member" | "the asker" => home.member(ADA),
            "another person" => home.member(BOB),
            "moderator" => home.member(EVE).manages_server(),
            "moderator role" => home.member(ROLE).with_role(moderators_role(HOME)),
            "moderator elsewhere" => elsewhere.member(MANAGER).manages_server(),
            "direct message" => self.discord.person(BOB),
            "user install" => elsewhere.member(INSTALLER).by_user_install(),
            other => panic!("nobody is {other:?}"),
        }
    }

    /// Whether what somebody did was allowed; and what they got to see.
    async fn outcome(pending: Pending) -> (bool, String) {
        match pending.acknowledged().await {
            // A form, or a message that is gone.
            6 | 9 => (true, String::new()),
            _ => {
                let reply = pending.await;
                let text = reply.text();
                let is_allowed = !REFUSALS.iter().any(|refusal| text.contains(refusal));
                assert!(is_allowed || reply.is_ephemeral(), "told to them alone: {reply:?}");
                (is_allowed, text)
            }
        }
    }

    fn hold(&mut self, cell: &str, what: &str, (is_allowed, text): (bool, String)) {
        let expected = match cell {
            "yes" | "own" => true,
            "no" => false,
            other => panic!("{what}: what is {other:?}?"),
        };
        assert_eq!(is_allowed, expected, "{what} is {cell:?}: {text}");
        if cell == "own" {
            let others = [ADA, BOB, EVE, ROLE];
            let named = others.into_iter().find(|user| text.contains(&user.to_string()));
            assert_eq!(named, None, "{what}: the records of others are not there: {text}");
        }
        if !is_allowed {
            assert!(!text.contains("Lakehurst"), "{what}: {text}");
            self.refused += 1;
        }
    }

    /// Ends it, and looks whether every refusal is on record.
    async fn end(self) {
        let records = stop_and_read(self.bot).await;
        let refusals: Vec<Value> = of_kind(&records, "refusal").into_iter().cloned().collect();
        assert_eq!(refusals.len(), self.refused, "{refusals:#?}");
    }
}

/// The options that a command needs.
fn options(scene: &Scene, who: &Member, command: &str, guild: u64) -> Vec<(&'static str, Value)> {
    let (text, flag) = (|text: &str| json!(text), json!(true));
    match command {
        "ask" => vec![("question", text(QUESTION))],
        "settings private" => vec![("value", json!(false))],
        "settings channel" => vec![("channel", json!(general(guild).to_string())), ("answer", flag)],
        "settings role" => {
            vec![("role", json!(moderators_role(guild).to_string())), ("allow", json!(false))]
        }
        "settings block" => vec![("person", json!(MANAGER.to_string())), ("block", json!(false))],
        "audit show" => vec![("record", json!(scene.asked))],
        "audit search" => vec![("words", text("zeppelin"))],
        "corpus reload" => vec![("preview", flag)],
        "corpus add" => vec![("file", who.attach("x.png", b"x", 1))],
        "corpus remove" => vec![("article", text("nonsense"))],
        _ => Vec::new(),
    }
}

async fn use_command(scene: &Scene, who: &Member, row: &str, column: &str) -> (bool, String) {
    let guild = if matches!(column, "moderator elsewhere" | "user install") { ELSEWHERE } else { HOME };
    let name = row.trim_start_matches('/');
    match name {
        "a mention" => {
            let said = if column == "direct message" { who.say(QUESTION) } else { who.mention(QUESTION) };
            let text = said.await.text();
            (!REFUSALS.iter().any(|refusal| text.contains(refusal)), text)
        }
        "Find the answer" => {
            // A message that is no question to the bot, and so stays without an answer.
            let id = match column {
                "direct message" => who.slash("privacy export", ()).await.id(),
                _ => who.say(QUESTION).id(),
            };
            Scene::outcome(who.use_on(id, name)).await
        }
        name => Scene::outcome(who.slash(name, options(scene, who, name, guild))).await,
    }
}

/// Every command that is registered, as the table names it.
fn registered(discord: &Discord) -> BTreeSet<String> {
    let all = discord.commands(None).into_iter().chain(discord.commands(Some(HOME)));
    let names = all.flat_map(|command| {
        let name = command["name"].as_str().unwrap_or_default().to_owned();
        let options = command["options"].as_array().cloned().unwrap_or_default();
        let below: Vec<String> = options
            .iter()
            .filter(|option| option["type"] == 1)
            .map(|option| format!("/{name} {}", option["name"].as_str().unwrap_or_default()))
            .collect();
        match (below.is_empty(), command["type"] == 3) {
            (false, _) => below,
            (true, true) => vec![name],
            (true, false) => vec![format!("/{name}")],
        }
    });
    names.collect()
}

#[tokio::test]
async fn every_command_is_for_whom_the_table_says() {
    let rows = table("command");
    for scope in ["everywhere", "home"] {
        let mut scene = Scene::new(scope).await;
        scene.asked = record(&scene.person("member").slash("ask", [("question", QUESTION)]).await);
        let named = |row: &str| row.split('`').nth(1).unwrap_or_default().to_owned();
        if scope == "everywhere" {
            let mut all: BTreeSet<String> = rows.iter().map(|(row, _)| named(row)).collect();
            all.remove("a mention");
            assert_eq!(all, registered(&scene.discord));
        }
        for (row, cells) in &rows {
            if row.contains("ASK_SCOPE=home") != (scope == "home") {
                continue;
            }
            for (column, cell) in cells {
                if cell == "–" {
                    continue;
                }
                let who = scene.person(column);
                let outcome = use_command(&scene, &who, &named(row), column).await;
                scene.hold(cell, &format!("{row} by {column}"), outcome);
            }
        }
        scene.end().await;
    }
}

/// The name of a button, forged for a record.
fn forged(row: &str, record: i64) -> String {
    let name = row.split('`').nth(1).unwrap_or_default();
    let (is_change, is_of_records) =
        (row.ends_with("of a change"), row.contains("of a record") || row.ends_with("of records"));
    match name {
        "More passages" => format!("f1:more:{record}:1"),
        "Next" => format!("f1:page:{record}:1"),
        "Why this answer?" if is_of_records => format!("a1:why:{record}"),
        "Full passage" if is_of_records => format!("a1:passage:{record}"),
        "Why this answer?" => format!("f1:why:{record}"),
        "Full passage" => format!("f1:passage:{record}"),
        "Follow up" => format!("f1:follow:{record}"),
        "Helpful" => format!("f1:up:{record}"),
        "Not helpful" => format!("f1:down:{record}"),
        "Tell the moderators" => format!("f1:gap:{record}"),
        "Show to everyone" => format!("f1:show:{record}"),
        "Delete" => format!("f1:delete:{record}"),
        "Add" => "e1:do:nonsense".to_owned(),
        "Cancel" if is_change => "e1:drop:nonsense".to_owned(),
        "Cancel" => "p1:keep".to_owned(),
        "Older" => format!("a1:older:{}::", record + 1),
        "My records as a file" => "p1:export".to_owned(),
        "Erase my records" => "p1:delete".to_owned(),
        "Erase them" => "p1:erase".to_owned(),
        "a name that means nothing" => "f1:nonsense".to_owned(),
        other => panic!("there is no button {other:?}"),
    }
}

/// The number of the record under an answer.
fn record(answer: &Reply) -> i64 {
    let footer = answer.embeds()[0].footer().to_owned();
    footer.trim_start_matches('#').split(' ').next().and_then(|id| id.parse().ok()).expect("a number")
}

#[tokio::test]
async fn every_button_is_for_whom_the_table_says() {
    let mut scene = Scene::new("everywhere").await;
    for (row, cells) in table("button") {
        for (column, cell) in cells {
            let asker = scene.person("the asker");
            let question = if row.contains("Tell the moderators") { UNANSWERED } else { QUESTION };
            let is_private = row.ends_with("of a private answer");
            let options = [("question", json!(question)), ("private", json!(is_private))];
            let answer = asker.slash("ask", options).await;
            let who = scene.person(&column);
            // Who cannot see the message has a forged button under one of their own.
            let sees = column == "the asker"
                || !is_private
                    && !matches!(&*column, "moderator elsewhere" | "direct message" | "user install");
            let under = if sees { answer.clone() } else { who.slash("help", ()).await };
            let pending = who.press_id(&under, &forged(&row, record(&answer)));
            let (is_allowed, text) = Scene::outcome(pending).await;
            if cell == "own" && !row.contains("Older") {
                assert!(text.contains(NO_RECORD), "{row} by {column}: {text}");
            }
            scene.hold(&cell, &format!("{row} by {column}"), (is_allowed, text));
        }
    }
    scene.end().await;
}

#[tokio::test]
async fn forged_names_do_nothing_and_are_recorded() {
    let mut scene = Scene::new("everywhere").await;
    let ada = scene.person("the asker");
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    let bob = scene.person("another person");
    for name in [
        "f1:why:0",
        "f1:why:-1",
        "f1:why:01",
        "f1:why:1:1",
        "f1:more:1",
        "f1:more:1:99999999999",
        "F1:why:1",
        "f2:why:1",
        "f1:explode:1",
        "f1:why:1' OR 1=1 --",
        "f1:why:99999999999999999999",
        "p1:erase:1500000000000000001",
        "p1:export:1500000000000000001",
        "x",
        "\u{202E}",
    ] {
        let pending = bob.press_id(&answer, name);
        let outcome = Scene::outcome(pending).await;
        scene.hold("no", name, outcome);
        assert_eq!(answer.now().expect("it stays").text(), answer.text(), "{name}");
    }
    scene.end().await;
}
