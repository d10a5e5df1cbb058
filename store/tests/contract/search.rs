//! What search finds, in which order, and what it never finds: the same on both databases.

use domain::clock::{Span, Timestamp};
use domain::id::PostId;
use domain::posts::{PostKind, PostStatus};
use domain::search::{FoundId, FoundKind, Sought};
use store::Tenant;
use store::search::{MOST_FOUND, Named, Narrowed, Outcome};

use crate::common::{NOW, PostSpec, World, a_post, at, contract};
use crate::raw_sql::Raw;

pub const ALL: Narrowed = Narrowed { kind: None, area: None, topic: None, from: None, until: None };

pub fn says(title: &str, body: &str) -> PostSpec {
    let mut spec = a_post(title);
    body.clone_into(&mut spec.text.body);
    spec
}

impl World {
    fn names(&self) -> Vec<(Named, &'static str)> {
        vec![
            (Named::Area(self.street), "De Lindestraat"),
            (Named::Topic(self.care), "Zorg"),
            (Named::Kind(FoundKind::Post(PostKind::Memorial)), "In memoriam"),
            (Named::Kind(FoundKind::Activity), "activiteit"),
        ]
    }

    pub async fn ask(&self, typed: &str) -> store::Result<Outcome> {
        self.tenant.search(&Sought::read(typed), &self.names(), &ALL, false, NOW).await
    }

    /// The titles of what is found, in their order.
    pub async fn finds(&self, typed: &str) -> store::Result<Vec<String>> {
        let outcome = self.ask(typed).await?;
        titles(&self.tenant, &outcome).await
    }

    pub async fn finds_within(&self, typed: &str, narrowed: &Narrowed) -> store::Result<Vec<String>> {
        let outcome = self.tenant.search(&Sought::read(typed), &self.names(), narrowed, false, NOW).await?;
        titles(&self.tenant, &outcome).await
    }
}

pub async fn titles(tenant: &Tenant, outcome: &Outcome) -> store::Result<Vec<String>> {
    let ids: Vec<_> = outcome.found.iter().take(20).map(|found| found.id).collect();
    let cards = tenant.search_cards(&ids, at(9)).await?;
    assert_eq!(cards.len(), ids.len(), "there is a card of everything that is found");
    let title = |id| cards.iter().find(|card| card.id() == id).map(|card| card.title().to_owned());
    Ok(ids.into_iter().filter_map(title).collect())
}

contract!(inflections_are_forgiven, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Een nieuwe fiets", "Te koop.").at(at(1))).await?;
    world.publish(says("Open dag", "In alle buurthuizen is koffie.").at(at(2))).await?;
    world.publish(says("Wandeling", "We lopen door de straten.").at(at(3))).await?;
    for (typed, title) in [
        ("fietsen", "Een nieuwe fiets"),
        ("fietsje", "Een nieuwe fiets"),
        ("buurthuis", "Open dag"),
        ("Buurthuizen", "Open dag"),
        ("straat", "Wandeling"),
        ("wandelen", "Wandeling"),
        ("lopen", "Wandeling"),
    ] {
        assert_eq!(world.finds(typed).await?, [title], "{typed}");
    }
    Ok(())
});

contract!(typing_errors_are_forgiven_and_named, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Fietsen", "Samen op pad.").at(at(1))).await?;
    world.publish(says("Vraag het", "Je buurtverbinder helpt.").at(at(2))).await?;
    world.publish(says("Koffie", "Elke ochtend in de bibliotheek.").at(at(3))).await?;
    for (typed, title, meant) in [
        ("fietsn", "Fietsen", "fietsen"),
        ("feitsen", "Fietsen", "fietsen"),
        ("buurtverbindr", "Vraag het", "buurtverbinder"),
        ("buurtvebrinder", "Vraag het", "buurtverbinder"),
        ("kofie", "Koffie", "koffie"),
        ("biebliotheek", "Koffie", "bibliotheek"),
    ] {
        let outcome = world.ask(typed).await?;
        assert_eq!(titles(&world.tenant, &outcome).await?, [title], "{typed}");
        assert_eq!(outcome.meant.first().map(|word| word.meant.as_str()), Some(meant), "{typed}");
    }
    assert!(world.ask("fietsen").await?.meant.is_empty());
    Ok(())
});

