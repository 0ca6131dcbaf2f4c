//! Is the store fit to be opened? Connections, with the settings that make a commit durable, and the check
//! that this program knows the tables.

use std::cmp::Ordering;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::ConnectOptions;
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::StoreError;
use super::db::{Db, Dialect, sql};
use super::error::result_code;
use super::migrate::{self, known_schema};
use super::place::{self, Place, Target};

/// For how long another process that is making the tables is waited for.
const RACE_WAIT_MAX: Duration = Duration::from_secs(5);

/// Pause before it is given another look.
const RACE_PAUSE: Duration = Duration::from_millis(20);

/// For how long a server that does not answer is waited for until it is given up.
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(10);

/// What a connection keeps of the file: 512 KiB, which SQLite takes as a negative number
/// (<https://www.sqlite.org/pragma.html#pragma_cache_size>). A quarter of what it would keep, and as fast; the system
/// keeps the file as well.
const CACHE: &str = "-512";

/// From how many pages on in the write-ahead log SQLite itself moves them into the file, within the commit that comes to
/// as many: four times what it would be, since that is to happen where nobody waits ([`move_log`]), and here only where
/// there is never a pause. <https://www.sqlite.org/pragma.html#pragma_wal_autocheckpoint>
const LOG_PAGES_MAX: &str = "4000";

/// Opens the store for writing; makes file and tables where they are missing. A write waits `busy` at most for
/// other processes.
///
/// # Errors
///
/// [`StoreError::Create`], [`StoreError::Open`], [`StoreError::Foreign`] and [`StoreError::NewerSchema`].
pub(super) async fn open_for_writing(place: &Place, busy: Duration) -> Result<Db, StoreError> {
    if let Some(file) = place.file() {
        place::create(file)?;
    }
    refuse_foreign(place, busy).await?;
    let deadline = Instant::now() + RACE_WAIT_MAX;
    loop {
        match connect_and_migrate(place, busy).await {
            Ok(db) => return Ok(db),
            // Two processes that start together on a new file: the switch to the write-ahead log cannot
            // be waited for by SQLite, and only one of them can make the tables.
            Err(error) if is_race(&error) && Instant::now() < deadline => {
                tokio::time::sleep(RACE_PAUSE).await;
            }
            Err(error) => return Err(open_error(place, error)),
        }
    }
}

/// Moves what was committed from the write-ahead log into the file, as far as no reader needs what stands there. Nothing
/// on a server, which does so itself.
///
/// # Errors
///
/// What the database said. What was committed is safe all the same.
pub(super) async fn move_log(db: &mut Db) -> Result<(), sqlx::Error> {
    if db.dialect() == Dialect::Sqlite {
        let _: (i64, i64, i64) = db.one(sql("PRAGMA wal_checkpoint(PASSIVE)")).await?;
    }
    Ok(())
}

/// Refuses a database of another program before anything is changed in it.
async fn refuse_foreign(place: &Place, busy: Duration) -> Result<(), StoreError> {
    let Target::File(options) = &place.target else { return Ok(()) };
    let options = options.clone().read_only(true).busy_timeout(busy);
    // What cannot be read is told of where it is opened to be written.
    let Ok((mut db, _)) = file_with_schema(&options).await else { return Ok(()) };
    match migrate::is_foreign(&mut db).await {
        Ok(true) => Err(StoreError::Foreign { place: Arc::clone(&place.told) }),
        _ => Ok(()),
    }
}

async fn connect_and_migrate(place: &Place, busy: Duration) -> Result<Db, MigrateError> {
    let mut db = match &place.target {
        Target::File(options) => {
            let options = options
                .clone()
                // Readers do not wait for the writer, nor it for them.
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL would lose the last commits at a power loss, after their answers were shown.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                // What is erased is overwritten, not only let go.
                .pragma("secure_delete", "ON")
                .pragma("cache_size", CACHE)
                .pragma("wal_autocheckpoint", LOG_PAGES_MAX)
                .busy_timeout(busy);
            Db::Sqlite(options.connect().await?)
        }
        Target::Server(options) => {
            let mut db = connect(options).await?;
            db.execute(
                sql("SELECT set_config('lock_timeout', ?, false), set_config('synchronous_commit', \
                     CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' \
                     ELSE current_setting('synchronous_commit') END, false)")
                .bind(busy.as_millis().to_string()),
            )
            .await?;
            db
        }
    };
    migrate::run(&mut db, place.file()).await?;
    Ok(db)
}

