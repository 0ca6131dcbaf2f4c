//! Who may do what, and where. Pure.
//!
//! [`Moderator`] can be made here alone, by passing the check: whatever changes or lists the corpus asks for
//! one, so that no command can forget to check.

use crate::audit::{Filter, Record};

use super::guild::GuildSettings;
use super::settings::{AskScope, BotSettings};

/// Who does something on Discord, as Discord says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The guild in which it is done; `None` in direct messages.
    pub guild: Option<u64>,
    /// Whether the person has Manage Server (or Administrator) there.
    pub manages_guild: bool,
    /// Whether the person has Manage Messages (or Administrator) there.
    pub manages_messages: bool,
    /// The person's roles there.
    pub roles: Vec<u64>,
}

impl Caller {
    fn has_any(&self, roles: &[u64]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
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
        if caller.manages_guild || caller.has_any(&settings.moderator_roles) {
            Ok(Moderator { _checked: () })
        } else {
            Err(NotModerator::NoRole)
        }
    }
}

/// Proof that a person may decide about the bot in one guild, whichever that is.
#[derive(Debug)]
pub struct Manager {
    /// The guild.
    pub guild: u64,
    _checked: (),
}

impl Manager {
    /// Checks that a person has Manage Server, or a moderator role, where they are. `None` where not.
    pub fn check(settings: &BotSettings, caller: &Caller) -> Option<Manager> {
        let guild = caller.guild?;
        let may = caller.manages_guild || caller.has_any(&settings.moderator_roles);
        may.then_some(Manager { guild, _checked: () })
    }
}

/// Proof that a person may read the audit trail: the records of one guild, or, where that is a home guild, all.
#[derive(Debug)]
pub struct Auditor {
    /// The guild whose records alone may be read.
    only: Option<u64>,
}

impl Auditor {
    /// Checks that a person is a moderator where they are. `None` where not.
    pub fn check(settings: &BotSettings, caller: &Caller) -> Option<Auditor> {
        let guild = Manager::check(settings, caller)?.guild;
        let is_home = settings.home_guilds.contains(&guild);
        Some(Auditor { only: (!is_home).then_some(guild) })
    }

    /// The records that they may read.
    pub fn filter(&self) -> Filter {
        Filter { guild: self.only, ..Filter::default() }
    }

    /// Whether they may read this one.
    pub fn may_read(&self, record: &Record) -> bool {
        self.only.is_none() || record.entry.asker.guild == self.only
    }
}

/// Why a question is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAllowed {
    /// Not in this place.
    Scope,
    /// The moderators of the guild have blocked the person.
    Blocked,
    /// They let certain roles ask alone.
    Role,
}

/// Whether a person may ask where they are: in a guild, in a direct message, or, having installed the bot for
/// themselves, anywhere.
///
/// # Errors
///
/// Why not.
pub fn may_ask(
    settings: &BotSettings,
    guild: &GuildSettings,
    caller: &Caller,
    user: Option<u64>,
) -> Result<(), NotAllowed> {
    let in_scope = match settings.ask_scope {
        AskScope::Everywhere => true,
        AskScope::Home => caller.guild.is_some_and(|guild| settings.home_guilds.contains(&guild)),
    };
    if !in_scope {
        return Err(NotAllowed::Scope);
    }
    if user.is_some_and(|user| guild.blocked.contains(&user)) {
        return Err(NotAllowed::Blocked);
    }
    if guild.roles.is_empty() || caller.has_any(&guild.roles) || caller.manages_guild {
        return Ok(());
    }
    Err(NotAllowed::Role)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: u64 = 1;
    const OTHER: u64 = 2;
    const ROLE: u64 = 10;
    const USER: u64 = 20;

    fn settings(home_guilds: &[u64], ask_scope: AskScope) -> BotSettings {
        BotSettings {
            home_guilds: home_guilds.to_vec(),
            moderator_roles: vec![ROLE],
            ask_scope,
            ..BotSettings::new(String::new().into())
        }
    }

    fn caller(guild: Option<u64>, manages_guild: bool, roles: &[u64]) -> Caller {
        Caller { guild, manages_guild, manages_messages: false, roles: roles.to_vec() }
    }

    #[test]
    fn moderators_are_those_of_the_home_guilds() {
        use NotModerator::{HomeUnset, NoRole, NotHome};
        let check =
            |home: &[u64], guild, manages_guild, roles: &[u64], expected: Result<(), NotModerator>| {
                let caller = caller(guild, manages_guild, roles);
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
    fn managers_are_those_of_any_guild_in_it() {
        let check = |guild, manages_guild, roles: &[u64], expected: Option<u64>| {
            let caller = caller(guild, manages_guild, roles);
            let found = Manager::check(&settings(&[HOME], AskScope::Home), &caller);
            assert_eq!(found.map(|manager| manager.guild), expected, "{caller:?}");
        };
        check(Some(OTHER), true, &[], Some(OTHER));
        check(Some(OTHER), false, &[ROLE], Some(OTHER));
        check(Some(OTHER), false, &[99], None);
        check(None, true, &[ROLE], None);
    }

    #[test]
    fn who_reads_the_audit_trail_reads_their_own_guild_unless_it_is_a_home_guild() {
        let check = |home: &[u64], guild, manages_guild, roles: &[u64], expected: Option<Option<u64>>| {
            let caller = caller(guild, manages_guild, roles);
            let found = Auditor::check(&settings(home, AskScope::Home), &caller);
            assert_eq!(found.map(|auditor| auditor.filter().guild), expected, "home {home:?}, {caller:?}");
        };
        check(&[HOME], Some(HOME), true, &[], Some(None));
        check(&[HOME], Some(HOME), false, &[ROLE], Some(None));
        check(&[HOME], Some(OTHER), true, &[], Some(Some(OTHER)));
        check(&[], Some(OTHER), true, &[], Some(Some(OTHER)));
        check(&[HOME], Some(HOME), false, &[99], None);
        check(&[HOME], Some(OTHER), false, &[], None);
        check(&[HOME], None, true, &[ROLE], None);
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
            let (settings, caller) = (settings(&[HOME], scope), caller(guild, true, &[]));
            let found = may_ask(&settings, &GuildSettings::default(), &caller, Some(USER));
            assert_eq!(found.is_ok(), expected, "{scope:?} {guild:?}");
        }
    }

    #[test]
    fn a_guild_says_who_may_ask() {
        let check = |roles: &[u64], blocked: &[u64], caller: Caller, expected| {
            let guild = GuildSettings {
                roles: roles.to_vec(),
                blocked: blocked.to_vec(),
                ..GuildSettings::default()
            };
            let settings = settings(&[HOME], AskScope::Home);
            assert_eq!(may_ask(&settings, &guild, &caller, Some(USER)), expected, "{caller:?}");
        };
        check(&[], &[USER + 1], caller(Some(HOME), false, &[]), Ok(()));
        check(&[], &[USER], caller(Some(HOME), false, &[]), Err(NotAllowed::Blocked));
        check(&[], &[USER], caller(Some(HOME), true, &[]), Err(NotAllowed::Blocked));
        check(&[7], &[], caller(Some(HOME), false, &[]), Err(NotAllowed::Role));
        check(&[7], &[], caller(Some(HOME), false, &[8, 7]), Ok(()));
        check(&[7], &[], caller(Some(HOME), true, &[]), Ok(()));
        check(&[], &[USER], caller(Some(OTHER), false, &[]), Err(NotAllowed::Scope));
    }
}
