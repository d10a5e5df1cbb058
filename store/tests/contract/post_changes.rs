//! Editing, removing, putting back, keeping on top; and every version of it.

use domain::posts::PostStatus;
use domain::posts::filter::PostFilter;
use store::Saved;
use store::posts::PostChange;

use crate::common::{NOW, World, a_post, at, contract, text};

contract!(an_edit_is_a_new_version_and_the_old_one_stays, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Eerst")).await?;

    assert_eq!(world.edit(id, 1, &text("Daarna")).await?, Saved::Done { version: 2 });

    let post = world.post(id).await?;
    assert_eq!((post.text.title.as_str(), post.version), ("Daarna", 2));
    assert_eq!((post.html.as_str(), post.excerpt.as_str()), ("<p>Anders</p>", "Anders"));
    assert_eq!((post.published_at, post.edited_at), (NOW, Some(at(5))));
    let versions = world.tenant.revisions(id).await?;
    let told: Vec<_> =
        versions.iter().map(|r| (r.version, r.text.title.as_str(), r.reason.as_str())).collect();
    assert_eq!(told, [(2, "Daarna", "spelling"), (1, "Eerst", "")]);
    assert_eq!((versions[0].editor, versions[0].at), (world.joke, at(5)));
    let first = world.tenant.revision(id, 1).await?.expect("the first version is there");
    assert_eq!((first.text, first.editor_name), (text("Eerst"), "Joke".to_owned()));
    assert!(world.tenant.revision(id, 3).await?.is_none());
    Ok(())
});

contract!(of_two_editors_on_one_version_the_second_is_stale_and_changes_nothing, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Eerst")).await?;
    world.edit(id, 1, &text("Van de een")).await?;

    assert_eq!(world.edit(id, 1, &text("Van de ander")).await?, Saved::Stale);

    assert_eq!(world.post(id).await?.text.title, "Van de een");
    assert_eq!(world.tenant.revisions(id).await?.len(), 2);
    Ok(())
});

contract!(of_two_editors_at_the_same_moment_exactly_one_saves, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Eerst")).await?;
    let (a, b) = (text("Van de een"), text("Van de ander"));
    let (one, other) = tokio::join!(world.edit(id, 1, &a), world.edit(id, 1, &b));
    let (one, other) = (one?, other?);

    assert!((one == Saved::Stale) != (other == Saved::Stale), "{one:?} {other:?}");
    assert_eq!(world.tenant.revisions(id).await?.len(), 2);
    Ok(())
});

contract!(moving_a_post_to_another_area_moves_it_between_lists, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Verhuisd").in_area(world.street)).await?;
    let moved = a_post("Verhuisd").in_area(world.district).text;
    world.edit(id, 1, &moved).await?;
    let area = |area| PostFilter { area: Some(area), ..Default::default() };

    assert!(world.titles(area(world.village), at(9)).await?.is_empty());
    assert_eq!(world.titles(area(world.district), at(9)).await?, ["Verhuisd"]);
    assert_eq!(world.post(id).await?.text.areas, [world.district]);
    Ok(())
});

contract!(a_permit_for_one_post_changes_no_other, |db| {
    let world = World::make(db, "een").await?;
    let mine = world.publish(a_post("Van mij")).await?;
    let other = world.publish(a_post("Van een ander")).await?;
    let edit = world.may_edit(&world.resident(), mine).await?;
    let remove = world.may_remove(&world.resident(), mine).await?;
    let pin = world.may_pin(mine).await?;
    let mut write = world.tenant.write().await?;

    let change = text("Gekaapt");
    let edited = write.update_post(&edit, &world.change(other, 1, &change)).await;
    assert!(matches!(edited, Err(store::Error::WrongSubject)));
    let removed = write.remove_post(&remove, other, None, NOW).await;
    assert!(matches!(removed, Err(store::Error::WrongSubject)));
    let pinned = write.pin_post(&pin, other, Some(at(9))).await;
    assert!(matches!(pinned, Err(store::Error::WrongSubject)));
    Ok(())
});

