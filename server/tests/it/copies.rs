//! Backup while running, restore elsewhere, everything there (TRUST 26).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::common::database::{Database, folder};
use crate::common::{RIETVOORDE, Site};
use server::backup::{back_up, restore};
use server::config::Config;

fn config(database: &str) -> Config {
    let settings = format!("database = '{database}'");
    Config::read("test", &settings, BTreeMap::new(), Path::new("/nowhere")).expect("settings")
}

async fn there_and_back(from: &Arc<Database>, to: &Arc<Database>) {
    let folder = folder();
    let file = folder.join("backup");
    let site = Site::on(from, "").await;
    let mut writer = site.signed_in(RIETVOORDE, "willem@example.org").await;

    // Somebody writes all the time while the backup is made.
    let writing = tokio::spawn(async move {
        let mut kept = 0;
        for number in 0..30 {
            let title = format!("Tijdens de kopie {number}");
            let fields = [
                ("draft[title]", title.as_str()),
                ("draft[body]", "Gewoon doorgaan"),
                ("draft[kind]", "news"),
            ];
            let answer = writer.post("/api/posts/create", &fields).await;
            kept += u32::from(answer.location().contains("geplaatst"));
        }
        kept
    });
    back_up(&config(from.address()), &file).await.expect("a backup");
    assert_eq!(writing.await.expect("a writer"), 30, "nobody had to wait for the backup");

    restore(&config(to.address()), &file, false).await.expect("restored");
    let copy = Site::on(to, "").await;
    let original = site.some_post(RIETVOORDE).await;
    assert!(original.text.title.starts_with("Tijdens de kopie"));
    let mut browser = copy.browser(RIETVOORDE);
    assert!(browser.get("/berichten").await.status.is_success());
    for (here, there) in
        site.store.hosts().await.expect("hosts").iter().zip(copy.store.hosts().await.expect("hosts"))
    {
        assert_eq!(*here, there);
        let everything = domain::posts::filter::PostFilter::default();
        let older = |posts: Vec<domain::posts::Post>| -> Vec<domain::posts::Post> {
            posts.into_iter().filter(|post| !post.text.title.starts_with("Tijdens de kopie")).collect()
        };
        let mine = site.store.on(here.1).recent_posts(&everything, 1_000).await.expect("posts");
        let theirs = copy.store.on(here.1).recent_posts(&everything, 1_000).await.expect("posts");
        assert_eq!(older(mine), older(theirs));
        let members = site.store.on(here.1).members_for_demo(crate::common::NOW).await.expect("members");
        assert_eq!(
            members,
            copy.store.on(here.1).members_for_demo(crate::common::NOW).await.expect("members")
        );
    }
    // The copy lives: one can sign in and write.
    copy.signed_in(RIETVOORDE, "fatma@example.org").await;

    let again = back_up(&config(from.address()), &file).await.expect_err("a file is never replaced");
    assert!(again.to_string().contains("is there already"), "{again}");
    let full =
        restore(&config(to.address()), &file, false).await.expect_err("a full database is not replaced");
    assert!(full.to_string().contains("--force"), "{full}");
    copy.store.close().await;
    drop(copy);
    restore(&config(to.address()), &file, true).await.expect("replaced on request");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn a_copy_of_sqlite_is_everything() {
    there_and_back(&Database::demo(), &Database::empty()).await;
}

#[tokio::test]
async fn a_copy_of_postgresql_is_everything() {
    let Some(from) = Database::demo_on_postgres().await else { return };
    let Some(to) = Database::empty_on_postgres() else { return };
    there_and_back(&from, &to).await;
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_replaces_nothing() {
    let database = Database::demo();
    let site = Site::on(&database, "").await;
    let before = site.traces().await;
    let folder = folder();
    let file = folder.join("holiday.jpg");
    std::fs::write(&file, b"this is a picture").expect("written");
    let refused = restore(&config(database.address()), &file, true).await.expect_err("no backup");
    assert!(refused.to_string().contains("is not a backup"), "{refused}");

    // Half a backup: the beginning is right, the rest is missing.
    let whole = folder.join("whole");
    back_up(&config(database.address()), &whole).await.expect("a backup");
    let bytes = std::fs::read(&whole).expect("a file");
    std::fs::write(&file, &bytes[..bytes.len() / 2]).expect("written");
    restore(&config(database.address()), &file, true).await.expect_err("half a backup");
    assert_eq!(site.traces().await, before);
    let left: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let _ = std::fs::remove_dir_all(folder);
}
