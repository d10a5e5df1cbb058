//! The second step: give the code of the app, or set the app up.

use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::{ConfirmSecondFactor, GiveSecondFactor, SecondStep, load_second_step};
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{
    Empty, FieldInfo, FormProblems, LinkButton, Notice, NoticeKind, SubmitButton, TextField, load_at,
};

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(load_second_step(flash)) as _;
    let show = |(step, problems)| view! { <Step step problems/> }.into_any();
    view! {
        <Title text=t.second_step/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Step(step: SecondStep, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let back = use_query_map().with_untracked(|query| query.get("terug").unwrap_or_default());
    let field = FieldInfo::new("code", t.field_code).describe(t.totp_about).problem(&problems, Field::Code);
    match step {
        SecondStep::Nothing => view! {
            <Empty title=t.second_step text=t.second_step_nothing scene="locked" whole_page=true>
                <LinkButton href="/aanmelden" label=t.sign_in/>
            </Empty>
        }
        .into_any(),
        SecondStep::Done => view! {
            <Empty title=t.second_step text=t.second_step_done scene="letter" whole_page=true>
                <LinkButton href="/account" label=t.your_account/>
            </Empty>
        }
        .into_any(),
        SecondStep::Give => view! {
            <div class="card panel stack">
                <h1>{t.second_step}</h1>
                <p class="lead">{t.second_step_give}</p>
                <form class="form stack" method="post" action=GiveSecondFactor::PATH>
                    <FormProblems problems=problems ids=vec![(Field::Code, "code")]/>
                    <input type="hidden" name="back" value=back/>
                    <TextField
                        info=field
                        name="code"
                        value=""
                        class="utrecht-textbox code-input"
                        autocomplete="one-time-code"
                        required=true
                    />
                    <SubmitButton label=t.sign_in/>
                </form>
                <p class="meta">
                    {t.second_step_lost} " " <a href=site.tel()>{site.phone.clone()}</a>
                </p>
                {site
                    .demo
                    .then(|| {
                        view! {
                            <Notice kind=NoticeKind::Info>
                                <p>
                                    {t.demo_codes} " " <a href="/demo/outbox">{t.outbox_title}</a>
                                </p>
                            </Notice>
                        }
                    })}
            </div>
        }
        .into_any(),
        SecondStep::SetUp { secret, url, qr } => view! {
            <div class="card panel stack">
                <h1>{t.totp_title}</h1>
                <p class="lead">{t.totp_lead}</p>
                <ol>
                    <li>{t.totp_step_app}</li>
                    <li>{t.totp_step_scan}</li>
                    <li>{t.totp_step_code}</li>
                </ol>
                <p>
                    <a class="nl-link" href=url rel="external">
                        {t.totp_open}
                    </a>
                </p>
                <div class="qr" role="img" aria-label=t.totp_qr inner_html=qr></div>
                <p>
                    {t.totp_secret} " " <code>{secret}</code>
                </p>
                <form class="form stack" method="post" action=ConfirmSecondFactor::PATH>
                    <FormProblems problems=problems ids=vec![(Field::Code, "code")]/>
                    <TextField
                        info=field
                        name="code"
                        value=""
                        class="utrecht-textbox code-input"
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        required=true
                    />
                    <SubmitButton label=t.totp_confirm/>
                </form>
                {site
                    .viewer
                    .signed_in
                    .then(|| {
                        view! {
                            <p>
                                <a class="nl-link" href="/account">
                                    {t.your_account}
                                </a>
                            </p>
                        }
                    })}
            </div>
        }
        .into_any(),
    }
}
