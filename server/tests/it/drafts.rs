//! Several drafts, posts that publish themselves, and posts that expire. The demo's clock says 22 November 2026, 15:00
//! in the Netherlands, until a test moves it.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::clock::Span;
use domain::id::DraftId;
use domain::posts::PostStatus;
use service::posts::timetable::Done;

use crate::common::browser::{Answer, Browser};
use crate::common::database::Database;
use crate::common::{NOW, RIETVOORDE, Site, TestClock};
use crate::moderation::{case_of, decide, mail, mails_to, report, status_of};

/// The key of the draft in a form.
fn concept(page: &Answer) -> String {
    let field =
        page.body.split("name=\"concept\" value=\"").nth(1).unwrap_or_else(|| panic!("no form: {page:?}"));
    let id = field.split('"').next().unwrap_or_default().to_owned();
    id.parse::<DraftId>().expect("a key");
    id
}

async fn new_form(by: &mut Browser) -> String {
    concept(&by.get("/berichten/nieuw?concept=nieuw").await)
}

fn typed<'a>(concept: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("concept", concept),
        ("draft[title]", title),
        ("draft[body]", "Neem een hark mee, dan zorgen wij voor koffie."),
        ("draft[kind]", "news"),
    ]
}

async fn keep(by: &mut Browser, concept: &str, title: &str) {
    let kept = by.script().post("/api/posts/keep-draft", &typed(concept, title)).await;
    assert_eq!((kept.status, kept.body.as_str()), (StatusCode::OK, "\u{1}"), "{kept:?}");
}

/// Plans a post for 24 November 2026, nine in the morning.
async fn plan(by: &mut Browser, title: &str) -> String {
    let id = new_form(by).await;
    let mut fields = typed(&id, title);
    fields.extend([("draft[publish_on]", "2026-11-24"), ("draft[publish_time]", "09:00")]);
    fields.push(("draft[areas][]", "lindenhoek"));
    let answer = by.post("/api/posts/create", &fields).await;
    assert_eq!(answer.location(), "/berichten?melding=gepland", "{answer:?}");
    id
}

/// Until that moment.
const UNTIL_THEN: Span = Span::hours(42);

#[tokio::test]
async fn drafts_are_on_a_list_and_each_is_opened_changed_and_published_by_itself() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    assert!(fatma.get("/account/concepten").await.body.contains("Nog niets in de maak"));
    let (first, second) = (new_form(&mut fatma).await, new_form(&mut fatma).await);
    assert_ne!(first, second);
    keep(&mut fatma, &first, "Bladeren ruimen").await;
    site.clock.advance(Span::minutes(1));
    keep(&mut fatma, &second, "Soep op vrijdag").await;

    let list = fatma.get("/account/concepten").await.body;
    let (a, b) = (list.find("Bladeren ruimen"), list.find("Soep op vrijdag"));
    assert!(a.is_some() && b < a, "the last changed comes first: {list}");
    // What was typed last is there by itself; every other by its address.
    assert_eq!(concept(&fatma.get("/berichten/nieuw").await), second);
    let opened = fatma.get(&format!("/berichten/nieuw?concept={first}")).await;
    assert!(opened.body.contains("Bladeren ruimen") && opened.body.contains("Je was al aan het schrijven"));

    let posted = fatma.post("/api/posts/create", &typed(&first, "Bladeren ruimen")).await;
    assert!(posted.location().contains("geplaatst"), "{posted:?}");
    let list = fatma.get("/account/concepten").await.body;
    assert!(!list.contains("Bladeren ruimen") && list.contains("Soep op vrijdag"));
}

