//! Real processes of the operating system, not only connections of their own.

use std::process::{Child, Command, Stdio};

use store::{Options, Store};

use crate::common::{Db, World, a_post, at};

const ADDRESS: &str = "NOABER_TEST_MIGRATE";
const PROCESSES: usize = 4;

/// The other process. Does nothing when it runs as a test by itself.
#[tokio::test]
#[ignore = "the tests below run it as a process of its own"]
async fn opens_and_migrates() {
    let Ok(url) = std::env::var(ADDRESS) else { return };
    let store = Store::open(&Options { url, readers: 1 }).await.expect("it opens");
    store.migrate().await.expect("it migrates");
    store.check_ready().await.expect("it is ready");
    store.close().await;
}

fn another(url: &str) -> Child {
    Command::new(std::env::current_exe().expect("this test program"))
        .args(["--exact", "processes::opens_and_migrates", "--ignored", "--nocapture"])
        .env(ADDRESS, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("another process starts")
}

async fn all_start_at_once(db: &Db) -> store::Result<()> {
    let started: Vec<Child> = (0..PROCESSES).map(|_| another(&db.url)).collect();
    for process in started {
        let output = process.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
        assert!(told.contains("1 passed"), "it did run: {told}");
    }
    db.store.check_ready().await?;
    let world = World::make(db, "een").await?;
    world.publish(a_post("Bericht").at(at(1))).await?;
    assert_eq!(db.store.integrity_check().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn four_that_start_on_an_empty_database_all_become_ready_on_sqlite() {
    Db::empty_sqlite().await.run(all_start_at_once).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn four_that_start_on_an_empty_database_all_become_ready_on_postgres() {
    if let Some(db) = Db::empty_postgres().await {
        db.run(all_start_at_once).await;
    }
}
