//! The command line: one file a subcommand.

pub mod invite;
pub mod serve;
