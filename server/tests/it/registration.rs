//! Registering for activities: with and without an account, from the mail, for who organises it, and by the clock.
//! Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::activities::{id, planned_as, with};
use crate::activity_cases::case_of;
use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{decide, mail, mails_to};

pub const AT: &str = "2026-12-01T10:00";

/// Fatma's activity with room for `capacity`, and one guest each.
pub async fn with_room(site: &Site, capacity: &'static str) -> (Browser, String) {
    let fields = [
        ("draft[registration][on]", "true"),
        ("draft[registration][capacity]", capacity),
        ("draft[registration][guests]", "1"),
        ("draft[registration][questions][]", "Eet je vlees?"),
    ];
    planned_as(site, &with(&fields)).await
}

pub fn at<'a>(path: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("id", id(path)), ("at", AT)];
    fields.extend_from_slice(more);
    fields
}

pub async fn register(browser: &mut Browser, path: &str, more: &[(&str, &str)]) -> Answer {
    browser.post("/api/activities/register", &at(path, more)).await
}

/// What stands on the page of that time.
pub async fn shown(browser: &mut Browser, path: &str, page: &str) -> String {
    let answer = browser.get(&format!("{path}{page}?keer={AT}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body
}

/// The path of the link in a mail.
pub fn link(text: &str) -> String {
    let start = text.find("/inschrijving/").unwrap_or_else(|| panic!("no link in {text}"));
    text[start..].split_whitespace().next().unwrap_or_default().to_owned()
}

pub fn token(link: &str) -> &str {
    link.trim_start_matches("/inschrijving/")
}

/// The key of somebody's registration, as the page of the organiser has it.
pub fn key_of(page: &str, name: &str) -> String {
    let upto = page.find(&format!("<strong>{name}")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let start = page[..upto].rfind("id=\"wie-").expect("a line") + "id=\"wie-".len();
    page[start..start + 36].to_owned()
}

#[tokio::test]
async fn a_member_registers_changes_and_cancels() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "3").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    assert!(shown(&mut joris, &path, "").await.contains("Nog 3 van de 3 plekken vrij."));
    let form = shown(&mut joris, &path, "/inschrijven").await;
    assert!(form.contains("Eet je vlees?") && form.contains("Je schrijft je in als Joris"), "{form}");
    let done = register(&mut joris, &path, &[("draft[guests]", "1"), ("draft[answers][]", "Nee")]).await;
    assert_eq!(done.location(), format!("{path}/inschrijven?keer={AT}"));
    let own = shown(&mut joris, &path, "/inschrijven").await;
    assert!(own.contains("Je bent ingeschreven.") && own.contains("Nee"), "{own}");
    assert!(shown(&mut joris, &path, "").await.contains("Nog 1 van de 3 plekken vrij."));
    // A second click is no second registration.
    register(&mut joris, &path, &[]).await;
    assert!(shown(&mut joris, &path, "").await.contains("Nog 1 van de 3 plekken vrij."));
    let text = mail(&site, "joris@example.org", "Je bent ingeschreven").await;
    assert!(text.contains("Breien & <haken>") && text.contains("Zaal 3"), "{text}");
    let own_key = |page: &str| {
        let start = page.find("name=\"registration\" value=\"").expect("a key") + 27;
        page[start..start + 36].to_owned()
    };
    let key = own_key(&own);
    let change = [("activity", id(&path)), ("registration", &key), ("version", "2"), ("at", AT)];
    let fewer = [&change[..], &[("draft[guests]", ""), ("draft[answers][]", "Ja")]].concat();
    joris.post("/api/activities/change-registration", &fewer).await;
    assert!(shown(&mut joris, &path, "").await.contains("Nog 2 van de 3 plekken vrij."));
    // On the version from before, nothing is changed, and nothing is lost.
    let stale = joris.post("/api/activities/change-registration", &fewer).await;
    let again = joris.get(stale.location().split('#').next().unwrap_or_default()).await;
    assert!(again.body.contains("Iemand heeft dit ondertussen veranderd"), "{again:?}");
    joris.post("/api/activities/cancel-registration", &change).await;
    assert!(shown(&mut joris, &path, "").await.contains("Nog 3 van de 3 plekken vrij."));
    mail(&site, "joris@example.org", "Je bent afgemeld").await;
}

#[tokio::test]
async fn who_has_no_account_confirms_by_mail_and_until_then_a_seat_is_kept() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "1").await;
    let mut visitor = site.browser(RIETVOORDE);
    let typed = [("draft[name]", "Truus Visser"), ("draft[email]", "truus@example.org")];
    let done = register(&mut visitor, &path, &typed).await;
    assert!(done.location().ends_with("klaar=mail"), "{done:?}");
    let page = visitor.get(done.location()).await.body;
    assert!(page.contains("Kijk nu in je mail") && page.contains("30 minuten"), "{page}");
    assert!(shown(&mut visitor, &path, "").await.contains("Alle plekken zijn bezet."));
    let first = link(&mail(&site, "truus@example.org", "Bevestig je inschrijving").await);
    // Looking confirms nothing; only the button does.
    let look = visitor.get(&first).await;
    assert!(look.body.contains("Bevestig dat ik kom") && look.body.contains("noindex"), "{look:?}");
    assert_eq!(look.header("cache-control"), "private, no-store");
    let look = visitor.get(&first).await;
    assert!(look.body.contains("Bevestig dat ik kom"));
    visitor.post("/api/activities/confirm-registration", &[("token", token(&first))]).await;
    assert!(visitor.get(&first).await.body.contains("Je bent ingeschreven."));
    mail(&site, "truus@example.org", "Je bent ingeschreven").await;
    // Others hear nothing of it: the same answer for an address that is on the list.
    let again = register(&mut visitor, &path, &typed).await;
    assert_eq!(again.location(), done.location());
    mail(&site, "truus@example.org", "Je bent al ingeschreven").await;
    // And they cancel from the mail.
    let fields = [("activity", id(&path)), ("registration", ""), ("token", token(&first))];
    visitor.post("/api/activities/cancel-registration", &fields).await;
    assert!(visitor.get(&first).await.body.contains("Je bent afgemeld."));
    assert!(shown(&mut visitor, &path, "").await.contains("Nog 1 van de 1 plekken vrij."));
}

