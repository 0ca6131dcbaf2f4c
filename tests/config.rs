//! The variables: README.md, .env.example, `--help` and the program name the same ones; and the program
//! reads them as they say.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use footnote::config::VARIABLES;
use tempfile::TempDir;

fn repository(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn text(file: &str) -> String {
    std::fs::read_to_string(repository(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn names() -> Vec<&'static str> {
    VARIABLES.iter().map(|variable| variable.name).collect()
}

/// The program in an empty folder, with no variable set.
fn footnote(folder: &TempDir) -> Command {
    let mut command = Command::cargo_bin("footnote").unwrap();
    names().iter().for_each(|name| {
        command.env_remove(name);
    });
    command.current_dir(folder.path());
    command
}

fn stderr(command: &mut Command, code: i32) -> String {
    String::from_utf8(command.assert().code(code).get_output().stderr.clone()).unwrap()
}

/// Whether a word is spelt like a variable.
fn is_name(word: &str) -> bool {
    let is_spelt_so = word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    is_spelt_so && (word.contains('_') || word == "SHARDS")
}

#[test]
fn the_readme_lists_the_variables() {
    let readme = text("README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let rows: Vec<(&str, &str)> = rows.filter(|(name, _)| is_name(name)).collect();
    assert_eq!(rows.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names());
    for ((name, rest), variable) in rows.iter().zip(VARIABLES) {
        let default = rest.split('|').next().unwrap_or_default().replace('`', "");
        assert_eq!(default.trim(), variable.default.replace('`', ""), "{name}");
    }
}

#[test]
fn the_example_lists_the_variables() {
    let example = text(".env.example");
    let set = example.lines().filter_map(|line| line.trim_start_matches('#').split_once('='));
    let set: Vec<&str> = set.map(|(name, _)| name).filter(|name| is_name(name)).collect();
    assert_eq!(set, names());
}

#[test]
fn the_example_can_be_used_as_it_is_and_with_every_line_switched_on() {
    let folder = TempDir::new().unwrap();
    let example = text(".env.example");
    let assignment = |line: &&str| line.split_once('=').is_some_and(|(name, _)| is_name(name));
    let on = example.lines().map(|line| line.trim_start_matches('#')).filter(assignment);
    let on = on.collect::<Vec<_>>().join("\n");
    for file in [&example, &on] {
        std::fs::write(folder.path().join(".env"), file).unwrap();
        // The folder has no corpus, so the error is that one and not one of the configuration.
        let error = stderr(footnote(&folder).arg("check"), 2);
        assert!(error.contains("no corpus folder"), "{error}");
    }
}

#[test]
fn the_help_lists_the_variables() {
    let folder = TempDir::new().unwrap();
    for flag in ["--help", "-h"] {
        let output = footnote(&folder).arg(flag).assert().code(0).get_output().stdout.clone();
        let help = String::from_utf8(output).unwrap();
        let first_words = help.lines().filter_map(|line| line.split_whitespace().next());
        let listed: Vec<&str> = first_words.filter(|word| is_name(word)).collect();
        assert_eq!(listed, names());
    }
}

#[test]
fn all_bad_values_are_named_by_every_command_and_no_secret_is_shown() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "LOG_FORMAT=xml\nDISCORD_TOKEN=\"not a token\"\n").unwrap();
    for arguments in [&["ask", "what?"][..], &["chat"], &["check"], &["eval"], &["serve"], &["invite"]] {
        let mut command = footnote(&folder);
        command.env("ANSWER_PASSAGES", "0").env("MIN_CONFIDENCE", "high");
        let error = stderr(command.args(arguments), 2);
        for name in ["LOG_FORMAT", "DISCORD_TOKEN", "ANSWER_PASSAGES", "MIN_CONFIDENCE", "from 1 to 10"] {
            assert!(error.contains(name), "{arguments:?}: {name} is missing in {error}");
        }
        assert!(!error.contains("not a token"), "{error}");
    }
}

#[test]
fn only_the_env_file_of_the_folder_is_read() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "LOG_FORMAT=xml\n").unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let error = stderr(footnote(&folder).current_dir(&inner).arg("check"), 2);
    assert!(error.contains("no corpus folder") && !error.contains("LOG_FORMAT"), "{error}");
}

#[test]
fn an_empty_value_means_unset_and_the_environment_wins() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "CORPUS_DIR=from-file\nLOG_FORMAT=\n").unwrap();
    let error = stderr(footnote(&folder).env("CORPUS_DIR", "").arg("check"), 2);
    assert!(error.contains("`from-file`"), "{error}");
    let error = stderr(footnote(&folder).env("CORPUS_DIR", "from-environment").arg("check"), 2);
    assert!(error.contains("`from-environment`"), "{error}");
    let mut command = footnote(&folder);
    let error = stderr(command.env("CORPUS_DIR", "x").args(["check", "--corpus", "from-option"]), 2);
    assert!(error.contains("`from-option`"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(".env");
    std::fs::write(&file, "DISCORD_TOKEN=abc\n").unwrap();
    for (mode, warned) in [(0o644, true), (0o600, false)] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let error = stderr(footnote(&folder).arg("check"), 2);
        assert_eq!(error.contains("chmod 600 .env"), warned, "{error}");
    }
}
