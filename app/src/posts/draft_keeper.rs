//! Keeps the post that somebody is writing: in the browser at every key, on the server a moment later.
//!
//! What the server has is thrown away in the browser; what is there when the form opens was never sent.

use std::time::Duration;

use domain::posts::draft::{Draft, DraftPhoto};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;

use super::api::keep_draft;
use crate::texts::use_texts;
use crate::ui::{FormCopy, fields};

/// The form, and what is written in it.
pub(crate) const FORM: &str = "schrijf";
pub(crate) const WHAT: &str = "bericht";
/// The field that says which draft it is.
pub(super) const CONCEPT: &str = "concept";
/// How long after the last key the server hears of it.
const PAUSE: Duration = Duration::from_millis(900);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Found,
    Kept,
    OnlyHere,
    /// Sent without a connection: it goes once there is one.
    Waits,
}

/// Watches the form. Shows in words whether the text is safe.
#[component]
pub(super) fn DraftKeeper(
    /// When the server's copy was made, in milliseconds; all of time when what was sent has just come back.
    since: i64,
    /// It publishes itself: what is typed is kept here only, until the button is pressed.
    planned: bool,
) -> impl IntoView {
    let t = use_texts();
    let state = RwSignal::new(State::Nothing);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let copy = FormCopy::new(FORM, WHAT);
    let (discarded, named) = use_query_map().with_untracked(|query| {
        (query.get("melding").as_deref() == Some("weggegooid"), query.get("concept").is_some())
    });
    Effect::new(move |_| {
        // This browser keeps one copy: what it has of another draft goes to the server first.
        let other = if named { copy.of_another(CONCEPT) } else { None };
        if discarded {
            copy.forget();
        } else if let Some(other) = other {
            let copy = copy.clone();
            leptos::task::spawn_local(async move {
                if matches!(keep_draft(draft(&other), concept(&other)).await, Ok(true))
                    && copy.of_another(CONCEPT).is_some()
                {
                    copy.forget();
                }
            });
        } else if copy.restore(since) {
            state.set(State::Found);
        }
        let keep = {
            let copy = copy.clone();
            move || {
                let Some(typed) = copy.form().map(|form| fields(&form)).filter(|_| !planned) else { return };
                let copy = copy.clone();
                leptos::task::spawn_local(async move {
                    let kept = matches!(keep_draft(draft(&typed), concept(&typed)).await, Ok(true));
                    // Whoever typed on meanwhile has something that the server does not have yet.
                    if kept && copy.form().is_some_and(|form| fields(&form) == typed) {
                        copy.forget();
                    }
                    // What waits for a connection still does.
                    state.try_update(|state| {
                        if *state != State::Waits {
                            *state = if kept { State::Kept } else { State::OnlyHere };
                        }
                    });
                });
            }
        };
        tell_that_it_waits(&copy, state);
        copy.clone().follow(move || {
            // Typing on takes the order back.
            state.try_update(|state| {
                if *state == State::Waits {
                    *state = State::Nothing;
                }
            });
            if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
                handle.clear();
            }
            waiting.try_set_value(set_timeout_with_handle(keep.clone(), PAUSE).ok());
        });
    });
    view! {
        <p class="meta" role="status">
            {move || match state.get() {
                State::Nothing => "",
                State::Found => t.draft_found_here,
                State::Kept => t.draft_kept,
                State::OnlyHere => t.draft_kept_here,
                State::Waits => t.draft_waits,
            }}
        </p>
    }
}

/// Whoever presses the button without a connection need not come back: `public/site.js` takes the form out of the
/// browser's hands then, and sends it from whatever page is open once there is a connection.
fn tell_that_it_waits(copy: &FormCopy, state: RwSignal<State>) {
    let here = copy.clone();
    let sending = window_event_listener(leptos::ev::submit, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_this = here.form().is_some_and(|form| form.is_same_node(target.as_ref()));
        if is_this && event.default_prevented() {
            state.try_set(State::Waits);
        }
    });
    on_cleanup(move || sending.remove());
}

fn concept(typed: &[(String, String)]) -> String {
    typed.iter().find(|(name, _)| name == CONCEPT).map(|(_, id)| id.clone()).unwrap_or_default()
}

fn draft(typed: &[(String, String)]) -> Draft {
    let all = |name: &str| {
        typed.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| {
        typed.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    Draft {
        title: one("draft[title]"),
        body: one("draft[body]"),
        kind: one("draft[kind]"),
        topic: one("draft[topic]"),
        areas: all("draft[areas][]"),
        scene: one("draft[scene]"),
        scene_alt: one("draft[scene_alt]"),
        on_behalf_of: one("draft[on_behalf_of]"),
        consent: !one("draft[consent]").is_empty(),
        photos: photos(&one),
        publish_on: one("draft[publish_on]"),
        publish_time: one("draft[publish_time]"),
        expires_on: one("draft[expires_on]"),
    }
}

fn photos(one: &impl Fn(&str) -> String) -> Vec<DraftPhoto> {
    (0..domain::limits::PHOTOS_MAX)
        .map(|index| {
            let part = |part: &str| one(&format!("draft[photos][{index}][{part}]"));
            DraftPhoto {
                id: part("id"),
                alt: part("alt"),
                caption: part("caption"),
                gone: !part("gone").is_empty(),
            }
        })
        .take_while(|photo| !photo.id.is_empty())
        .collect()
}
