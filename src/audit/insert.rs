//! Which rows is a record? The statements that write many records in one transaction.

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, QueryBuilder, Sqlite};

use super::complete::complete;
use super::record::micros;
use super::{Delivery, Detail, Entry, RecordId, Written};

/// The most rows in one statement. SQLite binds at most 32,766 values in one
/// (<https://www.sqlite.org/limits.html>), and the widest table here has 17 columns.
const ROWS_MAX: usize = 1_000;

/// Writes the entries durably, with what they bring about, in one transaction, and gives them numbers above
/// `last`, without a gap and in their order; one that says what an earlier record says already gets that one's.
/// Nothing is written where it fails.
///
/// # Errors
///
/// What SQLite said.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    last: RecordId,
    entries: &mut [&mut Entry],
) -> Result<Vec<Written>, sqlx::Error> {
    // IMMEDIATE takes the lock of a write at once: another process can then not number a record between our
    // look at the last number and our rows.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let newest = newest_id(&mut transaction).await?.max(last);
    let written = complete(&mut transaction, newest, entries).await?;
    let rows: Vec<(RecordId, &Entry)> = written
        .iter()
        .zip(entries)
        .filter(|(written, _)| written.is_new)
        .map(|(written, entry)| (written.id, &**entry))
        .collect();
    insert_records(&mut transaction, &rows).await?;
    insert_personal(&mut transaction, &rows).await?;
    insert_private(&mut transaction, &rows).await?;
    insert_citations(&mut transaction, &rows).await?;
    apply_settings(&mut transaction, &rows).await?;
    transaction.commit().await?;
    Ok(written)
}

