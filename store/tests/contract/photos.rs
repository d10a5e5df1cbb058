//! Photos: known before their files are, put with one post by who sent them, and gone when nobody needs them.

use domain::clock::{Span, Timestamp};
use domain::id::{PhotoId, PostId};
use domain::limits::PHOTO_WITHOUT_POST;
use domain::photos::{Arranged, Focus, Placed, may_add};
use domain::posts::Cover;
use domain::posts::filter::PostFilter;
use store::photos::NewPhoto;

use crate::common::{NOW, World, a_post, at, contract};

impl World {
    pub async fn send_photo(&self, at: Timestamp) -> store::Result<PhotoId> {
        let permit = may_add(&self.resident()).expect("members may");
        let id = PhotoId::new(at, &self.chance);
        let new = NewPhoto { id, width: 1280, height: 720, placeholder: "data:,", at };
        let mut write = self.tenant.write().await?;
        write.insert_photo(&permit, &new).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Publishes a post with these photos; `None` when it is refused.
    pub async fn publish_with(&self, photos: &[PhotoId], at: Timestamp) -> store::Result<Option<PostId>> {
        let permit = self.may_create();
        let (id, spec) = (self.new_id(at), a_post("Met foto's").at(at));
        let placed: Vec<Placed> = photos
            .iter()
            .map(|id| Placed { id: *id, alt: "Een vos".into(), caption: String::new() })
            .collect();
        let mut write = self.tenant.write().await?;
        write.insert_post(&permit, &self.new_post(id, &spec)).await?;
        if !write.place_photos(&permit, id, &placed, at).await? {
            return Ok(None);
        }
        write.commit().await?;
        Ok(Some(id))
    }
}

contract!(photos_stand_with_their_post_in_the_order_of_the_form, |db| {
    let world = World::make(db, "een").await?;
    let (first, second) = (world.send_photo(at(1)).await?, world.send_photo(at(2)).await?);
    let post = world.publish_with(&[second, first], at(3)).await?.expect("published");
    let found = world.tenant.photos_of(post).await?;
    assert_eq!(found.iter().map(|photo| photo.id).collect::<Vec<_>>(), [second, first]);
    assert_eq!((found[0].alt.as_str(), found[0].width, found[0].focus), ("Een vos", 1280, Focus::Middle));
    assert_eq!(found[0].post, Some(post));
    Ok(())
});

contract!(a_photo_is_put_with_one_post_only, |db| {
    let world = World::make(db, "een").await?;
    let photo = world.send_photo(at(1)).await?;
    let post = world.publish_with(&[photo], at(2)).await?.expect("published");
    assert_eq!(world.publish_with(&[photo], at(3)).await?, None);
    assert_eq!(world.tenant.photo(photo).await?.expect("there").post, Some(post));
    let mut write = world.tenant.write().await?;
    let dropped = write.drop_photo(&may_add(&world.resident()).expect("may"), photo).await?;
    assert!(!dropped, "what is with a post is not dropped");
    Ok(())
});

contract!(a_photo_of_somebody_else_or_of_another_platform_is_not_put_with_a_post, |db| {
    let (one, other) = (World::make(db, "een").await?, World::make(db, "ander").await?);
    let photo = other.send_photo(at(1)).await?;
    assert!(one.tenant.photo(photo).await?.is_none());
    assert_eq!(one.publish_with(&[photo], at(2)).await?, None);

    let id = PhotoId::new(at(1), &one.chance);
    let mut write = one.tenant.write().await?;
    let new = NewPhoto { id, width: 1, height: 1, placeholder: "", at: at(1) };
    write.insert_photo(&may_add(&one.connector()).expect("may"), &new).await?;
    write.commit().await?;
    assert_eq!(one.publish_with(&[id], at(2)).await?, None);
    let mut write = one.tenant.write().await?;
    assert!(!write.drop_photo(&may_add(&one.resident()).expect("may"), id).await?);
    Ok(())
});

contract!(photos_of_a_post_are_put_in_another_order_taken_away_and_added, |db| {
    let world = World::make(db, "een").await?;
    let (first, second) = (world.send_photo(at(1)).await?, world.send_photo(at(2)).await?);
    let post = world.publish_with(&[first, second], at(3)).await?.expect("published");
    let third = world.send_photo(at(4)).await?;
    let of =
        |id| Arranged { id, alt: "Een das".into(), caption: "Bij de sloot".into(), focus: Focus::TopLeft };
    let permit = world.may_edit(&world.resident(), post).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.arrange_photos(&permit, post, &[of(third), of(second)], &[first], at(5)).await?);
    write.commit().await?;
    let found = world.tenant.photos_of(post).await?;
    assert_eq!(found.iter().map(|photo| photo.id).collect::<Vec<_>>(), [third, second]);
    assert!(found.iter().all(|photo| photo.focus == Focus::TopLeft && photo.caption == "Bij de sloot"));
    // What was taken away goes a day later, not at once.
    assert!(db.store.loose_photos(at(6), 10).await?.is_empty());
    assert_eq!(world.tenant.photo(first).await?.expect("still there").post, None);
    let filter = PostFilter::default();
    let cards = world.tenant.list_posts(&filter, &[], at(7), 1).await?.items;
    assert_eq!(cards[0].cover, Some(Cover { photo: third, focus: Focus::TopLeft, width: 1280 }));
    Ok(())
});

