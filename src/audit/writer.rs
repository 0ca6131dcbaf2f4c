//! How do many records share one durable commit? One task owns the connection that writes. It takes every
//! record that waits, writes them in one transaction, commits once, and only then tells each caller its
//! number: a caller that goes away meanwhile loses nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

use super::chain::Salts;
use super::db::Db;
use super::erase::Wish;
use super::error::WriteFault;
use super::keep::Keep;
use super::place::{Identity, Place};
use super::{Asker, Entry, Erasure, Kind, RecordId, StoreError, Written};
use super::{connection, erase, insert, keep, log};
use crate::corpus::Digest;

/// The most records in one commit: enough that the cost of a sync is shared, few enough that the first of
/// them does not wait for long.
const BATCH_MAX: usize = 256;

/// The most records that wait; beyond it callers wait for room.
pub(super) const QUEUE_MAX: usize = 1_024;

/// How long what nobody waits for is held back for others to share its commit, where the last two that somebody waited for
/// came no further apart: so the next is about to come.
const HELD_MAX: Duration = Duration::from_millis(25);

/// From how many records on the write-ahead log is moved into the file in the next pause: they take some thousand pages,
/// at which SQLite would move it within a commit, while somebody waits for that.
const MOVED_RECORDS_MIN: usize = 64;

/// How long nothing comes in a pause.
const PAUSE: Duration = Duration::from_millis(20);

/// What the writer is told.
#[derive(Debug)]
pub(super) enum Job {
    /// To write a record, and say its number.
    Write(Box<Entry>, Answered),
    /// To do something else that writes.
    Do(Task, oneshot::Sender<Result<Done, StoreError>>),
    /// To write what waits, let go of the file, and say so.
    Close(oneshot::Sender<()>),
}

/// Something that writes besides records.
#[derive(Debug)]
pub(super) enum Task {
    /// To forget, and record it.
    Erase(Timestamp, Asker, Wish),
    /// To note that a corpus was loaded, where it is kept.
    Loaded(Timestamp, Digest),
    /// To store objects of a corpus.
    Objects(Vec<(Digest, Vec<u8>)>),
    /// To note that a corpus is kept, and was loaded.
    Corpus(Box<Keep>),
}

/// What came of a task.
#[derive(Debug)]
pub(super) enum Done {
    /// What was erased, by which record, and whether no trace of it is left in the files.
    Erased(Option<(RecordId, Erasure)>, bool),
    /// Whether it is stored.
    Stored(bool),
}

type Answered = oneshot::Sender<Result<Written, StoreError>>;

/// How the writer fares, for those who ask while it works.
#[derive(Debug, Default)]
pub(super) struct Health {
    /// Whether the last write succeeded.
    pub(super) writable: AtomicBool,
    /// Commits since the store was opened.
    pub(super) commits: AtomicU64,
}

/// The task that writes.
pub(super) struct Writer {
    place: Place,
    /// For how long a write waits for other processes.
    busy: Duration,
    health: Arc<Health>,
    log_personal: bool,
    open: Option<Open>,
    salts: Salts,
    /// Records that are in the write-ahead log, as far as is known.
    logged: usize,
    /// The highest number given so far. If the file is lost, its successor goes on from here, so that a
    /// number that people were shown never comes to mean another record.
    last: RecordId,
}

/// An open connection, and the files it writes to, where it is to files.
struct Open {
    db: Db,
    identity: Option<Identity>,
}

impl Writer {
    /// Opens the store. Where it can be read but not written to, the writer starts all the same and says so:
    /// it tries again with each record.
    ///
    /// # Errors
    ///
    /// See [`connection::open_for_writing`].
    pub(super) async fn open(
        place: Place,
        busy: Duration,
        log_personal: bool,
        health: Arc<Health>,
    ) -> Result<Writer, StoreError> {
        let salts = Salts::new().map_err(|source| StoreError::Random { source })?;
        let mut writer = Writer { place, busy, health, log_personal, open: None, salts, logged: 0, last: 0 };
        let mut open = writer.reopen().await?;
        match connection::probe(&mut open.db).await {
            Ok(()) => {
                writer.health.writable.store(true, Ordering::Release);
                writer.open = Some(open);
            }
            Err(error) => {
                let error = writer.error(&Arc::new(WriteFault::from(error)));
                tracing::error!(%error, "the audit store cannot be written to: no answer will be given");
            }
        }
        Ok(writer)
    }

