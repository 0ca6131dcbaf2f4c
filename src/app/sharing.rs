//! How do processes that share an audit store come to answer from the same corpus? Each looks every moment
//! whether another has put one in place, and takes it from the store, which keeps them all.
//!
//! Which corpus holds is what entered the store last: by a reload, or as the folder of a process that started. So
//! new articles win wherever they appear, and a folder that was left behind yields when its process starts again;
//! a reload of it that would undo what others changed is refused.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serde_json::json;

use super::reload::Difference;
use super::{App, Current};
use crate::audit::{Asker, Reader, RecordId, StoreError, Swap};
use crate::corpus::Corpus;
use crate::snapshot::Snapshot;

/// How many articles a line of the log names.
const TOLD_MAX: usize = 20;

/// How far the records were looked at for what others put in place; not at all to begin with.
#[derive(Debug, Default)]
pub struct Followed {
    /// The last swap that was looked at.
    swap: Option<RecordId>,
}

impl App {
    /// Takes the corpus that another process has put in place since, where one has. The first time, which should
    /// be before anything is asked, it may be this process that has the newer one: then the others are told.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read, or written the first time; then it is to be tried again.
    pub async fn follow(&self, followed: &mut Followed) -> Result<(), StoreError> {
        let mut reader = self.store.reader().await?;
        let Some(seen) = followed.swap else { return self.join(&mut reader, followed).await };
        if reader.newest_swap().await?.is_some_and(|newest| newest.id > seen) {
            // A reload of this process may be about to put its own in place, which has been recorded by then.
            let _running = self.reloading.lock().await;
            if let Some(newest) = reader.newest_swap().await? {
                self.take(&mut reader, newest).await?;
                followed.swap = Some(newest.id);
            }
        }
        Ok(())
    }

    /// Takes the corpus of the others, or tells them of this one, where it is newer.
    async fn join(&self, reader: &mut Reader, followed: &mut Followed) -> Result<(), StoreError> {
        let own = self.snapshot().summary();
        let kept = reader.corpora().await?.into_iter().find(|kept| kept.digest == own.digest);
        let holds = |newest: &Swap| {
            newest.digest == own.digest || kept.as_ref().is_some_and(|kept| kept.first_loaded <= newest.at)
        };
        let newest = reader.newest_swap().await?;
        if let Some(newest) = newest.filter(holds) {
            if newest.digest != own.digest {
                tracing::warn!(
                    folder = own.digest.short(),
                    newest = newest.digest.short(),
                    "the folder holds articles from before the last reload: answering from those of that reload"
                );
            }
            self.take(reader, newest).await?;
            followed.swap = Some(newest.id);
            return Ok(());
        }
        if let Some(newest) = newest {
            self.tell_of_missing(reader, &newest).await?;
        }
        self.keep_corpus().await?;
        let report = json!({
            "swapped": true, "at_start": true, "articles": own.articles, "passages": own.passages,
            "digest": own.digest.to_string(),
        });
        let took = self.snapshot().index_stats().built_in;
        let id = self.store.record_reload(self.now(), &Asker::process(), &report, took).await?;
        followed.swap = Some(id);
        Ok(())
    }

    /// Warns of articles that were in use and are not in this folder, which holds from now on: it may have been left
    /// behind, and got new articles all the same.
    async fn tell_of_missing(&self, reader: &mut Reader, newest: &Swap) -> Result<(), StoreError> {
        let Ok(used) = reader.corpus(newest.digest).await? else { return Ok(()) };
        let removed = Difference::between(&used, self.snapshot().corpus()).removed;
        if !removed.is_empty() {
            tracing::warn!(
                articles = removed.len(),
                ids = removed.iter().take(TOLD_MAX).map(String::as_str).collect::<Vec<_>>().join(", "),
                "the folder lacks articles that were in use: no process answers from them any more; put them into the \
                 folder and reload it where they were not to go"
            );
        }
        Ok(())
    }

