//! The whole server from outside, in one test program: linking is what costs.

mod common;

mod comments;
mod copies;
mod fresh_pages;
mod front;
mod hostile_input;
mod killed;
mod moderation;
mod newcomers;
mod photos;
mod program;
mod quiet;
mod search;
mod who_may;
