//! Seats: the last one is given once, who waits waits in order, and what is not confirmed keeps no seat for ever.

use domain::activities::policy::{ActivityFacts, may_change_by_link, may_create, may_edit, may_register};
use domain::activities::registration::{Registration, Rules, State};
use domain::activities::{ActivityText, SeriesText};
use domain::actor::Actor;
use domain::clock::Timestamp;
use domain::id::{ActivityId, RegistrationId, RoundId};
use domain::permit::Permit;
use domain::permit::action::{EditActivity, Register};
use store::activities::{ActivityChange, Asked, Bounds, NewActivity, NewRegistration, Outcome, Seats};
use store::{Error, Saved};

use crate::common::{NOW, World, at, contract};
use crate::races::fifty;

pub const TIME: &str = "2026-09-22T10:00";
const BOUNDS: Bounds = Bounds { first: NOW, last: Timestamp(i64::MAX) };

pub fn text(capacity: Option<u32>) -> ActivityText {
    ActivityText {
        title: "Soep".into(),
        body: "Kom ook.".into(),
        registration: Some(Rules { capacity, guests: 5, ..Rules::default() }),
        ..ActivityText::default()
    }
}

pub fn series() -> SeriesText {
    SeriesText { start: TIME.into(), minutes: 60, rule: "FREQ=WEEKLY".into(), ..SeriesText::default() }
}

pub fn somebody(id: RegistrationId, activity: ActivityId, email: &str) -> NewRegistration<'_> {
    NewRegistration {
        id,
        round: RoundId(id.0),
        activity,
        seen: 1,
        occurrence: TIME,
        starts_at: at(1_000),
        ends_at: at(1_060),
        name: "Sam",
        email,
        locale: None,
        guests: 0,
        answers: &[],
        hold_until: None,
        at: NOW,
    }
}

impl World {
    pub async fn with_seats(&self, capacity: Option<u32>) -> store::Result<ActivityId> {
        let id = ActivityId::new(NOW, &self.chance);
        let permit = may_create(&self.resident(), self.platform).expect("members may");
        let (text, series) = (text(capacity), series());
        let new = NewActivity {
            id,
            text: &text,
            html: "",
            excerpt: "",
            series: &series,
            bounds: BOUNDS,
            at: NOW,
            previous: None,
            changes: &[],
        };
        let mut write = self.tenant.write().await?;
        write.insert_activity(&permit, &new).await?;
        write.commit().await?;
        Ok(id)
    }

    pub async fn activity_as_it_is(&self, id: ActivityId) -> store::Result<ActivityFacts> {
        let activity = self.tenant.activity(id).await?.expect("an activity");
        Ok(ActivityFacts::of(&activity, self.platform, &self.tree))
    }

    pub async fn may_register(&self, id: ActivityId) -> store::Result<Permit<Register>> {
        Ok(may_register(&Actor::visitor(self.platform), &self.activity_as_it_is(id).await?)
            .expect("everybody may"))
    }

    pub async fn may_change_it(&self, id: ActivityId) -> store::Result<Permit<EditActivity>> {
        Ok(may_edit(&self.resident(), &self.activity_as_it_is(id).await?).expect("who organises it may"))
    }

    pub async fn come(
        &self,
        activity: ActivityId,
        email: &str,
        guests: u32,
    ) -> store::Result<(RegistrationId, Asked)> {
        self.come_until(activity, email, guests, (NOW, None)).await
    }

    pub async fn come_until(
        &self,
        activity: ActivityId,
        email: &str,
        guests: u32,
        (at, hold_until): (Timestamp, Option<Timestamp>),
    ) -> store::Result<(RegistrationId, Asked)> {
        let id = RegistrationId::new(NOW, &self.chance);
        let permit = self.may_register(activity).await?;
        let seen = self.tenant.activity(activity).await?.expect("an activity").version;
        let mut write = self.tenant.write().await?;
        let new = NewRegistration { guests, hold_until, at, seen, ..somebody(id, activity, email) };
        let (asked, _) = write.register(&permit, &new).await?;
        write.commit().await?;
        Ok((id, asked))
    }

    pub async fn cancel(&self, id: RegistrationId) -> store::Result<Outcome> {
        let mut write = self.tenant.write().await?;
        let permit = may_change_by_link(self.platform, id);
        let outcome = write.cancel_registration(&permit, id, NOW).await?;
        write.commit().await?;
        Ok(outcome)
    }

