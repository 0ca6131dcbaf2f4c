//! What does a record say that only the store knows? Which record it follows, whether its corpus is kept, where the
//! reply of a delivery went, which vote a vote takes the place of, and whether a gap is filed already. Looked up within
//! the transaction that writes the record.

use std::collections::{HashMap, HashSet};

use super::chain::{self, GENESIS, Hash};
use super::db::{Db, Sql, sql};
use super::keep::as_digest;
use super::{Asker, Detail, Entry, Kind, Origin, Outcome, RecordId, Written};
use crate::corpus::Digest;

/// What is found out for all entries of a transaction at a time.
pub(super) struct Known {
    /// The highest number ever given, also to a row that is gone.
    pub(super) newest: RecordId,
    /// The hash at the end of the chain.
    pub(super) head: Hash,
    /// Those of the corpora that are kept.
    kept: HashSet<Digest>,
    /// Where the records that deliveries are about were asked.
    places: HashMap<RecordId, Asker>,
}

/// A row of the look: the name of what was found, and what there is of it.
type Found = (String, i64, Option<Vec<u8>>, Option<String>, Option<String>, Option<String>);

impl Known {
    /// Looks, right after the statements of `before`.
    ///
    /// # Errors
    ///
    /// What the database said.
    pub(super) async fn look(
        db: &mut Db,
        before: Vec<Sql<'_>>,
        entries: &[&mut Entry],
    ) -> Result<Known, sqlx::Error> {
        let corpora: HashSet<Digest> = entries.iter().filter_map(|entry| corpus_of(entry)).collect();
        let delivered = entries.iter().filter_map(|entry| match entry.detail {
            Detail::Delivery { of, .. } => Some(of),
            _ => None,
        });
        let delivered: HashSet<RecordId> = delivered.collect();
        let mut look = Sql::built(
            "SELECT 'newest', coalesce(max(id), 0), NULL, NULL, NULL, NULL FROM records \
             UNION ALL SELECT 'head', record_id, hash, NULL, NULL, NULL FROM chain_head",
        );
        if !corpora.is_empty() {
            look.push(" UNION ALL SELECT 'kept', 0, digest, NULL, NULL, NULL FROM corpora WHERE digest IN ");
            look.push_list(corpora.iter().map(|digest| digest.as_bytes()));
        }
        if !delivered.is_empty() {
            look.push(
                " UNION ALL SELECT 'place', id, NULL, origin, guild, channel FROM records WHERE id IN ",
            );
            look.push_list(delivered.iter().copied());
        }
        if corpora.len() <= 1 && delivered.len() <= 1 {
            look = look.kept();
        }
        let mut script = before;
        script.push(look);
        let mut known = Known { newest: 0, head: GENESIS, kept: HashSet::new(), places: HashMap::new() };
        for (what, id, hash, origin, guild, channel) in db.run::<Found>(script).await? {
            let hash = hash.unwrap_or_default();
            match what.as_str() {
                "kept" => known.kept.extend(as_digest(&hash)),
                "place" => {
                    let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
                    let origin = origin.as_deref().and_then(Origin::from_name).unwrap_or(Origin::Process);
                    let (guild, channel) = (number(guild), number(channel));
                    known.places.insert(id, Asker { origin, guild, channel, user: None });
                }
                _ => {
                    known.newest = known.newest.max(id);
                    if what == "head" {
                        known.head = chain::stored(hash);
                    }
                }
            }
        }
        Ok(known)
    }

    /// Whether the corpus that an entry was asked of is kept.
    pub(super) fn is_kept(&self, entry: &Entry) -> bool {
        corpus_of(entry).is_some_and(|digest| self.kept.contains(&digest))
    }
}

/// The corpus that was asked.
fn corpus_of(entry: &Entry) -> Option<Digest> {
    match &entry.detail {
        Detail::Ask(ask) => Some(ask.corpus.digest),
        _ => None,
    }
}

