//! What the gateway tells, handed to whom it concerns; and what poise could not do, told to the asker.

use std::sync::Arc;

use poise::FrameworkError;
use serenity::client::{Context, FullEvent, RawEventHandler};
use serenity::model::application::{CommandInteraction, Interaction};
use serenity::model::event::Event;

use super::bot::{Bot, NoFault};
use super::person::Person;
use super::reply::Reply;
use super::respond::{self, Ticket, Way};
use super::text::Text;
use super::{mention, press, register};

/// Hands an event on. Commands are not among them: poise does those.
pub async fn on_event(
    framework: poise::FrameworkContext<'_, Arc<Bot>, NoFault>,
    event: &FullEvent,
) -> Result<(), NoFault> {
    let (bot, context) = (framework.user_data, framework.serenity_context);
    match event {
        FullEvent::Ready { .. } => count_session("new"),
        FullEvent::Resume { .. } => count_session("resumed"),
        FullEvent::Message { new_message } if bot.seen.is_new(new_message.id.get()) => {
            mention::on_message(bot, context, new_message);
        }
        FullEvent::InteractionCreate { interaction } => match interaction {
            Interaction::Component(component) if bot.seen.is_new(component.id.get()) => {
                press::on_component(bot, context, component).await;
            }
            Interaction::Modal(modal) if bot.seen.is_new(modal.id.get()) => {
                press::on_modal(bot, context, modal).await;
            }
            _ => {}
        },
        FullEvent::GuildCreate { guild, .. } => {
            // A home guild may take the bot in after it was started.
            register::in_home_guild(bot, &context.http, guild.id.get()).await;
        }
        _ => {}
    }
    Ok(())
}

/// Tells of events that serenity does not know or cannot parse, which it passes over: by their name alone, since what
/// is in them may be secret.
pub struct Unknown;

#[serenity::async_trait]
impl RawEventHandler for Unknown {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Event::Unknown(event) = event {
            tracing::debug!(kind = event.kind, "an event came that is not known");
        }
    }
}

fn count_session(kind: &'static str) {
    metrics::counter!("footnote_gateway_sessions_total", "kind" => kind).increment(1);
}

/// Whether a command comes for the first time. Poise asks once for the command and once for each that it belongs to.
pub async fn is_new_command(ctx: poise::Context<'_, Arc<Bot>, NoFault>) -> bool {
    /// What an invocation is marked with that was asked about before.
    struct Asked;
    if ctx.invocation_data::<Asked>().await.is_some() {
        return true;
    }
    ctx.set_invocation_data(Asked).await;
    match ctx {
        poise::Context::Application(ctx) => ctx.framework.user_data.seen.is_new(ctx.interaction.id.get()),
        poise::Context::Prefix(_) => true,
    }
}

/// Tells the asker that a command could not be done, so that nobody waits for nothing, and logs why.
pub async fn on_error(error: FrameworkError<'_, Arc<Bot>, NoFault>) {
    match error {
        FrameworkError::CommandPanic { payload, ctx: poise::Context::Application(ctx), .. } => {
            let command = &ctx.command().qualified_name;
            tracing::error!(%command, reason = payload.as_deref().unwrap_or("no message"), "a command panicked");
            tell(ctx.framework.user_data, ctx.serenity_context(), ctx.interaction, Text::broken).await;
        }
        FrameworkError::ArgumentParse { ctx: poise::Context::Application(ctx), .. }
        | FrameworkError::CommandStructureMismatch { ctx, .. } => {
            tracing::warn!(command = %ctx.command().qualified_name, "a command came with options that it does not have");
            tell(ctx.framework.user_data, ctx.serenity_context(), ctx.interaction, Text::outdated_command)
                .await;
        }
        FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            tracing::warn!(command = interaction.data.name, "a command came that there is not");
            let (bot, context) = (framework.user_data, framework.serenity_context);
            tell(bot, context, interaction, Text::outdated_command).await;
        }
        // It came before: it is answered already.
        FrameworkError::CommandCheckFailed { error: None, .. } => {}
        other => tracing::error!(error = %other, "an event could not be handled"),
    }
}

async fn tell(bot: &Bot, context: &Context, command: &CommandInteraction, what: fn(Text) -> String) {
    let text = Person::of_command(bot, command).await.text;
    let ticket = Ticket::command(command, Way::Private);
    respond::to(bot, &context.http, ticket, None, std::future::ready(Reply::note(what(text)))).await;
}
