//! What changed, word by word, with marks that are read aloud too.

use domain::diff::{Change, Piece};
use leptos::prelude::*;

use crate::texts::use_texts;

/// What the marks mean.
#[component]
pub fn DiffKey() -> impl IntoView {
    let t = use_texts();
    view! {
        <p class="diff-key meta">
            <ins>{t.added}</ins>
            " "
            <del>{t.removed_word}</del>
        </p>
    }
}

#[component]
pub fn Diff(pieces: Vec<Piece>) -> impl IntoView {
    view! {
        <div class="diff prose">
            {pieces
                .into_iter()
                .map(|piece| match piece.change {
                    Change::Same => view! { <span>{piece.text}</span> }.into_any(),
                    Change::Added => view! { <ins>{piece.text}</ins> }.into_any(),
                    Change::Removed => view! { <del>{piece.text}</del> }.into_any(),
                })
                .collect_view()}
        </div>
    }
}
