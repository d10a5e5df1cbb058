//! Two communities in one database are nothing to each other.

use domain::actor::{Actor, Scope};
use domain::area::{Area, AreaKind};
use domain::clock::Span;
use domain::id::{AreaId, DraftId, FlashId, MemberId};
use domain::limits::Limit;
use domain::members::policy::may_keep_flash;
use domain::permit::Permit;
use domain::permit::action::{KeepDraft, KeepFlash, Operate};
use domain::posts::filter::PostFilter;
use domain::posts::policy::may_keep_draft;
use domain::roles::Role;
use store::operator::PostPast;
use store::{Error, Saved};

use crate::common::{Db, NOW, World, a_post, at, contract, text};
use crate::raw_sql::Raw;

const ALL: PostFilter = PostFilter { area: None, topic: None, kind: None, author: None, after: None };

async fn two(db: &Db) -> store::Result<(World, World)> {
    Ok((World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?))
}

/// Each call must be refused because its permit is for another platform.
macro_rules! all_wrong_platform {
    ($($call:expr),* $(,)?) => {$(
        assert!(
            matches!($call.await.map(|_| ()), Err(Error::WrongPlatform)),
            "{}", stringify!($call)
        );
    )*};
}

impl World {
    fn keep_flash(&self) -> Permit<KeepFlash> {
        may_keep_flash(self.platform)
    }

    pub fn keep_draft(&self, member: MemberId) -> Permit<KeepDraft> {
        may_keep_draft(&Actor::member(self.platform, member, vec![]), self.platform)
            .expect("members keep their drafts")
    }
}

contract!(a_permit_of_another_platform_changes_nothing, |db| {
    let (a, b) = two(db).await?;
    let id = a.publish(a_post("van a")).await?;
    let edit = a.may_edit(&a.resident(), id).await?;
    let remove = a.may_remove(&a.resident(), id).await?;
    let pin = a.may_pin(id).await?;
    let (create, sign_in, account) = (a.may_create(), a.sign_in(), a.account(a.joke));
    let (draft, flash, operate) = (a.keep_draft(a.joke), a.keep_flash(), a.operate());
    let spec = a_post("naar b");
    let new = b.new_post(b.new_id(NOW), &spec);
    let (challenge, session) = (b.challenge("link").await?, b.begin_session(b.joke, "token").await?);
    let flash_id = FlashId::new(NOW, &b.chance);
    let kept = crate::drafts::typed(DraftId::new(NOW, &b.chance), NOW);
    let newer = text("nieuw");
    let change = b.change(id, 1, &newer);

    let mut write = b.tenant.write().await?;
    all_wrong_platform!(
        write.insert_post(&create, &new),
        b.tenant.begin_post(&create, NOW, NOW, ("t", "b")),
        write.update_post(&edit, &change),
        write.remove_post(&remove, id, None, NOW),
        write.pin_post(&pin, id, None),
        write.count_attempt(&sign_in, challenge),
        write.consume_challenge(&sign_in, challenge, NOW),
        write.end_session_by_id(&sign_in, session),
        write.use_totp_step(&sign_in, b.joke, 1),
        write.use_recovery_code(&sign_in, b.joke, b"x", NOW),
        write.seen(&account, session, NOW, NOW),
        write.end_session(&account, session),
        write.end_other_sessions(&account, session),
        write.update_member(&account, 1, "x", None, "", None),
        write.set_password(&account, None, NOW),
        write.set_totp(&account, "x", 1),
        write.clear_totp(&account),
        write.set_recovery_codes(&account, &[]),
        write.put_draft(&draft, &kept),
        write.schedule_draft(&draft, &kept, at(1)),
        write.close_draft(&draft, &kept, id, store::drafts::Before::Kept),
        write.claim_draft(&draft, kept.id, at(1), NOW),
        write.claimed_draft(&draft, kept.id, id),
        write.withdraw_draft(&draft, kept.id, NOW),
        write.discard_draft(&draft, kept.id, NOW),
        write.restore_draft(&draft, kept.id, 9, NOW),
        write.refuse_draft(&operate, b.joke, kept.id, NOW),
        write.expire_posts(&operate, NOW),
        write.insert_flash(&flash, flash_id, "f", "{}", NOW),
        write.insert_post_as_operator(&operate, b.joke, &new, &PostPast::default()),
        write.set_secrets_as_operator(&operate, b.joke, None, None),
        write.grant(&operate, &b.grant_to(b.joke, Role::Connector, Scope::Platform)),
    );
    // A refusal is no failed statement: what is allowed can still be committed.
    write.commit().await?;
    assert_eq!(b.titles(ALL, at(9)).await?, [""; 0]);
    assert!(b.tenant.session(b"token", NOW).await?.is_some());
    Ok(())
});

