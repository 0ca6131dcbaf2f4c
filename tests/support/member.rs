//! What can a person do on Discord? Ask by a command, by a mention, in a direct message; press a button; fill in a
//! form. Each does it at once; awaiting what it gives back waits for the bot's answer.

use std::sync::Arc;

use serde_json::{Value, json};

use super::awaited::{Pending, Said, writes};
use super::discord::interactions::{self, Act};
use super::discord::limits::items;
use super::discord::mentions::snowflake;
use super::discord::world::{BOT, InteractionKind, World};
use super::discord::{Discord, Shared, general, managers_role, messages, objects};
use super::reply::{Choice, Modal, Reply};

/// A guild, to find people in.
pub struct GuildPlace<'a> {
    discord: &'a Discord,
    id: u64,
}

/// A person at a place.
#[derive(Clone)]
pub struct Member {
    shared: Arc<Shared>,
    user: u64,
    channel: u64,
    locale: String,
    is_user_install: bool,
}

impl Discord {
    /// A guild of the server's.
    pub fn guild(&self, id: u64) -> GuildPlace<'_> {
        GuildPlace { discord: self, id }
    }

    /// A person in the direct conversation with the bot.
    pub fn person(&self, user: u64) -> Member {
        let channel = self.shared().change(|world| world.dm_channel(user));
        Member::new(self, user, channel)
    }
}

impl GuildPlace<'_> {
    /// A person in the guild's general channel; without roles, unless it got some before.
    pub fn member(&self, user: u64) -> Member {
        self.discord.shared().change(|world| {
            let guild = world.guilds.get_mut(&self.id).expect("the guild is one of the server's");
            guild.members.entry(user).or_default();
        });
        Member::new(self.discord, user, general(self.id))
    }
}

impl Member {
    fn new(discord: &Discord, user: u64, channel: u64) -> Member {
        let shared = Arc::clone(discord.shared());
        Member { shared, user, channel, locale: "en-US".to_owned(), is_user_install: false }
    }

    /// With Manage Server in this guild.
    pub fn manages_server(self) -> Member {
        let guild = self.shared.see(|world| world.channels[&self.channel].guild);
        self.with_role(managers_role(guild.expect("only in a guild can one manage it")))
    }

    /// With a role of this guild's.
    pub fn with_role(self, role: u64) -> Member {
        self.shared.change(|world| {
            let guild = world.channels[&self.channel].guild.expect("only in a guild are there roles");
            let guild = world.guilds.get_mut(&guild).expect("the guild is one of the server's");
            assert!(guild.roles.contains_key(&role), "the guild has no role {role}");
            guild.members.entry(self.user).or_default().insert(role);
        });
        self
    }

    /// In another channel or thread.
    pub fn within(self, channel: u64) -> Member {
        Member { channel, ..self }
    }

    /// Whose Discord speaks this language: `de`.
    pub fn locale(self, locale: &str) -> Member {
        Member { locale: locale.to_owned(), ..self }
    }

    /// Who installed the app for itself, and uses it by that.
    pub fn by_user_install(self) -> Member {
        Member { is_user_install: true, ..self }
    }

    /// Whether its Discord shows a command to this person, going by what was registered alone.
    pub fn sees(&self, command: &str) -> bool {
        self.shared.see(|world| {
            let channel = &world.channels[&self.channel];
            let Some(command) = find_command(world, channel.guild, 1, command) else { return false };
            let needed = snowflake(&command["default_member_permissions"]).unwrap_or(0);
            channel.guild.is_none_or(|guild| world.permissions(guild, self.user) & needed == needed)
        })
    }

    /// Uses a command: `slash("corpus reload", [("force", true)])`, `slash("help", ())`.
    ///
    /// It is sent even where [`Member::sees`] says that it is hidden, since an administrator may have shown it
    /// to a role.
    ///
    /// # Panics
    ///
    /// Where the bot has registered no such command, or not with these options.
    pub fn slash(&self, path: &str, options: impl Options) -> Pending {
        let data = self.shared.see(|world| command_data(world, self, path, options.into_options(), None));
        self.act(InteractionKind::Command, data, None, None)
    }

    /// Attaches a file to a command: gives back the value for its option. Discord tells the bot `size`.
    pub fn attach(&self, name: &str, content: &[u8], size: usize) -> Value {
        self.shared.change(|world| {
            let id = world.new_id();
            world.uploads.insert(id, (name.to_owned(), size, content.to_vec()));
            json!(id.to_string())
        })
    }

