//! What stands under an answer: every button, pressed by who may and by who may not, after a restart, forged.

use serde_json::json;

use crate::support::{ADA, BOB, Bot, EVE, HOME};
use crate::{ANSWER, ANYWHERE, AT_HOME, QUESTION, UNANSWERED, of_kind, start, stop_and_read};

#[tokio::test]
async fn an_answer_can_be_worked_with_by_who_reads_it() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let answer = home.member(ADA).slash("ask", [("question", QUESTION)]).await;
    let bob = home.member(BOB);

    let why = bob.press(&answer, "Why this answer?").await;
    assert!(why.is_ephemeral(), "{why:?}");
    for part in ["Confidence:", "zeppelin:", "Score:", "Asked of 6 articles"] {
        assert!(why.text().contains(part), "{part}: {why:?}");
    }
    let passage = bob.press(&answer, "Full passage").await;
    assert!(
        passage.is_ephemeral() && passage.text().contains("The zeppelin landed at Lakehurst."),
        "{passage:?}"
    );

    let more = bob.press(&answer, "More passages").await;
    assert!(more.is_ephemeral() && more.text().contains("Further passages, page 1"), "{more:?}");
    let next = bob.press(&more, "Next").await;
    assert_eq!(next.id(), more.id(), "the next page takes the place of the first");
    assert!(next.text().contains("page 2"), "{next:?}");
    let back = bob.press(&next, "Previous").await;
    assert_eq!(back.embeds()[0].description(), more.embeds()[0].description());

    let records = stop_and_read(bot).await;
    let asks = of_kind(&records, "ask");
    let pages: Vec<_> = asks.iter().map(|ask| ask["params"]["page"].clone()).collect();
    assert_eq!(pages, [json!(null), json!(1), json!(2), json!(1)], "each page that is shown is recorded");
    assert_eq!(asks[1]["user"], json!(BOB.to_string()));
}

#[tokio::test]
async fn a_person_has_one_vote_and_may_change_it() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let answer = home.member(ADA).slash("ask", [("question", QUESTION)]).await;
    let bob = home.member(BOB);
    assert!(bob.press(&answer, "Helpful").await.text().contains("Noted: helpful"));
    assert!(bob.press(&answer, "Helpful").await.text().contains("Noted: helpful"));
    assert!(bob.press(&answer, "Not helpful").await.text().contains("Noted: not helpful"));
    assert!(home.member(ADA).press(&answer, "Helpful").await.is_ephemeral());
    let records = stop_and_read(bot).await;
    let votes: Vec<_> = of_kind(&records, "vote")
        .iter()
        .map(|vote| (vote["user"].clone(), vote["decision"].clone()))
        .collect();
    let user = |id: u64| json!(id.to_string());
    assert_eq!(
        votes,
        [(user(BOB), json!("helpful")), (user(BOB), json!("not_helpful")), (user(ADA), json!("helpful"))]
    );
}

#[tokio::test]
async fn buttons_work_after_a_restart_and_after_a_reload() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA).manages_server();
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    let (_, folder) = bot.stop().await;
    let bot = Bot::start_in(&discord, folder, &AT_HOME).await;
    assert!(ada.press(&answer, "Why this answer?").await.text().contains("Confidence:"));
    assert!(ada.press(&answer, "Helpful").await.text().contains("Noted"));

    std::fs::write(bot.corpus().join("zeppelin.md"), "The zeppelin landed elsewhere.\n").expect("written");
    ada.slash("corpus reload", [("force", true)]).await;
    let passage = ada.press(&answer, "Full passage").await;
    assert!(passage.text().contains("as it was then"), "{passage:?}");
    assert!(
        passage.text().contains("The zeppelin landed at Lakehurst."),
        "from the kept corpora: {passage:?}"
    );
    let more = ada.press(&answer, "More passages").await;
    assert!(more.text().contains("Further passages"), "{more:?}");

    let purged = std::process::Command::new(env!("CARGO_BIN_EXE_footnote"))
        .args(["audit", "corpus", "purge", "zeppelin"])
        .current_dir(bot.path())
        .env_clear()
        .status();
    assert!(purged.expect("the program can be started").success());
    let passage = ada.press(&answer, "Full passage").await;
    assert!(passage.text().contains("was withdrawn") && !passage.text().contains(ANSWER), "{passage:?}");
}