contract!(nothing_of_another_platform_is_found_by_its_key, |db| {
    let (a, b) = two(db).await?;
    let id = a.publish(a_post("van a").topic(a.green).in_area(a.street)).await?;
    a.pin(id, Some(at(60))).await?;
    let (challenge, _) = (a.challenge("link").await?, a.begin_session(a.joke, "token").await?);
    let flash = FlashId::new(NOW, &a.chance);
    let mut write = a.tenant.write().await?;
    write.insert_flash(&a.keep_flash(), flash, "f", "{}", at(60)).await?;
    let kept = crate::drafts::typed(DraftId::new(NOW, &a.chance), NOW);
    write.put_draft(&a.keep_draft(a.joke), &kept).await?;
    write.set_password(&a.account(a.joke), Some("hash"), NOW).await?;
    write.commit().await?;

    let from_b = &b.tenant;
    assert!(from_b.post(id).await?.is_none());
    assert!(from_b.revisions(id).await?.is_empty());
    assert!(from_b.revision(id, 1).await?.is_none());
    assert!(from_b.member(a.joke).await?.is_none());
    assert!(from_b.grants(a.fatma, at(1)).await?.is_empty());
    assert!(from_b.secrets(a.joke).await?.is_none());
    assert!(from_b.session(b"token", at(1)).await?.is_none());
    assert!(from_b.sessions_of(a.joke, at(1)).await?.is_empty());
    assert!(from_b.challenge(challenge).await?.is_none());
    assert!(from_b.challenge_by_token(b"link").await?.is_none());
    assert!(from_b.flash(flash, at(1)).await?.is_none());
    assert!(from_b.draft(a.joke, kept.id).await?.is_none());
    assert!(from_b.newest_draft(a.joke).await?.is_none());
    assert!(from_b.drafts(a.joke).await?.is_empty());
    for filter in [
        ALL,
        PostFilter { area: Some(a.tree.all()[0].id), ..ALL },
        PostFilter { topic: Some(a.green), ..ALL },
        PostFilter { area: Some(a.street), topic: Some(a.green), ..ALL },
    ] {
        assert!(from_b.list_posts(&filter, &[], at(1), 9).await?.items.is_empty(), "{filter:?}");
        assert!(from_b.pinned_posts(&filter, at(1)).await?.is_empty(), "{filter:?}");
        assert!(from_b.recent_posts(&filter, 9).await?.is_empty(), "{filter:?}");
    }
    let (platform, _) = from_b.load_platform(at(1)).await?.expect("b is there");
    assert_eq!(platform.connectors.len(), 1);
    assert_eq!(platform.connectors[0].member, b.fatma);
    Ok(())
});

contract!(ones_own_permit_reaches_nothing_of_another_platform, |db| {
    let (a, b) = two(db).await?;
    let (challenge, session) = (a.challenge("link").await?, a.begin_session(a.joke, "token").await?);
    let id = a.publish(a_post("van a")).await?;
    let mut write = b.tenant.write().await?;
    assert!(!write.consume_challenge(&b.sign_in(), challenge, at(1)).await?);
    assert_eq!(write.count_attempt(&b.sign_in(), challenge).await?, i64::MAX);
    write.end_session_by_id(&b.sign_in(), session).await?;
    assert!(!write.end_session(&b.account(b.joke), session).await?);
    assert_eq!(write.end_other_sessions(&b.account(b.joke), session).await?, 0);
    // The subject decides too, not only the platform.
    write.commit().await?;
    let own = b.publish(a_post("van b")).await?;
    let newer = text("anders");
    let edit = b.may_edit(&b.resident(), own).await?;
    let mut write = b.tenant.write().await?;
    let wrong = write.update_post(&edit, &b.change(id, 1, &newer)).await;
    assert!(matches!(wrong, Err(Error::WrongSubject)));
    assert_eq!(write.update_post(&edit, &b.change(own, 1, &newer)).await?, Saved::Done { version: 2 });
    write.commit().await?;

    assert!(!a.tenant.challenge(challenge).await?.expect("it is there").consumed);
    assert_eq!(a.tenant.challenge(challenge).await?.expect("it is there").attempts, 0);
    assert!(a.tenant.session(b"token", at(1)).await?.is_some());
    assert_eq!(a.post(id).await?.version, 1);
    Ok(())
});

