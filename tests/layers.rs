//! Dependencies between modules point one way: each may use those above it in lib.rs, none below. A few
//! crates, and the environment, are each the business of one module alone. What is called pure reads no file
//! and no clock. What is not ours comes from crates.io.

#[path = "layers/scan.rs"]
mod scan;

use std::path::Path;

/// What one module alone may name.
const OWNERS: [(&[&str], &str); 10] = [
    (&["bm25"], "search"),
    (&["serenity"], "discord"),
    (&["poise"], "discord"),
    (&["reqwest"], "discord"),
    (&["fluent_bundle"], "discord"),
    (&["hyper"], "http"),
    (&["metrics_exporter_prometheus"], "http"),
    (&["sqlx"], "audit"),
    (&["dotenvy"], "config"),
    (&["std", "env"], "config"),
];

/// The two ways in and out of the service. Neither knows the other, though one stands above the other.
const BESIDE: [&str; 2] = ["discord", "http"];

/// What main may read of the environment: how it was called.
const OF_MAIN: [&[&str]; 3] =
    [&["std", "env", "args"], &["std", "env", "args_os"], &["std", "env", "consts"]];

/// What is pure: files, and folders of them.
const PURE: [&str; 29] = [
    "corpus/article.rs",
    "corpus/digest.rs",
    "corpus/language.rs",
    "corpus/parse",
    "corpus/problem.rs",
    "corpus/questions.rs",
    "corpus/split.rs",
    "corpus/synonyms.rs",
    "search",
    "answer",
    "eval",
    "cli/audit/render.rs",
    "cli/escape.rs",
    "cli/render",
    "discord/access.rs",
    "discord/buttons.rs",
    "discord/complete.rs",
    "discord/escape.rs",
    "discord/guild.rs",
    "discord/limits.rs",
    "discord/locale.rs",
    "discord/render",
    "discord/report.rs",
    "discord/text",
    "discord/why.rs",
    "explain.rs",
    "http/page",
    "snapshot/further.rs",
    "snapshot/manner.rs",
];

/// What nothing pure may name. The clocks of the last four are read by their `now`.
const OUTSIDE: [&[&str]; 8] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "io", "stdin"],
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["tokio"],
];
const CLOCKS: [&str; 4] = ["Instant", "SystemTime", "Timestamp", "Zoned"];

fn is_pure(file: &str) -> bool {
    PURE.iter().any(|pure| {
        file.strip_prefix(pure).is_some_and(|rest| matches!(rest, "" | ".rs") || rest.starts_with('/'))
    })
}

/// What is wrong with a file, one line each. `file` is relative to src/, `order` the modules of lib.rs.
fn violations(file: &str, source: &str, order: &[String]) -> Vec<String> {
    let module = module_path(file);
    let own = module.first().map_or("", String::as_str);
    let layer = |name: &str| order.iter().position(|module| module == name);
    let mut violations = Vec::new();
    for path in scan::paths(source, &module) {
        let named = path.segments.join("::");
        let mut report = |rule: String| violations.push(format!("{file}:{}: {named}: {rule}", path.line));
        let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
        if let ["crate", rest @ ..] = segments.as_slice() {
            match rest {
                [] | ["*", ..] if !own.is_empty() && own != "main" => {
                    report("name the module, not the whole crate".to_owned());
                }
                [target, ..] if layer(own).zip(layer(target)).is_some_and(|(own, target)| own < target) => {
                    report(format!("{own} stands above {target} in lib.rs and must not know it"));
                }
                [target, ..] if own != *target && BESIDE.contains(&own) && BESIDE.contains(target) => {
                    report(format!("{own} stands beside {target} and must not know it"));
                }
                _ => {}
            }
        }
        let reads_clock = matches!(segments.as_slice(), [.., clock, "now"] if CLOCKS.contains(clock));
        if is_pure(file) && (reads_clock || OUTSIDE.iter().any(|outside| segments.starts_with(outside))) {
            report("what is pure reads no file and no clock, and waits for nothing".to_owned());
        }
        for (owned, owner) in OWNERS {
            // `use std::*` would bring in `env`, too.
            let hidden = owned.len() > 1 && segments == [owned[0], "*"];
            let of_main = own == "main" && OF_MAIN.iter().any(|allowed| segments.starts_with(allowed));
            if (segments.starts_with(owned) || hidden) && own != owner && !of_main {
                report(format!("{} is for {owner} alone", owned.join("::")));
            }
        }
    }
    violations
}

