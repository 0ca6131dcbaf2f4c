//! The statements that forget. What they took away is a record of its own, in the same transaction.

use jiff::Timestamp;

use super::chain::Salts;
use super::columns::private_json;
use super::corpora;
use super::db::{Db, Dialect, Sql, sql};
use super::erasure::{Erasure, Scope, runs};
use super::{Asker, Entry, Kind, RecordId};
use super::{insert, keep};
use crate::corpus::Digest;

/// The most records that one erasure by age takes at a time, so that answers that wait to be recorded do not
/// wait for long.
pub(super) const AGE_RECORDS_MAX: usize = 2_000;

/// The most numbers in one statement.
const IDS_MAX: usize = 1_000;

/// What is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// All that is personal in the records of a person.
    Person {
        /// Their id.
        user: u64,
        /// The number under which they are recorded, which may be another.
        recorded_as: u64,
    },
    /// All that is personal in the records from before this time, at most [`AGE_RECORDS_MAX`] of them.
    Before(Timestamp),
    /// The texts and quotes of the article with this id.
    Article(String),
}

/// Erases, and records it. `None` where there was nothing to erase.
///
/// # Errors
///
/// What the database said; then nothing was erased.
pub(super) async fn erase(
    db: &mut Db,
    salts: &mut Salts,
    last: RecordId,
    (at, asker, wish): (Timestamp, &Asker, &Wish),
) -> Result<Option<(RecordId, Erasure)>, sqlx::Error> {
    db.begin().await?;
    let erasure = match wish {
        Wish::Person { user, recorded_as } => person(db, *user, *recorded_as).await?,
        Wish::Before(before) => age(db, *before).await?,
        Wish::Article(article) => withdraw(db, article).await?,
    };
    let nothing = match &erasure.scope {
        Scope::Article { texts, .. } => texts.is_empty() && erasure.records.is_empty(),
        Scope::Person | Scope::Age { .. } => erasure.records.is_empty(),
    };
    if nothing {
        db.roll_back().await?;
        return Ok(None);
    }
    // Whose wish it was is not said: it would be the first thing to be known of them again.
    let asker = Asker { user: None, ..asker.clone() };
    let mut entry = Entry::erasure(at, &asker, erasure.clone());
    let written = insert::append(db, salts, last, &mut [&mut entry]).await?;
    keep::let_go(db, at).await?;
    db.commit().await?;
    Ok(written.first().map(|written| (written.id, erasure)))
}

/// Moves what was committed from the write-ahead log into the file and empties the log, which holds the pages as
/// they were. `false` where somebody reads an old state of the store just now, for longer than is waited for, and
/// on a server, which keeps old versions of rows, and a log of its own, for as long as it likes.
///
/// # Errors
///
/// What the database said.
pub(super) async fn empty_log(db: &mut Db) -> Result<bool, sqlx::Error> {
    if db.dialect() == Dialect::Postgres {
        return Ok(false);
    }
    let (busy, _, _): (i64, i64, i64) = db.one(sql("PRAGMA wal_checkpoint(TRUNCATE)")).await?;
    Ok(busy == 0)
}

async fn person(db: &mut Db, user: u64, recorded_as: u64) -> Result<Erasure, sqlx::Error> {
    let user = user.to_string();
    // Under either number: the secret may have been set later than the first records.
    let theirs = sql("SELECT record_id FROM personal WHERE asker IN (?, ?)");
    let theirs: Vec<(RecordId,)> = db.all(theirs.bind(user.as_str()).bind(recorded_as.to_string())).await?;
    let mut ids: Vec<RecordId> = theirs.into_iter().map(|(id,)| id).collect();
    // Settings may name people, too: who is blocked, for one.
    let settings =
        sql("SELECT r.id, v.body FROM records r JOIN private v ON v.record_id = r.id WHERE r.kind = ?");
    let settings: Vec<(RecordId, Vec<u8>)> = db.all(settings.bind(Kind::Setting.as_str())).await?;
    let names = |body: &[u8]| private_json(body).is_some_and(|json| names_number(&json, &user));
    ids.extend(settings.iter().filter(|(_, body)| names(body)).map(|(id, _)| *id));
    forget(db, &mut ids).await?;
    Ok(Erasure { scope: Scope::Person, records: runs(ids) })
}

/// Whether a number stands in a text, with no further digit around it.
fn names_number(text: &[u8], number: &str) -> bool {
    String::from_utf8_lossy(text).split(|c: char| !c.is_ascii_digit()).any(|digits| digits == number)
}

async fn age(db: &mut Db, before: Timestamp) -> Result<Erasure, sqlx::Error> {
    let old =
        sql("SELECT p.record_id FROM personal p JOIN records r ON r.id = p.record_id WHERE r.at_us < ? \
                   ORDER BY p.record_id LIMIT ?");
    let most = i64::try_from(AGE_RECORDS_MAX).unwrap_or(i64::MAX);
    let old: Vec<(RecordId,)> = db.all(old.bind(before.as_microsecond()).bind(most)).await?;
    let mut ids: Vec<RecordId> = old.into_iter().map(|(id,)| id).collect();
    forget(db, &mut ids).await?;
    Ok(Erasure { scope: Scope::Age { before }, records: runs(ids) })
}

/// Removes all that is personal in these records; sorts their numbers.
async fn forget(db: &mut Db, ids: &mut Vec<RecordId>) -> Result<(), sqlx::Error> {
    ids.sort_unstable();
    ids.dedup();
    for ids in ids.chunks(IDS_MAX) {
        for statement in [
            "UPDATE citations SET quote = NULL WHERE record_id IN ",
            "DELETE FROM private WHERE record_id IN ",
            "DELETE FROM personal WHERE record_id IN ",
        ] {
            let mut statement = Sql::built(statement);
            statement.push_list(ids.iter().copied());
            db.execute(statement).await?;
        }
    }
    Ok(())
}

/// Withdraws the texts that an article has had in any kept corpus or answer, and its quotes.
async fn withdraw(db: &mut Db, article: &str) -> Result<Erasure, sqlx::Error> {
    let mut texts: Vec<Digest> = Vec::new();
    for kept in keep::all(db).await? {
        let listed = keep::articles(db, &kept).await?;
        let listed = listed.iter().flatten().filter(|listed| listed.id == article);
        texts.extend(listed.filter_map(|listed| corpora::parse_digest(&listed.text)));
    }
    texts.sort_unstable();
    texts.dedup();
    let mut withdrawn = Vec::new();
    for text in texts {
        let gone = sql("UPDATE objects SET body = NULL WHERE hash = ? AND body IS NOT NULL");
        if db.execute(gone.bind(text.as_bytes())).await? > 0 {
            withdrawn.push(text.to_string());
        }
    }
    let quoting = sql("SELECT DISTINCT record_id FROM citations WHERE article = ? AND quote IS NOT NULL \
                       ORDER BY record_id");
    let quoting: Vec<(RecordId,)> = db.all(quoting.bind(article)).await?;
    db.execute(sql("UPDATE citations SET quote = NULL WHERE article = ?").bind(article)).await?;
    let scope = Scope::Article { article: article.to_owned(), texts: withdrawn };
    Ok(Erasure { scope, records: runs(quoting.into_iter().map(|(id,)| id)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_a_setting() {
        let check =
            |text: &str, expected| assert_eq!(names_number(text.as_bytes(), "42"), expected, "{text}");
        check(r#"["42"]"#, true);
        check(r#"{"blocked":[1,42]}"#, true);
        check(r#"["142","421"]"#, false);
        check("null", false);
    }
}
