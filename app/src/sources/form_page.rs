//! `/agenda/bronnen/nieuw`: which calendar, whose it is, and where it belongs. A quiet page.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::FILE_ADDRESS;
use super::api::source_form;
use super::fields::{AddressField, NameField, PlaceFields, RhythmField, Wrong};
use super::view::SourceFormView;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, FileField, SubmitButton, load_at};

/// What such files are called, and what they are.
pub(super) const KINDS: &str = ".ics,.ical,.ifb,.icalendar,text/calendar";

#[component]
pub fn NewSourcePage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(source_form(flash)) as _;
    let show = |view| view! { <Form view/> }.into_any();
    view! {
        <Title text=d.source_new/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            <Breadcrumb
                steps=vec![
                    ("/agenda".to_owned(), d.agenda_title.to_owned()),
                    ("/agenda/bronnen".to_owned(), d.sources_title.to_owned()),
                ]
                here=d.source_new
            />
            <h1>{d.source_new}</h1>
            <p class="lead">{d.source_new_lead}</p>
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Form(view: SourceFormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let (draft, problems) = (view.form.typed, view.form.problems);
    let help = [
        ("Google Agenda", d.source_help_google),
        ("Outlook", d.source_help_outlook),
        ("iCloud", d.source_help_icloud),
        ("Nextcloud", d.source_help_nextcloud),
        ("WordPress", d.source_help_wordpress),
    ]
    .into_iter()
    .map(|(name, way)| view! { <li><strong>{name}</strong> ": " {way}</li> })
    .collect_view();
    view! {
        <form
            class="form stack"
            method="post"
            enctype="multipart/form-data"
            novalidate=true
            action=FILE_ADDRESS
        >
            <Wrong trouble=view.trouble problems=problems.clone()/>
            <NameField draft=draft.clone() problems=problems.clone()/>
            <AddressField draft=draft.clone() problems=problems.clone() about=d.source_address_about/>
            <FileField
                info=FieldInfo::new("bestand", d.source_file).hint(t.optional).describe(d.source_file_about)
                name="file"
                accept=KINDS
            />
            <RhythmField draft=draft.clone() problems=problems.clone()/>
            <PlaceFields draft problems/>
            <div class="form__actions">
                <SubmitButton label=d.source_follow/>
                <a class="nl-button nl-button--subtle" href="/agenda/bronnen">
                    {t.cancel}
                </a>
            </div>
            <p class="meta">{d.source_promise}</p>
        </form>
        <section class="card panel panel--tint stack">
            <h2>{d.source_help_title}</h2>
            <p>{d.source_help_lead}</p>
            <ul class="source-help">{help}</ul>
        </section>
    }
}
