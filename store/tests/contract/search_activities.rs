//! Activities are found as posts are, by the same words and never when they are removed: the same on both databases.

use domain::activities::policy::{may_create, may_restore};
use domain::activities::{ActivityText, OccurrenceChange, SeriesText};
use domain::clock::Span;
use domain::id::ActivityId;
use domain::search::{FoundId, FoundKind, Sought};
use store::activities::{ActivityChange, Bounds, NewActivity, TimeChange};
use store::search::{Card, Narrowed};

use crate::activities::{ENDLESS, bounds};
use crate::common::{NOW, World, at, contract};
use crate::raw_sql::Raw;
use crate::search::{ALL, says, titles};

fn about(title: &str, body: &str, place: &str) -> ActivityText {
    ActivityText { title: title.into(), body: body.into(), place: place.into(), ..ActivityText::default() }
}

/// Goes on for ever.
const ALWAYS: Bounds = bounds(NOW, ENDLESS);

impl World {
    /// Joke puts it into the agenda, at this minute.
    async fn put_there(&self, text: &ActivityText, bounds: Bounds, minute: i64) -> store::Result<ActivityId> {
        self.put_there_with(text, bounds, minute, &[]).await
    }

    async fn put_there_with(
        &self,
        text: &ActivityText,
        bounds: Bounds,
        minute: i64,
        changes: &[TimeChange],
    ) -> store::Result<ActivityId> {
        let id = ActivityId::new(at(minute), &self.chance);
        let series = SeriesText {
            start: "2026-09-22T10:00".into(),
            minutes: 120,
            rule: "FREQ=WEEKLY".into(),
            ..SeriesText::default()
        };
        let new = NewActivity {
            id,
            text,
            html: "",
            excerpt: "",
            series: &series,
            bounds,
            at: at(minute),
            previous: None,
            changes,
        };
        let permit = may_create(&self.resident(), self.platform).expect("members may");
        let mut write = self.tenant.write().await?;
        write.insert_activity(&permit, &new).await?;
        write.commit().await?;
        Ok(id)
    }
}

contract!(an_activity_is_found_by_its_title_its_text_and_its_place, |db| {
    let world = World::make(db, "een").await?;
    let breien = about("Breien en haken", "Samen aan de koffie.", "Buurthuis De Linde, Kerkplein 3");
    world.put_there(&breien, ALWAYS, 1).await?;
    for typed in
        ["breien", "breit", "haken", "koffies", "buurthuizen", "kerkplein", "\"de linde\"", "koffie linde"]
    {
        assert_eq!(world.finds(typed).await?, ["Breien en haken"], "{typed}");
    }
    for (typed, meant) in [("bereien", "breien"), ("buurthius", "buurthuis"), ("kerkplien", "kerkplein")] {
        let outcome = world.ask(typed).await?;
        assert_eq!(titles(&world.tenant, &outcome).await?, ["Breien en haken"], "{typed}");
        assert_eq!(outcome.meant.first().map(|word| word.meant.as_str()), Some(meant), "{typed}");
    }
    let begun = world.tenant.search(&Sought::read("bre"), &[], &ALL, true, NOW).await?;
    assert_eq!(begun.found.len(), 1, "half a word is enough while somebody types");
    Ok(())
});

contract!(activities_and_posts_come_together_and_what_is_over_comes_last, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Tuin in het nieuws", "x").at(at(1))).await?;
    world.put_there(&about("Tuindag", "x", ""), bounds(at(100), at(200)), 2).await?;
    world.put_there(&about("Tuin van vorige week", "x", ""), bounds(at(-200), at(-100)), 3).await?;
    world.put_there(&about("Werken", "In de tuin.", ""), ALWAYS, 4).await?;
    assert_eq!(
        world.finds("tuin").await?,
        ["Tuin in het nieuws", "Tuin van vorige week", "Werken", "Tuindag",]
    );
    let found = world.ask("tuin").await?.found;
    let over: Vec<bool> = found.iter().map(|found| found.over).collect();
    assert_eq!(over, [false, true, false, false], "what has it in its title still comes first");
    assert!(found.is_sorted_by_key(|found| std::cmp::Reverse((found.place.rank, found.place.moment))));
    // When it is over too, it comes after what is not.
    let later = world.tenant.search(&Sought::read("tuin"), &[], &ALL, false, at(201)).await?;
    let last = later.found.last().expect("one");
    assert_eq!((later.found.len(), last.over), (4, true));
    Ok(())
});

