//! What did the operator set? The only reader of the environment and of `./.env`.
//!
//! Everything is read once, into types; every value that cannot be used is reported together with what was
//! expected. Only `main` and [`crate::cli`] know this module: values travel down from there.

mod dotenv;
mod variables;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use crate::answer::AnswerParams;
use crate::discord::{AskScope, Shards};

pub use variables::{VARIABLES, Variable, help};

/// How much of a value that cannot be used is shown, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// What is said of a scope in which nobody is answered.
const NOWHERE: &str =
    "ASK_SCOPE is `home` and HOME_GUILD_IDS is unset: no question on Discord will be answered";

/// What is said of a channel that nothing is posted to.
const NO_HOME: &str = "AUDIT_CHANNEL_ID is set and HOME_GUILD_IDS is unset: the end of the audit chain is posted to \
     channels of home servers alone";

/// What the operator set.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bot's token.
    pub discord_token: Option<SecretString>,
    /// Origin of another Discord-compatible server: https, or http to a loopback address; no path.
    pub discord_api_url: Option<Url>,
    /// The servers whose moderators look after the corpus; distinct, in the order given.
    pub home_guild_ids: Vec<u64>,
    /// Roles that count as moderators beside Manage Server; distinct, in the order given.
    pub moderator_role_ids: Vec<u64>,
    /// Where questions are answered.
    pub ask_scope: AskScope,
    /// The articles.
    pub corpus_dir: PathBuf,
    /// What the program writes.
    pub data_dir: PathBuf,
    /// The audit store, as an address that begins with `sqlite:` or `postgres:`. May hold a password.
    pub audit_url: SecretString,
    /// Whether the audit lines of the log name the question and the person.
    pub audit_log_personal: bool,
    /// After how long what records say of people is erased; `None` for never.
    pub audit_retention: Option<Duration>,
    /// What the numbers are made with under which people are recorded, where not under their own.
    pub audit_pseudonym_key: Option<SecretString>,
    /// The channel to which the end of the audit chain is posted.
    pub audit_channel_id: Option<u64>,
    /// How to answer.
    pub answer: AnswerParams,
    /// How long a member waits between two questions.
    pub ask_cooldown: Duration,
    /// Whether new posts can be answered where moderators name channels for that.
    pub message_content: bool,
    /// Which shards this process runs; all where unset.
    pub shards: Option<Shards>,
    /// Where the HTTP server listens; `None` for nowhere.
    pub http_addr: Option<HttpAddr>,
    /// What its clients must show; `None` to make it up.
    pub http_token: Option<SecretString>,
    /// Form of the log.
    pub log_format: LogFormat,
    /// What is logged, where the operator says so: directives of `RUST_LOG` that are known to parse.
    pub log_filter: Option<String>,
    /// Whether the terminal stays without colour.
    pub no_color: bool,
    /// What the operator should know though it stops nothing, in sentences of a log.
    pub warnings: Vec<String>,
}

/// Where the HTTP server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAddr {
    /// A name, or an address; one of version 6 without brackets.
    pub host: String,
    /// The port; 0 for any that is free.
    pub port: u16,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person.
    Text,
    /// One object a line.
    Json,
}

/// The file of the running program, where the system tells it.
pub fn program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

/// The values that cannot be used, all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// Each with what was expected in its stead.
    pub bad: Vec<BadValue>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        self.bad.iter().try_for_each(|bad| write!(f, "\n  {bad}"))
    }
}

/// One value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadValue {
    /// A variable has a value of the wrong form.
    Variable {
        /// Its name.
        name: &'static str,
        /// Where it is set: `the environment` or `.env`.
        source: &'static str,
        /// The value; `None` where it is secret or not UTF-8.
        value: Option<String>,
        /// What a value must look like.
        expected: &'static str,
    },
    /// `.env` cannot be read, as a whole or from a line on.
    File {
        /// The line, 1-based, where it is known.
        line: Option<usize>,
        /// What is wrong. Never what stands there, which may be a secret.
        message: String,
    },
    /// A variable is needed and unset.
    Missing {
        /// Its name.
        name: &'static str,
        /// What needs it.
        required_by: &'static str,
        /// Where to get a value.
        hint: &'static str,
    },
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadValue::Variable { name, source, value: Some(value), expected } => {
                write!(f, "{name} is `{value}` in {source}: expected {expected}")
            }
            BadValue::Variable { name, source, value: None, expected } => {
                write!(f, "{name} in {source} (its value is not shown): expected {expected}")
            }
            BadValue::File { line: Some(line), message } => write!(f, ".env:{line}: {message}"),
            BadValue::File { line: None, message } => write!(f, ".env: {message}"),
            BadValue::Missing { name, required_by, hint } => {
                write!(f, "{name} is unset, and `{required_by}` cannot do without it: {hint}")
            }
        }
    }
}

