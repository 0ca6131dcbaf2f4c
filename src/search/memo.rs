//! What a chunk of text gives, remembered: each distinct one is analyzed once.

use rustc_hash::FxHashMap;

use super::analyzer::Case;
use super::terms::spread;
use crate::corpus::Language;

/// The longest chunk that is kept beside what it gives. Nearly all are shorter.
const KEY_BYTES: usize = 16;

/// What chunks give, by language and case.
#[derive(Debug, Default)]
pub(super) struct Memos(Vec<(Language, Case, Memo)>);

impl Memos {
    /// That of a language and case.
    pub(super) fn of(&mut self, language: Language, case: Case) -> &mut Memo {
        let at = match self.0.iter().position(|&(of, with, _)| of == language && with == case) {
            Some(at) => at,
            None => {
                self.0.push((language, case, Memo::default()));
                self.0.len() - 1
            }
        };
        // It was found or put there.
        &mut self.0[at].2
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Memo> {
        self.0.iter().map(|(_, _, memo)| memo)
    }
}

/// Chunks with what they give, and how often each was met. Meant for the chunks of one language and case.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// A hash table with open addressing, of a power of two; a key of 0 is free. At most half of the slots are
    /// taken. A slot with its key takes half a line of the cache, so that a word that was met before is found in
    /// one step.
    slots: Vec<Slot>,
    used: usize,
    /// Slots of longer chunks.
    long: FxHashMap<Box<str>, Met>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u128,
    met: Met,
}

/// A chunk of a text: the bytes where it is, and whether a capital would mean something in this place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) inside: bool,
    /// Its bytes where they are few enough to be a key, else 0.
    key: u128,
    /// The slot where it was found, or where it is to be looked for.
    at: usize,
    is_found: bool,
}

impl Chunk {
    /// The chunk at `start..end` of a text.
    pub(super) fn new(text: &str, start: usize, end: usize, inside: bool) -> Chunk {
        let key = key(text.as_bytes(), start, end).unwrap_or(0);
        Chunk { start, end, inside, key, at: 0, is_found: false }
    }
}

/// What a chunk gives, in terms of the caller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gives {
    /// Its tokens, however many.
    pub(super) group: u32,
    /// Its only token, kept here to save a step.
    pub(super) single: u32,
}

/// A chunk that was met.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Met {
    /// What it gives.
    pub(super) gives: Gives,
    /// How often it was met.
    pub(super) count: u32,
    /// How often in a place where a capital means something.
    pub(super) inside: u32,
}

