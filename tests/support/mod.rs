//! What tests of the whole program stand on: a loopback Discord, the real bot, and people who use it.
//!
//! ```ignore
//! let discord = Discord::start().await;
//! let _bot = Bot::start(&discord, &[]).await;
//! let reply = discord.guild(HOME).member(ADA).slash("ask", [("question", "what did Iran seek?")]).await;
//! assert!(reply.text().contains("T-90"));
//! ```
//!
//! | module | the question it answers |
//! |---|---|
//! | [`discord`] | what would Discord do? |
//! | [`member`] | what can a person do there? |
//! | [`awaited`] | how is the bot's answer waited for? |
//! | [`reply`] | what did the person get to see? |
//! | [`bot`] | how is the real program run against it? |
//! | [`client`] | how is serenity alone run against it, to prove the server? |
//!
//! Nothing here sleeps or polls: all waiting is for a change of the server's world, with a failsafe.
//!
//! **Events that serenity cannot parse** fail a test without its doing: [`client::Client`] looks at every event
//! as serenity parsed it, [`bot::Bot`] reads the program's log, and both do so when dropped.
//!
//! **Against Discord's OpenAPI file** all requests and responses are checked where the variable
//! `DISCORD_OPENAPI` names it, see [`discord::openapi`].

// Each test binary compiles all of this and uses a part of it.
#![allow(dead_code)]

pub mod awaited;
pub mod bot;
pub mod client;
pub mod discord;
pub mod member;
pub mod reply;

#[allow(unused_imports, reason = "each test binary uses some of them")]
pub use self::{
    bot::Bot,
    client::Client,
    discord::{ADA, BOB, Discord, ELSEWHERE, EVE, HOME, clock::Clock},
};