#[tokio::test]
async fn a_follow_up_takes_words_of_the_question_before() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let ada = home.member(ADA);
    std::fs::write(
        bot.corpus().join("crew.md"),
        "The crew of the zeppelin landed with forty sacks of mail.\n",
    )
    .expect("written");
    ada.clone().manages_server().slash("corpus reload", [("force", true)]).await;
    let answer = ada.slash("ask", [("question", QUESTION)]).await;
    let form = ada.press(&answer, "Follow up").modal().await;
    assert_eq!((form.title.as_str(), form.inputs.len()), ("Follow up", 1));
    let second = ada.submit(&form, &[("question", "With what mail?")]).await;
    assert!(!second.is_ephemeral() && second.text().contains("forty sacks"), "{second:?}");
    assert!(second.text().contains("From the question before I added: zeppelin"), "{second:?}");

    let said = ada.mention(QUESTION).await;
    let third = home.member(BOB).reply_to(said.id(), "With what mail?").await;
    assert!(third.text().contains("forty sacks") && third.text().contains("I added"), "{third:?}");

    let records = stop_and_read(bot).await;
    let asks = of_kind(&records, "ask");
    assert_eq!(asks[1]["params"]["follows"], asks[0]["id"]);
    assert_eq!(asks[3]["params"]["follows"], asks[2]["id"]);
}

#[tokio::test]
async fn a_private_answer_can_be_shown_to_everyone_and_then_deleted() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let ada = home.member(ADA);
    let options = [("question", json!(QUESTION)), ("private", json!(true))];
    let private = ada.slash("ask", options).await;
    let labels = |reply: &crate::support::reply::Reply| -> Vec<String> {
        reply.buttons().into_iter().map(|button| button.label).collect()
    };
    assert!(labels(&private).contains(&"Show to everyone".to_owned()), "{private:?}");
    assert!(!labels(&private).contains(&"Delete".to_owned()), "Discord itself can dismiss it");
    let shown = ada.press(&private, "Show to everyone").await;
    assert!(!shown.is_ephemeral() && shown.can_ping_nobody());
    assert_eq!(shown.embeds()[0].description(), private.embeds()[0].description());
    assert!(
        labels(&shown).contains(&"Delete".to_owned())
            && !labels(&shown).contains(&"Show to everyone".to_owned())
    );

    // That it was shown is recorded once Discord has taken it.
    bot.logged(&format!("message_id={}", shown.id())).await;
    let why = home.member(BOB).press(&shown, "Why this answer?").await;
    assert!(why.text().contains("Confidence:"), "it is for everyone now: {why:?}");
    let refused = home.member(BOB).press(&shown, "Delete").await;
    assert!(refused.is_ephemeral() && refused.text().contains("Only the person who asked"), "{refused:?}");
    assert_eq!(ada.press(&shown, "Delete").acknowledged().await, 6);
    shown.deleted().await;

    let other = ada.slash("ask", [("question", QUESTION)]).await;
    home.member(EVE).manages_server().press(&other, "Delete").acknowledged().await;
    other.deleted().await;
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask").len(), 2, "the records stay");
}

#[tokio::test]
async fn nobody_gets_at_a_private_answer_by_a_forged_name() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let options = [("question", json!(QUESTION)), ("private", json!(true))];
    home.member(ADA).slash("ask", options).await;
    let eve = home.member(EVE);
    let own = eve.slash("ask", [("question", UNANSWERED)]).await;
    // Record 1 is that of the private answer.
    for forged in
        ["f1:why:1", "f1:passage:1", "f1:more:1:1", "f1:page:1:1", "f1:up:1", "f1:gap:1", "f1:show:1"]
    {
        let reply = eve.press_id(&own, forged).await;
        assert!(!reply.text().contains(ANSWER) && !reply.text().contains("zeppelin"), "{forged}: {reply:?}");
        assert!(reply.text().contains("for somebody else alone"), "{forged}: {reply:?}");
    }
    for forged in ["f1:delete:1", "f1:follow:1"] {
        let reply = eve.press_id(&own, forged).await;
        assert!(reply.text().contains("for somebody else alone"), "{forged}: {reply:?}");
    }
    // Record 3 is Eve's own, and the message another's.
    let others = home.member(BOB).slash("ask", [("question", QUESTION)]).await;
    let reply = eve.press_id(&others, "f1:delete:3").await;
    assert!(reply.text().contains("for somebody else alone"), "{reply:?}");
    assert!(others.now().is_some(), "it is still there");
    for nonsense in
        ["f1:why:999", "f1:more:1", "f9:why:1", "nonsense", "e1:do:0123456789abcdef", "e1:x", "f1:why:2:2"]
    {
        let reply = eve.press_id(&own, nonsense).await;
        assert!(!reply.text().contains(ANSWER), "{nonsense}: {reply:?}");
    }
    assert!(own.now().is_some());
    let records = stop_and_read(bot).await;
    let refused = of_kind(&records, "refusal");
    assert!(refused.iter().filter(|refusal| refusal["reason"] == "not_yours").count() >= 9, "{refused:?}");
    assert_eq!(of_kind(&records, "vote").len(), 0);
}

