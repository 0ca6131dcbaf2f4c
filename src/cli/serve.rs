//! `footnote serve`: the bot, and the signals that reload and stop it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::signal;

use crate::app::{App, ReloadError, ReloadReport};
use crate::audit::Asker;
use crate::discord::{self, BotSettings, ServeError};

/// A second SIGHUP within this time forces the reload that the first was refused.
const FORCE_WITHIN: Duration = Duration::from_secs(60);

/// Runs the bot until SIGTERM or Ctrl-C; SIGHUP reloads the corpus. Closes the store at the end.
///
/// # Errors
///
/// Where the bot cannot connect, or Discord ends the connection for good.
pub async fn serve(app: Arc<App>, settings: BotSettings) -> Result<(), ServeError> {
    let reloads = tokio::spawn(reload_on_hangup(Arc::clone(&app)));
    let outcome = discord::run(Arc::clone(&app), settings, stop_signal()).await;
    reloads.abort();
    app.store().close().await;
    outcome
}

/// Completes at SIGTERM or Ctrl-C.
#[cfg(unix)]
async fn stop_signal() {
    let mut terminate = match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM will end the bot at once: no handler could be set");
            return interrupt().await;
        }
    };
    tokio::select! {
        () = interrupt() => {}
        _ = terminate.recv() => {}
    }
}

/// Completes at Ctrl-C.
#[cfg(not(unix))]
async fn stop_signal() {
    interrupt().await;
}

/// Completes at Ctrl-C; never, where that cannot be listened for.
async fn interrupt() {
    if let Err(error) = signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C will end the bot at once: no handler could be set");
        std::future::pending::<()>().await;
    }
}

/// Reloads at every SIGHUP, with force where the one before came less than a minute ago. Signals that come
/// during a reload count as one after it.
#[cfg(unix)]
async fn reload_on_hangup(app: Arc<App>) {
    let mut hangups = match signal::unix::signal(signal::unix::SignalKind::hangup()) {
        Ok(hangups) => hangups,
        Err(error) => return tracing::warn!(%error, "SIGHUP will not reload: no handler could be set"),
    };
    let mut before = None;
    while hangups.recv().await.is_some() {
        let now = Instant::now();
        let force = forces(before, now);
        before = Some(now);
        tracing::info!(force, "reloading the corpus, as SIGHUP asks");
        log_reload(&app.reload(&Asker::process(), force).await);
    }
}

#[cfg(not(unix))]
async fn reload_on_hangup(_app: Arc<App>) {}

/// Whether a signal repeats one that came a moment ago.
fn forces(before: Option<Instant>, now: Instant) -> bool {
    before.is_some_and(|before| now.saturating_duration_since(before) <= FORCE_WITHIN)
}

/// Tells the operator, who has nothing but the log, what came of it.
fn log_reload(outcome: &Result<ReloadReport, ReloadError>) {
    let report = match outcome {
        Ok(report) => report,
        Err(error) => return tracing::error!(%error, "the corpus was not reloaded: the old one stays in use"),
    };
    for problem in &report.problems {
        tracing::warn!(%problem, "a problem with the corpus");
    }
    let (added, changed, removed) = (report.added.len(), report.changed.len(), report.removed.len());
    match &report.refused {
        None => tracing::info!(
            articles = report.articles,
            added,
            changed,
            removed,
            digest = report.digest,
            took_ms = report.took_ms,
            "the corpus is reloaded"
        ),
        Some(reason) => tracing::error!(
            reason,
            added,
            changed,
            removed,
            golden_lost = ?report.golden_lost,
            "the corpus was not reloaded: the old one stays in use; a second SIGHUP within a minute forces it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_signal_within_a_minute_forces() {
        let first = Instant::now();
        assert!(!forces(None, first));
        assert!(forces(Some(first), first + Duration::from_secs(59)));
        assert!(!forces(Some(first), first + Duration::from_secs(61)));
    }
}
