//! Lists: order, pages, filters, and what is kept on top.

use domain::posts::PostKind;
use domain::posts::filter::PostFilter;

use crate::common::{World, a_post, at, contract};

fn everything() -> PostFilter {
    PostFilter::default()
}

contract!(a_list_is_newest_first, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Midden").at(at(2))).await?;
    world.publish(a_post("Nieuw").at(at(3))).await?;
    world.publish(a_post("Oud").at(at(1))).await?;
    assert_eq!(world.titles(everything(), at(9)).await?, ["Nieuw", "Midden", "Oud"]);
    Ok(())
});

contract!(pages_by_key_show_each_post_once_even_at_the_same_moment, |db| {
    let world = World::make(db, "een").await?;
    let specs: Vec<_> = (0..7).map(|n| a_post(&format!("Bericht {n}")).at(at(n / 3))).collect();
    world.publish_all(&specs, world.joke).await?;

    let mut filter = everything();
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.tenant.list_posts(&filter, &[], at(9), 2).await?;
        seen.extend(page.items.into_iter().map(|post| post.id));
        pages += 1;
        filter.after = page.next;
        if page.next.is_none() {
            break;
        }
    }

    assert_eq!((seen.len(), pages), (7, 4));
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 7);
    Ok(())
});

contract!(a_page_that_is_exactly_full_has_no_next_one, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Een")).await?;
    world.publish(a_post("Twee")).await?;
    assert!(world.tenant.list_posts(&everything(), &[], at(9), 2).await?.next.is_none());
    Ok(())
});

contract!(what_is_added_meanwhile_shifts_no_page, |db| {
    let world = World::make(db, "een").await?;
    for n in 1..=3 {
        world.publish(a_post(&format!("Bericht {n}")).at(at(n))).await?;
    }
    let first = world.tenant.list_posts(&everything(), &[], at(9), 2).await?;
    world.publish(a_post("Vers").at(at(4))).await?;

    let after = PostFilter { after: first.next, ..everything() };
    assert_eq!(world.titles(after, at(9)).await?, ["Bericht 1"]);
    Ok(())
});

contract!(an_area_shows_what_lies_in_it_and_nothing_beside_it, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("In de straat").in_area(world.street).at(at(1))).await?;
    world.publish(a_post("In het dorp").in_area(world.village).at(at(2))).await?;
    world.publish(a_post("In de wijk").in_area(world.district).at(at(3))).await?;
    world.publish(a_post("Voor iedereen").at(at(4))).await?;
    let area = |area| PostFilter { area: Some(area), ..everything() };

    assert_eq!(world.titles(area(world.street), at(9)).await?, ["In de straat"]);
    assert_eq!(world.titles(area(world.village), at(9)).await?, ["In het dorp", "In de straat"]);
    assert_eq!(world.titles(area(world.district), at(9)).await?, ["In de wijk"]);
    Ok(())
});

contract!(a_post_in_an_area_and_in_what_it_lies_in_is_listed_once, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Twee plekken").in_area(world.street).in_area(world.village)).await?;
    let filter = PostFilter { area: Some(world.village), ..everything() };
    assert_eq!(world.titles(filter, at(9)).await?, ["Twee plekken"]);
    Ok(())
});

contract!(filters_combine, |db| {
    let world = World::make(db, "een").await?;
    let (green, care, story) = (world.green, world.care, PostKind::Story);
    world.publish(a_post("Groen nieuws").topic(green).in_area(world.street).at(at(1))).await?;
    world.publish(a_post("Groen verhaal").topic(green).kind(story).at(at(2))).await?;
    world.publish(a_post("Zorg").topic(care).in_area(world.street).at(at(3))).await?;
    world.publish(a_post("Verhaal").kind(story).in_area(world.street).at(at(4))).await?;
    let (topic, kind, area) = (Some(green), Some(story), Some(world.village));
    let list = async |filter| {
        let titles = world.titles(filter, at(9)).await?;
        let recent = world.tenant.recent_posts(&filter, 50).await?;
        let recent: Vec<String> = recent.into_iter().map(|post| post.text.title).collect();
        assert_eq!(titles, recent, "the feed shows what the list shows");
        Ok::<_, store::Error>(titles)
    };

    let by_topic = PostFilter { topic, ..everything() };
    assert_eq!(list(by_topic).await?, ["Groen verhaal", "Groen nieuws"]);
    assert_eq!(list(PostFilter { kind, ..everything() }).await?, ["Verhaal", "Groen verhaal"]);
    assert_eq!(list(PostFilter { kind, ..by_topic }).await?, ["Groen verhaal"]);
    assert_eq!(list(PostFilter { area, ..by_topic }).await?, ["Groen nieuws"]);
    assert_eq!(list(PostFilter { area, kind, ..everything() }).await?, ["Verhaal"]);
    assert!(list(PostFilter { area, kind, ..by_topic }).await?.is_empty());
    Ok(())
});

