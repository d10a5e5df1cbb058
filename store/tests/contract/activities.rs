//! Activities: the window that they are found in, versions, what is particular, and leaving nothing behind.

use domain::activities::policy::{ActivityFacts, may_create, may_edit, may_remove, may_restore};
use domain::activities::{ActivityStatus, ActivityText, OccurrenceChange, SeriesText};
use domain::clock::{Span, Timestamp};
use domain::geo::Point;
use domain::id::ActivityId;
use domain::permit::Permit;
use domain::permit::action::{EditActivity, RemoveActivity};
use store::activities::{ActivityChange, Bounds, NewActivity, TimeChange};
use store::{Error, Saved};

use crate::common::{NOW, World, at, contract};

/// For ever.
pub const ENDLESS: Timestamp = Timestamp(i64::MAX);

fn text(title: &str) -> ActivityText {
    ActivityText {
        title: title.into(),
        body: "Kom ook.".into(),
        point: Point::new(52_530_000, -5_120_001),
        ..ActivityText::default()
    }
}

fn weekly() -> SeriesText {
    SeriesText {
        start: "2026-09-22T10:00".into(),
        minutes: 120,
        rule: "FREQ=WEEKLY".into(),
        ..SeriesText::default()
    }
}

fn particular(name: &str, bounds: Bounds) -> TimeChange {
    let change = OccurrenceChange {
        instead_of: name.into(),
        start: name.into(),
        minutes: 60,
        cancelled: true,
        place: "Elders".into(),
        note: "Met taart".into(),
    };
    TimeChange { change, bounds }
}

impl World {
    pub async fn put_in_agenda(
        &self,
        title: &str,
        bounds: Bounds,
        changes: &[TimeChange],
    ) -> store::Result<ActivityId> {
        let id = ActivityId::new(NOW, &self.chance);
        let permit = may_create(&self.resident(), self.platform).expect("members may");
        let (text, series) = (text(title), weekly());
        let new = NewActivity {
            id,
            text: &text,
            html: "<p>Kom ook.</p>",
            excerpt: "Kom ook.",
            series: &series,
            bounds,
            at: NOW,
            previous: None,
            changes,
        };
        let mut write = self.tenant.write().await?;
        write.insert_activity(&permit, &new).await?;
        write.commit().await?;
        Ok(id)
    }

    pub async fn found(&self, from: Timestamp, to: Timestamp) -> store::Result<Vec<String>> {
        let mut titles: Vec<String> =
            self.tenant.activities_in(from, to).await?.into_iter().map(|one| one.title).collect();
        titles.sort_unstable();
        Ok(titles)
    }

    pub async fn activity_facts(&self, id: ActivityId) -> store::Result<ActivityFacts> {
        let activity = self.tenant.activity(id).await?.expect("an activity");
        Ok(ActivityFacts::of(&activity, self.platform, &self.tree))
    }

    pub async fn may_change(&self, id: ActivityId) -> store::Result<Permit<EditActivity>> {
        let facts = self.activity_facts(id).await?;
        Ok(may_edit(&self.resident(), &facts).expect("who organises it changes it"))
    }

    pub async fn may_take_away(&self, id: ActivityId) -> store::Result<Permit<RemoveActivity>> {
        let facts = self.activity_facts(id).await?;
        Ok(may_remove(&self.resident(), &facts).expect("who organises it takes it away"))
    }
}

pub const fn bounds(first: Timestamp, last: Timestamp) -> Bounds {
    Bounds { first, last }
}

contract!(a_window_finds_what_can_happen_within_it, |db| {
    let world = World::make(db, "een").await?;
    world.put_in_agenda("voorbij", bounds(at(-300), at(-200)), &[]).await?;
    world.put_in_agenda("bezig", bounds(at(-60), at(60)), &[]).await?;
    world.put_in_agenda("straks", bounds(at(500), at(600)), &[]).await?;
    world.put_in_agenda("altijd", bounds(at(-9_000), ENDLESS), &[]).await?;
    let before = world.tenant.queries();
    assert_eq!(world.found(NOW, at(100)).await?, ["altijd", "bezig"]);
    assert_eq!(world.found(at(400), at(501)).await?, ["altijd", "straks"]);
    // The end of a window does not belong to it.
    assert_eq!(world.found(at(400), at(500)).await?, ["altijd"]);
    assert_eq!(world.found(at(-250), at(-240)).await?, ["altijd", "voorbij"]);
    assert_eq!(world.tenant.queries() - before, 4, "one statement for each window");
    Ok(())
});

contract!(a_window_brings_only_the_particular_times_that_have_to_do_with_it, |db| {
    let world = World::make(db, "een").await?;
    let near = particular("2026-09-22T10:00", bounds(at(10), at(70)));
    let far = particular("2027-09-22T10:00", bounds(at(500_000), at(500_060)));
    let id = world.put_in_agenda("altijd", bounds(NOW, ENDLESS), &[near.clone(), far.clone()]).await?;
    let found = world.tenant.activities_in(NOW, at(100)).await?;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].changes, std::slice::from_ref(&near.change));
    assert_eq!(found[0].series, weekly());
    let whole = world.tenant.activity(id).await?.expect("an activity");
    assert_eq!(whole.changes, [near.change, far.change]);
    assert_eq!((whole.organiser, whole.version, whole.status), (world.joke, 1, ActivityStatus::Published));
    Ok(())
});