    pub async fn bring(&self, id: RegistrationId, guests: u32) -> store::Result<Outcome> {
        let version = self.tenant.registration(id).await?.map_or(0, |one| one.version);
        let mut write = self.tenant.write().await?;
        let permit = may_change_by_link(self.platform, id);
        let outcome = write.change_registration(&permit, (id, version), guests, &[], NOW).await?;
        write.commit().await?;
        Ok(outcome)
    }

    /// Changes how many there is room for, and gives the seats that this frees.
    pub async fn make_room(
        &self,
        id: ActivityId,
        capacity: Option<u32>,
        now: Timestamp,
    ) -> store::Result<usize> {
        let permit = self.may_change_it(id).await?;
        let expected_version = self.tenant.activity(id).await?.expect("there").version;
        let (text, series) = (text(capacity), series());
        let mut write = self.tenant.write().await?;
        let change = ActivityChange {
            id,
            expected_version,
            text: &text,
            html: "",
            excerpt: "",
            series: &series,
            bounds: BOUNDS,
            at: NOW,
            next: None,
            changes: &[],
        };
        assert!(matches!(write.update_activity(&permit, &change).await?, Saved::Done { .. }));
        let mut seated = 0;
        for (round, _) in write.rounds(id, NOW).await? {
            seated += write.settle_round(&permit, (id, round.id), now).await?.len();
        }
        write.commit().await?;
        Ok(seated)
    }

    pub async fn list(&self, id: ActivityId) -> store::Result<Vec<Registration>> {
        self.tenant.registrations(id, TIME, NOW).await
    }
}

contract!(of_fifty_who_want_the_last_seat_one_gets_it_and_the_others_wait_in_order, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(3)).await?;
    for early in ["a@example.org", "b@example.org"] {
        assert_eq!(world.come(activity, early, 0).await?.1, Asked::Seat);
    }
    let (permit, platform) = (world.may_register(activity).await?, world.platform);
    let next = std::sync::atomic::AtomicU64::new(0);
    let asked = fifty(db, |store| {
        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let id = RegistrationId::new(at(1), &world.chance);
        async move {
            let email = format!("{number}@example.org");
            let mut write = store.on(platform).write().await?;
            let (asked, others) = write.register(&permit, &somebody(id, activity, &email)).await?;
            assert!(others.is_empty());
            write.commit().await?;
            Ok(asked)
        }
    })
    .await?;
    let count = |which| asked.iter().filter(|one| **one == which).count();
    assert_eq!((count(Asked::Seat), count(Asked::Waiting)), (1, 49));
    assert_eq!(world.tenant.seats(activity, TIME, NOW).await?, Seats { taken: 3, waiting: 49 });
    let list = world.list(activity).await?;
    let places: Vec<i64> = list.iter().map(|one| one.place).collect();
    assert_eq!(places, (1..=52).collect::<Vec<i64>>(), "no gaps and no doubles");
    let waiting: Vec<_> = list.iter().filter(|one| one.state == State::Waiting).collect();
    for (number, one) in (1..).zip(&waiting) {
        assert_eq!(world.tenant.waiting_number(one.id, NOW).await?, number);
    }
    // A seat becomes free: the first of the list has it, and nobody else.
    let Outcome::Done(seated) = world.cancel(list[0].id).await? else { panic!("it was there") };
    assert_eq!(seated, [waiting[0].id]);
    assert_eq!(world.tenant.seats(activity, TIME, NOW).await?, Seats { taken: 3, waiting: 48 });
    Ok(())
});

contract!(nobody_registers_for_what_was_changed_since_they_looked, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(3)).await?;
    let permit = world.may_register(activity).await?;
    let mut write = world.tenant.write().await?;
    let id = RegistrationId::new(NOW, &world.chance);
    let old = NewRegistration { seen: 0, ..somebody(id, activity, "sam@example.org") };
    assert_eq!(write.register(&permit, &old).await?.0, Asked::Changed);
    write.commit().await?;
    assert!(world.list(activity).await?.is_empty());
    Ok(())
});

contract!(fifty_clicks_of_one_person_are_one_registration, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(10)).await?;
    let (permit, platform) = (world.may_register(activity).await?, world.platform);
    let asked = fifty(db, |store| {
        let id = RegistrationId::new(at(1), &world.chance);
        async move {
            let mut write = store.on(platform).write().await?;
            let (asked, _) = write.register(&permit, &somebody(id, activity, "sam@example.org")).await?;
            write.commit().await?;
            Ok(asked)
        }
    })
    .await?;
    assert_eq!(asked.iter().filter(|one| **one == Asked::Seat).count(), 1);
    assert_eq!(world.list(activity).await?.len(), 1);
    Ok(())
});

