//! Is every record as it was written, and is none missing? Walks the whole chain, several parts of it at a time.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::chain::{self, Field, GENESIS, Hash};
use super::columns::private_json;
use super::db::sql;
use super::erasure::Coverage;
use super::links::{Link, Links};
use super::stored::{self, Opened, Packed, Stored, as_bytes, as_hash};
use super::{Kind, Reader, Record, RecordId, Store, StoreError};
use super::{insert, keep, row};
use crate::corpus::Digest;

/// How many records are read at a time: few enough that a handful of these parts take little memory.
const PART: RecordId = 4_000;

/// The most faults that are kept; the first tell what happened, and a store that was rewritten has millions.
const FAULTS_MAX: usize = 100;

/// What came of verifying a store.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// How many records there are.
    pub records: u64,
    /// The record at the end of the chain.
    pub head: Option<Head>,
    /// How many records have lost something to an erasure that is on record.
    pub erased: u64,
    /// How many corpora are kept, each as it was.
    pub corpora: usize,
    /// The last record that was written before there was a chain, and when it was chained: what was done to the
    /// records up to it before that time cannot be seen.
    pub chained_later: Option<(RecordId, Timestamp)>,
    /// What is wrong, by the number of the record, the first hundred.
    pub faults: Vec<Fault>,
    /// How much is wrong.
    pub fault_count: usize,
}

/// The end of a chain at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last record.
    pub id: RecordId,
    /// Its hash, which depends on all records before it.
    pub hash: Digest,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} {}", self.id, self.hash)
    }
}

/// Something that should not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The record it is about, or comes before; past the last where it is about the end, or the corpora.
    pub at: RecordId,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl Fault {
    pub(super) fn new(at: RecordId, what: impl Into<String>) -> Fault {
        Fault { at, what: what.into() }
    }
}

/// Verifies the whole of a store. `known` is the hash of a record that was once posted elsewhere: that it is
/// part of the chain proves that nothing up to it was rewritten. `progress` is told how many records are done,
/// and of how many.
///
/// # Errors
///
/// Where the store cannot be read.
pub async fn verify(
    store: &Store,
    known: Option<Digest>,
    progress: &dyn Fn(u64, u64),
) -> Result<Verification, StoreError> {
    let mut reader = store.reader().await?;
    let Extent { first, newest, head } = reader.extent().await?;
    let known = known.map(|known| *known.as_bytes());
    let mut walk = Walk::new();
    let mut parts = read_parts(store, first, newest, known);
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    let total = newest.abs_diff(first) + 1;
    while let Some(part) = parts.recv().await {
        let part = part?;
        waiting.insert(part.number, part);
        while let Some(part) = waiting.remove(&next) {
            walk.add(part);
            next += 1;
            progress(walk.links.records.min(total), total);
        }
    }
    walk.finish(&mut reader, head, known.is_some()).await
}

/// From where to where a chain goes.
struct Extent {
    first: RecordId,
    newest: RecordId,
    /// What the store has noted as its end.
    head: (RecordId, Hash),
}

/// What was found in some records that follow each other.
struct Part {
    number: i64,
    links: Vec<Link>,
    faults: Vec<Fault>,
    missing: Vec<Missing>,
    corpora: HashSet<Hash>,
    migration: Option<(RecordId, Timestamp)>,
    holds_known: bool,
}

/// A field that is gone though the chain says that there was one.
struct Missing {
    id: RecordId,
    name: Cow<'static, str>,
}

/// Reads the parts of a store on several connections, in no order.
fn read_parts(
    store: &Store,
    first: RecordId,
    newest: RecordId,
    known: Option<Hash>,
) -> mpsc::Receiver<Result<Part, StoreError>> {
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get()).min(8);
    let (found, parts) = mpsc::channel(workers);
    let taken = Arc::new(AtomicI64::new(0));
    for _ in 0..workers {
        let (store, found, taken) = (store.clone(), found.clone(), Arc::clone(&taken));
        tokio::spawn(async move {
            let mut reader = match store.reader().await {
                Ok(reader) => reader,
                Err(error) => return drop(found.send(Err(error)).await),
            };
            loop {
                let number = taken.fetch_add(1, Ordering::Relaxed);
                let after = first.saturating_sub(1).saturating_add(number.saturating_mul(PART));
                if after >= newest {
                    return;
                }
                let until = after.saturating_add(PART).min(newest);
                let part = reader.stored(after, until).await;
                let part = part.map(|packed| Part::of(number, after, &packed, known));
                if found.send(part).await.is_err() {
                    return;
                }
            }
        });
    }
    parts
}

