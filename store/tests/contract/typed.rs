//! What people typed and would be sorry to lose: forms that came back. For drafts see `drafts.rs`.

use domain::id::FlashId;
use domain::members::policy::may_keep_flash;

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
