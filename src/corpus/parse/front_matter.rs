//! YAML front matter: the lines between `---` and `---` at the top of a Markdown file.

use serde::Deserialize;
use serde_saphyr::options::NonFiniteFloatPolicy;
use serde_saphyr::{Options, Spanned};

use super::Fault;
use super::fields::{Field, Fields, Value};
use crate::corpus::problem::quoted;

/// The largest front matter, in bytes. A title, a few names and an address fill one hundredth of it.
const BYTES_MAX: usize = 64 << 10;

/// A file parted into its front matter and its body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The YAML between the marks; `None` where there is no front matter.
    yaml: Option<&'a str>,
    /// What follows.
    pub(super) body: &'a str,
    /// The line of the file on which the body begins, 1-based.
    pub(super) body_line: u32,
}

/// Parts a file (line ends are `\n`) into front matter and body.
pub(super) fn split(source: &str) -> Result<Parts<'_>, Fault> {
    let Some((first, rest)) = source.split_once('\n').filter(|(first, _)| first.trim_end() == "---") else {
        return Ok(Parts { yaml: None, body: source, body_line: 1 });
    };
    let mut offset = 0;
    for (line, text) in (2_u32..).zip(rest.split_inclusive('\n')) {
        let mark = text.trim_end();
        if mark == "---" || mark == "..." {
            let (yaml, from_mark) = rest.split_at(offset);
            let body = from_mark.get(text.len()..).unwrap_or_default();
            return Ok(Parts { yaml: Some(yaml), body, body_line: line.saturating_add(1) });
        }
        offset += text.len();
        if offset > BYTES_MAX {
            break;
        }
    }
    let kib = BYTES_MAX >> 10;
    let opening = quoted(first);
    Err(Fault::new(
        1,
        format!(
            "the front matter opened by {opening} is not closed within {kib} KiB: end it with a line `---`"
        ),
    ))
}

/// The known fields; all others are ignored.
#[derive(Debug, Default, Deserialize)]
struct FrontMatter {
    title: Option<Spanned<Value>>,
    publisher: Option<Spanned<Value>>,
    authors: Option<Spanned<Value>>,
    published: Option<Spanned<Value>>,
    url: Option<Spanned<Value>>,
    language: Option<Spanned<Value>>,
    tags: Option<Spanned<Value>>,
}

impl Parts<'_> {
    /// The fields of the front matter; none where there is no front matter.
    pub(super) fn fields(&self) -> Result<Fields, Fault> {
        let Some(yaml) = self.yaml else { return Ok(Fields::default()) };
        let parsed: Option<FrontMatter> =
            serde_saphyr::from_str_with_options(yaml, options()).map_err(|error| fault(&error))?;
        let FrontMatter { title, publisher, authors, published, url, language, tags } =
            parsed.unwrap_or_default();
        let field = |value| field(yaml, value);
        Ok(Fields {
            title: field(title),
            publisher: field(publisher),
            authors: field(authors),
            published: field(published),
            url: field(url),
            language: field(language),
            tags: field(tags),
        })
    }
}

/// Limits of a tenth of the library's or less: front matter is a handful of scalars. They hold against
/// aliases that multiply ("billion laughs"), deep nesting and floods of anchors.
fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_recorded_anchor_events: 20_000,
            max_recorded_anchor_bytes: 1 << 20,
            max_depth: 32,
            flow_nesting_limit: 32,
            max_documents: 1,
            max_nodes: 20_000,
            max_total_scalar_bytes: 1 << 20,
            max_merge_keys: 100,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 20_000,
            max_replay_stack_depth: 16,
        },
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn field(yaml: &str, value: Option<Spanned<Value>>) -> Option<Field> {
    let Spanned { value, referenced, .. } = value?;
    let value = match value {
        // As it is written, not as a number is: `1.10` stays `1.10`.
        Value::Plain(spelt) => Value::Plain(written(yaml, referenced.span()).unwrap_or(spelt)),
        value => value,
    };
    Some(Field { value, line: file_line(referenced.line()) })
}

fn written(yaml: &str, span: serde_saphyr::Span) -> Option<String> {
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let len = usize::try_from(span.byte_len()?).ok()?;
    let text = yaml.get(start..start.checked_add(len)?)?.trim();
    // An alias spans its own name, not the value.
    (!text.is_empty() && !text.starts_with('*')).then(|| text.to_owned())
}

/// The line of the file of a line of the YAML, which begins on the second.
fn file_line(yaml_line: u64) -> Option<u32> {
    (yaml_line > 0).then(|| u32::try_from(yaml_line.saturating_add(1)).unwrap_or(u32::MAX))
}

