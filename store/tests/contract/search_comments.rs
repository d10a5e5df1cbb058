//! What search finds beside the text of posts: comments, and what is said with photos and by initiatives.

use domain::clock::Span;
use domain::comments::policy::{self, CommentFacts};
use domain::id::UpdateId;
use domain::posts::PostKind;
use domain::search::{FoundKind, Sought};
use store::Saved;
use store::initiatives::NewUpdate;
use store::search::{CommentsOutcome, CommentsWish, Narrowed};

use crate::common::{NOW, World, a_post, at, contract};
use crate::raw_sql::Raw;
use crate::search::{ALL, says};

const FIRST: CommentsWish = CommentsWish { before: None, most: 20 };

impl World {
    async fn ask_comments(&self, typed: &str) -> store::Result<CommentsOutcome> {
        self.tenant.search_comments(&Sought::read(typed), &ALL, FIRST).await
    }

    async fn heard(&self, typed: &str) -> store::Result<Vec<String>> {
        Ok(self.ask_comments(typed).await?.found.into_iter().map(|comment| comment.body).collect())
    }
}

contract!(comments_are_found_by_their_words_the_newest_first, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(says("Vraag", "Wie weet het?")).await?;
    let joke = world.resident();
    let (older, _) = world.say(&joke, post, "Bij de *fietsenmaker*.", (None, at(1))).await?;
    world.say(&joke, post, "Een fiets op het plein", (Some(older), at(2))).await?;
    world.say(&joke, post, "Zeppelin!", (None, at(3))).await?;
    assert_eq!(world.heard("fiets plein").await?, ["Een fiets op het plein"]);
    // No post has the word: it is looked for as it was typed.
    assert_eq!(world.heard("zeppelins").await?, ["Zeppelin!"]);
    assert_eq!(world.heard("fietsenmaker").await?, ["Bij de *fietsenmaker*."]);
    assert!(world.heard("onderzeeboot").await?.is_empty());
    let found = &world.ask_comments("zeppelin").await?.found[0];
    assert_eq!((found.post, found.post_title.as_str(), found.author), (post, "Vraag", world.joke));
    assert_eq!(found.at, at(3));
    assert!(world.finds("zeppelin").await?.is_empty(), "a post is not found by what others said");
    Ok(())
});

contract!(a_typing_error_is_forgiven_in_comments_by_the_words_of_posts, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(says("Bibliotheek", "x")).await?;
    world.say(&world.resident(), post, "De bibliotheek is open", (None, at(1))).await?;
    let outcome = world.ask_comments("biebliotheek").await?;
    assert_eq!(outcome.found.len(), 1);
    assert_eq!(outcome.meant[0].meant, "bibliotheek");
    let instead = world.ask("bibliotheek open").await?;
    assert_eq!(instead.comments.len(), 1, "no post has both words, this comment has");
    assert!(instead.partly && instead.found.len() == 1);
    // What somebody misspelt is no word of the community.
    world.say(&world.resident(), post, "De biblioteek", (None, at(2))).await?;
    assert_eq!(world.finds("biblioteek").await?, ["Bibliotheek"]);
    Ok(())
});

contract!(pages_of_comments_go_on_where_the_last_ended, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    for n in 0..7 {
        world.say(&world.resident(), post, &format!("vos {n}"), (None, at(1))).await?;
    }
    let (mut before, mut heard) = (None, Vec::new());
    loop {
        let wish = CommentsWish { before, most: 3 };
        let page = world.tenant.search_comments(&Sought::read("vos"), &ALL, wish).await?.found;
        let Some(last) = page.last() else { break };
        before = Some(last.moment);
        heard.extend(page.into_iter().map(|comment| comment.id));
    }
    heard.sort_unstable();
    heard.dedup();
    assert_eq!(heard.len(), 7);
    Ok(())
});

contract!(choices_narrow_comments_by_the_post_they_stand_under, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(says("Tuin", "x").in_area(world.street).topic(world.green)).await?;
    world.say(&world.resident(), post, "Aardbeien", (None, at(5))).await?;
    for (narrowed, found) in [
        (Narrowed { area: Some(world.village), ..ALL }, 1),
        (Narrowed { area: Some(world.district), ..ALL }, 0),
        (Narrowed { topic: Some(world.green), ..ALL }, 1),
        (Narrowed { topic: Some(world.care), ..ALL }, 0),
        (Narrowed { kind: Some(FoundKind::Post(PostKind::PhotoAlbum)), ..ALL }, 0),
        (Narrowed { from: Some(at(5)), ..ALL }, 1),
        (Narrowed { until: Some(at(5)), ..ALL }, 0),
    ] {
        let outcome = world.tenant.search_comments(&Sought::read("aardbeien"), &narrowed, FIRST).await?;
        assert_eq!(outcome.found.len(), found, "{narrowed:?}");
    }
    Ok(())
});

