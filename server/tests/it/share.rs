//! Handing on: ways to share a post, its picture, and lists on other sites.

use axum::http::StatusCode;

use crate::common::{RIETVOORDE, Site, VEENZICHT};

const FRAME: &str = "/insluiten/berichten?gebied=lindenhoek&aantal=3";

#[tokio::test]
async fn a_post_is_shared_with_plain_links() {
    let site = Site::demo().await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [("draft[title]", "Thee & koek"), ("draft[body]", "Kom langs."), ("draft[kind]", "news")];
    let address = writer.post("/api/posts/create", &fields).await.location().to_owned();
    let path = address.split('?').next().unwrap_or_default();
    let page = site.browser(RIETVOORDE).get(path).await;
    let whole = format!("http://hallorietvoorde.localhost:3000{path}");
    assert!(page.body.contains("mailto:?subject=Thee%20%26%20koek&amp;body="), "{}", page.body);
    assert!(page.body.contains("https://wa.me/?text=Thee%20%26%20koek%20http%3A%2F%2F"), "{}", page.body);
    assert!(page.body.contains(&format!("readonly value=\"{whole}\"")), "{}", page.body);
    assert!(page.body.contains(&format!("content=\"{whole}/kaart.png\"")), "{}", page.body);
    // For the device's own sheet: the title and the address, and nothing else.
    let sheet = format!("data-share=\"Thee &amp; koek\" data-url=\"{whole}\"");
    assert!(page.body.contains(&sheet), "{}", page.body);
}

#[tokio::test]
async fn a_published_post_has_a_picture_and_nothing_else_has() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await;
    let mut visitor = site.browser(RIETVOORDE);
    let path = format!("/berichten/{}/kaart.png", post.id);
    let picture = visitor.get(&path).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/png"));
    let known = [("if-none-match", picture.header("etag").to_owned())];
    let again = visitor.send(axum::http::Method::GET, &path, &known, axum::body::Body::empty()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);

    assert_eq!(site.browser(VEENZICHT).get(&path).await.status, StatusCode::NOT_FOUND);
    for id in ["0198c0de-0000-7000-8000-000000000000", "niets"] {
        let answer = visitor.get(&format!("/berichten/{id}/kaart.png")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
    }
    // Taken away, it has none: not even for who may still read it.
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [("draft[title]", "Toch niet"), ("draft[body]", "Weg ermee."), ("draft[kind]", "news")];
    let address = writer.post("/api/posts/create", &fields).await.location().to_owned();
    let path = address.split('?').next().unwrap_or_default().to_owned();
    assert_eq!(writer.get(&format!("{path}/kaart.png")).await.status, StatusCode::OK);
    writer.post("/api/posts/remove", &[("id", path.trim_start_matches("/berichten/"))]).await;
    assert_eq!(writer.get(&format!("{path}/kaart.png")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_list_for_other_sites_may_stand_in_a_frame() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await;
    let mut visitor = site.browser(RIETVOORDE);
    for path in [
        "/".to_owned(),
        "/berichten".to_owned(),
        "/berichten/feed".to_owned(),
        "/insluiten".to_owned(),
        "/insluiten/berichten/meer".to_owned(),
        "/insluiten/".to_owned(),
        "/aanmelden".to_owned(),
        "/account".to_owned(),
        "/niets".to_owned(),
        format!("/berichten/{}", post.id),
        format!("/berichten/{}/kaart.png", post.id),
    ] {
        let policy = visitor.get(&path).await.header("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
    for path in [FRAME, "/insluiten/berichten?gebied=atlantis"] {
        let policy = visitor.get(path).await.header("content-security-policy").to_owned();
        assert!(
            policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("script-src"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_list_on_another_site_has_no_script_and_knows_nobody() {
    let site = Site::demo().await;
    let mut member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    member.cookies.insert("noaber-taal".into(), "de".into());
    let mine = member.get(FRAME).await;
    let page = site.browser(RIETVOORDE).get(FRAME).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(mine.body, page.body, "the same for a member with a language of their own");
    for answer in [&mine, &page] {
        assert_eq!(answer.header("set-cookie"), "");
        assert!(!answer.header("vary").contains("Cookie"), "{answer:?}");
    }
    assert!(!page.body.contains("<script") && !page.body.contains("<form"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"embed__title\"").count(), 3);
    let links = page.body.matches("<a ").count();
    assert_eq!(page.body.matches("target=\"_blank\" rel=\"noopener\"").count(), links);
    assert!(page.body.contains("href=\"http://hallorietvoorde.localhost:3000/berichten?gebied=lindenhoek\""));
}

#[tokio::test]
async fn a_list_on_another_site_shows_what_the_list_here_shows() {
    let site = Site::demo().await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut visitor = site.browser(RIETVOORDE);
    visitor.get("/insluiten/berichten").await;
    let fields = [("draft[title]", "Nieuw <hier>"), ("draft[body]", "Kom langs."), ("draft[kind]", "story")];
    let address = writer.post("/api/posts/create", &fields).await.location().to_owned();
    let path = address.split('?').next().unwrap_or_default().to_owned();
    for (query, there) in [("", true), ("?soort=verhaal&aantal=1", true), ("?soort=in-memoriam", false)] {
        let page = visitor.get(&format!("/insluiten/berichten{query}")).await;
        assert_eq!(page.body.contains("Nieuw &lt;hier&gt;"), there, "{query}: {}", page.body);
    }
    writer.post("/api/posts/remove", &[("id", path.trim_start_matches("/berichten/"))]).await;
    assert!(!visitor.get("/insluiten/berichten").await.body.contains("Nieuw &lt;hier&gt;"));
    let gone = visitor.get("/insluiten/berichten?thema=niets").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("Deze lijst is er niet meer"), "{}", gone.body);
    for odd in ["aantal=9999", "aantal=-1", "aantal=x", "aantal="] {
        assert_eq!(visitor.get(&format!("/insluiten/berichten?{odd}")).await.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn anybody_makes_the_code_for_another_site() {
    let site = Site::demo().await;
    let mut visitor = site.browser(RIETVOORDE);
    let page = visitor.get("/insluiten?gebied=lindenhoek&thema=&soort=verhaal&aantal=10").await;
    assert_eq!(page.status, StatusCode::OK);
    let frame = "/insluiten/berichten?gebied=lindenhoek&amp;soort=verhaal&amp;aantal=10";
    assert!(page.body.contains(&format!("<iframe src=\"{frame}\"")), "{}", page.body);
    // In the text area the code is text: escaped twice.
    let code = "&lt;iframe src=\"http://hallorietvoorde.localhost:3000/insluiten/berichten?gebied=lindenhoek&amp;amp;soort";
    assert!(page.body.contains(code), "{}", page.body);
    assert!(page.body.contains("title=\"Berichten van HalloRietvoorde\""));
    let evil = visitor.get("/insluiten?gebied=%22%3E%3Cscript%3E&aantal=999").await;
    assert_eq!(evil.status, StatusCode::OK);
    assert!(!evil.body.contains("\"><script>"));
}
