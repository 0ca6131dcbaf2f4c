//! The replies as pictures: writes what people see as JSON, from which `docs/gallery/render.mjs` draws it. Not one
//! of the tests; run with `cargo test --test discord gallery -- --ignored`.

use serde_json::{Value, json};

use crate::support::member::Member;
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, Discord, HOME};
use crate::{ANYWHERE, folder};

/// One exchange: what a person did, and what the bot replied.
fn scene(name: &str, by: &str, did: &str, reply: &Reply) -> Value {
    json!({ "name": name, "by": by, "did": did, "message": reply.json(), "private": reply.is_ephemeral() })
}

async fn ask(member: &Member, question: &str) -> Reply {
    member.slash("ask", [("question", question)]).await
}

#[tokio::test]
#[ignore = "draws pictures"]
async fn gallery() {
    let discord = Discord::start().await;
    let variables: Vec<(&str, &str)> = ANYWHERE
        .into_iter()
        .chain([("HOME_GUILD_IDS", "1100000000000000000"), ("ASK_SCOPE", "everywhere")])
        .collect();
    let bot = Bot::start_in(&discord, folder(), &variables).await;
    let home = discord.guild(HOME);
    let (ada, bob) = (home.member(ADA).manages_server(), home.member(BOB));
    let mut scenes = Vec::new();
    let mut keep = |scene: Value| scenes.push(scene);

    let answer = ask(&bob, "What weapons did Iran seek?").await;
    keep(scene("answer", "Bob", "/ask question: What weapons did Iran seek?", &answer));
    let why = bob.press(&answer, "Why this answer?").await;
    keep(scene("why", "Bob", "presses “Why this answer?”", &why));
    let more = bob.press(&answer, "More passages").await;
    keep(scene("more", "Bob", "presses “More passages”", &more));
    let none = ask(&bob, "Who won the chess championship of 1972?").await;
    keep(scene("not-found", "Bob", "/ask question: Who won the chess championship of 1972?", &none));
    let german = ask(&bob.clone().locale("de"), "What weapons did Iran seek?").await;
    keep(scene("german", "Bob", "/fragen frage: What weapons did Iran seek?", &german));
    let arabic = ask(&bob.clone().locale("ar"), "Who visited Moscow?").await;
    keep(scene("arabic", "Bob", "/اسأل سؤال: Who visited Moscow?", &arabic));
    let file = ada.attach("submarine.md", b"# The submarine\n\nThe submarine surfaced at Narvik.\n", 50);
    let preview = ada.slash("corpus add", [("file", file)]).await;
    keep(scene("corpus-add", "Ada", "/corpus add file: submarine.md", &preview));
    let settings = ada.slash("settings private", [("value", true)]).await;
    keep(scene("settings", "Ada", "/settings private value: True", &settings));
    let privacy = bob.slash("privacy show", ()).await;
    keep(scene("privacy", "Bob", "/privacy show", &privacy));
    let asked = ask(&ada, "What weapons did Iran seek?").await;
    ada.press(&asked, "Helpful").await;
    let recent = ada.slash("audit recent", ()).await;
    keep(scene("audit-recent", "Ada", "/audit recent", &recent));
    let record = asked.embeds()[0].footer().trim_start_matches('#').split(' ').next().map(str::to_owned);
    let record: i64 = record.and_then(|id| id.parse().ok()).expect("a number");
    let shown = ada.slash("audit show", [("record", record)]).await;
    keep(scene("audit-show", "Ada", &format!("/audit show record: {record}"), &shown));
    let help = bob.slash("help", ()).await;
    keep(scene("help", "Bob", "/help", &help));

    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery.json");
    std::fs::write(&target, serde_json::to_vec_pretty(&scenes).expect("JSON")).expect("written");
    println!("{}", target.display());
    drop(bot);
}
