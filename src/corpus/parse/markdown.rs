//! Markdown: CommonMark with tables, strikethrough, task lists and footnotes, to text.
//!
//! Paragraphs, headings, list items and code blocks become paragraphs of the text; a line end within a
//! paragraph becomes a space, a hard break a line end. Marks of the format leave the text: links give their
//! words, pictures their description, raw HTML what a browser would show of it. The first heading of level
//! one is the title where the front matter gives none, and leaves the text, since titles are searched apart.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::canonical::{Builder, Gap, one_line};
use super::{Extract, Fault, front_matter, html};

/// The deepest nesting of quotes and lists. On a line that goes on lazily the parser looks at all that are
/// open, so deep nesting would make its cost quadratic. Real articles nest two or three deep.
const NESTING_MAX: usize = 64;

/// The deepest indentation of a line, in columns: each level of a list takes two of them or more.
const INDENTATION_MAX: usize = 512;

pub(super) fn extract(path: &str, source: &str) -> Result<Extract, Fault> {
    let parts = front_matter::split(source)?;
    let mut problems = Vec::new();
    let (title, metadata) = parts.fields()?.resolve(path, &mut problems);
    refuse_deep_nesting(&parts)?;
    let mut reader = Reader::new(parts.body, parts.body_line, title);
    for (event, range) in Parser::new_ext(parts.body, options()).into_offset_iter() {
        reader.event(event, range)?;
    }
    let (text, lines) = reader.builder.finish();
    Ok(Extract { title: reader.title, metadata, text, lines, problems })
}

/// Looks at what each line begins with: the marks of quotes and lists, and the indentation by which it goes
/// on with lists above.
fn refuse_deep_nesting(parts: &front_matter::Parts<'_>) -> Result<(), Fault> {
    for (line, text) in (parts.body_line..).zip(parts.body.split('\n')) {
        let (mut marks, mut columns) = (0, 0);
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            let ends_mark = bytes.peek().is_none_or(|next| matches!(next, b' ' | b'\t'));
            match byte {
                b'>' => marks += 1,
                b'-' | b'*' | b'+' | b'.' | b')' if ends_mark => marks += 1,
                b' ' | b'\t' => columns += 1,
                b'0'..=b'9' => {}
                _ => break,
            }
        }
        if marks > NESTING_MAX || columns > INDENTATION_MAX {
            let message = format!(
                "nests quotes or lists deeper than {NESTING_MAX}, or begins with over {INDENTATION_MAX} spaces: simplify its markup"
            );
            return Err(Fault::new(line, message));
        }
    }
    Ok(())
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

