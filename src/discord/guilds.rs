//! What did the moderators of each server decide, as far as this process has read it?
//!
//! Every question goes by the settings of its server, and another process may change them. So the store is asked every
//! other moment whether any setting was changed, which takes it one look into an index, and read only then.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::app::App;
use crate::audit::{RecordId, StoreError};

use super::guild::GuildSettings;

/// How long the settings are believed before the store is asked again: what a moderator sets through another process
/// holds here within this time.
const BELIEVED_FOR: Duration = Duration::from_secs(2);

/// The settings of all servers, as read a moment ago.
#[derive(Debug, Default)]
pub struct Guilds {
    read: Mutex<Read>,
    /// Held by the one that reads them again.
    reading: tokio::sync::Mutex<()>,
    /// Held by the one that changes them.
    pub changing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Read {
    /// When the store was asked last; `None` where what is known must not be gone by.
    at: Option<Instant>,
    /// The newest change of a setting among them, where any were read.
    newest: Option<RecordId>,
    /// Those of servers that have any.
    settings: HashMap<u64, Arc<GuildSettings>>,
    /// How often they were forgotten.
    forgotten: u64,
}

impl Guilds {
    /// The settings of a server. Where they cannot be read those read last hold, else none is set: the store
    /// logs its faults, and a question is not answered while it cannot be recorded anyway.
    pub async fn settings(&self, app: &App, guild: Option<u64>) -> Arc<GuildSettings> {
        let Some(guild) = guild else { return Arc::default() };
        if !self.read().is_believed() {
            // One asks; who comes meanwhile goes by what is known, where that is no more than a moment old.
            match self.reading.try_lock() {
                Ok(_reading) => self.read_again(app).await,
                Err(_) if self.read().at.is_some() => {}
                Err(_) => {
                    let _reading = self.reading.lock().await;
                    if self.read().at.is_none() {
                        self.read_again(app).await;
                    }
                }
            }
        }
        self.read().settings.get(&guild).cloned().unwrap_or_default()
    }

    /// The settings of a server as they are stored now.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn stored(&self, app: &App, guild: u64) -> Result<GuildSettings, StoreError> {
        Ok(settings_of(&app.store().settings(guild).await?))
    }

    /// Forgets when they were read, so that a change holds at once.
    pub fn forget(&self) {
        let mut read = self.read();
        read.at = None;
        read.forgotten += 1;
    }

    async fn read_again(&self, app: &App) {
        let (since, forgotten) = {
            let read = self.read();
            (read.newest, read.forgotten)
        };
        let changed = app.store().settings_since(since).await;
        let mut read = self.read();
        match changed {
            Ok(Some((newest, all))) => {
                read.newest = Some(newest);
                let of_guild = |(guild, own): (u64, Result<Map<String, Value>, StoreError>)| match own {
                    Ok(own) => Some((guild, Arc::new(settings_of(&own)))),
                    Err(error) => {
                        tracing::debug!(%error, guild, "the settings of a server could not be read");
                        Some((guild, Arc::clone(read.settings.get(&guild)?)))
                    }
                };
                read.settings = all.into_iter().filter_map(of_guild).collect();
            }
            Ok(None) => {}
            Err(error) => tracing::debug!(%error, "the settings of servers could not be read"),
        }
        // What was read may be from before a change that was made meanwhile.
        if read.forgotten == forgotten {
            read.at = Some(Instant::now());
        }
    }

    fn read(&self) -> MutexGuard<'_, Read> {
        // A panic elsewhere leaves it whole: each part of it holds for itself.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn settings_of(stored: &Map<String, Value>) -> GuildSettings {
    GuildSettings::from_pairs(
        stored.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))),
    )
}

impl Read {
    fn is_believed(&self) -> bool {
        self.at.is_some_and(|at| at.elapsed() < BELIEVED_FOR)
    }
}