#[tokio::test]
async fn a_seat_that_nobody_confirms_goes_to_who_waits() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "1").await;
    let mut visitor = site.browser(RIETVOORDE);
    let typed = [("draft[name]", "Truus Visser"), ("draft[email]", "truus@example.org")];
    register(&mut visitor, &path, &typed).await;
    let late = link(&mail(&site, "truus@example.org", "Bevestig je inschrijving").await);
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    assert!(shown(&mut joris, &path, "").await.contains("Je staat op de wachtlijst. Je nummer is 1."));
    assert!(mail(&site, "joris@example.org", "Je staat op de wachtlijst").await.contains("wachtlijst: 1"));
    assert_eq!(site.keep_registrations().await.promoted, 0);
    site.clock.advance(Span::minutes(31));
    assert_eq!(site.keep_registrations().await.promoted, 1);
    assert_eq!(site.keep_registrations().await.promoted, 0, "once");
    assert!(shown(&mut joris, &path, "").await.contains("Je bent ingeschreven."));
    mail(&site, "joris@example.org", "Er is een plek voor je").await;
    // The link of the first one leads nowhere any more.
    assert_eq!(visitor.get(&late).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_organiser_and_connectors_of_the_place_see_who_comes() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[("draft[answers][]", "=HYPERLINK(\"http://x.example\")")]).await;
    let list = format!("{path}/deelnemers?keer={AT}");
    let sheet = format!("{path}/deelnemers.csv?keer={AT}");
    for (host, email, status) in [
        (RIETVOORDE, "", StatusCode::UNAUTHORIZED),
        (RIETVOORDE, "ingrid@example.org", StatusCode::FORBIDDEN),
        (VEENZICHT, "geert@example.org", StatusCode::NOT_FOUND),
    ] {
        let mut browser =
            if email.is_empty() { site.browser(host) } else { site.signed_in(host, email).await };
        assert_eq!(browser.script().get(&sheet).await.status, status, "{email}");
        let page = browser.get(&list).await;
        assert_ne!(page.status, StatusCode::OK, "{email}");
        assert!(!page.body.contains("HYPERLINK"));
        for what in ["check-in", "cancel-for", "message-to-all"] {
            let fields = at(&path, &[("who", id(&path)), ("came", "true"), ("text", "Hallo allemaal")]);
            let answer = browser.script().post(&format!("/api/activities/{what}"), &fields).await;
            assert_eq!(answer.status, status, "{email} {what}");
        }
    }
    let page = fatma.get(&list).await;
    assert!(page.body.contains("Joris") && !page.body.contains("joris@example.org"), "{page:?}");
    let table = fatma.get(&sheet).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    // No cell is a formula, whoever typed it.
    assert!(table.body.contains("\"'=HYPERLINK(\"\"http://x.example\"\")\""), "{table:?}");
    assert!(!table.body.contains("joris@example.org"), "no address leaves the house: {table:?}");
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    assert_eq!(aicha.get(&list).await.status, StatusCode::OK, "a connector of its place");
}

