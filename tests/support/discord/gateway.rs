//! How do events reach the bot? The gateway: one WebSocket a shard, with identify, heartbeat and resume.
//!
//! An event is numbered and kept in the log of each session that should have it, whether that session is
//! connected or not; a resume replays what was missed.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Shared;
use super::mentions::snowflake;
use super::objects;
use super::world::{BOT, World};

/// Intents of Discord's gateway.
pub mod intent {
    pub const GUILDS: u64 = 1 << 0;
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Guild Members, Guild Presences: granted to no application here.
    pub const NEVER_GRANTED: u64 = (1 << 1) | (1 << 8);
    /// All that there are.
    pub const ALL: u64 = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}

/// How many events a session keeps for a resume: more than any test lets a bot miss.
const LOG_EVENTS_MAX: usize = 4096;

/// Discord closes with 4002 on anything longer.
const FRAME_BYTES_MAX: usize = 4096;

/// What a bot said when it identified.
#[derive(Debug, Clone)]
pub struct Identify {
    pub intents: u64,
    /// Number of the shard, and of how many.
    pub shard: (u64, u64),
    /// The presence with which it came online; null where it named none.
    pub presence: Value,
}

/// Every session, and what was said on them.
pub struct Sessions {
    list: Vec<Session>,
    connections: u64,
    /// How often the bot should send a heartbeat.
    pub heartbeat_interval_ms: u64,
    /// Whether heartbeats are acknowledged.
    pub acknowledges: bool,
    pub identifies: Vec<Identify>,
    /// Presence updates, in their order.
    pub presences: Vec<Value>,
    pub heartbeats: usize,
    /// Resumes that were granted.
    pub resumes: usize,
    /// How many connections are yet to be taken and never answered.
    pub hanging: u32,
    /// Whether new connections are refused.
    pub refuses: bool,
}

struct Session {
    id: String,
    intents: u64,
    shard: (u64, u64),
    compress: bool,
    sequence: u64,
    log: VecDeque<(u64, Outgoing)>,
    link: Option<Link>,
}

/// The connection that a session has now.
struct Link {
    connection: u64,
    sender: UnboundedSender<Outgoing>,
}

/// What is put on the wire.
#[derive(Clone)]
enum Outgoing {
    Text(String),
    /// Compressed by zlib, as large events are for who asked for it.
    Packed(String),
    /// An INTERACTION_CREATE; its leaving is noted.
    Interaction {
        text: String,
        token: String,
    },
    Close(u16),
    /// The connection breaks without a word.
    Abort,
    /// The connection stays, and nothing comes over it any more.
    Dead,
}

/// An event on its way to the sessions that should have it.
pub struct Event<'a> {
    pub name: &'a str,
    pub data: Value,
    pub guild: Option<u64>,
    /// Intents without which it is not sent; none where 0.
    pub needs: u64,
    /// The token of an INTERACTION_CREATE.
    pub interaction: Option<String>,
}

impl Sessions {
    /// None yet.
    pub fn new(heartbeat_interval_ms: u64) -> Sessions {
        Sessions {
            list: Vec::new(),
            connections: 0,
            heartbeat_interval_ms,
            acknowledges: true,
            identifies: Vec::new(),
            presences: Vec::new(),
            heartbeats: 0,
            resumes: 0,
            hanging: 0,
            refuses: false,
        }
    }

    /// Whether every shard is connected.
    pub fn are_connected(&self) -> bool {
        let expected = self.list.first().map_or(1, |session| session.shard.1);
        self.live() as u64 >= expected
    }

    /// How many connections have a session.
    pub fn live(&self) -> usize {
        self.list.iter().filter(|session| session.link.is_some()).count()
    }

    /// Says something to all that are connected, outside of the numbered events.
    pub fn say(&self, op: u64, data: Value) {
        let text = json!({"op": op, "d": data, "s": null, "t": null}).to_string();
        for link in self.list.iter().filter_map(|session| session.link.as_ref()) {
            let _ = link.sender.send(Outgoing::Text(text.clone()));
        }
    }

    /// Closes all connections with a code; without one they break off. The sessions stay, and gather what
    /// they miss.
    pub fn disconnect(&mut self, code: Option<u16>) {
        let out = code.map_or(Outgoing::Abort, Outgoing::Close);
        for link in self.list.iter_mut().filter_map(|session| session.link.take()) {
            let _ = link.sender.send(out.clone());
        }
    }

    /// The connections stay, dead; their sessions gather what they miss.
    pub fn go_dead(&mut self) {
        for link in self.list.iter_mut().filter_map(|session| session.link.take()) {
            let _ = link.sender.send(Outgoing::Dead);
        }
    }

    /// Whether this new connection is one that is never answered.
    pub fn leaves_hanging(&mut self) -> bool {
        let hangs = self.hanging > 0;
        self.hanging = self.hanging.saturating_sub(1);
        hangs
    }

    /// Sends the last event of each session once more, with the number it had.
    pub fn repeat_last(&self) {
        for session in &self.list {
            if let (Some(link), Some((_, last))) = (&session.link, session.log.back()) {
                let _ = link.sender.send(last.clone());
            }
        }
    }

