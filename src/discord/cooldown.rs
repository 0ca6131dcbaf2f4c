//! How long must a person wait between two questions? Told the time, it reads no clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many people are remembered before those who need not wait any more are forgotten.
const PEOPLE_KEPT: usize = 1024;

/// When each person asked last.
#[derive(Debug)]
pub struct Cooldown {
    wait: Duration,
    asked: Mutex<HashMap<u64, Instant>>,
}

impl Cooldown {
    /// Makes people wait this long between two questions; zero for not at all.
    pub fn new(wait: Duration) -> Cooldown {
        Cooldown { wait, asked: Mutex::new(HashMap::new()) }
    }

    /// Takes note that a person asks now, where they may.
    ///
    /// # Errors
    ///
    /// Where they must wait: for how many seconds, rounded up, so at least 1. Asking too early does not
    /// lengthen the wait.
    pub fn ask(&self, user: u64, now: Instant) -> Result<(), u64> {
        if self.wait.is_zero() {
            return Ok(());
        }
        // A panic elsewhere leaves the map whole: every change to it is a single call.
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = asked.get(&user) {
            let left = self.wait.saturating_sub(now.saturating_duration_since(*last));
            if !left.is_zero() {
                return Err(left.as_secs() + u64::from(left.subsec_nanos() > 0));
            }
        }
        if asked.len() >= PEOPLE_KEPT {
            asked.retain(|_, last| now.saturating_duration_since(*last) < self.wait);
        }
        asked.insert(user, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_waits_for_themselves() {
        let cooldown = Cooldown::new(Duration::from_secs(5));
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        assert_eq!(cooldown.ask(1, at(0)), Ok(()));
        assert_eq!(cooldown.ask(2, at(0)), Ok(()));
        assert_eq!(cooldown.ask(1, at(0)), Err(5));
        assert_eq!(cooldown.ask(1, at(4_200)), Err(1));
        assert_eq!(cooldown.ask(1, at(5_000)), Ok(()));
        assert_eq!(cooldown.ask(1, at(5_001)), Err(5));
    }

    #[test]
    fn zero_is_no_cooldown() {
        let cooldown = Cooldown::new(Duration::ZERO);
        let now = Instant::now();
        assert_eq!([cooldown.ask(1, now), cooldown.ask(1, now)], [Ok(()), Ok(())]);
    }

    #[test]
    fn those_who_need_not_wait_are_forgotten() {
        let cooldown = Cooldown::new(Duration::from_secs(5));
        let start = Instant::now();
        for user in 0..10 * PEOPLE_KEPT as u64 {
            assert_eq!(cooldown.ask(user, start + Duration::from_secs(user)), Ok(()));
        }
        let kept = cooldown.asked.lock().map(|asked| asked.len()).unwrap_or(usize::MAX);
        assert!(kept <= PEOPLE_KEPT, "{kept} people are remembered");
    }
}
