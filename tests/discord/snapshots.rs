//! Every reply of the bot as people read it, in three languages, one of them written from right to left. Run with
//! `UPDATE_EXPECT=1` after a change that is meant, and read the difference.

use std::fmt::Write as _;

use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use crate::support::discord::{general, moderators_role};
use crate::support::member::{Member, Options};
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Bot, Discord, ELSEWHERE, EVE, HOME};
use crate::{ANSWER, AT_HOME};

const QUESTION: &str = "Did the zeppelin land at Lakehurst, where zeppelins landed?";

/// A sheet of replies, and who brings them about.
struct Sheet {
    text: String,
    locale: &'static str,
    discord: Discord,
    bot: Bot,
}

impl Sheet {
    async fn new(locale: &'static str, language: usize) -> Sheet {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        std::fs::create_dir_all(corpus.join("air")).expect("made");
        let front = "---\ntitle: The landing\npublisher: The Paper\npublished: 1937-05-06\n\
                     url: https://example.org/landing\n---\n\n";
        let questions =
            json!({"id": "landing", "question": QUESTION, "relevant": ["zeppelin"], "answers": [ANSWER]});
        for (name, text) in [
            ("zeppelin.md", format!("{front}The zeppelin landed at Lakehurst.\n\nIt carried mail.\n")),
            ("air/balloon.md", "# The balloon\n\nThe balloon rose from Annonay in 1783.\n".to_owned()),
            ("air/glider.md", "# The glider\n\nThe glider landed in sand.\n".to_owned()),
            ("هبوط.md", "# الهبوط\n\nهبط المنطاد zeppelin في ليكهيرست.\n".to_owned()),
            ("questions.jsonl", format!("{questions}\n")),
        ] {
            std::fs::write(corpus.join(name), text).expect("written");
        }
        let discord = Discord::start().await;
        let channel = general(HOME).to_string();
        let variables: Vec<(&str, &str)> =
            AT_HOME.into_iter().chain([("AUDIT_CHANNEL_ID", channel.as_str())]).collect();
        let bot = Bot::start_in(&discord, folder, &variables).await;
        bot.logged("the end of the audit chain is posted").await;
        let mut sheet = Sheet { text: String::new(), locale, discord, bot };
        sheet.use_of(&sheet.ada(), "settings language", [("language", language)]).await;
        sheet
    }

    fn member(&self, guild: u64, user: u64) -> Member {
        self.discord.guild(guild).member(user).locale(self.locale)
    }

    /// Who manages the server.
    fn ada(&self) -> Member {
        self.member(HOME, ADA).manages_server()
    }

    fn bob(&self) -> Member {
        self.member(HOME, BOB)
    }

    fn keep(&mut self, what: &str, reply: &Reply) {
        // Of a question it depends on how long it took: what was announced for all stays for all.
        let is_told = reply.is_ephemeral() && what != "/ask";
        let privately = if is_told { " (for one person)" } else { "" };
        let _ = writeln!(self.text, "=== {what}{privately}\n{}", reply.content());
        for embed in reply.embeds() {
            let _ = writeln!(self.text, "{}\n{}", embed.description(), embed.footer());
        }
        let buttons: Vec<String> =
            reply.buttons().into_iter().map(|button| format!("[{}]", button.label)).collect();
        let _ = writeln!(self.text, "{}\n", buttons.join(" "));
    }

    async fn use_of(&mut self, who: &Member, command: &str, options: impl Options) -> Reply {
        let reply = who.slash(command, options).await;
        self.keep(&format!("/{command}"), &reply);
        reply
    }

    /// Presses the button whose name holds this.
    async fn press(&mut self, who: &Member, reply: &Reply, name: &str) -> Reply {
        let reply = who.press_id(reply, &named(reply, name)).await;
        self.keep(&format!("the button {name}"), &reply);
        reply
    }

