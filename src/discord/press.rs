//! What happens when a button is pressed, or the form behind one is sent in?
//!
//! Names of buttons can be forged, so every press is checked against the record that it names: whose answer
//! it is, whether it was given to all in this channel, or delivered in the very message that has the button.

use serenity::builder::{CreateActionRow, CreateInputText, CreateInteractionResponse, CreateModal};
use serenity::client::Context;
use serenity::model::application::{
    ActionRow, ActionRowComponent, ButtonKind, ComponentInteraction, InputTextStyle, ModalInteraction,
};
use serenity::model::channel::Message;

use crate::answer::QUESTION_CHARS_MAX;
use crate::audit::{AskDetail, Delivery, Detail, Record, RecordId, StoreError};

use super::access::Manager;
use super::ask::{self, Asked};
use super::bot::Bot;
use super::buttons::{self, Action, Button, Leads, Pressed};
use super::person::Person;
use super::render::Card;
use super::reply::Reply;
use super::respond::{self, Ticket, Way, is_ephemeral};
use super::{auditing, edits, passages, privacy, records, why};

/// The name of the field of a form with one.
const FIELD: &str = "question";

/// Does what a button is for.
pub async fn on_component(bot: &Bot, context: &Context, component: &ComponentInteraction) {
    let person = Person::of_component(bot, component).await;
    let name = component.data.custom_id.as_str();
    if edits::is_named(name) {
        return edits::on_component(bot, &context.http, component, &person).await;
    }
    if auditing::is_named(name) {
        return auditing::on_component(bot, &context.http, component, &person).await;
    }
    if privacy::is_named(name) {
        return privacy::on_component(bot, &context.http, component, &person).await;
    }
    let private = Ticket::component(component, Way::Private);
    let pressed = Pressed::parse(name);
    let press = Press { bot, person: &person, message: &component.message };
    let is_page = matches!(pressed, Some(Pressed { action: Action::Page(_), .. }));
    match pressed {
        Some(Pressed { action: Action::Follow, record }) => match press.seen(record).await {
            Ok(_) => {
                let form = follow_form(&person, record);
                respond::show(bot, &context.http, private, &CreateInteractionResponse::Modal(form)).await;
            }
            Err(reply) => respond::to(bot, &context.http, private, None, std::future::ready(reply)).await,
        },
        Some(Pressed { action: Action::Delete, record }) => match press.may_delete(record, name).await {
            Ok(()) => {
                let ticket = Ticket::component(component, Way::Update);
                respond::delete(bot, &context.http, ticket).await;
            }
            Err(reply) => respond::to(bot, &context.http, private, None, std::future::ready(reply)).await,
        },
        Some(pressed) => {
            let way = match pressed.action {
                Action::Show => Way::Message,
                _ if is_page => Way::update(&component.message),
                _ => Way::Private,
            };
            let ticket = Ticket::component(component, way);
            respond::to(bot, &context.http, ticket, None, press.reply(pressed)).await;
        }
        None => {
            let record = bot.refuse(&person.asker, "button", "unknown", None).await;
            let reply = std::future::ready(Reply::refusal(person.text.button_unknown(), record));
            respond::to(bot, &context.http, private, None, reply).await;
        }
    }
}

/// Answers the question that was typed into the form of "Follow up".
pub async fn on_modal(bot: &Bot, context: &Context, modal: &ModalInteraction) {
    let person = Person::of_modal(bot, modal).await;
    let name = modal.data.custom_id.as_str();
    if edits::is_named(name) {
        return edits::on_modal(bot, &context.http, modal, &person).await;
    }
    let private = modal.message.as_deref().is_some_and(is_ephemeral) || person.guild.private;
    let ticket = Ticket::modal(modal, if private { Way::Private } else { Way::Message });
    respond::to(bot, &context.http, ticket, None, async {
        let (Some(Pressed { action: Action::Follow, record }), Some(message)) =
            (Pressed::parse(name), modal.message.as_deref())
        else {
            let record = bot.refuse(&person.asker, "button", "unknown", None).await;
            return Reply::refusal(person.text.button_unknown(), record);
        };
        let press = Press { bot, person: &person, message };
        match press.seen(record).await {
            Ok((before, _)) => {
                let text = field(&modal.data.components, FIELD).unwrap_or_default();
                let follows = Some((record, before.entry.question));
                let asked = Asked { text, follows, echo: true, private, ..Asked::default() };
                answered(bot, &person, asked).await
            }
            Err(reply) => reply,
        }
    })
    .await;
}

/// What was typed into a field of a form.
pub fn field(rows: &[ActionRow], name: &str) -> Option<String> {
    rows.iter().flat_map(|row| &row.components).find_map(|part| match part {
        ActionRowComponent::InputText(input) if input.custom_id == name => input.value.clone(),
        _ => None,
    })
}

