//! Which columns is a record? From an entry to the rows that are written and hashed. Pure.

use std::borrow::Cow;

use super::chain::{self, Field, Hash};
use super::packed::{deflated, inflated};
use super::record::micros;
use super::{CitationRecord, Delivery, Detail, Entry, RecordId};

use Type::{Blob, Integer, Real, Text};

/// What a column holds where it is not NULL. The tables are STRICT: nothing else can be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Integer,
    Real,
    Text,
    Blob,
}

/// The name of a column, and what it holds.
pub(super) type Column = (&'static str, Type);

/// The names of columns, as a statement lists them.
pub(super) fn names(columns: &[Column]) -> String {
    columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The columns of `records` that the hash covers, in the order in which it does.
pub(super) const RECORD: [Column; 22] = [
    ("id", Integer),
    ("schema_version", Integer),
    ("kind", Text),
    ("at_us", Integer),
    ("origin", Text),
    ("guild", Text),
    ("channel", Text),
    ("program", Text),
    ("decision", Text),
    ("reason", Text),
    ("took_us", Integer),
    ("confidence", Real),
    ("corpus_digest", Blob),
    ("corpus_articles", Integer),
    ("corpus_passages", Integer),
    ("params", Text),
    ("of_id", Integer),
    ("detail", Text),
    ("corpus_kept", Integer),
    ("asker_digest", Blob),
    ("question_digest", Blob),
    ("private_digest", Blob),
];

/// The columns of `citations` that the hash covers, in the order in which it does.
pub(super) const CITATION: [Column; 14] = [
    ("rank", Integer),
    ("shown", Integer),
    ("article", Text),
    ("title", Text),
    ("content_hash", Blob),
    ("passage_start", Integer),
    ("passage_end", Integer),
    ("quote_start", Integer),
    ("quote_end", Integer),
    ("quote_digest", Blob),
    ("score", Real),
    ("paragraph", Integer),
    ("line_first", Integer),
    ("line_last", Integer),
];

/// The longest private text that is read back, in bytes; what is written is a hundredth of it.
const PRIVATE_BYTES_MAX: u64 = 16 << 20;

/// All rows of a record.
pub(super) struct Rows<'e> {
    pub(super) id: RecordId,
    /// The row of `records`: [`RECORD`].
    pub(super) record: Vec<Field<'e>>,
    /// The rows of `citations`: [`CITATION`], and the quote.
    pub(super) citations: Vec<(Vec<Field<'e>>, Option<Cow<'e, str>>)>,
    /// What may have to be forgotten; `None` where there is nothing of that kind.
    pub(super) personal: Option<Personal<'e>>,
    /// The hash of the record before it.
    pub(super) previous: Hash,
    /// Its own.
    pub(super) hash: Hash,
}

/// What may have to be forgotten, but for the quotes.
pub(super) struct Personal<'e> {
    pub(super) salt: Hash,
    pub(super) asker: Option<String>,
    pub(super) question: Option<Cow<'e, str>>,
    /// The row of `private`.
    pub(super) private: Option<Vec<u8>>,
}

impl<'e> Rows<'e> {
    /// The rows of an entry, with its hash. `salt` is used where there is something to forget.
    pub(super) fn of(
        id: RecordId,
        entry: &'e Entry,
        corpus_kept: bool,
        salt: Hash,
        previous: Hash,
    ) -> Rows<'e> {
        let asker = entry.asker.user.map(|id| id.to_string());
        let question = entry.question.as_deref().map(plain);
        let private = private(&entry.detail);
        let commit = |name: &str, value: Option<&[u8]>| {
            Field::or_null(value, |value| Field::bytes(chain::commitment(&salt, name, value).to_vec()))
        };
        let digests = [
            commit("asker", asker.as_ref().map(String::as_bytes)),
            commit("question", question.as_deref().map(str::as_bytes)),
            commit("private", private.as_deref()),
        ];
        let quoted = entry.citations().iter().map(|citation| {
            let quote = citation.quote_text.as_deref().map(plain);
            let digest = commit(&quote_name(citation.rank.into()), quote.as_deref().map(str::as_bytes));
            (citation_fields(citation, digest), quote)
        });
        let citations: Vec<_> = quoted.collect();
        let record = record_fields(id, entry, corpus_kept, digests);
        let hash = chain::hash(&previous, &record, citations.iter().map(|(fields, _)| fields.as_slice()));
        let is_personal = asker.is_some()
            || question.is_some()
            || private.is_some()
            || citations.iter().any(|(_, quote)| quote.is_some());
        let personal = is_personal.then_some(Personal { salt, asker, question, private });
        Rows { id, record, citations, personal, previous, hash }
    }
}

/// A text that both databases can hold: those of PostgreSQL have no NUL.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text.into() }
}

/// The name under which the quote of a citation is committed to.
pub(super) fn quote_name(rank: i64) -> Cow<'static, str> {
    // Written out since a million records have two million of them.
    match rank {
        1 => "quote 1".into(),
        2 => "quote 2".into(),
        3 => "quote 3".into(),
        rank => format!("quote {rank}").into(),
    }
}

