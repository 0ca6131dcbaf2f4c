//! How do SQLite and PostgreSQL look the same to the statements of this module? One connection of either, one
//! statement with its values, one row. Statements are written once, with `?` for values; where the two speak
//! another SQL, [`Dialect`] holds both forms, side by side.

use std::borrow::Cow;
use std::fmt::{Display, Write};
use std::io;
use std::time::Duration;

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgConnection, PgRow, PgTypeInfo};
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{
    Arguments, AssertSqlSafe, ColumnIndex, Connection, Decode, Encode, FromRow, Postgres, Row as _, Sqlite,
    Type,
};

use super::chain::Field;
use super::columns;

/// For how long an answer of a server is waited for: longer than any statement of this module takes.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(60);

/// Ends a transaction, durably.
pub(super) const COMMIT: &str = "COMMIT";

/// A connection.
#[derive(Debug)]
pub(super) enum Db {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Which SQL a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement, and the values for its question marks. It is made of texts of this program alone: whatever
/// comes from elsewhere is a value.
#[derive(Debug)]
pub(super) struct Sql<'v> {
    text: Cow<'static, str>,
    values: Vec<Field<'v>>,
    /// Whether the connection keeps it prepared for the next time.
    is_kept: bool,
}

/// A statement that is always the same.
pub(super) fn sql<'v>(text: &'static str) -> Sql<'v> {
    Sql { text: Cow::Borrowed(text), values: Vec::new(), is_kept: true }
}

impl<'v> Sql<'v> {
    /// A statement that is put together.
    pub(super) fn built(text: impl Into<Cow<'static, str>>) -> Sql<'v> {
        Sql { text: text.into(), values: Vec::new(), is_kept: false }
    }

    /// The same, kept prepared: for what is put together in few ways, and often.
    pub(super) fn kept(self) -> Sql<'v> {
        Sql { is_kept: true, ..self }
    }

    /// The value of the next question mark.
    pub(super) fn bind(mut self, value: impl Into<Field<'v>>) -> Sql<'v> {
        self.values.push(value.into());
        self
    }

    /// Adds to its text.
    pub(super) fn push(&mut self, text: impl Display) -> &mut Sql<'v> {
        // Writing to a string cannot fail.
        let _ = write!(self.text.to_mut(), "{text}");
        self
    }

    /// Adds a question mark, with its value.
    pub(super) fn push_bind(&mut self, value: impl Into<Field<'v>>) -> &mut Sql<'v> {
        self.text.to_mut().push('?');
        self.values.push(value.into());
        self
    }

    /// Adds text that has one question mark, with its value.
    pub(super) fn push_with(&mut self, text: impl Display, value: impl Into<Field<'v>>) -> &mut Sql<'v> {
        self.values.push(value.into());
        self.push(text)
    }

    /// Adds values with commas between them, in brackets.
    pub(super) fn push_list<F: Into<Field<'v>>>(&mut self, values: impl IntoIterator<Item = F>) {
        let mut before = "(";
        for value in values {
            self.push(before).push_bind(value);
            before = ", ";
        }
        self.push(")");
    }

    /// Statements as one text, as SQLite takes them. None of them may number its question marks.
    fn joined(script: Vec<Sql<'v>>) -> Sql<'v> {
        let mut joined = Sql { text: Cow::Borrowed(""), values: Vec::new(), is_kept: true };
        for statement in script {
            joined.push(&statement.text).push(";");
            joined.values.extend(statement.values);
            joined.is_kept &= statement.is_kept;
        }
        joined
    }

    /// Its text.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn for_sqlite(self) -> Result<(AssertSqlSafe<Cow<'static, str>>, SqliteArguments), sqlx::Error> {
        let mut values = SqliteArguments::default();
        for value in self.values {
            let added = match value {
                Field::Null => values.add(None::<i64>),
                Field::Integer(number) => values.add(number),
                Field::Real(number) => values.add(number),
                Field::Text(text) => values.add(text.into_owned()),
                Field::Bytes(bytes) => values.add(bytes.into_owned()),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok((AssertSqlSafe(self.text), values))
    }

    fn for_postgres(self) -> Result<(AssertSqlSafe<String>, PgArguments), sqlx::Error> {
        let mut values = PgArguments::default();
        for value in &self.values {
            let added = match value {
                Field::Null => values.add(None::<Inferred>),
                Field::Integer(number) => values.add(*number),
                Field::Real(number) => values.add(*number),
                Field::Text(text) => values.add(Inferred(text)),
                Field::Bytes(bytes) => values.add(bytes.as_ref()),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok((AssertSqlSafe(numbered(&self.text)), values))
    }
}

/// The text of a statement with its question marks as PostgreSQL has them: `?` is the next value, `?3` the third.
fn numbered(text: &str) -> String {
    let mut parts = text.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        numbered.push('$');
        if !part.starts_with(|c: char| c.is_ascii_digit()) {
            let _ = write!(numbered, "{}", at + 1);
        }
        numbered += part;
    }
    numbered
}

/// A text, or nothing, whose type the server infers from where it stands: a column of JSON takes no TEXT.
struct Inferred<'t>(&'t str);

impl Type<Postgres> for Inferred<'_> {
    fn type_info() -> PgTypeInfo {
        // "An OID of zero leaves the type unspecified":
        // https://www.postgresql.org/docs/current/protocol-message-formats.html, Parse.
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for Inferred<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&str as Encode<'_, Postgres>>::encode_by_ref(&self.0, buffer)
    }
}

/// What a row is read as: a tuple of its columns.
pub(super) trait Columns:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Columns for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// What a column is read as.
pub(super) trait Value<'r>:
    Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
}

impl<'r, T> Value<'r> for T where T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres> {}

/// A row.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// A column, by its name or place.
    ///
    /// # Errors
    ///
    /// Where it holds something else.
    pub(super) fn get<'r, T: Value<'r>>(
        &'r self,
        column: impl ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    ) -> Result<T, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            // PostgreSQL sees to the types itself, and JSON is text to us.
            Row::Postgres(row) => row.try_get_unchecked(column),
        }
    }
}