/// The answer, which there always is to who presses a button.
async fn answered(bot: &Bot, person: &Person, asked: Asked) -> Reply {
    match ask::ask(bot, person, asked).await {
        Some(reply) => reply,
        None => Reply::note(person.text.broken()),
    }
}

fn follow_form(person: &Person, record: RecordId) -> CreateModal {
    let text = person.text;
    let input = CreateInputText::new(InputTextStyle::Short, text.follow_label(), FIELD)
        .placeholder(text.follow_hint())
        .max_length(u16::try_from(QUESTION_CHARS_MAX).unwrap_or(u16::MAX))
        .required(true);
    let name = Pressed { action: Action::Follow, record }.name();
    CreateModal::new(name, text.follow_title()).components(vec![CreateActionRow::InputText(input)])
}

/// A press of a button by a person.
struct Press<'a> {
    bot: &'a Bot,
    person: &'a Person,
    /// The message that has the button.
    message: &'a Message,
}

impl Press<'_> {
    async fn reply(&self, pressed: Pressed) -> Reply {
        let Pressed { action, record } = pressed;
        let (entry, ask) = match self.seen(record).await {
            Ok(seen) => seen,
            Err(reply) => return reply,
        };
        let text = self.person.text;
        match action {
            Action::More(page) | Action::Page(page) => self.page(&entry, &ask, page).await,
            Action::Why => {
                let floor = self.bot.app.params().confidence_min;
                Reply::report(why::explanation(record, &ask, text, floor))
            }
            Action::Passage => passages::reply(self.bot, &ask, text).await,
            Action::Helpful => self.vote(record, true).await,
            Action::Unhelpful => self.vote(record, false).await,
            Action::Gap => self.gap(record).await,
            Action::Show => self.show(&entry, record).await,
            // These are no messages: see `on_component`.
            Action::Follow | Action::Delete => Reply::note(text.button_unknown()),
        }
    }

    /// The record of an answer that this person may see: their own, one that was given to all in this channel,
    /// or one that was delivered for all in the very message whose button they pressed.
    async fn seen(&self, id: RecordId) -> Result<(Record, AskDetail), Reply> {
        let (record, ask, is_visible) = self.find(id).await?;
        // Whose it was is not known any more, and what is left tells nothing of anybody.
        if records::is_erased(&record.entry) {
            return Err(Reply::note(self.person.text.question_gone()));
        }
        if is_visible { Ok((record, ask)) } else { Err(self.not_theirs().await) }
    }

    /// The record of an answer, and whether this person may see it.
    async fn find(&self, id: RecordId) -> Result<(Record, AskDetail, bool), Reply> {
        let text = self.person.text;
        if !self.person.may_ask(self.bot) {
            let record = self.bot.refuse(&self.person.asker, "button", "scope", None).await;
            return Err(Reply::refusal(text.not_yours(), record));
        }
        let (record, deliveries) = self.read(id).await.map_err(|error| match error {
            StoreError::NotFound { .. } => Reply::note(text.record_gone()),
            error => {
                tracing::error!(%error, record = id, "the record that a button names could not be read");
                Reply::note(text.broken())
            }
        })?;
        let Detail::Ask(ask) = record.entry.detail.clone() else {
            return Err(Reply::note(text.button_unknown()));
        };
        // What was said in this channel for all is for all who are in it.
        let is_public = !ask.params.get("private").and_then(serde_json::Value::as_bool).unwrap_or(false)
            && record.entry.asker.channel.is_some()
            && record.entry.asker.channel == self.person.asker.channel;
        let is_here = is_public
            || !is_ephemeral(self.message)
                && deliveries.iter().any(|delivery| is_delivery(delivery, self.message.id.get()));
        let is_visible = self.is_own(&record) || is_here;
        Ok((record, ask, is_visible))
    }

    async fn not_theirs(&self) -> Reply {
        let refused = self.bot.refuse(&self.person.asker, "button", "not_yours", None).await;
        Reply::refusal(self.person.text.not_yours(), refused)
    }

    /// Whether this person asked; people may be recorded under other numbers than their own.
    fn is_own(&self, record: &Record) -> bool {
        let (Some(asked), Some(user)) = (record.entry.asker.user, self.person.asker.user) else {
            return false;
        };
        asked == user || asked == self.bot.app.store().recorded_as(user)
    }

    async fn read(&self, id: RecordId) -> Result<(Record, Vec<Record>), StoreError> {
        let mut reader = self.bot.app.store().reader().await?;
        Ok((reader.record(id).await?, reader.deliveries(id).await?))
    }

    async fn page(&self, entry: &Record, ask: &AskDetail, page: u32) -> Reply {
        let Some(question) = entry.entry.question.clone() else {
            return Reply::note(self.person.text.question_gone());
        };
        let param = |name: &str| ask.params.get(name);
        let follows = match param("follows").and_then(serde_json::Value::as_i64) {
            Some(before) => {
                let text = self.read(before).await.ok().and_then(|(record, _)| record.entry.question);
                Some((before, text))
            }
            None => None,
        };
        let within = param("within").and_then(serde_json::Value::as_str).map(str::to_owned);
        let asked =
            Asked { text: question, within, follows, page, echo: true, private: true, ..Asked::default() };
        answered(self.bot, self.person, asked).await
    }

    async fn vote(&self, record: RecordId, helpful: bool) -> Reply {
        let text = self.person.text;
        match self.bot.app.vote(&self.person.asker, record, helpful).await {
            Ok(_) if helpful => Reply::note(text.voted_helpful()),
            Ok(_) => Reply::note(text.voted_unhelpful()),
            Err(error) => self.unwritten(&error),
        }
    }

    async fn gap(&self, record: RecordId) -> Reply {
        let text = self.person.text;
        match self.bot.app.file_gap(&self.person.asker, record).await {
            Ok(written) if written.is_new => Reply::note(text.gap_told()),
            Ok(_) => Reply::note(text.gap_told_before()),
            Err(error) => self.unwritten(&error),
        }
    }

    fn unwritten(&self, error: &StoreError) -> Reply {
        // The store logs the fault itself, once.
        tracing::debug!(%error, "what a button is for could not be recorded");
        Reply::note(self.person.text.not_done())
    }

    /// The private answer as it stands in the message, for everyone: Discord hands us our own message back.
    async fn show(&self, entry: &Record, record: RecordId) -> Reply {
        let text = self.person.text;
        if !self.is_own(entry) {
            return self.not_theirs().await;
        }
        let embed = self.message.embeds.first();
        let description = embed.and_then(|embed| embed.description.clone());
        let (true, Some(description)) = (is_ephemeral(self.message), description) else {
            return Reply::note(text.show_failed());
        };
        let footer = embed.and_then(|embed| embed.footer.as_ref());
        let card = Card { description, footer: footer.map(|footer| footer.text.clone()).unwrap_or_default() };
        let rows = self.message.components.iter().map(|row| kept(row, text, record)).collect();
        Reply::shown(card, rows, record)
    }

    /// Whether this person may delete the message: who asked, or a moderator, and only where the message has the
    /// button of this name, `pressed`, or nobody else sees it.
    async fn may_delete(&self, id: RecordId, pressed: &str) -> Result<(), Reply> {
        let text = self.person.text;
        let (record, _, is_visible) = self.find(id).await?;
        let is_theirs = is_ephemeral(self.message) || has_button(self.message, pressed);
        if !is_visible || !is_theirs {
            return Err(self.not_theirs().await);
        }
        let caller = &self.person.caller;
        let is_moderator = caller.manages_messages || Manager::check(&self.bot.settings, caller).is_some();
        if is_moderator || self.is_own(&record) {
            return Ok(());
        }
        if records::is_erased(&record.entry) {
            return Err(Reply::note(text.question_gone()));
        }
        let refused = self.bot.refuse(&self.person.asker, "delete", "permission", None).await;
        Err(Reply::refusal(text.delete_not_yours(), refused))
    }
}

