//! Adding and removing articles: staged, previewed, confirmed, and undone.
//!
//! A change is always of one file. It goes the way of a reload: what it would do is told first, and once it
//! is confirmed the file is written, the folder read again, and the new snapshot swapped in; where that is
//! refused or fails, the file is put back as it was.

use std::io;

use serde_json::json;

use super::staging::{Change, Staging};
use super::{App, ReloadError, ReloadReport};
use crate::audit::Asker;
use crate::corpus::parse::{self, ARTICLE_BYTES_MAX, Role};
use crate::corpus::{Article, Digest, Effect, LineMap, Problem};

pub use super::staging::Edit;

/// The longest name of a file, in bytes: with a folder before it, well below what file systems take.
const NAME_BYTES_MAX: usize = 120;

/// The most folders one in another.
const FOLDERS_MAX: usize = 4;

/// A change that waits to be confirmed.
#[derive(Debug, Clone)]
pub struct Staged {
    /// The name under which it waits.
    pub id: String,
    /// What is done.
    pub edit: Edit,
    /// To which file.
    pub path: String,
    /// What a reload after it would report.
    pub report: ReloadReport,
}

/// A change that was confirmed.
#[derive(Debug, Clone)]
pub struct Applied {
    /// What was done, where the report says that it was.
    pub edit: Edit,
    /// To which file.
    pub path: String,
    /// What the reload reports.
    pub report: ReloadReport,
}

