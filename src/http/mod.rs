//! What does an operator see in a browser, and what do monitors? A small server for the people who run the bot: the
//! report, the answers, whether all is well, and figures for Prometheus. It knows nothing of Discord, and nothing
//! of the service knows it.
//!
//! Everything is read: no request changes anything. Every page but health asks for a token, and every request
//! must name this server as its host (see `guard`).
//!
//! | file | the question it answers |
//! |---|---|
//! | `server` | how are connections taken, and bounded? |
//! | `guard` | who may see what, and what must every response say? |
//! | `pages` | which page is at which address? |
//! | [`page`] | how does a page look? |
//! | `health` | is all well? |
//! | `metrics` | which figures are there for Prometheus? |

mod guard;
mod health;
mod metrics;
pub mod page;
mod pages;
mod server;

use std::sync::{Arc, OnceLock};

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{App, Clock};
use crate::audit::Store;

pub use metrics::Metrics;

/// What the server is told of.
#[derive(Clone)]
pub struct Sources {
    /// The audit store.
    pub store: Store,
    /// The service, once its corpus is loaded.
    pub app: Arc<OnceLock<Arc<App>>>,
    /// Whether the bot is connected.
    pub gateway: watch::Receiver<bool>,
    /// The figures.
    pub metrics: Metrics,
    /// The time.
    pub clock: Clock,
}

/// Who is served.
#[derive(Debug, Clone)]
pub struct Access {
    /// What a client must show.
    pub token: SecretString,
    /// The name under which the server is reached, beside `localhost` and addresses in digits.
    pub host: String,
}

/// Serves until it is dropped or aborted.
pub async fn run(listener: TcpListener, access: Access, sources: Sources) {
    let upkeep = sources.metrics.clone();
    let router = pages::router(Arc::new(sources), access);
    tokio::join!(server::accept(listener, router), upkeep.keep_up());
}

/// A token of 256 random bits, in hexadecimal digits.
///
/// # Errors
///
/// Where the system has no random bytes to give.
pub fn random_token() -> Result<SecretString, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}
