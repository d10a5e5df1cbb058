//! Every server function, times every role, times own, other and other platform's things
//! (TRUST 15). A function that is in no list here makes a test fail.

use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;

/// Anyone may call these; what they give is public, or only the caller's own.
const FOR_ALL: [&str; 34] = [
    "/api/activities/agenda",
    // By the secret of a mail, or one's own; see `registration.rs`.
    "/api/activities/cancel-registration",
    "/api/activities/change-registration",
    "/api/activities/confirm-registration",
    "/api/activities/own-registration",
    "/api/activities/poster",
    "/api/activities/register",
    "/api/activities/register-form",
    "/api/activities/set-reminders",
    "/api/activities/show",
    "/api/comments/show",
    // In the demo only; see below.
    "/api/demo/outbox",
    "/api/info/text",
    "/api/initiatives/show",
    "/api/members/form",
    "/api/members/join",
    "/api/photos/large",
    "/api/posts/home",
    "/api/posts/list",
    "/api/posts/show",
    "/api/reports/form",
    "/api/reports/give",
    "/api/search/find",
    "/api/second-factor/step",
    "/api/sign-in/ask",
    "/api/sign-in/code",
    "/api/sign-in/code-form",
    "/api/sign-in/form",
    "/api/sign-in/link",
    "/api/sign-in/link-works",
    "/api/sign-in/password",
    "/api/moderation/appeal-notice",
    "/api/moderation/figures",
    "/api/moderation/follow",
];

/// Somebody must be signed in, or half-way.
const FOR_MEMBERS: [&str; 40] = [
    "/api/activities/create",
    "/api/activities/end-calendar",
    "/api/activities/first",
    "/api/activities/first-form",
    "/api/activities/form",
    "/api/activities/new-calendar",
    "/api/activities/own-agenda",
    "/api/account/end-others",
    "/api/account/end-session",
    "/api/account/password",
    "/api/account/profile",
    "/api/account/sign-out",
    "/api/account/view",
    "/api/comments/create",
    "/api/comments/edit",
    "/api/comments/for-you",
    "/api/comments/remove",
    "/api/comments/restore",
    "/api/comments/thank",
    "/api/initiatives/answer",
    "/api/initiatives/join",
    "/api/initiatives/leave",
    "/api/drafts/list",
    "/api/drafts/restore",
    "/api/drafts/throw",
    "/api/drafts/withdraw",
    "/api/posts/create",
    "/api/posts/discard-draft",
    "/api/posts/keep-draft",
    "/api/posts/preview",
    "/api/posts/write-form",
    "/api/proposals/own",
    "/api/templates/begin",
    "/api/templates/form",
    "/api/second-factor/confirm",
    "/api/second-factor/off",
    "/api/sign-in/second-factor",
    "/api/moderation/appeal",
    "/api/moderation/own",
    "/api/moderation/own-case",
];

/// The author, and connectors of the place; of an initiative its team too, see `initiatives.rs`; of an activity see
/// `activities.rs`.
pub const FOR_EDITORS: [&str; 35] = [
    "/api/activities/cancel",
    "/api/activities/cancel-for",
    "/api/activities/change",
    "/api/activities/change-for",
    "/api/activities/check-in",
    "/api/activities/conflict",
    "/api/activities/message-to-all",
    "/api/activities/people",
    "/api/activities/put-on-list",
    "/api/activities/history",
    "/api/activities/remove",
    "/api/activities/restore",
    "/api/activities/restore-version",
    "/api/activities/save",
    "/api/activities/time",
    "/api/comments/set-closed",
    "/api/initiatives/drop-need",
    "/api/initiatives/need",
    "/api/initiatives/place",
    "/api/initiatives/plan",
    "/api/initiatives/take-back",
    "/api/initiatives/team",
    "/api/initiatives/tell",
    "/api/photos/album",
    "/api/photos/arrange",
    "/api/posts/conflict",
    "/api/posts/edit",
    "/api/posts/extend",
    "/api/posts/history",
    "/api/posts/last-day",
    "/api/posts/last-day-form",
    "/api/posts/pin",
    "/api/posts/remove",
    "/api/posts/restore",
    "/api/posts/restore-version",
];

/// Supporters within their scope, who may not change it themselves; see `desk.rs`.
const FOR_SUPPORTERS: [&str; 2] = ["/api/proposals/form", "/api/proposals/send"];

/// Connectors: see `desk.rs` for what each may, and `sources.rs` for calendars, which others see to as well.
const FOR_DESKS: [&str; 14] = [
    "/api/bulk/change",
    "/api/bulk/show",
    "/api/proposals/accept",
    "/api/proposals/decline",
    "/api/proposals/list",
    "/api/proposals/show",
    "/api/sources/change-form",
    "/api/sources/form",
    "/api/sources/list",
    "/api/sources/read",
    "/api/sources/remove",
    "/api/sources/restore",
    "/api/sources/save",
    "/api/sources/show",
];

