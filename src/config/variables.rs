//! The variables: the one list from which `--help` is printed, and to which `.env.example` and `README.md`
//! are held by a test. It knows nothing of how a value is read.

/// A variable of the environment or of `./.env`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What holds where it is unset, in words or as a value.
    pub default: &'static str,
    /// The subcommands that cannot do without it.
    pub required_by: Option<&'static str>,
    /// What it is for, in one line.
    pub meaning: &'static str,
    /// The unit of its value, where it has one.
    pub unit: Option<&'static str>,
    /// What a value must look like, as an error says it.
    pub expected: &'static str,
    /// Whether its value may never be shown.
    pub secret: bool,
}

/// A variable that is neither required nor secret and has no unit.
const PLAIN: Variable = Variable {
    name: "",
    default: "none",
    required_by: None,
    meaning: "",
    unit: None,
    expected: "",
    secret: false,
};

pub(super) const DISCORD_TOKEN: Variable = Variable {
    name: "DISCORD_TOKEN",
    required_by: Some("`serve` and `invite`"),
    meaning: "the bot's token",
    expected: "the token alone, as the Developer Portal shows it: no space in it and no `Bot` before it",
    secret: true,
    ..PLAIN
};

pub(super) const DISCORD_API_URL: Variable = Variable {
    name: "DISCORD_API_URL",
    default: "Discord",
    meaning: "origin of another Discord-compatible server, for tests; warned about at start",
    expected: "an origin without a path, such as `https://host:443`; plain http only to a loopback address",
    ..PLAIN
};

pub(super) const HOME_GUILD_IDS: Variable = Variable {
    name: "HOME_GUILD_IDS",
    meaning: "servers whose moderators look after the corpus, with commas between",
    expected: "server ids (digits alone), with commas between",
    ..PLAIN
};

pub(super) const MODERATOR_ROLE_IDS: Variable = Variable {
    name: "MODERATOR_ROLE_IDS",
    meaning: "roles that count as moderators beside Manage Server, with commas between",
    expected: "role ids (digits alone), with commas between",
    ..PLAIN
};

pub(super) const ASK_SCOPE: Variable = Variable {
    name: "ASK_SCOPE",
    default: "home if HOME_GUILD_IDS is set, else everywhere",
    meaning: "where questions are answered: `home` or `everywhere`",
    expected: "`home` or `everywhere`",
    ..PLAIN
};

pub(super) const CORPUS_DIR: Variable = Variable {
    name: "CORPUS_DIR",
    default: "corpus",
    meaning: "the folder of articles; --corpus wins over it",
    expected: "the path of a folder",
    ..PLAIN
};

pub(super) const DATA_DIR: Variable = Variable {
    name: "DATA_DIR",
    default: "data",
    meaning: "the folder for what is written: audit records, kept index, history of `chat`",
    expected: "the path of a folder",
    ..PLAIN
};

pub(super) const AUDIT_URL: Variable = Variable {
    name: "AUDIT_URL",
    default: "sqlite:// + DATA_DIR + /audit.db",
    meaning: "the audit store: a file of SQLite, or a database of PostgreSQL",
    expected: "an address that begins with `sqlite:` or `postgres:`, such as `sqlite://data/audit.db`",
    // It may hold a password, so not even a wrong one is shown.
    secret: true,
    ..PLAIN
};

pub(super) const AUDIT_LOG_PERSONAL: Variable = Variable {
    name: "AUDIT_LOG_PERSONAL",
    default: "off",
    meaning: "whether the log names question and person of each record: `on` or `off`",
    expected: "`on` or `off`",
    ..PLAIN
};

pub(super) const AUDIT_RETENTION_DAYS: Variable = Variable {
    name: "AUDIT_RETENTION_DAYS",
    default: "90",
    meaning: "`serve` erases what records say of people after so long; 0 for never",
    unit: Some("days"),
    expected: "a whole number of days from 0 to 36500",
    ..PLAIN
};

pub(super) const AUDIT_PSEUDONYM_KEY: Variable = Variable {
    name: "AUDIT_PSEUDONYM_KEY",
    default: "none",
    meaning: "a secret: people are recorded under numbers made of it and their id",
    expected: "at least 32 characters that nobody can guess, the same ever after",
    secret: true,
    ..PLAIN
};

pub(super) const AUDIT_CHANNEL_ID: Variable = Variable {
    name: "AUDIT_CHANNEL_ID",
    meaning: "where the end of the audit chain is posted daily: a channel of a home server",
    expected: "the id of one channel (digits alone)",
    ..PLAIN
};

pub(super) const ANSWER_PASSAGES: Variable = Variable {
    name: "ANSWER_PASSAGES",
    default: "3",
    meaning: "the most quotes in one answer, 1 to 10",
    expected: "a whole number from 1 to 10",
    ..PLAIN
};

