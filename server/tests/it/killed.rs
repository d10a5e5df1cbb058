//! Kill the process at any moment: what was acknowledged is there, what was not is not half
//! there (TRUST 23).

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::common::RIETVOORDE;
use crate::common::database::Database;
use crate::common::program::{Running, exchange, post, session};
use domain::posts::filter::PostFilter;
use store::{Options, Store};

const WRITERS: usize = 4;
const ROUNDS: usize = 3;

/// Posts until the connection breaks; gives the keys of the posts that were acknowledged.
async fn write_until_broken(
    at: std::net::SocketAddr,
    cookie: String,
    writer: String,
    stop: Arc<AtomicBool>,
) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        let body = format!(
            "draft[title]=Bericht+{number}+van+{writer}&draft[body]=Nummer+{number}&draft[kind]=news"
        );
        let host = format!("{RIETVOORDE}:{}", at.port());
        let Some(answer) = exchange(at, &post(&host, "/api/posts/create", &cookie, &body)).await else {
            break;
        };
        if let Some(rest) = answer.split("/berichten/").nth(1)
            && answer.contains("melding=geplaatst")
        {
            acknowledged.push(rest.chars().take(36).collect());
        } else {
            assert!(!answer.contains("\r\n\r\n") || !answer.starts_with("HTTP/1.1 5"), "{answer}");
            break;
        }
    }
    acknowledged
}

#[tokio::test]
async fn no_acknowledged_post_is_lost_when_the_process_is_killed() {
    let database = Database::demo();
    let folder = crate::common::database::folder();
    let options = Options { url: database.address().to_owned(), readers: 2 };
    let mut expected: HashSet<String> = HashSet::new();
    for round in 0..ROUNDS {
        let store = Store::open(&options).await.expect("a database");
        let cookie = format!("__Host-noaber={}", session(&store).await);
        store.close().await;
        let running = Running::start(&folder, database.address()).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let name = format!("{round}-{writer}");
                tokio::spawn(write_until_broken(running.at, cookie.clone(), name, Arc::clone(&stop)))
            })
            .collect();
        // "Any moment": when it has been busy for a while, which differs from run to run.
        let store = Store::open(&options).await.expect("a database");
        let platform = store.platform_by_host(RIETVOORDE).await.expect("a database").expect("a platform");
        let tenant = store.on(platform);
        let newest = async || tenant.recent_posts(&PostFilter::default(), 5_000).await.expect("posts");
        let begun = newest().await.len();
        while newest().await.len() < begun + 20 + round * 7 {
            tokio::task::yield_now().await;
            assert!(
                !writers.iter().all(tokio::task::JoinHandle::is_finished),
                "the writers stopped by themselves"
            );
        }
        running.kill().await;
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            expected.extend(writer.await.expect("a writer"));
        }
        store.close().await;

        // A new process finds everything, and every post is whole.
        let running = Running::start(&folder, database.address()).await;
        let store = Store::open(&options).await.expect("a database");
        let tenant = store.on(platform);
        let posts = tenant.recent_posts(&PostFilter::default(), 5_000).await.expect("posts");
        let found: HashSet<String> = posts.iter().map(|post| post.id.to_string()).collect();
        let lost: Vec<_> = expected.difference(&found).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        assert!(expected.len() >= 20, "something was written: {}", expected.len());
        for post in posts.iter().filter(|post| post.text.title.starts_with("Bericht ")) {
            assert!(post.text.body.starts_with("Nummer ") && post.html.contains("Nummer "));
            let revisions = tenant.revisions(post.id).await.expect("revisions");
            assert_eq!(revisions.len(), 1, "the post and its first version came together");
        }
        assert_eq!(store.integrity_check().await.expect("a database"), Vec::<String>::new());
        store.close().await;
        running.kill().await;
    }
    let _ = std::fs::remove_dir_all(folder);
}
