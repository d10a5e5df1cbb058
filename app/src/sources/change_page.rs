//! `/agenda/bronnen/ID/bewerken`: another name or address, somewhere else, or read more or less often. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{SaveSource, source_change_form};
use super::fields::{AddressField, NameField, PlaceFields, RhythmField, Wrong};
use super::view::SourceChangeView;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, Notice, NoticeKind, SubmitButton, load_at};

#[component]
pub fn ChangeSourcePage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(source_change_form(id, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: SourceChangeView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let SourceChangeView { id, name, edition, is_file, form, meanwhile } = view;
    let (draft, problems) = (form.form.typed, form.form.problems);
    let back = format!("/agenda/bronnen/{id}");
    let about = if is_file { d.source_address_instead } else { d.source_address_change };
    let lines = meanwhile.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    let meanwhile = (!lines.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <h2>{d.source_meanwhile}</h2>
                <p>{d.source_meanwhile_about}</p>
                <dl class="facts">{lines}</dl>
            </Notice>
        }
    });
    view! {
        <Title text=d.source_change/>
        <Breadcrumb
            steps=vec![
                ("/agenda".to_owned(), d.agenda_title.to_owned()),
                ("/agenda/bronnen".to_owned(), d.sources_title.to_owned()),
                (back.clone(), name),
            ]
            here=d.source_change
        />
        <h1>{d.source_change}</h1>
        <p class="lead">{d.source_change_lead}</p>
        <form class="form stack" method="post" novalidate=true action=SaveSource::PATH>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="edition" value=edition.to_string()/>
            <Wrong trouble=form.trouble problems=problems.clone()/>
            {meanwhile}
            <NameField draft=draft.clone() problems=problems.clone()/>
            <AddressField draft=draft.clone() problems=problems.clone() about/>
            <RhythmField draft=draft.clone() problems=problems.clone()/>
            <PlaceFields draft problems/>
            <div class="form__actions">
                <SubmitButton label=t.save/>
                <a class="nl-button nl-button--subtle" href=back>
                    {t.cancel}
                </a>
            </div>
        </form>
    }
}
