//! What moderators read of the audit trail, and where the end of its chain is posted.

use serde_json::{Value, json};

use crate::support::discord::{Discord, general, thread};
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, ELSEWHERE, EVE, HOME};
use crate::{ANSWER, AT_HOME, QUESTION, UNANSWERED, folder, of_kind, start, stop_and_read};

/// Everybody may ask everywhere, and one server is home.
const HOME_AND_ELSEWHERE: [(&str, &str); 3] =
    [("HOME_GUILD_IDS", "1100000000000000000"), ("ASK_SCOPE", "everywhere"), ("ASK_COOLDOWN_S", "0")];

/// The file that came with a reply, as text.
fn file(reply: &Reply) -> String {
    assert_eq!(reply.files().len(), 1, "{reply:?}");
    String::from_utf8(reply.files()[0].bytes.clone()).expect("UTF-8")
}

#[tokio::test]
async fn moderators_read_what_was_asked_on_their_own_server_alone() {
    let (discord, bot) = start(&HOME_AND_ELSEWHERE).await;
    discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]).await;
    discord.guild(ELSEWHERE).member(BOB).slash("ask", [("question", UNANSWERED)]).await;
    let eve = discord.guild(ELSEWHERE).member(EVE).manages_server();
    let ada = discord.guild(HOME).member(ADA).manages_server();

    let own = eve.slash("audit recent", ()).await;
    assert!(own.is_ephemeral() && own.can_ping_nobody());
    assert!(own.text().contains("Xylophones") && !own.text().contains("zeppelin"), "{own:?}");
    assert!(own.text().contains("not answered") && own.text().contains(&format!("<@{BOB}>")), "{own:?}");
    let all = ada.slash("audit recent", ()).await;
    assert!(all.text().contains("Xylophones") && all.text().contains("zeppelin"), "{all:?}");
    let unanswered = ada.slash("audit recent", [("unanswered", true)]).await;
    assert!(unanswered.text().contains("Xylophones") && !unanswered.text().contains("zeppelin"));

    let found = ada.slash("audit search", [("words", "ZEPPELIN land")]).await;
    assert!(found.text().contains("Where did the zeppelin land?"), "{found:?}");
    for words in ["zeppelin", "\"", "***"] {
        let none = eve.slash("audit search", [("words", words)]).await;
        assert!(none.text().contains("no such record"), "{words}: {none:?}");
    }

    let sheet = ada.slash("audit show", [("record", 1)]).await;
    for part in ["Record #1:", "answered", QUESTION, ANSWER, "Confidence", "Delivered:", "zeppelin"] {
        assert!(sheet.text().contains(part), "{part}: {sheet:?}");
    }
    assert!(ada.press(&sheet, "Why this answer?").await.text().contains("Score:"));
    assert!(ada.press(&sheet, "Full passage").await.text().contains("landed at Lakehurst"));
    let hidden = eve.slash("audit show", [("record", 1)]).await;
    assert!(hidden.text().contains("no such record"), "{hidden:?}");
    for forged in ["a1:why:1", "a1:passage:1", "a1:older:9::zeppelin"] {
        let hidden = eve.press_id(&own, forged).await;
        assert!(hidden.text().contains("no such record"), "{forged}: {hidden:?}");
    }

    let member = discord.guild(ELSEWHERE).member(BOB);
    assert!(!member.sees("audit") && eve.sees("audit"));
    for (command, options) in [
        ("audit recent", vec![]),
        ("audit show", vec![("record", json!(2))]),
        ("audit search", vec![("words", json!("xylophones"))]),
        ("audit export", vec![]),
        ("audit head", vec![]),
    ] {
        let refused = member.slash(command, options).await;
        assert!(refused.is_ephemeral() && refused.text().contains("Manage Server"), "{refused:?}");
        assert!(!refused.text().contains("Xylophones"), "{refused:?}");
    }
    let refused = member.press_id(&own, "a1:older:9::").await;
    assert!(refused.text().contains("Manage Server"), "{refused:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "refusal").len(), 6, "each is recorded");
}

