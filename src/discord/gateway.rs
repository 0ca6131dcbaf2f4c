//! Is the bot connected to Discord?

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serenity::gateway::{ConnectionStage, ShardManager};
use serenity::model::id::ShardId;
use tokio::sync::watch;

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A shard whose heartbeats were not acknowledged for so long is not connected, whatever it believes: Discord wants
/// one every 41 seconds, and one may get lost.
const SILENCE_MAX: Duration = Duration::from_secs(120);

/// Tells whether all shards are connected, for as long as it runs, and after that that none is.
pub async fn watch(shards: Arc<ShardManager>, connected: watch::Sender<bool>) {
    let told = Told(connected);
    let mut heard: HashMap<ShardId, (Option<Duration>, Instant)> = HashMap::new();
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        let now = ticks.tick().await.into_std();
        let runners = shards.runners.lock().await;
        heard.retain(|id, _| runners.contains_key(id));
        let is_connected = runners.iter().fold(!runners.is_empty(), |all, (id, runner)| {
            // Each acknowledgement brings a new latency, down to the nanosecond.
            let last = heard.entry(*id).or_insert((runner.latency, now));
            if last.0 != runner.latency || runner.stage != ConnectionStage::Connected {
                *last = (runner.latency, now);
            }
            let is_heard = now.saturating_duration_since(last.1) < SILENCE_MAX;
            all && is_heard && runner.stage == ConnectionStage::Connected
        });
        drop(runners);
        told.0.send_if_modified(|was| std::mem::replace(was, is_connected) != is_connected);
    }
}

/// Once nobody looks any more there is no connection to tell of.
struct Told(watch::Sender<bool>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}
