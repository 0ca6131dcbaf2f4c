//! Every sentence that the bot says, one function each, in the language of who reads it. Pure.
//!
//! The words stand in `locales/`. What is not our own comes in as [`Safe`], so that no text reaches Discord
//! unescaped.

use crate::audit::Outcome;

use super::escape::Safe;
use super::locale::{Argument, Locale};

/// The bot's words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Text {
    locale: Locale,
}

/// Makes a function of each message, of its name and with its arguments, and the list of all.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*);)*) => {
        impl Text {
            $($(#[$doc])*
            pub fn $name(self, $($argument: $kind),*) -> String {
                self.locale.say(
                    stringify!($name),
                    None,
                    &[$((stringify!($argument), Argument::from($argument))),*],
                )
            })*
        }

        /// Every message, with its arguments and their kinds.
        #[cfg(test)]
        const MESSAGES: &[(&str, &[(&str, &str)])] =
            &[$((stringify!($name), &[$((stringify!($argument), stringify!($kind))),*])),*];
    };
}

messages! {
    /// Above an answer in a channel, where others do not see what was asked.
    question(question: &Safe);
    /// Above quotes of which we are not sure.
    hedge(quotes: usize);
    /// A quote, between the marks of the language.
    quote(quote: &Safe);
    /// Where a quote stands.
    place_line(paragraph: &str, line: u32, path: &Safe);
    /// Where a quote stands that goes over several lines.
    place_lines(paragraph: &str, first: u32, last: u32, path: &Safe);
    /// Words that were looked for besides a word of the question.
    expansion(asked: &Safe, looked_for: &str);
    /// All expansions of a question.
    expansions(words: &str);
    /// Words of the question that stand in no article.
    unmatched(words: &str);
    /// Which quotes name another number or date than the first.
    differing(quotes: &str);
    /// Words of an earlier question that were looked for as well.
    carried(words: &str);
    /// To which article or collection the question was confined.
    within(name: &Safe);
    /// Quotes that found no room.
    quotes_left_out(count: usize);
    /// The question has nothing but words like `what`, `the`, `did`.
    only_common_words();
    /// No word of the question is known; the words follow.
    nothing_found();
    /// What to try after [`Text::nothing_found`].
    other_words();
    /// Something matched, but not well enough.
    low_confidence();
    /// Above the articles that come nearest to a question without an answer.
    nearest_articles();
    /// Under an answer: the number of its record, and of how many articles it was asked.
    footer(record: &str, articles: usize);
    /// The label of a link to an article's original.
    original();
    /// Above a page of further passages.
    further(page: usize);
    /// There is no such page.
    no_further();

    /// A button under an answer.
    button_more();
    /// A button under an answer.
    button_why();
    /// A button under an answer.
    button_passage();
    /// A button under an answer.
    button_helpful();
    /// A button under an answer.
    button_unhelpful();
    /// A button under a private answer.
    button_show();
    /// A button under an answer.
    button_delete();
    /// A button under an answer.
    button_follow();
    /// A button that leads to the original of a quote.
    button_source(number: usize);
    /// A button where nothing was found.
    button_gap();
    /// A button that pages back.
    button_previous();
    /// A button that pages on.
    button_next();
    /// The title of the form for a further question.
    follow_title();
    /// The label of its field.
    follow_label();
    /// What stands in the field before anything is typed.
    follow_hint();
    /// A vote was noted.
    voted_helpful();
    /// A vote was noted.
    voted_unhelpful();
    /// A question without an answer was told to the moderators.
    gap_told();
    /// It had been told by the same person.
    gap_told_before();
    /// The record that a button names is not there.
    record_gone();
    /// The record is there, the question is not.
    question_gone();
    /// A button that no version of the program made, or a forged one.
    button_unknown();
    /// Somebody else's private answer.
    not_yours();
    /// Somebody else's answer.
    delete_not_yours();
    /// The answer could not be shown to everyone.
    show_failed();

    /// Above an explanation.
    why(record: &str);
    /// How sure we were, and below what we are silent.
    why_confidence(percent: usize, floor: usize);
    /// Above what is told of one quote.
    why_quote(number: u32, title: &Safe);
    /// Above the words.
    why_words();
    /// A word that stands in the quoted sentences.
    why_found(word: &Safe, percent: usize);
    /// A word of which only a part, such as a synonym, stands there.
    why_part(word: &Safe, percent: usize, found: usize);
    /// A word that does not stand there.
    why_missing(word: &Safe, percent: usize);
    /// The scores.
    why_score(score: &str, article: &str);
    /// The next best article.
    why_runner_up(title: &Safe, score: &str, margin: &str);
    /// There is no next best article.
    why_alone();
    /// The corpus it was asked of.
    why_corpus(digest: &str, articles: usize);

    /// Above the passages of an answer.
    passage_heading();
    /// The passage is not there any more.
    passage_changed();
    /// The passage is from before a change.
    passage_kept();
    /// The passage may not be shown any more.
    passage_withdrawn();

    /// Nothing was asked.
    empty_question();
    /// The question is too long.
    too_long(chars: usize, limit: usize);
    /// The person asked a moment ago.
    cooldown(seconds: usize);
    /// Somebody else on the server asked a moment ago.
    cooldown_server(seconds: usize);
    /// Too many ask at a time, everywhere together.
    busy();
    /// Asked on a server where questions are not answered.
    out_of_scope_server();
    /// Asked directly, where questions are not answered directly.
    out_of_scope_direct();
    /// Only certain roles may ask.
    role_needed();
    /// This person may not ask.
    blocked();
    /// What a question was to be confined to is not there.
    within_unknown(name: &Safe);
    /// What is there of a like name.
    within_nearest(names: &str);
    /// A message of pictures alone.
    no_text();
    /// The record could not be written, so there is no answer.
    unrecorded();
    /// Something broke in us.
    broken();
    /// Discord sent a command that we do not know, or with other options.
    outdated_command();
    /// Not a moderator of a home server.
    not_moderator();
    /// Not a moderator of this server.
    not_manager();
    /// No home guild is set; the line that sets one follows.
    home_unset();

    /// To a mention without a question.
    short_help();
    /// What the bot is.
    help_what(articles: usize);
    /// How to ask.
    help_ask();
    /// How to check an answer.
    help_check();
    /// What is stored, in short.
    help_store();
    /// What is stored.
    privacy_stored();
    /// What is not stored.
    privacy_not();
    /// For how long it is stored.
    privacy_days(days: usize);
    /// For how long it is stored, where nothing is erased by age.
    privacy_forever();
    /// How to get at it, and how to have it erased.
    privacy_rights();
    /// A button that hands out a person's records.
    privacy_button_export();
    /// A button that erases them, once confirmed.
    privacy_button_delete();
    /// With the file of a person's records.
    privacy_exported(records: usize);
    /// The file does not hold them all.
    privacy_export_cut(records: usize);
    /// There are none.
    privacy_nothing();
    /// What an erasure does, before it is confirmed.
    privacy_confirm();
    /// A button that confirms it.
    privacy_confirmed();
    /// It was not confirmed.
    privacy_kept();
    /// It is done.
    privacy_deleted(records: usize);
    /// The files may still hold traces.
    privacy_traces();
    /// What a button or command is for could not be done.
    not_done();

    /// The bot's status in the list of members.
    presence(articles: usize);
    /// The same, where no record can be written.
    presence_paused();
    /// How large the corpus is.
    corpus_size(articles: usize, passages: usize);
    /// What the index takes.
    index_size(postings: usize, megabytes: &str, ms: usize);
    /// By which digest the corpus is known.
    corpus_digest(digest: &str);
    /// When the corpus was loaded.
    loaded_at(time: &str);
    /// The audit store can be written.
    store_writable();
    /// The audit store cannot be written.
    store_broken();
    /// Which program this is.
    version(version: &str);
    /// Above a page of the articles.
    articles_page(articles: usize, page: usize, pages: usize);

    /// How far a reload is.
    progress(percent: usize);
    /// A reload that was done.
    reloaded(seconds: &str);
    /// Above what a change would do.
    preview();
    /// A reload that was refused, or failed.
    not_reloaded(reason: &str);
    /// Why: most articles are gone.
    too_few_left(left: usize, before: usize);
    /// Why a reload is refused.
    left_behind(count: usize);
    /// Why: golden questions fail.
    golden_fail();
    /// After a reload that was refused or failed.
    articles_unchanged();
    /// A reload during another.
    already_reloading();
    /// A reload that was not done, by a fault of ours.
    reload_failed();
    /// What a reload changes.
    reload_counts(articles: usize, passages: usize, added: usize, changed: usize, removed: usize);
    /// Golden questions, as passed and scored.
    golden(before: usize, before_all: usize, after: usize, after_all: usize);
    /// Above the golden questions that a reload breaks.
    golden_lost();
    /// Above the golden questions that a reload leaves without an article to answer them.
    golden_gone();
    /// Above the golden questions that get another answer.
    golden_changed();
    /// None gets another answer.
    golden_same();
    /// Above the articles that are new.
    added();
    /// Above the articles that are not as they were.
    changed();
    /// Above the articles that are gone.
    removed();
    /// Above what is wrong with the corpus.
    problems(left_out: usize, kept: usize);
    /// One thing that is wrong with the corpus.
    problem(path: &Safe, message: &Safe);
    /// The same, where its line is known.
    problem_line(path: &Safe, line: u32, message: &Safe);
    /// After the entries of a list that is not shown whole.
    and_more(count: usize);

    /// Above what adding a file would do.
    edit_add(path: &Safe);
    /// Above what removing an article would do.
    edit_remove(path: &Safe);
    /// Above what undoing would do.
    edit_undo(path: &Safe);
    /// A file was added.
    edit_added(path: &Safe);
    /// An article was removed.
    edit_removed(path: &Safe);
    /// A change was undone.
    edit_undone(path: &Safe);
    /// A change was refused.
    edit_refused(reason: &str);
    /// A button that confirms.
    edit_confirm_add();
    /// A button that confirms.
    edit_confirm_remove();
    /// A button that confirms.
    edit_confirm_undo();
    /// A button that cancels.
    edit_cancel();
    /// It was cancelled.
    edit_cancelled();
    /// There is nothing to be confirmed.
    edit_expired();
    /// Why: the name.
    edit_bad_name(name: &Safe);
    /// Why: the name is reserved.
    edit_reserved(name: &Safe);
    /// Why: the format.
    edit_bad_format(name: &Safe);
    /// Why: the size.
    edit_too_large(name: &Safe, mib: usize);
    /// Why: the file is there.
    edit_exists(path: &Safe);
    /// Why: the id is taken.
    edit_duplicate(id: &Safe, path: &Safe);
    /// Why: no article in it.
    edit_nothing();
    /// Why: the download failed.
    edit_download();
    /// Why: there is no such article.
    edit_unknown(name: &Safe);
    /// Why: there is no change.
    edit_none();
    /// Why: the file is not as we left it.
    edit_conflict(path: &Safe);
    /// Why: the disk.
    edit_failed();
    /// The title of the form that takes a text.
    paste_title();
    /// One of its fields.
    paste_name();
    /// One of its fields.
    paste_publisher();
    /// One of its fields.
    paste_url();
    /// One of its fields.
    paste_text();

    /// Above the settings.
    settings();
    /// A setting was saved.
    settings_saved();
    /// A setting was not saved.
    settings_failed();
    /// A setting.
    settings_language(language: &str);
    /// No language is set.
    settings_language_own();
    /// A setting.
    settings_private(value: &str);
    /// A setting.
    settings_cooldown(seconds: usize, server: usize);
    /// A setting.
    settings_confidence(percent: usize);
    /// A setting.
    settings_channels(channels: &str);
    /// A setting.
    settings_roles(roles: &str);
    /// A setting.
    settings_blocked(people: &str);
    /// No role is named.
    settings_everyone();
    /// Nothing is named.
    settings_none();
    /// A value.
    settings_yes();
    /// A value.
    settings_no();
    /// New posts cannot be read.
    settings_content_off();
    /// Too many are named.
    settings_full(max: usize);

    /// Above a list of records.
    audit_recent();
    /// Above a list of questions without an answer.
    audit_unanswered();
    /// Above a list of questions.
    audit_search(words: &Safe);
    /// There is no record that may be shown.
    audit_none();
    /// What was decided, in a few words.
    audit_outcome(outcome: Outcome);
    /// Above all that a record holds.
    audit_record(record: &str, outcome: &str);
    /// When it was written.
    audit_at(time: &str);
    /// Whom and where it is from.
    audit_asker(place: &str);
    /// How sure the answer was.
    audit_confidence(percent: usize);
    /// What was refused.
    audit_refused(action: &Safe);
    /// The record that this one is about.
    audit_of(record: &str);
    /// What else it holds.
    audit_detail(detail: &Safe);
    /// What people think of the answer.
    audit_votes(helpful: usize, unhelpful: usize);
    /// The message in which it arrived.
    audit_delivered(message: &str);
    /// Why it did not arrive.
    audit_undelivered(error: &Safe);
    /// The program that wrote it.
    audit_program(version: &Safe);
    /// What was personal in it is gone.
    audit_erased();
    /// The records cannot be read.
    audit_failed();
    /// With a file of records.
    audit_exported(records: usize);
    /// The file does not hold them all.
    audit_export_cut(records: usize, first: &str);
    /// The end of the chain.
    audit_head(head: &str);
    /// It was posted.
    audit_head_posted(channel: &str);
    /// It cannot be posted: no channel is set.
    audit_head_unset();
    /// It could not be posted.
    audit_head_failed();
    /// The end of the chain, to all in the channel.
    audit_head_public(head: &str);
    /// A button that pages on in a list of records.
    button_older();
}

