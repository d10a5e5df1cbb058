//! Messages of the moment.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::{use_location, use_query_map};
use web_sys::HtmlFormElement;

use crate::comments::api::RestoreComment;
use crate::members::api::SignOut;
use crate::posts::api::RestorePost;
use crate::posts::{FORM as WRITE_FORM, WHAT as POST};
use crate::texts::{Texts, use_texts};
use crate::ui::{FormCopy, Icon, Toast, forget_all};

/// A server function that only the server has.
const RESTORE_DRAFT: &str = "/api/drafts/restore";

/// What just happened, told once by the address of the page that followed. Only known messages
/// are shown; the address cannot put words in our mouth.
#[component]
pub(crate) fn PageToast() -> impl IntoView {
    let t = use_texts();
    let query = use_query_map();
    let location = use_location();
    let message = Memo::new(move |_| query.with(|query| query.get("melding").unwrap_or_default()));
    let subject = Memo::new(move |_| query.with(|query| query.get("bericht").unwrap_or_default()));
    let held = Memo::new(move |_| query.with(|query| query.get("wacht").is_some()));
    let draft = FormCopy::new(WRITE_FORM, POST);
    let sent = draft.clone();
    Effect::new(move |_| {
        if matches!(message.get().as_str(), "geplaatst" | "gepland") {
            sent.forget_sent();
        }
    });
    // What is sent is no draft once it has arrived, and whoever leaves leaves nothing behind. An address alone, which
    // anybody can send to somebody, does neither.
    Effect::new(move |_| {
        let draft = draft.clone();
        let listener = window_event_listener(leptos::ev::submit, move |event| {
            let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
            let Some(form) = form else { return };
            // By attribute: `form.id` is the field called `id` where a form has one.
            if form.get_attribute("action").as_deref() == Some(SignOut::PATH) {
                forget_all();
            } else if form.get_attribute("id").as_deref() == Some(WRITE_FORM) {
                draft.remember_sent();
            }
        });
        on_cleanup(move || listener.remove());
    });
    move || {
        let word = message.get();
        let text = told(t, &word, held.get())?;
        let part = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        let subject = subject.get();
        let is_post = subject.parse::<domain::id::PostId>().is_ok();
        let (thrown, comment) = (part("weg"), part("reactie"));
        let post = || location.pathname.with(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
        let more = match word.as_str() {
            "verwijderd" if is_post => Some(undo(t, RestorePost::PATH, vec![("id", subject)])),
            "weggegooid" if thrown.parse::<domain::id::DraftId>().is_ok() => {
                Some(undo(t, RESTORE_DRAFT, vec![("concept", thrown)]))
            }
            "reactie-weg" if comment.parse::<domain::id::CommentId>().is_ok() => {
                Some(undo(t, RestoreComment::PATH, vec![("post", post()), ("id", comment)]))
            }
            "gepland" => Some(way("/account/concepten".to_owned(), t.drafts_title)),
            "bewaard" if is_post => Some(way(format!("/berichten/{subject}/geschiedenis"), t.see_changes)),
            "gemeld" => follow_link(&part("volg"), t),
            _ => None,
        };
        Some(view! { <Toast text=text>{more}</Toast> })
    }
}

/// What happened, in a sentence; `None` for a word that is none of ours.
fn told(t: &'static Texts, word: &str, held: bool) -> Option<&'static str> {
    Some(match word {
        "geplaatst" if held => t.toast_held,
        "geplaatst" => t.toast_published,
        "gepland" => t.toast_planned,
        "voorgesteld" => t.toast_proposed,
        "verlengd" => t.toast_extended,
        "besloten" => t.toast_decided,
        "bezwaar" => t.toast_objected,
        "bewaard" => t.toast_saved,
        "ongewijzigd" => t.toast_unchanged,
        "verwijderd" => t.toast_removed,
        "weggegooid" => t.toast_discarded,
        "teruggezet" => t.toast_restored,
        "vastgezet" => t.toast_pinned,
        "losgelaten" => t.toast_unpinned,
        "welkom" => t.toast_welcome,
        "aangemeld" => t.toast_signed_in,
        "afgemeld" => t.toast_signed_out,
        "gemeld" => t.toast_reported,
        "wachtwoord" => t.toast_password,
        "sessies" => t.toast_sessions,
        "reactie-geplaatst" => t.toast_comment,
        "reactie-weg" => t.toast_comment_removed,
        "reacties-dicht" => t.toast_comments_closed,
        "reacties-open" => t.toast_comments_open,
        "mislukt" => t.fault_trouble,
        _ => return None,
    })
}

/// The way back, in one button.
fn undo(t: &'static Texts, action: &'static str, fields: Vec<(&'static str, String)>) -> AnyView {
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="post" action=action>
            {fields}
            <button class="toast__button">
                <Icon name="arrow-back-up"/>
                {t.undo}
            </button>
        </form>
    }
    .into_any()
}

/// The way on.
fn way(href: String, label: &'static str) -> AnyView {
    view! {
        <a class="toast__button" href=href>
            {label}
        </a>
    }
    .into_any()
}

/// The way to one's own notice.
fn follow_link(token: &str, t: &'static Texts) -> Option<AnyView> {
    let is_token =
        token.len() == 43 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_token.then(|| way(format!("/melding/{token}"), t.report_follow))
}