contract!(accents_capitals_and_hyphens_make_no_difference, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Repair-café", "Zaterdag.")).await?;
    for typed in ["repair cafe", "REPAIR-CAFÉ", "repaircafe", "cafe\u{301}", "repair-cafés"] {
        assert_eq!(world.finds(typed).await?, ["Repair-café"], "{typed}");
    }
    Ok(())
});

contract!(words_made_with_a_word_come_after_the_word_itself, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Fietspad dicht", "Omrijden.").at(at(3))).await?;
    world.publish(says("Een bakfiets te leen", "Handig.").at(at(2))).await?;
    world.publish(says("Wie leent", "mij een fiets?").at(at(1))).await?;
    assert_eq!(world.finds("fiets").await?, ["Wie leent", "Fietspad dicht", "Een bakfiets te leen"]);
    assert_eq!(world.finds("bakfietsen").await?, ["Een bakfiets te leen"]);
    Ok(())
});

contract!(all_words_count_and_if_none_has_all_some_do, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Soep in het buurthuis", "Lekker.").at(at(1))).await?;
    world.publish(says("Soep thuis", "Ook lekker.").at(at(2))).await?;
    assert_eq!(world.finds("soep buurthuis").await?, ["Soep in het buurthuis"]);
    let partly = world.ask("wie kookt er soep in het buurthuis").await?;
    assert!(partly.partly);
    assert_eq!(titles(&world.tenant, &partly).await?, ["Soep in het buurthuis", "Soep thuis"]);
    assert!(world.finds("zeppelin onderzeeboot").await?.is_empty());
    Ok(())
});

contract!(quotation_marks_hold_words_together, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Bij de Linde", "Koffie.").at(at(1))).await?;
    world.publish(says("De oude linde", "Een boom.").at(at(2))).await?;
    world.publish(says("Rood", "de").at(at(3))).await?;
    assert_eq!(world.finds("\"de linde\"").await?, ["Bij de Linde"]);
    let over = world.ask("\"rood de\"").await?;
    assert!(over.partly, "no phrase reaches from the title into the text: {over:?}");
    Ok(())
});

contract!(the_title_comes_before_the_text_and_the_newer_before_the_older, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Tuin oud", "x").at(at(1))).await?;
    world.publish(says("In tekst", "Een tuin.").at(at(4))).await?;
    world.publish(says("Tuin nieuw", "x").at(at(2))).await?;
    world.publish(says("In tekst, ouder", "De tuinen.").at(at(3))).await?;
    assert_eq!(world.finds("tuin").await?, ["Tuin nieuw", "Tuin oud", "In tekst", "In tekst, ouder"]);
    Ok(())
});

contract!(names_of_areas_and_topics_are_found_too, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Stoep", "Los.").in_area(world.street).at(at(1))).await?;
    world.publish(says("Huisarts", "Open.").topic(world.care).at(at(2))).await?;
    world.publish(says("Een leven", "Dank.").kind(PostKind::Memorial).at(at(3))).await?;
    world.publish(says("Zorg", "Woord.").at(at(1))).await?;
    assert_eq!(world.finds("lindestraat").await?, ["Stoep"]);
    assert_eq!(world.finds("lindestrat").await?, ["Stoep"]);
    assert_eq!(world.finds("zorg").await?, ["Zorg", "Huisarts"]);
    assert_eq!(world.finds("memoriam").await?, ["Een leven"]);
    Ok(())
});

contract!(choices_narrow_what_is_found, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Tuin een", "x").in_area(world.street).topic(world.green).at(at(1))).await?;
    world.publish(says("Tuin twee", "x").kind(PostKind::PhotoAlbum).at(at(2))).await?;
    let hour = |n| NOW.plus(Span::hours(n));
    world.publish(says("Tuin drie", "x").at(hour(5))).await?;
    for (narrowed, titles) in [
        (Narrowed { area: Some(world.village), ..ALL }, vec!["Tuin een"]),
        (Narrowed { area: Some(world.district), ..ALL }, vec![]),
        (Narrowed { topic: Some(world.green), ..ALL }, vec!["Tuin een"]),
        (Narrowed { kind: Some(FoundKind::Post(PostKind::PhotoAlbum)), ..ALL }, vec!["Tuin twee"]),
        (Narrowed { from: Some(hour(1)), ..ALL }, vec!["Tuin drie"]),
        (Narrowed { until: Some(hour(1)), ..ALL }, vec!["Tuin twee", "Tuin een"]),
    ] {
        assert_eq!(world.finds_within("tuin", &narrowed).await?, titles, "{narrowed:?}");
    }
    let found = world.ask("tuin").await?.found;
    assert_eq!((found[2].areas.as_slice(), found[2].topic), (&[world.street][..], Some(world.green)));
    Ok(())
});

