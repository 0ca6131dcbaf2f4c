//! Text of other people (questions, articles, names) made harmless for a Discord message. Pure.
//!
//! What comes out shows the same words, and nothing in it acts: no mention, no link, no invite, no Markdown,
//! no character that turns or hides the text around it. Every text that is not our own passes through here,
//! and is put behind words of our own, so that it never begins a line and needs no escapes for headings,
//! lists and quotes.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::limits;

/// Text that is safe to put into a line of a message. Only this module makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safe(String);

impl Safe {
    /// Whether nothing is left to show.
    pub fn is_empty(&self) -> bool {
        self.0.chars().all(|c| matches!(c, FIRST_STRONG_ISOLATE | POP_ISOLATE))
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Marks that a text was cut.
const ELLIPSIS: &str = "…";

/// Makes a text safe, on one line, and no longer than `max` (as [`limits::units`] counts), ellipsis included.
///
/// A longer text is cut after its last sentence that fits, where that keeps at least half of the room, else
/// after its last word, else within the word; never inside what a reader sees as one character.
pub fn line(text: &str, max: usize) -> Safe {
    let clean = clean(text, max + LOOK_AHEAD);
    if !is_right_to_left(&clean) {
        return Safe(cut(&clean, max));
    }
    // The two marks of the isolate count as well.
    match max.checked_sub(2) {
        Some(room) => Safe(format!("{FIRST_STRONG_ISOLATE}{}{POP_ISOLATE}", cut(&clean, room))),
        None => Safe(String::new()),
    }
}

/// A link under a label of ours (never a text of others), such as `[1]`; `None` where the address cannot be
/// linked safely or is too long.
///
/// The address is written so that nothing in it can end the link: Discord's Markdown ends one at a closing
/// parenthesis or white space.
pub fn link(label: &str, address: &str) -> Option<Safe> {
    self::address(address).map(|target| Safe(format!("[{label}]({target})")))
}

/// An address that may be linked, written as [`link`] writes it; also for a button that leads there.
pub fn address(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    // `https://known.example@evil.example` reads as the first and leads to the second.
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let mut target = String::new();
    for c in url.as_str().chars() {
        match c {
            // `Url` writes ASCII alone but leaves some of it that Markdown would take for itself.
            'a'..='z' | 'A'..='Z' | '0'..='9' => target.push(c),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '!' | '$' | '&' | '+' | ',' | ';' | '=' | '%' => {
                target.push(c)
            }
            other => {
                let mut bytes = [0; 4];
                other
                    .encode_utf8(&mut bytes)
                    .bytes()
                    .for_each(|byte| target.push_str(&format!("%{byte:02X}")));
            }
        }
    }
    (limits::units(&target) <= limits::URL_MAX).then_some(target)
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// How many characters past the cut are kept before it is made: what stands after it decides where words end.
const LOOK_AHEAD: usize = 64;

/// One line: white space that breaks lines becomes one space, and characters that steer the display or hide
/// are dropped. Joiners stay, since Persian words and emoji are written with them. Ends after `chars_max`
/// characters, so that a text of megabytes costs no more than what is shown of it.
fn clean(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for c in text.chars() {
        if chars >= chars_max {
            break;
        }
        let length = out.len();
        if c.is_whitespace() {
            let breaks = c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}');
            // A no-break space is kept: it belongs to the text.
            if !breaks {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !(c.is_control() || is_steering(c)) {
            out.push(c);
        }
        chars += usize::from(out.len() > length);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a character turns the text around it, or takes no room and joins nothing.
fn is_steering(c: char) -> bool {
    matches!(c,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' // embeddings, overrides, isolates
        | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}' // no width
        | '\u{FFF9}'..='\u{FFFB}' // interlinear notes
        | '\u{206A}'..='\u{206F}') // deprecated format characters
}

/// Whether any of the text is written from right to left, so that it must be kept from turning its
/// surroundings. The blocks are those that Unicode gives the bidi classes R and AL by default.
fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(u32::from(c),
            0x0590..=0x08FF | 0x200F | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}

/// The escaped text, cut to `max`.
fn cut(clean: &str, max: usize) -> String {
    let whole = escape(clean);
    if limits::units(&whole) <= max {
        return whole;
    }
    let room = max.saturating_sub(limits::units(ELLIPSIS));
    let ends = fitting_ends(clean, room);
    let Some(&last) = ends.last() else {
        return if max == 0 { String::new() } else { ELLIPSIS.to_owned() };
    };
    let fits = |end: &usize| *end <= last && ends.binary_search(end).is_ok();
    let sentence = clean
        .split_sentence_bound_indices()
        .map(|(start, _)| start)
        .take_while(|start| *start <= last)
        .filter(|start| fits(start))
        .last()
        .filter(|start| start * 2 >= last);
    let word = || {
        clean
            .split_word_bound_indices()
            .map(|(start, _)| start)
            .take_while(|start| *start <= last)
            .filter(|start| *start > 0 && fits(start))
            .last()
    };
    let end = sentence.or_else(word).unwrap_or(last);
    let kept = clean.get(..end).unwrap_or_default().trim_end();
    let space = if sentence.is_some() { " " } else { "" };
    let shown = format!("{}{space}{ELLIPSIS}", escape(kept));
    // The space is the only thing not counted above: where it is one too many, do without.
    if limits::units(&shown) <= max { shown } else { format!("{}{ELLIPSIS}", escape(kept)) }
}

/// The ends, ascending, of what a reader sees as characters, as long as all before them fits into `room`.
fn fitting_ends(clean: &str, room: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut used = 0;
    for (start, grapheme) in clean.grapheme_indices(true) {
        let mut shown = String::new();
        for (at, c) in grapheme.char_indices() {
            push_escaped(&mut shown, clean, start + at, c);
        }
        used += limits::units(&shown);
        if used > room {
            break;
        }
        ends.push(start + grapheme.len());
    }
    ends
}

fn escape(clean: &str) -> String {
    let mut out = String::with_capacity(clean.len() + clean.len() / 8);
    for (at, c) in clean.char_indices() {
        push_escaped(&mut out, clean, at, c);
    }
    out
}

/// Appends the character that stands at byte `at` of `text`, escaped where it could act.
fn push_escaped(out: &mut String, text: &str, at: usize, c: char) {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + c.len_utf8()..).unwrap_or_default();
    match c {
        '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '>' => {
            out.push('\\');
            out.push(c);
        }
        // A bare address would become a link.
        ':' if after.starts_with("//") => out.push_str("\\:"),
        // Invites act without `https://` too.
        '.' if ends_with_any(before, &["discord", "discordapp", "dsc"]) => out.push_str("\\."),
        '@' => {
            // `<@1>`, `<@&1>`: the bracket is escaped as well, this parts the two for who looks for them.
            out.push_str(if before.ends_with('<') { "\\@" } else { "@" });
            // A backslash does not hide these from Discord's servers, a space without width does.
            if starts_with_any(after, &["everyone", "here"]) {
                out.push('\u{200B}');
            }
        }
        other => out.push(other),
    }
}

fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let start = text.len().checked_sub(word.len());
        start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    })
}

