//! Parses the command line, dispatches, and turns the outcome into an exit code.

use std::process::ExitCode;

use clap::Parser;
use footnote::cli::{self, Cli};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli::run(cli.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => cli::report(&error),
    }
}
