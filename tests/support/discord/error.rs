//! How does Discord say no? Its status, its code, its message, and for a form the tree of what is wrong.

use serde_json::{Map, Value, json};

/// A refusal, as Discord words it.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Discord's own code.
    pub code: u32,
    /// Discord's own words.
    pub message: String,
    /// For code 50035, what is wrong with which field.
    pub errors: Option<Value>,
    /// Whether a correct bot can never run into this, whatever the people around it do.
    pub is_violation: bool,
}

impl ApiError {
    fn new(status: u16, code: u32, message: &str) -> ApiError {
        ApiError { status, code, message: message.to_owned(), errors: None, is_violation: false }
    }

    fn violation(status: u16, code: u32, message: &str) -> ApiError {
        ApiError { is_violation: true, ..ApiError::new(status, code, message) }
    }

    /// The token is wrong or missing.
    pub fn unauthorized() -> ApiError {
        ApiError::new(401, 0, "401: Unauthorized")
    }

    /// There is no such route.
    pub fn no_route() -> ApiError {
        ApiError::violation(404, 0, "404: Not Found")
    }

    /// There is no such channel.
    pub fn unknown_channel() -> ApiError {
        ApiError::new(404, 10003, "Unknown Channel")
    }

    /// There is no such member of the guild.
    pub fn unknown_member() -> ApiError {
        ApiError::new(404, 10007, "Unknown Member")
    }

    /// There is no such message, or no more.
    pub fn unknown_message() -> ApiError {
        ApiError::new(404, 10008, "Unknown Message")
    }

    /// There is no such user.
    pub fn unknown_user() -> ApiError {
        ApiError::new(404, 10013, "Unknown User")
    }

    /// There is no such interaction, or it was not acknowledged before its webhook was used.
    pub fn unknown_webhook() -> ApiError {
        ApiError::violation(404, 10015, "Unknown Webhook")
    }

    /// The interaction was not acknowledged within three seconds.
    pub fn unknown_interaction() -> ApiError {
        ApiError::violation(404, 10062, "Unknown interaction")
    }

    /// There is no such command.
    pub fn unknown_command() -> ApiError {
        ApiError::new(404, 10063, "Unknown application command")
    }

    /// The application is not the bot's own.
    pub fn not_your_application() -> ApiError {
        ApiError::violation(403, 20012, "You are not authorized to perform this action on this application")
    }

    /// The bot cannot see the place.
    pub fn missing_access() -> ApiError {
        ApiError::new(403, 50001, "Missing Access")
    }

    /// The message is somebody else's.
    pub fn not_your_message() -> ApiError {
        ApiError::violation(403, 50005, "Cannot edit a message authored by another user")
    }

    /// Nothing to show is in the message.
    pub fn empty_message() -> ApiError {
        ApiError::violation(400, 50006, "Cannot send an empty message")
    }

    /// The bot may see the place but not do this there.
    pub fn missing_permissions() -> ApiError {
        ApiError::new(403, 50013, "Missing Permissions")
    }

    /// The interaction's token is older than fifteen minutes.
    pub fn token_expired() -> ApiError {
        ApiError::violation(401, 50027, "Invalid Webhook Token")
    }

    /// The body is not JSON.
    pub fn invalid_json() -> ApiError {
        ApiError::violation(400, 50109, "The request body contains invalid JSON.")
    }

    /// The interaction was acknowledged before.
    pub fn already_acknowledged() -> ApiError {
        ApiError::violation(400, 40060, "Interaction has already been acknowledged.")
    }

    /// The body as it goes over the wire.
    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// What is wrong with the fields of a body, collected before refusing it.
#[derive(Debug, Default)]
pub struct FormErrors {
    found: Vec<(String, &'static str, String)>,
}

impl FormErrors {
    /// Notes what is wrong at `path`, its parts joined by dots: `embeds.0.title`.
    pub fn add(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.found.push((path.into(), code, message.into()));
    }

    /// A field is there that must be, or must not be empty.
    pub fn required(&mut self, path: impl Into<String>) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Code 50035, if anything was found.
    ///
    /// # Errors
    ///
    /// Where anything was found.
    pub fn into_result(self) -> Result<(), ApiError> {
        if self.found.is_empty() {
            return Ok(());
        }
        let mut tree = Value::Object(Map::new());
        for (path, code, message) in self.found {
            let mut node = &mut tree;
            for part in path.split('.') {
                node = &mut node[part];
            }
            let error = json!({"code": code, "message": message});
            match node["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => node["_errors"] = json!([error]),
            }
        }
        let error = ApiError::violation(400, 50035, "Invalid Form Body");
        Err(ApiError { errors: Some(tree), ..error })
    }
}