/// A text with what cannot be seen in it made visible, for expectations of tests.
#[cfg(test)]
pub(super) fn visible(text: &str) -> String {
    text.replace('\u{200B}', "{ZWSP}").replace(FIRST_STRONG_ISOLATE, "{FSI}").replace(POP_ISOLATE, "{PDI}")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&visible(&line(text, 2000).to_string()));
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        check(
            "T-90 tanks, the Su-30 (and 50 % of it): \"soon\"!",
            expect![[r#"T-90 tanks, the Su-30 (and 50 % of it): "soon"!"#]],
        );
        check(
            "# 1. - not a heading, since it never begins a line",
            expect!["# 1. - not a heading, since it never begins a line"],
        );
    }

    #[test]
    fn markdown_is_shown_and_does_not_act() {
        check(
            "**b** _i_ ~~s~~ `c` ||spoiler|| \\*",
            expect![[r"\*\*b\*\* \_i\_ \~\~s\~\~ \`c\` \|\|spoiler\|\| \\\*"]],
        );
        check("```\ncode\n```", expect![[r"\`\`\` code \`\`\`"]]);
    }

    #[test]
    fn a_link_cannot_be_forged() {
        check("[official](https://evil.example)", expect![[r"\[official\](https\://evil.example)"]]);
        check("](https://evil.example)", expect![[r"\](https\://evil.example)"]]);
        check("<https://evil.example> HTTPS://EVIL", expect![[r"\<https\://evil.example\> HTTPS\://EVIL"]]);
    }

    #[test]
    fn mentions_do_not_mention() {
        check("@everyone @Here", expect!["@{ZWSP}everyone @{ZWSP}Here"]);
        check(
            "<@123> <@!1> <@&5> <#7> </ask:1> <:a:1> <t:1:R>",
            expect![[r"\<\@123\> \<\@!1\> \<\@&5\> \<#7\> \</ask:1\> \<:a:1\> \<t:1:R\>"]],
        );
    }

    #[test]
    fn invites_do_not_invite() {
        check("discord.gg/abc Discord.com/invite/x", expect![[r"discord\.gg/abc Discord\.com/invite/x"]]);
    }

    #[test]
    fn what_turns_or_hides_text_is_dropped() {
        check(
            "a\u{202E}txt.exe\u{202C} b\u{200B}c\u{FEFF}d\u{0007}e\u{1b}[31m",
            expect![[r"atxt.exe bcde\[31m"]],
        );
        check("line one\r\n\r\n  line two\u{2028}three ", expect!["line one line two three"]);
    }

    #[test]
    fn joiners_and_no_break_spaces_stay() {
        check("👩‍👩‍👧 10\u{a0}km", expect!["👩‍👩‍👧 10\u{a0}km"]);
    }

    #[test]
    fn right_to_left_text_is_isolated() {
        check("آیا ایران سلاح می‌خواست؟", expect!["{FSI}آیا ایران سلاح می‌خواست؟{PDI}"]);
    }

    fn check_cut(text: &str, max: usize, expected: Expect) {
        expected.assert_eq(&line(text, max).to_string());
    }

    #[test]
    fn a_long_text_is_cut_after_a_sentence_or_a_word() {
        check_cut("One thing happened. Then another one did.", 30, expect!["One thing happened. …"]);
        check_cut("One. Then a very long sentence follows here.", 30, expect!["One. Then a very long…"]);
        check_cut("abcdefghijklmnopqrstuvwxyz", 10, expect!["abcdefghi…"]);
        check_cut("伊朗国防部长访问俄罗斯，讨论军事合作。", 10, expect!["伊朗国防部长访问俄…"]);
        check_cut("****", 5, expect![[r"\*\*…"]]);
        check_cut("abc", 0, expect![""]);
        check_cut("abc", 1, expect!["…"]);
    }

    #[test]
    fn an_emoji_is_never_cut_apart() {
        let family = "👩‍👩‍👧";
        check_cut(&family.repeat(3), 18, expect!["👩‍👩‍👧👩‍👩‍👧…"]);
        check_cut(family, 5, expect!["…"]);
    }

    fn check_link(address: &str, expected: Expect) {
        expected.assert_eq(
            &link("[1]", address).map(|safe| safe.to_string()).unwrap_or_else(|| "none".to_owned()),
        );
    }

    #[test]
    fn an_address_cannot_break_out_of_its_link() {
        check_link(
            "https://example.org/a_(b)?q=\"x\" y",
            expect!["[[1]](https://example.org/a_%28b%29?q=%22x%22%20y)"],
        );
        check_link(
            "https://example.org/x)](https://evil.example",
            expect!["[[1]](https://example.org/x%29%5D%28https://evil.example)"],
        );
        check_link("https://example.org/`*<|>'\\", expect!["[[1]](https://example.org/%60%2A%3C%7C%3E%27/)"]);
        check_link("https://example.org/@everyone", expect!["[[1]](https://example.org/%40everyone)"]);
        check_link("https://пример.рф/я", expect!["[[1]](https://xn--e1afmkfd.xn--p1ai/%D1%8F)"]);
    }

    #[test]
    fn an_address_that_misleads_is_not_linked() {
        check_link("javascript:alert(1)", expect!["none"]);
        check_link("https://known.example@evil.example/", expect!["none"]);
        check_link("not an address", expect!["none"]);
        check_link(&format!("https://example.org/{}", "a".repeat(600)), expect!["none"]);
    }

    /// Text that is likelier to hurt than random characters are.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            proptest::sample::select(vec![
                "@everyone",
                "@here",
                "<@",
                "<@&1>",
                "](",
                "https://",
                "discord.gg/x",
                "`",
                "```",
                "\u{202E}",
                "\u{2067}",
                "\u{200D}",
                "👩‍👧",
                "e\u{301}\u{301}",
                "\r\n",
                "\n> ",
                "شلوم",
                "||",
                "\\",
                " ",
                ". ",
                "word",
            ])
            .prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text in hostile(), max in 0usize..80) {
            prop_assert!(limits::units(&line(&text, max).0) <= max);
        }

        #[test]
        fn nothing_acts(text in hostile(), max in 10usize..400) {
            let shown = line(&text, max).0;
            let lower = shown.to_lowercase();
            prop_assert!(!lower.contains("@everyone") && !lower.contains("@here"));
            prop_assert!(!shown.contains("<@"), "{shown:?}");
            prop_assert_eq!(shown.matches("://").count(), shown.matches("\\://").count());
            prop_assert!(!lower.contains("discord.gg"));
            let steers = shown.contains(['\n', '\r', '\u{202E}', '\u{2067}']);
            prop_assert!(!steers, "{shown:?}");
            let isolates = shown.matches('\u{2068}').count();
            let balanced = isolates <= 1 && isolates == shown.matches('\u{2069}').count();
            prop_assert!(balanced, "{shown:?}");
        }

        /// Every character that Markdown would act on has a backslash of its own before it.
        #[test]
        fn every_mark_is_escaped(text in hostile(), max in 10usize..400) {
            let shown = line(&text, max).0;
            let mut chars = shown.chars();
            while let Some(c) = chars.next() {
                if c == '\\' {
                    let next = chars.next();
                    prop_assert!(next.is_some_and(|c| c.is_ascii_punctuation()), "{shown:?}");
                } else {
                    prop_assert!(!"*_~`|[]<>".contains(c), "{shown:?}");
                }
            }
        }

        #[test]
        fn escaping_loses_no_word(text in "[a-zA-Z0-9*_`|<>\\[\\] .:/@-]{0,80}") {
            let shown = line(&text, 2000).0;
            let plain: String = shown.replace('\u{200B}', "");
            let mut back = String::new();
            let mut chars = plain.chars();
            while let Some(c) = chars.next() {
                back.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
            }
            prop_assert_eq!(back, text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
        }
    }
}
