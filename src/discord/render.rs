//! What does an answer look like? From an [`AuditedAnswer`] to the text of a message. Pure.
//!
//! An answer is one embed: quotes as block quotes, each under it the citation that says where it stands, and
//! a footer with the number of the record. Where an embed cannot be sent, the same goes into plain content.

use crate::answer::{Answer, Decision, Excerpt, Expansion, Reason};
use crate::audit::{AuditedAnswer, RecordId};
use crate::corpus::Article;

use super::escape::{self, Safe};
use super::limits;
use super::text::{self, Text};

/// The most articles named as near ones.
const NEAREST_MAX: usize = 3;

/// The most words listed of those that were looked for besides, or that no article mentions.
const WORDS_MAX: usize = 6;

/// An answer as an embed shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Within [`limits::DESCRIPTION_MAX`].
    pub description: String,
    /// A few words of our own; Discord reads no Markdown in it.
    pub footer: String,
}

/// The answer as an embed. `echo` repeats the question above it, for where others do not see it.
pub fn card(audited: &AuditedAnswer, text: Text, echo: bool) -> Card {
    View { text, answer: audited.answer() }.card(audited.id(), echo, limits::DESCRIPTION_MAX)
}

/// The answer as plain content, within [`limits::CONTENT_MAX`].
pub fn plain(audited: &AuditedAnswer, text: Text, echo: bool) -> String {
    View { text, answer: audited.answer() }.plain(audited.id(), echo)
}

/// What an answer without a record would look like, as an embed's description and as plain content, for what is
/// fuzzed.
#[cfg(any(test, fuzzing))]
pub(super) fn unrecorded(answer: &Answer, text: Text, echo: bool) -> (String, String) {
    let view = View { text, answer };
    (view.card(1, echo, limits::DESCRIPTION_MAX).description, view.plain(1, echo))
}

/// An answer, and the language it is shown in.
#[derive(Clone, Copy)]
struct View<'a> {
    text: Text,
    answer: &'a Answer,
}

