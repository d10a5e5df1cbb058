//! The whole server from outside, in one test program: linking is what costs.

mod common;

mod activities;
mod comments;
mod copies;
mod desk;
mod drafts;
mod feeds;
mod fresh_pages;
mod front;
mod heavy_photos;
mod hostile_input;
mod initiatives;
mod killed;
mod moderation;
mod newcomers;
mod photos;
mod program;
mod quiet;
mod search;
mod share;
mod who_may;
