//! The loopback Discord: a real HTTP and WebSocket server on 127.0.0.1 that a real bot takes for Discord.
//!
//! | file | the question it answers |
//! |---|---|
//! | `world` | what is there: guilds, channels, messages, interactions |
//! | `objects` | how does Discord write these things? |
//! | `gateway` | how do events reach the bot? |
//! | `rest` | which requests are taken, and by which route? |
//! | `interactions`, `messages` | what becomes of an interaction, of a message? |
//! | `commands`, `limits`, `mentions` | which commands and messages does Discord refuse, whom do they ping? |
//! | `error` | how does Discord say no? |
//! | `openapi` | does it agree with Discord's own OpenAPI file? |
//! | `second` | would another library for Discord send this? |
//! | `clock` | what time is it? |
//! | `setup` | what is a server made with? |
//!
//! Whatever a correct bot would never do is noted as a violation, and dropping a [`Discord`] that has some
//! fails the test, so that no test can forget to look.

pub mod clock;
pub mod commands;
pub mod error;
pub mod gateway;
pub mod interactions;
pub mod limits;
pub mod mentions;
pub mod messages;
pub mod objects;
pub mod openapi;
pub mod rest;
pub mod second;
mod setup;
pub mod world;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::watch;

use self::gateway::{Event, Identify};
use self::openapi::OpenApi;
use self::rest::{Failure, Fault, Recorded};
pub use self::setup::Setup;
use self::world::{BOT, Violation, World};

/// The guild whose moderators look after the corpus, in tests that name one.
pub const HOME: u64 = 1_100_000_000_000_000_000;
/// Another guild that the bot is in.
pub const ELSEWHERE: u64 = 1_200_000_000_000_000_000;
/// People.
pub const ADA: u64 = 1_500_000_000_000_000_001;
pub const BOB: u64 = 1_500_000_000_000_000_002;
pub const EVE: u64 = 1_500_000_000_000_000_003;

/// How long anything is waited for before the test fails. Nothing waits this long that goes right: it is
/// sized for a busy machine.
const FAILSAFE: Duration = Duration::from_secs(30);

/// The role of a guild that has Manage Server.
pub fn managers_role(guild: u64) -> u64 {
    guild + 1
}

/// A role of a guild without any permission, for MODERATOR_ROLE_IDS.
pub fn moderators_role(guild: u64) -> u64 {
    guild + 2
}

/// The text channel of a guild in which people are unless told otherwise.
pub fn general(guild: u64) -> u64 {
    guild + 10
}

/// A thread below [`general`].
pub fn thread(guild: u64) -> u64 {
    guild + 11
}

/// A forum of a guild.
pub fn forum(guild: u64) -> u64 {
    guild + 12
}

/// A post in [`forum`]: its id is a thread's, as on Discord.
pub fn forum_post(guild: u64) -> u64 {
    guild + 13
}

/// A token of the shape that Discord gives out. It is put together so that nobody takes it for a real one.
pub fn test_token() -> String {
    format!("{}.{}.{}", "MTAwMDAwMDAwMDAwMDAwMDAwMA", "Gtest0", "loopback".repeat(5))
}

/// The bot process that was started last, if one was.
#[derive(Default)]
struct Process {
    id: u32,
    /// Set once it has ended: then nothing more is worth waiting for.
    ended: Option<String>,
}

/// What the server and those who drive it share.
pub struct Shared {
    world: Mutex<World>,
    changed: watch::Sender<()>,
    bot: Mutex<Process>,
    pub openapi: Option<&'static OpenApi>,
}

