//! Who does something, where, in which language, and by which settings?

use std::sync::Arc;

use serenity::model::Permissions;
use serenity::model::application::{CommandInteraction, ComponentInteraction, ModalInteraction};
use serenity::model::channel::Message;
use serenity::model::guild::Member;

use crate::audit::{Asker, Origin};

use super::access::{self, Caller};
use super::bot::Bot;
use super::guild::GuildSettings;
use super::locale::Locale;
use super::text::Text;

/// A person who does something.
#[derive(Debug, Clone)]
pub struct Person {
    /// As records name them.
    pub asker: Asker,
    /// What Discord says of them.
    pub caller: Caller,
    /// The bot's words in the language to be used with them.
    pub text: Text,
    /// The language of their Discord, where that is told and the bot speaks it, else English.
    pub own: Locale,
    /// What the moderators of the server decided.
    pub guild: Arc<GuildSettings>,
}

impl Person {
    /// Who uses a command.
    pub async fn of_command(bot: &Bot, command: &CommandInteraction) -> Person {
        let guild = command.guild_id.map(|guild| guild.get());
        let caller = caller(guild, command.member.as_deref());
        Person::new(bot, caller, command.channel_id.get(), command.user.id.get(), &command.locale).await
    }

    /// Who presses a button.
    pub async fn of_component(bot: &Bot, component: &ComponentInteraction) -> Person {
        let guild = component.guild_id.map(|guild| guild.get());
        let caller = caller(guild, component.member.as_ref());
        Person::new(bot, caller, component.channel_id.get(), component.user.id.get(), &component.locale).await
    }

    /// Who sends a form in.
    pub async fn of_modal(bot: &Bot, modal: &ModalInteraction) -> Person {
        let guild = modal.guild_id.map(|guild| guild.get());
        let caller = caller(guild, modal.member.as_ref());
        Person::new(bot, caller, modal.channel_id.get(), modal.user.id.get(), &modal.locale).await
    }

    /// Who writes a message. With messages Discord tells neither the person's language nor what they may do.
    pub async fn of_message(bot: &Bot, message: &Message) -> Person {
        let roles = message.member.as_ref().map(|member| &member.roles);
        let caller = Caller {
            guild: message.guild_id.map(|guild| guild.get()),
            manages_guild: false,
            manages_messages: false,
            roles: roles.into_iter().flatten().map(|role| role.get()).collect(),
        };
        Person::new(bot, caller, message.channel_id.get(), message.author.id.get(), "").await
    }

    /// Whether they may ask where they are.
    pub fn may_ask(&self, bot: &Bot) -> bool {
        access::may_ask(&bot.settings, &self.guild, &self.caller, self.asker.user).is_ok()
    }

    async fn new(bot: &Bot, caller: Caller, channel: u64, user: u64, locale: &str) -> Person {
        let guild = bot.guilds.settings(&bot.app, caller.guild).await;
        let own = Locale::of_discord(locale).unwrap_or_default();
        let text = Text::new(guild.language.unwrap_or(own));
        let asker =
            Asker { origin: Origin::Discord, guild: caller.guild, channel: Some(channel), user: Some(user) };
        Person { asker, caller, text, own, guild }
    }
}

/// What Discord says of a person with an interaction.
fn caller(guild: Option<u64>, member: Option<&Member>) -> Caller {
    let permissions = member.and_then(|member| member.permissions).unwrap_or_default();
    Caller {
        guild,
        manages_guild: permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
        manages_messages: permissions.intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
    }
}
