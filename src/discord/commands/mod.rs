//! The slash commands: for members everywhere, for moderators in the home guilds.

mod ask;
mod corpus;
mod help;
mod privacy;

use std::sync::Arc;

use serenity::model::application::{InstallationContext, InteractionContext};

use super::bot::{Bot, NoFault};
use super::settings::{AskScope, BotSettings};

type Command = poise::Command<Arc<Bot>, NoFault>;

/// Every command that the bot knows.
pub fn all(settings: &BotSettings) -> Vec<Command> {
    let mut commands = global(settings);
    if !settings.home_guilds.is_empty() {
        commands.extend(home());
    }
    commands
}

/// The commands that are registered for everybody, each where it is of use.
///
/// Where no home guild is set the commands of moderators are among them, so that a moderator can be told how
/// to set one.
pub fn global(settings: &BotSettings) -> Vec<Command> {
    let (asked, installed) = match settings.ask_scope {
        AskScope::Home => (vec![InteractionContext::Guild], vec![InstallationContext::Guild]),
        AskScope::Everywhere => (
            vec![InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel],
            vec![InstallationContext::Guild, InstallationContext::User],
        ),
    };
    let mut commands = vec![
        in_contexts(ask::ask(), &asked, &installed),
        in_contexts(help::help(), &asked, &installed),
        in_contexts(privacy::privacy(), &asked, &installed),
    ];
    if settings.home_guilds.is_empty() {
        commands.extend(home().into_iter().map(|command| {
            in_contexts(command, &[InteractionContext::Guild], &[InstallationContext::Guild])
        }));
    }
    commands
}

/// The commands of moderators, as they are registered in the home guilds. Commands of a guild have no
/// contexts of their own. <https://discord.com/developers/docs/interactions/application-commands>
pub fn home() -> Vec<Command> {
    vec![corpus::corpus()]
}

fn in_contexts(
    mut command: Command,
    contexts: &[InteractionContext],
    installed: &[InstallationContext],
) -> Command {
    command.interaction_context = Some(contexts.to_vec());
    command.install_context = Some(installed.to_vec());
    command
}