    /// Breaks all connections off and forgets all sessions, so that no resume is granted.
    pub fn forget(&mut self) {
        self.disconnect(None);
        self.list.clear();
    }
}

impl World {
    /// Sends an event to the sessions that should have it.
    pub fn dispatch(&mut self, event: &Event<'_>) {
        for session in &mut self.sessions.list {
            let (shard, shards) = session.shard;
            let place = event.guild.map_or(0, |guild| (guild >> 22) % shards);
            if place == shard && session.intents & event.needs == event.needs {
                session.send(event);
            }
        }
    }
}

impl Session {
    fn send(&mut self, event: &Event<'_>) {
        self.sequence += 1;
        let mut payload = json!({"op": 0, "t": event.name, "s": self.sequence, "d": event.data});
        if event.name.starts_with("MESSAGE_") && self.intents & intent::MESSAGE_CONTENT == 0 {
            withhold_content(&mut payload["d"]);
        }
        let text = payload.to_string();
        let out = match &event.interaction {
            Some(token) => Outgoing::Interaction { text, token: token.clone() },
            None if self.compress && matches!(event.name, "READY" | "GUILD_CREATE") => Outgoing::Packed(text),
            None => Outgoing::Text(text),
        };
        if self.log.len() == LOG_EVENTS_MAX {
            self.log.pop_front();
        }
        self.log.push_back((self.sequence, out.clone()));
        if let Some(link) = &self.link {
            let _ = link.sender.send(out);
        }
    }
}

/// Empties what the Message Content intent is for, save in direct messages, in what the bot itself wrote, and
/// where the bot is mentioned or its message replied to with a ping.
fn withhold_content(message: &mut Value) {
    let bot = json!(BOT.to_string());
    let mentions = message["mentions"].as_array();
    let is_addressed = mentions.is_some_and(|users| users.iter().any(|user| user["id"] == bot));
    if message["guild_id"].is_null() || message["author"]["id"] == bot || is_addressed {
        return;
    }
    message["content"] = json!("");
    for field in ["embeds", "attachments", "components"] {
        message[field] = json!([]);
    }
}

/// Serves one connection to its end.
pub async fn serve(mut socket: WebSocket, shared: Arc<Shared>) {
    let (sender, outgoing) = unbounded_channel();
    let (connection, interval_ms) = shared.change(|world| {
        world.sessions.connections += 1;
        (world.sessions.connections, world.sessions.heartbeat_interval_ms)
    });
    let hello = json!({"op": 10, "d": {"heartbeat_interval": interval_ms}, "s": null, "t": null});
    if socket.send(Frame::text(hello.to_string())).await.is_ok() {
        talk(&mut socket, &shared, connection, sender, outgoing).await;
    }
    shared.change(|world| {
        let lost = |link: &Link| link.connection == connection;
        for session in
            world.sessions.list.iter_mut().filter(|session| session.link.as_ref().is_some_and(lost))
        {
            session.link = None;
        }
    });
}

async fn talk(
    socket: &mut WebSocket,
    shared: &Shared,
    connection: u64,
    sender: UnboundedSender<Outgoing>,
    mut outgoing: UnboundedReceiver<Outgoing>,
) {
    loop {
        tokio::select! {
            out = outgoing.recv() => {
                let frame = match out {
                    None | Some(Outgoing::Abort) => return,
                    Some(Outgoing::Close(code)) => return close(socket, code).await,
                    // Until the other side gives up.
                    Some(Outgoing::Dead) => return while socket.recv().await.is_some_and(|frame| frame.is_ok()) {},
                    Some(Outgoing::Text(text)) => Frame::text(text),
                    Some(Outgoing::Packed(text)) => Frame::binary(packed(&text)),
                    Some(Outgoing::Interaction { text, token }) => {
                        shared.note(|world| {
                            if let Some(interaction) = world.interactions.get_mut(&token) {
                                interaction.sent.get_or_insert_with(Instant::now);
                            }
                        });
                        Frame::text(text)
                    }
                };
                if socket.send(frame).await.is_err() {
                    return;
                }
            }
            frame = socket.recv() => {
                let text = match frame {
                    Some(Ok(Frame::Text(text))) => text,
                    Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => continue,
                    Some(Ok(Frame::Binary(_))) => return close(socket, 4002).await,
                    Some(Ok(Frame::Close(_)) | Err(_)) | None => return,
                };
                let link = Link { connection, sender: sender.clone() };
                if let Err(code) = shared.change(|world| listen(world, link, &text)) {
                    return close(socket, code).await;
                }
            }
        }
    }
}

