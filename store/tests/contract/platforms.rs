//! Communities: finding them, and all that a page needs of them.

use domain::actor::Scope;
use domain::area::{Area, AreaKind};
use domain::id::AreaId;
use domain::locale::Locale;
use domain::platform::LaunchState;
use domain::roles::Role;
use store::operator::NewGrant;

use crate::common::{NOW, World, at, contract};

contract!(a_platform_is_found_by_host_and_by_slug, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    assert_eq!(db.store.platform_by_host("een.localhost").await?, Some(one.platform));
    assert_eq!(db.store.platform_by_slug("ander").await?, Some(other.platform));
    assert_eq!(db.store.platform_by_host("evil.localhost").await?, None);
    assert_eq!(db.store.platform_by_slug("").await?, None);
    assert_eq!(db.store.platform_ids().await?, [other.platform, one.platform]);
    let hosts = db.store.hosts().await?;
    assert_eq!(hosts[1], ("een.localhost".to_owned(), one.platform));
    Ok(())
});

contract!(a_platform_is_loaded_whole, |db| {
    let world = World::make(db, "een").await?;
    let (platform, versions) = world.tenant.load_platform(NOW).await?.expect("it is there");
    assert_eq!(platform.map, Some(crate::common::map()));
    assert_eq!(
        (platform.id, platform.slug.as_str(), platform.theme.as_str()),
        (world.platform, "een", "rietvoorde")
    );
    assert_eq!((platform.locale, platform.launch), (Locale::Nl, LaunchState::Live));
    assert_eq!(platform.locales, Locale::ALL);
    assert_eq!(platform.contact.publisher, "Stichting");
    assert_eq!(platform.areas.all().len(), 4);
    assert_eq!(platform.topics.len(), 2);
    assert_eq!(db.store.versions().await?, [(world.platform, versions)]);
    Ok(())
});

contract!(a_platform_that_is_not_there_is_none, |db| {
    let world = World::make(db, "een").await?;
    let nowhere = domain::id::PlatformId::new(at(1), &world.chance);
    assert!(db.store.on(nowhere).load_platform(NOW).await?.is_none());
    Ok(())
});

contract!(areas_come_after_what_they_lie_in_and_in_their_order, |db| {
    let world = World::make(db, "een").await?;
    let early = Area {
        id: AreaId::new(NOW, &world.chance),
        parent: Some(world.village),
        kind: AreaKind::Street,
        slug: "laan".into(),
        name: "Laan".into(),
    };
    let mut write = world.tenant.write().await?;
    // Its position is before that of the village it lies in.
    write.insert_area(&world.operate(), &early, -1).await?;
    write.commit().await?;

    let (platform, _) = world.tenant.load_platform(NOW).await?.expect("it is there");
    let slugs: Vec<_> = platform.areas.all().iter().map(|area| area.slug.as_str()).collect();
    assert_eq!(slugs, ["gemeente", "dorp", "wijk", "laan", "straat"]);
    Ok(())
});

contract!(connectors_show_while_their_role_holds, |db| {
    let world = World::make(db, "een").await?;
    let mut write = world.tenant.write().await?;
    for area in [world.street, world.district] {
        let grant = world.grant_to(world.joke, Role::Connector, Scope::Area(area));
        let grant = NewGrant { until: Some(at(10)), ..grant };
        write.grant(&world.operate(), &grant).await?;
    }
    let elsewhere = world.grant_to(world.fatma, Role::Connector, Scope::Area(world.street));
    write.grant(&world.operate(), &elsewhere).await?;
    write.commit().await?;

    let (platform, _) = world.tenant.load_platform(NOW).await?.expect("it is there");
    let of = |member| platform.connectors.iter().find(|card| card.member == member);
    let joke = of(world.joke).expect("Joke is a connector");
    assert_eq!((joke.name.as_str(), joke.about.as_str(), joke.areas.len()), ("Joke", "Ik help graag.", 2));
    assert!(of(world.fatma).expect("Fatma too").areas.is_empty(), "she is there for everyone");
    let (later, _) = world.tenant.load_platform(at(10)).await?.expect("it is there");
    assert_eq!(later.connectors.len(), 1);
    Ok(())
});

contract!(a_new_role_or_name_counts_the_configuration_up, |db| {
    let world = World::make(db, "een").await?;
    let version = async || {
        let all = db.store.versions().await?;
        Ok::<_, store::Error>(all[0].1)
    };
    let start = version().await?;
    let mut write = world.tenant.write().await?;
    let grant = world.grant_to(world.joke, Role::Supporter, Scope::Platform);
    write.grant(&world.operate(), &grant).await?;
    write.commit().await?;
    assert_eq!(version().await?.config, start.config + 1);

    let mut write = world.tenant.write().await?;
    write.update_member(&world.account(world.fatma), 1, "Fatma A.", None, "", None).await?;
    write.commit().await?;
    let end = version().await?;
    assert_eq!((end.config, end.content), (start.config + 2, start.content + 1));
    Ok(())
});

contract!(two_platforms_cannot_share_a_slug, |db| {
    World::make(db, "een").await?;
    assert!(World::make(db, "een").await.is_err());
    Ok(())
});