#[tokio::test]
async fn records_are_handed_out_as_a_file() {
    let (discord, bot) = start(&HOME_AND_ELSEWHERE).await;
    discord.guild(HOME).member(ADA).slash("ask", [("question", QUESTION)]).await;
    discord.guild(ELSEWHERE).member(BOB).slash("ask", [("question", UNANSWERED)]).await;
    let eve = discord.guild(ELSEWHERE).member(EVE).manages_server();
    let own = eve.slash("audit export", ()).await;
    assert!(own.is_ephemeral() && own.files()[0].name.ends_with(".jsonl"), "{own:?}");
    let lines: Vec<Value> =
        file(&own).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["question"], json!(UNANSWERED));
    assert!(lines.iter().all(|line| line["guild"] == json!(ELSEWHERE.to_string())), "{lines:?}");

    let ada = discord.guild(HOME).member(ADA).manages_server();
    let csv = ada.slash("audit export", [("form", json!(1)), ("days", json!(1))]).await;
    let text = file(&csv);
    assert!(csv.files()[0].name.ends_with(".csv") && text.starts_with("\"id\","), "{text}");
    assert!(text.contains(QUESTION) && text.contains(UNANSWERED), "{text}");
    // A delivery is recorded once it has been made, which may be later.
    let told = csv.text();
    let count: usize = told.trim().split(' ').next().and_then(|count| count.parse().ok()).expect("a count");
    assert!(told.contains("records, the oldest first.") && count == text.lines().count() - 1, "{csv:?}");
    assert!(count <= stop_and_read(bot).await.len());
}

#[tokio::test]
async fn older_records_are_a_button_away() {
    let (discord, _bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    for at in 0..12 {
        ada.slash("ask", [("question", format!("Where did zeppelin number {at} land?"))]).await;
    }
    let newest = ada.slash("audit search", [("words", "zeppelin")]).await;
    let listed = |reply: &Reply| reply.text().lines().filter(|line| line.starts_with("- ")).count();
    assert_eq!(listed(&newest), 10, "{newest:?}");
    let older = ada.press(&newest, "Older").await;
    assert_eq!(older.id(), newest.id(), "in its place");
    assert!(listed(&older) == 2 && older.text().contains("number 0 land"), "{older:?}");
    assert!(older.buttons().is_empty() && older.text().contains("with these words:** zeppelin"), "{older:?}");
}

fn posts(discord: &Discord, channel: u64) -> Vec<String> {
    let sent = discord.requests().into_iter().filter(|recorded| {
        recorded.call.method == "POST"
            && recorded.status == 200
            && recorded.call.path == format!("/channels/{channel}/messages")
    });
    sent.map(|recorded| recorded.call.body["content"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn the_end_of_the_chain_is_posted_once_a_day_and_on_demand() {
    let channel = thread(HOME).to_string();
    let variables: Vec<(&str, &str)> =
        AT_HOME.into_iter().chain([("AUDIT_CHANNEL_ID", channel.as_str())]).collect();
    let discord = Discord::start().await;
    let bot = Bot::start_in(&discord, folder(), &variables).await;
    bot.logged("the end of the audit chain is posted").await;
    let first = posts(&discord, thread(HOME));
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].contains("audit verify --head"), "{first:?}");

    let ada = discord.guild(HOME).member(ADA).manages_server();
    ada.slash("ask", [("question", QUESTION)]).await;
    let head = ada.slash("audit head", ()).await;
    assert!(head.is_ephemeral() && head.text().contains(&format!("<#{channel}>")), "{head:?}");
    let (_, folder) = bot.stop().await;
    let bot = Bot::start_in(&discord, folder, &variables).await;
    ada.slash("ask", [("question", QUESTION)]).await;
    let posted = posts(&discord, thread(HOME));
    assert_eq!(posted.len(), 2, "not again after a restart: {posted:?}");
    discord.assert_pings_nobody();

    // What was posted can be checked against; and is, should somebody cut the end off.
    let (_, folder) = bot.stop().await;
    for (post, code) in posted.iter().map(|post| (post.as_str(), 0)).chain([("`#1 00`", 2)]) {
        let hash = post.split('`').nth(1).expect("it stands between backticks");
        let verified = std::process::Command::new(env!("CARGO_BIN_EXE_footnote"))
            .args(["audit", "verify", "--head", hash])
            .current_dir(folder.path())
            .env_clear()
            .output()
            .expect("the program can be started");
        assert_eq!(verified.status.code(), Some(code), "{hash}: {verified:?}");
    }
}

#[tokio::test]
async fn the_end_of_the_chain_is_posted_at_home_alone() {
    let channel = general(ELSEWHERE).to_string();
    let variables: Vec<(&str, &str)> =
        AT_HOME.into_iter().chain([("AUDIT_CHANNEL_ID", channel.as_str())]).collect();
    let discord = Discord::start().await;
    let bot = Bot::start_in(&discord, folder(), &variables).await;
    bot.logged("in none of the servers of HOME_GUILD_IDS").await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    ada.slash("ask", [("question", QUESTION)]).await;
    let head = ada.slash("audit head", ()).await;
    assert!(head.text().contains("End of the audit chain:** `#"), "{head:?}");
    assert!(head.text().contains("could not be posted"), "{head:?}");
    assert_eq!(posts(&discord, general(ELSEWHERE)), Vec::<String>::new());
    let eve = discord.guild(ELSEWHERE).member(EVE).manages_server();
    let refused = eve.slash("audit head", ()).await;
    assert!(refused.text().contains("moderators of the server that looks after"), "{refused:?}");
}
