//! The program in a terminal: what it prints, where, and with which exit code.

#[path = "cli/hostile.rs"]
mod hostile;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use footnote::config::VARIABLES;
use serde_json::Value;
use tempfile::TempDir;

/// The question of the README.
const WEAPONS: &str = "what weapons did Iran seek?";

/// A folder in which the program runs, with a corpus of its own.
struct Place {
    folder: TempDir,
}

/// What a run left behind.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Place {
    /// With a corpus of these files.
    fn with(files: &[(&str, &[u8])]) -> Place {
        let place = Place::empty();
        std::fs::create_dir(place.path("corpus")).unwrap();
        for (name, bytes) in files {
            place.write(name, bytes);
        }
        place
    }

    /// With the corpus that the program comes with.
    fn shipped() -> Place {
        let place = Place::with(&[]);
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, place.path("corpus").join(path.file_name().unwrap())).unwrap();
        }
        place
    }

    fn empty() -> Place {
        Place { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the corpus.
    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path("corpus").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("footnote").unwrap();
        for variable in VARIABLES {
            command.env_remove(variable.name);
        }
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Runs with `--json`, expecting this exit code.
    fn json(&self, arguments: &[&str], code: i32) -> Value {
        let run = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(run.code, code, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }
}

impl Run {
    fn of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Ended with this code, and stderr says all of `expected`.
    #[track_caller]
    fn fails(&self, code: i32, expected: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        for expected in expected {
            assert!(self.stderr.contains(expected), "no `{expected}` in: {}", self.stderr);
        }
    }
}

/// Articles enough for an answer.
const TWO_ARTICLES: [(&str, &[u8]); 2] = [
    ("tanks.md", b"---\ntitle: Tanks\n---\n\nThe army ordered ninety new tanks from the factory.\n"),
    ("ships.txt", b"Ships\n\nThe navy ordered two new ships from the northern yard.\n"),
];

#[test]
fn the_main_job() {
    let run = Place::shipped().run(&["ask", WEAPONS]);
    run.fails(0, &[]);
    for expected in ["[1] ", "T-90", "Su-30", "paragraph ", "line ", ".md"] {
        assert!(run.stdout.contains(expected), "no `{expected}` in: {}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'), "colour without a terminal: {}", run.stdout);
    assert_eq!(run.stderr, "");
}

#[test]
fn the_json_of_an_answer() {
    let place = Place::shipped();
    let answer = place.json(&["ask", WEAPONS], 0);
    assert_eq!(answer["question"], WEAPONS);
    assert_eq!(answer["answered"], true);
    assert!(answer.get("reason").is_none());
    assert!((0.0..=1.0).contains(&answer["confidence"].as_f64().unwrap()));
    assert_eq!(answer["corpus"]["articles"], 5);
    assert!(answer["corpus"]["passages"].as_u64().unwrap() >= 5);
    assert_eq!(answer["corpus"]["digest"].as_str().unwrap().len(), 64);
    assert!(answer["audit_id"].as_i64().unwrap() > 0);

    let passages = answer["passages"].as_array().unwrap();
    assert!((1..=3).contains(&passages.len()));
    let mut articles = HashSet::new();
    for (at, passage) in passages.iter().enumerate() {
        assert_eq!(passage["rank"], at + 1);
        let article = &passage["article"];
        assert!(articles.insert(article["id"].as_str().unwrap()), "two quotes of one article");
        let path = article["path"].as_str().unwrap();
        let source = std::fs::read_to_string(place.path("corpus").join(path)).unwrap();
        let quote = passage["quote"].as_str().unwrap();
        assert!(source.contains(quote), "not word for word: {quote}");
        assert!(passage["text"].as_str().unwrap().contains(quote));
        let lines: Vec<usize> =
            passage["lines"].as_array().unwrap().iter().map(|line| line.as_u64().unwrap() as usize).collect();
        let cited: Vec<&str> = source.lines().skip(lines[0] - 1).take(lines[1] - lines[0] + 1).collect();
        assert!(cited.join("\n").contains(quote), "{lines:?} of {path} do not hold: {quote}");
        assert!(passage["paragraph"].as_u64().unwrap() > 0 && passage["score"].is_number());
        for name in ["title", "publisher", "published", "url"] {
            assert!(article.get(name).is_some(), "no `{name}` in {article}");
        }
    }
}

#[test]
fn the_number_of_quotes_can_be_chosen() {
    let place = Place::shipped();
    assert_eq!(place.json(&["ask", WEAPONS, "--passages", "1"], 0)["passages"].as_array().unwrap().len(), 1);
    place.run(&["ask", WEAPONS, "--passages", "0"]).fails(2, &["--passages"]);
    place.run(&["ask", WEAPONS, "--passages", "11"]).fails(2, &["--passages"]);
    let run = Run::of(place.command(&["ask", WEAPONS]).env("ANSWER_PASSAGES", "1"));
    assert!(run.stdout.contains("[1] ") && !run.stdout.contains("[2] "), "{}", run.stdout);
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let place = Place::shipped();
    let runs: HashSet<String> = (0..5).map(|_| place.run(&["ask", WEAPONS]).stdout).collect();
    assert_eq!(runs.len(), 1);
}

#[test]
fn each_answer_is_recorded_where_the_operator_says() {
    let place = Place::shipped();
    let first = place.json(&["ask", WEAPONS], 0)["audit_id"].as_i64().unwrap();
    let second = place.json(&["ask", WEAPONS], 0)["audit_id"].as_i64().unwrap();
    assert!(second > first && place.path("data/audit.db").exists());
    Run::of(place.command(&["ask", WEAPONS]).env("DATA_DIR", "elsewhere")).fails(0, &[]);
    assert!(place.path("elsewhere/audit.db").exists());
}

/// None of them takes a store that another is making for an older one, which it would copy.
#[test]
fn commands_that_start_together_make_one_store() {
    let place = Place::shipped();
    for round in 0..3 {
        let data = format!("data-{round}");
        let ask = || {
            let mut command = std::process::Command::new(place.command(&[]).get_program());
            VARIABLES.iter().for_each(|variable| {
                command.env_remove(variable.name);
            });
            command.current_dir(place.folder.path()).args(["ask", WEAPONS]).env("DATA_DIR", &data);
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        };
        for child in [(); 8].map(|()| ask()) {
            let output = child.wait_with_output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stderr), "");
            assert!(output.status.success());
        }
        let names = std::fs::read_dir(place.path(&data)).unwrap().map(|entry| entry.unwrap().file_name());
        let copies = names.filter(|name| name.to_string_lossy().contains("schema"));
        assert_eq!(copies.collect::<Vec<_>>(), Vec::<std::ffi::OsString>::new());
    }
}

#[test]
fn no_answer_without_a_record() {
    let place = Place::shipped();
    std::fs::write(place.path("file"), "").unwrap();
    let run = Run::of(place.command(&["ask", WEAPONS]).env("AUDIT_URL", "sqlite://file/audit.db"));
    run.fails(2, &["error: "]);
    assert_eq!(run.stdout, "");
}

/// `data` is no folder, cannot be made, or lets nobody make a file in it: told at once, with what to do.
#[cfg(unix)]
#[test]
fn a_data_folder_that_cannot_be_used_is_told_at_the_start() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::shipped();
    let folder = place.folder.path();
    let program = place.command(&[]).get_program().to_owned();
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let fails = |mut command: Command| {
        command.current_dir(folder).env_clear().env("DISCORD_TOKEN", "a.b.c");
        command.env("DISCORD_API_URL", "http://127.0.0.1:1");
        let run = Run::of(&mut command);
        run.fails(
            2,
            &["error: cannot make the audit store `data", "can be written to, or name another file"],
        );
        assert_eq!(run.stdout, "");
    };
    std::fs::write(folder.join("data"), "").unwrap();
    for arguments in [&["ask", WEAPONS][..], &["serve"]] {
        let mut command = Command::new(&program);
        command.args(arguments);
        fails(command);
    }
    std::fs::remove_file(folder.join("data")).unwrap();

    // Root may write anywhere, so somebody else has to try.
    mode(folder, 0o755);
    let by_nobody = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(arguments);
        command
    };
    let is_root = std::fs::metadata(folder).is_ok_and(|made| std::os::unix::fs::MetadataExt::uid(&made) == 0);
    if is_root && by_nobody(&["--version"]).ok().is_err() {
        return eprintln!("skipped in part: the tests run as root, and nobody else can run the program");
    }
    let command = |arguments: &[&str]| {
        let mut own = Command::new(&program);
        own.args(arguments);
        if is_root { by_nobody(arguments) } else { own }
    };
    for (data, folder_mode) in [(false, 0o555), (true, 0o755)] {
        if data {
            std::fs::create_dir(folder.join("data")).unwrap();
            mode(&folder.join("data"), 0o555);
        }
        mode(folder, folder_mode);
        fails(command(&["ask", WEAPONS]));
        fails(command(&["serve"]));
        mode(folder, 0o755);
    }
}

