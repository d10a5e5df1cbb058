//! What people typed and would be sorry to lose: drafts, and forms that came back.

use domain::id::FlashId;
use domain::members::policy::may_keep_flash;
use domain::posts::policy::may_keep_draft;

use crate::common::{NOW, World, at, contract};

contract!(a_form_is_there_until_its_time_is_over_and_on_its_own_platform_only, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let id = FlashId::new(NOW, &one.chance);
    let mut write = one.tenant.write().await?;
    write.insert_flash(&may_keep_flash(one.platform), id, "bericht", "{\"a\":1}", at(10)).await?;
    write.commit().await?;

    let flash = one.tenant.flash(id, at(9)).await?.expect("it is there");
    assert_eq!((flash.form.as_str(), flash.json.as_str()), ("bericht", "{\"a\":1}"));
    assert!(one.tenant.flash(id, at(10)).await?.is_none());
    assert!(other.tenant.flash(id, at(9)).await?.is_none());
    Ok(())
});

contract!(a_draft_is_ones_own_and_the_last_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let permit = may_keep_draft(&world.resident(), world.platform).expect("members keep drafts");
    for (json, minute) in [("{}", 1), ("{\"title\":\"Hoi\"}", 2)] {
        let mut write = world.tenant.write().await?;
        write.put_draft(&permit, "new-post", json, at(minute)).await?;
        write.commit().await?;
    }
    let draft = world.tenant.draft(world.joke, "new-post").await?.expect("it is there");
    assert_eq!((draft.json.as_str(), draft.updated_at), ("{\"title\":\"Hoi\"}", at(2)));
    assert!(world.tenant.draft(world.fatma, "new-post").await?.is_none());

    let mut write = world.tenant.write().await?;
    write.delete_draft(&permit, "new-post").await?;
    write.commit().await?;
    assert!(world.tenant.draft(world.joke, "new-post").await?.is_none());
    Ok(())
});
