//! The bot and bare ones, in turns: how long an answer takes at the same load, and how many each gives at most.
//!
//! Each has a server of its own in this process, of the same kind, since Discord lets an application be connected
//! once; while one bot is asked, nothing goes to the others.

use std::time::Duration;

use footnote::eval::metrics::{milliseconds, percentile};

use serde_json::Value;

use crate::bare::{FINDING, ONE_BY_ONE, SIDE_BY_SIDE, line};
use crate::crowd::{Crowd, Pace, Round, guilds, questions};
use crate::program::{Program, taken};
use crate::support::{ADA, Discord, HOME};

/// How often each is measured at each load; each goes first once.
const ROUNDS: usize = BOTS;

/// How long a round takes, about.
const ROUND: Duration = Duration::from_secs(4);

/// Loads at which all are asked, in questions a second: what a busy bot gets, and what very many servers send.
const LOADS: [f64; 3] = [20.0, 100.0, 200.0];

/// How many wait at a time where the most is sought.
const WAITING: [usize; 2] = [32, 96];

/// The bots, as the table has them.
const BOTS: usize = 5;

struct Side {
    name: &'static str,
    crowd: Crowd,
    program: Program,
    /// Kept until the bot has ended.
    _discord: Discord,
}

/// Measures, and prints a table. All bots have a disk that takes so much longer than it does.
pub async fn run(disk: Duration) {
    let (footnote, card) = footnote(disk).await;
    let mut sides = [
        footnote,
        bare("one by one", ONE_BY_ONE, &line(), disk).await,
        bare("side by side", SIDE_BY_SIDE, &line(), disk).await,
        bare("one by one, a card", ONE_BY_ONE, &card, disk).await,
        bare("the same, which finds", FINDING, &card, disk).await,
    ];
    for side in &mut sides {
        side.crowd.ask(500, Pace::Waiting(16)).await;
    }
    let names: String = sides.iter().skip(1).map(|side| format!(" bare, {} | ratio |", side.name)).collect();
    println!("| | | Footnote |{names}\n|---|---|---|{}", "---|---|".repeat(BOTS - 1));
    for load in LOADS {
        let asks = [(load * ROUND.as_secs_f64()) as usize; BOTS];
        let rounds = in_turns(&mut sides, asks, Pace::PerSecond(load)).await;
        for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
            let times = rounds.each_ref().map(|rounds| best(rounds, |round| time(round, share), f64::min));
            row(&format!("{load} questions a second"), &format!("{name}, ms"), times, 1);
        }
    }
    let mut most = [0.0_f64; BOTS];
    for waiting in WAITING {
        // About as many as take as long as a round.
        let mut asks = [0; BOTS];
        for (side, asks) in sides.iter_mut().zip(&mut asks) {
            let trial = side.crowd.ask(4 * waiting, Pace::Waiting(waiting)).await;
            *asks = (trial.throughput() * ROUND.as_secs_f64()) as usize + waiting;
        }
        let rounds = in_turns(&mut sides, asks, Pace::Waiting(waiting)).await;
        let rates = rounds.each_ref().map(|rounds| best(rounds, Round::throughput, f64::max));
        row(&format!("{waiting} wait"), "answers a second", rates, 0);
        let times = rounds.each_ref().map(|rounds| best(rounds, |round| time(round, 0.5), f64::min));
        row(&format!("{waiting} wait"), "p50, ms", times, 1);
        most.iter_mut().zip(rates).for_each(|(most, rate)| *most = most.max(rate));
    }
    row("the most", "answers a second", most, 0);
    for side in sides {
        let lines = std::fs::read_to_string(side.program.folder().join("lines")).unwrap_or_default();
        let complaints = side.program.complaints();
        eprintln!("{}: {} lines, complaints: {complaints:?}", side.name, lines.lines().count());
    }
}

fn row(load: &str, what: &str, [ours, bare @ ..]: [f64; BOTS], digits: usize) {
    let bare: String = bare.iter().map(|bare| format!(" {bare:.digits$} | {:.2} |", ours / bare)).collect();
    println!("| {load} | {what} | {ours:.digits$} |{bare}");
}

/// The bot, and what it responded with to the first of the questions.
async fn footnote(disk: Duration) -> (Side, Value) {
    let discord = Discord::setup().guilds(guilds()).start().await;
    let program = Program::footnote_slowed(&discord, disk).await;
    let first = questions().swap_remove(0);
    discord.guild(HOME).member(ADA).slash("ask", [("question", first.as_str())]).reply().await;
    let requests = discord.requests();
    let response = requests.iter().rev().find(|request| request.call.path.ends_with("/callback"));
    let card = response.expect("a reply was a response").call.body.clone();
    (Side { name: "Footnote", crowd: Crowd::gather(&discord), program, _discord: discord }, card)
}

/// A bare bot.
async fn bare(name: &'static str, way: &str, response: &Value, disk: Duration) -> Side {
    let discord = Discord::setup().guilds(guilds()).start().await;
    let program = Program::bare(&discord, way, response, disk).await;
    Side { name, crowd: Crowd::gather(&discord), program, _discord: discord }
}

/// Measures each, again and again, each of them `asks` questions a round.
async fn in_turns(sides: &mut [Side; BOTS], asks: [usize; BOTS], pace: Pace) -> [Vec<Round>; BOTS] {
    let mut rounds = [const { Vec::new() }; BOTS];
    for turn in 0..ROUNDS {
        // Each goes first as often as the others.
        for at in (0..BOTS).map(|at| (at + turn) % BOTS) {
            let side = &mut sides[at];
            let ticks = || [std::process::id(), side.program.id()].map(|id| taken(id).cpu_ticks);
            let before = ticks();
            let round = side.crowd.ask(asks[at], pace).await;
            let after = ticks();
            let ms = |of: usize| (after[of] - before[of]) as f64 * 10.0 / asks[at] as f64;
            eprintln!(
                "{} {pace:?}: {:.0}/s, p50 {:.2} ms, {:.2} ms of processor each, {:.2} ms of the server's, \
                 {} refused, {} lost",
                side.name,
                round.throughput(),
                time(&round, 0.5),
                ms(1),
                ms(0),
                round.refusals.len(),
                round.lost(),
            );
            rounds[at].push(round);
        }
    }
    rounds
}

/// The best of all rounds: what disturbs a round is the machine's doing.
fn best(rounds: &[Round], measure: impl Fn(&Round) -> f64, better: fn(f64, f64) -> f64) -> f64 {
    rounds.iter().map(measure).reduce(better).unwrap_or(f64::NAN)
}

fn time(round: &Round, share: f64) -> f64 {
    percentile(share, &round.latencies).map_or(f64::NAN, milliseconds)
}
