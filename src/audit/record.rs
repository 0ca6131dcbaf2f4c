//! What does a record hold? The domain types, pure: how they become rows and JSON stands in `insert`,
//! [`super::query`] and [`super::wire`].

use std::ops::Range;
use std::time::Duration;

use jiff::Timestamp;

use super::{Asker, Delivery, Erasure, RecordId, Refusal, Why};
use crate::answer::{Answer, AnswerParams, CorpusSummary, Decision, Excerpt, Manner};
use crate::corpus::Digest;
use crate::corpus::pieces::paragraph_breaks;

/// Which fields a record of this program has. Raised when a field is added or changes its meaning, so that a
/// reader knows whether an absent field was empty or unknown.
pub const RECORD_SCHEMA: u32 = 2;

/// A record that is written, with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its number.
    pub id: RecordId,
    /// What it says.
    pub entry: Entry,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The [`RECORD_SCHEMA`] of the program that wrote it.
    pub schema: u32,
    /// When it happened (UTC). Kept to the microsecond.
    pub at: Timestamp,
    /// Who asked, and where. The user is personal: it may be erased.
    pub asker: Asker,
    /// The version of the program that wrote it.
    pub program: String,
    /// What was decided.
    pub decision: Outcome,
    /// Why, as a short stable name, where the decision has a reason.
    pub reason: Option<String>,
    /// What was asked. Personal: it may be erased.
    pub question: Option<String>,
    /// How long it took, in microseconds at the finest.
    pub took: Option<Duration>,
    /// What only records of this kind hold.
    pub detail: Detail,
}

/// What only records of one kind hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// A question that was answered, or found to have no answer here.
    Ask(AskDetail),
    /// Something that was refused.
    Refusal {
        /// What was wanted: `ask`, `corpus reload`.
        action: String,
    },
    /// A reload that was tried.
    Reload {
        /// What the moderator was told.
        report: serde_json::Value,
    },
    /// Whether a reply arrived.
    Delivery {
        /// The record whose reply it was.
        of: RecordId,
        /// What became of it.
        delivery: Delivery,
    },
    /// What a person thinks of an answer.
    Vote {
        /// The record of the answer.
        of: RecordId,
        /// Whether it helped.
        helpful: bool,
        /// The record of the same person's vote on it that this one takes the place of. The writer fills it
        /// in; it is how votes can still be counted when it is forgotten who cast them.
        replaces: Option<RecordId>,
    },
    /// A question that the corpus should answer, as a person tells the moderators.
    Gap {
        /// The record of the question.
        of: RecordId,
    },
    /// A setting of the guild that the record names was changed.
    Setting {
        /// Which setting.
        key: String,
        /// Its new value, null where it was unset. Personal, since it may name people: `None` once erased.
        value: Option<serde_json::Value>,
    },
    /// A moderator changed the articles.
    CorpusChange {
        /// What was done.
        change: serde_json::Value,
    },
    /// The store was brought up to date by a newer version of the program.
    Migration {
        /// From and to which schema, how many records were there, and where the copy lies that was made before.
        migration: serde_json::Value,
    },
    /// Something was forgotten.
    Erasure {
        /// What.
        erasure: Erasure,
    },
}

/// How a question was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct AskDetail {
    /// The corpus it was asked of.
    pub corpus: CorpusSummary,
    /// The [`AnswerParams`], as JSON: records outlive the fields that a version of the program knows.
    pub params: serde_json::Value,
    /// How sure the program was, 0 to 1.
    pub confidence: f64,
    /// The excerpts, best first: those shown, or where it was not answered, what would have been.
    pub citations: Vec<CitationRecord>,
    /// Why it was answered so. Personal: `None` once erased, and in records of schema 1.
    pub why: Option<Why>,
}

impl CitationRecord {
    /// The first and the last paragraph in which the quote stands; the first alone where the quote is erased.
    pub fn paragraphs(&self) -> (u32, u32) {
        let breaks = self.quote_text.as_deref().map_or(0, |quote| paragraph_breaks(quote).count());
        (self.paragraph, self.paragraph + breaks as u32)
    }
}