#[tokio::test]
async fn the_organiser_notes_who_is_there_takes_somebody_off_and_writes_to_all() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "1").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    register(&mut joris, &path, &[]).await;
    register(&mut ingrid, &path, &[]).await;
    let page = shown(&mut fatma, &path, "/deelnemers").await;
    let (first, second) = (key_of(&page, "Joris Hendriks"), key_of(&page, "Ingrid van Dalen"));
    fatma.post("/api/activities/check-in", &at(&path, &[("who", &first), ("came", "true")])).await;
    assert!(shown(&mut fatma, &path, "/deelnemers").await.contains("Aanwezig"));
    // Who waits has no seat to be on.
    let waits = at(&path, &[("who", &second), ("came", "true")]);
    assert_eq!(fatma.script().post("/api/activities/check-in", &waits).await.status, StatusCode::NOT_FOUND);
    let empty = fatma.post("/api/activities/message-to-all", &at(&path, &[("text", " ")])).await;
    assert!(empty.location().contains("flash="), "{empty:?}");
    fatma.post("/api/activities/message-to-all", &at(&path, &[("text", "Neem een kussen mee.")])).await;
    for email in ["joris@example.org", "ingrid@example.org"] {
        let text = mail(&site, email, "Bericht over een activiteit waar je heen gaat").await;
        assert!(text.contains("Neem een kussen mee.") && text.contains("Fatma"), "{text}");
    }
    fatma.post("/api/activities/cancel-for", &at(&path, &[("who", &first)])).await;
    assert!(mail(&site, "joris@example.org", "Je bent afgemeld").await.contains("organisator"));
    mail(&site, "ingrid@example.org", "Er is een plek voor je").await;
    assert!(shown(&mut ingrid, &path, "").await.contains("Je bent ingeschreven."));
}

