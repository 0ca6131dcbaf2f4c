//! Which page is at which address?

use std::borrow::Cow;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use jiff::SignedDuration;
use url::form_urlencoded;

use super::guard::{self, Guard, say};
use super::page::{Asked, List, Span};
use super::{Access, Sources, health, page};
use crate::audit::{Filter, Kind, Kinds, Order, Outcome, Page, RecordId, StoreError};

/// How many answers a page of the list has.
const LISTED: usize = 50;

/// How far back the report goes where nothing is chosen, in days.
const DAYS: u32 = 30;

/// Every address, behind the guard.
pub(super) fn router(sources: Arc<Sources>, access: Access) -> Router {
    Router::new()
        .route("/", get(report))
        .route("/answers", get(answers))
        .route("/answers/{id}", get(answer))
        .route("/metrics", get(|State(sources): Read| async move { sources.metrics.show(&sources) }))
        .route("/healthz", get(|| async { health::alive() }))
        .route("/readyz", get(|State(sources): Read| async move { health::ready(&sources) }))
        .route("/style.css", get(style))
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .with_state(sources)
        .layer(from_fn_with_state(Guard::new(&access), guard::check))
}

/// What every page reads from.
type Read = State<Arc<Sources>>;

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE).into_response()
}

async fn report(State(sources): Read, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let query = Query(query.as_deref().unwrap_or_default());
    let days = query.number("days").filter(|days| Span::DAYS.contains(days)).unwrap_or(DAYS);
    let until = (sources.clock)();
    let back = SignedDuration::from_hours(24 * i64::from(days));
    let since = until.saturating_sub(back).unwrap_or(until);
    let mut reader = sources.store.reader().await?;
    // What happens in this moment is told of, too.
    let report = reader.report((since, jiff::Timestamp::MAX), None).await?;
    Ok(Html(page::report_page(&report, Span { since, until }, days)).into_response())
}

async fn answers(State(sources): Read, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let query = Query(query.as_deref().unwrap_or_default());
    // Without a letter or digit there is nothing to look for.
    let words = query.text("words").filter(|words| words.chars().any(char::is_alphanumeric));
    let outcome = query.text("outcome").and_then(|name| Outcome::from_name(&name));
    let outcome = outcome.filter(|outcome| List::OUTCOMES.iter().any(|(known, _)| known == outcome));
    let kind = if outcome == Some(Outcome::Refused) { Kind::Refusal } else { Kind::Ask };
    let filter = Filter {
        words: words.as_deref().map(str::to_owned),
        decision: outcome,
        kinds: Kinds::Only(kind),
        ..Filter::default()
    };
    let (before, after) = (query.number::<RecordId>("before"), query.number::<RecordId>("after"));
    let page = match after {
        Some(after) => Page { order: Order::OldestFirst, after: Some(after), limit: LISTED + 1 },
        None => Page { order: Order::NewestFirst, after: before, limit: LISTED + 1 },
    };
    let mut records = sources.store.reader().await?.records(&filter, page).await?;
    let has_more = records.len() > LISTED;
    records.truncate(LISTED);
    if after.is_some() {
        records.reverse();
    }
    let (has_newer, has_older) = match after {
        Some(_) => (has_more, true),
        None => (before.is_some(), has_more),
    };
    let address = |name: &str, id: RecordId| {
        let kept = [("words", words.as_deref()), ("outcome", outcome.map(Outcome::as_str))];
        let kept = kept.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let mut query = form_urlencoded::Serializer::new(String::new());
        format!("/answers?{}", query.extend_pairs(kept).append_pair(name, &id.to_string()).finish())
    };
    let newer = records.first().filter(|_| has_newer).map(|record| address("after", record.id));
    let older = records.last().filter(|_| has_older).map(|record| address("before", record.id));
    let words = words.unwrap_or_default();
    let list = List { records: &records, words: &words, outcome, newer, older };
    Ok(Html(page::answers_page(&list)).into_response())
}

async fn answer(State(sources): Read, id: Result<Path<RecordId>, PathRejection>) -> Result<Response, Fault> {
    let Ok(Path(id)) = id else { return Ok(not_found().await) };
    let mut reader = sources.store.reader().await?;
    let record = match reader.record(id).await {
        Err(StoreError::NotFound { .. }) => return Ok(no_such_record()),
        found => found?,
    };
    let deliveries = reader.deliveries(id).await?;
    let votes = reader.votes(id, None).await?;
    Ok(Html(page::answer_page(&Asked { record: &record, deliveries: &deliveries, votes })).into_response())
}

async fn not_found() -> Response {
    say(
        StatusCode::NOT_FOUND,
        "There is no such page",
        &["The report is at /, the list of answers at /answers."],
    )
}

fn no_such_record() -> Response {
    let lines = ["No record has this number. The list of answers is at /answers."];
    say(StatusCode::NOT_FOUND, "There is no such record", &lines)
}

async fn not_allowed() -> Response {
    let lines = ["Nothing can be changed here: every page is asked for with GET."];
    say(StatusCode::METHOD_NOT_ALLOWED, "Only to be read", &lines)
}

/// The store could not be read.
struct Fault(StoreError);

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let error = self.0;
        tracing::warn!(%error, "a page could not be shown");
        let lines = [&*error.to_string(), "Mend what it names and load the page again."];
        say(StatusCode::SERVICE_UNAVAILABLE, "The records cannot be read", &lines)
    }
}

/// What stands after the question mark of an address. What is wrong there counts as not there.
struct Query<'a>(&'a str);

impl<'a> Query<'a> {
    /// The first value of this name that is not empty.
    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut values = form_urlencoded::parse(self.0.as_bytes()).filter(|(key, _)| key == name);
        values.next().map(|(_, value)| value).filter(|value| !value.trim().is_empty())
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }
}
