//! `/activiteiten/nieuw`, and the form of a whole activity. A quiet page.

use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{CreateActivity, SaveActivity, activity_form};
use super::fields::{Look, What, Where, Whom};
use super::registration::{self, RulesFields};
use super::view::ActivityFormView;
use super::when_fields::WhenFields;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FormProblems, Notice, NoticeKind, SubmitButton, load_at};

#[component]
pub fn NewActivityPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(activity_form(flash)) as _;
    let show = |view| view! { <WholeForm view/> }.into_any();
    view! {
        <Title text=d.activity_new/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            <Breadcrumb steps=vec![("/agenda".to_owned(), d.agenda_title.to_owned())] here=d.activity_new/>
            <h1>{d.activity_new}</h1>
            <p class="lead">{d.activity_new_lead}</p>
            <p>{d.first_invite} " " <a href="/activiteiten/eerste">{d.first_invite_link}</a></p>
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
pub(super) fn WholeForm(view: ActivityFormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let is_new = view.id.is_empty();
    let problems = view.form.problems.clone();
    let hidden = (!is_new).then(|| {
        [
            ("id", view.id.clone()),
            ("version", view.version.to_string()),
            ("scope", view.scope.clone()),
            ("at", view.at.clone()),
        ]
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
    });
    let words = view.says.clone();
    let says = (!words.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{words}</p>
            </Notice>
        }
    });
    let (action, label, back) = if is_new {
        (CreateActivity::PATH, d.activity_publish, "/agenda".to_owned())
    } else {
        (SaveActivity::PATH, t.save, format!("/activiteiten/{}", view.id))
    };
    let draft = view.form.typed.clone();
    let (place, fixed) = (view.place.clone(), view.registered);
    view! {
        <form class="form stack" method="post" novalidate=true action=action>
            // Enter in a field saves; the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            {hidden}
            <FormProblems
                problems=problems.clone()
                ids=ids()
            />
            {says}
            <What draft=draft.clone() problems=problems.clone()/>
            <WhenFields view problems=problems.clone()/>
            <Where draft=draft.clone() problems=problems.clone() place/>
            <Whom draft=draft.clone() problems=problems.clone()/>
            <RulesFields draft=draft.registration.clone() problems=problems.clone() fixed/>
            <Look draft problems/>
            <div class="form__actions">
                <SubmitButton label=label/>
                <a class="nl-button nl-button--subtle" href=back>
                    {t.cancel}
                </a>
            </div>
            <p class="meta">{t.publish_note} " " <a href="/huisregels">{t.house_rules_title}</a></p>
        </form>
    }
}

/// Which field of the form asks for what.
pub(super) fn ids() -> Vec<(Field, &'static str)> {
    let mut ids = vec![
        (Field::Title, "titel"),
        (Field::Body, "tekst"),
        (Field::Start, "dag"),
        (Field::Repeat, "herhaling"),
        (Field::Place, "plek"),
        (Field::Address, "bekende-plek"),
        (Field::Online, "online"),
        (Field::Cost, "kosten"),
        (Field::Audience, "doelgroep"),
        (Field::Areas, "gebied"),
        (Field::Topic, "thema"),
        (Field::Scene, "tekening"),
        (Field::SceneAlt, "tekening-uitleg-veld"),
    ];
    ids.extend(registration::rules_ids());
    ids
}