#[tokio::test]
async fn when_a_time_moves_is_cancelled_or_goes_who_registered_goes_along_and_is_told() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let mails = async |subject: &str| {
        let all = mails_to(&site, "joris@example.org").await;
        all.iter().filter(|(one, _)| one == subject).count()
    };
    let time = |version, from| {
        let fields =
            [("version", version), ("time[day]", "2026-12-01"), ("time[from]", from), ("time[to]", "13:00")];
        at(&path, &fields)
    };
    fatma.post("/api/activities/time", &time("1", "11:00")).await;
    assert!(mail(&site, "joris@example.org", "Er is iets veranderd").await.contains("11.00"));
    let cancel = |version, cancelled| at(&path, &[("version", version), ("cancelled", cancelled)]);
    fatma.post("/api/activities/cancel", &cancel("2", "true")).await;
    assert_eq!(mails("Het gaat niet door").await, 1);
    fatma.post("/api/activities/cancel", &cancel("3", "false")).await;
    assert_eq!(mails("Het gaat toch door").await, 1);
    // All times an hour later: the same day, another name, the same people.
    let mut later = with(&[
        ("draft[registration][on]", "true"),
        ("draft[registration][capacity]", "2"),
        ("draft[when][from]", "15:00"),
        ("draft[when][to]", "17:00"),
    ]);
    later.extend([("id", id(&path)), ("version", "4"), ("scope", "alles")]);
    let saved = fatma.post("/api/activities/save", &later).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
    let now = joris.get(&format!("{path}?keer=2026-12-01T15:00")).await.body;
    assert!(now.contains("Je bent ingeschreven."), "{now}");
    // From the second one on, another activity; the first stays, and so do those who come to it.
    let mut cut = later.clone();
    cut.retain(|(name, _)| !["version", "scope", "draft[when][day]"].contains(name));
    cut.extend([
        ("version", "5"),
        ("scope", "vanaf"),
        ("at", "2026-12-08T15:00"),
        ("draft[when][day]", "2026-12-08"),
    ]);
    let other = crate::activities::path(&fatma.post("/api/activities/save", &cut).await);
    assert_ne!(other, path);
    assert!(joris.get(&format!("{path}?keer=2026-12-01T15:00")).await.body.contains("Je bent ingeschreven."));
    fatma.post("/api/activities/remove", &[("id", id(&path))]).await;
    assert_eq!(mails("Het gaat niet door").await, 2);
    fatma.post("/api/activities/restore", &[("id", id(&path))]).await;
    assert_eq!(mails("Het gaat toch door").await, 2);
}

#[tokio::test]
async fn more_room_lets_in_who_waits_and_what_it_is_for_stays_when_people_registered() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "1").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    register(&mut joris, &path, &[]).await;
    register(&mut ingrid, &path, &[]).await;
    let mut more = with(&[
        ("draft[registration][on]", "true"),
        ("draft[registration][capacity]", "5"),
        ("draft[registration][whole]", "true"),
    ]);
    more.extend([("id", id(&path)), ("version", "1"), ("scope", "alles")]);
    fatma.post("/api/activities/save", &more).await;
    mail(&site, "ingrid@example.org", "Er is een plek voor je").await;
    assert!(shown(&mut ingrid, &path, "").await.contains("Je bent ingeschreven."));
    assert!(!shown(&mut ingrid, &path, "").await.contains("alle keren samen"));
    let form = fatma.get(&format!("{path}/bewerken?wat=alles")).await.body;
    assert!(form.contains("Er zijn al mensen ingeschreven."), "{form}");
}

#[tokio::test]
async fn it_closes_when_its_organiser_says_and_nothing_typed_is_lost() {
    let site = Site::demo().await;
    let fields = [("draft[registration][on]", "true"), ("draft[registration][closes]", "48")];
    let (_, path) = planned_as(&site, &with(&fields)).await;
    let mut visitor = site.browser(RIETVOORDE);
    assert!(shown(&mut visitor, &path, "").await.contains("Inschrijven kan tot"));
    let wrong = [("draft[name]", "Truus Visser"), ("draft[email]", "truus")];
    let answer = register(&mut visitor, &path, &wrong).await;
    let back = visitor.get(answer.location().split('#').next().unwrap_or_default()).await.body;
    assert!(back.contains("value=\"Truus Visser\"") && back.contains("value=\"truus\""), "{back}");
    let now = domain::clock::Clock::now(site.clock.as_ref());
    let begins = calendar::zone::moment(calendar::local(AT).expect("a time"));
    site.clock.advance(Span(begins.0 - now.0 - Span::hours(47).0));
    assert!(shown(&mut visitor, &path, "").await.contains("Inschrijven kan niet meer."));
    let typed = [("draft[name]", "Truus Visser"), ("draft[email]", "truus@example.org")];
    let late = register(&mut visitor, &path, &typed).await;
    assert!(late.location().contains("flash="), "{late:?}");
    assert!(mails_to(&site, "truus@example.org").await.is_empty());
}

