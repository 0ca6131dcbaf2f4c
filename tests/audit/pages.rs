//! The pages of the records, over a real socket.

use std::sync::OnceLock;

use footnote::http::{self, Access as WhoMay, Metrics, Sources};
use reqwest::header::{AUTHORIZATION, HOST};
use reqwest::{Method, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::*;

pub(super) const TOKEN: &str = "a-token-that-nobody-guesses";

/// What a request shows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shown {
    Nothing,
    WrongToken,
    Token,
    TokenForWrongHost,
}

/// The server, which ends with the test.
pub(super) struct Pages {
    pub(super) address: std::net::SocketAddr,
    connected: watch::Sender<bool>,
    client: reqwest::Client,
}

impl Pages {
    pub(super) async fn of(store: &Store) -> Pages {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connected, gateway) = watch::channel(false);
        let sources = Sources {
            store: store.clone(),
            app: Arc::new(OnceLock::new()),
            gateway,
            metrics: Metrics::install().unwrap(),
            clock: Arc::new(|| at("2026-03-03T00:00:00Z")),
        };
        let access = WhoMay { token: TOKEN.to_owned().into(), host: "ops.example".to_owned() };
        tokio::spawn(http::run(listener, access, sources));
        Pages { address, connected, client: reqwest::Client::new() }
    }

    async fn request(&self, method: Method, path: &str, shown: Shown) -> Response {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        let request = match shown {
            Shown::Nothing => request,
            Shown::WrongToken => request.header(AUTHORIZATION, format!("Bearer {TOKEN}r")),
            Shown::Token => request.header(AUTHORIZATION, format!("Bearer {TOKEN}")),
            Shown::TokenForWrongHost => {
                request.header(AUTHORIZATION, format!("Bearer {TOKEN}")).header(HOST, "evil.example")
            }
        };
        request.send().await.unwrap()
    }

    /// The text of a page.
    async fn page(&self, path: &str) -> String {
        let response = self.request(Method::GET, path, Shown::Token).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }
}

#[tokio::test]
async fn who_may_see_what() {
    let home = Home::new();
    let store = seven(&home).await;
    let pages = Pages::of(&store).await;
    let needs_token = [401, 401, 200, 403];
    let open = [200, 200, 200, 403];
    for (path, expected) in [
        ("/", needs_token),
        ("/?days=7", needs_token),
        ("/answers", needs_token),
        ("/answers/1", needs_token),
        ("/metrics", needs_token),
        ("/healthz", open),
        ("/readyz", [503, 503, 503, 403]),
        ("/style.css", open),
        ("/answers/999", [401, 401, 404, 403]),
        ("/answers/x", [401, 401, 404, 403]),
        ("/nothing", [401, 401, 404, 403]),
        ("/healthz/", [401, 401, 404, 403]),
        ("//healthz", [401, 401, 404, 403]),
    ] {
        let shown = [Shown::Nothing, Shown::WrongToken, Shown::Token, Shown::TokenForWrongHost];
        for (shown, expected) in shown.into_iter().zip(expected) {
            let response = pages.request(Method::GET, path, shown).await;
            assert_eq!(response.status().as_u16(), expected, "{path} {shown:?}");
            let (headers, body) = (response.headers().clone(), response.text().await.unwrap());
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                ("x-frame-options", "DENY"),
            ] {
                assert_eq!(headers[name], value, "{path} {shown:?}");
            }
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
            assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("script"), "{policy}");
            assert_eq!(headers.contains_key("www-authenticate"), expected == 401, "{path} {shown:?}");
            assert!(!body.contains(TOKEN), "{path}: {body}");
            assert!(expected == 200 || !body.contains("one?"), "{path}: {body}");
        }
    }
    // HTTP basic authentication, as browsers do it.
    let url = format!("http://{}/", pages.address);
    for (password, expected) in [(TOKEN, 200), ("wrong", 401)] {
        let response = pages.client.get(&url).basic_auth("anybody", Some(password)).send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected);
    }
}

#[tokio::test]
async fn nothing_can_be_changed_and_every_no_says_what_to_do() {
    let home = Home::new();
    let store = seven(&home).await;
    let pages = Pages::of(&store).await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = pages.request(method.clone(), "/answers", Shown::Token).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert!(response.text().await.unwrap().contains("asked for with GET"));
    }
    let head = pages.request(Method::HEAD, "/", Shown::Token).await;
    assert_eq!((head.status(), head.text().await.unwrap().len()), (StatusCode::OK, 0));
    for (path, shown, told) in [
        ("/", Shown::Nothing, "HTTP_TOKEN"),
        ("/", Shown::TokenForWrongHost, "HTTP_ADDR"),
        ("/nothing", Shown::Token, "/answers"),
        ("/answers/999", Shown::Token, "No record has this number"),
    ] {
        let page = pages.request(Method::GET, path, shown).await.text().await.unwrap();
        assert!(page.contains(told) && page.contains("<!doctype html>"), "{page}");
    }
    std::fs::remove_file(home.file()).unwrap();
    let response = pages.request(Method::GET, "/answers", Shown::Token).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.text().await.unwrap().contains("audit.db"));
}

