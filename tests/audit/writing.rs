//! What is written comes back; many writers share few commits.

use std::collections::BTreeMap;

use crate::*;

on_each_store!(
    an_answer_comes_back_as_it_was_given,
    what_was_not_answered_keeps_what_would_have_been_best,
    refusals_reloads_and_deliveries_come_back,
    the_reasons_of_an_answer_come_back,
    a_person_has_one_vote_on_an_answer_and_may_change_it,
    a_gap_is_filed_once_for_each_person_and_question,
    settings_are_those_last_set,
    odd_content_takes_no_other_record_down,
    numbers_go_on_after_a_restart,
    concurrent_answers_share_commits,
    a_record_outlives_the_caller_that_gave_up,
    closing_writes_what_waits_and_nothing_after,
    stores_that_start_together_share_a_file,
);

async fn an_answer_comes_back_as_it_was_given(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let id = ask(&store, "what weapons did Iran seek?").await.unwrap();
    let Record { entry, .. } = record(&store, id).await;
    assert_eq!(id, 1);
    assert_eq!(entry.at, at(NOON));
    assert_eq!(entry.asker, member(30));
    assert_eq!(entry.question.as_deref(), Some("what weapons did Iran seek?"));
    assert_eq!((entry.decision, entry.reason.as_deref()), (Outcome::Found, None));
    assert_eq!(entry.took, Some(Duration::from_micros(1234)));
    assert_eq!(entry.program, env!("CARGO_PKG_VERSION"));
    let Detail::Ask(asked) = entry.detail else { panic!("{entry:?}") };
    assert_eq!(asked.corpus.digest, Digest::of(b"corpus"));
    assert_eq!((asked.corpus.articles, asked.corpus.passages), (5, 40));
    assert_eq!(
        serde_json::from_value::<AnswerParams>(asked.params.clone()).unwrap(),
        AnswerParams::default()
    );
    assert_eq!(asked.confidence, 0.8125);
    let [first, second] = &asked.citations[..] else { panic!("{asked:?}") };
    assert_eq!((first.rank, first.shown, first.article.as_str()), (1, true, "visit"));
    assert_eq!(first.title, "Title of visit");
    assert_eq!(first.content_hash, Digest::of(TEXT.as_bytes()));
    assert_eq!((first.passage.clone(), first.quote.clone()), (0..71, 24..71));
    assert_eq!(first.quote_text.as_deref(), Some("Iran seeks the T-90 tank and the Su-30 fighter."));
    assert_eq!((first.score, first.paragraph, first.lines), (7.25, 2, (6, 6)));
    assert_eq!((second.rank, second.article.as_str(), second.score), (2, "roadmap", 3.625));
}

async fn what_was_not_answered_keeps_what_would_have_been_best(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let id = ask_at(&store, NOON, &Asker::terminal(), not_found("who won?")).await.unwrap();
    let Record { entry, .. } = record(&store, id).await;
    assert_eq!((entry.decision, entry.reason.as_deref()), (Outcome::NotFound, Some("low_confidence")));
    assert_eq!(entry.asker, Asker::terminal());
    assert_eq!(entry.citations().iter().map(|c| c.shown).collect::<Vec<_>>(), [false]);
    let hedged = answer("who?", Decision::Found { hedged: true }, vec![excerpt(1, "visit")]);
    let id = ask_at(&store, NOON, &Asker::terminal(), hedged).await.unwrap();
    assert_eq!(record(&store, id).await.entry.decision, Outcome::Hedged);
}

