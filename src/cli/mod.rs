//! The command line: one file a subcommand. stdout carries results; stderr carries logs and progress.
//!
//! It knows what a terminal is like and how outcomes become exit codes; what an answer is, it asks of
//! [`crate::app`], and how good answers are, of [`crate::eval`].

mod ask;
pub mod audit;
mod chat;
mod check;
pub mod escape;
mod eval;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod invite;
mod local;
mod logging;
mod output;
mod progress;
mod render;
mod serve;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::Serialize;

use crate::answer::CorpusSummary;
use crate::audit::{Access, Store, StoreError, StoreOptions};
use crate::config::{self, Config};
use render::Look;

/// The command line as typed.
#[derive(Debug, Parser)]
#[command(
    name = "footnote",
    version,
    about = "Answers questions from a folder of articles, word for word, with citations and an audit trail",
    after_help = config::help(),
    max_term_width = 100,
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the Discord bot
    Serve(CorpusArg),
    /// Answer a question
    Ask(ask::AskArgs),
    /// Answer questions line by line
    Chat(CorpusArg),
    /// Read the corpus, report every problem, and run its golden questions
    Check(CorpusArg),
    /// Measure the answers to a set of questions
    Eval(eval::EvalArgs),
    /// Read, verify and replay the audit records
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Print the link that adds the bot to a server; the bot is that of DISCORD_TOKEN
    Invite,
}

/// The option of every subcommand that reads the corpus.
#[derive(Debug, Clone, Args)]
pub struct CorpusArg {
    /// The folder of articles [default: CORPUS_DIR, else `corpus`]
    #[arg(long = "corpus", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl CorpusArg {
    /// The folder that is meant.
    fn dir(&self, config: &Config) -> PathBuf {
        self.dir.clone().unwrap_or_else(|| config.corpus_dir.clone())
    }
}

/// The corpus as `--json` shows it.
#[derive(Debug, Serialize)]
struct CorpusWire {
    digest: String,
    articles: usize,
    passages: usize,
}

impl CorpusWire {
    fn new(corpus: &CorpusSummary) -> CorpusWire {
        CorpusWire { digest: corpus.digest.to_string(), articles: corpus.articles, passages: corpus.passages }
    }
}

/// How a command that met no error ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered, or done: exit code 0.
    Done,
    /// Not found, or a check failed: exit code 1.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Failed => ExitCode::from(1),
        }
    }
}

/// Reads the configuration, starts the log and runs the command.
///
/// # Errors
///
/// Whatever ends the command before it is done; [`report`] shows it.
pub fn run(command: Command) -> anyhow::Result<Outcome> {
    let config = Config::read()?;
    logging::start(&config, matches!(command, Command::Serve(_)));
    config.warnings.iter().for_each(|warning| tracing::warn!("{warning}"));
    match command {
        Command::Ask(args) => ask::run(&args, &config),
        Command::Chat(corpus) => chat::run(&corpus, &config),
        Command::Check(corpus) => check::run(&corpus, &config),
        Command::Eval(args) => eval::run(&args, &config),
        Command::Audit(command) => run_audit(command, &config),
        Command::Serve(corpus) => serve::run(&corpus, &config),
        Command::Invite => invite::run(&config),
    }
}

/// Opens the audit store for what a command needs, and runs it.
fn run_audit(command: audit::AuditCommand, config: &Config) -> anyhow::Result<Outcome> {
    // Verifying and replaying use all processors.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("cannot start the runtime")?.block_on(async {
        let options = local::store_options(config, command.access());
        if options.access == Access::Write {
            // Nothing is to be erased from a store that is not there; where it should be is the person's to say.
            let read = StoreOptions { access: Access::Read, ..options };
            if let Err(error @ StoreError::Missing { .. }) =
                Store::open_with(config.audit_url.expose_secret(), read).await
            {
                return Err(error.into());
            }
        }
        let store = Store::open_with(config.audit_url.expose_secret(), options).await?;
        let found = audit::run(command, &store, Timestamp::now(), &mut io::stdout().lock()).await?;
        store.close().await;
        Ok(if found { Outcome::Done } else { Outcome::Failed })
    })
}

/// Shows an error on stderr, and tells the exit code: 2. Where the reader of stdout has gone there is
/// nobody to tell and nothing wrong: 0.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    // Messages of errors often quote their source already; it is not said twice.
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !message.contains(&cause) {
            message += if message.is_empty() { "" } else { ": " };
            message += &cause;
        }
    }
    let mut stderr = io::stderr().lock();
    for (at, line) in message.lines().enumerate() {
        let lead = if at == 0 { "error: " } else { "" };
        // If stderr is gone, too, there is nowhere left to say so.
        let _ = writeln!(stderr, "{lead}{}", escape::terminal(line));
    }
    ExitCode::from(2)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a result to stdout.
fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.context("cannot write to stdout")
}

/// What stdout is like.
fn look(config: &Config) -> Look {
    if !io::stdout().is_terminal() {
        return Look::default();
    }
    let width = terminal_size::terminal_size_of(io::stdout()).map_or(80, |(width, _)| width.0.into());
    Look { colour: !config.no_color, width: Some(width) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_reader_who_has_gone_is_no_error() {
        let gone = io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(&anyhow::Error::from(gone).context("cannot write")));
        assert!(!is_broken_pipe(&anyhow::anyhow!("broken pipe")));
    }
}
