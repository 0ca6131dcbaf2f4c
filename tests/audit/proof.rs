//! What is done to the records without the program is found and named; what is forgotten leaves no trace, and
//! breaks nothing; what was answered can be asked again.

use footnote::audit::{Fault, Forgotten, Replay, Replayer, Scope, Verification, verify};
use footnote::corpus::load;
use footnote::snapshot::Snapshot;

use crate::*;

on_each_store!(
    a_record_that_was_changed_is_named,
    a_record_that_was_dropped_inserted_or_moved_is_named,
    what_is_missing_needs_an_erasure,
    a_head_that_was_kept_elsewhere_proves_that_nothing_before_it_was_rewritten,
    a_person_who_is_erased_leaves_no_trace_and_the_chain_holds,
    what_is_old_is_forgotten_by_age,
    an_answer_is_given_again,
    what_is_erased_or_withdrawn_says_so,
    a_kept_corpus_that_was_changed_is_found,
    only_what_is_new_of_a_corpus_is_kept,
    people_are_recorded_under_pseudonyms_where_wanted,
    processes_that_share_a_store_make_one_chain,
    a_store_is_verified_while_it_is_written_to,
    a_clock_that_jumps_leaves_the_order_and_the_chain_whole,
);

async fn verified(store: &Store) -> Verification {
    verify(store, None, &|_, _| {}).await.unwrap()
}

fn told(verification: &Verification) -> Vec<&str> {
    verification.faults.iter().map(|Fault { what, .. }| what.as_str()).collect()
}

/// A store of every kind of record, seven of them questions.
async fn varied(home: &Home) -> Store {
    let store = seven(home).await;
    for n in 0..3 {
        ask(&store, &format!("what of number {n}?")).await.unwrap();
        store.record_vote(at(NOON), &member(40 + n), 1, n == 1).await.unwrap();
    }
    store.record_gap(at(NOON), &member(30), 3).await.unwrap();
    store.set_setting(at(NOON), &member(32), 10, "language", json!("de")).await.unwrap();
    store.record_corpus_change(at(NOON), &member(32), json!({"added": "x"})).await.unwrap();
    store
}

/// What verifying says of a store to which `sql` was done.
async fn check_tampering(on: On, sql: &str, expected: Expect) {
    let home = Home::on(on).await;
    let store = varied(&home).await;
    assert_eq!(told(&verified(&store).await), [""; 0]);
    home.run(sql).await;
    let found = verified(&store).await;
    assert!(found.fault_count >= found.faults.len());
    expected.assert_eq(found.faults.first().map_or("nothing", |fault| &fault.what));
}

