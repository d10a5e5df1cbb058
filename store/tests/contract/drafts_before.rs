//! The one draft that a member had before there were several is carried over.

use crate::common::Db;
use crate::raw_sql::Raw;
use domain::id::{DraftId, MemberId, PlatformId};
use domain::posts::drafts::DraftState;
use uuid::Uuid;

macro_rules! schema {
    ($database:literal) => {
        [
            include_str!(concat!("../../migrations/", $database, "/0001_first.sql")),
            include_str!(concat!("../../migrations/", $database, "/0002_comments.sql")),
            include_str!(concat!("../../migrations/", $database, "/0003_photos.sql")),
            include_str!(concat!("../../migrations/", $database, "/0007_drafts.sql")),
        ]
    };
}

async fn carried_over(db: &Db) {
    let mut raw = Raw::open(&db.url).await;
    let [first, comments, photos, drafts] =
        if raw.is_sqlite() { schema!("sqlite") } else { schema!("postgres") };
    for sql in [first, comments, photos] {
        raw.run(sql).await.expect("the earlier schema");
    }
    let key = |n: u128| Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0000 + n);
    let (platform, member) = (raw.key(key(1)), raw.key(key(2)));
    for sql in [
        format!(
            "INSERT INTO platform (id, slug, name, place, tagline, theme, locale, locales, launch, contact, house_rules, about)
             VALUES ({platform}, 'a', 'A', 'A', '', 'a', 'nl', '[\"nl\"]', 'live', '{{}}', '', '')"
        ),
        format!(
            "INSERT INTO member (platform_id, id, name, email, created_at, about)
             VALUES ({platform}, {member}, 'Joke', 'joke@example.org', 1, '')"
        ),
        format!(
            "INSERT INTO draft (platform_id, member_id, draft_key, updated_at, content)
             VALUES ({platform}, {member}, 'new-post', 7, '{{\"title\":\"Half verhaal\"}}')"
        ),
    ] {
        raw.run(&sql).await.expect(&sql);
    }
    raw.run(drafts).await.expect("the migration");

    let drafts = db.store.on(PlatformId(key(1))).drafts(MemberId(key(2))).await.expect("drafts");
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].id, drafts[0].state), (DraftId(key(2)), DraftState::Open));
    assert_eq!((drafts[0].json.as_str(), drafts[0].updated_at.0), ("{\"title\":\"Half verhaal\"}", 7));
}

#[tokio::test]
async fn the_draft_from_before_is_still_there_on_sqlite() {
    let db = Db::empty_sqlite().await;
    carried_over(&db).await;
    db.run(async |_| Ok(())).await;
}

#[tokio::test]
async fn the_draft_from_before_is_still_there_on_postgres() {
    let Some(db) = Db::empty_postgres().await else { return };
    carried_over(&db).await;
    db.run(async |_| Ok(())).await;
}
