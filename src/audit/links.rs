//! Does each record follow the one before it? And where one does not: which was changed, dropped, inserted or
//! moved?

use super::chain::{GENESIS, Hash};
use super::verify::Fault;
use super::{Reader, RecordId, StoreError};

/// How many breaks are looked into: each costs a search of the store, and the first is what matters.
const NAMED_MAX: usize = 10;

/// A record as a link of the chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) id: RecordId,
    /// The hash that it says the record before it has.
    pub(super) previous: Option<Hash>,
    /// The hash that it says it has.
    pub(super) hash: Option<Hash>,
    /// Whether that is the hash of what stands in it.
    pub(super) holds: bool,
}

/// The chain so far.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) records: u64,
    pub(super) last: Option<Link>,
    /// Each with the record before it.
    breaks: Vec<(Option<Link>, Link)>,
    break_count: usize,
}

impl Links {
    /// The next record.
    pub(super) fn add(&mut self, link: Link) {
        let before = self.last.map_or(Some(GENESIS), |last| last.hash);
        if !link.holds || link.previous.is_none() || link.previous != before {
            self.break_count += 1;
            if self.breaks.len() < NAMED_MAX {
                self.breaks.push((self.last, link));
            }
        }
        self.records += 1;
        self.last = Some(link);
    }

    /// How many breaks were not looked into.
    pub(super) fn unnamed(&self) -> usize {
        self.break_count - self.breaks.len()
    }

    /// What happened at each break, and at the end; `head` is what the store has noted as its end.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub(super) async fn faults(
        &self,
        reader: &mut Reader,
        (head, hash): (RecordId, Hash),
    ) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        for (before, link) in &self.breaks {
            let follows = match link.previous {
                Some(GENESIS) | None => None,
                Some(previous) => reader.id_of_hash(&previous).await?,
            };
            faults.push(name(before.as_ref(), link, follows));
        }
        let last = self.last.map_or(0, |last| last.id);
        if head > last {
            let first = last.saturating_add(1);
            let missing = of_records(first, head, "is missing", "are missing");
            faults.push(Fault::new(first, format!("{missing} at the end")));
        } else if head < last {
            let first = head.saturating_add(1);
            let added = of_records(first, last, "was added", "were added");
            faults.push(Fault::new(first, format!("{added} without the program")));
        } else if self.breaks.is_empty() && last > 0 && self.last.and_then(|last| last.hash) != Some(hash) {
            faults.push(Fault::new(last, format!("record #{last} was changed, and its hash with it")));
        }
        Ok(faults)
    }
}

/// What is said of the records from `first` to `last`: of one, or of several.
fn of_records(first: RecordId, last: RecordId, one: &str, several: &str) -> String {
    if first == last {
        format!("record #{first} {one}")
    } else {
        format!("the records #{first} to #{last} {several}")
    }
}

/// What happened at a break. `follows` is the record that has the hash which this one says stands before it,
/// where there is one.
fn name(before: Option<&Link>, link: &Link, follows: Option<RecordId>) -> Fault {
    let id = link.id;
    let previous = before.map_or(GENESIS, |before| before.hash.unwrap_or(GENESIS));
    let in_place = link.previous == Some(previous);
    let before = before.map_or(0, |before| before.id);
    match follows {
        _ if in_place || (!link.holds && follows.is_none()) => {
            Fault::new(id, format!("record #{id} was changed"))
        }
        Some(follows) if link.holds && follows < before => {
            let first = follows + 1;
            Fault::new(first, format!("record #{first} was inserted: #{id} was written after #{follows}"))
        }
        Some(follows) => Fault::new(
            id,
            format!("record #{id} is out of order: it was written after what is now #{follows}"),
        ),
        None if link.previous == Some(GENESIS) => {
            Fault::new(before, format!("record #{before} was inserted: #{id} was the first to be written"))
        }
        None if id > before + 1 => {
            let first = before + 1;
            Fault::new(first, of_records(first, id - 1, "is missing", "are missing"))
        }
        None => Fault::new(before, format!("record #{before} was changed, and its hash with it")),
    }
}
