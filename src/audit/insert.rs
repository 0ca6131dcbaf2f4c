//! The statements that write many records, chained, in one transaction.

use super::chain::{Field, GENESIS, Hash, Salts};
use super::columns::{self, Personal, Rows};
use super::complete::complete;
use super::db::{Db, Dialect, Sql, sql};
use super::{Detail, Entry, RecordId, Written};
use super::{keep, words};

/// The most rows in one statement. SQLite binds at most 32,766 values in one
/// (<https://www.sqlite.org/limits.html>), PostgreSQL 65,535, and the widest table here has 24 columns.
const ROWS_MAX: usize = 1_000;

/// Writes the entries durably, with what they bring about, in one transaction, and gives them numbers above
/// `last`, without a gap and in their order; one that says what an earlier record says already gets that one's.
/// Nothing is written where it fails.
///
/// # Errors
///
/// What the database said.
pub(super) async fn insert(
    db: &mut Db,
    salts: &mut Salts,
    last: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    db.begin().await?;
    let written = append(db, salts, last, entries).await?;
    db.commit().await?;
    Ok(written)
}

/// What [`insert`] does, within a transaction that holds the lock of a write.
///
/// # Errors
///
/// What the database said.
pub(super) async fn append(
    db: &mut Db,
    salts: &mut Salts,
    last: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    let newest = newest_id(db).await?.max(last);
    let written = complete(db, newest, entries).await?;
    let new = || written.iter().zip(&*entries).filter(|(written, _)| written.is_new);
    let asked = entries.iter().filter_map(|entry| match &entry.detail {
        Detail::Ask(ask) => Some(ask.corpus.digest),
        _ => None,
    });
    let kept = keep::kept_of(db, &asked.collect()).await?;
    let is_kept = |entry: &Entry| match &entry.detail {
        Detail::Ask(ask) => kept.contains(&ask.corpus.digest),
        _ => false,
    };
    let (_, mut previous) = head(db).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (written, entry) in new() {
        let row = Rows::of(written.id, entry, is_kept(entry), salts.make(), previous);
        previous = row.hash;
        rows.push(row);
    }
    insert_rows(db, &rows).await?;
    for (written, entry) in new() {
        apply_setting(db, written.id, entry).await?;
    }
    Ok(written)
}

/// The number and the hash of the record at the end of the chain.
///
/// # Errors
///
/// What the database said.
pub(super) async fn head(db: &mut Db) -> Result<(RecordId, Hash), sqlx::Error> {
    let head: Option<(RecordId, Vec<u8>)> =
        db.optional(sql("SELECT record_id, hash FROM chain_head")).await?;
    // What is no hash can be the hash of nothing: the chain breaks there, and verifying it says so.
    Ok(head.map_or((0, GENESIS), |(id, hash)| (id, hash.try_into().unwrap_or(GENESIS))))
}

/// The highest number ever given, also to a row that is gone.
async fn newest_id(db: &mut Db) -> Result<RecordId, sqlx::Error> {
    let newest = sql("SELECT coalesce(max(id), 0) FROM (SELECT max(id) AS id FROM records \
                      UNION ALL SELECT record_id AS id FROM chain_head) AS known");
    let (newest,) = db.one(newest).await?;
    Ok(newest)
}

async fn insert_rows(db: &mut Db, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    insert_records(db, rows).await?;
    insert_personal(db, rows).await?;
    insert_private(db, rows).await?;
    insert_citations(db, rows).await?;
    if let Some(last) = rows.last() {
        set_head(db, last.id, &last.hash).await?;
    }
    Ok(())
}

/// Notes which record is at the end of the chain.
///
/// # Errors
///
/// What the database said.
pub(super) async fn set_head(db: &mut Db, id: RecordId, hash: &Hash) -> Result<(), sqlx::Error> {
    let statement = "INSERT INTO chain_head (one, record_id, hash) VALUES (1, ?, ?) \
                     ON CONFLICT (one) DO UPDATE SET record_id = excluded.record_id, hash = excluded.hash";
    db.execute(sql(statement).bind(id).bind(hash)).await.map(drop)
}

