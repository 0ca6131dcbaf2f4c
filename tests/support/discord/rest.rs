//! Which requests does the server take? It reads them, checks them, finds their route, and answers.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::Shared;
use super::error::{ApiError, FormErrors};
use super::limits::items;
use super::mentions::snowflake;
use super::world::{BOT, World};
use super::{commands, interactions, messages, objects, second};

/// Bodies longer than this are refused, in bytes: more than a bot may upload.
const BODY_BYTES_MAX: usize = 26 * 1024 * 1024;

/// A request of the bot's.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: String,
    /// After `/api/v10`.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub authorization: String,
    /// The JSON, or `payload_json`; null where there is none.
    pub body: Value,
    pub files: Vec<File>,
    /// When it had wholly arrived.
    pub arrived: Instant,
}

/// A file that came with a request.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// A request and how it was answered.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub call: Call,
    pub status: u16,
}

/// Something that goes wrong once, with a request that fits.
#[derive(Debug, Clone)]
pub struct Fault {
    pub method: String,
    /// What the path must contain.
    pub path: String,
    pub failure: Failure,
}

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub enum Failure {
    /// It is answered by this instead, and nothing is done.
    Instead { status: u16, body: Value },
    /// As [`Failure::Instead`], with a body that is no JSON.
    Text { status: u16, body: &'static str },
    /// Too many requests: nothing is done, try again after so long.
    Limited { retry_after_ms: u64, global: bool },
    /// No answer ever comes; whether it was done all the same.
    Silence { is_done: bool },
    /// It is done, and the answer breaks off in its middle.
    CutOff,
}

/// A response on its way.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    body: Option<Value>,
}

impl Answer {
    /// 200 with a body.
    pub fn json(body: Value) -> Answer {
        Answer { status: 200, body: Some(body) }
    }

    /// 204.
    pub fn empty() -> Answer {
        Answer { status: 204, body: None }
    }
}

impl Call {
    async fn read(request: Request) -> Result<Call, ApiError> {
        let method = request.method().to_string();
        let path = request.uri().path().to_owned();
        let query = url::form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes());
        let query = query.into_owned().filter(|(name, _)| !name.is_empty()).collect();
        let authorization = header(&request, "authorization");
        let is_multipart = header(&request, "content-type").starts_with("multipart/form-data");
        let (body, files) =
            if is_multipart { parts(request).await? } else { (json_body(request).await?, Vec::new()) };
        let path = path.trim_start_matches("/api/v10").to_owned();
        Ok(Call { method, path, query, authorization, body, files, arrived: Instant::now() })
    }

    /// Whether a parameter of the query has a value.
    pub fn query_is(&self, name: &str, value: &str) -> bool {
        self.query.iter().any(|(given, is)| given == name && is == value)
    }
}

fn header(request: &Request, name: &str) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
}

async fn json_body(request: Request) -> Result<Value, ApiError> {
    let bytes = axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await;
    let bytes = bytes.map_err(|_| ApiError::invalid_json())?;
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes).map_err(|_| ApiError::invalid_json())
}

async fn parts(request: Request) -> Result<(Value, Vec<File>), ApiError> {
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| ApiError::invalid_json())?;
    let (mut body, mut files) = (Value::Null, Vec::new());
    while let Ok(Some(part)) = multipart.next_field().await {
        let name = part.file_name().unwrap_or_default().to_owned();
        let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let is_payload = part.name() == Some("payload_json");
        let bytes = part.bytes().await.map_err(|_| ApiError::invalid_json())?.to_vec();
        if is_payload {
            body = serde_json::from_slice(&bytes).map_err(|_| ApiError::invalid_json())?;
        } else {
            files.push(File { name, content_type, bytes });
        }
    }
    Ok((body, files))
}

/// Answers one request.
pub async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if let Some(path) = request.uri().path().strip_prefix("/attachments/") {
        return upload(&shared, path);
    }
    match Call::read(request).await {
        Ok(call) => match answer(&shared, call) {
            Some(response) => response,
            None => std::future::pending().await,
        },
        Err(error) => {
            shared.change(|world| world.violate("unreadable request", &error.message));
            written(error.status, Some(&error.body()))
        }
    }
}

/// A file that a person attached, as Discord's CDN gives it: by `{channel}/{id}/{name}`.
fn upload(shared: &Shared, path: &str) -> Response {
    let id = path.split('/').nth(1).and_then(|id| id.parse::<u64>().ok());
    let found = shared.see(|world| world.uploads.get(&id?).map(|(_, _, content)| content.clone()));
    match found {
        Some(content) => Response::new(Body::from(content)),
        None => written(404, None),
    }
}

