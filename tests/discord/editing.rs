//! Articles added, removed and put back by moderators, and everything that could go wrong with what they hand in.

use serde_json::json;

use crate::support::member::Member;
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, Discord, EVE, HOME};
use crate::{ANSWER, AT_HOME, QUESTION, of_kind, stop_and_read};

const SUBMARINE: &str = "# The submarine\n\nThe submarine surfaced at Narvik.\n";

fn moderator(discord: &Discord) -> Member {
    discord.guild(HOME).member(ADA).manages_server()
}

async fn add(ada: &Member, name: &str, content: &[u8]) -> Reply {
    let file = ada.attach(name, content, content.len());
    ada.slash("corpus add", [("file", file)]).await
}

/// A bot with few articles, since each preview asks their golden questions four times.
async fn start_small() -> (Discord, Bot) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).expect("made");
    let articles = [
        ("zeppelin.md", "# The landing\n\nThe zeppelin landed at Lakehurst.\n"),
        ("balloon.md", "# The balloon\n\nThe balloon rose from Annonay in 1783.\n"),
        ("ship.md", "# The ship\n\nThe ship sailed to Bergen with salt and came back with fish.\n"),
    ];
    for (name, text) in articles {
        std::fs::write(corpus.join(name), text).expect("written");
    }
    let discord = Discord::start().await;
    let bot = Bot::start_in(&discord, folder, &AT_HOME).await;
    (discord, bot)
}

/// The names of all files of the corpus, those of the bot's own folder left out.
fn files(bot: &Bot) -> Vec<String> {
    let entries = std::fs::read_dir(bot.corpus()).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != ".footnote").collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_article_is_shown_confirmed_answered_from_and_taken_back() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let before = files(&bot);
    let question = [("question", "Where did the submarine surface?")];

    let preview = add(&ada, "submarine.md", SUBMARINE.as_bytes()).await;
    assert!(preview.is_ephemeral(), "{preview:?}");
    for part in [
        "**To be added:** submarine.md",
        "nothing is changed yet",
        "1 added",
        "Golden questions",
        "- submarine",
    ] {
        assert!(preview.text().contains(part), "{part}: {preview:?}");
    }
    assert_eq!(files(&bot), before, "nothing is written before it is confirmed");
    assert!(!ada.slash("ask", question).await.text().contains("Narvik"));

    let added = ada.press(&preview, "Add").await;
    assert_eq!(added.id(), preview.id());
    assert!(added.text().contains("**Added:** submarine.md") && added.buttons().is_empty(), "{added:?}");
    assert_eq!(std::fs::read_to_string(bot.corpus().join("submarine.md")).expect("written"), SUBMARINE);
    assert!(ada.slash("ask", question).await.text().contains("surfaced at Narvik"));

    let offered = ada.complete("corpus remove", "article", "submarin").await;
    assert_eq!(offered[0].value, json!("submarine"));
    let preview = ada.slash("corpus remove", [("article", "submarine")]).await;
    assert!(preview.text().contains("**To be removed:** submarine.md"), "{preview:?}");
    let cancelled = ada.press(&preview, "Cancel").await;
    assert!(cancelled.text().contains("Nothing was changed"), "{cancelled:?}");
    let preview = ada.slash("corpus remove", [("article", "The submarine")]).await;
    let removed = ada.press(&preview, "Remove").await;
    assert!(removed.text().contains("**Removed:** submarine.md"), "{removed:?}");
    assert_eq!(files(&bot), before);

    let preview = ada.slash("corpus undo", ()).await;
    assert!(
        preview.text().contains("**To be undone:**") && preview.text().contains("1 added"),
        "{preview:?}"
    );
    // Another change comes between: what is confirmed would not be the last any more.
    let between = add(&ada, "other.md", b"# Another\n\nThe kayak capsized off Tromso.").await;
    ada.press(&between, "Add").await;
    let late = ada.press(&preview, "Undo").await;
    assert!(!late.text().contains("**Undone"), "{late:?}");
    assert!(!ada.slash("ask", question).await.text().contains("surfaced at Narvik"), "nothing is undone");
    let preview = ada.slash("corpus undo", ()).await;
    ada.press(&preview, "Undo").await;
    assert_eq!(files(&bot), before, "the other change can be undone");
    let preview = ada.slash("corpus undo", ()).await;
    ada.press(&preview, "Undo").await;
    assert!(ada.slash("ask", question).await.text().contains("surfaced at Narvik"), "removal is undone");
    let preview = ada.slash("corpus undo", ()).await;
    ada.press(&preview, "Undo").await;
    assert_eq!(files(&bot), before, "addition is undone");
    let none = ada.slash("corpus undo", ()).await;
    assert!(none.text().contains("no change to undo"), "{none:?}");

    let records = stop_and_read(bot).await;
    let changes = of_kind(&records, "corpus_change");
    let edits: Vec<_> = changes.iter().map(|change| change["change"]["edit"].clone()).collect();
    assert_eq!(edits, ["add", "remove", "add", "undo", "undo", "undo"]);
    assert!(changes.iter().all(|change| change["user"] == json!(ADA.to_string())));
}

