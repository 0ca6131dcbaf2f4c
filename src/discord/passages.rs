//! The passages of an answer in full: from the corpus in use, else from those that are kept.

use std::ops::Range;

use crate::audit::{AskDetail, CitationRecord, KeptText, StoreError};

use super::bot::Bot;
use super::respond::Reply;
use super::text::Text;
use super::why::{self, Passage};

/// "Full passage".
pub async fn reply(bot: &Bot, ask: &AskDetail, text: Text) -> Reply {
    match found(bot, ask).await {
        Ok(passages) => Reply::report(why::passages(ask, &passages, &bot.app.snapshot(), text)),
        Err(error) => {
            tracing::error!(%error, "the passages of an answer could not be read");
            Reply::note(text.broken())
        }
    }
}

/// The passage of each citation that was shown, in their order.
async fn found(bot: &Bot, ask: &AskDetail) -> Result<Vec<Passage>, StoreError> {
    let snapshot = bot.app.snapshot();
    let mut reader = bot.app.store().reader().await?;
    let mut passages = Vec::new();
    for citation in ask.citations.iter().filter(|citation| citation.shown) {
        // What was withdrawn may still stand in the corpus in use: it is not shown all the same.
        let kept = reader.kept_text(citation.content_hash).await?;
        let article = snapshot.corpus().article(&citation.article);
        let in_use = article.filter(|article| article.content_hash == citation.content_hash);
        let in_use = in_use.and_then(|article| part(&article.text, citation));
        passages.push(match (kept, in_use) {
            (KeptText::Withdrawn, _) => Passage::Withdrawn,
            // A question that is there with its quote gone: that was withdrawn, and its text let go since.
            _ if citation.quote_text.is_none() => Passage::Withdrawn,
            (_, Some(text)) => Passage::InUse(text),
            (KeptText::Text(text), None) => part(&text, citation).map_or(Passage::Gone, Passage::Kept),
            (KeptText::NotKept, None) => Passage::Gone,
        });
    }
    Ok(passages)
}

fn part(text: &str, citation: &CitationRecord) -> Option<String> {
    let Range { start, end } = citation.passage;
    text.get(start..end).map(str::to_owned)
}
