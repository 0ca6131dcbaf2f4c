//! Does the program still give the answer that it gave? The corpus is rebuilt as it was, the question asked
//! again with the parameters of then, and the two answers compared.

use std::sync::Arc;

use jiff::Timestamp;

use super::db::sql;
use super::keep::{self, Rebuilt};
use super::{AskDetail, Detail, Entry, Kind, Outcome, Reader, Record, RecordId, StoreError};
use crate::answer::{AnswerParams, Manner, Question};
use crate::corpus::{Corpus, Digest};
use crate::snapshot::Snapshot;

/// What came of asking a question again.
#[derive(Debug, Clone, PartialEq)]
pub enum Replay {
    /// The same answer, to the last byte of what was recorded.
    Identical,
    /// Another answer.
    Different(Vec<Difference>),
    /// It cannot be asked again.
    Impossible(Obstacle),
}

/// Something in which two answers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is, such as `confidence` or `quote 1`.
    pub what: String,
    /// As it was recorded.
    pub recorded: String,
    /// As it is now.
    pub now: String,
}

/// Why a question cannot be asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The record is of no question that was looked for.
    NoAsk,
    /// The question was erased.
    Erased,
    /// Its corpus was not kept: it was asked before corpora were.
    NotKept,
    /// Texts of these articles of its corpus were withdrawn.
    Withdrawn(Vec<String>),
    /// Its corpus cannot be rebuilt: verifying the store says what is wrong.
    Damaged,
    /// Its parameters cannot be understood.
    Params,
}

impl Obstacle {
    /// The obstacle as a short stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Obstacle::NoAsk => "no_ask",
            Obstacle::Erased => "erased",
            Obstacle::NotKept => "not_kept",
            Obstacle::Withdrawn(_) => "withdrawn",
            Obstacle::Damaged => "damaged",
            Obstacle::Params => "params",
        }
    }
}

/// A corpus that was put in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// The record of it.
    pub id: RecordId,
    /// When.
    pub at: Timestamp,
    /// The digest of the corpus.
    pub digest: Digest,
}

/// Asks questions again; keeps the last snapshot that it rebuilt, since those of a time were asked of one.
#[derive(Debug)]
pub struct Replayer {
    reader: Reader,
    last: Option<(Digest, Arc<Snapshot>)>,
}

impl Replayer {
    /// On a store.
    pub fn new(reader: Reader) -> Replayer {
        Replayer { reader, last: None }
    }

    /// The record with this number.
    ///
    /// # Errors
    ///
    /// See [`Reader::record`].
    pub async fn record(&mut self, id: RecordId) -> Result<Record, StoreError> {
        self.reader.record(id).await
    }

    /// Asks the question of a record again.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub async fn replay(&mut self, entry: &Entry) -> Result<Replay, StoreError> {
        let Detail::Ask(asked) = &entry.detail else { return Ok(Replay::Impossible(Obstacle::NoAsk)) };
        let Some(question) = entry.question.as_deref().and_then(|text| Question::new(text).ok()) else {
            return Ok(Replay::Impossible(Obstacle::Erased));
        };
        let Ok(params) = serde_json::from_value::<AnswerParams>(asked.params.clone()) else {
            return Ok(Replay::Impossible(Obstacle::Params));
        };
        // Every field of it has a default: of what an earlier version wrote it says nothing.
        let manner = serde_json::from_value::<Manner>(asked.params.clone()).unwrap_or_default();
        let before = match manner.follows {
            None => None,
            Some(before) => match self.reader.record(before).await {
                Ok(Record { entry: Entry { question: Some(before), .. }, .. }) => Some(before),
                Ok(_) | Err(StoreError::NotFound { .. }) => return Ok(Replay::Impossible(Obstacle::Erased)),
                Err(error) => return Err(error),
            },
        };
        let question = question.asked(manner, before);
        let snapshot = match self.snapshot(asked.corpus.digest).await? {
            Ok(snapshot) => snapshot,
            Err(obstacle) => return Ok(Replay::Impossible(obstacle)),
        };
        let answered = tokio::task::spawn_blocking(move || snapshot.answer(&question, &params)).await;
        // A panic while answering is a difference, too: it was answered once.
        let Ok(answer) = answered else { return Ok(Replay::Impossible(Obstacle::Damaged)) };
        let now = Entry::ask(entry.at, &entry.asker, &answer, &params, entry.took.unwrap_or_default());
        let differences = differences(entry, &now);
        Ok(if differences.is_empty() { Replay::Identical } else { Replay::Different(differences) })
    }

    async fn snapshot(&mut self, digest: Digest) -> Result<Result<Arc<Snapshot>, Obstacle>, StoreError> {
        if let Some((last, snapshot)) = &self.last
            && *last == digest
        {
            return Ok(Ok(Arc::clone(snapshot)));
        }
        let corpus = match self.reader.corpus(digest).await? {
            Ok(corpus) => corpus,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        // The one before goes first: two of them may be more than the machine has room for.
        self.last = None;
        let Ok(snapshot) = tokio::task::spawn_blocking(move || Snapshot::build(corpus)).await else {
            return Ok(Err(Obstacle::Damaged));
        };
        let snapshot = Arc::new(snapshot);
        self.last = Some((digest, Arc::clone(&snapshot)));
        Ok(Ok(snapshot))
    }
}

