//! Which record is a row? The inverse of `columns`.

use std::ops::Range;
use std::time::Duration;

use jiff::Timestamp;

use super::columns::private_json;
use super::db::{Row, Value};
use super::{
    AskDetail, Asker, CitationRecord, Delivery, Detail, Entry, Kind, Origin, Outcome, Record, RecordId,
    StoreError,
};
use crate::answer::CorpusSummary;
use crate::corpus::Digest;

/// The record of a row of `records` joined with `personal`; it still lacks what stands in `citations` and
/// `private`.
///
/// # Errors
///
/// [`StoreError::Damaged`] where a column holds what no program wrote.
pub(super) fn record(row: &Row) -> Result<Record, StoreError> {
    let id: RecordId = row.get("id").map_err(|_| StoreError::Damaged { id: 0, field: "id" })?;
    let fields = Fields { row, id };
    let kind = Kind::from_name(fields.get("kind")?).ok_or(fields.damaged("kind"))?;
    let asker = Asker {
        origin: Origin::from_name(fields.get("origin")?).ok_or(fields.damaged("origin"))?,
        guild: fields.discord_id("guild")?,
        channel: fields.discord_id("channel")?,
        user: fields.discord_id("asker")?,
    };
    let at: i64 = fields.get("at_us")?;
    let took: Option<i64> = fields.get("took_us")?;
    let entry = Entry {
        schema: fields.number("schema_version")?,
        at: Timestamp::from_microsecond(at).map_err(|_| fields.damaged("at_us"))?,
        asker,
        program: fields.get("program")?,
        decision: Outcome::from_name(fields.get("decision")?).ok_or(fields.damaged("decision"))?,
        reason: fields.get("reason")?,
        question: fields.get("question")?,
        took: took.map(|us| Duration::from_micros(us.unsigned_abs())),
        detail: fields.detail(kind)?,
    };
    Ok(Record { id, entry })
}

/// The citation of a row of `citations`, and the record it belongs to.
///
/// # Errors
///
/// [`StoreError::Damaged`] where a column holds what no program wrote.
pub(super) fn citation(row: &Row) -> Result<(RecordId, CitationRecord), StoreError> {
    let id: RecordId = row.get("record_id").map_err(|_| StoreError::Damaged { id: 0, field: "record_id" })?;
    let fields = Fields { row, id };
    let citation = CitationRecord {
        rank: fields.number("rank")?,
        shown: fields.get::<i64>("shown")? != 0,
        article: fields.get("article")?,
        title: fields.get("title")?,
        content_hash: fields.digest("content_hash")?,
        passage: fields.range("passage_start", "passage_end")?,
        quote: fields.range("quote_start", "quote_end")?,
        quote_text: fields.get("quote")?,
        score: fields.get::<Option<f64>>("score")?.unwrap_or(f64::NAN),
        paragraph: fields.number("paragraph")?,
        lines: (fields.number("line_first")?, fields.number("line_last")?),
    };
    Ok((id, citation))
}

/// Puts a row of `private` into the record it belongs to.
///
/// # Errors
///
/// [`StoreError::Damaged`] where it holds what no program wrote.
pub(super) fn private(row: &Row, record: &mut Record) -> Result<(), StoreError> {
    let fields = Fields { row, id: record.id };
    match &mut record.entry.detail {
        Detail::Ask(ask) => ask.why = Some(fields.private()?),
        Detail::Setting { value, .. } => *value = Some(fields.private()?),
        _ => {}
    }
    Ok(())
}

/// The columns of one row, with the number to name in errors.
struct Fields<'r> {
    row: &'r Row,
    id: RecordId,
}

impl<'r> Fields<'r> {
    fn damaged(&self, field: &'static str) -> StoreError {
        StoreError::Damaged { id: self.id, field }
    }

    fn get<T: Value<'r>>(&self, field: &'static str) -> Result<T, StoreError> {
        self.row.get(field).map_err(|_| self.damaged(field))
    }

    fn number<N: TryFrom<i64>>(&self, field: &'static str) -> Result<N, StoreError> {
        N::try_from(self.get::<i64>(field)?).map_err(|_| self.damaged(field))
    }

    fn range(&self, start: &'static str, end: &'static str) -> Result<Range<usize>, StoreError> {
        Ok(self.number(start)?..self.number(end)?)
    }

    fn discord_id(&self, field: &'static str) -> Result<Option<u64>, StoreError> {
        self.get::<Option<&str>>(field)?.map(|text| text.parse().map_err(|_| self.damaged(field))).transpose()
    }

    fn digest(&self, field: &'static str) -> Result<Digest, StoreError> {
        let bytes: &[u8] = self.get(field)?;
        bytes.try_into().map(Digest::from_bytes).map_err(|_| self.damaged(field))
    }

    fn json(&self, field: &'static str) -> Result<serde_json::Value, StoreError> {
        serde_json::from_str(self.get(field)?).map_err(|_| self.damaged(field))
    }

    fn private<T: serde::de::DeserializeOwned>(&self) -> Result<T, StoreError> {
        let json = private_json(self.get("body")?).ok_or(self.damaged("private.body"))?;
        serde_json::from_slice(&json).map_err(|_| self.damaged("private.body"))
    }

    fn detail(&self, kind: Kind) -> Result<Detail, StoreError> {
        Ok(match kind {
            Kind::Ask => Detail::Ask(AskDetail {
                corpus: CorpusSummary {
                    digest: self.digest("corpus_digest")?,
                    articles: self.number("corpus_articles")?,
                    passages: self.number("corpus_passages")?,
                },
                params: self.json("params")?,
                confidence: self.get::<Option<f64>>("confidence")?.unwrap_or(f64::NAN),
                citations: Vec::new(),
                why: None,
            }),
            Kind::Refusal => {
                let detail = self.json("detail")?;
                let action = detail.get("action").and_then(|action| action.as_str());
                Detail::Refusal { action: action.ok_or(self.damaged("detail"))?.to_owned() }
            }
            Kind::Reload => Detail::Reload { report: self.json("detail")? },
            Kind::Delivery => Detail::Delivery { of: self.get("of_id")?, delivery: self.delivery()? },
            Kind::Vote => {
                let helpful = Outcome::from_name(self.get("decision")?) == Some(Outcome::Helpful);
                let replaces = self.json("detail")?.get("replaces").and_then(serde_json::Value::as_i64);
                Detail::Vote { of: self.get("of_id")?, helpful, replaces }
            }
            Kind::Gap => Detail::Gap { of: self.get("of_id")? },
            Kind::Setting => {
                let detail = self.json("detail")?;
                let key = detail.get("key").and_then(|key| key.as_str());
                Detail::Setting { key: key.ok_or(self.damaged("detail"))?.to_owned(), value: None }
            }
            Kind::CorpusChange => Detail::CorpusChange { change: self.json("detail")? },
            Kind::Migration => Detail::Migration { migration: self.json("detail")? },
            Kind::Erasure => {
                let erasure = serde_json::from_value(self.json("detail")?);
                Detail::Erasure { erasure: erasure.map_err(|_| self.damaged("detail"))? }
            }
        })
    }

    fn delivery(&self) -> Result<Delivery, StoreError> {
        let detail = self.json("detail")?;
        if let Some(error) = detail.get("error").and_then(|error| error.as_str()) {
            return Ok(Delivery::Failed { error: error.to_owned() });
        }
        let message = detail.get("message").and_then(|message| message.as_str());
        let message = message.map(|id| id.parse().map_err(|_| self.damaged("detail"))).transpose()?;
        Ok(Delivery::Delivered { message })
    }
}
