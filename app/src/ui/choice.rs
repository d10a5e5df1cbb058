//! Checkboxes and radio buttons with targets for thumbs.

use leptos::prelude::*;

use super::FieldInfo;
use super::field::{Description, FaultLine};
use crate::texts::use_texts;

/// One box to tick.
#[component]
pub fn Checkbox(
    info: FieldInfo,
    name: &'static str,
    #[prop(default = "true".into(), into)] value: String,
    checked: bool,
) -> impl IntoView {
    let t = use_texts();
    let id = info.id;
    let described = info.described_by();
    let invalid = info.invalid();
    let class = if info.fault.is_some() {
        "utrecht-form-field utrecht-form-field--invalid"
    } else {
        "utrecht-form-field"
    };
    view! {
        <div class=class>
            <FaultLine id fault=info.fault t/>
            <label class="choice">
                <input
                    type="checkbox"
                    id=id
                    name=name
                    value=value
                    checked=checked
                    aria-invalid=invalid
                    aria-describedby=described
                />
                <span>{info.label}</span>
            </label>
            <Description id text=info.description/>
        </div>
    }
}

#[derive(Clone, Debug)]
pub struct RadioOption {
    pub value: String,
    pub label: String,
    pub about: String,
    /// How deep it lies in what stands before it.
    pub depth: u8,
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    info: FieldInfo,
    name: &'static str,
    options: Vec<RadioOption>,
    #[prop(into)] selected: String,
    /// Several may be chosen: check boxes.
    #[prop(optional)]
    many: Option<Vec<String>>,
) -> impl IntoView {
    let t = use_texts();
    let id = info.id;
    let described = info.described_by();
    let kind = if many.is_some() { "checkbox" } else { "radio" };
    let card = options.iter().any(|option| !option.about.is_empty());
    let frame =
        if options.iter().any(|option| option.depth > 0) { "choices choices--tree" } else { "choices" };
    let invalid = info.fault.is_some();
    view! {
        <fieldset
            class="utrecht-form-fieldset"
            class:utrecht-form-field--invalid=invalid
            id=id
            aria-describedby=described
        >
            <legend>
                {info.label}
                {(!info.hint.is_empty())
                    .then(|| {
                        view! { <span class="utrecht-form-label__hint">" " {info.hint}</span> }
                    })}
            </legend>
            <Description id text=info.description/>
            <FaultLine id fault=info.fault t/>
            <div class=frame>
                {options
                    .into_iter()
                    .map(|option| {
                        let checked = many
                            .as_ref()
                            .map_or(option.value == selected, |many| many.contains(&option.value));
                        let class = match option.depth {
                            _ if card => "choice choice--card",
                            0 => "choice",
                            1 => "choice choice--sub-1",
                            _ => "choice choice--sub-2",
                        };
                        let about = (!option.about.is_empty())
                            .then(|| view! { <span class="meta">{option.about}</span> });
                        view! {
                            <label class=class>
                                <input type=kind name=name value=option.value checked=checked/>
                                <span>
                                    <strong>{option.label}</strong>
                                    {about}
                                </span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}