#[tokio::test]
async fn a_draft_is_nobody_elses() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = new_form(&mut fatma).await;
    keep(&mut fatma, &id, "Alleen van Fatma").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    assert!(!willem.get(&format!("/berichten/nieuw?concept={id}")).await.body.contains("Alleen van Fatma"));
    assert!(!willem.get("/account/concepten").await.body.contains("Alleen van Fatma"));
    let thrown = willem.script().post("/api/drafts/throw", &[("concept", &id)]).await;
    assert_eq!(thrown.status, StatusCode::NOT_FOUND);
    keep(&mut willem, &id, "Van Willem").await;
    assert!(fatma.get("/account/concepten").await.body.contains("Alleen van Fatma"));
    assert_eq!(site.browser(RIETVOORDE).get("/account/concepten").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_was_thrown_away_can_be_taken_back() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = new_form(&mut fatma).await;
    keep(&mut fatma, &id, "Toch maar niet").await;
    let thrown = fatma.post("/api/drafts/throw", &[("concept", &id)]).await;
    let told = fatma.get(thrown.location()).await.body;
    assert!(told.contains("Een week lang kun je het terughalen") && !told.contains("Toch maar niet"));
    let back = fatma.post("/api/drafts/restore", &[("concept", &id)]).await;
    assert!(fatma.get(back.location()).await.body.contains("Toch maar niet"));
    // The same from the form itself.
    let thrown = fatma.post("/api/posts/discard-draft", &[("concept", &id)]).await;
    let form = fatma.get(thrown.location()).await;
    assert!(form.body.contains("Je tekst is weggegooid") && !form.body.contains("Toch maar niet"));
    assert_ne!(concept(&form), id);
    fatma.post("/api/drafts/restore", &[("concept", &id)]).await;
    assert!(fatma.get(&format!("/berichten/nieuw?concept={id}")).await.body.contains("Toch maar niet"));
}

#[tokio::test]
async fn twenty_drafts_are_enough_and_the_twenty_first_says_so() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let chance = crate::common::TestRandom::new();
    for number in 0..20 {
        keep(&mut fatma, &DraftId::new(NOW, &chance).to_string(), &format!("Nummer {number}")).await;
    }
    let more = DraftId::new(NOW, &chance).to_string();
    let refused = fatma.script().post("/api/posts/keep-draft", &typed(&more, "Te veel")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
    assert!(fatma.get("/account/concepten").await.body.contains("meer kan niet"));
    let member = tenant.member_by_email("fatma@example.org").await.expect("a database").expect("Fatma");
    assert_eq!(tenant.drafts(member.id).await.expect("drafts").len(), 20);
    // It can still be published.
    let posted = fatma.post("/api/posts/create", &typed(&more, "Te veel")).await;
    assert!(posted.location().contains("geplaatst"), "{posted:?}");
}

#[tokio::test]
async fn the_same_draft_sent_again_is_one_post_also_much_later() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = new_form(&mut fatma).await;
    let first = fatma.post("/api/posts/create", &typed(&id, "Een keer")).await.location().to_owned();
    site.clock.advance(Span::hours(5));
    let again = fatma.post("/api/posts/create", &typed(&id, "Een keer")).await.location().to_owned();
    assert_eq!(first, again);
    // Something else in the same window is something else.
    let other = fatma.post("/api/posts/create", &typed(&id, "Iets anders")).await.location().to_owned();
    assert!(other.contains("geplaatst") && other != first, "{other}");
}

#[tokio::test]
async fn a_planned_post_is_nowhere_before_its_moment_and_everywhere_after() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.traces().await;
    plan(&mut fatma, "Bladeren ruimen").await;
    let lists = ["/", "/berichten", "/berichten?gebied=lindenhoek", "/berichten/feed"];
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    site.clock.advance(UNTIL_THEN.less_one());
    assert_eq!(site.keep_time().await, Done::default());
    for list in lists {
        for reader in [&mut site.browser(RIETVOORDE), &mut willem] {
            assert!(!reader.get(list).await.body.contains("Bladeren ruimen"), "{list}");
        }
    }
    assert_eq!(posts_of(&site.traces().await), posts_of(&before));
    let own = fatma.get("/account/concepten").await.body;
    assert!(own.contains("Bladeren ruimen") && own.contains("dinsdag 24 november 2026 om 9.00 uur"), "{own}");

    site.clock.advance(Span(1));
    assert_eq!(site.keep_time().await, Done { published: 1, ..Done::default() });
    for list in lists {
        assert!(site.browser(RIETVOORDE).get(list).await.body.contains("Bladeren ruimen"), "{list}");
    }
    let post = site.some_post(RIETVOORDE).await;
    assert_eq!((post.published_at, post.author_name.as_str()), (NOW.plus(UNTIL_THEN), "Fatma Aydın"));
    let text = mail(&site, "fatma@example.org", "Je bericht is geplaatst").await;
    assert!(text.contains(&format!("/berichten/{}", post.id)), "{text}");
    let own = fatma.get("/account/concepten").await.body;
    assert!(own.contains("Vanzelf geplaatst") && own.contains(&format!("/berichten/{}", post.id)));
}

/// The posts of all platforms, without versions and mails.
fn posts_of(traces: &[String]) -> Vec<String> {
    traces.iter().filter(|trace| trace.contains("PostText")).cloned().collect()
}

/// One less than a span, in its smallest part.
trait LessOne {
    fn less_one(self) -> Self;
}