/// Closes, and reads on for the answer: a socket dropped with unread bytes would swallow the close code.
async fn close(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "closed by the loopback server".into() };
    if socket.send(Frame::Close(Some(frame))).await.is_ok() {
        let answered = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = tokio::time::timeout(Duration::from_secs(1), answered).await;
    }
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// Takes one frame of the bot's; an error is the code to close with.
fn listen(world: &mut World, link: Link, text: &str) -> Result<(), u16> {
    let frame: Value = serde_json::from_str(text).map_err(|_| 4002_u16)?;
    if text.len() > FRAME_BYTES_MAX {
        world.violate(
            "gateway",
            format!("a frame of {} bytes, where {FRAME_BYTES_MAX} may be sent", text.len()),
        );
        return Err(4002);
    }
    let own = |session: &Session| session.link.as_ref().is_some_and(|own| own.connection == link.connection);
    let is_identified = world.sessions.list.iter().any(own);
    let data = &frame["d"];
    match frame["op"].as_u64() {
        Some(1) => {
            world.sessions.heartbeats += 1;
            if world.sessions.acknowledges {
                let ack = json!({"op": 11, "d": null, "s": null, "t": null});
                let _ = link.sender.send(Outgoing::Text(ack.to_string()));
            }
            Ok(())
        }
        Some(2 | 6) if is_identified => Err(4005),
        Some(2) => identify(world, link, data),
        Some(6) => resume(world, link, data),
        _ if !is_identified => Err(4003),
        Some(3) => {
            world.sessions.presences.push(data.clone());
            Ok(())
        }
        _ => {
            world.violate("gateway", format!("op {} is not one a bot sends", frame["op"]));
            Err(4001)
        }
    }
}

/// Whether a frame has the right token: Discord takes it with `Bot ` before it, too, and serenity sends it so.
fn is_token(world: &World, data: &Value) -> bool {
    let given = data["token"].as_str().unwrap_or_default();
    given.strip_prefix("Bot ").unwrap_or(given) == world.token
}

fn identify(world: &mut World, link: Link, data: &Value) -> Result<(), u16> {
    if !is_token(world, data) {
        return Err(4004);
    }
    let shard = match &data["shard"] {
        Value::Null => (0, 1),
        shard => (shard[0].as_u64().ok_or(4010_u16)?, shard[1].as_u64().ok_or(4010_u16)?),
    };
    let intents = data["intents"].as_u64().ok_or(4013_u16)?;
    let granted = if world.message_content { intent::MESSAGE_CONTENT } else { 0 };
    if shard.0 >= shard.1 {
        return Err(4010);
    } else if intents & !intent::ALL != 0 {
        return Err(4013);
    } else if intents & (intent::MESSAGE_CONTENT | intent::NEVER_GRANTED) & !granted != 0 {
        return Err(4014);
    }
    world.sessions.identifies.push(Identify { intents, shard, presence: data["presence"].clone() });
    let id = format!("{:032x}", world.new_id());
    let compress = data["compress"] == true;
    let mut session =
        Session { id, intents, shard, compress, sequence: 0, log: VecDeque::new(), link: Some(link) };
    let on_shard = |guild: &&u64| (**guild >> 22) % shard.1 == shard.0;
    let guilds: Vec<u64> = world.guilds.keys().filter(on_shard).copied().collect();
    let unavailable: Vec<Value> =
        guilds.iter().map(|id| json!({"id": id.to_string(), "unavailable": true})).collect();
    let ready = json!({
        "v": 10, "user": objects::own_user(), "guilds": unavailable, "session_id": session.id,
        "resume_gateway_url": world.origin.replacen("http", "ws", 1), "session_type": "normal",
        "shard": [shard.0, shard.1], "private_channels": [], "relationships": [], "presences": [],
        "application": {"id": BOT.to_string(), "flags": objects::application(world)["flags"]},
    });
    session.send(&Event { name: "READY", data: ready, guild: None, needs: 0, interaction: None });
    if intents & intent::GUILDS != 0 {
        for id in guilds {
            let data = objects::guild_create(world, id);
            session.send(&Event { name: "GUILD_CREATE", data, guild: Some(id), needs: 0, interaction: None });
        }
    }
    // A shard has one session: who identifies anew has given up the old one.
    world.sessions.list.retain(|old| old.shard != shard);
    world.sessions.list.push(session);
    Ok(())
}

fn resume(world: &mut World, link: Link, data: &Value) -> Result<(), u16> {
    if !is_token(world, data) {
        return Err(4004);
    }
    let seen = snowflake(&data["seq"]).unwrap_or(0);
    // A session whose log no longer reaches back to what was seen last cannot be resumed.
    let reaches = |session: &Session| session.log.front().is_none_or(|(first, _)| *first <= seen + 1);
    let mut sessions = world.sessions.list.iter_mut();
    let session = sessions.find(|session| data["session_id"] == session.id.as_str() && reaches(session));
    let Some(session) = session else {
        let refused = json!({"op": 9, "d": false, "s": null, "t": null});
        let _ = link.sender.send(Outgoing::Text(refused.to_string()));
        return Ok(());
    };
    if seen > session.sequence {
        return Err(4007);
    }
    for (_, missed) in session.log.iter().filter(|(sequence, _)| *sequence > seen) {
        let _ = link.sender.send(missed.clone());
    }
    session.link = Some(link);
    let data = json!({"_trace": ["loopback"]});
    session.send(&Event { name: "RESUMED", data, guild: None, needs: 0, interaction: None });
    world.sessions.resumes += 1;
    Ok(())
}
