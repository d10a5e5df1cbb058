//! With twenty thousand posts, every list is still a short range of an index.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::activities::{activity_statements, registration_statements};
use store::comments::comment_statements;
use store::drafts::draft_statements;
use store::initiatives::initiative_statements;
use store::moderation::queue_statements;
use store::photos::photo_statements;
use store::posts::list_statements;
use store::proposals::proposal_statements;
use store::search::search_statements;
use store::sources::source_statements;

use crate::common::{Db, NOW, World, a_post, at};

/// A community that has grown.
const MEMBERS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO member (platform_id, id, name, email, created_at, about)
    SELECT p.id, {key}, 'Buur', 'buur' || n.i || '@example.org', 0, '' FROM platform p CROSS JOIN n";
/// Copies the one post that is there twenty thousand times, and files a third under its areas.
const MANY: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    INSERT INTO post (platform_id, id, status, kind, topic_id, author_id, official, version,
        published_at, area_ids, scene_alt, title, excerpt, html, body)
    SELECT p.platform_id, {key}, CASE WHEN n.i % 50 = 0 THEN 'removed' ELSE 'published' END,
        CASE WHEN n.i % 9 = 0 THEN 'story' ELSE 'news' END, {topic},
        p.author_id, p.official, 1, p.published_at - n.i * 1000, p.area_ids, '', p.title,
        p.excerpt, p.html, p.body
    FROM post p CROSS JOIN n";
const FILED: &str = "INSERT INTO post_area (platform_id, area_id, published_at, post_id, direct)
    SELECT p.platform_id, a.id, p.published_at, p.id, a.slug = 'straat'
    FROM post p JOIN area a ON a.platform_id = p.platform_id AND a.slug IN ('straat', 'dorp')
    WHERE p.published_at % 3 = 0 AND p.published_at < {now}";

fn sql(template: &str, key: &str, topic: &str) -> AssertSqlSafe<String> {
    let now = NOW.0.to_string();
    AssertSqlSafe(template.replace("{key}", key).replace("{topic}", topic).replace("{now}", &now))
}

const TOPIC: &str = "(SELECT t.id FROM topic t WHERE t.platform_id = p.platform_id
        AND t.slug = CASE WHEN n.i % 2 = 0 THEN 'groen' ELSE 'zorg' END)";

/// Pins are few: sorting them costs nothing.
fn may_sort(name: &str) -> bool {
    name == "pinned"
}

#[tokio::test]
async fn no_list_scans_or_sorts_on_sqlite() {
    let db = Db::sqlite().await;
    let world = World::make(&db, "een").await.expect("a world");
    world.publish(a_post("Bericht").in_area(world.street)).await.expect("a post");
    let mut conn = SqliteConnection::connect(&db.url).await.expect("it connects");
    sqlx::query(sql(MEMBERS, "randomblob(16)", "")).execute(&mut conn).await.expect("many members");
    sqlx::query(sql(MANY, "randomblob(16)", TOPIC)).execute(&mut conn).await.expect("many posts");
    sqlx::query(sql(FILED, "", "")).execute(&mut conn).await.expect("many areas");

    for analysed in [false, true] {
        if analysed {
            sqlx::query("ANALYZE").execute(&mut conn).await.expect("it analyses");
        }
        for (name, text) in list_statements()
            .into_iter()
            .chain(activity_statements())
            .chain(registration_statements())
            .chain(comment_statements())
            .chain(queue_statements())
            .chain(photo_statements())
            .chain(initiative_statements())
            .chain(draft_statements())
            .chain(proposal_statements())
            .chain(source_statements())
        {
            let plan: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")))
                    .fetch_all(&mut conn)
                    .await
                    .expect("there is a plan");
            let bad = plan.iter().any(|(.., step)| {
                step.starts_with("SCAN") || (step.contains("TEMP B-TREE") && !may_sort(name))
            });
            assert!(!bad, "{name} (analysed: {analysed}): {plan:#?}");
        }
    }
    conn.close().await.expect("it closes");
    db.run(async |_| Ok(())).await;
}