    async fn answers(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        let answer = self.use_of(&bob, "ask", [("question", QUESTION)]).await;
        for name in ["why", "passage", "up:", "up:", "down:"] {
            self.press(&bob, &answer, name).await;
        }
        let more = self.press(&bob, &answer, "more").await;
        let record = record(&answer);
        let last = bob.press_id(&more, &format!("f1:page:{record}:9")).await;
        self.keep("a page past the last", &last);
        let form = bob.press_id(&answer, &format!("f1:follow:{record}")).modal().await;
        let labels: Vec<&str> = form.inputs.iter().map(|input| input.label.as_str()).collect();
        let _ = writeln!(self.text, "=== the form to follow up\n{}: {}\n", form.title, labels.join(", "));
        let followed = bob.submit(&form, &[("question", "With mail?")]).await;
        self.keep("a further question", &followed);
        self.press(&self.member(HOME, EVE), &answer, "delete").await;
        let options = [("question", json!(QUESTION)), ("private", json!(true)), ("in", json!("zeppelin"))];
        let private = self.use_of(&bob, "ask", options).await;
        let shown = self.press(&bob, &private, "show").await;
        self.press(&bob, &shown, "why").await;
        let arabic = self.use_of(&bob, "ask", [("question", "أين هبط المنطاد zeppelin؟")]).await;
        self.press(&bob, &arabic, "passage").await;
        std::fs::write(self.bot.corpus().join("zeppelin.md"), "The zeppelin landed at Lakehurst, late.\n")
            .expect("written");
        ada.slash("corpus reload", [("force", true)]).await;
        self.press(&bob, &answer, "passage").await;
        for forged in ["f1:why:9999", "f1:nonsense", "a1:nonsense", "p1:nonsense"] {
            let reply = bob.press_id(&answer, forged).await;
            self.keep(&format!("the button {forged}"), &reply);
        }
        let own = self.use_of(&ada, "ask", options_private(QUESTION)).await;
        let stolen = own.buttons()[0].custom_id.clone().expect("a button");
        let refused = self.member(HOME, EVE).press_id(&answer, &stolen).await;
        self.keep("a button of somebody else's private answer", &refused);
    }

    async fn no_answers(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        let none = self.use_of(&bob, "ask", [("question", "Xylophones zigzag quizzically?")]).await;
        self.press(&bob, &none, "gap").await;
        self.press(&bob, &none, "gap").await;
        self.use_of(&bob, "ask", [("question", "What is that of the?")]).await;
        self.use_of(&bob, "ask", [("question", "?!")]).await;
        self.use_of(&bob, "ask", [("question", json!(QUESTION)), ("in", json!("blloon nonsense"))]).await;
        self.use_of(&bob, "ask", [("question", json!(QUESTION)), ("in", json!("baloon"))]).await;
        let long = bob.mention(&"zeppelin ".repeat(150)).await;
        self.keep("a long question in a mention", &long);
        let empty = bob.mention("").await;
        self.keep("a mention without a question", &empty);
        self.use_of(&ada, "settings confidence", [("percent", 100)]).await;
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;
        ada.slash("settings confidence", ()).await;
        self.use_of(&self.member(ELSEWHERE, BOB), "ask", [("question", QUESTION)]).await;
        let block = |block: bool| [("person", json!(BOB.to_string())), ("block", json!(block))];
        self.use_of(&ada, "settings block", block(true)).await;
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;
        ada.slash("settings block", block(false)).await;
        let role =
            |allow: bool| [("role", json!(moderators_role(HOME).to_string())), ("allow", json!(allow))];
        ada.slash("settings role", role(true)).await;
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;
        ada.slash("settings role", role(false)).await;
    }

