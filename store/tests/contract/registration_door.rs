//! Who organises something puts people on the list: in turn as everybody, with an address or without one.

use domain::activities::policy::{may_change_for, may_manage_registrations};
use domain::activities::registration::State;
use domain::id::{ActivityId, RegistrationId};
use domain::permit::Permit;
use domain::permit::action::ManageRegistrations;
use store::Error;
use store::activities::{Asked, NewRegistration, Outcome, Seats};

use crate::common::{NOW, World, at, contract};
use crate::races::fifty;
use crate::registration::{TIME, somebody};

impl World {
    async fn may_keep_list(&self, id: ActivityId) -> store::Result<Permit<ManageRegistrations>> {
        let facts = self.activity_as_it_is(id).await?;
        Ok(may_manage_registrations(&self.resident(), &facts).expect("who organises it may"))
    }

    async fn put_on(
        &self,
        id: ActivityId,
        new: &NewRegistration<'_>,
    ) -> store::Result<(Asked, Vec<RegistrationId>)> {
        let permit = self.may_keep_list(id).await?;
        let mut write = self.tenant.write().await?;
        let done = write.put_on_list(&permit, new).await?;
        write.commit().await?;
        Ok(done)
    }

    fn by_phone<'a>(&self, activity: ActivityId, name: &'a str, guests: u32) -> NewRegistration<'a> {
        let id = RegistrationId::new(NOW, &self.chance);
        NewRegistration { name, guests, ..somebody(id, activity, "") }
    }
}

contract!(people_without_an_address_stand_beside_each_other_in_turn, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(3)).await?;
    world.come(activity, "a@example.org", 0).await?;
    let (jan, jo) = (world.by_phone(activity, "Jan", 1), world.by_phone(activity, "Jo", 0));
    assert_eq!(world.put_on(activity, &jan).await?.0, Asked::Seat);
    assert_eq!(world.put_on(activity, &jo).await?.0, Asked::Waiting);
    let list = world.list(activity).await?;
    let seen: Vec<_> =
        list.iter().map(|one| (one.name.as_str(), one.by_organiser, one.has_address())).collect();
    assert_eq!(seen, [("Sam", false, true), ("Jan", true, false), ("Jo", true, false)]);
    assert!(list.iter().all(|one| one.member.is_none() && one.is_confirmed()));
    assert_eq!(world.tenant.seats(activity, TIME, NOW).await?, Seats { taken: 3, waiting: 1 });
    // One less comes: who waits has the seat.
    let facts = world.activity_as_it_is(activity).await?;
    let permit = may_change_for(&world.resident(), &facts, &list[1]).expect("it was written down by hand");
    assert!(may_change_for(&world.resident(), &facts, &list[0]).is_err(), "theirs is their own");
    let mut write = world.tenant.write().await?;
    let done = write.change_registration(&permit, (jan.id, 2), 0, &[], NOW).await?;
    write.rename_registration(&permit, jan.id, "Jan Bakker").await?;
    write.commit().await?;
    assert_eq!(done, Outcome::Done(vec![jo.id]));
    let list = world.list(activity).await?;
    assert_eq!((list[1].name.as_str(), list[2].state), ("Jan Bakker", State::Seat));
    Ok(())
});

contract!(the_same_words_at_once_are_a_double_click_and_later_somebody_else, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(None).await?;
    let first = world.by_phone(activity, "Jan", 0);
    world.put_on(activity, &first).await?;
    let again = world.by_phone(activity, "Jan", 0);
    assert_eq!(world.put_on(activity, &again).await?.0, Asked::Already(first.id));
    let more = world.by_phone(activity, "Jan", 1);
    assert_eq!(world.put_on(activity, &more).await?.0, Asked::Seat);
    let later = NewRegistration { at: at(2), ..world.by_phone(activity, "Jan", 0) };
    assert_eq!(world.put_on(activity, &later).await?.0, Asked::Seat);
    // An address is on the list once, whoever put it there.
    let (sam, _) = world.come(activity, "sam@example.org", 0).await?;
    let by_hand = NewRegistration { email: "sam@example.org", ..world.by_phone(activity, "Sam", 0) };
    assert_eq!(world.put_on(activity, &by_hand).await?.0, Asked::Already(sam));
    let by_hand = NewRegistration { email: "kim@example.org", ..world.by_phone(activity, "Kim", 0) };
    assert_eq!(world.put_on(activity, &by_hand).await?.0, Asked::Seat);
    assert_eq!(world.come(activity, "kim@example.org", 0).await?.1, Asked::Already(by_hand.id));
    Ok(())
});

contract!(of_fifty_by_phone_and_by_mail_who_want_the_last_seat_one_gets_it, |db| {
    let world = World::make(db, "een").await?;
    let activity = world.with_seats(Some(3)).await?;
    for early in ["a@example.org", "b@example.org"] {
        world.come(activity, early, 0).await?;
    }
    let (manage, register) = (world.may_keep_list(activity).await?, world.may_register(activity).await?);
    let platform = world.platform;
    let next = std::sync::atomic::AtomicU64::new(0);
    let asked = fifty(db, |store| {
        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let id = RegistrationId::new(at(1), &world.chance);
        async move {
            let (name, email) = (format!("Beller {number}"), format!("{number}@example.org"));
            let by_phone = number.is_multiple_of(3);
            let email = if by_phone { "" } else { email.as_str() };
            let new = NewRegistration { name: &name, ..somebody(id, activity, email) };
            let mut write = store.on(platform).write().await?;
            let (asked, others) = if by_phone {
                write.put_on_list(&manage, &new).await?
            } else {
                write.register(&register, &new).await?
            };
            assert!(others.is_empty());
            write.commit().await?;
            Ok(asked)
        }
    })
    .await?;
    let count = |which| asked.iter().filter(|one| **one == which).count();
    assert_eq!((count(Asked::Seat), count(Asked::Waiting)), (1, 49));
    assert_eq!(world.tenant.seats(activity, TIME, NOW).await?, Seats { taken: 3, waiting: 49 });
    let places: Vec<i64> = world.list(activity).await?.iter().map(|one| one.place).collect();
    assert_eq!(places, (1..=52).collect::<Vec<i64>>(), "no gaps and no doubles");
    Ok(())
});

contract!(a_permit_for_one_list_is_none_for_another, |db| {
    let world = World::make(db, "een").await?;
    let (here, there) = (world.with_seats(None).await?, world.with_seats(None).await?);
    let permit = world.may_keep_list(here).await?;
    let mut write = world.tenant.write().await?;
    let new = world.by_phone(there, "Jan", 0);
    assert!(matches!(write.put_on_list(&permit, &new).await, Err(Error::WrongSubject)));
    Ok(())
});