#[tokio::test]
async fn ready_names_what_is_not() {
    let home = Home::new();
    let store = seven(&home).await;
    let pages = Pages::of(&store).await;
    let ready = async || {
        let response = pages.request(Method::GET, "/readyz", Shown::Nothing).await;
        (response.status().as_u16(), response.text().await.unwrap())
    };
    expect!["not ready\ngateway: not connected\ncorpus: not loaded\naudit: writable\n"]
        .assert_eq(&ready().await.1);
    pages.connected.send_replace(true);
    store.close().await;
    let expected = "not ready\ngateway: connected\ncorpus: not loaded\naudit: not writable\n";
    assert_eq!(ready().await, (503, expected.to_owned()));
}

#[tokio::test]
async fn the_page_and_the_file_say_the_same() {
    let home = Home::new();
    let store = seven(&home).await;
    let pages = Pages::of(&store).await;
    let file = home.folder.path().join("report.html").display().to_string();
    assert!(cli(&store, &["report", "--since", "2026-02-01", "--html", &file]).await.1);
    let (page, file) = (pages.page("/").await, std::fs::read_to_string(&file).unwrap());
    // From the figures on, but for the links to records, down to where the file holds the answers themselves.
    let begin = |html: &str| html[html.find("<div class=\"tiles\">").unwrap()..].to_owned();
    let (page, file) = (begin(&page), begin(&file));
    let unlinked: String =
        page.split("<a href=\"/answers/").enumerate().fold(String::new(), |all, (n, part)| {
            let part = if n == 0 {
                part.to_owned()
            } else {
                part.split_once('>').unwrap().1.replacen("</a>", "", 1)
            };
            all + &part
        });
    let report = unlinked.strip_suffix("</main></body></html>\n").unwrap();
    assert!(report.contains("Questions a day") && report.contains("#5"), "{report}");
    assert!(file.starts_with(report), "{report}\n\n{file}");
    assert!(file.contains("<style>") || !page.contains("<style>"));
}

#[tokio::test]
async fn answers_are_found_and_paged() {
    let home = Home::new();
    let store = home.open().await;
    for n in 1..=120 {
        let answer = match n % 3 {
            0 => not_found(&format!("what of ships {n}?")),
            _ => found(&format!("what of tanks {n}?"), &["visit"]),
        };
        ask_at(&store, NOON, &member(30), answer).await.unwrap();
    }
    refuse(&store, "cooldown").await;
    let pages = Pages::of(&store).await;
    /// The numbers of the records on a page, and the links to the pages before and after it.
    fn read(page: &str) -> (Vec<RecordId>, [Option<String>; 2]) {
        let links = page.split("href=\"/answers/").skip(1);
        let ids = links.map(|link| link.split('"').next().unwrap().parse().unwrap()).collect();
        let link = |rel: &str| {
            let (_, rest) = page.split_once(&format!("rel=\"{rel}\" href=\""))?;
            Some(rest.split('"').next().unwrap().replace("&amp;", "&"))
        };
        (ids, [link("prev"), link("next")])
    }
    let mut at = "/answers".to_owned();
    let (mut seen, mut pages_seen) = (Vec::new(), Vec::new());
    loop {
        let (ids, [newer, older]) = read(&pages.page(&at).await);
        assert_eq!(newer.is_some(), !seen.is_empty(), "{at}");
        seen.extend(ids);
        pages_seen.push(at);
        let Some(older) = older else { break };
        at = older;
    }
    assert_eq!(seen, (1..=120).rev().collect::<Vec<_>>());
    assert_eq!(pages_seen.len(), 3);
    // And back again.
    let (_, [newer, _]) = read(&pages.page(&pages_seen[2]).await);
    assert_eq!(read(&pages.page(&newer.unwrap()).await).0, (21..=70).rev().collect::<Vec<_>>());

    let (unanswered, [_, none]) = read(&pages.page("/answers?outcome=not_found").await);
    assert_eq!((unanswered.len(), unanswered[0], none), (40, 120, None));
    assert_eq!(read(&pages.page("/answers?outcome=refused").await).0, [121]);
    assert_eq!(read(&pages.page("/answers?words=Tanks+7").await).0, [7]);
    let (tanks, [_, older]) = read(&pages.page("/answers?words=tanks&outcome=found").await);
    assert_eq!((tanks.len(), older), (50, Some("/answers?words=tanks&outcome=found&before=46".to_owned())));
    // What makes no sense counts as not there.
    for query in ["outcome=delivered", "before=x&words=%22%27", "words=%ff%00", "&&==&", "days=0"] {
        assert_eq!(read(&pages.page(&format!("/answers?{query}")).await).0[0], 120, "{query}");
    }
    assert!(pages.page("/answers?words=zeppelin%00OR%22").await.contains("There is no such record"));
}

