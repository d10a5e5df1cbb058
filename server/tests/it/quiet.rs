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