async fn connect(options: &PgConnectOptions) -> Result<Db, sqlx::Error> {
    let connection = tokio::time::timeout(CONNECT_WAIT_MAX, options.connect()).await;
    Ok(Db::Postgres(connection.map_err(|_| sqlx::Error::Io(io::ErrorKind::TimedOut.into()))??))
}

/// Busy, locked, or the tables, or the copy of an older store, appeared while we were making them.
fn is_race(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    if matches!(error, sqlx::Error::Io(error) if error.kind() == io::ErrorKind::AlreadyExists) {
        return true;
    }
    let made = |message: &str| message.contains("already exists") || message.contains("duplicate column");
    error.as_database_error().is_some_and(|error| made(error.message()))
        || matches!(result_code(error).map(|code| code & 0xff), Some(5 | 6))
}

fn open_error(place: &Place, error: MigrateError) -> StoreError {
    let told = Arc::clone(&place.told);
    match error {
        MigrateError::VersionMissing(found) => newer(place, found),
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
            StoreError::Open { place: told, source }
        }
        other => StoreError::Open { place: told, source: other.into() },
    }
}

fn newer(place: &Place, found: i64) -> StoreError {
    let dialect = if place.file().is_some() { Dialect::Sqlite } else { Dialect::Postgres };
    StoreError::NewerSchema { place: Arc::clone(&place.told), found, known: known_schema(dialect) }
}

/// Opens the store for reading; changes nothing.
///
/// # Errors
///
/// [`StoreError::Missing`], [`StoreError::Open`], [`StoreError::Foreign`], [`StoreError::NewerSchema`] and
/// [`StoreError::OlderSchema`].
pub(super) async fn open_for_reading(place: &Place, busy: Duration) -> Result<Db, StoreError> {
    let told = || Arc::clone(&place.told);
    // A folder that may not be looked into is no missing store: SQLite then says so below.
    if place.file().is_some_and(|file| file.try_exists().is_ok_and(|exists| !exists)) {
        return Err(StoreError::Missing { place: told() });
    }
    let opened = match &place.target {
        Target::File(options) => {
            let options = options.clone().read_only(true).pragma("cache_size", CACHE).busy_timeout(busy);
            match file_with_schema(&options).await {
                // In a folder where nothing can be made SQLite cannot place its lock file. Without a write-ahead
                // log beside it nobody has the file open, and it can be read as it stands.
                Err(_) if !place::wal_path(options.get_filename()).exists() => {
                    file_with_schema(&options.immutable(true)).await
                }
                opened => opened,
            }
        }
        Target::Server(options) => {
            with_schema(connect(&options.clone().options([("default_transaction_read_only", "on")])).await)
                .await
        }
    };
    let fault = |source| StoreError::Open { place: told(), source };
    let (mut db, found) = opened.map_err(fault)?;
    if migrate::is_foreign(&mut db).await.map_err(fault)? {
        return Err(StoreError::Foreign { place: told() });
    }
    match found.cmp(&known_schema(db.dialect())) {
        Ordering::Equal => Ok(db),
        // A database without tables is where a store will be.
        Ordering::Less if found == 0 => Err(StoreError::Missing { place: told() }),
        Ordering::Less => Err(StoreError::OlderSchema { place: told() }),
        Ordering::Greater => Err(newer(place, found)),
    }
}

async fn file_with_schema(options: &SqliteConnectOptions) -> Result<(Db, i64), sqlx::Error> {
    with_schema(options.connect().await.map(Db::Sqlite)).await
}

/// A connection, and the newest step its tables have taken: 0 where there are none.
async fn with_schema(connected: Result<Db, sqlx::Error>) -> Result<(Db, i64), sqlx::Error> {
    let mut db = connected?;
    let schema = migrate::schema(&mut db).await?;
    Ok((db, schema))
}

/// Whether the store can be written to now, found out by beginning a write that changes nothing.
///
/// # Errors
///
/// What the database said.
pub(super) async fn probe(db: &mut Db) -> Result<(), sqlx::Error> {
    // On a file that is read-only BEGIN IMMEDIATE alone succeeds, as a read.
    db.begin().await?;
    db.execute(sql("DELETE FROM records WHERE FALSE")).await?;
    db.roll_back().await
}