/// None where no answer is to come.
fn answer(shared: &Shared, call: Call) -> Option<Response> {
    let (method, path) = (call.method.clone(), call.path.clone());
    let mut problems = Vec::new();
    if let Some(openapi) = shared.openapi {
        problems = openapi.check_request(&method, &path, &call.query, &call.body);
    }
    let opinion = second::opinion(&method, &path, &call.body);
    let (answer, failure) = shared.change(|world| {
        let fits = |fault: &Fault| fault.method == method && path.contains(&fault.path);
        let fault = world.faults.iter().position(fits).map(|index| world.faults.remove(index));
        let failure = fault.map(|fault| fault.failure);
        let answer = match &failure {
            Some(Failure::Instead { status, body }) => Answer { status: *status, body: Some(body.clone()) },
            Some(Failure::Text { status, .. }) => Answer { status: *status, body: None },
            Some(Failure::Limited { retry_after_ms, global }) => {
                let retry_after = *retry_after_ms as f64 / 1e3;
                let message = "You are being rate limited.";
                let body = json!({"message": message, "retry_after": retry_after, "global": global});
                Answer { status: 429, body: Some(body) }
            }
            Some(Failure::Silence { is_done: false }) => Answer { status: 0, body: None },
            None | Some(Failure::CutOff | Failure::Silence { is_done: true }) => {
                settle(world, &call, &mut problems)
            }
        };
        world.note_request(Recorded { call, status: answer.status });
        (answer, failure)
    });
    if let (Some(openapi), None) = (shared.openapi, &failure) {
        problems.extend(openapi.check_response(&method, &path, answer.status, answer.body.as_ref()));
    }
    // What our own rules refuse is noted by them.
    if answer.status < 400 {
        problems.extend(opinion);
    }
    if !problems.is_empty() {
        shared.change(|world| {
            for problem in problems {
                world.violate(format!("{method} {path}"), problem);
            }
        });
    }
    Some(match failure {
        Some(Failure::Silence { .. }) => return None,
        Some(Failure::Text { status, body }) => {
            Response::builder().status(status).body(Body::from(body)).expect("the status is valid")
        }
        Some(Failure::Limited { retry_after_ms, global }) => {
            let mut response = written(answer.status, answer.body.as_ref());
            let mut set = |name: &'static str, value: String| {
                response.headers_mut().insert(name, value.parse().expect("a valid header"));
            };
            set("retry-after", retry_after_ms.div_ceil(1000).to_string());
            set("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned());
            if global {
                set("x-ratelimit-global", "true".to_owned());
            }
            response
        }
        Some(Failure::CutOff) => {
            let body = answer.body.map(|body| body.to_string()).unwrap_or_default();
            let half = body.as_bytes()[..body.len() / 2].to_vec();
            let parts = [Ok(half), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
            let response =
                Response::builder().status(answer.status).header("content-type", "application/json");
            let body = Body::from_stream(futures_util::stream::iter(parts));
            response.body(body).expect("the status and the header are valid")
        }
        Some(Failure::Instead { .. }) | None => written(answer.status, answer.body.as_ref()),
    })
}

fn settle(world: &mut World, call: &Call, problems: &mut Vec<String>) -> Answer {
    match route(world, call) {
        Ok(answer) => answer,
        Err(error) => {
            if error.is_violation {
                problems.push(format!("{} {}: {}", error.status, error.message, error.body()));
            }
            Answer { status: error.status, body: Some(error.body()) }
        }
    }
}

fn written(status: u16, body: Option<&Value>) -> Response {
    let response = Response::builder().status(status);
    let response = match body {
        Some(body) => response.header("content-type", "application/json").body(Body::from(body.to_string())),
        None => response.body(Body::empty()),
    };
    response.expect("the status and the header are valid")
}

/// The map of the routes.
fn route(world: &mut World, call: &Call) -> Result<Answer, ApiError> {
    let parts: Vec<&str> = call.path.trim_start_matches('/').split('/').collect();
    let needs_token = !matches!(parts[..], ["interactions" | "webhooks", _, _, ..] | ["gateway"]);
    if needs_token && call.authorization != format!("Bot {}", world.token) {
        return Err(ApiError::unauthorized());
    }
    match (call.method.as_str(), &parts[..]) {
        ("GET", ["gateway"]) => Ok(Answer::json(json!({"url": socket_url(world)}))),
        ("GET", ["gateway", "bot"]) => Ok(Answer::json(json!({
            "url": socket_url(world), "shards": 1,
            "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
        }))),
        ("GET", ["users", "@me"]) => Ok(Answer::json(objects::own_user())),
        ("POST", ["users", "@me", "channels"]) => open_dm(world, call),
        ("GET", ["users", user]) => Ok(Answer::json(objects::user(id(user)?))),
        ("GET", ["applications" | "oauth2", .., "@me"]) => Ok(Answer::json(objects::application(world))),
        (_, ["applications", application, "commands", rest @ ..]) => {
            own_application(application)?;
            command(world, call, None, rest)
        }
        (_, ["applications", application, "guilds", guild, "commands", rest @ ..]) => {
            own_application(application)?;
            command(world, call, Some(known_guild(world, guild)?), rest)
        }
        ("GET", ["guilds", guild]) => {
            let guild = known_guild(world, guild)?;
            Ok(Answer::json(objects::guild(&world.guilds[&guild])))
        }
        ("GET", ["guilds", guild, "members", user]) => {
            let guild = &world.guilds[&known_guild(world, guild)?];
            let user = id(user)?;
            guild.members.get(&user).ok_or_else(ApiError::unknown_member)?;
            Ok(Answer::json(objects::member(guild, user)))
        }
        (_, ["channels", channel, rest @ ..]) => {
            let channel = id(channel)?;
            in_channel(world, call, channel, rest)
        }
        ("POST", ["interactions", interaction, token, "callback"]) => {
            interactions::callback(world, call, id(interaction)?, token)
        }
        (_, ["webhooks", application, token, rest @ ..]) => {
            own_application(application)?;
            webhook(world, call, token, rest)
        }
        _ => Err(ApiError::no_route()),
    }
}

fn in_channel(world: &mut World, call: &Call, channel: u64, rest: &[&str]) -> Result<Answer, ApiError> {
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::json(objects::channel(&messages::visible(world, channel)?))),
        ("POST", ["messages"]) => messages::create(world, call, channel).map(Answer::json),
        ("GET", ["messages", message]) => messages::read(world, channel, id(message)?).map(Answer::json),
        ("PATCH", ["messages", message]) => {
            messages::edit(world, call, channel, id(message)?).map(Answer::json)
        }
        ("DELETE", ["messages", message]) => {
            messages::remove(world, channel, id(message)?).map(|()| Answer::empty())
        }
        ("POST", ["typing"]) => {
            messages::writable(world, channel)?;
            world.typing.push(channel);
            Ok(Answer::empty())
        }
        _ => Err(ApiError::no_route()),
    }
}

