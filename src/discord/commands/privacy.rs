//! `/privacy`

use crate::discord::bot::{Context, NoFault};
use crate::discord::respond::{self, Reply};
use crate::discord::text;

/// What this bot stores about you, and what it does not
#[poise::command(slash_command)]
pub async fn privacy(ctx: Context<'_>) -> Result<(), NoFault> {
    let bot = ctx.framework.user_data;
    let reply = std::future::ready(Reply::report(text::privacy().to_owned()));
    respond::to_command(bot, &ctx.serenity_context().http, ctx.interaction, true, reply).await;
    Ok(())
}
