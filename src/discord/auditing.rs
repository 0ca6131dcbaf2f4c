//! The audit trail for moderators: from what they ask of it to what they are shown.
//!
//! Its buttons name what is to be listed, or a record, and nothing else; that they may read it is checked anew
//! at every press.

use std::time::Duration;

use serenity::http::Http;
use serenity::model::application::ComponentInteraction;

use crate::app::Form;
use crate::audit::{
    Detail, Filter, Kind, Kinds, Order, Outcome, Page, Reader, Record, RecordId, StoreError, Votes,
};

use super::access::Auditor;
use super::bot::Bot;
use super::buttons::{Button, Leads};
use super::person::Person;
use super::reply::Reply;
use super::respond::{self, Ticket, Way};
use super::text::Text;
use super::{escape, limits, passages, records, why};

/// What the names of these buttons begin with.
const FORM: &str = "a1:";

/// A list of records: which, and from where on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Questions without an answer alone.
    pub unanswered: bool,
    /// Questions in which these words stand.
    pub words: Option<String>,
    /// Those before this record; the newest where unset.
    pub before: Option<RecordId>,
}

impl Listing {
    /// From a name as [`Listing::name`] gives it.
    fn parse(name: &str) -> Option<Listing> {
        let mut parts = name.strip_prefix("a1:older:")?.splitn(3, ':');
        let (before, unanswered, words) = (parts.next()?, parts.next()?, parts.next()?);
        let listing = Listing {
            unanswered: unanswered == "u",
            words: (!words.is_empty()).then(|| words.to_owned()),
            before: Some(before.parse().ok().filter(|&before| before > 0)?),
        };
        (listing.name().as_deref() == Some(name)).then_some(listing)
    }

    /// The name by which a button asks for it; `None` where it does not fit into one.
    fn name(&self) -> Option<String> {
        let unanswered = if self.unanswered { "u" } else { "" };
        let words = self.words.as_deref().unwrap_or_default();
        let name = format!("{FORM}older:{}:{unanswered}:{words}", self.before?);
        // Discord trims what stands at the ends of a name.
        (limits::units(&name) <= limits::CUSTOM_ID_MAX && name.trim() == name).then_some(name)
    }

    fn filter(&self, auditor: &Auditor) -> Filter {
        let is_of_questions = self.unanswered || self.words.is_some();
        Filter {
            decision: self.unanswered.then_some(Outcome::NotFound),
            words: self.words.clone(),
            kinds: if is_of_questions { Kinds::All } else { Kinds::AllButDeliveries },
            ..auditor.filter()
        }
    }

    fn heading(&self, text: Text) -> String {
        match &self.words {
            Some(words) => text.audit_search(&escape::line(words, limits::ECHO_MAX)),
            None if self.unanswered => text.audit_unanswered(),
            None => text.audit_recent(),
        }
    }
}

/// That this person may read the audit trail; else the refusal, which is recorded.
pub async fn auditor(bot: &Bot, person: &Person, action: &str) -> Result<Auditor, Reply> {
    match Auditor::check(&bot.settings, &person.caller) {
        Some(auditor) => Ok(auditor),
        None => {
            let record = bot.refuse(&person.asker, action, "permission", None).await;
            Err(Reply::refusal(person.text.not_manager(), record))
        }
    }
}

/// A page of records.
pub async fn list(bot: &Bot, text: Text, auditor: &Auditor, listing: &Listing) -> Reply {
    // A question has words: what has none is in no question, and means nothing to the index.
    if listing.words.as_ref().is_some_and(|words| !words.chars().any(char::is_alphanumeric)) {
        return Reply::note(text.audit_none());
    }
    let filter = listing.filter(auditor);
    // One more than is shown tells whether there are older ones.
    let page = Page { order: Order::NewestFirst, after: listing.before, limit: records::LISTED + 1 };
    let found = async { bot.app.store().reader().await?.records(&filter, page).await };
    match found.await {
        Ok(found) => {
            let last = found.get(records::LISTED - 1).filter(|_| found.len() > records::LISTED);
            let older = last.and_then(|last| Listing { before: Some(last.id), ..listing.clone() }.name());
            let older = older.map(|name| Button { label: text.button_older(), leads: Leads::Pressed(name) });
            Reply::report(records::list(listing.heading(text), &found, text))
                .with(older.into_iter().map(|button| vec![button]).collect())
        }
        Err(error) => failed(&error, text),
    }
}

/// All that a record holds.
pub async fn show(bot: &Bot, text: Text, auditor: &Auditor, id: RecordId) -> Reply {
    let (record, deliveries, votes) = match read(bot, auditor, id).await {
        Ok(Some(read)) => read,
        Ok(None) => return Reply::note(text.audit_none()),
        Err(error) => return failed(&error, text),
    };
    let button = |label, what| Button { label, leads: Leads::Pressed(format!("{FORM}{what}:{id}")) };
    let rows = match &record.entry.detail {
        Detail::Ask(ask) if ask.why.is_some() => {
            let mut row = vec![button(text.button_why(), "why")];
            if ask.citations.iter().any(|citation| citation.shown) {
                row.push(button(text.button_passage(), "passage"));
            }
            vec![row]
        }
        _ => Vec::new(),
    };
    Reply::report(records::sheet(&record, &deliveries, votes, text)).with(rows)
}

