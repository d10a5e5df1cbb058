//! The secret address of a member's own calendar: one at a time, and nobody's but theirs.

use domain::members::policy::may_manage_account;

use crate::common::{NOW, World, contract};

contract!(an_address_leads_to_its_owner_until_it_is_replaced_or_taken_away, |db| {
    let (here, there) = (World::make(db, "een").await?, World::make(db, "twee").await?);
    let permit = may_manage_account(&here.resident(), here.platform).expect("one's own");
    let owner = here.resident().member_id();
    let put = async |hash: &[u8]| -> store::Result<()> {
        let mut write = here.tenant.write().await?;
        write.set_calendar(&permit, hash, NOW).await?;
        write.commit().await
    };
    put(b"first").await?;
    assert_eq!(here.tenant.calendar_owner(b"first").await?, owner);
    assert_eq!(there.tenant.calendar_owner(b"first").await?, None);
    put(b"second").await?;
    assert_eq!(here.tenant.calendar_owner(b"first").await?, None);
    assert_eq!(here.tenant.calendar_owner(b"second").await?, owner);
    let mut write = here.tenant.write().await?;
    write.end_calendar(&permit).await?;
    write.commit().await?;
    assert_eq!(here.tenant.calendar_owner(b"second").await?, None);
    assert_eq!(here.tenant.calendar_since(owner.expect("a member")).await?, None);
    Ok(())
});
