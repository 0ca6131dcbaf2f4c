//! What each variable may be, and what is said where it is not.

use expect_test::{Expect, expect};
use secrecy::ExposeSecret;

use super::*;

fn parse(environment: &[(&str, &str)], file: &str) -> Result<Config, ConfigError> {
    let find = |name: &str| environment.iter().find(|(key, _)| *key == name);
    Config::parse(|name| find(name).map(|(_, value)| value.into()), &mut dotenv::parse(file))
}

fn check_bad(environment: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&parse(environment, "").unwrap_err().to_string());
}

#[test]
fn nothing_set() {
    let config = parse(&[], "").unwrap();
    assert!(config.discord_token.is_none() && config.discord_api_url.is_none());
    assert_eq!(config.ask_scope, AskScope::Everywhere);
    assert_eq!(config.corpus_dir, PathBuf::from("corpus"));
    assert_eq!(config.audit_url.expose_secret(), "sqlite://data/audit.db");
    assert_eq!(config.answer, AnswerParams::default());
    assert_eq!(config.ask_cooldown, Duration::from_secs(5));
    assert_eq!(config.warnings, Vec::<String>::new());
}

#[test]
fn defaults_stand_in_the_table_as_they_are() {
    assert_eq!(variables::ANSWER_PASSAGES.default, AnswerParams::default().passages_max.to_string());
    assert_eq!(variables::MIN_CONFIDENCE.default, AnswerParams::default().confidence_min.to_string());
}

#[test]
fn every_variable_of_the_table_is_read() {
    let asked = std::cell::RefCell::new(Vec::new());
    let environment = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        None
    };
    Config::parse(environment, &mut dotenv::File::default()).unwrap();
    assert_eq!(asked.into_inner(), VARIABLES.map(|variable| variable.name.to_owned()));
}

#[test]
fn the_environment_wins_over_the_file_and_empty_means_unset() {
    let file = "CORPUS_DIR=file\nDATA_DIR=kept\nASK_COOLDOWN_S=\n";
    let config = parse(&[("CORPUS_DIR", "environment"), ("DATA_DIR", "")], file).unwrap();
    assert_eq!(config.corpus_dir, PathBuf::from("environment"));
    assert_eq!(config.data_dir, PathBuf::from("kept"));
    assert_eq!(config.audit_url.expose_secret(), "sqlite://kept/audit.db");
    assert_eq!(config.ask_cooldown, Duration::from_secs(5));
}

#[test]
fn what_each_may_be() {
    let config = parse(
        &[
            ("DISCORD_TOKEN", " abc.def "),
            ("DISCORD_API_URL", "http://127.0.0.1:8080"),
            ("HOME_GUILD_IDS", "12, 34,12"),
            ("MODERATOR_ROLE_IDS", "5"),
            ("AUDIT_URL", "sqlite://elsewhere.db"),
            ("AUDIT_LOG_PERSONAL", "on"),
            ("ANSWER_PASSAGES", "10"),
            ("MIN_CONFIDENCE", "0.5"),
            ("ASK_COOLDOWN_S", "0"),
            ("LOG_FORMAT", "JSON"),
            ("RUST_LOG", "footnote=debug,info"),
            ("NO_COLOR", "1"),
        ],
        "",
    )
    .unwrap();
    assert_eq!(config.token("footnote serve").unwrap().expose_secret(), "abc.def");
    assert_eq!(config.discord_api_url.unwrap().as_str(), "http://127.0.0.1:8080/");
    assert_eq!((config.home_guild_ids, config.moderator_role_ids), (vec![12, 34], vec![5]));
    assert_eq!(config.ask_scope, AskScope::Home);
    assert_eq!(config.audit_url.expose_secret(), "sqlite://elsewhere.db");
    assert_eq!(
        config.answer,
        AnswerParams { passages_max: 10, confidence_min: 0.5, ..AnswerParams::default() }
    );
    assert!(config.audit_log_personal && config.no_color && config.ask_cooldown.is_zero());
    assert_eq!(config.log_format, LogFormat::Json);
}

