//! How is a record written by those who answer? [`Store`] is a cheap handle on the one task that writes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use rayon::prelude::*;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::erase::Wish;
use super::keep::Keep;
use super::place::{self, Identity, Place};
use super::query::Changed;
use super::writer::{Done, Health, Job, QUEUE_MAX, Task, Writer};
use super::{Asker, Delivery, Entry, Pseudonyms, Reader, RecordId, Refusal, StoreError};
use super::{connection, corpora, migrate};
use crate::answer::{Answer, AnswerParams};
use crate::corpus::{Corpus, Digest};

/// An answer whose record is written: the only thing that may be shown.
#[derive(Debug)]
pub struct AuditedAnswer {
    id: RecordId,
    answer: Answer,
}

impl AuditedAnswer {
    /// The number of its record.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// The answer.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// What came of a record that need not be written twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The record, or the earlier one that says the same.
    pub id: RecordId,
    /// Whether it was written now.
    pub is_new: bool,
}

/// What came of an erasure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// The (last) record of it; `None` where there was nothing to erase.
    pub id: Option<RecordId>,
    /// How many records lost something.
    pub records: u64,
    /// Whether the files hold no trace of it. Where not, somebody was reading the store, or a copy that an
    /// update made could not be deleted: the next erasure sees to it.
    pub without_trace: bool,
}

/// How much of a corpus is written in one commit, in bytes before they are packed.
const OBJECT_BYTES_AT_ONCE: usize = 8 << 20;

/// For how long the copy that an update makes is kept when records are erased by age.
const COPY_KEPT_FOR: Duration = Duration::from_secs(7 * 86_400);

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// To write and to read. Makes the file, its folder and its tables where they are missing.
    #[default]
    Write,
    /// To read alone. Changes and makes nothing, and needs no permission to write.
    Read,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct StoreOptions {
    /// What for.
    pub access: Access,
    /// Whether the log names the person and the question of each record (AUDIT_LOG_PERSONAL).
    pub log_personal: bool,
    /// Under which numbers people are recorded (AUDIT_PSEUDONYM_KEY); their own where `None`.
    pub pseudonyms: Option<Pseudonyms>,
    /// For how long a write waits while another process holds the file, before it fails.
    pub busy_timeout: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        // Discord gives up on a question after 15 minutes, a person much earlier: long enough for a backup
        // or a burst of another process, short enough for an apology that is still read.
        let busy_timeout = Duration::from_secs(5);
        StoreOptions { access: Access::Write, log_personal: false, pseudonyms: None, busy_timeout }
    }
}

/// The audit store. A clone is another handle on the same store.
#[derive(Debug, Clone)]
pub struct Store {
    place: Place,
    busy: Duration,
    /// `None` where it was opened for reading.
    queue: Option<mpsc::Sender<Job>>,
    health: Arc<Health>,
    pseudonyms: Option<Pseudonyms>,
    /// For what is looked up again and again: opening a reader takes longer than most of what it reads.
    kept: Arc<Mutex<Option<Kept>>>,
}

/// A reader that is kept, and the files it reads, where it reads files.
#[derive(Debug)]
struct Kept {
    reader: Reader,
    files: Option<Identity>,
}