    async fn help(&mut self) {
        let bob = self.bob();
        self.use_of(&bob, "help", ()).await;
        self.use_of(&bob, "privacy show", ()).await;
        self.use_of(&bob, "privacy export", ()).await;
        let answer = bob.slash("ask", [("question", QUESTION)]).await;
        let confirm = self.use_of(&bob, "privacy delete", ()).await;
        self.press(&bob, &confirm, "keep").await;
        let confirm = bob.slash("privacy delete", ()).await;
        self.press(&bob, &confirm, "erase").await;
        self.press(&bob, &answer, "why").await;
        self.use_of(&self.ada(), "audit show", [("record", record(&answer))]).await;
        bob.slash("ask", [("question", QUESTION)]).await;
        self.use_of(&bob, "privacy export", ()).await;
    }

    async fn records(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        self.use_of(&ada, "audit recent", ()).await;
        self.use_of(&ada, "audit recent", [("unanswered", true)]).await;
        let found = self.use_of(&ada, "audit search", [("words", "zeppelin lakehurst")]).await;
        assert!(found.text().contains(QUESTION), "{found:?}");
        self.use_of(&ada, "audit search", [("words", "nonsense")]).await;
        let text = found.text();
        let first = text.split("**#").nth(1).and_then(|rest| rest.split("**").next()?.parse::<i64>().ok());
        let first = first.expect("the number of a record");
        let sheet = self.use_of(&ada, "audit show", [("record", first)]).await;
        self.press(&ada, &sheet, "why").await;
        self.use_of(&ada, "audit show", [("record", 3)]).await;
        self.use_of(&ada, "audit export", ()).await;
        self.use_of(&ada, "audit head", ()).await;
        self.use_of(&bob, "audit recent", ()).await;
        self.use_of(&bob, "audit head", ()).await;
    }

    async fn corpus(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        let add = |name: &str, text: &str| [("file", ada.attach(name, text.as_bytes(), text.len()))];
        self.use_of(&ada, "corpus status", ()).await;
        self.use_of(&ada, "corpus articles", ()).await;
        self.use_of(&ada, "corpus undo", ()).await;
        self.use_of(&ada, "corpus reload", ()).await;
        self.use_of(&ada, "corpus reload", [("preview", true)]).await;
        let preview = self.use_of(&ada, "corpus add", add("ship.md", "The ship sailed to Bergen.\n")).await;
        self.press(&ada, &preview, "do:").await;
        let preview = self.use_of(&ada, "corpus remove", [("article", "air/balloon")]).await;
        self.press(&ada, &preview, "drop:").await;
        let gone = ada.press_id(&preview, &preview.buttons()[0].custom_id.clone().expect("a button")).await;
        self.keep("a change that was cancelled", &gone);
        let preview = self.use_of(&ada, "corpus undo", ()).await;
        self.press(&ada, &preview, "do:").await;
        self.use_of(&ada, "corpus remove", [("article", "nonsense")]).await;
        let preview = ada.slash("corpus remove", [("article", "air/glider")]).await;
        let glider = self.bot.corpus().join("air/glider.md");
        let before = std::fs::read(&glider).expect("read");
        std::fs::write(&glider, "# The glider\n\nThe glider landed in snow.\n").expect("written");
        self.press(&ada, &preview, "do:").await;
        std::fs::write(&glider, before).expect("written");
        for (name, text) in [
            ("../x.md", "x"),
            ("synonyms.txt", "x"),
            ("x.png", "x"),
            ("zeppelin.md", "x"),
            ("zeppelin.txt", "x"),
            ("x.jsonl", "{ broken\n{\"id\": 1}"),
        ] {
            self.use_of(&ada, "corpus add", add(name, text)).await;
        }
        let large = [("file", ada.attach("large.md", b"x", 20 << 20))];
        self.use_of(&ada, "corpus add", large).await;
        let form = ada.slash("corpus add", ()).modal().await;
        let labels: Vec<&str> = form.inputs.iter().map(|input| input.label.as_str()).collect();
        let _ = writeln!(self.text, "=== the form to paste into\n{}: {}\n", form.title, labels.join(", "));
        self.use_of(&bob, "corpus status", ()).await;
        std::fs::write(self.bot.corpus().join("zeppelin.md"), "The airship rose.\n").expect("written");
        std::fs::write(self.bot.corpus().join("broken.md"), b"\xFF\xFE").expect("written");
        self.use_of(&ada, "corpus reload", ()).await;
        for name in ["zeppelin.md", "air/balloon.md", "air/glider.md"] {
            std::fs::remove_file(self.bot.corpus().join(name)).expect("removed");
        }
        self.use_of(&ada, "corpus reload", ()).await;
        std::fs::remove_dir_all(self.bot.corpus()).expect("removed");
        self.use_of(&ada, "corpus reload", ()).await;
    }