pub(super) const MIN_CONFIDENCE: Variable = Variable {
    name: "MIN_CONFIDENCE",
    default: "0.3",
    meaning: "answers less sure than this are not given, 0 to 1",
    expected: "a number from 0 to 1, such as `0.3`",
    ..PLAIN
};

pub(super) const ASK_COOLDOWN_S: Variable = Variable {
    name: "ASK_COOLDOWN_S",
    default: "5",
    meaning: "how long a member waits between two questions; 0 for not at all",
    unit: Some("seconds"),
    expected: "a whole number of seconds from 0 to 86400",
    ..PLAIN
};

pub(super) const MESSAGE_CONTENT: Variable = Variable {
    name: "MESSAGE_CONTENT",
    default: "off",
    meaning: "`on`: moderators can name channels in which new posts are answered",
    expected: "`on` or `off`",
    ..PLAIN
};

pub(super) const SHARDS: Variable = Variable {
    name: "SHARDS",
    default: "all, as many as Discord recommends",
    meaning: "the shards of this process and their number in all, such as `0-3/16`",
    expected: "first, last and number of all shards, such as `0-3/16`, or `0/2` for one of two",
    ..PLAIN
};

pub(super) const HTTP_ADDR: Variable = Variable {
    name: "HTTP_ADDR",
    default: "off",
    meaning: "where `serve` shows the report, health and metrics, such as `127.0.0.1:8080`",
    expected: "a name or address and a port, such as `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`",
    ..PLAIN
};

pub(super) const HTTP_TOKEN: Variable = Variable {
    name: "HTTP_TOKEN",
    default: "made at each start and printed",
    meaning: "a secret: what whoever looks at those pages must show",
    expected: "at least 16 visible ASCII characters that nobody can guess",
    secret: true,
    ..PLAIN
};

pub(super) const LOG_FORMAT: Variable = Variable {
    name: "LOG_FORMAT",
    default: "text",
    meaning: "form of the log on stderr: `text` or `json`",
    expected: "`text` or `json`",
    ..PLAIN
};

pub(super) const RUST_LOG: Variable = Variable {
    name: "RUST_LOG",
    default: "info for `serve`, warn for the rest",
    meaning: "what is logged, such as `warn` or `footnote=debug,info`",
    expected: "a level (`error`, `warn`, `info`, `debug`, `trace`), or `module=level` with commas between",
    ..PLAIN
};

pub(super) const NO_COLOR: Variable = Variable {
    name: "NO_COLOR",
    meaning: "any value: no colour on the terminal",
    expected: "any value",
    ..PLAIN
};

/// All of them, in the order in which they are shown.
pub const VARIABLES: [Variable; 22] = [
    DISCORD_TOKEN,
    DISCORD_API_URL,
    HOME_GUILD_IDS,
    MODERATOR_ROLE_IDS,
    ASK_SCOPE,
    CORPUS_DIR,
    DATA_DIR,
    AUDIT_URL,
    AUDIT_LOG_PERSONAL,
    AUDIT_RETENTION_DAYS,
    AUDIT_PSEUDONYM_KEY,
    AUDIT_CHANNEL_ID,
    ANSWER_PASSAGES,
    MIN_CONFIDENCE,
    ASK_COOLDOWN_S,
    MESSAGE_CONTENT,
    SHARDS,
    HTTP_ADDR,
    HTTP_TOKEN,
    LOG_FORMAT,
    RUST_LOG,
    NO_COLOR,
];

/// The section of `--help` that names the variables. No line is over 100 characters, so that none is
/// wrapped on a terminal of that width.
pub fn help() -> String {
    let mut help = String::from(
        "Variables, read from the environment and from ./.env (the environment wins; empty means unset):\n",
    );
    for variable in VARIABLES {
        let unit = variable.unit.map(|unit| format!(", in {unit}")).unwrap_or_default();
        let required = variable.required_by.map(|by| format!(", required by {by}")).unwrap_or_default();
        help.push_str(&format!("  {:<19} {}\n", variable.name, variable.meaning));
        help.push_str(&format!("  {:<19} [default: {}{unit}{required}]\n", "", variable.default));
    }
    help.push_str("\nExit code: 0 answered or done, 1 not found or a check failed, 2 an error.");
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_is_described_and_named_once() {
        for (at, variable) in VARIABLES.iter().enumerate() {
            assert!(!variable.meaning.is_empty() && !variable.expected.is_empty(), "{}", variable.name);
            assert!(!VARIABLES[..at].iter().any(|other| other.name == variable.name), "{}", variable.name);
        }
    }

    #[test]
    fn the_help_fits_a_terminal() {
        for line in help().lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
