//! Publishing, and reading one post.

use domain::clock::Span;
use domain::posts::filter::PostFilter;
use domain::posts::{PostKind, PostStatus};
use tokio::task::JoinSet;

use crate::common::{NOW, World, a_post, at, contract, text};

contract!(a_new_post_is_read_back_whole, |db| {
    let world = World::make(db, "een").await?;
    let spec = a_post("Vos in de tuin").topic(world.green).in_area(world.street).kind(PostKind::Story);
    let id = world.publish(spec.clone()).await?;

    let post = world.post(id).await?;
    assert_eq!(post.text, spec.text);
    assert_eq!((post.html.as_str(), post.excerpt.as_str()), ("<p>Over</p>", "Over"));
    assert_eq!((post.status, post.version), (PostStatus::Published, 1));
    assert_eq!((post.author, post.author_name.as_str()), (world.joke, "Joke"));
    assert_eq!((post.published_at, post.edited_at), (NOW, None));
    assert_eq!((post.pinned_until, post.removed_by, post.on_behalf_of), (None, None, None));
    Ok(())
});

contract!(what_is_not_there_is_not_found, |db| {
    let world = World::make(db, "een").await?;
    assert!(world.tenant.post(world.new_id(NOW)).await?.is_none());
    Ok(())
});

contract!(another_platform_does_not_see_the_post, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let id = one.publish(a_post("Alleen hier").in_area(one.street)).await?;

    assert!(other.tenant.post(id).await?.is_none());
    assert!(other.titles(PostFilter::default(), at(1)).await?.is_empty());
    assert!(other.tenant.revisions(id).await?.is_empty());
    Ok(())
});

contract!(a_permit_of_another_platform_opens_nothing, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let spec = a_post("Verkeerd adres");
    let mut write = other.tenant.write().await?;

    let refused = write.insert_post(&one.may_create(), &other.new_post(other.new_id(NOW), &spec)).await;

    assert!(matches!(refused, Err(store::Error::WrongPlatform)));
    Ok(())
});

contract!(a_post_cannot_point_at_another_platforms_area, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let spec = a_post("Over de grens").in_area(other.street);
    let id = one.new_id(NOW);
    let mut new = one.new_post(id, &spec);
    new.tree = &other.tree;
    let mut write = one.tenant.write().await?;

    let refused = write.insert_post(&one.may_create(), &new).await;

    assert!(matches!(refused, Err(store::Error::Driver(_))), "{refused:?}");
    drop(write);
    assert!(one.tenant.post(id).await?.is_none());
    Ok(())
});

contract!(a_second_click_finds_the_first_post, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Dubbel")).await?;
    let typed = text("Dubbel");
    let permit = world.may_create();
    let since = at(-5);
    let lately = async |counted_from, same_from, typed| {
        let begun = world.tenant.begin_post(&permit, counted_from, same_from, typed).await?;
        Ok::<_, store::Error>((begun.lately, begun.same))
    };

    let (title, body) = (typed.title.as_str(), typed.body.as_str());
    assert_eq!(lately(since, since, (title, body)).await?, (1, Some(id)));
    assert_eq!(lately(since, since, (title, "Anders")).await?, (1, None));
    assert_eq!(lately(since, NOW, (title, body)).await?, (1, None));
    assert_eq!(lately(NOW, since, (title, body)).await?, (0, Some(id)));
    Ok(())
});

contract!(twenty_clicks_at_once_make_one_post, |db| {
    let world = std::sync::Arc::new(World::make(db, "een").await?);
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let world = std::sync::Arc::clone(&world);
        clicks.spawn(async move {
            let spec = a_post("Dubbel");
            let id = world.new_id(NOW);
            let permit = world.may_create();
            let since = NOW.minus(Span::minutes(5));
            let typed = (spec.text.title.as_str(), spec.text.body.as_str());
            let begun = world.tenant.begin_post(&permit, since, since, typed).await?;
            let mut write = begun.write;
            if begun.same.is_none() {
                write.insert_post(&permit, &world.new_post(id, &spec)).await?;
                write.commit().await?;
            }
            Ok::<_, store::Error>(())
        });
    }
    for done in clicks.join_all().await {
        done?;
    }

    assert_eq!(world.titles(PostFilter::default(), at(1)).await?, ["Dubbel"]);
    Ok(())
});
