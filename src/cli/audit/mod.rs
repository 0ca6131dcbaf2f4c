//! `footnote audit`: what did we say, to whom, from which article? Reads the store; how records look stands in
//! `render`.

mod forget;
mod prove;
mod render;
mod report;
mod when;

use std::io::{self, Write};

use jiff::Timestamp;

use self::when::When;
use super::escape;
use crate::audit::csv;
use crate::audit::wire::{RecordJson, RecordWithDeliveriesJson};
use crate::audit::{
    Access, Filter, Kind, Kinds, Order, Outcome, PAGE_MAX, Page, RecordId, Store, StoreError, Walk,
};

/// What to read from the audit store.
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// List records, newest first
    ///
    /// Deliveries are left out, unless with `--kind delivery`: `show` tells those of a record.
    List(ListArgs),
    /// Show all that a record holds, and whether its reply arrived
    Show(ShowArgs),
    /// Write records to stdout, oldest first
    Export(ExportArgs),
    /// Check that every record is as it was written and none is missing
    Verify(prove::VerifyArgs),
    /// Print the hash at the end of the chain, to be kept elsewhere
    Head(prove::HeadArgs),
    /// Ask the question of a record again, of the articles of then, and compare the answers
    Replay(prove::ReplayArgs),
    /// Tell what was asked and answered, what is missing, and which articles are cited
    Report(report::ReportArgs),
    /// Erase what is stored of a person
    Erase(forget::EraseArgs),
    /// Look into the corpora that questions were asked of
    #[command(subcommand)]
    Corpus(forget::CorpusCommand),
    /// Copy the store, also while the bot runs
    Backup(prove::BackupArgs),
}

impl AuditCommand {
    /// What the store has to be opened for.
    pub fn access(&self) -> Access {
        match self {
            AuditCommand::Erase(_) | AuditCommand::Corpus(forget::CorpusCommand::Purge { .. }) => {
                Access::Write
            }
            _ => Access::Read,
        }
    }
}

/// `footnote audit list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// How many records at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=PAGE_MAX as i64))]
    limit: u16,
    /// Only records before this one: the next page of a list
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    before: Option<RecordId>,
    /// One JSON object a line, with all that a record holds
    #[arg(long)]
    json: bool,
}

/// `footnote audit show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// The number below an answer, such as 1234
    #[arg(value_name = "ID", value_parser = parse_id)]
    id: RecordId,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// `footnote audit export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// JSON lines hold everything; CSV is for a spreadsheet, one record a line, with what it shows escaped
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// One JSON object a line, as without it
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// As what records are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a head line (RFC 4180).
    Csv,
}

/// Which records. All conditions that are given must hold.
#[derive(Debug, Default, clap::Args)]
pub struct FilterArgs {
    /// From this time on: `2026-03-01T12:00:00Z`, `2026-03-01` (UTC), or how long ago, such as `24h` or `7d`
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// Before this time, in the same forms; a date takes in the whole of its day
    #[arg(long, value_name = "TIME")]
    until: Option<When>,
    /// From this Discord server
    #[arg(long, value_name = "ID")]
    guild: Option<u64>,
    /// From this Discord channel or thread
    #[arg(long, value_name = "ID")]
    channel: Option<u64>,
    /// Asked by this Discord user
    #[arg(long, value_name = "ID")]
    user: Option<u64>,
    /// Answers that showed this article, by its id
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Questions that hold all of these words, in any order
    #[arg(long, value_name = "WORDS", value_parser = parse_words)]
    search: Option<String>,
    /// Questions that found no answer
    #[arg(long)]
    unanswered: bool,
    /// Of this kind: ask, refusal, reload, delivery, vote, gap, setting, corpus_change,
    /// migration or erasure
    #[arg(long, value_parser = parse_kind)]
    kind: Option<Kind>,
}

impl FilterArgs {
    /// The filter that they mean at the time `now`; `kinds` where none is named.
    ///
    /// # Errors
    ///
    /// Where it ends no later than it begins.
    fn resolve(self, now: Timestamp, kinds: Kinds) -> anyhow::Result<Filter> {
        let (since, until) = when::stretch(self.since, self.until, now)?;
        Ok(Filter {
            since,
            until,
            guild: self.guild,
            channel: self.channel,
            user: self.user,
            article: self.article,
            words: self.search,
            decision: self.unanswered.then_some(Outcome::NotFound),
            kinds: self.kind.map_or(kinds, Kinds::Only),
        })
    }
}

