//! How is an older store brought up to date? It is copied, its tables are changed, and records that were
//! written before there was a chain are chained.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::json;
use sqlx::Connection;
use sqlx::migrate::{MigrateError, Migrator};

use super::chain::{self, Field, GENESIS, Hash, Salts};
use super::columns::RECORD;
use super::db::{Db, Dialect, Sql, sql};
use super::stored::{self, Stored, as_bytes};
use super::{Entry, RecordId};
use super::{insert, place};

/// The tables, as steps from each version of them to the next. A step that was released is never edited.
pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");

/// The same for PostgreSQL.
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How many old records are chained at a time.
const BATCH: RecordId = 1_000;

/// The newest schema that this program knows.
pub(super) fn known_schema(dialect: Dialect) -> i64 {
    let steps = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    steps.iter().map(|step| step.version).max().unwrap_or(0)
}

/// The newest step that the tables have taken: 0 where there are none.
///
/// # Errors
///
/// What the database said.
pub(super) async fn schema(db: &mut Db) -> Result<i64, sqlx::Error> {
    let tables = sql(match db.dialect() {
        Dialect::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Dialect::Postgres => "SELECT count(to_regclass('_sqlx_migrations'))",
    });
    if db.one::<(i64,)>(tables).await?.0 == 0 {
        return Ok(0);
    }
    let newest = sql("SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success");
    Ok(db.one::<(i64,)>(newest).await?.0)
}

/// Whether there are tables, and none that tells which steps they have taken: those of another program.
///
/// # Errors
///
/// What the database said.
pub(super) async fn is_foreign(db: &mut Db) -> Result<bool, sqlx::Error> {
    if db.dialect() == Dialect::Postgres {
        // It may be shared: each program has tables of its own there.
        return Ok(false);
    }
    // In one statement, since another process may be making our tables now: that of the steps is the first.
    let tables = sql("SELECT count(*), coalesce(sum(name = '_sqlx_migrations'), 0) FROM sqlite_schema");
    let (all, of_steps): (i64, i64) = db.one(tables).await?;
    Ok(all > 0 && of_steps == 0)
}

/// Brings a store up to date. One in a file, at `path`, is copied before, where it holds anything.
///
/// # Errors
///
/// What the database or the system said; the copy stays.
pub(super) async fn run(db: &mut Db, path: Option<&Path>) -> Result<(), MigrateError> {
    let before = schema(db).await?;
    let is_older = (1..known_schema(db.dialect())).contains(&before);
    let copy = if let Some(path) = path.filter(|_| is_older) {
        let copy = copy_path(path, before, Timestamp::now());
        backup(db, &copy).await?;
        tracing::warn!(
            copy = %copy.display(),
            "the audit store is brought up to date; a copy of it as it was lies beside it"
        );
        Some(copy)
    } else {
        None
    };
    // What `run` does, for one connection: the future of `run` itself is not `Send` in a spawned task, which
    // is why sqlx has this.
    match db {
        // In one transaction, so that no other process takes a store that is being made for one of an older schema.
        Db::Sqlite(connection) => {
            let mut steps = connection.begin_with("BEGIN IMMEDIATE").await?;
            SQLITE.run_direct(None, &mut *steps, false).await?;
            steps.commit().await?;
        }
        Db::Postgres(connection) => POSTGRES.run_direct(None, connection, false).await?,
    }
    seal(db, before, copy.as_deref()).await?;
    Ok(())
}

/// Writes a consistent copy of a store of SQLite to a file that does not exist yet.
///
/// # Errors
///
/// What the database or the system said.
pub(super) async fn backup(db: &mut Db, to: &Path) -> Result<(), sqlx::Error> {
    // Made first, so that it is for this user's eyes only from its first byte on.
    place::create_new(to).map_err(sqlx::Error::Io)?;
    let path = to.to_string_lossy().replace('\'', "''");
    // A path in quotes, doubled within: it ends nowhere else.
    db.execute(Sql::built(format!("VACUUM INTO '{path}'"))).await.map(drop)
}

/// Where the copy of a store of an older schema is put.
fn copy_path(path: &Path, schema: i64, now: Timestamp) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!("{COPY_MARK}{schema}-{}", now.strftime("%Y%m%dT%H%M%S%3fZ")));
    path.with_file_name(name)
}

