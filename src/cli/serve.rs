//! `footnote serve`: the bot, and the signals that reload and stop it.

mod forgetting;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use self::forgetting::Forgetting;
use super::progress::Progress;
use super::{CorpusArg, Outcome, local};
use crate::app::{App, AppSettings, CacheSettings, Followed, ReloadError, ReloadReport};
use crate::audit::{Asker, Store, StoreError};
use crate::config::{self, Config, HttpAddr};
use crate::corpus::LoadError;
use crate::discord::{self, BotSettings, ServeError};
use crate::http::{self, Metrics};

/// A second SIGHUP within this time forces the reload that the first was refused.
const FORCE_WITHIN: Duration = Duration::from_secs(60);

/// How long it is waited until a database server that could not be reached is tried again.
const STORE_AGAIN: Duration = Duration::from_secs(10);

/// How often a process looks what others reloaded: it takes one statement, and moderators wait for it.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);

/// Loads the corpus, opens the audit store and runs the bot until it is stopped.
pub(super) fn run(corpus: &CorpusArg, config: &Config) -> anyhow::Result<Outcome> {
    // What is sure to fail is told before anything is loaded or made.
    let bot = bot_settings(config)?;
    discord::check(&bot)?;
    let corpus_dir = corpus.dir(config);
    if !corpus_dir.exists() {
        return Err(LoadError::Missing { root: corpus_dir }.into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let store = runtime.block_on(open_store(config))?;
    let (connected, gateway) = watch::channel(false);
    // From here on it is told how far the start is.
    let loaded = Arc::new(OnceLock::new());
    let sources = |metrics| http::Sources {
        store: store.clone(),
        app: Arc::clone(&loaded),
        gateway,
        metrics,
        clock: Arc::new(Timestamp::now),
    };
    let pages = runtime.block_on(start_pages(config, sources))?;
    let cache =
        config::program().map(|program| CacheSettings { path: config.data_dir.join("index.cache"), program });
    let settings = AppSettings { corpus_dir, cache, params: config.answer, clock: Arc::new(Timestamp::now) };
    let progress = Progress::load();
    let (app, problems) = App::start(settings, store.clone(), &progress)?;
    drop(progress);
    for problem in &problems {
        tracing::warn!(%problem, "a problem with the corpus");
    }
    let corpus = app.snapshot().summary();
    tracing::info!(articles = corpus.articles, digest = corpus.digest.short(), "the corpus is loaded");
    let app = Arc::clone(loaded.get_or_init(|| Arc::new(app)));
    let served = runtime.block_on(serve(app, bot, connected, config.audit_retention));
    pages.iter().for_each(JoinHandle::abort);
    served?;
    Ok(Outcome::Done)
}

/// Opens the audit store. A database server that cannot be reached is waited for, however long: machines start in any
/// order.
async fn open_store(config: &Config) -> Result<Store, StoreError> {
    loop {
        match local::open_store(config).await {
            Err(error) if error.is_unreachable() => {
                tracing::warn!(%error, wait_s = STORE_AGAIN.as_secs(), "there is no audit store yet: it is tried again");
                tokio::time::sleep(STORE_AGAIN).await;
            }
            opened => return opened,
        }
    }
}

/// Starts the HTTP server where HTTP_ADDR is set, before the corpus is loaded, so that a monitor sees that the
/// program lives. Says once where it is, and with which token where none is set.
async fn start_pages(
    config: &Config,
    sources: impl FnOnce(Metrics) -> http::Sources,
) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(HttpAddr { host, port }) = &config.http_addr else { return Ok(None) };
    let cannot = || format!("HTTP_ADDR is `{host}` and port {port}, where no server can be started");
    let listener = TcpListener::bind((host.as_str(), *port)).await.with_context(cannot)?;
    let address = listener.local_addr().with_context(cannot)?;
    let metrics = Metrics::install().context("the figures for /metrics cannot be set up")?;
    let token = match &config.http_token {
        Some(token) => token.clone(),
        None => {
            let token =
                http::random_token().context("no token could be made for HTTP_ADDR: set HTTP_TOKEN")?;
            // To stdout, since no secret goes into the log.
            super::print(&format!(
                "HTTP_TOKEN is unset; until the next start the token of http://{address}/ is {}\n",
                token.expose_secret()
            ))?;
            token
        }
    };
    if !address.ip().is_loopback() {
        tracing::warn!(
            %address,
            "HTTP_ADDR can be reached from other machines, and the token goes there unencrypted: put a proxy with TLS before it"
        );
    }
    tracing::info!(%address, "the report, health and metrics are shown over HTTP");
    let access = http::Access { token, host: host.clone() };
    Ok(Some(tokio::spawn(http::run(listener, access, sources(metrics)))))
}

fn bot_settings(config: &Config) -> anyhow::Result<BotSettings> {
    Ok(BotSettings {
        token: config.token("footnote serve")?.clone(),
        api_url: config.discord_api_url.clone(),
        home_guilds: config.home_guild_ids.clone(),
        moderator_roles: config.moderator_role_ids.clone(),
        ask_scope: config.ask_scope,
        cooldown: config.ask_cooldown,
        message_content: config.message_content,
        audit_channel: config.audit_channel_id,
        retention_days: config.audit_retention.map(|age| age.as_secs() / 86_400),
        patience: discord::PATIENCE,
        shards: config.shards,
    })
}

/// Runs the bot until SIGTERM or Ctrl-C; SIGHUP reloads the corpus. Closes the store at the end.
async fn serve(
    app: Arc<App>,
    settings: BotSettings,
    connected: watch::Sender<bool>,
    retention: Option<Duration>,
) -> Result<(), ServeError> {
    // Before this start leaves a mark of its own.
    let forgetting = Forgetting::after(&app, retention).await;
    let mut others = Others::default();
    // Before anything is asked. One process with all shards has no others.
    let following = if settings.shards.is_some() {
        others.look(&app).await;
        Some(tokio::spawn(follow(Arc::clone(&app), others)))
    } else {
        None
    };
    let reloads = tokio::spawn(reload_on_hangup(Arc::clone(&app)));
    let upkeep = tokio::spawn(keep_up(Arc::clone(&app), forgetting));
    let outcome = discord::run(Arc::clone(&app), settings, connected, stop_signal()).await;
    reloads.abort();
    upkeep.abort();
    following.inspect(tokio::task::JoinHandle::abort);
    app.store().close().await;
    outcome
}

/// Keeps the corpus in the audit store, so that the first answer does not wait for it, and forgets what is old,
/// now and every day.
async fn keep_up(app: Arc<App>, forgetting: Option<Forgetting>) {
    if let Err(error) = app.keep_corpus().await {
        tracing::warn!(%error, "the corpus could not be kept: the first answer tries again");
    }
    if let Some(forgetting) = forgetting {
        forgetting.every_day(&app).await;
    }
}

/// The other processes of the bot, as seen from here.
#[derive(Debug, Default)]
struct Others {
    followed: Followed,
    /// Whether the last look failed: that is told once.
    has_failed: bool,
}

impl Others {
    /// Takes over the articles that others have put in place.
    async fn look(&mut self, app: &App) {
        let looked = app.follow(&mut self.followed).await;
        let had_failed = std::mem::replace(&mut self.has_failed, looked.is_err());
        match looked {
            Err(error) if !had_failed => {
                tracing::warn!(%error, "what other processes reload does not arrive here for now");
            }
            Err(error) => tracing::debug!(%error, "what other processes reload still does not arrive here"),
            Ok(()) if had_failed => tracing::info!("what other processes reload arrives here again"),
            Ok(()) => {}
        }
    }
}

/// Looks after what others put in place, again and again.
async fn follow(app: Arc<App>, mut others: Others) {
    let mut looks = tokio::time::interval(FOLLOW_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        others.look(&app).await;
    }
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
            %reason,
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
