//! The connection to Discord: which server, which intents, what is kept in memory.

use std::sync::Arc;
use std::time::Duration;

use poise::FrameworkOptions;
use secrecy::ExposeSecret;
use serenity::cache::Settings as CacheSettings;
use serenity::client::{Client, ClientBuilder};
use serenity::http::{Http, HttpBuilder};
use serenity::model::application::ApplicationFlags;
use serenity::model::gateway::GatewayIntents;
use url::{Host, Url};

use super::bot::{Bot, NoFault};
use super::presence::Status;
use super::settings::{BotSettings, Shards};
use super::under_way::SENDING_MAX;
use super::{ServeError, commands, events, fault, register, reply};

/// How long a request to Discord may take in all, and until there is a connection.
pub(super) const REQUEST_MAX: Duration = Duration::from_secs(10);
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// How long it is waited until Discord is tried to be reached again: the first time, and at most.
const REBUILD_WAIT_MIN: Duration = Duration::from_secs(1);
const REBUILD_WAIT_MAX: Duration = Duration::from_secs(60);

/// The gateway that serenity takes where it could not ask for one.
const GATEWAY_UNASKED: &str = "wss://gateway.discord.gg";

/// What the bot wants to hear of: more where it is to answer posts that do not address it.
fn intents(settings: &BotSettings) -> GatewayIntents {
    match settings.message_content {
        true => INTENTS.union(GatewayIntents::MESSAGE_CONTENT),
        false => INTENTS,
    }
}

/// Where the bot asks for the content of messages and Discord has not granted that, it would end the connection
/// with no more than a number: looked for before connecting.
async fn check_message_content(settings: &BotSettings, http: &Http) -> Result<(), ServeError> {
    if !settings.message_content {
        return Ok(());
    }
    let granted =
        ApplicationFlags::GATEWAY_MESSAGE_CONTENT | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
    match http.get_current_application_info().await {
        Ok(application) if application.flags.is_some_and(|flags| flags.intersects(granted)) => Ok(()),
        Ok(_) => Err(ServeError::MessageContent),
        Err(error) if fault::is_bad_token(&error) => Err(ServeError::TokenRefused),
        Err(error) => Err(ServeError::Connect { reason: fault::describe(&error) }),
    }
}

/// What the bot always wants to hear of: guilds, so that Discord counts it as a member of them, and messages, of
/// which it sees the content where it is mentioned or written to directly. None of these is privileged.
/// <https://discord.com/developers/docs/events/gateway#gateway-intents>
pub const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// A client that is ready to start, with the status its shards begin with. Where Discord cannot be reached it is
/// tried again and again: a machine may start before its network.
///
/// # Errors
///
/// Where the token is none, or the gateway that the server names is not on the server's own host.
pub async fn build(bot: &Arc<Bot>) -> Result<(Client, Status), ServeError> {
    check(&bot.settings)?;
    if let Some(url) = &bot.settings.api_url {
        tracing::warn!(%url, "DISCORD_API_URL is set: the token and every answer go to that server, not to Discord");
    }
    let mut wait = REBUILD_WAIT_MIN;
    loop {
        match try_build(bot).await {
            Err(ServeError::Connect { reason }) => {
                tracing::warn!(
                    reason,
                    wait_s = wait.as_secs(),
                    "Discord cannot be reached: it is tried again"
                );
                tokio::time::sleep(wait).await;
                wait = REBUILD_WAIT_MAX.min(wait * 2);
            }
            built => return built,
        }
    }
}

/// One try of [`build`].
async fn try_build(bot: &Arc<Bot>) -> Result<(Client, Status), ServeError> {
    let status = Status::now(bot);
    let http = http(&bot.settings)?;
    check_message_content(&bot.settings, &http).await?;
    let client = ClientBuilder::new_with_http(http, intents(&bot.settings))
        .cache_settings(cache_settings())
        .activity(status.activity())
        .status(status.mark())
        .raw_event_handler(events::Unknown)
        .framework(framework(bot))
        .await
        .map_err(|error| match fault::is_bad_token(&error) {
            true => ServeError::TokenRefused,
            false => ServeError::Connect { reason: fault::describe(&error) },
        })?;
    if let Some(api) = &bot.settings.api_url {
        check_gateway(api, &client.ws_url.lock().await)?;
    }
    Ok((client, status))
}

/// Connects, and runs until the connection ends for good: on these shards, or on as many as Discord recommends.
///
/// # Errors
///
/// Why it ended.
pub async fn start(client: &mut Client, shards: Option<Shards>) -> Result<(), serenity::Error> {
    match shards {
        None => match client.start_autosharded().await {
            // Only the question how many it recommends goes over HTTP. One shard serves 2,500 guilds.
            Err(error @ serenity::Error::Http(_)) if fault::may_pass(&error) => {
                tracing::warn!(
                    error = fault::describe(&error),
                    "Discord did not say how many shards to run: one"
                );
                client.start().await
            }
            ended => ended,
        },
        // Serenity's range takes its end in.
        Some(Shards { first, last, total }) => client.start_shard_range(first..last, total).await,
    }
}

/// Whether these settings can work, as far as can be told without a connection.
pub fn check(settings: &BotSettings) -> Result<(), ServeError> {
    check_token(settings)?;
    settings.api_url.as_ref().map_or(Ok(()), check_api_url)
}

/// Whether this can be a token at all, so that a slip is told before anything is sent. Another server than
/// Discord may have tokens of its own form.
fn check_token(settings: &BotSettings) -> Result<(), ServeError> {
    let token = settings.token.expose_secret().trim();
    if token.is_empty() {
        return Err(ServeError::TokenMissing);
    }
    let well_formed = serenity::utils::validate_token(token).is_ok() && token.is_ascii();
    if settings.api_url.is_none() && !well_formed {
        return Err(ServeError::TokenMalformed);
    }
    Ok(())
}