/// A limit on the size of files is met as a full disk is: the write fails.
#[cfg(unix)]
#[test]
fn no_answer_while_the_disk_is_full() {
    let place = Place::shipped();
    assert_eq!(place.run(&["ask", WEAPONS]).code, 0);
    let program = place.command(&[]).get_program().to_owned();
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" ask \"$1\""]).arg(program).arg(WEAPONS);
    let run = Run::of(full.current_dir(place.folder.path()));
    run.fails(2, &["error: ", "audit store"]);
    assert_eq!(run.stdout, "");
    assert_eq!(place.run(&["ask", WEAPONS]).code, 0, "recovery needs no hand");
}

#[test]
fn what_the_corpus_does_not_hold() {
    let place = Place::shipped();
    let run = place.run(&["ask", "zebrafish genome xylophone"]);
    run.fails(1, &[]);
    assert!(run.stdout.starts_with("Not found: "), "{}", run.stdout);
    assert!(run.stdout.contains("zebrafish"), "{}", run.stdout);
    let answer = place.json(&["ask", "zebrafish genome xylophone"], 1);
    assert_eq!((&answer["answered"], &answer["passages"]), (&Value::Bool(false), &Value::Array(Vec::new())));
    assert_eq!(answer["reason"], "no_known_word");
    assert_eq!(place.json(&["ask", "what did the"], 1)["reason"], "only_common_words");
}

