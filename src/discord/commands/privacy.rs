//! `/privacy`: for everybody, about themselves.

use crate::discord::bot::{Bot, Context, NoFault};
use crate::discord::person::Person;
use crate::discord::privacy as own;
use crate::discord::respond::{self, Reply, Ticket, Way};

/// `/privacy`
#[poise::command(slash_command, subcommands("show", "export", "delete"), subcommand_required)]
pub async fn privacy(_ctx: Context<'_>) -> Result<(), NoFault> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// `/privacy show`
#[poise::command(slash_command)]
async fn show(ctx: Context<'_>) -> Result<(), NoFault> {
    tell(ctx, async |bot, person| own::show(bot, person)).await
}

/// `/privacy export`
#[poise::command(slash_command)]
async fn export(ctx: Context<'_>) -> Result<(), NoFault> {
    tell(ctx, async |bot, person| own::export(bot, person).await).await
}

/// `/privacy delete`
#[poise::command(slash_command)]
async fn delete(ctx: Context<'_>) -> Result<(), NoFault> {
    tell(ctx, async |_, person| own::confirm(person.text)).await
}

async fn tell(ctx: Context<'_>, work: impl AsyncFnOnce(&Bot, &Person) -> Reply) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let person = Person::of_command(bot, command).await;
    let ticket = Ticket::command(command, Way::Private);
    respond::to(bot, &ctx.serenity_context().http, ticket, None, work(bot, &person)).await;
    Ok(())
}
