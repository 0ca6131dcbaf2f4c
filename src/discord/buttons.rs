//! Which buttons stand under a message, and what does one name when it is pressed? Pure.
//!
//! A button names the record of an answer and what is wanted of it, and nothing is remembered besides: it
//! works after a restart and after a reload, for as long as the record is there. Anybody can forge such a
//! name, so what is pressed is checked, in `press`, as if it had been.

use crate::answer::{Answer, Decision, Reason};
use crate::audit::{AuditedAnswer, RecordId};

use super::escape;
use super::text::Text;

/// What every name begins with: the form of these names, so that one of another form is told from it.
const FORM: &str = "f1";

/// The most links to sources: what fits into one row.
const SOURCES_MAX: usize = 5;

/// What is wanted by a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A page of further passages, as a message of its own.
    More(u32),
    /// Another page of them, in place of this one.
    Page(u32),
    /// The explanation.
    Why,
    /// The passages in full.
    Passage,
    /// A further question.
    Follow,
    /// A vote for the answer.
    Helpful,
    /// A vote against it.
    Unhelpful,
    /// The private answer, for everyone.
    Show,
    /// The message gone.
    Delete,
    /// The moderators told that the articles do not answer this.
    Gap,
}

/// What a button of an answer names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressed {
    /// What is wanted.
    pub action: Action,
    /// The answer's record.
    pub record: RecordId,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub leads: Leads,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// It is pressed, and names this.
    Pressed(String),
    /// It is pressed, and names this; made to stand out as what destroys something.
    Danger(String),
    /// It leads to an address.
    Link(String),
}

impl Pressed {
    /// From a name as [`Pressed::name`] gives it.
    pub fn parse(name: &str) -> Option<Pressed> {
        let mut parts = name.split(':');
        if parts.next()? != FORM {
            return None;
        }
        let (action, record, page) = (parts.next()?, number(parts.next()?)?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        let page = match page {
            Some(page) => Some(u32::try_from(number(page)?).ok()?),
            None => None,
        };
        let action = match (action, page) {
            ("more", Some(page)) => Action::More(page),
            ("page", Some(page)) => Action::Page(page),
            ("why", None) => Action::Why,
            ("passage", None) => Action::Passage,
            ("follow", None) => Action::Follow,
            ("up", None) => Action::Helpful,
            ("down", None) => Action::Unhelpful,
            ("show", None) => Action::Show,
            ("delete", None) => Action::Delete,
            ("gap", None) => Action::Gap,
            _ => return None,
        };
        Some(Pressed { action, record })
    }

    /// The name by which Discord tells that the button was pressed: at most 100 characters, as it wants.
    pub fn name(&self) -> String {
        let record = self.record;
        match self.action {
            Action::More(page) => format!("{FORM}:more:{record}:{page}"),
            Action::Page(page) => format!("{FORM}:page:{record}:{page}"),
            Action::Why => format!("{FORM}:why:{record}"),
            Action::Passage => format!("{FORM}:passage:{record}"),
            Action::Follow => format!("{FORM}:follow:{record}"),
            Action::Helpful => format!("{FORM}:up:{record}"),
            Action::Unhelpful => format!("{FORM}:down:{record}"),
            Action::Show => format!("{FORM}:show:{record}"),
            Action::Delete => format!("{FORM}:delete:{record}"),
            Action::Gap => format!("{FORM}:gap:{record}"),
        }
    }
}

/// A number as it is written in a name, and in no other way: no sign, no spare zeros.
fn number(text: &str) -> Option<RecordId> {
    let number: RecordId = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(number)
}

impl Button {
    /// A button that is pressed.
    pub fn new(label: String, action: Action, record: RecordId) -> Button {
        Button { label, leads: Leads::Pressed(Pressed { action, record }.name()) }
    }
}

/// The buttons under an answer, row by row.
pub fn under(audited: &AuditedAnswer, text: Text, private: bool) -> Vec<Vec<Button>> {
    rows(audited.id(), audited.answer(), text, private)
}

fn rows(record: RecordId, answer: &Answer, text: Text, private: bool) -> Vec<Vec<Button>> {
    let button = |label, action| Button::new(label, action, record);
    let page = answer.question.manner().page;
    if page > 0 {
        let mut row = Vec::new();
        if page > 1 {
            row.push(button(text.button_previous(), Action::Page(page - 1)));
        }
        if answer.has_more {
            row.push(button(text.button_next(), Action::Page(page.saturating_add(1))));
        }
        return [row, sources(answer, text)].into_iter().filter(|row| !row.is_empty()).collect();
    }
    let mut first = Vec::new();
    let mut second = Vec::new();
    match answer.decision {
        Decision::Found { .. } => {
            if answer.has_more {
                first.push(button(text.button_more(), Action::More(1)));
            }
            first.push(button(text.button_why(), Action::Why));
            first.push(button(text.button_passage(), Action::Passage));
            first.push(button(text.button_follow(), Action::Follow));
            second.push(button(text.button_helpful(), Action::Helpful));
            second.push(button(text.button_unhelpful(), Action::Unhelpful));
        }
        Decision::NotFound(reason) => {
            first.push(button(text.button_gap(), Action::Gap));
            // Where no word is known there is nothing to explain.
            if reason == Reason::LowConfidence {
                first.push(button(text.button_why(), Action::Why));
            }
            first.push(button(text.button_follow(), Action::Follow));
        }
    }
    let last = if second.is_empty() { &mut first } else { &mut second };
    last.push(match private {
        true => button(text.button_show(), Action::Show),
        false => delete(text, record),
    });
    [first, second, sources(answer, text)].into_iter().filter(|row| !row.is_empty()).collect()
}

/// The button that deletes an answer.
pub fn delete(text: Text, record: RecordId) -> Button {
    Button::new(text.button_delete(), Action::Delete, record)
}

/// A link to the original of each quote that is shown and has one.
fn sources(answer: &Answer, text: Text) -> Vec<Button> {
    let shown = answer.shown().iter().filter_map(|excerpt| {
        let address = escape::address(excerpt.article.metadata().url.as_deref()?)?;
        Some(Button { label: text.button_source(excerpt.rank), leads: Leads::Link(address) })
    });
    shown.take(SOURCES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn actions() -> Vec<Action> {
        use Action::*;
        vec![More(1), Page(u32::MAX), Why, Passage, Follow, Helpful, Unhelpful, Show, Delete, Gap]
    }

    #[test]
    fn names_come_back_as_what_they_name() {
        for action in actions() {
            let pressed = Pressed { action, record: RecordId::MAX };
            assert!(pressed.name().len() <= 100);
            assert_eq!(Pressed::parse(&pressed.name()), Some(pressed));
        }
    }

    #[test]
    fn what_is_forged_badly_names_nothing() {
        for name in [
            "",
            "f1",
            "f1:why",
            "f1:why:",
            "f1:why:-1",
            "f1:why:+1",
            "f1:why:01",
            "f1:why:0",
            "f1:why:1:2",
            "f1:more:1",
            "f1:more:1:0",
            "f1:more:1:1:1",
            "f1:more:1:99999999999",
            "f2:why:1",
            "why:1",
            "F1:why:1",
            "f1:why:99999999999999999999",
            "f1:why:1 ",
            "f1:explode:1",
        ] {
            assert_eq!(Pressed::parse(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_name_panics_and_each_has_one_spelling(name in "(f1|.{0,3}):?[a-z]{0,6}:?.{0,12}") {
            if let Some(pressed) = Pressed::parse(&name) {
                prop_assert_eq!(pressed.name(), name);
            }
        }
    }
}