    /// The audit store cannot be written or read for a while.
    async fn faults(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        let answer = bob.slash("ask", [("question", QUESTION)]).await;
        let none = bob.slash("ask", [("question", "Xylophones zigzag?")]).await;
        let add = [("file", ada.attach("ship.md", b"The ship sailed to Bergen.\n", 27))];
        let preview = ada.slash("corpus add", add).await;
        let (erasure, later) = (bob.slash("privacy delete", ()).await, bob.slash("privacy delete", ()).await);
        let (data, away) = (self.bot.path().join("data"), self.bot.path().join("away"));
        std::fs::rename(&data, &away).expect("moved");
        // Not even root can make a folder where a file is.
        std::fs::write(&data, "").expect("written");

        let _ = writeln!(self.text, "====== without an audit store ======\n");
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;
        let mentioned = bob.mention(QUESTION).await;
        self.keep("a mention", &mentioned);
        for name in ["more", "why", "passage", "up:", "down:", "delete"] {
            self.press(&bob, &answer, name).await;
        }
        self.press(&bob, &none, "gap").await;
        self.use_of(&bob, "privacy show", ()).await;
        self.use_of(&bob, "privacy export", ()).await;
        self.press(&bob, &erasure, "erase").await;
        self.use_of(&ada, "settings show", ()).await;
        self.use_of(&ada, "settings private", [("value", true)]).await;
        for command in ["recent", "export", "head"] {
            self.use_of(&ada, &format!("audit {command}"), ()).await;
        }
        self.use_of(&ada, "audit search", [("words", "zeppelin")]).await;
        self.use_of(&ada, "audit show", [("record", 1)]).await;
        self.use_of(&ada, "corpus status", ()).await;
        self.use_of(&ada, "corpus reload", ()).await;
        self.press(&ada, &preview, "do:").await;
        assert!(!self.bot.corpus().join("ship.md").exists(), "what cannot be recorded is put back");

        std::fs::remove_file(&data).expect("removed");
        std::fs::rename(&away, &data).expect("moved back");
        let _ = writeln!(self.text, "====== with it again ======\n");
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;

        let _ = writeln!(self.text, "====== with one that can be read alone ======\n");
        let store = format!("sqlite://{}", data.join("audit.db").display());
        let mut connection = SqliteConnection::connect(&store).await.expect("connected");
        let refuse =
            "CREATE TRIGGER refusal BEFORE INSERT ON records BEGIN SELECT RAISE(ABORT, 'refused'); END";
        sqlx::raw_sql(refuse).execute(&mut connection).await.expect("refused from now on");
        for (reply, name) in [(&answer, "up:"), (&answer, "more"), (&none, "gap"), (&later, "erase")] {
            self.press(&bob, reply, name).await;
        }
        self.use_of(&ada, "settings private", [("value", true)]).await;
        sqlx::raw_sql("DROP TRIGGER refusal").execute(&mut connection).await.expect("taken again");
    }

