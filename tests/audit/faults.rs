//! A store that cannot be written gives no answers and recovers by itself; one that is not fit is refused.

use crate::*;

on_each_store!(
    a_locked_store_is_waited_for_and_then_given_up,
    a_newer_store_is_refused,
    a_damaged_record_is_named,
);

#[tokio::test]
async fn a_read_only_store_can_be_read_and_not_written() {
    let home = Home::new();
    let store = home.open().await;
    ask(&store, "who?").await.unwrap();
    std::fs::write(home.folder.path().join("a.md"), "A text.").unwrap();
    let corpus = footnote::corpus::load(home.folder.path(), &()).unwrap().corpus;
    store.keep_corpus(at(NOON), &corpus).await.unwrap();
    store.close().await;

    let store = Store::open(&format!("{}?mode=ro", home.url())).await.unwrap();
    assert!(!store.is_writable());
    // It is kept already, which says nothing of writing.
    store.keep_corpus(at(NOON), &corpus).await.unwrap();
    assert!(!store.is_writable());
    let error = ask(&store, "who else?").await.unwrap_err();
    assert!(error.to_string().contains("let this user read and write"), "{error}");
    assert!(!store.is_writable());
    assert_eq!(all(&store).await.len(), 1);

    let options = StoreOptions { access: Access::Read, ..StoreOptions::default() };
    let store = home.open_with(options).await;
    assert!(matches!(ask(&store, "who else?").await, Err(StoreError::ReadOnly { .. })));
    assert!(!store.is_writable());
    assert_eq!(all(&store).await.len(), 1);
}

#[tokio::test]
async fn reading_makes_no_store() {
    let home = Home::new();
    let options = StoreOptions { access: Access::Read, ..StoreOptions::default() };
    let error = Store::open_with(&home.url(), options).await.unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    assert!(!home.folder.path().join("data").exists());

    std::fs::create_dir(home.folder.path().join("data")).unwrap();
    std::fs::write(home.file(), "").unwrap();
    let error = Store::open_with(&home.url(), options).await.unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
}

#[tokio::test]
async fn a_database_of_another_program_is_left_alone() {
    let home = Home::new();
    std::fs::create_dir(home.folder.path().join("data")).unwrap();
    std::fs::write(home.file(), "").unwrap();
    home.run("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)").await;
    let before = std::fs::read(home.file()).unwrap();
    for access in [Access::Read, Access::Write] {
        let options = StoreOptions { access, ..StoreOptions::default() };
        let error = Store::open_with(&home.url(), options).await.unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    }
    assert_eq!(std::fs::read(home.file()).unwrap(), before);
}

/// What happens to the files of a store while it is open.
async fn check_loss(lose: impl Fn(&Path)) {
    let home = Home::new();
    let store = home.open().await;
    assert_eq!(ask(&store, "before?").await.unwrap(), 1);
    lose(&home.file());
    let errors = join_all((0..10).map(|_| ask(&store, "lost?"))).await;
    for error in errors {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("deleted or replaced"), "{error}");
    }
    assert!(!store.is_writable());
    let id = ask(&store, "after?").await.unwrap();
    assert!(id > 1, "{id} was given before");
    assert!(store.is_writable());
    assert_eq!(record(&store, id).await.entry.question.as_deref(), Some("after?"));
    store.close().await;
    let store = home.open().await;
    assert!(ask(&store, "again?").await.unwrap() > id);
}

fn beside(file: &Path, end: &str) -> std::path::PathBuf {
    file.with_file_name(format!("audit.db{end}"))
}

#[cfg(unix)]
#[tokio::test]
async fn a_deleted_store_is_noticed_and_made_anew() {
    check_loss(|file| std::fs::remove_file(file).unwrap()).await;
    check_loss(|file| std::fs::remove_file(beside(file, "-wal")).unwrap()).await;
    check_loss(|file| std::fs::remove_dir_all(file.parent().unwrap()).unwrap()).await;
    check_loss(|file| {
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(beside(file, end)).unwrap();
        }
    })
    .await;
    // A backup put back in its place.
    check_loss(|file| {
        std::fs::copy(file, beside(file, ".new")).unwrap();
        std::fs::rename(beside(file, ".new"), file).unwrap();
    })
    .await;
}