impl Row {
    /// Bytes that the database has put together, whatever type it gives them; empty where there are none.
    ///
    /// # Errors
    ///
    /// Where the row has no such column.
    pub(super) fn packed(&self, column: usize) -> Result<Vec<u8>, sqlx::Error> {
        let packed = match self {
            Row::Sqlite(row) => row.try_get_unchecked::<Option<Vec<u8>>, _>(column),
            Row::Postgres(row) => row.try_get_unchecked::<Option<Vec<u8>>, _>(column),
        };
        Ok(packed?.unwrap_or_default())
    }
}

/// Runs `$call` on the connection, with the statement as its database has it.
macro_rules! on {
    ($db:expr, $sql:expr, |$query:ident, $connection:ident| $call:expr) => {{
        let is_kept = $sql.is_kept;
        match $db {
            Db::Sqlite($connection) => {
                let (text, values) = $sql.for_sqlite()?;
                let $query = sqlx::query_with(text, values).persistent(is_kept);
                $call
            }
            Db::Postgres($connection) => {
                let (text, values) = $sql.for_postgres()?;
                let $query = sqlx::query_with(text, values).persistent(is_kept);
                answered(async { $call }).await
            }
        }
    }};
}

/// Gives up a server that does not answer: without this a network that is gone would be waited for by every
/// question, for as long as the system does.
async fn answered<T>(answer: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    let gone = || Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the server does not answer")));
    tokio::time::timeout(ANSWER_WAIT_MAX, answer).await.unwrap_or_else(|_| gone())
}

impl Db {
    /// Which SQL it speaks.
    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Db::Sqlite(_) => Dialect::Sqlite,
            Db::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Whether the server still listens: it, or something on the way to it, may have closed what was idle.
    pub(super) async fn is_alive(&mut self) -> bool {
        match self {
            Db::Sqlite(_) => true,
            Db::Postgres(connection) => answered(connection.ping()).await.is_ok(),
        }
    }

    /// Runs a statement; gives back how many rows it changed.
    ///
    /// # Errors
    ///
    /// What the database said; as for the others here.
    pub(super) async fn execute(&mut self, sql: Sql<'_>) -> Result<u64, sqlx::Error> {
        on!(self, sql, |query, connection| Ok(query.execute(connection).await?.rows_affected()))
    }