impl LessOne for Span {
    fn less_one(self) -> Self {
        Self(self.0 - 1)
    }
}

async fn two_processes(database: &Arc<Database>) {
    let clock = TestClock::at(NOW);
    let a = Site::with_clock(database, "", Arc::clone(&clock)).await;
    let b = Site::with_clock(database, "", Arc::clone(&clock)).await;
    let mut fatma = a.signed_in(RIETVOORDE, "fatma@example.org").await;
    for number in 1..=5 {
        plan(&mut fatma, &format!("Gepland bericht nummer {number}")).await;
    }
    clock.advance(UNTIL_THEN);
    let (first, second, third) = tokio::join!(a.keep_time(), b.keep_time(), a.keep_time());
    assert_eq!(first.published + second.published + third.published, 5);
    let tenant = b.store.on(b.platform(RIETVOORDE).await);
    let posts = tenant.recent_posts(&Default::default(), 9).await.expect("posts");
    for number in 1..=5 {
        let title = format!("Gepland bericht nummer {number}");
        assert_eq!(posts.iter().filter(|post| post.text.title == title).count(), 1, "{title}");
    }
    let told = mails_to(&a, "fatma@example.org").await;
    assert_eq!(told.iter().filter(|(subject, _)| subject.contains("Je bericht is geplaatst")).count(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_publishes_what_is_planned_on_sqlite() {
    two_processes(&Database::demo()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_publishes_what_is_planned_on_postgres() {
    if let Some(database) = Database::demo_on_postgres().await {
        two_processes(&database).await;
    }
}

#[tokio::test]
async fn a_plan_is_changed_with_the_button_not_by_typing_and_can_be_withdrawn() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = plan(&mut fatma, "Eerste versie").await;
    let typing = fatma.script().post("/api/posts/keep-draft", &typed(&id, "Halve zin")).await;
    assert_eq!(
        (typing.status, typing.body.as_str()),
        (StatusCode::OK, "\0"),
        "it is not kept, which is no error"
    );
    let form = fatma.get(&format!("/berichten/nieuw?concept={id}")).await.body;
    assert!(form.contains("Dit bericht wordt vanzelf geplaatst") && form.contains("Eerste versie"), "{form}");
    assert!(form.contains("value=\"2026-11-24\"") && form.contains("value=\"09:00\""), "{form}");

    let mut fields = typed(&id, "Tweede versie");
    fields.extend([("draft[publish_on]", "2026-11-25"), ("draft[publish_time]", "09:00")]);
    assert!(fatma.post("/api/posts/create", &fields).await.location().contains("gepland"));
    site.clock.advance(UNTIL_THEN);
    assert_eq!(site.keep_time().await, Done::default(), "it is planned for the day after");
    fatma.post("/api/drafts/withdraw", &[("concept", &id)]).await;
    site.clock.advance(Span::days(9));
    assert_eq!(site.keep_time().await, Done::default());
    let posted = fatma.post("/api/posts/create", &typed(&id, "Tweede versie")).await;
    assert!(posted.location().contains("geplaatst"), "{posted:?}");
}

#[tokio::test]
async fn a_moment_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    for (day, time, words) in [
        ("2026-11-22", "08:00", "Dit is al voorbij"),
        ("2027-03-28", "02:30", "die nacht gaat de klok vooruit"),
        ("2028-03-28", "09:00", "Dit is te ver vooruit"),
        ("overmorgen", "09:00", "Dit is geen dag of tijd"),
    ] {
        let id = new_form(&mut fatma).await;
        let mut fields = typed(&id, "Bijna goed");
        fields.extend([("draft[publish_on]", day), ("draft[publish_time]", time)]);
        let answer = fatma.post("/api/posts/create", &fields).await;
        let back = answer.location().split('#').next().unwrap_or_default().to_owned();
        let form = fatma.get(&back).await;
        assert!(form.body.contains(words) && form.body.contains("Bijna goed"), "{day} {time}: {form:?}");
        assert_eq!(concept(&form), id, "it is still the same draft");
    }
}

#[tokio::test]
async fn whoever_is_suspended_by_then_publishes_nothing_and_keeps_the_text() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    plan(&mut fatma, "Nog te plaatsen").await;
    let write = [("draft[title]", "Ruzie"), ("draft[body]", "Dit mag niet."), ("draft[kind]", "news")];
    let posted = fatma.post("/api/posts/create", &write).await;
    let path = posted.location().split('?').next().unwrap_or_default().to_owned();
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    decide(&mut willem, &case_of(&site, &path).await, "suspend", "7").await;
    site.clock.advance(UNTIL_THEN);
    assert_eq!(site.keep_time().await, Done { refused: 1, ..Done::default() });
    assert_eq!(site.keep_time().await, Done::default(), "once");
    assert!(!site.browser(RIETVOORDE).get("/berichten").await.body.contains("Nog te plaatsen"));
    let own = fatma.get("/account/concepten").await.body;
    assert!(own.contains("Nog te plaatsen") && own.contains("Dat kon niet"), "{own}");
    mail(&site, "fatma@example.org", "Je bericht is niet geplaatst").await;
}

#[tokio::test]
async fn a_planned_link_by_somebody_new_is_looked_at_first() {
    let site = Site::demo().await;
    let mut nienke = crate::newcomers::newcomer(&site).await;
    let id = new_form(&mut nienke).await;
    let fields = [
        ("concept", id.as_str()),
        ("draft[title]", "Kijk hier"),
        ("draft[body]", "Kijk op [deze site](https://winkel.example)."),
        ("draft[kind]", "news"),
        ("draft[publish_on]", "2026-11-24"),
    ];
    assert!(nienke.post("/api/posts/create", &fields).await.location().contains("gepland"));
    site.clock.advance(UNTIL_THEN);
    assert_eq!(site.keep_time().await.published, 1);
    assert!(!site.browser(RIETVOORDE).get("/berichten").await.body.contains("Kijk hier"));
    mail(&site, "nienke@example.org", "We kijken even mee met je bericht").await;
    let told = mails_to(&site, "nienke@example.org").await;
    assert!(told.iter().all(|(subject, _)| !subject.contains("Je bericht is geplaatst")));
}

#[tokio::test]
async fn an_expired_post_says_so_is_on_no_list_and_comes_back_with_one_button() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut fields = typed("", "Laatste kans");
    fields.push(("draft[expires_on]", "2026-11-23"));
    let posted = fatma.post("/api/posts/create", &fields).await;
    let path = posted.location().split('?').next().unwrap_or_default().to_owned();
    let id = path.trim_start_matches("/berichten/").to_owned();
    let lists = ["/", "/berichten", "/berichten/feed", "/sitemap.xml"];
    let on_lists = async || {
        let mut found = 0;
        for list in lists {
            let body = site.browser(RIETVOORDE).get(list).await.body;
            found += usize::from(body.contains(&path));
        }
        found
    };
    assert_eq!(on_lists().await, lists.len());
    assert!(fatma.get(&path).await.body.contains("tot en met 23 november 2026"));
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("tot en met 23 november 2026"));

    // The last day ends at midnight: thirty-three hours from now.
    site.clock.advance(Span::hours(33).less_one());
    assert_eq!(site.keep_time().await, Done::default());
    site.clock.advance(Span(1));
    assert_eq!(site.keep_time().await, Done { expired: 1, ..Done::default() });
    assert_eq!(on_lists().await, 0);
    let page = site.browser(RIETVOORDE).get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Dit bericht is verlopen") && page.body.contains("noindex"), "{}", page.body);
    assert!(!page.body.contains("/api/posts/extend"));

    let joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    assert_eq!(joris.script().post("/api/posts/extend", &[("id", &id)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(status_of(&site, &path).await, PostStatus::Expired);
    assert!(fatma.get(&path).await.body.contains("/api/posts/extend"));
    let extended = fatma.post("/api/posts/extend", &[("id", &id)]).await;
    assert!(extended.location().contains("verlengd"), "{extended:?}");
    assert_eq!(on_lists().await, lists.len());
}

#[tokio::test]
async fn what_a_browser_sends_later_by_itself_comes_once_and_under_nobody_elses_name() {
    let site = Site::demo().await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let fatma_key =
        tenant.member_by_email("fatma@example.org").await.expect("a database").expect("a member").id;
    let fatma_key = fatma_key.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = new_form(&mut fatma).await;
    let mut fields = typed(&id, "Uit de tunnel");
    fields.push(("writer", &fatma_key));

    let joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let before = site.traces().await;
    for other in [joris, site.browser(RIETVOORDE)] {
        let refused = other.script().post("/api/posts/create", &fields).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{refused:?}");
    }
    assert_eq!(site.traces().await, before);

    let first = fatma.script().post("/api/posts/create", &fields).await;
    assert!(first.status.is_success() && first.location().contains("melding=geplaatst"), "{first:?}");
    let again = fatma.script().post("/api/posts/create", &fields).await;
    assert_eq!(again.location(), first.location());
}
