//! `/corpus`: for moderators of the home guilds. Each of them asks for the proof of that, [`Moderator`].

use poise::serenity_prelude::CreateAutocompleteResponse;
use serenity::builder::CreateInteractionResponse;
use serenity::model::channel::Attachment;

use crate::discord::access::Moderator;
use crate::discord::bot::{Bot, Context, NoFault};
use crate::discord::complete::{self, Place};
use crate::discord::edits;
use crate::discord::person::Person;
use crate::discord::progress::Progress;
use crate::discord::reply::Reply;
use crate::discord::report::{self, Status};
use crate::discord::respond::{self, Ticket, Way};
use crate::discord::text::Text;
use crate::snapshot::Snapshot;

use super::ask::choices;

/// `/corpus`
#[poise::command(
    slash_command,
    subcommands("reload", "status", "articles", "add", "remove", "undo"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub async fn corpus(_ctx: Context<'_>) -> Result<(), NoFault> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// `/corpus reload`
#[poise::command(slash_command)]
async fn reload(ctx: Context<'_>, force: Option<bool>, preview: Option<bool>) -> Result<(), NoFault> {
    let progress = Progress::default();
    moderated(ctx, "corpus reload", Some(&progress), async |bot, person, moderator| {
        match preview.unwrap_or(false) {
            true => preview_now(bot, person.text, &moderator, progress.clone()).await,
            false => reload_now(bot, person, &moderator, force.unwrap_or(false), progress.clone()).await,
        }
    })
    .await
}

/// `/corpus status`
#[poise::command(slash_command)]
async fn status(ctx: Context<'_>) -> Result<(), NoFault> {
    moderated(ctx, "corpus status", None, async |bot, person, moderator| {
        status_now(bot, person.text, &moderator)
    })
    .await
}

/// `/corpus articles`
#[poise::command(slash_command)]
async fn articles(ctx: Context<'_>, #[min = 1] page: Option<u32>) -> Result<(), NoFault> {
    moderated(ctx, "corpus articles", None, async |bot, person, moderator| {
        list_articles(bot, person.text, &moderator, page.unwrap_or(1))
    })
    .await
}

/// `/corpus add`: a file, or without one the form for a text.
#[poise::command(slash_command)]
async fn add(
    ctx: Context<'_>,
    file: Option<Attachment>,
    #[autocomplete = "collections"] folder: Option<String>,
) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let person = Person::of_command(bot, command).await;
    if file.is_none() && Moderator::check(&bot.settings, &person.caller).is_ok() {
        let form = edits::paste_form(person.text, folder.as_deref());
        let ticket = Ticket::command(command, Way::Private);
        respond::show(bot, &ctx.serenity_context().http, ticket, &CreateInteractionResponse::Modal(form))
            .await;
        return Ok(());
    }
    moderated(ctx, "corpus add", None, async |bot, person, moderator| match file {
        Some(file) => edits::add_file(bot, person.text, &moderator, &file, folder.as_deref()).await,
        None => Reply::note(person.text.broken()),
    })
    .await
}

/// `/corpus remove`
#[poise::command(slash_command)]
async fn remove(ctx: Context<'_>, #[autocomplete = "article_names"] article: String) -> Result<(), NoFault> {
    moderated(ctx, "corpus remove", None, async |bot, person, moderator| {
        edits::remove(bot, person.text, &moderator, &article).await
    })
    .await
}

/// `/corpus undo`
#[poise::command(slash_command)]
async fn undo(ctx: Context<'_>) -> Result<(), NoFault> {
    moderated(ctx, "corpus undo", None, async |bot, person, moderator| {
        edits::undo(bot, person.text, &moderator).await
    })
    .await
}

/// Does what only a moderator may do, or refuses it and records that.
async fn moderated(
    ctx: Context<'_>,
    action: &str,
    progress: Option<&Progress>,
    work: impl AsyncFnOnce(&Bot, &Person, Moderator) -> Reply,
) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let person = Person::of_command(bot, command).await;
    let reply = async {
        match edits::moderator(bot, &person, action).await {
            Ok(moderator) => work(bot, &person, moderator).await,
            Err(refusal) => refusal,
        }
    };
    let ticket = Ticket::command(command, Way::Private);
    let progress = progress.map(|progress| (progress, person.text));
    respond::to(bot, &ctx.serenity_context().http, ticket, progress, reply).await;
    Ok(())
}

async fn reload_now(bot: &Bot, person: &Person, _: &Moderator, force: bool, progress: Progress) -> Reply {
    let text = person.text;
    match bot.app.reload_telling(&person.asker, force, progress).await {
        Ok(report) => Reply::report(report::reload(&report, text)),
        Err(error) => match report::reload_error(&error, text) {
            Some(told) => Reply::report(told),
            None => edits::failed(&error, text),
        },
    }
}

async fn preview_now(bot: &Bot, text: Text, _: &Moderator, progress: Progress) -> Reply {
    match bot.app.preview(progress).await {
        Ok(report) => Reply::report(report::preview(&report, None, text)),
        Err(error) => match report::reload_error(&error, text) {
            Some(told) => Reply::report(told),
            None => edits::failed(&error, text),
        },
    }
}

fn status_now(bot: &Bot, text: Text, _: &Moderator) -> Reply {
    let snapshot = bot.app.snapshot();
    let status = Status {
        corpus: snapshot.summary(),
        index: snapshot.index_stats(),
        loaded_at: bot.app.loaded_at(),
        writable: bot.app.store().is_writable(),
    };
    Reply::report(report::status(&status, text))
}

fn list_articles(bot: &Bot, text: Text, _: &Moderator, page: u32) -> Reply {
    let page = usize::try_from(page).unwrap_or(usize::MAX);
    Reply::report(report::articles(bot.app.snapshot().corpus().articles(), page, text))
}

async fn collections(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    offered(ctx, typed, complete::collections).await
}

async fn article_names(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    offered(ctx, typed, complete::articles).await
}

/// What is offered to a moderator, and to nobody else: names are part of the corpus.
async fn offered(
    ctx: Context<'_>,
    typed: &str,
    complete: fn(&Snapshot, &str) -> Vec<Place>,
) -> CreateAutocompleteResponse {
    let bot = ctx.framework.user_data;
    let person = Person::of_command(bot, ctx.interaction).await;
    if Moderator::check(&bot.settings, &person.caller).is_err() {
        return CreateAutocompleteResponse::new();
    }
    let (snapshot, typed) = (bot.app.snapshot(), typed.to_owned());
    let found = tokio::task::spawn_blocking(move || complete(&snapshot, &typed)).await;
    choices(found.unwrap_or_default())
}