    /// Answers from what was put in place, unless that is what is in use.
    async fn take(&self, reader: &mut Reader, newest: Swap) -> Result<(), StoreError> {
        if newest.digest == self.snapshot().summary().digest {
            return Ok(());
        }
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
        Ok(())
    }

    async fn adopt(&self, corpus: Corpus, record: RecordId) {
        let start = Instant::now();
        let current = self.current.load_full();
        let folder = current.folder.clone().unwrap_or_else(|| current.snapshot.corpus().clone());
        let Ok(snapshot) = tokio::task::spawn_blocking(move || rebuilt(&current.snapshot, &corpus)).await
        else {
            // A panic, which was logged where it happened.
            return;
        };
        let summary = snapshot.summary();
        let taken = Current::new(Arc::new(snapshot), self.now(), OnceLock::new());
        self.current.store(Arc::new(Current { folder: Some(folder), ..taken }));
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
        old.corpus().articles().iter().map(|article| (&*article.id, article)).collect();
    let articles = corpus.articles().iter().map(|article| match known.get(&*article.id) {
        Some(same) if *same == article => Arc::clone(same),
        _ => Arc::clone(article),
    });
    let questions = old.corpus().questions().to_vec();
    old.rebuild(Corpus::new(articles.collect(), corpus.synonyms().clone(), questions))
}

/// What other processes changed while this folder stayed as it was, so that loading it would undo that: ids of
/// articles, sorted, and the file of synonyms. `folder` is what it held when it was read last, `used` what is in use,
/// `now` what it holds, which differs from that by `difference`.
pub(super) fn left_behind(
    folder: &Corpus,
    used: &Corpus,
    now: &Corpus,
    difference: &Difference,
) -> Vec<String> {
    let Difference { added, changed, removed } = difference;
    let differing = added.iter().chain(changed).chain(removed);
    let mut ids: Vec<String> =
        differing.filter(|id| folder.article(id) == now.article(id)).cloned().collect();
    ids.sort_unstable();
    let is_as_before = |corpus: &Corpus| corpus.synonyms().rules() == now.synonyms().rules();
    if is_as_before(folder) && !is_as_before(used) {
        ids.push("synonyms.txt".to_owned());
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Synonyms, samples, synonyms};

    #[test]
    fn what_others_changed_and_the_folder_did_not_is_left_behind() {
        let corpus = |articles: &[(&str, &str)]| samples::corpus(articles, Synonyms::default());
        let check =
            |folder: &[(&str, &str)], used: &[(&str, &str)], now: &[(&str, &str)], expected: &[&str]| {
                let (folder, used, now) = (corpus(folder), corpus(used), corpus(now));
                assert_eq!(left_behind(&folder, &used, &now, &Difference::between(&used, &now)), expected);
            };
        let folder = &[("a", "one"), ("b", "two"), ("c", "three")];
        // Others removed `a`, changed `b` and added `d`.
        let used = &[("b", "two, mended"), ("c", "three"), ("d", "four")];
        check(folder, used, folder, &["a", "b", "d"]);
        check(folder, used, used, &[]);
        // What was changed here since is meant, also where others changed it.
        check(
            folder,
            used,
            &[("b", "two, otherwise"), ("c", "three, mended"), ("d", "four"), ("e", "five")],
            &[],
        );
        check(folder, used, &[("b", "two"), ("d", "four"), ("e", "five")], &["b"]);
        check(folder, folder, &[("a", "one")], &[]);
        let plain = samples::corpus(folder, Synonyms::default());
        let rich = samples::corpus(folder, synonyms::parse("synonyms.txt", "uav, drone\n").0);
        let same = Difference::default();
        assert_eq!(left_behind(&plain, &rich, &plain, &same), ["synonyms.txt"]);
        assert!(left_behind(&rich, &rich, &plain, &same).is_empty(), "taken out here");
    }
}
