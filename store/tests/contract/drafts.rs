//! Several drafts of one member: kept while typing, planned, published once, thrown away and taken back.

use domain::clock::{Span, Timestamp};
use domain::id::{DraftId, PhotoId};
use domain::limits::{DRAFT_AFTERWARDS, PHOTO_WITHOUT_POST};
use domain::photos::may_add;
use domain::posts::drafts::DraftState;
use store::drafts::{Before, DraftRecord, Kept, TypedDraft};
use store::photos::NewPhoto;

use crate::common::{NOW, World, a_post, at, contract};

/// A draft with nothing special in it.
pub fn typed(id: DraftId, at: Timestamp) -> TypedDraft<'static> {
    TypedDraft { id, json: "{}", photos: &[], at, most: 20 }
}

impl World {
    fn new_draft(&self, at: Timestamp) -> TypedDraft<'static> {
        typed(DraftId::new(at, &self.chance), at)
    }

    async fn keep(&self, typed: &TypedDraft<'_>) -> store::Result<Kept> {
        let mut write = self.tenant.write().await?;
        let kept = write.put_draft(&self.keep_draft(self.joke), typed).await?;
        write.commit().await?;
        Ok(kept)
    }

    async fn plan(&self, typed: &TypedDraft<'_>, publish_at: Timestamp) -> store::Result<Kept> {
        let mut write = self.tenant.write().await?;
        let kept = write.schedule_draft(&self.keep_draft(self.joke), typed, publish_at).await?;
        write.commit().await?;
        Ok(kept)
    }

    async fn of_joke(&self, id: DraftId) -> store::Result<DraftRecord> {
        Ok(self.tenant.draft(self.joke, id).await?.expect("a draft"))
    }

    /// As the background work does it: takes the draft, publishes, and writes down what became of it.
    async fn publish_planned(&self, id: DraftId, publish_at: Timestamp) -> store::Result<bool> {
        let permit = self.keep_draft(self.joke);
        let mut write = self.tenant.write().await?;
        if !write.claim_draft(&permit, id, publish_at, publish_at).await? {
            return Ok(false);
        }
        let (post, spec) = (self.new_id(publish_at), a_post("Vanzelf").at(publish_at));
        write.insert_post(&self.may_create(), &self.new_post(post, &spec)).await?;
        write.claimed_draft(&permit, id, post).await?;
        write.commit().await?;
        Ok(true)
    }
}

contract!(a_member_has_several_drafts_and_the_last_changed_comes_first, |db| {
    let world = World::make(db, "een").await?;
    let (first, second) = (world.new_draft(at(1)), world.new_draft(at(2)));
    assert_eq!((world.keep(&first).await?, world.keep(&second).await?), (Kept::Yes, Kept::Yes));
    assert_eq!(world.keep(&TypedDraft { json: "{\"title\":\"x\"}", at: at(3), ..first }).await?, Kept::Yes);
    let drafts = world.tenant.drafts(world.joke).await?;
    assert_eq!(drafts.iter().map(|draft| draft.id).collect::<Vec<_>>(), [first.id, second.id]);
    assert_eq!((drafts[0].json.as_str(), drafts[0].updated_at), ("{\"title\":\"x\"}", at(3)));
    assert_eq!(world.tenant.newest_draft(world.joke).await?.map(|draft| draft.id), Some(first.id));
    assert!(world.tenant.drafts(world.fatma).await?.is_empty());
    Ok(())
});

contract!(the_same_key_of_another_member_is_another_draft, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.keep(&draft).await?;
    let mut write = world.tenant.write().await?;
    let hers = TypedDraft { json: "{\"title\":\"van Fatma\"}", ..draft };
    assert_eq!(write.put_draft(&world.keep_draft(world.fatma), &hers).await?, Kept::Yes);
    write.commit().await?;
    assert_eq!(world.of_joke(draft.id).await?.json, "{}");
    Ok(())
});

