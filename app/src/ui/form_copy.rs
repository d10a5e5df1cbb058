//! What somebody types in a form, kept in this browser until it is sent or thrown away: a page may be drawn anew,
//! a tab closed, a connection lost.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::site::use_site;
use crate::wire::{pack, unpack};

/// Each community has its own origin, and so its own copies.
const PREFIX: &str = "noaber:";

/// The copy of one form of one person: on a shared computer nobody meets what somebody else typed.
#[derive(Clone, Debug)]
pub struct FormCopy {
    form: &'static str,
    key: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    /// When, by the clock of this device, in milliseconds.
    at: i64,
    fields: Vec<(String, String)>,
    /// It was sent since; whether it arrived is not known yet.
    sent: bool,
}

impl FormCopy {
    /// For the form with this id; `what` says what is written in it.
    pub fn new(form: &'static str, what: &str) -> Self {
        Self { form, key: format!("{PREFIX}{}:{what}", use_site().viewer.key) }
    }

    pub fn form(&self) -> Option<HtmlFormElement> {
        document().get_element_by_id(self.form)?.dyn_into().ok()
    }

    /// Keeps what is in the form now.
    pub fn remember(&self) {
        self.keep(false);
    }

    /// Keeps what is in the form, as it is sent.
    pub fn remember_sent(&self) {
        self.keep(true);
    }

    fn keep(&self, sent: bool) {
        if let (Some(form), Some(storage)) = (self.form(), storage()) {
            let kept = Kept { at: now(), fields: fields(&form), sent };
            let _ = storage.set_item(&self.key, &pack(&kept));
        }
    }

    pub fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key);
        }
    }

    /// Forgets what was sent; what was typed after that stays.
    pub fn forget_sent(&self) {
        if self.kept().is_some_and(|kept| kept.sent) {
            self.forget();
        }
    }

    fn kept(&self) -> Option<Kept> {
        let text = storage()?.get_item(&self.key).ok().flatten()?;
        unpack(&text)
    }

    /// What is kept, when its field `name` says something else than the form's.
    pub fn of_another(&self, name: &str) -> Option<Vec<(String, String)>> {
        let value = |fields: &[(String, String)]| {
            fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
        };
        let kept = self.kept()?.fields;
        let mine = value(&fields(&self.form()?));
        value(&kept).is_some_and(|other| Some(other) != mine).then_some(kept)
    }

    /// Fills the form as it was left, unless something newer than `since` (in milliseconds) is in it.
    /// Whether it did.
    pub fn restore(&self, since: i64) -> bool {
        match (self.kept(), self.form()) {
            (Some(kept), Some(form)) if kept.at > since && kept.fields != fields(&form) => {
                fill(&form, &kept.fields);
                true
            }
            _ => false,
        }
    }

    /// Keeps at every key what is in the form, for as long as the calling component lives.
    pub fn follow(self, typed: impl Fn() + 'static) {
        let listener = window_event_listener(leptos::ev::input, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            if self.form().is_some_and(|form| form.contains(target.as_ref())) {
                self.remember();
                typed();
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// Throws away everything that was kept of anybody: for when they leave this device.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(PREFIX)) {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970, a whole number")]
    let now = web_sys::js_sys::Date::now() as i64;
    now
}

enum Control {
    /// A box or a button that is on or off.
    Choice(HtmlInputElement),
    Input(HtmlInputElement),
    Area(HtmlTextAreaElement),
    Select(HtmlSelectElement),
}

impl Control {
    fn value(&self) -> Option<String> {
        match self {
            Self::Choice(input) => input.checked().then(|| input.value()),
            Self::Input(input) => Some(input.value()),
            Self::Area(area) => Some(area.value()),
            Self::Select(select) => Some(select.value()),
        }
    }
}

fn controls(form: &HtmlFormElement) -> Vec<(String, Control)> {
    let elements = form.elements();
    (0..elements.length())
        .filter_map(|index| elements.get_with_index(index))
        .filter_map(|element| {
            let name = element.get_attribute("name").filter(|name| !name.is_empty())?;
            let control = match element.dyn_into::<HtmlInputElement>() {
                Ok(input) if matches!(input.type_().as_str(), "checkbox" | "radio") => Control::Choice(input),
                // A page may not say which file somebody chooses.
                Ok(input) if input.type_() == "file" => return None,
                Ok(input) => Control::Input(input),
                Err(element) => match element.dyn_into::<HtmlTextAreaElement>() {
                    Ok(area) => Control::Area(area),
                    Err(element) => Control::Select(element.dyn_into().ok()?),
                },
            };
            Some((name, control))
        })
        .collect()
}

/// What the form would send, in its order.
pub fn fields(form: &HtmlFormElement) -> Vec<(String, String)> {
    controls(form).into_iter().filter_map(|(name, control)| Some((name, control.value()?))).collect()
}

fn fill(form: &HtmlFormElement, fields: &[(String, String)]) {
    for (name, control) in controls(form) {
        let mut values = fields.iter().filter(|(other, _)| *other == name).map(|(_, value)| value);
        match control {
            Control::Choice(input) => input.set_checked(values.any(|value| *value == input.value())),
            Control::Input(input) => values.next().into_iter().for_each(|value| input.set_value(value)),
            Control::Area(area) => values.next().into_iter().for_each(|value| area.set_value(value)),
            Control::Select(select) => values.next().into_iter().for_each(|value| select.set_value(value)),
        }
    }
}
