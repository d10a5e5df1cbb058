//! A dialog of the browser's own kind: it traps the focus and closes with Escape by itself.

use leptos::prelude::*;

use super::Icon;
use crate::texts::use_texts;

#[component]
pub fn Dialog(
    id: &'static str,
    #[prop(into)] title: String,
    /// Rendered open: for where it cannot be opened without JavaScript.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let title_id = format!("{id}-titel");
    let labelled = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled open=open>
            <div class="dialog__head">
                <h2 id=title_id>{title}</h2>
                <form method="dialog">
                    <button class="icon-button">
                        <Icon name="x"/>
                        <span class="visually-hidden">{t.close}</span>
                    </button>
                </form>
            </div>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
}