contract!(choices_narrow_activities_too, |db| {
    let world = World::make(db, "een").await?;
    let mut text = about("Soep eten", "x", "");
    text.areas = vec![world.street];
    text.topic = Some(world.care);
    world.put_there(&text, ALWAYS, 1).await?;
    world.publish(says("Soep koken", "x").at(at(2))).await?;
    for (narrowed, titles) in [
        (ALL, vec!["Soep koken", "Soep eten"]),
        (Narrowed { kind: Some(FoundKind::Activity), ..ALL }, vec!["Soep eten"]),
        (Narrowed { area: Some(world.street), ..ALL }, vec!["Soep eten"]),
        (Narrowed { area: Some(world.village), ..ALL }, vec!["Soep eten"]),
        (Narrowed { area: Some(world.district), ..ALL }, vec![]),
        (Narrowed { topic: Some(world.care), ..ALL }, vec!["Soep eten"]),
        (Narrowed { topic: Some(world.green), ..ALL }, vec![]),
        (Narrowed { until: Some(at(2)), ..ALL }, vec!["Soep eten"]),
        (Narrowed { from: Some(at(2)), ..ALL }, vec!["Soep koken"]),
    ] {
        assert_eq!(world.finds_within("soep", &narrowed).await?, titles, "{narrowed:?}");
    }
    assert_eq!(world.finds("zorg").await?, ["Soep eten"], "by the name of its topic");
    assert_eq!(world.finds("activiteiten").await?, ["Soep eten"], "and of what it is");
    Ok(())
});

contract!(a_removed_activity_is_not_found_nor_its_words_told_until_it_is_back, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_there(&about("Zeppelin vouwen", "Tuin.", ""), ALWAYS, 1).await?;
    let permit = world.may_take_away(id).await?;
    let mut write = world.tenant.write().await?;
    write.remove_activity(&permit, id, at(2)).await?;
    write.commit().await?;
    for typed in ["zeppelin", "zeppelni", "tuin", "activiteit"] {
        let outcome = world.ask(typed).await?;
        assert_eq!((outcome.found.len(), outcome.meant.len()), (0, 0), "{typed}");
    }
    assert!(world.tenant.search_cards(&[FoundId::Activity(id)], NOW).await?.is_empty());
    let facts = world.activity_facts(id).await?;
    let permit = may_restore(&world.resident(), &facts).expect("who removed it puts it back");
    let mut write = world.tenant.write().await?;
    write.restore_activity(&permit, id, Some(world.joke), at(3)).await?;
    write.commit().await?;
    assert_eq!(world.finds("zeppelni").await?, ["Zeppelin vouwen"]);
    Ok(())
});

contract!(a_changed_activity_is_found_by_its_new_words_only, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_there(&about("Breien", "Met wol.", "Zaal"), ALWAYS, 1).await?;
    let mut newer = about("Timmeren", "Met hout.", "Schuur");
    newer.areas = vec![world.street];
    let change = ActivityChange {
        id,
        expected_version: 1,
        text: &newer,
        html: "",
        excerpt: "",
        series: &SeriesText { start: "2026-09-22T10:00".into(), minutes: 120, ..SeriesText::default() },
        bounds: ALWAYS,
        at: at(2),
        next: None,
        changes: &[],
    };
    let permit = world.may_change(id).await?;
    let mut write = world.tenant.write().await?;
    write.update_activity(&permit, &change).await?;
    drop(write);
    assert_eq!(world.finds("wol").await?, ["Breien"], "what is rolled back changes nothing");
    let mut write = world.tenant.write().await?;
    write.update_activity(&permit, &change).await?;
    write.commit().await?;
    for typed in ["breien", "wol", "zaal"] {
        assert!(world.finds(typed).await?.is_empty(), "{typed}");
    }
    let narrowed = Narrowed { area: Some(world.village), ..ALL };
    for typed in ["timmeren", "hout", "schuur"] {
        assert_eq!(world.finds_within(typed, &narrowed).await?, ["Timmeren"], "{typed}");
    }
    Ok(())
});

