//! What all formats keep: exact lines, no panic, the same rules for every article.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

/// Every word of the canonical text stands on the line of the source that its map names.
pub(super) fn assert_lines_exact(source: &str, text: &str, lines: &[(u32, u32)]) {
    let map = crate::corpus::LineMap::Runs(lines.into());
    let source: Vec<&str> = source.split('\n').collect();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let offset = word.as_ptr() as usize - text.as_ptr() as usize;
        let line = map.line_at(offset);
        let there = source.get(line as usize - 1).copied().unwrap_or_default();
        // A word may be parted by markup within it.
        let bare: String =
            there.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        assert!(there.contains(word) || bare.contains(word), "`{word}` is not on line {line}: `{there}`");
    }
}

fn check(path: &str, bytes: &[u8], expected: Expect) {
    let Role::Articles(format) = role(path) else { panic!("`{path}` holds no articles") };
    let Parsed { articles, problems } = file(path, format, bytes);
    let articles = articles.iter().map(|a| format!("{}: {:?} {:?} {:?}\n", a.id, a.title, a.text, a.lines));
    let problems = problems.iter().map(|problem| format!("{:?} {problem}\n", problem.effect));
    expected.assert_eq(&articles.chain(problems).collect::<String>());
}

#[test]
fn a_path_tells_what_a_file_is() {
    for (path, expected) in [
        ("a.md", Role::Articles(Format::Markdown)),
        ("news/2016/a.b.TXT", Role::Articles(Format::Text)),
        ("a.Html", Role::Articles(Format::Html)),
        ("a.jsonl", Role::Articles(Format::JsonLines)),
        ("synonyms.txt", Role::Synonyms),
        ("questions.jsonl", Role::GoldenQuestions),
        ("questions.typo.jsonl", Role::OtherQuestions),
        ("news/synonyms.txt", Role::Articles(Format::Text)),
        ("news/questions.jsonl", Role::Articles(Format::JsonLines)),
        ("README.md", Role::Ignored),
        ("news/readme.md", Role::Ignored),
        (".a.md", Role::Ignored),
        ("_drafts/a.md", Role::Ignored),
        ("a/.b/c.md", Role::Ignored),
        ("a.png", Role::Ignored),
        ("md", Role::Ignored),
    ] {
        assert_eq!(role(path), expected, "{path}");
    }
}

#[test]
fn ids_are_paths_without_extension() {
    assert_eq!(id_of("news/2016/a.b.txt"), "news/2016/a.b");
    assert_eq!(id_of("v1.2/a"), "v1.2/a");
}

