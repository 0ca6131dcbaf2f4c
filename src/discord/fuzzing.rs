//! What is fuzzed of messages.

use super::escape::{address, line};
use super::limits::{self, units};
use super::render::unrecorded;
use super::text::Text;
use crate::answer::Answer;

/// A text that was made safe does nothing, and has the length that was asked for.
pub(crate) fn check_escapes(text: &str) {
    for max in [0, 1, 20, 500] {
        let shown = line(text, max).to_string();
        assert!(units(&shown) <= max, "{shown:?}");
        check_inert(&shown);
        let isolates = shown.matches('\u{2068}').count();
        assert!(isolates <= 1 && isolates == shown.matches('\u{2069}').count(), "{shown:?}");
    }
    if let Some(target) = address(text) {
        assert!(is_target(&target), "{target}");
    }
}

/// Each quote is marked as one and followed by its citation, no other line looks like either, and nothing acts but
/// the links of ours.
pub(crate) fn check_rendered(answer: &Answer) {
    for echo in [false, true] {
        let (description, content) = unrecorded(answer, Text::default(), echo);
        assert!(units(&description) <= limits::DESCRIPTION_MAX && units(&content) <= limits::CONTENT_MAX);
        for message in [description, content] {
            let count = |start: &str| message.lines().filter(|line| line.starts_with(start)).count();
            assert!(count("[") <= answer.shown().len() && count("[") == count("> "), "{message}");
            message.lines().for_each(check_line);
        }
    }
}

/// A line of an answer: nothing in it acts but the link of its number and the bold title, which are ours.
fn check_line(line: &str) {
    if let Some(numbers) = line.strip_prefix("The articles name different figures: compare ") {
        assert!(numbers.chars().all(|c| c.is_ascii_digit() || "[], with.".contains(c)), "{line}");
        return;
    }
    let citation = |line: &str| -> Option<String> {
        let line = line.strip_prefix('[')?;
        let (number, rest) = match line.strip_prefix('[') {
            None => line.split_once("] ")?,
            Some(linked) => {
                let (number, rest) = linked.split_once("]](")?;
                let (target, rest) = rest.split_once(") ")?;
                assert!(is_target(target), "{target}");
                (number, rest)
            }
        };
        assert!(number.parse::<u32>().is_ok(), "{number}");
        Some(rest.to_owned())
    };
    let entry = |line: &str| -> Option<String> {
        let rest = line.strip_prefix("- ")?;
        match rest.rsplit_once(", [original](") {
            Some((rest, target)) => {
                assert!(is_target(target.strip_suffix(')').expect("the end of a link")), "{target}");
                Some(rest.to_owned())
            }
            None => Some(rest.to_owned()),
        }
    };
    let rest = citation(line)
        .or_else(|| entry(line))
        .or_else(|| line.strip_prefix("> ").map(str::to_owned))
        .unwrap_or_else(|| line.to_owned());
    // The title, the question and the words that were not found are in bold or italics of ours.
    let rest = match rest.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        Some((bold, rest)) => format!("{bold}{rest}"),
        None => rest,
    };
    check_inert(&rest);
}

/// Nothing in a text acts: each character of Markdown stands behind a backslash of its own, and nothing pings, links,
/// invites or turns what stands around it.
fn check_inert(text: &str) {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => assert!(chars.next().is_some_and(|c| c.is_ascii_punctuation()), "{text:?}"),
            c => assert!(!"*_~`|[]<>".contains(c), "{text:?}"),
        }
    }
    let small = text.to_lowercase();
    assert!(!small.contains("@everyone") && !small.contains("@here") && !text.contains("<@"), "{text:?}");
    assert_eq!(text.matches("://").count(), text.matches("\\://").count(), "{text:?}");
    assert!(!small.contains("discord.gg") && !small.contains("discord.com/invite"), "{text:?}");
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}' | '\u{2067}' | '\u{FEFF}')
    };
    assert!(!text.contains(steers), "{text:?}");
}

/// Nothing in it ends a link.
fn is_target(target: &str) -> bool {
    let is_web = target.starts_with("https://") || target.starts_with("http://");
    is_web && !target.contains(|c: char| !c.is_ascii_graphic() || "()<>[]\\`*|\"".contains(c))
}
