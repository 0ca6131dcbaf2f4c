//! How does the end of the audit chain get to where nobody who holds the disk can change it? Into a channel of a
//! home server: once a day for all processes that share a store, and when a moderator asks for it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use serenity::builder::CreateMessage;
use serenity::http::Http;
use serenity::model::channel::Channel;
use serenity::model::id::ChannelId;
use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::audit::{Asker, Detail, Filter, Head, Kind, Kinds, Order, PAGE_MAX, Page, RecordId, StoreError};

use super::access::Moderator;
use super::bot::Bot;
use super::fault;
use super::reply::{self, Reply};
use super::text::Text;

/// How often it is looked whether it is time.
const LOOK_EVERY: Duration = Duration::from_secs(600);

/// For how long a process that has said that it posts is waited for. Below [`LOOK_EVERY`], so that one that failed
/// tries again.
const CLAIMED_FOR: Duration = Duration::from_secs(300);

/// The setting that says what was posted when; of the server of the channel.
const POSTED: &str = "audit_head_posted";

/// The setting by which a process says that it is about to post.
const CLAIM: &str = "audit_head_claim";

/// Why it was not posted.
#[derive(Debug, thiserror::Error)]
enum HeadError {
    /// The channel is of no home server.
    #[error("the channel of AUDIT_CHANNEL_ID is in none of the servers of HOME_GUILD_IDS")]
    NotHome,
    /// Discord did not take it.
    #[error("{reason}")]
    Discord {
        /// What it said, without secrets.
        reason: String,
    },
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Posts it every day, for as long as it runs, where a channel is set.
pub async fn post_daily(bot: Arc<Bot>, http: Arc<Http>) {
    let Some(channel) = bot.settings.audit_channel else { return };
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut guild, mut is_told) = (None, false);
    loop {
        ticks.tick().await;
        let _task = bot.under_way.begin();
        let posted = async {
            let known = match guild {
                Some(known) => known,
                None => home_of(&bot, &http, channel).await?,
            };
            guild = Some(known);
            once_a_day(&bot.app, known, async |head| post(&bot, &http, channel, known, head).await).await
        };
        match posted.await {
            Ok(Some(head)) => {
                tracing::info!(record = head.id, channel, "the end of the audit chain is posted")
            }
            Ok(None) => {}
            // Once, until it works again: it is tried every few minutes.
            Err(error) if !is_told => {
                is_told = true;
                tracing::error!(
                    %error,
                    channel,
                    "the end of the audit chain could not be posted: it is tried again every ten minutes; can the bot \
                     see the channel of AUDIT_CHANNEL_ID, and write there?"
                );
                continue;
            }
            Err(error) => {
                tracing::debug!(%error, "the end of the audit chain could not be posted");
                continue;
            }
        }
        is_told = false;
    }
}

/// `/audit head`
pub async fn on_demand(bot: &Bot, http: &Http, text: Text, _: &Moderator) -> Reply {
    let head = async { bot.app.store().reader().await?.head().await };
    let head = match head.await {
        Ok(Some(head)) => head,
        Ok(None) => return Reply::note(text.audit_none()),
        Err(error) => {
            tracing::error!(%error, "the audit store could not be read");
            return Reply::note(text.audit_failed());
        }
    };
    let told = text.audit_head(&code(head, text));
    let Some(channel) = bot.settings.audit_channel else {
        return Reply::note(format!("{told}\n{}", text.audit_head_unset()));
    };
    let posted = async {
        let guild = home_of(bot, http, channel).await?;
        post(bot, http, channel, guild, head).await
    };
    match posted.await {
        Ok(_) => Reply::note(format!("{told}\n{}", text.audit_head_posted(&format!("<#{channel}>")))),
        Err(error) => {
            tracing::error!(%error, channel, "the end of the audit chain could not be posted");
            Reply::note(format!("{told}\n{}", text.audit_head_failed()))
        }
    }
}

/// Posts the end of the chain with `post`, unless one of the processes that share the store has done so on this
/// day (UTC), or is doing it. Gives back what was posted.
///
/// Whoever posts says so first, by a record; of several that do at the same time the one with the lowest number
/// posts, and a process that ends before it has is waited for a few minutes alone.
async fn once_a_day(
    app: &App,
    guild: u64,
    post: impl AsyncFnOnce(Head) -> Result<u64, HeadError>,
) -> Result<Option<Head>, HeadError> {
    let now = app.now();
    let today = now.strftime("%Y-%m-%d").to_string();
    let posted = app.store().settings(guild).await?;
    let is_posted = posted.get(POSTED).and_then(|posted| posted.get("day")?.as_str()) == Some(&today);
    if is_posted || first_claim(app, guild, now).await?.is_some() {
        return Ok(None);
    }
    let process = Asker::process();
    let claim = app.set_setting(&process, guild, CLAIM, json!({ "day": today })).await?;
    if first_claim(app, guild, now).await? != Some(claim) {
        return Ok(None);
    }
    let Some(head) = app.store().reader().await?.head().await? else { return Ok(None) };
    let message = post(head).await?;
    let told = json!({
        "day": today, "record": head.id, "hash": head.hash.to_string(), "message": message.to_string(),
    });
    app.set_setting(&process, guild, POSTED, told).await?;
    Ok(Some(head))
}

