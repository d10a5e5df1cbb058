//! Calendars of others: each event is one activity, whoever reads it and how often; and what goes, comes back.

use domain::activities::policy::{ActivityFacts, may_remove};
use domain::activities::{ActivityStatus, ActivityText, OccurrenceChange, SeriesText};
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, SourceId};
use domain::limits::SOURCE_AFTERWARDS;
use domain::permit::Permit;
use domain::permit::action::ManageSource;
use domain::roles::Place;
use domain::sources::draft::SourceText;
use domain::sources::policy::{SourceFacts, may_follow, may_manage, may_restore, may_set_up};
use domain::sources::{LeftOut, Mark, Skip, Source, SourceStatus, Tally, Trouble};
use store::activities::{Bounds, TimeChange};
use store::sources::{Imported, NewSource, Reading};
use store::{Error, Saved};

use crate::common::{NOW, World, at, contract};
use crate::races::fifty;

pub fn text(address: &str) -> SourceText {
    SourceText {
        name: "Dorpshuis De Linde".into(),
        address: address.into(),
        cost: "Vraag het na".into(),
        ..SourceText::default()
    }
}

pub fn imported(uid: &str, title: &str, last: Timestamp) -> Imported {
    Imported {
        uid: uid.into(),
        url: format!("https://delinde.example/{uid}"),
        fingerprint: title.into(),
        text: ActivityText { title: title.into(), ..ActivityText::default() },
        html: "<p>Kom ook.</p>".into(),
        excerpt: "Kom ook.".into(),
        series: SeriesText { start: "2026-09-22T10:00".into(), minutes: 60, ..SeriesText::default() },
        bounds: Bounds { first: NOW, last },
        changes: Vec::new(),
    }
}

impl World {
    pub async fn follow(&self, address: &str) -> store::Result<SourceId> {
        let id = SourceId::new(NOW, &self.chance);
        let permit = may_set_up(&self.connector(), &Place::whole(self.platform)).expect("connectors may");
        let text = text(address);
        let mut write = self.tenant.write().await?;
        let due_at = (!address.is_empty()).then_some(NOW);
        write.insert_source(&permit, &NewSource { id, text: &text, at: NOW, due_at }).await?;
        write.commit().await?;
        Ok(id)
    }

    pub async fn followed(&self, id: SourceId) -> store::Result<Source> {
        Ok(self.tenant.source(id).await?.expect("a calendar"))
    }

    pub fn source_facts(&self, source: &Source) -> SourceFacts {
        SourceFacts::of(source, self.platform, &self.tree)
    }

    pub fn may_read(&self, source: &Source) -> Permit<ManageSource> {
        may_follow(&self.connector(), &self.source_facts(source)).expect("its owner may")
    }

    /// Puts an event in the agenda, in a reading of its own.
    pub async fn take(&self, id: SourceId, one: &Imported) -> store::Result<ActivityId> {
        let source = self.followed(id).await?;
        let permit = self.may_read(&source);
        let activity = ActivityId::new(NOW, &self.chance);
        let mut write = self.tenant.write().await?;
        write.begin_reading(&permit, (id, source.version)).await?;
        write.import_activity(&permit, &source, activity, one, NOW).await?;
        write.commit().await?;
        Ok(activity)
    }

    pub async fn status(&self, id: ActivityId) -> store::Result<ActivityStatus> {
        Ok(self.tenant.activity(id).await?.expect("an activity").status)
    }
}

