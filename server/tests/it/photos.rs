//! Photos: hostile files, other people's photos, and the form that works without JavaScript.

use axum::body::Body;
use axum::http::Method;

use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site};

/// One black pixel (`GIF89a`).
const DOT: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";

fn part(name: &str, file: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    let head = format!("--grens\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

async fn send(browser: &mut Browser, parts: &[Vec<u8>]) -> Answer {
    let mut headers = browser.own_form();
    headers.retain(|(name, _)| *name != "content-type");
    headers.push(("content-type", "multipart/form-data; boundary=grens".into()));
    let body = [parts.concat(), b"--grens--\r\n".to_vec()].concat();
    browser.send(Method::POST, "/fotos", &headers, Body::from(body)).await
}

/// The key of the photo in a form.
fn key(page: &str) -> String {
    let start = page.find("/fotos/").expect("a photo in the form") + "/fotos/".len();
    page[start..].split('/').next().expect("a key").to_owned()
}

#[tokio::test]
async fn a_photo_comes_back_in_the_form_with_all_that_was_typed_and_is_shown_with_the_post() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let title = part("draft[title]", None, b"Een vos bij de sloot");
    let sent = send(&mut fatma, &[title, part("foto", Some("<img src=x onerror=alert(1)>.gif"), DOT)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let back = sent.location().split('#').next().expect("an address").to_owned();
    let form = fatma.get(&back).await;
    assert!(form.body.contains("Een vos bij de sloot") && !form.body.contains("onerror"), "{}", form.body);
    let id = key(&form.body);
    let file = format!("/fotos/{id}/320.webp");

    assert_eq!(site.browser(RIETVOORDE).get(&file).await.status, 404, "nobody else sees it yet");
    let own = fatma.get(&file).await;
    assert_eq!((own.status.as_u16(), own.header("content-type")), (200, "image/webp"));
    assert_eq!(own.header("x-content-type-options"), "nosniff");

    let published = fatma
        .post(
            "/api/posts/create",
            &[
                ("draft[title]", "Een vos bij de sloot"),
                ("draft[body]", "Hij keek niet op of om."),
                ("draft[kind]", "photo_album"),
                ("draft[photos][0][id]", &id),
                ("draft[photos][0][alt]", "Een vos"),
            ],
        )
        .await;
    let post = published.location().split('?').next().expect("an address").to_owned();
    let page = site.browser(RIETVOORDE).get(&post).await;
    assert!(page.body.contains(&file) && page.body.contains("alt=\"Een vos\""), "{}", page.body);
    let shown = site.browser(RIETVOORDE).get(&file).await;
    assert_eq!(shown.status, 200);
    assert!(shown.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn what_is_no_photo_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    for file in [SVG, b"<!doctype html><script>alert(1)</script>", b"GIF89a<script>alert(1)</script>"] {
        let title = part("draft[title]", None, b"Een vos bij de sloot");
        let sent = send(&mut fatma, &[title, part("foto", Some("vos.jpg"), file)]).await;
        let back = sent.location().split('#').next().expect("an address").to_owned();
        let form = fatma.get(&back).await;
        assert!(form.body.contains("fotos-probleem") && form.body.contains("Een vos bij de sloot"));
        assert!(!form.body.contains("/fotos/0"), "{}", form.body);
    }
}

#[tokio::test]
async fn a_form_without_a_chosen_file_says_nothing_of_it_and_an_empty_file_is_no_photo() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let sent = send(&mut fatma, &[part("foto", Some("vos.gif"), DOT)]).await;
    let id = key(&fatma.get(sent.location().split('#').next().expect("an address")).await.body);
    for (file, refused) in [("", false), ("vos.jpg", true)] {
        let there = part("draft[photos][0][id]", None, id.as_bytes());
        let sent = send(&mut fatma, &[there, part("foto", Some(file), b"")]).await;
        let form = fatma.get(sent.location().split('#').next().expect("an address")).await;
        assert!(form.body.contains(&id), "{}", form.body);
        assert_eq!(form.body.contains("fotos-probleem"), refused, "{file:?}");
    }
}

#[tokio::test]
async fn a_photo_of_somebody_else_is_neither_seen_nor_published() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joke = site.signed_in(RIETVOORDE, "joke@example.org").await;
    let sent = send(&mut fatma, &[part("foto", Some("vos.gif"), DOT)]).await;
    let back = sent.location().split('#').next().expect("an address").to_owned();
    let id = key(&fatma.get(&back).await.body);
    assert_eq!(joke.get(&format!("/fotos/{id}/320.webp")).await.status, 404);
    let refused = joke
        .post(
            "/api/posts/create",
            &[
                ("draft[title]", "Een vos bij de sloot"),
                ("draft[body]", "Hij keek niet op of om."),
                ("draft[kind]", "news"),
                ("draft[photos][0][id]", &id),
            ],
        )
        .await;
    assert!(refused.location().starts_with("/berichten/nieuw?flash="), "{}", refused.location());
}

#[tokio::test]
async fn a_visitor_sends_no_photo_and_nobody_sends_too_much() {
    let site = Site::demo().await;
    let mut visitor = site.browser(RIETVOORDE);
    assert_eq!(send(&mut visitor, &[part("foto", Some("vos.gif"), DOT)]).await.status, 401);
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let heavy = part("foto", Some("vos.gif"), &vec![0; 21 * 1024 * 1024]);
    let typed = part("draft[title]", None, b"Een vos bij de sloot");
    let sent = send(&mut fatma, &[typed, heavy, part("foto", Some("vos.gif"), DOT)]).await;
    let form = fatma.get(sent.location().split('#').next().expect("an address")).await;
    assert!(form.body.contains("fotos-probleem") && form.body.contains("Een vos bij de sloot"));
    assert!(form.body.contains(&key(&form.body)), "the other photo is there: {}", form.body);
    let endless = part("draft[body]", None, &vec![b'a'; 200 * 1024]);
    assert_eq!(send(&mut fatma, &[endless]).await.status, 413);
}
