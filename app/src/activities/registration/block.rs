//! What the page of an activity says about registering.

use leptos::prelude::*;

use super::view::RegisteringView;
use crate::texts::use_desk_texts;
use crate::ui::{Icon, LinkButton};

#[component]
pub(in crate::activities) fn Registering(view: RegisteringView) -> impl IntoView {
    let d = use_desk_texts();
    let says = view.says.into_iter().map(|one| view! { <p>{one}</p> }).collect_view();
    let is_in = !view.mine.is_empty();
    let mine = is_in.then(|| {
        view! {
            <p class="registering__mine">
                <Icon name="check"/>
                <strong>{view.mine}</strong>
            </p>
        }
    });
    let look = if is_in { "secondary" } else { "primary" };
    let go = (!view.href.is_empty()).then(|| view! { <LinkButton href=view.href label=view.label look/> });
    let manage = (!view.manage.is_empty()).then(|| {
        view! { <LinkButton href=view.manage label=d.reg_manage look="subtle" icon=Some("users")/> }
    });
    view! {
        <section class="card panel registering no-print" aria-labelledby="inschrijven">
            <h2 id="inschrijven">{d.reg_title}</h2>
            {mine}
            {says}
            <div class="cluster">{go} {manage}</div>
        </section>
    }
}
