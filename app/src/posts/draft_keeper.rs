//! Keeps what somebody is writing: in the browser at every key, on the server a moment later.
//!
//! Without a connection the browser's copy remains; the next time the form opens empty it is filled in
//! again.

use std::time::Duration;

use domain::posts::draft::Draft;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

use super::api::keep_draft;
use crate::texts::use_texts;

/// Where the browser keeps its copy: one for each community, since each has its own origin.
const KEY: &str = "noaber-draft";
/// How long after the last key the server hears of it.
const PAUSE: Duration = Duration::from_millis(900);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Kept,
    OnlyHere,
}

/// Watches the form with this id. Shows in words whether the text is safe.
#[component]
pub(super) fn DraftKeeper(form_id: &'static str) -> impl IntoView {
    let t = use_texts();
    let state = RwSignal::new(State::Nothing);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let Some(form) = form(form_id) else {
            return;
        };
        restore(&form);
        let typed = window_event_listener(leptos::ev::input, move |_| {
            let Some(draft) = self::form(form_id).map(|form| read(&form)) else {
                return;
            };
            remember(&draft);
            if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
                handle.clear();
            }
            let handle = set_timeout_with_handle(
                move || {
                    let draft = draft.clone();
                    leptos::task::spawn_local(async move {
                        let kept = keep_draft(draft).await.is_ok();
                        state.try_set(if kept { State::Kept } else { State::OnlyHere });
                    });
                },
                PAUSE,
            );
            waiting.try_set_value(handle.ok());
        });
        // What is sent is no draft any more; what is refused comes back with the page.
        let sent = window_event_listener(leptos::ev::submit, move |event| {
            let of_ours = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .is_some_and(|element| element.id() == form_id);
            if of_ours {
                forget();
            }
        });
        on_cleanup(move || {
            typed.remove();
            sent.remove();
        });
    });
    view! {
        <p class="meta" role="status">
            {move || match state.get() {
                State::Nothing => "",
                State::Kept => t.draft_kept,
                State::OnlyHere => t.draft_kept_here,
            }}
        </p>
    }
}

fn form(id: &str) -> Option<HtmlFormElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn remember(draft: &Draft) {
    if let (Some(storage), Ok(json)) = (storage(), leptos::serde_json::to_string(draft)) {
        let _ = storage.set_item(KEY, &json);
    }
}

fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// Fills an empty form with the browser's copy.
fn restore(form: &HtmlFormElement) {
    let shown = read(form);
    if !shown.title.is_empty() || !shown.body.is_empty() {
        return;
    }
    let kept = storage()
        .and_then(|storage| storage.get_item(KEY).ok().flatten())
        .and_then(|json| leptos::serde_json::from_str::<Draft>(&json).ok());
    if let Some(draft) = kept {
        set(form, "draft[title]", &draft.title);
        set(form, "draft[body]", &draft.body);
    }
}

fn set(form: &HtmlFormElement, name: &str, value: &str) {
    for element in named(form, name) {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(value);
        }
    }
}

fn named(form: &HtmlFormElement, name: &str) -> Vec<web_sys::Element> {
    let elements = form.elements();
    (0..elements.length())
        .filter_map(|index| elements.get_with_index(index))
        .filter(|element| element.get_attribute("name").as_deref() == Some(name))
        .collect()
}

fn read(form: &HtmlFormElement) -> Draft {
    let values = |name: &str| -> Vec<String> {
        named(form, name)
            .into_iter()
            .filter_map(|element| {
                if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                    let choice = matches!(input.type_().as_str(), "checkbox" | "radio");
                    return (!choice || input.checked()).then(|| input.value());
                }
                if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                    return Some(area.value());
                }
                element.dyn_ref::<web_sys::HtmlSelectElement>().map(web_sys::HtmlSelectElement::value)
            })
            .collect()
    };
    let one = |name: &str| values(name).into_iter().next().unwrap_or_default();
    Draft {
        title: one("draft[title]"),
        body: one("draft[body]"),
        kind: one("draft[kind]"),
        topic: one("draft[topic]"),
        areas: values("draft[areas][]"),
        scene: one("draft[scene]"),
        scene_alt: one("draft[scene_alt]"),
        on_behalf_of: one("draft[on_behalf_of]"),
        consent: !values("draft[consent]").is_empty(),
    }
}