impl Shared {
    /// Looks at the world.
    pub fn see<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world and wakes all who wait for something.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let changed = self.note(change);
        self.changed.send_replace(());
        changed
    }

    /// Changes the world in a way that nobody waits for.
    pub fn note<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that a bot process begins.
    pub fn bot_started(&self, id: u32) {
        *self.bot.lock().unwrap_or_else(PoisonError::into_inner) = Process { id, ended: None };
    }

    /// Notes that a bot process has ended, and why. That of an earlier one says nothing of the one after it.
    pub fn bot_ended(&self, id: u32, why: String) {
        let mut bot = self.bot.lock().unwrap_or_else(PoisonError::into_inner);
        if bot.id == id {
            bot.ended = Some(why);
        }
        drop(bot);
        self.changed.send_replace(());
    }

    /// Waits until a look at the world finds something.
    ///
    /// # Panics
    ///
    /// Where that takes longer than the failsafe, or the bot process has ended meanwhile.
    pub async fn until<T>(&self, what: &str, mut look: impl FnMut(&World) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = async {
            loop {
                // Asked first: what a bot did before it ended is to be seen.
                let ended = self.bot.lock().unwrap_or_else(PoisonError::into_inner).ended.clone();
                if let Some(found) = self.see(&mut look) {
                    return found;
                } else if let Some(why) = ended {
                    panic!("the bot ended while the test waited for {what}: {why}");
                }
                let _ = changed.changed().await;
            }
        };
        match tokio::time::timeout(FAILSAFE, found).await {
            Ok(found) => found,
            Err(_) => panic!("waited {FAILSAFE:?} for {what}; {}", self.see(story)),
        }
    }
}

/// The last requests and all violations, for the message of a test that fails.
fn story(world: &World) -> String {
    let last = world.requests.iter().rev().take(10).rev();
    let line = |recorded: &Recorded| {
        format!("  {} {} -> {}\n", recorded.call.method, recorded.call.path, recorded.status)
    };
    let violations = world.violations.iter().map(|one| format!("  {}: {}\n", one.request, one.problem));
    format!(
        "last requests:\n{}violations:\n{}",
        last.map(line).collect::<String>(),
        violations.collect::<String>()
    )
}

