//! Comments and thanks.

use std::sync::Arc;

use domain::actor::Actor;
use domain::clock::{Span, Timestamp};
use domain::comments::policy::{self, CommentFacts};
use domain::comments::{Comment, CommentStatus, Talk};
use domain::id::{CommentId, MemberId, PostId};
use domain::posts::policy::PostFacts;
use store::Saved;
use store::comments::{Added, CommentEntry, NewComment, PastComment};
use store::sessions::Beside;
use tokio::task::JoinSet;

use crate::common::{NOW, World, a_post, at, contract};

impl World {
    pub async fn facts_of(&self, post: PostId) -> store::Result<PostFacts> {
        Ok(PostFacts::of(&self.post(post).await?, self.platform, &self.tree))
    }

    pub async fn say(
        &self,
        actor: &Actor,
        post: PostId,
        body: &str,
        (reply_to, at): (Option<CommentId>, Timestamp),
    ) -> store::Result<(CommentId, Added)> {
        let permit = policy::may_comment(actor, &self.facts_of(post).await?, false).expect("members may");
        let id = CommentId::new(at, &self.chance);
        let new = NewComment {
            id,
            post,
            post_author: self.joke,
            reply_to,
            mentions: &[],
            html: body,
            body,
            held: false,
            at,
            twice_since: at.minus(Span::minutes(5)),
        };
        let mut write = self.tenant.write().await?;
        let added = write.insert_comment(&permit, &new).await?;
        if added == Added::Done {
            write.commit().await?;
        }
        Ok((id, added))
    }

    async fn talk(&self, post: PostId) -> store::Result<Talk> {
        Ok(self.post(post).await?.talk)
    }

    async fn comment(&self, id: CommentId) -> store::Result<Comment> {
        Ok(self.tenant.comment(id).await?.expect("it is there"))
    }

    async fn bodies(&self, post: PostId) -> store::Result<Vec<String>> {
        let found = self.tenant.conversation(post, None, 50).await?;
        Ok(found.into_iter().map(|comment| comment.body).collect())
    }

    pub async fn thank(&self, member: MemberId, post: PostId, thanks: bool) -> store::Result<bool> {
        let actor = Actor::member(self.platform, member, vec![]);
        let permit = policy::may_thank(&actor, &self.facts_of(post).await?).expect("members may");
        let mut write = self.tenant.write().await?;
        let done = write.thank_post(&permit, post, thanks).await?;
        write.commit().await?;
        Ok(done)
    }
}

contract!(a_conversation_is_read_thread_by_thread_and_page_by_page, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos in de tuin")).await?;
    let (first, _) = world.say(&world.resident(), post, "een", (None, at(1))).await?;
    let (_, _) = world.say(&world.connector(), post, "twee", (None, at(2))).await?;
    let (reply, _) = world.say(&world.connector(), post, "een a", (Some(first), at(3))).await?;
    // An answer to an answer stands in the same thread.
    let (_, _) = world.say(&world.resident(), post, "een b", (Some(reply), at(4))).await?;

    assert_eq!(world.bodies(post).await?, ["een", "een a", "een b", "twee"]);
    let two = world.tenant.conversation(post, None, 2).await?;
    let last = two.last().expect("two");
    let rest = world.tenant.conversation(post, Some((last.thread, last.id)), 50).await?;
    let rest: Vec<&str> = rest.iter().map(|comment| comment.body.as_str()).collect();
    assert_eq!(rest, ["een b", "twee"]);
    assert_eq!(world.talk(post).await?, Talk { comments: 4, version: 4, thanks: 0, closed: false });
    Ok(())
});

contract!(a_double_click_is_one_comment, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (first, _) = world.say(&world.resident(), post, "Mooi!", (None, at(1))).await?;
    let (_, again) = world.say(&world.resident(), post, "Mooi!", (None, at(2))).await?;
    let (_, other) = world.say(&world.connector(), post, "Mooi!", (None, at(2))).await?;

    assert_eq!((again, other), (Added::Twice(first), Added::Done));
    assert_eq!(world.talk(post).await?.comments, 2);
    Ok(())
});

