//! How the pages look in a browser: pictures for a person to look at.

use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};

use footnote::app::{App, AppSettings};

use super::pages::{Pages, TOKEN};
use super::*;

/// Where Chromium may be.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Questions of people, with how often each is asked.
const QUESTIONS: [(&str, i64); 12] = [
    ("what weapons did Iran seek?", 5),
    ("who advises the Russian president on military-technical affairs?", 4),
    ("Where did Iran and six major powers reach a preliminary nuclear deal?", 4),
    ("When did Dehghan visit Moscow?", 3),
    ("Who is Vladimir Kozin?", 2),
    ("How many S-300 missiles did Russia deliver?", 2),
    ("وزیر دفاع ایران چه خواست؟", 1),
    ("What was the price of Brent crude oil on Tuesday?", 3),
    ("oil price tomorrow?", 2),
    ("Who won the football match in Berlin?", 2),
    (
        "Xylophones zigzag quizzically? <b>\"quoted\" & long, so that it has to be broken into several lines wherever it stands</b>",
        1,
    ),
    ("Did Iran buy the Su-30?", 3),
];

/// A store of a month of questions about the shipped articles.
async fn month(home: &Home) -> Store {
    let store = home.open().await;
    let clock = Arc::new(AtomicI64::new(0));
    let now = Arc::clone(&clock);
    let settings = AppSettings {
        corpus_dir: Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        cache: None,
        params: AnswerParams::default(),
        clock: Arc::new(move || Timestamp::from_second(now.load(Ordering::Relaxed)).unwrap()),
    };
    let (app, _) = App::start(settings, store.clone(), &()).unwrap();
    let begin = at("2026-02-02T08:00:00Z").as_second();
    for day in 0..28 {
        for (n, (question, times)) in QUESTIONS.iter().enumerate() {
            let n = n as i64;
            // Some days are busier than others.
            if (day * 7 + n * 5) % 11 >= times + day % 3 {
                continue;
            }
            clock.store(begin + day * 86_400 + n * 1_733, Ordering::Relaxed);
            let audited = app.ask(&member(30 + n as u64), question).await.unwrap();
            app.delivered(audited.id(), Delivery::Delivered { message: Some(99) }).await;
            if day % 4 == 0 {
                app.vote(&member(40 + day as u64), audited.id(), n % 3 != 0).await.unwrap();
            }
            if day == 9 && n == 7 {
                app.file_gap(&member(31), audited.id()).await.unwrap();
            }
        }
        if day % 9 == 0 {
            app.reload(&Asker::process(), false).await.unwrap();
        }
    }
    store
}

/// `cargo test --test audit looks -- --ignored` writes the pictures into the folder SCREENSHOTS, else into one that it
/// names.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes pictures with Chromium, for a person to look at"]
async fn pictures() {
    let is_there = |browser: &&&str| Command::new(browser).arg("--version").output().is_ok();
    let Some(browser) = BROWSERS.iter().find(is_there) else {
        return eprintln!("skipped: there is no Chromium here");
    };
    let home = Home::new();
    let store = month(&home).await;
    let pages = Pages::of(&store).await;
    let folder =
        std::env::var("SCREENSHOTS").map_or_else(|_| std::env::temp_dir().join("footnote-pages"), Into::into);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, path) in [
        ("report", "/"),
        ("answers", "/answers"),
        ("searched", "/answers?words=oil&outcome=not_found"),
        ("answer", "/answers/1"),
        ("reload", "/answers/2"),
        ("missing", "/nothing"),
    ] {
        for (theme, width) in [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)] {
            let file = folder.join(format!("{name}-{theme}-{width}.png"));
            let mut command = Command::new(browser);
            command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
            if theme == "dark" {
                command.args(["--force-dark-mode", "--blink-settings=preferredColorScheme=0"]);
            }
            // A window is at least 500 wide, so what is narrower is a narrow frame's business.
            command.arg(format!("--window-size={width},1600"));
            command.arg(format!("--screenshot={}", file.display()));
            let taken = command.arg(format!("http://ops:{TOKEN}@{}{path}", pages.address)).output().unwrap();
            assert!(file.exists(), "{name}: {}", String::from_utf8_lossy(&taken.stderr));
        }
    }
    eprintln!("the pictures are in {}", folder.display());
}