/// A running server. It ends, and fails the test where there are violations, when dropped.
pub struct Discord {
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Discord {
    /// Starts one as most tests want it.
    pub async fn start() -> Discord {
        Discord::setup().start().await
    }

    /// To start one otherwise.
    pub fn setup() -> Setup {
        Setup::new()
    }

    /// What drivers share with the server.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// For DISCORD_API_URL: `http://127.0.0.1:4000`.
    pub fn origin(&self) -> String {
        self.shared.see(|world| world.origin.clone())
    }

    /// Moves the server's clock on.
    pub fn advance(&self, by: Duration) {
        self.shared.change(|world| world.clock.advance(by));
    }

    // What the bot did.

    /// Each time a shard identified: intents, presence.
    pub fn identifies(&self) -> Vec<Identify> {
        self.shared.see(|world| world.sessions.identifies.clone())
    }

    /// The presence as it is now: the last update, else that of the last identify.
    pub fn presence(&self) -> Value {
        self.shared.see(|world| {
            let identified = world.sessions.identifies.last().map(|identify| &identify.presence);
            world.sessions.presences.last().or(identified).cloned().unwrap_or_default()
        })
    }

    /// Commands registered globally, or in a guild.
    pub fn commands(&self, guild: Option<u64>) -> Vec<Value> {
        self.shared.see(|world| world.commands.get(&guild).cloned().unwrap_or_default())
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.see(|world| world.requests.clone())
    }

    /// From each INTERACTION_CREATE leaving to its first callback having arrived.
    pub fn latencies(&self) -> Vec<Duration> {
        self.shared.see(|world| {
            let times = world.interactions.values().filter_map(|one| Some((one.sent?, one.answered?)));
            times
                .map(|(sent, answered): (Instant, Instant)| answered.saturating_duration_since(sent))
                .collect()
        })
    }

    // What must not be.

    /// Gives back all violations so far and forgets them: for tests that bring them about.
    pub fn take_violations(&self) -> Vec<Violation> {
        self.shared.change(|world| std::mem::take(&mut world.violations))
    }

    /// Fails where there are violations. Dropping the server does the same.
    pub fn assert_clean(&self) {
        let violations = self.shared.see(|world| world.violations.clone());
        assert!(violations.is_empty(), "Discord would not have taken this: {violations:#?}");
    }

    /// Fails where any message of the bot's was sent in a way that could ping somebody, whatever its content.
    pub fn assert_pings_nobody(&self) {
        self.shared.see(|world| {
            for message in world.messages.values().filter(|message| message.author == BOT) {
                let careless =
                    message.allowed_mentions.iter().find(|given| !mentions::can_ping_nobody(given));
                assert!(careless.is_none(), "could ping, by {careless:?}: {:?}", message.content);
            }
        });
    }

    // What goes wrong.

    /// Answers the next request of this method, whose path contains `path`, with something else.
    pub fn fail_next(&self, method: &str, path: &str, status: u16, body: Value) {
        self.fail(method, path, Failure::Instead { status, body });
    }

    /// Has something go wrong with the next request of this method, whose path contains `path`.
    pub fn fail(&self, method: &str, path: &str, failure: Failure) {
        let fault = Fault { method: method.to_owned(), path: path.to_owned(), failure };
        self.shared.change(|world| world.faults.push(fault));
    }

    /// Takes permissions from the bot in a channel; 0 gives them back.
    pub fn deny(&self, channel: u64, permissions: u64) {
        self.shared.change(|world| {
            world.channels.get_mut(&channel).expect("the channel is one of the server's").denied =
                permissions;
        });
    }

    /// Asks the bot to reconnect and resume (op 7).
    pub fn ask_to_reconnect(&self) {
        self.shared.change(|world| world.sessions.say(7, Value::Null));
    }

    /// Tells the bot that its session is invalid (op 9), and whether it may resume it all the same.
    pub fn invalidate_session(&self, may_resume: bool) {
        self.shared.change(|world| world.sessions.say(9, json!(may_resume)));
    }

    /// Closes the gateway's connections with a code, or breaks them off. What happens before the bot is back
    /// is replayed when it resumes.
    pub fn disconnect(&self, code: Option<u16>) {
        self.shared.change(|world| world.sessions.disconnect(code));
    }

    /// Breaks the connections off and forgets their sessions, so that the next resume is refused.
    pub fn forget_sessions(&self) {
        self.shared.change(|world| world.sessions.forget());
    }

    /// The connections go dead without a word, as when a cable is pulled: nothing is heard, nothing is said. New
    /// ones work, and replay what was missed.
    pub fn go_dead(&self) {
        self.shared.change(|world| world.sessions.go_dead());
    }

    /// The next so many connections to the gateway are taken, and never answered.
    pub fn leave_hanging(&self, connections: u32) {
        self.shared.change(|world| world.sessions.hanging = connections);
    }

    /// Whether new connections to the gateway are refused, as where it is out of order.
    pub fn refuse_connections(&self, refuses: bool) {
        self.shared.change(|world| world.sessions.refuses = refuses);
    }

    /// Sends the last event of each session once more, as a faulty network of Discord's may.
    pub fn repeat_last(&self) {
        self.shared.change(|world| world.sessions.repeat_last());
    }

    /// Acknowledges heartbeats, or no longer.
    pub fn acknowledge_heartbeats(&self, acknowledges: bool) {
        self.shared.change(|world| world.sessions.acknowledges = acknowledges);
    }

    /// Sends any event at all to every shard's session that this guild, or none, concerns.
    pub fn dispatch(&self, name: &str, data: Value, guild: Option<u64>) {
        let event = Event { name, data, guild, needs: 0, interaction: None };
        self.shared.change(|world| world.dispatch(&event));
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.server.abort();
        if !std::thread::panicking() {
            self.assert_clean();
        }
    }
}
