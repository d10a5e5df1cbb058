//! The two schemas are the same: tables, columns, which may be empty, keys, indexes, references.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::common::Db;

/// One fact about a schema, in words that fit both databases.
type Facts = BTreeSet<String>;

const PG_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text,
        is_nullable = 'NO'
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'";
const PG_INDEXES: &str = "SELECT t.relname::text, i.indisunique,
        (SELECT string_agg(a.attname::text, ',' ORDER BY k.place)
         FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place)
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number),
        i.indpred IS NOT NULL
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations'";
const PG_REFERENCES: &str = "SELECT t.relname::text,
        (SELECT string_agg(a.attname::text, ',' ORDER BY k.place)
         FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number),
        f.relname::text, c.confdeltype = 'c'
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
    WHERE c.contype = 'f'";
/// Without the tables of FTS5 and what they keep themselves in, which `PostgreSQL` has no need of.
const LITE_TABLES: &str = "SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations'
        AND name <> 'search_text' AND name NOT LIKE 'search_text\\_%' ESCAPE '\\'
        AND name <> 'search_comment_text' AND name NOT LIKE 'search_comment_text\\_%' ESCAPE '\\'
        AND name <> 'search_spelling' AND name NOT LIKE 'search_spelling\\_%' ESCAPE '\\'";

/// What a type of either database holds. SQLite has no type of its own for truth and for keys.
fn holds(kind: &str) -> &'static str {
    match kind {
        "BLOB" | "uuid" | "bytea" => "bytes",
        "INTEGER" | "bigint" | "boolean" => "number",
        "TEXT" | "text" => "text",
        "tsvector" => "words that are searched",
        "ARRAY" => "several texts",
        other => panic!("a type that the rules do not know: {other}"),
    }
}

fn column(table: &str, name: &str, kind: &str, required: bool) -> String {
    format!("{table}.{name} holds {} and is required: {required}", holds(kind))
}

fn index(table: &str, unique: bool, columns: &str, partial: bool) -> String {
    format!("{table} has an index on {columns}, unique: {unique}, partial: {partial}")
}

fn reference(table: &str, columns: &str, to: &str, cascades: bool) -> String {
    format!("{table} ({columns}) refers to {to}, goes with it: {cascades}")
}

async fn of_postgres(url: &str) -> sqlx::Result<Facts> {
    let mut conn = PgConnection::connect(url).await?;
    let mut facts = Facts::new();
    let columns: Vec<(String, String, String, bool)> =
        sqlx::query_as(PG_COLUMNS).fetch_all(&mut conn).await?;
    facts.extend(columns.iter().map(|(table, name, kind, must)| column(table, name, kind, *must)));
    let indexes: Vec<(String, bool, String, bool)> = sqlx::query_as(PG_INDEXES).fetch_all(&mut conn).await?;
    facts.extend(indexes.iter().map(|(table, unique, on, part)| index(table, *unique, on, *part)));
    let references: Vec<(String, String, String, bool)> =
        sqlx::query_as(PG_REFERENCES).fetch_all(&mut conn).await?;
    facts.extend(references.iter().map(|(table, on, to, goes)| reference(table, on, to, *goes)));
    Ok(facts)
}

async fn of_sqlite(url: &str) -> sqlx::Result<Facts> {
    let mut conn = SqliteConnection::connect(url).await?;
    let tables: Vec<String> = sqlx::query_scalar(LITE_TABLES).fetch_all(&mut conn).await?;
    let mut facts = Facts::new();
    for table in &tables {
        of_table(&mut conn, table, &mut facts).await?;
    }
    Ok(facts)
}

async fn of_table(conn: &mut SqliteConnection, table: &str, facts: &mut Facts) -> sqlx::Result<()> {
    let sql = format!("SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')");
    let columns: Vec<(String, String, bool)> =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    facts.extend(columns.iter().map(|(name, kind, must)| column(table, name, kind, *must)));
    let sql = format!(
        "SELECT l.\"unique\", (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)),
            l.partial FROM pragma_index_list('{table}') l"
    );
    let indexes: Vec<(bool, String, bool)> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    facts.extend(indexes.iter().map(|(unique, on, part)| index(table, *unique, on, *part)));
    let sql = format!(
        "SELECT group_concat(\"from\"), \"table\", on_delete = 'CASCADE'
         FROM (SELECT * FROM pragma_foreign_key_list('{table}') ORDER BY id, seq) GROUP BY id"
    );
    let references: Vec<(String, String, bool)> =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    facts.extend(references.iter().map(|(on, to, goes)| reference(table, on, to, *goes)));
    Ok(())
}

/// SQLite gives a table with one whole number as its key no index of its own: the table is one.
fn is_the_row_number(fact: &str) -> bool {
    fact == index("audit_log", true, "id", false)
}

/// Where each database files words in its own way (ADR 0014).
fn differs_on_purpose() -> [String; 8] {
    [
        column("search_entry", "document", "tsvector", true),
        index("search_entry", false, "document", false),
        column("search_comment", "document", "tsvector", true),
        index("search_comment", false, "document", false),
        column("search_word", "trigrams", "ARRAY", true),
        index("search_word", false, "trigrams", false),
        column("search_word", "number", "INTEGER", true),
        index("search_word", true, "number", false),
    ]
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let Some(postgres) = Db::postgres().await else { return };
    let sqlite = Db::sqlite().await;
    let mut there = of_postgres(&postgres.url).await.expect("PostgreSQL tells its schema");
    there.retain(|fact| !is_the_row_number(fact));
    let mut here = of_sqlite(&sqlite.url).await.expect("SQLite tells its schema");
    for fact in differs_on_purpose() {
        assert!(here.remove(&fact) != there.remove(&fact), "one of them has it: {fact}");
    }

    let in_sqlite: Vec<_> = here.difference(&there).collect();
    let in_postgres: Vec<_> = there.difference(&here).collect();
    assert!(here.len() > 150, "{} facts were compared", here.len());
    assert!(
        in_sqlite.is_empty() && in_postgres.is_empty(),
        "SQLite: {in_sqlite:#?}\nPostgreSQL: {in_postgres:#?}"
    );
    postgres.run(async |_| Ok(())).await;
    sqlite.run(async |_| Ok(())).await;
}

#[tokio::test]
async fn every_table_of_content_belongs_to_a_platform() {
    let db = Db::sqlite().await;
    let facts = of_sqlite(&db.url).await.expect("SQLite tells its schema");
    let tables: BTreeSet<&str> = facts
        .iter()
        .filter_map(|fact| fact.split_once(" holds "))
        .filter_map(|(column, _)| column.split_once('.'))
        .map(|(table, _)| table)
        .filter(|table| !["platform", "periodic", "signing_key"].contains(table))
        .collect();
    assert!(tables.len() > 15);
    for table in tables {
        let fact = column(table, "platform_id", "BLOB", true);
        assert!(facts.contains(&fact), "{table} has no platform_id");
    }
    db.run(async |_| Ok(())).await;
}
