//! Does a request or a response agree with Discord's own OpenAPI file?
//!
//! The variable `DISCORD_OPENAPI` names the file. Without it nothing is checked, and the test
//! `openapi_checks` says so by name.
//!
//! Where the file is known to be narrower than Discord itself, what is checked is changed first, see
//! `mended_request` and `mended_response`. What it does not know (content over 2000 characters, the 6000 of
//! all embeds, and more) is held by [`super::limits`] and [`super::commands`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// Names the file to check against.
pub const VARIABLE: &str = "DISCORD_OPENAPI";

/// Where the file is told to stand, so that its inner references resolve.
const BASE: &str = "https://openapi.test/discord.json";

/// Discord's file, ready to check against.
pub struct OpenApi {
    document: Value,
    registry: Registry<'static>,
    // By JSON pointer; built when first needed, since the whole file takes seconds.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// One operation of the file: its pointer, and its description.
struct Operation<'a> {
    pointer: String,
    description: &'a Value,
}

impl OpenApi {
    /// The file that the environment names, if it names one. Read once in a process: it takes longer to read
    /// than most tests take to run, and nothing in it changes but the cache.
    ///
    /// # Panics
    ///
    /// Where the file cannot be read: a check that silently checks nothing is worse than none.
    pub fn from_environment() -> Option<&'static OpenApi> {
        static LOADED: OnceLock<Option<OpenApi>> = OnceLock::new();
        let loaded = LOADED.get_or_init(|| {
            let path = std::env::var_os(VARIABLE).filter(|path| !path.is_empty())?;
            let text =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{VARIABLE}={path:?}: {error}"));
            let document: Value = serde_json::from_str(&text).expect("Discord's file is JSON");
            let registry =
                Registry::new().add(BASE, document.clone()).and_then(jsonschema::RegistryBuilder::prepare);
            let registry = registry.expect("Discord's file can be referred to");
            Some(OpenApi { document, registry, validators: Mutex::default() })
        });
        loaded.as_ref()
    }

    /// What is wrong with a request; `path` begins after `/api/v10`.
    pub fn check_request(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
        body: &Value,
    ) -> Vec<String> {
        let Some(operation) = self.operation(method, path) else {
            return vec![format!("openapi: {method} {path}: there is no such operation")];
        };
        let mut problems = Vec::new();
        let known = operation.description["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        for (name, _) in query {
            if !known.iter().any(|parameter| parameter["in"] == "query" && parameter["name"] == name.as_str())
            {
                problems.push(format!("openapi: {method} {path}: there is no query parameter `{name}`"));
            }
        }
        let schema = &operation.description["requestBody"]["content"]["application/json"]["schema"];
        match (schema.is_null(), body.is_null()) {
            (false, false) => {
                let pointer = format!("{}/requestBody/content/application~1json/schema", operation.pointer);
                problems.extend(self.check(
                    &pointer,
                    &mended_request(body),
                    &format!("{method} {path}: request"),
                ));
            }
            (false, true) if operation.description["requestBody"]["required"] == true => {
                problems.push(format!("openapi: {method} {path}: a body is required"));
            }
            _ => {}
        }
        problems
    }

    /// What is wrong with a response of the server itself.
    pub fn check_response(&self, method: &str, path: &str, status: u16, body: Option<&Value>) -> Vec<String> {
        let Some(operation) = self.operation(method, path) else { return Vec::new() };
        let class = format!("{}XX", status / 100);
        let keys = [status.to_string(), class];
        let responses = &operation.description["responses"];
        let Some(key) = keys.iter().find(|key| !responses[key].is_null()) else {
            return vec![format!("openapi: {method} {path}: status {status} is not among its responses")];
        };
        let mut pointer = format!("{}/responses/{key}", operation.pointer);
        if let Some(reference) = responses[key]["$ref"].as_str() {
            reference.trim_start_matches('#').clone_into(&mut pointer);
        }
        pointer.push_str("/content/application~1json/schema");
        match (self.document.pointer(&pointer), body) {
            (Some(_), Some(body)) => {
                self.check(&pointer, &mended_response(body), &format!("{method} {path}: response {status}"))
            }
            (None, None) => Vec::new(),
            (Some(_), None) => vec![format!("openapi: {method} {path}: response {status} needs a body")],
            (None, Some(_)) => vec![format!("openapi: {method} {path}: response {status} has no body")],
        }
    }

    /// What is wrong with a value, by the name of one of the file's schemas.
    pub fn check_schema(&self, name: &str, value: &Value) -> Vec<String> {
        self.check(&format!("/components/schemas/{name}"), value, name)
    }

    fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let given: Vec<&str> = path.split('/').collect();
        let templates = self.document["paths"].as_object()?;
        // A literal part fits better than a parameter: `/users/@me` before `/users/{user_id}`.
        let fitting = templates.iter().filter(|(template, _)| fits(template, &given));
        let (template, description) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
        let method = method.to_lowercase();
        let description = description.get(&method)?;
        let pointer = format!("/paths/{}/{method}", template.replace('~', "~0").replace('/', "~1"));
        Some(Operation { pointer, description })
    }

    fn check(&self, pointer: &str, value: &Value, what: &str) -> Vec<String> {
        let validator = self.validator(pointer);
        let errors = validator.iter_errors(value);
        errors.map(|error| format!("openapi: {what}: `{}`: {error}", error.instance_path())).collect()
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("building a validator does not panic");
        let built = validators.entry(pointer.to_owned()).or_insert_with(|| {
            let schema = json!({"$ref": format!("{BASE}#{}", escaped(pointer))});
            let options = jsonschema::options().with_registry(&self.registry);
            Arc::new(options.build(&schema).unwrap_or_else(|error| panic!("{pointer}: {error}")))
        });
        Arc::clone(built)
    }
}

/// A JSON pointer as the fragment of an address: the braces of `{channel_id}` may not stand there.
fn escaped(pointer: &str) -> String {
    pointer.replace('{', "%7B").replace('}', "%7D")
}

fn fits(template: &str, given: &[&str]) -> bool {
    let parts: Vec<&str> = template.split('/').collect();
    parts.len() == given.len()
        && parts.iter().zip(given).all(|(part, given)| part.starts_with('{') || part == given)
}

/// A request with what Discord takes, but its file does not know, put in the form that it does:
///
/// - `attachments[].id` as an integer, as serenity sends it;
/// - `default_member_permissions` of a command as a string, as Discord's documentation wants it.
fn mended_request(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(mended_request).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), mended_field(name, field))).collect()
        }
        other => other.clone(),
    }
}

fn mended_field(name: &str, field: &Value) -> Value {
    match (name, field) {
        ("default_member_permissions", Value::String(bits)) => {
            bits.parse::<u64>().map_or(field.clone(), Value::from)
        }
        ("attachments", Value::Array(attachments)) => {
            let mut attachments = attachments.clone();
            for id in attachments.iter_mut().filter_map(|attachment| attachment.get_mut("id")) {
                if id.is_u64() {
                    *id = json!(id.to_string());
                }
            }
            json!(attachments)
        }
        _ => mended_request(field),
    }
}

/// A response without the `errors` of an error body: their codes are words, as Discord has always given them,
/// where the file has numbers.
fn mended_response(value: &Value) -> Value {
    let mut mended = value.clone();
    if let Value::Object(fields) = &mut mended
        && fields.contains_key("code")
        && fields.contains_key("message")
    {
        fields.remove("errors");
    }
    mended
}
