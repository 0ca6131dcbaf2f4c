//! Which names are taken, and what is left of a file without one of its articles.

use super::*;

fn check(folder: Option<&str>, name: &str, expected: &str) {
    let found = match checked_path(folder, name) {
        Ok(path) => path,
        Err(EditError::BadName { .. }) => "bad name".to_owned(),
        Err(EditError::Reserved { .. }) => "reserved".to_owned(),
        Err(EditError::BadFormat { .. }) => "bad format".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{folder:?} {name:?}");
}

#[test]
fn a_name_leads_to_an_article_in_the_corpus_and_nowhere_else() {
    check(None, "visit.md", "visit.md");
    check(Some("news/2016/"), " Der Besuch 2.txt ", "news/2016/Der Besuch 2.txt");
    check(None, "визит.HTML", "визит.HTML");
    for bad in [
        ".",
        "..",
        "..\\x.md",
        ".hidden.md",
        "_draft.md",
        "a\0.md",
        "a\n.md",
        "a:b.md",
        "C:x.md",
        "nul.md",
        "COM1.txt",
        "a.md.",
        "<b>.md",
        "a\u{202E}.md",
    ] {
        check(None, bad, "bad name");
        check(Some(bad), "x.md", "bad name");
    }
    for bad in ["", "../../x", "a/b.md", "/etc/passwd.md"] {
        check(None, bad, "bad name");
    }
    check(Some("../.."), "x.md", "bad name");
    check(Some("/etc/"), "x.md", "etc/x.md");
    check(Some("a/b/c/d/e"), "x.md", "bad name");
    check(None, &format!("{}.md", "x".repeat(200)), "bad name");
    for reserved in
        ["README.md", "readme.MD", "synonyms.txt", "Synonyms.TXT", "questions.jsonl", "questions-2.jsonl"]
    {
        check(None, reserved, "reserved");
    }
    check(Some("news"), "questions.jsonl", "news/questions.jsonl");
    for format in ["x.zip", "x.pdf", "x", "x.md.exe"] {
        check(None, format, "bad format");
    }
}
