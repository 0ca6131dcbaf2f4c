//! What happens to a question, by whichever way it came: may it be asked, is it too soon, what is the answer?

use std::time::{Duration, Instant};

use crate::answer::{Manner, QUESTION_CHARS_MAX, QuestionError};
use crate::app::{AskError, Asking};
use crate::audit::RecordId;

use super::access::{self, NotAllowed};
use super::bot::Bot;
use super::cooldown::Who;
use super::person::Person;
use super::reply::Reply;
use super::{complete, escape, limits, text};

/// A question, and how it came.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// The article or collection to look in, as typed.
    pub within: Option<String>,
    /// The question it follows: its record, and its text where that is still there.
    pub follows: Option<(RecordId, Option<String>)>,
    /// Which page of further passages is wanted; 0 for the answer.
    pub page: u32,
    /// Whether to repeat the question above the answer, for where others do not see it.
    pub echo: bool,
    /// Whether the answer is shown to the asker alone.
    pub private: bool,
    /// Nobody addressed us: below this confidence, or where the person may not ask, nothing is said.
    pub silent_below: Option<f64>,
    /// What is asked in place of the text where that leads to silence.
    pub or_else: Option<String>,
}

/// Answers, or says why not; says nothing only where [`Asked::silent_below`] wants it so.
pub async fn ask(bot: &Bot, person: &Person, asked: Asked) -> Option<Reply> {
    let text = person.text;
    let silent = asked.silent_below.is_some();
    if bot.under_way.is_crowded() {
        // Not recorded: that would cost what turning away saves. It is counted, and the log says so.
        return (!silent).then(|| Reply::refusal(text.busy(), None));
    }
    if let Err((reason, told)) = may_ask(bot, person, &asked) {
        if silent {
            return None;
        }
        let record = bot.refuse(&person.asker, "ask", reason, Some(&asked.text)).await;
        return Some(Reply::refusal(told, record));
    }
    let within = match asked.within.as_deref() {
        None => None,
        Some(name) => match bot.app.snapshot().within(name) {
            Some(within) => Some(within),
            None => return Some(nothing_within(bot, person, &asked, name).await),
        },
    };
    let (follows, before) = asked.follows.clone().map_or((None, None), |(record, text)| (Some(record), text));
    let confidence_min = person.guild.confidence_percent.map(|percent| f64::from(percent) / 100.0);
    let asking = Asking {
        manner: Manner { within, follows, page: asked.page, private: asked.private },
        before,
        confidence_min,
        silent_below: asked.silent_below,
    };
    let mut answered = bot.app.ask_as(&person.asker, &asked.text, asking.clone()).await;
    if let (Ok(None), Some(other)) = (&answered, &asked.or_else) {
        answered = bot.app.ask_as(&person.asker, other, asking).await;
    }
    if silent && matches!(answered, Ok(Some(_))) {
        // What is passed over in silence costs nobody their turn.
        bot.cooldown.note(&waiting(bot, person, &asked), Instant::now());
    }
    match answered {
        Ok(answer) => answer.map(|answer| Reply::answer(answer, text, asked.echo, asked.private)),
        Err(_) if silent => None,
        Err(AskError::Refused { error, id }) => {
            let why = match error {
                QuestionError::Empty => text.empty_question(),
                QuestionError::TooLong { chars } => text.too_long(chars, QUESTION_CHARS_MAX),
            };
            Some(Reply::refusal(why, Some(id)))
        }
        Err(AskError::Store(error)) => {
            // The store logs the fault itself, once.
            tracing::debug!(%error, "a question stayed without an answer: its record could not be written");
            Some(Reply::refusal(text.unrecorded(), None))
        }
        Err(error @ AskError::Failed) => {
            tracing::error!(%error, "a question stayed without an answer");
            Some(Reply::refusal(text.broken(), None))
        }
    }
}