async fn refusals_reloads_and_deliveries_come_back(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let refused = record(&store, refuse(&store, "too_long").await).await.entry;
    assert_eq!((refused.decision, refused.reason.as_deref()), (Outcome::Refused, Some("too_long")));
    assert_eq!(refused.question.as_deref(), Some("???"));
    assert_eq!(refused.detail, Detail::Refusal { action: "ask".to_owned() });

    let report = json!({"swapped": true, "added": ["new"], "took": 1.5});
    let took = Duration::from_millis(7);
    let id = store.record_reload(at(NOON), &member(32), &report, took).await.unwrap();
    let reload = record(&store, id).await.entry;
    assert_eq!((reload.decision, reload.took), (Outcome::Swapped, Some(took)));
    assert_eq!(reload.asker, member(32));
    assert_eq!(reload.detail, Detail::Reload { report });

    let asked = ask(&store, "who?").await.unwrap();
    for delivery in [
        Delivery::Delivered { message: Some(u64::MAX) },
        Delivery::Delivered { message: None },
        Delivery::Failed { error: "Missing Access".to_owned() },
    ] {
        let id = store.record_delivery(at(NOON), asked, &delivery).await.unwrap();
        let entry = record(&store, id).await.entry;
        assert_eq!(entry.detail, Detail::Delivery { of: asked, delivery });
        // Where it went, but not who asked: that is the record's own to keep or to forget.
        assert_eq!(entry.asker, Asker { user: None, ..member(30) });
    }
    assert_eq!(store.reader().await.unwrap().deliveries(asked).await.unwrap().len(), 3);
    assert_eq!(all(&store).await.len(), 6);
}

async fn the_reasons_of_an_answer_come_back(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let mut answer = found("which tank?", &["visit"]);
    answer.unmatched = vec!["which".to_owned()];
    answer.confidence_parts =
        ConfidenceParts { margin: 0.25, articles: 5, near: 0.5, words: 2, ..ConfidenceParts::default() };
    let word = WordShare { asked: "tank".to_owned(), weight: 1.0, found: 0.5 };
    answer.excerpts[0].explanation.words = vec![word];
    let id = ask_at(&store, NOON, &member(30), answer.clone()).await.unwrap();
    let Detail::Ask(asked) = record(&store, id).await.entry.detail else { panic!() };
    let why = asked.why.unwrap();
    assert_eq!((&why.unmatched, why.confidence), (&answer.unmatched, answer.confidence_parts));
    assert_eq!(why.excerpts, [answer.excerpts[0].explanation.clone()]);
}

async fn a_person_has_one_vote_on_an_answer_and_may_change_it(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let of = ask(&store, "who?").await.unwrap();
    let vote = async |user, helpful| store.record_vote(at(NOON), &member(user), of, helpful).await.unwrap();
    let tally = async |user| store.reader().await.unwrap().votes(of, Some(user)).await.unwrap();
    assert_eq!(tally(30).await, Votes::default());
    let first = vote(30, true).await;
    assert_eq!(first, Written { id: 2, is_new: true });
    assert_eq!(vote(30, true).await, Written { is_new: false, ..first });
    vote(31, true).await;
    assert_eq!(tally(30).await, Votes { helpful: 2, not_helpful: 0, own: Some(true) });
    let changed = vote(30, false).await;
    assert_eq!(tally(30).await, Votes { helpful: 1, not_helpful: 1, own: Some(false) });
    assert_eq!(tally(32).await.own, None);
    let detail = Detail::Vote { of, helpful: false, replaces: Some(first.id) };
    assert_eq!(record(&store, changed.id).await.entry.detail, detail);
    // However many arrive in one commit.
    let votes = join_all((0..9).map(|n| vote(40, n % 3 == 0))).await;
    assert_eq!(votes.iter().filter(|vote| vote.is_new).count(), 6);
    assert_eq!(tally(40).await, Votes { helpful: 1, not_helpful: 2, own: Some(false) });
}

async fn a_gap_is_filed_once_for_each_person_and_question(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let (first, again) = (ask(&store, "who?").await.unwrap(), ask(&store, "who?").await.unwrap());
    let other = ask(&store, "when?").await.unwrap();
    let file = async |user, of| store.record_gap(at(NOON), &member(user), of).await.unwrap();
    let filed = file(30, first).await;
    assert_eq!(filed, Written { id: 4, is_new: true });
    assert_eq!(file(30, first).await, Written { is_new: false, ..filed });
    assert_eq!(file(30, again).await, Written { is_new: false, ..filed });
    let (a, b) = tokio::join!(file(31, first), file(31, first));
    assert_eq!((a.is_new, b), (true, Written { is_new: false, ..a }));
    assert!(file(30, other).await.is_new);
    assert_eq!(record(&store, filed.id).await.entry.detail, Detail::Gap { of: first });
}

