//! Buttons say what happens.

use leptos::prelude::*;

use super::Icon;

fn class(look: &'static str) -> String {
    format!("nl-button nl-button--{look}")
}

/// Sends the form it stands in.
#[component]
pub fn SubmitButton(
    #[prop(into)] label: String,
    /// `primary`, `secondary`, `subtle` or `danger`.
    #[prop(default = "primary")]
    look: &'static str,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button type="submit" class=class(look)>
            {icon.map(|name| view! { <Icon name/> })}
            {label}
        </button>
    }
}

/// A link that looks like a button, for going somewhere.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(default = "primary")] look: &'static str,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <a class=class(look) href=href>
            {icon.map(|name| view! { <Icon name/> })}
            {label}
        </a>
    }
}

/// A form that is one button: changes something, with JavaScript and without.
#[component]
pub fn PostButton(
    /// The address of a server function.
    action: &'static str,
    /// Hidden fields.
    fields: Vec<(&'static str, String)>,
    #[prop(into)] label: String,
    #[prop(default = "subtle")] look: &'static str,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            {fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view()}
            <SubmitButton label=label look=look icon=icon/>
        </form>
    }
}