impl Part {
    fn of(number: i64, after: RecordId, packed: &Packed, known: Option<Hash>) -> Part {
        let Opened { records, strays, is_whole } = packed.open();
        let mut part = Part {
            number,
            links: Vec::with_capacity(records.len()),
            faults: Vec::new(),
            missing: Vec::new(),
            corpora: HashSet::new(),
            migration: None,
            holds_known: false,
        };
        let mut room = Vec::new();
        for record in &records {
            let (previous, hash) = (as_hash(&record.previous), as_hash(&record.hash));
            let holds = hash.is_some() && record.hash_expected(&mut room) == hash;
            part.links.push(Link { id: record.id, previous, hash, holds });
            part.holds_known |= known.is_some() && hash == known;
            part.check_forgettable(record);
            part.note(record);
        }
        if !is_whole {
            let last = records.last().map_or(after, |record| record.id);
            part.faults.push(Fault::new(last, format!("the record after #{last} cannot be read")));
        }
        for stray in strays {
            let what = format!("what is filed under #{stray} belongs to no record");
            part.faults.push(Fault::new(stray, what));
        }
        part
    }

    /// What may have been forgotten, field by field.
    fn check_forgettable(&mut self, record: &Stored) {
        let id = record.id;
        let salt = as_hash(&record.salt);
        for (name, digest, value) in record.forgettable() {
            match (digest, as_bytes(value)) {
                (Field::Null, None) => {}
                (Field::Null, Some(_)) => {
                    let what =
                        format!("record #{id} was changed: it had no {} when it was written", told(&name));
                    self.faults.push(Fault::new(id, what));
                }
                (_, None) => self.missing.push(Missing { id, name }),
                (digest, Some(value)) => {
                    let commitment = salt.map(|salt| chain::commitment(&salt, &name, value));
                    if commitment.is_none() || commitment != as_hash(digest) {
                        let what = format!("record #{id} was changed: its {} is another", told(&name));
                        self.faults.push(Fault::new(id, what));
                    }
                }
            }
        }
    }

    /// What the whole has to know of a record.
    fn note(&mut self, record: &Stored) {
        let text = |column| as_bytes(record.field(column)).unwrap_or_default();
        match text("kind") {
            b"migration" => {
                let detail: Option<serde_json::Value> = serde_json::from_slice(text("detail")).ok();
                let last = detail.and_then(|detail| detail.get("last")?.as_i64());
                if let (Some(last), Field::Integer(at)) = (last, record.field("at_us"))
                    && let Ok(at) = Timestamp::from_microsecond(*at)
                {
                    self.migration = Some((last, at));
                }
            }
            b"ask" if record.question != Field::Null && *record.field("corpus_kept") == Field::Integer(1) => {
                self.corpora.extend(as_hash(record.field("corpus_digest")));
            }
            _ => {}
        }
    }
}

/// The name of a field for a person.
fn told(name: &str) -> &str {
    match name {
        "private" => "row of the table `private`",
        name => name,
    }
}

/// What was found so far, in the order of the records.
struct Walk {
    links: Links,
    faults: Vec<Fault>,
    fault_count: usize,
    missing: Vec<Missing>,
    corpora: HashSet<Hash>,
    migration: Option<(RecordId, Timestamp)>,
    holds_known: bool,
}

impl Walk {
    fn new() -> Walk {
        Walk {
            links: Links::default(),
            faults: Vec::new(),
            fault_count: 0,
            missing: Vec::new(),
            corpora: HashSet::new(),
            migration: None,
            holds_known: false,
        }
    }

    fn add(&mut self, part: Part) {
        part.links.into_iter().for_each(|link| self.links.add(link));
        part.faults.into_iter().for_each(|fault| self.fault(fault));
        self.missing.extend(part.missing);
        self.corpora.extend(part.corpora);
        self.migration = self.migration.or(part.migration);
        self.holds_known |= part.holds_known;
    }

    fn fault(&mut self, fault: Fault) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        }
    }

    async fn finish(
        mut self,
        reader: &mut Reader,
        head: (RecordId, Hash),
        expects_known: bool,
    ) -> Result<Verification, StoreError> {
        let links = std::mem::take(&mut self.links);
        for fault in links.faults(reader, head).await? {
            self.fault(fault);
        }
        self.fault_count += links.unnamed();
        // Read after the walk, so that what was erased during it is accounted for.
        let coverage = Coverage::of(&reader.erasures().await?);
        let mut erased = HashSet::new();
        for Missing { id, name } in std::mem::take(&mut self.missing) {
            if coverage.covers(id, &name) {
                erased.insert(id);
            } else {
                let what =
                    format!("record #{id} was changed: its {} is gone, and no erasure says so", told(&name));
                self.fault(Fault::new(id, what));
            }
        }
        let past = links.last.map_or(1, |link| link.id.saturating_add(1));
        for what in reader.check_settings().await? {
            self.fault(Fault::new(past, what));
        }
        let (corpora, faults) = reader.check_corpora(&self.corpora, &coverage).await?;
        for what in faults {
            self.fault(Fault::new(past, what));
        }
        if expects_known && !self.holds_known {
            let what = "no record has the hash that was given: the chain was rewritten, or its end cut off";
            self.fault(Fault::new(past, what));
        }
        let mut faults = self.faults;
        faults.sort();
        let head = links.last.and_then(|link| Some((link.id, link.hash?)));
        Ok(Verification {
            records: links.records,
            head: head.map(|(id, hash)| Head { id, hash: Digest::from_bytes(hash) }),
            erased: erased.len() as u64,
            corpora,
            chained_later: self.migration,
            faults,
            fault_count: self.fault_count,
        })
    }
}

