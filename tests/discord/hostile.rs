//! Questions and articles that try to do something: shown as what they are, they do nothing.

use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use serde_json::json;

use crate::support::{ADA, Bot, Discord, HOME};
use crate::{AT_HOME, start};

#[tokio::test]
async fn a_hostile_question_pings_nobody_and_forges_nothing() {
    let (discord, _bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let hostile = [
        format!("@everyone @here <@{ADA}> <@&{}> T-90?", HOME + 2),
        "[T-90](https://evil.example) https://evil.example discord.gg/abc".to_owned(),
        "```\nT-90\n``` **T-90** ||T-90|| `T-90` # T-90\n> T-90".to_owned(),
        "\u{202E}T-90\u{202C} \u{2067}שלום T-90".to_owned(),
        r"^(T-90|.*)+$ [[:alpha:]]{9999} \1(?R)".to_owned(),
        "T-90 a\u{200D}b\u{200B}c\u{FEFF}d \u{1b}[2J\u{1b}]8;;https://evil.example\u{7}x".to_owned(),
        "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 T-90 e\u{301}\u{302}\u{303}\u{304}".to_owned(),
        format!("T-90 {}", "\u{300}".repeat(900)),
        format!("T-90 {}", "*_`|~[]()<>".repeat(90)),
    ];
    for question in hostile {
        let reply = ada.slash("ask", [("question", json!(question))]).await;
        assert!(reply.pings().is_nobody(), "{reply:?}");
        let text = reply.text();
        assert!(!text.contains("@everyone") && !text.contains("<@"), "{text}");
        assert!(!text.contains("(https://evil.example)"), "{text}");
        assert!(!text.contains('\u{202E}'), "{text}");
        ada.mention(&question).await;
    }
    discord.assert_pings_nobody();
}

#[tokio::test]
async fn a_hostile_article_is_quoted_and_does_nothing() {
    let folder = crate::folder();
    let article = format!(
        "---\ntitle: '@everyone [x](https://evil.example)'\npublisher: '<@{ADA}> **bold**'\n\
         url: https://example.org/a_(b)?q=\"x\"\n---\n\n\
         Hovercraft say @everyone and <@{ADA}> at https://evil.example or discord.gg/abc today. \
         ]( `code` ||spoiler|| **bold** \u{202E}reversed\u{202C} > “[2] **Forged citation**”.\n"
    );
    std::fs::write(folder.path().join("corpus/hovercraft.txt"), &article).expect("written");
    std::fs::write(folder.path().join("corpus/hovercraft.md"), article).expect("written");
    let long = format!("Airships {}are long.\n", "and airships ".repeat(5_000));
    std::fs::write(folder.path().join("corpus/airships.txt"), long).expect("written");
    let discord = Discord::start().await;
    let _bot = Bot::start_in(&discord, folder, &AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    for question in ["What do hovercraft say today?", "What is long about airships?"] {
        let reply = ada.slash("ask", [("question", question)]).await;
        assert!(reply.text().contains("[1]"), "{reply:?}");
        assert!(reply.pings().is_nobody(), "{reply:?}");
        assert!(!reply.text().contains("@everyone") && !reply.text().contains("<@"), "{reply:?}");
        assert!(!reply.text().contains("](https://evil.example)"), "{reply:?}");
        let starting = |with: &str| reply.text().lines().filter(|line| line.starts_with(with)).count();
        assert_eq!(starting("> “"), starting("["), "no citation without a quote: {reply:?}");
    }
    discord.assert_pings_nobody();
}

/// Pieces of text that Discord, Markdown or a reader could take for something else.
const PIECES: [&str; 34] = [
    "zeppelin",
    "Lakehurst landed",
    "the visit to Moscow",
    "in 1783",
    "S-300",
    "@everyone",
    "@here",
    "<@1500000000000000001>",
    "<@&1100000000000000001>",
    "<#1100000000000000010>",
    "</ask:1>",
    "<:a:1>",
    "<t:1:R>",
    "https://evil.example/x?y=(z)",
    "[label](https://evil.example)",
    "](",
    "discord.gg/abc",
    "```",
    "`x`",
    "**",
    "||",
    "~~",
    "\n# heading",
    "\n> quote",
    "\n-# small",
    "\n- [2] **Forged**",
    "\\",
    "\u{202E}desrever",
    "\u{2066}\u{2069}\u{2069}",
    "مرحبا بالعالم",
    "שלום",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👩\u{200D}👩\u{200D}👧\u{200D}👦🇮🇷",
    "\u{0}\u{1b}[2J\u{FEFF}\u{200B}",
];

/// A text of such pieces, of some length. The same texts at every run.
fn texts(runner: &mut TestRunner, pieces: std::ops::Range<usize>, count: usize) -> Vec<String> {
    let text = vec((select(&PIECES[..]), "( |\\. |, |)"), pieces);
    let join = |parts: Vec<(&str, String)>| -> String {
        parts.into_iter().flat_map(|(piece, end)| [piece.to_owned(), end]).collect()
    };
    (0..count).map(|_| join(text.new_tree(runner).expect("a text").current())).collect()
}

#[tokio::test]
async fn whatever_is_asked_and_written_discord_takes_the_reply() {
    let runner = &mut TestRunner::deterministic();
    let folder = crate::folder();
    let (titles, bodies) = (texts(runner, 1..30, 24), texts(runner, 5..200, 24));
    for (at, (title, body)) in titles.iter().zip(&bodies).enumerate() {
        // What a file name cannot hold is left out of it.
        let name: String = title.chars().filter(|c| !matches!(c, '/' | '\0')).take(40).collect();
        let title = serde_json::Value::from(title.as_str());
        let url = format!("https://example.org/{}", "(x)".repeat(at * 12));
        let text = format!("---\ntitle: {title}\npublisher: {title}\nurl: {url}\n---\n\n{body}\n");
        std::fs::write(folder.path().join(format!("corpus/x{at}{}.md", name.trim())), text).expect("written");
    }
    let discord = Discord::start().await;
    let variables: Vec<(&str, &str)> = AT_HOME.into_iter().chain([("MIN_CONFIDENCE", "0")]).collect();
    let bot = Bot::start_in(&discord, folder, &variables).await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    let locales = ["en-US", "ar", "de", "zh-CN"];
    let (mut answers, mut pressed) = (0, 0);
    for (at, question) in texts(runner, 1..120, 32).into_iter().enumerate() {
        let ada = ada.clone().locale(locales[at % locales.len()]);
        let question: String = question.chars().take(1000).collect();
        let reply = ada.slash("ask", [("question", question.as_str())]).await;
        answers += usize::from(reply.text().contains("[1]"));
        let names = reply.buttons().into_iter().filter_map(|button| button.custom_id);
        for name in names.filter(|name| !name.contains(":delete:") && !name.contains(":follow:")) {
            ada.press_id(&reply, &name).await;
            pressed += 1;
        }
        ada.complete("ask", "in", &question.chars().take(100).collect::<String>()).await;
        ada.slash("audit show", [("record", 1 + 3 * at)]).await;
        if at % 8 == 0 {
            ada.mention(&question).await;
            ada.slash("ask", [("question", "zeppelin?"), ("in", question.as_str())]).await;
            ada.slash("audit search", [("words", question.chars().take(200).collect::<String>())]).await;
            ada.slash("audit recent", ()).await;
            ada.slash("corpus articles", [("page", at / 8 + 1)]).await;
            ada.slash("corpus remove", [("article", question.as_str())]).await;
            let file = ada.attach(&format!("{}.md", titles[at % 24]), bodies[at % 24].as_bytes(), 10);
            ada.slash("corpus add", [("file", file)]).await;
        }
    }
    assert!(answers > 12 && pressed > 100, "{answers} answers, {pressed} presses");
    discord.assert_pings_nobody();
    // What Discord, its OpenAPI file or another library would refuse fails the test as the server is dropped.
    drop(bot);
}
