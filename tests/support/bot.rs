//! How is the real program run against the server? `footnote serve`, in a folder of its own with the shipped articles.
//!
//! Its log is kept. Only there, at debug level, is it said when an event cannot be parsed; so the program is run with
//! that level for that one target, a made-up event proves that the log really shows
//! such events, and dropping a [`Bot`] fails the test where the log shows any other.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::discord::world::{BOT, World};
use super::discord::{Discord, Shared, test_token};

/// The made-up event.
const PROBE: &str = "LOOPBACK_PROBE";

/// How it is said that an event could not be parsed, or a whole frame.
const UNPARSED: [&str; 2] = ["an event came that is not known", "Unhandled error: Json"];

/// What is logged, unless a test says otherwise: what the program itself logs, and what proves [`UNPARSED`].
const RUST_LOG: &str = "info,serenity=warn,footnote::discord::events=debug";

/// A running `footnote serve`. It is killed when dropped.
pub struct Bot {
    shared: Arc<Shared>,
    folder: tempfile::TempDir,
    process: Arc<Process>,
    is_probed: bool,
}

struct Process {
    child: Mutex<Child>,
    id: u32,
    log: Mutex<Vec<String>>,
    exit: Mutex<Option<ExitStatus>>,
}

impl Bot {
    /// Starts it with some variables set, and waits until it is connected and has registered its commands:
    /// the global ones, and those of each of HOME_GUILD_IDS.
    pub async fn start(discord: &Discord, variables: &[(&str, &str)]) -> Bot {
        let folder = Bot::folder();
        Bot::start_in(discord, folder, variables).await
    }

    /// As [`Bot::start`], in a folder made ready before.
    pub async fn start_in(discord: &Discord, folder: tempfile::TempDir, variables: &[(&str, &str)]) -> Bot {
        Bot::start_through(&[], discord, folder, variables).await
    }

    /// As [`Bot::start_in`], by a command that becomes the program whose name and arguments follow it.
    pub async fn start_through(
        command: &[&str],
        discord: &Discord,
        folder: tempfile::TempDir,
        variables: &[(&str, &str)],
    ) -> Bot {
        // An earlier bot may have been there: only what happens from now on counts.
        let (identified, requested) =
            discord.shared().see(|world| (world.sessions.identifies.len(), world.request_count()));
        let mut bot = Bot::spawn_through(command, discord, folder, variables);
        let homes =
            variables.iter().find(|(name, _)| *name == "HOME_GUILD_IDS").map_or("", |(_, homes)| homes);
        let homes = homes.split([',', ' ']).filter(|home| !home.is_empty());
        let mut lists: Vec<String> = homes.map(|home| format!("/guilds/{home}/commands")).collect();
        lists.push(format!("/applications/{BOT}/commands"));
        let is_ready = |world: &World| {
            let changes =
                world.requests_after(requested).iter().filter(|recorded| recorded.call.method != "GET");
            let changed: Vec<&str> = changes.map(|recorded| recorded.call.path.as_str()).collect();
            let are_registered = lists.iter().all(|list| changed.iter().any(|path| path.ends_with(list)));
            let is_connected = world.sessions.identifies.len() > identified && world.sessions.are_connected();
            (is_connected && are_registered).then_some(())
        };
        bot.shared.until("the bot to be connected and its commands to be registered", is_ready).await;
        discord.dispatch(PROBE, serde_json::json!({}), None);
        bot.logged(PROBE).await;
        bot.is_probed = true;
        bot
    }

    /// Starts it, and waits for nothing.
    pub fn spawn(discord: &Discord, folder: tempfile::TempDir, variables: &[(&str, &str)]) -> Bot {
        Bot::spawn_through(&[], discord, folder, variables)
    }