contract!(one_member_cannot_touch_what_is_anothers_on_the_same_platform, |db| {
    let world = World::make(db, "hier").await?;
    let session = world.begin_session(world.joke, "token").await?;
    let fatma = world.account(world.fatma);
    let mut write = world.tenant.write().await?;
    let kept = crate::drafts::typed(DraftId::new(NOW, &world.chance), NOW);
    let hers = world.keep_draft(world.fatma);
    write.put_draft(&world.keep_draft(world.joke), &kept).await?;
    assert!(!write.discard_draft(&hers, kept.id, NOW).await?);
    assert!(!write.withdraw_draft(&hers, kept.id, NOW).await?);
    assert!(!write.end_session(&fatma, session).await?);
    assert_eq!(write.end_other_sessions(&fatma, session).await?, 0);
    write.seen(&fatma, session, at(9), at(999)).await?;
    write.commit().await?;
    let draft = world.tenant.draft(world.joke, kept.id).await?.expect("Joke's draft");
    assert_eq!(draft.state, domain::posts::drafts::DraftState::Open);
    let found = world.tenant.session(b"token", at(1)).await?.expect("Joke's session");
    assert_eq!((found.seen_at, found.ends_at), (NOW, at(60)));
    Ok(())
});

contract!(keys_of_another_platform_are_refused_by_the_store, |db| {
    let (a, b) = two(db).await?;
    let permit: Permit<Operate> = a.operate();
    let foreign_area = a_post("x").in_area(b.street);
    let foreign_topic = a_post("x").topic(b.green);
    let below = Area {
        id: AreaId::new(NOW, &a.chance),
        parent: Some(b.tree.all()[0].id),
        kind: AreaKind::Street,
        slug: "vreemd".into(),
        name: "Vreemd".into(),
    };
    let own = a_post("x");
    let past = PostPast { pinned_until: Some(at(1)), pinned_by: Some(b.fatma), edited_at: None };

    // The tree of b, so that the foreign area is a known one and reaches the database.
    let by_area = store::posts::NewPost { tree: &b.tree, ..a.new_post(a.new_id(NOW), &foreign_area) };
    let by_topic = a.new_post(a.new_id(NOW), &foreign_topic);
    let by_author = a.new_post(a.new_id(NOW), &own);

    let mut write = a.tenant.write().await?;
    refused(&write.insert_post(&a.may_create(), &by_area).await, "a post in a foreign area");
    assert!(matches!(write.commit().await, Err(Error::Broken)));
    let mut write = a.tenant.write().await?;
    refused(&write.insert_post(&a.may_create(), &by_topic).await, "a post on a foreign topic");
    drop(write);
    let mut write = a.tenant.write().await?;
    let done = write.insert_post_as_operator(&permit, b.joke, &by_author, &PostPast::default()).await;
    refused(&done, "a post by a foreign member");
    drop(write);
    let mut write = a.tenant.write().await?;
    let done = write.insert_post_as_operator(&permit, a.joke, &by_author, &past).await;
    refused(&done, "a pin by a foreign member");
    drop(write);
    let mut write = a.tenant.write().await?;
    refused(&write.insert_area(&permit, &below, 0).await, "an area in a foreign area");
    drop(write);
    for grant in [
        a.grant_to(b.joke, Role::Connector, Scope::Platform),
        a.grant_to(a.joke, Role::Connector, Scope::Area(b.street)),
        a.grant_to(a.joke, Role::Connector, Scope::Topic(b.green)),
    ] {
        let mut write = a.tenant.write().await?;
        refused(&write.grant(&permit, &grant).await, "a grant across platforms");
    }
    let mut write = a.tenant.write().await?;
    let done = write.update_member(&a.account(a.joke), 1, "Joke", Some(b.street), "", None).await;
    refused(&done, "a member in a foreign area");
    drop(write);
    assert_eq!(a.titles(ALL, at(9)).await?, [""; 0]);
    Ok(())
});

fn refused<T>(done: &store::Result<T>, what: &str) {
    assert!(matches!(done, Err(Error::Driver(_))), "{what} is refused");
}

