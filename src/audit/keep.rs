//! The statements that keep corpora, find them again, and let them go.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, QueryBuilder, Row, Sqlite};

use super::chain::Hash;
use super::corpora::{self, Listed};
use super::erasure::Coverage;
use super::{Reader, StoreError};
use crate::corpus::{Corpus, Digest};

/// The most hashes in one statement.
const HASHES_MAX: usize = 1_000;

/// A corpus that no kept question needs is let go when it was last loaded this long ago: before that it may be
/// in use, and be asked of any moment.
const UNUSED_HOURS: i64 = 48;

/// A corpus is noted as loaded no more often than this: a note is a write.
const NOTED_HOURS: i64 = 12;

/// A corpus to be kept.
#[derive(Debug)]
pub(super) struct Keep {
    pub(super) at: Timestamp,
    pub(super) digest: Digest,
    pub(super) articles: usize,
    pub(super) passages: usize,
    pub(super) pages: Vec<Digest>,
    pub(super) synonyms: Digest,
    /// The hashes of all its objects, distinct.
    pub(super) objects: Vec<Digest>,
}

/// Notes that a corpus was loaded. `false` where it is not kept.
pub(super) async fn note_loaded(
    connection: &mut SqliteConnection,
    digest: Digest,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let loaded: Option<i64> = sqlx::query_scalar("SELECT last_loaded_us FROM corpora WHERE digest = ?")
        .bind(digest.as_bytes().to_vec())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(loaded) = loaded else { return Ok(false) };
    let noted = now.saturating_sub(SignedDuration::from_hours(NOTED_HOURS));
    if noted.is_ok_and(|noted| loaded < noted.as_microsecond()) {
        let noted = sqlx::query("UPDATE corpora SET last_loaded_us = ? WHERE digest = ?")
            .bind(now.as_microsecond())
            .bind(digest.as_bytes().to_vec())
            .execute(connection)
            .await?;
        return Ok(noted.rows_affected() > 0);
    }
    Ok(true)
}

/// Those of these corpora that are kept.
pub(super) async fn kept_of(
    connection: &mut SqliteConnection,
    digests: &HashSet<Digest>,
) -> Result<HashSet<Digest>, sqlx::Error> {
    let mut kept = HashSet::new();
    for digest in digests {
        let found: i64 = sqlx::query_scalar("SELECT count(*) FROM corpora WHERE digest = ?")
            .bind(digest.as_bytes().to_vec())
            .fetch_one(&mut *connection)
            .await?;
        if found > 0 {
            kept.insert(*digest);
        }
    }
    Ok(kept)
}