impl Memo {
    /// Looks where chunks were met before. This is what meeting a chunk takes longest for, as the slots are all over
    /// the memory. Here no look waits for another: there is nothing in between that a processor would have to guess.
    pub(super) fn look_up<'c>(&self, chunks: impl Iterator<Item = &'c mut Chunk>) {
        if self.slots.is_empty() {
            return;
        }
        for chunk in chunks {
            chunk.at = self.home(chunk.key);
            chunk.is_found = self.slots.get(chunk.at).is_some_and(|slot| slot.key == chunk.key);
        }
    }

    /// What a chunk of a text gives, looked up or not; `analyze` is asked for it where it is new.
    pub(super) fn meet(&mut self, text: &str, chunk: &Chunk, analyze: impl FnOnce(&str) -> Gives) -> Gives {
        let &Chunk { start, end, inside, key, .. } = chunk;
        let met = if key == 0 {
            let chunk = text.get(start..end).unwrap_or_default();
            if !self.long.contains_key(chunk) {
                self.long.insert(chunk.into(), Met { gives: analyze(chunk), count: 0, inside: 0 });
            }
            self.long.get_mut(chunk)
        } else if chunk.is_found && self.slots.get(chunk.at).is_some_and(|slot| slot.key == key) {
            // The slots may have grown since it was found.
            self.slots.get_mut(chunk.at).map(|slot| &mut slot.met)
        } else {
            if (self.used + 1) * 2 > self.slots.len() {
                self.grow();
            }
            let at = self.slot(key);
            let slot = self.slots.get_mut(at);
            slot.map(|slot| {
                if slot.key != key {
                    let gives = analyze(text.get(start..end).unwrap_or_default());
                    *slot = Slot { key, met: Met { gives, count: 0, inside: 0 } };
                    self.used += 1;
                }
                &mut slot.met
            })
        };
        // There is always one: it was found or put in.
        met.map_or(Gives::default(), |met| {
            met.count = met.count.saturating_add(1);
            met.inside = met.inside.saturating_add(u32::from(inside));
            met.gives
        })
    }

    /// All chunks that were met, in no order: whether each begins with a capital, and what came of it.
    pub(super) fn met(&self) -> impl Iterator<Item = (bool, Met)> {
        let short = self.slots.iter().filter(|slot| slot.key != 0).map(|slot| {
            let bytes = slot.key.to_le_bytes();
            let length = KEY_BYTES - slot.key.leading_zeros() as usize / 8;
            let chunk = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
            (chunk.unwrap_or_default().starts_with(char::is_uppercase), slot.met)
        });
        short.chain(self.long.iter().map(|(chunk, &met)| (chunk.starts_with(char::is_uppercase), met)))
    }

    /// The slot of a key: its own, or the free one where it would stand.
    fn slot(&self, key: u128) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots.get(at).is_some_and(|slot| slot.key != 0 && slot.key != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The slot where a key is looked for first. There must be slots.
    fn home(&self, key: u128) -> usize {
        spread(key) & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1024);
        let before = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in before.into_iter().filter(|slot| slot.key != 0) {
            let at = self.slot(slot.key);
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

/// The bytes of a short chunk as a number, which is not 0: no chunk holds a NUL character, as that is no letter.
fn key(text: &[u8], start: usize, end: usize) -> Option<u128> {
    let length = end.checked_sub(start).filter(|length| (1..=KEY_BYTES).contains(length))?;
    if let Some(bytes) = text.get(start..start + KEY_BYTES) {
        let bytes: [u8; KEY_BYTES] = bytes.try_into().ok()?;
        return Some(u128::from_le_bytes(bytes) & (u128::MAX >> (8 * (KEY_BYTES - length))));
    }
    let mut bytes = [0; KEY_BYTES];
    bytes.get_mut(..length)?.copy_from_slice(text.get(start..end)?);
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chunk_is_analyzed_once() {
        let text = "one Two one aVeryLongChunkIndeed Zwölf one aVeryLongChunkIndeed Ωmega";
        let mut memo = Memo::default();
        let mut analyzed: Vec<String> = Vec::new();
        let mut at = 0;
        for (position, chunk) in text.split(' ').enumerate() {
            let mut whole = [Chunk::new(text, at, at + chunk.len(), position > 0)];
            // Every other one without having been looked up.
            memo.look_up(whole[..position % 2].iter_mut());
            let gives = memo.meet(text, &whole[0], |chunk| {
                analyzed.push(chunk.to_owned());
                Gives { group: analyzed.len() as u32 - 1, single: 0 }
            });
            assert_eq!(analyzed[gives.group as usize], chunk);
            at += chunk.len() + 1;
        }
        assert_eq!(analyzed, ["one", "Two", "aVeryLongChunkIndeed", "Zwölf", "Ωmega"]);
        let mut met: Vec<_> =
            memo.met().map(|(capital, met)| (met.gives.group, capital, met.count, met.inside)).collect();
        met.sort_unstable();
        let expected =
            [(0, false, 3, 2), (1, true, 1, 1), (2, false, 2, 2), (3, true, 1, 1), (4, true, 1, 1)];
        assert_eq!(met, expected);
    }

    #[test]
    fn what_was_looked_up_stays_true_while_others_come() {
        let text: String = (0..3000).map(|number| format!("w{:04}", number % 2000)).collect();
        let mut memo = Memo::default();
        for round in 0..2 {
            let mut chunks: Vec<Chunk> =
                (0..3000).map(|at| Chunk::new(&text, at * 5, at * 5 + 5, false)).collect();
            memo.look_up(chunks.iter_mut());
            for (at, chunk) in (0u32..).zip(&chunks) {
                let gives = memo.meet(&text, chunk, |_| Gives { group: at, single: 0 });
                assert_eq!(gives.group, at % 2000, "{round}");
            }
        }
        assert!(memo.met().all(|(_, met)| met.count == if met.gives.group < 1000 { 4 } else { 2 }));
    }

    #[test]
    fn any_number_of_chunks() {
        let mut memo = Memo::default();
        for _ in 0..2 {
            for number in 0..5000u32 {
                let text = format!("w{number}");
                let chunk = Chunk::new(&text, 0, text.len(), false);
                let gives = memo.meet(&text, &chunk, |_| Gives { group: number, single: 0 });
                assert_eq!(gives.group, number);
            }
        }
        assert_eq!(memo.met().filter(|(_, met)| met.count == 2).count(), 5000);
    }
}
