//! The link that adds the bot to a server. Works without a connection: the application's id is in the token.

use secrecy::{ExposeSecret, SecretString};
use serenity::model::Permissions;
use url::Url;

/// What the bot needs in a channel: to see questions there and to reply to them with an embed, in threads
/// as well. Reading the history is needed to reply to a message.
/// <https://discord.com/developers/docs/topics/permissions>
pub const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// The token does not tell the application's id. Never shows any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the value of DISCORD_TOKEN is no bot token, so it does not tell the application's id: copy the token from \
     the Discord Developer Portal (https://discord.com/developers/applications), your application, Bot, \
     Reset Token"
)]
pub struct InviteError;

/// The link that adds the bot to a server with the permissions it uses and no other.
///
/// # Errors
///
/// Where the token does not tell the application's id.
pub fn link(token: &SecretString) -> Result<Url, InviteError> {
    let id = application_id(token.expose_secret()).ok_or(InviteError)?;
    let parameters = [
        ("client_id", id.to_string()),
        ("scope", "bot applications.commands".to_owned()),
        ("permissions", PERMISSIONS.bits().to_string()),
    ];
    Url::parse_with_params("https://discord.com/oauth2/authorize", parameters).map_err(|_| InviteError)
}

/// The id in a token: of its three parts between full stops the first is the id of the bot's user in decimal
/// digits, written in base64 (<https://docs.discord.food/reference#token-format>). The id of the user is that
/// of the application for every application made since 2016.
fn application_id(token: &str) -> Option<u64> {
    let token = token.trim();
    let mut parts = token.strip_prefix("Bot ").unwrap_or(token).split('.');
    let (first, _, _) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = String::from_utf8(decode_base64(first)?).ok()?;
    // `parse` would take a sign as well.
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|id| *id > 0)
}

/// Decodes base64 (RFC 4648, either alphabet, padded or not); left-over bits are dropped.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for c in text.trim_end_matches('=').bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(token: &str, expected: Expect) {
        let shown =
            link(&token.to_owned().into()).map_or_else(|error| error.to_string(), |url| url.to_string());
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_link_asks_for_the_least() {
        check(
            "Mjg4NzYwMjQxMzYzODc3ODg4.C_ikow.j3VupLBuE1QWZng3TMGH0z_UAwg",
            expect![
                "https://discord.com/oauth2/authorize?client_id=288760241363877888&scope=bot+applications.commands&permissions=274877991936"
            ],
        );
        check(
            " Bot Mjg4NzYwMjQxMzYzODc3ODg4.x.y\n",
            expect![
                "https://discord.com/oauth2/authorize?client_id=288760241363877888&scope=bot+applications.commands&permissions=274877991936"
            ],
        );
    }

    #[test]
    fn what_is_no_token_is_not_shown() {
        for token in ["", "secret", "Mjg4.", "a.b.c", "K1 8.x.y", "LTE.x.y", "MA.x.y", "é.x.y"] {
            let error = link(&token.to_owned().into()).expect_err("no token");
            assert!(token.is_empty() || !error.to_string().contains(&format!("`{token}`")));
        }
    }

    #[test]
    fn base64_of_either_alphabet_is_read() {
        assert_eq!(decode_base64("_-8").as_deref(), Some(&[0xFF, 0xEF][..]));
        assert_eq!(decode_base64("/+8=").as_deref(), Some(&[0xFF, 0xEF][..]));
        assert_eq!(decode_base64("*"), None);
    }
}
