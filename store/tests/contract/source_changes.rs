//! What is said about a calendar of others changes on its newest version, and what came from it goes along.

use domain::activities::ActivityStatus;
use domain::id::SourceId;
use domain::sources::draft::SourceText;
use domain::sources::policy::may_change;
use domain::sources::{Mark, Rhythm, Tally};
use store::Saved;
use store::sources::{Reading, SourceChange};

use crate::common::{NOW, World, at, contract};
use crate::races::fifty;
use crate::sources::{imported, text};

const ADDRESS: &str = "https://delinde.example/agenda.ics";

impl World {
    async fn say_of(&self, id: SourceId, expected: (i64, i64), text: &SourceText) -> store::Result<Saved> {
        let source = self.followed(id).await?;
        let facts = self.source_facts(&source);
        let permit = may_change(&self.connector(), &facts, &facts.place).expect("its owner may");
        let mut write = self.tenant.write().await?;
        let change = SourceChange { id, expected, text, at: at(5), due_at: Some(at(9)) };
        let saved = write.change_source(&permit, &change).await?;
        write.commit().await?;
        Ok(saved)
    }
}

contract!(what_came_from_a_calendar_goes_where_it_goes_under_its_own_address, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow(ADDRESS).await?;
    let one = world.take(id, &imported("een", "Bingo", at(600))).await?;
    let other = world.follow("https://elders.example/agenda.ics").await?;
    let apart = world.take(other, &imported("een", "Zangkoor", at(600))).await?;
    let before = world.followed(id).await?;
    let mut to = text(ADDRESS);
    to.areas = vec![world.village];
    to.topic = Some(world.green);
    to.cost = "2 euro".into();
    to.name = "De Linde".into();
    to.rhythm = Rhythm::Weekly;
    let version = before.version;
    assert_eq!(world.say_of(id, (1, version), &to).await?, Saved::Done { version: version + 1 });
    let now = world.followed(id).await?;
    assert_eq!((now.name.as_str(), now.rhythm, now.edition), ("De Linde", Rhythm::Weekly, 2));
    assert_eq!(now.state.due_at, Some(at(9)));
    let activity = world.tenant.activity(one).await?.expect("it is there");
    assert_eq!((activity.text.areas, activity.text.topic), (vec![world.village], Some(world.green)));
    assert_eq!((activity.text.cost.as_str(), activity.status), ("2 euro", ActivityStatus::Published));
    let untouched = world.tenant.activity(apart).await?.expect("it is there");
    assert_eq!((untouched.text.areas, untouched.version), (vec![], 1), "of another calendar");
    // The same once more changes nothing of it.
    let version = activity.version;
    world.say_of(id, (2, now.version), &to).await?;
    assert_eq!(world.tenant.activity(one).await?.expect("it is there").version, version);
    Ok(())
});

contract!(a_change_on_an_older_version_or_beside_a_reading_is_refused, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow(ADDRESS).await?;
    assert_eq!(world.say_of(id, (1, 1), &text(ADDRESS)).await?, Saved::Done { version: 2 });
    for expected in [(1, 2), (2, 1), (1, 1), (3, 2)] {
        assert_eq!(world.say_of(id, expected, &text(ADDRESS)).await?, Saved::Stale, "{expected:?}");
    }
    // A reading that began before the change finds another version.
    let source = world.followed(id).await?;
    let permit = world.may_read(&source);
    let mut write = world.tenant.write().await?;
    assert_eq!(write.begin_reading(&permit, (id, 1)).await?, Saved::Stale);
    Ok(())
});

contract!(what_its_server_said_goes_with_its_address, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow(ADDRESS).await?;
    let source = world.followed(id).await?;
    let permit = world.may_read(&source);
    let mark = Mark { tag: "\"een\"".into(), modified: "Thu, 26 Nov 2026 10:00:00 GMT".into() };
    let mut write = world.tenant.write().await?;
    write.begin_reading(&permit, (id, 1)).await?;
    let reading = Reading { at: NOW, due_at: None, mark: &mark, tally: &Tally::default() };
    write.finish_reading(&permit, id, &reading).await?;
    write.commit().await?;
    world.say_of(id, (1, 2), &text(ADDRESS)).await?;
    assert_eq!(world.followed(id).await?.state.mark, mark, "the same address");
    world.say_of(id, (2, 3), &text("https://elders.example/agenda.ics")).await?;
    let moved = world.followed(id).await?;
    assert_eq!(
        (moved.address.as_str(), moved.state.mark),
        ("https://elders.example/agenda.ics", Mark::default())
    );
    Ok(())
});

contract!(of_fifty_changes_at_once_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let id = world.follow(ADDRESS).await?;
    let source = world.followed(id).await?;
    let facts = world.source_facts(&source);
    let permit = may_change(&world.connector(), &facts, &facts.place).expect("its owner may");
    let platform = world.platform;
    let saved = fifty(db, move |store| async move {
        let to = text(ADDRESS);
        let mut write = store.on(platform).write().await?;
        let change = SourceChange { id, expected: (1, 1), text: &to, at: NOW, due_at: None };
        let saved = write.change_source(&permit, &change).await?;
        write.commit().await?;
        Ok(saved)
    })
    .await?;
    assert_eq!(saved.iter().filter(|saved| **saved != Saved::Stale).count(), 1);
    Ok(())
});
