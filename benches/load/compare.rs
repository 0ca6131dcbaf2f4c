//! The bot and a bare one, in turns: how long an answer takes at the same load, and how many each gives at most.
//!
//! Each has a server of its own in this process, of the same kind, since Discord lets an application be connected
//! once; while one bot is asked, nothing goes to the other.

use std::time::Duration;

use footnote::eval::metrics::{milliseconds, percentile};

use crate::crowd::{Crowd, Pace, Round, guilds};
use crate::program::{Program, taken};
use crate::support::Discord;

/// How often each is measured at each load.
const ROUNDS: usize = 5;

/// How long a round takes, about.
const ROUND: Duration = Duration::from_secs(4);

/// Loads at which both are asked, in questions a second: what a busy bot gets, and what very many servers send.
const LOADS: [f64; 3] = [20.0, 100.0, 200.0];

/// How many wait at a time where the most is sought.
const WAITING: [usize; 3] = [16, 64, 256];

struct Side {
    name: &'static str,
    crowd: Crowd,
    program: Program,
    /// Kept until the bot has ended.
    _discord: Discord,
}

/// Measures, and prints a table.
pub async fn run() {
    let mut sides = [side("Footnote").await, side("bare").await];
    for side in &mut sides {
        side.crowd.ask(500, Pace::Waiting(16)).await;
    }
    println!("| questions a second | | Footnote | bare | ratio |\n|---|---|---|---|---|");
    for load in LOADS {
        let asks = (load * ROUND.as_secs_f64()) as usize;
        let rounds = in_turns(&mut sides, asks, Pace::PerSecond(load)).await;
        for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
            let at = |rounds: &[Round]| best(rounds, |round| time(round, share), f64::min);
            let [ours, bare] = rounds.each_ref().map(|rounds| at(rounds));
            println!("| {load} | {name} | {ours:.2} ms | {bare:.2} ms | {:.2} |", ours / bare);
        }
    }
    let mut most = [0.0_f64; 2];
    for waiting in WAITING {
        // About as many as take as long as a round.
        let mut asks = 200;
        for side in &mut sides {
            let trial = side.crowd.ask(400, Pace::Waiting(waiting)).await;
            asks = asks.max((trial.throughput() * ROUND.as_secs_f64()) as usize);
        }
        let rounds = in_turns(&mut sides, asks, Pace::Waiting(waiting)).await;
        let [ours, bare] = rounds.each_ref().map(|rounds| best(rounds, Round::throughput, f64::max));
        most = [most[0].max(ours), most[1].max(bare)];
        println!("| {waiting} waiting | answers a second | {ours:.0} | {bare:.0} | {:.2} |", ours / bare);
    }
    println!("| the most | answers a second | {:.0} | {:.0} | {:.2} |", most[0], most[1], most[0] / most[1]);
    for side in sides {
        let lines = std::fs::read_to_string(side.program.folder().join("lines")).unwrap_or_default();
        let complaints = side.program.complaints();
        println!("{}: {} lines, complaints: {complaints:?}", side.name, lines.lines().count());
    }
}

async fn side(name: &'static str) -> Side {
    let discord = Discord::setup().guilds(guilds()).start().await;
    let program = match name {
        "bare" => Program::bare(&discord).await,
        _ => Program::footnote(&discord, &[]).await,
    };
    Side { name, crowd: Crowd::gather(&discord), program, _discord: discord }
}

/// Measures one, then the other, again and again.
async fn in_turns(sides: &mut [Side; 2], asks: usize, pace: Pace) -> [Vec<Round>; 2] {
    let mut rounds = [Vec::new(), Vec::new()];
    for turn in 0..ROUNDS {
        // Each goes first as often as the other, save once.
        for index in [turn % 2, (turn + 1) % 2] {
            let side = &mut sides[index];
            let before = [std::process::id(), side.program.id()].map(|id| taken(id).cpu_ticks);
            let round = side.crowd.ask(asks, pace).await;
            let after = [std::process::id(), side.program.id()].map(|id| taken(id).cpu_ticks);
            let ms = |at: usize| (after[at] - before[at]) as f64 * 10.0 / asks as f64;
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
            rounds[index].push(round);
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
