//! An hour in the life of the bot, at a light rate: all that people and moderators do, faults of Discord's at
//! random, reloads; and what the process takes of the machine, minute by minute.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::timeout;

use crate::crowd::questions;
use crate::program::{Program, Taken, taken};
use crate::records;
use crate::support::discord::rest::Failure;
use crate::support::discord::world::World;
use crate::support::member::Member;
use crate::support::reply::Reply;
use crate::support::{ADA, BOB, Discord, ELSEWHERE, HOME};
use crate::under_load::megabytes;

/// What is not answered by then is not waited for any more: a fault may have swallowed it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two things that happen: light enough to run beside other work.
const STEP: Duration = Duration::from_millis(60);

/// The secret of the bot's pages, and what it is set up with.
const TOKEN: &str = "a-token-that-nobody-guesses";
const VARIABLES: [(&str, &str); 5] = [
    ("HOME_GUILD_IDS", "1100000000000000000"),
    ("ASK_SCOPE", "everywhere"),
    ("ASK_COOLDOWN_S", "0"),
    ("HTTP_ADDR", "127.0.0.1:0"),
    ("HTTP_TOKEN", TOKEN),
];

/// Numbers that look random (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

struct Soak {
    discord: Discord,
    program: Program,
    questions: Vec<String>,
    random: Random,
    /// How often each thing was done, and how often it got no answer.
    done: BTreeMap<&'static str, (usize, usize)>,
    changes: usize,
}

/// Runs for so many minutes and prints a table.
pub async fn run(minutes: u64) {
    // A connection that is dead is noticed at the next heartbeat: often, so that many can die.
    let discord = Discord::setup().heartbeat_interval_ms(5_000).start().await;
    let program = Program::footnote(&discord, &VARIABLES).await;
    let random = Random(1);
    let mut soak =
        Soak { discord, program, questions: questions(), random, done: BTreeMap::new(), changes: 0 };
    println!("| minute | done | memory | open files | threads | tasks | store | records wait |");
    println!("|---|---|---|---|---|---|---|---|");
    let start = Instant::now();
    for minute in 0..=minutes {
        while start.elapsed() < Duration::from_secs(60 * minute) {
            let step = Instant::now();
            soak.step().await;
            tokio::time::sleep(STEP.saturating_sub(step.elapsed())).await;
        }
        soak.row(minute).await;
    }
    soak.end().await;
}

impl Soak {
    async fn step(&mut self) {
        match self.random.below(100) {
            0..50 => self.ask().await,
            50..62 => self.mention().await,
            62..68 => self.write_directly().await,
            68..78 => self.moderate().await,
            78..82 => self.reload().await,
            82..86 => self.look_at_oneself().await,
            86..94 => self.break_requests(),
            _ => self.break_connection().await,
        }
    }

    fn member(&mut self) -> Member {
        let guild = self.random.one_of(&[HOME, ELSEWHERE]);
        self.discord.guild(guild).member(ADA + self.random.below(200) as u64)
    }

    fn moderator(&self) -> Member {
        self.discord.guild(HOME).member(ADA).manages_server()
    }

    fn question(&mut self) -> String {
        let at = self.random.below(self.questions.len() + 2);
        self.questions.get(at).cloned().unwrap_or_else(|| "what is the wingspan of a dodo?".to_owned())
    }

    /// Counts something that was done, and whether it was answered.
    fn count<T>(&mut self, what: &'static str, answered: Option<T>) -> Option<T> {
        let (done, unanswered) = self.done.entry(what).or_default();
        *done += 1;
        *unanswered += usize::from(answered.is_none());
        answered
    }

    async fn ask(&mut self) {
        let (member, question) = (self.member(), self.question());
        let private = self.random.below(4) == 0;
        let options = vec![("question", json!(question)), ("private", json!(private))];
        let reply = timeout(PATIENCE, member.slash("ask", options).reply()).await.ok();
        if let Some(reply) = self.count("ask", reply)
            && self.random.below(2) == 0
        {
            self.press(&member, &reply).await;
        }
    }

    async fn press(&mut self, member: &Member, reply: &Reply) {
        let labels: Vec<String> = match reply.now() {
            Some(reply) => {
                let buttons = reply.buttons().into_iter();
                buttons
                    .filter(|one| one.custom_id.is_some() && !one.is_disabled)
                    .map(|one| one.label)
                    .collect()
            }
            None => return,
        };
        if labels.is_empty() {
            return;
        }
        let label = self.random.one_of(&labels);
        let pressed = member.press(reply, &label);
        if label == "Follow up" {
            let form = timeout(PATIENCE, pressed.modal()).await.ok();
            if let Some(form) = self.count("follow-up form", form) {
                let question = self.question();
                let sent = member.submit(&form, &[("question", &question)]);
                let reply = timeout(PATIENCE, sent.reply()).await.ok();
                self.count("follow-up", reply);
            }
        } else {
            let answered = timeout(PATIENCE, pressed.acknowledged()).await.ok();
            self.count("button", answered);
        }
    }

    async fn mention(&mut self) {
        let (member, question) = (self.member(), self.question());
        let reply = timeout(PATIENCE, member.mention(&question).reply()).await.ok();
        if let Some(reply) = self.count("mention", reply)
            && self.random.below(3) == 0
        {
            let said = member.reply_to(reply.id(), "and where was that?");
            let reply = timeout(PATIENCE, said.reply()).await.ok();
            self.count("reply to an answer", reply);
        }
    }

    async fn write_directly(&mut self) {
        let (member, question) = (self.member(), self.question());
        let reply = timeout(PATIENCE, member.dm(&question).reply()).await.ok();
        self.count("direct message", reply);
    }