impl View<'_> {
    fn plain(self, id: RecordId, echo: bool) -> String {
        // What stands between the two is one empty line.
        let room = limits::CONTENT_MAX.saturating_sub(limits::units(&self.footer(id)) + 2);
        let Card { description, footer } = self.card(id, echo, room);
        format!("{description}\n\n{footer}")
    }

    fn footer(self, id: RecordId) -> String {
        self.text.footer(&id.to_string(), self.answer.corpus.articles)
    }

    fn card(self, id: RecordId, echo: bool, max: usize) -> Card {
        let View { text, answer } = self;
        let manner = answer.question.manner();
        let mut head = Vec::new();
        if echo {
            head.push(text.question(&escape::line(answer.question.text(), limits::ECHO_MAX)));
        }
        if let Some(name) = &manner.within {
            head.push(text.within(&escape::line(name, limits::PATH_MAX)));
        }
        if manner.page > 0 {
            head.push(match answer.excerpts.is_empty() {
                true => text.no_further(),
                false => text.further(manner.page as usize),
            });
        }
        let description = match answer.decision {
            _ if manner.page > 0 && answer.excerpts.is_empty() => head.join("\n\n"),
            Decision::Found { hedged } => {
                if hedged && manner.page == 0 {
                    head.push(text.hedge(answer.shown().len()));
                }
                self.found(head, max)
            }
            Decision::NotFound(reason) => {
                head.extend(self.why_not(reason));
                self.not_found(head, max)
            }
        };
        Card { description, footer: self.footer(id) }
    }

    /// Head, quotes, tail. Citations and words are bounded one by one; what they leave is shared out among the
    /// quotes, and as many quotes are shown as get a fair share.
    fn found(self, head: Vec<String>, max: usize) -> String {
        let View { text, answer } = self;
        let excerpts = answer.shown();
        let mut tail = self.tail();
        let citations: Vec<String> = excerpts.iter().map(|excerpt| self.citation(excerpt)).collect();
        // Between two parts stands an empty line, between a quote and its citation a line end.
        let frame = limits::units(&block(text, &escape::line("", 0))) + 1 + 2;
        let fixed = joined(&head) + limits::units(&text.quotes_left_out(excerpts.len())) + 2;
        let room = |shown: usize, tail: &[String]| {
            let cited: usize =
                citations.iter().take(shown).map(|citation| limits::units(citation) + frame).sum();
            max.saturating_sub(fixed + cited + joined(tail))
        };

        let mut shown = excerpts.len();
        while shown > 1 && room(shown, &tail) < shown * limits::QUOTE_MIN {
            shown -= 1;
        }
        if room(shown, &tail) < limits::QUOTE_MIN {
            tail.clear();
        }

        let mut left = room(shown, &tail);
        let mut parts = head;
        for (at, (excerpt, citation)) in excerpts.iter().zip(&citations).take(shown).enumerate() {
            // What a short quote leaves over goes to those after it.
            let quote = escape::line(&excerpt.quote_line(), left / (shown - at));
            left = left.saturating_sub(limits::units(&quote.to_string()));
            parts.push(format!("{}\n{citation}", block(text, &quote)));
        }
        if excerpts.is_empty() {
            // An answer that is found has a quote. Were it not so, a message of nothing would be refused.
            parts.push(text.nothing_found());
        }
        if shown < excerpts.len() {
            parts.push(text.quotes_left_out(excerpts.len() - shown));
        }
        parts.extend(tail);
        parts.join("\n\n")
    }

    /// `[1] **Title**, Publisher, 2016-02-16, paragraph 5, line 14 of visit.md`; the number links to the
    /// original where there is one.
    fn citation(self, excerpt: &Excerpt) -> String {
        let article = &excerpt.article;
        let number = format!("[{}]", excerpt.rank);
        let number =
            article.metadata().url.as_deref().and_then(|url| escape::link(&number, url)).map_or_else(
                // No `(` of another's can follow and make a link of it: a space does.
                || number.clone(),
                |link| link.to_string(),
            );
        let place = self.text.place(excerpt.paragraphs(), excerpt.lines(), &path(article));
        let mut parts: Vec<String> = name(article).iter().map(|part| self.text.part(part)).collect();
        parts.push(place);
        format!("{}{number} {}", self.text.line_start(), parts.join(self.text.comma()))
    }

    /// What is to say besides the quotes: other words that were looked for, and words found nowhere.
    fn tail(self) -> Vec<String> {
        let View { text, answer } = self;
        let mut lines = Vec::new();
        if !answer.carried.is_empty() {
            lines.push(text.carried(&text::join(&words(&answer.carried))));
        }
        // A quote that found no room is no better or worse than others.
        if !answer.differing.is_empty() {
            let others: Vec<String> = answer.differing.iter().map(|rank| format!("[{rank}]")).collect();
            lines.push(text.differing(&others.join(", ")));
        }
        if !answer.expansions.is_empty() {
            let words: Vec<String> =
                answer.expansions.iter().take(WORDS_MAX).map(|expansion| self.expansion(expansion)).collect();
            lines.push(text.expansions(&words.join("; ")));
        }
        lines.extend(self.unmatched());
        if lines.is_empty() { lines } else { vec![lines.join("\n")] }
    }

    fn expansion(self, expansion: &Expansion) -> String {
        let looked_for: Vec<Safe> =
            expansion.looked_for.iter().take(2).map(|word| escape::line(word, limits::WORD_MAX)).collect();
        self.text.expansion(&escape::line(&expansion.asked, limits::WORD_MAX), &text::join(&looked_for))
    }

    fn unmatched(self) -> Option<String> {
        let words = words(&self.answer.unmatched);
        (!words.is_empty()).then(|| self.text.unmatched(&text::join(&words)))
    }

    /// Why there is no answer, and what could not be matched.
    fn why_not(self, reason: Reason) -> Vec<String> {
        let text = self.text;
        match reason {
            Reason::OnlyCommonWords => vec![text.only_common_words()],
            Reason::NoKnownWord => {
                let parts = [Some(text.nothing_found()), self.unmatched(), Some(text.other_words())];
                vec![parts.into_iter().flatten().collect::<Vec<_>>().join(" ")]
            }
            Reason::LowConfidence => std::iter::once(text.low_confidence()).chain(self.tail()).collect(),
        }
    }

    /// Why there is no answer, and the nearest articles, as many as fit.
    fn not_found(self, mut parts: Vec<String>, max: usize) -> String {
        let mut near = vec![self.text.nearest_articles()];
        let mut used = joined(&parts) + joined(&near);
        for excerpt in self.answer.nearest().iter().take(NEAREST_MAX) {
            let url = excerpt.article.metadata().url.as_deref();
            let link = url.and_then(|url| escape::link(&self.text.original(), url));
            let entry = listed(&excerpt.article) + &link.map(|link| format!(", {link}")).unwrap_or_default();
            used += limits::units(&entry) + 1;
            if used > max {
                break;
            }
            near.push(entry);
        }
        if near.len() > 1 {
            parts.push(near.join("\n"));
        }
        parts.join("\n\n")
    }
}

/// A quote, so marked that it cannot pass for our own words.
pub(super) fn block(text: Text, quote: &Safe) -> String {
    format!("> {}", text.quote(quote))
}

/// What these parts take with the empty line after each.
fn joined(parts: &[String]) -> usize {
    parts.iter().map(|part| limits::units(part) + 2).sum()
}

/// The first few words of a list.
fn words(words: &[String]) -> Vec<Safe> {
    words.iter().take(WORDS_MAX).map(|word| escape::line(word, limits::WORD_MAX)).collect()
}

/// Title, publisher and date, as far as they are known.
fn name(article: &Article) -> Vec<String> {
    let mut parts = Vec::new();
    let title = escape::line(article.title.text(), limits::TITLE_MAX);
    if !title.is_empty() {
        parts.push(format!("**{title}**"));
    }
    if let Some(publisher) = article.metadata().publisher.as_deref() {
        let publisher = escape::line(publisher, limits::PUBLISHER_MAX);
        if !publisher.is_empty() {
            parts.push(publisher.to_string());
        }
    }
    if let Some(published) = article.metadata().published {
        parts.push(published.to_string());
    }
    parts
}

/// Where the article lies in the corpus.
fn path(article: &Article) -> Safe {
    escape::line(article.path(), limits::PATH_MAX)
}

/// An article as an entry of a list.
pub(super) fn listed(article: &Article) -> String {
    let mut parts = name(article);
    parts.push(path(article).to_string());
    format!("- {}", parts.join(", "))
}

#[cfg(test)]
mod tests;
