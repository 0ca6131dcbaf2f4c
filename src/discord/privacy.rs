//! What is stored of a person, for themselves: told, handed out, erased. For everybody, wherever they are.
//!
//! Its buttons name nobody: what is handed out or erased is always that of who presses.

use serenity::http::Http;
use serenity::model::application::ComponentInteraction;

use crate::app::Form;
use crate::audit::{Asker, Filter, Origin};

use super::bot::Bot;
use super::buttons::{Button, Leads};
use super::limits;
use super::person::Person;
use super::reply::Reply;
use super::respond::{self, Ticket, Way};
use super::text::Text;

/// What the names of these buttons begin with.
const FORM: &str = "p1:";

/// What is stored, and the buttons to get at it.
pub fn show(bot: &Bot, person: &Person) -> Reply {
    let text = person.text;
    let row = vec![
        Button { label: text.privacy_button_export(), leads: Leads::Pressed(format!("{FORM}export")) },
        Button { label: text.privacy_button_delete(), leads: Leads::Danger(format!("{FORM}delete")) },
    ];
    Reply::report(text.privacy(bot.settings.retention_days)).with(vec![row])
}

/// The records that name this person, as a file.
pub async fn export(bot: &Bot, person: &Person) -> Reply {
    let text = person.text;
    let Some(user) = person.asker.user else { return Reply::note(text.privacy_nothing()) };
    let filter = Filter { user: Some(user), ..Filter::default() };
    match bot.app.export(&filter, Form::JsonLines, limits::UPLOAD_BYTES_MAX).await {
        Ok(export) if export.records == 0 && export.cut_before.is_none() => {
            Reply::note(text.privacy_nothing())
        }
        Ok(export) => {
            let note = match export.cut_before {
                Some(_) => text.privacy_export_cut(export.records),
                None => text.privacy_exported(export.records),
            };
            Reply::file(note, "my-records.jsonl".to_owned(), export.content)
        }
        Err(error) => {
            tracing::error!(%error, "the records of a person could not be handed out");
            Reply::note(text.not_done())
        }
    }
}

/// Whether everything is to be erased.
pub fn confirm(text: Text) -> Reply {
    let row = vec![
        Button { label: text.privacy_confirmed(), leads: Leads::Danger(format!("{FORM}erase")) },
        Button { label: text.edit_cancel(), leads: Leads::Pressed(format!("{FORM}keep")) },
    ];
    Reply::report(text.privacy_confirm()).with(vec![row])
}

/// Whether a button is one of these.
pub fn is_named(name: &str) -> bool {
    name.starts_with(FORM)
}

/// Does what a button is for.
pub async fn on_component(bot: &Bot, http: &Http, component: &ComponentInteraction, person: &Person) {
    let what = component.data.custom_id.strip_prefix(FORM).unwrap_or_default();
    let way = match what {
        "erase" | "keep" => Way::update(&component.message),
        _ => Way::Private,
    };
    let work = async {
        match what {
            "export" => export(bot, person).await,
            "delete" => confirm(person.text),
            "erase" => erase(bot, person).await,
            "keep" => Reply::note(person.text.privacy_kept()),
            _ => {
                let record = bot.refuse(&person.asker, "button", "unknown", None).await;
                Reply::refusal(person.text.button_unknown(), record)
            }
        }
    };
    respond::to(bot, http, Ticket::component(component, way), None, work).await;
}

async fn erase(bot: &Bot, person: &Person) -> Reply {
    let text = person.text;
    let Some(user) = person.asker.user else { return Reply::note(text.privacy_nothing()) };
    // Where it was wished would tell more of them than the record of it needs.
    let asker = Asker { origin: Origin::Discord, guild: None, channel: None, user: None };
    match bot.app.forget_person(&asker, user).await {
        Ok(forgotten) => {
            let records = usize::try_from(forgotten.records).unwrap_or(usize::MAX);
            let told = if records > 0 { text.privacy_deleted(records) } else { text.privacy_nothing() };
            let traces = (!forgotten.without_trace).then(|| text.privacy_traces());
            Reply::note([Some(told), traces].into_iter().flatten().collect::<Vec<_>>().join("\n"))
        }
        Err(error) => {
            // The store logs the fault itself, once.
            tracing::debug!(%error, "the records of a person could not be erased");
            Reply::note(text.not_done())
        }
    }
}
