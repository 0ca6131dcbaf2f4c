//! Is the store fit to be opened? Connections, with the settings that make a commit durable, and the check
//! that this program knows the tables.

use std::cmp::Ordering;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::StoreError;
use super::error::result_code;
use super::migrate::{self, known_schema};
use super::place;

/// For how long another process that is making the tables is waited for.
const RACE_WAIT_MAX: Duration = Duration::from_secs(5);

/// Pause before it is given another look.
const RACE_PAUSE: Duration = Duration::from_millis(20);

/// Opens the store for writing; makes file and tables where they are missing.
///
/// # Errors
///
/// [`StoreError::Create`], [`StoreError::Open`] and [`StoreError::NewerSchema`].
pub(super) async fn open_for_writing(options: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    let path = options.get_filename();
    place::create(path)?;
    let options = options
        .clone()
        // Readers do not wait for the writer, nor it for them.
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would lose the last commits at a power loss, after their answers were shown.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is erased is overwritten, not only let go.
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    let deadline = Instant::now() + RACE_WAIT_MAX;
    loop {
        match connect_and_migrate(&options).await {
            Ok(connection) => return Ok(connection),
            // Two processes that start together on a new file: the switch to the write-ahead log cannot
            // be waited for by SQLite, and only one of them can make the tables.
            Err(error) if is_race(&error) && Instant::now() < deadline => {
                tokio::time::sleep(RACE_PAUSE).await;
            }
            Err(error) => return Err(open_error(path, error)),
        }
    }
}

async fn connect_and_migrate(options: &SqliteConnectOptions) -> Result<SqliteConnection, MigrateError> {
    let mut connection = options.connect().await?;
    migrate::run(&mut connection, options.get_filename()).await?;
    Ok(connection)
}

/// Busy, locked, or the tables appeared while we were making them.
fn is_race(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    let made = |message: &str| message.contains("already exists") || message.contains("duplicate column");
    error.as_database_error().is_some_and(|error| made(error.message()))
        || matches!(result_code(error).map(|code| code & 0xff), Some(5 | 6))
}

fn open_error(path: &Path, error: MigrateError) -> StoreError {
    let path = path.to_owned();
    match error {
        MigrateError::VersionMissing(found) => StoreError::NewerSchema { path, found, known: known_schema() },
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
            StoreError::Open { path, source }
        }
        other => StoreError::Open { path, source: other.into() },
    }
}

/// Opens the store for reading; changes nothing.
///
/// # Errors
///
/// [`StoreError::Missing`], [`StoreError::Open`], [`StoreError::NewerSchema`] and [`StoreError::OlderSchema`].
pub(super) async fn open_for_reading(options: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    let path = options.get_filename();
    // A folder that may not be looked into is no missing store: SQLite then says so below.
    if path.try_exists().is_ok_and(|exists| !exists) {
        return Err(StoreError::Missing { path: path.to_owned() });
    }
    let options = options.clone().read_only(true).disable_statement_logging();
    let opened = match connect_with_schema(&options).await {
        // In a folder where nothing can be made SQLite cannot place its lock file. Without a write-ahead log
        // beside it nobody has the file open, and it can be read as it stands.
        Err(_) if !place::wal_path(path).exists() => connect_with_schema(&options.immutable(true)).await,
        opened => opened,
    };
    let (connection, found) = opened.map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
    let known = known_schema();
    match found.cmp(&known) {
        Ordering::Equal => Ok(connection),
        Ordering::Less => Err(StoreError::OlderSchema { path: path.to_owned() }),
        Ordering::Greater => Err(StoreError::NewerSchema { path: path.to_owned(), found, known }),
    }
}

/// A connection, and the newest step its tables have taken: 0 where there are none.
async fn connect_with_schema(options: &SqliteConnectOptions) -> Result<(SqliteConnection, i64), sqlx::Error> {
    let mut connection = options.connect().await?;
    let schema = migrate::schema(&mut connection).await?;
    Ok((connection, schema))
}

/// Whether the file can be written to now, found out by beginning a write that changes nothing.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn probe(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // On a file that is read-only BEGIN IMMEDIATE alone succeeds, as a read.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM records WHERE FALSE").execute(&mut *transaction).await?;
    transaction.rollback().await
}