/// Why the articles are not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The name cannot be that of a file here.
    #[error("`{name}` cannot be the name of an article")]
    BadName {
        /// The name.
        name: String,
    },
    /// The corpus keeps the name for something else.
    #[error("`{name}` is a reserved name")]
    Reserved {
        /// The name.
        name: String,
    },
    /// No format of articles.
    #[error("`{name}` is of no format that is read")]
    BadFormat {
        /// The name.
        name: String,
    },
    /// Too large for an article.
    #[error("`{name}` is too large")]
    TooLarge {
        /// The name.
        name: String,
    },
    /// The file is there.
    #[error("`{path}` is there already")]
    Exists {
        /// The file.
        path: String,
    },
    /// An article has the id already.
    #[error("the id `{id}` is taken by `{path}`")]
    Duplicate {
        /// The id.
        id: String,
        /// The file that has it.
        path: String,
    },
    /// No article in it.
    #[error("nothing in it can be used")]
    Nothing {
        /// Why not.
        problems: Vec<Problem>,
    },
    /// No such article.
    #[error("there is no article `{name}`")]
    Unknown {
        /// The name.
        name: String,
    },
    /// No change to undo.
    #[error("there is no change to undo")]
    NoChange,
    /// The file is not as it was when the change was staged.
    #[error("`{path}` was changed meanwhile")]
    Conflict {
        /// The file.
        path: String,
    },
    /// Nothing waits under this name.
    #[error("no such change waits to be confirmed")]
    Expired,
    /// The file could not be read or written.
    #[error("the corpus folder cannot be changed: {0}")]
    Io(#[from] io::Error),
    /// The reload after it failed.
    #[error(transparent)]
    Reload(#[from] ReloadError),
}

impl App {
    /// Whether a file of this name can be added at all, before anybody fetches it.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check_name(&self, folder: Option<&str>, name: &str) -> Result<(), EditError> {
        checked_path(folder, name).map(drop)
    }

    /// Checks a file that somebody hands in, and stages it: under `name`, in `folder` (a collection, which may
    /// be new).
    ///
    /// # Errors
    ///
    /// Why it cannot be added. Problems with some of its articles are in the report.
    pub async fn stage_addition(
        &self,
        folder: Option<&str>,
        name: &str,
        content: Vec<u8>,
    ) -> Result<Staged, EditError> {
        let path = checked_path(folder, name)?;
        let Role::Articles(format) = parse::role(&path) else {
            return Err(EditError::BadFormat { name: name.to_owned() });
        };
        if content.len() > ARTICLE_BYTES_MAX {
            return Err(EditError::TooLarge { name: name.to_owned() });
        }
        if self.staging().read(&path)?.is_some() {
            return Err(EditError::Exists { path });
        }
        let parsed = {
            let (path, content) = (path.clone(), content.clone());
            let parsed = tokio::task::spawn_blocking(move || parse::file(&path, format, &content));
            parsed.await.map_err(|_| ReloadError::Failed)?
        };
        let snapshot = self.snapshot();
        let mut articles = snapshot.corpus().articles().to_vec();
        let mut problems = parsed.problems;
        let mut ids = std::collections::HashSet::new();
        for article in parsed.articles {
            if let Some(taken) = snapshot.corpus().article(&article.id) {
                return Err(EditError::Duplicate {
                    id: article.id.to_string(),
                    path: taken.path().to_string(),
                });
            }
            match ids.insert(article.id.clone()) {
                true => articles.push(article),
                false => problems.push(twice(&article)),
            }
        }
        if ids.is_empty() {
            return Err(EditError::Nothing { problems });
        }
        let after = Some(Digest::of(&content).to_string());
        let change = Change { edit: Edit::Add, path, before: None, after };
        self.stage(change, Some(content), articles, problems).await
    }

    /// Stages the removal of an article: of its file, or of its line where the file has others.
    ///
    /// # Errors
    ///
    /// Why it cannot be removed.
    pub async fn stage_removal(&self, id: &str) -> Result<Staged, EditError> {
        let snapshot = self.snapshot();
        let unknown = || EditError::Unknown { name: id.to_owned() };
        let article = snapshot.corpus().article(id).ok_or_else(unknown)?;
        let content = self.staging().read(article.path())?.ok_or_else(unknown)?;
        let after = without(article, &content);
        let change = Change {
            edit: Edit::Remove,
            path: article.path().to_string(),
            before: Some(Digest::of(&content).to_string()),
            after: after.as_deref().map(|after| Digest::of(after).to_string()),
        };
        let others = snapshot.corpus().articles().iter().filter(|other| other.id != article.id);
        self.stage(change, after, others.cloned().collect(), Vec::new()).await
    }

    /// Stages that the last change is undone.
    ///
    /// # Errors
    ///
    /// Where there is none, or its file was changed since.
    pub async fn stage_undo(&self) -> Result<Staged, EditError> {
        let (_, (last, before)) = self.staging().last()?.ok_or(EditError::NoChange)?;
        let now = self.staging().read(&last.path)?.map(|content| Digest::of(&content).to_string());
        if now != last.after {
            return Err(EditError::Conflict { path: last.path });
        }
        let mut articles = self.snapshot().corpus().articles().to_vec();
        articles.retain(|article| article.path() != last.path);
        let mut problems = Vec::new();
        if let (Some(content), Role::Articles(format)) = (&before, parse::role(&last.path)) {
            let parsed = parse::file(&last.path, format, content);
            problems = parsed.problems;
            let is_new =
                |article: &&std::sync::Arc<Article>| !articles.iter().any(|other| other.id == article.id);
            let new: Vec<_> = parsed.articles.iter().filter(is_new).cloned().collect();
            articles.extend(new);
        }
        let change = Change { edit: Edit::Undo, path: last.path, before: last.after, after: last.before };
        self.stage(change, before, articles, problems).await
    }

    /// Does what was staged, unless the reload after it would be refused; `force` does it all the same.
    ///
    /// # Errors
    ///
    /// Why not; the articles are then as before. A reload that is refused is no error but a report.
    pub async fn apply(&self, asker: &Asker, id: &str, force: bool) -> Result<Applied, EditError> {
        let Ok(_running) = self.reloading.try_lock() else {
            return Err(ReloadError::AlreadyRunning.into());
        };
        let staging = self.staging();
        let (change, after) = staging.staged(id)?.ok_or(EditError::Expired)?;
        let before = staging.read(&change.path)?;
        let hash = before.as_deref().map(|content| Digest::of(content).to_string());
        if hash != change.before || after.as_deref().map(|c| Digest::of(c).to_string()) != change.after {
            return Err(EditError::Conflict { path: change.path });
        }
        let undone = match change.edit {
            Edit::Undo => {
                // Another change may have been made since this one was shown: then that is what undoing is about.
                let last = staging.last()?.filter(|(_, (last, _))| {
                    (&last.path, &last.before, &last.after) == (&change.path, &change.after, &change.before)
                });
                let Some((last, _)) = last else { return Err(EditError::Conflict { path: change.path }) };
                Some(last)
            }
            _ => None,
        };
        let noted = match change.edit {
            Edit::Undo => None,
            _ => Some(staging.note(&change, before.as_deref())?),
        };
        let put_back = |written: bool| {
            let restored = if written { staging.write(&change.path, before.as_deref()) } else { Ok(()) };
            let forgotten = noted.as_deref().map_or(Ok(()), |noted| staging.unnote(noted));
            if let Err(error) = restored.and(forgotten) {
                tracing::error!(%error, path = change.path, "a change of the articles could not be put back");
            }
        };
        if let Err(error) = staging.write(&change.path, after.as_deref()) {
            put_back(false);
            return Err(error.into());
        }
        match self.reload_locked(asker, force, ()).await {
            Ok(report) if report.swapped => {
                let told = json!({
                    "edit": change.edit, "path": change.path, "before": change.before, "after": change.after,
                });
                // The reload, with what it added and removed, is recorded by now: this says how it came about.
                if let Err(error) = self.corpus_changed(asker, told).await {
                    tracing::error!(%error, path = change.path, "a change of the articles could not be recorded");
                }
                staging.forget(id)?;
                if let Some(undone) = undone {
                    staging.unnote(&undone)?;
                }
                Ok(Applied { edit: change.edit, path: change.path, report })
            }
            Ok(report) => {
                put_back(true);
                Ok(Applied { edit: change.edit, path: change.path, report })
            }
            Err(error) => {
                put_back(true);
                Err(error.into())
            }
        }
    }

    /// Forgets a change that waits. Says whether there was one.
    ///
    /// # Errors
    ///
    /// Where it cannot be removed.
    pub fn drop_staged(&self, id: &str) -> Result<bool, EditError> {
        Ok(self.staging().forget(id)?)
    }

    async fn stage(
        &self,
        change: Change,
        after: Option<Vec<u8>>,
        articles: Vec<std::sync::Arc<Article>>,
        problems: Vec<Problem>,
    ) -> Result<Staged, EditError> {
        let report = self.preview_of(articles, problems).await?;
        let id = self.staging().stage(&change, after.as_deref())?;
        Ok(Staged { id, edit: change.edit, path: change.path, report })
    }

    fn staging(&self) -> Staging {
        Staging::new(&self.settings.corpus_dir)
    }
}

