//! Accounts and their roles.

use domain::actor::{Grant, Scope};
use domain::id::MemberId;
use domain::locale::Locale;
use domain::roles::Role;
use store::Saved;
use store::members::{InsertMember, NewMember};
use store::operator::NewGrant;

use crate::common::{NOW, World, at, contract};

impl World {
    pub async fn join(&self, name: &str, email: &str) -> store::Result<(MemberId, InsertMember)> {
        let id = MemberId::new(NOW, &self.chance);
        let (area, locale) = (Some(self.street), Some(Locale::De));
        let new = NewMember { id, name, email, area, locale, at: at(1) };
        let mut write = self.tenant.write().await?;
        let done = write.insert_member(&self.sign_in(), &new).await?;
        write.commit().await?;
        Ok((id, done))
    }
}

contract!(a_new_member_is_found_by_key_and_by_address, |db| {
    let world = World::make(db, "een").await?;
    let (id, done) = world.join("Ali", "ali@example.org").await?;
    assert_eq!(done, InsertMember::Done);

    let ali = world.tenant.member(id).await?.expect("Ali is there");
    assert_eq!((ali.name.as_str(), ali.area, ali.locale), ("Ali", Some(world.street), Some(Locale::De)));
    assert_eq!((ali.version, ali.suspended, ali.created_at), (1, false, at(1)));
    assert_eq!(world.tenant.member_by_email("ali@example.org").await?, Some(ali));
    assert_eq!(world.tenant.member_by_email("nobody@example.org").await?, None);
    Ok(())
});

contract!(one_address_is_one_account_per_platform, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    one.join("Ali", "ali@example.org").await?;

    let (again, done) = one.join("Ali Baba", "ali@example.org").await?;
    assert_eq!(done, InsertMember::EmailTaken);
    assert!(one.tenant.member(again).await?.is_none());
    assert_eq!(other.join("Ali", "ali@example.org").await?.1, InsertMember::Done);
    Ok(())
});

contract!(two_links_used_at_once_make_one_account, |db| {
    let world = World::make(db, "een").await?;
    let (one, two) = tokio::join!(world.join("Ali", "ali@example.org"), world.join("Ali", "ali@example.org"));
    let mut outcomes = [one?.1 == InsertMember::Done, two?.1 == InsertMember::Done];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [false, true]);
    Ok(())
});

contract!(a_profile_is_saved_on_the_version_it_was_read_at, |db| {
    let world = World::make(db, "een").await?;
    let permit = world.account(world.joke);
    let mut write = world.tenant.write().await?;
    let saved = write.update_member(&permit, 1, "Joke B.", None, "Hoi", Some(Locale::En)).await?;
    assert_eq!(saved, Saved::Done { version: 2 });
    let late = write.update_member(&permit, 1, "Ander", None, "", None).await?;
    assert_eq!(late, Saved::Stale);
    write.commit().await?;

    let joke = world.tenant.member(world.joke).await?.expect("Joke is there");
    assert_eq!((joke.name.as_str(), joke.about.as_str(), joke.version), ("Joke B.", "Hoi", 2));
    Ok(())
});

contract!(an_account_of_another_platform_is_not_found_or_changed, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    assert!(other.tenant.member(one.joke).await?.is_none());

    let mut write = other.tenant.write().await?;
    let refused = write.update_member(&one.account(one.joke), 1, "Kaper", None, "", None).await;
    assert!(matches!(refused, Err(store::Error::WrongPlatform)));
    Ok(())
});

contract!(a_grant_holds_from_its_first_moment_until_its_last, |db| {
    let world = World::make(db, "een").await?;
    let scope = Scope::Area(world.village);
    let grant = world.grant_to(world.joke, Role::AreaManager, scope);
    let mut write = world.tenant.write().await?;
    write.grant(&world.operate(), &NewGrant { from: at(10), until: Some(at(20)), ..grant }).await?;
    write.commit().await?;

    let held = async |minute| world.tenant.grants(world.joke, at(minute)).await;
    assert!(held(9).await?.is_empty());
    assert_eq!(held(10).await?, [Grant { role: Role::AreaManager, scope }]);
    assert_eq!(held(19).await?.len(), 1);
    assert!(held(20).await?.is_empty());
    Ok(())
});

contract!(every_scope_is_read_as_it_was_given, |db| {
    let world = World::make(db, "een").await?;
    let scopes = [Scope::Platform, Scope::Area(world.street), Scope::Topic(world.care)];
    let mut write = world.tenant.write().await?;
    for scope in scopes {
        let grant = world.grant_to(world.joke, Role::Supporter, scope);
        write.grant(&world.operate(), &grant).await?;
    }
    write.commit().await?;
    let held = world.tenant.grants(world.joke, NOW).await?;
    assert_eq!(held.len(), 3);
    assert!(scopes.iter().all(|scope| held.iter().any(|grant| grant.scope == *scope)));
    Ok(())
});

contract!(the_demo_accounts_come_with_their_roles, |db| {
    let world = World::make(db, "een").await?;
    let accounts = world.tenant.members_for_demo(NOW).await?;
    assert_eq!(accounts.len(), 1);
    assert_eq!((accounts[0].0.id, accounts[0].1.len()), (world.fatma, 1));
    Ok(())
});
