//! Tests of pages as a whole, their bounds among them.

use expect_test::{Expect, expect};

use super::*;
use crate::corpus::parse::tests::assert_lines_exact;

/// What pages share: enough prose for readability to see the main content.
const PROSE: &str =
    "The minister arrived on Monday, met the president, and spoke at length about the long-delayed
delivery, which both sides want to see completed, and about much else, before he left again
for the airport, where he told reporters, through an interpreter, that he was content.";

fn check(source: &str, expected: Expect) {
    let extract = extract(source).unwrap();
    assert_lines_exact(source, &extract.text, &extract.lines);
    expected.assert_eq(&format!("{:?}\n{:?}\n{}\n", extract.title, extract.metadata, extract.text));
}

fn check_fault(source: &str, expected: Expect) {
    let fault = extract(source).unwrap_err();
    expected.assert_eq(&format!("{:?}: {}", fault.line, fault.message));
}

#[test]
fn the_main_content_of_a_page() {
    let page = format!(
        r#"<!DOCTYPE html>
<html lang="en-GB">
<head>
  <title>A visit to Moscow | The Daily Example</title>
  <meta property="og:site_name" content="The Daily Example">
  <meta name="author" content="By Ann Author">
  <meta property="article:published_time"
        content="2016-02-16T09:30:00+03:00">
  <link rel="canonical" href="https://example.org/visit?a=1&amp;b=2">
  <style>p {{ color: red }}</style>
  <script>if (a < b && c > d) {{ document.write("<p>written</p>"); }}</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<!-- a comment with <p>markup</p>
over two lines -->
<article>
<h1>A visit to Moscow</h1>
<p>{PROSE}</p>
<p>AT&amp;T&nbsp;paid
US$&nbsp;8&#160;billion,<br>it is <b>said</b>; an ear<i>lier</i> deal
was

larger.
<p>Unclosed, {PROSE}
<ul><li>One item, with some more words in it<li>Another item, with some more words in it</ul>
<pre>  kept
    as it is
</pre>
<table><tr><th>Year<th>Sum</tr><tr><td>2015<td>8</tr></table>
<script type="application/ld+json">{{"@type": "NewsArticle", "publisher": {{"name": "Ignored"}}}}</script>
</article>
<footer>Copyright, all rights reserved</footer>
</body></html>"#
    );
    check(
        &page,
        expect![[r#"
        Some("A visit to Moscow | The Daily Example")
        Metadata { publisher: Some("Ignored"), authors: ["Ann Author"], published: Some(2016-02-16), url: Some("https://example.org/visit?a=1&b=2"), language: Some("en-GB"), tags: [] }
        The minister arrived on Monday, met the president, and spoke at length about the long-delayed delivery, which both sides want to see completed, and about much else, before he left again for the airport, where he told reporters, through an interpreter, that he was content.

        AT&T paid US$ 8 billion,
        it is said; an earlier deal was larger.

        Unclosed, The minister arrived on Monday, met the president, and spoke at length about the long-delayed delivery, which both sides want to see completed, and about much else, before he left again for the airport, where he told reporters, through an interpreter, that he was content.

        One item, with some more words in it

        Another item, with some more words in it

          kept
            as it is

        Year | Sum
        2015 | 8
    "#]],
    );
}

#[test]
fn a_page_without_main_content_gives_all_its_text() {
    check(
        "<p>Hello",
        expect![[r#"
        None
        Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
        Hello
    "#]],
    );
    check(
        "Only\ntext &lt;b&gt; and <b>more</b>.",
        expect![[r#"
        None
        Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
        Only text <b> and more.
    "#]],
    );
    check(
        "<title>T</title><div><div>One</div><div>two<p>three</div></div><script>four</script>",
        expect![[r#"
        Some("T")
        Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
        One

        two

        three
    "#]],
    );
    check(
        "<html><body><script>var x = 1;</script></body></html>",
        expect![[r#"
        None
        Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }

    "#]],
    );
}

#[test]
fn json_ld_says_what_the_head_does_not() {
    check(
        &format!(
            r#"<title>x</title><script type="application/ld+json">
            {{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The headline",
             "author": {{"name": "A. Author"}}, "publisher": {{"name": "P"}}, "datePublished": "2016-02-16"}}
            </script><p>{PROSE}</p>"#
        ),
        expect![[r#"
            Some("The headline")
            Metadata { publisher: Some("P"), authors: ["A. Author"], published: Some(2016-02-16), url: None, language: None, tags: [] }
            The minister arrived on Monday, met the president, and spoke at length about the long-delayed delivery, which both sides want to see completed, and about much else, before he left again for the airport, where he told reporters, through an interpreter, that he was content.
        "#]],
    );
}

#[test]
fn lines_survive_table_markup_templates_and_repairs() {
    let cell = "<td>alpha\nbeta &amp; gamma\n";
    let page = format!("<table>\n<tr>{}</table>\n<p><b>one\n<p>two\n</b>three", cell.repeat(3));
    check(
        &page,
        expect![[r#"
        None
        Metadata { publisher: None, authors: [], published: None, url: None, language: None, tags: [] }
        alpha beta & gamma | alpha beta & gamma | alpha beta & gamma

        one

        two three
    "#]],
    );
}

#[test]
fn deep_nesting_is_refused_on_its_line() {
    let nested = |n: usize| format!("<html><body>\n{}x", "<div>".repeat(n));
    assert!(extract(&nested(DEPTH)).is_ok());
    check_fault(
        &nested(DEPTH + 1),
        expect!["Some(2): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
    check_fault(
        &nested(20_000),
        expect!["Some(2): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
    check_fault(
        &format!("<p>\n{}", "<b>\n".repeat(1_000_000)),
        expect!["Some(255): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
    check_fault(
        &"<template>".repeat(1000),
        expect!["Some(1): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
    check_fault(
        &"<table><tr><td>".repeat(1000),
        expect!["Some(1): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
    check_fault(
        &"<svg><g>".repeat(1000),
        expect!["Some(1): nests deeper than 256 elements: simplify its markup, or save its text"],
    );
}

/// What fits in a body: the document, html and body are around it.
const DEPTH: usize = dom::DEPTH_MAX as usize - 2;

#[test]
fn ordinary_pages_are_not_deep() {
    let paragraphs = "<p>Unclosed <br> paragraph <img src=x>\n<li>item<option>o".repeat(2000);
    assert!(extract(&paragraphs).unwrap().text.contains("Unclosed"));
    let quoted = r#"<a title="<div><div><div>" href='>'>text</a>"#.repeat(1000);
    assert!(extract(&quoted).unwrap().text.contains("text"));
}

#[test]
fn what_would_cost_too_much_is_refused() {
    // Each paragraph would open all the marks before it again.
    let marks: String = (0..250).map(|n| format!("<b x{n}>")).collect();
    check_fault(
        &format!("<p>{marks}</p>{}", "<p>x".repeat(20_000)),
        expect!["Some(1): has over 200000 elements and texts: split it, or save its text"],
    );
    check_fault(
        &"<p>".repeat(600_000),
        expect!["Some(1): has over 200000 elements and texts: split it, or save its text"],
    );
    let attributes: String = (0..400_000).map(|n| format!(" a{n}")).collect();
    check_fault(
        &format!("<p{attributes}>x"),
        expect!["Some(1): has a tag or comment without end: close it, or save its text"],
    );
}

#[test]
fn large_values_do_no_harm() {
    let long = "word ".repeat(20_000);
    let page = format!(
        "<title>{long}</title><meta property='og:site_name' content='{long}'>{}<p>{PROSE}</p><img src='data:image/png;base64,{}'>",
        "<h1>word</h1>".repeat(1000),
        "A/".repeat(1_000_000),
    );
    let extract = extract(&page).unwrap();
    assert!(extract.title.unwrap().chars().count() <= TITLE_CHARS_MAX);
    assert!(extract.text.contains("The minister arrived"));
}

#[test]
fn a_text_of_ampersands_is_read_without_looking_for_the_main_content() {
    let menu = "<nav>Menu</nav><article><p>One, two, three.</p><p>x";
    let written = |text: &str| written_bytes(&dom::parse(source_lines(&format!("{menu}{text}"), 1)).unwrap());
    assert!(written(&"&".repeat(50_000)) < WRITTEN_BYTES_MAX);
    let long = "& ".repeat(100_000);
    assert!(written(&long) > WRITTEN_BYTES_MAX);
    let text = extract(&format!("{menu}{long}")).unwrap().text;
    assert!(text.starts_with("Menu") && text.ends_with("& & &"), "all of it is the text");
}
