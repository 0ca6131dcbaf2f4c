//! What stands in the rows, exactly as it stands there? For the chain, which must not depend on how a row is
//! understood.

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Row, TypeInfo, ValueRef};

use super::RecordId;
use super::chain::{self, Field, Hash};
use super::columns::{self, CITATION, RECORD};

/// All rows of a record.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) id: RecordId,
    /// The row of `records`: [`RECORD`].
    pub(super) fields: Vec<Field<'static>>,
    pub(super) previous: Field<'static>,
    pub(super) hash: Field<'static>,
    pub(super) salt: Field<'static>,
    pub(super) asker: Field<'static>,
    pub(super) question: Field<'static>,
    pub(super) private: Field<'static>,
    /// The rows of `citations`, by rank: [`CITATION`], and the quote.
    pub(super) citations: Vec<(Vec<Field<'static>>, Field<'static>)>,
}

impl Stored {
    /// The hash that the record should have.
    pub(super) fn hash_expected(&self) -> Option<Hash> {
        let citations = self.citations.iter().map(|(fields, _)| fields.as_slice());
        Some(chain::hash(&as_hash(&self.previous)?, &self.fields, citations))
    }

    /// What may have to be forgotten: the name that it is committed to under, what stands in the chain for it,
    /// and what it is.
    pub(super) fn forgettable(&self) -> impl Iterator<Item = (String, &Field<'static>, &Field<'static>)> {
        let [.., asker, question, private] = self.fields.as_slice() else {
            // A row has all the columns that were asked for.
            return Vec::new().into_iter();
        };
        let mut all = vec![
            ("asker".to_owned(), asker, &self.asker),
            ("question".to_owned(), question, &self.question),
            ("private".to_owned(), private, &self.private),
        ];
        for (fields, quote) in &self.citations {
            if let (Some(Field::Integer(rank)), Some(digest)) = (fields.first(), fields.get(QUOTE_DIGEST)) {
                all.push((columns::quote_name(*rank), digest, quote));
            }
        }
        all.into_iter()
    }

    /// The field of a column of [`RECORD`].
    pub(super) fn field(&self, column: &str) -> &Field<'static> {
        let at = RECORD.iter().position(|name| *name == column);
        at.and_then(|at| self.fields.get(at)).unwrap_or(&Field::Null)
    }
}

/// Where the commitment to the quote stands in [`CITATION`].
pub(super) const QUOTE_DIGEST: usize = 9;

/// The 32 bytes of a hash, where it is one.
pub(super) fn as_hash(field: &Field) -> Option<Hash> {
    match field {
        Field::Bytes(bytes) => bytes.as_ref().try_into().ok(),
        _ => None,
    }
}

/// The bytes of a text or a blob.
pub(super) fn as_bytes<'f>(field: &'f Field) -> Option<&'f [u8]> {
    match field {
        Field::Text(text) => Some(text.as_bytes()),
        Field::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

/// The records numbered above `after` up to `until`, in order, and the numbers of citations that belong to none
/// of them.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    after: RecordId,
    until: RecordId,
) -> Result<(Vec<Stored>, Vec<RecordId>), sqlx::Error> {
    let records = format!(
        "SELECT r.{}, r.previous_hash, r.hash, p.salt, p.asker, p.question, v.body FROM records r \
         LEFT JOIN personal p ON p.record_id = r.id LEFT JOIN private v ON v.record_id = r.id \
         WHERE r.id > ? AND r.id <= ? ORDER BY r.id",
        RECORD.join(", r.")
    );
    let citations = format!(
        "SELECT {}, quote, record_id FROM citations WHERE record_id > ? AND record_id <= ? \
         ORDER BY record_id, rank",
        CITATION.join(", ")
    );
    // Both are made of names that stand in this program.
    let rows =
        sqlx::query(AssertSqlSafe(records)).bind(after).bind(until).fetch_all(&mut *connection).await?;
    let mut records = rows.iter().map(record).collect::<Result<Vec<Stored>, sqlx::Error>>()?;
    let rows = sqlx::query(AssertSqlSafe(citations)).bind(after).bind(until).fetch_all(connection).await?;
    let mut strays = Vec::new();
    let mut at = 0;
    for row in &rows {
        let id: RecordId = row.try_get(CITATION.len() + 1)?;
        while records.get(at).is_some_and(|record| record.id < id) {
            at += 1;
        }
        match records.get_mut(at).filter(|record| record.id == id) {
            Some(record) => {
                record.citations.push((fields(row, CITATION.len())?, field(row, CITATION.len())?))
            }
            None => strays.push(id),
        }
    }
    Ok((records, strays))
}

fn record(row: &SqliteRow) -> Result<Stored, sqlx::Error> {
    let after = RECORD.len();
    Ok(Stored {
        id: row.try_get(0)?,
        fields: fields(row, after)?,
        previous: field(row, after)?,
        hash: field(row, after + 1)?,
        salt: field(row, after + 2)?,
        asker: field(row, after + 3)?,
        question: field(row, after + 4)?,
        private: field(row, after + 5)?,
        citations: Vec::new(),
    })
}

fn fields(row: &SqliteRow, count: usize) -> Result<Vec<Field<'static>>, sqlx::Error> {
    (0..count).map(|column| field(row, column)).collect()
}

fn field(row: &SqliteRow, column: usize) -> Result<Field<'static>, sqlx::Error> {
    let value = row.try_get_raw(column)?;
    if value.is_null() {
        return Ok(Field::Null);
    }
    let kind = value.type_info();
    Ok(match kind.name() {
        "INTEGER" => Field::Integer(row.try_get_unchecked(column)?),
        "REAL" => Field::Real(row.try_get_unchecked(column)?),
        "TEXT" => Field::text(row.try_get_unchecked::<String, _>(column)?),
        _ => Field::bytes(row.try_get_unchecked::<Vec<u8>, _>(column)?),
    })
}