/// Where a file of this name goes. It never leads out of the corpus, nor to what is no article.
fn checked_path(folder: Option<&str>, name: &str) -> Result<String, EditError> {
    let name = name.trim();
    let bad = |name: &str| EditError::BadName { name: name.to_owned() };
    let folders: Vec<&str> =
        folder.unwrap_or_default().split('/').filter(|part| !part.is_empty()).map(str::trim).collect();
    if folders.len() > FOLDERS_MAX {
        return Err(bad(&folders.join("/")));
    }
    for part in folders.iter().chain([&name]) {
        if !is_name(part) {
            return Err(bad(part));
        }
    }
    let path = folders.into_iter().chain([name]).collect::<Vec<_>>().join("/");
    // On some file systems `Synonyms.txt` is `synonyms.txt`.
    match parse::role(&path.to_lowercase()) {
        Role::Articles(_) => Ok(path),
        Role::Ignored if !name.eq_ignore_ascii_case("README.md") => {
            Err(EditError::BadFormat { name: name.to_owned() })
        }
        _ => Err(EditError::Reserved { name: name.to_owned() }),
    }
}

/// Whether a part of a path is one that people write and every system takes.
fn is_name(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    // Names that Windows takes for devices.
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    (1..=NAME_BYTES_MAX).contains(&part.len())
        && part.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'))
        && !part.starts_with(['.', '_', ' '])
        && !part.ends_with(['.', ' '])
        && !is_device
}

fn twice(article: &Article) -> Problem {
    let line = match article.lines {
        LineMap::Single(line) => Some(line),
        LineMap::Runs(_) => None,
    };
    let message = format!("the id `{}` stands in it twice: rename one of them", article.id);
    Problem { path: article.path().to_string(), line, effect: Effect::Skipped, message }
}

/// What the article's file holds without it; `None` where that is nothing.
fn without(article: &Article, content: &[u8]) -> Option<Vec<u8>> {
    let (LineMap::Single(line), Role::Articles(parse::Format::JsonLines)) =
        (&article.lines, parse::role(article.path()))
    else {
        return None;
    };
    let lines = content.split_inclusive(|byte| *byte == b'\n');
    let kept: Vec<u8> = (1u32..)
        .zip(lines)
        .filter(|(number, _)| number != line)
        .flat_map(|(_, text)| text.to_vec())
        .collect();
    (!kept.iter().all(u8::is_ascii_whitespace)).then_some(kept)
}

#[cfg(test)]
mod tests;
