//! How do processes that share an audit store come to answer from the same corpus? Each looks every moment
//! whether another has put one in place, and takes it from the store, which keeps them all.
//!
//! Which corpus holds is what entered the store last: by a reload, or as the folder of a process that started. So
//! new articles win wherever they appear, and a folder that was left behind yields when its process starts again.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serde_json::json;

use super::{App, Current};
use crate::audit::{Asker, RecordId, StoreError};
use crate::corpus::Corpus;
use crate::snapshot::Snapshot;

/// How far the records were looked at for what others put in place.
#[derive(Debug, Default)]
pub struct Followed {
    /// The last swap that was looked at.
    swap: Option<RecordId>,
}

impl App {
    /// Begins to share: takes the corpus that the others answer from, or tells them of this one, where it is
    /// newer. Call it before anything is asked.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read or written.
    pub async fn share(&self) -> Result<Followed, StoreError> {
        let mut reader = self.store.reader().await?;
        let own = self.snapshot().summary();
        let newest = reader.newest_swap().await?;
        if newest.as_ref().is_some_and(|newest| newest.digest == own.digest) {
            return Ok(Followed { swap: newest.map(|newest| newest.id) });
        }
        let kept = reader.corpora().await?.into_iter().find(|kept| kept.digest == own.digest);
        if let (Some(newest), Some(kept)) = (&newest, kept)
            && kept.first_loaded <= newest.at
        {
            tracing::warn!(
                folder = own.digest.short(),
                newest = newest.digest.short(),
                "the folder holds articles from before the last reload: answering from those of that reload"
            );
            let mut followed = Followed::default();
            self.follow(&mut followed).await?;
            return Ok(followed);
        }
        self.keep_corpus().await?;
        let report = json!({
            "swapped": true, "at_start": true, "articles": own.articles, "passages": own.passages,
            "digest": own.digest.to_string(),
        });
        let took = self.snapshot().index_stats().built_in;
        let id = self.store.record_reload(self.now(), &Asker::process(), &report, took).await?;
        Ok(Followed { swap: Some(id) })
    }

    /// Takes the corpus that another process has put in place since, where one has.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read; then it is to be looked at again.
    pub async fn follow(&self, followed: &mut Followed) -> Result<(), StoreError> {
        let mut reader = self.store.reader().await?;
        let is_seen = |id| followed.swap.is_some_and(|seen| id <= seen);
        if reader.newest_swap().await?.is_none_or(|newest| is_seen(newest.id)) {
            return Ok(());
        }
        // A reload of this process may be about to put its own in place, which has been recorded by then.
        let _running = self.reloading.lock().await;
        let Some(newest) = reader.newest_swap().await? else { return Ok(()) };
        if newest.digest != self.snapshot().summary().digest {
            match reader.corpus(newest.digest).await? {
                Ok(corpus) => self.adopt(corpus, newest.id).await,
                Err(obstacle) => tracing::error!(
                    record = newest.id,
                    digest = newest.digest.short(),
                    reason = obstacle.as_str(),
                    "another process has put other articles in place, which cannot be had from the audit store: \
                     the old ones stay in use here"
                ),
            }
        }
        followed.swap = Some(newest.id);
        Ok(())
    }

    async fn adopt(&self, corpus: Corpus, record: RecordId) {
        let start = Instant::now();
        let old = Arc::clone(&self.current.load().snapshot);
        let Ok(snapshot) = tokio::task::spawn_blocking(move || rebuilt(&old, &corpus)).await else {
            // A panic, which was logged where it happened.
            return;
        };
        let summary = snapshot.summary();
        self.current.store(Arc::new(Current::new(Arc::new(snapshot), self.now(), OnceLock::new())));
        tracing::info!(
            articles = summary.articles,
            digest = summary.digest.short(),
            record,
            took_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            "another process has put other articles in place: answering from these"
        );
    }
}

/// The snapshot of a corpus from the store. What it has in common with the old one is shared, and the golden
/// questions, which are not kept, stay those of this folder.
fn rebuilt(old: &Snapshot, corpus: &Corpus) -> Snapshot {
    let known: HashMap<&str, _> =
        old.corpus().articles().iter().map(|article| (article.id.as_str(), article)).collect();
    let articles = corpus.articles().iter().map(|article| match known.get(article.id.as_str()) {
        Some(same) if *same == article => Arc::clone(same),
        _ => Arc::clone(article),
    });
    let questions = old.corpus().questions().to_vec();
    old.rebuild(Corpus::new(articles.collect(), corpus.synonyms().clone(), questions))
}
