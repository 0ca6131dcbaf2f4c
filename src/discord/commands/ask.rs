//! `/ask`

use crate::discord::bot::{self, Context, NoFault};
use crate::discord::{ask as question, respond};

/// Ask a question: the answer is quoted from the articles, with its sources
#[poise::command(slash_command)]
pub async fn ask(
    ctx: Context<'_>,
    #[description = "Your question, in a sentence or two"]
    #[max_length = 1000]
    question: String,
    #[description = "Show the answer to me alone"] private: Option<bool>,
) -> Result<(), NoFault> {
    let (bot, command) = (ctx.framework.user_data, ctx.interaction);
    let guild = command.guild_id.map(|guild| guild.get());
    let asker = bot::asker(guild, command.channel_id.get(), command.user.id.get());
    let work = question::ask(bot, &asker, &question, true);
    respond::to_command(bot, &ctx.serenity_context().http, command, private.unwrap_or(false), work).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::answer::QUESTION_CHARS_MAX;

    #[test]
    fn discord_is_told_the_limit_of_a_question() {
        let command = super::ask().create_as_slash_command().expect("a slash command");
        let command = serde_json::to_value(command).expect("JSON");
        assert_eq!(command["options"][0]["max_length"], QUESTION_CHARS_MAX);
    }
}
