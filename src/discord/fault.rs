//! What went wrong between us and Discord, told without secrets.
//!
//! The messages of the HTTP client name the url of the request, and the urls of replies hold the token of
//! the interaction, with which anybody could reply in our name for a quarter of an hour.

use std::error::Error as _;

use serenity::Error;
use serenity::gateway::GatewayError;
use serenity::http::{HttpError, StatusCode};

/// Nothing came back in time.
pub const NO_ANSWER: Error = Error::Other("no answer in time");

/// The error in words that may be logged and recorded.
pub fn describe(error: &Error) -> String {
    match error {
        Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let status = response.status_code.as_u16();
            match response.error.code {
                // Serenity's mark for a body that is none of Discord's; its message may name the url.
                -1 => format!("status {status} without an explanation"),
                code => format!("status {status}, code {code}: {}", response.error.message),
            }
        }
        Error::Http(HttpError::Request(request)) => {
            let what = match () {
                () if request.is_timeout() => "the request timed out",
                () if request.is_connect() => "no connection",
                () if request.is_body() || request.is_decode() => "the response broke off",
                () => "the request failed",
            };
            // The outer error names the url, its sources do not.
            let mut cause = request.source();
            while let Some(next) = cause.and_then(|error| error.source()) {
                cause = Some(next);
            }
            cause.map_or_else(|| what.to_owned(), |cause| format!("{what}: {cause}"))
        }
        Error::Url(_) => "an address that cannot be parsed".to_owned(),
        other => other.to_string(),
    }
}

/// Whether trying again later may help: no connection, a fault of the server, or too many requests.
pub fn may_pass(error: &Error) -> bool {
    match error {
        Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            response.status_code.is_server_error() || response.status_code == StatusCode::TOO_MANY_REQUESTS
        }
        Error::Http(HttpError::Request(_)) | Error::Io(_) | Error::Tungstenite(_) => true,
        // An answer that broke off, or is none of Discord's.
        Error::Json(_) => true,
        Error::Other(_) => {
            matches!((error, &NO_ANSWER), (Error::Other(one), Error::Other(other)) if one == other)
        }
        _ => false,
    }
}

/// Whether Discord refused a message for want of a permission (code 50013) or because nothing was left of
/// it (50006): what happens to a message with an embed where the bot may not embed links.
/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>
pub fn is_refused_embed(error: &Error) -> bool {
    matches!(error, Error::Http(HttpError::UnsuccessfulRequest(response)) if matches!(response.error.code, 50006 | 50013))
}

/// Whether an interaction was responded to before (code 40060).
pub fn is_answered_before(error: &Error) -> bool {
    matches!(error, Error::Http(HttpError::UnsuccessfulRequest(response)) if response.error.code == 40060)
}

/// Whether the bot may not write there, or not even see the place (codes 50013, 50001).
pub fn is_forbidden(error: &Error) -> bool {
    matches!(error, Error::Http(HttpError::UnsuccessfulRequest(response)) if matches!(response.error.code, 50001 | 50013))
}

/// Whether Discord does not know the token.
pub fn is_bad_token(error: &Error) -> bool {
    match error {
        Error::Gateway(GatewayError::InvalidAuthentication | GatewayError::NoAuthentication) => true,
        Error::Http(error) => error.status_code() == Some(StatusCode::UNAUTHORIZED),
        _ => false,
    }
}