/// One excerpt of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct CitationRecord {
    /// The number of the citation, from 1.
    pub rank: u32,
    /// Whether the asker got to see it.
    pub shown: bool,
    /// The id of the article.
    pub article: String,
    /// Its title as shown.
    pub title: String,
    /// The hash of its canonical text.
    pub content_hash: Digest,
    /// The passage, a byte range of the canonical text.
    pub passage: Range<usize>,
    /// The quote, a byte range of the canonical text.
    pub quote: Range<usize>,
    /// The quoted text; `None` once erased.
    pub quote_text: Option<String>,
    /// The score of the passage.
    pub score: f64,
    /// The paragraph in which the quote begins, from 1.
    pub paragraph: u32,
    /// First and last line of the source file, from 1.
    pub lines: (u32, u32),
}

/// What happened, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A question that was answered, or found to have no answer here.
    Ask,
    /// Something that was refused.
    Refusal,
    /// A reload that was tried.
    Reload,
    /// Whether a reply arrived.
    Delivery,
    /// What a person thinks of an answer.
    Vote,
    /// A question that the corpus should answer.
    Gap,
    /// A setting that was changed.
    Setting,
    /// A change of the articles by a moderator.
    CorpusChange,
    /// The store was brought up to date.
    Migration,
    /// Something was forgotten.
    Erasure,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 10] = [
        Kind::Ask,
        Kind::Refusal,
        Kind::Reload,
        Kind::Delivery,
        Kind::Vote,
        Kind::Gap,
        Kind::Setting,
        Kind::CorpusChange,
        Kind::Migration,
        Kind::Erasure,
    ];

    /// The kind as records and JSON name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Ask => "ask",
            Kind::Refusal => "refusal",
            Kind::Reload => "reload",
            Kind::Delivery => "delivery",
            Kind::Vote => "vote",
            Kind::Gap => "gap",
            Kind::Setting => "setting",
            Kind::CorpusChange => "corpus_change",
            Kind::Migration => "migration",
            Kind::Erasure => "erasure",
        }
    }

    /// From the name that [`Kind::as_str`] gives.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered.
    Found,
    /// Answered as the closest passage rather than as the answer.
    Hedged,
    /// Not answered: the corpus does not hold it.
    NotFound,
    /// Refused before it was looked for.
    Refused,
    /// The new corpus is in use.
    Swapped,
    /// The old corpus stays in use.
    Kept,
    /// The reply arrived.
    Delivered,
    /// The reply did not arrive.
    Failed,
    /// The answer helped.
    Helpful,
    /// The answer did not help.
    NotHelpful,
    /// The gap is filed.
    Filed,
    /// The setting has its new value.
    Set,
    /// The articles are changed.
    Changed,
    /// The store is up to date.
    Migrated,
    /// It is forgotten.
    Erased,
}

impl Outcome {
    /// Every decision.
    pub const ALL: [Outcome; 15] = [
        Outcome::Found,
        Outcome::Hedged,
        Outcome::NotFound,
        Outcome::Refused,
        Outcome::Swapped,
        Outcome::Kept,
        Outcome::Delivered,
        Outcome::Failed,
        Outcome::Helpful,
        Outcome::NotHelpful,
        Outcome::Filed,
        Outcome::Set,
        Outcome::Changed,
        Outcome::Migrated,
        Outcome::Erased,
    ];

    /// What was decided of a question that was answered so.
    pub fn of(answer: &Answer) -> Outcome {
        match answer.decision {
            Decision::Found { hedged: false } => Outcome::Found,
            Decision::Found { hedged: true } => Outcome::Hedged,
            Decision::NotFound(_) => Outcome::NotFound,
        }
    }