contract!(another_community_finds_nothing_of_it, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?);
    here.publish(says("Geheime tuin", "Zeppelin.").in_area(here.street)).await?;
    for typed in ["tuin", "geheim", "zeppelin", "zeppelni", "\"geheime tuin\"", "lindestraat"] {
        let outcome = there.ask(typed).await?;
        assert_eq!((outcome.found.len(), outcome.meant.len()), (0, 0), "{typed}");
    }
    assert_eq!(here.finds("zeppelni").await?, ["Geheime tuin"]);
    Ok(())
});

contract!(only_what_everybody_may_read_is_found, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(says("Zeppelin", "Tuin.")).await?;
    let mut raw = Raw::open(&db.url).await;
    for status in PostStatus::ALL {
        let sql = format!("UPDATE post SET status = '{}' WHERE id = {}", status.key(), raw.key(id.0));
        raw.run(&sql).await.expect("a status");
        let found = usize::from(status == PostStatus::Published);
        for typed in ["zeppelin", "zeppelni", "tuin"] {
            let outcome = world.ask(typed).await?;
            assert_eq!(outcome.found.len(), found, "{typed} {status:?}");
            assert!(found == 1 || outcome.meant.is_empty(), "a word of a hidden post is not told");
        }
        assert_eq!(world.tenant.search_cards(&[FoundId::Post(id)], NOW).await?.len(), found);
    }
    Ok(())
});

contract!(a_changed_post_is_found_by_its_new_words_only, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(says("Tuin", "Aardbeien.")).await?;
    let mut text = says("Schuur", "Gereedschap.").text;
    text.areas = vec![world.street];
    world.edit(id, 1, &text).await?;
    assert!(world.finds("aardbeien").await?.is_empty());
    assert_eq!(world.finds("gereedschap").await?, ["Schuur"]);
    assert_eq!(
        world.finds_within("schuur", &Narrowed { area: Some(world.village), ..ALL }).await?,
        ["Schuur"]
    );
    Ok(())
});

contract!(what_is_rolled_back_is_not_found, |db| {
    let world = World::make(db, "een").await?;
    let spec = says("Zeppelin", "x");
    let mut write = world.tenant.write().await?;
    write.insert_post(&world.may_create(), &world.new_post(world.new_id(NOW), &spec)).await?;
    drop(write);
    assert!(world.finds("zeppelin").await?.is_empty());
    Ok(())
});

contract!(posts_of_one_moment_keep_their_words_apart, |db| {
    let world = World::make(db, "een").await?;
    // Where a post is filed within its millisecond depends on the end of its key.
    for (number, (title, body)) in [("Zeppelin", "Lucht."), ("Kanaal", "Water.")].into_iter().enumerate() {
        let spec = says(title, body);
        let mut key = *world.new_id(NOW).0.as_bytes();
        key[13] = u8::try_from(number).unwrap_or_default();
        (key[14], key[15]) = (1, 1);
        let id = PostId(uuid::Uuid::from_bytes(key));
        let mut write = world.tenant.write().await?;
        write.insert_post(&world.may_create(), &world.new_post(id, &spec)).await?;
        write.commit().await?;
    }
    for (typed, title) in
        [("lucht", "Zeppelin"), ("water", "Kanaal"), ("zeppelin", "Zeppelin"), ("kanaal", "Kanaal")]
    {
        assert_eq!(world.finds(typed).await?, [title], "{typed}");
    }
    Ok(())
});

contract!(nothing_of_a_post_outlives_it_in_the_index, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(says("Zeppelin", "Tuin.")).await?;
    world.publish(says("Blijft", "Tuinen.").at(at(1))).await?;
    world.remove(&world.resident(), id, NOW).await?;
    db.store.sweep(NOW.plus(Span::days(31))).await?;
    let mut raw = Raw::open(&db.url).await;
    let mut words = raw.lines("SELECT word FROM search_word").await;
    words.sort();
    assert_eq!(words, ["blijft", "tuin", "tuinen"], "\"tuin\" is the stem of a word that is left");
    assert_eq!(raw.lines("SELECT CAST(COUNT(*) AS TEXT) FROM search_entry").await, ["1"]);
    if raw.is_sqlite() {
        assert_eq!(raw.lines("SELECT CAST(COUNT(*) AS TEXT) FROM search_text").await, ["1"]);
        assert_eq!(raw.lines("SELECT CAST(COUNT(*) AS TEXT) FROM search_spelling").await, ["3"]);
    }
    Ok(())
});