#[tokio::test]
async fn a_text_can_be_pasted_into_a_collection() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let form = ada.slash("corpus add", [("folder", "sea/north")]).modal().await;
    assert_eq!(form.inputs.len(), 4);
    let texts = [
        ("title", "The \"Nautilus\": a ship"),
        ("publisher", "The Paper"),
        ("url", "https://example.org/n"),
        ("text", "The Nautilus surfaced at the pole in 1958."),
    ];
    let preview = ada.submit(&form, &texts).await;
    assert!(preview.text().contains("sea/north/the-nautilus-a-ship.md"), "{preview:?}");
    ada.press(&preview, "Add").await;
    let options = [("question", json!("Where did the Nautilus surface?")), ("in", json!("sea/"))];
    let answer = ada.slash("ask", options).await;
    assert!(
        answer.text().contains("surfaced at the pole") && answer.text().contains("The Paper"),
        "{answer:?}"
    );
    assert!(bot.corpus().join("sea/north/the-nautilus-a-ship.md").is_file());
}

#[tokio::test]
async fn what_cannot_be_added_is_refused_and_nothing_is_written() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let before = files(&bot);
    let check = async |name: &str, content: &[u8], expected: &str| {
        let reply = add(&ada, name, content).await;
        assert!(reply.is_ephemeral() && reply.buttons().is_empty(), "{name}: {reply:?}");
        assert!(
            reply.text().contains("**Not done:**") && reply.text().contains(expected),
            "{name}: {reply:?}"
        );
    };
    let text = SUBMARINE.as_bytes();
    check("../../x", text, "cannot be the name").await;
    check("../../x.md", text, "cannot be the name").await;
    check(".hidden.md", text, "cannot be the name").await;
    check("_draft.md", text, "cannot be the name").await;
    check("README.md", text, "keeps for something else").await;
    check("synonyms.txt", text, "keeps for something else").await;
    check("questions.jsonl", text, "keeps for something else").await;
    check("bomb.zip", &zip_bomb(), "no format").await;
    check("bomb.html", &zip_bomb(), "nothing in it can be used").await;
    check("bomb.jsonl", &zip_bomb(), "nothing in it can be used").await;
    check("article.md.exe", text, "no format").await;
    check("picture.png", b"\x89PNG", "no format").await;
    check("zeppelin.md", text, "already a file").await;
    check("zeppelin.txt", text, "is taken by zeppelin.md").await;
    check("binary.md", b"\xFF\xFE\x00 not UTF-8 \xFF", "nothing in it can be used").await;
    check("empty.md", b"", "nothing in it can be used").await;
    check("nested.html", "<div>".repeat(100_000).as_bytes(), "nothing in it can be used").await;

    // Discord says that it is large; and it is large though Discord says otherwise.
    let claimed = ada.attach("large.md", b"x", 20 << 20);
    assert!(ada.slash("corpus add", [("file", claimed)]).await.text().contains("larger than 16 MiB"));
    let large = "Some words of a long text. ".repeat(700_000);
    let lied = ada.attach("large.md", large.as_bytes(), 10);
    assert!(ada.slash("corpus add", [("file", lied)]).await.text().contains("larger than 16 MiB"));
    let folder = [("file", ada.attach("x.md", text, text.len())), ("folder", json!("../.."))];
    assert!(ada.slash("corpus add", folder).await.text().contains("cannot be the name"));
    for unknown in ["nonsense", "../zeppelin", "synonyms", "air/"] {
        let reply = ada.slash("corpus remove", [("article", unknown)]).await;
        assert!(reply.text().contains("there is no article"), "{reply:?}");
    }
    assert_eq!(files(&bot), before);
    assert_eq!(std::fs::read_dir(bot.path()).expect("a folder").count(), 2, "corpus and data, nothing else");
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    assert!(answer.text().contains(ANSWER) && answer.text().contains("3 articles"), "{answer:?}");
}

