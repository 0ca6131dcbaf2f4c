//! `/settings`: for moderators of any server, about that server. Each asks for the proof of that, [`Manager`].

use serenity::model::channel::Channel;
use serenity::model::guild::Role;
use serenity::model::user::User;

use crate::discord::access::Manager;
use crate::discord::bot::{Bot, Context, NoFault};
use crate::discord::guild::{self, GuildSettings, NAMED_MAX, Setting};
use crate::discord::locale::Locale;
use crate::discord::person::Person;
use crate::discord::reply::Reply;
use crate::discord::respond::{self, Ticket, Way};
use crate::discord::text::Text;

/// `/settings`
#[poise::command(
    slash_command,
    subcommands("show", "language", "private", "cooldown", "confidence", "channel", "role", "block"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub async fn settings(_ctx: Context<'_>) -> Result<(), NoFault> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// `/settings show`
#[poise::command(slash_command)]
async fn show(ctx: Context<'_>) -> Result<(), NoFault> {
    managed(ctx, async |bot, person, _| Reply::report(overview(&person.guild, bot, person.text))).await
}

/// A language by its own name.
#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Language {
    #[name = "English"]
    English,
    #[name = "Español"]
    Spanish,
    #[name = "Français"]
    French,
    #[name = "Deutsch"]
    German,
    #[name = "Português"]
    Portuguese,
    #[name = "Русский"]
    Russian,
    #[name = "العربية"]
    Arabic,
    #[name = "فارسی"]
    Persian,
    #[name = "Türkçe"]
    Turkish,
    #[name = "中文"]
    Chinese,
}

impl From<Language> for Locale {
    fn from(language: Language) -> Locale {
        match language {
            Language::English => Locale::English,
            Language::Spanish => Locale::Spanish,
            Language::French => Locale::French,
            Language::German => Locale::German,
            Language::Portuguese => Locale::Portuguese,
            Language::Russian => Locale::Russian,
            Language::Arabic => Locale::Arabic,
            Language::Persian => Locale::Persian,
            Language::Turkish => Locale::Turkish,
            Language::Chinese => Locale::Chinese,
        }
    }
}

/// `/settings language`
#[poise::command(slash_command)]
async fn language(ctx: Context<'_>, language: Option<Language>) -> Result<(), NoFault> {
    change(ctx, &[Setting::Language], |settings, _| settings.language = language.map(Locale::from)).await
}

/// `/settings private`
#[poise::command(slash_command)]
async fn private(ctx: Context<'_>, value: bool) -> Result<(), NoFault> {
    change(ctx, &[Setting::Private], |settings, _| settings.private = value).await
}

/// `/settings cooldown`
#[poise::command(slash_command)]
async fn cooldown(
    ctx: Context<'_>,
    #[min = 0]
    #[max = 86400]
    person: Option<u32>,
    #[min = 0]
    #[max = 86400]
    server: Option<u32>,
) -> Result<(), NoFault> {
    change(ctx, &[Setting::CooldownS, Setting::ServerCooldownS], |settings, _| {
        settings.cooldown_s = person.or(settings.cooldown_s);
        settings.server_cooldown_s = server.unwrap_or(settings.server_cooldown_s);
    })
    .await
}

/// `/settings confidence`
#[poise::command(slash_command)]
async fn confidence(
    ctx: Context<'_>,
    #[min = 0]
    #[max = 100]
    percent: Option<u8>,
) -> Result<(), NoFault> {
    change(ctx, &[Setting::ConfidencePercent], |settings, _| settings.confidence_percent = percent).await
}

/// `/settings channel`
#[poise::command(slash_command)]
async fn channel(
    ctx: Context<'_>,
    #[channel_types("Text", "News", "Forum")] channel: Channel,
    answer: bool,
) -> Result<(), NoFault> {
    let id = channel.id().get();
    change(ctx, &[Setting::Channels], |settings, refuse| {
        if answer && !ctx.framework.user_data.settings.message_content {
            *refuse = Some(Text::settings_content_off);
        } else if !guild::name(&mut settings.channels, id, answer) {
            *refuse = Some(full);
        }
    })
    .await
}

/// `/settings role`
#[poise::command(slash_command)]
async fn role(ctx: Context<'_>, role: Role, allow: bool) -> Result<(), NoFault> {
    change(ctx, &[Setting::Roles], |settings, refuse| {
        if !guild::name(&mut settings.roles, role.id.get(), allow) {
            *refuse = Some(full);
        }
    })
    .await
}

/// `/settings block`
#[poise::command(slash_command)]
async fn block(ctx: Context<'_>, person: User, block: bool) -> Result<(), NoFault> {
    change(ctx, &[Setting::Blocked], |settings, refuse| {
        if !guild::name(&mut settings.blocked, person.id.get(), block) {
            *refuse = Some(full);
        }
    })
    .await
}

fn full(text: Text) -> String {
    text.settings_full(NAMED_MAX)
}

/// Does what only a moderator of the server may do, or refuses it and records that.
async fn managed(
    ctx: Context<'_>,
    work: impl AsyncFnOnce(&Bot, &Person, Manager) -> Reply,
) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let person = Person::of_command(bot, command).await;
    let reply = async {
        match Manager::check(&bot.settings, &person.caller) {
            Some(manager) => work(bot, &person, manager).await,
            None => {
                let record = bot.refuse(&person.asker, "settings", "permission", None).await;
                Reply::refusal(person.text.not_manager(), record)
            }
        }
    };
    let ticket = Ticket::command(command, Way::Private);
    respond::to(bot, &ctx.serenity_context().http, ticket, None, reply).await;
    Ok(())
}