    /// Writes what comes until it is told to close or every store is gone.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH_MAX);
        let mut closing = Vec::new();
        let mut rush = Rush::default();
        while self.receive(&mut queue, &mut jobs).await > 0 {
            if rush.is_on() {
                gather(&mut queue, &mut jobs).await;
            }
            if jobs.iter().any(|job| matches!(job, Job::Write(..)) && !can_wait(job)) {
                rush.came(Instant::now());
            }
            let mut batch = Vec::with_capacity(jobs.len());
            let mut tasks = Vec::new();
            for job in jobs.drain(..) {
                match job {
                    Job::Write(entry, answered) => batch.push((*entry, answered)),
                    Job::Do(task, answered) => tasks.push((task, answered)),
                    Job::Close(closed) => {
                        // Nothing new comes in, what waits is still handed out.
                        queue.close();
                        closing.push(closed);
                    }
                }
            }
            if !batch.is_empty() {
                self.write(batch).await;
            }
            for (task, answered) in tasks {
                // What is noted already is only read, which a store that cannot be written allows, too.
                let is_proof = !matches!(task, Task::Loaded(..));
                let done = match self.perform(task).await {
                    Ok(done) => {
                        if is_proof {
                            self.succeeded();
                        }
                        Ok(done)
                    }
                    Err(fault) => {
                        let fault = Arc::new(fault);
                        self.failed(&fault, 0);
                        Err(self.error(&fault))
                    }
                };
                let _ = answered.send(done);
            }
        }
        if let Some(open) = self.open.take() {
            close(open).await;
        }
        self.health.writable.store(false, Ordering::Release);
        for closed in closing {
            // Whoever asked for it may have given up waiting.
            let _ = closed.send(());
        }
    }

    /// Takes what has come, once something has: how many jobs; 0 where nothing will come any more. In a pause before that
    /// the write-ahead log is moved.
    async fn receive(&mut self, queue: &mut mpsc::Receiver<Job>, jobs: &mut Vec<Job>) -> usize {
        if self.logged >= MOVED_RECORDS_MIN {
            if let Ok(count) = timeout(PAUSE, queue.recv_many(jobs, BATCH_MAX)).await {
                return count;
            }
            self.logged = 0;
            if let Some(open) = &mut self.open
                && let Err(error) = connection::move_log(&mut open.db).await
            {
                tracing::debug!(%error, "the write-ahead log of the audit store could not be moved");
            }
        }
        queue.recv_many(jobs, BATCH_MAX).await
    }

    /// Writes a batch and answers its callers.
    async fn write(&mut self, mut batch: Vec<(Entry, Answered)>) {
        let mut entries: Vec<&mut Entry> = batch.iter_mut().map(|(entry, _)| entry).collect();
        let written = self.commit(&mut entries).await;
        match written {
            Ok(written) => {
                self.health.commits.fetch_add(1, Ordering::Relaxed);
                self.succeeded();
                for (written, (entry, answered)) in written.into_iter().zip(batch) {
                    // Whoever waits need not wait for the log.
                    let _ = answered.send(Ok(written));
                    if written.is_new {
                        log::record(written.id, &entry, self.log_personal);
                    }
                }
            }
            Err(fault) => {
                let fault = Arc::new(fault);
                self.failed(&fault, batch.len());
                for (_, answered) in batch {
                    let _ = answered.send(Err(self.error(&fault)));
                }
            }
        }
    }

    fn succeeded(&self) {
        if !self.health.writable.swap(true, Ordering::AcqRel) {
            tracing::info!(place = %self.place.told, "the audit store can be written to again");
        }
    }

    /// Tells of a fault once when it begins, not once for each of those who wait or try in vain after them.
    fn failed(&self, fault: &Arc<WriteFault>, records: usize) {
        let error = self.error(fault);
        if self.health.writable.swap(false, Ordering::AcqRel) {
            tracing::error!(%error, records, "records could not be written");
        } else {
            tracing::debug!(%error, records, "records could still not be written");
        }
    }

    async fn perform(&mut self, task: Task) -> Result<Done, WriteFault> {
        let mut open = self.take_open().await?;
        let db = &mut open.db;
        let done = match task {
            Task::Loaded(at, digest) => keep::note_loaded(db, digest, at).await.map(Done::Stored),
            Task::Objects(objects) => keep::store_objects(db, &objects).await.map(|()| Done::Stored(true)),
            Task::Corpus(keep) => keep::store_corpus(db, &keep).await.map(Done::Stored),
            Task::Erase(at, asker, wish) => {
                match erase::erase(db, &mut self.salts, self.last, (at, &asker, &wish)).await {
                    Ok(erased) => {
                        self.last = erased.as_ref().map_or(0, |(id, _)| *id).max(self.last);
                        erase::empty_log(db).await.map(|emptied| Done::Erased(erased, emptied))
                    }
                    Err(error) => Err(error),
                }
            }
        };
        self.settle(open, done).await
    }

    /// Writes entries and sees that they are where a reader will look for them. After a failure the file is
    /// opened anew with the next batch, which is all that recovery takes.
    async fn commit(&mut self, entries: &mut [&mut Entry]) -> Result<Vec<Written>, WriteFault> {
        let mut open = self.take_open().await?;
        let written = insert::insert(&mut open.db, &mut self.salts, self.last, entries).await;
        let written = self.settle(open, written).await?;
        self.logged += written.len();
        let newest = written.iter().map(|written| written.id).max();
        self.last = newest.unwrap_or(0).max(self.last);
        Ok(written)
    }

    async fn take_open(&mut self) -> Result<Open, WriteFault> {
        if let Some(mut open) = self.open.take()
            && open.db.is_alive().await
        {
            return Ok(open);
        }
        self.reopen().await.map_err(|error| WriteFault::Reopen(Box::new(error)))
    }

    /// Keeps the connection after a success, where the files at its paths are those that were written to.
    async fn settle<T>(&mut self, mut open: Open, done: Result<T, sqlx::Error>) -> Result<T, WriteFault> {
        match done {
            Ok(done) if open.identity.as_mut().is_none_or(Identity::holds) => {
                self.open = Some(open);
                Ok(done)
            }
            Ok(_) => {
                close(open).await;
                Err(WriteFault::Gone)
            }
            Err(error) => {
                close(open).await;
                Err(WriteFault::Database(error))
            }
        }
    }

    async fn reopen(&self) -> Result<Open, StoreError> {
        let db = connection::open_for_writing(&self.place, self.busy).await?;
        Ok(Open { db, identity: self.place.file().map(Identity::of) })
    }

    fn error(&self, fault: &Arc<WriteFault>) -> StoreError {
        StoreError::Write { place: Arc::clone(&self.place.told), fault: Arc::clone(fault) }
    }
}

