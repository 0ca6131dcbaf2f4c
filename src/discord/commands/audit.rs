//! `/audit`: for moderators of any server about the answers given there, for those of the home servers about all.
//! Each asks for the proof of that, [`Auditor`].

use crate::app::Form as Kept;
use crate::discord::access::Auditor;
use crate::discord::auditing::{self, Listing};
use crate::discord::bot::{Bot, Context, NoFault};
use crate::discord::edits;
use crate::discord::head;
use crate::discord::person::Person;
use crate::discord::respond::{self, Reply, Ticket, Way};

/// `/audit`
#[poise::command(
    slash_command,
    subcommands("recent", "show", "search", "export", "head"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub async fn audit(_ctx: Context<'_>) -> Result<(), NoFault> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// `/audit recent`
#[poise::command(slash_command)]
async fn recent(ctx: Context<'_>, unanswered: Option<bool>) -> Result<(), NoFault> {
    let listing = Listing { unanswered: unanswered.unwrap_or(false), ..Listing::default() };
    audited(ctx, "audit recent", async |bot, person, auditor| {
        auditing::list(bot, person.text, &auditor, &listing).await
    })
    .await
}

/// `/audit show`
#[poise::command(slash_command)]
async fn show(ctx: Context<'_>, #[min = 1] record: i64) -> Result<(), NoFault> {
    audited(ctx, "audit show", async |bot, person, auditor| {
        auditing::show(bot, person.text, &auditor, record).await
    })
    .await
}

/// `/audit search`
#[poise::command(slash_command)]
async fn search(
    ctx: Context<'_>,
    #[max_length = 200] words: String,
    unanswered: Option<bool>,
) -> Result<(), NoFault> {
    let words = Some(words.trim().to_owned());
    let listing = Listing { words, unanswered: unanswered.unwrap_or(false), before: None };
    audited(ctx, "audit search", async |bot, person, auditor| {
        auditing::list(bot, person.text, &auditor, &listing).await
    })
    .await
}

/// As what records are handed out.
#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Form {
    #[name = "JSON lines"]
    JsonLines,
    #[name = "CSV"]
    Csv,
}

/// `/audit export`
#[poise::command(slash_command)]
async fn export(
    ctx: Context<'_>,
    form: Option<Form>,
    #[min = 1]
    #[max = 36500]
    days: Option<u32>,
) -> Result<(), NoFault> {
    let form = match form {
        Some(Form::Csv) => Kept::Csv,
        Some(Form::JsonLines) | None => Kept::JsonLines,
    };
    audited(ctx, "audit export", async |bot, person, auditor| {
        auditing::export(bot, person.text, &auditor, form, days).await
    })
    .await
}

/// `/audit head`: of all records, so for the home servers alone.
#[poise::command(slash_command)]
async fn head(ctx: Context<'_>) -> Result<(), NoFault> {
    let http = &ctx.serenity_context().http;
    told(ctx, async |bot, person| match edits::moderator(bot, person, "audit head").await {
        Ok(moderator) => head::on_demand(bot, http, person.text, &moderator).await,
        Err(refusal) => refusal,
    })
    .await
}

/// Does what only a moderator may do, or refuses it and records that.
async fn audited(
    ctx: Context<'_>,
    action: &str,
    work: impl AsyncFnOnce(&Bot, &Person, Auditor) -> Reply,
) -> Result<(), NoFault> {
    told(ctx, async |bot, person| match auditing::auditor(bot, person, action).await {
        Ok(auditor) => work(bot, person, auditor).await,
        Err(refusal) => refusal,
    })
    .await
}

async fn told(ctx: Context<'_>, work: impl AsyncFnOnce(&Bot, &Person) -> Reply) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let person = Person::of_command(bot, command).await;
    let ticket = Ticket::command(command, Way::Private);
    respond::to(bot, &ctx.serenity_context().http, ticket, None, work(bot, &person)).await;
    Ok(())
}
