//! `/agenda/bronnen/nieuw`: which calendar, whose it is, and where it belongs. A quiet page.

use domain::limits;
use domain::problem::Field;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::FILE_ADDRESS;
use super::api::source_form;
use super::view::SourceFormView;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FileField, FormProblems, Notice, NoticeKind, Select, SubmitButton, TextField, load,
};

/// What such files are called, and what they are.
pub(super) const KINDS: &str = ".ics,.ical,.ifb,.icalendar,text/calendar";

#[component]
pub fn NewSourcePage() -> impl IntoView {
    let d = use_desk_texts();
    let query = use_query_map();
    let key = move || vec![query.with(|query| query.get("flash").unwrap_or_default())];
    let fetch = |key: Vec<String>| Box::pin(source_form(key.into_iter().next().unwrap_or_default())) as _;
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
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Form(view: SourceFormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let site = use_site();
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
    let trouble = (!view.trouble.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Error>
                <h2 id="fouten" tabindex="-1">
                    {d.source_trouble}
                </h2>
                <p>{view.trouble}</p>
                <p>{d.source_nothing_taken}</p>
            </Notice>
        }
    });
    view! {
        <form
            class="form stack"
            method="post"
            enctype="multipart/form-data"
            novalidate=true
            action=FILE_ADDRESS
        >
            {trouble}
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Name, "naam"),
                    (Field::Address, "adres"),
                    (Field::Areas, "gebied"),
                    (Field::Topic, "thema"),
                    (Field::Cost, "kosten"),
                ]
            />
            <TextField
                info=FieldInfo::new("naam", d.source_name)
                    .describe(d.source_name_about)
                    .problem(&problems, Field::Name)
                name="draft[name]"
                value=draft.name
                maxlength=limits::NAME_MAX
                required=true
            />
            <TextField
                info=FieldInfo::new("adres", d.source_address)
                    .describe(d.source_address_about)
                    .problem(&problems, Field::Address)
                name="draft[address]"
                inputmode="url"
                value=draft.address
            />
            <FileField
                info=FieldInfo::new("bestand", d.source_file).hint(t.optional).describe(d.source_file_about)
                name="file"
                accept=KINDS
            />
            <AreaChoice
                info=FieldInfo::new("gebied", t.field_areas)
                    .describe(d.source_areas_about)
                    .problem(&problems, Field::Areas)
                name="draft[areas][]"
                chosen=draft.areas
            />
            <Select
                info=FieldInfo::new("thema", t.field_topic).hint(t.optional).problem(&problems, Field::Topic)
                name="draft[topic]"
                options=topic_options(&site, t.no_topic)
                selected=draft.topic
            />
            <TextField
                info=FieldInfo::new("kosten", d.activity_cost)
                    .hint(t.optional)
                    .describe(d.source_cost_about)
                    .problem(&problems, Field::Cost)
                name="draft[cost]"
                value=draft.cost
                maxlength=limits::PLACE_MAX
            />
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
