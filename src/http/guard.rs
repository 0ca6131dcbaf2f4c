//! Who may see what, and what must every response say?
//!
//! A token, in the header `Authorization`: as `Bearer`, or as the password of HTTP basic authentication, for which a
//! browser has a form of its own. So it stands in no address and no history, and needs neither a cookie nor a
//! script. Since nothing can be changed here, a page elsewhere gains nothing by having a browser send it.
//!
//! The header `Host` must name this server: else a page elsewhere could point a name of its own at this address,
//! and its scripts would count as this server's own (DNS rebinding). An address in digits cannot be pointed
//! anywhere, so any is good.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;

use super::{Access, page};

/// What is shown without a token: it holds nothing but what every copy of the program holds, or a yes or no.
const OPEN: [&str; 3] = ["/healthz", "/readyz", "/style.css"];

/// What every response says: no script, nothing from elsewhere, in no frame, kept by nobody, told to nobody.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// What a client must show, in a form that can be compared without telling where two differ.
#[derive(Clone)]
pub(super) struct Guard {
    token: blake3::Hash,
    host: String,
}

impl Guard {
    pub(super) fn new(access: &Access) -> Guard {
        let token = blake3::hash(access.token.expose_secret().as_bytes());
        Guard { token, host: access.host.to_ascii_lowercase() }
    }

    /// Whether the token is shown. Hashes are compared in constant time.
    fn is_token(&self, shown: &[u8]) -> bool {
        blake3::hash(shown) == self.token
    }

    fn is_let_in(&self, headers: &HeaderMap) -> bool {
        let Some(shown) = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else {
            return false;
        };
        let Some((scheme, credentials)) = shown.split_once(' ') else { return false };
        let credentials = credentials.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return self.is_token(credentials.as_bytes());
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return false;
        }
        // Whatever stands as the user's name: there are no users.
        let Ok(pair) = STANDARD.decode(credentials) else { return false };
        let password = pair.iter().position(|&byte| byte == b':').and_then(|colon| pair.get(colon + 1..));
        password.is_some_and(|password| self.is_token(password))
    }

    /// Whether the request is meant for this server, by the one header that says so.
    fn is_own_host(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| {
            let name = without_port(host).to_ascii_lowercase();
            let digits = name.trim_start_matches('[').trim_end_matches(']');
            name == "localhost" || name == self.host || digits.parse::<IpAddr>().is_ok()
        })
    }
}

/// `localhost:8080` is `localhost`, `[::1]:8080` is `[::1]`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}

/// Lets a request through, or says why not; adds to every response what all must say.
pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = if !guard.is_own_host(request.headers()) {
        wrong_host()
    } else if OPEN.contains(&request.uri().path()) || guard.is_let_in(request.headers()) {
        next.run(request).await
    } else {
        no_token()
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn no_token() -> Response {
    let lines = [
        "This page needs the token of this server: the value of HTTP_TOKEN, or where that is unset, the one that \
         `footnote serve` printed when it started.",
        "In a browser, load this page again and give the token as the password; the user's name may be anything. With \
         curl: curl --user :TOKEN, or the header Authorization: Bearer TOKEN.",
    ];
    let mut response = say(StatusCode::UNAUTHORIZED, "A token is needed", &lines);
    let form = HeaderValue::from_static("Basic realm=\"Footnote\", charset=\"UTF-8\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, form);
    response
}

fn wrong_host() -> Response {
    let lines = [
        "This server does not go by the name in the address of this page.",
        "Use localhost, the address of the machine in digits, or the name that stands in HTTP_ADDR. A proxy in front of it \
         must send one of them as the header Host.",
    ];
    say(StatusCode::FORBIDDEN, "Not the name of this server", &lines)
}

/// A page that says what is wrong and what to do.
pub(super) fn say(status: StatusCode, title: &str, lines: &[&str]) -> Response {
    (status, Html(page::message(title, lines))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard::new(&Access { token: "0123456789abcdef".to_owned().into(), host: "Ops.example".to_owned() })
    }

    fn headers(name: header::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(&name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn the_token_alone_lets_in() {
        let basic = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
        let table = [
            ("Bearer 0123456789abcdef", true),
            ("bearer  0123456789abcdef ", true),
            (&basic(":0123456789abcdef"), true),
            (&basic("ada:0123456789abcdef"), true),
            ("Bearer 0123456789abcdeg", false),
            ("Bearer 0123456789abcde", false),
            ("Bearer ", false),
            ("Bearer", false),
            ("0123456789abcdef", false),
            ("Digest 0123456789abcdef", false),
            (&basic("0123456789abcdef"), false),
            (&basic("ada:x:0123456789abcdef"), false),
            ("Basic %%%", false),
            ("", false),
        ];
        for (shown, expected) in table {
            assert_eq!(guard().is_let_in(&headers(header::AUTHORIZATION, &[shown])), expected, "{shown}");
        }
        assert!(!guard().is_let_in(&HeaderMap::new()));
    }

    #[test]
    fn a_name_that_others_could_point_here_is_none_of_ours() {
        let table: [(&[&str], bool); 15] = [
            (&["localhost"], true),
            (&["LOCALHOST:8080"], true),
            (&["127.0.0.1:8080"], true),
            (&["10.1.2.3"], true),
            (&["[::1]:8080"], true),
            (&["[::1]"], true),
            (&["ops.example:443"], true),
            (&["OPS.example"], true),
            (&["evil.example"], false),
            (&["127.0.0.1.evil.example:8080"], false),
            (&["localhost.evil.example"], false),
            (&["ops.example.evil.example"], false),
            (&[""], false),
            (&[], false),
            (&["localhost", "evil.example"], false),
        ];
        for (hosts, expected) in table {
            assert_eq!(guard().is_own_host(&headers(header::HOST, hosts)), expected, "{hosts:?}");
        }
    }
}
