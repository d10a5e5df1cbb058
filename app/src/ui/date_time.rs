//! A date or a time, with the browser's own picker.

use leptos::prelude::*;

use super::{FieldInfo, TextField};

/// `kind` is `date`, `time` or `datetime-local`.
#[component]
pub fn DateTimeField(
    info: FieldInfo,
    name: &'static str,
    kind: &'static str,
    #[prop(into)] value: String,
) -> impl IntoView {
    view! { <TextField info name value kind/> }
}
