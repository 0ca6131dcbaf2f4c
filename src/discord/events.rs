//! What the gateway tells, handed to whom it concerns; and what poise could not do, told to the asker.

use std::sync::Arc;

use poise::FrameworkError;
use serenity::client::{Context, FullEvent};
use serenity::model::application::CommandInteraction;

use super::bot::{Bot, NoFault};
use super::respond::{self, Reply};
use super::{mention, register, text};

/// Hands an event on. Commands are not among them: poise does those.
pub async fn on_event(
    framework: poise::FrameworkContext<'_, Arc<Bot>, NoFault>,
    event: &FullEvent,
) -> Result<(), NoFault> {
    let (bot, context) = (framework.user_data, framework.serenity_context);
    match event {
        FullEvent::Message { new_message } => mention::on_message(bot, context, new_message).await,
        FullEvent::GuildCreate { guild, .. } => {
            // A home guild may take the bot in after it was started.
            register::in_home_guild(bot, &context.http, guild.id.get()).await;
        }
        _ => {}
    }
    Ok(())
}

/// Tells the asker that a command could not be done, so that nobody waits for nothing, and logs why.
pub async fn on_error(error: FrameworkError<'_, Arc<Bot>, NoFault>) {
    match error {
        FrameworkError::CommandPanic { payload, ctx: poise::Context::Application(ctx), .. } => {
            let command = &ctx.command().qualified_name;
            tracing::error!(%command, reason = payload.as_deref().unwrap_or("no message"), "a command panicked");
            tell(ctx.framework.user_data, ctx.serenity_context(), ctx.interaction, text::broken()).await;
        }
        FrameworkError::ArgumentParse { ctx: poise::Context::Application(ctx), .. }
        | FrameworkError::CommandStructureMismatch { ctx, .. } => {
            tracing::warn!(command = %ctx.command().qualified_name, "a command came with options that it does not have");
            tell(ctx.framework.user_data, ctx.serenity_context(), ctx.interaction, text::outdated_command())
                .await;
        }
        FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            tracing::warn!(command = interaction.data.name, "a command came that there is not");
            let (bot, context) = (framework.user_data, framework.serenity_context);
            tell(bot, context, interaction, text::outdated_command()).await;
        }
        other => tracing::error!(error = %other, "an event could not be handled"),
    }
}

async fn tell(bot: &Bot, context: &Context, command: &CommandInteraction, what: &'static str) {
    respond::to_command(bot, &context.http, command, true, std::future::ready(Reply::note(what))).await;
}
