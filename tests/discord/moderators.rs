//! What moderators can do: reload, see the state, list the articles.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::member::Member;
use crate::support::{ADA, BOB, Discord, HOME};
use crate::{ANSWER, AT_HOME, QUESTION, of_kind, start, stop_and_read};

fn moderator(discord: &Discord) -> Member {
    discord.guild(HOME).member(ADA).manages_server()
}

#[tokio::test]
async fn a_reload_adds_changes_and_removes() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = moderator(&discord);
    assert!(ada.sees("corpus"));
    std::fs::write(bot.corpus().join("submarine.md"), "The submarine surfaced at Narvik.\n")
        .expect("written");
    let nothing = ada.slash("ask", [("question", "Where did the submarine surface?")]).await;
    assert!(!nothing.text().contains("Narvik"), "not before the reload: {nothing:?}");

    let added = ada.slash("corpus reload", ()).await;
    assert!(added.is_ephemeral() && added.text().contains("1 added, 0 changed, 0 removed"), "{added:?}");
    let answer = ada.slash("ask", [("question", "Where did the submarine surface?")]).await;
    assert!(answer.text().contains("The submarine surfaced at Narvik."), "{answer:?}");
    assert!(answer.text().contains("· 7 articles"), "{answer:?}");
    discord
        .shared()
        .until("the status to tell it", |world| {
            world.sessions.presences.last()?.to_string().contains("7 articles").then_some(())
        })
        .await;

    std::fs::write(bot.corpus().join("submarine.md"), "The submarine surfaced at Bergen.\n")
        .expect("written");
    let changed = ada.slash("corpus reload", ()).await;
    assert!(changed.text().contains("0 added, 1 changed, 0 removed"), "{changed:?}");
    let answer = ada.slash("ask", [("question", "Where did the submarine surface?")]).await;
    assert!(answer.text().contains("Bergen"), "{answer:?}");

    std::fs::remove_file(bot.corpus().join("submarine.md")).expect("removed");
    let removed = ada.slash("corpus reload", ()).await;
    assert!(removed.text().contains("0 added, 0 changed, 1 removed"), "{removed:?}");
    assert!(removed.text().contains("- submarine"), "{removed:?}");

    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "reload").len(), 3);
}

#[tokio::test]
async fn a_broken_corpus_is_refused_and_the_old_one_stays() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = moderator(&discord);
    let mut articles: Vec<_> = std::fs::read_dir(bot.corpus())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    articles.sort();
    for article in articles.iter().skip(1) {
        std::fs::write(article, b"\xFF\xFE not UTF-8 \xFF").expect("written");
    }
    let refused = ada.slash("corpus reload", ()).await;
    let text = refused.text();
    assert!(text.contains("Not reloaded") && text.contains("only 1 of 6"), "{text}");
    assert!(text.contains("Problems") && text.contains(".md"), "each problem is named: {text}");
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(answer.text().contains(ANSWER) && answer.text().contains("· 6 articles"), "{answer:?}");

    let forced = ada.slash("corpus reload", [("force", true)]).await;
    assert!(forced.text().contains("**Reloaded**"), "{forced:?}");
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(answer.text().contains("· 1 article"), "{answer:?}");

    for article in &articles {
        std::fs::remove_file(article).expect("removed");
    }
    let empty = ada.slash("corpus reload", [("force", true)]).await;
    assert!(empty.text().contains("Not reloaded"), "even force does not make it empty: {empty:?}");

    let records = stop_and_read(bot).await;
    let reloads = of_kind(&records, "reload");
    assert_eq!(reloads.len(), 3);
}

#[tokio::test]
async fn questions_during_reloads_are_answered_from_one_corpus_each() {
    let (discord, bot) = start(&AT_HOME).await;
    let (ada, bob) = (moderator(&discord), discord.guild(HOME).member(BOB));
    let article = bot.corpus().join("submarine.md");
    for round in 0..6 {
        std::fs::write(&article, format!("The submarine surfaced at place number {round}.\n"))
            .expect("written");
        let reload = ada.slash("corpus reload", ());
        let asks: Vec<_> =
            (0..10).map(|_| bob.slash("ask", [("question", "Where did the submarine surface?")])).collect();
        for ask in asks {
            ask.await;
        }
        assert!(reload.await.text().contains("**Reloaded**"));
    }
    let records = stop_and_read(bot).await;
    let asks = of_kind(&records, "ask");
    assert_eq!(asks.len(), 60);
    // One digest, one text: no answer mixes two corpora.
    let pairs: BTreeSet<(String, String)> = asks
        .iter()
        .flat_map(|ask| {
            let digest = ask["corpus"]["digest"].to_string();
            let citations = ask["citations"].as_array().cloned().unwrap_or_default();
            let cited = citations.into_iter().filter(|citation| citation["article"] == "submarine");
            cited
                .map(move |citation| (digest.clone(), citation["content_hash"].to_string()))
                .collect::<Vec<_>>()
        })
        .collect();
    let digests: BTreeSet<&String> = pairs.iter().map(|(digest, _)| digest).collect();
    let hashes: BTreeSet<&String> = pairs.iter().map(|(_, hash)| hash).collect();
    assert!(pairs.len() >= 2, "reloads came between the questions: {pairs:?}");
    assert_eq!((digests.len(), hashes.len()), (pairs.len(), pairs.len()), "{pairs:?}");
}

#[tokio::test]
async fn the_status_and_the_articles_are_listed() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = moderator(&discord);
    let status = ada.slash("corpus status", ()).await;
    assert!(status.is_ephemeral());
    for part in ["6 articles", "Digest", "Loaded", "can be written", env!("CARGO_PKG_VERSION")] {
        assert!(status.text().contains(part), "{part}: {status:?}");
    }
    for number in 0..12 {
        let article = format!("Article number {number} tells of something.\n");
        std::fs::write(bot.corpus().join(format!("more-{number:02}.md")), article).expect("written");
    }
    // Forced: what golden questions make of a dozen more articles is no matter of this test.
    ada.slash("corpus reload", [("force", json!(true))]).await;
    let first = ada.slash("corpus articles", ()).await;
    assert!(first.text().contains("**18 articles**, page 1 of 2"), "{first:?}");
    let second = ada.slash("corpus articles", [("page", json!(2))]).await;
    assert!(second.text().contains("page 2 of 2"), "{second:?}");
    let listed = |text: String| text.lines().filter(|line| line.starts_with("- ")).count();
    assert_eq!(listed(first.text()) + listed(second.text()), 18);
}