impl Config {
    /// Reads the environment and `./.env` (no parent folder's). The environment wins; an empty value means
    /// unset.
    ///
    /// # Errors
    ///
    /// Where any value cannot be used: all of them at once.
    pub fn read() -> Result<Config, ConfigError> {
        let mut file = dotenv::read(std::path::Path::new(".env"));
        let mut config = Config::parse(|name| std::env::var_os(name), &mut file)?;
        config.warnings.append(&mut file.warnings);
        config.no_color |= is_dumb(std::env::var_os("TERM").as_deref());
        Ok(config)
    }

    /// The bot's token, which `command` cannot do without.
    ///
    /// # Errors
    ///
    /// Where it is unset; the message says which variable to set and where to get a token.
    pub fn token(&self, command: &'static str) -> Result<&SecretString, ConfigError> {
        self.discord_token.as_ref().ok_or_else(|| ConfigError {
            bad: vec![BadValue::Missing {
                name: variables::DISCORD_TOKEN.name,
                required_by: command,
                hint: "copy the token from the Bot page of your application at \
                       https://discord.com/developers/applications into the environment or into .env",
            }],
        })
    }

    /// Reads every variable through `environment`, then from `file`.
    fn parse(
        environment: impl Fn(&str) -> Option<OsString>,
        file: &mut dotenv::File,
    ) -> Result<Config, ConfigError> {
        let mut bad = std::mem::take(&mut file.bad);
        let mut values = Values { environment: &environment, file, bad: Vec::new() };
        let discord_token = values.take(&variables::DISCORD_TOKEN, token);
        let discord_api_url = values.take(&variables::DISCORD_API_URL, origin);
        let home_guild_ids = values.take(&variables::HOME_GUILD_IDS, ids).unwrap_or_default();
        let moderator_role_ids = values.take(&variables::MODERATOR_ROLE_IDS, ids).unwrap_or_default();
        let ask_scope = values.take(&variables::ASK_SCOPE, |value| {
            one_of(value, [("home", AskScope::Home), ("everywhere", AskScope::Everywhere)])
        });
        let corpus_dir = values.take(&variables::CORPUS_DIR, path).unwrap_or_else(|| "corpus".into());
        let data_dir = values.take(&variables::DATA_DIR, path).unwrap_or_else(|| "data".into());
        let audit_url = values
            .take(&variables::AUDIT_URL, |value| is_store(value).then(|| value.to_owned()))
            .unwrap_or_else(|| sqlite_url(&data_dir))
            .into();
        let audit_log_personal = values
            .take(&variables::AUDIT_LOG_PERSONAL, |value| one_of(value, [("on", true), ("off", false)]))
            .unwrap_or(false);
        let retention_days = values
            .take(&variables::AUDIT_RETENTION_DAYS, |value| {
                value.parse().ok().filter(|&days: &u64| days <= 36_500)
            })
            .unwrap_or(90);
        let audit_pseudonym_key = values.take(&variables::AUDIT_PSEUDONYM_KEY, |value| {
            (value.chars().count() >= 32).then(|| SecretString::from(value))
        });
        let audit_channel_id = values.take(&variables::AUDIT_CHANNEL_ID, id);
        let answer = answer_params(&mut values);
        let cooldown_s = values
            .take(&variables::ASK_COOLDOWN_S, |value| value.parse().ok().filter(|&s: &u64| s <= 86_400))
            .unwrap_or(5);
        let message_content = values
            .take(&variables::MESSAGE_CONTENT, |value| one_of(value, [("on", true), ("off", false)]))
            .unwrap_or(false);
        let shards = values.take(&variables::SHARDS, shards);
        let http_addr = values.take(&variables::HTTP_ADDR, http_addr);
        let http_token =
            values.take(&variables::HTTP_TOKEN, |value| token(value).filter(|_| value.len() >= 16));
        let log_format = values
            .take(&variables::LOG_FORMAT, |value| {
                one_of(value, [("text", LogFormat::Text), ("json", LogFormat::Json)])
            })
            .unwrap_or(LogFormat::Text);
        let log_filter = values.take(&variables::RUST_LOG, log_filter);
        let no_color = values.take(&variables::NO_COLOR, |_| Some(())).is_some();

        bad.append(&mut values.bad);
        if !bad.is_empty() {
            return Err(ConfigError { bad });
        }
        let everywhere = home_guild_ids.is_empty();
        let mut warnings = Vec::new();
        if ask_scope == Some(AskScope::Home) && everywhere {
            warnings.push(NOWHERE.to_owned());
        }
        if audit_channel_id.is_some() && everywhere {
            warnings.push(NO_HOME.to_owned());
        }
        let default_scope = if everywhere { AskScope::Everywhere } else { AskScope::Home };
        Ok(Config {
            discord_token,
            discord_api_url,
            home_guild_ids,
            moderator_role_ids,
            ask_scope: ask_scope.unwrap_or(default_scope),
            corpus_dir,
            data_dir,
            audit_url,
            audit_log_personal,
            audit_retention: (retention_days > 0).then(|| Duration::from_secs(retention_days * 86_400)),
            audit_pseudonym_key,
            audit_channel_id,
            answer,
            ask_cooldown: Duration::from_secs(cooldown_s),
            message_content,
            shards,
            http_addr,
            http_token,
            log_format,
            log_filter,
            no_color,
            warnings,
        })
    }
}

