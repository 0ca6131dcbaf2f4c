//! The log: on stderr, as text or JSON.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Config, LogFormat};
use crate::discord;

/// Starts the log. A service logs what it does; a command that a person waits for, only what is wrong.
pub(super) fn start(config: &Config, service: bool) {
    let default = if service { "info" } else { "warn" };
    // The configuration has checked that the filter can be read.
    let filter = EnvFilter::new(config.log_filter.as_deref().unwrap_or(default));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && !config.no_color);
    // Whatever the operator asks to see, secrets are not among it.
    let harmless = filter_fn(discord::may_log);
    // A second start, as in a test, leaves the first in place.
    let _ = match config.log_format {
        LogFormat::Json => builder.json().finish().with(harmless).try_init(),
        LogFormat::Text if service => builder.finish().with(harmless).try_init(),
        LogFormat::Text => builder.without_time().with_target(false).finish().with(harmless).try_init(),
    };
}
