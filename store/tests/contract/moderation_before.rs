//! Notices from before there were cases are carried over, none lost.

use crate::common::Db;
use crate::raw_sql::Raw;
use domain::id::PlatformId;
use domain::moderation::Subject;
use uuid::Uuid;

const SQLITE: [&str; 2] = [
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0005_moderation.sql"),
];
const POSTGRES: [&str; 2] = [
    include_str!("../../migrations/postgres/0001_first.sql"),
    include_str!("../../migrations/postgres/0005_moderation.sql"),
];

async fn carried_over(db: &Db) {
    let mut raw = Raw::open(&db.url).await;
    let [before, moderation] = if raw.is_sqlite() { SQLITE } else { POSTGRES };
    raw.run(before).await.expect("the first schema");
    let key = |n: u128| Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0000 + n);
    let (platform, member, post) = (raw.key(key(1)), raw.key(key(2)), raw.key(key(3)));
    let path = format!("/berichten/{}", key(3));
    let report = |n: u128, address: &str| {
        format!(
            "INSERT INTO report (platform_id, id, address, email, created_at, message)
             VALUES ({platform}, {}, '{address}', 'melder@example.org', {n}, 'Melding {n}')",
            raw.key(key(n))
        )
    };
    let sql = [
        format!(
            "INSERT INTO platform (id, slug, name, place, tagline, theme, locale, locales, launch, contact, house_rules, about)
             VALUES ({platform}, 'a', 'A', 'A', '', 'a', 'nl', '[\"nl\"]', 'live', '{{}}', '', '')"
        ),
        format!(
            "INSERT INTO member (platform_id, id, name, email, created_at, about)
             VALUES ({platform}, {member}, 'Joke', 'joke@example.org', 1, '')"
        ),
        format!(
            "INSERT INTO post (platform_id, id, status, kind, author_id, version, published_at, area_ids, scene_alt,
                title, excerpt, html, body)
             VALUES ({platform}, {post}, 'published', 'news', {member}, 4, 1, '[]', '', 'Een \"titel\"', '', '', 'Tekst')"
        ),
        report(10, &path),
        report(11, &path),
        report(12, ""),
        report(13, ""),
        report(14, "/over"),
        report(15, "/berichten/nieuw"),
        report(16, "/berichten/0198c0de-0000-7000-8000-ffffffffffff"),
    ];
    for sql in &sql {
        raw.run(sql).await.expect(sql);
    }
    raw.run(moderation).await.expect("the migration");

    let tenant = db.store.on(PlatformId(key(1)));
    assert_eq!(tenant.count_notices().await.expect("notices"), 7);
    let cases = tenant.queue(store::moderation::Tab::Open, None, 99).await.expect("cases");
    assert_eq!(cases.len(), 6, "the two about the post came together: {cases:#?}");
    let about = tenant.case_of(&Subject::Post(domain::id::PostId(key(3)))).await.expect("a case");
    let about = about.expect("the post has a case");
    assert_eq!((about.notices, about.author.map(|id| id.0)), (2, Some(key(2))));
    assert_eq!((about.snapshot.title.as_str(), about.snapshot.version), ("Een \"titel\"", 4));
    assert_eq!(tenant.notices_of(about.id).await.expect("notices").len(), 2);
}

#[tokio::test]
async fn notices_from_before_become_cases_on_sqlite() {
    let db = Db::empty_sqlite().await;
    carried_over(&db).await;
    db.run(async |_| Ok(())).await;
}

#[tokio::test]
async fn notices_from_before_become_cases_on_postgres() {
    let Some(db) = Db::empty_postgres().await else { return };
    carried_over(&db).await;
    db.run(async |_| Ok(())).await;
}
