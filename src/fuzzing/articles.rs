//! The formats of articles.

use crate::corpus::parse::{self, Format, Parsed};
use crate::corpus::split::SENTENCE_BYTES_MAX;
use crate::corpus::{Article, LineMap};

/// The front matter of a Markdown file: what is handed in is what follows its first line.
pub fn front_matter(bytes: &[u8]) {
    check("a.md", Format::Markdown, &[b"---\n", bytes].concat());
}

/// A Markdown file.
pub fn markdown(bytes: &[u8]) {
    check("a.md", Format::Markdown, bytes);
}

/// A web page.
pub fn html(bytes: &[u8]) {
    check("a.html", Format::Html, bytes);
}

/// A file of JSON lines.
pub fn json_lines(bytes: &[u8]) {
    check("a.jsonl", Format::JsonLines, bytes);
}

fn check(path: &str, format: Format, bytes: &[u8]) {
    // As many as there are, whichever line ends it is written with.
    let lines = bytes.iter().filter(|&&byte| byte == b'\n' || byte == b'\r').count() as u32 + 1;
    let Parsed { articles, problems } = parse::file(path, format, bytes);
    for problem in &problems {
        // What a panic that was caught is told as.
        assert!(!problem.message.contains("parser itself"), "{problem}");
        assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{problem}");
        assert!(is_one_line(&problem.to_string()), "{problem:?}");
    }
    for article in &articles {
        check_article(article, lines);
    }
}

fn check_article(article: &Article, lines: u32) {
    let (text, metadata) = (&article.text, article.metadata());
    assert_eq!(text.trim(), &**text);
    assert!(!text.is_empty() && !text.contains(['\r', '\0']));
    let (first, last) = article.lines_of(0..text.len());
    assert!(1 <= first && first <= lines && 1 <= last && last <= lines, "{first}, {last}");
    if let LineMap::Runs(runs) = &article.lines {
        assert_eq!(runs.first().map(|run| run.0), Some(0));
        assert!(runs.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for &(start, line) in runs {
            assert!(text.is_char_boundary(start as usize) && (start as usize) < text.len());
            assert!((1..=lines).contains(&line));
        }
    }
    let given = [metadata.publisher.as_deref(), metadata.language.as_deref(), article.title.given()];
    let listed = metadata.authors.iter().chain(&metadata.tags).map(String::as_str);
    for words in given.into_iter().flatten().chain(listed) {
        assert!(is_one_line(words) && !words.trim().is_empty(), "{words:?}");
    }
    assert!(
        is_one_line(article.title.text()) && is_one_line(&article.id),
        "{:?} {:?}",
        article.title,
        article.id
    );
    if let Some(url) = &metadata.url {
        let url = url::Url::parse(url).expect("an address");
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    }
    check_split(article);
}

/// Sentences and passages stand in order within the text, and nothing but white space is in none of them.
pub(super) fn check_split(article: &Article) {
    let text = &article.text;
    let mut at = 0;
    for range in article.sentences() {
        let words = text.get(range.clone()).expect("within the text, between characters");
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(words.len() <= SENTENCE_BYTES_MAX, "{words:?}");
        let between = text.get(at..range.start).expect("in order");
        assert!(between.trim().is_empty(), "{between:?}");
        at = range.end;
    }
    assert!(text.get(at..).expect("in order").trim().is_empty());
    assert_eq!(article.passage_count() == 0, article.sentence_count() == 0);
    let mut covered = 0;
    for passage in article.passages() {
        let range = passage.sentences();
        assert!(range.start <= covered && range.start < range.end && covered < range.end, "{range:?}");
        covered = range.end;
    }
    assert_eq!(covered, article.sentence_count());
}

/// Whether a text stands on one line and commands no terminal.
fn is_one_line(text: &str) -> bool {
    !text.chars().any(|c| c.is_control())
}
