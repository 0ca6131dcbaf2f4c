//! Changes of the articles by moderators: from what they hand in to what they confirm.

use std::time::Duration;

use serenity::builder::{CreateActionRow, CreateInputText, CreateModal};
use serenity::http::Http;
use serenity::model::application::{ComponentInteraction, InputTextStyle, ModalInteraction};
use serenity::model::channel::Attachment;

use crate::app::{Applied, Edit, EditError, ReloadError, Staged};
use crate::corpus::parse::ARTICLE_BYTES_MAX;

use super::access::{Moderator, NotModerator};
use super::bot::Bot;
use super::buttons::{Button, Leads};
use super::escape;
use super::person::Person;
use super::reply::Reply;
use super::respond::{self, Ticket, Way};
use super::text::Text;
use super::{limits, press, report};

/// What the names of buttons and forms for changes begin with.
const FORM: &str = "e1:";

/// The name of the form that takes a text; the folder it goes to follows.
const PASTE: &str = "e1:paste:";

/// How long a file may take to arrive.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_secs(60);

/// The fields of the form, and the most characters of each. Discord takes 4000.
const FIELDS: [(&str, u16, bool); 4] =
    [("title", 200, true), ("publisher", 100, false), ("url", 400, false), ("text", 4000, true)];

/// Whether a button or form is one of these.
pub fn is_named(name: &str) -> bool {
    name.starts_with(FORM)
}

/// The form that takes a text for this folder.
pub fn paste_form(text: Text, folder: Option<&str>) -> CreateModal {
    let labels = [text.paste_name(), text.paste_publisher(), text.paste_url(), text.paste_text()];
    let rows = FIELDS.iter().zip(labels).map(|(&(name, max, required), label)| {
        let style = if name == "text" { InputTextStyle::Paragraph } else { InputTextStyle::Short };
        let input = CreateInputText::new(style, label, name).max_length(max).required(required);
        CreateActionRow::InputText(input)
    });
    // A folder whose name is too long for Discord is refused when the form comes back without it.
    let folder: String = folder.unwrap_or_default().chars().take(100 - PASTE.len()).collect();
    CreateModal::new(format!("{PASTE}{folder}"), text.paste_title()).components(rows.collect())
}

/// Stages the file that a moderator handed in.
pub async fn add_file(
    bot: &Bot,
    text: Text,
    _: &Moderator,
    file: &Attachment,
    folder: Option<&str>,
) -> Reply {
    let name = &file.filename;
    if let Err(error) = bot.app.check_name(folder, name) {
        return told(&error, text);
    }
    if u64::from(file.size) > ARTICLE_BYTES_MAX as u64 {
        return told(&EditError::TooLarge { name: name.clone() }, text);
    }
    match download(&file.url).await {
        Ok(Some(content)) => staged(bot.app.stage_addition(folder, name, content).await, text),
        Ok(None) => told(&EditError::TooLarge { name: name.clone() }, text),
        Err(error) => {
            // Not its url, which is as good as a password for the file.
            tracing::warn!(error = %error.without_url(), "a file that a moderator added could not be fetched");
            Reply::note(text.edit_refused(&text.edit_download()))
        }
    }
}

/// Stages the removal of an article.
pub async fn remove(bot: &Bot, text: Text, _: &Moderator, name: &str) -> Reply {
    let snapshot = bot.app.snapshot();
    // What is typed without choosing may be the title.
    let id = snapshot.within(name).filter(|within| !within.ends_with('/')).unwrap_or_else(|| name.to_owned());
    staged(bot.app.stage_removal(&id).await, text)
}

/// Stages that the last change is undone.
pub async fn undo(bot: &Bot, text: Text, _: &Moderator) -> Reply {
    staged(bot.app.stage_undo().await, text)
}