contract!(fifty_who_cancel_and_come_at_once_leave_nobody_behind, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(25)).await?;
    let mut here = Vec::new();
    for number in 0..25 {
        here.push(world.come(activity, &format!("vroeg{number}@example.org"), 0).await?.0);
    }
    let (permit, platform) = (world.may_register(activity).await?, world.platform);
    let here = std::sync::Mutex::new(here);
    let next = std::sync::atomic::AtomicU64::new(0);
    fifty(db, |store| {
        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let leaves = if number.is_multiple_of(2) { here.lock().expect("no panic").pop() } else { None };
        let id = RegistrationId::new(at(1), &world.chance);
        async move {
            let mut write = store.on(platform).write().await?;
            if let Some(id) = leaves {
                write.cancel_registration(&may_change_by_link(platform, id), id, NOW).await?;
            } else {
                let email = format!("{number}@example.org");
                write.register(&permit, &somebody(id, activity, &email)).await?;
            }
            write.commit().await
        }
    })
    .await?;
    assert_eq!(world.tenant.seats(activity, TIME, NOW).await?, Seats { taken: 25, waiting: 0 });
    Ok(())
});

contract!(a_group_that_does_not_fit_is_not_passed_over, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(4)).await?;
    let (first, _) = world.come(activity, "a@example.org", 2).await?;
    let (group, asked) = world.come(activity, "b@example.org", 1).await?;
    assert_eq!(asked, Asked::Waiting, "one seat is free, and they are two");
    let (single, asked) = world.come(activity, "c@example.org", 0).await?;
    assert_eq!(asked, Asked::Waiting, "who came first is helped first");
    assert_eq!(world.bring(first, 3).await?, Outcome::Full, "nor does anybody take it who has a seat");
    let Outcome::Done(seated) = world.bring(first, 0).await? else { panic!("fewer always fit") };
    assert_eq!(seated, [group, single]);
    Ok(())
});

contract!(a_seat_that_is_not_confirmed_goes_to_who_waits, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(1)).await?;
    let (held, asked) = world.come_until(activity, "a@example.org", 0, (NOW, Some(at(30)))).await?;
    assert_eq!(asked, Asked::Seat);
    let (waits, _) = world.come_until(activity, "b@example.org", 0, (NOW, Some(at(60)))).await?;
    assert_eq!(world.tenant.seats(activity, TIME, at(29)).await?.taken, 1);
    assert!(db.store.rounds_with_expired_holds(at(29), 10).await?.is_empty());
    let due = db.store.rounds_with_expired_holds(at(30), 10).await?;
    assert_eq!(due.len(), 1);
    let mut write = world.tenant.write().await?;
    let late = write.confirm_registration(&may_change_by_link(world.platform, held), held, at(30)).await?;
    assert!(late.is_none(), "too late");
    let (_, id, round) = due[0];
    assert_eq!(write.settle_round_by_clock(&world.operate(), (id, round), at(30)).await?, [waits]);
    let permit = may_change_by_link(world.platform, waits);
    let (confirmed, first) = write.confirm_registration(&permit, waits, at(31)).await?.expect("in time");
    assert!(first && confirmed.state == State::Seat);
    let again = write.confirm_registration(&permit, waits, at(90)).await?.expect("a second click");
    assert!(!again.1);
    write.commit().await?;
    assert!(world.tenant.registration(held).await?.is_none());
    assert!(db.store.rounds_with_expired_holds(at(90), 10).await?.is_empty());
    Ok(())
});

contract!(a_registration_of_another_platform_does_not_exist_here, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?);
    let activity = there.with_seats(None).await?;
    let (id, _) = there.come(activity, "a@example.org", 0).await?;
    let mut write = there.tenant.write().await?;
    write.link_to_registration(id, b"hash").await?;
    write.commit().await?;
    assert!(here.tenant.registration(id).await?.is_none());
    assert!(here.tenant.registration_by_link(b"hash", NOW).await?.is_none());
    assert!(there.tenant.registration_by_link(b"hash", NOW).await?.is_some());
    assert!(here.tenant.registrations(activity, TIME, NOW).await?.is_empty());
    let permit = there.may_register(activity).await?;
    let mut write = here.tenant.write().await?;
    let new = somebody(RegistrationId::new(at(1), &here.chance), activity, "b@example.org");
    assert!(matches!(write.register(&permit, &new).await, Err(Error::WrongPlatform)));
    let permit = may_change_by_link(there.platform, id);
    assert!(matches!(write.cancel_registration(&permit, id, NOW).await, Err(Error::WrongPlatform)));
    Ok(())
});
