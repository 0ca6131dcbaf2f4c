//! HTML that is safe by its type. Pure.
//!
//! Names of elements and attributes are `&'static str`: they stand in this program's source. Everything else goes
//! in as text or as the value of an attribute, and is escaped on its way. There is no way to put markup in.

use std::fmt::{self, Display, Write};

/// Elements that have no content and no end tag.
const VOID: [&str; 5] = ["br", "hr", "input", "link", "meta"];

/// A piece of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Adds a piece after this one.
    pub fn add(&mut self, piece: impl Into<Html>) {
        self.0.push_str(&piece.into().0);
    }

    /// A whole document with this piece as its root element.
    pub fn document(self) -> String {
        format!("<!doctype html>\n{}\n", self.0)
    }

    /// A style sheet of this program's own.
    pub fn style(css: &'static str) -> Html {
        Html(format!("<style>{css}</style>"))
    }
}

/// Text.
pub fn text(text: impl Display) -> Html {
    let mut html = String::new();
    // Writing to a string cannot fail.
    let _ = write!(Escape(&mut html), "{text}");
    Html(html)
}

/// Pieces, one after the other.
pub fn all<T: Into<Html>>(pieces: impl IntoIterator<Item = T>) -> Html {
    let mut html = Html::default();
    pieces.into_iter().for_each(|piece| html.add(piece));
    html
}

/// An element without attributes and content.
pub fn el(name: &'static str) -> Element {
    Element { name, attributes: String::new(), content: Html::default() }
}

/// An element.
#[derive(Debug, Clone)]
pub struct Element {
    name: &'static str,
    attributes: String,
    content: Html,
}

impl Element {
    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Element {
        // Writing to a string cannot fail.
        let _ = write!(self.attributes, " {name}=\"");
        let _ = write!(Escape(&mut self.attributes), "{value}");
        self.attributes.push('"');
        self
    }

    /// With an attribute that has no value, where `is_set`.
    pub fn flag(mut self, name: &'static str, is_set: bool) -> Element {
        if is_set {
            let _ = write!(self.attributes, " {name}");
        }
        self
    }

    /// With this text after what it holds already.
    pub fn text(self, content: impl Display) -> Element {
        self.add(text(content))
    }

    /// With this piece after what it holds already.
    pub fn add(mut self, piece: impl Into<Html>) -> Element {
        self.content.add(piece);
        self
    }

    /// With these pieces after what it holds already.
    pub fn all<T: Into<Html>>(self, pieces: impl IntoIterator<Item = T>) -> Element {
        self.add(all(pieces))
    }
}

impl From<Element> for Html {
    fn from(Element { name, attributes, content: Html(content) }: Element) -> Html {
        match VOID.contains(&name) {
            true => Html(format!("<{name}{attributes}>")),
            false => Html(format!("<{name}{attributes}>{content}</{name}>")),
        }
    }
}

impl<T: Into<Html>> From<Option<T>> for Html {
    fn from(piece: Option<T>) -> Html {
        piece.map_or_else(Html::default, Into::into)
    }
}

/// Writes text so that no browser takes it for anything else, in content as in a quoted attribute.
struct Escape<'a>(&'a mut String);

impl fmt::Write for Escape<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // What reorders text would make a question read as another.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                // No command to a terminal through which somebody looks at the page, either.
                c if c.is_control() && c != '\n' => {}
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_others_wrote_is_text() {
        let hostile = "<b a='\"'>&\u{202e}x\u{7}\u{1b}[2J\nend";
        let escaped = "&lt;b a=&#39;&quot;&#39;&gt;&amp;x[2J\nend";
        let html = Html::from(el("p").with("title", hostile).text(hostile));
        assert_eq!(html.0, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }

    #[test]
    fn elements_nest() {
        let rows = ["a", "b"].map(|cell| el("li").text(cell));
        let html = Html::from(el("ul").with("class", "x").flag("hidden", true).all(rows).add(el("br")));
        assert_eq!(html.0, "<ul class=\"x\" hidden><li>a</li><li>b</li><br></ul>");
        assert_eq!(Html::from(None::<Html>), Html::default());
    }

    proptest! {
        #[test]
        fn no_text_opens_or_closes_anything(hostile in "\\PC*|[<>&\"'a/ ]*") {
            let Html(html) = text(&hostile);
            prop_assert!(!html.contains(['<', '>', '"', '\'']), "{html}");
        }
    }
}
