//! What stands in the rows, exactly as it stands there? For the chain, which must not depend on how a row is
//! understood.
//!
//! A million records have to be verified in seconds, and a column or a row costs several times more on its way out
//! of the database than it takes to hash. So the database packs thousands of rows of each table into one value, in
//! the order in which they lie: an integer or real is its digits and `;`, a text or blob its count of bytes, `:`,
//! and the bytes; NULL has neither digits nor count. What belongs together is joined here.

use std::borrow::Cow;

use super::RecordId;
use super::chain::{self, Field, Hash};
use super::columns::{self, CITATION, Column, RECORD, Type};
use super::db::{Db, Dialect, Sql};

/// What is packed of a table: its name, the number of the record, the columns, and what they are ordered by.
struct Table {
    name: &'static str,
    id: &'static str,
    columns: &'static [&'static [Column]],
    order: &'static str,
}

const RECORDS: Table = Table {
    name: "records",
    id: "id",
    columns: &[&RECORD, &[("previous_hash", Type::Blob), ("hash", Type::Blob)]],
    order: "id",
};

const PERSONAL: Table = Table {
    name: "personal",
    id: "record_id",
    columns: &[&[("salt", Type::Blob), ("asker", Type::Text), ("question", Type::Text)]],
    order: "record_id",
};

const PRIVATE: Table =
    Table { name: "private", id: "record_id", columns: &[&[("body", Type::Blob)]], order: "record_id" };

const CITATIONS: Table = Table {
    name: "citations",
    id: "record_id",
    columns: &[&CITATION, &[("quote", Type::Text)]],
    order: "record_id, rank",
};

/// Rows of records, packed, by table.
#[derive(Debug)]
pub(super) struct Packed {
    records: Vec<u8>,
    personal: Vec<u8>,
    private: Vec<u8>,
    citations: Vec<u8>,
}

/// Records as they were unpacked.
#[derive(Debug, Default)]
pub(super) struct Opened<'p> {
    /// The records, by number.
    pub(super) records: Vec<Stored<'p>>,
    /// The numbers of rows that belong to none of them.
    pub(super) strays: Vec<RecordId>,
    /// Whether that is all: what the tables cannot hold ends it.
    pub(super) is_whole: bool,
}

/// All rows of a record.
#[derive(Debug)]
pub(super) struct Stored<'p> {
    pub(super) id: RecordId,
    /// The row of `records`: [`RECORD`].
    pub(super) fields: Vec<Field<'p>>,
    pub(super) previous: Field<'p>,
    pub(super) hash: Field<'p>,
    pub(super) salt: Field<'p>,
    pub(super) asker: Field<'p>,
    pub(super) question: Field<'p>,
    pub(super) private: Field<'p>,
    /// The rows of `citations`, by rank: [`CITATION`], and the quote.
    pub(super) citations: Vec<(Vec<Field<'p>>, Field<'p>)>,
}

impl Packed {
    /// The records.
    pub(super) fn open(&self) -> Opened<'_> {
        let mut opened = Opened { is_whole: true, ..Opened::default() };
        let mut records = Rows::new(&RECORDS, &self.records);
        let mut personal = Rows::new(&PERSONAL, &self.personal);
        let mut private = Rows::new(&PRIVATE, &self.private);
        let mut citations = Rows::new(&CITATIONS, &self.citations);
        while let Some((id, mut fields)) = records.next() {
            let strays = &mut opened.strays;
            let (hash, previous) = (fields.pop().unwrap_or(Field::Null), fields.pop().unwrap_or(Field::Null));
            let mut beside = personal.of(id, strays).unwrap_or_default().into_iter();
            let mut next = || beside.next().unwrap_or(Field::Null);
            let (salt, asker, question) = (next(), next(), next());
            let private = private.of(id, strays).and_then(|mut body| body.pop()).unwrap_or(Field::Null);
            let cited = std::iter::from_fn(|| {
                let mut fields = citations.of(id, strays)?;
                let quote = fields.pop()?;
                Some((fields, quote))
            });
            let citations = cited.collect();
            opened.records.push(Stored {
                id,
                fields,
                previous,
                hash,
                salt,
                asker,
                question,
                private,
                citations,
            });
        }
        for rows in [&mut personal, &mut private, &mut citations] {
            // What is left belongs to no record.
            rows.of(RecordId::MAX, &mut opened.strays);
            opened.is_whole &= rows.is_whole();
        }
        opened.is_whole &= records.is_whole();
        opened.strays.sort_unstable();
        opened.strays.dedup();
        opened
    }
}

impl<'p> Stored<'p> {
    /// The hash that the record should have, made in `room`.
    pub(super) fn hash_expected(&self, room: &mut Vec<u8>) -> Option<Hash> {
        let citations = self.citations.iter().map(|(fields, _)| fields.as_slice());
        Some(chain::hash_in(room, &as_hash(&self.previous)?, &self.fields, citations))
    }

    /// What may have to be forgotten: the name that it is committed to under, what stands in the chain for it,
    /// and what it is.
    pub(super) fn forgettable(&self) -> Vec<(Cow<'static, str>, &Field<'p>, &Field<'p>)> {
        let [.., asker, question, private] = self.fields.as_slice() else {
            // A row has all the columns that were asked for.
            return Vec::new();
        };
        let mut all = Vec::with_capacity(3 + self.citations.len());
        all.push(("asker".into(), asker, &self.asker));
        all.push(("question".into(), question, &self.question));
        all.push(("private".into(), private, &self.private));
        for (fields, quote) in &self.citations {
            if let (Some(Field::Integer(rank)), Some(digest)) = (fields.first(), fields.get(QUOTE_DIGEST)) {
                all.push((columns::quote_name(*rank), digest, quote));
            }
        }
        all
    }