/// The records as a file, of the last days or all.
pub async fn export(bot: &Bot, text: Text, auditor: &Auditor, form: Form, days: Option<u32>) -> Reply {
    let since = days.map(|days| {
        let age = Duration::from_secs(u64::from(days) * 86_400);
        bot.app.now().saturating_sub(age).unwrap_or(jiff::Timestamp::MIN)
    });
    let filter = Filter { since, ..auditor.filter() };
    match bot.app.export(&filter, form, limits::UPLOAD_BYTES_MAX).await {
        Ok(export) if export.records == 0 && export.cut_before.is_none() => Reply::note(text.audit_none()),
        Ok(export) => {
            let note = match export.cut_before {
                Some(first) => text.audit_export_cut(export.records, &first.to_string()),
                None => text.audit_exported(export.records),
            };
            let today = bot.app.now().strftime("%Y-%m-%d").to_string();
            Reply::file(note, format!("audit-{today}.{}", form.extension()), export.content)
        }
        Err(error) => failed(&error, text),
    }
}

/// Whether a button is one of these.
pub fn is_named(name: &str) -> bool {
    name.starts_with(FORM)
}

/// Lists on, or tells more of a record.
pub async fn on_component(bot: &Bot, http: &Http, component: &ComponentInteraction, person: &Person) {
    let name = component.data.custom_id.as_str();
    let listing = Listing::parse(name);
    let way = if listing.is_some() { Way::update(&component.message) } else { Way::Private };
    let work = async {
        let auditor = match auditor(bot, person, "audit").await {
            Ok(auditor) => auditor,
            Err(refusal) => return refusal,
        };
        match (listing, name.split(':').collect::<Vec<_>>().as_slice()) {
            (Some(listing), _) => list(bot, person.text, &auditor, &listing).await,
            (None, [_, what @ ("why" | "passage"), id]) => {
                more(bot, person.text, &auditor, what, id.parse().unwrap_or_default()).await
            }
            _ => {
                let record = bot.refuse(&person.asker, "button", "unknown", None).await;
                Reply::refusal(person.text.button_unknown(), record)
            }
        }
    };
    respond::to(bot, http, Ticket::component(component, way), None, work).await;
}

async fn more(bot: &Bot, text: Text, auditor: &Auditor, what: &str, id: RecordId) -> Reply {
    let record = match read(bot, auditor, id).await {
        Ok(Some((record, ..))) => record,
        Ok(None) => return Reply::note(text.audit_none()),
        Err(error) => return failed(&error, text),
    };
    match &record.entry.detail {
        Detail::Ask(_) if records::is_erased(&record.entry) => Reply::note(text.question_gone()),
        Detail::Ask(ask) if what == "why" => {
            Reply::report(why::explanation(id, ask, text, bot.app.params().confidence_min))
        }
        Detail::Ask(ask) => passages::reply(bot, ask, text).await,
        _ => Reply::note(text.audit_none()),
    }
}

/// A record that may be read, with its deliveries and votes. One that may not be read is as if it were not there:
/// that it is tells something.
async fn read(
    bot: &Bot,
    auditor: &Auditor,
    id: RecordId,
) -> Result<Option<(Record, Vec<Record>, Votes)>, StoreError> {
    let mut reader: Reader = bot.app.store().reader().await?;
    let record = match reader.record(id).await {
        Ok(record) if auditor.may_read(&record) => record,
        Ok(_) | Err(StoreError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let votes = match record.entry.detail.kind() {
        Kind::Ask => reader.votes(id, None).await?,
        _ => Votes::default(),
    };
    let deliveries = reader.deliveries(id).await?;
    Ok(Some((record, deliveries, votes)))
}

fn failed(error: &StoreError, text: Text) -> Reply {
    tracing::error!(%error, "the audit store could not be read");
    Reply::note(text.audit_failed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_named_and_found_again() {
        let listing = |before, unanswered, words: Option<&str>| Listing {
            before,
            unanswered,
            words: words.map(str::to_owned),
        };
        for listed in [
            listing(Some(12), false, None),
            listing(Some(i64::MAX), true, Some("tanks: and \"arms\"")),
            listing(Some(1), true, None),
        ] {
            let name = listed.name().expect("it fits");
            assert_eq!(Listing::parse(&name), Some(listed));
        }
        assert_eq!(listing(Some(1), false, Some(&"long ".repeat(30))).name(), None);
        assert_eq!(listing(Some(1), false, Some("space ")).name(), None, "Discord would trim it");
        for forged in
            ["a1:older:0::", "a1:older:-1::", "a1:older:x::", "a1:older:01::", "a1:older:1:x:", "a1:why:1"]
        {
            assert_eq!(Listing::parse(forged), None, "{forged}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_read_back_as_what_it_was(name in "a1:older:.{0,40}") {
            if let Some(listing) = Listing::parse(&name) {
                prop_assert_eq!(listing.name(), Some(name));
            }
        }
    }
}