    /// Types into an option of a command, and gives back what the bot offers.
    pub async fn complete(&self, path: &str, option: &str, typed: &str) -> Vec<Choice> {
        let options = vec![(option.to_owned(), json!(typed))];
        let data = self.shared.see(|world| command_data(world, self, path, options, Some(option)));
        let pending = self.act(InteractionKind::Autocomplete, data, None, None);
        let find = |world: &World| world.interactions[&pending.token].choices.clone();
        let choices = self.shared.until("the choices of an autocompletion", find).await;
        let name = |choice: &Value| choice["name"].as_str().unwrap_or("").to_owned();
        choices.iter().map(|choice| Choice { name: name(choice), value: choice["value"].clone() }).collect()
    }

    /// Uses a command of a message's context menu.
    pub fn use_on(&self, message: u64, command: &str) -> Pending {
        let data = self.shared.see(|world| {
            let guild = world.channels[&self.channel].guild;
            let registered = find_command(world, guild, 3, command);
            let registered = registered.unwrap_or_else(|| panic!("there is no message command {command:?}"));
            let target = world.message(message).expect("the message is still there");
            json!({
                "id": registered["id"], "name": command, "type": 3, "target_id": message.to_string(),
                "resolved": {"messages": {message.to_string(): objects::message(world, target)}},
            })
        });
        self.act(InteractionKind::Command, data, None, None)
    }

    /// Presses the button with this label, on the message as it is now.
    ///
    /// # Panics
    ///
    /// Where it has no such button, or one that cannot be pressed.
    pub fn press(&self, reply: &Reply, label: &str) -> Pending {
        let reply = reply.now().expect("the message is still there");
        let button = reply.buttons().into_iter().find(|button| button.label == label);
        let button = button.unwrap_or_else(|| panic!("there is no button {label:?} on {reply:?}"));
        assert!(!button.is_disabled, "the button {label:?} is disabled");
        let custom_id = button.custom_id.unwrap_or_else(|| panic!("the button {label:?} is a link"));
        self.press_id(&reply, &custom_id)
    }

    /// Presses a button of any custom id, as a forger could.
    pub fn press_id(&self, reply: &Reply, custom_id: &str) -> Pending {
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": 2});
        self.clone().within(reply.channel()).act(InteractionKind::Component, data, Some(reply.id()), None)
    }

    /// Sends a form in, with texts by the custom ids or labels of its inputs; what is not named stays as it was.
    pub fn submit(&self, modal: &Modal, texts: &[(&str, &str)]) -> Pending {
        let row = |input: &super::reply::Input| {
            let named = texts.iter().find(|(name, _)| *name == input.custom_id || *name == input.label);
            let value = named.map_or(input.value.as_str(), |(_, text)| text);
            json!({"type": 1, "components": [{"type": 4, "custom_id": input.custom_id, "value": value}]})
        };
        let rows: Vec<Value> = modal.inputs.iter().map(row).collect();
        let data = json!({"custom_id": modal.custom_id, "components": rows});
        self.act(InteractionKind::Modal, data, modal.source, Some(modal.opened_by.clone()))
    }

    /// Says something to the bot, by a mention at its head.
    pub fn mention(&self, text: &str) -> Said {
        self.say(&format!("<@{BOT}> {text}"))
    }

    /// Says something.
    pub fn say(&self, text: &str) -> Said {
        self.speak(text, None)
    }

    /// Replies to a message, which pings its author.
    pub fn reply_to(&self, message: u64, text: &str) -> Said {
        self.speak(text, Some(message))
    }

    /// Says something to the bot alone, in the direct conversation with it.
    pub fn dm(&self, text: &str) -> Said {
        let channel = self.shared.change(|world| world.dm_channel(self.user));
        self.clone().within(channel).say(text)
    }

    /// Opens a post in a forum: a thread with a title, which has the id of its first message.
    pub fn post(&self, forum: u64, title: &str, text: &str) -> Said {
        let message = self.shared.change(|world| messages::open_post(world, self.user, forum, title, text));
        Said { shared: Arc::clone(&self.shared), message, channel: message }
    }

    fn speak(&self, text: &str, reply_to: Option<u64>) -> Said {
        let message =
            self.shared.change(|world| messages::say(world, self.user, self.channel, text, reply_to));
        Said { shared: Arc::clone(&self.shared), message, channel: self.channel }
    }