/// Where values come from, and what could not be used of them.
struct Values<'a> {
    environment: &'a dyn Fn(&str) -> Option<OsString>,
    file: &'a dotenv::File,
    bad: Vec<BadValue>,
}

impl Values<'_> {
    /// The value of a variable as `read` makes it; `None` where it is unset, or noted as bad.
    fn take<T>(&mut self, variable: &Variable, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let environment = (self.environment)(variable.name).filter(|value| !value.is_empty());
        let (source, value) = match environment {
            Some(value) => ("the environment", value.into_string().ok()),
            None => (".env", Some(self.file.value(variable.name)?.to_owned())),
        };
        let value = value.as_deref().map(str::trim);
        if value == Some("") {
            return None;
        }
        let read = value.and_then(read);
        if read.is_none() {
            self.bad.push(BadValue::Variable {
                name: variable.name,
                source,
                value: value.filter(|_| !variable.secret).map(shown),
                expected: variable.expected,
            });
        }
        read
    }
}

/// How to answer: the defaults, and what is set of them.
fn answer_params(values: &mut Values<'_>) -> AnswerParams {
    let mut answer = AnswerParams::default();
    if let Some(most) = values
        .take(&variables::ANSWER_PASSAGES, |value| value.parse().ok().filter(|most| (1..=10).contains(most)))
    {
        answer.passages_max = most;
    }
    if let Some(least) = values.take(&variables::MIN_CONFIDENCE, |value| {
        value.parse().ok().filter(|least| (0.0..=1.0).contains(least))
    }) {
        answer.confidence_min = least;
    }
    answer
}

/// A value as an error shows it: on one line, without control characters, cut where it is long.
fn shown(value: &str) -> String {
    let mut shown = String::new();
    for c in value.chars().take(SHOWN_CHARS_MAX) {
        if c.is_control() { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    if value.chars().nth(SHOWN_CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a terminal, by its TERM, knows no commands, such as those of colours.
fn is_dumb(term: Option<&OsStr>) -> bool {
    term.is_some_and(|term| term == "dumb")
}

/// A token goes into an HTTP header, so it is of visible ASCII. Whether Discord knows it is for `serve`.
fn token(value: &str) -> Option<SecretString> {
    value.bytes().all(|byte| byte.is_ascii_graphic()).then(|| SecretString::from(value))
}

/// An origin: scheme, host and port. Plain http would show the token to everyone on the way, so it is for
/// servers on this machine alone.
fn origin(value: &str) -> Option<Url> {
    let url = Url::parse(value).ok()?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let loopback = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => IpAddr::from(address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(address).is_loopback(),
    };
    let private = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    (bare && private).then_some(url)
}

/// An id. Discord's are never 0.
fn id(value: &str) -> Option<u64> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|&id| digits && id > 0)
}

/// Ids with commas or spaces between.
fn ids(value: &str) -> Option<Vec<u64>> {
    let mut ids = Vec::new();
    for given in value.split([',', ' ']).map(str::trim).filter(|id| !id.is_empty()) {
        let id = id(given)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    (!ids.is_empty()).then_some(ids)
}

fn path(value: &str) -> Option<PathBuf> {
    Some(PathBuf::from(value))
}

fn one_of<T, const N: usize>(value: &str, choices: [(&str, T); N]) -> Option<T> {
    choices.into_iter().find(|(name, _)| value.eq_ignore_ascii_case(name)).map(|(_, choice)| choice)
}

/// `0-3/16` or `2/16`.
fn shards(value: &str) -> Option<Shards> {
    let (range, total) = value.split_once('/')?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let shards = Shards { first: number(first)?, last: number(last)?, total: number(total)? };
    (shards.first <= shards.last && shards.last < shards.total).then_some(shards)
}

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`.
fn http_addr(value: &str) -> Option<HttpAddr> {
    let (host, port) = value.rsplit_once(':')?;
    let port = port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse().ok())??;
    let host = match Host::parse(host).ok()? {
        Host::Domain(name) => name,
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    Some(HttpAddr { host, port })
}

fn log_filter(value: &str) -> Option<String> {
    tracing_subscriber::EnvFilter::try_new(value).ok().map(|_| value.to_owned())
}

/// Whether an address names a kind of store that there is.
fn is_store(url: &str) -> bool {
    ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme))
}

/// The store in `data_dir`. In such an address `?` begins the options and `%` an escape.
fn sqlite_url(data_dir: &std::path::Path) -> String {
    let dir = data_dir.to_string_lossy().replace('%', "%25").replace('?', "%3f");
    format!("sqlite://{}/audit.db", dir.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
