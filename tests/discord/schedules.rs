//! Faults of Discord's at random, by the seed: whatever happens, everything asked is answered or on record as not
//! delivered, nothing is answered without a record, and nothing twice.
//!
//! `FAULT_SEEDS=1000 cargo test --test discord schedules -- --nocapture` runs many, `FAULT_SEED=17` one once more.

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};

use crate::support::awaited::{Pending, Said};
use crate::support::discord::rest::Failure;
use crate::support::discord::world::{BOT, World};
use crate::support::{ADA, Bot, Discord, ELSEWHERE, HOME};
use crate::{ANYWHERE, QUESTION, UNANSWERED, folder, records};

/// How many schedules run where nobody says.
const SEEDS: u64 = 6;

/// How many run at a time: they mostly wait.
const AT_ONCE: usize = 8;

/// How many things happen in each.
const STEPS: usize = 24;

/// Numbers that look random and are the same for the same seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize].clone()
    }
}

/// What was asked.
enum Asked {
    Slash(Pending),
    Said(Said),
}

/// Does something at random; gives back what was asked, if anything was.
fn step(random: &mut Random, discord: &Discord) -> Option<Asked> {
    let guild = random.one_of(&[HOME, ELSEWHERE]);
    let member = discord.guild(guild).member(ADA + random.below(5));
    let question = random.one_of(&[QUESTION, UNANSWERED, "what weapons did Iran seek?"]);
    match random.below(12) {
        0..=3 => return Some(Asked::Slash(member.slash("ask", [("question", question)]))),
        4..=6 => return Some(Asked::Said(member.mention(question))),
        7 => discord.repeat_last(),
        8 => match random.below(3) {
            0 => discord.ask_to_reconnect(),
            1 => discord.invalidate_session(true),
            _ => discord.disconnect(random.one_of(&[None, Some(1000), Some(1001), Some(4000), Some(4008)])),
        },
        9 => discord.dispatch("FROM_THE_FUTURE", json!({ "step": random.below(9) }), None),
        _ => {
            let (method, path) =
                random.one_of(&[("POST", "/callback"), ("POST", "/messages"), ("PATCH", "@original")]);
            let body = json!({"message": "internal", "code": 0});
            let failure = match random.below(7) {
                0 => Failure::Instead { status: 500, body },
                1 => Failure::Instead { status: 502, body: json!("bad gateway") },
                2 => Failure::Text { status: 503, body: "<html>upstream" },
                3 => Failure::Limited { retry_after_ms: random.below(200), global: random.below(2) == 0 },
                4 => Failure::CutOff,
                5 => Failure::Instead {
                    status: 404,
                    body: json!({"message": "Unknown interaction", "code": 10062}),
                },
                _ => Failure::Silence { is_done: random.below(2) == 0 },
            };
            // Now and then often enough for all patience to come to its end.
            for _ in 0..random.one_of(&[1, 1, 1, 2, 6]) {
                discord.fail(method, path, failure.clone());
            }
        }
    }
    None
}

/// Runs the schedule of a seed and looks at what came of it.
async fn run(seed: u64, discord: &Discord, bot: &Bot) -> usize {
    let mut random = Random(seed);
    let mut asked = Vec::new();
    for _ in 0..STEPS {
        asked.extend(step(&mut random, discord));
        // Some steps come together, some after the bot had time to do something.
        if random.below(3) == 0 {
            let probe = discord.shared().see(World::request_count);
            let moved = |world: &World| (world.request_count() > probe).then_some(());
            let waited = discord.shared().until("the bot to do something", moved);
            let _ = tokio::time::timeout(std::time::Duration::from_millis(20), waited).await;
        }
    }
    // Nothing goes wrong any more; then what was asked last is answered, after all that was asked before.
    discord.shared().change(|world| world.faults.clear());
    let connected = |world: &World| world.sessions.are_connected().then_some(());
    discord.shared().until("the bot to be connected again", connected).await;
    assert!(
        discord.guild(HOME).member(ADA).mention(QUESTION).await.text().contains(crate::ANSWER),
        "seed {seed}"
    );

    // Each ask has a delivery in the end, however it ended.
    let wanted = asked.len() + 1;
    let mut all = Vec::new();
    for _ in 0..600 {
        all = records(bot.path());
        let of = |kind: &str| all.iter().filter(|record| record["kind"] == kind).count();
        if of("ask") >= wanted && of("delivery") >= wanted {
            break;
        }
        let seen = discord.shared().see(World::request_count);
        let moved = |world: &World| (world.request_count() > seen).then_some(());
        let moved = discord.shared().until("the bot to finish", moved);
        let _ = tokio::time::timeout(std::time::Duration::from_millis(100), moved).await;
    }
    check(seed, discord, &all, wanted, &asked);
    wanted
}