#[test]
fn all_bad_values_at_once() {
    check_bad(
        &[
            ("DISCORD_TOKEN", "Bot abc"),
            ("DISCORD_API_URL", "http://example.com"),
            ("HOME_GUILD_IDS", "12,+3"),
            ("MODERATOR_ROLE_IDS", ","),
            ("ASK_SCOPE", "nowhere\u{1b}[31m"),
            ("AUDIT_URL", "mysql://user:password@host/db"),
            ("AUDIT_LOG_PERSONAL", "yes"),
            ("ANSWER_PASSAGES", "11"),
            ("MIN_CONFIDENCE", "NaN"),
            ("ASK_COOLDOWN_S", "-1"),
            ("LOG_FORMAT", "xml"),
            ("RUST_LOG", "footnote=loud"),
        ],
        expect![[r#"
            the configuration cannot be used:
              DISCORD_TOKEN in the environment (its value is not shown): expected the token alone, as the Developer Portal shows it: no space in it and no `Bot` before it
              DISCORD_API_URL is `http://example.com` in the environment: expected an origin without a path, such as `https://host:443`; plain http only to a loopback address
              HOME_GUILD_IDS is `12,+3` in the environment: expected server ids (digits alone), with commas between
              MODERATOR_ROLE_IDS is `,` in the environment: expected role ids (digits alone), with commas between
              ASK_SCOPE is `nowhere\u{1b}[31m` in the environment: expected `home` or `everywhere`
              AUDIT_URL in the environment (its value is not shown): expected an address that begins with `sqlite:` or `postgres:`, such as `sqlite://data/audit.db`
              AUDIT_LOG_PERSONAL is `yes` in the environment: expected `on` or `off`
              ANSWER_PASSAGES is `11` in the environment: expected a whole number from 1 to 10
              MIN_CONFIDENCE is `NaN` in the environment: expected a number from 0 to 1, such as `0.3`
              ASK_COOLDOWN_S is `-1` in the environment: expected a whole number of seconds from 0 to 86400
              LOG_FORMAT is `xml` in the environment: expected `text` or `json`
              RUST_LOG is `footnote=loud` in the environment: expected a level (`error`, `warn`, `info`, `debug`, `trace`), or `module=level` with commas between"#]],
    );
}

#[test]
fn other_servers() {
    for good in ["https://example.com", "https://example.com:8443/", "http://localhost:1", "http://[::1]:1"] {
        assert!(origin(good).is_some(), "{good}");
    }
    for bad in
        ["example.com", "ftp://localhost", "http://10.0.0.1", "https://a/b", "https://u:p@a", "https://a?b"]
    {
        assert!(origin(bad).is_none(), "{bad}");
    }
}

#[test]
fn a_long_value_is_cut() {
    let error = parse(&[("LOG_FORMAT", &"é".repeat(200))], "").unwrap_err().to_string();
    assert!(error.contains(&format!("`{}…`", "é".repeat(SHOWN_CHARS_MAX))), "{error}");
}

#[test]
fn a_dumb_terminal_has_no_colours() {
    let check = |term: Option<&str>, dumb| assert_eq!(is_dumb(term.map(OsStr::new)), dumb, "{term:?}");
    check(None, false);
    check(Some(""), false);
    check(Some("xterm-256color"), false);
    check(Some("dumb"), true);
}

#[test]
fn a_token_is_asked_for_only_where_it_is_needed() {
    for command in ["footnote serve", "footnote invite"] {
        let error = parse(&[], "").unwrap().token(command).unwrap_err().to_string();
        assert!(error.contains(&format!("DISCORD_TOKEN is unset, and `{command}` cannot do")), "{error}");
        assert!(error.contains("https://discord.com/developers"), "{error}");
    }
}

#[test]
fn no_secret_in_debug() {
    let config = parse(&[("DISCORD_TOKEN", "hidden.token")], "").unwrap();
    assert!(!format!("{config:?}").contains("hidden"));
}

#[test]
fn a_scope_that_answers_nobody_is_warned_about() {
    assert_eq!(parse(&[("ASK_SCOPE", "home")], "").unwrap().warnings.len(), 1);
    assert_eq!(parse(&[("ASK_SCOPE", "home"), ("HOME_GUILD_IDS", "1")], "").unwrap().warnings.len(), 0);
}