contract!(nobody_has_more_drafts_than_may_be_and_an_old_one_can_still_be_written_on, |db| {
    let world = World::make(db, "een").await?;
    let drafts: Vec<TypedDraft<'_>> =
        (1..=3).map(|minute| TypedDraft { most: 2, ..world.new_draft(at(minute)) }).collect();
    assert_eq!(world.keep(&drafts[0]).await?, Kept::Yes);
    assert_eq!(world.plan(&drafts[1], at(60)).await?, Kept::Yes);
    assert_eq!(world.keep(&drafts[2]).await?, Kept::Full);
    assert_eq!(world.plan(&drafts[2], at(60)).await?, Kept::Full);
    assert_eq!(world.keep(&drafts[0]).await?, Kept::Yes);
    let mut write = world.tenant.write().await?;
    let permit = world.keep_draft(world.joke);
    assert!(write.discard_draft(&permit, drafts[0].id, at(4)).await?);
    write.commit().await?;
    assert_eq!(world.keep(&drafts[2]).await?, Kept::Yes);
    let mut write = world.tenant.write().await?;
    assert_eq!(write.restore_draft(&permit, drafts[0].id, 2, at(5)).await?, Kept::Full);
    Ok(())
});

contract!(what_is_planned_is_not_changed_by_typing_and_can_be_withdrawn, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.plan(&draft, at(60)).await?;
    let typing = TypedDraft { json: "{\"title\":\"half\"}", ..draft };
    assert_eq!(world.keep(&typing).await?, Kept::Closed);
    assert_eq!(world.of_joke(draft.id).await?.json, "{}");
    // The button does change it, and the moment.
    assert_eq!(world.plan(&typing, at(90)).await?, Kept::Yes);
    assert_eq!(world.of_joke(draft.id).await?.publish_at, Some(at(90)));
    let mut write = world.tenant.write().await?;
    assert!(write.withdraw_draft(&world.keep_draft(world.joke), draft.id, at(2)).await?);
    write.commit().await?;
    let found = world.of_joke(draft.id).await?;
    assert_eq!((found.state, found.publish_at), (DraftState::Open, None));
    assert!(db.store.due_drafts(at(100), 9).await?.is_empty());
    Ok(())
});

contract!(a_planned_draft_is_due_at_its_moment_and_not_before, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.plan(&draft, at(60)).await?;
    assert!(db.store.due_drafts(at(60).minus(Span(1)), 9).await?.is_empty());
    assert_eq!(db.store.due_drafts(at(60), 9).await?, [(world.platform, world.joke, draft.id)]);
    Ok(())
});

contract!(of_many_processes_at_once_one_publishes_what_is_due, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.plan(&draft, at(60)).await?;
    let [one, two, three, four] = [(); 4].map(|()| world.publish_planned(draft.id, at(60)));
    let (one, two, three, four) = tokio::join!(one, two, three, four);
    let published = [one?, two?, three?, four?].into_iter().filter(|done| *done).count();
    assert_eq!(published, 1);
    assert_eq!(world.titles(Default::default(), at(61)).await?, ["Vanzelf"]);
    let found = world.of_joke(draft.id).await?;
    assert_eq!((found.state, found.post.is_some()), (DraftState::Published, true));
    assert!(db.store.due_drafts(at(100), 9).await?.is_empty());
    Ok(())
});

contract!(what_its_author_changed_meanwhile_is_not_published_as_it_was, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.plan(&draft, at(60)).await?;
    world.plan(&draft, at(90)).await?;
    assert!(!world.publish_planned(draft.id, at(60)).await?);
    assert_eq!(world.titles(Default::default(), at(61)).await?, [""; 0]);
    Ok(())
});

contract!(what_could_not_be_published_waits_for_its_author, |db| {
    let world = World::make(db, "een").await?;
    let draft = world.new_draft(at(1));
    world.plan(&draft, at(60)).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.refuse_draft(&world.operate(), world.joke, draft.id, at(60)).await?);
    assert!(!write.refuse_draft(&world.operate(), world.joke, draft.id, at(60)).await?, "once is enough");
    write.commit().await?;
    assert_eq!(world.of_joke(draft.id).await?.state, DraftState::Refused);
    assert!(db.store.due_drafts(at(100), 9).await?.is_empty());
    assert_eq!(world.keep(&draft).await?, Kept::Yes);
    assert_eq!(world.of_joke(draft.id).await?.state, DraftState::Open);
    Ok(())
});

