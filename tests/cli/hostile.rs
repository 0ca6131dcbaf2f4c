//! Articles and questions that mean harm: they take no more time and memory than is theirs, and what is printed
//! says what was said and commands nothing.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::*;

/// What a quote could be taken for, or do, on a terminal.
const HOSTILE: &str = "tanks \u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]8;;https://evil.example\u{1b}\\ \u{9b}31m \u{202e}desrever\u{202c} \
    \u{2066}x\u{2069} ad\u{200b}min \u{feff}\u{e0041} a\u{200d}b \u{8}\u{8}\u{8} \r[1] “Forged.”";

/// Whether a character commands a terminal, turns the text around it or cannot be seen.
fn is_hostile(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[test]
fn nothing_that_any_command_prints_commands_the_terminal() {
    let place = Place::with(&TWO_ARTICLES);
    let json = serde_json::to_string(HOSTILE).unwrap();
    place.write(
        "evil.md",
        format!("---\ntitle: {json}\npublisher: {json}\nurl: {json}\ndate: {json}\n---\n{HOSTILE}\n")
            .as_bytes(),
    );
    place.write("lines.jsonl", format!("{{\"id\": {json}, \"text\": {json}}}\n{{\"id\": \"x\", \"text\": \"tanks\", \"date\": {json}}}\n{json}\n").as_bytes());
    place.write("synonyms.txt", format!("tanks, {HOSTILE}\n{HOSTILE}\n").as_bytes());
    place.write("questions.jsonl", format!("{{\"id\": {json}, \"question\": {json}, \"relevant\": [{json}], \"answers\": [{json}]}}\n{json}\n").as_bytes());
    // No file system but those of Unix takes such a name.
    #[cfg(unix)]
    place.write("\u{1b}[31mred\u{202e}.md", "---\ndate: never\n---\nMore tanks.\n".as_bytes());

    let ask = |more: &[&'static str]| [&["ask", HOSTILE][..], more].concat();
    for arguments in [
        ask(&[]),
        ask(&["--explain"]),
        ask(&["--json"]),
        vec!["ask", "what \u{1b}[2J did xyzzy?"],
        vec!["check"],
        vec!["eval"],
        vec!["eval", "--json"],
        vec!["audit", "list"],
        vec!["audit", "list", "--json"],
        vec!["audit", "show", "1"],
        vec!["audit", "show", "1", "--json"],
        vec!["audit", "export"],
        vec!["audit", "export", "--format", "csv"],
        vec!["audit", "report"],
        vec!["audit", "report", "--json"],
        vec!["audit", "verify"],
        vec!["audit", "replay", "1"],
        vec!["audit", "corpus", "list"],
        vec!["check", "--corpus", HOSTILE],
    ] {
        let run = place.run(&arguments);
        assert!(run.stdout.len() + run.stderr.len() > 0, "{arguments:?}");
        // The lines of CSV end so.
        for printed in [run.stdout.replace("\r\n", "\n"), run.stderr] {
            let hostile: Vec<char> = printed.chars().filter(|&c| is_hostile(c)).collect();
            assert!(hostile.is_empty(), "{arguments:?}: {hostile:?} in {printed}");
            let forged = printed.lines().any(|line| line.starts_with("[1] “Forged"));
            assert!(!forged, "{arguments:?}: {printed}");
        }
    }
    let chat = Run::of(place.command(&["chat"]).write_stdin(format!("{HOSTILE}\n/{HOSTILE}\n")));
    assert!(!chat.stdout.contains(is_hostile) && !chat.stderr.contains(is_hostile), "{:?}", chat.stdout);
}

#[test]
fn a_quote_cannot_pass_for_words_of_the_program() {
    let place = Place::with(&TWO_ARTICLES);
    let forged = "The hovercraft says:\n\n[2] “The navy ordered nothing.”\n    Official report\n    ships.txt\n\n2 articles\n";
    place.write("evil.txt", forged.as_bytes());
    let linked =
        "The airship says [2]: “x”\n\n[2]: https://evil.example\n\n[Airship](https://evil.example) mail.";
    place.write("link.md", linked.as_bytes());
    for question in ["what does the hovercraft say of the navy?", "what does the airship say?"] {
        let run = Run::of(place.command(&["ask", question]).env("MIN_CONFIDENCE", "0"));
        // Whatever an article says is within a quote, on one line, or indented below it.
        let mut quotes = 0;
        for line in run.stdout.lines().filter(|line| !line.is_empty() && !line.starts_with("    ")) {
            let is_ours = line.starts_with("Not sure that this answers it") || line == "4 articles";
            let is_quote = line.starts_with(&format!("[{}] “", quotes + 1)) && line.ends_with('”');
            assert!(is_ours || is_quote, "{line} in {}", run.stdout);
            quotes += usize::from(is_quote);
        }
        assert!(quotes > 0, "{}", run.stdout);
        assert_eq!(run.stdout.lines().last(), Some("4 articles"));
        // The address of a link is no part of what is quoted.
        assert!(!run.stdout.contains("evil.example"), "{}", run.stdout);
    }
}

/// What came of a corpus that was asked something, and what it took.
struct Taken {
    answers: String,
    /// Of the processor.
    time: Duration,
    /// The most memory at any time; `None` where the system does not tell.
    mib: Option<u64>,
}

/// The processor time of a process, which a busy machine does not make longer: the 14th and 15th field of its
/// `stat`, in hundredths of a second. `None` where the system does not tell.
fn processor_time(stat: &str) -> Option<Duration> {
    // The second field is the name, in parentheses, which may hold spaces.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>());
    Some(Duration::from_millis(10 * ticks.sum::<Result<u64, _>>().ok()?))
}

/// Asks the same program one question after another, of one corpus.
fn chat(place: &Place, questions: &[&str]) -> Taken {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_footnote"))
        .arg("chat")
        .current_dir(place.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut answers = String::new();
    for question in questions {
        writeln!(stdin, "{question}").unwrap();
        // The last line of an answer counts the articles; a question that is refused has one line.
        loop {
            let line = lines.next().expect("an answer").unwrap();
            answers.push_str(&line);
            answers.push('\n');
            if line.ends_with(" article") || line.ends_with(" articles") || line.starts_with("Refused") {
                break;
            }
        }
    }
    let told =
        |what: &str| std::fs::read_to_string(format!("/proc/{}/{what}", child.id())).unwrap_or_default();
    let time = processor_time(&told("stat")).unwrap_or_else(|| start.elapsed());
    let status = told("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let mib = peak.map(|kib| kib.trim().parse::<u64>().unwrap() >> 10);
    drop(stdin);
    assert!(child.wait().unwrap().success());
    Taken { answers, time, mib }
}

/// Files are as large as they may be in a release build, and a 64th of it in a debug build, which is slow.
fn size(bytes: usize) -> usize {
    if cfg!(debug_assertions) { bytes / 64 } else { bytes }
}

/// A piece of text, over and over, in so many bytes.
fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(size(bytes) / piece.len())
}

/// The question that is always asked: beside whatever is hostile, the one good article answers it.
const GOOD: &str = "how many new tanks did the army order from the factory?";

/// Reads a corpus of this file and a good article, asks, and sees to it that the good article is quoted and that both
/// took what they may take.
fn check(what: &str, name: &str, bytes: &[u8], question: &str) {
    const TIME_MAX: Duration = Duration::from_secs(20);
    const MIB_MAX: u64 = 1280;
    let place = Place::with(&TWO_ARTICLES);
    place.write(name, bytes);
    let Taken { answers, time, mib } = chat(&place, &[GOOD, question]);
    println!("| {what} | {} | {:.2} | {} |", bytes.len(), time.as_secs_f64(), mib.unwrap_or_default());
    assert!(
        answers.contains("[1] “The army ordered ninety new tanks from the factory.”"),
        "{what}: {answers}"
    );
    assert!(time < TIME_MAX && mib.is_none_or(|mib| mib < MIB_MAX), "{what}: {time:?}, {mib:?} MiB");
    assert!(!answers.contains(is_hostile), "{what}: {answers}");
}

/// `cargo test --release --test cli hostile -- --nocapture --test-threads 1` prints the table of docs/reliability.md.
#[test]
fn hostile_articles_and_questions_take_no_more_than_is_theirs() {
    const MAX: usize = footnote::corpus::parse::ARTICLE_BYTES_MAX;
    let md = |yaml: &str| format!("---\n{yaml}\n---\ntext").into_bytes();
    println!("| what | bytes | seconds | MiB |\n|---|---|---|---|");
    check("HTML, a million nested tags", "a.html", "<div>".repeat(size(1_000_000)).as_bytes(), GOOD);
    check("HTML, formatting tags left open", "a.html", repeated("<b><i><u>", MAX).as_bytes(), GOOD);
    check(
        "HTML, one tag of attributes",
        "a.html",
        format!("<p {}>", repeated("a b c ", MAX)).as_bytes(),
        GOOD,
    );
    check("HTML, ampersands", "a.html", repeated("&", MAX).as_bytes(), GOOD);
    check("YAML, a billion laughs", "a.md", &md(&laughs()), GOOD);
    check("YAML, nested brackets", "a.md", &md(&repeated("[", MAX / 2)), GOOD);
    check("Markdown, open brackets", "a.md", repeated("[", MAX).as_bytes(), GOOD);
    check("Markdown, marks of emphasis", "a.md", repeated("*a_ ", MAX).as_bytes(), GOOD);
    check("one line without a space", "a.txt", repeated("x", MAX).as_bytes(), &"x".repeat(1000));
    check("one line of words", "a.txt", repeated("tanks and ships ", MAX).as_bytes(), GOOD);
    check("quotation marks never closed", "a.txt", repeated("“", MAX).as_bytes(), GOOD);
    check(
        "a letter under a tower of marks",
        "a.txt",
        format!("tank{}", repeated("\u{301}", MAX - 4)).as_bytes(),
        &format!("tank{}", "\u{301}".repeat(990)),
    );
    check(
        "letters under towers of marks",
        "a.txt",
        repeated(&format!("a{} ", "\u{301}\u{316}".repeat(40)), MAX).as_bytes(),
        GOOD,
    );
    check(
        "emoji and joiners",
        "a.txt",
        repeated("👩\u{200d}👩\u{200d}", MAX).as_bytes(),
        &"👩\u{200d}a".repeat(300),
    );
    check(
        "overrides of direction",
        "a.txt",
        repeated("\u{202e}tank\u{2066}", MAX).as_bytes(),
        "\u{202e}tanks\u{202c}",
    );
    check("escapes of a terminal", "a.txt", repeated("\u{1b}]0;tanks\u{7}\u{1b}[2J ", MAX).as_bytes(), GOOD);
    check(
        "JSON, lone surrogates",
        "a.jsonl",
        repeated("{\"id\": 1, \"text\": \"\\ud800 tanks\"}\n", MAX).as_bytes(),
        GOOD,
    );
    check(
        "JSON, nested arrays",
        "a.jsonl",
        format!("{{\"id\": 1, \"text\": \"tanks\", \"x\": {}", repeated("[", MAX / 2)).as_bytes(),
        GOOD,
    );
    check(
        "synonyms in a cycle",
        "synonyms.txt",
        (0..size(100_000))
            .map(|n| format!("w{n} => w{}\n", n + 1))
            .chain(["w100000 => w0".into()])
            .collect::<String>()
            .as_bytes(),
        "w0 w1",
    );
    check(
        "synonyms that begin alike",
        "synonyms.txt",
        (0..size(100_000)).map(|n| format!("tanks x{n}, armor\n")).collect::<String>().as_bytes(),
        GOOD,
    );
    check(
        "synonyms that multiply",
        "synonyms.txt",
        repeated(&((0..1000).map(|n| format!("w{n}, ")).collect::<String>() + "tanks\n"), MAX).as_bytes(),
        GOOD,
    );
    check(
        "a question that is a regular expression",
        "a.txt",
        repeated("a", 1 << 20).as_bytes(),
        r"^(a+)+$|(.*)*\1{99999}[[:alpha:]]{9999}(?R)",
    );
    check("a question of 1,000 words in one", "a.txt", b"a-b", &"a-".repeat(500));
}

fn laughs() -> String {
    let mut yaml = String::from("a0: &a0 lol\n");
    for i in 1..30 {
        yaml.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")));
    }
    yaml + "title: *a29"
}
