//! Comments that wait for a moderator: not counted and not told until they are let go of.

use domain::comments::policy::{self, CommentFacts};
use domain::comments::{Comment, CommentStatus, Talk};
use domain::id::{CaseId, CommentId, DecisionId, PostId, SuspensionId};
use domain::moderation::decision::DecisionKind;
use domain::moderation::notice::may_give_notice;
use domain::moderation::policy::{CaseFacts, may_decide};
use domain::moderation::second_look::SecondLook;
use domain::moderation::{CaseOrigin, CaseStatus, Snapshot, Subject};
use domain::posts::policy::PostFacts;
use domain::roles::Place;
use store::comments::{Added, NewComment};
use store::moderation::{Fate, NewCase, NewDecision};

use crate::common::{NOW, World, a_post, at, contract};

impl World {
    async fn place_of(&self, post: PostId) -> store::Result<PostFacts> {
        Ok(PostFacts::of(&self.post(post).await?, self.platform, &self.tree))
    }

    /// Joke says something with a link in it, which is held or not.
    async fn say_with_link(&self, post: PostId, body: &str, held: bool) -> store::Result<(CommentId, Added)> {
        let facts = self.place_of(post).await?;
        let permit = policy::may_comment(&self.resident(), &facts, false).expect("members may");
        let id = CommentId::new(at(1), &self.chance);
        let new = NewComment {
            id,
            post,
            post_author: self.fatma,
            reply_to: None,
            mentions: &[],
            html: body,
            body,
            held,
            at: at(1),
            twice_since: NOW,
        };
        let mut write = self.tenant.write().await?;
        let added = write.insert_comment(&permit, &new).await?;
        if added == Added::Done {
            write.commit().await?;
        }
        Ok((id, added))
    }

    async fn said(&self, id: CommentId) -> store::Result<Comment> {
        Ok(self.tenant.comment(id).await?.expect("it is there"))
    }

    async fn talk_of(&self, post: PostId) -> store::Result<Talk> {
        Ok(self.post(post).await?.talk)
    }

    /// The desk lets go of what is held; whether everybody can read it now.
    async fn let_go(&self, post: PostId, id: CommentId) -> store::Result<bool> {
        let case = CaseId::new(at(2), &self.chance);
        let mut write = self.tenant.write().await?;
        let new = NewCase {
            id: case,
            origin: CaseOrigin::Held,
            subject: &Subject::Comment(id),
            author: Some(self.joke),
            areas: &[],
            topic: None,
            notices: 0,
            snapshot: &Snapshot::default(),
            at: at(2),
        };
        write.open_case(&may_give_notice(&self.resident(), self.platform), &new).await?;
        let facts = CaseFacts {
            id: case,
            status: CaseStatus::Open,
            place: Place::whole(self.platform),
            author: Some(self.joke),
            notifiers: vec![],
            decided: None,
            second_look: SecondLook::default(),
        };
        let permit = may_decide(&self.connector(), &facts).expect("connectors decide");
        let decision = NewDecision {
            id: DecisionId::new(at(3), &self.chance),
            case,
            expected_version: 1,
            kind: DecisionKind::NoAction,
            ground: None,
            rule: "",
            facts: "Niets aan de hand.",
            until: None,
            fate: Fate { status: CaseStatus::Closed, post: None },
            suspension: SuspensionId::new(at(3), &self.chance),
            at: at(3),
        };
        write.decide(&permit, &decision).await?;
        let released = write.release_comment(&permit, case, post).await?;
        write.commit().await?;
        Ok(released)
    }

    async fn take_away(&self, post: PostId, id: CommentId) -> store::Result<()> {
        let facts = CommentFacts::from(&self.said(id).await?);
        let permit =
            policy::may_remove(&self.resident(), &self.place_of(post).await?, &facts).expect("it is hers");
        let mut write = self.tenant.write().await?;
        assert!(write.remove_comment(&permit, (post, id), at(4)).await?);
        write.commit().await
    }

    async fn put_back(&self, post: PostId, id: CommentId) -> store::Result<bool> {
        let facts = CommentFacts::from(&self.said(id).await?);
        let permit =
            policy::may_restore(&self.resident(), &self.place_of(post).await?, &facts).expect("it is hers");
        let mut write = self.tenant.write().await?;
        let done = write.restore_comment(&permit, (post, id), self.joke).await?;
        write.commit().await?;
        Ok(done)
    }
}

