//! What the store promises, on SQLite and on PostgreSQL: each test runs on both.

mod common;

mod activities;
mod challenges;
mod comments;
mod drafts;
mod drafts_before;
mod expiry;
mod held_comments;
mod initiatives;
mod limits;
mod mail;
mod members;
mod moderation;
mod moderation_before;
mod photos;
mod platforms;
mod post_changes;
mod post_lists;
mod posts;
mod processes;
mod proposals;
mod query_plan;
mod races;
mod raw_sql;
mod registration;
mod retention;
mod schema_parity;
mod search;
mod search_comments;
mod secrets;
mod sessions;
mod tenancy;
mod transactions;
mod typed;
mod upkeep;
