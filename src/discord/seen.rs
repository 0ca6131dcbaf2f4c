//! Was this event handled already? Where the connection breaks, Discord tells again what it is not sure to have
//! told; what is told twice must not be answered twice.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many are remembered: what comes in many minutes, while a repetition comes within seconds.
const REMEMBERED_MAX: usize = 4_096;

/// The messages and interactions that came last.
#[derive(Debug, Default)]
pub struct Seen(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    ids: HashSet<u64>,
    order: VecDeque<u64>,
}

impl Seen {
    /// Notes a message or an interaction by its id, and says whether it comes for the first time.
    pub fn is_new(&self, id: u64) -> bool {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !remembered.ids.insert(id) {
            tracing::debug!(id, "an event came twice");
            return false;
        }
        remembered.order.push_back(id);
        if remembered.order.len() > REMEMBERED_MAX
            && let Some(oldest) = remembered.order.pop_front()
        {
            remembered.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_not_new_and_memory_is_bounded() {
        let seen = Seen::default();
        let ids = 0..REMEMBERED_MAX as u64 + 10;
        assert!(ids.clone().all(|id| seen.is_new(id)));
        assert!(!seen.is_new(ids.end - 1) && !seen.is_new(10));
        assert!(seen.is_new(0), "what came long ago is forgotten");
        let remembered = seen.0.lock().unwrap();
        assert_eq!((remembered.ids.len(), remembered.order.len()), (REMEMBERED_MAX, REMEMBERED_MAX));
    }
}