    /// The decision as records and JSON name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Found => "found",
            Outcome::Hedged => "hedged",
            Outcome::NotFound => "not_found",
            Outcome::Refused => "refused",
            Outcome::Swapped => "swapped",
            Outcome::Kept => "kept",
            Outcome::Delivered => "delivered",
            Outcome::Failed => "failed",
            Outcome::Helpful => "helpful",
            Outcome::NotHelpful => "not_helpful",
            Outcome::Filed => "filed",
            Outcome::Set => "set",
            Outcome::Changed => "changed",
            Outcome::Migrated => "migrated",
            Outcome::Erased => "erased",
        }
    }

    /// From the name that [`Outcome::as_str`] gives.
    pub fn from_name(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

impl Detail {
    /// Which kind it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Detail::Ask(_) => Kind::Ask,
            Detail::Refusal { .. } => Kind::Refusal,
            Detail::Reload { .. } => Kind::Reload,
            Detail::Delivery { .. } => Kind::Delivery,
            Detail::Vote { .. } => Kind::Vote,
            Detail::Gap { .. } => Kind::Gap,
            Detail::Setting { .. } => Kind::Setting,
            Detail::CorpusChange { .. } => Kind::CorpusChange,
            Detail::Migration { .. } => Kind::Migration,
            Detail::Erasure { .. } => Kind::Erasure,
        }
    }
}

impl Entry {
    /// What is recorded of an answer, before it is shown.
    pub(super) fn ask(
        at: Timestamp,
        asker: &Asker,
        answer: &Answer,
        params: &AnswerParams,
        took: Duration,
    ) -> Entry {
        let decision = Outcome::of(answer);
        let reason = match answer.decision {
            Decision::Found { .. } => None,
            Decision::NotFound(reason) => Some(reason.as_str().to_owned()),
        };
        let shown = answer.shown().len();
        let citations = answer
            .excerpts
            .iter()
            .enumerate()
            .map(|(place, excerpt)| CitationRecord::new(place, place < shown, excerpt))
            .collect();
        let detail = Detail::Ask(AskDetail {
            corpus: answer.corpus,
            params: params_json(params, answer.question.manner()),
            confidence: answer.confidence,
            citations,
            why: Some(Why::of(answer)),
        });
        let question = Some(answer.question.text().to_owned());
        Entry { reason, question, took: Some(took), ..Entry::new(at, asker, decision, detail) }
    }

    /// What is recorded of a refusal.
    pub(super) fn refusal(at: Timestamp, asker: &Asker, refusal: &Refusal) -> Entry {
        let detail = Detail::Refusal { action: refusal.action.clone() };
        Entry {
            reason: Some(refusal.reason.clone()),
            question: refusal.question.clone(),
            ..Entry::new(at, asker, Outcome::Refused, detail)
        }
    }

    /// What is recorded of a reload. It swapped the corpus where the report says `"swapped": true`.
    pub(super) fn reload(at: Timestamp, asker: &Asker, report: &serde_json::Value, took: Duration) -> Entry {
        let swapped = report.get("swapped").and_then(serde_json::Value::as_bool).unwrap_or(false);
        let decision = if swapped { Outcome::Swapped } else { Outcome::Kept };
        let detail = Detail::Reload { report: report.clone() };
        Entry { took: Some(took), ..Entry::new(at, asker, decision, detail) }
    }

    /// What is recorded of a delivery. Where it went is what record `of` says; the writer fills it in.
    pub(super) fn delivery(at: Timestamp, of: RecordId, delivery: &Delivery) -> Entry {
        let decision = match delivery {
            Delivery::Delivered { .. } => Outcome::Delivered,
            Delivery::Failed { .. } => Outcome::Failed,
        };
        let detail = Detail::Delivery { of, delivery: delivery.clone() };
        Entry::new(at, &Asker::process(), decision, detail)
    }

    /// What is recorded of a vote. Which earlier one it replaces, the writer fills in.
    pub(super) fn vote(at: Timestamp, asker: &Asker, of: RecordId, helpful: bool) -> Entry {
        let decision = if helpful { Outcome::Helpful } else { Outcome::NotHelpful };
        Entry::new(at, asker, decision, Detail::Vote { of, helpful, replaces: None })
    }

    /// What is recorded of a gap.
    pub(super) fn gap(at: Timestamp, asker: &Asker, of: RecordId) -> Entry {
        Entry::new(at, asker, Outcome::Filed, Detail::Gap { of })
    }

