//! Reads `./.env`. What stands in a line that cannot be read is never shown, since it may be the token.

use std::io;
use std::path::Path;

use super::{BadValue, VARIABLES};

/// A name with so many letters wrong, missing, too many or exchanged is likely a variable misspelt.
const SLIPS_MAX: usize = 2;

/// What `.env` says. Empty where there is no such file.
#[derive(Debug, Default)]
pub(super) struct File {
    values: Vec<(String, String)>,
    /// What cannot be read of it.
    pub(super) bad: Vec<BadValue>,
    /// What the operator should know about it.
    pub(super) warnings: Vec<String>,
}

impl File {
    /// The value of a variable. Where a name stands twice the first counts, as dotenvy has it.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a value that nobody else should read stands in the file.
    fn holds_secret(&self) -> bool {
        let mut secret = VARIABLES.iter().filter(|variable| variable.secret);
        secret.any(|variable| self.value(variable.name).is_some_and(|value| !value.is_empty()))
    }
}

/// Reads the file at `path`.
pub(super) fn read(path: &Path) -> File {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let mut file = parse(&text);
            if file.holds_secret() && readable_by_others(path) {
                file.warnings.push(format!(
                    "`{0}` holds a secret and other users of this machine can read it: run `chmod 600 {0}`",
                    path.display()
                ));
            }
            file
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => File::default(),
        Err(error) => {
            let message = format!("cannot be read: {error}");
            File { bad: vec![BadValue::File { line: None, message }], ..File::default() }
        }
    }
}

/// Reads the text of such a file.
pub(super) fn parse(text: &str) -> File {
    // dotenvy takes white space at the end of the last line for an unfinished value, unless the line ends.
    let text = format!("{}\n", text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut file = File::default();
    for item in dotenvy::from_read_iter(text.as_bytes()) {
        match item {
            Ok(pair) => file.values.push(pair),
            Err(error) => file.bad.push(bad_line(&text, &error)),
        }
    }
    for (name, _) in &file.values {
        if let Some(meant) = meant(name) {
            file.warnings.push(format!("`{name}` in .env is not read: did you mean {meant}?"));
        }
    }
    file
}

/// The variable that a name which is none was likely meant for. Others are left alone: the file may serve other
/// programs as well.
fn meant(name: &str) -> Option<&'static str> {
    if VARIABLES.iter().any(|variable| variable.name == name) {
        return None;
    }
    let upper = name.to_ascii_uppercase();
    let distance = |variable: &super::Variable| strsim::osa_distance(&upper, variable.name);
    VARIABLES
        .iter()
        .filter(|variable| distance(variable) <= SLIPS_MAX)
        .min_by_key(|variable| distance(variable))
        .map(|variable| variable.name)
}

fn bad_line(text: &str, error: &dotenvy::Error) -> BadValue {
    // dotenvy tells the text at which it stopped and not the line: the line is named where only one has it.
    let stopped = match error {
        dotenvy::Error::LineParse(line, _) => line.lines().next().unwrap_or_default(),
        _ => "",
    };
    let mut lines = text.lines().zip(1..).filter(|(line, _)| !stopped.is_empty() && line.contains(stopped));
    let line = lines.next().map(|(_, at)| at).filter(|_| lines.next().is_none());
    BadValue::File { line, message: "expected NAME=value, with a value that has spaces in quotes".to_owned() }
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).is_ok_and(|file| file.mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let file = parse(text);
        let values = file.values.iter().map(|(name, value)| format!("{name}={value}\n"));
        let bad = file.bad.iter().map(|bad| format!("! {bad}\n"));
        expected.assert_eq(&values.chain(bad).collect::<String>());
    }

    #[test]
    fn names_and_values() {
        check(
            "\u{feff}# a note\n\nA=1\r\nexport B=\"two words\" # another\nC=\nD=x ",
            expect![[r#"
                A=1
                B=two words
                C=
                D=x
            "#]],
        );
    }

    #[test]
    fn a_name_with_a_slip_is_told_of() {
        fn check(name: &str, expected: &[&str]) {
            let warnings = parse(&format!("{name}=secret\n")).warnings;
            let expected: Vec<String> = expected
                .iter()
                .map(|meant| format!("`{name}` in .env is not read: did you mean {meant}?"))
                .collect();
            assert_eq!(warnings, expected);
        }
        check("DISCORD_TOKEN", &[]);
        check("DISCORD_TOKN", &["DISCORD_TOKEN"]);
        check("discord_token", &["DISCORD_TOKEN"]);
        check("AUDIT_URI", &["AUDIT_URL"]);
        check("HTTP_PROXY", &[]);
        check("COMPOSE_PROJECT_NAME", &[]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_but_not_shown() {
        check(
            "A=1\nDISCORD_TOKEN=my secret\nB=2\n",
            expect![[r#"
                A=1
                B=2
                ! .env:2: expected NAME=value, with a value that has spaces in quotes
            "#]],
        );
    }
}