contract!(what_is_known_of_a_calendar_is_found_again, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let source = world.followed(id).await?;
    assert_eq!((source.owner, source.owner_name.as_str()), (world.fatma, "Fatma"));
    assert_eq!(
        (source.version, source.status, source.cost.as_str()),
        (1, SourceStatus::Active, "Vraag het na")
    );
    let permit = world.may_read(&source);
    let tally = Tally {
        taken: 3,
        past: 2,
        kept_out: 1,
        skipped: 1,
        skips: vec![Skip { line: 7, title: "Iets".into(), why: LeftOut::Zone }],
    };
    let mark = Mark { tag: "\"een\"".into(), modified: "Thu, 26 Nov 2026 10:00:00 GMT".into() };
    let mut write = world.tenant.write().await?;
    assert_eq!(write.begin_reading(&permit, (id, 1)).await?, Saved::Done { version: 2 });
    let reading = Reading { at: at(1), due_at: Some(at(1_441)), mark: &mark, tally: &tally };
    write.finish_reading(&permit, id, &reading).await?;
    write.commit().await?;
    let state = world.followed(id).await?.state;
    assert_eq!((state.read_at, state.due_at, state.failures), (Some(at(1)), Some(at(1_441)), 0));
    assert_eq!((&state.mark, &state.tally), (&mark, &tally));
    // What goes wrong leaves what was found.
    let operate = world.operate();
    for failures in 1..=2 {
        let mut write = world.tenant.write().await?;
        let version = (id, 1 + i64::from(failures));
        let trouble = Trouble::Broken { line: 12 };
        write.source_failed(&operate, version, trouble, at(2), Some(at(62))).await?;
        write.commit().await?;
        let state = world.followed(id).await?.state;
        assert_eq!((state.failures, state.trouble), (failures, Some(trouble)));
        assert_eq!((state.read_at, state.tried_at, state.due_at), (Some(at(1)), Some(at(2)), Some(at(62))));
        assert_eq!(state.tally, tally);
    }
    let mut write = world.tenant.write().await?;
    assert_eq!(
        write.source_is_the_same(&permit, (id, 4), at(3), Some(at(99))).await?,
        Saved::Done { version: 5 }
    );
    write.commit().await?;
    let state = world.followed(id).await?.state;
    assert_eq!(
        (state.read_at, state.trouble, state.failures, state.due_at),
        (Some(at(3)), None, 0, Some(at(99)))
    );
    Ok(())
});

contract!(an_event_is_one_activity_that_says_where_it_comes_from, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let activity = world.take(id, &imported("een", "Koffie", at(100))).await?;
    let stored = world.tenant.activity(activity).await?.expect("an activity");
    let from = stored.source.expect("it comes from somewhere");
    assert_eq!((from.id, from.name.as_str()), (id, "Dorpshuis De Linde"));
    assert_eq!(from.url, "https://delinde.example/een");
    assert_eq!((stored.organiser, stored.organiser_name.as_str()), (world.fatma, "Dorpshuis De Linde"));
    assert_eq!(world.tenant.activities_in(NOW, at(50)).await?.len(), 1);
    // A second activity for the same event is refused by the database itself.
    assert!(world.take(id, &imported("een", "Koffie", at(100))).await.is_err());
    assert_eq!(world.tenant.activities_in(NOW, at(50)).await?.len(), 1);
    // Another calendar may have an event of the same name.
    let other = world.follow("https://elders.example/agenda.ics").await?;
    world.take(other, &imported("een", "Thee", at(100))).await?;
    assert_eq!(world.tenant.activities_in(NOW, at(50)).await?.len(), 2);
    Ok(())
});

contract!(a_change_there_is_a_change_here_and_what_was_gone_comes_back, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let activity = world.take(id, &imported("een", "Koffie", at(100))).await?;
    let source = world.followed(id).await?;
    let permit = world.may_read(&source);
    let mut newer = imported("een", "Koffie met taart", at(200));
    newer.changes = vec![TimeChange {
        change: OccurrenceChange {
            instead_of: "2026-09-22T10:00".into(),
            start: "2026-09-22T11:00".into(),
            minutes: 60,
            cancelled: false,
            place: String::new(),
            note: String::new(),
        },
        bounds: Bounds { first: NOW, last: at(200) },
    }];
    for turn in 1..=2 {
        let mut write = world.tenant.write().await?;
        write.drop_imported(&permit, id, activity, at(turn)).await?;
        write.commit().await?;
        assert_eq!(world.status(activity).await?, ActivityStatus::Removed);
        let taken = world.tenant.taken_from(id).await?;
        assert!(!taken[0].published && !taken[0].by_hand);
        let mut write = world.tenant.write().await?;
        assert!(write.change_imported(&permit, &source, activity, &newer, at(turn)).await?);
        write.commit().await?;
        let stored = world.tenant.activity(activity).await?.expect("an activity");
        assert_eq!((stored.text.title.as_str(), stored.changes.len()), ("Koffie met taart", 1));
        assert_eq!(stored.status, ActivityStatus::Published);
        let taken = world.tenant.taken_from(id).await?;
        assert_eq!((taken[0].fingerprint.as_str(), taken[0].last_at), ("Koffie met taart", at(200)));
    }
    // Of another calendar it is none.
    let other = world.follow("https://elders.example/agenda.ics").await?;
    let elsewhere = world.followed(other).await?;
    let mut write = world.tenant.write().await?;
    let permit = world.may_read(&elsewhere);
    assert!(!write.change_imported(&permit, &elsewhere, activity, &newer, at(3)).await?);
    write.drop_imported(&permit, other, activity, at(3)).await?;
    write.commit().await?;
    assert_eq!(world.status(activity).await?, ActivityStatus::Published);
    Ok(())
});

