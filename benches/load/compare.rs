//! The bot and bare ones, in turns: how long an answer takes at the same load, and how many each gives at most.
//!
//! Each has a server of its own in this process, of the same kind, since Discord lets an application be connected
//! once; while one bot is asked, nothing goes to the others.

use std::time::Duration;

use footnote::eval::metrics::{milliseconds, percentile};

use crate::bare::{ONE_BY_ONE, SIDE_BY_SIDE};
use crate::crowd::{Crowd, Pace, Round, guilds};
use crate::program::{Program, taken};
use crate::support::Discord;

/// How often each is measured at each load.
const ROUNDS: usize = 3;

/// How long a round takes, about.
const ROUND: Duration = Duration::from_secs(4);

/// Loads at which all are asked, in questions a second: what a busy bot gets, and what very many servers send.
const LOADS: [f64; 3] = [20.0, 100.0, 200.0];

/// How many wait at a time where the most is sought.
const WAITING: [usize; 2] = [32, 96];

struct Side {
    name: &'static str,
    crowd: Crowd,
    program: Program,
    /// Kept until the bot has ended.
    _discord: Discord,
}

/// Measures, and prints a table.
pub async fn run() {
    let mut sides = [side("Footnote").await, side(ONE_BY_ONE).await, side(SIDE_BY_SIDE).await];
    for side in &mut sides {
        side.crowd.ask(500, Pace::Waiting(16)).await;
    }
    println!(
        "| | | Footnote | bare, one by one | ratio | bare, side by side | ratio |\n|---|---|---|---|---|---|---|"
    );
    for load in LOADS {
        let asks = [(load * ROUND.as_secs_f64()) as usize; 3];
        let rounds = in_turns(&mut sides, asks, Pace::PerSecond(load)).await;
        for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
            let times = rounds.each_ref().map(|rounds| best(rounds, |round| time(round, share), f64::min));
            row(&format!("{load} questions a second"), &format!("{name}, ms"), times, 1);
        }
    }
    let mut most = [0.0_f64; 3];
    for waiting in WAITING {
        // About as many as take as long as a round.
        let mut asks = [0; 3];
        for (side, asks) in sides.iter_mut().zip(&mut asks) {
            let trial = side.crowd.ask(4 * waiting, Pace::Waiting(waiting)).await;
            *asks = (trial.throughput() * ROUND.as_secs_f64()) as usize + waiting;
        }
        let rounds = in_turns(&mut sides, asks, Pace::Waiting(waiting)).await;
        let rates = rounds.each_ref().map(|rounds| best(rounds, Round::throughput, f64::max));
        row(&format!("{waiting} wait"), "answers a second", rates, 0);
        let times = rounds.each_ref().map(|rounds| best(rounds, |round| time(round, 0.5), f64::min));
        row(&format!("{waiting} wait"), "p50, ms", times, 1);
        most = [0, 1, 2].map(|at| most[at].max(rates[at]));
    }
    row("the most", "answers a second", most, 0);
    for side in sides {
        let lines = std::fs::read_to_string(side.program.folder().join("lines")).unwrap_or_default();
        let complaints = side.program.complaints();
        eprintln!("{}: {} lines, complaints: {complaints:?}", side.name, lines.lines().count());
    }
}

fn row(load: &str, what: &str, [ours, one_by_one, side_by_side]: [f64; 3], digits: usize) {
    println!(
        "| {load} | {what} | {ours:.digits$} | {one_by_one:.digits$} | {:.2} | {side_by_side:.digits$} | {:.2} |",
        ours / one_by_one,
        ours / side_by_side
    );
}

async fn side(name: &'static str) -> Side {
    let discord = Discord::setup().guilds(guilds()).start().await;
    let program = match name {
        "Footnote" => Program::footnote(&discord, &[]).await,
        way => Program::bare(&discord, way).await,
    };
    Side { name, crowd: Crowd::gather(&discord), program, _discord: discord }
}

/// Measures each, again and again, each of them `asks` questions a round.
async fn in_turns(sides: &mut [Side; 3], asks: [usize; 3], pace: Pace) -> [Vec<Round>; 3] {
    let mut rounds = [const { Vec::new() }; 3];
    for turn in 0..ROUNDS {
        // Each goes first as often as the others.
        for at in [0, 1, 2].map(|at| (at + turn) % 3) {
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