/// Confirms or cancels what is staged.
pub async fn on_component(bot: &Bot, http: &Http, component: &ComponentInteraction, person: &Person) {
    let ticket = Ticket::component(component, Way::update(&component.message));
    let work = async {
        let moderator = match moderator(bot, person, "corpus change").await {
            Ok(moderator) => moderator,
            Err(refusal) => return refusal,
        };
        match component.data.custom_id.split(':').collect::<Vec<_>>().as_slice() {
            [_, "do", id] => apply(bot, person, &moderator, id, false).await,
            [_, "force", id] => apply(bot, person, &moderator, id, true).await,
            [_, "drop", id] => match bot.app.drop_staged(id) {
                Ok(true) => Reply::note(person.text.edit_cancelled()),
                Ok(false) => Reply::note(person.text.edit_expired()),
                Err(error) => told(&error, person.text),
            },
            _ => Reply::note(person.text.button_unknown()),
        }
    };
    respond::to(bot, http, ticket, None, work).await;
}

/// Stages the text that was typed into the form.
pub async fn on_modal(bot: &Bot, http: &Http, modal: &ModalInteraction, person: &Person) {
    let ticket = Ticket::modal(modal, Way::Private);
    let work = async {
        let Err(refusal) = moderator(bot, person, "corpus add").await else {
            let typed =
                FIELDS.map(|(name, ..)| press::field(&modal.data.components, name).unwrap_or_default());
            let [title, publisher, url, body] = typed;
            let folder = modal.data.custom_id.strip_prefix(PASTE).filter(|folder| !folder.is_empty());
            let content = markdown(&title, &publisher, &url, &body);
            let name = format!("{}.md", slug(&title));
            return staged(bot.app.stage_addition(folder, &name, content.into_bytes()).await, person.text);
        };
        refusal
    };
    respond::to(bot, http, ticket, None, work).await;
}

/// That this person may change the articles; else the refusal, which is recorded.
pub async fn moderator(bot: &Bot, person: &Person, action: &str) -> Result<Moderator, Reply> {
    match Moderator::check(&bot.settings, &person.caller) {
        Ok(moderator) => Ok(moderator),
        Err(why) => {
            let record = bot.refuse(&person.asker, action, "permission", None).await;
            let told = match why {
                NotModerator::NotHome | NotModerator::NoRole => person.text.not_moderator(),
                NotModerator::HomeUnset { guild } => {
                    format!("{}\n```\nHOME_GUILD_IDS={guild}\n```", person.text.home_unset())
                }
            };
            Err(Reply::refusal(told, record))
        }
    }
}

async fn apply(bot: &Bot, person: &Person, _: &Moderator, id: &str, force: bool) -> Reply {
    match bot.app.apply(&person.asker, id, force).await {
        Ok(Applied { edit, path, report }) => {
            let path = escape::line(&path, limits::PATH_MAX);
            let done = match edit {
                Edit::Add => person.text.edit_added(&path),
                Edit::Remove => person.text.edit_removed(&path),
                Edit::Undo => person.text.edit_undone(&path),
            };
            Reply::report(report::edit(&report, done, person.text))
        }
        Err(error) => told(&error, person.text),
    }
}

/// What a change would do, with the buttons that confirm and cancel it.
fn staged(staged: Result<Staged, EditError>, text: Text) -> Reply {
    let Staged { id, edit, path, report } = match staged {
        Ok(staged) => staged,
        Err(error) => return told(&error, text),
    };
    let path = escape::line(&path, limits::PATH_MAX);
    let (what, confirm) = match edit {
        Edit::Add => (text.edit_add(&path), text.edit_confirm_add()),
        Edit::Remove => (text.edit_remove(&path), text.edit_confirm_remove()),
        Edit::Undo => (text.edit_undo(&path), text.edit_confirm_undo()),
    };
    // Who confirms has read what is lost, so that it need not be forced by another way.
    let leads = match &report.refused {
        None => Leads::Pressed(format!("{FORM}do:{id}")),
        Some(_) => Leads::Danger(format!("{FORM}force:{id}")),
    };
    let cancel = Button { label: text.edit_cancel(), leads: Leads::Pressed(format!("{FORM}drop:{id}")) };
    Reply::report(report::preview(&report, Some(what), text))
        .with(vec![vec![Button { label: confirm, leads }, cancel]])
}