#[test]
fn files_of_each_format() {
    check(
        "n/a.md",
        b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nOne\r\ntwo.\r\n",
        expect![[r#"
        n/a: Given("T") "One two." Runs([(0, 4), (4, 5)])
    "#]],
    );
    check(
        "a.txt",
        b"\xef\xbb\xbfOne line without end",
        expect![[r#"
        a: Derived("One line without end") "One line without end" Runs([(0, 1)])
    "#]],
    );
    check(
        "a.html",
        b"<title>T</title>\r\n<p>One\r\ntwo.",
        expect![[r#"
        a: Given("T") "One two." Runs([(0, 2), (4, 3)])
    "#]],
    );
}

#[test]
fn files_that_hold_no_article() {
    check(
        "a.md",
        b"---\ntitle: T\nurl: x\n---\n\n<!-- nothing -->\n",
        expect![[r#"
        Kept a.md:3: `url` `x` is not a web address: write it in full, with `https://`
        Skipped a.md: holds no text: write some, or remove the file
    "#]],
    );
    check(
        "a.txt",
        b" \r\n\xc2\xa0\n",
        expect![[r#"
        Skipped a.txt: holds no text: write some, or remove the file
    "#]],
    );
    check(
        "a.html",
        b"<title>T</title><script>x</script>",
        expect![[r#"
        Skipped a.html: holds no text: write some, or remove the file
    "#]],
    );
    check(
        "a.md",
        b"# Only a title",
        expect![[r#"
        Skipped a.md: holds no text: write some, or remove the file
    "#]],
    );
    check(
        "a.txt",
        b"caf\xe9",
        expect![[r#"
        Skipped a.txt:1: is not UTF-8 (byte `0xe9`): save it as UTF-8
    "#]],
    );
    check(
        "a.html",
        b"GIF89a\0",
        expect![[r#"
        Skipped a.html:1: is binary (it holds a NUL byte): save it as plain text
    "#]],
    );
    check("a.jsonl", b"\n  \n", expect![]);
}

#[test]
fn a_file_may_have_16_mib_and_no_byte_more() {
    let mut bytes = b"word ".repeat(ARTICLE_BYTES_MAX / 5 + 1);
    bytes.truncate(ARTICLE_BYTES_MAX + 1);
    let problems = file("a.txt", Format::Text, &bytes).problems;
    assert_eq!(problems[0].to_string(), "a.txt: is over 16 MiB, the limit for one article: split it");
    bytes.pop();
    assert_eq!(text::extract(&canonical::decode(&bytes).unwrap()).text.len(), ARTICLE_BYTES_MAX);
}

#[test]
fn a_panic_of_a_parser_is_a_fault_of_the_file() {
    let fault = guarded::<()>(|| panic!("no parser is known to do so")).unwrap_err();
    assert_eq!(fault.line, None);
}

#[test]
fn lines_of_json() {
    check(
        "a.jsonl",
        b"\xef\xbb\xbf{\"id\": \"a\", \"title\": \"T\", \"text\": \"\\ufeffOne.\\r\\n\\r\\n Two.\\n\", \"extra\": {\"x\": []}}\r\n\r\n{\"text\": \"Three.\", \"title\": \"\", \"id\": 18446744073709551615}",
        expect![[r#"
            a: Given("T") "One.\n\n Two." Single(1)
            18446744073709551615: Derived("Three.") "Three." Single(3)
        "#]],
    );
}

#[test]
fn a_broken_line_stops_no_other() {
    let mut lines: Vec<String> =
        (1..=40).map(|n| format!(r#"{{"id": "a{n}", "text": "Text {n}."}}"#)).collect();
    lines[16] = r#"{"id": "a17", "text": "Text"#.to_owned();
    let Parsed { articles, problems } = file("a.jsonl", Format::JsonLines, lines.join("\n").as_bytes());
    assert_eq!(articles.len(), 39);
    assert_eq!(articles.last().unwrap().lines, LineMap::Single(40));
    expect!["a.jsonl:17: is not the JSON expected, `EOF while parsing a string` at column 27: mend the line"]
        .assert_eq(&problems.iter().map(ToString::to_string).collect::<String>());
}

#[test]
fn lines_that_cannot_be_used() {
    check(
        "a.jsonl",
        b"{\"text\": \"x\"}\n{\"id\": 1.5, \"text\": \"x\"}\n{\"id\": \"a\"}\n{\"id\": \"a\", \"text\": \" \"}\n[1]\n{\"id\": \"a\", \"id\": \"b\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"\\ud800\"}\n{\"id\": \"a\", \"text\": \"\\u0000\"}\n{\"id\": \"a\\u001b\", \"text\": \"x\"}\n\xff\n{\"id\": \"k\", \"text\": \"kept\", \"date\": \"May\", \"source\": \"S\", \"url\": \"mailto:x\"}",
        expect![[r#"
            k: Derived("kept") "kept" Single(11)
            Skipped a.jsonl:1: has no `id`: give it one of its own
            Skipped a.jsonl:2: `id` is no text and no whole number: make it one
            Skipped a.jsonl:3: has no `text`: give it some, or remove the line
            Skipped a.jsonl:4: has no `text`: give it some, or remove the line
            Skipped a.jsonl:5: is not a JSON object: mend the line
            Skipped a.jsonl:6: is not the JSON expected, `duplicate field 'id'` at column 16: mend the line
            Skipped a.jsonl:7: is not the JSON expected, `unexpected end of hex escape` at column 28: mend the line
            Skipped a.jsonl:8: `text` holds a NUL character: leave it out
            Skipped a.jsonl:9: `id` `a ` has control characters or over 500 characters: change it
            Skipped a.jsonl:10: is not UTF-8: save the file as UTF-8
            Kept a.jsonl:11: `date` `May` is not a date: write it as `2016-02-16`
            Kept a.jsonl:11: `url` `mailto:x` is not a web address: write it in full, with `https://`
        "#]],
    );
}

#[test]
fn a_line_over_the_limit_is_passed_over() {
    let mut bytes = br#"{"id": "a", "text": "x"}"#.to_vec();
    bytes.extend(b"\n");
    bytes.extend(b"x".repeat(ARTICLE_BYTES_MAX + 1));
    bytes.extend(b"\n{\"id\": \"b\", \"text\": \"y\"}\n\0\0\0\n{\"id\": \"c\", \"text\": \"z\"}");
    check(
        "a.jsonl",
        &bytes,
        expect![[r#"
        a: Derived("x") "x" Single(1)
        b: Derived("y") "y" Single(3)
        Skipped a.jsonl:2: is over 16 MiB, the limit for one article: split it
        Skipped a.jsonl:4: is binary (it holds a NUL byte): the rest of the file is left out
    "#]],
    );
}

#[test]
fn a_file_of_broken_lines_ends_early() {
    let Parsed { articles, problems } =
        file("a.jsonl", Format::JsonLines, "nonsense\n".repeat(100_000).as_bytes());
    assert_eq!((articles.len(), problems.len()), (0, 1001));
}

#[test]
fn long_files_of_lines_come_in_order() {
    let lines: String = (0..20_000).map(|n| format!("{{\"id\": {n}, \"text\": \"x\"}}\n")).collect();
    let articles = file("a.jsonl", Format::JsonLines, lines.as_bytes()).articles;
    let in_order = (0..)
        .zip(&articles)
        .all(|(n, article)| *article.id == n.to_string() && article.lines == LineMap::Single(n + 1));
    assert!(in_order && articles.len() == 20_000);
}

/// Bytes that are more likely to mean something than any: pieces of all the formats.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "---\n",
            "title: ",
            "- ",
            "> ",
            "# ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "`",
            "```\n",
            "|",
            "*",
            "_",
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "</",
            "<p>",
            "<div>",
            "<b>",
            "</b>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "<pre>",
            "<script>",
            "</script>",
            "<template>",
            "<title>",
            "<svg>",
            "<!--",
            "-->",
            "&amp;",
            "&#0;",
            "&#x1F600;",
            "&",
            "{\"id\":",
            "\"text\":",
            "\"",
            ",",
            "}",
            "\\ud800",
            "\\",
            "=>",
            "é",
            "\u{a0}",
            "\u{b}",
            "\u{c}",
            "\u{feff}",
            "\u{202e}",
            "word ",
            "Another word. ",
            "[^1]",
            "[^1]: ",
            "    ",
            "1. ",
            "&a ",
            "*a ",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic_and_every_line_is_in_range(bytes in pieces()) {
        let lines = bytes.iter().filter(|&&byte| byte == b'\n' || byte == b'\r').count() as u32 + 1;
        for format in [Format::Markdown, Format::Text, Format::Html, Format::JsonLines] {
            let parsed = file("a", format, &bytes);
            for problem in &parsed.problems {
                prop_assert!(!problem.message.contains("parser itself"), "{}", problem);
                prop_assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{}", problem);
            }
            for article in &parsed.articles {
                prop_assert_eq!(article.text.trim(), &*article.text);
                prop_assert!(!article.text.is_empty() && !article.text.contains('\r'));
                let (first, last) = article.lines_of(0..article.text.len());
                prop_assert!(1 <= first && first <= lines && 1 <= last && last <= lines);
                if let LineMap::Runs(runs) = &article.lines {
                    prop_assert_eq!(runs[0].0, 0);
                    prop_assert!(runs.windows(2).all(|pair| pair[0].0 < pair[1].0));
                    for &(start, line) in runs {
                        prop_assert!(article.text.is_char_boundary(start as usize));
                        prop_assert!((1..=lines).contains(&line));
                    }
                }
            }
        }
    }

    #[test]
    fn every_word_keeps_its_line_in_text(parts in marked(&[])) {
        check_words("a.txt", &parts)?;
    }

    #[test]
    fn every_word_keeps_its_line_in_markdown(
        parts in marked(&["*", "**", "`", "> ", "- ", "  ", "\\", "&amp;", "| ", "# ", "```\n", "<b>", "</b>", "~~"])
    ) {
        check_words("a.md", &parts)?;
    }

    #[test]
    fn every_word_keeps_its_line_in_html(
        parts in marked(&["<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<li>", "<br>", "<h2>", "<pre>", "</pre>",
            "<!-- x\n -->", "<a\nhref='\n'>", "</a>", "&amp;", "&nbsp;", "<i", ">", "<table><tr><td>", "<td>",
            "</table>", "<script>x\n</script>"])
    ) {
        check_words("a.html", &parts)?;
    }
}

/// Where the words go between pieces of markup, line ends and spaces.
fn marked(marks: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    let parts: Vec<&str> =
        marks.iter().copied().chain(["WORD"; 8]).chain([" ", "\n", "\n", "\n\n"]).collect();
    proptest::collection::vec(proptest::sample::select(parts), 0..50)
}

/// Each word is one of its own, so that no other line can stand in for its own.
fn check_words(path: &str, parts: &[&str]) -> Result<(), TestCaseError> {
    let mut source = String::new();
    for (n, part) in parts.iter().enumerate() {
        source.push_str(&if *part == "WORD" { format!("w{n}w ") } else { (*part).to_owned() });
    }
    let Role::Articles(format) = role(path) else { unreachable!("it has an extension of articles") };
    let lines: Vec<&str> = source.split('\n').collect();
    for article in file(path, format, source.as_bytes()).articles {
        for word in (0..parts.len()).map(|n| format!("w{n}w")) {
            for (at, _) in article.text.match_indices(&word) {
                let line = article.lines.line_at(at);
                prop_assert!(lines[line as usize - 1].contains(&word), "`{}` is not on line {}", word, line);
            }
        }
    }
    Ok(())
}