#[tokio::test]
async fn what_is_not_answered_can_be_told_to_the_moderators() {
    let (discord, bot) = start(&AT_HOME).await;
    let home = discord.guild(HOME);
    let answer = home.member(ADA).slash("ask", [("question", UNANSWERED)]).await;
    let told = home.member(BOB).press(&answer, "Tell the moderators").await;
    assert!(told.is_ephemeral() && told.text().contains("The moderators find this question"), "{told:?}");
    let again = home.member(BOB).press(&answer, "Tell the moderators").await;
    assert!(again.text().contains("before"), "{again:?}");
    let records = stop_and_read(bot).await;
    let gaps = of_kind(&records, "gap");
    assert_eq!(gaps.len(), 1, "once for a person and question");
    assert_eq!(gaps[0]["of"], of_kind(&records, "ask")[0]["id"]);
}

#[tokio::test]
async fn sources_are_links_and_a_message_can_be_asked_about() {
    let folder = crate::folder();
    let article = "---\ntitle: The landing\nurl: https://example.org/landing\n---\n\nThe airship landed at Echterdingen.\n";
    std::fs::write(folder.path().join("corpus/airship.md"), article).expect("written");
    let discord = crate::support::Discord::start().await;
    let _bot = Bot::start_in(&discord, folder, &ANYWHERE).await;
    let home = discord.guild(HOME);
    let said = home.member(BOB).say("Where did the airship land?");
    let found = home.member(ADA).use_on(said.id(), "Find the answer").await;
    assert!(found.is_ephemeral() && found.text().contains("Echterdingen"), "{found:?}");
    let link = found.buttons().into_iter().find(|button| button.url.is_some()).expect("a link");
    assert_eq!((link.label.as_str(), link.url.as_deref()), ("Source 1", Some("https://example.org/landing")));

    let installed = discord.person(EVE).by_user_install();
    let reply = installed.slash("ask", [("question", QUESTION)]).await;
    assert!(reply.text().contains(ANSWER), "{reply:?}");
}

#[tokio::test]
async fn a_question_can_be_confined_to_an_article_or_collection() {
    let folder = crate::folder();
    std::fs::create_dir_all(folder.path().join("corpus/air/old")).expect("made");
    std::fs::write(
        folder.path().join("corpus/air/old/balloon.md"),
        "# The balloon\n\nThe balloon landed at Annonay.\n",
    )
    .expect("written");
    let discord = crate::support::Discord::start().await;
    let bot = Bot::start_in(&discord, folder, &AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let names = |choices: Vec<crate::support::reply::Choice>| -> Vec<String> {
        choices.into_iter().map(|choice| choice.name).collect()
    };
    assert_eq!(names(ada.complete("ask", "in", "ballon").await), ["The balloon"]);
    assert_eq!(names(ada.complete("ask", "in", "air/").await)[..2], ["air/", "air/old/"]);
    assert!(ada.complete("ask", "in", "").await.len() >= 8);
    assert!(ada.complete("ask", "in", "xylophone").await.is_empty());

    let ask = |within: &str| ada.slash("ask", [("question", "Where did it land?"), ("in", within)]);
    let reply = ask("air/").await;
    assert!(reply.text().contains("Annonay") && reply.text().contains("**Only in:** air/"), "{reply:?}");
    assert!(!reply.text().contains(ANSWER), "{reply:?}");
    let reply = ask("zeppelin").await;
    assert!(reply.text().contains(ANSWER) && !reply.text().contains("Annonay"), "{reply:?}");
    let unknown = ask("baloon").await;
    assert!(unknown.is_ephemeral(), "{unknown:?}");
    assert!(
        unknown.text().contains("called baloon") && unknown.text().contains("The balloon"),
        "{unknown:?}"
    );
    let records = stop_and_read(bot).await;
    assert_eq!(of_kind(&records, "ask")[0]["params"]["within"], "air/");
    assert_eq!(of_kind(&records, "refusal")[0]["reason"], "within");
}

#[tokio::test]
async fn every_manner_of_asking_can_be_replayed() {
    let (discord, bot) = start(&AT_HOME).await;
    let ada = discord.guild(HOME).member(ADA);
    let options = [("question", QUESTION), ("in", "zeppelin")];
    let answer = ada.slash("ask", options).await;
    ada.press(&answer, "Why this answer?").await;
    let wide = ada.slash("ask", [("question", QUESTION)]).await;
    ada.press(&wide, "More passages").await;
    let form = ada.press(&wide, "Follow up").modal().await;
    ada.submit(&form, &[("question", "Where was that?")]).await;
    let (_, folder) = bot.stop().await;
    let replay = std::process::Command::new(env!("CARGO_BIN_EXE_footnote"))
        .args(["audit", "replay", "--all"])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .expect("the program can be started");
    let told =
        String::from_utf8_lossy(&replay.stdout).into_owned() + &String::from_utf8_lossy(&replay.stderr);
    assert_eq!(replay.status.code(), Some(0), "{told}");
    assert!(told.contains("identical: 4, different: 0, not asked again: none"), "{told}");
}