contract!(a_pinned_post_is_on_top_and_not_in_the_list_until_the_pin_ends, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Belangrijk").at(at(1))).await?;
    world.publish(a_post("Gewoon").at(at(2))).await?;
    assert!(world.pin(id, Some(at(60))).await?);

    assert_eq!(world.pinned(everything(), at(9)).await?, ["Belangrijk"]);
    assert_eq!(world.titles(everything(), at(9)).await?, ["Gewoon"]);
    let on_top = world.tenant.pinned_posts(&everything(), at(9)).await?;
    assert_eq!(on_top[0].pinned_by_name.as_deref(), Some("Fatma"));

    assert!(world.pinned(everything(), at(60)).await?.is_empty());
    assert_eq!(world.titles(everything(), at(60)).await?, ["Gewoon", "Belangrijk"]);
    let list = world.tenant.list_posts(&everything(), &[], at(60), 9).await?;
    assert!(list.items.iter().all(|post| post.pinned_by_name.is_none()));
    Ok(())
});

contract!(what_is_on_top_is_filtered_like_the_list_and_at_most_six, |db| {
    let world = World::make(db, "een").await?;
    for n in 0..8 {
        let spec = a_post(&format!("Speld {n}")).at(at(n));
        let spec = match n {
            2 => spec.topic(world.green),
            3 => spec.in_area(world.street).topic(world.green),
            _ => spec,
        };
        let id = world.publish(spec).await?;
        world.pin(id, Some(at(60))).await?;
    }
    let street = PostFilter { area: Some(world.street), ..everything() };
    let green = PostFilter { topic: Some(world.green), ..everything() };
    let stories = PostFilter { kind: Some(PostKind::Story), ..everything() };

    let on_top = world.pinned(everything(), at(9)).await?;
    assert_eq!(on_top.len(), 6);
    let list = world.titles(everything(), at(9)).await?;
    // What does not fit on top stands in the list, and so does what is on top in its own area only.
    assert_eq!(list, ["Speld 3", "Speld 0"]);
    assert!(!on_top.iter().any(|title| list.contains(title)));
    assert_eq!(world.pinned(street, at(9)).await?, ["Speld 3"]);
    assert_eq!(world.pinned(green, at(9)).await?, ["Speld 2"]);
    let green_street = PostFilter { area: Some(world.street), ..green };
    assert_eq!(world.pinned(green_street, at(9)).await?, ["Speld 3"]);
    assert!(world.pinned(stories, at(9)).await?.is_empty());
    Ok(())
});

contract!(a_list_takes_one_statement, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Bericht").in_area(world.street)).await?;
    let tenant = db.store.on(world.platform);
    tenant.list_posts(&everything(), &[], at(9), 20).await?;
    assert_eq!(tenant.queries(), 1);
    Ok(())
});

contract!(an_author_is_found_by_what_they_wrote_in_their_own_name, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Van Joke").topic(world.green).in_area(world.street).at(at(1))).await?;
    world.publish(a_post("Ook van Joke").at(at(2))).await?;
    world.publish_all(&[a_post("Van Fatma").at(at(3))], world.fatma).await?;
    let told = a_post("Verteld aan Joke").at(at(4));
    let id = world.new_id(at(4));
    let mut write = world.tenant.write().await?;
    let new = store::posts::NewPost { on_behalf_of: Some("een buurvrouw"), ..world.new_post(id, &told) };
    write.insert_post(&world.may_create(), &new).await?;
    write.commit().await?;

    let by = |author| PostFilter { author: Some(author), ..everything() };
    let list = async |filter| {
        let titles = world.titles(filter, at(9)).await?;
        let recent = world.tenant.recent_posts(&filter, 50).await?;
        let recent: Vec<String> = recent.into_iter().map(|post| post.text.title).collect();
        assert_eq!(titles, recent, "the feed shows what the list shows");
        Ok::<_, store::Error>(titles)
    };
    assert_eq!(list(by(world.joke)).await?, ["Ook van Joke", "Van Joke"]);
    assert_eq!(list(by(world.fatma)).await?, ["Van Fatma"]);
    let (area, topic) = (Some(world.village), Some(world.green));
    assert_eq!(list(PostFilter { area, topic, ..by(world.joke) }).await?, ["Van Joke"]);
    assert_eq!(world.tenant.author_name(world.joke).await?.as_deref(), Some("Joke"));
    Ok(())
});

contract!(who_only_wrote_for_others_is_no_author, |db| {
    let world = World::make(db, "een").await?;
    let told = a_post("Verteld aan Joke");
    let id = world.new_id(told.at);
    let mut write = world.tenant.write().await?;
    let new = store::posts::NewPost { on_behalf_of: Some("een buurvrouw"), ..world.new_post(id, &told) };
    write.insert_post(&world.may_create(), &new).await?;
    write.commit().await?;
    assert_eq!(world.tenant.author_name(world.joke).await?, None);
    Ok(())
});
