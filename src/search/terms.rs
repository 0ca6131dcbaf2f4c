//! Texts by number and numbers by text. A text that is not long is found by a look into one place.

use std::fmt;
use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::index::TermId;

/// A text of no more bytes is in its key as it is.
const KEY_TEXT: usize = 11;

/// The last byte of a key, which says how long the text is.
const LENGTH_SHIFT: u32 = 8 * KEY_TEXT as u32;

/// The same of a text that is too long.
const LONG: u8 = u8::MAX;

/// Where a key ends, and the number begins that is kept above it.
const KEY_BITS: u32 = LENGTH_SHIFT + 8;

/// Distinct texts, numbered in the order in which they were added.
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(from = "Texts")]
pub struct TermTable {
    texts: String,
    /// The end of each text.
    ends: Vec<usize>,
    /// A hash table with open addressing, of a power of two: in each slot a [`key`] and, above it, its number + 1; or 0
    /// where a slot is free. At most three quarters of the slots are taken. They follow from the texts.
    #[serde(skip_serializing)]
    slots: Vec<u128>,
}

/// What of a table is written.
#[derive(serde::Deserialize)]
struct Texts {
    texts: String,
    ends: Vec<usize>,
}

impl TermTable {
    /// A table of `count` texts, by number. No text may come twice.
    pub fn of_distinct<'t>(count: usize, text_of: impl Fn(usize) -> &'t str) -> TermTable {
        let mut table = TermTable::default();
        table.ends.reserve_exact(count);
        for number in 0..count {
            table.texts.push_str(text_of(number));
            table.ends.push(table.texts.len());
        }
        table.slots_for(count);
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
        let at = self.slot(text, key(text));
        self.slots.get(at).and_then(|&slot| number_in(slot))
    }

    /// The number of this text, which is added where it is new.
    pub fn add(&mut self, text: &str) -> TermId {
        if slot_count(self.len() + 1) > self.slots.len() {
            self.grow();
        }
        let key = key(text);
        let at = self.slot(text, key);
        let number = self.len() as TermId;
        if let Some(slot) = self.slots.get_mut(at) {
            if let Some(number) = number_in(*slot) {
                return number;
            }
            *slot = slot_of(key, number);
        }
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        number
    }

    /// Gives back memory that is not used.
    pub fn shrink(&mut self) {
        self.texts.shrink_to_fit();
        self.ends.shrink_to_fit();
        if slot_count(self.len()) < self.slots.len() {
            self.slots_for(self.len());
        }
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.texts.len() + size_of_val(&*self.ends) + size_of_val(&*self.slots)
    }

    /// The slot of a text with this key: its own, or the free one where it would stand. There must be a slot; a free one
    /// always is, so the search ends.
    fn slot(&self, text: &str, key: u128) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = spread(key) & mask;
        while let Some(&slot) = self.slots.get(at) {
            let is_its_own =
                |number| key_in(slot) == key && (text.len() <= KEY_TEXT || self.text(number) == text);
            if number_in(slot).is_none_or(is_its_own) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// Makes as many slots as `count` texts need, for those there are.
    fn slots_for(&mut self, count: usize) {
        let mut slots = vec![0; slot_count(count)];
        let keys = (0..self.len() as TermId).map(|number| slot_of(key(self.text(number)), number));
        keys.for_each(|slot| put(&mut slots, slot));
        self.slots = slots;
    }

    /// Makes twice as many slots. What is in them says where it belongs.
    fn grow(&mut self) {
        let mut slots = vec![0; slot_count(self.len() + 1)];
        self.slots.iter().filter(|&&slot| slot != 0).for_each(|&slot| put(&mut slots, slot));
        self.slots = slots;
    }
}

/// Puts what is in no slot so far into a free one, of which there must be one. Nothing is compared.
fn put(slots: &mut [u128], slot: u128) {
    let mask = slots.len() - 1;
    let mut at = spread(key_in(slot)) & mask;
    while slots[at] != 0 {
        at = (at + 1) & mask;
    }
    slots[at] = slot;
}

/// What a slot knows of a text: all of it, or of a long one a hash. A short text is read in two pieces that may overlap:
/// to copy as many bytes as it has takes longer than all else of a search for it.
#[inline]
fn key(text: &str) -> u128 {
    let (bytes, length) = (text.as_bytes(), text.len());
    if length > KEY_TEXT {
        let mut hasher = FxHasher::default();
        hasher.write(bytes);
        return u128::from(hasher.finish()) | u128::from(LONG) << LENGTH_SHIFT;
    }
    let four = |bytes: Option<&[u8; 4]>| bytes.map_or(0, |&bytes| u128::from(u32::from_le_bytes(bytes)));
    let text = if length >= 8 {
        let eight = bytes.first_chunk().map_or(0, |&bytes| u128::from(u64::from_le_bytes(bytes)));
        eight | four(bytes.last_chunk()) << (8 * (length - 4))
    } else if length >= 4 {
        four(bytes.first_chunk()) | four(bytes.last_chunk()) << (8 * (length - 4))
    } else {
        bytes.iter().rev().fold(0, |text, &byte| text << 8 | u128::from(byte))
    };
    text | (length as u128) << LENGTH_SHIFT
}

fn slot_of(key: u128, number: TermId) -> u128 {
    key | u128::from(number + 1) << KEY_BITS
}

fn key_in(slot: u128) -> u128 {
    slot & ((1 << KEY_BITS) - 1)
}

/// The number in a slot, unless it is free.
fn number_in(slot: u128) -> Option<TermId> {
    ((slot >> KEY_BITS) as TermId).checked_sub(1)
}

/// A number that is about as likely to be any for keys that are like each other, in the bits at its end too.
pub(super) fn spread(key: u128) -> usize {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)) as usize
}

/// How many slots so many texts need, at most three quarters of which they take.
fn slot_count(texts: usize) -> usize {
    if texts == 0 { 0 } else { (texts + texts.div_ceil(3)).next_power_of_two().max(16) }
}

/// Its texts, from which all else follows but for the order of texts whose slots are the same.
impl fmt::Debug for TermTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len() as TermId).map(|number| self.text(number))).finish()
    }
}

impl From<Texts> for TermTable {
    fn from(Texts { texts, ends }: Texts) -> TermTable {
        let mut table = TermTable { texts, ends, slots: Vec::new() };
        table.slots_for(table.len());
        table
    }
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
        /// Short texts, and such as are about as long as a key or longer.
        #[test]
        fn numbers_and_texts_belong_together(
            texts in proptest::collection::vec("[a-c\0]{0,4}|a{8,10}[ab]{0,3}", 0..200),
        ) {
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
            for unknown in ["d", "ddddddddddd", "dddddddddddd"] {
                proptest::prop_assert_eq!(table.number(unknown), None);
            }
            let at_once = TermTable::of_distinct(distinct.len(), |number| distinct[number]);
            let written = postcard::to_stdvec(&table).unwrap();
            let read: TermTable = postcard::from_bytes(&written).unwrap();
            table.shrink();
            for table in [&at_once, &read, &table] {
                for (number, text) in (0..).zip(&distinct) {
                    proptest::prop_assert_eq!(table.number(text), Some(number));
                    proptest::prop_assert_eq!(table.text(number), *text);
                }
                proptest::prop_assert_eq!((table.len(), table.number("d")), (distinct.len(), None));
            }
        }
    }
}
