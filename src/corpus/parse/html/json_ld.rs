//! What a page says about itself in JSON-LD, in the vocabulary of schema.org: headline, author, publisher
//! and date of an article.

use dom_query::Document;
use serde::Deserialize;

/// The most blocks that are looked at; real pages have one to five.
const BLOCKS_MAX: usize = 20;

/// The largest block that is looked at, in bytes: lists of products and places may be of any size.
const BLOCK_BYTES_MAX: usize = 256 << 10;

/// The first article described in the page.
pub(super) fn read(document: &Document) -> Option<dom_smoothie::Metadata> {
    let blocks = document.select(r#"script[type="application/ld+json"]"#);
    let found = blocks.nodes().iter().take(BLOCKS_MAX).find_map(|block| article(&block.text()));
    found
}

/// One value, or a list of them, or what we cannot use.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Loose<T> {
    One(T),
    Many(Vec<Loose<T>>),
    Other(serde::de::IgnoredAny),
}

impl<T> Loose<T> {
    /// The values, in order.
    fn into_vec(self) -> Vec<T> {
        match self {
            Loose::One(value) => vec![value],
            Loose::Many(values) => values.into_iter().flat_map(Loose::into_vec).collect(),
            Loose::Other(_) => Vec::new(),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Thing {
    #[serde(rename = "@type")]
    kind: Option<Loose<String>>,
    #[serde(rename = "@graph")]
    graph: Option<Loose<Box<Thing>>>,
    headline: Option<Loose<String>>,
    author: Option<Loose<Named>>,
    publisher: Option<Loose<Named>>,
    #[serde(rename = "datePublished")]
    published: Option<Loose<String>>,
}

/// A person or organisation: a name, or an object that has one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Named {
    Name(String),
    Object { name: Loose<String> },
}

impl Named {
    fn into_name(self) -> Option<String> {
        match self {
            Named::Name(name) => Some(name),
            Named::Object { name } => first(Some(name)),
        }
    }
}

fn article(json: &str) -> Option<dom_smoothie::Metadata> {
    if json.len() > BLOCK_BYTES_MAX {
        return None;
    }
    let things = serde_json::from_str::<Loose<Thing>>(json.trim()).ok()?.into_vec();
    let thing = things.into_iter().find_map(as_article)?;
    let authors: Vec<String> = all(thing.author).into_iter().filter_map(Named::into_name).collect();
    Some(dom_smoothie::Metadata {
        title: first(thing.headline).unwrap_or_default(),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        site_name: all(thing.publisher).into_iter().find_map(Named::into_name),
        published_time: first(thing.published),
        ..dom_smoothie::Metadata::default()
    })
}

/// The thing itself, or the first in its graph, that is an article.
fn as_article(mut thing: Thing) -> Option<Thing> {
    let kinds = all(thing.kind.take());
    let is_article = |kind: &String| kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report";
    if kinds.iter().any(is_article) {
        return Some(thing);
    }
    all(thing.graph).into_iter().find_map(|thing| as_article(*thing))
}

fn all<T>(value: Option<Loose<T>>) -> Vec<T> {
    value.map(Loose::into_vec).unwrap_or_default()
}

fn first(value: Option<Loose<String>>) -> Option<String> {
    all(value).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<(&str, Option<&str>, Option<&str>, Option<&str>)>) {
        let found = article(json);
        let found = found.as_ref().map(|m| {
            (m.title.as_str(), m.byline.as_deref(), m.site_name.as_deref(), m.published_time.as_deref())
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn articles_are_found_alone_in_lists_and_in_graphs() {
        let article = r#"{"@type": "NewsArticle", "headline": "H", "author": [{"name": "A"}, "B"],
            "publisher": {"@type": "Organization", "name": "P"}, "datePublished": "2016-02-16", "x": [1]}"#;
        let expected = Some(("H", Some("A, B"), Some("P"), Some("2016-02-16")));
        check(article, expected);
        check(&format!("[{{\"@type\": \"WebSite\"}}, {article}]"), expected);
        check(&format!("{{\"@graph\": [5, {article}]}}"), expected);
    }

    #[test]
    fn anything_else_is_nothing() {
        check("", None);
        check("{", None);
        check(r#"{"@type": "Recipe", "headline": "H"}"#, None);
        check(r#"{"@type": ["Thing", "Report"], "headline": 5, "author": 7}"#, Some(("", None, None, None)));
        check(&"[".repeat(100_000), None);
        check(&"{\"@graph\":".repeat(100_000), None);
    }
}