/// Turns the events of the parser into text.
struct Reader<'a> {
    body: &'a str,
    /// The byte offsets at which the lines of the body begin.
    line_starts: Vec<usize>,
    /// The line of the file on which the body begins.
    first_line: u32,
    title: Option<String>,
    builder: Builder,
    /// The words of the heading of level one that is being read, with their lines.
    heading: Option<Vec<(String, u32)>>,
    /// The lines of the HTML block that is being read.
    html: Option<Vec<(u32, String)>>,
    /// The element whose words are not text, while one is open in a paragraph: `script`, `style`.
    hidden: Option<&'static str>,
    in_code: bool,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str, first_line: u32, title: Option<String>) -> Reader<'a> {
        let line_ends = body.match_indices('\n').map(|(at, _)| at + 1);
        Reader {
            body,
            line_starts: std::iter::once(0).chain(line_ends).collect(),
            first_line,
            title,
            builder: Builder::default(),
            heading: None,
            html: None,
            hidden: None,
            in_code: false,
        }
    }

    /// The line of the file on which a byte of the body stands.
    fn line(&self, offset: usize) -> u32 {
        let after = self.line_starts.partition_point(|&start| start <= offset);
        self.first_line.saturating_add(u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX))
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.aligned(&text, range);
            }
            Event::SoftBreak => self.gap(Gap::Space),
            Event::HardBreak => self.gap(Gap::Line),
            Event::Rule => self.gap(Gap::Paragraph),
            Event::Html(text) => {
                let line = self.line(range.start);
                if let Some(lines) = &mut self.html {
                    lines.extend((line..).zip(text.split_inclusive('\n').map(str::to_owned)));
                }
            }
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                self.gap(Gap::Paragraph);
                self.heading = Some(Vec::new());
            }
            Tag::HtmlBlock => self.html = Some(Vec::new()),
            Tag::CodeBlock(_) => {
                self.gap(Gap::Paragraph);
                self.in_code = true;
            }
            Tag::TableRow | Tag::TableHead => self.gap(Gap::Line),
            Tag::TableCell => self.gap(Gap::Cell),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            _ => self.gap(Gap::Paragraph),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Fault> {
        match tag {
            TagEnd::Heading(_) => {
                self.end_heading();
                self.gap(Gap::Paragraph);
            }
            TagEnd::HtmlBlock => {
                let lines = self.html.take().unwrap_or_default();
                let lines = lines.iter().map(|(line, text)| (*line, text.as_str()));
                html::append_text(lines, &mut self.builder)?;
                self.gap(Gap::Paragraph);
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.gap(Gap::Paragraph);
            }
            TagEnd::TableRow | TagEnd::TableHead => self.gap(Gap::Line),
            TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            _ => {
                self.hidden = None;
                self.gap(Gap::Paragraph);
            }
        }
        Ok(())
    }

    /// A heading of level one is the title where there is none yet; one that only repeats it is left out.
    fn end_heading(&mut self) {
        let Some(words) = self.heading.take() else { return };
        let heading = one_line(&words.iter().map(|(words, _)| words.as_str()).collect::<String>());
        if heading.is_empty() {
            return;
        }
        match &self.title {
            None => self.title = Some(heading),
            Some(title) if *title == heading => {}
            Some(_) => words.iter().for_each(|(words, line)| self.push(words, *line)),
        }
    }

    fn gap(&mut self, gap: Gap) {
        match &mut self.heading {
            // Within a heading only spaces occur; that before its first word does no harm.
            Some(words) => words.push((" ".to_owned(), self.first_line)),
            None => self.builder.gap(gap),
        }
    }

    fn push(&mut self, words: &str, line: u32) {
        match &mut self.heading {
            Some(heading) => heading.push((words.to_owned(), line)),
            None if words == " " => self.builder.gap(Gap::Space),
            None => self.builder.push(words, line),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.hidden.is_some() {
            return;
        }
        let line = self.line(range.start);
        if self.in_code {
            self.builder.push_lines(text, |n| line.saturating_add(n));
        } else {
            // What left the text before it may have left its space.
            let ends_in_space = match &self.heading {
                Some(words) => words.last().is_none_or(|(words, _)| words.ends_with(' ')),
                None => self.builder.ends_in_space(),
            };
            self.push(if ends_in_space { text.trim_start_matches(' ') } else { text }, line);
        }
    }

    /// Text in which line ends have become spaces: each word is looked up in the source.
    fn aligned(&mut self, text: &str, range: Range<usize>) {
        if self.hidden.is_some() {
            return;
        }
        let body = self.body;
        let mut from = range.start;
        for words in text.split_inclusive(' ') {
            let word = words.trim_end();
            let rest = body.get(from..range.end).unwrap_or_default();
            let at = from + rest.find(word).unwrap_or(0);
            self.push(words, self.line(at));
            from = at + word.len();
        }
    }

    fn inline_html(&mut self, tag: &str) {
        let is = |start: &str| tag.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
        match self.hidden {
            Some("script") if is("</script") => self.hidden = None,
            Some("style") if is("</style") => self.hidden = None,
            Some(_) => {}
            None if is("<script") => self.hidden = Some("script"),
            None if is("<style") => self.hidden = Some("style"),
            None if is("<br") => self.gap(Gap::Line),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::parse::tests::assert_lines_exact;

    fn check(source: &str, expected: Expect) {
        let extract = extract("a.md", source).unwrap();
        assert_lines_exact(source, &extract.text, &extract.lines);
        expected.assert_eq(&format!("{:?}\n{}\n", extract.title, extract.text));
    }

    #[test]
    fn paragraphs_and_breaks() {
        check(
            "One\ntwo  \nthree\\\nfour.\n\n\n  Five.\n\n***\nSix\n",
            expect![[r#"
            None
            One two
            three
            four.

            Five.

            Six
        "#]],
        );
    }

    #[test]
    fn the_first_heading_of_level_one_is_the_title() {
        check(
            "Before.\n\n# A *fine*\u{a0}visit #\n\nText.\n\n# Another\n\n## Below\n",
            expect![[r#"
            Some("A fine visit")
            Before.

            Text.

            Another

            Below
        "#]],
        );
        check(
            "# The *Great* Wall and [a link](http://x.y) here of `code` and `more`\n\nText.",
            expect![[r#"
            Some("The Great Wall and a link here of code and more")
            Text.
        "#]],
        );
        check(
            "A visit\nin winter\n=========\nText.",
            expect![[r#"
            Some("A visit in winter")
            Text.
        "#]],
        );
        check(
            "---\ntitle: Given\n---\n# Given\nText.\n# Other `one`\n",
            expect![[r#"
            Some("Given")
            Text.

            Other one
        "#]],
        );
        check(
            "# ![](a.png)\n\nText.",
            expect![[r#"
            None
            Text.
        "#]],
        );
    }

    #[test]
    fn inline_marks_leave_the_text() {
        check(
            "A *b* **c** ~~d~~ [e f](http://x.org \"t\") ![g](h.png) <http://i.org> &amp; \\*j\\* `k  l` m[^1].\n\n[^1]: The note.\n",
            expect![[r#"
                None
                A b c d e f g http://i.org & *j* k  l m.

                The note.
            "#]],
        );
    }

    #[test]
    fn lists_and_quotes() {
        check(
            "- one\n  more\n- two\n  1. three\n\n  2. four\n\n> five\nlazy\n> > six\n\n- [x] seven\n",
            expect![[r#"
                None
                one more

                two

                three

                four

                five lazy

                six

                seven
            "#]],
        );
    }

    #[test]
    fn code_keeps_its_lines() {
        check(
            "Text\n\n```rust\nfn a() {\n\n    b();\n}\n```\n\n    four\n      five\n\n> ```\n> six\n> ```\nA `seven\neight` nine\n",
            expect![[r#"
                None
                Text

                fn a() {

                    b();
                }

                four
                  five

                six

                A seven eight nine
            "#]],
        );
    }

    #[test]
    fn tables_give_a_line_a_row() {
        check(
            "| a | b |\n|---|:-:|\n| *c* | d e |\n| | f |\n\nText\n",
            expect![[r#"
            None
            a | b
            c | d e
            f

            Text
        "#]],
        );
    }

    #[test]
    fn of_html_only_the_words_stay() {
        check(
            "A <b>b</b><br>c <!-- d --> <script>alert(1)</script>e.\n\n<div class=\"x\">\n<p>Five\nsix</p>\n<script>seven()</script></div>\n\nEight.\n\n> <p>nine\n> ten\n\n<!--\neleven\n-->\n",
            expect![[r#"
                None
                A b
                c e.

                Five six

                Eight.

                nine ten
            "#]],
        );
    }

    #[test]
    fn deep_nesting_is_refused_on_its_line() {
        for (nested, refused) in [
            ("> ".repeat(64), false),
            (">".repeat(65), true),
            ("1. ".repeat(65), true),
            ("-".repeat(1000), false),
            (" ".repeat(513), true),
        ] {
            let found = extract("a.md", &format!("---\n---\nOne\n\n{nested}a"));
            let expected = if refused { Some(Some(5)) } else { None };
            assert_eq!(found.err().map(|fault| fault.line), expected, "{nested}");
        }
    }

    #[test]
    fn lines_count_from_the_top_of_the_file() {
        let extract = extract("a.md", "---\ntitle: T\n---\n\nOne\ntwo\n\nthree\n").unwrap();
        assert_eq!(extract.lines, [(0, 5), (4, 6), (9, 8)]);
    }
}
