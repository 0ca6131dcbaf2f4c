//! Tests on folders of the file system: what is read, what is refused, and that neither waits nor leaks.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::*;
use crate::corpus::parse::ARTICLE_BYTES_MAX;

/// A folder with these files.
pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    root
}

fn shown(root: &TempDir) -> String {
    let lines =
        |problems: &[Problem]| problems.iter().map(|problem| format!("{problem}\n")).collect::<String>();
    match load(root.path(), &()) {
        Ok(Loaded { corpus, problems }) => {
            let articles: String =
                corpus.articles().iter().map(|a| format!("{} ({}): {}\n", a.id, a.path(), a.text)).collect();
            articles + &lines(&problems)
        }
        Err(error) => {
            let root = root.path().display().to_string();
            format!("{}\n", error.to_string().replace(&root, "ROOT"))
        }
    }
}

fn check(root: &TempDir, expected: Expect) {
    expected.assert_eq(&shown(root));
}

#[test]
fn a_folder_is_read_recursively_and_sorted_by_id() {
    let root = folder(&[
        ("b.md", "B."),
        ("a/c.txt", "C."),
        ("a/b.html", "<p>B."),
        ("lines.jsonl", "{\"id\": \"b0\", \"text\": \"L.\"}\n{\"id\": \"A\", \"text\": \"M.\"}"),
    ]);
    check(
        &root,
        expect![[r#"
        A (lines.jsonl): M.
        a/b (a/b.html): B.
        a/c (a/c.txt): C.
        b (b.md): B.
        b0 (lines.jsonl): L.
    "#]],
    );
}

#[test]
fn names_that_hold_no_article_are_passed_over() {
    let root = folder(&[
        ("a.md", "A."),
        ("README.md", "no"),
        ("a/readme.md", "no"),
        (".hidden.md", "no"),
        ("_draft.md", "no"),
        (".git/b.md", "no"),
        ("_old/b.md", "no"),
        ("picture.png", "\0"),
        ("Makefile", "no"),
        ("questions.typo.jsonl", "nonsense"),
    ]);
    check(
        &root,
        expect![[r#"
        a (a.md): A.
    "#]],
    );
}

#[test]
fn synonyms_and_golden_questions_are_read_at_the_top() {
    let root = folder(&[
        ("a.md", "A."),
        ("synonyms.txt", "\u{feff}uav, drone\r\nalone\r\n"),
        ("questions.jsonl", "{\"question\": \"Who?\"}\nnonsense\n"),
        ("sub/synonyms.txt", "An article.\nOf that name."),
    ]);
    check(
        &root,
        expect![[r#"
        a (a.md): A.
        sub/synonyms (sub/synonyms.txt): An article.
        Of that name.
        questions.jsonl:2: is not a JSON object: mend the line
        synonyms.txt:2: `alone` is a single phrase: write `a, b` or `a => b`
    "#]],
    );
    let corpus = load(root.path(), &()).unwrap().corpus;
    assert_eq!((corpus.synonyms().rules().len(), corpus.questions().len()), (1, 1));
}

#[test]
fn of_two_articles_with_one_id_the_second_is_left_out() {
    let root = folder(&[
        ("a.md", "First."),
        ("a.txt", "Second."),
        (
            "b.jsonl",
            "{\"id\": \"b\", \"text\": \"Third.\"}\n{\"id\": \"a\", \"text\": \"Fourth.\"}\n{\"id\": \"b\", \"text\": \"Fifth.\"}",
        ),
    ]);
    check(
        &root,
        expect![[r#"
        a (a.md): First.
        b (b.jsonl): Third.
        a.txt: the id `a` is taken by `a.md`: rename one of them
        b.jsonl:2: the id `a` is taken by `a.md`: rename one of them
        b.jsonl:3: the id `b` is taken by `b.jsonl:1`: rename one of them
    "#]],
    );
}

#[test]
fn one_bad_file_stops_no_other() {
    let root = folder(&[
        ("a.md", "---\ntitle: [\n---\nA."),
        ("b.md", "B."),
        ("c.html", &"<div>".repeat(20_000)),
        ("d.html", &"<i>".repeat(1_000_000)),
        ("e.txt", ""),
    ]);
    fs::write(root.path().join("f.txt"), b"caf\xe9").unwrap();
    fs::write(root.path().join("g.txt"), b"\x7fELF\0\0").unwrap();
    fs::write(root.path().join("h.txt"), "x".repeat(ARTICLE_BYTES_MAX + 1)).unwrap();
    check(
        &root,
        expect![[r#"
        b (b.md): B.
        a.md:2: the front matter is broken, `unclosed bracket '['`: mend it, or put the value in quotes
        c.html:1: nests deeper than 256 elements: simplify its markup, or save its text
        d.html:1: nests deeper than 256 elements: simplify its markup, or save its text
        e.txt: holds no text: write some, or remove the file
        f.txt:1: is not UTF-8 (byte `0xe9`): save it as UTF-8
        g.txt:1: is binary (it holds a NUL byte): save it as plain text
        h.txt: is over 16 MiB, the limit for one article: split it
    "#]],
    );
}

#[test]
fn a_folder_without_articles_is_an_error() {
    check(
        &folder(&[]),
        expect![[r#"
        no article in `ROOT`: put .md, .txt, .html or .jsonl files into it
    "#]],
    );
    check(
        &folder(&[("a.md", ""), ("b.md", "---\n")]),
        expect![[r#"
        no article in `ROOT`: put .md, .txt, .html or .jsonl files into it (2 problems, the first: a.md: holds no text: write some, or remove the file)
    "#]],
    );
    let root = folder(&[("a.md", "A.")]);
    assert!(matches!(load(&root.path().join("none"), &()), Err(LoadError::Missing { .. })));
    assert!(matches!(load(&root.path().join("a.md"), &()), Err(LoadError::Unreadable { .. })));
}

#[test]
fn folders_without_end_are_left_out() {
    let deep = |depth: usize| format!("{}a.md", "x/".repeat(depth));
    let root = folder(&[(&deep(32), "A."), (&deep(40), "No.")]);
    check(
        &root,
        expect![[r#"
        x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/a (x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/a.md): A.
        x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x: lies over 32 folders deep: move it up
    "#]],
    );
}

#[test]
fn the_threads_change_nothing() {
    let files: Vec<(String, String)> =
        (0..200).map(|n| (format!("{n}.md"), format!("---\nurl: x\n---\nText {n}"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let root = folder(&files);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| load(root.path(), &()).unwrap())
    };
    let (one, four) = (with(1), with(4));
    assert_eq!(one.problems, four.problems);
    assert_eq!(one.corpus.articles(), four.corpus.articles());
    assert_eq!(one.corpus.digest(), four.corpus.digest());
}

#[test]
fn progress_counts_to_the_whole() {
    struct Seen(Mutex<Vec<(u64, u64)>>);
    impl LoadProgress for Seen {
        fn advance(&self, done: u64, total: u64) {
            self.0.lock().unwrap().push((done, total));
        }
    }
    let line = "{\"id\": \"c\", \"text\": \"C.\"}\n";
    let root = folder(&[("a.md", "A."), ("b.txt", ""), ("c.jsonl", line), ("d.png", "no")]);
    let seen = Seen(Mutex::default());
    load(root.path(), &seen).unwrap();
    let seen = seen.0.into_inner().unwrap();
    let total = 2 + line.len() as u64;
    assert!(seen.iter().all(|&(done, of)| of == total && done <= of));
    assert!(seen.contains(&(total, total)));
}

/// Sets when a file was modified: `seconds` after a day long past.
fn modified(root: &TempDir, name: &str, seconds: u64) {
    let file = fs::File::options().append(true).open(root.path().join(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 + seconds))
        .unwrap();
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let lines = "{\"id\": \"l1\", \"text\": \"One.\"}\n{\"id\": \"l2\", \"text\": \"Two.\"}\n";
    let root = folder(&[("a.md", "A."), ("b.md", "B."), ("c.md", ""), ("lines.jsonl", lines)]);
    for name in ["a.md", "b.md", "c.md", "lines.jsonl"] {
        modified(&root, name, 0);
    }
    let first = load(root.path(), &()).unwrap();
    assert_eq!(first.corpus.sources().counts(), (4, 4));
    // (files read, articles shared with the first load, problems)
    let check = |expected: (usize, &[&str], usize)| {
        let again = reload(&first.corpus, root.path(), &()).unwrap();
        let shared = first.corpus.articles().iter().filter(|article| {
            again.corpus.article(&article.id).is_some_and(|other| Arc::ptr_eq(article, other))
        });
        let shared: Vec<&str> = shared.map(|article| &*article.id).collect();
        let afresh = load(root.path(), &()).unwrap();
        assert_eq!(again.corpus.articles(), afresh.corpus.articles());
        assert_eq!(again.corpus.digest(), afresh.corpus.digest());
        assert_eq!(again.problems, afresh.problems);
        assert_eq!((again.corpus.sources().counts().1, &*shared, again.problems.len()), expected);
    };
    check((0, &["a", "b", "l1", "l2"], 1));
    // Another time, the same content: read and hashed, but not parsed.
    modified(&root, "a.md", 5);
    check((1, &["a", "b", "l1", "l2"], 1));
    // Another content of the same size.
    fs::write(root.path().join("a.md"), "X.").unwrap();
    modified(&root, "a.md", 0);
    check((1, &["b", "l1", "l2"], 1));
    // A line that is inserted moves the others.
    fs::write(root.path().join("lines.jsonl"), format!("{lines}{{\"id\": \"l3\", \"text\": \"Three.\"}}\n"))
        .unwrap();
    check((2, &["b", "l1", "l2"], 1));
    fs::write(root.path().join("lines.jsonl"), format!("\n{lines}")).unwrap();
    check((2, &["b"], 1));
    fs::remove_file(root.path().join("b.md")).unwrap();
    fs::remove_file(root.path().join("c.md")).unwrap();
    check((2, &[], 0));
}

#[test]
fn a_file_that_was_just_written_is_read_again() {
    let root = folder(&[("a.md", "A.")]);
    let first = load(root.path(), &()).unwrap();
    let again = reload(&first.corpus, root.path(), &()).unwrap();
    assert_eq!(again.corpus.sources().counts(), (1, 1));
}

#[test]
fn questions_are_read_from_anywhere() {
    let root = folder(&[("any.name", "{\"id\": 1, \"question\": \"Who?\"}\n{\n")]);
    let (questions, problems) = read_questions(&root.path().join("any.name")).unwrap();
    assert_eq!((questions.len(), problems.len(), problems[0].line), (1, 1, Some(2)));
    assert!(matches!(read_questions(&root.path().join("none")), Err(LoadError::Questions { .. })));
}

#[cfg(unix)]
pub(super) mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    pub(in crate::corpus::read) fn mkfifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn links_are_not_followed() {
        let outside = folder(&[("secret.md", "Secret."), ("in/secret.md", "Secret.")]);
        let root = folder(&[("a.md", "A.")]);
        symlink(outside.path().join("secret.md"), root.path().join("b.md")).unwrap();
        symlink(outside.path().join("in"), root.path().join("folder")).unwrap();
        symlink(root.path().join("a.md"), root.path().join("c.md")).unwrap();
        symlink(root.path(), root.path().join("loop")).unwrap();
        symlink("nowhere", root.path().join("d.txt")).unwrap();
        symlink("nowhere", root.path().join("synonyms.txt")).unwrap();
        symlink("nowhere", root.path().join("picture.png")).unwrap();
        check(
            &root,
            expect![[r#"
            a (a.md): A.
            b.md: is a link, and links are not followed: put the file itself into the corpus
            c.md: is a link, and links are not followed: put the file itself into the corpus
            d.txt: is a link, and links are not followed: put the file itself into the corpus
            folder: is a link, and links are not followed: put the file itself into the corpus
            loop: is a link, and links are not followed: put the file itself into the corpus
            synonyms.txt: is a link, and links are not followed: put the file itself into the corpus
        "#]],
        );
    }

    #[test]
    fn the_corpus_itself_may_be_a_link() {
        let root = folder(&[("a.md", "A.")]);
        let other = tempfile::tempdir().unwrap();
        let link: PathBuf = other.path().join("corpus");
        symlink(root.path(), &link).unwrap();
        assert_eq!(load(&link, &()).unwrap().corpus.articles().len(), 1);
    }

    #[test]
    fn fifos_devices_and_sockets_are_not_opened() {
        let root = folder(&[("a.md", "A.")]);
        mkfifo(&root.path().join("b.md"));
        mkfifo(&root.path().join("c.jsonl"));
        mkfifo(&root.path().join("questions.jsonl"));
        mkfifo(&root.path().join("pipe"));
        let _socket = UnixListener::bind(root.path().join("d.txt")).unwrap();
        check(
            &root,
            expect![[r#"
            a (a.md): A.
            b.md: is not a regular file (but a FIFO, device or socket): remove it
            c.jsonl: is not a regular file (but a FIFO, device or socket): remove it
            d.txt: is not a regular file (but a FIFO, device or socket): remove it
            questions.jsonl: is not a regular file (but a FIFO, device or socket): remove it
        "#]],
        );
    }

    // Other systems refuse to make such names.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_cannot_be_shown_are_reported() {
        let root = folder(&[("a.md", "A."), ("b\u{1b}[31m.md", "B.")]);
        fs::write(root.path().join(OsStr::from_bytes(b"caf\xe9.md")), "C.").unwrap();
        fs::create_dir(root.path().join(OsStr::from_bytes(b"d\xe9"))).unwrap();
        fs::write(root.path().join(OsStr::from_bytes(b"d\xe9/e.md")), "E.").unwrap();
        check(
            &root,
            expect![[r#"
            a (a.md): A.
            b�[31m.md: has a name that is not UTF-8, or holds control characters: rename it
            caf�.md: has a name that is not UTF-8, or holds control characters: rename it
            d�: has a name that is not UTF-8, or holds control characters: rename it
        "#]],
        );
    }

    #[test]
    fn what_may_not_be_read_is_reported() {
        let root = folder(&[("a.md", "A."), ("b.md", "B."), ("c/d.md", "D.")]);
        let close = |name: &str, mode| {
            fs::set_permissions(root.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        close("b.md", 0o000);
        close("c", 0o000);
        // Root may read anything: there is nothing to see then.
        let may_read = File::open(root.path().join("b.md")).is_ok();
        let found = shown(&root);
        close("c", 0o700);
        if !may_read {
            expect![[r#"
                a (a.md): A.
                b.md: cannot be read (Permission denied (os error 13)): see to its permissions, or remove it
                c: cannot be read (Permission denied (os error 13)): see to its permissions, or remove it
            "#]]
            .assert_eq(&found);
        }
    }

    #[test]
    fn a_file_with_a_terabyte_of_holes_costs_nothing() {
        let root =
            folder(&[("a.md", "A."), ("b.txt", ""), ("c.jsonl", "{\"id\": \"c\", \"text\": \"C.\"}\n")]);
        for name in ["b.txt", "c.jsonl"] {
            let file = fs::OpenOptions::new().write(true).open(root.path().join(name)).unwrap();
            file.set_len(1 << 40).unwrap();
        }
        check(
            &root,
            expect![[r#"
            a (a.md): A.
            c (c.jsonl): C.
            b.txt: is over 16 MiB, the limit for one article: split it
            c.jsonl:2: is binary (it holds a NUL byte): the rest of the file is left out
        "#]],
        );
    }
}