/// Those of these objects that are not stored yet.
pub(super) async fn missing(
    connection: &mut SqliteConnection,
    hashes: &[Digest],
) -> Result<HashSet<Digest>, sqlx::Error> {
    let mut missing: HashSet<Digest> = hashes.iter().copied().collect();
    for hashes in hashes.chunks(HASHES_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT hash FROM objects WHERE hash IN (");
        let mut values = query.separated(", ");
        hashes.iter().for_each(|hash| {
            values.push_bind(hash.as_bytes().to_vec());
        });
        query.push(")");
        for row in query.build().persistent(false).fetch_all(&mut *connection).await? {
            if let Some(hash) = as_digest(row.try_get(0)?) {
                missing.remove(&hash);
            }
        }
    }
    Ok(missing)
}

/// Stores objects, in one transaction.
pub(super) async fn store_objects(
    connection: &mut SqliteConnection,
    objects: &[(Digest, Vec<u8>)],
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for (hash, body) in objects {
        // One that is there stays as it is: it may have been withdrawn.
        sqlx::query("INSERT INTO objects (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING")
            .bind(hash.as_bytes().to_vec())
            .bind(body.as_slice())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}

/// Notes that a corpus is kept and was loaded. `false` where one of its objects is not there (any more).
pub(super) async fn store_corpus(
    connection: &mut SqliteConnection,
    keep: &Keep,
) -> Result<bool, sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    if !missing(&mut transaction, &keep.objects).await?.is_empty() {
        transaction.rollback().await?;
        return Ok(false);
    }
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let pages: Vec<u8> = keep.pages.iter().flat_map(|page| *page.as_bytes()).collect();
    sqlx::query(
        "INSERT INTO corpora (digest, articles, passages, first_loaded_us, last_loaded_us, pages, synonyms) \
         VALUES (?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (digest) DO UPDATE SET last_loaded_us = max(last_loaded_us, excluded.last_loaded_us)",
    )
    .bind(keep.digest.as_bytes().to_vec())
    .bind(count(keep.articles))
    .bind(count(keep.passages))
    .bind(keep.at.as_microsecond())
    .bind(keep.at.as_microsecond())
    .bind(pages)
    .bind(keep.synonyms.as_bytes().to_vec())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Lets go of the corpora that no question that can still be asked again was asked of, and of the objects that
/// no corpus holds. Gives back how many corpora went.
pub(super) async fn let_go(connection: &mut SqliteConnection, now: Timestamp) -> Result<u64, sqlx::Error> {
    let unused = now.saturating_sub(SignedDuration::from_hours(UNUSED_HOURS));
    let unused = unused.map_or(i64::MIN, Timestamp::as_microsecond);
    let gone = sqlx::query(
        "DELETE FROM corpora WHERE last_loaded_us < ? AND NOT EXISTS (SELECT 1 FROM records r \
         JOIN personal p ON p.record_id = r.id WHERE r.corpus_digest = corpora.digest \
         AND p.question IS NOT NULL)",
    )
    .bind(unused)
    .execute(&mut *connection)
    .await?;
    if gone.rows_affected() == 0 {
        return Ok(0);
    }
    let mut held: HashSet<Digest> = HashSet::new();
    for kept in all(connection).await? {
        held.insert(kept.synonyms);
        for (hash, page) in pages(connection, &kept.pages).await? {
            held.insert(hash);
            held.extend(page.iter().flatten().filter_map(|listed| corpora::parse_digest(&listed.text)));
        }
    }
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM objects").fetch_all(&mut *connection).await?;
    for hash in stored {
        if as_digest(&hash).is_none_or(|hash| !held.contains(&hash)) {
            sqlx::query("DELETE FROM objects WHERE hash = ?").bind(hash).execute(&mut *connection).await?;
        }
    }
    Ok(gone.rows_affected())
}

/// A corpus that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptCorpus {
    /// Its digest.
    pub digest: Digest,
    /// How many articles it has.
    pub articles: usize,
    /// How many passages.
    pub passages: usize,
    /// When it was first loaded.
    pub first_loaded: Timestamp,
    /// When it was last loaded, give or take half a day.
    pub last_loaded: Timestamp,
    pub(super) pages: Vec<Digest>,
    pub(super) synonyms: Digest,
}

/// Every corpus that is kept, the oldest first.
pub(super) async fn all(connection: &mut SqliteConnection) -> Result<Vec<KeptCorpus>, sqlx::Error> {
    let rows =
        sqlx::query("SELECT * FROM corpora ORDER BY first_loaded_us, digest").fetch_all(connection).await?;
    let kept = rows.iter().map(|row| {
        let count = |column| row.try_get::<i64, _>(column).map(|n| usize::try_from(n).unwrap_or(0));
        let time = |column| {
            let at = row.try_get::<i64, _>(column)?;
            Ok::<_, sqlx::Error>(Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
        };
        let hashes: &[u8] = row.try_get("pages")?;
        let digest = |column| {
            // What is no digest is that of nothing, and verifying says so.
            Ok::<_, sqlx::Error>(as_digest(row.try_get(column)?).unwrap_or(Digest::from_bytes([0; 32])))
        };
        Ok(KeptCorpus {
            digest: digest("digest")?,
            articles: count("articles")?,
            passages: count("passages")?,
            first_loaded: time("first_loaded_us")?,
            last_loaded: time("last_loaded_us")?,
            pages: hashes.chunks(32).filter_map(as_digest).collect(),
            synonyms: digest("synonyms")?,
        })
    });
    kept.collect()
}

/// The content of an object; `None` where it is missing, withdrawn or another than its hash says.
async fn object(connection: &mut SqliteConnection, hash: Digest) -> Result<Option<Vec<u8>>, sqlx::Error> {
    let body: Option<Option<Vec<u8>>> = sqlx::query_scalar("SELECT body FROM objects WHERE hash = ?")
        .bind(hash.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(body.flatten().and_then(|body| corpora::unpacked(hash, &body)))
}

/// Pages, each with its hash; `None` for one that cannot be read.
async fn pages(
    connection: &mut SqliteConnection,
    hashes: &[Digest],
) -> Result<Vec<(Digest, Option<Vec<Listed>>)>, sqlx::Error> {
    let mut pages = Vec::with_capacity(hashes.len());
    for &hash in hashes {
        let page = object(connection, hash).await?;
        pages.push((hash, page.and_then(|page| corpora::read_page(&page))));
    }
    Ok(pages)
}

/// The articles of a kept corpus; `None` where one of its pages cannot be read.
pub(super) async fn articles(
    connection: &mut SqliteConnection,
    kept: &KeptCorpus,
) -> Result<Option<Vec<Listed>>, sqlx::Error> {
    let pages = pages(connection, &kept.pages).await?;
    let pages: Option<Vec<Vec<Listed>>> = pages.into_iter().map(|(_, page)| page).collect();
    Ok(pages.map(|pages| pages.into_iter().flatten().collect()))
}

/// The text that an article had, or why it is not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptText {
    /// The text.
    Text(String),
    /// It was withdrawn.
    Withdrawn,
    /// It is not kept (any more), or damaged.
    NotKept,
}

/// A corpus as it was, or why it is not to be had.
#[derive(Debug)]
pub(super) enum Rebuilt {
    Corpus(Box<Corpus>),
    /// It is not kept.
    NotKept,
    /// Texts of these articles were withdrawn.
    Withdrawn(Vec<String>),
    /// An object is missing or another: verifying says which.
    Damaged,
}

/// A corpus as it was.
pub(super) async fn rebuild(
    connection: &mut SqliteConnection,
    digest: Digest,
) -> Result<Rebuilt, sqlx::Error> {
    let Some(kept) = all(connection).await?.into_iter().find(|kept| kept.digest == digest) else {
        return Ok(Rebuilt::NotKept);
    };
    let synonyms = object(connection, kept.synonyms).await?;
    let synonyms = synonyms.and_then(|synonyms| corpora::read_synonyms(&synonyms));
    let (Some(synonyms), Some(listed)) = (synonyms, articles(connection, &kept).await?) else {
        return Ok(Rebuilt::Damaged);
    };
    let (mut joined, mut withdrawn) = (Vec::with_capacity(listed.len()), Vec::new());
    for article in listed {
        let Some(hash) = corpora::parse_digest(&article.text) else { return Ok(Rebuilt::Damaged) };
        let body: Option<Option<Vec<u8>>> = sqlx::query_scalar("SELECT body FROM objects WHERE hash = ?")
            .bind(hash.as_bytes().to_vec())
            .fetch_optional(&mut *connection)
            .await?;
        match body {
            Some(None) => withdrawn.push(article.id),
            Some(Some(body)) => match corpora::unpacked(hash, &body).map(String::from_utf8) {
                Some(Ok(text)) => joined.push((article, text)),
                _ => return Ok(Rebuilt::Damaged),
            },
            None => return Ok(Rebuilt::Damaged),
        }
    }
    if !withdrawn.is_empty() {
        return Ok(Rebuilt::Withdrawn(withdrawn));
    }
    let corpus = corpora::join(joined, synonyms);
    Ok(if corpus.digest() == digest { Rebuilt::Corpus(Box::new(corpus)) } else { Rebuilt::Damaged })
}

/// Checks every kept corpus, and that those which records need are kept. Gives back how many are as they were,
/// and what is wrong.
pub(super) async fn check(
    connection: &mut SqliteConnection,
    needed: &HashSet<Hash>,
    coverage: &Coverage,
) -> Result<(usize, Vec<String>), sqlx::Error> {
    let mut faults = Vec::new();
    let sound = check_objects(connection, coverage, &mut faults).await?;
    let mut listed_of: HashMap<Digest, Option<Vec<Listed>>> = HashMap::new();
    let mut good = 0;
    let kept = all(connection).await?;
    for corpus in &kept {
        let mut articles = Some(Vec::with_capacity(corpus.articles));
        for &hash in &corpus.pages {
            if let Entry::Vacant(vacant) = listed_of.entry(hash) {
                let page = object(connection, hash).await?;
                vacant.insert(page.and_then(|page| corpora::read_page(&page)));
            }
            match (&mut articles, listed_of.get(&hash)) {
                (Some(articles), Some(Some(page))) => articles.extend(page.iter().cloned()),
                _ => articles = None,
            }
        }
        let has_texts = articles
            .iter()
            .flatten()
            .all(|listed| corpora::parse_digest(&listed.text).is_some_and(|hash| sound.contains(&hash)));
        let synonyms = object(connection, corpus.synonyms).await?;
        let synonyms = synonyms.and_then(|synonyms| corpora::read_synonyms(&synonyms));
        let digest =
            articles.zip(synonyms).and_then(|(articles, synonyms)| corpora::digest(articles, synonyms));
        if has_texts && digest == Some(corpus.digest) {
            good += 1;
        } else {
            faults.push(format!("the kept corpus {} is not what was loaded", corpus.digest));
        }
    }
    for hash in needed {
        let digest = Digest::from_bytes(*hash);
        if !kept.iter().any(|corpus| corpus.digest == digest) {
            faults.push(format!("the corpus {digest} was kept, records need it, and it is missing"));
        }
    }
    Ok((good, faults))
}

/// The objects that are what their hash says, or were withdrawn by an erasure on record.
async fn check_objects(
    connection: &mut SqliteConnection,
    coverage: &Coverage,
    faults: &mut Vec<String>,
) -> Result<HashSet<Digest>, sqlx::Error> {
    let mut sound = HashSet::new();
    let mut after = 0i64;
    loop {
        let rows =
            sqlx::query("SELECT rowid, hash, body FROM objects WHERE rowid > ? ORDER BY rowid LIMIT 200")
                .bind(after)
                .fetch_all(&mut *connection)
                .await?;
        let Some(last) = rows.last() else { return Ok(sound) };
        after = last.try_get(0)?;
        for row in &rows {
            let Some(hash) = as_digest(row.try_get(1)?) else {
                faults.push("a kept object has no hash".to_owned());
                continue;
            };
            let body: Option<&[u8]> = row.try_get(2)?;
            let is_sound = match body {
                Some(body) => corpora::unpacked(hash, body).is_some(),
                None => coverage.withdrew(&hash.to_string()),
            };
            if is_sound {
                sound.insert(hash);
            } else if body.is_some() {
                faults.push(format!("the kept text {hash} is another"));
            } else {
                faults.push(format!("the kept text {hash} is gone, and no erasure says so"));
            }
        }
    }
}

impl Reader {
    /// The text with this hash, as an article of a kept corpus had it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub async fn kept_text(&mut self, hash: Digest) -> Result<KeptText, StoreError> {
        let body: Result<Option<Option<Vec<u8>>>, sqlx::Error> =
            sqlx::query_scalar("SELECT body FROM objects WHERE hash = ?")
                .bind(hash.as_bytes().to_vec())
                .fetch_optional(&mut self.connection)
                .await;
        Ok(match body.map_err(|source| self.read_error(source))? {
            None => KeptText::NotKept,
            Some(None) => KeptText::Withdrawn,
            Some(Some(body)) => corpora::unpacked(hash, &body)
                .and_then(|text| String::from_utf8(text).ok())
                .map_or(KeptText::NotKept, KeptText::Text),
        })
    }

    pub(super) async fn missing_objects(&mut self, hashes: &[Digest]) -> Result<HashSet<Digest>, StoreError> {
        let missing = missing(&mut self.connection, hashes).await;
        missing.map_err(|source| self.read_error(source))
    }
}

fn as_digest(bytes: &[u8]) -> Option<Digest> {
    bytes.try_into().ok().map(Digest::from_bytes)
}
