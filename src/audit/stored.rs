//! What stands in the rows, exactly as it stands there? For the chain, which must not depend on how a row is
//! understood.
//!
//! A million records have to be verified in seconds, and a column or a row costs several times more on its way out
//! of the database than it takes to hash. So the database packs thousands of records into one value: an integer
//! or real is its digits and `;`, a text or blob its count of bytes, `:`, and the bytes; NULL has neither digits
//! nor count. A record is its columns, those beside it, `+` and the columns of each citation, and `.`.

use std::borrow::Cow;

use super::RecordId;
use super::chain::{self, Field, Hash};
use super::columns::{self, CITATION, Column, RECORD, Type};
use super::db::{Db, Dialect, Sql, sql};

/// What stands beside the record, in the order in which it is packed after it.
const BESIDE: [Column; 6] = [
    ("r.previous_hash", Type::Blob),
    ("r.hash", Type::Blob),
    ("p.salt", Type::Blob),
    ("p.asker", Type::Text),
    ("p.question", Type::Text),
    ("v.body", Type::Blob),
];

/// Records, packed.
#[derive(Debug)]
pub(super) struct Packed(Vec<u8>);

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
    /// The records, and whether that is all of them: what the tables cannot hold ends it.
    pub(super) fn open(&self) -> (Vec<Stored<'_>>, bool) {
        let (mut records, mut rest) = (Vec::new(), Unpack(&self.0));
        while !rest.0.is_empty() {
            match rest.record() {
                Some(record) => records.push(record),
                None => return (records, false),
            }
        }
        (records, true)
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

/// The records numbered above `after` up to `until`, in order, and the numbers of citations that belong to none
/// of them.
///
/// # Errors
///
/// What the database said.
pub(super) async fn read(
    db: &mut Db,
    after: RecordId,
    until: RecordId,
) -> Result<(Packed, Vec<RecordId>), sqlx::Error> {
    let prefixed: Vec<String> = RECORD.iter().map(|(name, _)| format!("r.{name}")).collect();
    let record = prefixed.iter().map(String::as_str).zip(RECORD.iter().map(|(_, kind)| *kind)).chain(BESIDE);
    let citation = CITATION.iter().copied().chain([("quote", Type::Text)]);
    let dialect = db.dialect();
    let (record, citation) = (dialect.packed(record), dialect.packed(citation));
    let statement = Sql::built(match dialect {
        Dialect::Sqlite => format!(
            "SELECT group_concat(packed, '') FROM (SELECT concat({record}, (SELECT group_concat(packed, '') FROM \
             (SELECT concat('+', {citation}) AS packed FROM citations WHERE record_id = r.id ORDER BY rank)), '.') \
             AS packed {RECORDS} WHERE r.id > ? AND r.id <= ? ORDER BY r.id)"
        ),
        Dialect::Postgres => format!(
            "SELECT string_agg({record} || coalesce((SELECT string_agg(CAST('+' AS BYTEA) || {citation}, \
             CAST('' AS BYTEA) ORDER BY rank) FROM citations WHERE record_id = r.id), CAST('' AS BYTEA)) \
             || CAST('.' AS BYTEA), CAST('' AS BYTEA) ORDER BY r.id) {RECORDS} WHERE r.id > ? AND r.id <= ?"
        ),
    });
    let rows = db.rows(statement.bind(after).bind(until)).await?;
    let records = match rows.first() {
        Some(row) => row.packed(0)?,
        None => Vec::new(),
    };
    let strays =
        sql("SELECT DISTINCT c.record_id FROM citations c LEFT JOIN records r ON r.id = c.record_id \
                      WHERE c.record_id > ? AND c.record_id <= ? AND r.id IS NULL");
    let strays: Vec<(RecordId,)> = db.all(strays.bind(after).bind(until)).await?;
    Ok((Packed(records), strays.into_iter().map(|(id,)| id).collect()))
}

/// Where all that belongs to a record is packed from, but for the citations.
const RECORDS: &str = "FROM records r LEFT JOIN personal p ON p.record_id = r.id \
                       LEFT JOIN private v ON v.record_id = r.id";

/// What is left of something packed.
struct Unpack<'p>(&'p [u8]);

impl<'p> Unpack<'p> {
    fn record(&mut self) -> Option<Stored<'p>> {
        let fields = self.row(&RECORD)?;
        let Some(Field::Integer(id)) = fields.first() else { return None };
        let id = *id;
        let [previous, hash, salt, asker, question, private] = self.row(&BESIDE)?.try_into().ok()?;
        let mut citations = Vec::new();
        loop {
            let (mark, rest) = self.0.split_first()?;
            self.0 = rest;
            match mark {
                b'+' => citations.push((self.row(&CITATION)?, self.field(Type::Text)?)),
                b'.' => break,
                _ => return None,
            }
        }
        Some(Stored { id, fields, previous, hash, salt, asker, question, private, citations })
    }

    fn row(&mut self, columns: &[Column]) -> Option<Vec<Field<'p>>> {
        columns.iter().map(|(_, kind)| self.field(*kind)).collect()
    }

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
