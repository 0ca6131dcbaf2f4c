//! The fields of front matter and of a line of JSON: from what stands there to a title and metadata.
//!
//! A field that cannot be used is left out and reported; the article is kept.

use std::fmt;

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use url::Url;

use super::canonical::one_line;
use crate::corpus::problem::quoted;
use crate::corpus::{Effect, Metadata, Problem};

/// The longest title, name, tag or address, in characters. Far more than any real one; a hostile one of
/// megabytes would be shown, indexed and stored again and again.
const FIELD_CHARS_MAX: usize = 1000;

/// The most authors, and the most tags, of one article.
const LIST_ITEMS_MAX: usize = 100;

/// A value as YAML or JSON gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// A number or a truth value, spelt as the reader spells it.
    Plain(String),
    List(Vec<Value>),
    /// `null`, or nothing after the colon.
    Null,
    /// A mapping.
    Mapping,
}

/// A value and the line on which it stands.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) value: Value,
    pub(super) line: Option<u32>,
}

/// The fields of an article, before they are looked at.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) title: Option<Field>,
    pub(super) publisher: Option<Field>,
    pub(super) authors: Option<Field>,
    pub(super) published: Option<Field>,
    pub(super) url: Option<Field>,
    pub(super) language: Option<Field>,
    pub(super) tags: Option<Field>,
}

impl Fields {
    /// The title (where there is one) and the metadata. What cannot be used is left out and reported.
    pub(super) fn resolve(self, path: &str, problems: &mut Vec<Problem>) -> (Option<String>, Metadata) {
        let mut reader = Reader { path, problems };
        let title = reader.text("title", self.title);
        let metadata = Metadata {
            publisher: reader.text("publisher", self.publisher),
            authors: reader.list("authors", self.authors),
            published: reader.date("published", self.published),
            url: reader.url("url", self.url),
            language: reader.text("language", self.language),
            tags: reader.list("tags", self.tags),
        };
        (title, metadata)
    }
}

/// The day a date or date-time names, as written there: `2016-02-16`, `2016-02-16T09:30:00+03:00`.
pub(super) fn day(text: &str) -> Option<Date> {
    jiff::fmt::temporal::Pieces::parse(text.trim()).ok().map(|pieces| pieces.date())
}

/// An http or https address, as written.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && text.chars().nth(FIELD_CHARS_MAX).is_none())
        .then(|| if clean { text.to_owned() } else { url.to_string() })
}

