//! Tests of a folder that is changed while it is read. One thread reads the files in their order, and tells between
//! the reading of `a` and the last look at it: then `a` is being read, and `b` is listed and not yet open.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::tests::folder;
use super::*;

/// Does something once, the first time that it is told of progress.
struct Meanwhile<F>(Mutex<Option<F>>);

impl<F: FnOnce() + Send> LoadProgress for Meanwhile<F> {
    fn advance(&self, _done: u64, _total: u64) {
        if let Some(change) = self.0.lock().unwrap().take() {
            change();
        }
    }
}

/// What is loaded, afresh and after another load, while `change` happens to the folder.
fn loaded(files: &[(&str, &str)], change: impl Fn(&Path) + Sync) -> [Result<Loaded, LoadError>; 2] {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    [false, true].map(|again| {
        let root: TempDir = folder(files);
        let before = load(root.path(), &()).unwrap().corpus;
        let meanwhile = Meanwhile(Mutex::new(Some(|| change(root.path()))));
        pool.install(|| load_after(again.then_some(&before), root.path(), &meanwhile))
    })
}

fn check(files: &[(&str, &str)], change: impl Fn(&Path) + Sync, expected: Expect) {
    let mut shown = String::new();
    for (when, loaded) in ["first", "again"].into_iter().zip(loaded(files, change)) {
        let Loaded { corpus, problems } = loaded.unwrap();
        let articles: Vec<String> =
            corpus.articles().iter().map(|a| format!("{}={}", a.id, a.text)).collect();
        shown += &format!("{when}: {}\n", articles.join(" "));
        shown.extend(problems.iter().map(|problem| format!("  {problem}\n")));
    }
    expected.assert_eq(&shown);
}

const FILES: &[(&str, &str)] = &[("a.md", "A."), ("b.md", "B."), ("c.md", "C.")];

