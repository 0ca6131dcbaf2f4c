//! What does a record say that only the store knows? Where the reply of a delivery went, which vote a vote takes
//! the place of, and whether a gap is filed already. Looked up within the transaction that writes the record.

use super::db::{Db, sql};
use super::{Asker, Detail, Entry, Kind, Origin, Outcome, RecordId, Written};

/// Completes the entries and numbers them from `newest + 1` on, in their order. One that needs no record, since
/// an earlier one says the same, gets that one's number.
///
/// # Errors
///
/// What the database said.
pub(super) async fn complete(
    db: &mut Db,
    newest: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    let mut written: Vec<Written> = Vec::with_capacity(entries.len());
    let mut next = newest.saturating_add(1);
    for at in 0..entries.len() {
        // `at` is below the length, so that the two parts are the entries before it and those from it on.
        let (before, rest) = entries.split_at_mut(at);
        let Some(entry) = rest.first_mut() else { break };
        let earlier = || before.iter().map(|entry| &**entry).zip(&written).rev();
        let same = match entry.detail {
            Detail::Delivery { of, .. } => {
                locate_delivery(db, entry, of).await?;
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

/// Fills in where a delivery went, from the record of what was delivered, so that a guild's records can be
/// listed with their deliveries.
async fn locate_delivery(db: &mut Db, entry: &mut Entry, of: RecordId) -> Result<(), sqlx::Error> {
    let place = sql("SELECT origin, guild, channel FROM records WHERE id = ?").bind(of);
    let place: Option<(String, Option<String>, Option<String>)> = db.optional(place).await?;
    if let Some((origin, guild, channel)) = place {
        let id = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let origin = Origin::from_name(&origin).unwrap_or(Origin::Process);
        entry.asker = Asker { origin, guild: id(guild), channel: id(channel), user: None };
    }
    Ok(())
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
