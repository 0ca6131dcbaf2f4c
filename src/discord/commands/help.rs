//! `/help`

use crate::discord::bot::{Context, NoFault};
use crate::discord::person::Person;
use crate::discord::respond::{self, Reply, Ticket, Way};

/// `/help`
#[poise::command(slash_command)]
pub async fn help(ctx: Context<'_>) -> Result<(), NoFault> {
    let bot = ctx.framework.user_data;
    let person = Person::of_command(bot, ctx.interaction).await;
    let articles = bot.app.snapshot().corpus().articles().len();
    let reply = std::future::ready(Reply::report(person.text.help(articles)));
    let ticket = Ticket::command(ctx.interaction, Way::Private);
    respond::to(bot, &ctx.serenity_context().http, ticket, None, reply).await;
    Ok(())
}