/// Whether nobody waits for a job.
fn can_wait(job: &Job) -> bool {
    matches!(job, Job::Write(entry, _) if entry.detail.kind() == Kind::Delivery)
}

/// How close together records come that somebody waits for.
#[derive(Debug, Default)]
struct Rush {
    last: Option<Instant>,
    /// Between the last two.
    gap: Option<Duration>,
}

impl Rush {
    /// Takes note that some came now.
    fn came(&mut self, now: Instant) {
        self.gap = self.last.map(|last| now.duration_since(last));
        self.last = Some(now);
    }

    /// Whether more are about to come.
    fn is_on(&self) -> bool {
        self.gap.is_some_and(|gap| gap <= HELD_MAX)
    }
}

/// Waits a moment for more, where all that came so far is of deliveries: an answer that comes meanwhile would else wait
/// for their commit before its own.
async fn gather(queue: &mut mpsc::Receiver<Job>, jobs: &mut Vec<Job>) {
    let until = Instant::now() + HELD_MAX;
    while jobs.len() < BATCH_MAX && jobs.iter().all(can_wait) {
        let more = queue.recv_many(jobs, BATCH_MAX - jobs.len());
        if !timeout_at(until, more).await.is_ok_and(|count| count > 0) {
            break;
        }
    }
}