/// Completes the entries and numbers them from the one after the newest on, in their order. One that needs no
/// record, since an earlier one says the same, gets that one's number.
///
/// # Errors
///
/// What the database said.
pub(super) async fn complete(
    db: &mut Db,
    known: &Known,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    let mut written: Vec<Written> = Vec::with_capacity(entries.len());
    let mut next = known.newest.saturating_add(1);
    for at in 0..entries.len() {
        // `at` is below the length, so that the two parts are the entries before it and those from it on.
        let (before, rest) = entries.split_at_mut(at);
        let Some(entry) = rest.first_mut() else { break };
        let earlier = || before.iter().map(|entry| &**entry).zip(&written).rev();
        let same = match entry.detail {
            Detail::Delivery { of, .. } => {
                // So that the records of a guild can be listed with their deliveries.
                if let Some(place) = known.places.get(&of) {
                    entry.asker = place.clone();
                }
                None
            }
            Detail::Vote { of, .. } => {
                let in_batch = earlier().find(|(other, _)| is_same(entry, other));
                let previous = match in_batch {
                    Some((other, written)) => Some((written.id, other.decision)),
                    None => vote_of(db, of, entry.asker.user).await?,
                };
                match previous {
                    Some((id, decision)) if decision == entry.decision => Some(id),
                    previous => {
                        if let Detail::Vote { replaces, .. } = &mut entry.detail {
                            *replaces = previous.map(|(id, _)| id);
                        }
                        None
                    }
                }
            }
            Detail::Gap { of } => match earlier().find(|(other, _)| is_same(entry, other)) {
                Some((_, written)) => Some(written.id),
                None => gap_of(db, of, entry.asker.user).await?,
            },
            _ => None,
        };
        written.push(Written { id: same.unwrap_or(next), is_new: same.is_none() });
        if same.is_none() {
            next = next.saturating_add(1);
        }
    }
    Ok(written)
}

/// Whether two entries are votes, or gaps, of one person on one record.
fn is_same(a: &Entry, b: &Entry) -> bool {
    let of = |entry: &Entry| match entry.detail {
        Detail::Vote { of, .. } | Detail::Gap { of } => Some((entry.detail.kind(), of)),
        _ => None,
    };
    a.asker.user.is_some() && a.asker.user == b.asker.user && of(a) == of(b)
}

/// The vote of a person on a record as it stands.
pub(super) async fn vote_of(
    db: &mut Db,
    of: RecordId,
    user: Option<u64>,
) -> Result<Option<(RecordId, Outcome)>, sqlx::Error> {
    let Some(user) = user else { return Ok(None) };
    let vote = sql("SELECT r.id, r.decision FROM records r JOIN personal p ON p.record_id = r.id \
                    WHERE r.of_id = ? AND r.kind = ? AND p.asker = ? ORDER BY r.id DESC LIMIT 1");
    let vote = vote.bind(of).bind(Kind::Vote.as_str()).bind(user.to_string());
    let vote: Option<(RecordId, String)> = db.optional(vote).await?;
    Ok(vote.and_then(|(id, decision)| Some((id, Outcome::from_name(&decision)?))))
}

/// The gap that a person has filed for the question of a record, under this record or another that asks the
/// same.
async fn gap_of(db: &mut Db, of: RecordId, user: Option<u64>) -> Result<Option<RecordId>, sqlx::Error> {
    let Some(user) = user else { return Ok(None) };
    let gap = sql("SELECT g.id FROM personal p JOIN records g ON g.id = p.record_id AND g.kind = ? \
                   LEFT JOIN personal asked ON asked.record_id = g.of_id \
                   WHERE p.asker = ? AND (g.of_id = ? OR asked.question = \
                   (SELECT question FROM personal WHERE record_id = ?)) ORDER BY g.id LIMIT 1");
    let gap = gap.bind(Kind::Gap.as_str()).bind(user.to_string()).bind(of).bind(of);
    let gap: Option<(RecordId,)> = db.optional(gap).await?;
    Ok(gap.map(|(id,)| id))
}
