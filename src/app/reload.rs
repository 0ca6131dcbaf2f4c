//! Reloading the corpus: load aside, check against what is in use, swap or keep.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde_json::json;

use super::sharing::left_behind;
use super::{App, Current};
use crate::answer::{AnswerParams, Question};
use crate::audit::{Asker, StoreError};
use crate::corpus::{self, Article, Corpus, Effect, GoldenQuestion, LoadError, LoadProgress, Problem};
use crate::eval::{GoldenReport, golden, golden_compare};
use crate::snapshot::Snapshot;

/// What a reload did, or would not do.
#[derive(Debug, Clone)]
pub struct ReloadReport {
    /// Whether the new snapshot is now the one asked.
    pub swapped: bool,
    /// Why it is not, or in a preview would not be.
    pub refused: Option<ReloadRefusal>,
    /// Ids of articles that are new, sorted.
    pub added: Vec<String>,
    /// Ids of articles whose text or metadata changed, sorted.
    pub changed: Vec<String>,
    /// Ids of articles that are gone, sorted.
    pub removed: Vec<String>,
    /// What is wrong with the folder.
    pub problems: Vec<Problem>,
    /// Golden questions passed, and scored, before.
    pub golden_before: (usize, usize),
    /// Golden questions passed, and scored, after.
    pub golden_after: (usize, usize),
    /// Ids of golden questions that passed before and fail now, sorted.
    pub golden_lost: Vec<String>,
    /// Ids of golden questions that passed before and whose articles are all gone, sorted.
    pub golden_gone: Vec<String>,
    /// In a preview, ids of golden questions that would get another answer, sorted; else empty.
    pub golden_changed: Vec<String>,
    /// Articles of the new corpus.
    pub articles: usize,
    /// Passages of the new corpus.
    pub passages: usize,
    /// Digest of the new corpus, as 64 hexadecimal digits.
    pub digest: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Why a new corpus should not be put in place, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReloadRefusal {
    /// Fewer than half of the articles are left.
    #[error(
        "only {left} of {before} articles are left: put the others back, or force the reload if they are meant to go"
    )]
    TooFewLeft {
        /// How many are left.
        left: usize,
        /// How many there were.
        before: usize,
    },
    /// The folder lacks what another process changed.
    #[error(
        "the folder of this machine lacks what another process changed ({}): copy that machine's folder here, or \
         force the reload to undo those changes",
        ids.join(", ")
    )]
    LeftBehind {
        /// The ids of the articles, sorted.
        ids: Vec<String>,
    },
    /// Golden questions that passed now fail.
    #[error(
        "golden questions that passed now fail ({}): mend the articles or the questions, or force the reload",
        ids.join(", ")
    )]
    GoldenLost {
        /// Their ids, sorted.
        ids: Vec<String>,
    },
}

/// Why a reload could not even be tried or finished.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// One is under way.
    #[error("a reload is already running: wait for its report")]
    AlreadyRunning,
    /// Nothing could be loaded; the old snapshot stays.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The record could not be written; the old snapshot stays.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Loading broke off: a fault of ours, which the log tells more of; the old snapshot stays.
    #[error("loading broke off; the log says where")]
    Failed,
}

impl App {
    /// Loads the folder aside, asks the golden questions of both snapshots, and swaps unless that would harm:
    /// fewer than half of the articles left, or a golden question lost; `force` swaps all the same. The old
    /// snapshot stays in use meanwhile, and after any failure.
    ///
    /// # Errors
    ///
    /// See [`ReloadError`]. A reload that is refused is no error but a report.
    pub async fn reload(&self, asker: &Asker, force: bool) -> Result<ReloadReport, ReloadError> {
        self.reload_telling(asker, force, ()).await
    }

    /// As [`App::reload`], telling how far it is.
    ///
    /// # Errors
    ///
    /// See [`App::reload`].
    pub async fn reload_telling(
        &self,
        asker: &Asker,
        force: bool,
        progress: impl LoadProgress + Send + 'static,
    ) -> Result<ReloadReport, ReloadError> {
        let Ok(_running) = self.reloading.try_lock() else {
            return Err(ReloadError::AlreadyRunning);
        };
        self.reload_locked(asker, force, progress).await
    }

