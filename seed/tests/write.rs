//! The demo in a real database.

use std::path::PathBuf;

use domain::clock::Timestamp;
use domain::posts::PostKind;
use domain::posts::filter::PostFilter;
use seed::{DEMO_ACCOUNTS, DataSet, Error, Rendered, seed, undeveloped};
use store::{Options, Store};

/// Thursday 12 March 2026, 9.00 UTC.
const NOW: Timestamp = Timestamp(1_773_306_000_000);

/// The real one is `service::markdown::render`; what it makes of a text is tested there.
fn render(markdown: &str) -> Rendered {
    Rendered {
        html: format!("<p>{}</p>", markdown.replace('<', "&lt;")),
        excerpt: markdown.chars().take(180).collect(),
    }
}

/// A database of this test's own, gone when the test is.
struct Temporary {
    folder: PathBuf,
    store: Store,
}

impl Temporary {
    async fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("noaber-seed-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let store = Store::open(&Options {
            url: format!("sqlite:{}", folder.join("noaber.db").display()),
            readers: 2,
        })
        .await
        .expect("a database");
        store.migrate().await.expect("a schema");
        Self { folder, store }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn a_newcomer_finds_a_living_neighbourhood() {
    let temporary = Temporary::new("living").await;
    let store = &temporary.store;
    let report = seed(store, DataSet::Demo, NOW, render, undeveloped).await.expect("a demo");
    assert_eq!((report.sites[0].posts, report.sites[0].comments), (120, 400));
    assert_eq!(report.sites[1].members, 12);

    let id = store.platform_by_host("hallorietvoorde.localhost").await;
    let id = id.expect("an answer").expect("a platform");
    let tenant = store.on(id);
    let (platform, _) = tenant.load_platform(NOW).await.expect("an answer").expect("a platform");
    assert_eq!(platform.name, "HalloRietvoorde");
    assert_eq!(platform.connectors[0].name, "Willem Brouwer");
    assert_eq!(platform.connectors.len(), 4);

    let everything = PostFilter::default();
    let pinned = tenant.pinned_posts(&everything, NOW).await.expect("posts");
    assert_eq!(pinned[0].pinned_by_name.as_deref(), Some("Willem Brouwer"));
    let page = tenant.list_posts(&everything, &[], NOW, 20).await.expect("posts");
    assert_eq!(page.items.len(), 20);
    assert_eq!(page.items[0].title, "Kat gevonden bij de sluis");
    assert!(page.next.is_some());

    let announcement = page.items.iter().find(|post| post.kind == PostKind::Announcement);
    let announcement = announcement.expect("an announcement");
    assert!(announcement.official && announcement.edited_at.is_some());
    let history = tenant.revisions(announcement.id).await.expect("revisions");
    assert_eq!(history.len(), 2);
    assert_eq!(history[0].reason, "Extra looproute toegevoegd");

    // It sits on its card as it will sit on the page.
    let [photo] = &tenant.photos_of(page.items[0].id).await.expect("photos")[..] else {
        panic!("one photo of a cat");
    };
    assert_eq!(page.items[0].cover.map(|cover| cover.photo), Some(photo.id));
    assert!(photo.alt.contains("kat") && photo.post == Some(page.items[0].id));

    // The cat has been found half an hour ago, and it is talked about.
    let cat = &page.items[0];
    let said = tenant.conversation(cat.id, None, 50).await.expect("comments");
    assert_eq!((said.len(), cat.comments), (6, 6));
    let joke = said.iter().find(|comment| comment.author_name == "Joke de Boer").expect("her answer").author;
    let news = tenant.comments_for(joke, None, 10).await.expect("news");
    assert!(news.iter().any(|one| one.post == cat.id));

    let demo = tenant.members_for_demo(NOW).await.expect("members");
    let here = DEMO_ACCOUNTS.iter().filter(|one| one.platform_slug == platform.slug);
    assert_eq!(demo.len(), here.count());
}

#[tokio::test]
async fn seeding_twice_is_refused_and_changes_nothing() {
    let temporary = Temporary::new("twice").await;
    let store = &temporary.store;
    seed(store, DataSet::Demo, NOW, render, undeveloped).await.expect("a demo");
    let before = store.versions().await.expect("versions");
    let again = seed(store, DataSet::Demo, NOW, render, undeveloped).await;
    assert!(matches!(again, Err(Error::Exists(slug)) if slug == "hallorietvoorde"));
    assert_eq!(store.versions().await.expect("versions"), before);
}