#[test]
fn questions_that_are_refused() {
    let place = Place::with(&TWO_ARTICLES);
    for question in ["", "   ", "?!…"] {
        let run = place.run(&["ask", question]);
        run.fails(2, &["type a question"]);
        assert_eq!(run.stdout, "");
    }
    let long = "tanks ".repeat(200);
    place.run(&["ask", &long]).fails(2, &["1000", "1199"]);
    place.run(&["ask"]).fails(2, &["QUESTION"]);
}

#[test]
fn a_hostile_question_and_article_steer_nothing() {
    let place = Place::with(&TWO_ARTICLES);
    place
        .write("evil.md", "Tanks \u{1b}[2J\u{202e} @everyone `tanks` <b>ordered</b> \u{9b}31m.\n".as_bytes());
    for question in ["tanks \u{1b}[2J \u{202e} @everyone `ordered`", "evil \u{7}xyzzy\u{1b}]0;x\u{7}"] {
        let run = place.run(&["ask", question]);
        assert!(run.code < 2, "{}", run.stderr);
        let steers = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!run.stdout.contains(steers), "{:?}", run.stdout);
    }
}

#[test]
fn a_corpus_that_is_not_there() {
    let place = Place::empty();
    for arguments in [&["ask", WEAPONS][..], &["chat"], &["check"], &["eval"]] {
        place.run(arguments).fails(2, &["`corpus`", ".md"]);
    }
    assert!(!place.path("data").exists(), "a command in the wrong folder left something there");
    std::fs::create_dir(place.path("corpus")).unwrap();
    for arguments in [&["ask", WEAPONS][..], &["chat"], &["check"], &["eval"]] {
        place.run(arguments).fails(2, &["`corpus`", ".md"]);
    }
    place.run(&["check", "--corpus", "nowhere"]).fails(2, &["`nowhere`"]);
}