/// Changes some settings and records that; `alter` may refuse it.
async fn change(
    ctx: Context<'_>,
    changed: &[Setting],
    alter: impl FnOnce(&mut GuildSettings, &mut Option<fn(Text) -> String>),
) -> Result<(), NoFault> {
    managed(ctx, async |bot, person, manager| {
        // One change after the other, each from what is stored: from anything else it would undo another's.
        let _changing = bot.guilds.changing.lock().await;
        let mut settings = match bot.guilds.stored(&bot.app, manager.guild).await {
            Ok(settings) => settings,
            Err(error) => {
                tracing::warn!(%error, "settings could not be read, and so not changed");
                return Reply::note(person.text.settings_failed());
            }
        };
        let mut refusal = None;
        alter(&mut settings, &mut refusal);
        if let Some(refusal) = refusal {
            return Reply::note(refusal(person.text));
        }
        for &setting in changed {
            let value = settings.value(setting).map_or(serde_json::Value::Null, serde_json::Value::from);
            let set = bot.app.set_setting(&person.asker, manager.guild, setting.as_str(), value).await;
            if let Err(error) = set {
                // The store logs the fault itself, once.
                tracing::debug!(%error, "a setting was not saved");
                bot.guilds.forget();
                return Reply::note(person.text.settings_failed());
            }
        }
        bot.guilds.forget();
        // What was set may be the language.
        let text = Text::new(settings.language.unwrap_or(person.own));
        Reply::report(format!("{}\n{}", text.settings_saved(), overview(&settings, bot, text)))
    })
    .await
}

/// All settings of a server, within an embed: fifty mentions of twenty-four characters three times over fit.
fn overview(settings: &GuildSettings, bot: &Bot, text: Text) -> String {
    let yes_or_no = |value| if value { text.settings_yes() } else { text.settings_no() };
    let list = |ids: &[u64], mark: &str, none: String| match ids {
        [] => none,
        ids => ids.iter().map(|id| format!("<{mark}{id}>")).collect::<Vec<_>>().join(" "),
    };
    let language =
        settings.language.map_or_else(|| text.settings_language_own(), |language| language.name().to_owned());
    let seconds = settings.cooldown_s.map_or(bot.settings.cooldown.as_secs() as usize, |s| s as usize);
    let usual = (bot.app.params().confidence_min * 100.0).round() as usize;
    let percent = settings.confidence_percent.map_or(usual, usize::from);
    [
        text.settings(),
        text.settings_language(&language),
        text.settings_private(&yes_or_no(settings.private)),
        text.settings_cooldown(seconds, settings.server_cooldown_s as usize),
        text.settings_confidence(percent),
        text.settings_channels(&list(&settings.channels, "#", text.settings_none())),
        text.settings_roles(&list(&settings.roles, "@&", text.settings_everyone())),
        text.settings_blocked(&list(&settings.blocked, "@", text.settings_none())),
    ]
    .join("\n")
}
