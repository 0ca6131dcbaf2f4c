//! How does what the records hold look in a browser? The same for the server and for a file that stands by itself: no
//! script, no font, no picture from elsewhere. Pure.
//!
//! | file | the question it answers |
//! |---|---|
//! | `html` | how does no text become markup? |
//! | `report` | what do the records teach? |
//! | `chart` | how many questions a day? |
//! | `answers` | which questions, and what came of one? |

mod answers;
mod chart;
mod html;
mod report;

use self::html::{Element, Html, all, el, text};
use crate::audit::{Record, RecordId, Report};

pub use answers::{Asked, List};
pub use report::Span;

/// What all pages look like.
pub const STYLE: &str = include_str!("style.css");

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a file: all that it needs is in it.
    File,
    /// On the server: records have pages of their own.
    Server,
}

impl Place {
    /// The number of a record, which leads to its page where there is one.
    fn record(self, id: RecordId) -> Html {
        match self {
            Place::File => text(format_args!("#{id}")),
            Place::Server => {
                el("a").with("href", format_args!("/answers/{id}")).text(format_args!("#{id}")).into()
            }
        }
    }
}

/// The report as a file, with the newest answers, which open to what was shown and why.
pub fn report_file(report: &Report, span: Span, answers: &[Record]) -> String {
    let mut body = report::body(report, span, Place::File, None);
    body.add(answers::opened(answers));
    page(Place::File, report::TITLE, None, body)
}

/// The report on the server. `days` is how far back it goes, of [`Span::DAYS`].
pub fn report_page(report: &Report, span: Span, days: u32) -> String {
    let body = report::body(report, span, Place::Server, Some(days));
    page(Place::Server, report::TITLE, Some("/"), body)
}

/// A page of the list of answers.
pub fn answers_page(list: &List<'_>) -> String {
    page(Place::Server, "Answers", Some("/answers"), answers::list(list))
}

/// All that is on record of one answer.
pub fn answer_page(asked: &Asked<'_>) -> String {
    let title = format!("Record #{}", asked.record.id);
    page(Place::Server, &title, Some("/answers/"), answers::one(asked))
}

/// A page that says what is wrong and what to do.
pub fn message(title: &str, lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| el("p").text(line));
    page(Place::Server, title, None, all([Html::from(el("h1").text(title)), all(lines)]))
}

/// The page around a body. `at` is the path of the page that is looked at; without it nothing leads on.
fn page(place: Place, title: &str, at: Option<&str>, body: Html) -> String {
    let style = match place {
        Place::File => Html::style(STYLE),
        Place::Server => el("link").with("rel", "stylesheet").with("href", "/style.css").into(),
    };
    let head = el("head")
        .add(el("meta").with("charset", "utf-8"))
        .add(el("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
        .add(el("title").text(format_args!("{title} · Footnote")))
        .add(style);
    let header = at.map(|at| {
        let links = [("/", "Report"), ("/answers", "Answers")].map(|(path, name)| {
            let link = el("a").with("href", path).text(name);
            if at == path { link.with("aria-current", "page") } else { link }
        });
        let nav = el("nav").with("aria-label", "Pages").add(el("b").text("Footnote")).all(links);
        el("header").add(nav)
    });
    let body = el("body").add(header).add(el("main").add(body));
    Html::from(el("html").with("lang", "en").add(head).add(body)).document()
}

/// A table in a box that scrolls where it is wider than the screen. A column is a class and a name; on a narrow
/// screen that of class `q` leads.
fn table<const N: usize>(
    columns: [(&'static str, &'static str); N],
    rows: impl Iterator<Item = [Html; N]>,
) -> Element {
    let cell = |name: &'static str, class: &'static str| {
        if class.is_empty() { el(name) } else { el(name).with("class", class) }
    };
    let head = columns.map(|(class, name)| cell("th", class).with("scope", "col").text(name));
    let rows = rows.map(|row| {
        let cells = row.into_iter().zip(columns);
        let cells =
            cells.map(|(content, (class, name))| cell("td", class).with("data-name", name).add(content));
        el("tr").all(cells)
    });
    let table = el("table").add(el("thead").add(el("tr").all(head))).add(el("tbody").all(rows));
    el("div").with("class", "wide").add(table)
}

/// What a person typed: it may run from right to left.
fn typed(name: &'static str, what: &str) -> Element {
    el(name).with("dir", "auto").text(what)
}
