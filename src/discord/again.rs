//! What may go through at a second try is tried again, for as long as somebody waits for it: a fault of Discord's
//! servers, a connection that broke, too many requests. Nothing is done twice by that: who sends a message gives
//! it a number that Discord knows it by, and a response to an interaction can only be given once.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::fault;

/// The first wait between two tries; it doubles.
const WAIT_MIN: Duration = Duration::from_millis(200);

/// How long something is tried.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long one try may take.
    one: Duration,
    /// When the last try begins, at the latest.
    all: Duration,
}

/// For the first response to an interaction. Discord takes it within three seconds, of which a reply that is not
/// announced may have used one.
pub const RESPONSE: Patience =
    Patience { one: Duration::from_millis(1200), all: Duration::from_millis(1500) };

/// For a message, or a change of one: for as long as a person still looks for it.
pub const MESSAGE: Patience = Patience { one: Duration::from_secs(15), all: Duration::from_secs(30) };

/// Tries until it is done, cannot be, or patience is at its end; `attempt` is told how often it was tried before.
///
/// # Errors
///
/// Why the last try failed.
pub async fn again<T, F>(patience: Patience, mut attempt: impl FnMut(u32) -> F) -> Result<T, serenity::Error>
where
    F: Future<Output = Result<T, serenity::Error>>,
{
    let (start, mut wait) = (Instant::now(), WAIT_MIN);
    for tried in 0.. {
        let outcome = timeout(patience.one, attempt(tried)).await.unwrap_or(Err(fault::NO_ANSWER));
        match outcome {
            Err(error) if fault::may_pass(&error) && start.elapsed() + wait < patience.all => {
                tracing::debug!(error = fault::describe(&error), "a request to Discord is made again");
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            done => return done,
        }
    }
    Err(fault::NO_ANSWER)
}