    /// What a reload would do, with the golden questions that would get another answer. Nothing is changed,
    /// and nothing recorded.
    ///
    /// # Errors
    ///
    /// See [`App::reload`].
    pub async fn preview(
        &self,
        progress: impl LoadProgress + Send + 'static,
    ) -> Result<ReloadReport, ReloadError> {
        let start = Instant::now();
        let params = self.settings.params;
        self.aside(move |loaded, old| Ok(loaded?.preview(&old.snapshot, &params, start.elapsed())), progress)
            .await?
    }

    /// Loads the folder aside, and gives what `then` makes of that and of what is in use. Questions are answered
    /// meanwhile, so a processor is left to them.
    async fn aside<T: Send + 'static>(
        &self,
        then: impl FnOnce(Result<Aside, LoadError>, &Current) -> T + Send + 'static,
        progress: impl LoadProgress + Send + 'static,
    ) -> Result<T, ReloadError> {
        let old = Arc::clone(&self.current.load());
        let root = self.settings.corpus_dir.clone();
        let params = self.settings.params;
        let work = move || then(Aside::load(&root, &old, &params, &progress), &old);
        let done = tokio::task::spawn_blocking(move || {
            let threads =
                std::thread::available_parallelism().map_or(1, |all| all.get().saturating_sub(1).max(1));
            match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
                Ok(pool) => pool.install(work),
                Err(_) => work(),
            }
        });
        done.await.map_err(|_| ReloadError::Failed)
    }

    /// What a reload would do if the folder held these articles.
    pub(super) async fn preview_of(
        &self,
        articles: Vec<Arc<Article>>,
        problems: Vec<Problem>,
    ) -> Result<ReloadReport, ReloadError> {
        let start = Instant::now();
        let old = Arc::clone(&self.current.load());
        let params = self.settings.params;
        let report = tokio::task::spawn_blocking(move || {
            let same = old.snapshot.corpus();
            let corpus = Corpus::new(articles, same.synonyms().clone(), same.questions().to_vec());
            let aside = Aside::build(corpus, problems, &old, &params);
            aside.preview(&old.snapshot, &params, start.elapsed())
        });
        report.await.map_err(|_| ReloadError::Failed)
    }

    /// Reloads for who holds the lock on that.
    pub(super) async fn reload_locked(
        &self,
        asker: &Asker,
        force: bool,
        progress: impl LoadProgress + Send + 'static,
    ) -> Result<ReloadReport, ReloadError> {
        let reloaded = self.reload_uncounted(asker, force, progress).await;
        let outcome = match &reloaded {
            Ok(report) if report.swapped => "swapped",
            Ok(_) => "refused",
            Err(_) => "failed",
        };
        metrics::counter!("footnote_reloads_total", "outcome" => outcome).increment(1);
        reloaded
    }

    async fn reload_uncounted(
        &self,
        asker: &Asker,
        force: bool,
        progress: impl LoadProgress + Send + 'static,
    ) -> Result<ReloadReport, ReloadError> {
        let start = Instant::now();
        match self.aside(|loaded, _| loaded, progress).await? {
            Ok(aside) => {
                let report = aside.report(force, start.elapsed());
                if report.swapped {
                    self.store.keep_corpus(self.now(), aside.snapshot.corpus()).await?;
                }
                // The record comes first: what cannot be recorded is not done.
                self.record_reload(asker, &report_json(&report), start.elapsed()).await?;
                if report.swapped {
                    let golden = OnceLock::from(aside.golden_after);
                    let snapshot = Arc::new(aside.snapshot);
                    super::keep(&self.settings, &snapshot);
                    self.current.store(Arc::new(Current::new(snapshot, self.now(), golden)));
                }
                Ok(report)
            }
            Err(error) => {
                let report = json!({ "swapped": false, "refused": error.to_string() });
                self.record_reload(asker, &report, start.elapsed()).await?;
                Err(error.into())
            }
        }
    }

    async fn record_reload(
        &self,
        asker: &Asker,
        report: &serde_json::Value,
        took: Duration,
    ) -> Result<(), StoreError> {
        self.store.record_reload(self.now(), asker, report, took).await.map(drop)
    }
}