#[test]
fn what_changes_while_it_is_read_stays_as_it_was() {
    for content in ["Another.", ""] {
        check(
            FILES,
            |root| fs::write(root.join("a.md"), content).unwrap(),
            expect![[r#"
                first: b=B. c=C.
                  a.md: changed while it was read: reload once it is complete
                again: a=A. b=B. c=C.
                  a.md: changed while it was read: it stays as it was before, reload once it is complete
            "#]],
        );
    }
    let lines = "{\"id\": \"l1\", \"text\": \"One.\"}\n{\"id\": \"l2\", \"text\": \"Two.\"}\n";
    check(
        &[("a.jsonl", lines), ("b.md", "B.")],
        |root| fs::write(root.join("a.jsonl"), "{\"id\": \"l1\"").unwrap(),
        expect![[r#"
            first: b=B.
              a.jsonl: changed while it was read: reload once it is complete
            again: b=B. l1=One. l2=Two.
              a.jsonl: changed while it was read: it stays as it was before, reload once it is complete
        "#]],
    );
}

#[test]
fn what_was_kept_is_read_by_the_next_load() {
    let [_, again] = loaded(FILES, |root| fs::write(root.join("a.md"), "Another.").unwrap());
    let root = folder(&[("a.md", "Another."), ("b.md", "B."), ("c.md", "C.")]);
    let next = reload(&again.unwrap().corpus, root.path(), &()).unwrap();
    assert_eq!(&*next.corpus.article("a").unwrap().text, "Another.");
    assert_eq!(next.problems, []);
}

/// What was open is read to its end as it was: there is nothing to tell of before the next load.
#[test]
fn what_is_replaced_or_removed_while_it_is_read_is_whole() {
    let whole = || {
        expect![[r#"
            first: a=A. b=B. c=C.
            again: a=A. b=B. c=C.
        "#]]
    };
    check(FILES, |root| fs::remove_file(root.join("a.md")).unwrap(), whole());
    let replace = |root: &Path| {
        fs::write(root.join(".new"), "Another.").unwrap();
        fs::rename(root.join(".new"), root.join("a.md")).unwrap();
    };
    check(FILES, replace, whole());
}

#[test]
fn what_changes_before_it_is_opened_is_read_as_it_is_then() {
    let changed = || {
        expect![[r#"
            first: a=A. b=Another. c=C.
            again: a=A. b=Another. c=C.
        "#]]
    };
    check(FILES, |root| fs::write(root.join("b.md"), "Another.").unwrap(), changed());
    let replace = |root: &Path| {
        fs::write(root.join(".new"), "Another.").unwrap();
        fs::rename(root.join(".new"), root.join("b.md")).unwrap();
    };
    check(FILES, replace, changed());
    check(
        FILES,
        |root| fs::write(root.join("b.md"), "").unwrap(),
        expect![[r#"
            first: a=A. c=C.
              b.md: holds no text: write some, or remove the file
            again: a=A. c=C.
              b.md: holds no text: write some, or remove the file
        "#]],
    );
}

#[test]
fn what_is_removed_before_it_is_opened_stays_until_the_next_load() {
    check(
        FILES,
        |root| fs::remove_file(root.join("b.md")).unwrap(),
        expect![[r#"
            first: a=A. c=C.
              b.md: was removed while the corpus was read: reload once it is complete
            again: a=A. b=B. c=C.
              b.md: was removed while the corpus was read: it stays as it was before, reload once it is complete
        "#]],
    );
    check(
        &[("a.md", "A."), ("sub/b.md", "B.")],
        |root| fs::remove_dir_all(root.join("sub")).unwrap(),
        expect![[r#"
            first: a=A.
              sub/b.md: was removed while the corpus was read: reload once it is complete
            again: a=A. sub/b=B.
              sub/b.md: was removed while the corpus was read: it stays as it was before, reload once it is complete
        "#]],
    );
}

/// They guard the reload, so that they are not lost to it.
#[test]
fn golden_questions_that_cannot_be_read_stay_as_they_were() {
    let line = "{\"id\": \"q\", \"question\": \"Who?\"}\n";
    let files = &[("a.md", "A."), ("questions.jsonl", line), ("synonyms.txt", "uav, drone\n")];
    let in_the_way = |root: &Path| {
        for name in ["questions.jsonl", "synonyms.txt"] {
            fs::remove_file(root.join(name)).unwrap();
            fs::create_dir(root.join(name)).unwrap();
        }
    };
    let [first, again] = loaded(files, in_the_way).map(Result::unwrap);
    assert_eq!((first.corpus.questions().len(), again.corpus.questions().len()), (0, 1));
    assert_eq!((first.problems.len(), again.problems.len()), (2, 2), "{:?}", again.problems);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::super::tests::unix::mkfifo;
    use super::*;

    #[test]
    fn what_takes_the_place_of_a_listed_file_is_neither_followed_nor_waited_for() {
        let outside = folder(&[("b.md", "Secret.")]);
        let refused = || {
            expect![[r#"
                first: a=A. c=C.
                  b.md: is a link, and links are not followed: put the file itself into the corpus
                again: a=A. c=C.
                  b.md: is a link, and links are not followed: put the file itself into the corpus
            "#]]
        };
        let link_to = |root: &Path, target: &Path| {
            fs::remove_file(root.join("b.md")).unwrap();
            symlink(target, root.join("b.md")).unwrap();
        };
        check(FILES, |root| link_to(root, &outside.path().join("b.md")), refused());
        check(FILES, |root| link_to(root, Path::new("nowhere")), refused());
        check(
            FILES,
            |root| {
                fs::remove_file(root.join("b.md")).unwrap();
                mkfifo(&root.join("b.md"));
            },
            expect![[r#"
                first: a=A. c=C.
                  b.md: is not a regular file (but a FIFO, device or socket): remove it
                again: a=A. c=C.
                  b.md: is not a regular file (but a FIFO, device or socket): remove it
            "#]],
        );
    }

    #[test]
    fn a_folder_that_becomes_a_link_leads_nowhere() {
        let outside = folder(&[("b.md", "Secret.")]);
        check(
            &[("a.md", "A."), ("sub/in/b.md", "B."), ("z.md", "Z.")],
            |root| {
                fs::rename(root.join("sub/in"), root.join("sub/.away")).unwrap();
                symlink(outside.path(), root.join("sub/in")).unwrap();
            },
            expect![[r#"
                first: a=A. z=Z.
                  sub/in/b.md: is a link, and links are not followed: put the file itself into the corpus
                again: a=A. z=Z.
                  sub/in/b.md: is a link, and links are not followed: put the file itself into the corpus
            "#]],
        );
    }

    #[test]
    fn what_may_not_be_read_any_more_is_reported() {
        let close = |root: &Path| {
            fs::set_permissions(root.join("b.md"), fs::Permissions::from_mode(0o000)).unwrap();
        };
        let root = folder(FILES);
        close(root.path());
        if File::open(root.path().join("b.md")).is_ok() {
            return eprintln!("skipped: whoever runs the tests may read anything");
        }
        check(
            FILES,
            close,
            expect![[r#"
                first: a=A. c=C.
                  b.md: cannot be read (Permission denied (os error 13)): see to its permissions, or remove it
                again: a=A. c=C.
                  b.md: cannot be read (Permission denied (os error 13)): see to its permissions, or remove it
            "#]],
        );
    }
}
