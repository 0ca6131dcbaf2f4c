//! Two processes that serve shards of one bot and share an audit store.

use std::process::Command;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::support::discord::world::World;
use crate::support::{ADA, BOB, Bot, Discord, ELSEWHERE, HOME};

const ASKED: [(&str, &str); 1] = [("question", "Where did the submarine surface?")];

/// How it is logged that other articles are taken over.
const TAKEN: &str = "another process has put other articles in place: answering from these";

/// A folder of few articles, its own for each process, as on two machines.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).expect("made");
    for (name, text) in [
        ("zeppelin.md", "# The landing\n\nThe zeppelin landed at Lakehurst.\n"),
        ("balloon.md", "# The balloon\n\nThe balloon rose from Annonay in 1783.\n"),
    ] {
        std::fs::write(corpus.join(name), text).expect("written");
    }
    folder
}

/// A process that serves one of four shards.
async fn shard(discord: &Discord, folder: tempfile::TempDir, store: &str, number: &str) -> Bot {
    let variables = [
        ("HOME_GUILD_IDS", "1100000000000000000"),
        ("ASK_SCOPE", "everywhere"),
        ("ASK_COOLDOWN_S", "0"),
        ("AUDIT_URL", store),
        ("SHARDS", number),
    ];
    let bot = Bot::spawn(discord, folder, &variables);
    bot.logged("connected to Discord").await;
    bot
}

/// Waits until a process has taken over other articles so many times.
async fn taken(discord: &Discord, bot: &Bot, times: usize) {
    let count = || bot.log().iter().filter(|line| line.contains(TAKEN)).count();
    discord.shared().until("other articles to be taken over", |_| (count() >= times).then_some(())).await;
}

async fn check(store: &str) {
    let discord = Discord::start().await;
    // The home server is on shard 3, the other on shard 1.
    let home = shard(&discord, folder(), store, "3/4").await;
    let other = shard(&discord, folder(), store, "1/4").await;
    let registered = |world: &World| {
        let requests = world.requests.iter().filter(|recorded| recorded.call.method == "PUT");
        let lists = requests.filter(|recorded| recorded.call.path.ends_with("/commands")).count();
        // Of each process, the commands of members and those of the home server.
        (lists >= 4).then_some(())
    };
    discord.shared().until("the commands to be registered", registered).await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    let bob = discord.guild(ELSEWHERE).member(BOB);
    assert!(!bob.slash("ask", ASKED).await.text().contains("Narvik"));

    let text = b"# The submarine\n\nThe submarine surfaced at Narvik.\n";
    let file = ada.attach("submarine.md", text, text.len());
    let preview = ada.slash("corpus add", [("file", file)]).await;
    ada.press(&preview, "Add").await;
    taken(&discord, &other, 1).await;
    let answer = bob.slash("ask", ASKED).await;
    assert!(answer.text().contains("Narvik") && answer.text().contains("3 articles"), "{answer:?}");

    // Its own folder was left behind: a reload that would take the article away everywhere is refused.
    other.signal("HUP");
    let refused = other.logged("the corpus was not reloaded").await;
    assert!(refused.contains("lacks what another process changed (submarine)"), "{refused}");
    assert!(bob.slash("ask", ASKED).await.text().contains("Narvik"));

    // At the next start it yields.
    let (code, left_behind) = other.stop().await;
    assert_eq!(code, Some(0));
    let other = shard(&discord, left_behind, store, "1/4").await;
    assert!(other.logged("the folder holds articles from before").await.contains("answering from"));
    assert!(bob.slash("ask", ASKED).await.text().contains("Narvik"));
    let preview = ada.slash("corpus undo", ()).await;
    ada.press(&preview, "Undo").await;
    taken(&discord, &other, 2).await;
    assert!(!bob.slash("ask", ASKED).await.text().contains("Narvik"));

    // A folder with new articles wins.
    let (code, folder) = other.stop().await;
    assert_eq!(code, Some(0));
    std::fs::write(folder.path().join("corpus/submarine.md"), text).expect("written");
    let other = shard(&discord, folder, store, "1/4").await;
    std::fs::write(other.corpus().join("ship.md"), "# The ship\n\nThe ship sailed to Bergen.\n")
        .expect("written");
    // What was undone is still in this folder: that is told before, and then done if it is meant.
    other.signal("HUP");
    let refused = other.logged("the corpus was not reloaded").await;
    assert!(refused.contains("lacks what another process changed (submarine)"), "{refused}");
    other.signal("HUP");
    other.logged("the corpus is reloaded").await;
    let ship = [("question", "Where did the ship sail to?")];
    taken(&discord, &home, 1).await;
    discord
        .shared()
        .until("the ship to arrive", |_| {
            home.log().iter().any(|line| line.contains(TAKEN) && line.contains("articles=4")).then_some(())
        })
        .await;
    assert!(ada.slash("ask", ship).await.text().contains("Bergen"));

    // A folder that is new and lacks something wins as well, and says what.
    let (code, folder) = other.stop().await;
    assert_eq!(code, Some(0));
    std::fs::remove_file(folder.path().join("corpus/submarine.md")).expect("removed");
    std::fs::write(folder.path().join("corpus/train.md"), "# The train\n\nThe train left Riga.\n")
        .expect("written");
    let other = shard(&discord, folder, store, "1/4").await;
    let warned = other.logged("the folder lacks articles that were in use").await;
    assert!(warned.contains("submarine") && !warned.contains("ship"), "{warned}");

    for bot in [home, other] {
        assert_eq!(bot.stop().await.0, Some(0));
    }
    let mut verify = Command::new(env!("CARGO_BIN_EXE_footnote"));
    let verified =
        verify.args(["audit", "verify"]).env_clear().env("AUDIT_URL", store).output().expect("run");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[tokio::test]
async fn what_is_reloaded_in_one_process_reaches_the_other() {
    let shared = tempfile::tempdir().expect("a folder");
    check(&format!("sqlite://{}", shared.path().join("audit.db").display())).await;
}

#[tokio::test]
async fn what_is_reloaded_in_one_process_reaches_the_other_through_postgres() {
    if let Some(store) = database("shards").await {
        check(&store).await;
    }
}

/// A store in the database of the tests, in a schema of its own; where there is none, says that the test is skipped.
pub async fn database(name: &str) -> Option<String> {
    let Ok(url) = std::env::var("FOOTNOTE_TEST_POSTGRES") else {
        eprintln!("skipped: FOOTNOTE_TEST_POSTGRES names no database");
        return None;
    };
    let schema = format!("{name}_{}", std::process::id());
    let mut connection = PgConnection::connect(&url).await.expect("connected");
    let make = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    sqlx::raw_sql(make).execute(&mut connection).await.expect("made");
    let mark = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{mark}options=-c%20search_path%3D{schema}"))
}
