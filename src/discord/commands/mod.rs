//! The commands: for members everywhere, for moderators of any server about that server, for moderators of
//! the home guilds about the corpus.

mod ask;
mod audit;
mod corpus;
mod help;
mod localize;
mod privacy;
mod settings;

use std::sync::Arc;

use serenity::builder::CreateCommand;
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
    let everywhere = match settings.ask_scope {
        AskScope::Home => vec![InteractionContext::Guild, InteractionContext::BotDm],
        AskScope::Everywhere => asked.clone(),
    };
    let (guild, member) = (&[InteractionContext::Guild], &[InstallationContext::Guild]);
    let mut commands = vec![
        in_contexts(ask::ask(), &asked, &installed),
        in_contexts(ask::find(), &asked, &installed),
        in_contexts(help::help(), &asked, &installed),
        // What is stored of a person is theirs wherever they are, also where questions are not answered.
        in_contexts(privacy::privacy(), &everywhere, &installed),
        in_contexts(settings::settings(), guild, member),
        in_contexts(audit::audit(), guild, member),
    ];
    commands.iter_mut().for_each(localize::command);
    if settings.home_guilds.is_empty() {
        commands.extend(home().into_iter().map(|command| in_contexts(command, guild, member)));
    }
    commands
}

/// The commands of moderators, as they are registered in the home guilds. Commands of a guild have no
/// contexts of their own. <https://discord.com/developers/docs/interactions/application-commands>
pub fn home() -> Vec<Command> {
    let mut commands = vec![corpus::corpus()];
    commands.iter_mut().for_each(localize::command);
    commands
}

/// Commands as Discord is told of them.
pub fn to_register(commands: &[Command]) -> Vec<CreateCommand> {
    let typed = commands.iter().filter_map(|command| command.create_as_slash_command());
    let on_messages = commands.iter().filter_map(|command| {
        // Poise leaves the names in other languages out here.
        let created = command.create_as_context_menu_command()?;
        let names = command.name_localizations.iter();
        Some(names.fold(created, |created, (locale, name)| created.name_localized(&**locale, &**name)))
    });
    typed.chain(on_messages).collect()
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
