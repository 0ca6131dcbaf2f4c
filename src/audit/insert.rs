//! The statements that write many records, chained, in one transaction.

use super::chain::{self, Field, GENESIS, Hash, Salts};
use super::columns::{self, Personal, Rows};
use super::complete::{Known, complete};
use super::db::{COMMIT, Db, Dialect, Sql, sql};
use super::words;
use super::{Detail, Entry, RecordId, Written};

/// The most rows in one statement. SQLite binds at most 32,766 values in one
/// (<https://www.sqlite.org/limits.html>), PostgreSQL 65,535, and the widest table here has 24 columns.
const ROWS_MAX: usize = 1_000;

/// Writes the entries durably, with what they bring about, in one transaction, and gives them numbers above
/// `last`, without a gap and in their order; one that says what an earlier record says already gets that one's.
/// Nothing is written where it fails; then the transaction ends with the connection.
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
    append_between(db, salts, last, entries, (db.dialect().begin(), vec![sql(COMMIT)])).await
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
    append_between(db, salts, last, entries, (Vec::new(), Vec::new())).await
}

/// What [`append`] does, with statements before the first and after the last of its own.
async fn append_between(
    db: &mut Db,
    salts: &mut Salts,
    last: RecordId,
    entries: &mut [&mut Entry],
    (before, after): (Vec<Sql<'_>>, Vec<Sql<'_>>),
) -> Result<Vec<Written>, sqlx::Error> {
    let mut known = Known::look(db, before, entries).await?;
    known.newest = known.newest.max(last);
    let written = complete(db, &known, entries).await?;
    let new = || written.iter().zip(&*entries).filter(|(written, _)| written.is_new);
    let mut previous = known.head;
    let mut rows = Vec::with_capacity(entries.len());
    for (written, entry) in new() {
        let row = Rows::of(written.id, entry, known.is_kept(entry), salts.make(), previous);
        previous = row.hash;
        rows.push(row);
    }
    let mut script = insertions(db.dialect(), &rows);
    script.extend(new().filter_map(|(written, entry)| setting(written.id, entry)));
    script.extend(after);
    db.run::<()>(script).await?;
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
    Ok(head.map_or((0, GENESIS), |(id, hash)| (id, chain::stored(hash))))
}

/// What writes rows. The statements for a single record are few, and kept prepared.
fn insertions<'v>(dialect: Dialect, rows: &'v [Rows<'v>]) -> Vec<Sql<'v>> {
    let mut script = Vec::new();
    insert_records(&mut script, rows);
    insert_personal(&mut script, dialect, rows);
    insert_private(&mut script, rows);
    insert_citations(&mut script, rows);
    if let [_] = rows {
        script = script.into_iter().map(Sql::kept).collect();
    }
    script.extend(rows.last().map(|last| head_is(last.id, &last.hash)));
    script
}

/// Notes which record is at the end of the chain.
///
/// # Errors
///
/// What the database said.
pub(super) async fn set_head(db: &mut Db, id: RecordId, hash: &Hash) -> Result<(), sqlx::Error> {
    db.execute(head_is(id, hash)).await.map(drop)
}

fn head_is<'v>(id: RecordId, hash: &'v Hash) -> Sql<'v> {
    let statement = "INSERT INTO chain_head (one, record_id, hash) VALUES (1, ?, ?) \
                     ON CONFLICT (one) DO UPDATE SET record_id = excluded.record_id, hash = excluded.hash";
    sql(statement).bind(id).bind(hash)
}

fn insert_records<'v>(script: &mut Vec<Sql<'v>>, rows: &'v [Rows<'v>]) {
    let names = columns::names(&columns::RECORD);
    for rows in rows.chunks(ROWS_MAX) {
        let mut statement = Sql::built(format!("INSERT INTO records ({names}, previous_hash, hash) VALUES "));
        push_rows(&mut statement, rows, |statement, row| {
            let hashes = [Field::from(&row.previous), Field::from(&row.hash)];
            statement.push_list(row.record.iter().cloned().chain(hashes));
        });
        script.push(statement);
    }
}

