//! Web pages: the main content as paragraphs, and what the page says about itself.
//!
//! The main content is what readability finds (menus, comments and related stories left out); a page in which
//! it finds nothing, or that is too large for it, gives all its text. Each word keeps its exact line, but for
//! text that stands in a table outside of its cells, which browsers move, and which may name a later line.

mod dom;
mod json_ld;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::canonical::{self, Builder, Gap, one_line};
use super::fields::{day, web_address};
use super::{Extract, Fault};
use crate::corpus::Metadata;

/// The most nodes in which main content is looked for: some five times those of a long encyclopedia article.
/// The search is quadratic in places.
const MAIN_NODES_MAX: usize = 50_000;

/// The most bytes that are read to write texts as HTML, which the main content is handed over as: html5ever reads the
/// rest of a text again for each `&` and each byte 0xC2 (of a no-break space, perhaps) in it. This is less than half a
/// second, and a text of 100 KiB with as many of them as it can hold.
const WRITTEN_BYTES_MAX: u64 = 10_000_000_000;

/// The longest title that is looked at, in characters: the search compares it with every heading.
const TITLE_CHARS_MAX: usize = 300;

pub(super) fn extract(source: &str) -> Result<Extract, Fault> {
    let document = dom::parse(source_lines(source, 1))?;
    let json_ld = json_ld::read(&document);
    let url = address(&document);
    shorten_title(&document);
    let mut readability = match Readability::with_document(document, None, Some(config())) {
        Ok(readability) => readability,
        // Only an address that is not absolute can fail, and none is given.
        Err(_) => return Ok(Extract::default()),
    };
    let page = readability.get_article_metadata(json_ld);
    let is_small =
        readability.doc.tree.len() <= MAIN_NODES_MAX && written_bytes(&readability.doc) <= WRITTEN_BYTES_MAX;
    let main = if is_small { readability.parse().ok() } else { None };
    let byline = main.as_ref().and_then(|main| main.byline.clone()).or(page.byline);
    let (mut text, mut lines) = main.map(|main| text_of(&Document::from(main.content))).unwrap_or_default();
    if text.is_empty() {
        (text, lines) = text_of(&readability.doc);
    }
    let title = without_site(&page.title, page.site_name.as_deref());
    let given = |text: String| Some(one_line(&text)).filter(|text| !text.is_empty());
    let metadata = Metadata {
        publisher: page.site_name.and_then(given),
        authors: byline.and_then(given).map(author).into_iter().collect(),
        published: page.published_time.as_deref().and_then(day),
        url,
        language: page.lang.and_then(given),
        tags: Vec::new(),
    };
    Ok(Extract { title: given(title.to_owned()), metadata, text, lines, problems: Vec::new() })
}

/// Appends the text of a piece of HTML inside another format, given as lines with their numbers.
pub(super) fn append_text<'a>(
    lines: impl Iterator<Item = (u32, &'a str)>,
    builder: &mut Builder,
) -> Result<(), Fault> {
    let document = dom::parse(lines)?;
    append(&document.root(), builder);
    Ok(())
}

/// The lines of a text with their line ends, numbered from `first`.
fn source_lines(source: &str, first: u32) -> impl Iterator<Item = (u32, &str)> {
    (first..).zip(source.split_inclusive('\n'))
}

fn config() -> Config {
    // JSON-LD is read by [`json_ld`]: the extraction's own reader of it is not made for hostile input.
    Config { disable_json_ld: true, ..Config::default() }
}