async fn settings_are_those_last_set(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let set = async |guild, key, value| {
        store.set_setting(at(NOON), &member(30), guild, key, value).await.unwrap();
    };
    set(10, "language", json!("de")).await;
    set(10, "blocked", json!(["18446744073709551615"])).await;
    set(11, "language", json!("es")).await;
    set(10, "language", json!(null)).await;
    set(10, "cooldown_s", json!(7)).await;
    set(10, "cooldown_s", json!(9)).await;
    let settings = Value::Object(store.settings(10).await.unwrap());
    assert_eq!(settings, json!({"blocked": ["18446744073709551615"], "cooldown_s": 9}));
    assert!(store.settings(12).await.unwrap().is_empty());
    let (newest, all) = store.settings_since(None).await.unwrap().unwrap();
    let all: BTreeMap<u64, Value> =
        all.into_iter().map(|(guild, own)| (guild, Value::Object(own.unwrap()))).collect();
    assert_eq!(newest, 6);
    assert_eq!(all, BTreeMap::from([(10, settings), (11, json!({"language": "es"}))]));
    assert!(store.settings_since(Some(newest)).await.unwrap().is_none(), "nothing was set since");
    let other = home.open().await;
    other.set_setting(at(NOON), &member(30), 11, "language", json!(null)).await.unwrap();
    let (newest, all) = store.settings_since(Some(newest)).await.unwrap().unwrap();
    assert_eq!((newest, all.keys().collect::<Vec<_>>()), (7, vec![&10]), "also what another process unsets");
    other.close().await;
    let entry = record(&store, 3).await.entry;
    assert_eq!((entry.asker.guild, entry.decision), (Some(11), Outcome::Set));
    assert_eq!(entry.detail, Detail::Setting { key: "language".to_owned(), value: Some(json!("es")) });
    let change = json!({"added": "news/visit"});
    let id = store.record_corpus_change(at(NOON), &member(30), change.clone()).await.unwrap();
    assert_eq!(record(&store, id).await.entry.detail, Detail::CorpusChange { change });
}

async fn odd_content_takes_no_other_record_down(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let mut odd = found("what\0now?", &["visit"]);
    odd.confidence = f64::NAN;
    odd.excerpts[0].score = f64::NAN;
    odd.excerpts[0].quote = 60..900;
    odd.excerpts.push(odd.excerpts[0].clone());
    let took = Duration::MAX;
    let params = AnswerParams { confidence_min: f64::INFINITY, ..AnswerParams::default() };
    let (asker, delivery) = (member(u64::MAX), Delivery::Delivered { message: None });
    let (audited, lost) = tokio::join!(
        store.record_answer(Timestamp::MIN, &asker, odd, &params, took),
        store.record_delivery(at(NOON), 404, &delivery),
    );
    let entry = record(&store, audited.unwrap().id()).await.entry;
    // Texts of PostgreSQL have no NUL.
    assert_eq!(entry.question.as_deref(), Some("what\u{fffd}now?"));
    assert_eq!(entry.asker.user, Some(u64::MAX));
    assert!(entry.citations().iter().all(|c| c.score.is_nan()));
    assert_eq!(entry.citations().iter().map(|c| c.rank).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(record(&store, lost.unwrap()).await.entry.asker, Asker::process());
    for score in [0.1 + 0.2, -0.0, f64::MIN_POSITIVE, f64::MAX, f64::NEG_INFINITY, 1.0 / 3.0] {
        let mut odd = found("?\u{202e}ü1", &["visit"]);
        (odd.confidence, odd.excerpts[0].score) = (score, score);
        ask_at(&store, NOON, &member(30), odd).await.unwrap();
    }
    let found = footnote::audit::verify(&store, None, &|_, _| {}).await.unwrap();
    assert_eq!((found.records, found.faults), (8, vec![]));
}

async fn numbers_go_on_after_a_restart(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    assert_eq!(ask(&store, "one?").await.unwrap(), 1);
    assert_eq!(ask(&store, "two?").await.unwrap(), 2);
    store.close().await;
    let store = home.open().await;
    assert_eq!(ask(&store, "three?").await.unwrap(), 3);
    assert_eq!(all(&store).await.len(), 3);
}

async fn concurrent_answers_share_commits(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let ids = join_all((0..1_000).map(|n| {
        let store = store.clone();
        async move { ask(&store, &format!("question {n}?")).await.unwrap() }
    }))
    .await;
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=1_000).collect::<Vec<RecordId>>());
    assert!(store.commits() < 100, "{} commits", store.commits());
    for (n, id) in ids.iter().enumerate().step_by(100) {
        let question = record(&store, *id).await.entry.question;
        assert_eq!(question, Some(format!("question {n}?")));
    }
}