impl Reader {
    /// Every corpus that is kept, the oldest first.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn corpora(&mut self) -> Result<Vec<keep::KeptCorpus>, StoreError> {
        let kept = keep::all(&mut self.db).await;
        kept.map_err(|source| self.read_error(source))
    }

    /// The id and the hash of the text of each article of a kept corpus, by id; `None` where it is damaged.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn corpus_articles(
        &mut self,
        kept: &keep::KeptCorpus,
    ) -> Result<Option<Vec<(String, String)>>, StoreError> {
        let listed = keep::articles(&mut self.db, kept).await;
        let listed = listed.map_err(|source| self.read_error(source))?;
        Ok(listed.map(|listed| listed.into_iter().map(|listed| (listed.id, listed.text)).collect()))
    }

    /// A corpus as it was, without golden questions; or why it is not to be had.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub async fn corpus(&mut self, digest: Digest) -> Result<Result<Corpus, Obstacle>, StoreError> {
        let rebuilt = keep::rebuild(&mut self.db, digest).await;
        Ok(match rebuilt.map_err(|source| self.read_error(source))? {
            Rebuilt::Corpus(corpus) => Ok(*corpus),
            Rebuilt::NotKept => Err(Obstacle::NotKept),
            Rebuilt::Withdrawn(articles) => Err(Obstacle::Withdrawn(articles)),
            Rebuilt::Damaged => Err(Obstacle::Damaged),
        })
    }

    /// The corpus that was put in place last, by whichever process.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub async fn newest_swap(&mut self) -> Result<Option<Swap>, StoreError> {
        let newest =
            sql("SELECT id, at_us, detail ->> 'digest' FROM records WHERE kind = ? AND decision = ? \
                          ORDER BY id DESC LIMIT 1");
        let newest = newest.bind(Kind::Reload.as_str()).bind(Outcome::Swapped.as_str());
        let newest: Result<Option<(RecordId, i64, Option<String>)>, sqlx::Error> =
            self.db.optional(newest).await;
        let newest = newest.map_err(|source| self.read_error(source))?;
        Ok(newest.and_then(|(id, at, digest)| {
            let at = Timestamp::from_microsecond(at).ok()?;
            Some(Swap { id, at, digest: digest?.parse().ok()? })
        }))
    }
}

/// In what a new answer differs from the one on record. What the record does not hold (any more) is not
/// compared.
fn differences(recorded: &Entry, now: &Entry) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, recorded: String, now: String| {
        if recorded != now {
            differences.push(Difference { what: what.to_owned(), recorded, now });
        }
    };
    let none = || "none".to_owned();
    compare("decision", recorded.decision.as_str().to_owned(), now.decision.as_str().to_owned());
    compare("reason", recorded.reason.clone().unwrap_or_else(none), now.reason.clone().unwrap_or_else(none));
    let (Detail::Ask(before), Detail::Ask(after)) = (&recorded.detail, &now.detail) else {
        return differences;
    };
    compare("confidence", before.confidence.to_string(), after.confidence.to_string());
    for at in 0..before.citations.len().max(after.citations.len()) {
        let of = |ask: &AskDetail, text: fn(&super::CitationRecord) -> String| {
            ask.citations.get(at).map_or_else(none, text)
        };
        let n = at + 1;
        compare(&format!("article {n}"), of(before, |c| c.article.clone()), of(after, |c| c.article.clone()));
        let place = |c: &super::CitationRecord| {
            format!("bytes {:?} of {:?}, paragraph {}, lines {:?}", c.quote, c.passage, c.paragraph, c.lines)
        };
        compare(&format!("place {n}"), of(before, place), of(after, place));
        compare(
            &format!("score {n}"),
            of(before, |c| c.score.to_string()),
            of(after, |c| c.score.to_string()),
        );
        let quote = |c: &super::CitationRecord| c.quote_text.clone().unwrap_or_default();
        // A quote that was withdrawn alone: nothing to compare with.
        if before.citations.get(at).is_none_or(|citation| citation.quote_text.is_some()) {
            compare(&format!("quote {n}"), of(before, quote), of(after, quote));
        }
    }
    if let (Some(before), Some(after)) = (&before.why, &after.why) {
        compare("reasons", before.to_json(), after.to_json());
    }
    differences
}