fn record_fields<'e>(
    id: RecordId,
    entry: &'e Entry,
    corpus_kept: bool,
    [asker, question, private]: [Field<'e>; 3],
) -> Vec<Field<'e>> {
    let kind = KindColumns::of(&entry.detail);
    let number = |id: Option<u64>| Field::or_null(id, |id| Field::text(id.to_string()));
    vec![
        Field::Integer(id),
        Field::Integer(entry.schema.into()),
        Field::text(entry.detail.kind().as_str()),
        Field::Integer(entry.at.as_microsecond()),
        Field::text(entry.asker.origin.as_str()),
        number(entry.asker.guild),
        number(entry.asker.channel),
        Field::text(&entry.program),
        Field::text(entry.decision.as_str()),
        Field::or_null(entry.reason.as_deref(), Field::text),
        Field::or_null(entry.took, |took| Field::Integer(micros(took))),
        kind.confidence,
        kind.corpus_digest,
        kind.corpus_articles,
        kind.corpus_passages,
        kind.params,
        kind.of,
        kind.detail,
        Field::Integer(corpus_kept.into()),
        asker,
        question,
        private,
    ]
}

/// The columns that only some kinds fill.
struct KindColumns<'e> {
    confidence: Field<'e>,
    corpus_digest: Field<'e>,
    corpus_articles: Field<'e>,
    corpus_passages: Field<'e>,
    params: Field<'e>,
    of: Field<'e>,
    detail: Field<'e>,
}

impl<'e> KindColumns<'e> {
    fn of(detail: &'e Detail) -> KindColumns<'e> {
        let none = KindColumns {
            confidence: Field::Null,
            corpus_digest: Field::Null,
            corpus_articles: Field::Null,
            corpus_passages: Field::Null,
            params: Field::Null,
            of: Field::Null,
            detail: Field::Null,
        };
        let json = |value: serde_json::Value| Field::text(value.to_string());
        match detail {
            Detail::Ask(ask) => KindColumns {
                confidence: Field::real(ask.confidence),
                corpus_digest: Field::bytes(&ask.corpus.digest.as_bytes()[..]),
                corpus_articles: Field::count(ask.corpus.articles),
                corpus_passages: Field::count(ask.corpus.passages),
                params: Field::text(ask.params.to_string()),
                ..none
            },
            Detail::Refusal { action } => {
                KindColumns { detail: json(serde_json::json!({ "action": action })), ..none }
            }
            Detail::Reload { report } => KindColumns { detail: Field::text(report.to_string()), ..none },
            Detail::Delivery { of, delivery } => {
                let detail = match delivery {
                    Delivery::Delivered { message } => {
                        serde_json::json!({ "message": message.map(|id| id.to_string()) })
                    }
                    Delivery::Failed { error } => serde_json::json!({ "error": error }),
                };
                KindColumns { of: Field::Integer(*of), detail: json(detail), ..none }
            }
            Detail::Vote { of, replaces, .. } => {
                let detail = serde_json::json!({ "replaces": replaces });
                KindColumns { of: Field::Integer(*of), detail: json(detail), ..none }
            }
            Detail::Gap { of } => KindColumns { of: Field::Integer(*of), ..none },
            Detail::Setting { key, .. } => {
                KindColumns { detail: json(serde_json::json!({ "key": key })), ..none }
            }
            Detail::CorpusChange { change } => {
                KindColumns { detail: Field::text(change.to_string()), ..none }
            }
            Detail::Erasure { erasure } => {
                // Numbers and texts always go to JSON.
                KindColumns { detail: json(serde_json::to_value(erasure).unwrap_or_default()), ..none }
            }
            Detail::Migration { migration } => {
                KindColumns { detail: Field::text(migration.to_string()), ..none }
            }
        }
    }
}

fn citation_fields<'e>(citation: &'e CitationRecord, quote_digest: Field<'e>) -> Vec<Field<'e>> {
    vec![
        Field::Integer(citation.rank.into()),
        Field::Integer(citation.shown.into()),
        Field::text(plain(&citation.article)),
        Field::text(plain(&citation.title)),
        Field::bytes(&citation.content_hash.as_bytes()[..]),
        Field::count(citation.passage.start),
        Field::count(citation.passage.end),
        Field::count(citation.quote.start),
        Field::count(citation.quote.end),
        quote_digest,
        Field::real(citation.score),
        Field::Integer(citation.paragraph.into()),
        Field::Integer(citation.lines.0.into()),
        Field::Integer(citation.lines.1.into()),
    ]
}

/// The row of `private`: JSON, deflated, which leaves a quarter of the reasons of an answer.
fn private(detail: &Detail) -> Option<Vec<u8>> {
    let json = match detail {
        Detail::Ask(ask) => ask.why.as_ref()?.to_json(),
        Detail::Setting { value, .. } => value.as_ref()?.to_string(),
        _ => return None,
    };
    Some(deflated(json.as_bytes()))
}

/// The JSON of a row of `private`; `None` where it is none.
pub(super) fn private_json(body: &[u8]) -> Option<Vec<u8>> {
    inflated(body, PRIVATE_BYTES_MAX)
}
