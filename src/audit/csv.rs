//! How does a record look as a row of CSV (RFC 4180)? For spreadsheets, which take some texts for formulas. Pure.

use super::{Delivery, Detail, Record};

const HEAD: [&str; 20] = [
    "id",
    "time",
    "kind",
    "origin",
    "guild",
    "channel",
    "user",
    "decision",
    "reason",
    "question",
    "confidence",
    "took_us",
    "corpus",
    "program",
    "articles",
    "quotes",
    "action",
    "of",
    "message",
    "error",
];

/// The head line of the CSV.
pub fn head() -> String {
    cells(HEAD.map(str::to_owned))
}

/// One record as a line of CSV. Articles and quotes are those that were shown, parted by ` | `.
pub fn row(record: &Record) -> String {
    let entry = &record.entry;
    let asker = &entry.asker;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |id: Option<u64>| id.map(|id| id.to_string()).unwrap_or_default();
    let (confidence, corpus) = match &entry.detail {
        Detail::Ask(ask) => (ask.confidence.to_string(), ask.corpus.digest.to_string()),
        _ => Default::default(),
    };
    let shown = || entry.citations().iter().filter(|citation| citation.shown);
    let articles: Vec<&str> = shown().map(|citation| citation.article.as_str()).collect();
    let quotes: Vec<&str> = shown().filter_map(|citation| citation.quote_text.as_deref()).collect();
    let action = match &entry.detail {
        Detail::Refusal { action } => action.clone(),
        Detail::Setting { key, .. } => key.clone(),
        _ => String::new(),
    };
    let (of, message, error) = match &entry.detail {
        Detail::Delivery { of, delivery: Delivery::Delivered { message } } => {
            (of.to_string(), number(*message), String::new())
        }
        Detail::Delivery { of, delivery: Delivery::Failed { error } } => {
            (of.to_string(), String::new(), error.clone())
        }
        Detail::Vote { of, .. } | Detail::Gap { of } => (of.to_string(), String::new(), String::new()),
        _ => Default::default(),
    };
    cells([
        record.id.to_string(),
        entry.at.to_string(),
        entry.detail.kind().as_str().to_owned(),
        asker.origin.as_str().to_owned(),
        number(asker.guild),
        number(asker.channel),
        number(asker.user),
        entry.decision.as_str().to_owned(),
        text(&entry.reason),
        text(&entry.question),
        confidence,
        entry.took.map(|took| took.as_micros().to_string()).unwrap_or_default(),
        corpus,
        entry.program.clone(),
        articles.join(" | "),
        quotes.join(" | "),
        action,
        of,
        message,
        error,
    ])
}

fn cells(texts: [String; 20]) -> String {
    let cells = texts.map(|text| cell(&text));
    // Line ends as RFC 4180 has them.
    format!("{}\r\n", cells.join(","))
}

/// One cell of a CSV file, in quotes, harmless to print, and which no spreadsheet takes for a formula: where
/// it begins like one an apostrophe is put before it. So too after a semicolon, at which a spreadsheet set
/// to another language divides the line into cells.
///
/// The characters are those of <https://owasp.org/www-community/attacks/CSV_Injection>.
fn cell(text: &str) -> String {
    // A tab or line feed at the start counts as well: it is looked for before it becomes a space.
    let mut cell = String::with_capacity(text.len() + 2);
    cell.push('"');
    let mut at_start = true;
    for c in text.chars() {
        if at_start && is_formula_start(c) {
            cell.push('\'');
        }
        // What is trimmed by a spreadsheet does not hide what comes after it.
        at_start = c == ';' || (at_start && (c.is_whitespace() || is_unsafe(c) || c == '"'));
        cell.push(c);
        if c == '"' {
            cell.push('"');
        }
    }
    cell.push('"');
    let mut line = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' | '\r' | '\t' => line.push(' '),
            c if is_unsafe(c) => line.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => line.push(c),
        }
    }
    line
}

/// `=`, `+`, `-` and `@`, also in their full width, and the tab and carriage return.
fn is_formula_start(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r')
}

/// Whether a character commands a terminal or cannot be seen on it.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' // soft hyphen
            | '\u{34f}' // combining grapheme joiner
            | '\u{61c}' // Arabic letter mark
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
            | '\u{17b4}' | '\u{17b5}' // Khmer inherent vowels
            | '\u{180e}' // Mongolian vowel separator
            | '\u{200b}'..='\u{200f}' // zero width space and joiners, left-to-right and right-to-left marks
            | '\u{2028}'..='\u{202e}' // line and paragraph separators, bidirectional embeddings and overrides
            | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, bidirectional isolates
            | '\u{feff}' // zero width no-break space
            | '\u{fff9}'..='\u{fffb}' // interlinear annotation
            | '\u{1d173}'..='\u{1d17a}' // musical formatting
            | '\u{e0000}'..='\u{e0fff}' // tags and supplementary variation selectors
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let check = |text: &str, expected: &str| assert_eq!(cell(text), expected);
        check("plain", "\"plain\"");
        check("", "\"\"");
        check("say \"hi\", then go", "\"say \"\"hi\"\", then go\"");
        check("=1+2", "\"'=1+2\"");
        check("+1", "\"'+1\"");
        check("-1", "\"'-1\"");
        check("@SUM(A1)", "\"'@SUM(A1)\"");
        check("\t=1", "\"' '=1\"");
        check("\r=1", "\"' '=1\"");
        check("  =1", "\"  '=1\"");
        check("\u{200b}=1", "\"\\u{200b}'=1\"");
        check("\"=1", "\"\"\"'=1\"");
        check("＝1", "\"'＝1\"");
        check("a;=cmd|' /C calc'!A0", "\"a;'=cmd|' /C calc'!A0\"");
        check("a=b-c", "\"a=b-c\"");
        check("a\n=b", "\"a =b\"");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_comes_out(text in any::<String>()) {
            prop_assert!(!cell(&text).chars().any(is_unsafe));
        }
    }
}