contract!(a_removed_post_leaves_every_list_and_comes_back_as_it_was, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Weg").in_area(world.street).topic(world.green)).await?;
    let street = PostFilter { area: Some(world.street), ..Default::default() };
    let before = world.post(id).await?;
    assert!(world.remove(&world.resident(), id, at(1)).await?);

    let gone = world.post(id).await?;
    assert_eq!((gone.status, gone.removed_by), (PostStatus::Removed, Some(world.joke)));
    assert!(world.titles(PostFilter::default(), at(9)).await?.is_empty());
    assert!(world.titles(street, at(9)).await?.is_empty());
    assert!(world.tenant.recent_posts(&PostFilter::default(), 9).await?.is_empty());

    let permit = world.may_restore(&world.resident(), id).await?;
    let mut write = world.tenant.write().await?;
    assert!(!write.restore_post(&permit, id, Some(world.fatma)).await?, "somebody else removed it");
    assert!(write.restore_post(&permit, id, Some(world.joke)).await?);
    assert!(!write.restore_post(&permit, id, Some(world.joke)).await?, "it is back already");
    write.commit().await?;
    let back = world.post(id).await?;
    assert_eq!((back.status, back.removed_by, &back.text), (before.status, None, &before.text));
    assert_eq!(world.titles(street, at(9)).await?, ["Weg"]);
    Ok(())
});

contract!(removing_twice_or_on_an_old_version_does_nothing, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Weg")).await?;
    let permit = world.may_remove(&world.resident(), id).await?;
    let mut write = world.tenant.write().await?;
    assert!(!write.remove_post(&permit, id, Some(7), NOW).await?);
    assert!(write.remove_post(&permit, id, Some(1), NOW).await?);
    assert!(!write.remove_post(&permit, id, None, NOW).await?);
    Ok(())
});

contract!(a_removed_post_cannot_be_edited_or_pinned_any_more, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Weg")).await?;
    let edit = world.may_edit(&world.resident(), id).await?;
    let pin = world.may_pin(id).await?;
    world.remove(&world.resident(), id, NOW).await?;
    let mut write = world.tenant.write().await?;

    let change = text("Toch nog");
    assert_eq!(write.update_post(&edit, &world.change(id, 2, &change)).await?, Saved::Stale);
    assert!(!write.pin_post(&pin, id, Some(at(9))).await?);
    Ok(())
});

contract!(a_pinned_post_can_be_let_go_of, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Speld")).await?;
    world.pin(id, Some(at(60))).await?;
    world.pin(id, None).await?;
    let post = world.post(id).await?;
    assert_eq!((post.pinned_until, post.pinned_by_name, post.version), (None, None, 3));
    Ok(())
});

contract!(an_edit_may_take_the_pin_off, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Speld")).await?;
    world.pin(id, Some(at(60))).await?;
    let permit = world.may_edit(&world.resident(), id).await?;
    let changed = text("Anders");
    let mut write = world.tenant.write().await?;
    write.update_post(&permit, &world.change(id, 2, &changed)).await?;
    write.commit().await?;
    let post = world.post(id).await?;
    assert_eq!((post.pinned_until, post.pinned_by), (Some(at(60)), Some(world.fatma)));

    let mut write = world.tenant.write().await?;
    let change = PostChange { unpin: true, ..world.change(id, 3, &changed) };
    write.update_post(&permit, &change).await?;
    write.commit().await?;
    let post = world.post(id).await?;
    assert_eq!((post.pinned_until, post.pinned_by), (None, None));
    Ok(())
});

contract!(what_changes_nothing_leaves_pages_as_they_are, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Weg")).await?;
    let permit = world.may_remove(&world.resident(), id).await?;
    let before = db.store.versions().await?;
    let mut write = world.tenant.write().await?;
    assert!(!write.remove_post(&permit, id, Some(7), NOW).await?);
    write.commit().await?;
    assert_eq!(db.store.versions().await?, before);
    Ok(())
});
