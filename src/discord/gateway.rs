//! Is the bot connected to Discord?

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serenity::gateway::{ConnectionStage, ShardManager};
use serenity::model::id::ShardId;
use tokio::sync::watch;

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Tells whether all shards are connected; and, when it ends, that none is. It ends where they were not for as long
/// as there is patience. A shard whose heartbeats were not acknowledged for two thirds of that is not connected,
/// whatever it believes.
pub async fn watch(shards: Arc<ShardManager>, connected: &watch::Sender<bool>, patience: Duration) {
    let told = Told(connected);
    let silence_max = patience * 2 / 3;
    let mut last = Instant::now();
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
            let is_heard = now.saturating_duration_since(last.1) < silence_max;
            all && is_heard && runner.stage == ConnectionStage::Connected
        });
        drop(runners);
        told.0.send_if_modified(|was| std::mem::replace(was, is_connected) != is_connected);
        if is_connected {
            last = now;
        } else if now.saturating_duration_since(last) >= patience {
            return;
        }
    }
}

/// Once nobody looks any more there is no connection to tell of.
struct Told<'a>(&'a watch::Sender<bool>);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}
