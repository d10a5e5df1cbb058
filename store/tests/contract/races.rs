//! What may count once counts once, also when fifty try it at the same moment in two processes.

use std::sync::Arc;

use domain::clock::Span;
use domain::limits::{CODE_ATTEMPTS, Limit};
use store::Store;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::common::{Db, NOW, World, at, contract};

const AT_ONCE: usize = 50;

/// Runs `work` fifty times at the same moment, half of them with another process's connections,
/// and gives back what came of each.
pub(crate) async fn fifty<T, F>(db: &Db, work: impl Fn(Store) -> F) -> store::Result<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = store::Result<T>> + Send + 'static,
{
    let other = db.another_process().await;
    let start = Arc::new(Barrier::new(AT_ONCE));
    let mut running = JoinSet::new();
    for number in 0..AT_ONCE {
        let store = if number % 2 == 0 { db.store.clone() } else { other.clone() };
        let (start, work) = (Arc::clone(&start), work(store));
        running.spawn(async move {
            start.wait().await;
            work.await
        });
    }
    let done = running.join_all().await.into_iter().collect();
    other.close().await;
    done
}

fn how_many(outcomes: &[bool]) -> usize {
    outcomes.iter().filter(|good| **good).count()
}

contract!(of_fifty_clicks_on_one_link_one_signs_in, |db| {
    let world = World::make(db, "een").await?;
    let (id, permit, platform) = (world.challenge("link").await?, world.sign_in(), world.platform);
    let consumed = fifty(db, |store| async move {
        let mut write = store.on(platform).write().await?;
        let consumed = write.consume_challenge(&permit, id, at(1)).await?;
        write.commit().await?;
        Ok(consumed)
    })
    .await?;
    assert_eq!(how_many(&consumed), 1);
    Ok(())
});

contract!(of_fifty_guesses_at_once_each_has_a_number_of_its_own, |db| {
    let world = World::make(db, "een").await?;
    let (id, permit, platform) = (world.challenge("link").await?, world.sign_in(), world.platform);
    let mut counted = fifty(db, |store| async move {
        let mut write = store.on(platform).write().await?;
        let attempt = write.count_attempt(&permit, id).await?;
        write.commit().await?;
        Ok(attempt)
    })
    .await?;
    counted.sort_unstable();
    assert_eq!(counted, (1..=50).collect::<Vec<i64>>());
    assert_eq!(counted.iter().filter(|attempt| **attempt <= CODE_ATTEMPTS).count(), 5);
    Ok(())
});

contract!(a_click_that_was_rolled_back_leaves_the_link_usable, |db| {
    let world = World::make(db, "een").await?;
    let (id, permit) = (world.challenge("link").await?, world.sign_in());
    let mut write = world.tenant.write().await?;
    assert!(write.consume_challenge(&permit, id, at(1)).await?);
    drop(write);
    let mut write = world.tenant.write().await?;
    assert!(write.consume_challenge(&permit, id, at(1)).await?);
    write.commit().await
});

contract!(of_fifty_uses_of_one_recovery_code_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let (permit, joke, platform) = (world.sign_in(), world.joke, world.platform);
    let mut write = world.tenant.write().await?;
    write.set_recovery_codes(&world.account(joke), &[b"een".to_vec()]).await?;
    write.commit().await?;
    let used = fifty(db, |store| async move {
        let mut write = store.on(platform).write().await?;
        let used = write.use_recovery_code(&permit, joke, b"een", at(1)).await?;
        write.commit().await?;
        Ok(used)
    })
    .await?;
    assert_eq!(how_many(&used), 1);
    Ok(())
});

contract!(of_fifty_uses_of_one_time_step_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let (permit, joke, platform) = (world.sign_in(), world.joke, world.platform);
    let mut write = world.tenant.write().await?;
    write.set_secrets_as_operator(&world.operate(), joke, None, Some("SECRET")).await?;
    write.commit().await?;
    let used = fifty(db, |store| async move {
        let mut write = store.on(platform).write().await?;
        let used = write.use_totp_step(&permit, joke, 7).await?;
        write.commit().await?;
        Ok(used)
    })
    .await?;
    assert_eq!(how_many(&used), 1);
    Ok(())
});

contract!(fifty_hits_count_as_fifty, |db| {
    let world = World::make(db, "een").await?;
    let platform = world.platform;
    let limit = Limit { name: "test", times: 50, per: Span::hours(1) };
    let allowed = fifty(db, |store| async move { store.hit(platform, &limit, "key", NOW).await }).await?;
    assert_eq!(how_many(&allowed), 50);
    assert!(!db.store.hit(platform, &limit, "key", NOW).await?, "the fifty-first");
    Ok(())
});

contract!(of_fifty_processes_that_ask_one_does_the_periodic_work, |db| {
    for moment in [NOW, at(60)] {
        let claimed =
            fifty(db, |store| async move { store.claim_periodic("sweep", moment, Span::hours(1)).await })
                .await?;
        assert_eq!(how_many(&claimed), 1);
    }
    Ok(())
});