/// The address that the page itself names as its own.
fn address(document: &Document) -> Option<String> {
    let canonical = document.select("link[rel=canonical]").attr("href");
    let open_graph = || document.select(r#"meta[property="og:url"]"#).attr("content");
    canonical.as_deref().and_then(web_address).or_else(|| open_graph().as_deref().and_then(web_address))
}

/// How many bytes are read, at most, to write the texts of a page as HTML: see [`WRITTEN_BYTES_MAX`].
fn written_bytes(document: &Document) -> u64 {
    let root = document.root();
    let texts = root.descendants_it().filter(|node| node.is_text());
    let bytes = texts.map(|node| {
        let text = node.text();
        let again = text.bytes().filter(|&byte| byte == b'&' || byte == 0xC2).count();
        text.len() as u64 * again as u64
    });
    bytes.sum()
}

fn shorten_title(document: &Document) {
    for title in document.select("title").nodes() {
        let text = title.text();
        let short = canonical::cut(&text, TITLE_CHARS_MAX);
        if short.len() < text.len() {
            title.set_text(short);
        }
    }
}

/// A title without the name of the site behind it: `A visit | The Daily Example`.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let bare = site.filter(|site| !site.is_empty()).and_then(|site| title.trim_end().strip_suffix(site));
    bare.map(str::trim_end)
        .and_then(|bare| bare.strip_suffix(['|', '-', '–', '—', '·', ':', '«', '»']))
        .map(str::trim_end)
        .filter(|bare| !bare.is_empty())
        .unwrap_or(title)
}

/// A byline without the words that make it one.
fn author(mut byline: String) -> String {
    let is_by = byline.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    if is_by { byline.split_off(3) } else { byline }
}

fn text_of(document: &Document) -> (String, Vec<(u32, u32)>) {
    let mut builder = Builder::default();
    append(&document.root(), &mut builder);
    builder.finish()
}

/// What an element does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing of it is text.
    Hidden,
    /// It is parted from what stands around it.
    Parted(Gap),
    /// Its lines are kept.
    Preformatted,
    /// It runs on.
    Inline,
}

fn kind(name: &str) -> Kind {
    match name {
        "head" | "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object"
        | "audio" | "video" | "canvas" | "select" | "button" | "textarea" | "title" => Kind::Hidden,
        "br" | "tr" => Kind::Parted(Gap::Line),
        "td" | "th" => Kind::Parted(Gap::Cell),
        "pre" | "listing" | "xmp" => Kind::Preformatted,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details"
        | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html"
        | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "p" | "search" | "section" | "summary"
        | "table" | "ul" => Kind::Parted(Gap::Paragraph),
        _ => Kind::Inline,
    }
}

/// Appends the text below `root`, walking the tree without recursion.
fn append(root: &NodeRef<'_>, builder: &mut Builder) {
    let mut writer = Writer { builder, line: 1, preformatted: 0 };
    let mut next = Some(*root);
    while let Some(node) = next {
        next = if writer.enter(&node) { node.first_child() } else { None };
        let mut climbing = node;
        while next.is_none() {
            writer.leave(&climbing);
            if climbing.id == root.id {
                return;
            }
            next = climbing.next_sibling();
            let Some(parent) = climbing.parent() else { return };
            climbing = parent;
        }
    }
}

struct Writer<'a> {
    builder: &'a mut Builder,
    /// The line of the last mark.
    line: u32,
    /// How many preformatted elements are open.
    preformatted: usize,
}

impl Writer<'_> {
    /// Takes a node; whether its children are to be looked at.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            let text = node.text();
            for (line, piece) in dom::pieces(&text) {
                self.line = line.unwrap_or(self.line);
                self.text(piece);
            }
            return false;
        }
        match self.kind(node) {
            Kind::Hidden => return false,
            Kind::Parted(gap) => self.builder.gap(gap),
            Kind::Preformatted => {
                self.builder.gap(Gap::Paragraph);
                self.preformatted += 1;
            }
            Kind::Inline => {}
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        match self.kind(node) {
            Kind::Parted(gap) => self.builder.gap(gap),
            Kind::Preformatted => {
                self.builder.gap(Gap::Paragraph);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            Kind::Hidden | Kind::Inline => {}
        }
    }

    fn kind(&self, node: &NodeRef<'_>) -> Kind {
        node.qual_name_ref().map_or(Kind::Inline, |name| kind(&name.local))
    }

    fn text(&mut self, piece: &str) {
        if self.preformatted > 0 {
            self.builder.push_lines(piece, |_| self.line);
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        for (i, word) in piece.split(is_space).enumerate() {
            if i > 0 {
                self.builder.gap(Gap::Space);
            }
            self.builder.push(word, self.line);
        }
    }
}

#[cfg(test)]
mod tests;