contract!(posts_from_before_are_filed_when_the_program_starts, |db| {
    let world = World::make(db, "een").await?;
    for number in 0..3 {
        world.publish(says(&format!("Tuin {number}"), "x").in_area(world.street).at(at(number))).await?;
    }
    let mut raw = Raw::open(&db.url).await;
    raw.run("DELETE FROM search_entry").await.expect("they are forgotten");
    raw.run("DELETE FROM search_word").await.expect("and their words");
    assert!(world.finds("tuin").await?.is_empty());
    db.store.migrate().await?;
    let narrowed = Narrowed { area: Some(world.village), ..ALL };
    assert_eq!(world.finds_within("tuinen", &narrowed).await?, ["Tuin 2", "Tuin 1", "Tuin 0"]);
    raw.run("UPDATE search_entry SET rules = 0").await.expect("they are of an older program");
    db.store.migrate().await?;
    assert_eq!(raw.lines("SELECT CAST(MIN(rules) AS TEXT) FROM search_entry").await, ["3"]);
    assert_eq!(world.finds("tuni").await?.len(), 3);
    Ok(())
});

contract!(many_posts_of_one_moment_are_each_found_once, |db| {
    let world = World::make(db, "een").await?;
    let specs: Vec<_> = (0..60).map(|n| says(&format!("Tuin {n}"), "x")).collect();
    world.publish_all(&specs, world.joke).await?;
    let mut found: Vec<_> = world.ask("tuin").await?.found.into_iter().map(|found| found.id).collect();
    assert_eq!(found.len(), 60);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 60);
    Ok(())
});

contract!(a_search_looks_at_the_newest_when_there_are_too_many, |db| {
    let world = World::make(db, "een").await?;
    let many = i64::try_from(MOST_FOUND).expect("a number") + 20;
    let spec = |n: i64| says(if n == 0 { "Tuin" } else { "x" }, "tuin").at(Timestamp(NOW.0 + n));
    let specs: Vec<_> = (0..many).map(spec).collect();
    world.publish_all(&specs, world.joke).await?;
    let found = world.ask("tuin").await?.found;
    assert_eq!(found.len(), MOST_FOUND);
    assert_eq!(found[0].published_at, NOW, "what has it in its title is found however old it is");
    assert_eq!(found[1].published_at, Timestamp(NOW.0 + many - 1));
    Ok(())
});

contract!(half_a_word_is_enough_while_somebody_types, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Buurthuis De Linde", "x")).await?;
    for typed in ["bu", "buurth", "de lin", "linde buu"] {
        let begun = world.tenant.search(&Sought::read(typed), &[], &ALL, true, NOW).await?;
        assert_eq!(begun.found.len(), 1, "{typed}");
    }
    Ok(())
});

contract!(hostile_questions_are_only_words, |db| {
    let world = World::make(db, "een").await?;
    world.publish(says("Tuin", "Een 100% echte tuin_kabouter.")).await?;
    let long = "a".repeat(10_000);
    let many = "tuin ".repeat(2_000);
    for typed in [
        "tuin OR 1=1",
        "tuin AND NOT tuin",
        "NEAR(tuin kabouter, 5)",
        "title : tuin",
        "scope:\"x\"",
        "tuin*",
        "^tuin",
        "\"tuin",
        "\"\"\"\"",
        "'); DROP TABLE post; --",
        "' | '",
        "a\\",
        "tuin & | ! <-> :*",
        "%",
        "_",
        "%%%%",
        "tuin%",
        "\0",
        "tuin\0kabouter",
        "?!.,;",
        "\u{202E}",
        "🙂",
        "مرحبا",
        "क्षेत्र",
        "\"क्षेत्र सभा\"",
        long.as_str(),
        many.as_str(),
    ] {
        for begun in [false, true] {
            let outcome = world.tenant.search(&Sought::read(typed), &world.names(), &ALL, begun, NOW).await;
            assert!(outcome.is_ok(), "{typed:?}: {outcome:?}");
        }
    }
    assert_eq!(world.finds("tuin* ^:").await?, ["Tuin"]);
    assert_eq!(world.finds("100%").await?, ["Tuin"]);
    assert!(world.finds("%").await?.is_empty());
    Ok(())
});