/// A file of a zip archive that would unpack to 64 MiB.
fn zip_bomb() -> Vec<u8> {
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &vec![b'a'; 64 << 20]).expect("written to memory");
    let packed = packed.finish().expect("written to memory");
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\xDE\xAD\xBE\xEF".to_vec();
    zip.extend(u32::try_from(packed.len()).expect("small").to_le_bytes());
    zip.extend((64u32 << 20).to_le_bytes());
    zip.extend(b"\x05\0\0\0a.txt");
    zip.extend(packed);
    zip
}

#[tokio::test]
async fn a_page_with_scripts_is_read_without_them() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let page = "<!doctype html><html><head><title>The glider</title><script>evil('glider')</script>\
        <style>p { color: red }</style></head><body onload=\"evil()\"><h1>The glider</h1>\
        <p>The glider flew over Kitty Hawk in the autumn of 1902, before anybody had built an engine for it.</p>\
        <script>document.write('The glider flew over Mars.')</script><noscript>The glider flew over Venus.</noscript>\
        <iframe srcdoc=\"<p>The glider flew over Jupiter.</p>\"></iframe><a href=\"javascript:evil()\">The landing \
        of the glider was soft, as all who stood there in the sand wrote home.</a></body></html>";
    let preview = add(&ada, "glider.html", page.as_bytes()).await;
    assert!(preview.text().contains("1 added"), "{preview:?}");
    ada.press(&preview, "Add").await;
    let answer = ada.slash("ask", [("question", "What flew over Kitty Hawk in the autumn of 1902?")]).await;
    assert!(answer.text().contains("flew over Kitty Hawk"), "{answer:?}");
    let passage = ada.press(&answer, "Full passage").await;
    for told in [answer.text(), passage.text()] {
        for hidden in ["evil", "Mars", "Venus", "Jupiter", "color", "<"] {
            assert!(!told.contains(hidden), "{hidden}: {told}");
        }
    }
    assert!(bot.corpus().join("glider.html").is_file());
}

