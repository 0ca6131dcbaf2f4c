//! Which lines the log has of records and of faults.

use footnote::audit::verify;

use crate::*;

thread_local! {
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Takes what is logged on each thread: a test and its store share one. One subscriber for all of them, since
/// those of single threads disturb each other where tests run side by side.
#[derive(Clone, Copy)]
struct Log;

impl Log {
    fn capture() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let format = tracing_subscriber::fmt().json().flatten_event(true);
            format.with_max_level(tracing::Level::INFO).with_writer(|| Log).init();
        });
    }

    fn lines() -> Vec<Value> {
        LOGGED.with_borrow(|bytes| {
            let lines = serde_json::Deserializer::from_slice(bytes).into_iter();
            lines.collect::<Result<_, _>>().unwrap()
        })
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.with_borrow_mut(|logged| logged.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn check_log(log_personal: bool, personal: Value) {
    Log::capture();
    let home = Home::new();
    let store = home.open_with(StoreOptions { log_personal, ..StoreOptions::default() }).await;
    let id = ask(&store, "what weapons?").await.unwrap();
    deliver(&store, id).await;
    let lines: Vec<Value> = Log::lines().into_iter().filter(|line| line["target"] == "audit").collect();
    let [asked, delivered] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(asked["record"], 1);
    assert_eq!((&asked["kind"], &asked["decision"]), (&json!("ask"), &json!("found")));
    assert_eq!((&asked["guild"], &asked["channel"]), (&json!(10), &json!(20)));
    assert_eq!((&asked["took_us"], &asked["confidence"]), (&json!(1234), &json!(0.8125)));
    assert_eq!(asked["corpus"], Digest::of(b"corpus").to_string());
    let citations: Value = serde_json::from_str(asked["citations"].as_str().unwrap()).unwrap();
    assert_eq!(citations[1]["article"], "roadmap");
    assert_eq!(citations[1]["content_hash"], Digest::of(TEXT.as_bytes()).to_string());
    assert_eq!(json!([asked["asker"], asked["question"]]), personal);
    let of = (&delivered["of"], &delivered["decision"], &delivered["message_id"]);
    assert_eq!(of, (&json!(1), &json!("delivered"), &json!(99)));
}

#[tokio::test]
async fn a_record_is_logged_without_the_person() {
    check_log(false, json!([null, null])).await;
}

#[tokio::test]
async fn a_record_is_logged_with_the_person_where_wanted() {
    check_log(true, json!([30, "what weapons?"])).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_fault_is_logged_once_and_so_is_its_end() {
    let home = Home::new();
    let store = home.open().await;
    Log::capture();
    // A folder in the place of the file: neither written to nor opened anew.
    std::fs::remove_file(home.file()).unwrap();
    std::fs::create_dir(home.file()).unwrap();
    for _ in 0..3 {
        let errors = join_all((0..10).map(|_| ask(&store, "who?"))).await;
        assert!(errors.iter().all(Result::is_err));
    }
    std::fs::remove_dir(home.file()).unwrap();
    ask(&store, "who?").await.unwrap();
    ask(&store, "who?").await.unwrap();
    let expected = [
        json!(["ERROR", "records could not be written"]),
        json!(["INFO", "the audit store can be written to again"]),
    ];
    assert_eq!(faults(), expected);
}

/// The levels and messages of the log, but for those of records.
fn faults() -> Vec<Value> {
    let lines = Log::lines().into_iter().filter(|line| line["target"] != "audit");
    lines.map(|line| json!([line["level"], line["message"]])).collect()
}

/// Names a folder on which this process may mount a small disk, where it runs in a namespace of its own.
#[cfg(target_os = "linux")]
const SMALL_DISK: &str = "FOOTNOTE_TEST_SMALL_DISK";

/// Runs a test of this program once more, where it may mount what no other process sees.
#[cfg(target_os = "linux")]
fn in_a_namespace(test: &str) {
    let unshare = |command: &Path, arguments: &[&str]| {
        let mut unshare = std::process::Command::new("unshare");
        unshare.args(["--map-root-user", "--mount"]).arg(command).args(arguments);
        unshare
    };
    let mount = ["-t", "tmpfs", "none", "/mnt"];
    if !unshare(Path::new("mount"), &mount).output().is_ok_and(|output| output.status.success()) {
        return eprintln!("skipped: no disk can be mounted here");
    }
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let output = unshare(&program, &["--exact", test, "--nocapture"]).env(SMALL_DISK, folder.path()).output();
    let output = output.unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_gives_no_answer_and_is_logged_once() {
    let Some(folder) = std::env::var_os(SMALL_DISK).map(std::path::PathBuf::from) else {
        return in_a_namespace("logging::a_full_disk_gives_no_answer_and_is_logged_once");
    };
    let mut mount = std::process::Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=2m", "none"]).arg(&folder);
    assert!(mount.status().unwrap().success());
    let ballast = folder.join("ballast");
    std::fs::write(&ballast, vec![0; 1 << 20]).unwrap();
    let store = Store::open(&format!("sqlite://{}/audit.db", folder.display())).await.unwrap();
    Log::capture();
    let mut shown = 0;
    let error = loop {
        match ask(&store, "who?").await {
            Ok(_) => shown += 1,
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("the disk is full, free some space"), "{error}");
    let errors = join_all((0..30).map(|_| ask(&store, "who?"))).await;
    assert!(errors.iter().all(Result::is_err) && !store.is_writable());
    std::fs::remove_file(ballast).unwrap();
    ask(&store, "who?").await.unwrap();
    let found = verify(&store, None, &|_, _| {}).await.unwrap();
    assert_eq!((found.records, found.faults), (shown + 1, vec![]));
    let expected = [
        json!(["ERROR", "records could not be written"]),
        json!(["INFO", "the audit store can be written to again"]),
    ];
    assert_eq!(faults(), expected);
}
