//! `footnote audit erase` and `corpus`: what is forgotten, and which corpora are kept.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::json_line;
use crate::audit::{Asker, Forgotten, KeptCorpus, Reader, Store};
use crate::cli::escape::{terminal, terminal_line};

/// `footnote audit erase`.
#[derive(Debug, clap::Args)]
pub struct EraseArgs {
    /// The Discord user whose questions and id are erased
    #[arg(long, value_name = "ID")]
    user: u64,
}

/// `footnote audit corpus`.
#[derive(Debug, clap::Subcommand)]
pub enum CorpusCommand {
    /// List the corpora that are kept, the oldest first
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// List the articles of a corpus
    Show {
        /// Its digest, or the first digits of it
        #[arg(value_name = "DIGEST")]
        digest: String,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Tell in which articles two corpora differ
    Diff {
        /// The digest of one, or the first digits of it
        #[arg(value_name = "DIGEST")]
        before: String,
        /// The digest of the other
        #[arg(value_name = "DIGEST")]
        after: String,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Withdraw the text of an article, for reasons of law, from all that is kept
    ///
    /// Its quotes go from the records, and its text from the corpora that are kept; the records stay. Take it out
    /// of the folder of articles as well, or it goes on being quoted.
    Purge {
        /// Its id
        #[arg(value_name = "ARTICLE")]
        article: String,
    },
}

pub(super) async fn erase(
    args: EraseArgs,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let forgotten = store.erase_person(now, &Asker::terminal(), args.user).await?;
    told(&forgotten, store, "nothing personal is stored of this user", out)
}

/// Says what came of an erasure.
fn told(forgotten: &Forgotten, store: &Store, nothing: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
    let Some(id) = forgotten.id else {
        eprintln!("{nothing}");
        return Ok(false);
    };
    writeln!(out, "erased from {} records, as record #{id} says", forgotten.records)?;
    if !store.is_file() {
        eprintln!(
            "the server keeps what rows were, and logs of it, for a while: `VACUUM FULL personal, private, \
             citations, objects` rewrites the tables; its log, copies and backups are for you to see to"
        );
    } else if !forgotten.without_trace {
        eprintln!(
            "traces may be left in the files, since another process is reading them: erase again later"
        );
    }
    out.flush()?;
    Ok(true)
}

pub(super) async fn corpus(
    command: CorpusCommand,
    store: &Store,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let mut reader = store.reader().await?;
    match command {
        CorpusCommand::List { json } => list(&mut reader, json, out).await,
        CorpusCommand::Show { digest, json } => {
            let Some((kept, articles)) = find(&mut reader, &digest).await? else { return Ok(false) };
            show(&kept, &articles, json, out)?;
            Ok(true)
        }
        CorpusCommand::Diff { before, after, json } => {
            let Some(before) = find(&mut reader, &before).await? else { return Ok(false) };
            let Some(after) = find(&mut reader, &after).await? else { return Ok(false) };
            diff(before, after, json, out)?;
            Ok(true)
        }
        CorpusCommand::Purge { article } => {
            drop(reader);
            let forgotten = store.withdraw(now, &Asker::terminal(), &article).await?;
            told(&forgotten, store, "nothing is kept of an article with this id", out)
        }
    }
}

async fn list(reader: &mut Reader, json: bool, out: &mut dyn Write) -> anyhow::Result<bool> {
    let kept = reader.corpora().await?;
    for corpus in &kept {
        if json {
            writeln!(out, "{}", json_line(&kept_json(corpus))?)?;
        } else {
            let KeptCorpus { digest, articles, first_loaded, last_loaded, .. } = corpus;
            let time = |at: &Timestamp| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
            writeln!(
                out,
                "{}  {}  {}  {articles} articles",
                digest.short(),
                time(first_loaded),
                time(last_loaded)
            )?;
        }
    }
    if kept.is_empty() {
        eprintln!("no corpus is kept yet: the first question asked keeps one");
    }
    out.flush()?;
    Ok(true)
}

fn kept_json(corpus: &KeptCorpus) -> Value {
    json!({
        "digest": corpus.digest.to_string(),
        "articles": corpus.articles,
        "passages": corpus.passages,
        "first_loaded": corpus.first_loaded.to_string(),
        "last_loaded": corpus.last_loaded.to_string(),
    })
}

type Articles = Vec<(String, String)>;

/// The kept corpus whose digest begins so; says on stderr where there is none, or more than one.
async fn find(reader: &mut Reader, digits: &str) -> anyhow::Result<Option<(KeptCorpus, Articles)>> {
    let digits = digits.to_ascii_lowercase();
    if digits.is_empty() {
        anyhow::bail!(
            "name a corpus by the first digits of its digest: `footnote audit corpus list` shows them"
        );
    }
    let mut kept = reader.corpora().await?;
    kept.retain(|corpus| corpus.digest.to_string().starts_with(&digits));
    match <[KeptCorpus; 1]>::try_from(kept) {
        Ok([kept]) => match reader.corpus_articles(&kept).await? {
            Some(articles) => Ok(Some((kept, articles))),
            None => anyhow::bail!(
                "the corpus `{}` is damaged: `footnote audit verify` says how",
                kept.digest.short()
            ),
        },
        Err(kept) if kept.is_empty() => {
            eprintln!("no corpus `{}` is kept: `footnote audit corpus list` shows them", terminal(&digits));
            Ok(None)
        }
        Err(kept) => {
            eprintln!("{} kept corpora begin with `{}`: give more digits", kept.len(), terminal(&digits));
            Ok(None)
        }
    }
}

fn show(kept: &KeptCorpus, articles: &Articles, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    if json {
        let articles: Vec<Value> =
            articles.iter().map(|(id, text)| json!({ "id": id, "text": text })).collect();
        let mut shown = kept_json(kept);
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("list".to_owned(), articles.into());
        }
        writeln!(out, "{}", json_line(&shown)?)?;
    } else {
        writeln!(out, "{}  {} articles, {} passages", kept.digest, kept.articles, kept.passages)?;
        for (id, text) in articles {
            writeln!(out, "{}  {}", text.chars().take(12).collect::<String>(), terminal_line(id))?;
        }
    }
    out.flush()?;
    Ok(())
}

fn diff(
    (before, old): (KeptCorpus, Articles),
    (after, new): (KeptCorpus, Articles),
    json: bool,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut old: BTreeMap<String, String> = old.into_iter().collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for (id, text) in new {
        match old.remove(&id) {
            None => added.push(id),
            Some(other) if other != text => changed.push(id),
            Some(_) => {}
        }
    }
    let removed: Vec<String> = old.into_keys().collect();
    if json {
        let difference = json!({
            "before": before.digest.to_string(), "after": after.digest.to_string(),
            "added": added, "changed": changed, "removed": removed,
        });
        writeln!(out, "{}", json_line(&difference)?)?;
    } else {
        for (sign, ids) in [("+", &added), ("~", &changed), ("-", &removed)] {
            for id in ids {
                writeln!(out, "{sign} {}", terminal_line(id))?;
            }
        }
        let counts = [added.len(), changed.len(), removed.len()];
        writeln!(out, "added: {}, changed: {}, removed: {}", counts[0], counts[1], counts[2])?;
    }
    out.flush()?;
    Ok(())
}
