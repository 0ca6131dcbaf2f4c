//! `/help`

use crate::discord::bot::{Context, NoFault};
use crate::discord::respond::{self, Reply};
use crate::discord::text;

/// What this bot is, how to ask, and what it stores
#[poise::command(slash_command)]
pub async fn help(ctx: Context<'_>) -> Result<(), NoFault> {
    let bot = ctx.framework.user_data;
    let help = text::help(bot.app.snapshot().corpus().articles().len());
    let reply = std::future::ready(Reply::report(help));
    respond::to_command(bot, &ctx.serenity_context().http, ctx.interaction, true, reply).await;
    Ok(())
}