/// Closes a connection. What is committed is safe already, so that a fault here matters to nobody but a
/// person who wonders why the write-ahead log is still there.
async fn close(open: Open) {
    if let Err(error) = open.db.close().await {
        tracing::debug!(%error, "the audit store did not close cleanly");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Delivery, Refusal, place};

    fn job(entry: Entry) -> Job {
        Job::Write(Box::new(entry), oneshot::channel().0)
    }

    fn delivery() -> Job {
        job(Entry::delivery(Timestamp::UNIX_EPOCH, 1, &Delivery::Delivered { message: None }))
    }

    fn urgent() -> Job {
        let refusal = Refusal { action: "ask".to_owned(), reason: "empty".to_owned(), question: None };
        job(Entry::refusal(Timestamp::UNIX_EPOCH, &Asker::process(), &refusal))
    }

    #[test]
    fn deliveries_are_held_back_where_questions_come_close_together() {
        let start = Instant::now();
        let mut rush = Rush::default();
        let mut check = |ms, expected| {
            rush.came(start + Duration::from_millis(ms));
            assert_eq!(rush.is_on(), expected, "{ms}");
        };
        check(0, false);
        check(1000, false);
        check(1020, true);
        check(1040, true);
        check(1100, false);
    }

    /// How many jobs are written together, of those taken and those that still wait.
    async fn check(taken: Vec<Job>, waiting: Vec<Job>, expected: usize) {
        let (sender, mut queue) = mpsc::channel(QUEUE_MAX);
        for job in waiting {
            sender.send(job).await.unwrap();
        }
        drop(sender);
        let mut jobs = taken;
        gather(&mut queue, &mut jobs).await;
        assert_eq!(jobs.len(), expected);
    }

    #[tokio::test]
    async fn deliveries_wait_for_an_answer_to_share_its_commit_and_answers_for_nothing() {
        check(vec![delivery()], vec![delivery(), urgent(), delivery()], 4).await;
        check(vec![delivery()], vec![], 1).await;
        check(vec![urgent()], vec![delivery()], 1).await;
        check(vec![delivery(), urgent()], vec![urgent()], 2).await;
    }

    #[tokio::test]
    async fn the_write_ahead_log_is_moved_in_a_pause() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("audit.db");
        let place = place::parse(&format!("sqlite://{}", file.display())).unwrap();
        let writer = Writer::open(place, Duration::from_secs(5), false, Arc::default()).await.unwrap();
        let length = || std::fs::metadata(&file).unwrap().len();
        let before = length();
        let (sender, queue) = mpsc::channel(QUEUE_MAX);
        let running = tokio::spawn(writer.run(queue));
        let mut answers = Vec::new();
        for _ in 0..MOVED_RECORDS_MIN {
            let (answered, answer) = oneshot::channel();
            let Job::Write(entry, _) = urgent() else { unreachable!("it is written") };
            sender.send(Job::Write(entry, answered)).await.unwrap();
            answers.push(answer);
        }
        for answer in answers {
            answer.await.unwrap().unwrap();
        }
        let moved = async {
            while length() == before {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), moved).await.expect("the file holds the records");
        drop(sender);
        running.await.unwrap();
    }
}