/// What stands in the names of such copies after that of the store.
pub(super) const COPY_MARK: &str = ".schema-";

/// Chains the records that were written before there was a chain, once, and says so in a record of its own.
async fn seal(db: &mut Db, before: i64, copy: Option<&Path>) -> Result<(), MigrateError> {
    db.begin().await?;
    let (heads,): (i64,) = db.one(sql("SELECT count(*) FROM chain_head")).await?;
    if heads == 0 {
        let mut salts = Salts::new().map_err(|error| sqlx::Error::Io(error.into()))?;
        let (newest,): (RecordId,) = db.one(sql("SELECT coalesce(max(id), 0) FROM records")).await?;
        let (mut previous, mut count, mut after) = (GENESIS, 0, 0);
        while after < newest {
            let until = after.saturating_add(BATCH).min(newest);
            let packed = stored::read(db, after, until).await?;
            for record in packed.open().records {
                previous = seal_one(db, record, salts.make(), previous).await?;
                count += 1;
            }
            after = until;
        }
        insert::set_head(db, newest, &previous).await?;
        if count > 0 {
            let copy = copy.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
            let migration = json!({
                "from": before, "to": known_schema(db.dialect()), "chained": count, "last": newest, "copy": copy,
            });
            let mut entry = Entry::migration(Timestamp::now(), migration);
            insert::append(db, &mut salts, 0, &mut [&mut entry]).await?;
        }
    }
    db.commit().await?;
    Ok(())
}

/// Gives an old record its commitments and its place in the chain.
async fn seal_one(
    db: &mut Db,
    mut record: Stored<'_>,
    salt: Hash,
    previous: Hash,
) -> Result<Hash, sqlx::Error> {
    let digests: Vec<Field<'static>> = record
        .forgettable()
        .into_iter()
        .map(|(name, _, value)| {
            Field::or_null(as_bytes(value), |value| {
                Field::bytes(chain::commitment(&salt, &name, value).to_vec())
            })
        })
        .collect();
    // The last three columns of the record first, then one of each citation: the order of `forgettable`.
    let first = RECORD.len() - 3;
    let citations =
        record.citations.iter_mut().filter_map(|(fields, _)| fields.get_mut(stored::QUOTE_DIGEST));
    let places = record.fields.iter_mut().skip(first).chain(citations);
    places.zip(&digests).for_each(|(place, digest)| *place = digest.clone());
    record.previous = Field::bytes(previous.to_vec());
    let hash = record.hash_expected(&mut Vec::new()).unwrap_or(GENESIS);

    let mut statement = sql("UPDATE records SET asker_digest = ?, question_digest = ?, private_digest = ?, \
                             previous_hash = ?, hash = ? WHERE id = ?");
    for at in 0..3 {
        statement = statement.bind(digests.get(at).cloned());
    }
    db.execute(statement.bind(&previous).bind(&hash).bind(record.id)).await?;
    for ((fields, _), digest) in record.citations.iter().zip(digests.iter().skip(3)) {
        if let Some(Field::Integer(rank)) = fields.first() {
            let statement = sql("UPDATE citations SET quote_digest = ? WHERE record_id = ? AND rank = ?");
            db.execute(statement.bind(digest.clone()).bind(record.id).bind(*rank)).await?;
        }
    }
    if digests.iter().any(|digest| *digest != Field::Null) {
        let statement = sql("INSERT INTO personal (record_id, salt) VALUES (?, ?) \
                             ON CONFLICT (record_id) DO UPDATE SET salt = excluded.salt");
        db.execute(statement.bind(record.id).bind(&salt)).await?;
    }
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use sqlx::SqliteConnection;

    use super::*;

    #[tokio::test]
    async fn a_store_is_made_in_one_step() {
        let mut db = Db::Sqlite(SqliteConnection::connect("sqlite::memory:").await.unwrap());
        // A table that the last step makes, so that it fails.
        db.execute(sql("CREATE TABLE chain_head (record_id INTEGER)")).await.unwrap();
        run(&mut db, None).await.unwrap_err();
        assert_eq!(schema(&mut db).await.unwrap(), 0, "nothing is kept of the steps before");
        db.execute(sql("DROP TABLE chain_head")).await.unwrap();
        run(&mut db, None).await.unwrap();
        assert_eq!(schema(&mut db).await.unwrap(), known_schema(Dialect::Sqlite));
    }
}