contract!(a_planned_draft_outlives_the_sweep_and_a_finished_one_goes_after_a_week, |db| {
    let world = World::make(db, "een").await?;
    let (planned, open, thrown) = (world.new_draft(at(1)), world.new_draft(at(2)), world.new_draft(at(3)));
    world.plan(&planned, NOW.plus(Span::days(200))).await?;
    world.keep(&open).await?;
    world.keep(&thrown).await?;
    let mut write = world.tenant.write().await?;
    write.discard_draft(&world.keep_draft(world.joke), thrown.id, at(4)).await?;
    write.commit().await?;
    assert_eq!(db.store.sweep(at(4).plus(DRAFT_AFTERWARDS)).await?.drafts, 0);
    assert_eq!(db.store.sweep(at(5).plus(DRAFT_AFTERWARDS)).await?.drafts, 1);
    assert_eq!(db.store.sweep(NOW.plus(Span::days(91))).await?.drafts, 1);
    assert_eq!(world.of_joke(planned.id).await?.state, DraftState::Scheduled);
    Ok(())
});

contract!(photos_of_a_draft_stay_for_as_long_as_it_does, |db| {
    let world = World::make(db, "een").await?;
    let adding = may_add(&world.resident()).expect("members may");
    let photo = PhotoId::new(at(1), &world.chance);
    let mut write = world.tenant.write().await?;
    let new = NewPhoto { id: photo, width: 9, height: 9, placeholder: "", at: at(1) };
    write.insert_photo(&adding, &new).await?;
    write.commit().await?;
    let photos = [photo];
    let draft = TypedDraft { photos: &photos, ..world.new_draft(at(2)) };
    world.keep(&draft).await?;
    let late = at(1).plus(PHOTO_WITHOUT_POST).plus(Span::hours(9));
    assert!(db.store.loose_photos(late, 9).await?.is_empty(), "it is still wanted");

    // Kept again much later, it may still be put with a post.
    world.keep(&TypedDraft { at: late, ..draft }).await?;
    let placed = [domain::photos::Placed { id: photo, alt: String::new(), caption: String::new() }];
    let mut write = world.tenant.write().await?;
    let (post, spec) = (world.new_id(late), a_post("Met foto").at(late));
    write.insert_post(&world.may_create(), &world.new_post(post, &spec)).await?;
    assert!(write.place_photos(&world.may_create(), post, &placed, late).await?);
    drop(write);

    world.keep(&TypedDraft { photos: &[], at: late, ..draft }).await?;
    assert_eq!(db.store.loose_photos(late, 9).await?, [(world.platform, photo)]);
    Ok(())
});

contract!(a_draft_that_became_a_post_lasts_with_it, |db| {
    let world = World::make(db, "een").await?;
    let permit = world.keep_draft(world.joke);
    let counted = async || {
        let all = db.store.versions().await?;
        let own = all.into_iter().find(|(id, _)| *id == world.platform);
        Ok::<_, store::Error>(own.expect("its own").1.content)
    };
    for (before, kept) in [(Before::Nothing, false), (Before::Kept, true)] {
        let draft = world.new_draft(at(1));
        if kept {
            world.keep(&draft).await?;
        }
        let start = counted().await?;
        let (post, spec) = (world.new_id(at(2)), a_post("Geplaatst").at(at(2)));

        // What is not ended leaves nothing.
        let mut write = world.tenant.write().await?;
        write.insert_post(&world.may_create(), &world.new_post(post, &spec)).await?;
        write.close_draft(&permit, &draft, post, before).await?;
        drop(write);
        assert!(world.tenant.post(post).await?.is_none());
        assert_eq!(counted().await?, start);

        let mut write = world.tenant.write().await?;
        write.insert_post(&world.may_create(), &world.new_post(post, &spec)).await?;
        write.close_draft_and_commit(&permit, &draft, post, before).await?;
        assert!(world.tenant.post(post).await?.is_some());
        let closed = world.of_joke(draft.id).await?;
        assert_eq!((closed.state, closed.post), (DraftState::Published, Some(post)));
        assert_eq!(counted().await?, start + 1);

        // After something that failed nothing can last.
        let mut write = world.tenant.write().await?;
        assert!(write.insert_post(&world.may_create(), &world.new_post(post, &spec)).await.is_err());
        let other = world.new_draft(at(3));
        assert!(write.close_draft_and_commit(&permit, &other, post, before).await.is_err());
        assert!(world.tenant.draft(world.joke, other.id).await?.is_none());
    }
    // The connection is free again, and nothing of it is left half done.
    assert_eq!(world.keep(&world.new_draft(at(4))).await?, Kept::Yes);
    Ok(())
});