/// A snapshot loaded aside, compared with the one in use.
struct Aside {
    snapshot: Snapshot,
    problems: Vec<Problem>,
    difference: Difference,
    /// Ids of articles that other processes changed and the folder did not follow.
    left_behind: Vec<String>,
    articles_before: usize,
    golden_before: GoldenReport,
    golden_after: GoldenReport,
}

impl Aside {
    fn load(
        root: &Path,
        current: &Current,
        params: &AnswerParams,
        progress: &dyn LoadProgress,
    ) -> Result<Aside, LoadError> {
        let loaded = corpus::reload(current.snapshot.corpus(), root, progress)?;
        Ok(Aside::build(loaded.corpus, loaded.problems, current, params))
    }

    fn build(corpus: Corpus, problems: Vec<Problem>, current: &Current, params: &AnswerParams) -> Aside {
        let old = &current.snapshot;
        let difference = Difference::between(old.corpus(), &corpus);
        let folder = current.folder.as_ref();
        let left_behind =
            folder.map(|folder| left_behind(folder, old.corpus(), &corpus, &difference)).unwrap_or_default();
        let snapshot = old.rebuild(corpus);
        let before = current.golden.get_or_init(|| golden(old, old.corpus().questions(), params));
        Aside {
            golden_before: before.clone(),
            golden_after: golden(&snapshot, snapshot.corpus().questions(), params),
            articles_before: old.corpus().articles().len(),
            problems,
            snapshot,
            difference,
            left_behind,
        }
    }

    /// What a reload would report, and which golden questions would get another answer.
    fn preview(&self, old: &Snapshot, params: &AnswerParams, took: Duration) -> ReloadReport {
        let mut changed: Vec<String> = self
            .snapshot
            .corpus()
            .questions()
            .iter()
            .filter(|gold| first_quote(old, gold, params) != first_quote(&self.snapshot, gold, params))
            .map(|gold| gold.id.clone())
            .collect();
        changed.sort_unstable();
        ReloadReport { swapped: false, golden_changed: changed, ..self.report(false, took) }
    }