contract!(a_closed_conversation_takes_nothing_more, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let permit = policy::may_set_comments(&world.connector(), &world.facts_of(post).await?).expect("may");
    let mut write = world.tenant.write().await?;
    write.set_comments_closed(&permit, post, true).await?;
    write.commit().await?;

    let (_, added) = world.say(&world.resident(), post, "Nog iets", (None, at(1))).await?;

    assert_eq!(added, Added::Closed);
    assert!(world.bodies(post).await?.is_empty() && world.talk(post).await?.closed);
    Ok(())
});

contract!(what_is_gone_or_elsewhere_cannot_be_answered, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let other = world.publish(a_post("Kat")).await?;
    let (there, _) = world.say(&world.resident(), other, "Onder kat", (None, at(1))).await?;
    let nobody = CommentId::new(NOW, &world.chance);

    for reply_to in [there, nobody] {
        let (_, added) = world.say(&world.resident(), post, "Antwoord", (Some(reply_to), at(2))).await?;
        assert_eq!(added, Added::Gone);
    }
    assert!(world.bodies(post).await?.is_empty());
    Ok(())
});

contract!(a_comment_is_changed_on_its_version_and_taken_away_and_put_back, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let joke = world.resident();
    let (id, _) = world.say(&joke, post, "Tikfuot", (None, at(1))).await?;
    let facts = world.facts_of(post).await?;
    let change = async |version: i64, body: &str| -> store::Result<Saved> {
        let permit =
            policy::may_edit(&joke, &facts, &CommentFacts::from(&world.comment(id).await?)).expect("own");
        let mut write = world.tenant.write().await?;
        let saved = write.update_comment(&permit, (post, id), version, (body, body), at(2)).await?;
        if saved != Saved::Stale {
            write.commit().await?;
        }
        Ok(saved)
    };
    assert_eq!(change(1, "Tikfout").await?, Saved::Done { version: 2 });
    assert_eq!(change(1, "Ander venster").await?, Saved::Stale);
    let comment = world.comment(id).await?;
    assert_eq!((comment.body.as_str(), comment.edited_at), ("Tikfout", Some(at(2))));

    let permit = policy::may_remove(&joke, &facts, &CommentFacts::from(&comment)).expect("own");
    let mut write = world.tenant.write().await?;
    assert!(write.remove_comment(&permit, (post, id), at(3)).await?);
    write.commit().await?;
    assert_eq!(world.comment(id).await?.status, CommentStatus::Removed);
    assert_eq!(world.talk(post).await?.comments, 0);

    let removed = CommentFacts::from(&world.comment(id).await?);
    let permit = policy::may_restore(&joke, &facts, &removed).expect("own");
    let mut write = world.tenant.write().await?;
    assert!(!write.restore_comment(&permit, (post, id), world.fatma).await?, "she did not remove it");
    drop(write);
    let mut write = world.tenant.write().await?;
    assert!(write.restore_comment(&permit, (post, id), world.joke).await?);
    write.commit().await?;
    assert_eq!((world.talk(post).await?.comments, world.bodies(post).await?.len()), (1, 1));
    Ok(())
});

contract!(readers_are_told_every_change_once_and_in_order, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (first, _) = world.say(&world.resident(), post, "een", (None, at(1))).await?;
    let (second, _) = world.say(&world.connector(), post, "twee", (None, at(2))).await?;
    let permit = policy::may_thank_for(
        &world.connector(),
        &world.facts_of(post).await?,
        &CommentFacts::from(&world.comment(first).await?),
    )
    .expect("members may");
    let mut write = world.tenant.write().await?;
    assert!(write.thank_comment(&permit, (post, first), true).await?);
    write.commit().await?;

    let all = world.tenant.changed_comments(post, 0, 50).await?;
    let seen: Vec<(CommentId, i64, i64)> =
        all.iter().map(|comment| (comment.id, comment.changed_in, comment.thanks)).collect();
    assert_eq!(seen, [(second, 2, 0), (first, 3, 1)]);
    assert!(world.tenant.changed_comments(post, 3, 50).await?.is_empty());
    Ok(())
});

