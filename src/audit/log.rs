//! Which line of the log is a record? One line on the target `audit` for each record, once it is durable:
//! ids, digests, the decision and timings; the person and the question only where the operator wants them.

use serde_json::json;

use super::record::micros;
use super::{Delivery, Detail, Entry, RecordId};

/// Logs a record. Fields that a record does not have are left out of its line.
pub(super) fn record(id: RecordId, entry: &Entry, personal: bool) {
    let ask = match &entry.detail {
        Detail::Ask(ask) => Some(ask),
        _ => None,
    };
    let (of, message, error) = match &entry.detail {
        Detail::Delivery { of, delivery: Delivery::Delivered { message } } => (Some(*of), *message, None),
        Detail::Delivery { of, delivery: Delivery::Failed { error } } => {
            (Some(*of), None, Some(error.as_str()))
        }
        Detail::Vote { of, .. } | Detail::Gap { of } => (Some(*of), None, None),
        _ => (None, None, None),
    };
    let action = match &entry.detail {
        Detail::Refusal { action } => Some(action.as_str()),
        Detail::Setting { key, .. } => Some(key.as_str()),
        _ => None,
    };
    let corpus = match &entry.detail {
        Detail::Ask(ask) => Some(ask.corpus.digest.to_string()),
        Detail::Reload { report } => report.get("digest").and_then(|d| d.as_str()).map(str::to_owned),
        _ => None,
    };
    let kind = entry.detail.kind().as_str();
    tracing::info!(
        target: "audit",
        record = id,
        kind,
        at = %entry.at,
        origin = entry.asker.origin.as_str(),
        guild = entry.asker.guild,
        channel = entry.asker.channel,
        asker = entry.asker.user.filter(|_| personal),
        question = entry.question.as_deref().filter(|_| personal),
        action,
        decision = entry.decision.as_str(),
        reason = entry.reason.as_deref(),
        confidence = ask.map(|ask| ask.confidence),
        corpus,
        citations = ask.map(|_| citations(entry)),
        of,
        message_id = message,
        error,
        took_us = entry.took.map(micros),
        program = entry.program.as_str(),
        "recorded {kind}"
    );
}

/// The citations as JSON in one field: a line of the log has no lists.
fn citations(entry: &Entry) -> String {
    let citations: Vec<_> = entry
        .citations()
        .iter()
        .map(|c| {
            json!({
                "rank": c.rank,
                "shown": c.shown,
                "article": c.article,
                "content_hash": c.content_hash.to_string(),
                "quote_range": [c.quote.start, c.quote.end],
                "score": c.score,
            })
        })
        .collect();
    serde_json::Value::from(citations).to_string()
}