/// The highest number ever given, also to a row that is gone.
async fn newest_id(connection: &mut SqliteConnection) -> Result<RecordId, sqlx::Error> {
    let newest = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'records'")
        .fetch_optional(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

async fn insert_records(
    connection: &mut SqliteConnection,
    rows: &[(RecordId, &Entry)],
) -> Result<(), sqlx::Error> {
    for rows in rows.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO records (id, schema_version, kind, at_us, origin, guild, channel, program, decision, \
             reason, took_us, confidence, corpus_digest, corpus_articles, corpus_passages, params, of_id, \
             detail) ",
        );
        query.push_values(rows, |mut row, (id, entry)| {
            let columns = KindColumns::of(&entry.detail);
            row.push_bind(*id)
                .push_bind(i64::from(entry.schema))
                .push_bind(entry.detail.kind().as_str())
                .push_bind(entry.at.as_microsecond())
                .push_bind(entry.asker.origin.as_str())
                .push_bind(entry.asker.guild.map(|id| id.to_string()))
                .push_bind(entry.asker.channel.map(|id| id.to_string()))
                .push_bind(entry.program.clone())
                .push_bind(entry.decision.as_str())
                .push_bind(entry.reason.clone())
                .push_bind(entry.took.map(micros))
                .push_bind(columns.confidence)
                .push_bind(columns.corpus_digest)
                .push_bind(columns.corpus_articles)
                .push_bind(columns.corpus_passages)
                .push_bind(columns.params)
                .push_bind(columns.of)
                .push_bind(columns.detail);
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The columns that only some kinds fill.
#[derive(Default)]
struct KindColumns {
    confidence: Option<f64>,
    corpus_digest: Option<Vec<u8>>,
    corpus_articles: Option<i64>,
    corpus_passages: Option<i64>,
    params: Option<String>,
    of: Option<RecordId>,
    detail: Option<String>,
}

impl KindColumns {
    fn of(detail: &Detail) -> KindColumns {
        match detail {
            Detail::Ask(ask) => KindColumns {
                confidence: Some(ask.confidence),
                corpus_digest: Some(ask.corpus.digest.as_bytes().to_vec()),
                corpus_articles: Some(signed(ask.corpus.articles)),
                corpus_passages: Some(signed(ask.corpus.passages)),
                params: Some(ask.params.to_string()),
                ..KindColumns::default()
            },
            Detail::Refusal { action } => KindColumns {
                detail: Some(serde_json::json!({ "action": action }).to_string()),
                ..KindColumns::default()
            },
            Detail::Reload { report } => {
                KindColumns { detail: Some(report.to_string()), ..KindColumns::default() }
            }
            Detail::Delivery { of, delivery } => {
                let detail = match delivery {
                    Delivery::Delivered { message } => {
                        serde_json::json!({ "message": message.map(|id| id.to_string()) })
                    }
                    Delivery::Failed { error } => serde_json::json!({ "error": error }),
                };
                KindColumns { of: Some(*of), detail: Some(detail.to_string()), ..KindColumns::default() }
            }
            Detail::Vote { of, replaces, .. } => {
                let detail = serde_json::json!({ "replaces": replaces });
                KindColumns { of: Some(*of), detail: Some(detail.to_string()), ..KindColumns::default() }
            }
            Detail::Gap { of } => KindColumns { of: Some(*of), ..KindColumns::default() },
            Detail::Setting { key, .. } => KindColumns {
                detail: Some(serde_json::json!({ "key": key }).to_string()),
                ..KindColumns::default()
            },
            Detail::CorpusChange { change } => {
                KindColumns { detail: Some(change.to_string()), ..KindColumns::default() }
            }
        }
    }
}

async fn insert_personal(
    connection: &mut SqliteConnection,
    rows: &[(RecordId, &Entry)],
) -> Result<(), sqlx::Error> {
    let personal: Vec<_> =
        rows.iter().filter(|(_, entry)| entry.asker.user.is_some() || entry.question.is_some()).collect();
    for rows in personal.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO personal (record_id, asker, question) ");
        query.push_values(rows, |mut row, (id, entry)| {
            row.push_bind(*id)
                .push_bind(entry.asker.user.map(|id| id.to_string()))
                .push_bind(entry.question.clone());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_private(
    connection: &mut SqliteConnection,
    rows: &[(RecordId, &Entry)],
) -> Result<(), sqlx::Error> {
    let private: Vec<(RecordId, String)> =
        rows.iter().filter_map(|(id, entry)| Some((*id, private_body(&entry.detail)?))).collect();
    for rows in private.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO private (record_id, body) ");
        query.push_values(rows, |mut row, (id, body)| {
            row.push_bind(*id).push_bind(body.clone());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What goes into the table `private`.
fn private_body(detail: &Detail) -> Option<String> {
    match detail {
        Detail::Ask(ask) => Some(ask.why.as_ref()?.to_json().to_string()),
        Detail::Setting { value, .. } => Some(value.as_ref()?.to_string()),
        _ => None,
    }
}

/// Puts the settings in force, in the order of their records.
async fn apply_settings(
    connection: &mut SqliteConnection,
    rows: &[(RecordId, &Entry)],
) -> Result<(), sqlx::Error> {
    for (id, entry) in rows {
        let (Detail::Setting { key, value: Some(value) }, Some(guild)) = (&entry.detail, entry.asker.guild)
        else {
            continue;
        };
        let statement = if value.is_null() {
            sqlx::query("DELETE FROM settings WHERE guild = ? AND key = ?").bind(guild.to_string()).bind(key)
        } else {
            sqlx::query(
                "INSERT INTO settings (guild, key, value, record_id) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (guild, key) DO UPDATE SET value = excluded.value, record_id = excluded.record_id",
            )
            .bind(guild.to_string())
            .bind(key)
            .bind(value.to_string())
            .bind(id)
        };
        statement.execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_citations(
    connection: &mut SqliteConnection,
    rows: &[(RecordId, &Entry)],
) -> Result<(), sqlx::Error> {
    let citations: Vec<_> =
        rows.iter().flat_map(|(id, entry)| entry.citations().iter().map(move |c| (*id, c))).collect();
    for rows in citations.chunks(ROWS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO citations (record_id, rank, shown, article, title, content_hash, passage_start, \
             passage_end, quote_start, quote_end, quote, score, paragraph, line_first, line_last) ",
        );
        query.push_values(rows, |mut row, (id, citation)| {
            row.push_bind(*id)
                .push_bind(i64::from(citation.rank))
                .push_bind(citation.shown)
                .push_bind(citation.article.clone())
                .push_bind(citation.title.clone())
                .push_bind(citation.content_hash.as_bytes().to_vec())
                .push_bind(signed(citation.passage.start))
                .push_bind(signed(citation.passage.end))
                .push_bind(signed(citation.quote.start))
                .push_bind(signed(citation.quote.end))
                .push_bind(citation.quote_text.clone())
                .push_bind(citation.score)
                .push_bind(i64::from(citation.paragraph))
                .push_bind(i64::from(citation.lines.0))
                .push_bind(i64::from(citation.lines.1));
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Counts and byte offsets are far below this limit: an article has at most 16 MiB.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
