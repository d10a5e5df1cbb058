//! Rounds of registration: they go along when times move, and people are reminded once.

use domain::activities::policy::may_register;
use domain::clock::Span;
use domain::id::{ActivityId, RegistrationId};
use store::activities::{Moved, NewRegistration};

use crate::common::{NOW, World, at, contract};
use crate::registration::{TIME, somebody};

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
