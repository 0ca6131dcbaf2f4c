//! What `footnote audit` prints, and that nothing in it does harm.

use crate::*;

on_each_store!(
    a_list_is_a_table,
    a_record_is_shown_with_its_deliveries,
    an_export_is_csv_or_json_lines,
    a_report_tells_what_the_records_teach,
);

async fn a_list_is_a_table(on: On) {
    let home = Home::on(on).await;
    let store = seven(&home).await;
    check_cli(
        &store,
        &["list"],
        expect![[r#"
        ID  TIME                  KIND     DECISION                    ASKER                 QUESTION
         7  2026-03-02 11:00:00Z  ask      found                       18446744073709551615  four?
         6  2026-03-02 10:00:00Z  ask      found                       terminal              three?
         5  2026-03-01 12:00:00Z  reload   kept                        process
         4  2026-03-01 12:00:00Z  refusal  refused (cooldown)          31                    ???
         3  2026-03-01 11:00:00Z  ask      not_found (low_confidence)  30                    two?
         1  2026-03-01 10:00:00Z  ask      found                       30                    one?
    "#]],
    )
    .await;
    check_cli(
        &store,
        &["list", "--limit", "1", "--kind", "delivery"],
        expect![[r#"
        ID  TIME                  KIND      DECISION   ASKER    QUESTION
         2  2026-03-01 12:00:00Z  delivery  delivered  discord  (reply of #1)
    "#]],
    )
    .await;
    check_cli(
        &store,
        &["list", "--limit", "1"],
        expect![[r#"
        ID  TIME                  KIND  DECISION  ASKER                 QUESTION
         7  2026-03-02 11:00:00Z  ask   found     18446744073709551615  four?

        older records: add --before 7
    "#]],
    )
    .await;
}

async fn a_record_is_shown_with_its_deliveries(on: On) {
    let home = Home::on(on).await;
    let store = seven(&home).await;
    check_cli(
        &store,
        &["show", "#1"],
        expect![[r#"
            record      #1
            time        2026-03-01T10:00:00Z
            kind        ask
            decision    found
            origin      discord, guild 10, channel 20
            asker       30
            question    one?
            confidence  0.8125
            corpus      4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40, 5 articles, 40 passages
            parameters  {"confidence_min":0.3,"passages_max":3}
            took        1234 µs
            program     footnote VERSION, record schema 2

            [1]         Title of visit
            article     visit
            text hash   f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add
            place       paragraph 2, line 6
            range       passage bytes 0..71, quote bytes 24..71
            score       7.25
            quote       Iran seeks the T-90 tank and the Su-30 fighter.

            why [1] visit: score 7.2500 =
              score of the article 0.0000 =
              BM25 of the article 0.0000 =
            confidence 0.8125:
              the best of 0 articles is 0.0000 ahead of the second, 0.0000 of the fifth
              the quoted sentence is 0.0000 ahead of those of other articles
              0.0000 of the question stands within two sentences of the quote
              0 of its words stand in the quoted sentence
              0.0000 of the question stands in no article
              0.0000 of it are names or years that stand neither near the quote nor in the title

            delivery    #2, 2026-03-01T12:00:00Z, delivered as message 99
        "#]],
    )
    .await;
    check_cli(
        &store,
        &["show", "3"],
        expect![[r#"
            record      #3
            time        2026-03-01T11:00:00Z
            kind        ask
            decision    not_found (low_confidence)
            origin      discord, guild 11, channel 21
            asker       30
            question    two?
            confidence  0.8125
            corpus      4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40, 5 articles, 40 passages
            parameters  {"confidence_min":0.3,"passages_max":3}
            took        1234 µs
            program     footnote VERSION, record schema 2

            [1]         Title of visit (not shown)
            article     visit
            text hash   f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add
            place       paragraph 2, line 6
            range       passage bytes 0..71, quote bytes 24..71
            score       7.25
            quote       Iran seeks the T-90 tank and the Su-30 fighter.

            why [1] visit: score 7.2500 =
              score of the article 0.0000 =
              BM25 of the article 0.0000 =
            confidence 0.8125:
              the best of 0 articles is 0.0000 ahead of the second, 0.0000 of the fifth
              the quoted sentence is 0.0000 ahead of those of other articles
              0.0000 of the question stands within two sentences of the quote
              0 of its words stand in the quoted sentence
              0.0000 of the question stands in no article
              0.0000 of it are names or years that stand neither near the quote nor in the title
        "#]],
    )
    .await;
    check_cli(
        &store,
        &["show", "5"],
        expect![[r#"
            record      #5
            time        2026-03-01T12:00:00Z
            kind        reload
            decision    kept
            origin      process
            report      {
                          "refused": "fewer than half of the articles remain",
                          "swapped": false
                        }
            took        3000 µs
            program     footnote VERSION, record schema 2
        "#]],
    )
    .await;
    check_cli(&store, &["show", "1", "--json"], expect![[r#"
        {"id":1,"schema":2,"time":"2026-03-01T10:00:00Z","kind":"ask","origin":"discord","guild":"10","channel":"20","user":"30","program":"VERSION","decision":"found","reason":null,"question":"one?","took_us":1234,"corpus":{"digest":"4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","articles":5,"passages":40},"params":{"confidence_min":0.3,"passages_max":3},"confidence":0.8125,"citations":[{"rank":1,"shown":true,"article":"visit","title":"Title of visit","content_hash":"f1e231c596e6468a320bd90651a7134f4db46d2b8c7822470c3b3174417a2add","passage_range":[0,71],"quote_range":[24,71],"quote":"Iran seeks the T-90 tank and the Su-30 fighter.","score":7.25,"paragraph":2,"lines":[6,6]}],"why":{"expansions":[],"unmatched":[],"confidence":{"margin":0.0,"lead":0.0,"sentence_lead":0.0,"articles":0,"near":0.0,"words":0,"kind":0.0,"unknown":0.0,"missing_names":0.0},"excerpts":[{"sentence":{"overlap":0.0,"topic":0.0,"soft":0.0,"kind":0.0,"short":0.0,"long":0.0,"reference":0.0,"context":0.0,"article":0.0},"words":[],"article_score":0.0,"article":{"article":0.0,"passage":0.0,"question":0.0,"sentence":0.0,"headline":0.0,"pair":0.0,"narrow":0.0,"title":0.0},"terms":[]}]},"deliveries":[{"id":2,"schema":2,"time":"2026-03-01T12:00:00Z","kind":"delivery","origin":"discord","guild":"10","channel":"20","user":null,"program":"VERSION","decision":"delivered","reason":null,"question":null,"took_us":null,"of":1,"message":"99","error":null}],"votes":{"helpful":0,"not_helpful":0}}
    "#]]).await;
    assert_eq!(cli(&store, &["show", "8"]).await, (String::new(), false));
}

async fn an_export_is_csv_or_json_lines(on: On) {
    let home = Home::on(on).await;
    let store = seven(&home).await;
    check_cli(&store, &["export", "--kind", "refusal"], expect![[r#"
        {"id":4,"schema":2,"time":"2026-03-01T12:00:00Z","kind":"refusal","origin":"discord","guild":"10","channel":"20","user":"31","program":"VERSION","decision":"refused","reason":"cooldown","question":"???","took_us":null,"action":"ask"}
    "#]]).await;
    check_cli(&store, &["export", "--format", "csv", "--until", "2026-03-01"], expect![[r#"
        "id","time","kind","origin","guild","channel","user","decision","reason","question","confidence","took_us","corpus","program","articles","quotes","action","of","message","error"
        "1","2026-03-01T10:00:00Z","ask","discord","10","20","30","found","","one?","0.8125","1234","4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","VERSION","visit","Iran seeks the T-90 tank and the Su-30 fighter.","","","",""
        "2","2026-03-01T12:00:00Z","delivery","discord","10","20","","delivered","","","","","","VERSION","","","","1","99",""
        "3","2026-03-01T11:00:00Z","ask","discord","11","21","30","not_found","low_confidence","two?","0.8125","1234","4d12346eabd5890dcffcfaf2a36a9a7e5883e2f89f0de02ad2b86a75c7bfef40","VERSION","","","","","",""
        "4","2026-03-01T12:00:00Z","refusal","discord","10","20","31","refused","cooldown","???","","","","VERSION","","","ask","","",""
        "5","2026-03-01T12:00:00Z","reload","process","","","","kept","","","","3000","","VERSION","","","","","",""
    "#]]).await;
    let lines = cli(&store, &["export"]).await.0;
    assert_eq!(lines.lines().count(), 7);
    assert_eq!(cli(&store, &["export", "--json"]).await.0, lines);
}

async fn a_report_tells_what_the_records_teach(on: On) {
    let home = Home::on(on).await;
    let store = seven(&home).await;
    for (user, helpful) in [(40, true), (41, true), (41, false)] {
        store.record_vote(at("2026-03-02T11:30:00Z"), &member(user), 1, helpful).await.unwrap();
    }
    store.record_gap(at("2026-03-02T11:30:00Z"), &member(30), 3).await.unwrap();
    check_cli(
        &store,
        &["report"],
        expect![[r#"
        questions: 4, answered: 3 (75 %)
        votes: 1 helpful, 1 not helpful
        time to answer: median 1.2 ms, 90th percentile 1.2 ms, 99th 1.2 ms

        questions a day (# answered, . not)
        2026-03-01       2  ####################....................
        2026-03-02       2  ########################################

        unanswered, by the words that they share
             1  two, 1 reported: #3 two?

        most cited of 2 cited articles
             2  talks
             2  visit

        reloads
            #5  2026-03-01 12:00:00Z  kept: fewer than half of the articles remain
    "#]],
    )
    .await;
    check_cli(
        &store,
        &["report", "--since", "2026-03-02", "--guild", "10"],
        expect![[r#"
            questions: 0, answered: 0 (none)
            votes: 1 helpful, 1 not helpful
        "#]],
    )
    .await;
    let (json, _) = cli(&store, &["report", "--json"]).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["asked"], &json["answered"], &json["took_us"]["p50"]),
        (&json!(4), &json!(3), &json!(1234))
    );
    check_cli(
        &home.open().await,
        &["report", "--since", "2030-01-01"],
        expect![[r#"
            questions: 0, answered: 0 (none)
            votes: 0 helpful, 0 not helpful
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_report_is_one_page_that_needs_nothing_else() {
    let home = Home::new();
    let store = home.open().await;
    let hostile = "<script>alert(1)</script> \u{202e}\" onload=x' & what of tanks?";
    for n in 0..60u32 {
        let day = format!("2026-02-{:02}T10:00:00Z", 1 + n % 28);
        let answer = if n % 3 == 0 { not_found(hostile) } else { found(hostile, &["visit", "<i>x"]) };
        ask_at(&store, &day, &member(30), answer).await.unwrap();
    }
    let report = json!({"swapped": true, "added": ["<b>"], "refused": null});
    store.record_reload(at("2026-02-28T12:00:00Z"), &member(30), &report, Duration::ZERO).await.unwrap();
    let file = home.folder.path().join("report.html");
    let path = file.display().to_string();
    assert!(cli(&store, &["report", "--since", "2026-02-01", "--html", &path]).await.1);
    let html = std::fs::read_to_string(&file).unwrap();
    if let Ok(copy) = std::env::var("REPORT_COPY") {
        std::fs::copy(&file, copy).unwrap();
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=x&#39; &amp; what of tanks?"));
    for outside in ["<script", "<i>x", "<b>,", "\u{202e}", "http:", "https:", "src=", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    for part in ["Questions a day", "What the articles do not tell", "Most cited, of 2", "Reloads", "<svg"] {
        assert!(html.contains(part), "{part}");
    }
}

#[tokio::test]
async fn arguments_that_make_no_sense_are_refused() {
    let check = |line: &[&str]| {
        let line: Vec<&str> = std::iter::once("audit").chain(line.iter().copied()).collect();
        assert!(Line::try_parse_from(&line).is_err(), "{line:?}");
    };
    check(&["show", "0"]);
    check(&["show", "-1"]);
    check(&["show", "one"]);
    check(&["list", "--kind", "votes"]);
    check(&["list", "--limit", "0"]);
    check(&["list", "--limit", "1001"]);
    check(&["list", "--since", "yesterday"]);
    check(&["list", "--user", "someone"]);
    check(&["export", "--format", "xml"]);
    check(&["export", "--format", "csv", "--json"]);
}

/// Characters that would command a terminal, or cannot be seen on one.
fn is_hostile(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}' | '\u{202e}' | '\u{2066}' | '\u{feff}')
}

#[tokio::test]
async fn hostile_text_does_no_harm_on_the_way_out() {
    let home = Home::new();
    let store = home.open().await;
    let hostile = "=cmd|' /C calc'!A0 \u{1b}]0;owned\u{7}\u{1b}[2J \u{202e}evil\u{2066} \u{200b}\u{feff}\u{9b}31m\r\
                   \nrecord      #666\t\"quoted\"";
    let mut hostile_answer = found(hostile, &["visit"]);
    hostile_answer.excerpts[0].article = Arc::new(Article::new(
        hostile,
        "x.md",
        Title::Given(hostile.into()),
        Metadata::default(),
        hostile,
        LineMap::Single(1),
    ));
    hostile_answer.excerpts[0].quote = 0..hostile.len();
    ask_at(&store, NOON, &member(30), hostile_answer).await.unwrap();
    let failed = Delivery::Failed { error: hostile.to_owned() };
    store.record_delivery(at(NOON), 1, &failed).await.unwrap();
    let refusal = Refusal {
        action: hostile.to_owned(),
        reason: hostile.to_owned(),
        question: Some(hostile.to_owned()),
    };
    store.record_refusal(at(NOON), &member(30), &refusal).await.unwrap();
    let report = json!({ hostile: hostile });
    store.record_reload(at(NOON), &member(30), &report, Duration::ZERO).await.unwrap();

    for line in [
        &["list"][..],
        &["list", "--kind", "delivery"],
        &["list", "--json"],
        &["show", "1"],
        &["show", "2"],
        &["show", "3"],
        &["show", "4"],
        &["show", "1", "--json"],
        &["show", "4", "--json"],
        &["export"],
        &["export", "--format", "csv"],
        &["report"],
        &["report", "--json"],
        &["verify"],
    ] {
        let (out, _) = cli(&store, line).await;
        assert!(!out.chars().any(is_hostile), "{line:?}: {out:?}");
        assert!(!out.lines().any(|l| l.starts_with("record      #666")), "{line:?}: {out}");
    }
    // JSON says exactly what was asked, all the same.
    let (json, _) = cli(&store, &["show", "1", "--json"]).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["question"], hostile);
    assert_eq!(json["citations"][0]["quote"], hostile);
    // One record a line, and no cell that a spreadsheet would run.
    let (csv, _) = cli(&store, &["export", "--format", "csv"]).await;
    assert_eq!(csv.lines().count(), 5);
    assert!(!csv.contains("\"=") && csv.contains("\"'=cmd"), "{csv}");
}
