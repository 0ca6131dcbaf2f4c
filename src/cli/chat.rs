//! `footnote chat`: questions line by line. On a terminal with line editing and a history; from a pipe or
//! file, each line is a question.

use std::io::{self, BufRead, IsTerminal, Read};

use anyhow::Context;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Config as LineConfig, Editor};

use super::local::Local;
use super::render::{self, Look};
use super::{CorpusArg, Outcome, escape, look, print};
use crate::answer::{Courtesy, Manner, courtesy};
use crate::app::AskError;
use crate::audit::AuditedAnswer;
use crate::config::Config;

/// How many questions the history keeps.
const HISTORY_MAX: usize = 1000;

/// How much of a line is read, in bytes: beyond the longest question in any script, so that one without an
/// end is refused rather than read for ever.
const LINE_BYTES_MAX: u64 = 16 * 1024;

const HELP: &str = "\
Type a question and press Enter. The answer quotes the articles word for word.
  + and when was that?  asks on: words of the question before are taken where they are needed
  /more                 further passages for the last question
  /why                  why the last answer is what it is
  help or /help         this text
  quit, exit or /quit   end, as does Ctrl-D
";

/// What a line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Nothing,
    Quit,
    Help,
    More,
    Why,
    Unknown(&'a str),
    /// A question that follows the one before.
    After(&'a str),
    Question(&'a str),
}

impl Line<'_> {
    fn read(line: &str) -> Line<'_> {
        match line.trim() {
            "" => Line::Nothing,
            "/quit" | "quit" | "exit" => Line::Quit,
            "/help" | "help" => Line::Help,
            "/more" => Line::More,
            "/why" => Line::Why,
            line if line.starts_with('/') => Line::Unknown(line),
            line => match (line.strip_prefix('+'), courtesy(line)) {
                (Some(question), _) => Line::After(question.trim()),
                (None, Some(Courtesy::Thanks)) => Line::Nothing,
                (None, Some(Courtesy::Greeting)) => Line::Help,
                (None, None) => Line::Question(line),
            },
        }
    }
}

/// Answers questions until the input ends.
pub(super) fn run(corpus: &CorpusArg, config: &Config) -> anyhow::Result<Outcome> {
    let local = Local::open(config, corpus.dir(config), config.answer)?;
    let mut chat = Chat { local, look: look(config), last: None };
    if io::stdin().is_terminal() {
        chat.edited(config)?
    } else {
        chat.piped()?
    }
    Ok(Outcome::Done)
}

struct Chat {
    local: Local,
    look: Look,
    /// The last answer.
    last: Option<AuditedAnswer>,
}

/// What is said where there is no answer yet.
const NOTHING_ASKED: &str = "Nothing was asked so far.\n\n";

impl Chat {
    /// From a person at a terminal.
    fn edited(&mut self, config: &Config) -> anyhow::Result<()> {
        let options = LineConfig::builder().max_history_size(HISTORY_MAX)?.build();
        let mut editor: Editor<(), FileHistory> = Editor::with_config(options)?;
        std::fs::create_dir_all(&config.data_dir)
            .with_context(|| format!("cannot make the folder `{}` (DATA_DIR)", config.data_dir.display()))?;
        let history = config.data_dir.join("history");
        if history.exists() && editor.load_history(&history).is_err() {
            tracing::warn!("the history `{}` cannot be read", history.display());
        }
        print(HELP)?;
        loop {
            match editor.readline("? ") {
                Ok(line) => {
                    if let Line::Question(_) | Line::After(_) = Line::read(&line) {
                        editor.add_history_entry(line.trim())?;
                        // rustyline makes the file readable by its owner alone.
                        if let Err(error) = editor.append_history(&history) {
                            tracing::warn!("the history `{}` cannot be written: {error}", history.display());
                        }
                    }
                    match self.line(&line) {
                        Ok(true) => {}
                        Ok(false) => return Ok(()),
                        // Who reads this can make room on the disk, and ask again.
                        Err(error) if error.is::<AskError>() => {
                            print(&format!("Not answered: {}\n\n", escape::terminal(&format!("{error:#}"))))?;
                        }
                        Err(error) => return Err(error),
                    }
                }
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => return Ok(()),
                Err(error) => return Err(error).context("cannot read from the terminal"),
            }
        }
    }

