//! How often something may happen, and work that one process does.

use domain::clock::Span;
use domain::limits::Limit;
use tokio::task::JoinSet;

use crate::common::{NOW, World, at, contract};

const THREE: Limit = Limit { name: "test", times: 3, per: Span::hours(1) };

contract!(the_fourth_of_three_is_refused_until_the_hour_is_over, |db| {
    let world = World::make(db, "een").await?;
    let hit = async |key: &str, minute| db.store.hit(world.platform, &THREE, key, at(minute)).await;
    for _ in 0..3 {
        assert!(hit("joke", 0).await?);
    }
    assert!(!hit("joke", 0).await?);
    assert!(hit("fatma", 0).await?, "somebody else has their own");
    assert!(hit("joke", 61).await?);
    Ok(())
});

contract!(every_platform_and_every_limit_counts_for_itself, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let single = Limit { times: 1, ..THREE };
    assert!(db.store.hit(one.platform, &single, "k", NOW).await?);
    assert!(!db.store.hit(one.platform, &single, "k", NOW).await?);
    assert!(db.store.hit(other.platform, &single, "k", NOW).await?);
    assert!(db.store.hit(one.platform, &Limit { name: "other", ..single }, "k", NOW).await?);
    Ok(())
});

contract!(of_forty_at_once_in_two_processes_three_are_allowed, |db| {
    let world = World::make(db, "een").await?;
    let other = db.another_process().await;
    let platform = world.platform;
    let mut tries = JoinSet::new();
    for n in 0..40 {
        let store = if n % 2 == 0 { db.store.clone() } else { other.clone() };
        tries.spawn(async move { store.hit(platform, &THREE, "k", NOW).await });
    }
    let mut allowed = 0;
    for one in tries.join_all().await {
        allowed += i32::from(one?);
    }
    assert_eq!(allowed, 3);
    other.close().await;
    Ok(())
});

contract!(periodic_work_is_for_exactly_one_process_per_period, |db| {
    let other = db.another_process().await;
    for minute in [0, 60] {
        let mut claims = JoinSet::new();
        for n in 0..10 {
            let store = if n % 2 == 0 { db.store.clone() } else { other.clone() };
            let now = at(minute);
            claims.spawn(async move { store.claim_periodic("sweep", now, Span::hours(1)).await });
        }
        let mut claimed = 0;
        for one in claims.join_all().await {
            claimed += i32::from(one?);
        }
        assert_eq!(claimed, 1);
    }
    assert!(!db.store.claim_periodic("sweep", at(119), Span::hours(1)).await?);
    assert!(db.store.claim_periodic("other", at(119), Span::hours(1)).await?);
    other.close().await;
    Ok(())
});
