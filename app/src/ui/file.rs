//! Choosing files, also with the camera.

use leptos::prelude::*;

use super::{FieldFrame, FieldInfo};

#[component]
pub fn FileField(
    info: FieldInfo,
    name: &'static str,
    /// Kinds of files, as in the `accept` attribute.
    accept: &'static str,
    #[prop(optional)] multiple: bool,
) -> impl IntoView {
    let id = info.id;
    let described = info.described_by();
    view! {
        <FieldFrame info>
            <input
                class="utrecht-textbox"
                id=id
                name=name
                type="file"
                accept=accept
                multiple=multiple
                aria-describedby=described
            />
        </FieldFrame>
    }
}
