//! Proposing a change to a post.

use domain::limits::{BODY_MAX, REASON_MAX, TITLE_MAX};
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{SendProposal, propose_form};
use super::frame::framed;
use super::view::ProposeView;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, FormProblems, Select, SubmitButton, TextArea, TextField};

#[component]
pub fn ProposePage() -> impl IntoView {
    let d = use_desk_texts();
    framed(
        d.propose_title,
        "wrap page-form stack",
        |id, flash| Box::pin(propose_form(id, flash)),
        |form| view! { <Form form/> }.into_any(),
    )
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
