//! The service run in this process, for one person at a terminal: `ask` and `chat`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use tokio::runtime::Runtime;

use super::progress::Progress;
use crate::answer::{AnswerParams, Manner};
use crate::app::{App, AppSettings, AskError, Asking};
use crate::audit::{
    Access, Asker, AuditedAnswer, Delivery, Pseudonyms, RecordId, Store, StoreError, StoreOptions,
};
use crate::config::Config;
use crate::corpus::LoadError;

/// An [`App`] with the runtime it is asked on. Closes the audit store when dropped.
pub(super) struct Local {
    runtime: Runtime,
    app: App,
}

impl Local {
    /// Loads the corpus and opens the audit store.
    pub(super) fn open(config: &Config, corpus_dir: PathBuf, params: AnswerParams) -> anyhow::Result<Local> {
        // Looked at first, so that a command given in the wrong folder leaves no audit store there.
        if !corpus_dir.exists() {
            return Err(LoadError::Missing { root: corpus_dir }.into());
        }
        let runtime = runtime()?;
        let store = runtime.block_on(open_store(config))?;
        let settings = AppSettings { corpus_dir, cache: None, params, clock: Arc::new(Timestamp::now) };
        let progress = Progress::load();
        let (app, problems) = App::start(settings, store, &progress)?;
        drop(progress);
        if !problems.is_empty() {
            let count = problems.len();
            tracing::warn!("problems in the corpus: {count}; `footnote check` names them");
        }
        Ok(Local { runtime, app })
    }

    /// Answers a question.
    pub(super) fn ask(
        &self,
        question: &str,
        manner: Manner,
        before: Option<String>,
    ) -> Result<AuditedAnswer, AskError> {
        let asking = Asking { manner, before, ..Asking::default() };
        let answered = self.runtime.block_on(self.app.ask_as(&Asker::terminal(), question, asking))?;
        // Without a floor of silence there always is one.
        answered.ok_or(AskError::Failed)
    }

    /// Prints the answer with this record, and records whether it could be.
    pub(super) fn show(&self, id: RecordId, text: &str) -> anyhow::Result<()> {
        let printed = super::print(text);
        let delivery = match &printed {
            Ok(()) => Delivery::Delivered { message: None },
            Err(error) => Delivery::Failed { error: format!("{error:#}") },
        };
        self.runtime.block_on(self.app.delivered(id, delivery));
        printed
    }
}

/// One question at a time needs no threads, and starting them would take longer than the answer.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start the runtime")
}

/// Opens the audit store for writing, as the configuration says.
pub(super) async fn open_store(config: &Config) -> Result<Store, StoreError> {
    Store::open_with(config.audit_url.expose_secret(), store_options(config, Access::Write)).await
}

/// How the audit store is opened, as the configuration says.
pub(super) fn store_options(config: &Config, access: Access) -> StoreOptions {
    StoreOptions {
        access,
        log_personal: config.audit_log_personal,
        pseudonyms: config.audit_pseudonym_key.as_ref().map(Pseudonyms::new),
        ..StoreOptions::default()
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.runtime.block_on(self.app.store().close());
    }
}