async fn a_record_outlives_the_caller_that_gave_up(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    {
        let mut asking = pin!(ask(&store, "still there?"));
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(asking.as_mut().poll(&mut context), Poll::Pending));
    }
    store.close().await;
    assert_eq!(all(&store).await[0].entry.question.as_deref(), Some("still there?"));
}

async fn closing_writes_what_waits_and_nothing_after(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let closing = store.clone();
    let (asked, ()) = tokio::join!(join_all((0..50).map(|_| ask(&store, "who?"))), closing.close());
    assert!(asked.iter().all(Result::is_ok));
    assert!(matches!(ask(&store, "late?").await, Err(StoreError::Closed)));
    assert!(!store.is_writable());
    store.close().await;
    assert_eq!(all(&store).await.len(), 50);
}

async fn stores_that_start_together_share_a_file(on: On) {
    let home = Home::on(on).await;
    let stores = join_all((0..4).map(|_| home.open())).await;
    let mut ids = join_all(stores.iter().flat_map(|store| (0..25).map(move |_| ask(store, "who?")))).await;
    ids.sort_by_key(|id| *id.as_ref().unwrap());
    let ids: Vec<RecordId> = ids.into_iter().map(Result::unwrap).collect();
    assert_eq!(ids, (1..=100).collect::<Vec<RecordId>>());
}

/// Not a test: prints how many durable records a second 64 concurrent callers get.
///
/// `cargo test --release --test audit -- --ignored --nocapture write_rate`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and asserts nothing that holds on every disk"]
async fn write_rate() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = Store::open(&format!("sqlite://{}/audit.db", folder.path().display())).await.unwrap();
    const CALLERS: usize = 64;
    const EACH: usize = 200;
    let start = Instant::now();
    let callers = (0..CALLERS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut slowest = Duration::ZERO;
            for _ in 0..EACH {
                let start = Instant::now();
                ask(&store, "what weapons did Iran seek?").await.unwrap();
                slowest = slowest.max(start.elapsed());
            }
            slowest
        })
    });
    let slowest = join_all(callers).await.into_iter().map(Result::unwrap).max().unwrap();
    let took = start.elapsed();
    let records = (CALLERS * EACH) as f64;
    println!(
        "{:.0} records a second with {CALLERS} callers: {records} in {took:?}, {} commits, slowest {slowest:?}",
        records / took.as_secs_f64(),
        store.commits()
    );
    let mut alone: Vec<Duration> = Vec::new();
    for _ in 0..500 {
        let start = Instant::now();
        ask(&store, "what weapons did Iran seek?").await.unwrap();
        alone.push(start.elapsed());
    }
    alone.sort_unstable();
    println!("alone: median {:?}, p99 {:?}", alone[250], alone[495]);
}