contract!(fifty_at_once_get_fifty_numbers, |db| {
    let world = Arc::new(World::make(db, "een").await?);
    let post = world.publish(a_post("Vos")).await?;
    let mut all = JoinSet::new();
    for n in 0..50 {
        let world = Arc::clone(&world);
        all.spawn(async move {
            world.say(&world.connector(), post, &format!("reactie {n}"), (None, at(n))).await
        });
    }
    for said in all.join_all().await {
        assert_eq!(said?.1, Added::Done);
    }
    let mut numbers: Vec<i64> =
        world.tenant.changed_comments(post, 0, 100).await?.iter().map(|one| one.changed_in).collect();
    numbers.dedup();
    assert_eq!(numbers, (1..=50).collect::<Vec<i64>>());
    assert_eq!(world.talk(post).await?.comments, 50);
    Ok(())
});

contract!(fifty_clicks_are_one_thanks, |db| {
    let world = Arc::new(World::make(db, "een").await?);
    let post = world.publish(a_post("Vos")).await?;
    let mut clicks = JoinSet::new();
    for _ in 0..50 {
        let world = Arc::clone(&world);
        clicks.spawn(async move { world.thank(world.fatma, post, true).await });
    }
    let mut counted = 0;
    for click in clicks.join_all().await {
        counted += i32::from(click?);
    }
    assert_eq!((counted, world.talk(post).await?.thanks), (1, 1));
    assert!(world.tenant.my_part(post, world.fatma).await?.thanked_post);
    world.begin_session(world.fatma, "sleutel").await?;
    let beside = Beside { part_in: Some(post), ..Beside::default() };
    let record = world.session_with(b"sleutel", NOW, beside).await?.expect("a session");
    assert_eq!(record.mine, Some((post, world.tenant.my_part(post, world.fatma).await?)));
    assert!(world.thank(world.fatma, post, false).await? && !world.thank(world.fatma, post, false).await?);
    assert_eq!(world.talk(post).await?.thanks, 0);
    Ok(())
});

contract!(what_is_meant_for_somebody_is_found_by_them_alone, |db| {
    let world = World::make(db, "een").await?;
    // Joke wrote the post; Fatma answers, and Joke answers her.
    let post = world.publish(a_post("Vos")).await?;
    let (first, _) = world.say(&world.connector(), post, "Mooi dier", (None, at(1))).await?;
    world.say(&world.resident(), post, "Dank je", (Some(first), at(2))).await?;

    let for_joke = world.tenant.comments_for(world.joke, None, 10).await?;
    let for_fatma = world.tenant.comments_for(world.fatma, None, 10).await?;

    assert_eq!(for_joke.iter().map(|one| one.html.as_str()).collect::<Vec<_>>(), ["Mooi dier"]);
    assert_eq!(for_fatma.iter().map(|one| one.html.as_str()).collect::<Vec<_>>(), ["Dank je"]);
    assert!(world.tenant.comments_for(world.joke, Some(first), 10).await?.is_empty());
    Ok(())
});

contract!(of_a_comment_that_was_taken_away_nothing_stays_after_thirty_days_but_its_place, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say(&world.resident(), post, "Weg ermee", (None, NOW)).await?;
    let (reply, _) = world.say(&world.connector(), post, "Blijft", (Some(id), at(1))).await?;
    let permit = policy::may_remove(
        &world.resident(),
        &world.facts_of(post).await?,
        &CommentFacts::from(&world.comment(id).await?),
    )
    .expect("own");
    let mut write = world.tenant.write().await?;
    write.remove_comment(&permit, (post, id), NOW).await?;
    write.commit().await?;

    assert_eq!(db.store.sweep(NOW.plus(Span::days(30))).await?.comments, 0);
    assert_eq!(db.store.sweep(NOW.plus(Span::days(30)).plus(Span(1))).await?.comments, 1);
    assert_eq!(
        (world.comment(id).await?.body.as_str(), world.comment(reply).await?.body.as_str()),
        ("", "Blijft")
    );
    Ok(())
});