contract!(what_somebody_took_away_by_hand_stays_away_and_is_remembered, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let activity = world.take(id, &imported("een", "Koffie", at(100))).await?;
    let stored = world.tenant.activity(activity).await?.expect("an activity");
    let facts = ActivityFacts::of(&stored, world.platform, &world.tree);
    let remove = may_remove(&world.connector(), &facts).expect("connectors may");
    let mut write = world.tenant.write().await?;
    assert!(write.remove_activity(&remove, activity, at(1)).await?);
    write.commit().await?;
    let source = world.followed(id).await?;
    let permit = world.may_read(&source);
    let mut write = world.tenant.write().await?;
    let newer = imported("een", "Toch weer koffie", at(200));
    assert!(!write.change_imported(&permit, &source, activity, &newer, at(2)).await?);
    write.commit().await?;
    assert!(world.tenant.taken_from(id).await?[0].by_hand);
    assert_eq!(db.store.sweep(at(1).plus(Span::days(400))).await?.activities, 0, "or it would come back");
    Ok(())
});

contract!(with_a_calendar_goes_what_is_to_come_and_with_it_comes_back_exactly_that, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let past = world.take(id, &imported("voorbij", "Voorbij", at(-10))).await?;
    let ahead = world.take(id, &imported("straks", "Straks", at(100))).await?;
    let dropped = world.take(id, &imported("weg", "Weg", at(100))).await?;
    let source = world.followed(id).await?;
    let mut write = world.tenant.write().await?;
    write.drop_imported(&world.may_read(&source), id, dropped, at(1)).await?;
    write.commit().await?;
    let manage = may_manage(&world.connector(), &world.source_facts(&source)).expect("its owner may");
    let mut write = world.tenant.write().await?;
    assert!(write.remove_source(&manage, id, at(2)).await?);
    assert!(!write.remove_source(&manage, id, at(3)).await?, "once");
    write.commit().await?;
    let states = async || -> store::Result<[bool; 3]> {
        let is = async |id| Ok::<_, Error>(world.status(id).await? == ActivityStatus::Published);
        Ok([is(past).await?, is(ahead).await?, is(dropped).await?])
    };
    assert_eq!(states().await?, [true, false, false]);
    assert!(world.tenant.sources().await?.is_empty());
    assert_eq!(db.store.claim_source(at(9_999), at(10_000)).await?, None, "it is not read any more");
    let source = world.followed(id).await?;
    let back = may_restore(&world.connector(), &world.source_facts(&source)).expect("its owner may");
    let mut write = world.tenant.write().await?;
    assert!(!write.restore_source(&back, id, at(1), at(4)).await?, "it was removed at another moment");
    assert!(write.restore_source(&back, id, at(2), at(4)).await?);
    write.commit().await?;
    assert_eq!(states().await?, [true, true, false]);
    assert_eq!(world.followed(id).await?.state.due_at, Some(at(4)), "what changed meanwhile is read at once");
    // Gone for good, what is over stays, as an activity like any other.
    let source = world.followed(id).await?;
    let manage = may_manage(&world.connector(), &world.source_facts(&source)).expect("its owner may");
    let mut write = world.tenant.write().await?;
    write.remove_source(&manage, id, at(5)).await?;
    write.commit().await?;
    assert_eq!(db.store.sweep(at(4).plus(SOURCE_AFTERWARDS)).await?.sources, 0);
    let swept = db.store.sweep(at(6).plus(SOURCE_AFTERWARDS)).await?;
    assert_eq!((swept.sources, swept.activities), (1, 1));
    let left = world.tenant.activity(past).await?.expect("what is over stays");
    assert_eq!((left.source, left.organiser_name.as_str()), (None, "Fatma"));
    Ok(())
});

