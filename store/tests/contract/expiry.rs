//! Posts that are to be read until a day.

use domain::clock::Timestamp;
use domain::id::PostId;
use domain::permit::Permit;
use domain::permit::action::ExtendPost;
use domain::posts::filter::PostFilter;
use domain::posts::policy::{PostFacts, may_extend, may_set_last_day};
use domain::posts::{LastDayChange, PostStatus};
use store::Saved;
use store::posts::LastDay;

use crate::common::{World, a_post, at, contract};

impl World {
    async fn expire(&self, now: Timestamp) -> store::Result<u64> {
        let mut write = self.tenant.write().await?;
        let expired = write.expire_posts(&self.operate(), now).await?;
        write.commit().await?;
        Ok(expired)
    }

    async fn may_extend(&self, id: PostId) -> store::Result<Permit<ExtendPost>> {
        let post = self.post(id).await?;
        let facts = PostFacts::of(&post, self.platform, &self.tree);
        Ok(may_extend(&self.resident(), &facts).expect("authors may"))
    }
}

contract!(an_expired_post_leaves_every_list_and_stays_where_it_is, |db| {
    let world = World::make(db, "een").await?;
    let other = World::make(db, "twee").await?;
    let spec = a_post("Tot morgen").in_area(world.street).topic(world.green).at(at(1)).until(at(60));
    let id = world.publish(spec).await?;
    world.publish(a_post("Blijft").at(at(2))).await?;
    assert!(db.store.with_expired_posts(at(59)).await?.is_empty());
    assert_eq!(world.expire(at(59)).await?, 0);
    let before = db.store.versions().await?;
    assert_eq!(db.store.with_expired_posts(at(60)).await?, [world.platform]);
    assert_eq!((other.expire(at(60)).await?, world.expire(at(60)).await?), (0, 1));
    assert_ne!(db.store.versions().await?, before, "pages that are kept are old now");
    for filter in [
        PostFilter::default(),
        PostFilter { area: Some(world.street), ..PostFilter::default() },
        PostFilter { topic: Some(world.green), ..PostFilter::default() },
    ] {
        assert!(!world.titles(filter, at(61)).await?.contains(&"Tot morgen".to_owned()));
        assert!(world.tenant.recent_posts(&filter, 9).await?.iter().all(|post| post.id != id));
    }
    assert!(world.tenant.post_addresses(9).await?.iter().all(|(address, _)| *address != id));
    let post = world.post(id).await?;
    assert_eq!((post.status, post.expires_at), (PostStatus::Expired, Some(at(60))));
    assert!(db.store.with_expired_posts(at(61)).await?.is_empty());
    Ok(())
});

contract!(a_post_that_is_extended_is_back_where_it_was, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Tot morgen").at(at(1)).until(at(60))).await?;
    world.publish(a_post("Nieuwer").at(at(2))).await?;
    world.expire(at(60)).await?;
    let permit = world.may_extend(id).await?;
    let mut write = world.tenant.write().await?;
    let post = world.post(id).await?;
    let to =
        LastDay { id, expected_version: post.version, until: Some(at(600)), text: &post.text, at: at(61) };
    assert_eq!(write.set_last_day(&permit, &to).await?, Saved::Done { version: post.version + 1 });
    write.commit().await?;
    assert_eq!(world.titles(PostFilter::default(), at(61)).await?, ["Nieuwer", "Tot morgen"]);
    assert_eq!(world.expire(at(599)).await?, 0);
    assert_eq!(world.post(id).await?.published_at, at(1));
    Ok(())
});

contract!(a_last_day_is_changed_and_taken_away_as_a_version, |db| {
    let world = World::make(db, "een").await?;
    let other = World::make(db, "twee").await?;
    let id = world.publish(a_post("Tot morgen").at(at(1)).until(at(60))).await?;
    let set = async |version: i64, until: Option<Timestamp>| -> store::Result<Saved> {
        let post = world.post(id).await?;
        let facts = PostFacts::of(&post, world.platform, &world.tree);
        let permit = may_set_last_day(&world.resident(), &facts).expect("authors may");
        let to = LastDay { id, expected_version: version, until, text: &post.text, at: at(5) };
        let mut write = other.tenant.write().await?;
        assert!(write.set_last_day(&permit, &to).await.is_err(), "nothing of another community");
        drop(write);
        let mut write = world.tenant.write().await?;
        let saved = write.set_last_day(&permit, &to).await?;
        write.commit().await?;
        Ok(saved)
    };
    assert_eq!(set(1, Some(at(90))).await?, Saved::Done { version: 2 });
    assert_eq!(set(1, Some(at(70))).await?, Saved::Stale, "made on a version that is not there any more");
    assert_eq!(world.post(id).await?.expires_at, Some(at(90)));
    assert_eq!(world.expire(at(90)).await?, 1);
    let version = world.post(id).await?.version;
    assert_eq!(set(version, None).await?, Saved::Done { version: version + 1 });
    let post = world.post(id).await?;
    assert_eq!((post.status, post.expires_at), (PostStatus::Published, None));
    assert_eq!(world.titles(PostFilter::default(), at(99)).await?, ["Tot morgen"]);
    let versions = world.tenant.revisions(id).await?;
    let told: Vec<_> = versions.iter().map(|one| (one.version, one.last_day)).collect();
    assert_eq!(
        told,
        [(version + 1, Some(LastDayChange::Taken)), (2, Some(LastDayChange::Until(at(90)))), (1, None),]
    );
    assert!(versions.iter().all(|one| one.text == post.text), "the text stays as it is");
    Ok(())
});

contract!(a_post_without_a_last_day_neither_expires_nor_is_extended, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Voor altijd").at(at(1))).await?;
    let facts = PostFacts::of(&world.post(id).await?, world.platform, &world.tree);
    assert!(may_extend(&world.resident(), &facts).is_err());
    assert_eq!(world.expire(Timestamp(i64::MAX)).await?, 0);
    assert_eq!(world.titles(PostFilter::default(), at(2)).await?, ["Voor altijd"]);
    Ok(())
});