    /// The field of a column of [`RECORD`].
    pub(super) fn field(&self, column: &str) -> &Field<'p> {
        let at = RECORD.iter().position(|(name, _)| *name == column);
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

/// The records numbered above `after` up to `until`, as of one moment.
///
/// # Errors
///
/// What the database said.
pub(super) async fn read(db: &mut Db, after: RecordId, until: RecordId) -> Result<Packed, sqlx::Error> {
    let dialect = db.dialect();
    let tables = [RECORDS, PERSONAL, PRIVATE, CITATIONS].map(|Table { name, id, columns, order }| {
        // The number of the record is the first column of its own row.
        let number = [(id, Type::Integer)];
        let number = if id == "id" { &[][..] } else { &number[..] };
        let packed = dialect.packed(number.iter().chain(columns.iter().copied().flatten()).copied());
        match dialect {
            Dialect::Sqlite => format!(
                "(SELECT group_concat(packed, '') FROM (SELECT concat({packed}) AS packed FROM {name} \
                 WHERE {id} > ?1 AND {id} <= ?2 ORDER BY {order}))"
            ),
            Dialect::Postgres => format!(
                "(SELECT string_agg({packed}, CAST('' AS BYTEA) ORDER BY {order}) FROM {name} \
                 WHERE {id} > ?1 AND {id} <= ?2)"
            ),
        }
    });
    let statement = Sql::built(format!("SELECT {}", tables.join(", ")));
    let rows = db.rows(statement.bind(after).bind(until)).await?;
    let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    let (records, personal) = (row.packed(0)?, row.packed(1)?);
    Ok(Packed { records, personal, private: row.packed(2)?, citations: row.packed(3)? })
}

/// The rows of a table, unpacked one after the other.
struct Rows<'p> {
    table: &'static Table,
    rest: Unpack<'p>,
    /// The next of them.
    next: Option<(RecordId, Vec<Field<'p>>)>,
}

impl<'p> Rows<'p> {
    fn new(table: &'static Table, packed: &'p [u8]) -> Rows<'p> {
        let mut rows = Rows { table, rest: Unpack(packed), next: None };
        rows.next = rows.unpack();
        rows
    }

    fn unpack(&mut self) -> Option<(RecordId, Vec<Field<'p>>)> {
        let columns = || self.table.columns.iter().copied().flatten();
        let mut fields = Vec::with_capacity(columns().count());
        if self.table.id == "id" {
            for (_, kind) in columns() {
                fields.push(self.rest.field(*kind)?);
            }
            let Some(Field::Integer(id)) = fields.first() else { return None };
            return Some((*id, fields));
        }
        let Field::Integer(id) = self.rest.field(Type::Integer)? else { return None };
        for (_, kind) in columns() {
            fields.push(self.rest.field(*kind)?);
        }
        Some((id, fields))
    }

    fn next(&mut self) -> Option<(RecordId, Vec<Field<'p>>)> {
        let next = self.next.take()?;
        self.next = self.unpack();
        Some(next)
    }

    /// The next row, where it is one of this record. Rows of numbers before it belong to no record.
    fn of(&mut self, id: RecordId, strays: &mut Vec<RecordId>) -> Option<Vec<Field<'p>>> {
        while let Some((stray, _)) = self.next.take_if(|(number, _)| *number < id) {
            strays.push(stray);
            self.next = self.unpack();
        }
        let (_, fields) = self.next.take_if(|(number, _)| *number == id)?;
        self.next = self.unpack();
        Some(fields)
    }

    /// Whether nothing was left that could not be read.
    fn is_whole(&self) -> bool {
        self.next.is_none() && self.rest.0.is_empty()
    }
}

/// What is left of something packed.
struct Unpack<'p>(&'p [u8]);

impl<'p> Unpack<'p> {
    fn field(&mut self, kind: Type) -> Option<Field<'p>> {
        let end = if matches!(kind, Type::Integer | Type::Real) { b';' } else { b':' };
        let at = self.0.iter().position(|byte| *byte == end)?;
        let digits = self.0.get(..at)?;
        self.0 = self.0.get(at + 1..)?;
        if digits.is_empty() || digits == b"NULL" {
            return Some(Field::Null);
        }
        Some(match kind {
            Type::Integer => Field::Integer(integer(digits)?),
            Type::Real => Field::Real(std::str::from_utf8(digits).ok()?.parse().ok()?),
            Type::Text => {
                let bytes = self.bytes(digits)?;
                // What is no UTF-8 was not written by the program, and has another hash as a blob.
                std::str::from_utf8(bytes).map_or_else(|_| Field::bytes(bytes), Field::text)
            }
            Type::Blob => Field::bytes(self.bytes(digits)?),
        })
    }

    fn bytes(&mut self, count: &[u8]) -> Option<&'p [u8]> {
        let (bytes, rest) = self.0.split_at_checked(integer(count)?.try_into().ok()?)?;
        self.0 = rest;
        Some(bytes)
    }
}

/// An integer from its digits.
fn integer(digits: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match digits {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    digits.iter().try_fold(0i64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
        let number = number.checked_mul(10)?;
        // Downwards, where it is negative: the least number has no opposite.
        if is_negative { number.checked_sub(digit) } else { number.checked_add(digit) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_from_digits() {
        for number in [0, 7, -7, 1_234_567_890_123, i64::MAX, i64::MIN] {
            assert_eq!(integer(number.to_string().as_bytes()), Some(number));
        }
        assert_eq!(integer(b"9223372036854775808"), None);
        assert_eq!(integer(b"1.5"), None);
    }
}