    /// All rows.
    pub(super) async fn rows(&mut self, sql: Sql<'_>) -> Result<Vec<Row>, sqlx::Error> {
        let is_kept = sql.is_kept;
        match self {
            Db::Sqlite(connection) => {
                let (text, values) = sql.for_sqlite()?;
                let query = sqlx::query_with(text, values).persistent(is_kept);
                Ok(query.fetch_all(connection).await?.into_iter().map(Row::Sqlite).collect())
            }
            Db::Postgres(connection) => {
                let (text, values) = sql.for_postgres()?;
                let query = sqlx::query_with(text, values).persistent(is_kept);
                let rows = answered(query.fetch_all(connection)).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Runs statements in their order, until one fails; gives back the rows of the last, the only one that may
    /// have any. SQLite gets them all at a time: a statement takes it a few microseconds, and as many more for each
    /// thread that is woken to hand it over and to hear of it.
    pub(super) async fn run<T: Columns>(&mut self, script: Vec<Sql<'_>>) -> Result<Vec<T>, sqlx::Error> {
        match self {
            Db::Sqlite(_) => self.all(Sql::joined(script)).await,
            Db::Postgres(_) => {
                let mut script = script;
                let Some(last) = script.pop() else { return Ok(Vec::new()) };
                for statement in script {
                    self.execute(statement).await?;
                }
                self.all(last).await
            }
        }
    }

    /// All rows, read.
    pub(super) async fn all<T: Columns>(&mut self, sql: Sql<'_>) -> Result<Vec<T>, sqlx::Error> {
        on!(self, sql, |query, connection| {
            query.fetch_all(connection).await?.iter().map(T::from_row).collect()
        })
    }

    /// The first row, read, where there is one.
    pub(super) async fn optional<T: Columns>(&mut self, sql: Sql<'_>) -> Result<Option<T>, sqlx::Error> {
        on!(self, sql, |query, connection| {
            query.fetch_optional(connection).await?.as_ref().map(T::from_row).transpose()
        })
    }

    /// The first row, read.
    pub(super) async fn one<T: Columns>(&mut self, sql: Sql<'_>) -> Result<T, sqlx::Error> {
        self.optional(sql).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// Begins a transaction; see [`Dialect::begin`]. It ends with [`Db::commit`] or [`Db::roll_back`], or with the
    /// connection.
    pub(super) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        for statement in self.dialect().begin() {
            self.execute(statement).await?;
        }
        Ok(())
    }

    /// Ends a transaction, durably.
    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.execute(sql(COMMIT)).await.map(drop)
    }

    /// Ends a transaction as if it had never begun.
    pub(super) async fn roll_back(&mut self) -> Result<(), sqlx::Error> {
        self.execute(sql("ROLLBACK")).await.map(drop)
    }

    /// Closes the connection.
    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Db::Sqlite(connection) => connection.close().await,
            Db::Postgres(connection) => connection.close().await,
        }
    }
}

impl Dialect {
    /// Begins a transaction that holds the lock of a write from its first moment: no other process can then
    /// number or chain a record between our look at the last one and our rows.
    pub(super) fn begin<'v>(self) -> Vec<Sql<'v>> {
        match self {
            Dialect::Sqlite => vec![sql("BEGIN IMMEDIATE")],
            Dialect::Postgres => vec![sql("BEGIN"), sql("SELECT record_id FROM chain_head FOR UPDATE")],
        }
    }

    /// What keeps SQLite from reading the questions by another index, which it would since it knows nothing of
    /// how many rows there are.
    pub(super) fn by_time_of_asks(self) -> &'static str {
        match self {
            Dialect::Sqlite => "INDEXED BY records_of_asks",
            Dialect::Postgres => "",
        }
    }

    /// The tables that begin with the questions in which some words stand, up to `WHERE`, the condition that
    /// they do, and the number of the record as the index has it.
    pub(super) fn questions(self) -> (&'static str, &'static str, &'static str) {
        match self {
            // CROSS keeps SQLite from beginning with another table; each question has a row in `personal`.
            Dialect::Sqlite => (
                "questions CROSS JOIN records r ON r.id = questions.rowid CROSS JOIN personal p \
                 ON p.record_id = questions.rowid WHERE ",
                "questions MATCH ?",
                "questions.rowid",
            ),
            Dialect::Postgres => (
                "personal p JOIN records r ON r.id = p.record_id WHERE ",
                "p.words @@ CAST(CAST(? AS TEXT) AS TSQUERY)",
                "p.record_id",
            ),
        }
    }

    /// The parts of an expression that packs columns, for `stored`.
    pub(super) fn packed<'c>(self, columns: impl Iterator<Item = (&'c str, columns::Type)>) -> String {
        use columns::Type::{Blob, Integer, Real, Text};
        let parts = columns.map(|(name, kind)| match (self, kind) {
            (Dialect::Sqlite, Integer) => format!("{name}, ';'"),
            // The digits that read back as the very same number; `NULL` where there is none.
            (Dialect::Sqlite, Real) => format!("quote({name}), ';'"),
            (Dialect::Sqlite, Text | Blob) => format!("octet_length({name}), ':', {name}"),
            (Dialect::Postgres, Integer | Real) => format!("convert_to(concat({name}, ';'), 'UTF8')"),
            (Dialect::Postgres, Text) => {
                format!("convert_to(concat(octet_length(CAST({name} AS TEXT)), ':', {name}), 'UTF8')")
            }
            (Dialect::Postgres, Blob) => format!(
                "convert_to(concat(octet_length({name}), ':'), 'UTF8') || coalesce({name}, CAST('' AS BYTEA))"
            ),
        });
        parts.collect::<Vec<_>>().join(match self {
            Dialect::Sqlite => ", ",
            Dialect::Postgres => " || ",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_numbered() {
        let check = |text, expected| assert_eq!(numbered(text), expected);
        check("SELECT 1", "SELECT 1");
        check("SELECT ? WHERE a = ? AND b IN (?, ?)", "SELECT $1 WHERE a = $2 AND b IN ($3, $4)");
        check("WHERE a >= ?1 AND (?2 IS NULL OR b = ?2)", "WHERE a >= $1 AND ($2 IS NULL OR b = $2)");
        check("?", "$1");
    }
}