contract!(a_held_comment_is_not_counted_and_not_told_until_it_is_let_go_of, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say_with_link(post, "Koop hier", true).await?;

    assert_eq!(world.said(id).await?.status, CommentStatus::Held);
    assert_eq!(world.talk_of(post).await?.comments, 0);
    assert!(world.tenant.changed_comments(post, 0, 50).await?.is_empty());
    assert!(world.tenant.comments_for(world.fatma, None, 10).await?.is_empty());
    let mine = world.tenant.my_part(post, world.joke).await?;
    assert!(mine.held == [id] && mine.written == [id]);
    assert_eq!(world.say_with_link(post, "Koop hier", true).await?.1, Added::Twice(id), "a double click");

    assert!(world.let_go(post, id).await?);
    assert_eq!(world.said(id).await?.status, CommentStatus::Published);
    assert_eq!(world.talk_of(post).await?.comments, 1);
    let told = world.tenant.changed_comments(post, 0, 50).await?;
    assert_eq!(told.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    assert_eq!(world.tenant.comments_for(world.fatma, None, 10).await?.len(), 1);
    assert!(world.tenant.my_part(post, world.joke).await?.held.is_empty());
    assert!(!world.let_go(post, id).await?, "once");
    assert_eq!(world.talk_of(post).await?.comments, 1);
    Ok(())
});

contract!(who_answers_their_own_held_comment_hears_that_it_waits_and_others_that_it_is_not_there, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say_with_link(post, "Koop hier", true).await?;
    let (_, own) = world.say(&world.resident(), post, "En nog iets", (Some(id), at(2))).await?;
    let (_, other) = world.say(&world.connector(), post, "Is dat zo?", (Some(id), at(2))).await?;
    assert_eq!((own, other), (Added::Waits, Added::Gone));
    assert!(world.let_go(post, id).await?);
    assert_eq!(world.say(&world.resident(), post, "En nog iets", (Some(id), at(3))).await?.1, Added::Done);
    Ok(())
});

contract!(a_comment_that_is_held_after_a_change_is_told_as_gone, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say_with_link(post, "Mooi", false).await?;
    let seen = world.talk_of(post).await?;
    assert_eq!(seen.comments, 1);
    let facts = (world.place_of(post).await?, CommentFacts::from(&world.said(id).await?));
    let permit = policy::may_edit(&world.resident(), &facts.0, &facts.1).expect("her own");
    let mut write = world.tenant.write().await?;
    write.update_comment(&permit, (post, id), 1, ("Koop", "Koop"), at(2)).await?;
    assert!(write.hold_changed_comment(&permit, (post, id)).await?);
    assert!(!write.hold_changed_comment(&permit, (post, id)).await?, "once");
    write.commit().await?;

    assert_eq!(world.talk_of(post).await?.comments, 0);
    let told = world.tenant.changed_comments(post, seen.version, 50).await?;
    let told: Vec<_> = told.iter().map(|one| (one.id, one.status)).collect();
    assert_eq!(told, [(id, CommentStatus::Held)]);
    // What she changes while it waits is told to nobody.
    let version = world.talk_of(post).await?.version;
    let mut write = world.tenant.write().await?;
    write.update_comment(&permit, (post, id), 2, ("Nog een keer", "Nog een keer"), at(3)).await?;
    write.commit().await?;
    assert!(world.tenant.changed_comments(post, version, 50).await?.is_empty());
    assert!(world.let_go(post, id).await?);
    assert_eq!(world.talk_of(post).await?.comments, 1);
    Ok(())
});

contract!(nobody_comes_past_the_desk_by_taking_a_comment_away_and_putting_it_back, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Vos")).await?;
    let (id, _) = world.say_with_link(post, "Koop hier", true).await?;
    world.take_away(post, id).await?;
    assert_eq!(
        (world.said(id).await?.status, world.talk_of(post).await?.comments),
        (CommentStatus::Removed, 0)
    );
    assert!(world.put_back(post, id).await?);
    assert_eq!((world.said(id).await?.status, world.talk_of(post).await?.comments), (CommentStatus::Held, 0));
    // The desk looks while it is away: then she can put it back for everybody.
    world.take_away(post, id).await?;
    assert!(!world.let_go(post, id).await?);
    assert_eq!(world.said(id).await?.status, CommentStatus::Removed, "what she took away stays away");
    assert!(world.put_back(post, id).await?);
    assert_eq!(
        (world.said(id).await?.status, world.talk_of(post).await?.comments),
        (CommentStatus::Published, 1)
    );
    Ok(())
});
