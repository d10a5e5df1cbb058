//! `/activiteiten/ID/bewerken`: this time, this and the following ones, or all, and what each does. A quiet page.

use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{ChangeTime, change_form};
use super::form_page::WholeForm;
use super::present::{ALL, FROM, ONE};
use super::time_fields::{TimeHours, TimeNote, TimePlace};
use super::view::{ChangePart, ChangeView, ReachView, TimeFormView};
use crate::context::escaped;
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FormProblems, Icon, Notice, NoticeKind, SubmitButton, load_at};

#[component]
pub fn ChangePage() -> impl IntoView {
    let fetch = |[id, at, part, flash]: [String; 4]| Box::pin(change_form(id, at, part, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["id", "keer", "wat", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: ChangeView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let ChangeView { id, title, part } = view;
    let part = match part {
        ChangePart::Choose(reach) => view! { <Choose id=id.clone() reach/> }.into_any(),
        ChangePart::Time(form) => view! { <TimeForm id=id.clone() form/> }.into_any(),
        ChangePart::Whole(view) => view! { <WholeForm view=*view/> }.into_any(),
    };
    view! {
        <Title text=d.activity_edit/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/agenda".to_owned(), d.agenda_title.to_owned()),
                (format!("/activiteiten/{id}"), title.clone()),
            ]
            here=d.activity_edit
        />
        <h1>{d.activity_edit}</h1>
        <p class="lead" lang=lang>
            {title}
        </p>
        {part}
    }
}

#[component]
fn Choose(id: String, reach: ReachView) -> impl IntoView {
    let d = use_desk_texts();
    let ReachView { at, this, following, all } = reach;
    let choices = [(ONE, d.reach_this, this), (FROM, d.reach_following, following), (ALL, d.reach_all, all)]
        .into_iter()
        .filter(|(_, _, says)| !says.is_empty())
        .map(|(word, label, says)| {
            let href = format!("/activiteiten/{id}/bewerken?wat={word}&keer={}", escaped(&at));
            view! {
                <li>
                    <a class="card panel activity-reach" href=href>
                        <strong>{label}</strong>
                        <span>{says}</span>
                        <Icon name="chevron-right"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2>{d.reach_title}</h2>
        <ul class="activity-reaches">{choices}</ul>
    }
}

#[component]
fn TimeForm(id: String, form: TimeFormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let TimeFormView { version, at, says, cancelled, places, form } = form;
    let (time, problems) = (form.typed, form.problems);
    let back = format!("/activiteiten/{id}?keer={}", escaped(&at));
    let off = cancelled.then(|| view! { <p>{d.activity_is_cancelled}</p> });
    view! {
        <form class="form stack" method="post" novalidate=true action=ChangeTime::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![(Field::Start, "dag"), (Field::Place, "plek"), (Field::Message, "noot")]
            />
            <Notice kind=NoticeKind::Info>
                <p>{says}</p>
                {off}
            </Notice>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version.to_string()/>
            <input type="hidden" name="at" value=at/>
            <TimeHours time=time.clone() problems=problems.clone()/>
            <TimePlace time=time.clone() problems=problems.clone() places/>
            <TimeNote time problems/>
            <div class="form__actions">
                <SubmitButton label=t.save/>
                <a class="nl-button nl-button--subtle" href=back>
                    {t.cancel}
                </a>
            </div>
        </form>
    }
}