contract!(only_comments_that_everybody_may_read_are_found, |db| {
    let (world, other) = (World::make(db, "een").await?, World::make(db, "ander").await?);
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say(&world.resident(), post, "Zeppelin", (None, at(1))).await?;
    assert!(other.heard("zeppelin").await?.is_empty());
    let mut raw = Raw::open(&db.url).await;
    for (comment, of_post, found) in
        [("removed", "published", 0), ("published", "removed", 0), ("published", "published", 1)]
    {
        let (id, post) = (raw.key(id.0), raw.key(post.0));
        raw.run(&format!("UPDATE comment SET status = '{comment}' WHERE id = {id}")).await.expect("a status");
        raw.run(&format!("UPDATE post SET status = '{of_post}' WHERE id = {post}")).await.expect("a status");
        assert_eq!(world.heard("zeppelin").await?.len(), found, "{comment} under {of_post}");
    }
    Ok(())
});

contract!(a_changed_comment_is_found_by_its_new_words_only, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let joke = world.resident();
    let (id, _) = world.say(&joke, post, "Aardbeien", (None, at(1))).await?;
    let comment = world.tenant.comment(id).await?.expect("there");
    let facts = world.facts_of(post).await?;
    let permit = policy::may_edit(&joke, &facts, &CommentFacts::from(&comment)).expect("their own");
    let mut write = world.tenant.write().await?;
    let saved = write.update_comment(&permit, (post, id), 1, ("Peren", "Peren"), at(9)).await?;
    assert_eq!(saved, Saved::Done { version: 2 });
    write.commit().await?;
    assert!(world.heard("aardbeien").await?.is_empty());
    assert_eq!(world.ask_comments("peer").await?.found[0].at, at(1), "it is as old as it was");
    Ok(())
});

contract!(nothing_of_a_comment_outlives_it_in_the_index, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say(&world.resident(), post, "Zeppelin", (None, at(1))).await?;
    world.say(&world.resident(), post, "Blijft", (None, at(2))).await?;
    let mut raw = Raw::open(&db.url).await;
    let key = raw.key(id.0);
    let removed = format!("UPDATE comment SET status = 'removed', removed_at = {} WHERE id = {key}", NOW.0);
    raw.run(&removed).await.expect("removed");
    db.store.sweep(NOW.plus(Span::days(31))).await?;
    for table in ["search_comment"].into_iter().chain(raw.is_sqlite().then_some("search_comment_text")) {
        let count = raw.lines(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await;
        assert_eq!(count, ["1"], "{table}");
    }
    Ok(())
});

contract!(comments_from_before_are_filed_when_the_program_starts, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    for n in 0..3 {
        world.say(&world.resident(), post, &format!("Zeppelin {n}"), (None, at(n))).await?;
    }
    let mut raw = Raw::open(&db.url).await;
    raw.run("DELETE FROM search_comment").await.expect("they are forgotten");
    assert!(world.heard("zeppelin").await?.is_empty());
    db.store.migrate().await?;
    assert_eq!(world.heard("zeppelin").await?.len(), 3);
    raw.run("UPDATE search_comment SET rules = 0").await.expect("they are of an older program");
    db.store.migrate().await?;
    assert_eq!(world.heard("zeppelin").await?.len(), 3);
    Ok(())
});

contract!(hostile_questions_to_comments_are_only_words, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    world.say(&world.resident(), post, "Tuin* ^ \" ' \\ kabouter", (None, at(1))).await?;
    for typed in ["tuin OR 1=1", "\"tuin", "'); DROP TABLE comment; --", "scope:\"x\"", "a\\", "%", "\0"] {
        let outcome = world.ask_comments(typed).await;
        assert!(outcome.is_ok(), "{typed:?}: {outcome:?}");
    }
    assert_eq!(world.heard("tuin kabouter").await?.len(), 1);
    Ok(())
});

contract!(a_post_is_found_by_what_is_said_with_its_photos, |db| {
    let world = World::make(db, "een").await?;
    let photo = world.send_photo(at(1)).await?;
    world.publish_with(&[photo], at(2)).await?.expect("published");
    assert_eq!(world.finds("een vos").await?, ["Met foto's"]);
    Ok(())
});

contract!(an_initiative_is_found_by_how_it_goes, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let permit = world.may_manage(post).await?;
    let id = UpdateId::new(at(2), &world.chance);
    let new = NewUpdate { id, post, html: "Zeppelin", body: "Zeppelin", at: at(2) };
    let mut write = world.tenant.write().await?;
    write.insert_update(&permit, &new).await?;
    write.commit().await?;
    assert_eq!(world.finds("zeppelin").await?, ["Een buurttuin"]);
    let mut write = world.tenant.write().await?;
    assert!(write.remove_update(&permit, post, id).await?);
    write.commit().await?;
    assert!(world.finds("zeppelin").await?.is_empty());
    Ok(())
});