contract!(the_database_itself_refuses_references_across_platforms, |db| {
    let (a, b) = two(db).await?;
    let post = b.publish(a_post("van b").in_area(b.street)).await?;
    let mut raw = Raw::open(&db.url).await;
    let (pa, post) = (raw.key(a.platform.0), raw.key(post.0));
    let (joke, area, any) = (raw.key(b.joke.0), raw.key(b.street.0), raw.key(a.new_id(NOW).0));
    let hash = raw.bytes("00ff");
    let statements = [
        format!("INSERT INTO session VALUES ({pa}, {any}, {joke}, {hash}, '', 'complete', '', 1, 1, 2)"),
        format!(
            "INSERT INTO challenge (platform_id, id, purpose, member_id, code_hash, token_hash, return_to,
             created_at, expires_at, address_key)
             VALUES ({pa}, {any}, 'sign_in', {joke}, {hash}, {hash}, '', 1, 2, '')"
        ),
        format!(
            "INSERT INTO draft (platform_id, member_id, id, state, updated_at, content)
             VALUES ({pa}, {joke}, {any}, 'open', 1, '')"
        ),
        format!(
            "INSERT INTO proposal (platform_id, id, post_id, member_id, status, base_version, created_at, why, reasons,
             content) VALUES ({pa}, {any}, {post}, {joke}, 'open', 1, 1, '', '', '{{}}')"
        ),
        format!("INSERT INTO credential (platform_id, member_id) VALUES ({pa}, {joke})"),
        format!(
            "INSERT INTO recovery_code (platform_id, member_id, code_hash) VALUES ({pa}, {joke}, {hash})"
        ),
        format!("INSERT INTO post_revision VALUES ({pa}, {post}, 9, {joke}, 1, '', '{{}}', NULL)"),
        format!(
            "INSERT INTO post_area (platform_id, area_id, published_at, post_id) VALUES ({pa}, {area}, 1, {post})"
        ),
        format!(
            "INSERT INTO moderation_case (platform_id, id, status, origin, subject_kind, subject_key, author_id,
             area_ids, notices, version, created_at, snapshot)
             VALUES ({pa}, {any}, 'open', 'notice', 'address', 'x', {joke}, '[]', 1, 1, 1, '{{}}')"
        ),
        format!("UPDATE post SET removed_by = {joke} WHERE platform_id = {pa}"),
    ];
    let own = a.publish(a_post("van a")).await?;
    for sql in &statements {
        let error = raw.run(sql).await.expect_err(sql);
        assert!(is_a_broken_reference(&error), "{sql}: {error}");
    }
    assert_eq!(a.post(own).await?.removed_by, None);
    Ok(())
});

fn is_a_broken_reference(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}

contract!(every_reference_to_a_platforms_thing_names_the_platform, |db| {
    // A new table whose reference leaves the platform out is found here, without a test of its own.
    let mut raw = Raw::open(&db.url).await;
    let sql = if raw.is_sqlite() { SQLITE_REFERENCES } else { POSTGRES_REFERENCES };
    let loose = raw.lines(sql).await;
    assert_eq!(loose, [""; 0], "{loose:?}");
    Ok(())
});

/// References to another table than `platform` of which no column is `platform_id`.
const SQLITE_REFERENCES: &str = "SELECT t.name || ' -> ' || f.\"table\"
    FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
    WHERE t.type = 'table' AND f.\"table\" <> 'platform'
    GROUP BY t.name, f.id HAVING SUM(f.\"from\" = 'platform_id' AND f.\"to\" = 'platform_id') <> 1";
const POSTGRES_REFERENCES: &str = "SELECT c.conrelid::regclass::text || ' -> ' || c.confrelid::regclass::text
    FROM pg_constraint c
    WHERE c.contype = 'f' AND c.confrelid <> 'platform'::regclass AND NOT EXISTS (
        SELECT 1 FROM unnest(c.conkey, c.confkey) AS k (here, there)
        JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = k.here
        JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = k.there
        WHERE h.attname = 'platform_id' AND t.attname = 'platform_id')";

contract!(limits_of_one_platform_are_not_used_up_on_another, |db| {
    let (a, b) = two(db).await?;
    let once = Limit { name: "test", times: 1, per: Span::hours(1) };
    assert!(db.store.hit(a.platform, &once, "key", NOW).await?);
    assert!(db.store.hit(b.platform, &once, "key", NOW).await?);
    assert!(!db.store.hit(a.platform, &once, "key", NOW).await?);
    Ok(())
});