/// Why nothing is changed.
fn told(error: &EditError, text: Text) -> Reply {
    let name = |name: &str| escape::line(name, limits::PATH_MAX);
    let mib = ARTICLE_BYTES_MAX >> 20;
    let why = match error {
        EditError::BadName { name: bad } => text.edit_bad_name(&name(bad)),
        EditError::Reserved { name: bad } => text.edit_reserved(&name(bad)),
        EditError::BadFormat { name: bad } => text.edit_bad_format(&name(bad)),
        EditError::TooLarge { name: bad } => text.edit_too_large(&name(bad), mib),
        EditError::Exists { path } => text.edit_exists(&name(path)),
        EditError::Duplicate { id, path } => text.edit_duplicate(&name(id), &name(path)),
        EditError::Nothing { problems } => {
            return Reply::report(report::unusable(problems, text));
        }
        EditError::Unknown { name: unknown } => text.edit_unknown(&name(unknown)),
        EditError::NoChange => text.edit_none(),
        EditError::Conflict { path } => text.edit_conflict(&name(path)),
        EditError::Expired => return Reply::note(text.edit_expired()),
        EditError::Io(error) => {
            tracing::error!(%error, "the articles could not be changed");
            text.edit_failed()
        }
        EditError::Reload(error) => {
            return match report::reload_error(error, text) {
                Some(told) => Reply::report(told),
                None => failed(error, text),
            };
        }
    };
    Reply::note(text.edit_refused(&why))
}

/// A reload that was not done, by a fault of ours.
pub fn failed(error: &ReloadError, text: Text) -> Reply {
    tracing::error!(%error, "a reload was not done");
    Reply::note(text.reload_failed())
}

/// Fetches a file from Discord: at most as much as an article may have, whatever its server says. `None` where
/// there is more.
async fn download(url: &str) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let client = reqwest::Client::builder()
        .timeout(DOWNLOAD_TIMEOUT)
        // The file is where Discord says, and nowhere else.
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut response = client.get(url).send().await?.error_for_status()?;
    let mut content = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if content.len() + chunk.len() > ARTICLE_BYTES_MAX {
            return Ok(None);
        }
        content.extend_from_slice(&chunk);
    }
    Ok(Some(content))
}

/// An article of what was typed. JSON's strings are strings of YAML, too.
fn markdown(title: &str, publisher: &str, url: &str, body: &str) -> String {
    let mut lines = vec!["---".to_owned()];
    for (name, value) in [("title", title), ("publisher", publisher), ("url", url)] {
        let value = value.trim();
        if !value.is_empty() {
            lines.push(format!("{name}: {}", serde_json::Value::from(value)));
        }
    }
    lines.push("---".to_owned());
    format!("{}\n\n{}\n", lines.join("\n"), body.trim())
}

/// The name of a file for a title: `a-visit-to-moscow`.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        // Bytes: a name on disk has so many, however few characters they are.
        if slug.len() + word.len() >= 80 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_lowercase());
    }
    if slug.is_empty() { "article".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::parse::{self, Format};

    #[test]
    fn what_is_pasted_is_an_article() {
        let content =
            markdown("A \"visit\": #1", "The Paper", "https://example.org/a", " He came.\n\nHe left. ");
        let parsed = parse::file("a.md", Format::Markdown, content.as_bytes());
        assert_eq!(parsed.problems, []);
        let article = &parsed.articles[0];
        assert_eq!(article.title.given(), Some("A \"visit\": #1"));
        assert_eq!(article.metadata().publisher.as_deref(), Some("The Paper"));
        assert_eq!(article.metadata().url.as_deref(), Some("https://example.org/a"));
        assert!(
            article.text.starts_with("He came.") && article.text.ends_with("He left."),
            "{}",
            article.text
        );
    }

    #[test]
    fn a_title_names_a_file() {
        assert_eq!(slug("A Visit, to: Moscow!"), "a-visit-to-moscow");
        assert_eq!(slug("Визит в Москву"), "визит-в-москву");
        assert_eq!(slug("../../x"), "x");
        assert_eq!(slug("?!"), "article");
    }

    proptest! {
        #[test]
        fn no_title_breaks_out_of_the_front_matter(title in "\\PC{1,60}", body in "\\PC{1,80}") {
            let parsed = parse::file("a.md", Format::Markdown, markdown(&title, "", "", &body).as_bytes());
            if let Some(article) = parsed.articles.first() {
                let title = title.trim();
                prop_assert!(title.is_empty() || article.title.text().chars().count() <= title.chars().count());
            }
            prop_assert!(slug(&title).len() <= 90);
        }
    }
}