async fn a_locked_store_is_waited_for_and_then_given_up(on: On) {
    let home = Home::on(on).await;
    let options = StoreOptions { busy_timeout: Duration::from_millis(20), ..StoreOptions::default() };
    let store = home.open_with(options).await;
    home.while_locked(async || {
        let error = ask(&store, "who?").await.unwrap_err();
        assert!(error.to_string().contains("another process holds it"), "{error}");
        assert!(!store.is_writable());
        assert_eq!(all(&store).await.len(), 0);
    })
    .await;
    ask(&store, "who?").await.unwrap();
    assert!(store.is_writable());
}

async fn a_newer_store_is_refused(on: On) {
    let home = Home::on(on).await;
    home.open().await.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, '', 0)";
    home.run(newer).await;
    for access in [Access::Write, Access::Read] {
        let options = StoreOptions { access, ..StoreOptions::default() };
        let error = Store::open_with(&home.url(), options).await.unwrap_err();
        assert!(matches!(error, StoreError::NewerSchema { found: 9999, .. }), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_store_is_refused() {
    let home = Home::new();
    std::fs::create_dir(home.folder.path().join("data")).unwrap();
    std::fs::write(home.file(), "the quick brown fox ".repeat(100)).unwrap();
    let error = Store::open(&home.url()).await.unwrap_err();
    assert!(error.to_string().contains("damaged or no audit store"), "{error}");
    let blocked = home.folder.path().join("data/audit.db/audit.db");
    let error = Store::open(&format!("sqlite://{}", blocked.display())).await.unwrap_err();
    assert!(matches!(error, StoreError::Create { .. }), "{error}");
}

async fn a_damaged_record_is_named(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    let id = ask(&store, "who?").await.unwrap();
    home.run("UPDATE records SET decision = 'perhaps'").await;
    let error = store.reader().await.unwrap().record(id).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { id: 1, field: "decision" }), "{error}");
}

#[tokio::test]
async fn a_damaged_setting_keeps_no_other_guild_from_its_own() {
    let home = Home::new();
    let store = home.open().await;
    for guild in [10, 11] {
        store.set_setting(at(NOON), &member(30), guild, "language", json!("de")).await.unwrap();
    }
    home.run("UPDATE settings SET value = '{' WHERE guild = '10'").await;
    let (_, all) = store.settings_since(None).await.unwrap().unwrap();
    assert!(matches!(all[&10], Err(StoreError::Damaged { id: 1, field: "settings.value" })), "{all:?}");
    assert_eq!(all[&11].as_ref().unwrap()["language"], "de");
}

#[tokio::test]
async fn a_server_that_was_restarted_is_connected_to_again() {
    if std::env::var_os(POSTGRES).is_none() {
        return eprintln!("skipped: {POSTGRES} names no database");
    }
    let home = Home::on(On::Postgres).await;
    let store = home.open().await;
    ask(&store, "before?").await.unwrap();
    store.settings_since(None).await.unwrap();
    // What a restart does to each connection.
    let schema = home.schema.as_ref().unwrap();
    let end = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()";
    home.run(&format!("{end} AND application_name = '{schema}'")).await;
    assert_eq!(ask(&store, "after?").await.unwrap(), 2);
    store.settings_since(None).await.unwrap();
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_told_without_the_password() {
    // Nothing listens on the first port.
    let url = "postgres://footnote:hunter2@127.0.0.1:1/audit";
    for access in [Access::Write, Access::Read] {
        let options = StoreOptions { access, ..StoreOptions::default() };
        let error = Store::open_with(url, options).await.unwrap_err();
        let told = error.to_string();
        assert!(told.contains("`postgres://footnote@127.0.0.1:1/audit`"), "{told}");
        assert!(told.contains("that the server runs and AUDIT_URL names it rightly"), "{told}");
        assert!(!format!("{told} {error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_database_is_copied_by_its_own_tools() {
    if std::env::var_os(POSTGRES).is_none() {
        return eprintln!("skipped: {POSTGRES} names no database");
    }
    let home = Home::on(On::Postgres).await;
    let store = home.open().await;
    let error = store.backup(&home.folder.path().join("copy")).await.unwrap_err();
    assert!(error.to_string().contains("pg_dump"), "{error}");
    assert!(!home.folder.path().join("copy").exists());
}