async fn insert_records(db: &mut Db, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let names = columns::names(&columns::RECORD);
    for rows in rows.chunks(ROWS_MAX) {
        let mut statement = Sql::built(format!("INSERT INTO records ({names}, previous_hash, hash) VALUES "));
        push_rows(&mut statement, rows, |statement, row| {
            let hashes = [Field::from(&row.previous), Field::from(&row.hash)];
            statement.push_list(row.record.iter().cloned().chain(hashes));
        });
        db.execute(statement).await?;
    }
    Ok(())
}

async fn insert_personal(db: &mut Db, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let personal: Vec<(RecordId, &Personal)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?))).collect();
    let dialect = db.dialect();
    for rows in personal.chunks(ROWS_MAX) {
        let words = if dialect == Dialect::Postgres { ", words" } else { "" };
        let mut statement =
            Sql::built(format!("INSERT INTO personal (record_id, asker, question, salt{words}) VALUES "));
        push_rows(&mut statement, rows, |statement, (id, personal)| {
            let question = personal.question.as_deref();
            statement.push("(").push_bind(*id).push(", ").push_bind(personal.asker.as_deref()).push(", ");
            statement.push_bind(question).push(", ").push_bind(&personal.salt);
            // The index of SQLite cuts questions into words itself.
            if dialect == Dialect::Postgres {
                statement.push(", CAST(CAST(").push_bind(question.map(words::vector));
                statement.push(" AS TEXT) AS TSVECTOR)");
            }
            statement.push(")");
        });
        db.execute(statement).await?;
    }
    Ok(())
}

async fn insert_private(db: &mut Db, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let private: Vec<(RecordId, &Vec<u8>)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?.private.as_ref()?))).collect();
    for rows in private.chunks(ROWS_MAX) {
        let mut statement = Sql::built("INSERT INTO private (record_id, body) VALUES ");
        push_rows(&mut statement, rows, |statement, (id, body)| {
            statement.push_list([Field::from(*id), Field::from(body.as_slice())]);
        });
        db.execute(statement).await?;
    }
    Ok(())
}

async fn insert_citations(db: &mut Db, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let citations: Vec<_> =
        rows.iter().flat_map(|row| row.citations.iter().map(|citation| (row.id, citation))).collect();
    let names = columns::names(&columns::CITATION);
    for rows in citations.chunks(ROWS_MAX) {
        let mut statement = Sql::built(format!("INSERT INTO citations (record_id, quote, {names}) VALUES "));
        push_rows(&mut statement, rows, |statement, (id, (fields, quote))| {
            let beside = [Field::from(*id), Field::from(quote.as_deref())];
            statement.push_list(beside.into_iter().chain(fields.iter().cloned()));
        });
        db.execute(statement).await?;
    }
    Ok(())
}

/// Adds what stands after `VALUES`.
fn push_rows<'v, R>(statement: &mut Sql<'v>, rows: &'v [R], push: impl Fn(&mut Sql<'v>, &'v R)) {
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            statement.push(", ");
        }
        push(statement, row);
    }
}

/// Puts a setting in force.
async fn apply_setting(db: &mut Db, id: RecordId, entry: &Entry) -> Result<(), sqlx::Error> {
    let (Detail::Setting { key, value: Some(value) }, Some(guild)) = (&entry.detail, entry.asker.guild)
    else {
        return Ok(());
    };
    let (guild, key) = (guild.to_string(), key.as_str());
    let statement = if value.is_null() {
        sql("DELETE FROM settings WHERE guild = ? AND key = ?").bind(guild).bind(key)
    } else {
        let statement = "INSERT INTO settings (guild, key, value, record_id) VALUES (?, ?, ?, ?) \
             ON CONFLICT (guild, key) DO UPDATE SET value = excluded.value, record_id = excluded.record_id";
        sql(statement).bind(guild).bind(key).bind(value.to_string()).bind(id)
    };
    db.execute(statement).await.map(drop)
}