impl Reader {
    /// The end of the chain, where there is a record.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub async fn head(&mut self) -> Result<Option<Head>, StoreError> {
        let head = insert::head(&mut self.db).await;
        let (id, hash) = head.map_err(|source| self.read_error(source))?;
        Ok((id > 0).then_some(Head { id, hash: Digest::from_bytes(hash) }))
    }

    /// From where to where the chain goes, as of one moment: records are written meanwhile.
    async fn extent(&mut self) -> Result<Extent, StoreError> {
        let extent = sql("SELECT coalesce(min(id), 1), coalesce(max(id), 0), \
                          coalesce((SELECT record_id FROM chain_head), 0), \
                          (SELECT hash FROM chain_head) FROM records");
        type Ends = (RecordId, RecordId, RecordId, Option<Vec<u8>>);
        let extent: Result<Ends, sqlx::Error> = self.db.one(extent).await;
        let (first, newest, head, hash) = extent.map_err(|source| self.read_error(source))?;
        let hash = hash.and_then(|hash| hash.try_into().ok()).unwrap_or(GENESIS);
        Ok(Extent { first, newest, head: (head, hash) })
    }

    async fn stored(&mut self, after: RecordId, until: RecordId) -> Result<Packed, StoreError> {
        let stored = stored::read(&mut self.db, after, until).await;
        stored.map_err(|source| self.read_error(source))
    }

    pub(super) async fn id_of_hash(&mut self, hash: &Hash) -> Result<Option<RecordId>, StoreError> {
        let id = self.db.optional(sql("SELECT id FROM records WHERE hash = ? LIMIT 1").bind(hash)).await;
        let id: Option<(RecordId,)> = id.map_err(|source| self.read_error(source))?;
        Ok(id.map(|(id,)| id))
    }

    /// Every erasure on record. One that is damaged accounts for nothing.
    async fn erasures(&mut self) -> Result<Vec<Record>, StoreError> {
        let rows =
            sql("SELECT r.*, NULL AS asker, NULL AS question FROM records r WHERE r.kind = ? ORDER BY r.id");
        let rows = self.db.rows(rows.bind(Kind::Erasure.as_str())).await;
        let rows = rows.map_err(|source| self.read_error(source))?;
        Ok(rows.iter().filter_map(|row| row::record(row).ok()).collect())
    }

    /// Settings that are in force though no record says so.
    async fn check_settings(&mut self) -> Result<Vec<String>, StoreError> {
        type InForce = (String, String, String, Option<String>, Option<Vec<u8>>);
        let settings = sql("SELECT s.guild, s.key, s.value, r.detail ->> 'key', v.body FROM settings s \
             LEFT JOIN records r ON r.id = s.record_id AND r.kind = 'setting' AND r.guild = s.guild \
             LEFT JOIN private v ON v.record_id = r.id ORDER BY s.guild, s.key");
        let settings: Result<Vec<InForce>, sqlx::Error> = self.db.all(settings).await;
        let settings = settings.map_err(|source| self.read_error(source))?;
        let unsaid = settings.into_iter().filter(|(_, key, value, recorded, body)| {
            // The value on record may have been erased.
            let said = body.as_ref().map(|body| private_json(body).unwrap_or_default());
            recorded.as_ref() != Some(key) || said.is_some_and(|said| said != value.as_bytes())
        });
        let told = unsaid.map(|(guild, key, ..)| {
            format!("the setting `{key}` of server {guild} was changed: its record says otherwise")
        });
        Ok(told.collect())
    }

    async fn check_corpora(
        &mut self,
        needed: &HashSet<Hash>,
        coverage: &Coverage,
    ) -> Result<(usize, Vec<String>), StoreError> {
        let checked = keep::check(&mut self.db, needed, coverage).await;
        checked.map_err(|source| self.read_error(source))
    }
}