    async fn moderate(&mut self) {
        let command = self.random.one_of(&[
            "settings show",
            "settings private",
            "settings cooldown",
            "corpus status",
            "corpus articles",
            "audit recent",
            "audit head",
        ]);
        let options = match command {
            "settings private" => vec![("value", json!(self.random.below(2) == 0))],
            "settings cooldown" => vec![("server", json!(0))],
            _ => Vec::new(),
        };
        let reply = timeout(PATIENCE, self.moderator().slash(command, options).reply()).await.ok();
        self.count("moderating", reply);
    }

    async fn reload(&mut self) {
        self.changes += 1;
        let article = self.program.folder().join("corpus/changing.md");
        let day = self.changes;
        let text = format!("# The harbour\n\nBy noon on day {day} the harbour held {day} ships.\n");
        std::fs::write(article, text).expect("the article can be written");
        let reply = self.moderator().slash("corpus reload", [("force", true)]);
        let reply = timeout(PATIENCE, reply.reply()).await.ok();
        self.count("reload", reply);
    }

    async fn look_at_oneself(&mut self) {
        let command = self.random.one_of(&["privacy show", "privacy export", "help"]);
        let reply = timeout(PATIENCE, self.member().slash(command, ()).reply()).await.ok();
        self.count("privacy and help", reply);
        let typed = self.random.one_of(&["iran", "x", "the "]);
        let bob = self.discord.guild(HOME).member(BOB);
        let choices = timeout(PATIENCE, bob.complete("ask", "in", typed)).await.ok();
        self.count("autocompletion", choices);
    }

    fn break_requests(&mut self) {
        let routes = [("POST", "/callback"), ("POST", "/messages"), ("PATCH", "@original")];
        let (method, path) = self.random.one_of(&routes);
        let failure = match self.random.below(6) {
            0 => Failure::Instead { status: 500, body: json!({"message": "internal", "code": 0}) },
            1 => Failure::Instead { status: 502, body: json!("bad gateway") },
            2 => Failure::Text { status: 503, body: "<html>upstream" },
            3 => Failure::Limited { retry_after_ms: 100, global: self.random.below(2) == 0 },
            4 => Failure::CutOff,
            _ => Failure::Silence { is_done: self.random.below(2) == 0 },
        };
        self.discord.fail(method, path, failure);
        self.count("fault of a request", Some(()));
    }

    async fn break_connection(&mut self) {
        match self.random.below(12) {
            0..5 => {
                let code = self.random.one_of(&[None, Some(1000), Some(1001), Some(4000), Some(4008)]);
                self.discord.disconnect(code);
            }
            5 => self.discord.ask_to_reconnect(),
            6 => self.discord.invalidate_session(true),
            7 => self.discord.forget_sessions(),
            8 => self.discord.go_dead(),
            9 => self.discord.repeat_last(),
            10 => self.discord.dispatch("FROM_THE_FUTURE", json!({"step": 1}), None),
            _ => self.discord.dispatch("MESSAGE_CREATE", json!({"content": "broken"}), None),
        }
        self.count("fault of the connection", Some(()));
        // What is asked of nobody is not answered.
        let connected = |world: &World| world.sessions.are_connected().then_some(());
        let _ =
            timeout(Duration::from_secs(25), self.discord.shared().until("the bot to be back", connected))
                .await;
    }

    async fn row(&self, minute: u64) {
        let Taken { memory_kib, files, threads, .. } = taken(self.program.id());
        let figures = self.figures().await.unwrap_or_default();
        let figure = |name: &str| {
            let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.unwrap_or("-").to_owned()
        };
        let done: usize = self.done.values().map(|(done, _)| done).sum();
        println!(
            "| {minute} | {done} | {:.1} MB | {files} | {threads} | {} | {} MB | {} |",
            memory_kib as f64 * 1024.0 / 1e6,
            figure("footnote_tasks"),
            megabytes(&self.program.folder().join("data")),
            figure("footnote_audit_queue_records"),
        );
    }

    /// The bot's own figures.
    async fn figures(&self) -> Option<String> {
        let log = self.program.log();
        let line = log.lines().find(|line| line.contains("shown over HTTP"))?;
        let address = line.split_once("address=")?.1.split_whitespace().next()?;
        let request = reqwest::Client::new().get(format!("http://{address}/metrics")).bearer_auth(TOKEN);
        request.send().await.ok()?.text().await.ok()
    }

    async fn end(mut self) {
        self.discord.shared().change(|world| world.faults.clear());
        let connected = |world: &World| world.sessions.are_connected().then_some(());
        self.discord.shared().until("the bot to be back", connected).await;
        let question = self.question();
        let last = timeout(PATIENCE, self.member().slash("ask", [("question", question)]).reply()).await;
        println!("\nthen one more: {}", if last.is_ok() { "answered" } else { "not answered" });
        for (what, (done, unanswered)) in &self.done {
            println!("{what}: {done}, {unanswered} of them without an answer within 5 s");
        }
        let mut complaints: BTreeMap<String, usize> = BTreeMap::new();
        for line in self.program.complaints() {
            let kind: String = line.split_whitespace().skip(1).take(8).collect::<Vec<_>>().join(" ");
            *complaints.entry(kind).or_default() += 1;
        }
        println!("complaints in the log: {complaints:#?}");
        let folder = self.program.stop();
        let mut violations: BTreeMap<String, usize> = BTreeMap::new();
        for violation in self.discord.take_violations() {
            *violations.entry(violation.problem).or_default() += 1;
        }
        println!("what Discord would not have taken: {violations:#?}");
        let (is_whole, verified) = records::verify(folder.path());
        println!("audit verify: {verified} ({is_whole})");
        let tally = records::tally(folder.path(), &[]);
        println!("answers of whose delivery there is no record: {}", tally.undelivered);
        println!("{:#?}", tally.counts);
    }
}