impl Store {
    /// Opens the store at `url` (`sqlite://data/audit.db`, `postgres://user:password@host/database`), making its
    /// folder, file and tables where needed; a database has to be there.
    ///
    /// Where the file can be read but not written to it opens all the same: writes fail and
    /// [`Store::is_writable`] says so until one succeeds.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened, or was written by a newer version of the program.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        Store::open_with(url, StoreOptions::default()).await
    }

    /// Opens the store at `url` in a way of one's own.
    ///
    /// # Errors
    ///
    /// See [`Store::open`]; for [`Access::Read`] also where it is missing or has an older schema.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn open_with(url: &str, options: StoreOptions) -> Result<Store, StoreError> {
        let StoreOptions { access, log_personal, pseudonyms, busy_timeout } = options;
        let place = place::parse(url)?;
        let health = Arc::new(Health::default());
        let queue = match access {
            Access::Read => {
                // To say at once what is wrong with it, rather than with the first look.
                drop(connection::open_for_reading(&place, busy_timeout).await?);
                None
            }
            Access::Write => {
                let writer =
                    Writer::open(place.clone(), busy_timeout, log_personal, Arc::clone(&health)).await?;
                let (queue, jobs) = mpsc::channel(QUEUE_MAX);
                tokio::spawn(writer.run(jobs));
                Some(queue)
            }
        };
        Ok(Store { place, busy: busy_timeout, queue, health, pseudonyms, kept: Arc::default() })
    }

    /// Writes the record of an answer, durably, and gives back what may be shown.
    ///
    /// # Errors
    ///
    /// Where the record could not be written: then nothing may be shown.
    pub async fn record_answer(
        &self,
        at: Timestamp,
        asker: &Asker,
        answer: Answer,
        params: &AnswerParams,
        took: Duration,
    ) -> Result<AuditedAnswer, StoreError> {
        let id = self.write(Entry::ask(at, asker, &answer, params, took)).await?;
        Ok(AuditedAnswer { id, answer })
    }

    /// Writes the record of a refusal.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_refusal(
        &self,
        at: Timestamp,
        asker: &Asker,
        refusal: &Refusal,
    ) -> Result<RecordId, StoreError> {
        self.write(Entry::refusal(at, asker, refusal)).await
    }

    /// Writes the record of a reload that was tried: `report` is what the moderator was told, as JSON. It
    /// counts as done where it holds `"swapped": true`.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_reload(
        &self,
        at: Timestamp,
        asker: &Asker,
        report: &serde_json::Value,
        took: Duration,
    ) -> Result<RecordId, StoreError> {
        self.write(Entry::reload(at, asker, report, took)).await
    }

    /// Writes whether the reply to record `of` was delivered.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_delivery(
        &self,
        at: Timestamp,
        of: RecordId,
        delivery: &Delivery,
    ) -> Result<RecordId, StoreError> {
        self.write(Entry::delivery(at, of, delivery)).await
    }

    /// Writes what a person thinks of the answer of record `of`. A person has one vote on each answer: a later
    /// one takes the place of the one before, and the same again changes nothing.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_vote(
        &self,
        at: Timestamp,
        asker: &Asker,
        of: RecordId,
        helpful: bool,
    ) -> Result<Written, StoreError> {
        self.write_once(Entry::vote(at, asker, of, helpful)).await
    }

    /// Writes that a person tells the moderators of the question of record `of`, which the corpus should
    /// answer: once for each person and question, however often the question was asked.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_gap(
        &self,
        at: Timestamp,
        asker: &Asker,
        of: RecordId,
    ) -> Result<Written, StoreError> {
        self.write_once(Entry::gap(at, asker, of)).await
    }

    /// Sets a setting of a guild; null unsets it. The record and the new value are one commit.
    ///
    /// # Errors
    ///
    /// Where it could not be written; the setting is as it was.
    pub async fn set_setting(
        &self,
        at: Timestamp,
        asker: &Asker,
        guild: u64,
        key: &str,
        value: serde_json::Value,
    ) -> Result<RecordId, StoreError> {
        self.write(Entry::setting(at, asker, guild, key, value)).await
    }

    /// The settings of a guild as they are now, by key.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn settings(
        &self,
        guild: u64,
    ) -> Result<serde_json::Map<String, serde_json::Value>, StoreError> {
        self.reader().await?.settings(guild).await
    }

    /// The settings of all guilds, by key, and the newest record of a change of one, 0 where there is none. `None`
    /// where that is still `since`, which is found out fast.
    ///
    /// # Errors
    ///
    /// Where they cannot be read; one that is damaged is told in place of those of its guild.
    pub async fn settings_since(&self, since: Option<RecordId>) -> Result<Option<Changed>, StoreError> {
        let mut kept = self.kept.lock().await;
        let still = kept.as_mut().is_some_and(Kept::holds);
        let mut open = match kept.take().filter(|_| still) {
            Some(open) => open,
            None => self.kept_reader().await?,
        };
        let mut changed = open.reader.settings_since(since).await;
        if matches!(changed, Err(StoreError::Read { .. })) {
            // A server may have let go of a connection that was idle.
            open = self.kept_reader().await?;
            changed = open.reader.settings_since(since).await;
        }
        if changed.is_ok() {
            *kept = Some(open);
        }
        changed
    }

    /// Writes that somebody changed the articles: `change` says what was done.
    ///
    /// # Errors
    ///
    /// Where the record could not be written.
    pub async fn record_corpus_change(
        &self,
        at: Timestamp,
        asker: &Asker,
        change: serde_json::Value,
    ) -> Result<RecordId, StoreError> {
        self.write(Entry::corpus_change(at, asker, change)).await
    }

    /// Erases all that is personal in the records of a person, whether or not they are told of elsewhere: who
    /// asked, what, and why it was answered as it was. The erasure is a record, which does not name them.
    ///
    /// # Errors
    ///
    /// Where it could not be done; then nothing is erased.
    pub async fn erase_person(
        &self,
        at: Timestamp,
        asker: &Asker,
        user: u64,
    ) -> Result<Forgotten, StoreError> {
        self.forget(at, asker, Wish::Person { user, recorded_as: self.recorded_as(user) }).await
    }

    /// Erases all that is personal in the records from before a time.
    ///
    /// # Errors
    ///
    /// Where it could not be done; what was erased so far is on record.
    pub async fn erase_before(&self, at: Timestamp, before: Timestamp) -> Result<Forgotten, StoreError> {
        let mut all = Forgotten::default();
        loop {
            let some = self.forget(at, &Asker::process(), Wish::Before(before)).await?;
            all.records += some.records;
            all.without_trace = some.without_trace;
            all.id = some.id.or(all.id);
            if some.id.is_none() {
                return Ok(all);
            }
        }
    }

    /// Withdraws the text of an article from the corpora that are kept, and its quotes from the records.
    ///
    /// # Errors
    ///
    /// Where it could not be done; then nothing is withdrawn.
    pub async fn withdraw(
        &self,
        at: Timestamp,
        asker: &Asker,
        article: &str,
    ) -> Result<Forgotten, StoreError> {
        self.forget(at, asker, Wish::Article(article.to_owned())).await
    }

    async fn forget(&self, at: Timestamp, asker: &Asker, wish: Wish) -> Result<Forgotten, StoreError> {
        let is_person = matches!(wish, Wish::Person { .. });
        let Done::Erased(erased, without_trace) = self.perform(Task::Erase(at, asker.clone(), wish)).await?
        else {
            return Err(StoreError::Closed);
        };
        // A copy that was made before an update holds what is to be forgotten.
        let age = if is_person { None } else { Some(COPY_KEPT_FOR) };
        let copies = self.place.file().is_none_or(|file| place::remove_copies(file, age));
        let (id, records) = erased.map_or((None, 0), |(id, erasure)| (Some(id), erasure.count()));
        Ok(Forgotten { id, records, without_trace: without_trace && copies })
    }

    /// Keeps a corpus, so that questions that are asked of it can be asked again: only what of it is new is
    /// written.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub async fn keep_corpus(&self, at: Timestamp, corpus: &Corpus) -> Result<(), StoreError> {
        let digest = corpus.digest();
        // The writer looks, since it is the one that notices, tells and mends what is wrong with the file.
        if let Done::Stored(true) = self.perform(Task::Loaded(at, digest)).await? {
            return Ok(());
        }
        let passages = corpus.articles().iter().map(|article| article.passage_count()).sum();
        let corpus = corpus.clone();
        let taken = tokio::task::spawn_blocking(move || (corpora::take_apart(&corpus), corpus)).await;
        let (taken, corpus) = taken.map_err(|_| StoreError::Closed)?;
        // Objects that no corpus holds yet may be let go by an erasure meanwhile: then once more.
        for _ in 0..3 {
            let keep = self.store_objects(at, &taken, &corpus, passages).await?;
            if let Done::Stored(true) = self.perform(Task::Corpus(Box::new(keep))).await? {
                return Ok(());
            }
        }
        Err(StoreError::Busy { place: Arc::clone(&self.place.told) })
    }

    /// Stores those objects of a corpus that are not there yet, some megabytes at a time, so that records can
    /// be written in between.
    async fn store_objects(
        &self,
        at: Timestamp,
        taken: &corpora::Taken,
        corpus: &Corpus,
        passages: usize,
    ) -> Result<Keep, StoreError> {
        let own = taken.pages.iter().chain([&taken.synonyms]).map(|(hash, bytes)| (*hash, bytes.as_ref()));
        let texts = corpus.articles().iter().map(|article| (article.content_hash, article.text.as_bytes()));
        let all: Vec<(Digest, &[u8])> = own.chain(texts).collect();
        let mut objects: Vec<Digest> = all.iter().map(|(hash, _)| *hash).collect();
        objects.sort_unstable();
        objects.dedup();
        let mut missing = self.reader().await?.missing_objects(&objects).await?;
        let (mut some, mut bytes) = (Vec::new(), 0);
        for (hash, object) in all {
            if !missing.remove(&hash) {
                continue;
            }
            bytes += object.len();
            some.push((hash, object));
            if bytes >= OBJECT_BYTES_AT_ONCE {
                self.perform(Task::Objects(pack(&std::mem::take(&mut some)))).await?;
                bytes = 0;
            }
        }
        if !some.is_empty() {
            self.perform(Task::Objects(pack(&some))).await?;
        }
        let pages = taken.pages.iter().map(|(hash, _)| *hash).collect();
        let articles = corpus.articles().len();
        let (digest, synonyms) = (corpus.digest(), taken.synonyms.0);
        Ok(Keep { at, digest, articles, passages, pages, synonyms, objects })
    }

    /// Hands a task to the writer and waits until it is done, durably.
    async fn perform(&self, task: Task) -> Result<Done, StoreError> {
        let Some(queue) = &self.queue else {
            return Err(StoreError::ReadOnly { place: Arc::clone(&self.place.told) });
        };
        let (answered, done) = oneshot::channel();
        queue.send(Job::Do(task, answered)).await.map_err(|_| StoreError::Closed)?;
        done.await.map_err(|_| StoreError::Closed)?
    }

    async fn write(&self, entry: Entry) -> Result<RecordId, StoreError> {
        Ok(self.write_once(entry).await?.id)
    }

    /// Hands a record to the writer and waits until it is durable. Once handed over it is written, whether or
    /// not the caller still waits.
    async fn write_once(&self, mut entry: Entry) -> Result<Written, StoreError> {
        entry.asker.user = entry.asker.user.map(|user| self.recorded_as(user));
        let Some(queue) = &self.queue else {
            return Err(StoreError::ReadOnly { place: Arc::clone(&self.place.told) });
        };
        let (answered, number) = oneshot::channel();
        queue.send(Job::Write(Box::new(entry), answered)).await.map_err(|_| StoreError::Closed)?;
        number.await.map_err(|_| StoreError::Closed)?
    }

    /// Writes a consistent copy of the store to a file that does not exist yet, also while it is written to.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, the copy not be made, or the store is no file.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if !self.is_file() {
            return Err(StoreError::NoFile { place: Arc::clone(&self.place.told) });
        }
        let mut reader = self.reader().await?;
        let copied = migrate::backup(&mut reader.db, to).await;
        copied.map_err(|fault| StoreError::Backup { path: to.to_owned(), fault })
    }

    /// Opens a connection of its own to read with, on the file that lies at the store's path now.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub async fn reader(&self) -> Result<Reader, StoreError> {
        let db = connection::open_for_reading(&self.place, self.busy).await?;
        Ok(Reader::new(db, Arc::clone(&self.place.told), self.pseudonyms))
    }

    async fn kept_reader(&self) -> Result<Kept, StoreError> {
        // Looked at before: files that take their place while it is opened are seen the next time.
        let files = self.place.file().map(Identity::of);
        Ok(Kept { reader: self.reader().await?, files })
    }

    /// The number under which a person is recorded: that of records that are theirs.
    pub fn recorded_as(&self, user: u64) -> u64 {
        self.pseudonyms.as_ref().map_or(user, |pseudonyms| pseudonyms.of(user))
    }

    /// Whether the last write succeeded.
    pub fn is_writable(&self) -> bool {
        let writing = self.queue.as_ref().is_some_and(|queue| !queue.is_closed());
        writing && self.health.writable.load(Ordering::Acquire)
    }

    /// How many records wait to be written.
    pub fn waiting(&self) -> usize {
        self.queue.as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity())
    }

    /// How many commits were made since the store was opened: at most one a record, fewer where records
    /// shared them.
    pub fn commits(&self) -> u64 {
        self.health.commits.load(Ordering::Relaxed)
    }

    /// Whether it is a file on this machine, and no database of a server.
    pub fn is_file(&self) -> bool {
        self.place.file().is_some()
    }

    /// Waits for the writes under way and closes the store. Later writes fail.
    pub async fn close(&self) {
        let Some(queue) = &self.queue else { return };
        // Before the writer, which clears up after the last who has the file open.
        if let Some(kept) = self.kept.lock().await.take() {
            // It has nothing to lose.
            let _ = kept.reader.db.close().await;
        }
        let (closed, done) = oneshot::channel();
        if queue.send(Job::Close(closed)).await.is_ok() {
            // An error means that the writer is gone, which is all we want.
            let _ = done.await;
        }
    }
}

impl Kept {
    /// Whether the files at the store's paths are still those it reads.
    fn holds(&mut self) -> bool {
        self.files.as_mut().is_none_or(Identity::holds)
    }
}

/// Objects as they are stored.
fn pack(objects: &[(Digest, &[u8])]) -> Vec<(Digest, Vec<u8>)> {
    objects.par_iter().map(|(hash, bytes)| (*hash, corpora::packed(bytes))).collect()
}
