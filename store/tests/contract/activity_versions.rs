//! Every saved version of an activity is kept, with who saved it, and goes with the activity.

use domain::activities::versions::ActivityContent;
use domain::activities::{ActivityText, OccurrenceChange, SeriesText};
use domain::clock::Span;
use domain::id::ActivityId;
use store::Saved;
use store::activities::{ActivityChange, TimeChange};

use crate::activities::{ENDLESS, bounds};
use crate::common::{NOW, World, at, contract};
use crate::raw_sql::Raw;

impl World {
    /// Joke saves it with another title; whether that was on the newest version.
    async fn retitle(&self, id: ActivityId, version: i64, title: &str, minute: i64) -> store::Result<bool> {
        let permit = self.may_change(id).await?;
        let text = ActivityText { title: title.into(), ..ActivityText::default() };
        let change = ActivityChange {
            id,
            expected_version: version,
            text: &text,
            html: "",
            excerpt: "",
            series: &SeriesText { start: "2026-09-22T10:00".into(), minutes: 60, ..SeriesText::default() },
            bounds: bounds(NOW, ENDLESS),
            at: at(minute),
            next: None,
            changes: &[],
        };
        let mut write = self.tenant.write().await?;
        let saved = write.update_activity(&permit, &change).await?;
        write.commit().await?;
        Ok(saved != Saved::Stale)
    }

    /// The versions, newest first: number, title and how many times are particular.
    async fn told(&self, id: ActivityId) -> store::Result<Vec<(i64, String, usize)>> {
        let found = self.tenant.activity_revisions(id).await?;
        let line = |content: ActivityContent| (content.text.title, content.changes.len());
        Ok(found
            .into_iter()
            .map(|one| {
                let (title, changes) = line(one.content);
                (one.version, title, changes)
            })
            .collect())
    }
}

fn told(versions: &[(i64, &str, usize)]) -> Vec<(i64, String, usize)> {
    versions.iter().map(|(version, title, changes)| (*version, (*title).to_owned(), *changes)).collect()
}

contract!(what_is_saved_is_kept_as_a_version_with_who_and_when, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("eerst", bounds(NOW, ENDLESS), &[]).await?;
    assert_eq!(world.told(id).await?, told(&[(1, "eerst", 0)]));
    assert!(world.retitle(id, 1, "daarna", 5).await?);
    assert!(!world.retitle(id, 1, "te laat", 6).await?, "somebody was faster");
    assert_eq!(world.told(id).await?, told(&[(2, "daarna", 0), (1, "eerst", 0)]));

    let permit = world.may_change(id).await?;
    let change = OccurrenceChange {
        instead_of: "2026-09-22T10:00".into(),
        start: "2026-09-22T11:00".into(),
        minutes: 60,
        cancelled: false,
        place: String::new(),
        note: "Later".into(),
    };
    let one = TimeChange { change: change.clone(), bounds: bounds(at(10), at(70)) };
    let to = ("2026-09-22T10:00", Some(&one));
    let mut write = world.tenant.write().await?;
    write.change_time(&permit, (id, 2), to, bounds(NOW, ENDLESS), at(7)).await?;
    write.commit().await?;
    let found = world.tenant.activity_revisions(id).await?;
    assert_eq!(
        (found[0].version, found[0].at, found[0].content.changes.as_slice()),
        (3, at(7), &[change][..])
    );
    assert_eq!((found[1].at, found[1].content.series.minutes), (at(5), 60));
    assert_eq!(found[2].content.series.rule, "FREQ=WEEKLY");
    Ok(())
});

contract!(an_activity_from_before_keeps_what_it_was_when_it_changes, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("eerst", bounds(NOW, ENDLESS), &[]).await?;
    let mut raw = Raw::open(&db.url).await;
    raw.run("DELETE FROM activity_revision").await.expect("as it was before");
    assert!(world.retitle(id, 1, "daarna", 5).await?);
    assert_eq!(world.told(id).await?, told(&[(2, "daarna", 0), (1, "eerst", 0)]));
    let first = &world.tenant.activity_revisions(id).await?[1];
    assert_eq!((first.editor_name.as_str(), first.at), ("Joke", NOW));
    Ok(())
});

contract!(versions_are_nothing_to_another_community_and_go_with_their_activity, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-ander-dorp").await?);
    let id = here.put_in_agenda("hier", bounds(NOW, ENDLESS), &[]).await?;
    assert!(there.tenant.activity_revisions(id).await?.is_empty());
    let permit = here.may_take_away(id).await?;
    let mut write = here.tenant.write().await?;
    write.remove_activity(&permit, id, NOW).await?;
    write.commit().await?;
    assert_eq!(here.told(id).await?.len(), 1);
    db.store.sweep(NOW.plus(Span::days(31))).await?;
    assert!(here.told(id).await?.is_empty());
    Ok(())
});
