//! Every sentence that the bot says, one function each. Pure.
//!
//! What is not our own comes in as [`Safe`], so that no text reaches Discord unescaped.

use super::escape::Safe;
use crate::answer::QUESTION_CHARS_MAX;
use crate::snapshot::IndexStats;

/// Above an answer in a channel, where others do not see what was asked.
pub fn question(question: &Safe) -> String {
    format!("**Question:** {question}")
}

/// Above quotes of which we are not sure.
pub fn hedge(quotes: usize) -> &'static str {
    match quotes {
        1 => "I am not sure that this answers it. The closest passage:",
        _ => "I am not sure that this answers it. The closest passages:",
    }
}

/// A quote, so marked that it cannot pass for our own words.
pub fn quote(quote: &Safe) -> String {
    format!("> “{quote}”")
}

/// Where a quote stands: the paragraph and the lines of the file.
pub fn place(paragraph: u32, lines: (u32, u32), path: &Safe) -> String {
    match lines {
        (first, last) if first == last => format!("paragraph {paragraph}, line {first} of {path}"),
        (first, last) => format!("paragraph {paragraph}, lines {first}–{last} of {path}"),
    }
}

/// Words that were looked for besides a word of the question.
pub fn expansion(asked: &Safe, looked_for: &[Safe]) -> String {
    format!("{} (for {asked})", join(looked_for))
}

/// All expansions of a question.
pub fn expansions(expansions: &[String]) -> String {
    format!("I also looked for: {}.", expansions.join("; "))
}

/// Words of the question that stand in no article.
pub fn unmatched(words: &[Safe]) -> String {
    format!("No article mentions: {}.", join(words))
}

/// Quotes that found no room.
pub fn quotes_left_out(count: usize) -> String {
    match count {
        1 => "One more passage did not fit here.".to_owned(),
        count => format!("{count} more passages did not fit here."),
    }
}

/// The question has nothing but words like `what`, `the`, `did`.
pub fn only_common_words() -> &'static str {
    "There is nothing in this question that I can look for: all its words are very common ones. Add a name, a place \
     or a thing."
}

/// No word of the question is known; the words follow.
pub fn nothing_found() -> &'static str {
    "I found nothing in the articles for this question."
}

/// What to try after [`nothing_found`].
pub fn other_words() -> &'static str {
    "Try other words, or another spelling."
}

/// Something matched, but not well enough.
pub fn low_confidence() -> &'static str {
    "I found no answer to this in the articles."
}

/// Above the articles that come nearest to a question without an answer.
pub fn nearest_articles() -> &'static str {
    "The nearest articles:"
}

/// Under an answer: the number of its record, and of how many articles it was asked.
pub fn footer(record: i64, articles: usize) -> String {
    format!("#{record} · {}", count(articles, "article", "articles"))
}

/// The label of a link to an article's original.
pub fn original() -> &'static str {
    "original"
}

/// Nothing was asked.
pub fn empty_question() -> &'static str {
    "There is nothing to look for in that. Ask in words, for example: `/ask question: when was the contract signed?`"
}

/// The question is too long.
pub fn too_long(chars: usize) -> String {
    format!(
        "That question has {chars} characters, and the limit is {QUESTION_CHARS_MAX}. Ask it in a sentence or two."
    )
}

/// The person asked a moment ago.
pub fn cooldown(seconds: u64) -> String {
    let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
    format!("Please wait {} before your next question.", count(seconds, "second", "seconds"))
}

/// Asked where questions are not answered.
pub fn out_of_scope(in_guild: bool) -> &'static str {
    match in_guild {
        true => "I answer questions in my home server alone, and this is another one.",
        false => "I answer questions in the channels of my home server alone, not in direct messages.",
    }
}

/// The record could not be written, so there is no answer.
pub fn unrecorded() -> &'static str {
    "Sorry, I cannot answer now: every answer is recorded before it is shown, and the record could not be written. \
     The people who run this bot find the reason in its log. Please ask again later."
}

/// Something broke in us.
pub fn broken() -> &'static str {
    "Sorry, something broke on my side. The people who run this bot find the reason in its log."
}

/// Discord sent a command that we do not know, or with other options.
pub fn outdated_command() -> &'static str {
    "This command has changed since Discord last showed it. Please restart Discord (Ctrl+R on a computer) and try \
     again."
}

/// To a mention without a question.
pub fn short_help() -> &'static str {
    "Hello! I answer questions from a collection of articles, word for word and with sources. Mention me together \
     with your question, or type `/ask`. `/help` says more."
}

/// What the bot is, how to ask, what it stores.
pub fn help(articles: usize) -> String {
    format!(
        "**What I am.** I answer questions from {}. I look up the sentences that fit best and quote them word for \
         word, with their source. I write nothing of my own, so where the articles do not say it, neither do I.\n\
         \n\
         **How to ask.** `/ask question: when was the contract signed?` (with `private: True` only you see the \
         answer), or mention me in a channel together with your question, or write to me directly, where that is \
         allowed. Names and things make good questions.\n\
         \n\
         **How to check.** Each quote has a number, which links to the original where there is one, and the \
         paragraph and line where it stands. The number under an answer, such as #12, is that of its record: name it \
         when you ask a moderator about an answer.\n\
         \n\
         **What I store.** Each question with its answer, who asked, where and when. `/privacy` says more.",
        count(articles, "article", "articles")
    )
}

