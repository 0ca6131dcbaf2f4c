//! What may the moderators of a server decide about the bot there? Pure.
//!
//! Settings are kept in the audit store as names and values, both text, so that a setting of a later version
//! does no harm to an earlier one: what cannot be read is as if it were unset.

use super::locale::Locale;

/// The most channels, roles or people that one setting names.
pub const NAMED_MAX: usize = 50;

/// The longest wait between two questions, in seconds: a day.
pub const COOLDOWN_S_MAX: u32 = 86_400;

/// What the moderators of one server decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuildSettings {
    /// The language in which the bot speaks there; each person's own where unset.
    pub language: Option<Locale>,
    /// Whether answers to `/ask` are private unless asked for otherwise.
    pub private: bool,
    /// Seconds between two questions of a person; the operator's where unset.
    pub cooldown_s: Option<u32>,
    /// Seconds between two questions on the whole server; 0 for no wait.
    pub server_cooldown_s: u32,
    /// The least confidence of an answer, in percent; the operator's where unset.
    pub confidence_percent: Option<u8>,
    /// Channels and forums whose new posts are answered by themselves.
    pub channels: Vec<u64>,
    /// Roles that may ask; everybody where there are none.
    pub roles: Vec<u64>,
    /// People who may not ask.
    pub blocked: Vec<u64>,
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// See [`GuildSettings::language`].
    Language,
    /// See [`GuildSettings::private`].
    Private,
    /// See [`GuildSettings::cooldown_s`].
    CooldownS,
    /// See [`GuildSettings::server_cooldown_s`].
    ServerCooldownS,
    /// See [`GuildSettings::confidence_percent`].
    ConfidencePercent,
    /// See [`GuildSettings::channels`].
    Channels,
    /// See [`GuildSettings::roles`].
    Roles,
    /// See [`GuildSettings::blocked`].
    Blocked,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Setting; 8] = [
        Setting::Language,
        Setting::Private,
        Setting::CooldownS,
        Setting::ServerCooldownS,
        Setting::ConfidencePercent,
        Setting::Channels,
        Setting::Roles,
        Setting::Blocked,
    ];

    /// The name under which it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Setting::Language => "language",
            Setting::Private => "private",
            Setting::CooldownS => "cooldown_s",
            Setting::ServerCooldownS => "server_cooldown_s",
            Setting::ConfidencePercent => "confidence_percent",
            Setting::Channels => "channels",
            Setting::Roles => "roles",
            Setting::Blocked => "blocked",
        }
    }
}

impl GuildSettings {
    /// From names and values as they are kept.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> GuildSettings {
        let mut settings = GuildSettings::default();
        for (name, value) in pairs {
            if let Some(setting) = Setting::ALL.into_iter().find(|setting| setting.as_str() == name) {
                settings.read(setting, value);
            }
        }
        settings
    }

    /// The value of a setting as it is kept; `None` where it is as it is when nothing is set.
    pub fn value(&self, setting: Setting) -> Option<String> {
        let list = |ids: &[u64]| {
            (!ids.is_empty()).then(|| ids.iter().map(u64::to_string).collect::<Vec<_>>().join(" "))
        };
        match setting {
            Setting::Language => self.language.map(|language| language.tag().to_owned()),
            Setting::Private => self.private.then(|| "yes".to_owned()),
            Setting::CooldownS => self.cooldown_s.map(|seconds| seconds.to_string()),
            Setting::ServerCooldownS => {
                (self.server_cooldown_s > 0).then(|| self.server_cooldown_s.to_string())
            }
            Setting::ConfidencePercent => self.confidence_percent.map(|percent| percent.to_string()),
            Setting::Channels => list(&self.channels),
            Setting::Roles => list(&self.roles),
            Setting::Blocked => list(&self.blocked),
        }
    }

    fn read(&mut self, setting: Setting, value: &str) {
        let list = || value.split(' ').filter_map(|id| id.parse().ok()).take(NAMED_MAX).collect();
        let seconds = || value.parse().ok().filter(|&seconds| seconds <= COOLDOWN_S_MAX);
        match setting {
            Setting::Language => self.language = Locale::from_tag(value),
            Setting::Private => self.private = value == "yes",
            Setting::CooldownS => self.cooldown_s = seconds(),
            Setting::ServerCooldownS => self.server_cooldown_s = seconds().unwrap_or(0),
            Setting::ConfidencePercent => {
                self.confidence_percent = value.parse().ok().filter(|&percent| percent <= 100);
            }
            Setting::Channels => self.channels = list(),
            Setting::Roles => self.roles = list(),
            Setting::Blocked => self.blocked = list(),
        }
    }
}

/// Names one more, or one less. Says whether there was room.
pub fn name(ids: &mut Vec<u64>, id: u64, named: bool) -> bool {
    ids.retain(|&other| other != id);
    if named {
        if ids.len() >= NAMED_MAX {
            return false;
        }
        ids.push(id);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let settings = GuildSettings {
            language: Some(Locale::English),
            private: true,
            cooldown_s: Some(0),
            server_cooldown_s: 2,
            confidence_percent: Some(60),
            channels: vec![1, 2],
            roles: vec![3],
            blocked: vec![u64::MAX],
        };
        let kept: Vec<(&str, String)> = Setting::ALL
            .into_iter()
            .filter_map(|setting| Some((setting.as_str(), settings.value(setting)?)))
            .collect();
        let pairs = kept.iter().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(GuildSettings::from_pairs(pairs), settings);
        assert!(Setting::ALL.into_iter().all(|setting| GuildSettings::default().value(setting).is_none()));
    }

    #[test]
    fn what_cannot_be_read_is_unset() {
        let pairs = [
            ("language", "tlh"),
            ("private", "maybe"),
            ("cooldown_s", "-1"),
            ("server_cooldown_s", "1000000"),
            ("confidence_percent", "101"),
            ("channels", "x  ,"),
            ("a later one", "1"),
        ];
        assert_eq!(GuildSettings::from_pairs(pairs), GuildSettings::default());
    }

    #[test]
    fn ids_are_named_once_and_not_without_end() {
        let mut ids = vec![1];
        assert!(name(&mut ids, 1, true) && name(&mut ids, 2, true) && name(&mut ids, 1, false));
        assert_eq!(ids, [2]);
        assert!((10..10 + NAMED_MAX as u64 - 1).all(|id| name(&mut ids, id, true)));
        assert!(!name(&mut ids, 9, true) && ids.len() == NAMED_MAX);
    }
}
