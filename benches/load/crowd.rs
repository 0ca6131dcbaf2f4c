//! Very many people who ask, and how long each waits.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::support::discord::world::{Message, Outcome};
use crate::support::member::Member;
use crate::support::{ADA, Discord, HOME};

/// Servers, and people in each: so many that nobody asks again within the cooldown of five seconds.
const GUILDS: u64 = 200;
const PEOPLE: u64 = 200;

/// What is still without an answer when nothing has come for so long stays so: Discord lets go of an interaction
/// after three seconds.
const PATIENCE: Duration = Duration::from_secs(6);

/// How fast they ask.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// So many wait at any time: whoever is answered makes room for the next.
    Waiting(usize),
    /// So many ask in a second, whatever becomes of them.
    PerSecond(f64),
}

/// What came of a round.
#[derive(Debug, Default)]
pub struct Round {
    pub asked: usize,
    /// From an interaction brought about to its answer come in; refusals are not among them.
    pub latencies: Vec<Duration>,
    /// The same of refusals.
    pub refusals: Vec<Duration>,
    /// Answers that were announced first.
    pub announced: usize,
    /// From the first question to the last answer.
    pub took: Duration,
    /// For how long questions were asked.
    pub asking: Duration,
}

impl Round {
    /// Answers a second.
    pub fn throughput(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    /// Questions a second.
    pub fn offered(&self) -> f64 {
        self.asked as f64 / self.asking.as_secs_f64()
    }

    /// Those that got neither an answer nor a refusal.
    pub fn lost(&self) -> usize {
        self.asked - self.answered()
    }

    fn answered(&self) -> usize {
        self.latencies.len() + self.refusals.len()
    }
}

/// An answer as it came in: the number of its message, and of the record that it names.
pub type Seen = (u64, u64);

/// People in many servers.
pub struct Crowd {
    members: Vec<Member>,
    questions: Vec<String>,
    next: usize,
    outcomes: UnboundedReceiver<Outcome>,
    /// All answers so far that name a record.
    pub seen: Vec<Seen>,
}

/// The servers they are in.
pub fn guilds() -> impl Iterator<Item = u64> {
    (0..GUILDS).map(|index| HOME + index * 1000)
}

impl Crowd {
    /// Gathers them. From now on the server tells what comes of interactions instead of keeping it.
    pub fn gather(discord: &Discord) -> Crowd {
        let mut members = Vec::new();
        // Whoever asks next is in another server.
        for _ in 0..PEOPLE {
            for guild in guilds() {
                members.push(discord.guild(guild).member(ADA + members.len() as u64));
            }
        }
        let (sender, outcomes) = unbounded_channel();
        discord.shared().change(|world| world.outcomes = Some(sender));
        Crowd { members, questions: questions(), next: 0, outcomes, seen: Vec::new() }
    }

    /// Has so many questions asked.
    pub async fn ask(&mut self, asks: usize, pace: Pace) -> Round {
        let (start, mut last) = (Instant::now(), Instant::now());
        let mut round = Round::default();
        loop {
            let due = match pace {
                Pace::Waiting(many) => round.answered() + many,
                Pace::PerSecond(rate) => (start.elapsed().as_secs_f64() * rate) as usize,
            };
            while round.asked < due.min(asks) {
                self.ask_one();
                round.asked += 1;
                round.asking = start.elapsed();
            }
            let is_over = round.asked == asks && (round.lost() == 0 || last.elapsed() > PATIENCE);
            if is_over || last.elapsed() > 2 * PATIENCE {
                round.took = last - start;
                return round;
            }
            if let Ok(Some(outcome)) = timeout(Duration::from_millis(1), self.outcomes.recv()).await {
                self.note(&mut round, outcome);
                while let Ok(outcome) = self.outcomes.try_recv() {
                    self.note(&mut round, outcome);
                }
                last = Instant::now();
            }
        }
    }

    fn ask_one(&mut self) {
        let member = &self.members[self.next % self.members.len()];
        let question = &self.questions[self.next % self.questions.len()];
        // What comes of it is told on the channel.
        drop(member.slash("ask", [("question", question.as_str())]));
        self.next += 1;
    }

    fn note(&mut self, round: &mut Round, outcome: Outcome) {
        let took = outcome.answered.saturating_duration_since(outcome.begun);
        round.announced += usize::from(outcome.was_announced);
        match record_of(&outcome.message) {
            Some(record) => {
                self.seen.push((outcome.message.id, record));
                round.latencies.push(took);
            }
            None if outcome.message.content == super::bare::CONSTANT => round.latencies.push(took),
            None => round.refusals.push(took),
        }
    }
}

/// The record that an answer names: by `#1234 · `, at its end.
fn record_of(message: &Message) -> Option<u64> {
    let texts = message.embeds.iter().flat_map(|embed| [&embed["footer"]["text"], &embed["description"]]);
    let mut texts = texts.filter_map(|text| text.as_str()).chain([message.content.as_str()]);
    texts.find_map(|text| {
        let (before, _) = text.rsplit_once(" · ")?;
        let digits = &before[before.rfind('#')? + 1..];
        digits.parse().ok()
    })
}

/// The golden questions of the shipped corpus.
pub fn questions() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/questions.jsonl");
    let (questions, _) = footnote::corpus::read_questions(&path).expect("the questions can be read");
    questions.into_iter().map(|golden| golden.question).collect()
}
