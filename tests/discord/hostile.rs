//! Questions and articles that try to do something: shown as what they are, they do nothing.

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
