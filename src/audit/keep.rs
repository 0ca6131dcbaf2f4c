//! The statements that keep corpora, find them again, and let them go.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::chain::Hash;
use super::corpora::{self, Listed};
use super::db::{Db, Sql, sql};
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
pub(super) async fn note_loaded(db: &mut Db, digest: Digest, now: Timestamp) -> Result<bool, sqlx::Error> {
    let loaded = sql("SELECT last_loaded_us FROM corpora WHERE digest = ?").bind(digest.as_bytes());
    let Some((loaded,)): Option<(i64,)> = db.optional(loaded).await? else { return Ok(false) };
    let noted = SignedDuration::from_hours(NOTED_HOURS);
    let (before, after) = (now.saturating_sub(noted), now.saturating_add(noted));
    // What a clock noted that was far ahead would else hold until that time comes.
    if before.is_ok_and(|before| loaded < before.as_microsecond())
        || after.is_ok_and(|after| loaded > after.as_microsecond())
    {
        let noted = sql("UPDATE corpora SET last_loaded_us = ? WHERE digest = ?");
        return Ok(db.execute(noted.bind(now.as_microsecond()).bind(digest.as_bytes())).await? > 0);
    }
    Ok(true)
}

/// Those of these objects that are not stored yet.
pub(super) async fn missing(db: &mut Db, hashes: &[Digest]) -> Result<HashSet<Digest>, sqlx::Error> {
    let mut missing: HashSet<Digest> = hashes.iter().copied().collect();
    for hashes in hashes.chunks(HASHES_MAX) {
        let mut statement = Sql::built("SELECT hash FROM objects WHERE hash IN ");
        statement.push_list(hashes.iter().map(|hash| hash.as_bytes()));
        for (hash,) in db.all::<(Vec<u8>,)>(statement).await? {
            if let Some(hash) = as_digest(&hash) {
                missing.remove(&hash);
            }
        }
    }
    Ok(missing)
}

/// Stores objects, in one transaction.
pub(super) async fn store_objects(db: &mut Db, objects: &[(Digest, Vec<u8>)]) -> Result<(), sqlx::Error> {
    db.begin().await?;
    for (hash, body) in objects {
        // One that is there stays as it is: it may have been withdrawn.
        let object = sql("INSERT INTO objects (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING");
        db.execute(object.bind(hash.as_bytes()).bind(body.as_slice())).await?;
    }
    db.commit().await
}

/// Notes that a corpus is kept and was loaded. `false` where one of its objects is not there (any more).
pub(super) async fn store_corpus(db: &mut Db, keep: &Keep) -> Result<bool, sqlx::Error> {
    db.begin().await?;
    if !missing(db, &keep.objects).await?.is_empty() {
        db.roll_back().await?;
        return Ok(false);
    }
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let pages: Vec<u8> = keep.pages.iter().flat_map(|page| *page.as_bytes()).collect();
    let corpus = sql(
        "INSERT INTO corpora (digest, articles, passages, first_loaded_us, last_loaded_us, pages, synonyms) \
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET last_loaded_us = \
         CASE WHEN corpora.last_loaded_us > excluded.last_loaded_us THEN corpora.last_loaded_us \
         ELSE excluded.last_loaded_us END",
    );
    let corpus = corpus.bind(keep.digest.as_bytes()).bind(count(keep.articles)).bind(count(keep.passages));
    let corpus = corpus.bind(keep.at.as_microsecond()).bind(keep.at.as_microsecond());
    db.execute(corpus.bind(pages.as_slice()).bind(keep.synonyms.as_bytes())).await?;
    db.commit().await?;
    Ok(true)
}

