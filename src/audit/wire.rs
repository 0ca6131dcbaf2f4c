//! How does a record look as JSON? Types of their own, so that the domain can change its shape and the files
//! that people have exported do not.
//!
//! Ids of Discord are strings, as in Discord's own JSON: many readers keep numbers in 53 bits. Times are RFC
//! 3339 in UTC. What a record does not have is `null` where every record could have it, and absent where only
//! other kinds do.

use serde::Serialize;
use serde_json::Value;

use super::record::micros;
use super::{CitationRecord, Delivery, Detail, Erasure, Record, RecordId, Votes, Why};

/// A record.
#[derive(Debug, Serialize)]
pub struct RecordJson<'a> {
    id: RecordId,
    schema: u32,
    time: String,
    kind: &'static str,
    origin: &'static str,
    guild: Option<String>,
    channel: Option<String>,
    user: Option<String>,
    program: &'a str,
    decision: &'static str,
    reason: Option<&'a str>,
    question: Option<&'a str>,
    took_us: Option<i64>,
    #[serde(flatten)]
    detail: DetailJson<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum DetailJson<'a> {
    Ask {
        corpus: CorpusJson,
        params: &'a Value,
        confidence: f64,
        citations: Vec<CitationJson<'a>>,
        why: Option<&'a Why>,
    },
    Refusal {
        action: &'a str,
    },
    Reload {
        report: &'a Value,
    },
    Delivery {
        of: RecordId,
        message: Option<String>,
        error: Option<&'a str>,
    },
    Vote {
        of: RecordId,
        replaces: Option<RecordId>,
    },
    Gap {
        of: RecordId,
    },
    Setting {
        key: &'a str,
        value: Option<&'a Value>,
    },
    CorpusChange {
        change: &'a Value,
    },
    Migration {
        migration: &'a Value,
    },
    Erasure {
        erasure: &'a Erasure,
    },
}

#[derive(Debug, Serialize)]
struct CorpusJson {
    digest: String,
    articles: usize,
    passages: usize,
}

#[derive(Debug, Serialize)]
struct CitationJson<'a> {
    rank: u32,
    shown: bool,
    article: &'a str,
    title: &'a str,
    content_hash: String,
    passage_range: [usize; 2],
    quote_range: [usize; 2],
    quote: Option<&'a str>,
    score: f64,
    paragraph: u32,
    lines: [u32; 2],
}

/// A record with what became of its reply.
#[derive(Debug, Serialize)]
pub struct RecordWithDeliveriesJson<'a> {
    #[serde(flatten)]
    record: RecordJson<'a>,
    deliveries: Vec<RecordJson<'a>>,
    votes: VotesJson,
}

#[derive(Debug, Serialize)]
struct VotesJson {
    helpful: u64,
    not_helpful: u64,
}

impl<'a> RecordWithDeliveriesJson<'a> {
    /// Of a record, its deliveries, and what people think of it.
    pub fn new(record: &'a Record, deliveries: &'a [Record], votes: Votes) -> RecordWithDeliveriesJson<'a> {
        RecordWithDeliveriesJson {
            record: RecordJson::from(record),
            deliveries: deliveries.iter().map(RecordJson::from).collect(),
            votes: VotesJson { helpful: votes.helpful, not_helpful: votes.not_helpful },
        }
    }
}

impl<'a> From<&'a Record> for RecordJson<'a> {
    fn from(record: &'a Record) -> RecordJson<'a> {
        let entry = &record.entry;
        let discord_id = |id: Option<u64>| id.map(|id| id.to_string());
        RecordJson {
            id: record.id,
            schema: entry.schema,
            time: entry.at.to_string(),
            kind: entry.detail.kind().as_str(),
            origin: entry.asker.origin.as_str(),
            guild: discord_id(entry.asker.guild),
            channel: discord_id(entry.asker.channel),
            user: discord_id(entry.asker.user),
            program: &entry.program,
            decision: entry.decision.as_str(),
            reason: entry.reason.as_deref(),
            question: entry.question.as_deref(),
            took_us: entry.took.map(micros),
            detail: DetailJson::from(&entry.detail),
        }
    }
}

impl<'a> From<&'a Detail> for DetailJson<'a> {
    fn from(detail: &'a Detail) -> DetailJson<'a> {
        match detail {
            Detail::Ask(ask) => DetailJson::Ask {
                corpus: CorpusJson {
                    digest: ask.corpus.digest.to_string(),
                    articles: ask.corpus.articles,
                    passages: ask.corpus.passages,
                },
                params: &ask.params,
                confidence: ask.confidence,
                citations: ask.citations.iter().map(CitationJson::from).collect(),
                why: ask.why.as_ref(),
            },
            Detail::Refusal { action } => DetailJson::Refusal { action },
            Detail::Reload { report } => DetailJson::Reload { report },
            Detail::Delivery { of, delivery } => {
                let (message, error) = match delivery {
                    Delivery::Delivered { message } => (message.map(|id| id.to_string()), None),
                    Delivery::Failed { error } => (None, Some(error.as_str())),
                };
                DetailJson::Delivery { of: *of, message, error }
            }
            Detail::Vote { of, replaces, .. } => DetailJson::Vote { of: *of, replaces: *replaces },
            Detail::Gap { of } => DetailJson::Gap { of: *of },
            Detail::Setting { key, value } => DetailJson::Setting { key, value: value.as_ref() },
            Detail::CorpusChange { change } => DetailJson::CorpusChange { change },
            Detail::Migration { migration } => DetailJson::Migration { migration },
            Detail::Erasure { erasure } => DetailJson::Erasure { erasure },
        }
    }
}

impl<'a> From<&'a CitationRecord> for CitationJson<'a> {
    fn from(citation: &'a CitationRecord) -> CitationJson<'a> {
        CitationJson {
            rank: citation.rank,
            shown: citation.shown,
            article: &citation.article,
            title: &citation.title,
            content_hash: citation.content_hash.to_string(),
            passage_range: [citation.passage.start, citation.passage.end],
            quote_range: [citation.quote.start, citation.quote.end],
            quote: citation.quote_text.as_deref(),
            score: citation.score,
            paragraph: citation.paragraph,
            lines: [citation.lines.0, citation.lines.1],
        }
    }
}
