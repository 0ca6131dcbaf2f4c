//! What makes a record hard to change unseen? Each carries the hash of the one before it and its own, which
//! covers that hash and all of its own columns. Pure.
//!
//! # The encoding, version 1
//!
//! The hash of a record is blake3 over these bytes:
//!
//! 1. `footnote audit chain 1`, and a zero byte;
//! 2. the hash of the record before it, 32 bytes; zeros for the first of a store;
//! 3. the row of `records`: the columns of [`super::columns::RECORD`], in that order;
//! 4. how many citations it has, and the row of each by rising rank: the columns of
//!    [`super::columns::CITATION`].
//!
//! A row is the count of its columns, then each: `00` for NULL; `01` and 8 bytes for an integer; `02`, the bits
//! of the number in 8 bytes for a real; `03`, the count of bytes, and UTF-8 for a text; `04`, the count, and the
//! bytes for a blob. Counts and numbers are little-endian, counts 8 bytes long. So no two different records
//! give the same bytes.
//!
//! What may have to be forgotten (asker, question, reasons, quotes) is not in it, but its [`commitment`]: the
//! blake3 hash keyed with a random salt that is stored beside the field and goes when the field goes. Without
//! the salt nobody can find out by guessing what the field was, and the hash of the record holds all the same.

use std::borrow::Cow;

/// A blake3 hash.
pub(super) type Hash = [u8; 32];

/// What stands before the first record of a store.
pub(super) const GENESIS: Hash = [0; 32];

const DOMAIN: &[u8] = b"footnote audit chain 1\0";

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl<'a> Field<'a> {
    /// A count or a byte offset; both are far below the limit, since an article has at most 16 MiB.
    pub(super) fn count(count: usize) -> Field<'a> {
        Field::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A number as SQLite keeps it: NULL for NaN, and no negative zero.
    pub(super) fn real(number: f64) -> Field<'a> {
        if number.is_nan() { Field::Null } else { Field::Real(number + 0.0) }
    }

    /// A text.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Field<'a> {
        Field::Text(text.into())
    }

    /// Bytes.
    pub(super) fn bytes(bytes: impl Into<Cow<'a, [u8]>>) -> Field<'a> {
        Field::Bytes(bytes.into())
    }

    /// NULL where there is none.
    pub(super) fn or_null<T>(value: Option<T>, field: impl FnOnce(T) -> Field<'a>) -> Field<'a> {
        value.map_or(Field::Null, field)
    }
}

impl From<i64> for Field<'_> {
    fn from(number: i64) -> Self {
        Field::Integer(number)
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Field::text(text)
    }
}

impl From<String> for Field<'_> {
    fn from(text: String) -> Self {
        Field::text(text)
    }
}

impl<'a> From<&'a [u8]> for Field<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Field::bytes(bytes)
    }
}

impl<'a> From<&'a Hash> for Field<'a> {
    fn from(hash: &'a Hash) -> Self {
        Field::bytes(&hash[..])
    }
}

impl<'a, T: Into<Field<'a>>> From<Option<T>> for Field<'a> {
    fn from(value: Option<T>) -> Self {
        Field::or_null(value, Into::into)
    }
}

/// A hash as it is stored. What is no hash can be the hash of nothing: the chain breaks there, and verifying it says so.
pub(super) fn stored(bytes: Vec<u8>) -> Hash {
    bytes.try_into().unwrap_or(GENESIS)
}

/// The hash of a record from that of the one before it and its rows.
pub(super) fn hash<'r, 'a: 'r>(
    previous: &Hash,
    record: &[Field<'a>],
    citations: impl ExactSizeIterator<Item = &'r [Field<'a>]>,
) -> Hash {
    hash_in(&mut Vec::with_capacity(1024), previous, record, citations)
}

/// As [`hash`], with room that is used again and again.
pub(super) fn hash_in<'r, 'a: 'r>(
    room: &mut Vec<u8>,
    previous: &Hash,
    record: &[Field<'a>],
    citations: impl ExactSizeIterator<Item = &'r [Field<'a>]>,
) -> Hash {
    room.clear();
    room.extend_from_slice(DOMAIN);
    room.extend_from_slice(previous);
    encode_row(room, record);
    encode_count(room, citations.len());
    citations.for_each(|citation| encode_row(room, citation));
    *blake3::hash(room).as_bytes()
}

