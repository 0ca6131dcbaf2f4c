//! Which figures are there for Prometheus? What happens is counted where it happens; what is, is looked at when
//! somebody asks. No figure names a person, a question or an article.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusRecorder};

use super::Sources;

/// Upper bounds of how long an answer takes, in seconds: from a tenth of what it takes to what nobody waits for.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// How often what was measured is added up, so that it does not pile up while nobody asks.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// The figures.
#[derive(Clone)]
pub struct Metrics {
    recorder: Arc<PrometheusRecorder>,
}

impl Metrics {
    /// Begins to count all that the process does. The first in a process counts; any later one shows only what is.
    ///
    /// # Errors
    ///
    /// Never with the bounds of this module.
    pub fn install() -> Result<Metrics, BuildError> {
        let latency = Matcher::Full("footnote_ask_duration_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(latency, &SECONDS)?;
        let recorder = Arc::new(builder.build_recorder());
        // That another counts already happens in tests alone, where several servers share a process.
        let _ = metrics::set_global_recorder(Arc::clone(&recorder));
        metrics::with_local_recorder(&recorder, describe);
        Ok(Metrics { recorder })
    }

    /// Adds up what was measured, for as long as it runs.
    pub(super) async fn keep_up(self) {
        let handle = self.recorder.handle();
        let mut ticks = tokio::time::interval(UPKEEP_EVERY);
        loop {
            ticks.tick().await;
            handle.run_upkeep();
        }
    }

    /// All figures, in the text format of Prometheus.
    pub(super) fn show(&self, sources: &Sources) -> Response {
        metrics::with_local_recorder(&self.recorder, || look(sources));
        let text = self.recorder.handle().render();
        ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
    }
}

/// What is, at this moment.
fn look(sources: &Sources) {
    let on = |is: bool| if is { 1.0 } else { 0.0 };
    gauge!("footnote_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    gauge!("footnote_gateway_connected").set(on(*sources.gateway.borrow()));
    gauge!("footnote_audit_writable").set(on(sources.store.is_writable()));
    // A queue is far shorter than what a float holds exactly.
    gauge!("footnote_audit_queue_records").set(sources.store.waiting() as f64);
    counter!("footnote_audit_commits_total").absolute(sources.store.commits());
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        gauge!("footnote_tasks").set(runtime.metrics().num_alive_tasks() as f64);
    }
    if let Some(app) = sources.app.get() {
        let corpus = app.snapshot().summary();
        gauge!("footnote_corpus_articles").set(corpus.articles as f64);
        gauge!("footnote_corpus_passages").set(corpus.passages as f64);
        gauge!("footnote_corpus_loaded_timestamp_seconds").set(app.loaded_at().as_second() as f64);
    }
}

fn describe() {
    describe_gauge!("footnote_build_info", "1, with the version of the program");
    describe_gauge!(
        "footnote_gateway_connected",
        "1 where all shards of this process are connected to Discord"
    );
    describe_gauge!(
        "footnote_audit_writable",
        "1 where the last record could be written; no answer is given where not"
    );
    describe_gauge!("footnote_audit_queue_records", "Records that wait to be written");
    describe_counter!("footnote_audit_commits_total", "Commits of the audit store");
    describe_gauge!("footnote_tasks", "What the process is at, in tasks of its runtime");
    describe_gauge!("footnote_corpus_articles", "Articles of the corpus in use");
    describe_gauge!("footnote_corpus_passages", "Passages of the corpus in use");
    describe_gauge!("footnote_corpus_loaded_timestamp_seconds", "When the corpus in use was loaded");
    describe_counter!("footnote_asks_total", "Questions, by what came of them");
    describe_counter!("footnote_refusals_total", "What was refused, by reason");
    describe_counter!(
        "footnote_turned_away_total",
        "Questions that were turned away, since too many came at a time"
    );
    describe_histogram!("footnote_ask_duration_seconds", "From a question taken to its answer on record");
    describe_counter!("footnote_deliveries_total", "Replies, by whether they arrived");
    describe_counter!("footnote_reloads_total", "Reloads of the corpus, by what came of them");
    describe_counter!(
        "footnote_gateway_sessions_total",
        "Connections to Discord, by whether a session was resumed"
    );
}