fn fault(error: &serde_saphyr::Error) -> Fault {
    let line = error.location().and_then(|location| file_line(location.line())).unwrap_or(1);
    let reason = quoted(&error.without_snippet().to_string());
    Fault::new(line, format!("the front matter is broken: {reason}: mend it, or put the value in quotes"))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(source: &str, expected: Expect) {
        let mut problems = Vec::new();
        let shown = match split(source).and_then(|parts| Ok((parts.fields()?, parts))) {
            Ok((fields, parts)) => {
                let (title, metadata) = fields.resolve("a.md", &mut problems);
                let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
                format!("{title:?} {metadata:?} {:?} from {} {problems:?}", parts.body, parts.body_line)
            }
            Err(fault) => format!("{:?}: {}", fault.line, fault.message),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn front_matter_is_parted_from_the_body() {
        check(
            "text",
            expect![[
                r#"None Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] } "text" from 1 []"#
            ]],
        );
        check(
            "---\ntitle: A visit\nnote: kept out\n---\nbody\n",
            expect![[
                r#"Some("A visit") Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] } "body\n" from 5 []"#
            ]],
        );
        check(
            "---\n---\nbody",
            expect![[
                r#"None Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] } "body" from 3 []"#
            ]],
        );
        check(
            "--- \n# only a comment\n...\n",
            expect![[
                r#"None Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] } "" from 4 []"#
            ]],
        );
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        check(
            "---\ntitle: 1.10\npublisher: yes\nauthors: [AP, 7]\npublished: 2016-02-16\ntags: [a, 'b, c']\n---\n",
            expect![[
                r#"Some("1.10") Metadata { publisher: Some("yes"), authors: ["AP", "7"], published: Some(2016-02-16), url: None, language: None, tags: ["a", "b, c"] } "" from 8 []"#
            ]],
        );
        check(
            "---\ntitle: &a 1.10\npublisher: *a\nlanguage: .nan\nurl:\n---\n",
            expect![[
                r#"Some("1.10") Metadata { publisher: Some("1.1"), authors: [], published: None, url: None, language: Some(".nan"), tags: [] } "" from 7 []"#
            ]],
        );
    }

    #[test]
    fn a_field_of_the_wrong_kind_is_reported_with_its_line() {
        check(
            "---\nlanguage: en\ntitle: [a]\nurl: ftp://x.org\n---\n",
            expect![[
                r#"None Metadata { publisher: None, authors: [], published: None, url: None, language: Some("en"), tags: [] } "" from 6 ["a.md:3: `title` is not a text: write it as one, in quotes if need be", "a.md:4: `url` `ftp://x.org` is not a web address: write it in full, with `https://`"]"#
            ]],
        );
    }

    #[test]
    fn broken_front_matter_is_a_fault_with_its_line() {
        check(
            "---\ntitle: a\n\nbody",
            expect![
                "Some(1): the front matter opened by `---` is not closed within 64 KiB: end it with a line `---`"
            ],
        );
        check(
            "---\ntitle: a: b\n---\n",
            expect![
                "Some(2): the front matter is broken: `mapping values are not allowed in this context at line 1, co…`: mend it, or put the value in quotes"
            ],
        );
        check(
            "---\ntitle: a\ntitle: b\n---\n",
            expect![
                "Some(3): the front matter is broken: `duplicate mapping key: title, set DuplicateKeyPolicy in Opti…`: mend it, or put the value in quotes"
            ],
        );
        check(
            "---\ntitle: a\npublisher: \"b\n---\n",
            expect![
                "Some(4): the front matter is broken: `invalid indentation in multiline quoted scalar at line 3, co…`: mend it, or put the value in quotes"
            ],
        );
        check(
            "---\nOnly prose between two rules.\n---\n",
            expect![
                "Some(2): the front matter is broken: `expected mapping start at line 1, column 1`: mend it, or put the value in quotes"
            ],
        );
    }

    #[test]
    fn a_billion_laughs_are_refused() {
        let mut yaml = String::from("---\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for i in 1..10 {
            let aliases = vec![format!("*a{}", i - 1); 9].join(", ");
            yaml.push_str(&format!("a{i}: &a{i} [{aliases}]\n"));
        }
        check(
            &format!("{yaml}title: *a9\n---\nbody"),
            expect![
                "Some(6): the front matter is broken: `budget breached: Events { events: 20001 } at line 1, column …`: mend it, or put the value in quotes"
            ],
        );
        check(
            &format!("---\ntitle: {}1{}\n---\nbody", "[".repeat(5000), "]".repeat(5000)),
            expect![
                "Some(2): the front matter is broken: `recursion limit exceeded at line 1, column 40`: mend it, or put the value in quotes"
            ],
        );
    }
}