#[tokio::test]
async fn no_list_scans_or_sorts_on_postgres() {
    let Some(db) = Db::postgres().await else { return };
    let world = World::make(&db, "een").await.expect("a world");
    world.publish(a_post("Bericht").in_area(world.street)).await.expect("a post");
    let mut conn = PgConnection::connect(&db.url).await.expect("it connects");
    sqlx::query(sql(MEMBERS, "gen_random_uuid()", "")).execute(&mut conn).await.expect("many members");
    sqlx::query(sql(MANY, "gen_random_uuid()", TOPIC)).execute(&mut conn).await.expect("many posts");
    sqlx::query(sql(FILED, "", "")).execute(&mut conn).await.expect("many areas");
    sqlx::query("ANALYZE").execute(&mut conn).await.expect("it analyses");

    for (name, text) in list_statements() {
        let explain = AssertSqlSafe(format!("EXPLAIN {}", filled_in(name, text, &world)));
        let plan: Vec<String> =
            sqlx::query_scalar(explain).fetch_all(&mut conn).await.expect("there is a plan");
        let bad = plan
            .iter()
            .any(|step| step.contains("Seq Scan on post") || (step.contains("Sort") && !may_sort(name)));
        assert!(!bad, "{name}: {plan:#?}");
    }
    conn.close().await.expect("it closes");
    db.run(async |_| Ok(())).await;
}

/// The statement with values in the places of its parameters, in the order in which they are bound.
fn filled_in(name: &str, text: &str, world: &World) -> String {
    let key = |id: uuid::Uuid| format!("'{id}'::uuid");
    let (platform, street, green) = (key(world.platform.0), key(world.street.0), key(world.green.0));
    let joke = key(world.joke.0);
    let (now, many, last) = (at(1).0.to_string(), "21".to_owned(), key(uuid::Uuid::max()));
    let (story, no_key, no_kind) = ("'story'".to_owned(), "NULL::uuid".to_owned(), "NULL::text".to_owned());
    let mut page = vec![platform.clone(), now.clone(), now.clone(), last, many.clone()];
    page.extend((0..6).map(|_| key(uuid::Uuid::nil())));
    let recent = [platform.clone(), many.clone()];
    let values: Vec<String> = match name {
        "all" => page,
        "by topic" => [&page[..], &[green, no_kind]].concat(),
        "by kind" => [&page[..], &[story]].concat(),
        "by author" => [&page[..], &[joke, no_key.clone(), no_kind, no_key]].concat(),
        "recent by author" => [&recent[..], &[joke, no_key.clone(), no_kind, no_key]].concat(),
        "by area" => [&page[..], &[street, no_key, no_kind]].concat(),
        "pinned" => vec![platform, now, no_key.clone(), no_kind, no_key.clone(), many, no_key],
        "addresses" | "recent" => recent.to_vec(),
        "recent by topic" => [&recent[..], &[green, no_kind]].concat(),
        "recent by kind" => [&recent[..], &[story]].concat(),
        "recent by area" => [&recent[..], &[street, no_key, no_kind]].concat(),
        other => panic!("say which values {other} takes"),
    };
    let numbered = values.iter().enumerate().rev();
    numbered.fold(text.to_owned(), |text, (place, value)| text.replace(&format!("${}", place + 1), value))
}

/// Files what [`MANY`] made: every post has a word of its own, and one in a hundred a common one.
const SEARCHED: &str = "INSERT INTO search_entry (platform_id, moment, post_id, rules{columns})
    SELECT n.platform_id, n.number, n.id, 1{values}
    FROM (SELECT platform_id, id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM post) n";
const SEARCHED_TEXT: &str = "INSERT INTO search_text (rowid, scope, title, body)
    SELECT moment, 'p' || lower(hex(platform_id)), 'woord' || moment,
        CASE WHEN moment % 100 = 0 THEN 'tuin' ELSE 'x' END FROM search_entry";
const DOCUMENT: &str =
    ", ('''p' || replace(n.platform_id::text, '-', '') || ':'' ''woord' || n.number || ''':1A'
    || CASE WHEN n.number % 100 = 0 THEN ' tuin:2' ELSE '' END)::tsvector";
const WORDS: &str = "INSERT INTO search_word (platform_id, word, stem, tail, {column})
    SELECT platform_id, 'woord' || moment, 'woord' || moment, moment || 'droow', {value} FROM search_entry";
const TRIGRAMS: &str =
    "ARRAY['_wo', 'oor', substr(moment::text, 1, 3), substr('00' || moment, length(moment::text), 3)]";
const EMPTIED: [&str; 2] = ["DELETE FROM search_entry", "DELETE FROM search_word"];

