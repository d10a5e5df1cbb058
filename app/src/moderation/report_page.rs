//! Giving notice about content, with an account or without.

use domain::moderation::Category;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{GiveReport, report_form};
use super::statement::KindBadge;
use super::view::ReportView;
use crate::site::use_site;
use crate::texts::{DeskTexts, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FormProblems, RadioGroup, RadioOption, Select, SelectOption, SieveFields,
    SubmitButton, TextArea, TextField, load_at,
};

#[component]
pub fn ReportPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash, about]: [String; 2]| Box::pin(report_form(flash, about)) as _;
    let show = |form| view! { <Form form/> }.into_any();
    view! {
        <Title text=t.report_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash", "over"], fetch, show)}
        </main>
    }
}

/// The kind of notice in the reader's language.
pub(super) const fn category_name(d: &DeskTexts, category: Category) -> &'static str {
    match category {
        Category::Illegal => d.category_illegal,
        Category::HouseRules => d.category_house_rules,
        Category::Privacy => d.category_privacy,
        Category::WrongFacts => d.category_wrong_facts,
        Category::Spam => d.category_spam,
        Category::Other => d.category_other,
    }
}

/// What is reported: by its kind and title, or a page to name.
#[component]
fn About(form: ReportView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let address = form.filled.typed.address.clone();
    match form.about {
        Some((kind, title)) => view! {
            <div class="card panel">
                <p class="meta">{d.report_about}</p>
                <p class="cluster">
                    {kind.map(|kind| view! { <KindBadge kind/> })}
                    <strong>{title}</strong>
                </p>
                <input type="hidden" id="pagina" name="report[address]" value=address/>
            </div>
        }
        .into_any(),
        None => view! {
            <TextField
                info=FieldInfo::new("pagina", d.report_address)
                    .hint(t.optional)
                    .problem(&form.filled.problems, Field::Address)
                name="report[address]"
                value=address
            />
        }
        .into_any(),
    }
}

#[component]
fn Form(form: ReportView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let typed = form.filled.typed.clone();
    let problems = form.filled.problems.clone();
    let categories = Category::ALL
        .iter()
        .map(|category| RadioOption {
            value: category.key().to_owned(),
            label: category_name(d, *category).to_owned(),
            about: String::new(),
            depth: 0,
        })
        .collect();
    let rules: Vec<SelectOption> = std::iter::once(SelectOption::new("", d.report_rule_none))
        .chain(
            form.rules
                .iter()
                .map(|(number, words)| SelectOption::new(number.to_string(), format!("{number}. {words}"))),
        )
        .collect();
    let chosen = if typed.category.is_empty() { Category::Other.key().to_owned() } else { typed.category };
    view! {
        <Breadcrumb steps=Vec::new() here=t.report_title/>
        <h1>{t.report_title}</h1>
        <p class="lead">{d.report_lead}</p>
        <form class="form stack" method="post" novalidate=true action=GiveReport::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Address, "pagina"),
                    (Field::Category, "soort"),
                    (Field::Message, "melding"),
                    (Field::Email, "email"),
                ]
            />
            <About form=form.clone()/>
            <RadioGroup
                info=FieldInfo::new("soort", d.category).problem(&problems, Field::Category)
                name="report[category]"
                options=categories
                selected=chosen
            />
            {(rules.len() > 1)
                .then(|| {
                    view! {
                        <Select
                            info=FieldInfo::new("regel", d.report_rule).hint(t.optional)
                            name="report[rule]"
                            options=rules
                            selected=typed.rule
                        />
                    }
                })}
            <TextArea
                info=FieldInfo::new("melding", d.report_message)
                    .describe(d.report_message_about)
                    .problem(&problems, Field::Message)
                name="report[message]"
                value=typed.message
                maxlength=Some(domain::limits::MESSAGE_MAX)
            />
            <TextField
                info=FieldInfo::new("email", t.field_email)
                    .hint(t.optional)
                    .describe(d.report_email_about)
                    .problem(&problems, Field::Email)
                name="report[email]"
                kind="email"
                autocomplete="email"
                value=typed.email
            />
            <SieveFields since=form.since puzzle=form.puzzle/>
            <div class="form__actions">
                <SubmitButton label=d.report_send/>
            </div>
            <p class="meta">
                <a href="/moderatie">{d.report_what_next}</a>
            </p>
            <p class="meta">
                {t.call_us} " " <a href=site.tel()>{site.phone.clone()}</a>
            </p>
        </form>
    }
}