#[test]
fn each_broken_article_is_named_and_the_rest_is_read() {
    let place = Place::with(&TWO_ARTICLES);
    let deep = "<div>".repeat(300) + "text" + &"</div>".repeat(300);
    let large = vec![b'a'; (16 << 20) + 1];
    place.write("latin1.txt", b"caf\xe9 au lait");
    place.write("binary.md", &[0, 159, 146, 150, 0, 1, 2, 255]);
    place.write("large.txt", &large);
    place.write("front.md", b"---\ntitle: [unclosed\n---\n\nText.\n");
    place.write("deep.html", deep.as_bytes());
    place.write("lines.jsonl", b"{\"id\": \"good\", \"text\": \"A good line about boats.\"}\n{broken\n");
    let check = place.run(&["check"]);
    check.fails(1, &[]);
    for name in ["latin1.txt", "binary.md", "large.txt", "front.md:", "deep.html", "lines.jsonl:2"] {
        assert!(check.stdout.contains(name), "no `{name}` in: {}", check.stdout);
    }
    assert!(check.stdout.contains("corpus: 3 articles"), "{}", check.stdout);
    let run = place.run(&["ask", "what did the army order from the factory?"]);
    run.fails(0, &["problems in the corpus"]);
    assert!(run.stdout.contains("ninety new tanks"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_special_files_are_not_opened() {
    let place = Place::with(&TWO_ARTICLES);
    std::fs::write(place.path("secret.txt"), "The secret word is swordfish.").unwrap();
    std::os::unix::fs::symlink(place.path("secret.txt"), place.path("corpus/link.txt")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(place.path("corpus/fifo.txt")).status().unwrap();
    assert!(fifo.success());
    let check = place.run(&["check"]);
    check.fails(1, &[]);
    assert!(check.stdout.contains("link.txt") && check.stdout.contains("fifo.txt"), "{}", check.stdout);
    let run = place.run(&["ask", "what is the secret word swordfish?"]);
    assert!(!run.stdout.contains("is swordfish"), "{}", run.stdout);
}

#[test]
fn two_articles_with_one_id_are_both_named() {
    let place = Place::with(&TWO_ARTICLES);
    place.write("tanks.txt", b"Other tanks\n\nAnother text.\n");
    let check = place.run(&["check"]);
    check.fails(1, &[]);
    assert!(check.stdout.contains("tanks.md") && check.stdout.contains("tanks.txt"), "{}", check.stdout);
    assert!(check.stdout.contains("corpus: 2 articles"), "{}", check.stdout);
}

#[test]
fn the_shipped_corpus_passes_its_check() {
    let check = Place::shipped().run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    assert!(check.stdout.contains("problems: none"), "{}", check.stdout);
}

#[test]
fn a_golden_question_that_fails_fails_the_check() {
    let place = Place::with(&TWO_ARTICLES);
    place.write(
        "questions.jsonl",
        b"{\"id\": \"right\", \"question\": \"what did the army order?\", \"relevant\": [\"tanks\"], \"answers\": [\"tanks\"]}\n\
          {\"id\": \"wrong\", \"question\": \"what did the navy order?\", \"relevant\": [\"tanks\"]}\n",
    );
    let check = place.run(&["check"]);
    check.fails(1, &[]);
    assert!(check.stdout.contains("golden questions: 1 of 2 passed"), "{}", check.stdout);
    assert!(check.stdout.contains("wrong: ") && check.stdout.contains("`ships`"), "{}", check.stdout);
}

#[test]
fn the_measures_of_the_golden_questions() {
    let place = Place::shipped();
    let report = place.json(&["eval", "--details", "details", "--run", "run"], 0);
    let questions = std::fs::read_to_string(place.path("corpus/questions.jsonl")).unwrap();
    let ids: Vec<Value> =
        questions.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(report["questions"], ids.len());
    for share in ["S@1", "S@5", "MRR@10", "nDCG@10", "ans@1", "sent", "AUROC"] {
        assert!((0.0..=1.0).contains(&report[share].as_f64().unwrap()), "{share}: {report}");
    }
    assert!(report["latency_ms"]["median"].is_number() && report["quote_chars_median"].is_number());

    let details = std::fs::read_to_string(place.path("details")).unwrap();
    let details: Vec<Value> = details.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(details.iter().map(|details| details["id"].clone()).collect::<Vec<_>>(), ids);
    for details in &details {
        let (ranked, scores) = (details["ranked"].as_array().unwrap(), details["scores"].as_array().unwrap());
        assert_eq!(ranked.len(), scores.len());
        let scores: Vec<f64> = scores.iter().map(|score| score.as_f64().unwrap()).collect();
        assert!(scores.is_sorted_by(|above, below| above >= below), "{details}");
        let quote = details["quote"].as_str().unwrap();
        assert!(quote.chars().count() <= 400 && details["passage"].as_str().unwrap().contains(quote));
    }

    let run = std::fs::read_to_string(place.path("run")).unwrap();
    let ranked: usize = details.iter().map(|details| details["ranked"].as_array().unwrap().len()).sum();
    assert_eq!(run.lines().count(), ranked);
    for line in run.lines() {
        assert_eq!(line.split(' ').count(), 6, "{line}");
    }
    assert!(!place.path("data").exists(), "an evaluation is no ask and leaves no record");
}

#[test]
fn measures_of_another_file_of_questions() {
    let place = Place::with(&TWO_ARTICLES);
    place.run(&["eval"]).fails(2, &["--questions"]);
    place.run(&["eval", "--questions", "nowhere.jsonl"]).fails(2, &["nowhere.jsonl"]);
    std::fs::write(place.path("broken.jsonl"), "{\"id\": \"a\", \"question\": \"ships?\"}\n{\n").unwrap();
    place.run(&["eval", "--questions", "broken.jsonl"]).fails(2, &["broken.jsonl:2"]);
    let twice = "{\"id\": \"a\", \"question\": \"ships?\"}\n{\n{\"id\": \"a\", \"question\": \"tanks?\"}\n";
    place.write("questions.jsonl", twice.as_bytes());
    let run = place.run(&["eval"]);
    run.fails(2, &["corpus/questions.jsonl:2: ", "corpus/questions.jsonl:3: the id `a` is taken"]);
    assert_eq!(run.stdout, "", "no measures of the questions that are left");
    place.run(&["check"]).fails(1, &[]);
    std::fs::remove_file(place.path("corpus/questions.jsonl")).unwrap();
    let long = "ships ".repeat(200);
    std::fs::write(
        place.path("q.jsonl"),
        format!(
            "{{\"id\": \"a\", \"question\": \"what did the navy order?\", \"relevant\": [\"ships\"]}}\n\
             {{\"id\": \"long\", \"question\": \"{long}\", \"relevant\": [\"ships\"]}}\n\
             {{\"id\": \"none\", \"question\": \"?\"}}\n"
        ),
    )
    .unwrap();
    let report = place.json(&["eval", "--questions", "q.jsonl"], 0);
    assert_eq!((&report["questions"], &report["with_relevant"]), (&3.into(), &2.into()));
    assert_eq!(
        (&report["S@1"], &report["sent"], &report["AUROC"]),
        (&0.5.into(), &Value::Null, &Value::Null)
    );
    let text = place.run(&["eval", "--questions", "q.jsonl"]);
    assert!(text.stdout.contains("S@1        0.5000\n"), "{}", text.stdout);
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let place = Place::shipped();
    let articles = |place: &Place| -> Vec<(PathBuf, Vec<u8>)> {
        let entries = std::fs::read_dir(place.path("corpus")).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    };
    let before = articles(&place);
    std::fs::write(place.path("old.run"), "precious").unwrap();
    let article = before.iter().find(|(path, _)| path.extension().is_some_and(|end| end == "md")).unwrap();
    let article = article.0.display().to_string();
    for (arguments, told) in [
        (&["eval", "--details", "corpus/questions.jsonl"][..], "corpus/questions.jsonl"),
        (
            &["eval", "--questions", "corpus/questions.jsonl", "--run", "corpus/../corpus/questions.jsonl"],
            "another",
        ),
        (&["eval", "--run", &article], "another file"),
        (&["eval", "--run", "old.run", "--details", "old.run"], "two files"),
        (&["eval", "--against", "nowhere", "--run", "old.run"], "nowhere"),
        (&["eval", "--questions", "nowhere", "--run", "old.run"], "nowhere"),
        (&["eval", "--corpus", "nowhere", "--run", "old.run"], "nowhere"),
    ] {
        place.run(arguments).fails(2, &[told]);
        assert_eq!(std::fs::read_to_string(place.path("old.run")).unwrap(), "precious", "{arguments:?}");
    }
    assert_eq!(articles(&place), before);

    place.run(&["ask", WEAPONS]);
    let store = std::fs::read(place.path("data/audit.db")).unwrap();
    place.run(&["audit", "report", "--html", "data/audit.db"]).fails(2, &["data/audit.db", "another file"]);
    assert_eq!(std::fs::read(place.path("data/audit.db")).unwrap(), store);
    for _ in 0..2 {
        assert_eq!(
            place.run(&["audit", "report", "--html", "report.html"]).code,
            0,
            "a report may be made anew"
        );
    }
}

#[test]
fn nothing_is_erased_from_a_store_that_is_not_there() {
    let place = Place::shipped();
    place.run(&["audit", "erase", "--user", "42"]).fails(2, &["no audit store"]);
    place.run(&["audit", "corpus", "purge", "russia"]).fails(2, &["no audit store"]);
    assert!(!place.path("data/audit.db").exists(), "none is made");
}

#[test]
fn the_audit_tells_what_is_wrong_with_what_is_asked_of_it() {
    let place = Place::shipped();
    place.run(&["ask", WEAPONS]);
    for (arguments, told) in [
        (&["audit", "list", "--since", "2026-03-02", "--until", "2026-03-01"], "exchange the two"),
        (&["audit", "export", "--since", "1h", "--until", "2h"], "exchange the two"),
    ] {
        place.run(arguments).fails(2, &[told]);
    }
    place.run(&["audit", "report", "--since", "1d", "--until", "2d"]).fails(2, &["exchange the two"]);
    place.run(&["audit", "corpus", "show", ""]).fails(2, &["first digits"]);
    let backup = place.run(&["audit", "backup", "data/audit.db"]);
    backup.fails(2, &["File exists", "does not exist yet"]);
    assert_eq!(backup.stderr.matches("File exists").count(), 1, "{}", backup.stderr);
    let quiet = place.run(&["audit", "report", "--until", "2020-01-01"]);
    assert!(quiet.stdout.contains("questions: 0") && !quiet.stdout.contains("ms"), "{}", quiet.stdout);
}

#[test]
fn a_chat_from_a_pipe() {
    let place = Place::with(&TWO_ARTICLES);
    let input = "what did the army order?\n\n?!\n/help\nwhat did the navy order?\n/quit\nnever asked tanks\n";
    let run = Run::of(place.command(&["chat"]).write_stdin(input));
    run.fails(0, &[]);
    for expected in ["ninety new tanks", "two new ships", "/quit", "Refused: "] {
        assert!(run.stdout.contains(expected), "no `{expected}` in: {}", run.stdout);
    }
    assert_eq!(run.stdout.matches("tanks.md").count(), 1, "{}", run.stdout);
    assert!(!place.path("data/history").exists(), "what comes from a pipe is no person's history");
}

#[test]
fn a_chat_goes_on_from_the_last_answer() {
    let place = Place::shipped();
    let check = |input: &str, expected: &[&str]| {
        let run = Run::of(place.command(&["chat"]).write_stdin(input));
        run.fails(0, &[]);
        for expected in expected {
            assert!(run.stdout.contains(expected), "{input:?}: no `{expected}` in: {}", run.stdout);
        }
        run.stdout
    };
    let nothing = check("/more\n/why\n+ and when?\n", &["Nothing was asked so far."]);
    assert_eq!(nothing.lines().filter(|line| !line.is_empty()).count(), 3, "{nothing}");
    check(&format!("{WEAPONS}\n/why\n"), &["Sukhoi", "confidence"]);
    let more = check(&format!("{WEAPONS}\n/more\n"), &["[1] ", "[4] "]);
    assert_ne!(more, check(&format!("{WEAPONS}\n/more\n/more\n"), &["[4] "]), "the next page");
    check("who is Hossein Dehghan?\n+ when did he leave?\n", &["with words of the question before: "]);
    assert_eq!(check("thanks!\n👍\n", &[]), "");
    check("hello\n", &["/quit"]);
    let last = place.run(&["audit", "list", "--limit", "1"]);
    assert!(
        last.stdout.contains("when did he leave?"),
        "what is no question is not on record: {}",
        last.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_gone_is_a_quiet_end() {
    use std::process::{Command, Stdio};
    let place = Place::shipped();
    let mut child = Command::new(env!("CARGO_BIN_EXE_footnote"))
        .args(["ask", WEAPONS])
        .current_dir(place.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn the_command_line_explains_itself() {
    let place = Place::empty();
    let help = place.run(&["--help"]);
    assert_eq!(help.code, 0);
    for name in ["serve", "ask", "chat", "check", "eval", "audit", "invite", "Exit code"] {
        assert!(help.stdout.contains(name), "no `{name}` in: {}", help.stdout);
    }
    assert!(place.run(&["--version"]).stdout.contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(place.run(&["nonsense"]).code, 2);
    assert_eq!(place.run(&[]).code, 2);
}

#[test]
fn a_bot_without_a_token_says_which_variable_to_set() {
    let place = Place::with(&TWO_ARTICLES);
    for command in ["serve", "invite"] {
        let told = format!("DISCORD_TOKEN is unset, and `footnote {command}` cannot do without it");
        place.run(&[command]).fails(2, &[&told, "https://discord.com/developers"]);
    }
    assert!(place.run(&["invite", "--help"]).stdout.contains("DISCORD_TOKEN"));
}