    fn spawn_through(
        through: &[&str],
        discord: &Discord,
        folder: tempfile::TempDir,
        variables: &[(&str, &str)],
    ) -> Bot {
        let mut words = through.iter().chain([&env!("CARGO_BIN_EXE_footnote"), &"serve"]);
        let mut command = Command::new(words.next().expect("at least the program"));
        command.args(words).current_dir(folder.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        // Nothing of the developer's own settings, such as a real token, may leak into a test.
        command.env_clear().env("DISCORD_TOKEN", test_token()).env("DISCORD_API_URL", discord.origin());
        command.env("RUST_LOG", RUST_LOG).env("RUST_BACKTRACE", "1").envs(variables.iter().copied());
        let shared = Arc::clone(discord.shared());
        let process = Process::start(&mut command, &shared);
        Bot { shared, folder, process, is_probed: false }
    }

    /// A folder with the shipped articles in `corpus`.
    pub fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &folder.path().join("corpus"));
        folder
    }

    /// The test has it get what cannot be parsed.
    pub fn expects_unparsed(&mut self) {
        self.is_probed = false;
    }

    /// Where its articles lie.
    pub fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    /// The folder it runs in.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.id
    }

    /// All lines it wrote so far, to stdout and to stderr.
    pub fn log(&self) -> Vec<String> {
        self.process.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it has written a line with `text` in it, and gives that line back.
    pub async fn logged(&self, text: &str) -> String {
        let find = || self.log().into_iter().find(|line| line.contains(text));
        self.shared.until(&format!("{text:?} in the bot's log"), |_| find()).await
    }

    /// Sends it a signal: `TERM`, `HUP`, `INT`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status();
        assert!(sent.expect("kill can be run").success(), "the signal {name} could not be sent");
    }

    /// Waits until it has ended by itself, and gives back its exit code: none where a signal killed it.
    pub async fn ended(&self) -> Option<i32> {
        let exit = || *self.process.exit.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.until("the bot to end", |_| exit()).await.code()
    }

    /// Asks it to end, and gives back its exit code and folder, so that another can be started there.
    pub async fn stop(mut self) -> (Option<i32>, tempfile::TempDir) {
        self.signal("TERM");
        let code = self.ended().await;
        let empty = tempfile::tempdir().expect("a temporary folder can be made");
        (code, std::mem::replace(&mut self.folder, empty))
    }

    fn assert_parsed(&self) {
        let log = self.log();
        let is_unparsed =
            |line: &&String| UNPARSED.iter().any(|start| line.contains(start)) && !line.contains(PROBE);
        let unparsed: Vec<_> = log.iter().filter(is_unparsed).collect();
        assert!(unparsed.is_empty(), "serenity could not parse these events: {unparsed:#?}");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.process.child.lock().unwrap_or_else(PoisonError::into_inner).kill();
        if std::thread::panicking() {
            eprintln!("the bot's log:\n{}", self.log().join("\n"));
        } else if self.is_probed {
            self.assert_parsed();
        }
    }
}

impl Process {
    /// Starts it, with a thread for each of its outputs; the last to end says that the process has.
    fn start(command: &mut Command, shared: &Arc<Shared>) -> Arc<Process> {
        let mut child = command.spawn().expect("the program can be started");
        let outputs: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|output| Box::new(output) as Box<dyn Read + Send>),
            child.stderr.take().map(|output| Box::new(output) as Box<dyn Read + Send>),
        ];
        let id = child.id();
        shared.bot_started(id);
        let (log, exit) = (Mutex::default(), Mutex::default());
        let process = Arc::new(Process { child: Mutex::new(child), id, log, exit });
        let readers: Vec<_> = outputs
            .into_iter()
            .flatten()
            .map(|output| {
                let (process, shared) = (Arc::clone(&process), Arc::clone(shared));
                std::thread::spawn(move || {
                    for line in BufReader::new(output).lines().map_while(Result::ok) {
                        process.log.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                        shared.change(|_| ());
                    }
                })
            })
            .collect();
        let (ending, shared) = (Arc::clone(&process), Arc::clone(shared));
        std::thread::spawn(move || {
            readers.into_iter().for_each(|reader| drop(reader.join()));
            let status = ending.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
            *ending.exit.lock().unwrap_or_else(PoisonError::into_inner) = status.as_ref().ok().copied();
            let log = ending.log.lock().unwrap_or_else(PoisonError::into_inner).join("\n");
            shared.bot_ended(id, format!("{status:?}; its log:\n{log}"));
        });
        process
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