/// A right-to-left mark: a line of Latin titles in an Arabic message still begins at the right.
const RIGHT_TO_LEFT_MARK: &str = "\u{200F}";

impl Text {
    /// The bot's words in this language.
    pub fn new(locale: Locale) -> Text {
        Text { locale }
    }

    /// What a line begins with that could begin with words of another direction.
    pub fn line_start(self) -> &'static str {
        if self.locale.is_right_to_left() { RIGHT_TO_LEFT_MARK } else { "" }
    }

    /// What stands between the parts of a citation.
    pub fn comma(self) -> &'static str {
        if self.locale.is_right_to_left() { "، " } else { ", " }
    }

    /// A name as a part of a line: where the line runs from right to left, kept from turning it.
    pub fn part(self, name: &str) -> String {
        match self.locale.is_right_to_left() {
            true => format!("\u{2068}{name}\u{2069}"),
            false => name.to_owned(),
        }
    }

    /// Where a quote stands: the first and last paragraph, and the first and last line of the file.
    pub fn place(self, paragraphs: (u32, u32), lines: (u32, u32), path: &Safe) -> String {
        let paragraph = match paragraphs {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}–{last}"),
        };
        match lines {
            (first, last) if first == last => self.place_line(&paragraph, first, path),
            (first, last) => self.place_lines(&paragraph, first, last, path),
        }
    }

    /// What the bot is, how to ask, what it stores.
    pub fn help(self, articles: usize) -> String {
        [self.help_what(articles), self.help_ask(), self.help_check(), self.help_store()].join("\n\n")
    }

    /// What is stored, what is not, for how many days (`None` without end), and what a person can do.
    pub fn privacy(self, days: Option<u64>) -> String {
        let kept = days.and_then(|days| usize::try_from(days).ok());
        let kept = kept.map_or_else(|| self.privacy_forever(), |days| self.privacy_days(days));
        [self.privacy_stored(), kept, self.privacy_not(), self.privacy_rights()].join("\n\n")
    }
}

/// Names joined by commas.
pub fn join(words: &[Safe]) -> String {
    words.iter().map(Safe::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
