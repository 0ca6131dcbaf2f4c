//! What is a server made with? Its clock, its guilds and their furniture, its port.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::serve::ListenerExt as _;
use tokio::sync::watch;

use super::clock::Clock;
use super::gateway::{self, Sessions};
use super::openapi::{self, OpenApi};
use super::rest;
use super::world::{BOT, Channel, ChannelKind, Guild, Role, World, permission};
use super::{Discord, ELSEWHERE, HOME, Process, Shared};
use super::{forum, forum_post, general, managers_role, moderators_role, test_token, thread};

/// What the server is made with.
pub struct Setup {
    clock: Clock,
    guilds: Vec<u64>,
    message_content: bool,
    heartbeat_interval_ms: u64,
}

impl Setup {
    /// As most tests want it.
    pub(super) fn new() -> Setup {
        Setup {
            clock: Clock::running(),
            guilds: vec![HOME, ELSEWHERE],
            message_content: false,
            // Discord's own.
            heartbeat_interval_ms: 41_250,
        }
    }

    /// Goes by another clock.
    pub fn clock(self, clock: Clock) -> Setup {
        Setup { clock, ..self }
    }

    /// Has these guilds, instead of [`HOME`] and [`ELSEWHERE`].
    pub fn guilds(self, guilds: impl IntoIterator<Item = u64>) -> Setup {
        Setup { guilds: guilds.into_iter().collect(), ..self }
    }

    /// Grants the application the Message Content intent.
    pub fn message_content(self) -> Setup {
        Setup { message_content: true, ..self }
    }

    /// Asks for a heartbeat so often, in milliseconds.
    pub fn heartbeat_interval_ms(self, heartbeat_interval_ms: u64) -> Setup {
        Setup { heartbeat_interval_ms, ..self }
    }

    /// Starts the server on a free port.
    pub async fn start(self) -> Discord {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let mut world = World {
            clock: Arc::new(self.clock),
            origin: format!("http://{address}"),
            token: test_token(),
            message_content: self.message_content,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: HashMap::new(),
            commands: BTreeMap::new(),
            sessions: Sessions::new(self.heartbeat_interval_ms),
            requests: Vec::new(),
            forgotten: 0,
            violations: Vec::new(),
            outcomes: None,
            told: HashSet::new(),
            faults: Vec::new(),
            uploads: BTreeMap::new(),
            typing: Vec::new(),
            ids: 0,
        };
        self.guilds.into_iter().for_each(|guild| settle(&mut world, guild));
        let openapi = OpenApi::from_environment();
        if openapi.is_none() {
            eprintln!(
                "skipped: checks against Discord's OpenAPI file, since {} is not set",
                openapi::VARIABLE
            );
        }
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            changed: watch::channel(()).0,
            bot: Mutex::new(Process::default()),
            openapi,
        });
        let upgrade = |State(shared): State<Arc<Shared>>, socket: WebSocketUpgrade| async move {
            if shared.change(|world| world.sessions.leaves_hanging()) {
                std::future::pending::<()>().await;
            }
            if shared.see(|world| world.sessions.refuses) {
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
            socket.on_upgrade(|socket| gateway::serve(socket, shared))
        };
        let routes = Router::new().route("/", axum::routing::get(upgrade)).fallback(rest::serve);
        let routes = routes.with_state(Arc::clone(&shared));
        // Without this a reply would wait for the acknowledgement of the packet before it.
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("TCP knows no delay"));
        let server = tokio::spawn(async move { axum::serve(listener, routes).await });
        Discord { shared, server }
    }
}

/// Furnishes a guild: three roles, a text channel with a thread, a forum with a post.
fn settle(world: &mut World, id: u64) {
    let role = |name: &str, permissions| Role { name: name.to_owned(), permissions };
    let roles = BTreeMap::from([
        (id, role("@everyone", permission::EVERYONE)),
        (managers_role(id), role("Managers", permission::MANAGE_GUILD)),
        (moderators_role(id), role("Moderators", 0)),
    ]);
    let members = BTreeMap::from([(BOT, BTreeSet::new())]);
    let name = format!("guild {id}");
    world.guilds.insert(id, Guild { id, name, locale: "en-US".to_owned(), roles, members });
    let places = [
        (general(id), ChannelKind::Text, "general", None),
        (thread(id), ChannelKind::Thread, "a thread", Some(general(id))),
        (forum(id), ChannelKind::Forum, "questions", None),
        (forum_post(id), ChannelKind::Thread, "a post", Some(forum(id))),
    ];
    for (channel, kind, name, parent) in places {
        let channel = Channel {
            id: channel,
            kind,
            name: name.to_owned(),
            guild: Some(id),
            parent,
            recipient: None,
            denied: 0,
        };
        world.channels.insert(channel.id, channel);
    }
}
