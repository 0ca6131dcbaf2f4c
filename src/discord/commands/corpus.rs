//! `/corpus`: for moderators of the home guilds. Each of them asks for the proof of that, [`Moderator`].

use crate::audit::Asker;
use crate::discord::access::{Caller, Moderator, NotModerator};
use crate::discord::bot::{self, Bot, Context, NoFault};
use crate::discord::report::{self, Status};
use crate::discord::respond::{self, Reply};
use crate::discord::text;

use serenity::model::Permissions;
use serenity::model::application::CommandInteraction;

/// Look after the articles
#[poise::command(
    slash_command,
    subcommands("reload", "status", "articles"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
pub async fn corpus(_ctx: Context<'_>) -> Result<(), NoFault> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// Read the articles again, check them, and use them if nothing is lost
#[poise::command(slash_command)]
async fn reload(
    ctx: Context<'_>,
    #[description = "Use them even if most articles are gone or a golden question fails"] force: Option<bool>,
) -> Result<(), NoFault> {
    moderated(ctx, "corpus reload", async |bot, asker, moderator| {
        reload_now(bot, asker, &moderator, force.unwrap_or(false)).await
    })
    .await
}

/// How many articles there are, when they were loaded, whether answers can be recorded
#[poise::command(slash_command)]
async fn status(ctx: Context<'_>) -> Result<(), NoFault> {
    moderated(ctx, "corpus status", async |bot, _, moderator| status_now(bot, &moderator)).await
}

/// List the articles
#[poise::command(slash_command)]
async fn articles(
    ctx: Context<'_>,
    #[description = "Which page of the list"]
    #[min = 1]
    page: Option<u32>,
) -> Result<(), NoFault> {
    moderated(ctx, "corpus articles", async |bot, _, moderator| {
        list_articles(bot, &moderator, page.unwrap_or(1))
    })
    .await
}

/// Does what only a moderator may do, or refuses it and records that.
async fn moderated(
    ctx: Context<'_>,
    action: &str,
    work: impl AsyncFnOnce(&Bot, &Asker, Moderator) -> Reply,
) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let guild = command.guild_id.map(|guild| guild.get());
    let asker = bot::asker(guild, command.channel_id.get(), command.user.id.get());
    let reply = async {
        match Moderator::check(&bot.settings, &caller(command)) {
            Ok(moderator) => work(bot, &asker, moderator).await,
            Err(why) => {
                let record = bot.refuse(&asker, action, "permission", None).await;
                Reply::refusal(refusal(why), record)
            }
        }
    };
    respond::to_command(bot, &ctx.serenity_context().http, command, true, reply).await;
    Ok(())
}

fn refusal(why: NotModerator) -> String {
    match why {
        NotModerator::NotHome | NotModerator::NoRole => text::not_moderator().to_owned(),
        NotModerator::HomeUnset { guild } => text::home_unset(guild),
    }
}

/// Who gives a command, from what Discord says of them with the command itself.
fn caller(command: &CommandInteraction) -> Caller {
    let member = command.member.as_deref();
    let permissions = member.and_then(|member| member.permissions).unwrap_or_default();
    Caller {
        guild: command.guild_id.map(|guild| guild.get()),
        manages_guild: permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
        roles: member.map(|member| member.roles.iter().map(|role| role.get()).collect()).unwrap_or_default(),
    }
}

async fn reload_now(bot: &Bot, asker: &Asker, _: &Moderator, force: bool) -> Reply {
    match bot.app.reload(asker, force).await {
        Ok(report) => Reply::report(report::reload(&report)),
        Err(error) => match report::reload_error(&error) {
            Some(told) => Reply::report(told),
            None => {
                tracing::error!(%error, "a reload was not done");
                Reply::note(text::reload_failed())
            }
        },
    }
}

fn status_now(bot: &Bot, _: &Moderator) -> Reply {
    let snapshot = bot.app.snapshot();
    Reply::report(report::status(&Status {
        corpus: snapshot.summary(),
        index: snapshot.index_stats(),
        loaded_at: bot.app.loaded_at(),
        writable: bot.app.store().is_writable(),
    }))
}

fn list_articles(bot: &Bot, _: &Moderator, page: u32) -> Reply {
    let page = usize::try_from(page).unwrap_or(usize::MAX);
    Reply::report(report::articles(bot.app.snapshot().corpus().articles(), page))
}