#[tokio::test]
async fn an_address_gets_no_more_mails_than_it_should_and_programs_none() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "").await;
    let mut visitor = site.browser(RIETVOORDE);
    for _ in 0..8 {
        let typed = [("draft[name]", "Truus Visser"), ("draft[email]", "truus@example.org")];
        let done = register(&mut visitor, &path, &typed).await;
        assert!(done.location().ends_with("klaar=mail"), "{done:?}");
    }
    assert_eq!(mails_to(&site, "truus@example.org").await.len(), 4);
    let program =
        [("draft[name]", "Bot"), ("draft[email]", "bot@example.org"), ("sieve[website]", "http://x.example")];
    let done = register(&mut visitor, &path, &program).await;
    assert!(done.location().ends_with("klaar=mail"), "{done:?}");
    assert!(mails_to(&site, "bot@example.org").await.is_empty());
}

#[tokio::test]
async fn pages_of_registering_need_no_more_than_six_queries() {
    let site = Site::with("diagnostics = true").await;
    let (mut fatma, path) = with_room(&site, "3").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let token = link(&mail(&site, "joris@example.org", "Je bent ingeschreven").await);
    for (by_fatma, page) in [
        (false, path.clone()),
        (true, format!("{path}/deelnemers")),
        (true, format!("{path}/inschrijven")),
        (false, format!("{path}/inschrijven")),
        (false, token),
    ] {
        let browser = if by_fatma { &mut fatma } else { &mut joris };
        site.clock.advance(Span::minutes(2));
        let answer = browser.get(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let queries: u32 = answer.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{page}: {queries}");
    }
}

#[tokio::test]
async fn who_registered_hears_of_it_when_a_moderator_takes_it_away_and_when_it_comes_back() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    willem.post("/api/moderation/begin", &[("id", id(&path)), ("activity", "true")]).await;
    let case = case_of(&site, &path).await;
    decide(&mut willem, &case, "remove", "").await;
    mail(&site, "joris@example.org", "Het gaat niet door").await;
    let key = case.id.to_string();
    let object = [("id", key.as_str()), ("appeal[message]", "Het is mijn eigen nummer.")];
    fatma.post("/api/moderation/appeal", &object).await;
    let version = case_of(&site, &path).await.version.to_string();
    let reply = [
        ("id", key.as_str()),
        ("reply[version]", version.as_str()),
        ("reply[outcome]", "overturned"),
        ("reply[reasons]", "Je eigen nummer mag."),
    ];
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    aicha.post("/api/moderation/answer", &reply).await;
    mail(&site, "joris@example.org", "Het gaat toch door").await;
    assert!(shown(&mut joris, &path, "").await.contains("Je bent ingeschreven."));
}

#[tokio::test]
async fn an_earlier_version_that_comes_back_takes_who_registered_along() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    fatma.post("/api/activities/cancel", &at(&path, &[("version", "1"), ("cancelled", "true")])).await;
    mail(&site, "joris@example.org", "Het gaat niet door").await;
    let back = [("id", id(&path)), ("version", "1"), ("on", "2")];
    let done = fatma.post("/api/activities/restore-version", &back).await;
    assert!(!done.location().contains("flash="), "{done:?}");
    mail(&site, "joris@example.org", "Het gaat toch door").await;
}