struct Reader<'a> {
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn report(&mut self, line: Option<u32>, message: String) {
        self.problems.push(Problem { path: self.path.to_owned(), line, effect: Effect::Kept, message });
    }

    /// The field as one line of text; `None` where it is missing or empty.
    fn text(&mut self, name: &str, field: Option<Field>) -> Option<String> {
        let Field { value, line } = field?;
        match value {
            Value::Text(text) | Value::Plain(text) => self.checked(name, line, &text),
            Value::Null => None,
            Value::List(_) | Value::Mapping => {
                self.report(line, format!("`{name}` is not a text: write it as one, in quotes if need be"));
                None
            }
        }
    }

    /// The field as a list; a single text is a list of one.
    fn list(&mut self, name: &str, field: Option<Field>) -> Vec<String> {
        let Some(Field { value, line }) = field else { return Vec::new() };
        let values = match value {
            Value::List(values) => values,
            value => vec![value],
        };
        if values.len() > LIST_ITEMS_MAX {
            self.report(line, format!("`{name}` has over {LIST_ITEMS_MAX} entries: the rest is left out"));
        }
        values
            .into_iter()
            .take(LIST_ITEMS_MAX)
            .filter_map(|value| self.text(name, Some(Field { value, line })))
            .collect()
    }

    fn date(&mut self, name: &str, field: Option<Field>) -> Option<Date> {
        let line = field.as_ref().and_then(|field| field.line);
        let text = self.text(name, field)?;
        let date = day(&text);
        if date.is_none() {
            let shown = quoted(&text);
            self.report(line, format!("`{name}` {shown} is not a date: write it as `2016-02-16`"));
        }
        date
    }

    fn url(&mut self, name: &str, field: Option<Field>) -> Option<String> {
        let line = field.as_ref().and_then(|field| field.line);
        let text = self.text(name, field)?;
        let url = web_address(&text);
        if url.is_none() {
            let shown = quoted(&text);
            self.report(
                line,
                format!("`{name}` {shown} is not a web address: write it in full, with `https://`"),
            );
        }
        url
    }

    fn checked(&mut self, name: &str, line: Option<u32>, text: &str) -> Option<String> {
        let text = one_line(text);
        if text.chars().nth(FIELD_CHARS_MAX).is_some() {
            self.report(line, format!("`{name}` is over {FIELD_CHARS_MAX} characters: shorten it"));
            return None;
        }
        (!text.is_empty()).then_some(text)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a list")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Plain(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Plain(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // With a point or an exponent in any case, so that it is never taken for a whole number.
        Ok(Value::Plain(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        // One more than is used, so that too many can be told from enough.
        while values.len() <= LIST_ITEMS_MAX {
            match seq.next_element()? {
                Some(value) => values.push(value),
                None => return Ok(Value::List(values)),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Mapping)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(fields: Fields, expected: Expect) {
        let mut problems = Vec::new();
        let (title, metadata) = fields.resolve("a.md", &mut problems);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        expected.assert_eq(&format!("{title:?}\n{metadata:?}\n{problems:#?}"));
    }

    fn field(json: &str) -> Option<Field> {
        Some(Field { value: serde_json::from_str(json).unwrap(), line: Some(3) })
    }

    #[test]
    fn fields_of_every_kind() {
        check(
            Fields {
                title: field(r#"" A\n visit ""#),
                publisher: field("1843"),
                authors: field(r#"["A. One", "", 2]"#),
                published: field(r#""2016-02-16T23:59:59-05:00""#),
                url: field(r#""https://example.org/a?b=c#d""#),
                language: field(r#""pt-BR""#),
                tags: field(r#""arms""#),
            },
            expect![[r#"
                Some("A visit")
                Metadata { publisher: Some("1843"), authors: ["A. One", "2"], published: Some(2016-02-16), url: Some("https://example.org/a?b=c#d"), language: Some("pt-BR"), tags: ["arms"] }
                []"#]],
        );
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        check(
            Fields {
                title: field(r#"["a", "b"]"#),
                published: field(r#""16 February 2016""#),
                url: field(r#""javascript:alert(1)""#),
                authors: field(r#"{"name": "x"}"#),
                language: field("null"),
                ..Fields::default()
            },
            expect![[r#"
                None
                Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
                [
                    "a.md:3: `title` is not a text: write it as one, in quotes if need be",
                    "a.md:3: `authors` is not a text: write it as one, in quotes if need be",
                    "a.md:3: `published` `16 February 2016` is not a date: write it as `2016-02-16`",
                    "a.md:3: `url` `javascript:alert(1)` is not a web address: write it in full, with `https://`",
                ]"#]],
        );
        let long = format!("\"{}\"", "x".repeat(FIELD_CHARS_MAX + 1));
        let many = format!("[{}0]", "1,".repeat(LIST_ITEMS_MAX));
        check(
            Fields { title: field(&long), tags: field(&many), ..Fields::default() }.first_tag_only(),
            expect![[r#"
                None
                Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
                [
                    "a.md:3: `title` is over 1000 characters: shorten it",
                ]"#]],
        );
    }

    impl Fields {
        /// Keeps the expectation short: of a list too long only the length is looked at here.
        fn first_tag_only(mut self) -> Fields {
            let tags = self.tags.take();
            let mut problems = Vec::new();
            let listed = Fields { tags, ..Fields::default() }.resolve("a.md", &mut problems).1.tags;
            assert_eq!((listed.len(), problems.len()), (LIST_ITEMS_MAX, 1));
            self
        }
    }

    #[test]
    fn days_and_addresses() {
        for (text, expected) in [
            ("2016-02-16", true),
            ("2016-02-16 10:00", true),
            ("2016-02-16T10:00:00Z", true),
            ("2016-02-30", false),
            ("2016", false),
            ("yesterday", false),
        ] {
            assert_eq!(day(text).is_some(), expected, "{text}");
        }
        for (text, expected) in [
            ("http://example.org", Some("http://example.org")),
            (" https://example.org/ä ", Some("https://example.org/ä")),
            ("https://exa\nmple.org/", Some("https://example.org/")),
            ("ftp://example.org", None),
            ("example.org", None),
            ("https://", None),
        ] {
            assert_eq!(web_address(text).as_deref(), expected, "{text}");
        }
    }
}