fn parse_id(text: &str) -> Result<RecordId, String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    digits.parse().ok().filter(|&id| id > 0).ok_or_else(|| "a record has a number, such as 1234".to_owned())
}

fn parse_words(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_alphanumeric) {
        Ok(text.to_owned())
    } else {
        Err("name a word to look for".to_owned())
    }
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    Kind::from_name(text).ok_or_else(|| {
        let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        format!("the kinds are {}", kinds.join(", "))
    })
}

/// Runs a command on a store that is opened for what [`AuditCommand::access`] says. `now` is what `24h` is counted back from.
/// Gives back whether what was asked
/// for is there, and every check passed.
///
/// # Errors
///
/// Where the store cannot be read, or `out` not written to. A reader of `out` who has seen enough and goes
/// away is no error.
pub async fn run(
    command: AuditCommand,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let done = match command {
        AuditCommand::List(args) => list(args, store, now, out).await,
        AuditCommand::Show(args) => show(args, store, out).await,
        AuditCommand::Export(args) => export(args, store, now, out).await,
        AuditCommand::Verify(args) => prove::run_verify(args, store, out).await,
        AuditCommand::Head(args) => prove::head(args, store, out).await,
        AuditCommand::Replay(args) => prove::replay(args, store, now, out).await,
        AuditCommand::Report(args) => report::run(args, store, now, out).await,
        AuditCommand::Erase(args) => forget::erase(args, store, now, out).await,
        AuditCommand::Corpus(command) => forget::corpus(command, store, now, out).await,
        AuditCommand::Backup(args) => prove::backup(args, store, out).await,
    };
    match done {
        Err(error) if is_broken_pipe(&error) => Ok(true),
        done => done,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

async fn list(args: ListArgs, store: &Store, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<bool> {
    let filter = args.filter.resolve(now, Kinds::AllButDeliveries)?;
    let page = Page { order: Order::NewestFirst, after: args.before, limit: usize::from(args.limit) };
    let mut reader = store.reader().await?;
    let records = reader.records(&filter, page).await?;
    if args.json {
        for record in &records {
            writeln!(out, "{}", json_line(&RecordJson::from(record))?)?;
        }
    } else {
        out.write_all(render::table(&records).as_bytes())?;
        if let Some(last) = records.last().filter(|_| records.len() == page.limit)
            && !reader.records(&filter, Page { after: Some(last.id), limit: 1, ..page }).await?.is_empty()
        {
            writeln!(out, "\nolder records: add --before {}", last.id)?;
        }
    }
    out.flush()?;
    Ok(true)
}

async fn show(args: ShowArgs, store: &Store, out: &mut dyn Write) -> anyhow::Result<bool> {
    let mut reader = store.reader().await?;
    let record = match reader.record(args.id).await {
        Err(error @ StoreError::NotFound { .. }) => {
            eprintln!("{error}");
            return Ok(false);
        }
        record => record?,
    };
    let deliveries = reader.deliveries(record.id).await?;
    let votes = reader.votes(record.id, None).await?;
    if args.json {
        writeln!(out, "{}", json_line(&RecordWithDeliveriesJson::new(&record, &deliveries, votes))?)?;
    } else {
        out.write_all(render::sheet(&record, &deliveries, votes).as_bytes())?;
    }
    out.flush()?;
    Ok(true)
}

async fn export(
    args: ExportArgs,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let filter = args.filter.resolve(now, Kinds::All)?;
    let mut walk = Walk::begin(store.reader().await?, filter).await?;
    let format = if args.json { Format::Jsonl } else { args.format };
    if format == Format::Csv {
        out.write_all(csv::head().as_bytes())?;
    }
    loop {
        let records = walk.next_page().await?;
        if records.is_empty() {
            break;
        }
        for record in &records {
            match format {
                Format::Jsonl => writeln!(out, "{}", json_line(&RecordJson::from(record))?)?,
                Format::Csv => out.write_all(csv::row(record).as_bytes())?,
            }
        }
    }
    out.flush()?;
    Ok(true)
}

fn json_line(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    Ok(escape::json(&serde_json::to_string(value)?).into_owned())
}