    /// From a pipe or a file.
    fn piped(&mut self) -> anyhow::Result<()> {
        let mut stdin = io::stdin().lock();
        while let Some(line) = read_line(&mut stdin).context("cannot read stdin")? {
            if !self.line(&line)? {
                break;
            }
        }
        Ok(())
    }

    /// Does what a line asks for; `false` where it asks for the end.
    fn line(&mut self, line: &str) -> anyhow::Result<bool> {
        match Line::read(line) {
            Line::Nothing => {}
            Line::Quit => return Ok(false),
            Line::Help => print(HELP)?,
            Line::Unknown(command) => {
                print(&format!("No command `{}`; /help lists them.\n", escape::terminal(command)))?;
            }
            Line::Question(question) => self.ask(question, Manner::default(), None)?,
            Line::After(question) => match self.last.as_ref().map(|last| (last.id(), last.answer())) {
                Some((id, answer)) => {
                    let manner = Manner { follows: Some(id), ..Manner::default() };
                    let before = answer.question.text().to_owned();
                    self.ask(question, manner, Some(before))?;
                }
                None => print(NOTHING_ASKED)?,
            },
            Line::More => match self.last.as_ref().map(AuditedAnswer::answer) {
                Some(answer) if answer.has_more => {
                    let question = answer.question.clone();
                    let manner = Manner { page: question.manner().page + 1, ..question.manner().clone() };
                    self.ask(question.text(), manner, question.before().map(str::to_owned))?;
                }
                Some(_) => print("There are no further passages.\n\n")?,
                None => print(NOTHING_ASKED)?,
            },
            Line::Why => match &self.last {
                Some(last) => print(&(render::why(last.answer()) + "\n"))?,
                None => print(NOTHING_ASKED)?,
            },
        }
        Ok(true)
    }

    fn ask(&mut self, question: &str, manner: Manner, before: Option<String>) -> anyhow::Result<()> {
        match self.local.ask(question, manner, before) {
            Ok(audited) => {
                let text = render::answer(&audited, self.look, false) + "\n";
                self.local.show(audited.id(), &text)?;
                self.last = Some(audited);
                Ok(())
            }
            // The next question may be a better one.
            Err(AskError::Refused { error, .. }) => {
                print(&format!("Refused: {}\n\n", escape::terminal(&error.to_string())))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The next line, without its end, cut after [`LINE_BYTES_MAX`]; bytes that are not UTF-8 are replaced.
/// `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == LINE_BYTES_MAX {
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_commands() {
        assert_eq!(Line::read("  "), Line::Nothing);
        assert_eq!(Line::read("/quit "), Line::Quit);
        assert_eq!(Line::read("exit"), Line::Quit);
        assert_eq!(Line::read("help"), Line::Help);
        assert_eq!(Line::read("/help"), Line::Help);
        assert_eq!(Line::read("/quiet"), Line::Unknown("/quiet"));
        assert_eq!(Line::read("/more"), Line::More);
        assert_eq!(Line::read("/why"), Line::Why);
        assert_eq!(Line::read("thanks!"), Line::Nothing);
        assert_eq!(Line::read("hello"), Line::Help);
        assert_eq!(Line::read("+ and when? "), Line::After("and when?"));
        assert_eq!(Line::read(" what? "), Line::Question("what?"));
    }

    #[test]
    fn input_of_any_kind() {
        let long = "x".repeat(LINE_BYTES_MAX as usize + 5);
        let mut input = Vec::from("one\r\n\n");
        input.extend_from_slice(b"\xff two\n");
        input.extend_from_slice(long.as_bytes());
        input.extend_from_slice(b"\nlast");
        let mut input = input.as_slice();
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input).unwrap() {
            lines.push(line);
        }
        let cut = &long[..LINE_BYTES_MAX as usize];
        assert_eq!(lines, ["one", "", "\u{fffd} two", cut, "last"]);
    }
}