    async fn settings(&mut self) {
        let (ada, bob) = (self.ada(), self.bob());
        self.use_of(&ada, "settings show", ()).await;
        self.use_of(&ada, "settings private", [("value", true)]).await;
        let options = [("channel", json!(general(HOME).to_string())), ("answer", json!(true))];
        self.use_of(&ada, "settings channel", options).await;
        self.use_of(&bob, "settings show", ()).await;
        self.use_of(&ada, "settings cooldown", [("person", 3600)]).await;
        ada.slash("ask", [("question", QUESTION)]).await;
        self.use_of(&ada, "ask", [("question", QUESTION)]).await;
        self.use_of(&ada, "settings cooldown", [("person", 0), ("server", 3600)]).await;
        bob.slash("ask", [("question", QUESTION)]).await;
        self.use_of(&bob, "ask", [("question", QUESTION)]).await;
    }

    /// What was said, with what cannot be seen made visible, and what is another each time left out.
    fn masked(&self) -> String {
        let mut text = String::new();
        for line in self.text.lines() {
            let line = line.trim_end();
            let _ = writeln!(text, "{}", if line.starts_with("===") { line.to_owned() } else { mask(line) });
        }
        for (mark, name) in
            [('\u{2068}', "{FSI}"), ('\u{2069}', "{PDI}"), ('\u{200F}', "{RLM}"), ('\u{200B}', "{ZWSP}")]
        {
            text = text.replace(mark, name);
        }
        // At most one empty line.
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        text
    }
}

/// The button whose name holds this.
fn named(reply: &Reply, name: &str) -> String {
    let buttons = reply.now().expect("the message is there").buttons();
    let mut names = buttons.into_iter().filter_map(|button| button.custom_id);
    names.find(|id| id.contains(name)).unwrap_or_else(|| panic!("no button {name:?} on {reply:?}"))
}

/// The number of the record under an answer.
fn record(answer: &Reply) -> i64 {
    let footer = answer.embeds()[0].footer().to_owned();
    let digits: String =
        footer.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

fn options_private(question: &str) -> [(&'static str, serde_json::Value); 2] {
    [("question", json!(question)), ("private", json!(true))]
}

/// A line without hashes, times, scores, shares and measures, which change with the program or the machine.
fn mask(line: &str) -> String {
    let mut masked = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !(c.is_ascii_hexdigit() || c == '.')).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let is_part_of_word = before.ends_with(|c: char| c.is_alphanumeric());
        let digits = word.trim_end_matches('.');
        let is_number = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
        let unit = after.trim_start_matches([' ', '\u{a0}']);
        let is_measure = digits.contains('.') || unit.starts_with(['%', '٪']);
        let is_size = line.contains("MB") || line.contains("ميغا");
        // Seconds that are left of an hour.
        let is_left = digits.len() == 4 && digits.starts_with('3');
        masked.push_str(before);
        let is_id = digits.len() >= if is_number { 16 } else { 12 };
        // A delivery is recorded once it was made, before or after what comes next.
        if is_id || before.ends_with("<t:") || before.trim_end_matches('\u{2068}').ends_with('#') {
            masked.push('…');
        } else if is_number
            && (is_measure && !is_part_of_word || unit.starts_with("ms") || is_size || is_left)
        {
            masked.push('N');
        } else {
            masked.push_str(digits);
        }
        masked.push_str(&word[digits.len()..]);
        rest = after;
    }
    masked + rest
}

async fn check(locale: &'static str, language: usize, expected: expect_test::ExpectFile) {
    let mut sheet = Sheet::new(locale, language).await;
    sheet.answers().await;
    sheet.no_answers().await;
    sheet.help().await;
    sheet.records().await;
    sheet.faults().await;
    sheet.settings().await;
    sheet.corpus().await;
    expected.assert_eq(&sheet.masked());
}

#[tokio::test]
async fn every_reply_in_english() {
    check("en-US", 0, expect_test::expect_file!["snapshots/en.txt"]).await;
}

#[tokio::test]
async fn every_reply_in_german() {
    check("de", 3, expect_test::expect_file!["snapshots/de.txt"]).await;
}

#[tokio::test]
async fn every_reply_in_arabic() {
    check("ar", 6, expect_test::expect_file!["snapshots/ar.txt"]).await;
}
