//! All of it or nothing of it, and the versions that caches go by.

use domain::posts::filter::PostFilter;
use store::{Error, Versions};

use crate::common::{NOW, World, a_post, at, contract, text};

async fn versions(db: &crate::common::Db, world: &World) -> store::Result<Versions> {
    let all = db.store.versions().await?;
    Ok(all.into_iter().find(|(id, _)| *id == world.platform).expect("the platform is there").1)
}

contract!(what_is_not_committed_never_happened, |db| {
    let world = World::make(db, "een").await?;
    let spec = a_post("Half");
    let id = world.new_id(NOW);
    let before = versions(db, &world).await?;
    let mut write = world.tenant.write().await?;
    write.insert_post(&world.may_create(), &world.new_post(id, &spec)).await?;
    drop(write);

    assert!(world.tenant.post(id).await?.is_none());
    assert!(world.tenant.revisions(id).await?.is_empty());
    assert_eq!(versions(db, &world).await?, before);
    world.publish(a_post("Daarna gaat het gewoon")).await?;
    Ok(())
});

contract!(nobody_sees_what_is_not_committed_yet, |db| {
    let world = World::make(db, "een").await?;
    let spec = a_post("Straks");
    let id = world.new_id(NOW);
    let mut write = world.tenant.write().await?;
    write.insert_post(&world.may_create(), &world.new_post(id, &spec)).await?;

    assert!(world.tenant.post(id).await?.is_none());
    write.commit().await?;
    assert!(world.tenant.post(id).await?.is_some());
    Ok(())
});

contract!(after_a_failed_step_nothing_can_be_committed, |db| {
    let world = World::make(db, "een").await?;
    let spec = a_post("Twee keer dezelfde sleutel");
    let id = world.new_id(NOW);
    let mut write = world.tenant.write().await?;
    write.insert_post(&world.may_create(), &world.new_post(id, &spec)).await?;
    assert!(write.insert_post(&world.may_create(), &world.new_post(id, &spec)).await.is_err());

    assert!(matches!(write.commit().await, Err(Error::Broken)));
    assert!(world.tenant.post(id).await?.is_none());
    Ok(())
});

contract!(each_change_of_content_counts_the_version_up_once, |db| {
    let world = World::make(db, "een").await?;
    let start = versions(db, &world).await?;
    let id = world.publish(a_post("Een")).await?;
    assert_eq!(versions(db, &world).await?, Versions { content: start.content + 1, ..start });

    world.edit(id, 1, &text("Twee")).await?;
    world.pin(id, Some(at(9))).await?;
    world.remove(&world.resident(), id, NOW).await?;
    assert_eq!(versions(db, &world).await?, Versions { content: start.content + 4, ..start });
    Ok(())
});

contract!(a_change_on_one_platform_leaves_the_others_version, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let before = versions(db, &other).await?;
    one.publish(a_post("Hier")).await?;
    assert_eq!(versions(db, &other).await?, before);
    Ok(())
});

contract!(many_writers_at_once_all_get_their_turn, |db| {
    let world = World::make(db, "een").await?;
    let start = versions(db, &world).await?;
    let posts = (0..30).map(|n| world.publish(a_post(&format!("Bericht {n}")).at(at(n))));
    let posts: Vec<_> = posts.collect();
    for done in join_all(posts).await {
        done?;
    }
    assert_eq!(world.titles(PostFilter::default(), at(99)).await?.len(), 30);
    assert_eq!(versions(db, &world).await?.content, start.content + 30);
    Ok(())
});

/// Polls all of them together.
async fn join_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|cx| {
        let mut ready = true;
        for (future, done) in &mut waiting {
            if done.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(value) => *done = Some(value),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}