/// Connectors, each in their own places; see `moderation.rs` for one's own content and appeals.
pub const FOR_MODERATORS: [&str; 5] = [
    "/api/moderation/answer",
    "/api/moderation/begin",
    "/api/moderation/case",
    "/api/moderation/decide",
    "/api/moderation/queue",
];

/// A form with every field that any of them asks for.
fn fields(post: &str) -> Vec<(&'static str, String)> {
    vec![
        ("id", post.to_owned()),
        ("post", post.to_owned()),
        ("body", "Dit hoort hier niet te staan".into()),
        ("thanks", "true".into()),
        ("closed", "true".into()),
        ("part", "titel".into()),
        ("edit[title]", "Overgenomen door een ander".into()),
        ("edit[version]", "1".into()),
        ("edit[reason]", String::new()),
        ("album[version]", "1".into()),
        ("number", "1".into()),
        ("version", "1".into()),
        ("on", "1".into()),
        ("on_top", "true".into()),
        ("draft[title]", "Overgenomen door een ander".into()),
        ("draft[body]", "Dit hoort hier niet te staan".into()),
        ("draft[kind]", "news".into()),
        ("naam", "verhaal".into()),
        ("answers[one]", "Een titel".into()),
        ("concept", "0198c0de-0000-7000-8000-00000000c0de".into()),
        ("profile[version]", "1".into()),
        ("profile[name]", "Iemand Anders".into()),
        ("old", "een lang wachtwoord".into()),
        ("new", "nog een lang wachtwoord".into()),
        ("code", "123456".into()),
        ("text", "x".into()),
        ("edition", "1".into()),
        ("query[gebied]", String::new()),
        ("at", "2026-12-01T10:00".into()),
        ("cancelled", "true".into()),
        ("time[day]", "2026-12-02".into()),
        ("draft[when][day]", "2026-12-02".into()),
        ("draft[when][from]", "10:00".into()),
        ("act", "invite".into()),
        ("member", "0198c0de-0000-7000-8000-000000000000".into()),
        ("need", "0198c0de-0000-7000-8000-000000000000".into()),
        ("update", "0198c0de-0000-7000-8000-000000000000".into()),
        ("plan[stage]", "busy".into()),
        ("wish[kind]", "hands".into()),
        ("wish[label]", "Handen".into()),
        ("wish[wanted]", "3".into()),
        ("token", "geen-geldige-link".into()),
        ("decision[version]", "1".into()),
        ("decision[kind]", "remove".into()),
        ("decision[facts]", "Dit halen we zomaar weg.".into()),
        ("decision[ground]", "law".into()),
        ("decision[rule]", "artikel 1".into()),
        ("reply[version]", "1".into()),
        ("reply[outcome]", "overturned".into()),
        ("reply[reasons]", "Dit zetten we zomaar terug.".into()),
        ("appeal[message]", "Hier ben ik het niet mee eens.".into()),
        // Fields that no form has (CVE-2026-28219).
        ("draft[author]", "0198c0de-0000-7000-8000-000000000000".into()),
        ("draft[pinned_until]", "9999999999999".into()),
        ("draft[official]", "true".into()),
        ("platform", "puurveenzicht".into()),
        ("role", "operator".into()),
    ]
}

pub async fn call(browser: &Browser, path: &str, post: &str) -> (StatusCode, String) {
    let owned = fields(post);
    let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.script().post(path, &fields).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn every_server_function_is_in_one_of_the_lists() {
    let mut listed: Vec<&str> = FOR_ALL
        .into_iter()
        .chain(FOR_MEMBERS)
        .chain(FOR_EDITORS)
        .chain(FOR_MODERATORS)
        .chain(FOR_SUPPORTERS)
        .chain(FOR_DESKS)
        .collect();
    let mut registered: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    listed.sort_unstable();
    registered.sort_unstable();
    assert_eq!(registered, listed, "say here who may call a new server function");
}

#[tokio::test]
async fn a_visitor_and_a_session_of_another_platform_may_change_nothing() {
    let site = Site::demo().await;
    let visitor = site.browser(RIETVOORDE);
    // A connector there, with a session that is nothing here (CVE-2026-45414).
    let mut foreign = site.browser(RIETVOORDE);
    foreign.cookies = site.signed_in(VEENZICHT, "geert@example.org").await.cookies;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let before = site.traces().await;
    for browser in [visitor, foreign] {
        let all = FOR_MEMBERS.into_iter().chain(FOR_EDITORS).chain(FOR_MODERATORS);
        for path in all.chain(FOR_SUPPORTERS).chain(FOR_DESKS) {
            let (status, body) = call(&browser, path, &post).await;
            let refused = match path {
                // Without a session there is nothing to sign out of, or to go on with.
                "/api/account/sign-out" => true,
                _ => {
                    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
                }
            };
            assert!(refused, "{path}: {status} {body}");
            assert!(!body.contains("example.org"), "{path}: {body}");
        }
    }
    assert_eq!(site.traces().await, before);
}
