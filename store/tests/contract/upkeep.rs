//! Opening, migrating, checking, copying.

use domain::posts::filter::PostFilter;
use store::{Error, Kind, Options, Store};

use crate::common::{Db, World, a_post, at, contract};

/// Both processes start on an empty database at the same moment.
async fn two_start_at_once(db: &Db) -> store::Result<()> {
    assert!(matches!(db.store.check_ready().await, Err(Error::NotMigrated { wanted: 1.. })));
    let other = db.another_process().await;
    let (one, two) = tokio::join!(db.store.migrate(), other.migrate());
    one?;
    two?;
    db.store.check_ready().await?;
    other.check_ready().await?;
    other.close().await;
    db.store.migrate().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_start_at_once_migrate_once_on_sqlite() {
    Db::empty_sqlite().await.run(two_start_at_once).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_start_at_once_migrate_once_on_postgres() {
    if let Some(db) = Db::empty_postgres().await {
        db.run(two_start_at_once).await;
    }
}

contract!(a_healthy_database_has_no_faults, |db| {
    let world = World::make(db, "een").await?;
    world.publish(a_post("Bericht").in_area(world.street)).await?;
    assert_eq!(db.store.integrity_check().await?, Vec::<String>::new());
    Ok(())
});

contract!(what_one_process_writes_the_other_reads_at_once, |db| {
    let world = World::make(db, "een").await?;
    let other = db.another_process().await;
    let id = world.publish(a_post("Bericht")).await?;
    assert!(other.on(world.platform).post(id).await?.is_some());
    other.close().await;
    Ok(())
});

contract!(a_backup_made_while_writing_has_everything_that_was_committed, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Bewaard")).await?;
    let to = std::env::temp_dir().join(format!("noaber_copy_{}.db", std::process::id()));
    std::fs::remove_file(&to).ok();
    let spec = a_post("Nog bezig");
    let mut write = world.tenant.write().await?;
    write.insert_post(&world.may_create(), &world.new_post(world.new_id(at(1)), &spec)).await?;

    let done = db.store.backup(&to).await;
    if db.store.kind() == Kind::Postgres {
        assert!(matches!(done, Err(Error::Unsupported(_))));
        return Ok(());
    }
    done?;
    write.commit().await?;
    let copy = Store::open(&Options { url: format!("sqlite:{}", to.display()), readers: 1 }).await?;
    copy.check_ready().await?;
    assert!(copy.integrity_check().await?.is_empty());
    let tenant = copy.on(world.platform);
    assert!(tenant.post(id).await?.is_some());
    assert_eq!(tenant.list_posts(&PostFilter::default(), &[], at(9), 9).await?.items.len(), 1);
    copy.close().await;
    std::fs::remove_file(&to)?;
    Ok(())
});

contract!(statements_are_counted_per_handle, |db| {
    let world = World::make(db, "een").await?;
    let (one, other) = (db.store.on(world.platform), db.store.on(world.platform));
    one.load_platform(at(0)).await?;
    one.clone().member(world.joke).await?;
    assert_eq!((one.queries(), other.queries()), (5, 0));
    Ok(())
});

#[tokio::test]
async fn an_address_that_is_none_is_refused_in_words() {
    for url in ["mysql://x", "sqlite::memory:", "sqlite:", "noaber.db", ""] {
        let refused = Store::open(&Options { url: url.into(), readers: 1 }).await;
        assert!(matches!(refused, Err(Error::Address(_))), "{url}");
    }
}

#[test]
fn a_password_in_the_address_is_never_logged() {
    let options = Options { url: "postgres://noaber:geheim@host/db".into(), readers: 1 };
    assert!(!format!("{options:?}").contains("geheim"));
}