contract!(a_conversation_that_is_filled_in_is_like_one_that_was_held, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    world.say(&world.resident(), post, "een", (None, at(1))).await?;
    let (first, reply) = (CommentId::new(at(2), &world.chance), CommentId::new(at(3), &world.chance));
    let (joke, fatma) = ([world.joke], [world.fatma]);
    let entry = |id, author, body, at| CommentEntry { id, thread: first, author, html: body, body, at };
    let begins = PastComment {
        entry: entry(first, world.fatma, "twee", at(2)),
        mentions: &[],
        answered: &joke,
        thanks: &joke,
    };
    // She is told that she is named, and not besides that she is answered.
    let answers = PastComment {
        entry: entry(reply, world.joke, "twee a", at(3)),
        mentions: &fatma,
        answered: &[world.joke, world.fatma],
        thanks: &[],
    };
    let mut write = world.tenant.write().await?;
    write.insert_conversation_as_operator(&world.operate(), post, &[begins, answers], &fatma).await?;
    write.commit().await?;

    assert_eq!(world.bodies(post).await?, ["een", "twee", "twee a"]);
    assert_eq!(world.talk(post).await?, Talk { comments: 3, version: 3, thanks: 1, closed: false });
    // Readers of an open page ask for what came after the number they know.
    let changed = world.tenant.changed_comments(post, 1, 50).await?;
    assert_eq!(
        changed.iter().map(|one| (one.id, one.changed_in)).collect::<Vec<_>>(),
        [(first, 2), (reply, 3)]
    );
    assert_eq!((world.comment(first).await?.thanks, world.comment(reply).await?.thanks), (1, 0));
    let for_fatma = world.tenant.comments_for(world.fatma, None, 10).await?;
    assert_eq!(for_fatma.iter().map(|one| (one.comment, one.mentioned)).collect::<Vec<_>>(), [(reply, true)]);
    let for_joke = world.tenant.comments_for(world.joke, None, 10).await?;
    assert_eq!(for_joke.iter().map(|one| (one.comment, one.mentioned)).collect::<Vec<_>>(), [(first, false)]);
    // Her thanks are hers to take back.
    assert!(world.thank(world.fatma, post, false).await?);
    assert_eq!(world.talk(post).await?.thanks, 0);
    Ok(())
});

contract!(a_conversation_of_nothing_changes_nothing_and_another_platform_has_none, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let post = one.publish(a_post("Vos")).await?;
    let mut write = one.tenant.write().await?;
    write.insert_conversation_as_operator(&one.operate(), post, &[], &[]).await?;
    write.commit().await?;
    assert_eq!(one.talk(post).await?, Talk::default());

    let mut write = other.tenant.write().await?;
    let refused = write.insert_conversation_as_operator(&one.operate(), post, &[], &[one.joke]).await;
    assert!(matches!(refused, Err(store::Error::WrongPlatform)));
    Ok(())
});

contract!(a_conversation_is_nothing_on_another_platform, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let post = one.publish(a_post("Vos")).await?;
    let (id, _) = one.say(&one.resident(), post, "Alleen hier", (None, at(1))).await?;

    assert!(other.tenant.comment(id).await?.is_none());
    assert!(other.tenant.conversation(post, None, 50).await?.is_empty());
    assert!(other.tenant.people_of(post).await?.is_empty());
    let permit = policy::may_comment(&one.resident(), &one.facts_of(post).await?, false).expect("may");
    let new = NewComment {
        id: CommentId::new(NOW, &one.chance),
        post,
        post_author: one.joke,
        reply_to: None,
        mentions: &[],
        html: "",
        body: "",
        held: false,
        at: NOW,
        twice_since: NOW,
    };
    let mut write = other.tenant.write().await?;
    assert!(matches!(write.insert_comment(&permit, &new).await, Err(store::Error::WrongPlatform)));
    Ok(())
});