fn webhook(world: &mut World, call: &Call, token: &str, rest: &[&str]) -> Result<Answer, ApiError> {
    match (call.method.as_str(), rest) {
        ("POST", []) => interactions::follow_up(world, call, token).map(Answer::json),
        ("GET", ["messages", message]) => interactions::read(world, token, message).map(Answer::json),
        ("PATCH", ["messages", message]) => interactions::edit(world, call, token, message).map(Answer::json),
        ("DELETE", ["messages", message]) => {
            interactions::remove(world, token, message).map(|()| Answer::empty())
        }
        _ => Err(ApiError::no_route()),
    }
}

/// Commands of a guild, or the global ones.
fn command(world: &mut World, call: &Call, guild: Option<u64>, rest: &[&str]) -> Result<Answer, ApiError> {
    let existing = world.commands.get(&guild).cloned().unwrap_or_default();
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::json(json!(existing))),
        ("PUT", []) => {
            let mut errors = FormErrors::default();
            commands::check_all(items(&call.body), &mut errors);
            errors.into_result()?;
            let given = items(&call.body).iter();
            let registered =
                given.map(|command| register(world, &existing, command, guild)).collect::<Vec<_>>();
            world.commands.insert(guild, registered.clone());
            Ok(Answer::json(json!(registered)))
        }
        ("POST", []) => {
            let mut errors = FormErrors::default();
            commands::check(&call.body, "", &mut errors);
            errors.into_result()?;
            let registered = register(world, &existing, &call.body, guild);
            let list = world.commands.entry(guild).or_default();
            list.retain(|old| old["id"] != registered["id"]);
            list.push(registered.clone());
            Ok(Answer::json(registered))
        }
        ("DELETE", [command]) => {
            let list = world.commands.entry(guild).or_default();
            let before = list.len();
            list.retain(|old| old["id"] != *command);
            if list.len() == before {
                return Err(ApiError::unknown_command());
            }
            Ok(Answer::empty())
        }
        _ => Err(ApiError::no_route()),
    }
}

/// Registers a command; one of the same name and kind keeps its id.
fn register(world: &mut World, existing: &[Value], command: &Value, guild: Option<u64>) -> Value {
    let same = |old: &&Value| old["name"] == command["name"] && old["type"] == commands::kind_of(command);
    let kept = existing.iter().find(same).and_then(|old| snowflake(&old["id"]));
    let id = kept.unwrap_or_else(|| world.new_id());
    commands::registered(command, id, BOT, guild)
}

fn open_dm(world: &mut World, call: &Call) -> Result<Answer, ApiError> {
    let user = snowflake(&call.body["recipient_id"]).ok_or_else(ApiError::unknown_user)?;
    let channel = world.dm_channel(user);
    Ok(Answer::json(objects::channel(&world.channels[&channel])))
}

fn socket_url(world: &World) -> String {
    world.origin.replacen("http", "ws", 1)
}

fn own_application(application: &str) -> Result<(), ApiError> {
    if id(application)? == BOT { Ok(()) } else { Err(ApiError::not_your_application()) }
}

/// A guild that the bot is in; of others it may know nothing.
fn known_guild(world: &World, guild: &str) -> Result<u64, ApiError> {
    let guild = id(guild)?;
    if world.guilds.contains_key(&guild) { Ok(guild) } else { Err(ApiError::missing_access()) }
}

fn id(text: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| {
        let mut errors = FormErrors::default();
        errors.add("id", "NUMBER_TYPE_COERCE", format!("Value \"{text}\" is not snowflake."));
        errors.into_result().err().unwrap_or_else(ApiError::no_route)
    })
}