fn http(settings: &BotSettings) -> Result<Http, ServeError> {
    // Serenity's own client waits for ever for a server that says nothing.
    let client = reqwest::Client::builder()
        .use_rustls_tls()
        .connect_timeout(CONNECT_MAX)
        .timeout(REQUEST_MAX)
        // Without an end to it, all are kept that were ever needed at once, at 30 kB each.
        .pool_max_idle_per_host(SENDING_MAX);
    let client = client.build().map_err(|error| ServeError::Connect { reason: error.to_string() })?;
    let mut http = HttpBuilder::new(settings.token.expose_secret())
        .client(client)
        .default_allowed_mentions(reply::no_mentions());
    if let Some(url) = &settings.api_url {
        // With the ratelimiter on, serenity ignores the proxy without a word and calls Discord.
        http = http.proxy(url.as_str()).ratelimiter_disabled(true);
    }
    Ok(http.build())
}

/// Nothing is looked up in the cache but the bot's own user, which is always kept.
fn cache_settings() -> CacheSettings {
    let mut settings = CacheSettings::default();
    settings.max_messages = 0;
    settings.cache_guilds = false;
    settings.cache_channels = false;
    settings.cache_users = false;
    settings
}

fn framework(bot: &Arc<Bot>) -> poise::Framework<Arc<Bot>, NoFault> {
    let options = FrameworkOptions {
        commands: commands::all(&bot.settings),
        on_error: |error| Box::pin(events::on_error(error)),
        command_check: Some(|ctx| Box::pin(async move { Ok(events::is_new_command(ctx).await) })),
        event_handler: |framework, event| Box::pin(events::on_event(framework, event)),
        // Poise's own default still pings users and who is replied to.
        allowed_mentions: Some(reply::no_mentions()),
        manual_cooldowns: true,
        prefix_options: poise::PrefixFrameworkOptions { mention_as_prefix: false, ..Default::default() },
        ..Default::default()
    };
    let bot = Arc::clone(bot);
    poise::Framework::builder()
        .options(options)
        .initialize_owners(false)
        // Were this to fail, poise would let every event wait for ever. It cannot: `NoFault`.
        .setup(move |context, ready, _| {
            Box::pin(async move {
                tracing::info!(bot = %ready.user.name, guilds = ready.guilds.len(), "connected to Discord");
                tokio::spawn(register::everywhere(Arc::clone(&bot), Arc::clone(&context.http)));
                Ok(bot)
            })
        })
        .build()
}

/// The token goes over a plain connection to this machine alone.
fn check_api_url(url: &Url) -> Result<(), ServeError> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        _ => Err(ServeError::ApiUrl { url: url.to_string() }),
    }
}

/// Where the server's gateway cannot be asked for, serenity falls back to Discord's own: the token of a test
/// would go there, or the other way round.
fn check_gateway(api: &Url, gateway: &str) -> Result<(), ServeError> {
    if gateway == GATEWAY_UNASKED {
        return Err(ServeError::Connect { reason: format!("`{api}` does not tell its gateway") });
    }
    let elsewhere = || ServeError::Gateway { api: api.to_string(), gateway: gateway.to_owned() };
    let url = Url::parse(gateway).map_err(|_| elsewhere())?;
    let same_host = url.host().is_some() && url.host() == api.host() || is_loopback(&url) && is_loopback(api);
    let allowed = match url.scheme() {
        "wss" => same_host,
        "ws" => same_host && is_loopback(&url),
        _ => false,
    };
    if allowed { Ok(()) } else { Err(elsewhere()) }
}

/// Whether an address leads to this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a url")
    }

    #[test]
    fn plain_http_goes_to_this_machine_alone() {
        for good in ["http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:1", "https://proxy.example"]
        {
            assert!(check_api_url(&url(good)).is_ok(), "{good}");
        }
        for bad in
            ["http://proxy.example", "http://192.168.0.1:80", "ftp://127.0.0.1", "http://localhost.example"]
        {
            assert!(check_api_url(&url(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_gateway_must_be_on_the_same_host() {
        let table = [
            ("http://127.0.0.1:4000", "ws://127.0.0.1:4001", true),
            ("http://127.0.0.1:4000", "ws://localhost:4000/?v=10", true),
            ("https://proxy.example", "wss://proxy.example", true),
            ("https://proxy.example", "ws://proxy.example", false),
            ("https://proxy.example", "wss://gateway.discord.gg", false),
            ("http://127.0.0.1:4000", "wss://gateway.discord.gg", false),
            ("http://127.0.0.1:4000", "ws://127.0.0.1.example", false),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000", false),
            ("http://127.0.0.1:4000", "nonsense", false),
        ];
        for (api, gateway, expected) in table {
            assert_eq!(check_gateway(&url(api), gateway).is_ok(), expected, "{api} {gateway}");
        }
    }

    #[test]
    fn a_token_of_the_wrong_form_is_told_without_showing_it() {
        let check = |token: &str, api_url: Option<Url>| {
            let settings = BotSettings { api_url, ..BotSettings::new(token.to_owned().into()) };
            assert!(!format!("{settings:?}").contains("hunter2"));
            check_token(&settings).map_err(|error| error.to_string())
        };
        assert!(check("a.b.c", None).is_ok());
        assert!(check("hunter2", Some(url("http://127.0.0.1:1"))).is_ok());
        for token in ["", "  ", "hunter2", "hunter2.x", "hunter2.x.y.z", "hünter2.x.y"] {
            let error = check(token, None).expect_err("no token");
            assert!(error.contains("DISCORD_TOKEN") && error.contains("Reset Token"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
