//! What README.md shows of the program is what the program prints.

use std::path::Path;

use assert_cmd::Command;
use footnote::config::VARIABLES;
use serde_json::Value;
use tempfile::TempDir;

fn readme() -> String {
    std::fs::read_to_string(repository("README.md")).expect("README.md can be read")
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The block of README.md that begins with this line, without it, up to the line that ends the block.
#[track_caller]
fn block(first: &str) -> String {
    let readme = readme();
    let mut lines = readme.lines().skip_while(|line| *line != first);
    assert_eq!(lines.next(), Some(first), "README.md has no such line");
    lines.take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect()
}

/// What the program prints in a folder, with no variable set.
fn printed(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("footnote").expect("the program is built");
    VARIABLES.iter().for_each(|variable| {
        command.env_remove(variable.name);
    });
    let output = command.args(arguments).current_dir(folder.path()).output().expect("the program runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A folder with the shipped corpus.
fn shipped() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder can be made");
    std::fs::create_dir(folder.path().join("corpus")).expect("a folder can be made");
    for file in std::fs::read_dir(repository("corpus")).expect("the corpus can be read") {
        let file = file.expect("the corpus can be read");
        let copy = folder.path().join("corpus").join(file.file_name());
        std::fs::copy(file.path(), copy).expect("a file can be copied");
    }
    folder
}

/// Where lines are broken is the terminal's business.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_answer_that_it_opens_with() {
    let shown = block(r#"$ cargo run --release -- ask "what weapons did Iran seek?""#);
    let printed = printed(&shipped(), &["ask", "what weapons did Iran seek?"]);
    // A terminal shows the number of the record, too.
    let printed = printed.replace("5 articles\n", "#1 · 5 articles\n");
    assert_eq!(words(&shown), words(&printed), "\n{printed}");
}

#[test]
fn the_answer_as_json() {
    let readme = readme();
    let blocks = readme.split("```json\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let mut shown = blocks.filter_map(|(block, _)| serde_json::from_str::<Value>(block).ok());
    let shown = shown.find(|value| value.get("audit_id").is_some()).expect("README.md shows an answer");
    let question = shown["question"].as_str().expect("a question");
    let printed = printed(&shipped(), &["ask", question, "--json"]);
    let printed: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(shown, printed, "\n{printed:#}");
}

#[test]
fn the_report_of_a_check() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    std::fs::create_dir(folder.path().join("corpus")).expect("a folder can be made");
    for (name, bytes) in [
        ("budget.md", b"---\ntitle: Budget: 2016\n---\nThe army gets more.\n".as_slice()),
        ("notes.txt", b"\xff\xfea\0"),
        ("ships.jsonl", b"{\"id\": \"ships\", \"text\": \"The navy ordered two ships.\"}\n"),
        ("visit.md", b"---\npublished: yesterday\n---\nThe minister arrived.\n"),
    ] {
        std::fs::write(folder.path().join("corpus").join(name), bytes).expect("a file can be written");
    }
    let printed = printed(&folder, &["check"]);
    assert_eq!(block("$ footnote check"), printed, "\n{printed}");
}

#[test]
fn the_golden_questions_it_shows_can_be_used() {
    let shipped = std::fs::read_to_string(repository("corpus/questions.jsonl")).expect("the questions");
    let shipped: Vec<Value> =
        shipped.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let readme = readme();
    let shown = readme.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let shown: Vec<Value> = shown.filter(|value| value.get("question").is_some()).collect();
    assert_eq!(shown.len(), 2);
    for question in shown {
        assert!(shipped.iter().any(|known| known["question"] == question["question"]), "{question}");
    }
}