contract!(a_card_has_what_is_particular_about_the_times_to_come, |db| {
    let world = World::make(db, "een").await?;
    let change = |name: &str, cancelled| OccurrenceChange {
        instead_of: name.into(),
        start: name.into(),
        minutes: 60,
        cancelled,
        place: "Elders".into(),
        note: String::new(),
    };
    let earlier = change("2026-09-22T10:00", false);
    let (one, two) = (change("2026-09-29T10:00", true), change("2026-10-06T10:00", false));
    let changes = [
        TimeChange { change: earlier, bounds: bounds(at(-99), at(-1)) },
        TimeChange { change: one.clone(), bounds: bounds(at(10), at(70)) },
        TimeChange { change: two.clone(), bounds: bounds(at(90), at(170)) },
    ];
    let id = world.put_there_with(&about("Breien", "Met wol.", "Zaal"), ALWAYS, 1, &changes).await?;
    let post = world.publish(says("Tuin", "x")).await?;
    let before = world.tenant.queries();
    let cards = world.tenant.search_cards(&[FoundId::Activity(id), FoundId::Post(post)], NOW).await?;
    assert_eq!(world.tenant.queries() - before, 1, "one statement for both");
    assert_eq!(cards.len(), 2);
    let card = cards.iter().find_map(|card| match card {
        Card::Activity(card) => Some(card),
        Card::Post { .. } => None,
    });
    let mut card = card.expect("the activity").clone();
    card.changes.sort_by(|a, b| a.instead_of.cmp(&b.instead_of));
    assert_eq!((card.id, card.title.as_str(), card.body.as_str()), (id, "Breien", "Met wol."));
    assert_eq!((card.place.as_str(), card.series.rule.as_str()), ("Zaal", "FREQ=WEEKLY"));
    assert_eq!(card.changes, [one, two]);
    Ok(())
});

contract!(another_community_finds_no_activity_of_it, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?);
    let id = here.put_there(&about("Geheime zeppelin", "x", "Hangar"), ALWAYS, 1).await?;
    for typed in ["zeppelin", "zeppelni", "hangar", "activiteit"] {
        let outcome = there.ask(typed).await?;
        assert_eq!((outcome.found.len(), outcome.meant.len()), (0, 0), "{typed}");
    }
    assert!(there.tenant.search_cards(&[FoundId::Activity(id)], NOW).await?.is_empty());
    Ok(())
});

contract!(activities_from_before_are_filed_when_the_program_starts, |db| {
    let world = World::make(db, "een").await?;
    let mut text = about("Breien", "Met wol.", "Zaal");
    text.areas = vec![world.street];
    world.put_there(&text, ALWAYS, 1).await?;
    world.publish(says("Breien in het nieuws", "x").at(at(2))).await?;
    let mut raw = Raw::open(&db.url).await;
    raw.run("DELETE FROM search_entry").await.expect("they are forgotten");
    raw.run("DELETE FROM search_word").await.expect("and their words");
    db.store.migrate().await?;
    let narrowed = Narrowed { area: Some(world.village), ..ALL };
    assert_eq!(world.finds_within("bereien", &narrowed).await?, ["Breien"]);
    assert_eq!(world.finds("breien").await?, ["Breien in het nieuws", "Breien"]);
    Ok(())
});

contract!(nothing_of_an_activity_outlives_it_in_the_index, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_there(&about("Zeppelin", "Tuin.", ""), ALWAYS, 1).await?;
    world.put_there(&about("Blijft", "Tuinen.", ""), ALWAYS, 2).await?;
    let permit = world.may_take_away(id).await?;
    let mut write = world.tenant.write().await?;
    write.remove_activity(&permit, id, NOW).await?;
    write.commit().await?;
    db.store.sweep(NOW.plus(Span::days(31))).await?;
    let mut raw = Raw::open(&db.url).await;
    let mut words = raw.lines("SELECT word FROM search_word").await;
    words.sort();
    assert_eq!(words, ["blijft", "tuin", "tuinen"], "\"tuin\" is the stem of a word that is left");
    assert_eq!(raw.lines("SELECT CAST(COUNT(*) AS TEXT) FROM search_entry").await, ["1"]);
    if raw.is_sqlite() {
        assert_eq!(raw.lines("SELECT CAST(COUNT(*) AS TEXT) FROM search_text").await, ["1"]);
    }
    Ok(())
});

contract!(posts_and_activities_of_one_moment_are_each_found_once, |db| {
    let world = World::make(db, "een").await?;
    for number in 0..20 {
        world.put_there(&about(&format!("Tuin {number}"), "x", ""), ALWAYS, 0).await?;
        world.publish(says(&format!("Tuin {number}"), "x").at(NOW)).await?;
    }
    let mut found: Vec<_> = world.ask("tuin").await?.found.into_iter().map(|found| found.id).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 40);
    Ok(())
});