/// `search/index.rs` is `search::index`, `search/mod.rs` is `search`, lib.rs is the root.
fn module_path(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let segments = stem.split('/').filter(|segment| *segment != "mod" && *segment != "lib");
    segments.map(str::to_owned).collect()
}

/// The modules in the order of lib.rs.
fn order(lib: &str) -> Vec<String> {
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

fn source(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn src() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn dependencies_point_one_way() {
    let order = order(&source(&src().join("lib.rs")));
    let mut found = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(src()).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let relative = entry.path().strip_prefix(src()).unwrap().to_string_lossy().replace('\\', "/");
        found.extend(violations(&relative, &source(entry.path()), &order));
        files += 1;
    }
    assert!(files > order.len(), "only {files} files were read");
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn the_map_in_lib_rs_is_in_the_order_of_the_modules() {
    let lib = source(&src().join("lib.rs"));
    let mapped: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! | [`")?.split_once('`').map(|cut| cut.0))
        .collect();
    assert_eq!(mapped, order(&lib));
}

/// Scans one file of a crate with the layers corpus, search, answer, config; `expected` is what is found,
/// without the place.
#[track_caller]
fn check(file: &str, source: &str, expected: &[&str]) {
    let order = ["corpus", "search", "answer", "config"].map(str::to_owned);
    let found = violations(file, source, &order);
    let rules: Vec<String> = found.iter().map(|line| line.split(": ").nth(1).unwrap().to_owned()).collect();
    assert_eq!(rules, expected, "{found:?}");
}

#[test]
fn a_wrong_use_is_found() {
    check("search/index.rs", "use crate::corpus::Article;", &[]);
    check("search/index.rs", "use crate::answer::Answer;", &["crate::answer::Answer"]);
    check(
        "search.rs",
        "pub(crate) use crate::{corpus::A, answer::{self, B as C}};",
        &["crate::answer", "crate::answer::B"],
    );
    check("search/mod.rs", "fn f() { crate::answer::compose(1) }", &["crate::answer::compose"]);
    check("corpus/mod.rs", "use super::search;", &["crate::search"]);
    check("corpus/deep/er.rs", "use super::super::super::search::X;", &["crate::search::X"]);
    check("corpus/mod.rs", "use super::*;", &["crate::*"]);
    check("corpus/mod.rs", "use crate::*;", &["crate::*"]);
    check("main.rs", "use footnote::{answer, config}; footnote::search::run();", &[]);
}

#[test]
fn the_two_ways_in_do_not_know_each_other() {
    let order = ["app", "discord", "http"].map(str::to_owned);
    assert!(violations("http/mod.rs", "use crate::app::App;", &order).is_empty());
    let found = violations("http/mod.rs", "use crate::discord::BotSettings;", &order);
    assert!(found.len() == 1 && found[0].contains("stands beside discord"), "{found:?}");
}

#[test]
fn paths_of_inline_modules_are_relative_to_them() {
    check(
        "corpus/mod.rs",
        "mod tests { use super::*; fn f() { if x {} super::super::search::y() } }",
        &["crate::search::y"],
    );
    check(
        "corpus/mod.rs",
        "mod tests { use super::split; } use self::split::X; use super::answer;",
        &["crate::answer"],
    );
}

#[test]
fn comments_and_literals_do_not_count() {
    let source = "// crate::answer::A\n/* /* use crate::answer; */ */ /// [`crate::answer`]\n\
                  fn f<'a>(x: &'a str) { ('\"', \"crate::answer::A\", r#\"\" crate::answer::A\"#, '\\'') }\n\
                  use crate::config;";
    check("search/x.rs", source, &["crate::config"]);
    let found = violations("search/x.rs", source, &["search".to_owned(), "config".to_owned()]);
    assert!(found[0].starts_with("search/x.rs:4: "), "{found:?}");
}

#[test]
fn some_crates_belong_to_one_module() {
    check("search/score.rs", "use bm25::{Tokenizer, Embedder};", &[]);
    check("answer/mod.rs", "use bm25::Tokenizer;", &["bm25::Tokenizer"]);
    check("answer/mod.rs", "use ::bm25;", &["bm25"]);
    check("answer/mod.rs", "fn f() { crate::search::bm25::score() }", &[]);
    check("answer/mod.rs", "extern crate serenity;", &["serenity"]);
    check(
        "answer/mod.rs",
        "#[derive(sqlx::FromRow)] struct A; impl poise::B for A {}",
        &["sqlx::FromRow", "poise::B"],
    );
}

#[test]
fn the_environment_is_read_in_one_place() {
    check("config/dotenv.rs", "use std::env; fn f() { dotenvy::from_path_iter(x) }", &[]);
    check("answer/mod.rs", "use std::{env::var as v, fmt};", &["std::env::var"]);
    check("answer/mod.rs", "fn f() { ::std::env::temp_dir() }", &["std::env::temp_dir"]);
    check("answer/mod.rs", "use std::*;", &["std::*"]);
    check("answer/mod.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\");", &[]);
    check("main.rs", "fn f() { std::env::args_os() }", &[]);
    check("main.rs", "fn f() { std::env::var_os(x) }", &["std::env::var_os"]);
}

#[test]
fn what_is_pure_reads_no_file_and_no_clock() {
    check("answer/mod.rs", "use std::{fs, fmt};", &["std::fs"]);
    check("answer/mod.rs", "use std::time::Instant; fn f(at: Instant) -> Instant { at }", &[]);
    check(
        "answer/mod.rs",
        "fn f() { std::time::Instant::now(); Timestamp::now() }",
        &["std::time::Instant::now", "Timestamp::now"],
    );
    check("search/index.rs", "async fn f() { tokio::task::yield_now().await }", &["tokio::task::yield_now"]);
    check("corpus/parse/text.rs", "use std::io::{stdin, BufRead};", &["std::io::stdin"]);
    check("corpus/read/mod.rs", "use std::fs::File;", &[]);
    let missing = PURE.iter().filter(|pure| !src().join(pure).exists());
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new(), "what is listed as pure is there");
}

#[test]
fn every_package_comes_from_crates_io() {
    let lock = include_str!("../Cargo.lock");
    let packages = lock.split("\n[[package]]\n").skip(1);
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        line.map(|value| value.trim_matches('"').to_owned())
    };
    let mut own = Vec::new();
    for package in packages {
        let name = field(package, "name").expect("a name");
        match field(package, "source") {
            None => own.push(name),
            Some(source) => {
                assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
                assert!(field(package, "checksum").is_some_and(|sum| sum.len() == 64), "{name}");
            }
        }
    }
    assert_eq!(own, ["footnote", "peers"]);
}

/// Which faults of dependencies are known and why they do no harm is told once to people and once to cargo-deny.
#[test]
fn every_known_fault_of_a_dependency_is_argued() {
    let named = |text: &str| {
        let ids = text.match_indices("RUSTSEC-").filter_map(|(at, _)| text.get(at..at + 17));
        ids.map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    // In a row of several the year is not said again.
    let told = include_str!("../ARCHITECTURE.md").replace(" -0", " RUSTSEC-2026-0");
    for id in named(include_str!("../deny.toml")) {
        assert!(named(&told).contains(&id), "ARCHITECTURE.md does not say why {id} does no harm");
    }
}
