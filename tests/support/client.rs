//! How does serenity alone fare against the server? A client with no framework: it hands every event to the test,
//! which answers by serenity's own builders.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ActivityData, ClientBuilder, Context, Event, GatewayIntents, Http, HttpBuilder, Interaction,
    OnlineStatus, RawEventHandler, ShardManager, async_trait,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::discord::Discord;

/// How long an event is waited for before the test fails.
const FAILSAFE: Duration = Duration::from_secs(30);

/// A running client. Dropping it fails the test where serenity met an event that it could not parse.
pub struct Client {
    pub http: Arc<Http>,
    events: UnboundedReceiver<Event>,
    unparsed: Vec<String>,
    shards: Arc<ShardManager>,
    running: JoinHandle<serenity::Result<()>>,
}

struct Raw(UnboundedSender<Event>);

#[async_trait]
impl RawEventHandler for Raw {
    async fn raw_event(&self, _: Context, event: Event) {
        // Nobody listens any more once the test is over.
        let _ = self.0.send(event);
    }
}

impl Client {
    /// Connects with the right token, and waits until all guilds have come.
    pub async fn connect(discord: &Discord, intents: GatewayIntents) -> Client {
        let token = discord.shared().see(|world| world.token.clone());
        let mut client = Client::start(discord, &token, intents).await;
        client.event(|event| matches!(event, Event::Ready(_)).then_some(())).await;
        for _ in 0..discord.shared().see(|world| world.guilds.len()) {
            client.event(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
        }
        client
    }

    /// Starts with any token, and waits for nothing.
    pub async fn start(discord: &Discord, token: &str, intents: GatewayIntents) -> Client {
        let http = HttpBuilder::new(token).proxy(discord.origin()).ratelimiter_disabled(true).build();
        let (sender, events) = unbounded_channel();
        let builder = ClientBuilder::new_with_http(http, intents).raw_event_handler(Raw(sender));
        let mut client = builder.await.expect("building asks nothing but the gateway's address");
        let socket = discord.origin().replacen("http", "ws", 1);
        assert_eq!(*client.ws_url.lock().await, socket, "serenity would talk to the real Discord");
        let (http, shards) = (Arc::clone(&client.http), Arc::clone(&client.shard_manager));
        let running = tokio::spawn(async move { client.start().await });
        Client { http, events, unparsed: Vec::new(), shards, running }
    }

    /// Waits for the next event that `pick` picks; those before it are passed over.
    pub async fn event<T>(&mut self, pick: impl Fn(Event) -> Option<T>) -> T {
        loop {
            let next = tokio::time::timeout(FAILSAFE, self.events.recv()).await;
            let Ok(event) = next else {
                panic!("waited {FAILSAFE:?} for an event; serenity could not parse {:?}", self.unparsed);
            };
            let event = event.expect("serenity still runs");
            self.note(&event);
            if let Some(picked) = pick(event) {
                return picked;
            }
        }
    }

    /// Waits for the next interaction.
    pub async fn interaction(&mut self) -> Interaction {
        self.event(|event| match event {
            Event::InteractionCreate(created) => Some(created.interaction),
            _ => None,
        })
        .await
    }

    /// Waits for the next message, whoever wrote it.
    pub async fn message(&mut self) -> serenity::all::Message {
        self.event(|event| match event {
            Event::MessageCreate(created) => Some(created.message),
            _ => None,
        })
        .await
    }

    /// Waits for the next message of one person.
    pub async fn message_of(&mut self, author: u64) -> serenity::all::Message {
        loop {
            let message = self.message().await;
            if message.author.id.get() == author {
                return message;
            }
        }
    }

    /// Sets the presence of all shards.
    pub async fn set_presence(&self, activity: Option<ActivityData>, status: OnlineStatus) {
        for shard in self.shards.runners.lock().await.values() {
            shard.runner_tx.set_presence(activity.clone(), status);
        }
    }

    /// The names of the events so far that serenity could not parse; forgets them, for tests that send some.
    pub fn take_unparsed(&mut self) -> Vec<String> {
        while let Ok(event) = self.events.try_recv() {
            self.note(&event);
        }
        std::mem::take(&mut self.unparsed)
    }

    /// Waits until the client gives up, and gives back why.
    pub async fn ended(&mut self) -> serenity::Result<()> {
        let ended = tokio::time::timeout(FAILSAFE, &mut self.running).await;
        ended.expect("the client gives up in time").expect("the client does not panic")
    }

    /// Disconnects as a bot that shuts down does.
    pub async fn shut_down(&mut self) {
        self.shards.shutdown_all().await;
    }

    fn note(&mut self, event: &Event) {
        if let Event::Unknown(unknown) = event {
            self.unparsed.push(unknown.kind.clone());
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.running.abort();
        let unparsed = self.take_unparsed();
        if !std::thread::panicking() {
            assert!(unparsed.is_empty(), "serenity could not parse these events: {unparsed:?}");
        }
    }
}