    fn act(
        &self,
        kind: InteractionKind,
        data: Value,
        source: Option<u64>,
        opened_by: Option<String>,
    ) -> Pending {
        let act = Act {
            kind,
            data,
            user: self.user,
            channel: self.channel,
            locale: self.locale.clone(),
            is_user_install: self.is_user_install,
            source,
            opened_by,
        };
        self.shared.change(|world| {
            let source_writes = source.and_then(|id| world.message(id)).map_or(0, writes);
            let token = interactions::create(world, act);
            Pending { shared: Arc::clone(&self.shared), token, source, source_writes }
        })
    }
}

/// Options of a command: none as `()`, else pairs of name and value.
pub trait Options {
    fn into_options(self) -> Vec<(String, Value)>;
}

impl Options for () {
    fn into_options(self) -> Vec<(String, Value)> {
        Vec::new()
    }
}

impl<V: Into<Value>, const N: usize> Options for [(&str, V); N] {
    fn into_options(self) -> Vec<(String, Value)> {
        self.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
    }
}

impl<V: Into<Value>> Options for Vec<(&str, V)> {
    fn into_options(self) -> Vec<(String, Value)> {
        self.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
    }
}

/// A command as it was registered in a guild, or globally.
fn find_command<'a>(world: &'a World, guild: Option<u64>, kind: u64, name: &str) -> Option<&'a Value> {
    let own = guild.and_then(|guild| world.commands.get(&Some(guild)));
    let mut all = own.into_iter().chain(world.commands.get(&None)).flatten();
    all.find(|command| command["type"] == kind && command["name"] == name)
}

/// The data of a use of a command, its options typed as it was registered.
fn command_data(
    world: &World,
    member: &Member,
    path: &str,
    given: Vec<(String, Value)>,
    focused: Option<&str>,
) -> Value {
    let mut names = path.split(' ');
    let guild = world.channels[&member.channel].guild;
    let command = find_command(world, guild, 1, names.next().unwrap_or(""));
    let command = command.unwrap_or_else(|| panic!("there is no command {path:?}"));
    let mut level = command;
    let mut way = Vec::new();
    for name in names {
        let below = items(&level["options"]).iter().find(|option| option["name"] == name);
        level = below.unwrap_or_else(|| panic!("there is no command {path:?}"));
        way.push(level);
    }
    let known = items(&level["options"]);
    let typed = given.iter().map(|(name, value)| {
        let option = known.iter().find(|option| option["name"] == name.as_str());
        let option = option.unwrap_or_else(|| panic!("{path:?} has no option {name:?}"));
        let mut typed = json!({"name": name, "type": option["type"], "value": value});
        if focused == Some(name.as_str()) {
            typed["focused"] = json!(true);
        }
        typed
    });
    let typed: Vec<Value> = typed.collect();
    let resolved = resolved(world, guild, member.channel, &typed);
    let mut options = json!(typed);
    for option in known.iter().filter(|option| option["required"] == true && focused.is_none()) {
        let is_given = given.iter().any(|(name, _)| option["name"] == name.as_str());
        assert!(is_given, "{path:?} needs the option {}", option["name"]);
    }
    for step in way.into_iter().rev() {
        options = json!([{"name": step["name"], "type": step["type"], "options": options}]);
    }
    let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": options});
    if resolved != json!({}) {
        data["resolved"] = resolved;
    }
    data
}

/// The people, channels, roles and files that options name, as Discord sends them along.
fn resolved(world: &World, guild: Option<u64>, channel: u64, options: &[Value]) -> Value {
    let mut all = json!({});
    for option in options {
        let Some(id) = snowflake(&option["value"]) else { continue };
        let key = id.to_string();
        match option["type"].as_u64() {
            Some(6) => all["users"][&key] = objects::user(id),
            Some(7) => {
                all["channels"][&key] = objects::partial_channel(&world.channels[&id], u64::MAX >> 11);
            }
            Some(8) => {
                let guild = objects::guild(&world.guilds[&guild.expect("roles are of guilds")]);
                let role = items(&guild["roles"]).iter().find(|role| snowflake(&role["id"]) == Some(id));
                all["roles"][&key] = role.expect("the guild has the role").clone();
            }
            Some(11) => {
                let (name, size, _) = &world.uploads[&id];
                let url = format!("{}/attachments/{channel}/{id}/{name}", world.origin);
                all["attachments"][&key] = json!({
                    "id": key, "filename": name, "size": size, "url": url, "proxy_url": url, "ephemeral": true,
                });
            }
            _ => {}
        }
    }
    all
}
