//! `footnote invite`: the link that adds the bot to a server, with just the permissions it needs.

use super::{Outcome, print};
use crate::config::Config;
use crate::discord::invite;

/// Prints the link.
pub(super) fn run(config: &Config) -> anyhow::Result<Outcome> {
    print(&format!("{}\n", invite::link(config.token("footnote invite")?)?))?;
    Ok(Outcome::Done)
}