contract!(a_calendar_that_is_due_is_one_process_s_alone, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    world.follow("").await?;
    assert_eq!(db.store.claim_source(at(-1), at(15)).await?, None, "it is not due yet");
    let claimed = fifty(db, |store| async move { store.claim_source(NOW, at(15)).await }).await?;
    let claimed: Vec<_> = claimed.into_iter().flatten().collect();
    assert_eq!(claimed, [(world.platform, id)], "and a file is never");
    assert_eq!(db.store.claim_source(at(14), at(30)).await?, None);
    // Who was killed meanwhile leaves it to the next one.
    assert_eq!(db.store.claim_source(at(15), at(30)).await?, Some((world.platform, id)));
    Ok(())
});

contract!(of_fifty_readings_at_once_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let source = world.followed(id).await?;
    let (permit, platform) = (world.may_read(&source), world.platform);
    let outcomes = fifty(db, |store| {
        let (source, one) = (source.clone(), imported("een", "Koffie", at(100)));
        async move {
            let mut write = store.on(platform).write().await?;
            if write.begin_reading(&permit, (id, source.version)).await? == Saved::Stale {
                return Ok(false);
            }
            let activity = ActivityId(uuid::Uuid::from_u128(1));
            write.import_activity(&permit, &source, activity, &one, NOW).await?;
            write.commit().await?;
            Ok(true)
        }
    })
    .await?;
    assert_eq!(outcomes.iter().filter(|done| **done).count(), 1);
    assert_eq!(world.tenant.taken_from(id).await?.len(), 1);
    assert_eq!(world.tenant.activities_in(NOW, at(50)).await?.len(), 1);
    Ok(())
});

contract!(calendars_of_one_community_are_nothing_to_another, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-ander-dorp").await?);
    let id = here.follow("https://delinde.example/agenda.ics").await?;
    assert!(there.tenant.source(id).await?.is_none());
    assert!(there.tenant.sources().await?.is_empty());
    let source = here.followed(id).await?;
    let permit = here.may_read(&source);
    let mut write = there.tenant.write().await?;
    assert!(matches!(write.begin_reading(&permit, (id, 1)).await, Err(Error::WrongPlatform)));
    assert!(matches!(write.remove_source(&permit, id, NOW).await, Err(Error::WrongPlatform)));
    drop(write);
    // A permit is for one calendar.
    let other = here.follow("https://elders.example/agenda.ics").await?;
    let mut write = here.tenant.write().await?;
    assert!(matches!(write.begin_reading(&permit, (other, 1)).await, Err(Error::WrongSubject)));
    assert!(matches!(
        write.drop_imported(&permit, other, ActivityId(uuid::Uuid::nil()), NOW).await,
        Err(Error::WrongSubject)
    ));
    Ok(())
});

contract!(the_same_calendar_of_the_same_person_is_found, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow("https://delinde.example/agenda.ics").await?;
    let file = world.follow("").await?;
    let permit = may_set_up(&world.connector(), &Place::whole(world.platform)).expect("connectors may");
    let mut write = world.tenant.write().await?;
    assert_eq!(write.count_sources(&permit).await?, 2);
    let same = text("https://delinde.example/agenda.ics");
    assert_eq!(write.same_source(&permit, &same, at(9_999)).await?, Some(id));
    assert_eq!(write.same_source(&permit, &text("https://elders.example/"), at(-9)).await?, None);
    // Of files, only a moment ago.
    assert_eq!(write.same_source(&permit, &text(""), at(-5)).await?, Some(file));
    assert_eq!(write.same_source(&permit, &text(""), at(5)).await?, None);
    Ok(())
});
