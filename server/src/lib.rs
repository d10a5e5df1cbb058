//! The program `noaber`: commands, configuration, the way of a request, and background work.
//!
//! [`router::router`] is the whole site; [`startup::serve`] is the program around it. A request
//! goes through [`listen`] (connections), [`front`] (what is refused, what comes from memory) and
//! the routes; nothing here decides what somebody may do or see.

#![recursion_limit = "512"]

pub mod assets;
pub mod backup;
pub mod body;
pub mod calendar_file;
pub mod card;
pub mod check;
pub mod cli;
pub mod client;
pub mod community;
pub mod config;
pub mod embed;
pub mod encoding;
pub mod error_pages;
pub mod failure;
pub mod feeds;
pub mod front;
pub mod health;
pub mod listen;
mod live;
pub mod logging;
pub mod origin_check;
pub mod page_cache;
pub mod photos;
pub mod platform_cache;
pub mod preferences;
pub mod request_context;
pub mod rounds;
pub mod router;
pub mod security_headers;
mod sheet;
pub mod startup;
pub mod state;
mod suggestions;
pub mod wellknown;
pub mod worker;