    /// What is recorded of a setting of a guild.
    pub(super) fn setting(
        at: Timestamp,
        asker: &Asker,
        guild: u64,
        key: &str,
        value: serde_json::Value,
    ) -> Entry {
        let asker = Asker { guild: Some(guild), ..asker.clone() };
        let detail = Detail::Setting { key: key.to_owned(), value: Some(value) };
        Entry::new(at, &asker, Outcome::Set, detail)
    }

    /// What is recorded of a change of the articles.
    pub(super) fn corpus_change(at: Timestamp, asker: &Asker, change: serde_json::Value) -> Entry {
        Entry::new(at, asker, Outcome::Changed, Detail::CorpusChange { change })
    }

    /// What is recorded of a store that was brought up to date.
    pub(super) fn migration(at: Timestamp, migration: serde_json::Value) -> Entry {
        Entry::new(at, &Asker::process(), Outcome::Migrated, Detail::Migration { migration })
    }

    /// What is recorded of an erasure.
    pub(super) fn erasure(at: Timestamp, asker: &Asker, erasure: Erasure) -> Entry {
        let reason = Some(erasure.scope.as_str().to_owned());
        Entry { reason, ..Entry::new(at, asker, Outcome::Erased, Detail::Erasure { erasure }) }
    }

    fn new(at: Timestamp, asker: &Asker, decision: Outcome, detail: Detail) -> Entry {
        Entry {
            schema: RECORD_SCHEMA,
            at,
            asker: asker.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            decision,
            reason: None,
            question: None,
            took: None,
            detail,
        }
    }

    /// The excerpts, where it is an ask.
    pub fn citations(&self) -> &[CitationRecord] {
        match &self.detail {
            Detail::Ask(ask) => &ask.citations,
            _ => &[],
        }
    }
}

impl CitationRecord {
    /// `place` counts from 0. The number recorded is the place, not the excerpt's own rank (which is the
    /// same), so that no two excerpts of a record can ever share one.
    fn new(place: usize, shown: bool, excerpt: &Excerpt) -> CitationRecord {
        CitationRecord {
            rank: u32::try_from(place + 1).unwrap_or(u32::MAX),
            shown,
            article: excerpt.article.id.to_string(),
            title: excerpt.article.title.text().to_owned(),
            content_hash: excerpt.article.content_hash,
            passage: excerpt.passage.clone(),
            quote: excerpt.quote.clone(),
            quote_text: Some(excerpt.quote_text().to_owned()),
            score: excerpt.score,
            paragraph: excerpt.paragraph,
            lines: excerpt.lines(),
        }
    }
}

/// How the answer was made: what the operator set, and in which manner the question was asked.
fn params_json(params: &AnswerParams, manner: &Manner) -> serde_json::Value {
    // Numbers and texts alone: to JSON they always go.
    let mut json = serde_json::to_value(params).unwrap_or_default();
    if let (Some(all), Ok(serde_json::Value::Object(manner))) =
        (json.as_object_mut(), serde_json::to_value(manner))
    {
        all.extend(manner);
    }
    json
}

/// Whole microseconds, as they are stored; a span of 292,000 years or more is cut to that.
pub(super) fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_what_they_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.as_str()), Some(kind));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.as_str()), Some(outcome));
        }
        assert_eq!(Kind::from_name("Vote"), None);
        assert_eq!(Outcome::from_name("Found"), None);
    }

    #[test]
    fn a_reload_is_a_swap_only_where_its_report_says_so() {
        let check = |report: serde_json::Value, expected| {
            let entry = Entry::reload(Timestamp::UNIX_EPOCH, &Asker::process(), &report, Duration::ZERO);
            assert_eq!(entry.decision, expected);
        };
        check(serde_json::json!({"swapped": true}), Outcome::Swapped);
        check(serde_json::json!({"swapped": false, "refused": "too few"}), Outcome::Kept);
        check(serde_json::json!({"error": "no article"}), Outcome::Kept);
        check(serde_json::json!("swapped"), Outcome::Kept);
    }
}
