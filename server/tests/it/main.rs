//! The whole server from outside, in one test program: linking is what costs.

mod common;

mod activities;
mod activity_cases;
mod activity_clash;
mod activity_versions;
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
mod last_day;
mod map;
mod moderation;
mod newcomers;
mod photos;
mod program;
mod quiet;
mod registration;
mod search;
mod second_look;
mod share;
mod source_changes;
mod sources;
mod sources_guarded;
mod who_may;
mod who_may_accounts;
mod who_may_moderate;
mod who_may_posts;
