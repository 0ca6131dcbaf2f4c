//! What happens to a question, by whichever way it came: scope, cooldown, answer, or the refusal of one.

use std::time::Instant;

use crate::answer::QuestionError;
use crate::app::AskError;
use crate::audit::Asker;

use super::access;
use super::bot::Bot;
use super::respond::Reply;
use super::text;

/// Answers, or says why not. `echo` repeats the question above the answer.
pub async fn ask(bot: &Bot, asker: &Asker, question: &str, echo: bool) -> Reply {
    if !access::may_ask(&bot.settings, asker.guild) {
        let record = bot.refuse(asker, "ask", "scope", Some(question)).await;
        return Reply::refusal(text::out_of_scope(asker.guild.is_some()), record);
    }
    if let Some(user) = asker.user
        && let Err(seconds) = bot.cooldown.ask(user, Instant::now())
    {
        let record = bot.refuse(asker, "ask", "cooldown", Some(question)).await;
        return Reply::refusal(text::cooldown(seconds), record);
    }
    match bot.app.ask(asker, question).await {
        Ok(answer) => Reply::answer(answer, echo),
        Err(AskError::Refused { error, id }) => {
            let why = match error {
                QuestionError::Empty => text::empty_question().to_owned(),
                QuestionError::TooLong { chars } => text::too_long(chars),
            };
            Reply::refusal(why, Some(id))
        }
        Err(AskError::Store(error)) => {
            tracing::error!(%error, "a question stayed without an answer: its record could not be written");
            Reply::refusal(text::unrecorded(), None)
        }
        Err(error @ AskError::Failed) => {
            tracing::error!(%error, "a question stayed without an answer");
            Reply::refusal(text::broken(), None)
        }
    }
}