#[tokio::test]
async fn a_search_scans_nothing_on_sqlite() {
    let db = Db::sqlite().await;
    let world = World::make(&db, "een").await.expect("a world");
    world.publish(a_post("Bericht").in_area(world.street)).await.expect("a post");
    let mut conn = SqliteConnection::connect(&db.url).await.expect("it connects");
    let searched = SEARCHED.replace("{columns}", "").replace("{values}", "");
    let words = WORDS.replace("{column}", "number").replace("{value}", "moment");
    let many = MANY.replace("{key}", "randomblob(16)").replace("{topic}", TOPIC);
    for text in EMPTIED.into_iter().chain([many.as_str(), &searched, SEARCHED_TEXT, &words]) {
        sqlx::query(AssertSqlSafe(text)).execute(&mut conn).await.expect(text);
    }
    for (name, text) in search_statements(store::Kind::Sqlite) {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")))
                .fetch_all(&mut conn)
                .await
                .expect("there is a plan");
        let of_comments = ["c", "m", "p", "s"];
        let of_posts = ["p", "w", "post", "search_entry", "search_word"];
        let tables: &[&str] = if name.contains("comments") { &of_comments } else { &of_posts };
        // FTS5 is an index of its own; what was found (a thousand at most) is sorted.
        let bad = plan.iter().any(|(.., step)| {
            let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            // Looking at all of a platform is no better.
            table.is_some_and(|table| tables.contains(&table)) || step.ends_with(" (platform_id=?)")
        });
        assert!(!bad, "{name}: {plan:#?}");
    }
    conn.close().await.expect("it closes");
    db.run(async |_| Ok(())).await;
}

#[tokio::test]
async fn a_search_scans_nothing_on_postgres() {
    let Some(db) = Db::postgres().await else { return };
    let world = World::make(&db, "een").await.expect("a world");
    world.publish(a_post("Bericht").in_area(world.street)).await.expect("a post");
    let mut conn = PgConnection::connect(&db.url).await.expect("it connects");
    let searched = SEARCHED.replace("{columns}", ", document").replace("{values}", DOCUMENT);
    let words = WORDS.replace("{column}", "trigrams").replace("{value}", TRIGRAMS);
    let many = MANY.replace("{key}", "gen_random_uuid()").replace("{topic}", TOPIC);
    for text in EMPTIED.into_iter().chain([
        many.as_str(),
        &searched,
        &words,
        "VACUUM ANALYZE",
        "SET enable_seqscan = off",
    ]) {
        sqlx::query(AssertSqlSafe(text)).execute(&mut conn).await.expect(text);
    }
    let platform = format!("'{}'::uuid", world.platform.0);
    let sought = |word: &str| format!("'''p{}:'' & ''{word}'''", world.platform.0.simple());
    let (common, one) = (sought("tuin"), sought("woord77"));
    for (name, text) in search_statements(store::Kind::Postgres) {
        let mut values: Vec<String> = match name {
            "found" => {
                vec![common.clone(), one.clone(), one.clone(), one.clone(), "0".into(), i64::MAX.to_string()]
            }
            "found with comments" => {
                let all = [&common, &one, &one, &one].map(Clone::clone);
                let within = ["0".into(), i64::MAX.to_string(), "1000".into(), one.clone()];
                let of = ["NULL::text", "NULL::uuid", "NULL::uuid", "20"].map(String::from);
                all.into_iter().chain(within).chain(of).collect()
            }
            "found comments" => vec![
                one.clone(),
                "0".into(),
                i64::MAX.to_string(),
                "NULL::text".into(),
                "NULL::uuid".into(),
                "NULL::uuid".into(),
                "20".into(),
            ],
            "kin" => vec![
                "'[[0,\"woord777\"]]'".into(),
                "'[[0,\"777\"]]'".into(),
                "'~'::text".into(),
                "400".into(),
            ],
            "alike" => vec!["'[\"777\"]'".into(), "'[\"woord77\"]'".into(), "120".into()],
            "cards" => vec!["0".into()],
            other => panic!("say which values {other} takes"),
        };
        values.insert(0, platform.clone());
        if name == "found" {
            values.push("1000".into());
        }
        values.extend((values.len()..22).map(|_| format!("'{}'::uuid", uuid::Uuid::nil())));
        let numbered = values.iter().enumerate().rev();
        let filled = numbered
            .fold(text.to_owned(), |text, (place, value)| text.replace(&format!("${}", place + 1), value));
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("EXPLAIN {filled}")))
            .fetch_all(&mut conn)
            .await
            .expect("there is a plan");
        let scans = ["comment", "post", "search_comment", "search_entry", "search_word"];
        let scans = scans.map(|table| format!("Seq Scan on {table}"));
        let bad = plan.iter().any(|step| scans.iter().any(|scan| step.contains(scan.as_str())));
        assert!(!bad, "{name}: {plan:#?}");
    }
    conn.close().await.expect("it closes");
    db.run(async |_| Ok(())).await;
}
