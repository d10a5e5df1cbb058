//! Rounds of registration: they go along when times move, and people are reminded once.

use domain::clock::{Span, Timestamp};
use domain::id::RegistrationId;
use store::activities::{Moved, NewRegistration};

use crate::common::{NOW, World, at, contract};
use crate::races::fifty;
use crate::registration::somebody;

contract!(times_that_move_take_who_registered_along, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(1)).await?;
    let (sam, _) = world.come(activity, "a@example.org", 0).await?;
    let permit = world.may_change_it(activity).await?;
    let mut write = world.tenant.write().await?;
    let (round, people) = write.rounds(activity, NOW).await?.pop().expect("a round");
    assert_eq!(people.len(), 1);
    let to = Moved {
        id: round.id,
        activity,
        occurrence: "2026-09-22T11:00".into(),
        starts_at: at(60),
        ends_at: at(120),
    };
    write.move_rounds(&permit, activity, &[to], &[]).await?;
    write.commit().await?;
    let moved = world.tenant.registration(sam).await?.expect("there");
    assert_eq!(moved.occurrence, "2026-09-22T11:00");
    assert_eq!(world.tenant.registered(activity, NOW).await?, [("2026-09-22T11:00".to_owned(), 1)]);
    // The day before, one server writes to them.
    let due = db.store.rounds_to_remind(NOW, at(61), 10).await?;
    assert_eq!(due.len(), 1);
    let mut write = world.tenant.write().await?;
    assert_eq!(write.claim_reminder(&world.operate(), round.id).await?.map(|all| all.len()), Some(1));
    assert_eq!(write.claim_reminder(&world.operate(), round.id).await?, None);
    write.commit().await?;
    assert!(db.store.rounds_to_remind(NOW, at(61), 10).await?.is_empty());
    // What is long over is forgotten, with everybody in it.
    let swept = db.store.sweep(at(120).plus(Span::days(31))).await?;
    assert_eq!(swept.rounds, 1);
    assert!(world.tenant.registration(sam).await?.is_none());
    Ok(())
});

contract!(of_a_whole_series_each_day_is_claimed_once_on_whatever_server, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(None).await?;
    let id = RegistrationId::new(NOW, &world.chance);
    let new = NewRegistration {
        occurrence: "",
        ends_at: Timestamp(i64::MAX),
        ..somebody(id, activity, "sam@example.org")
    };
    let permit = world.may_register(activity).await?;
    let mut write = world.tenant.write().await?;
    write.register(&permit, &new).await?;
    write.commit().await?;
    let due = db.store.rounds_to_remind(at(1), at(1_000), 10).await?;
    assert_eq!(due.len(), 1);
    let (round, platform) = (due[0].1.id, world.platform);
    let operate = world.operate();
    let claim = |day: &'static str, starts_at: Timestamp| {
        fifty(db, move |store| async move {
            let mut write = store.on(platform).write().await?;
            assert_eq!(write.hold_for_reminders(&operate, round).await?.map(|all| all.len()), Some(1));
            let claimed = write.claim_time(&operate, round, (day, starts_at), Span::days(1)).await?;
            write.commit().await?;
            Ok(claimed)
        })
    };
    let once = |claimed: Vec<bool>| claimed.into_iter().filter(|one| *one).count();
    assert_eq!(once(claim("2026-09-22", at(1_000)).await?), 1);
    assert_eq!(once(claim("2026-09-22", at(1_060)).await?), 0, "an hour later is the same time");
    assert_eq!(once(claim("2026-09-29", at(11_080)).await?), 1, "another day");
    assert_eq!(once(claim("2026-09-22", at(5_000)).await?), 1, "moved by days");
    // Until its next time it is left alone; and it looks again when that has passed unseen.
    let mut write = world.tenant.write().await?;
    write.remind_later(&operate, round, Some(at(20_000))).await?;
    write.commit().await?;
    assert!(db.store.rounds_to_remind(at(1), at(19_999), 10).await?.is_empty());
    assert_eq!(db.store.rounds_to_remind(at(30_000), at(31_000), 10).await?.len(), 1);
    let mut write = world.tenant.write().await?;
    write.remind_later(&operate, round, None).await?;
    write.commit().await?;
    assert!(db.store.rounds_to_remind(at(30_000), at(31_000), 10).await?.is_empty());
    // Those who want none.
    let own = domain::activities::policy::may_change_by_link(platform, id);
    let mut write = world.tenant.write().await?;
    assert!(write.set_reminders(&own, id, false).await?);
    write.commit().await?;
    assert!(!world.tenant.registration(id).await?.expect("there").reminders);
    world.cancel(id).await?;
    let mut write = world.tenant.write().await?;
    assert!(!write.set_reminders(&own, id, true).await?, "cancelled is cancelled");
    Ok(())
});