contract!(photos_that_are_not_mentioned_or_not_the_editors_change_nothing, |db| {
    let world = World::make(db, "een").await?;
    let (first, second) = (world.send_photo(at(1)).await?, world.send_photo(at(2)).await?);
    let post = world.publish_with(&[first, second], at(3)).await?.expect("published");
    let other = world.publish_with(&[world.send_photo(at(4)).await?], at(5)).await?.expect("published");
    let of = |id| Arranged { id, alt: String::new(), caption: String::new(), focus: Focus::Middle };
    let taken = world.tenant.photos_of(other).await?[0].id;
    let permit = world.may_edit(&world.resident(), post).await?;
    for photos in [vec![of(first)], vec![of(first), of(second), of(taken)]] {
        let mut write = world.tenant.write().await?;
        assert!(!write.arrange_photos(&permit, post, &photos, &[], at(6)).await?);
    }
    assert_eq!(world.tenant.photos_of(post).await?.len(), 2);
    assert_eq!(world.tenant.photos_of(other).await?.len(), 1);
    Ok(())
});

contract!(a_photo_without_a_post_goes_when_nobody_can_use_it_any_more, |db| {
    let world = World::make(db, "een").await?;
    let photo = world.send_photo(NOW).await?;
    let day = NOW.plus(PHOTO_WITHOUT_POST);
    assert_eq!(world.publish_with(&[photo], day).await?, None);
    assert!(db.store.loose_photos(day, 10).await?.is_empty());
    let later = day.plus(Span::hours(1)).plus(Span(1));
    assert_eq!(db.store.loose_photos(later, 10).await?, [(world.platform, photo)]);
    let mut write = world.tenant.write().await?;
    write.forget_photo(&world.operate(), photo).await?;
    write.commit().await?;
    assert!(world.tenant.photo(photo).await?.is_none());
    Ok(())
});

contract!(photos_go_with_a_post_that_is_deleted_for_good, |db| {
    let world = World::make(db, "een").await?;
    let photo = world.send_photo(NOW).await?;
    let post = world.publish_with(&[photo], at(1)).await?.expect("published");
    world.remove(&world.resident(), post, at(2)).await?;
    let month = at(2).plus(Span::days(30));
    db.store.sweep(month).await?;
    assert_eq!(world.tenant.photos_of(post).await?.len(), 1, "it can still be put back");
    let later = month.plus(Span(1));
    assert_eq!(db.store.sweep(later).await?.posts, 1);
    assert_eq!(db.store.loose_photos(later, 10).await?, [(world.platform, photo)]);
    Ok(())
});