fn check(seed: u64, discord: &Discord, all: &[Value], wanted: usize, asked: &[Asked]) {
    let of = |kind: &str| all.iter().filter(|record| record["kind"] == kind).collect::<Vec<_>>();
    let (asks, deliveries) = (of("ask"), of("delivery"));
    assert_eq!(asks.len(), wanted, "seed {seed}: each question has one record");
    let mut outcomes: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    let mut messages: BTreeMap<&str, usize> = BTreeMap::new();
    for delivery in &deliveries {
        let (of, outcome) = (delivery["of"].as_i64(), delivery["decision"].as_str());
        outcomes.entry(of.unwrap_or_default()).or_default().push(outcome.unwrap_or_default());
        if let Some(message) = delivery["message"].as_str() {
            *messages.entry(message).or_default() += 1;
        }
    }
    for ask in &asks {
        let outcome = outcomes.get(&ask["id"].as_i64().unwrap_or_default());
        assert_eq!(outcome.map(Vec::len), Some(1), "seed {seed}: one delivery of {ask}");
    }
    assert!(messages.values().all(|count| *count == 1), "seed {seed}: no message answers two questions");
    let delivered = |record: &&&Value| record["decision"] == "delivered";
    let delivered = deliveries.iter().filter(delivered).count();
    discord.shared().see(|world| {
        let answers = world.messages.values().filter(|message| message.author == BOT);
        let mut answered: BTreeMap<u64, usize> = BTreeMap::new();
        let mut count = 0;
        for answer in answers {
            count += 1;
            // What is said is on record: its footer names the record, which is one of an ask.
            let text = format!("{:?}{}", answer.embeds, answer.content);
            let named = asks.iter().any(|ask| text.contains(&format!("#{} ", ask["id"])));
            assert!(named || answer.is_loading(), "seed {seed}: an answer without a record: {text}");
            if let Some(question) = answer.reference {
                *answered.entry(question).or_default() += 1;
            }
        }
        assert!(answered.values().all(|count| *count == 1), "seed {seed}: answered twice: {answered:?}");
        // What was taken and whose answer was lost for good may be there and on record as not delivered, never
        // the other way round.
        assert!(count >= delivered, "seed {seed}: {delivered} on record as delivered, {count} there");
    });
    let unanswered = asked.iter().filter(|one| match one {
        Asked::Slash(pending) => !discord.shared().see(|world| pending.is_acknowledged(world)),
        Asked::Said(said) => said.reply_now().is_none(),
    });
    let (unanswered, failed) = (unanswered.count(), deliveries.len() - delivered);
    assert!(
        unanswered <= failed,
        "seed {seed}: {unanswered} got no answer, and {failed} are on record as that"
    );
}

/// A schedule with a server and a bot of its own; gives back how many questions were asked.
async fn schedule(seed: u64) -> usize {
    let discord = Discord::start().await;
    let mut bot = Bot::start_in(&discord, folder(), &ANYWHERE).await;
    bot.expects_unparsed();
    let asked = run(seed, &discord, &bot).await;
    let violations = discord.take_violations();
    // Who got no answer cannot know that a response was taken, nor on a busy machine that three seconds are over.
    let lost = |problem: &str| problem.contains("40060") || problem.contains("10062");
    assert!(violations.iter().all(|one| lost(&one.problem)), "seed {seed}: {violations:?}");
    bot.signal("TERM");
    assert_eq!(bot.ended().await, Some(0), "seed {seed}");
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_each_question_is_answered_once_or_on_record_as_undelivered() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seeds = match number("FAULT_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("FAULT_SEEDS").unwrap_or(SEEDS),
    };
    let asked = stream::iter(seeds.clone()).map(schedule).buffer_unordered(AT_ONCE);
    let asked: usize = asked.fold(0, async |all, asked| all + asked).await;
    eprintln!(
        "{} schedules, {asked} questions: each answered once, or on record as undelivered",
        seeds.end - seeds.start
    );
}