/// Lets go of the corpora that no question that can still be asked again was asked of, and of the objects that
/// no corpus holds. Gives back how many corpora went.
pub(super) async fn let_go(db: &mut Db, now: Timestamp) -> Result<u64, sqlx::Error> {
    let unused = now.saturating_sub(SignedDuration::from_hours(UNUSED_HOURS));
    let unused = unused.map_or(i64::MIN, Timestamp::as_microsecond);
    let unneeded =
        sql("DELETE FROM corpora WHERE last_loaded_us < ? AND NOT EXISTS (SELECT 1 FROM records r \
                        JOIN personal p ON p.record_id = r.id WHERE r.corpus_digest = corpora.digest \
                        AND p.question IS NOT NULL)");
    let gone = db.execute(unneeded.bind(unused)).await?;
    if gone == 0 {
        return Ok(0);
    }
    let mut held: HashSet<Digest> = HashSet::new();
    for kept in all(db).await? {
        held.insert(kept.synonyms);
        for (hash, page) in pages(db, &kept.pages).await? {
            held.insert(hash);
            held.extend(page.iter().flatten().filter_map(|listed| corpora::parse_digest(&listed.text)));
        }
    }
    for (hash,) in db.all::<(Vec<u8>,)>(sql("SELECT hash FROM objects")).await? {
        if as_digest(&hash).is_none_or(|hash| !held.contains(&hash)) {
            db.execute(sql("DELETE FROM objects WHERE hash = ?").bind(hash.as_slice())).await?;
        }
    }
    Ok(gone)
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
pub(super) async fn all(db: &mut Db) -> Result<Vec<KeptCorpus>, sqlx::Error> {
    let rows = db.rows(sql("SELECT * FROM corpora ORDER BY first_loaded_us, digest")).await?;
    let kept = rows.iter().map(|row| {
        let count = |column| row.get::<i64>(column).map(|n| usize::try_from(n).unwrap_or(0));
        let time = |column| {
            let at = row.get::<i64>(column)?;
            Ok::<_, sqlx::Error>(Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
        };
        let hashes: &[u8] = row.get("pages")?;
        let digest = |column| {
            // What is no digest is that of nothing, and verifying says so.
            Ok::<_, sqlx::Error>(as_digest(row.get(column)?).unwrap_or(Digest::from_bytes([0; 32])))
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
async fn object(db: &mut Db, hash: Digest) -> Result<Option<Vec<u8>>, sqlx::Error> {
    Ok(body(db, hash).await?.flatten().and_then(|body| corpora::unpacked(hash, &body)))
}

/// What is stored of an object: nothing where it was withdrawn; `None` where it is missing.
async fn body(db: &mut Db, hash: Digest) -> Result<Option<Option<Vec<u8>>>, sqlx::Error> {
    let body = sql("SELECT body FROM objects WHERE hash = ?").bind(hash.as_bytes());
    Ok(db.optional::<(Option<Vec<u8>>,)>(body).await?.map(|(body,)| body))
}

/// Pages, each with its hash; `None` for one that cannot be read.
async fn pages(db: &mut Db, hashes: &[Digest]) -> Result<Vec<(Digest, Option<Vec<Listed>>)>, sqlx::Error> {
    let mut pages = Vec::with_capacity(hashes.len());
    for &hash in hashes {
        let page = object(db, hash).await?;
        pages.push((hash, page.and_then(|page| corpora::read_page(&page))));
    }
    Ok(pages)
}

/// The articles of a kept corpus; `None` where one of its pages cannot be read.
pub(super) async fn articles(db: &mut Db, kept: &KeptCorpus) -> Result<Option<Vec<Listed>>, sqlx::Error> {
    let pages = pages(db, &kept.pages).await?;
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
pub(super) async fn rebuild(db: &mut Db, digest: Digest) -> Result<Rebuilt, sqlx::Error> {
    let Some(kept) = all(db).await?.into_iter().find(|kept| kept.digest == digest) else {
        return Ok(Rebuilt::NotKept);
    };
    let synonyms = object(db, kept.synonyms).await?;
    let synonyms = synonyms.and_then(|synonyms| corpora::read_synonyms(&synonyms));
    let (Some(synonyms), Some(listed)) = (synonyms, articles(db, &kept).await?) else {
        return Ok(Rebuilt::Damaged);
    };
    let (mut joined, mut withdrawn) = (Vec::with_capacity(listed.len()), Vec::new());
    for article in listed {
        let Some(hash) = corpora::parse_digest(&article.text) else { return Ok(Rebuilt::Damaged) };
        match body(db, hash).await? {
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
    db: &mut Db,
    needed: &HashSet<Hash>,
    coverage: &Coverage,
) -> Result<(usize, Vec<String>), sqlx::Error> {
    let mut faults = Vec::new();
    let sound = check_objects(db, coverage, &mut faults).await?;
    let mut listed_of: HashMap<Digest, Option<Vec<Listed>>> = HashMap::new();
    let mut good = 0;
    let kept = all(db).await?;
    for corpus in &kept {
        let mut articles = Some(Vec::with_capacity(corpus.articles));
        for &hash in &corpus.pages {
            if let Entry::Vacant(vacant) = listed_of.entry(hash) {
                let page = object(db, hash).await?;
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
        let synonyms = object(db, corpus.synonyms).await?;
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
    db: &mut Db,
    coverage: &Coverage,
    faults: &mut Vec<String>,
) -> Result<HashSet<Digest>, sqlx::Error> {
    let mut sound = HashSet::new();
    let mut after = Vec::new();
    loop {
        let next = sql("SELECT hash, body FROM objects WHERE hash > ? ORDER BY hash LIMIT 200");
        let objects: Vec<(Vec<u8>, Option<Vec<u8>>)> = db.all(next.bind(after.as_slice())).await?;
        let Some((last, _)) = objects.last() else { return Ok(sound) };
        after = last.clone();
        for (hash, body) in &objects {
            let Some(hash) = as_digest(hash) else {
                faults.push("a kept object has no hash".to_owned());
                continue;
            };
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
        let body = body(&mut self.db, hash).await.map_err(|source| self.read_error(source))?;
        Ok(match body {
            None => KeptText::NotKept,
            Some(None) => KeptText::Withdrawn,
            Some(Some(body)) => corpora::unpacked(hash, &body)
                .and_then(|text| String::from_utf8(text).ok())
                .map_or(KeptText::NotKept, KeptText::Text),
        })
    }

    pub(super) async fn missing_objects(&mut self, hashes: &[Digest]) -> Result<HashSet<Digest>, StoreError> {
        let missing = missing(&mut self.db, hashes).await;
        missing.map_err(|source| self.read_error(source))
    }
}

pub(super) fn as_digest(bytes: &[u8]) -> Option<Digest> {
    bytes.try_into().ok().map(Digest::from_bytes)
}