    fn report(&self, force: bool, took: Duration) -> ReloadReport {
        let golden = golden_compare(&self.golden_before, &self.golden_after);
        let summary = self.snapshot.summary();
        let refused = refusal((self.articles_before, summary.articles), &self.left_behind, &golden.lost)
            .filter(|_| !force);
        ReloadReport {
            swapped: refused.is_none(),
            refused,
            added: self.difference.added.clone(),
            changed: self.difference.changed.clone(),
            removed: self.difference.removed.clone(),
            problems: self.problems.clone(),
            golden_before: self.golden_before.counts(),
            golden_after: self.golden_after.counts(),
            golden_lost: golden.lost,
            golden_gone: golden.gone,
            golden_changed: Vec::new(),
            articles: summary.articles,
            passages: summary.passages,
            digest: summary.digest.to_string(),
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// Why a new corpus should not be put in place, by how many articles there were and are left, and which of them and of
/// the golden questions would suffer.
fn refusal(
    (before, left): (usize, usize),
    left_behind: &[String],
    golden_lost: &[String],
) -> Option<ReloadRefusal> {
    if left * 2 < before {
        return Some(ReloadRefusal::TooFewLeft { left, before });
    }
    if !left_behind.is_empty() {
        return Some(ReloadRefusal::LeftBehind { ids: left_behind.to_vec() });
    }
    (!golden_lost.is_empty()).then(|| ReloadRefusal::GoldenLost { ids: golden_lost.to_vec() })
}

/// What a golden question is answered with first: the article and the quote. `None` for no answer.
fn first_quote(
    snapshot: &Snapshot,
    gold: &GoldenQuestion,
    params: &AnswerParams,
) -> Option<(String, String)> {
    let question = Question::new(&gold.question).ok()?;
    let answer = snapshot.answer(&question, params);
    let first = answer.shown().first()?;
    Some((first.article.id.to_string(), first.quote_text().to_owned()))
}

/// Which articles differ between two corpora, by id, sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) added: Vec<String>,
    pub(super) changed: Vec<String>,
    pub(super) removed: Vec<String>,
}

impl Difference {
    pub(super) fn between(old: &Corpus, new: &Corpus) -> Difference {
        let mut before: BTreeMap<&str, _> = old.articles().iter().map(|a| (&*a.id, a)).collect();
        let mut difference = Difference::default();
        for article in new.articles() {
            match before.remove(&*article.id) {
                None => difference.added.push(article.id.to_string()),
                // Articles of files that did not change are shared, which spares a comparison.
                Some(old) if !Arc::ptr_eq(old, article) && old != article => {
                    difference.changed.push(article.id.to_string())
                }
                Some(_) => {}
            }
        }
        difference.removed = before.into_keys().map(str::to_owned).collect();
        difference
    }
}

/// The report as it is recorded.
fn report_json(report: &ReloadReport) -> serde_json::Value {
    let problems = report.problems.iter().map(|problem| {
        json!({
            "path": problem.path,
            "line": problem.line,
            "skipped": problem.effect == Effect::Skipped,
            "message": problem.message,
        })
    });
    json!({
        "swapped": report.swapped,
        "refused": report.refused.as_ref().map(ToString::to_string),
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "problems": problems.collect::<Vec<_>>(),
        "golden_before": [report.golden_before.0, report.golden_before.1],
        "golden_after": [report.golden_after.0, report.golden_after.1],
        "golden_lost": report.golden_lost,
        "golden_gone": report.golden_gone,
        "articles": report.articles,
        "passages": report.passages,
        "digest": report.digest,
        "took_ms": report.took_ms,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{AppSettings, Clock};
    use crate::audit::Store;
    use crate::corpus::{Synonyms, samples};

    #[test]
    fn refuses_what_would_harm() {
        fn check(before: usize, after: usize, behind: &[&str], lost: &[&str], expected: Option<&str>) {
            let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<String>>();
            let refused = refusal((before, after), &owned(behind), &owned(lost)).map(|why| why.to_string());
            assert_eq!(refused.is_some(), expected.is_some(), "{refused:?}");
            if let (Some(refused), Some(expected)) = (refused, expected) {
                assert!(refused.contains(expected), "{refused}");
            }
        }
        check(5, 5, &[], &[], None);
        check(4, 2, &[], &[], None);
        check(5, 2, &[], &[], Some("only 2 of 5 articles"));
        check(0, 1, &[], &[], None);
        check(5, 5, &[], &["q1", "q7"], Some("(q1, q7)"));
        check(5, 5, &["a", "b"], &[], Some("what another process changed (a, b)"));
    }

    #[tokio::test]
    async fn the_old_snapshot_is_freed_when_its_last_question_ends() {
        let root = tempfile::tempdir().unwrap();
        let corpus_dir = root.path().join("corpus");
        std::fs::create_dir(&corpus_dir).unwrap();
        std::fs::write(corpus_dir.join("a.md"), "Iran wants tanks.").unwrap();
        let store =
            Store::open(&format!("sqlite://{}", root.path().join("audit.db").display())).await.unwrap();
        let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        let settings = AppSettings { corpus_dir, cache: None, params: AnswerParams::default(), clock };
        let (app, _) = App::start(settings, store, &()).unwrap();

        let of_a_question = app.snapshot();
        let old = Arc::downgrade(&of_a_question);
        assert!(app.reload(&Asker::terminal(), false).await.unwrap().swapped);
        assert!(old.upgrade().is_some(), "a question is still under way");
        drop(of_a_question);
        assert!(old.upgrade().is_none());
    }

    #[test]
    fn tells_what_differs() {
        let corpus = |articles: &[(&str, &str)]| samples::corpus(articles, Synonyms::default());
        let old = corpus(&[("a", "one"), ("b", "two"), ("c", "three")]);
        let new = corpus(&[("b", "two"), ("c", "four"), ("d", "five")]);
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        let expected = Difference { added: ids(&["d"]), changed: ids(&["c"]), removed: ids(&["a"]) };
        assert_eq!(Difference::between(&old, &new), expected);
        assert_eq!(Difference::between(&new, &new), Difference::default());
    }
}