async fn a_record_that_was_changed_is_named(on: On) {
    check_tampering(
        on,
        "UPDATE records SET decision = 'not_found' WHERE id = 6",
        expect!["record #6 was changed"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE records SET at_us = at_us + 1 WHERE id = 1",
        expect!["record #1 was changed"],
    )
    .await;
    check_tampering(on, "UPDATE records SET guild = '12' WHERE id = 16", expect!["record #16 was changed"])
        .await;
    check_tampering(
        on,
        "UPDATE citations SET article = 'x' WHERE record_id = 6 AND rank = 2",
        expect!["record #6 was changed"],
    )
    .await;
    check_tampering(
        on,
        "DELETE FROM citations WHERE record_id = 6 AND rank = 2",
        expect!["record #6 was changed"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE personal SET question = 'who else?' WHERE record_id = 3",
        expect!["record #3 was changed: its question is another"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE personal SET asker = '31' WHERE record_id = 3",
        expect!["record #3 was changed: its asker is another"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE personal SET asker = '31' WHERE record_id = 6",
        expect!["record #6 was changed: it had no asker when it was written"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE citations SET quote = 'No.' WHERE record_id = 1",
        expect!["record #1 was changed: its quote 1 is another"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE private SET body = x'00' WHERE record_id = 1",
        expect!["record #1 was changed: its row of the table `private` is another"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE settings SET value = '\"es\"'",
        expect!["the setting `language` of server 10 was changed: its record says otherwise"],
    )
    .await;
    check_tampering(on, "UPDATE records SET hash = x'00' WHERE id = 4", expect!["record #4 was changed"])
        .await;
}

async fn a_record_that_was_dropped_inserted_or_moved_is_named(on: On) {
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM records WHERE id = 5",
        expect!["record #5 is missing"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM records WHERE id IN (4, 5)",
        expect!["the records #4 to #5 are missing"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM records WHERE id = 2",
        expect!["record #2 is missing"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM citations WHERE record_id = 1; DELETE FROM records WHERE id = 1",
        expect!["record #1 is missing"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM records WHERE id > 14",
        expect!["the records #15 to #16 are missing at the end"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; DELETE FROM records WHERE id > 15",
        expect!["record #16 is missing at the end"],
    )
    .await;
    check_tampering(
        on,
        "UPDATE chain_head SET record_id = 15",
        expect!["record #16 was added without the program"],
    )
    .await;
    let copy = "CREATE TEMP TABLE one AS SELECT * FROM records WHERE id = 5;";
    check_tampering(
        on,
        &format!("{copy} UPDATE one SET id = 99; INSERT INTO records SELECT * FROM one"),
        expect!["the records #17 to #99 were added without the program"],
    )
    .await;
    check_tampering(
        on,
        &format!("{copy} UPDATE one SET id = 0; INSERT INTO records SELECT * FROM one"),
        expect!["record #0 is out of order: it was written after what is now #4"],
    )
    .await;
    check_tampering(
        on,
        "PRAGMA foreign_keys = 0; UPDATE records SET id = 500 WHERE id = 4; UPDATE records SET id = 4 WHERE id = 5; \
         UPDATE records SET id = 5 WHERE id = 500",
        expect!["record #4 is out of order: it was written after what is now #5"],
    )
    .await;
}

async fn what_is_missing_needs_an_erasure(on: On) {
    let check = async |sql: &str, field: &str| {
        let expected = format!("record #3 was changed: its {field} is gone, and no erasure says so");
        let home = Home::on(on).await;
        let store = varied(&home).await;
        home.run(sql).await;
        assert_eq!(told(&verified(&store).await)[0], expected);
    };
    check("DELETE FROM personal WHERE record_id = 3", "asker").await;
    check("UPDATE personal SET question = NULL WHERE record_id = 3", "question").await;
    check("DELETE FROM private WHERE record_id = 3", "row of the table `private`").await;
    check("UPDATE citations SET quote = NULL WHERE record_id = 3", "quote 1").await;
}

async fn a_head_that_was_kept_elsewhere_proves_that_nothing_before_it_was_rewritten(on: On) {
    let home = Home::on(on).await;
    let store = varied(&home).await;
    let (head, found) = cli(&store, &["head"]).await;
    assert!(found && head.starts_with("#16 "), "{head}");
    ask(&store, "one more?").await.unwrap();
    assert!(cli(&store, &["verify", "--head", head.trim()]).await.1);
    let (out, good) = cli(&store, &["verify", "--head", &"0".repeat(64), "--json"]).await;
    assert!(!good);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["ok"], false);
    let (out, good) = cli(&store, &["verify"]).await;
    assert!(
        good && out.starts_with("the chain is whole: 17 records, each as it was written\nhead: #17 "),
        "{out}"
    );
}

/// Every byte of a store.
async fn bytes(home: &Home) -> Vec<u8> {
    if home.schema.is_some() {
        // Of a server, what its tables hold.
        let tables = ["records", "personal", "private", "citations", "settings", "corpora"];
        let tables = tables.map(|table| format!("SELECT CAST(t AS TEXT) FROM {table} t"));
        let rows = AssertSqlSafe(tables.join(" UNION ALL "));
        let mut connection = PgConnection::connect(&home.url()).await.unwrap();
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await.unwrap();
        return rows.concat().into_bytes();
    }
    let folder = home.file().parent().unwrap().to_owned();
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.flatten().collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn a_person_who_is_erased_leaves_no_trace_and_the_chain_holds(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let (user, other) = (777_000_111_222_333_444, 600_000_111_222_333_444);
    // Enough, and with ids all around, that pages are split and emptied.
    let all: Vec<(u64, String)> = (0..1_500)
        .map(|n| match n % 50 {
            7 => (user, format!("does zeppelin{n} fly?")),
            _ => (other + (n * 7_919 % 1_000) * 300_000_000_000_007, format!("does quark{n} spin?")),
        })
        .collect();
    for some in all.chunks(60) {
        let asked = some.iter().map(|(who, what)| async {
            let who = member(*who);
            ask_at(&store, NOON, &who, found(what, &["visit"])).await.unwrap()
        });
        join_all(asked).await;
    }
    store.record_vote(at(NOON), &member(user), 1, true).await.unwrap();
    let value = json!([user.to_string()]);
    store.set_setting(at(NOON), &member(other), 10, "blocked", value).await.unwrap();
    store.set_setting(at(NOON), &member(other), 10, "blocked", json!(null)).await.unwrap();
    let (out, erased) = cli(&store, &["erase", "--user", &user.to_string()]).await;
    assert!(erased && out.starts_with("erased from 32 records"), "{out}");
    let left = bytes(&home).await;
    assert!(!holds(&left, &user.to_string()), "the id is still there");
    assert!(!holds(&left, "zeppelin"), "a question is still there");
    assert!(holds(&left, "quark"));
    let found = verified(&store).await;
    assert_eq!((told(&found), found.erased), (vec![], 32));
    assert_eq!(cli(&store, &["erase", "--user", &user.to_string()]).await, (String::new(), false));
    // The vote still counts, though nobody knows whose it was.
    let votes = store.reader().await.unwrap().votes(1, Some(user)).await.unwrap();
    assert_eq!(votes, Votes { helpful: 1, not_helpful: 0, own: None });
    check_cli(
        &store,
        &["show", "8"],
        expect![[r#"
        record      #8
        time        2026-03-01T12:00:00Z
        kind        ask
        decision    found
        origin      discord, guild 10, channel 20
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
        quote       (erased)
    "#]],
    )
    .await;
}

async fn what_is_old_is_forgotten_by_age(on: On) {
    let home = Home::on(on).await;
    let store = seven(&home).await;
    let forgotten = store.erase_before(at("2026-03-03T00:00:00Z"), at("2026-03-02T00:00:00Z")).await.unwrap();
    // A server keeps what rows were for a while.
    let without_trace = on == On::Sqlite;
    assert_eq!(forgotten, Forgotten { id: Some(8), records: 3, without_trace });
    let Detail::Erasure { erasure } = record(&store, 8).await.entry.detail else { panic!() };
    assert_eq!(erasure.scope, Scope::Age { before: at("2026-03-02T00:00:00Z") });
    assert_eq!(erasure.records, [(1, 1), (3, 4)]);
    assert_eq!(record(&store, 1).await.entry.question, None);
    assert_eq!(record(&store, 6).await.entry.question.as_deref(), Some("three?"));
    let found = verified(&store).await;
    assert_eq!((told(&found), found.erased), (vec![], 3));
    let again = store.erase_before(at("2026-03-03T00:00:00Z"), at("2026-03-02T00:00:00Z")).await.unwrap();
    assert_eq!((again.id, again.records), (None, 0));
}

/// A store that answered a question of the shipped articles.
async fn answered(home: &Home, question: &str) -> Store {
    let store = home.open().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = load(&root, &()).unwrap().corpus;
    store.keep_corpus(at(NOON), &corpus).await.unwrap();
    let snapshot = Snapshot::build(corpus);
    let params = AnswerParams::default();
    let answer = snapshot.answer(&Question::new(question).unwrap(), &params);
    store.record_answer(at(NOON), &member(30), answer, &params, Duration::ZERO).await.unwrap();
    store
}

async fn replayed(store: &Store, id: RecordId) -> Replay {
    let mut replayer = Replayer::new(store.reader().await.unwrap());
    replayer.replay(&record(store, id).await.entry).await.unwrap()
}

async fn an_answer_is_given_again(on: On) {
    let home = Home::on(on).await;
    let store = answered(&home, "what weapons did Iran seek?").await;
    assert_eq!(replayed(&store, 1).await, Replay::Identical);
    assert_eq!(verified(&store).await.corpora, 1);
    check_cli(
        &store,
        &["replay", "1"],
        expect![[r#"
        #1: identical (answered by footnote VERSION, asked again by VERSION)
    "#]],
    )
    .await;
    // A record of another program.
    let change =
        "UPDATE records SET confidence = 0.5; UPDATE citations SET quote_end = quote_end - 1 WHERE rank = 2";
    home.run(change).await;
    let Replay::Different(differences) = replayed(&store, 1).await else { panic!() };
    let what: Vec<&str> = differences.iter().map(|difference| difference.what.as_str()).collect();
    assert_eq!(what, ["confidence", "place 2"]);
    let (out, same) = cli(&store, &["replay", "--all"]).await;
    assert!(!same && out.ends_with("identical: 0, different: 1, not asked again: none\n"), "{out}");
}

async fn what_is_erased_or_withdrawn_says_so(on: On) {
    let home = Home::on(on).await;
    let store = answered(&home, "what weapons did Iran seek?").await;
    let cited = record(&store, 1).await.entry.citations()[0].article.clone();
    let (out, done) = cli(&store, &["corpus", "purge", &cited]).await;
    assert_eq!((out.as_str(), done), ("erased from 1 records, as record #2 says\n", true));
    assert_eq!(told(&verified(&store).await), [""; 0]);
    assert_eq!(record(&store, 1).await.entry.citations()[0].quote_text, None);
    let (out, same) = cli(&store, &["replay", "1"]).await;
    assert!(!same && out.contains("withdrawn"), "{out}");
    // It does not come back with the next load.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    store.keep_corpus(at("2026-03-05T12:00:00Z"), &load(&root, &()).unwrap().corpus).await.unwrap();
    assert!(matches!(replayed(&store, 1).await, Replay::Impossible(_)));

    store.erase_person(at(NOON), &Asker::terminal(), 30).await.unwrap();
    let (out, same) = cli(&store, &["replay", "1"]).await;
    assert!(!same && out.contains("erased"), "{out}");
    assert_eq!(told(&verified(&store).await), [""; 0]);
    // No question needs the corpus now, and it was not loaded for two days: it goes with the next erasure.
    ask(&store, "who?").await.unwrap();
    let kept = async || store.reader().await.unwrap().corpora().await.unwrap().len();
    assert_eq!(kept().await, 1);
    store.erase_before(at("2026-03-08T12:00:00Z"), at("2026-03-08T00:00:00Z")).await.unwrap();
    assert_eq!(kept().await, 0);
    let objects = home.count("SELECT count(*) FROM objects").await;
    assert_eq!((objects, told(&verified(&store).await)), (0, vec![]));
}

async fn a_kept_corpus_that_was_changed_is_found(on: On) {
    let check = async |sql: &str, expected: Expect| {
        let home = Home::on(on).await;
        let store = answered(&home, "what weapons did Iran seek?").await;
        home.run(sql).await;
        expected.assert_eq(&told(&verified(&store).await).join("\n"));
    };
    check("UPDATE objects SET body = NULL WHERE hash = (SELECT hash FROM objects ORDER BY hash LIMIT 1 OFFSET 2)", expect![[r#"
        the kept corpus 827a81ea37a1e32f04d9a10d21e6ac5c2687effd6cb108019c5f9a29e28b1abb is not what was loaded
        the kept text 277c8cfd02642181e4ac44a5b52f29e164ee26791fe7c3b160ea9a7365b60c05 is gone, and no erasure says so"#]]).await;
    check("UPDATE objects SET body = x'4b04' WHERE hash = (SELECT hash FROM objects ORDER BY hash LIMIT 1 OFFSET 2)", expect![[r#"
        the kept corpus 827a81ea37a1e32f04d9a10d21e6ac5c2687effd6cb108019c5f9a29e28b1abb is not what was loaded
        the kept text 277c8cfd02642181e4ac44a5b52f29e164ee26791fe7c3b160ea9a7365b60c05 is another"#]]).await;
    check("DELETE FROM objects WHERE hash = (SELECT synonyms FROM corpora)", expect!["the kept corpus 827a81ea37a1e32f04d9a10d21e6ac5c2687effd6cb108019c5f9a29e28b1abb is not what was loaded"]).await;
    check("DELETE FROM corpora", expect!["the corpus 827a81ea37a1e32f04d9a10d21e6ac5c2687effd6cb108019c5f9a29e28b1abb was kept, records need it, and it is missing"]).await;
}

async fn only_what_is_new_of_a_corpus_is_kept(on: On) {
    let home = Home::on(on).await;
    let store = answered(&home, "what weapons did Iran seek?").await;
    let count = async || home.count("SELECT count(*) FROM objects").await;
    let before = count().await;
    let corpus = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &()).unwrap().corpus;
    let mut articles = corpus.articles().to_vec();
    let added = excerpt(1, "added").article;
    articles.push(added);
    let other = footnote::corpus::Corpus::new(articles, corpus.synonyms().clone(), Vec::new());
    store.keep_corpus(at(NOON), &other).await.unwrap();
    // The text and a page.
    assert_eq!(count().await, before + 2);
    let (out, _) =
        cli(&store, &["corpus", "diff", &corpus.digest().to_string(), &other.digest().to_string()]).await;
    assert_eq!(out, "+ added\nadded: 1, changed: 0, removed: 0\n");
    assert_eq!(cli(&store, &["corpus", "list"]).await.0.lines().count(), 2);
    let (out, _) = cli(&store, &["corpus", "show", &other.digest().short()]).await;
    assert!(out.contains("6 articles") && out.contains("  added\n"), "{out}");
    assert!(!cli(&store, &["corpus", "show", "zz"]).await.1);
}

#[tokio::test]
async fn a_backup_is_a_whole_store() {
    let home = Home::new();
    let store = varied(&home).await;
    let file = home.folder.path().join("it's a copy.db");
    let path = file.display().to_string();
    assert!(cli(&store, &["backup", &path]).await.1);
    let copy = Store::open(&format!("sqlite://{}", path.replace(' ', "%20"))).await.unwrap();
    assert_eq!(verified(&copy).await.records, 16);
    assert!(store.backup(&file).await.unwrap_err().to_string().contains("exists"));
}

/// The tables as the first version made them.
async fn first_version(home: &Home) {
    let steps = tempfile::tempdir().unwrap();
    let first = "0001_records.sql";
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite").join(first);
    std::fs::copy(from, steps.path().join(first)).unwrap();
    std::fs::create_dir(home.file().parent().unwrap()).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(home.file()).create_if_missing(true);
    let mut sql = SqliteConnection::connect_with(&options).await.unwrap();
    let migrator = sqlx::migrate::Migrator::new(steps.path()).await.unwrap();
    migrator.run_direct(None, &mut sql, false).await.unwrap();
    let rows = "INSERT INTO records (schema_version, kind, at_us, origin, program, decision, confidence, \
                corpus_digest, corpus_articles, corpus_passages, params) VALUES \
                (1, 'ask', 1, 'terminal', '0.1.0', 'found', 0.5, zeroblob(32), 5, 20, '{}'); \
                INSERT INTO personal VALUES (1, NULL, 'what weapons?'); \
                INSERT INTO citations VALUES (1, 1, 1, 'visit', 'A visit', zeroblob(32), 0, 9, 0, 9, 'Tanks.', 1.5, \
                1, 1, 1); INSERT INTO records (schema_version, kind, at_us, origin, program, decision, of_id, detail) \
                VALUES (1, 'delivery', 2, 'terminal', '0.1.0', 'delivered', 1, '{}')";
    sqlx::raw_sql(rows).execute(&mut sql).await.unwrap();
    sql.close().await.unwrap();
}

#[tokio::test]
async fn a_store_of_the_first_version_is_copied_and_chained() {
    let home = Home::new();
    first_version(&home).await;
    let options = StoreOptions { access: Access::Read, ..StoreOptions::default() };
    let error = Store::open_with(&home.url(), options).await.unwrap_err();
    assert!(matches!(error, StoreError::OlderSchema { .. }), "{error}");

    let store = home.open().await;
    assert_eq!(record(&store, 1).await.entry.question.as_deref(), Some("what weapons?"));
    let Detail::Migration { migration } = record(&store, 3).await.entry.detail else { panic!() };
    assert_eq!((&migration["from"], &migration["chained"]), (&json!(1), &json!(2)));
    let copy = home.file().with_file_name(migration["copy"].as_str().unwrap());
    assert!(copy.exists());
    ask(&store, "who?").await.unwrap();
    let found = verified(&store).await;
    assert_eq!((told(&found), found.records, found.chained_later.unwrap().0), (vec![], 4, 2));
    home.run("UPDATE personal SET question = 'x' WHERE record_id = 1").await;
    assert_eq!(told(&verified(&store).await), ["record #1 was changed: its question is another"]);
    // The copy would tell what is to be forgotten.
    store.erase_person(at(NOON), &Asker::terminal(), 30).await.unwrap();
    assert!(!copy.exists());
    // Chained once.
    store.close().await;
    assert_eq!(all(&home.open().await).await.len(), 5);
}

async fn people_are_recorded_under_pseudonyms_where_wanted(on: On) {
    let home = Home::on(on).await;
    let secret = secrecy::SecretString::from("a secret of thirty-two characters");
    let pseudonyms = Some(footnote::audit::Pseudonyms::new(&secret));
    let store = home.open_with(StoreOptions { pseudonyms, ..StoreOptions::default() }).await;
    let user = 777_000_111_222_333_444;
    ask_at(&store, NOON, &member(user), found("who?", &["visit"])).await.unwrap();
    store.record_vote(at(NOON), &member(user), 1, true).await.unwrap();
    assert!(!holds(&bytes(&home).await, &user.to_string()), "the id is stored");
    let recorded = store.recorded_as(user);
    assert_eq!(record(&store, 1).await.entry.asker.user, Some(recorded));
    let (by_id, _) = cli(&store, &["list", "--user", &user.to_string()]).await;
    assert_eq!(by_id.lines().count(), 3, "{by_id}");
    assert_eq!(cli(&store, &["list", "--user", &recorded.to_string()]).await.0, by_id);
    assert_eq!(store.reader().await.unwrap().votes(1, Some(user)).await.unwrap().own, Some(true));
    assert_eq!(store.erase_person(at(NOON), &Asker::terminal(), user).await.unwrap().records, 2);
    store.close().await;
    // What was recorded before there was a key is theirs as well.
    let without = home.open().await;
    ask_at(&without, NOON, &member(user), found("where?", &["visit"])).await.unwrap();
    without.close().await;
    let pseudonyms = Some(footnote::audit::Pseudonyms::new(&secret));
    let store = home.open_with(StoreOptions { pseudonyms, ..StoreOptions::default() }).await;
    ask_at(&store, NOON, &member(user), found("when?", &["visit"])).await.unwrap();
    let (both, _) = cli(&store, &["list", "--user", &user.to_string()]).await;
    assert!(both.contains("where?") && both.contains("when?"), "{both}");
    assert_eq!(store.erase_person(at(NOON), &Asker::terminal(), user).await.unwrap().records, 2);
}

async fn processes_that_share_a_store_make_one_chain(on: On) {
    let home = Home::on(on).await;
    let stores = [home.open().await, home.open().await];
    join_all(stores.iter().flat_map(|store| (0..100).map(move |_| ask(store, "who?")))).await;
    stores[1].erase_person(at(NOON), &Asker::terminal(), 30).await.unwrap();
    ask(&stores[0], "who?").await.unwrap();
    let found = verified(&stores[0]).await;
    assert_eq!((found.records, found.erased, told(&found)), (202, 200, vec![]));
}

async fn a_store_is_verified_while_it_is_written_to(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let writing = async {
        for n in 0..40 {
            join_all((0..20).map(|_| ask(&store, "who?"))).await;
            if n % 10 == 0 {
                store.erase_person(at(NOON), &Asker::terminal(), 30).await.unwrap();
            }
        }
    };
    let verifying = async {
        loop {
            let found = verified(&store).await;
            assert_eq!(told(&found), [""; 0]);
            if found.records > 600 {
                return;
            }
        }
    };
    tokio::join!(writing, verifying);
}

/// Records are in the order in which they were written, whatever the clock says; by age each goes by its own time.
async fn a_clock_that_jumps_leaves_the_order_and_the_chain_whole(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let times = [NOON, "2099-01-01T00:00:00Z", "1970-01-01T00:00:01Z", "2026-03-01T12:00:01Z"];
    for (n, time) in times.into_iter().enumerate() {
        ask_at(&store, time, &member(30), found(&format!("question {n}?"), &["visit"])).await.unwrap();
    }
    let asked: Vec<String> =
        all(&store).await.into_iter().filter_map(|record| record.entry.question).collect();
    assert_eq!(asked, ["question 0?", "question 1?", "question 2?", "question 3?"]);
    assert_eq!(told(&verified(&store).await), [""; 0]);
    let (listed, _) = cli(&store, &["list"]).await;
    let places = [3, 2, 1, 0].map(|n| listed.find(&format!("question {n}?")).expect("listed"));
    assert!(places.is_sorted(), "newest first: {listed}");

    let forgotten = store.erase_before(at("2026-03-02T12:00:00Z"), at("2026-01-01T00:00:00Z")).await.unwrap();
    assert_eq!(forgotten.records, 1);
    assert_eq!(told(&verified(&store).await), [""; 0]);
}