/// Whether the question may be asked now; else why not, as records and as people are told.
fn may_ask(bot: &Bot, person: &Person, asked: &Asked) -> Result<(), (&'static str, String)> {
    let text = person.text;
    access::may_ask(&bot.settings, &person.guild, &person.caller, person.asker.user).map_err(
        |why| match why {
            NotAllowed::Scope if person.caller.guild.is_some() => ("scope", text.out_of_scope_server()),
            NotAllowed::Scope => ("scope", text.out_of_scope_direct()),
            NotAllowed::Blocked => ("blocked", text.blocked()),
            NotAllowed::Role => ("role", text.role_needed()),
        },
    )?;
    let (who, now) = (waiting(bot, person, asked), Instant::now());
    let may = match asked.silent_below {
        Some(_) => bot.cooldown.check(&who, now),
        None => bot.cooldown.ask(&who, now),
    };
    may.map_err(|(who, seconds)| {
        let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
        match who {
            Who::Person(_) => ("cooldown", text.cooldown(seconds)),
            Who::Server(_) => ("cooldown", text.cooldown_server(seconds)),
        }
    })
}

/// Who waits between two questions, and how long.
fn waiting(bot: &Bot, person: &Person, asked: &Asked) -> Vec<(Who, Duration)> {
    // Who pages through an answer asks nothing new.
    if asked.page > 0 {
        return Vec::new();
    }
    let own = person.guild.cooldown_s.map_or(bot.settings.cooldown, |s| Duration::from_secs(s.into()));
    let servers = Duration::from_secs(person.guild.server_cooldown_s.into());
    let user = person.asker.user.map(|user| (Who::Person(user), own));
    let server = person.caller.guild.map(|guild| (Who::Server(guild), servers));
    user.into_iter().chain(server).collect()
}

/// There is nothing of that name to look in: what comes nearest to it.
async fn nothing_within(bot: &Bot, person: &Person, asked: &Asked, name: &str) -> Reply {
    let text = person.text;
    let record = bot.refuse(&person.asker, "ask", "within", Some(&asked.text)).await;
    let near: Vec<escape::Safe> = complete::places(&bot.app.snapshot(), name)
        .into_iter()
        .take(3)
        .map(|place| escape::line(&place.label, limits::TITLE_MAX))
        .collect();
    let mut told = text.within_unknown(&escape::line(name, limits::TITLE_MAX));
    if !near.is_empty() {
        told = format!("{told} {}", text.within_nearest(&text::join(&near)));
    }
    Reply::refusal(told, record)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::answer::AnswerParams;
    use crate::app::{App, AppSettings};
    use crate::audit::{Asker, Origin, Store};
    use crate::discord::access::Caller;
    use crate::discord::locale::Locale;
    use crate::discord::settings::BotSettings;
    use crate::discord::text::Text;
    use crate::discord::under_way::QUESTIONS_MAX;

    async fn bot(folder: &std::path::Path) -> Bot {
        std::fs::write(folder.join("a.md"), "The zeppelin landed at Lakehurst.").unwrap();
        let store = Store::open(&format!("sqlite://{}/audit.db", folder.display())).await.unwrap();
        let (corpus_dir, params) = (folder.to_owned(), AnswerParams::default());
        let settings = AppSettings { corpus_dir, cache: None, params, clock: Arc::new(Timestamp::now) };
        let (app, _) = App::start(settings, store, &()).unwrap();
        Bot::new(Arc::new(app), BotSettings::new("a.b.c".to_owned().into()))
    }

    #[tokio::test]
    async fn when_too_many_ask_the_rest_is_told_so_and_answered_once_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let bot = bot(folder.path()).await;
        let person = Person {
            asker: Asker { origin: Origin::Discord, guild: None, channel: Some(1), user: Some(2) },
            caller: Caller { guild: None, manages_guild: false, manages_messages: false, roles: Vec::new() },
            text: Text::default(),
            own: Locale::default(),
            guild: Arc::default(),
        };
        let asked = Asked { text: "where did the zeppelin land?".to_owned(), ..Asked::default() };
        let mut tasks: Vec<_> = (0..=QUESTIONS_MAX).map(|_| bot.under_way.begin()).collect();
        let told = ask(&bot, &person, asked.clone()).await.unwrap();
        let told = serde_json::to_value(told.as_edit()).unwrap();
        assert_eq!(told["content"], Text::default().busy());
        let unasked = Asked { silent_below: Some(0.0), ..asked.clone() };
        assert!(ask(&bot, &person, unasked).await.is_none(), "nobody wants to hear that unasked");
        tasks.pop();
        let answer = ask(&bot, &person, asked).await.unwrap();
        assert_eq!(answer.record(), Some(1), "nothing was recorded before");
    }
}
