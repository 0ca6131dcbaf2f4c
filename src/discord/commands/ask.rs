//! `/ask`, and "Find the answer" on a message.

use std::sync::Arc;

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};
use serenity::model::channel::Message;

use crate::discord::apart::apart;
use crate::discord::ask::{self as question, Asked};
use crate::discord::bot::{Context, NoFault};
use crate::discord::complete::{self, Place};
use crate::discord::person::Person;
use crate::discord::reply::Reply;
use crate::discord::respond::{self, Ticket, Way};

/// `/ask`
#[poise::command(slash_command)]
pub async fn ask(
    ctx: Context<'_>,
    #[max_length = 1000] question: String,
    #[rename = "in"]
    #[autocomplete = "places"]
    within: Option<String>,
    private: Option<bool>,
) -> Result<(), NoFault> {
    let person = Person::of_command(ctx.framework.user_data, ctx.interaction).await;
    let private = private.unwrap_or(person.guild.private);
    let asked = Asked { text: question, within, echo: true, private, ..Asked::default() };
    answer(ctx, person, asked);
    Ok(())
}

/// "Find the answer" on a message: for who uses it alone, since it is somebody else's message.
#[poise::command(context_menu_command = "Find the answer")]
pub async fn find(ctx: Context<'_>, message: Message) -> Result<(), NoFault> {
    let person = Person::of_command(ctx.framework.user_data, ctx.interaction).await;
    if message.content.trim().is_empty() {
        let ticket = Ticket::command(ctx.interaction, Way::Private);
        let reply = std::future::ready(Reply::note(person.text.no_text()));
        respond::to(ctx.framework.user_data, &ctx.serenity_context().http, ticket, None, reply).await;
        return Ok(());
    }
    let asked = Asked { text: message.content, echo: true, private: true, ..Asked::default() };
    answer(ctx, person, asked);
    Ok(())
}

/// Answers apart from the command, which is let go of.
fn answer(ctx: Context<'_>, person: Person, asked: Asked) {
    let (bot, http) = (Arc::clone(ctx.framework.user_data), Arc::clone(&ctx.serenity_context().http));
    let way = if asked.private { Way::Private } else { Way::Message };
    let ticket = Ticket::command(ctx.interaction, way);
    let excuse = Ticket::command(ctx.interaction, Way::Private);
    let text = person.text;
    let work = {
        let (bot, http) = (Arc::clone(&bot), Arc::clone(&http));
        async move {
            // A future that is handed on is kept twice: on the heap it is not.
            let reply = Box::pin(async {
                let reply = question::ask(&bot, &person, asked).await;
                reply.unwrap_or_else(|| Reply::note(text.broken()))
            });
            respond::to(&bot, &http, ticket, None, reply).await;
        }
    };
    apart(work, move || async move {
        tracing::error!("a question was not answered: its task panicked");
        let sorry = std::future::ready(Reply::note(text.broken()));
        respond::to(&bot, &http, excuse, None, sorry).await;
    });
}

/// The articles and collections that are like what is typed; none where the person may not ask.
async fn places(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let bot = ctx.framework.user_data;
    let person = Person::of_command(bot, ctx.interaction).await;
    if !person.may_ask(bot) {
        return CreateAutocompleteResponse::new();
    }
    let (snapshot, typed) = (bot.app.snapshot(), typed.to_owned());
    // In a large corpus this takes longer than others should wait for the thread.
    let found = tokio::task::spawn_blocking(move || complete::places(&snapshot, &typed)).await;
    choices(found.unwrap_or_default())
}

/// Places as Discord takes them.
pub fn choices(places: Vec<Place>) -> CreateAutocompleteResponse {
    let choice = |place: Place| AutocompleteChoice::new(place.label, place.name);
    CreateAutocompleteResponse::new().set_choices(places.into_iter().map(choice).collect())
}

#[cfg(test)]
mod tests {
    use crate::answer::QUESTION_CHARS_MAX;

    #[test]
    fn discord_is_told_the_limit_of_a_question() {
        let command = super::ask().create_as_slash_command().expect("a slash command");
        let command = serde_json::to_value(command).expect("JSON");
        assert_eq!(command["options"][0]["max_length"], QUESTION_CHARS_MAX);
    }
}
