//! How long must a person, or a whole server, wait between two questions? Told the time, it reads no clock.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many people and servers are remembered at least before those who need not wait any more are forgotten.
const KEPT: usize = 1024;

/// When each person asked last, and each server.
#[derive(Debug, Default)]
pub struct Cooldown {
    asked: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    asked: HashMap<Who, Asked>,
    /// How many were left when it was last looked through. It is looked through again once they are half as many
    /// more, so that in a crowd not everybody who asks looks at all the others.
    left: usize,
}

/// Who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// A person, wherever they ask.
    Person(u64),
    /// All people of a server together.
    Server(u64),
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    at: Instant,
    wait: Duration,
}

impl Cooldown {
    /// Takes note that these ask now, where they may; each with how long it waits between two questions, zero
    /// for not at all.
    ///
    /// # Errors
    ///
    /// As of [`Cooldown::check`]. Asking too early does not lengthen the wait.
    pub fn ask(&self, who: &[(Who, Duration)], now: Instant) -> Result<(), (Who, u64)> {
        let mut remembered = self.remembered();
        remembered.check(who, now)?;
        remembered.note(who, now);
        Ok(())
    }

    /// Whether these may ask now, without taking note of it.
    ///
    /// # Errors
    ///
    /// Where one must wait: which, and for how many seconds, rounded up, so at least 1.
    pub fn check(&self, who: &[(Who, Duration)], now: Instant) -> Result<(), (Who, u64)> {
        self.remembered().check(who, now)
    }

    /// Takes note that these asked, whether or not they had to wait.
    pub fn note(&self, who: &[(Who, Duration)], now: Instant) {
        self.remembered().note(who, now);
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        // A panic elsewhere leaves the map whole: every change to it is a single call.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    fn check(&self, who: &[(Who, Duration)], now: Instant) -> Result<(), (Who, u64)> {
        for (who, wait) in who {
            let Some(last) = self.asked.get(who) else { continue };
            let wait = wait.saturating_sub(now.saturating_duration_since(last.at));
            if !wait.is_zero() {
                return Err((*who, wait.as_secs() + u64::from(wait.subsec_nanos() > 0)));
            }
        }
        Ok(())
    }

    fn note(&mut self, who: &[(Who, Duration)], now: Instant) {
        let Remembered { asked, left } = self;
        if asked.len() >= KEPT.max(*left + *left / 2) {
            let waits = |last: &Asked| now.saturating_duration_since(last.at) < last.wait;
            // All are taken out and these put in again: a table from which much is removed by and by grows as if it
            // were still there.
            let waiting: Vec<(Who, Asked)> = asked.drain().filter(|(_, last)| waits(last)).collect();
            *left = waiting.len();
            asked.extend(waiting);
        }
        let waiting = who.iter().filter(|(_, wait)| !wait.is_zero());
        asked.extend(waiting.map(|&(who, wait)| (who, Asked { at: now, wait })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_secs(5);

    #[test]
    fn each_person_waits_for_themselves() {
        let cooldown = Cooldown::default();
        let start = Instant::now();
        let ask = |user, ms| {
            let now = start + Duration::from_millis(ms);
            cooldown.ask(&[(Who::Person(user), WAIT)], now).map_err(|(_, seconds)| seconds)
        };
        assert_eq!(ask(1, 0), Ok(()));
        assert_eq!(ask(2, 0), Ok(()));
        assert_eq!(ask(1, 0), Err(5));
        assert_eq!(ask(1, 4_200), Err(1));
        assert_eq!(ask(1, 5_000), Ok(()));
        assert_eq!(ask(1, 5_001), Err(5));
    }

    #[test]
    fn a_server_waits_for_all_its_people() {
        let cooldown = Cooldown::default();
        let start = Instant::now();
        let ask = |user, ms| {
            let who = [(Who::Person(user), WAIT), (Who::Server(9), Duration::from_secs(2))];
            cooldown.ask(&who, start + Duration::from_millis(ms))
        };
        assert_eq!(ask(1, 0), Ok(()));
        assert_eq!(ask(2, 500), Err((Who::Server(9), 2)));
        assert_eq!(ask(1, 500), Err((Who::Person(1), 5)));
        assert_eq!(ask(2, 2_000), Ok(()), "what was refused before does not count");
    }

    #[test]
    fn zero_is_no_cooldown() {
        let cooldown = Cooldown::default();
        let ask = || cooldown.ask(&[(Who::Person(1), Duration::ZERO)], Instant::now());
        assert_eq!([ask(), ask()], [Ok(()), Ok(())]);
    }

    #[test]
    fn who_is_forgotten_takes_no_room() {
        let cooldown = Cooldown::default();
        let start = Instant::now();
        let waiting = 5 * KEPT;
        for user in 0..20 * waiting as u64 {
            let now = start + user as u32 * (WAIT / waiting as u32);
            assert_eq!(cooldown.ask(&[(Who::Person(user), WAIT)], now), Ok(()));
        }
        let room = cooldown.remembered().asked.capacity();
        assert!(room < 3 * waiting, "room for {room}, of whom {waiting} wait");
    }

    #[test]
    fn those_who_need_not_wait_are_forgotten() {
        let cooldown = Cooldown::default();
        let start = Instant::now();
        for user in 0..10 * KEPT as u64 {
            let now = start + Duration::from_secs(user);
            assert_eq!(cooldown.ask(&[(Who::Person(user), WAIT)], now), Ok(()));
        }
        let kept = cooldown.asked.lock().map(|remembered| remembered.asked.len()).unwrap_or(usize::MAX);
        assert!(kept <= KEPT, "{kept} are remembered");
    }
}