/// What is stored, and what is not.
pub fn privacy() -> &'static str {
    "**What I store.** For each question: its text, your Discord id, the ids of the server and the channel, the time, \
     the quotes I gave and how I chose them; for what I refuse, the same with the reason. It is kept so that every \
     answer can be checked later, on the machine of the people who run this bot, until they delete it.\n\
     \n\
     **What I do not.** I receive no messages but those that mention me, reply to me with a mention, or are sent to \
     me directly; I keep no names, no other messages and no files; I send nothing to other services and train \
     nothing on it.\n\
     \n\
     **To have your questions deleted,** ask the people who run this bot."
}

/// Not a moderator of a home server.
pub fn not_moderator() -> &'static str {
    "This is for moderators of the server that looks after the articles: people with Manage Server there, or with a \
     role that the bot's operator named."
}

/// No home guild is set; this is the line that sets one.
pub fn home_unset(guild: u64) -> String {
    format!(
        "No server looks after the articles yet. To make it this one, whoever runs the bot adds this line to its \
         `.env` file and starts it again:\n```\nHOME_GUILD_IDS={guild}\n```"
    )
}

/// The bot's status in the list of members.
pub fn presence(articles: usize, writable: bool) -> String {
    match writable {
        true => format!("Answering from {}", count(articles, "article", "articles")),
        false => "Paused: the audit store cannot be written".to_owned(),
    }
}

/// What an index takes.
pub fn index_size(index: &IndexStats) -> String {
    let megabytes = (index.index_bytes + index.forward_bytes) as f64 / 1e6;
    let postings = count(index.postings, "posting", "postings");
    format!("**Index:** {postings} in {megabytes:.1} MB, built in {} ms", index.built_in.as_millis())
}

/// How large the corpus is.
pub fn corpus_size(articles: usize, passages: usize) -> String {
    format!(
        "**Corpus:** {} in {}",
        count(articles, "article", "articles"),
        count(passages, "passage", "passages")
    )
}

/// By which digest the corpus is known.
pub fn corpus_digest(short: &str) -> String {
    format!("**Digest:** {short}")
}

/// When the corpus was loaded, in seconds since 1970. Discord shows `<t:...>` as a time of the reader's own
/// zone. <https://discord.com/developers/docs/reference#message-formatting>
pub fn loaded_at(unix_seconds: i64) -> String {
    format!("**Loaded:** <t:{unix_seconds}:f> (<t:{unix_seconds}:R>)")
}

/// Whether the audit store can be written.
pub fn audit_store(writable: bool) -> &'static str {
    match writable {
        true => "**Audit store:** can be written",
        false => {
            "**Audit store:** cannot be written, so no question is answered. The bot's log has the reason; look at \
             the disk first."
        }
    }
}

/// Which program this is.
pub fn version(version: &str) -> String {
    format!("**Version:** {version}")
}

/// Above a page of the articles.
pub fn articles_page(articles: usize, page: usize, pages: usize) -> String {
    format!("**{}**, page {page} of {pages}", count(articles, "article", "articles"))
}

/// A reload that was done.
pub fn reloaded(took_ms: u64) -> String {
    format!("**Reloaded** in {}.{:03} s.", took_ms / 1000, took_ms % 1000)
}

/// A reload that was refused, or failed.
pub fn not_reloaded(reason: &Safe) -> String {
    format!("**Not reloaded:** {reason}.")
}

/// After a reload that was refused or failed.
pub fn articles_unchanged() -> &'static str {
    "The articles in use are the same as before."
}

/// A reload during another.
pub fn already_reloading() -> &'static str {
    "A reload is already running. Wait for its report."
}

/// A reload that was not done, by a fault of ours.
pub fn reload_failed() -> &'static str {
    "**Not reloaded:** either the record of the reload could not be written, or something broke on my side. The bot's \
     log has the reason. The articles in use are the same as before."
}

/// What a reload changes.
pub fn reload_counts(
    articles: usize,
    passages: usize,
    added: usize,
    changed: usize,
    removed: usize,
) -> String {
    format!(
        "{} in {}: {added} added, {changed} changed, {removed} removed.",
        count(articles, "article", "articles"),
        count(passages, "passage", "passages"),
    )
}

/// Golden questions, as passed and scored.
pub fn golden(before: (usize, usize), after: (usize, usize)) -> String {
    format!("Golden questions passed: {} of {} before, {} of {} now.", before.0, before.1, after.0, after.1)
}

/// Above the golden questions that a reload breaks.
pub fn golden_lost() -> &'static str {
    "**Golden questions that passed and now fail:**"
}

/// Above the golden questions that a reload leaves without an article to answer them.
pub fn golden_gone() -> &'static str {
    "**Golden questions whose articles are all gone:**"
}

/// Above the articles that are new.
pub fn added() -> &'static str {
    "**Added:**"
}

/// Above the articles that are not as they were.
pub fn changed() -> &'static str {
    "**Changed:**"
}

/// Above the articles that are gone.
pub fn removed() -> &'static str {
    "**Removed:**"
}

/// Above what is wrong with the corpus.
pub fn problems(left_out: usize, kept: usize) -> String {
    format!("**Problems:** {left_out} left out, {kept} kept in part")
}

/// One thing that is wrong with the corpus.
pub fn problem(path: &Safe, line: Option<u32>, message: &Safe) -> String {
    match line {
        Some(line) => format!("{path}, line {line}: {message}"),
        None => format!("{path}: {message}"),
    }
}

/// After the entries of a list that is not shown whole.
pub fn and_more(entries: usize) -> String {
    format!("and {entries} more")
}

/// Names joined by commas.
fn join(words: &[Safe]) -> String {
    words.iter().map(Safe::to_string).collect::<Vec<_>>().join(", ")
}

/// `1 article`, `5 articles`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
