//! `footnote invite`: the link that adds the bot to a server.

use secrecy::SecretString;

use crate::discord::invite::{self, InviteError};

/// The link, for stdout.
///
/// # Errors
///
/// Where the token does not tell the application's id.
pub fn invite(token: &SecretString) -> Result<String, InviteError> {
    invite::link(token).map(|link| format!("{link}\n"))
}
