//! What was forgotten, and at whose wish? The record of an erasure says which records lost what, so that what
//! is missing can be told from what was taken away.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Detail, Record, RecordId};

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// At whose wish, or by what rule.
    #[serde(flatten)]
    pub scope: Scope,
    /// The records that lost something: first and last of each run.
    pub records: Vec<(RecordId, RecordId)>,
}

/// At whose wish something is erased, or by what rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum Scope {
    /// All that is personal in the records of one person, who is not named.
    Person,
    /// All that is personal in records from before this time.
    Age {
        /// The time.
        before: Timestamp,
    },
    /// The texts of an article, and its quotes: withdrawn, for reasons of law.
    Article {
        /// Its id.
        article: String,
        /// The hashes of its texts.
        texts: Vec<String>,
    },
}

impl Scope {
    /// The scope in one word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Scope::Person => "person",
            Scope::Age { .. } => "age",
            Scope::Article { .. } => "article",
        }
    }
}

impl Erasure {
    /// How many numbers the runs cover.
    pub fn count(&self) -> u64 {
        self.records.iter().map(|(first, last)| last.abs_diff(*first) + 1).sum()
    }
}

/// Ascending numbers as runs of those that follow each other.
pub(super) fn runs(ids: impl IntoIterator<Item = RecordId>) -> Vec<(RecordId, RecordId)> {
    let mut runs: Vec<(RecordId, RecordId)> = Vec::new();
    for id in ids {
        match runs.last_mut() {
            Some((_, last)) if id <= last.saturating_add(1) => *last = id.max(*last),
            _ => runs.push((id, id)),
        }
    }
    runs
}

/// What all erasures together account for.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Runs of records that lost all that is personal; ascending, apart from each other.
    all: Vec<(RecordId, RecordId)>,
    /// Those that lost quotes.
    quotes: Vec<(RecordId, RecordId)>,
    /// The hashes of the texts that were withdrawn.
    texts: Vec<String>,
}

impl Coverage {
    /// Of the records of erasures. Each accounts for records before itself alone.
    pub(super) fn of(erasures: &[Record]) -> Coverage {
        let mut coverage = Coverage::default();
        for record in erasures {
            let Detail::Erasure { erasure } = &record.entry.detail else { continue };
            let before = erasure.records.iter().filter(|(_, last)| *last < record.id).copied();
            match &erasure.scope {
                Scope::Person | Scope::Age { .. } => coverage.all.extend(before),
                Scope::Article { texts, .. } => {
                    coverage.quotes.extend(before);
                    coverage.texts.extend(texts.iter().cloned());
                }
            }
        }
        coverage.quotes.extend(coverage.all.iter().copied());
        for runs in [&mut coverage.all, &mut coverage.quotes] {
            *runs = merged(std::mem::take(runs));
        }
        coverage.texts.sort();
        coverage
    }

    /// Whether a field of a record may be missing.
    pub(super) fn covers(&self, id: RecordId, name: &str) -> bool {
        let runs = if name.starts_with("quote") { &self.quotes } else { &self.all };
        let after = runs.partition_point(|(first, _)| *first <= id);
        after.checked_sub(1).and_then(|at| runs.get(at)).is_some_and(|(_, last)| id <= *last)
    }

    /// Whether a text was withdrawn.
    pub(super) fn withdrew(&self, text: &str) -> bool {
        self.texts.binary_search_by(|other| other.as_str().cmp(text)).is_ok()
    }
}

/// Runs in ascending order, those that touch joined.
fn merged(mut runs: Vec<(RecordId, RecordId)>) -> Vec<(RecordId, RecordId)> {
    runs.sort_unstable();
    let mut merged: Vec<(RecordId, RecordId)> = Vec::new();
    for (first, last) in runs {
        match merged.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Entry;

    #[test]
    fn an_erasure_accounts_for_records_before_it() {
        let erasure = |id, scope, records| Record {
            id,
            entry: Entry::erasure(
                Timestamp::UNIX_EPOCH,
                &crate::audit::Asker::process(),
                Erasure { scope, records },
            ),
        };
        let article = Scope::Article { article: "a".to_owned(), texts: vec!["ff".to_owned()] };
        let coverage = Coverage::of(&[
            erasure(20, Scope::Person, vec![(3, 3), (7, 9), (19, 25)]),
            erasure(30, Scope::Age { before: Timestamp::UNIX_EPOCH }, vec![(1, 4)]),
            erasure(31, article, vec![(12, 12)]),
        ]);
        let covered = |name| (1..30).filter(|id| coverage.covers(*id, name)).collect::<Vec<_>>();
        assert_eq!(covered("question"), [1, 2, 3, 4, 7, 8, 9]);
        assert_eq!(covered("quote 1"), [1, 2, 3, 4, 7, 8, 9, 12]);
        assert!(coverage.withdrew("ff") && !coverage.withdrew("f"));
    }

    #[test]
    fn numbers_that_follow_each_other_are_a_run() {
        assert_eq!(runs([1, 2, 3, 5, 7, 8]), [(1, 3), (5, 5), (7, 8)]);
        assert_eq!(runs([]), []);
    }
}
