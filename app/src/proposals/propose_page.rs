//! Proposing a change to a post.

use domain::limits::{BODY_MAX, REASON_MAX, TITLE_MAX};
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{SendProposal, propose_form};
use super::view::ProposeView;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, FormProblems, Select, SubmitButton, TextArea, TextField, load};

#[component]
pub fn ProposePage() -> impl IntoView {
    let d = use_desk_texts();
    let params = use_params_map();
    let query = use_query_map();
    let key = move || {
        vec![
            params.with(|params| params.get("id").unwrap_or_default()),
            query.with(|query| query.get("flash").unwrap_or_default()),
        ]
    };
    let fetch = |key: Vec<String>| {
        let mut key = key.into_iter();
        Box::pin(propose_form(key.next().unwrap_or_default(), key.next().unwrap_or_default())) as _
    };
    let show = |form| view! { <Form form/> }.into_any();
    view! {
        <Title text=d.propose_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Form(form: ProposeView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let ProposeView { id, title, edit, problems } = form;
    view! {
        <Breadcrumb
            steps=vec![
                ("/berichten".to_owned(), t.list_title.to_owned()),
                (format!("/berichten/{id}"), title),
            ]
            here=d.propose_title
        />
        <h1>{d.propose_title}</h1>
        <p class="lead">{d.propose_lead}</p>
        <form class="form stack" method="post" novalidate=true action=SendProposal::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Title, "titel"),
                    (Field::Body, "tekst"),
                    (Field::Areas, "gebied"),
                    (Field::Topic, "thema"),
                    (Field::Reason, "waarom"),
                ]
            />
            <input type="hidden" name="id" value=id.clone()/>
            <input type="hidden" name="edit[version]" value=edit.version.to_string()/>
            <TextField
                info=FieldInfo::new("titel", t.field_title).problem(&problems, Field::Title)
                name="edit[title]"
                value=edit.title.unwrap_or_default()
                maxlength=TITLE_MAX
            />
            <TextArea
                info=FieldInfo::new("tekst", t.field_body).problem(&problems, Field::Body)
                name="edit[body]"
                value=edit.body.unwrap_or_default()
                rows=14
                maxlength=Some(BODY_MAX)
            />
            <AreaChoice
                info=FieldInfo::new("gebied", t.field_areas)
                    .describe(t.field_areas_about)
                    .problem(&problems, Field::Areas)
                name="edit[areas][]"
                chosen=edit.areas.unwrap_or_default()
            />
            <Select
                info=FieldInfo::new("thema", t.field_topic).problem(&problems, Field::Topic)
                name="edit[topic]"
                options=topic_options(&site, t.no_topic)
                selected=edit.topic.unwrap_or_default()
            />
            <TextField
                info=FieldInfo::new("waarom", d.propose_why)
                    .hint(t.optional)
                    .problem(&problems, Field::Reason)
                name="edit[reason]"
                value=edit.reason
                maxlength=REASON_MAX
            />
            <div class="form__actions">
                <SubmitButton label=d.propose_send/>
                <a class="nl-button nl-button--subtle" href=format!("/berichten/{id}")>
                    {t.cancel}
                </a>
            </div>
        </form>
    }
}
