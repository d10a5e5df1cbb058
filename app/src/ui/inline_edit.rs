//! A part of a page that opens in place. Which part is open lives in the address, so that the
//! handle is a link: at once with JavaScript, by a new page without.

use leptos::prelude::*;

use super::Icon;

#[component]
pub fn Editable(
    /// Where the handle leads; `None` where the reader may not edit.
    handle: Option<String>,
    #[prop(into)] label: String,
    /// The handle's id, to give the focus back when the part closes.
    #[prop(into)]
    id: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="editable">
            {children()}
            {handle
                .map(|href| {
                    view! {
                        <a class="edit-handle no-print" id=id href=href data-noscroll="true">
                            <Icon name="pencil"/>
                            {label}
                        </a>
                    }
                })}
        </div>
    }
}