/// What stands in the chain for a field that may have to be forgotten. `name` keeps the commitments of two
/// fields with the same content apart.
pub(super) fn commitment(salt: &Hash, name: &str, value: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_keyed(salt);
    hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(value);
    *hasher.finalize().as_bytes()
}

fn encode_row(bytes: &mut Vec<u8>, row: &[Field]) {
    encode_count(bytes, row.len());
    for field in row {
        match field {
            Field::Null => bytes.push(0),
            Field::Integer(number) => {
                bytes.push(1);
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            Field::Real(number) => {
                bytes.push(2);
                bytes.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            Field::Text(text) => {
                bytes.push(3);
                encode_count(bytes, text.len());
                bytes.extend_from_slice(text.as_bytes());
            }
            Field::Bytes(blob) => {
                bytes.push(4);
                encode_count(bytes, blob.len());
                bytes.extend_from_slice(blob);
            }
        }
    }
}

fn encode_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend_from_slice(&(count as u64).to_le_bytes());
}

/// Makes salts that nobody can guess: hashes of a counter, keyed with random bytes of the system that are
/// never stored.
pub(super) struct Salts {
    key: Hash,
    made: u64,
}

impl Salts {
    /// # Errors
    ///
    /// Where the system has no random bytes.
    pub(super) fn new() -> Result<Salts, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Salts { key, made: 0 })
    }

    /// One that was not given before.
    pub(super) fn make(&mut self) -> Hash {
        self.made += 1;
        *blake3::keyed_hash(&self.key, &self.made.to_le_bytes()).as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_encoding_is_the_one_that_was_released() {
        let row = [
            Field::Null,
            Field::Integer(-7),
            Field::real(0.25),
            Field::text("Dehqan"),
            Field::bytes(&b"\x00\xff"[..]),
        ];
        let hash = hash(&GENESIS, &row, [&row[..]].into_iter());
        expect_test::expect!["5ac9f71e8d6f2d2e9a67b6bdd149197845ab176a4c9eae87322c016399196fe5"]
            .assert_eq(&blake3::Hash::from(hash).to_string());
        let commitment = commitment(&[7; 32], "question", b"who?");
        expect_test::expect!["9c8bbf2bc8dbf4fdf5d9aa57dbe06e8b6b36b5ece3af2687082c79e2cdd78acc"]
            .assert_eq(&blake3::Hash::from(commitment).to_string());
    }

    #[test]
    fn salts_differ() {
        let (mut one, mut other) = (Salts::new().unwrap(), Salts::new().unwrap());
        let salts = [one.make(), one.make(), other.make(), other.make()];
        assert!((1..4).all(|n| !salts[..n].contains(&salts[n])), "{salts:?}");
    }

    fn field() -> impl Strategy<Value = Field<'static>> {
        prop_oneof![
            Just(Field::Null),
            any::<i64>().prop_map(Field::Integer),
            any::<f64>().prop_map(Field::real),
            any::<String>().prop_map(Field::text),
            any::<Vec<u8>>().prop_map(Field::bytes),
        ]
    }

    fn row() -> impl Strategy<Value = Vec<Field<'static>>> {
        proptest::collection::vec(field(), 0..4)
    }

    proptest! {
        #[test]
        fn different_records_have_different_hashes(a in row(), b in row(), c in row()) {
            let of = |record: &[Field<'static>], citations: &[&[Field<'static>]]| {
                hash(&GENESIS, record, citations.iter().copied())
            };
            prop_assert_eq!(a == b, of(&a, &[&c]) == of(&b, &[&c]));
            prop_assert_eq!(a == b, of(&c, &[&a]) == of(&c, &[&b]));
            prop_assert_ne!(of(&a, &[]), of(&a, &[&b]));
            prop_assert_ne!(of(&a, &[&b]), of(&a, &[&b, &c]));
            prop_assert_ne!(hash(&[1; 32], &a, [].into_iter()), of(&a, &[]));
        }
    }
}