/// Whether a message has a button of this name. Discord says what the message holds, who presses says the name.
fn has_button(message: &Message, name: &str) -> bool {
    message.components.iter().flat_map(|row| &row.components).any(|part| match part {
        ActionRowComponent::Button(button) => {
            matches!(&button.data, ButtonKind::NonLink { custom_id, .. } if custom_id == name)
        }
        _ => false,
    })
}

/// Whether a record says that something was delivered in this message.
fn is_delivery(record: &Record, message: u64) -> bool {
    matches!(
        record.entry.detail,
        Detail::Delivery { delivery: Delivery::Delivered { message: Some(delivered) }, .. } if delivered == message
    )
}

/// A row of buttons as it was, with "Delete" in place of "Show to everyone".
fn kept(row: &ActionRow, text: super::text::Text, record: RecordId) -> Vec<Button> {
    let buttons = row.components.iter().filter_map(|part| match part {
        ActionRowComponent::Button(button) => Some(button),
        _ => None,
    });
    buttons
        .filter_map(|button| {
            let label = button.label.clone().unwrap_or_default();
            match &button.data {
                ButtonKind::Link { url } => Some(Button { label, leads: Leads::Link(url.clone()) }),
                ButtonKind::NonLink { custom_id, .. } => match Pressed::parse(custom_id)?.action {
                    Action::Show => Some(buttons::delete(text, record)),
                    _ => Some(Button { label, leads: Leads::Pressed(custom_id.clone()) }),
                },
                _ => None,
            }
        })
        .collect()
}
