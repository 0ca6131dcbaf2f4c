//! The HTTP server of the running bot.

use crate::support::discord::test_token;
use crate::support::{ADA, Bot, HOME};
use crate::{AT_HOME, QUESTION, UNANSWERED, start, stop_and_read};

const TOKEN: &str = "a-token-that-nobody-guesses";

/// A port that is free, with a home guild.
const SERVED: [(&str, &str); 4] =
    [AT_HOME[0], AT_HOME[1], ("HTTP_ADDR", "127.0.0.1:0"), ("HTTP_TOKEN", TOKEN)];

/// Where the bot serves, by its log.
pub(super) async fn address(bot: &Bot) -> String {
    let line = bot.logged("shown over HTTP").await;
    let (_, address) = line.split_once("address=").expect("the log names the address");
    address.split_whitespace().next().unwrap_or_default().to_owned()
}

pub(super) async fn get(address: &str, path: &str, token: &str) -> (u16, String) {
    let request = reqwest::Client::new().get(format!("http://{address}{path}")).bearer_auth(token);
    let response = request.send().await.expect("the server answers");
    (response.status().as_u16(), response.text().await.expect("a text"))
}

/// The value of a figure.
fn figure(figures: &str, name: &str) -> f64 {
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{name} is not in {figures}")).parse().expect("a number")
}

#[tokio::test]
async fn what_happens_is_counted() {
    let (discord, bot) = start(&SERVED).await;
    let address = address(&bot).await;
    let ready = "ready\ngateway: connected\ncorpus: loaded\naudit: writable\n";
    // It is looked every second whether the bot is connected.
    let mut told = String::new();
    for _ in 0..100_000 {
        told = get(&address, "/readyz", "").await.1;
        if told == ready {
            break;
        }
    }
    assert_eq!(told, ready);
    let ada = discord.guild(HOME).member(ADA).manages_server();
    ada.slash("ask", [("question", QUESTION)]).await;
    ada.slash("ask", [("question", UNANSWERED)]).await;
    ada.slash("corpus reload", ()).await;
    let (status, page) = get(&address, "/answers", TOKEN).await;
    assert!(status == 200 && page.contains(QUESTION) && page.contains(UNANSWERED), "{page}");
    let (_, figures) = get(&address, "/metrics", TOKEN).await;
    for (name, least) in [
        ("footnote_asks_total{outcome=\"found\"}", 1.0),
        ("footnote_asks_total{outcome=\"not_found\"}", 1.0),
        ("footnote_ask_duration_seconds_count", 2.0),
        ("footnote_ask_duration_seconds_bucket{le=\"+Inf\"}", 2.0),
        ("footnote_deliveries_total{outcome=\"delivered\"}", 1.0),
        ("footnote_reloads_total{outcome=\"swapped\"}", 1.0),
        ("footnote_gateway_sessions_total{kind=\"new\"}", 1.0),
        ("footnote_gateway_connected", 1.0),
        ("footnote_audit_writable", 1.0),
        ("footnote_corpus_articles", 6.0),
    ] {
        let value = figure(&figures, name);
        assert!(value >= least, "{name} is {value}: {figures}");
    }
    for secret in [QUESTION, TOKEN, "Lakehurst", &ADA.to_string(), &test_token()] {
        assert!(!figures.contains(secret), "{secret} in {figures}");
    }
    let records = stop_and_read(bot).await;
    assert_eq!(crate::of_kind(&records, "ask").len(), 2);
}

#[tokio::test]
async fn without_a_token_of_its_own_one_is_made_and_printed_once() {
    let (_discord, bot) = start(&[AT_HOME[0], ("HTTP_ADDR", "localhost:0"), ("LOG_FORMAT", "json")]).await;
    let line = bot.logged("until the next start the token of").await;
    let token = line.rsplit(' ').next().unwrap_or_default().to_owned();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    assert_eq!(bot.log().iter().filter(|line| line.contains(&token)).count(), 1);
    let log = bot.logged("shown over HTTP").await;
    let log: serde_json::Value = serde_json::from_str(&log).expect("a line of JSON");
    let address = log["fields"]["address"].as_str().expect("an address").to_owned();
    assert_eq!(get(&address, "/", &token).await.0, 200);
    assert_eq!(get(&address, "/", TOKEN).await.0, 401);
}

#[tokio::test]
async fn an_address_that_is_taken_ends_it_before_it_connects() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = holder.local_addr().expect("an address").to_string();
    let discord = crate::support::Discord::start().await;
    let bot = Bot::spawn(&discord, crate::folder(), &[("HTTP_ADDR", &taken)]);
    assert_eq!(bot.ended().await, Some(2));
    let log = bot.log().join("\n");
    assert!(log.contains("HTTP_ADDR is `127.0.0.1`") && discord.identifies().is_empty(), "{log}");
}
