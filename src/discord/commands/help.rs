//! `/help` and `/privacy`.

use crate::discord::bot::{Context, NoFault};
use crate::discord::person::Person;
use crate::discord::respond::{self, Reply, Ticket, Way};

/// `/help`
#[poise::command(slash_command)]
pub async fn help(ctx: Context<'_>) -> Result<(), NoFault> {
    let person = Person::of_command(ctx.framework.user_data, ctx.interaction).await;
    let articles = ctx.framework.user_data.app.snapshot().corpus().articles().len();
    tell(ctx, person.text.help(articles)).await
}

/// `/privacy`
#[poise::command(slash_command)]
pub async fn privacy(ctx: Context<'_>) -> Result<(), NoFault> {
    let person = Person::of_command(ctx.framework.user_data, ctx.interaction).await;
    tell(ctx, person.text.privacy()).await
}

async fn tell(ctx: Context<'_>, told: String) -> Result<(), NoFault> {
    let reply = std::future::ready(Reply::report(told));
    let ticket = Ticket::command(ctx.interaction, Way::Private);
    respond::to(ctx.framework.user_data, &ctx.serenity_context().http, ticket, None, reply).await;
    Ok(())
}
