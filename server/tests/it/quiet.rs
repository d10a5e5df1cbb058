//! Pages that the browser does not take over.

use crate::common::{RIETVOORDE, Site};

#[tokio::test]
async fn a_quiet_page_comes_whole_and_without_the_program() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;

    let page = fatma.get("/account").await;

    assert_eq!(page.status, 200);
    assert!(page.body.contains("Fatma") && page.body.contains("data-quiet"), "{}", page.body);
    assert!(!page.body.contains("type=\"module\"") && !page.body.contains("modulepreload"), "{}", page.body);
    // Leptos always writes these lists; here nothing is in them.
    assert!(page.body.contains("__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[];__PENDING_RESOURCES=[];"));
}

#[tokio::test]
async fn a_page_that_the_browser_takes_over_has_its_script() {
    let site = Site::demo().await;
    let page = site.browser(RIETVOORDE).get("/berichten").await;
    assert!(
        page.body.contains("<script type=\"module\"") && !page.body.contains("data-quiet"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn who_signs_out_leaves_nothing_in_the_browser() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let answer = fatma.post("/api/account/sign-out", &[]).await;
    assert_eq!(answer.header("clear-site-data"), "\"storage\"");
}

/// The script that every page has, as it stands in a page.
fn site_script(page: &str) -> String {
    let script = page.split("<script").find(|script| script.contains("/site.js?v=")).unwrap_or_default();
    script.split("</script>").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_page_knows_whose_posts_it_may_send_later_and_tells_strangers_nothing_of_them() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let member = tenant.member_by_email("fatma@example.org").await.expect("a database").expect("a member");
    let mut visitor = site.browser(RIETVOORDE);
    for path in ["/berichten", "/agenda"] {
        let own = site_script(&fatma.get(path).await.body);
        assert!(own.contains(&format!("data-member=\"{}\"", member.id)), "{path}: {own}");
        assert!(own.contains("Je bericht “{title}” is geplaatst.|"), "{path}: {own}");
        let strangers = site_script(&visitor.get(path).await.body);
        assert!(strangers.contains("data-texts=\"Er wacht nog een bericht"), "{path}: {strangers}");
        assert!(!strangers.contains("data-member") && !strangers.contains("{title}"), "{path}: {strangers}");
    }
}
