//! Texts by number and numbers by text, in little memory: all texts in one piece, one slot of four bytes for each.

use rustc_hash::FxHasher;
use std::hash::Hasher as _;

use super::index::TermId;

/// Distinct texts, numbered in the order in which they were added.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct TermTable {
    texts: String,
    /// The end of each text.
    ends: Vec<usize>,
    /// A hash table with open addressing, of a power of two: number + 1, or 0 where a slot is free. At most half
    /// of the slots are taken.
    slots: Vec<u32>,
}

impl TermTable {
    /// A table of `count` texts, by number. No text may come twice.
    pub fn of_distinct<'t>(count: usize, text_of: impl Fn(usize) -> &'t str) -> TermTable {
        let mut table = TermTable { slots: vec![0; slot_count(count)], ..TermTable::default() };
        table.ends.reserve_exact(count);
        for number in 0..count {
            let text = text_of(number);
            let at = table.free_slot(text);
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = number as TermId + 1;
            }
            table.texts.push_str(text);
            table.ends.push(table.texts.len());
        }
        table
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with this number; empty where there is none.
    pub fn text(&self, number: TermId) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(number)).map(|(start, &end)| start..end);
        range.and_then(|range| self.texts.get(range)).unwrap_or_default()
    }

    /// The number of this text.
    pub fn number(&self, text: &str) -> Option<TermId> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots.get(self.slot(text)).and_then(|&slot| slot.checked_sub(1))
    }

    /// The number of this text, which is added where it is new.
    pub fn add(&mut self, text: &str) -> TermId {
        let wanted = slot_count(self.len() + 1);
        if wanted > self.slots.len() {
            self.slot_anew(wanted);
        }
        let at = self.slot(text);
        let number = self.len() as TermId;
        match self.slots.get_mut(at) {
            Some(slot) if *slot > 0 => return *slot - 1,
            Some(slot) => *slot = number + 1,
            None => {}
        }
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        number
    }

    /// Gives back memory that is not used. What is left depends on the texts alone, not on how they came.
    pub fn shrink(&mut self) {
        self.texts.shrink_to_fit();
        self.ends.shrink_to_fit();
        let wanted = slot_count(self.len());
        if wanted < self.slots.len() {
            self.slot_anew(wanted);
        }
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.texts.len() + size_of_val(&*self.ends) + size_of_val(&*self.slots)
    }

    /// The slot of a text: its own, or the free one where it would stand. There must be a slot; a free one always
    /// is, so the search ends.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash(text) & mask;
        while let Some(number) = self.slots.get(at).and_then(|&slot| slot.checked_sub(1)) {
            if self.text(number) == text {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// The slot of a text that is not in the table. Nothing is compared.
    fn free_slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash(text) & mask;
        while self.slots.get(at).is_some_and(|&slot| slot > 0) {
            at = (at + 1) & mask;
        }
        at
    }

    fn slot_anew(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        for number in 0..self.len() as TermId {
            let at = self.free_slot(self.text(number));
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number + 1;
            }
        }
    }
}

fn hash(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish() as usize
}

/// How many slots so many texts need, at most half of which they take.
fn slot_count(texts: usize) -> usize {
    if texts == 0 { 0 } else { (2 * texts).next_power_of_two().max(16) }
}

/// The texts in order, without those that come again.
impl From<Vec<Box<str>>> for TermTable {
    fn from(texts: Vec<Box<str>>) -> TermTable {
        let mut table = TermTable::default();
        for text in texts {
            table.add(&text);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn numbers_and_texts_belong_together(texts in proptest::collection::vec("[a-c]{0,4}", 0..200)) {
            let mut table = TermTable::default();
            let mut distinct: Vec<&str> = Vec::new();
            for text in &texts {
                if !distinct.contains(&text.as_str()) {
                    proptest::prop_assert_eq!(table.number(text), None);
                    distinct.push(text);
                }
                let number = table.add(text);
                proptest::prop_assert_eq!(distinct[number as usize], text);
            }
            proptest::prop_assert_eq!(table.len(), distinct.len());
            for (number, text) in (0..).zip(&distinct) {
                proptest::prop_assert_eq!(table.number(text), Some(number));
                proptest::prop_assert_eq!(table.text(number), *text);
            }
            proptest::prop_assert_eq!(table.text(distinct.len() as TermId), "");
            proptest::prop_assert_eq!(table.number("d"), None);
            let at_once = TermTable::of_distinct(distinct.len(), |number| distinct[number]);
            table.shrink();
            proptest::prop_assert_eq!(format!("{at_once:?}"), format!("{table:?}"));
        }
    }
}
