//! What was decided about one's own posts, and objecting to it.

use domain::moderation::CaseStatus;
use domain::moderation::decision::AppealDraft;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{Appeal, own_case, own_cases};
use super::queue_page::{Entry, name_of};
use super::statement::{AppealCard, Statement, status_text};
use super::view::{OwnCaseView, OwnCasesView};
use crate::forms::Filled;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FormProblems, Notice, NoticeKind, SubmitButton, TextArea, load, load_at,
};

#[component]
pub fn OwnCasesPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |_| Box::pin(own_cases()) as _;
    let show = |own| view! { <OwnCases own/> }.into_any();
    view! {
        <Title text=d.own_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load(Vec::new, fetch, show)}
        </main>
    }
}

#[component]
fn OwnCases(own: OwnCasesView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let paused = (!own.paused_until.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{fill(d.paused_until, &[("day", &own.paused_until)])}</p>
            </Notice>
        }
    });
    let list = if own.entries.is_empty() {
        view! { <p>{d.own_empty}</p> }.into_any()
    } else {
        let items = own.entries.into_iter().map(|mut entry| {
            // Who gave notice, and how many did, is not theirs to know.
            entry.notices = 0;
            let to = format!("/account/bezwaar/{}", entry.id);
            view! {
                <li>
                    <Entry entry to/>
                </li>
            }
        });
        view! { <ol class="case-list">{items.collect_view()}</ol> }.into_any()
    };
    view! {
        <Breadcrumb
            steps=vec![("/account".to_owned(), t.your_account.to_owned())]
            here=d.own_title
        />
        <h1>{d.own_title}</h1>
        <p class="lead">{d.own_lead}</p>
        {paused}
        {list}
        <p>
            <a class="nl-link" href="/moderatie">
                {t.moderation_title}
            </a>
        </p>
    }
}

#[component]
pub fn OwnCasePage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(own_case(id, flash)) as _;
    let show = |own| view! { <OwnCase own/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn OwnCase(own: OwnCaseView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let title = name_of(d, &own.entry);
    // The words for who gave notice speak of their notice.
    let status = if own.status == CaseStatus::Open { d.own_open } else { status_text(d, own.status) };
    let any = !own.decisions.is_empty();
    let decisions = own.decisions.into_iter().map(|decision| view! { <Statement decision/> });
    let appeals = own.appeals.into_iter().map(|appeal| view! { <AppealCard appeal title=d.appeal_mine/> });
    let object = own.may_appeal.then(|| {
        view! {
            <ObjectForm action=Appeal::PATH name="id" value=own.entry.id.clone() appeal=own.appeal.clone()/>
        }
    });
    view! {
        <Title text=d.own_title/>
        <Breadcrumb
            steps=vec![
                ("/account".to_owned(), t.your_account.to_owned()),
                ("/account/bezwaar".to_owned(), d.own_title.to_owned()),
            ]
            here=title.clone()
        />
        <h1>{title}</h1>
        <p class="lead">{status}</p>
        <p class="meta">{d.your_reference} ": " {own.entry.reference.clone()}</p>
        <section class="card panel stack">
            <h2>{d.content_then_held}</h2>
            <div class="prose as-typed">{own.body}</div>
            <p>
                <a class="nl-link" href=own.entry.address.clone()>
                    {d.see_content}
                </a>
            </p>
        </section>
        {any.then(|| view! { <h2>{d.decisions}</h2> })}
        {decisions.collect_view()}
        {appeals.collect_view()}
        {object}
    }
}

/// Objecting, for the author and for who gave notice.
#[component]
pub(super) fn ObjectForm(
    action: &'static str,
    /// The hidden field that says what about.
    name: &'static str,
    value: String,
    appeal: Filled<AppealDraft>,
) -> impl IntoView {
    let d = use_desk_texts();
    let problems = appeal.problems;
    view! {
        <section class="stack">
            <h2>{d.appeal_title}</h2>
            <p>{d.appeal_lead}</p>
            <form class="form stack" method="post" novalidate=true action=action>
                <FormProblems problems=problems.clone() ids=vec![(Field::Message, "bezwaar")]/>
                <input type="hidden" name=name value=value/>
                <TextArea
                    info=FieldInfo::new("bezwaar", d.appeal_message).problem(&problems, Field::Message)
                    name="appeal[message]"
                    value=appeal.typed.message
                    maxlength=Some(domain::limits::MESSAGE_MAX)
                />
                <div class="form__actions">
                    <SubmitButton label=d.appeal_send/>
                </div>
            </form>
        </section>
    }
}
