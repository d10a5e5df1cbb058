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
    let follow = Memo::new(move |_| query.with(|query| query.get("volg").unwrap_or_default()));
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
        let text = match message.get().as_str() {
            "geplaatst" if held.get() => t.toast_held,
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
        };
        let undo = (message.get() == "verwijderd" && subject.get().parse::<domain::id::PostId>().is_ok())
            .then(|| {
                view! {
                    <form method="post" action=RestorePost::PATH>
                        <input type="hidden" name="id" value=subject.get()/>
                        <button class="toast__button">
                            <Icon name="arrow-back-up"/>
                            {t.undo}
                        </button>
                    </form>
                }
            });
        let thrown = query.with(|query| query.get("weg").unwrap_or_default());
        let undo_discard = (message.get() == "weggegooid" && thrown.parse::<domain::id::DraftId>().is_ok())
            .then(|| {
                view! {
                    <form method="post" action=RESTORE_DRAFT>
                        <input type="hidden" name="concept" value=thrown/>
                        <button class="toast__button">
                            <Icon name="arrow-back-up"/>
                            {t.undo}
                        </button>
                    </form>
                }
            });
        let drafts = (message.get() == "gepland").then(|| {
            view! {
                <a class="toast__button" href="/account/concepten">
                    {t.drafts_title}
                </a>
            }
        });
        let comment = query.with(|query| query.get("reactie").unwrap_or_default());
        let undo_comment = (message.get() == "reactie-weg"
            && comment.parse::<domain::id::CommentId>().is_ok())
        .then(|| {
            let post = location.pathname.with(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
            view! {
                <form method="post" action=RestoreComment::PATH>
                    <input type="hidden" name="post" value=post/>
                    <input type="hidden" name="id" value=comment/>
                    <button class="toast__button">
                        <Icon name="arrow-back-up"/>
                        {t.undo}
                    </button>
                </form>
            }
        });
        let changes = (message.get() == "bewaard" && subject.get().parse::<domain::id::PostId>().is_ok())
            .then(|| {
                view! {
                    <a class="toast__button" href=format!("/berichten/{}/geschiedenis", subject.get())>
                        <Icon name="history"/>
                        {t.see_changes}
                    </a>
                }
            });
        let reported = (message.get() == "gemeld").then(|| follow_link(&follow.get(), t));
        Some(
            view! { <Toast text=text>{undo} {undo_comment} {undo_discard} {drafts} {changes} {reported}</Toast> },
        )
    }
}

/// The way to one's own notice.
fn follow_link(token: &str, t: &'static Texts) -> Option<impl IntoView + use<>> {
    let is_token =
        token.len() == 43 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_token.then(|| {
        view! {
            <a class="toast__button" href=format!("/melding/{token}")>
                {t.report_follow}
            </a>
        }
    })
}
