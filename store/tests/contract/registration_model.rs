//! Seats against a model that is as simple as can be, whatever happens and in which order.

use std::collections::VecDeque;

use domain::activities::policy::may_change_by_link;
use domain::activities::registration::{Registration, State};
use domain::chance::Random;
use domain::clock::{Span, Timestamp};
use domain::id::RegistrationId;
use store::activities::{Asked, Outcome};

use crate::common::{World, at, contract};
use crate::registration::TIME;

/// What should be, kept as simply as can be: who has a seat and who waits, in order.
#[derive(Debug, Default)]
struct Model {
    capacity: u32,
    seats: Vec<(RegistrationId, u32, Option<Timestamp>)>,
    waiting: VecDeque<(RegistrationId, u32, Option<Timestamp>)>,
}

impl Model {
    fn taken(&self) -> u32 {
        self.seats.iter().map(|one| one.1).sum()
    }

    fn settle(&mut self, now: Timestamp) {
        let lasts = |one: &(RegistrationId, u32, Option<Timestamp>)| one.2.is_none_or(|until| until > now);
        self.seats.retain(lasts);
        self.waiting.retain(lasts);
        let mut too_large = VecDeque::new();
        while let Some(first) = self.waiting.pop_front() {
            if first.1 > self.capacity {
                too_large.push_back(first);
            } else if self.taken() + first.1 <= self.capacity {
                self.seats.push(first);
            } else {
                self.waiting.push_front(first);
                break;
            }
        }
        while let Some(last) = too_large.pop_back() {
            self.waiting.push_front(last);
        }
    }

    fn remove(&mut self, id: RegistrationId) {
        self.seats.retain(|one| one.0 != id);
        self.waiting.retain(|one| one.0 != id);
    }
}

contract!(whatever_happens_there_are_never_more_people_than_seats_and_the_order_is_kept, |db| {
    let world = World::make(db, "een").await?;
    for _ in 0..4 {
        let mut model = Model { capacity: 5, ..Model::default() };
        let activity = world.with_seats(Some(5)).await?;
        let mut known: Vec<RegistrationId> = Vec::new();
        let mut minute = 0;
        for step in 0..60 {
            let mut dice = [0; 3];
            world.chance.fill(&mut dice);
            let now = at(minute);
            let pick = known.get(usize::from(dice[1]) % known.len().max(1)).copied();
            match (dice[0] % 8, pick) {
                (0..=3, _) => {
                    let guests = u32::from(dice[1] % 4).min(model.capacity.saturating_sub(1));
                    let until = dice[2].is_multiple_of(2).then(|| now.plus(Span::minutes(3)));
                    let email = format!("{step}@example.org");
                    let (id, asked) = world.come_until(activity, &email, guests, (now, until)).await?;
                    model.waiting.push_back((id, guests + 1, until));
                    // Sort by who came first: those too large stay where they are.
                    model.settle(now);
                    let seated = model.seats.iter().any(|one| one.0 == id);
                    assert_eq!(asked == Asked::Seat, seated, "step {step}");
                    known.push(id);
                }
                (4, Some(id)) => {
                    let mut write = world.tenant.write().await?;
                    let permit = may_change_by_link(world.platform, id);
                    let done = write.cancel_registration(&permit, id, now).await?;
                    write.commit().await?;
                    if matches!(done, Outcome::Done(_)) {
                        model.remove(id);
                        model.settle(now);
                    }
                }
                (5, Some(id)) => {
                    let guests = u32::from(dice[2] % 4);
                    let version = world.tenant.registration(id).await?.map_or(0, |one| one.version);
                    let mut write = world.tenant.write().await?;
                    let permit = may_change_by_link(world.platform, id);
                    let done = write.change_registration(&permit, (id, version), guests, &[], now).await?;
                    if let Outcome::Done(_) = done {
                        write.commit().await?;
                        model.settle(now);
                        let people = guests + 1;
                        for one in model.seats.iter_mut().chain(model.waiting.iter_mut()) {
                            if one.0 == id {
                                one.1 = people;
                            }
                        }
                        model.settle(now);
                    }
                }
                (6, _) => {
                    let capacity = 1 + u32::from(dice[1] % 9);
                    world.make_room(activity, Some(capacity), now).await?;
                    model.capacity = capacity;
                    model.settle(now);
                }
                _ => minute += 1,
            }
            let list = world.tenant.registrations(activity, TIME, at(minute)).await?;
            let of = |state| list.iter().filter(move |one: &&Registration| one.state == state);
            let people: u32 = of(State::Seat).map(Registration::people).sum();
            let waiting: Vec<_> = of(State::Waiting).map(|one| one.id).collect();
            let lasts = |until: Option<Timestamp>| until.is_none_or(|until| until > at(minute));
            let model_waiting: Vec<_> =
                model.waiting.iter().filter(|one| lasts(one.2)).map(|one| one.0).collect();
            let model_people: u32 = model.seats.iter().filter(|one| lasts(one.2)).map(|one| one.1).sum();
            assert_eq!((people, waiting), (model_people, model_waiting), "step {step}");
        }
    }
    Ok(())
});