fn insert_personal<'v>(script: &mut Vec<Sql<'v>>, dialect: Dialect, rows: &'v [Rows<'v>]) {
    let personal: Vec<(RecordId, &Personal)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?))).collect();
    for rows in personal.chunks(ROWS_MAX) {
        let words = if dialect == Dialect::Postgres { ", words" } else { "" };
        let mut statement =
            Sql::built(format!("INSERT INTO personal (record_id, asker, question, salt{words}) VALUES "));
        push_rows(&mut statement, rows.iter().copied(), |statement, (id, personal)| {
            let question = personal.question.as_deref();
            statement.push("(").push_bind(id).push(", ").push_bind(personal.asker.as_deref()).push(", ");
            statement.push_bind(question).push(", ").push_bind(&personal.salt);
            // The index of SQLite cuts questions into words itself.
            if dialect == Dialect::Postgres {
                statement.push(", CAST(CAST(").push_bind(question.map(words::vector));
                statement.push(" AS TEXT) AS TSVECTOR)");
            }
            statement.push(")");
        });
        script.push(statement);
    }
}

fn insert_private<'v>(script: &mut Vec<Sql<'v>>, rows: &'v [Rows<'v>]) {
    let private: Vec<(RecordId, &Vec<u8>)> =
        rows.iter().filter_map(|row| Some((row.id, row.personal.as_ref()?.private.as_ref()?))).collect();
    for rows in private.chunks(ROWS_MAX) {
        let mut statement = Sql::built("INSERT INTO private (record_id, body) VALUES ");
        push_rows(&mut statement, rows.iter().copied(), |statement, (id, body)| {
            statement.push_list([Field::from(id), Field::from(body.as_slice())]);
        });
        script.push(statement);
    }
}

fn insert_citations<'v>(script: &mut Vec<Sql<'v>>, rows: &'v [Rows<'v>]) {
    let citations: Vec<_> =
        rows.iter().flat_map(|row| row.citations.iter().map(|citation| (row.id, citation))).collect();
    let names = columns::names(&columns::CITATION);
    for rows in citations.chunks(ROWS_MAX) {
        let mut statement = Sql::built(format!("INSERT INTO citations (record_id, quote, {names}) VALUES "));
        push_rows(&mut statement, rows.iter().copied(), |statement, (id, (fields, quote))| {
            let beside = [Field::from(id), Field::from(quote.as_deref())];
            statement.push_list(beside.into_iter().chain(fields.iter().cloned()));
        });
        script.push(statement);
    }
}

/// Adds what stands after `VALUES`.
fn push_rows<'v, R>(
    statement: &mut Sql<'v>,
    rows: impl IntoIterator<Item = R>,
    push: impl Fn(&mut Sql<'v>, R),
) {
    for (at, row) in rows.into_iter().enumerate() {
        if at > 0 {
            statement.push(", ");
        }
        push(statement, row);
    }
}

/// What puts a setting in force, where the entry is one.
fn setting(id: RecordId, entry: &Entry) -> Option<Sql<'_>> {
    let (Detail::Setting { key, value: Some(value) }, Some(guild)) = (&entry.detail, entry.asker.guild)
    else {
        return None;
    };
    let (guild, key) = (guild.to_string(), key.as_str());
    Some(if value.is_null() {
        sql("DELETE FROM settings WHERE guild = ? AND key = ?").bind(guild).bind(key)
    } else {
        let statement = "INSERT INTO settings (guild, key, value, record_id) VALUES (?, ?, ?, ?) \
             ON CONFLICT (guild, key) DO UPDATE SET value = excluded.value, record_id = excluded.record_id";
        sql(statement).bind(guild).bind(key).bind(value.to_string()).bind(id)
    })
}
