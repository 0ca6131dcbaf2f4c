//! Who may do what, and where. Pure.
//!
//! [`Moderator`] can be made here alone, by passing the check: whatever changes or lists the corpus asks for
//! one, so that no command can forget to check.

use super::settings::{AskScope, BotSettings};

/// Who does something on Discord, as Discord says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The guild in which it is done; `None` in direct messages.
    pub guild: Option<u64>,
    /// Whether the person has Manage Server (or Administrator) there.
    pub manages_guild: bool,
    /// The person's roles there.
    pub roles: Vec<u64>,
}

/// Proof that a person may look after the corpus.
#[derive(Debug)]
pub struct Moderator {
    _checked: (),
}

/// Why a person may not look after the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotModerator {
    /// Home guilds are set, and this is none of them: whoever adds the bot to a guild of their own has
    /// Manage Server there, which must mean nothing here.
    NotHome,
    /// A home guild, but neither Manage Server nor a moderator role.
    NoRole,
    /// No home guild is set; this person manages the guild named, so it may be the one to set.
    HomeUnset {
        /// The guild.
        guild: u64,
    },
}

impl Moderator {
    /// Checks that a person has Manage Server or a moderator role, in a home guild.
    ///
    /// # Errors
    ///
    /// See [`NotModerator`].
    pub fn check(settings: &BotSettings, caller: &Caller) -> Result<Moderator, NotModerator> {
        let Some(guild) = caller.guild else {
            return Err(NotModerator::NotHome);
        };
        if settings.home_guilds.is_empty() {
            return Err(match caller.manages_guild {
                true => NotModerator::HomeUnset { guild },
                false => NotModerator::NoRole,
            });
        }
        if !settings.home_guilds.contains(&guild) {
            return Err(NotModerator::NotHome);
        }
        if caller.manages_guild || caller.roles.iter().any(|role| settings.moderator_roles.contains(role)) {
            Ok(Moderator { _checked: () })
        } else {
            Err(NotModerator::NoRole)
        }
    }
}

/// Whether questions are answered in this guild (`None`: in a direct message, or by somebody who installed
/// the bot for themselves and is in no guild).
pub fn may_ask(settings: &BotSettings, guild: Option<u64>) -> bool {
    match settings.ask_scope {
        AskScope::Everywhere => true,
        AskScope::Home => guild.is_some_and(|guild| settings.home_guilds.contains(&guild)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const HOME: u64 = 1;
    const OTHER: u64 = 2;
    const ROLE: u64 = 10;

    fn settings(home_guilds: &[u64], ask_scope: AskScope) -> BotSettings {
        BotSettings {
            token: String::new().into(),
            api_url: None,
            home_guilds: home_guilds.to_vec(),
            moderator_roles: vec![ROLE],
            ask_scope,
            cooldown: Duration::ZERO,
        }
    }

    #[test]
    fn moderators_are_those_of_the_home_guilds() {
        use NotModerator::{HomeUnset, NoRole, NotHome};
        let check =
            |home: &[u64], guild, manages_guild, roles: &[u64], expected: Result<(), NotModerator>| {
                let caller = Caller { guild, manages_guild, roles: roles.to_vec() };
                let found = Moderator::check(&settings(home, AskScope::Home), &caller).map(|_| ());
                assert_eq!(found, expected, "home {home:?}, {caller:?}");
            };
        check(&[HOME], Some(HOME), true, &[], Ok(()));
        check(&[HOME], Some(HOME), false, &[ROLE], Ok(()));
        check(&[HOME], Some(HOME), false, &[99, ROLE], Ok(()));
        check(&[HOME], Some(HOME), false, &[99], Err(NoRole));
        check(&[HOME], Some(HOME), false, &[], Err(NoRole));
        check(&[HOME], Some(OTHER), true, &[], Err(NotHome));
        check(&[HOME], Some(OTHER), false, &[ROLE], Err(NotHome));
        check(&[HOME], None, true, &[ROLE], Err(NotHome));
        check(&[HOME, OTHER], Some(OTHER), true, &[], Ok(()));
        check(&[], Some(HOME), true, &[], Err(HomeUnset { guild: HOME }));
        check(&[], Some(HOME), false, &[ROLE], Err(NoRole));
        check(&[], None, true, &[ROLE], Err(NotHome));
    }

    #[test]
    fn home_scope_answers_in_home_guilds_alone() {
        let table: &[(AskScope, Option<u64>, bool)] = &[
            (AskScope::Home, Some(HOME), true),
            (AskScope::Home, Some(OTHER), false),
            (AskScope::Home, None, false),
            (AskScope::Everywhere, Some(HOME), true),
            (AskScope::Everywhere, Some(OTHER), true),
            (AskScope::Everywhere, None, true),
        ];
        for &(scope, guild, expected) in table {
            assert_eq!(may_ask(&settings(&[HOME], scope), guild), expected, "{scope:?} {guild:?}");
        }
    }
}
