//! A bot as a process, and what it takes of the machine.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::discord::test_token;
use crate::support::discord::world::World;
use crate::support::{Bot, Discord};

/// A running bot. It is killed when dropped.
pub struct Program {
    child: Child,
    folder: tempfile::TempDir,
}

impl Program {
    /// `footnote serve` in a folder with the shipped articles, as it is shipped but for these variables; waits until
    /// it is connected.
    pub async fn footnote(discord: &Discord, variables: &[(&str, &str)]) -> Program {
        let program = Program::footnote_in(Bot::folder(), discord, variables);
        program.connected(discord).await;
        program
    }

    /// The same with the articles of a folder of its own; waits for nothing.
    pub fn footnote_in(folder: tempfile::TempDir, discord: &Discord, variables: &[(&str, &str)]) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_footnote"));
        command.arg("serve").env("DISCORD_TOKEN", test_token()).env("DISCORD_API_URL", discord.origin());
        command.envs(variables.iter().copied());
        Program::start(folder, command)
    }

    /// As [`Program::footnote`], where the disk takes so much longer each time something is written through to it.
    pub async fn footnote_slowed(discord: &Discord, disk: Duration) -> Program {
        let mut command = slowed(Path::new(env!("CARGO_BIN_EXE_footnote")), disk);
        command.arg("serve").env("DISCORD_TOKEN", test_token()).env("DISCORD_API_URL", discord.origin());
        let program = Program::start(Bot::folder(), command);
        program.connected(discord).await;
        program
    }

    /// The bare bot, as slowed; its lines go into `lines` in its folder, by one of the ways of [`crate::bare`], and
    /// `response` is all that it says.
    pub async fn bare(discord: &Discord, way: &str, response: &Value, disk: Duration) -> Program {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut command = slowed(&std::env::current_exe().expect("this program is a file"), disk);
        command.args(["bare", &discord.origin()]).arg(folder.path().join("lines")).arg(way);
        let file = folder.path().join("response.json");
        std::fs::write(&file, response.to_string()).expect("a file can be written");
        command.arg(file);
        let program = Program::start(folder, command);
        program.connected(discord).await;
        program
    }

    /// Its log goes to a file, as that of a service does.
    fn start(folder: tempfile::TempDir, mut command: Command) -> Program {
        let log = File::create(folder.path().join("log")).expect("a file can be made");
        let errors = log.try_clone().expect("a file can be held twice");
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(log).stderr(errors);
        for (name, _) in std::env::vars_os() {
            // Nothing of the developer's own settings, such as a real token, may leak into it.
            if !command.get_envs().any(|(set, _)| set == name) {
                command.env_remove(name);
            }
        }
        let child = command.spawn().expect("the program can be started");
        Program { child, folder }
    }

    /// Waits until it is connected.
    pub async fn connected(&self, discord: &Discord) {
        let is_ready = |world: &World| {
            let is_registered = world.commands.get(&None).is_some_and(|commands| !commands.is_empty());
            (is_registered && world.sessions.are_connected()).then_some(())
        };
        discord.shared().until("the bot to be connected", is_ready).await;
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("log")).unwrap_or_default()
    }

    /// Where it runs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The lines of its log at level warn and above.
    pub fn complaints(&self) -> Vec<String> {
        let is_complaint = |line: &&str| line.contains(" WARN ") || line.contains("ERROR ");
        self.log().lines().filter(is_complaint).map(str::to_owned).collect()
    }

    /// Sends it a signal: `HUP`, `TERM`.
    pub fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Asks it to end, and waits for that; gives back its folder.
    pub fn stop(mut self) -> tempfile::TempDir {
        self.signal("TERM");
        let status = self.child.wait().expect("the program can be waited for");
        assert!(status.success(), "the bot ended with {status}: {:#?}", self.complaints());
        let empty = tempfile::tempdir().expect("a temporary folder can be made");
        std::mem::replace(&mut self.folder, empty)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a program for which each `fsync` and `fdatasync` takes so much longer, by `strace`, which stops it at no other
/// call. The waits of several threads go on side by side.
fn slowed(program: &Path, disk: Duration) -> Command {
    if disk.is_zero() {
        return Command::new(program);
    }
    let mut command = Command::new("strace");
    // With -D it is strace that goes into the background: the process that is started is the program.
    command.args([
        "-D",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-o",
        "/dev/null",
        "-e",
        "trace=fsync,fdatasync",
        "-e",
    ]);
    command.arg(format!("inject=fsync,fdatasync:delay_exit={}", disk.as_micros())).arg(program);
    command
}

/// Sends a process a signal.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status();
    assert!(sent.expect("kill can be run").success(), "the signal {name} could not be sent");
}

/// What a process takes at a moment. All zero where it has ended, and on systems without `/proc`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    /// Resident memory, in KiB.
    pub memory_kib: u64,
    /// The most that it was.
    pub memory_most_kib: u64,
    /// Open files, sockets among them.
    pub files: usize,
    pub threads: u64,
    /// Time of processors it has used, in hundredths of a second.
    pub cpu_ticks: u64,
}

/// What a process takes now.
pub fn taken(process: u32) -> Taken {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let status = read("status");
    let line = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    };
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count);
    // The fields after the name in brackets, which may hold anything: user and system time are the 12th and 13th.
    let stat = read("stat");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    Taken {
        memory_kib: line("VmRSS"),
        memory_most_kib: line("VmHWM"),
        files,
        threads: line("Threads"),
        cpu_ticks: ticks(11) + ticks(12),
    }
}