contract!(of_two_changes_on_one_version_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("eerst", bounds(NOW, ENDLESS), &[]).await?;
    let permit = world.may_change(id).await?;
    let (newer, series) = (text("nieuw"), weekly());
    let change = ActivityChange {
        id,
        expected_version: 1,
        text: &newer,
        html: "",
        excerpt: "",
        series: &series,
        bounds: bounds(NOW, ENDLESS),
        at: at(1),
        next: None,
        changes: &[],
    };
    let mut write = world.tenant.write().await?;
    assert_eq!(write.update_activity(&permit, &change).await?, Saved::Done { version: 2 });
    write.commit().await?;
    let mut write = world.tenant.write().await?;
    assert_eq!(write.update_activity(&permit, &change).await?, Saved::Stale);
    let one = particular("2026-09-22T10:00", bounds(at(10), at(70)));
    let to = ("2026-09-22T10:00", Some(&one));
    assert_eq!(write.change_time(&permit, (id, 1), to, bounds(NOW, ENDLESS), at(2)).await?, Saved::Stale);
    assert_eq!(
        write.change_time(&permit, (id, 2), to, bounds(NOW, ENDLESS), at(2)).await?,
        Saved::Done { version: 3 }
    );
    write.commit().await?;
    let found = world.tenant.activity(id).await?.expect("an activity");
    assert_eq!((found.text.title.as_str(), found.changes.len(), found.changed_at), ("nieuw", 1, at(2)));
    // Taken back, it is as the others again.
    let mut write = world.tenant.write().await?;
    write.change_time(&permit, (id, 3), (to.0, None), bounds(NOW, ENDLESS), at(3)).await?;
    write.commit().await?;
    assert!(world.tenant.activity(id).await?.expect("an activity").changes.is_empty());
    Ok(())
});

contract!(what_is_removed_is_in_no_window_and_goes_after_a_month, |db| {
    let world = World::make(db, "een").await?;
    let one = particular("2026-09-22T10:00", bounds(at(10), at(70)));
    let id = world.put_in_agenda("weg", bounds(NOW, ENDLESS), &[one]).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.remove_activity(&world.may_take_away(id).await?, id, at(1)).await?);
    write.commit().await?;
    assert!(world.found(NOW, at(100)).await?.is_empty());
    let facts = world.activity_facts(id).await?;
    let back = may_restore(&world.resident(), &facts).expect("who removed it puts it back");
    let mut write = world.tenant.write().await?;
    // By somebody else it was not removed.
    assert!(!write.restore_activity(&back, id, Some(world.fatma), at(2)).await?);
    assert!(write.restore_activity(&back, id, Some(world.joke), at(2)).await?);
    write.commit().await?;
    assert_eq!(world.found(NOW, at(100)).await?, ["weg"]);
    let mut write = world.tenant.write().await?;
    write.remove_activity(&world.may_take_away(id).await?, id, at(3)).await?;
    write.commit().await?;
    assert_eq!(db.store.sweep(at(3).plus(Span::days(29))).await?.activities, 0);
    assert_eq!(db.store.sweep(at(3).plus(Span::days(31))).await?.activities, 1);
    assert!(world.tenant.activity(id).await?.is_none());
    Ok(())
});

contract!(activities_of_one_community_are_nothing_to_another, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-ander-dorp").await?);
    let id = here.put_in_agenda("hier", bounds(NOW, ENDLESS), &[]).await?;
    assert!(there.tenant.activity(id).await?.is_none());
    assert!(there.found(NOW, at(100)).await?.is_empty());
    let permit = here.may_take_away(id).await?;
    let mut write = there.tenant.write().await?;
    assert!(matches!(write.remove_activity(&permit, id, NOW).await, Err(Error::WrongPlatform)));
    drop(write);
    // A permit is for one thing.
    let other = here.put_in_agenda("iets anders", bounds(NOW, ENDLESS), &[]).await?;
    let mut write = here.tenant.write().await?;
    assert!(matches!(write.remove_activity(&permit, other, NOW).await, Err(Error::WrongSubject)));
    Ok(())
});

contract!(a_point_is_found_again_and_can_be_taken_away, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("ergens", bounds(NOW, ENDLESS), &[]).await?;
    let stored = world.tenant.activity(id).await?.expect("an activity");
    assert_eq!(stored.text.point, Point::new(52_530_000, -5_120_001));
    assert_eq!(world.tenant.activities_in(NOW, at(100)).await?[0].point, stored.text.point);
    let change = ActivityChange {
        id,
        expected_version: 1,
        text: &ActivityText { point: None, ..text("nergens") },
        html: "",
        excerpt: "",
        series: &weekly(),
        bounds: bounds(NOW, ENDLESS),
        at: at(1),
        next: None,
        changes: &[],
    };
    let permit = world.may_change(id).await?;
    let mut write = world.tenant.write().await?;
    assert!(matches!(write.update_activity(&permit, &change).await?, Saved::Done { version: 2 }));
    write.commit().await?;
    assert_eq!(world.tenant.activity(id).await?.expect("an activity").text.point, None);
    assert_eq!(world.tenant.activities_in(NOW, at(100)).await?[0].point, None);
    Ok(())
});
