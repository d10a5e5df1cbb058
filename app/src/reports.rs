//! Giving notice about content, with an account or without.

use domain::problem::Field;
use domain::reports::ReportDraft;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::Postcard;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{Breadcrumb, FieldInfo, FormProblems, SubmitButton, TextArea, TextField, load};
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    crate::context::{FormWay, finish, request, typed, with_message},
    domain::members::sign_in::safe_return,
};

#[server(endpoint = "reports/form", output = Postcard)]
pub async fn report_form(#[server(default)] flash: String) -> Result<Packed<Filled<ReportDraft>>, AppError> {
    let request = request();
    Ok(Filled::from(typed::<ReportDraft>(&request, "report", &flash).await?).into())
}

#[server(endpoint = "reports/give", output = Postcard)]
pub async fn give_report(report: ReportDraft) -> Result<(), AppError> {
    let request = request();
    let done = service::reports::give(&request, &report).await;
    let way = FormWay { form: "report", back: "/melden" };
    // Back to what it was about.
    let done = done.map(|()| with_message(safe_return(&report.address), "gemeld"));
    finish(&request, way, report, done).await
}

#[component]
pub fn ReportPage() -> impl IntoView {
    let t = use_texts();
    let query = use_query_map();
    let flash = Memo::new(move |_| query.with(|query| query.get("flash").unwrap_or_default()));
    let key = move || vec![flash.get()];
    let fetch = |key: Vec<String>| Box::pin(report_form(key.into_iter().next().unwrap_or_default())) as _;
    let show = |form| view! { <Form form/> }.into_any();
    view! {
        <Title text=t.report_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Form(form: Filled<ReportDraft>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let about = use_query_map().with_untracked(|query| query.get("over").unwrap_or_default());
    let Filled { typed, problems } = form;
    let address = if typed.address.is_empty() { about } else { typed.address };
    view! {
        <Breadcrumb steps=Vec::new() here=t.report_title/>
        <h1>{t.report_title}</h1>
        <p class="lead">{t.report_lead}</p>
        <form class="form stack" method="post" novalidate=true action=GiveReport::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Address, "pagina"),
                    (Field::Message, "melding"),
                    (Field::Email, "email"),
                ]
            />
            <TextField
                info=FieldInfo::new("pagina", t.report_address)
                    .hint(t.optional)
                    .problem(&problems, Field::Address)
                name="report[address]"
                value=address
            />
            <TextArea
                info=FieldInfo::new("melding", t.report_message)
                    .describe(t.report_message_about)
                    .problem(&problems, Field::Message)
                name="report[message]"
                value=typed.message
                maxlength=Some(domain::limits::MESSAGE_MAX)
            />
            <TextField
                info=FieldInfo::new("email", t.field_email)
                    .hint(t.optional)
                    .describe(t.report_email_about)
                    .problem(&problems, Field::Email)
                name="report[email]"
                kind="email"
                autocomplete="email"
                value=typed.email
            />
            <div class="form__actions">
                <SubmitButton label=t.report_send/>
            </div>
            <p class="meta">
                {t.call_us} " " <a href=site.tel()>{site.phone.clone()}</a>
            </p>
        </form>
    }
}
