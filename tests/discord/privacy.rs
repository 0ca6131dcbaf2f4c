//! What a person learns of what is stored about them, gets of it, and has erased.

use serde_json::{Value, json};

use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, ELSEWHERE, EVE, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, UNANSWERED, of_kind, start, stop_and_read};

fn lines(reply: &Reply) -> Vec<Value> {
    assert!(reply.is_ephemeral() && reply.files().len() == 1, "{reply:?}");
    let text = String::from_utf8(reply.files()[0].bytes.clone()).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[tokio::test]
async fn everybody_is_told_wherever_they_are() {
    let (discord, bot) = start(&AT_HOME).await;
    let people = [discord.guild(HOME).member(ADA), discord.guild(ELSEWHERE).member(BOB), discord.person(EVE)];
    for person in &people {
        let told = person.slash("privacy show", ()).await;
        assert!(told.is_ephemeral() && told.text().contains("After 90 days"), "{told:?}");
        let none = person.slash("privacy export", ()).await;
        assert!(none.is_ephemeral() && none.text().contains("No record names you"), "{none:?}");
        let confirm = person.slash("privacy delete", ()).await;
        let none = person.press(&confirm, "Erase them").await;
        assert!(none.text().contains("No record names you"), "{none:?}");
    }
    assert!(stop_and_read(bot).await.is_empty(), "of that nothing is recorded");
}

#[tokio::test]
async fn the_days_are_those_that_the_operator_set() {
    for (days, told) in [("1", "After 1 day "), ("30", "After 30 days "), ("0", "Until you erase it")] {
        let (discord, _bot) = start(&[("AUDIT_RETENTION_DAYS", days)]).await;
        let privacy = discord.guild(HOME).member(ADA).slash("privacy show", ()).await;
        assert!(privacy.text().contains(told), "{privacy:?}");
    }
}

#[tokio::test]
async fn a_person_gets_what_is_stored_about_them_and_has_it_erased() {
    let key = "0123456789abcdef0123456789abcdef";
    for variables in [vec![], vec![("AUDIT_PSEUDONYM_KEY", key)]] {
        let variables: Vec<(&str, &str)> = ANYWHERE.into_iter().chain(variables).collect();
        let (discord, bot) = start(&variables).await;
        let (ada, bob) = (discord.guild(HOME).member(ADA), discord.guild(HOME).member(BOB));
        let answer = ada.slash("ask", [("question", QUESTION)]).await;
        let private = ada.slash("ask", [("question", json!(QUESTION)), ("private", json!(true))]).await;
        ada.press(&answer, "Helpful").await;
        discord.person(ADA).dm(QUESTION).await;
        bob.slash("ask", [("question", UNANSWERED)]).await;

        let own = ada.slash("privacy export", ()).await;
        let kinds: Vec<String> =
            lines(&own).iter().map(|line| line["kind"].as_str().unwrap_or_default().to_owned()).collect();
        assert_eq!(kinds, ["ask", "ask", "vote", "ask"], "{own:?}");
        assert!(own.text().contains("4 records that name you"), "{own:?}");

        let told = ada.slash("privacy show", ()).await;
        assert_eq!(lines(&ada.press(&told, "My records as a file").await).len(), 4);
        let confirm = ada.press(&told, "Erase my records").await;
        let kept = ada.press(&confirm, "Cancel").await;
        assert!(kept.id() == confirm.id() && kept.text().contains("Nothing was erased"), "{kept:?}");
        let confirm = ada.slash("privacy delete", ()).await;
        let erased = ada.press(&confirm, "Erase them").await;
        assert!(erased.text().contains("**Erased** from 4 records"), "{erased:?}");
        assert!(ada.slash("privacy export", ()).await.text().contains("No record names you"));

        // What is left of them says that it was erased, to whoever opens it.
        for (person, reply, button) in [
            (&ada, &answer, "Why this answer?"),
            (&bob, &answer, "Full passage"),
            (&ada, &private, "Show to everyone"),
            (&bob, &answer, "Delete"),
        ] {
            let gone = person.press(reply, button).await;
            assert!(gone.is_ephemeral() && gone.text().contains("was erased"), "{button}: {gone:?}");
            assert!(!gone.text().contains(ANSWER), "{gone:?}");
        }
        let eve = discord.guild(HOME).member(EVE).manages_server();
        let sheet = eve.slash("audit show", [("record", 1)]).await;
        assert!(sheet.text().contains("was erased from this record"), "{sheet:?}");
        assert!(!sheet.text().contains(QUESTION) && !sheet.text().contains(&ADA.to_string()), "{sheet:?}");
        let gone = eve.press_id(&sheet, "a1:why:1").await;
        assert!(gone.text().contains("was erased"), "{gone:?}");
        eve.press(&answer, "Delete").acknowledged().await;
        answer.deleted().await;

        let (_, folder) = bot.stop().await;
        let records = crate::records(folder.path());
        let erasure = of_kind(&records, "erasure")[0];
        assert_eq!([&erasure["user"], &erasure["guild"]], [&json!(null), &json!(null)], "whose is not said");
        assert_eq!(of_kind(&records, "refusal").len(), 0, "nobody wanted what is not theirs");
        assert!(!serde_json::json!(records).to_string().contains(&ADA.to_string()));
        let verified = std::process::Command::new(env!("CARGO_BIN_EXE_footnote"))
            .args(["audit", "verify"])
            .current_dir(folder.path())
            .env_clear()
            .status();
        assert!(verified.expect("the program can be started").success(), "the chain is whole");
    }
}

#[tokio::test]
async fn a_press_changes_no_message_of_others() {
    let (discord, bot) = start(&AT_HOME).await;
    let (ada, bob) = (discord.guild(HOME).member(ADA), discord.guild(HOME).member(BOB));
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    for forged in ["p1:erase", "p1:keep", "p1:", "p1:nonsense", "e1:do:x", "e1:drop:x", "a1:older:1::"] {
        let reply = bob.press_id(&answer, forged).await;
        assert!(reply.is_ephemeral() && reply.id() != answer.id(), "{forged}: {reply:?}");
        assert_eq!(answer.now().expect("it stays").text(), answer.text(), "{forged}");
    }
    let _folder = Bot::stop(bot).await;
}