#[tokio::test]
async fn an_answer_opens_to_what_was_shown_and_why() {
    let home = Home::new();
    let store = home.open().await;
    let mut answer = found("what of tanks?", &["visit", "talks"]);
    answer.unmatched = vec!["zeppelin".to_owned()];
    let word = WordShare { asked: "tanks".to_owned(), weight: 0.75, found: 0.5 };
    answer.excerpts[0].explanation = Explanation { words: vec![word], ..Explanation::default() };
    ask_at(&store, NOON, &member(30), answer).await.unwrap();
    deliver(&store, 1).await;
    store.record_vote(at(NOON), &member(31), 1, true).await.unwrap();
    let pages = Pages::of(&store).await;
    let page = pages.page("/answers/1").await;
    for part in [
        "what of tanks?",
        "Iran seeks the T-90 tank and the Su-30 fighter.",
        "[1] Title of visit, visit, paragraph 2, line 6",
        "in no article: zeppelin",
        "<td class=\"n\" data-name=\"weight\">0.75</td><td class=\"n\" data-name=\"found in the quote\">0.50</td>",
        "tanks: weight 0.7500, found 0.5000",
        "1 helpful, 0 not helpful",
        "arrived as message 99 (#2)",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // A record of another kind is shown as it is exported.
    assert!(pages.page("/answers/3").await.contains("&quot;kind&quot;: &quot;vote&quot;"));
    store.erase_person(at(NOON), &Asker::process(), 30).await.unwrap();
    let page = pages.page("/answers/1").await;
    assert!(page.contains("(erased)") && page.contains("The reasons were erased"), "{page}");
    assert!(!page.contains("tanks") && !page.contains("zeppelin"), "{page}");
}

#[tokio::test]
async fn what_others_wrote_stays_text_on_every_page() {
    let home = Home::new();
    let store = home.open().await;
    let hostile = "\"><script>alert(1)</script><img src=x onerror='y'> \u{202e}\u{1b}[2J\u{9b}31m\u{2066} tanks\r\n</table>";
    let mut answer = found(hostile, &["visit", hostile]);
    answer.excerpts[0].article = Arc::new(Article::new(
        hostile,
        "x.md",
        Title::Given(hostile.into()),
        Metadata::default(),
        hostile,
        LineMap::Single(1),
    ));
    answer.excerpts[0].quote = 0..hostile.len();
    answer.unmatched = vec![hostile.to_owned()];
    let word = WordShare { asked: hostile.to_owned(), weight: 1.0, found: 1.0 };
    answer.excerpts[0].explanation = Explanation { words: vec![word], ..Explanation::default() };
    ask_at(&store, NOON, &member(30), answer).await.unwrap();
    let failed = Delivery::Failed { error: hostile.to_owned() };
    store.record_delivery(at(NOON), 1, &failed).await.unwrap();
    ask_at(&store, NOON, &member(30), not_found(hostile)).await.unwrap();
    store
        .record_refusal(
            at(NOON),
            &member(30),
            &Refusal {
                action: hostile.to_owned(),
                reason: hostile.to_owned(),
                question: Some(hostile.to_owned()),
            },
        )
        .await
        .unwrap();
    let report = json!({ "swapped": true, "refused": hostile, "added": [hostile], hostile: hostile });
    store.record_reload(at(NOON), &member(30), &report, Duration::ZERO).await.unwrap();
    let pages = Pages::of(&store).await;
    let words = "/answers?words=%22%3E%3Cscript%3Etanks%E2%80%AE";
    for path in [
        "/",
        "/answers",
        "/answers?outcome=refused",
        words,
        "/answers/1",
        "/answers/2",
        "/answers/3",
        "/answers/4",
        "/answers/5",
    ] {
        let page = pages.page(path).await;
        assert!(page.contains("script"), "{path}: the hostile text is there at all");
        for harm in ["<script", "<img", "onerror='", "\u{202e}", "\u{1b}", "\u{9b}", "\u{2066}"] {
            assert!(!page.contains(harm), "{path}: {harm:?} in {page}");
        }
    }
}

#[tokio::test]
async fn the_figures_name_nobody_and_nothing() {
    let home = Home::new();
    let store = seven(&home).await;
    let pages = Pages::of(&store).await;
    pages.connected.send_replace(true);
    let figures = pages.page("/metrics").await;
    for figure in [
        "# TYPE footnote_audit_commits_total counter",
        "footnote_gateway_connected 1",
        "footnote_audit_writable 1",
        "footnote_audit_queue_records 0",
    ] {
        assert!(figures.contains(figure), "{figure} in {figures}");
    }
    assert!(!figures.contains("one?") && !figures.contains("visit") && !figures.contains(TOKEN), "{figures}");
}

/// More silent connections than the server takes at a time keep nobody out once they are gone.
#[tokio::test]
async fn silent_connections_do_not_stay_in_the_way() {
    let home = Home::new();
    let pages = Pages::of(&home.open().await).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(tokio::net::TcpStream::connect(pages.address).await.unwrap());
    }
    drop(silent);
    assert_eq!(pages.request(Method::GET, "/healthz", Shown::Nothing).await.status(), StatusCode::OK);
}
