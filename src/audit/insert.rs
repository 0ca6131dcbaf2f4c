//! The statements that write many records, chained, in one transaction.

use sqlx::query_builder::Separated;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, QueryBuilder, Sqlite};

use super::chain::{Field, GENESIS, Hash, Salts};
use super::columns::{self, Personal, Rows};
use super::complete::complete;
use super::keep;
use super::{Detail, Entry, RecordId, Written};

/// The most rows in one statement. SQLite binds at most 32,766 values in one
/// (<https://www.sqlite.org/limits.html>), and the widest table here has 24 columns.
const ROWS_MAX: usize = 1_000;

/// Writes the entries durably, with what they bring about, in one transaction, and gives them numbers above
/// `last`, without a gap and in their order; one that says what an earlier record says already gets that one's.
/// Nothing is written where it fails.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    salts: &mut Salts,
    last: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    // IMMEDIATE takes the lock of a write at once: another process can then not number or chain a record
    // between our look at the last one and our rows.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let written = append(&mut transaction, salts, last, entries).await?;
    transaction.commit().await?;
    Ok(written)
}

/// What [`insert`] does, within a transaction that holds the lock of a write.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    salts: &mut Salts,
    last: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    let newest = newest_id(connection).await?.max(last);
    let written = complete(connection, newest, entries).await?;
    let new = || written.iter().zip(&*entries).filter(|(written, _)| written.is_new);
    let asked = entries.iter().filter_map(|entry| match &entry.detail {
        Detail::Ask(ask) => Some(ask.corpus.digest),
        _ => None,
    });
    let kept = keep::kept_of(connection, &asked.collect()).await?;
    let is_kept = |entry: &Entry| match &entry.detail {
        Detail::Ask(ask) => kept.contains(&ask.corpus.digest),
        _ => false,
    };
    let (_, mut previous) = head(connection).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (written, entry) in new() {
        let row = Rows::of(written.id, entry, is_kept(entry), salts.make(), previous);
        previous = row.hash;
        rows.push(row);
    }
    insert_rows(connection, &rows).await?;
    for (written, entry) in new() {
        apply_setting(connection, written.id, entry).await?;
    }
    Ok(written)
}

/// The number and the hash of the record at the end of the chain.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn head(connection: &mut SqliteConnection) -> Result<(RecordId, Hash), sqlx::Error> {
    let head: Option<(RecordId, Vec<u8>)> =
        sqlx::query_as("SELECT record_id, hash FROM chain_head").fetch_optional(connection).await?;
    // What is no hash can be the hash of nothing: the chain breaks there, and verifying it says so.
    Ok(head.map_or((0, GENESIS), |(id, hash)| (id, hash.try_into().unwrap_or(GENESIS))))
}

/// The highest number ever given, also to a row that is gone.
async fn newest_id(connection: &mut SqliteConnection) -> Result<RecordId, sqlx::Error> {
    let newest = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'records'")
        .fetch_optional(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

async fn insert_rows(connection: &mut SqliteConnection, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    insert_records(connection, rows).await?;
    insert_personal(connection, rows).await?;
    insert_private(connection, rows).await?;
    insert_citations(connection, rows).await?;
    if let Some(last) = rows.last() {
        set_head(connection, last.id, &last.hash).await?;
    }
    Ok(())
}

/// Notes which record is at the end of the chain.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn set_head(
    connection: &mut SqliteConnection,
    id: RecordId,
    hash: &Hash,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO chain_head (one, record_id, hash) VALUES (1, ?, ?) \
         ON CONFLICT (one) DO UPDATE SET record_id = excluded.record_id, hash = excluded.hash",
    )
    .bind(id)
    .bind(hash.to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_records(connection: &mut SqliteConnection, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    for rows in rows.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO records (");
        query.push(columns::names(&columns::RECORD)).push(", previous_hash, hash) ");
        query.push_values(rows, |mut values, row| {
            row.record.iter().for_each(|field| push(&mut values, field));
            values.push_bind(row.previous.to_vec()).push_bind(row.hash.to_vec());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_personal(connection: &mut SqliteConnection, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let personal: Vec<(RecordId, &Personal)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?))).collect();
    for rows in personal.chunks(ROWS_MAX) {
        let mut query =
            QueryBuilder::<Sqlite>::new("INSERT INTO personal (record_id, asker, question, salt) ");
        query.push_values(rows, |mut values, (id, personal)| {
            values
                .push_bind(*id)
                .push_bind(personal.asker.clone())
                .push_bind(personal.question.map(str::to_owned))
                .push_bind(personal.salt.to_vec());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_private(connection: &mut SqliteConnection, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let private: Vec<(RecordId, &Vec<u8>)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?.private.as_ref()?))).collect();
    for rows in private.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO private (record_id, body) ");
        query.push_values(rows, |mut values, (id, body)| {
            values.push_bind(*id).push_bind((*body).clone());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_citations(connection: &mut SqliteConnection, rows: &[Rows<'_>]) -> Result<(), sqlx::Error> {
    let citations: Vec<_> =
        rows.iter().flat_map(|row| row.citations.iter().map(|citation| (row.id, citation))).collect();
    for rows in citations.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO citations (record_id, quote, ");
        query.push(columns::names(&columns::CITATION)).push(") ");
        query.push_values(rows, |mut values, (id, (fields, quote))| {
            values.push_bind(*id).push_bind(quote.map(str::to_owned));
            fields.iter().for_each(|field| push(&mut values, field));
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

fn push(values: &mut Separated<'_, Sqlite, &'static str>, field: &Field) {
    match field {
        Field::Null => values.push_bind(None::<i64>),
        Field::Integer(number) => values.push_bind(*number),
        Field::Real(number) => values.push_bind(*number),
        Field::Text(text) => values.push_bind(text.clone().into_owned()),
        Field::Bytes(bytes) => values.push_bind(bytes.clone().into_owned()),
    };
}

/// Puts a setting in force.
async fn apply_setting(
    connection: &mut SqliteConnection,
    id: RecordId,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    let (Detail::Setting { key, value: Some(value) }, Some(guild)) = (&entry.detail, entry.asker.guild)
    else {
        return Ok(());
    };
    let statement = if value.is_null() {
        sqlx::query("DELETE FROM settings WHERE guild = ? AND key = ?").bind(guild.to_string()).bind(key)
    } else {
        sqlx::query(
            "INSERT INTO settings (guild, key, value, record_id) VALUES (?, ?, ?, ?) \
             ON CONFLICT (guild, key) DO UPDATE SET value = excluded.value, record_id = excluded.record_id",
        )
        .bind(guild.to_string())
        .bind(key)
        .bind(value.to_string())
        .bind(id)
    };
    statement.execute(connection).await?;
    Ok(())
}