#[tokio::test]
async fn a_file_of_many_articles_is_taken_but_for_its_broken_line() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let mut lines: Vec<String> = (0..40)
        .map(|at| json!({"id": format!("port-{at}"), "title": format!("Port {at}"), "text": format!("Port number {at} was opened by mayor {at}.")}).to_string())
        .collect();
    lines[7] = "{ broken".to_owned();
    let preview = add(&ada, "ports.jsonl", lines.join("\n").as_bytes()).await;
    assert!(preview.text().contains("39 added") && preview.text().contains("line 8"), "{preview:?}");
    let added = ada.press(&preview, "Add").await;
    assert!(added.text().contains("**Added:** ports.jsonl"), "{added:?}");

    let preview = ada.slash("corpus remove", [("article", "port-3")]).await;
    assert!(preview.text().contains("1 removed"), "one line of the file: {preview:?}");
    ada.press(&preview, "Remove").await;
    let kept = std::fs::read_to_string(bot.corpus().join("ports.jsonl")).expect("still there");
    assert_eq!(kept.lines().count(), 39);
    assert!(!kept.contains("port-3\"") && kept.contains("port-39\""));

    lines[8] = lines[9].clone();
    let twice = lines.join("\n").replace("port-", "quay-");
    let preview = add(&ada, "quays.jsonl", twice.as_bytes()).await;
    assert!(
        preview.text().contains("38 added") && preview.text().contains("stands in it twice"),
        "{preview:?}"
    );
    let taken = add(&ada, "more.jsonl", lines.join("\n").as_bytes()).await;
    assert!(taken.text().contains("is taken by ports.jsonl"), "{taken:?}");
}

#[tokio::test]
async fn only_moderators_confirm_and_only_what_is_as_it_was() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let preview = add(&ada, "submarine.md", SUBMARINE.as_bytes()).await;
    let name = preview.buttons()[0].custom_id.clone().expect("a button");
    let eve = discord.guild(HOME).member(EVE);
    let own = eve.slash("help", ()).await;
    let refused = eve.press_id(&own, &name).await;
    assert!(refused.text().contains("moderators"), "{refused:?}");
    assert!(!bot.corpus().join("submarine.md").exists());

    std::fs::write(bot.corpus().join("submarine.md"), "Somebody else's.\n").expect("written");
    let conflict = ada.press(&preview, "Add").await;
    assert!(conflict.text().contains("changed by somebody else"), "{conflict:?}");
    assert_eq!(
        std::fs::read_to_string(bot.corpus().join("submarine.md")).expect("there"),
        "Somebody else's.\n"
    );
    std::fs::remove_file(bot.corpus().join("submarine.md")).expect("removed");

    let preview = add(&ada, "submarine.md", SUBMARINE.as_bytes()).await;
    let (_, folder) = bot.stop().await;
    let _bot = Bot::start_in(&discord, folder, &AT_HOME).await;
    let added = ada.press(&preview, "Add").await;
    assert!(added.text().contains("**Added:**"), "it waits through a restart: {added:?}");
    let again = ada.press_id(&preview, &name).await;
    assert!(again.text().contains("no longer waits"), "{again:?}");
    let bob = discord.guild(HOME).member(BOB);
    let file = bob.attach("x.md", b"x", 1);
    let refused = bob.slash("corpus add", [("file", file)]).await;
    assert!(refused.text().contains("moderators"), "{refused:?}");
    assert!(bob.complete("corpus remove", "article", "").await.is_empty(), "names are for moderators");
}

#[tokio::test]
async fn a_preview_of_a_reload_names_answers_that_change_and_changes_nothing() {
    let (discord, bot) = start_small().await;
    let ada = moderator(&discord);
    let questions =
        json!({"id": "landing", "question": QUESTION, "relevant": ["zeppelin"], "answers": [ANSWER]});
    std::fs::write(bot.corpus().join("questions.jsonl"), format!("{questions}\n")).expect("written");
    ada.slash("corpus reload", ()).await;
    std::fs::write(bot.corpus().join("zeppelin.md"), "# The landing\n\nThe zeppelin landed at Recife.\n")
        .expect("written");
    let preview = ada.slash("corpus reload", [("preview", true)]).await;
    for part in [
        "nothing is changed yet",
        "whose answer changes:**\n- landing",
        "**Not done:** golden questions",
        "1 changed",
    ] {
        assert!(preview.text().contains(part), "{part}: {preview:?}");
    }
    assert!(ada.slash("ask", [("question", QUESTION)]).await.text().contains(ANSWER));

    let preview = ada.slash("corpus remove", [("article", "zeppelin")]).await;
    assert!(preview.text().contains("articles are all gone"), "{preview:?}");
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "reload").len(), 1, "a preview is no reload");
}
