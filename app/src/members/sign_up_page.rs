//! Becoming a member.

use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{Join, SignUpForm, load_sign_up};
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{
    Checkbox, FieldInfo, FormProblems, Select, SelectOption, SieveFields, SubmitButton, TextField, load_at,
};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(load_sign_up(flash)) as _;
    let show = |form| view! { <Form form/> }.into_any();
    view! {
        <Title text=t.become_member/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

/// The areas to live in, with "rather not say" first.
pub(super) fn area_options(none: &str) -> Vec<SelectOption> {
    let site = use_site();
    std::iter::once(SelectOption::new("", none))
        .chain(site.choosable_areas().map(|area| SelectOption {
            value: area.slug.clone(),
            label: area.name.clone(),
            depth: area.depth.saturating_sub(1),
        }))
        .collect()
}

#[component]
fn Form(form: Filled<SignUpForm>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let Filled { typed, problems } = form;
    let draft = typed.draft;
    view! {
        <h1>{fill(t.join_title, &[("name", &site.name)])}</h1>
        <p class="lead">{t.join_lead}</p>
        <form class="form stack card panel" method="post" novalidate=true action=Join::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Name, "naam"),
                    (Field::Email, "email"),
                    (Field::Area, "gebied"),
                    (Field::HouseRules, "huisregels"),
                    (Field::Age, "leeftijd"),
                ]
            />
            <input type="hidden" name="back" value=typed.back/>
            <TextField
                info=FieldInfo::new("naam", t.field_name)
                    .describe(t.field_name_about)
                    .problem(&problems, Field::Name)
                name="draft[name]"
                autocomplete="name"
                value=draft.name
                maxlength=domain::limits::NAME_MAX
                required=true
            />
            <TextField
                info=FieldInfo::new("email", t.field_email)
                    .describe(t.field_email_about)
                    .problem(&problems, Field::Email)
                name="draft[email]"
                kind="email"
                autocomplete="email"
                value=draft.email
                required=true
            />
            <Select
                info=FieldInfo::new("gebied", t.field_home_area)
                    .describe(t.field_home_area_about)
                    .problem(&problems, Field::Area)
                name="draft[area]"
                options=area_options(t.rather_not_say)
                selected=draft.area
            />
            <Checkbox
                info=FieldInfo::new("leeftijd", t.field_age).problem(&problems, Field::Age)
                name="draft[age]"
                checked=draft.age
            />
            <Checkbox
                info=FieldInfo::new("huisregels", t.field_house_rules)
                    .problem(&problems, Field::HouseRules)
                name="draft[house_rules]"
                checked=draft.house_rules
            />
            <p class="meta">
                <a href="/huisregels">{t.house_rules_title}</a>
                " · "
                <a href="/privacy">{t.privacy_title}</a>
            </p>
            <SieveFields since=typed.since puzzle=typed.puzzle/>
            <SubmitButton label=t.join_send/>
        </form>
        <p>
            {t.have_account} " " <a class="nl-link" href="/aanmelden">
                {t.sign_in}
            </a>
        </p>
    }
}