/// The first of those who have said a moment ago that they are about to post. The clocks of machines differ, and one
/// that was ahead may have been set back: what was said far in the future was not said a moment ago.
async fn first_claim(app: &App, guild: u64, now: Timestamp) -> Result<Option<RecordId>, StoreError> {
    let (since, until) = (now.saturating_sub(CLAIMED_FOR).ok(), now.saturating_add(CLAIMED_FOR).ok());
    let kinds = Kinds::Only(Kind::Setting);
    let filter = Filter { guild: Some(guild), kinds, since, until, ..Filter::default() };
    let page = Page { order: Order::OldestFirst, after: None, limit: PAGE_MAX };
    let records = app.store().reader().await?.records(&filter, page).await?;
    let is_claim = |detail: &Detail| matches!(detail, Detail::Setting { key, .. } if key == CLAIM);
    Ok(records.iter().find(|record| is_claim(&record.entry.detail)).map(|record| record.id))
}

/// The home server that the channel is in.
async fn home_of(bot: &Bot, http: &Http, channel: u64) -> Result<u64, HeadError> {
    match http.get_channel(ChannelId::new(channel)).await {
        Ok(Channel::Guild(found)) if bot.settings.home_guilds.contains(&found.guild_id.get()) => {
            Ok(found.guild_id.get())
        }
        Ok(_) => Err(HeadError::NotHome),
        Err(error) => Err(HeadError::Discord { reason: fault::describe(&error) }),
    }
}

/// Posts it, in the language of the server; gives back the id of the message.
async fn post(bot: &Bot, http: &Http, channel: u64, guild: u64, head: Head) -> Result<u64, HeadError> {
    let language = bot.guilds.settings(&bot.app, Some(guild)).await.language;
    let text = Text::new(language.unwrap_or_default());
    let message = CreateMessage::new()
        .content(text.audit_head_public(&code(head, text)))
        .allowed_mentions(reply::no_mentions());
    let sent = ChannelId::new(channel).send_message(http, message).await;
    sent.map(|sent| sent.id.get()).map_err(|error| HeadError::Discord { reason: fault::describe(&error) })
}

/// The head as it can be copied: what keeps it from turning the text around it stays outside.
fn code(head: Head, text: Text) -> String {
    text.part(&format!("`{head}`"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::answer::AnswerParams;
    use crate::app::AppSettings;
    use crate::audit::Store;

    const GUILD: u64 = 7;
    const HOUR_S: i64 = 3_600;

    /// A process on the store of a folder, whose clock is set by hand.
    async fn process(folder: &std::path::Path, clock: &Arc<AtomicI64>) -> App {
        let store = Store::open(&format!("sqlite://{}/audit.db", folder.display())).await.unwrap();
        let clock = Arc::clone(clock);
        let clock = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let (corpus_dir, params) = (folder.to_owned(), AnswerParams::default());
        let settings = AppSettings { corpus_dir, cache: None, params, clock };
        App::start(settings, store, &()).unwrap().0
    }

    async fn look(app: &App) -> Option<Head> {
        once_a_day(app, GUILD, async |_| Ok(1)).await.unwrap()
    }

    async fn fail(app: &App) {
        let failed =
            once_a_day(app, GUILD, async |_| Err(HeadError::Discord { reason: "no permission".to_owned() }));
        assert!(failed.await.is_err());
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "A text.").unwrap();
        folder
    }

    #[tokio::test]
    async fn it_is_posted_once_a_day_by_whichever_process() {
        let folder = folder();
        // The 14th of November 2023, 22:13:20 UTC.
        let clock = Arc::new(AtomicI64::new(1_700_000_000));
        let (one, other) = (process(folder.path(), &clock).await, process(folder.path(), &clock).await);
        let (a, b) = tokio::join!(look(&one), look(&other));
        assert_eq!(usize::from(a.is_some()) + usize::from(b.is_some()), 1, "both at once: {a:?} {b:?}");
        assert_eq!((look(&one).await, look(&other).await), (None, None));
        drop(one);
        let restarted = process(folder.path(), &clock).await;
        clock.fetch_add(HOUR_S, Ordering::Relaxed);
        assert_eq!(look(&restarted).await, None, "a restart does not post again");
        clock.fetch_add(HOUR_S, Ordering::Relaxed);
        let head = look(&other).await.expect("another day has begun");
        let kept = other.store().settings(GUILD).await.unwrap();
        assert_eq!(kept[POSTED]["hash"], head.hash.to_string());
        assert_eq!(kept[POSTED]["day"], "2023-11-15");
        assert_eq!(look(&restarted).await, None);
    }

    #[tokio::test]
    async fn a_clock_that_jumps_holds_up_nothing() {
        let folder = folder();
        let clock = Arc::new(AtomicI64::new(1_700_000_000));
        let app = process(folder.path(), &clock).await;
        assert!(look(&app).await.is_some());
        // Years ahead, where posting fails or succeeds, and back to the next day.
        for fails in [true, false] {
            clock.fetch_add(50_000 * HOUR_S, Ordering::Relaxed);
            if fails {
                fail(&app).await
            } else {
                assert!(look(&app).await.is_some())
            }
            clock.fetch_sub((50_000 - 24) * HOUR_S, Ordering::Relaxed);
            assert!(look(&app).await.is_some());
            assert_eq!(look(&app).await, None);
        }
        clock.fetch_sub(47 * HOUR_S, Ordering::Relaxed);
        assert!(look(&app).await.is_some(), "a day that comes again is told of again");
    }

    #[tokio::test]
    async fn who_fails_is_waited_for_and_then_another_posts() {
        let folder = folder();
        let clock = Arc::new(AtomicI64::new(1_700_000_000));
        let (one, other) = (process(folder.path(), &clock).await, process(folder.path(), &clock).await);
        fail(&one).await;
        assert_eq!(look(&other).await, None, "the first may still be at it");
        clock.fetch_add(i64::try_from(LOOK_EVERY.as_secs()).unwrap(), Ordering::Relaxed);
        assert!(look(&other).await.is_some());
        assert_eq!(look(&one).await, None);
    }
}
