//! Signing in: an address, then a code or a link from the mail; or a password.

use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{
    AskToSignIn, SignInForm, SignInWithCode, SignInWithLink, SignInWithPassword, code_form, link_works,
    load_sign_in,
};
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{
    FieldInfo, FormProblems, LinkButton, Notice, NoticeKind, SceneArt, SubmitButton, TextField, load, load_at,
};

/// The value of a key in the address, once.
fn in_query(key: &'static str) -> String {
    use_query_map().with_untracked(|query| query.get(key).unwrap_or_default())
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(load_sign_in(flash)) as _;
    let show = |form| view! { <SignIn form/> }.into_any();
    view! {
        <Title text=t.sign_in/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
fn SignIn(form: Filled<SignInForm>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let Filled { typed, problems } = form;
    let back = if typed.back.is_empty() { in_query("terug") } else { typed.back };
    let expired = problems.of(Field::Code).is_some();
    view! {
        <h1>{t.sign_in}</h1>
        <p class="lead">{t.sign_in_lead}</p>
        {expired
            .then(|| {
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p>{t.fault_code_expired}</p>
                    </Notice>
                }
            })}
        <div class="card panel stack">
            <form class="form stack" method="post" novalidate=true action=AskToSignIn::PATH>
                {(!typed.with_password && !expired)
                    .then(|| {
                        view! {
                            <FormProblems
                                problems=problems.clone()
                                ids=vec![(Field::Email, "email")]
                            />
                        }
                    })}
                <input type="hidden" name="back" value=back.clone()/>
                <TextField
                    info=FieldInfo::new("email", t.field_email).problem(&problems, Field::Email)
                    name="email"
                    kind="email"
                    autocomplete="email"
                    value=typed.email.clone()
                    required=true
                />
                <SubmitButton label=t.send_code icon=Some("mail")/>
            </form>
        </div>
        <details class="card panel" open=typed.with_password>
            <summary>{t.sign_in_with_password}</summary>
            <form class="form stack" method="post" novalidate=true action=SignInWithPassword::PATH>
                {typed
                    .with_password
                    .then(|| {
                        view! {
                            <FormProblems
                                problems=problems.clone()
                                ids=vec![
                                    (Field::Email, "email-2"),
                                    (Field::Password, "wachtwoord"),
                                ]
                            />
                        }
                    })}
                <input type="hidden" name="back" value=back/>
                <TextField
                    info=FieldInfo::new("email-2", t.field_email)
                    name="email"
                    kind="email"
                    autocomplete="username"
                    value=typed.email
                />
                <TextField
                    info=FieldInfo::new("wachtwoord", t.field_password)
                        .problem(&problems, Field::Password)
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    value=""
                />
                <SubmitButton label=t.sign_in look="secondary"/>
            </form>
        </details>
        <p>
            {t.no_account_yet} " " <a class="nl-link" href="/lid-worden">
                {t.become_member}
            </a>
        </p>
        <p class="meta">
            {t.call_us} " " <a href=site.tel()>{site.phone.clone()}</a>
        </p>
    }
}

/// The six digits from the mail.
#[component]
pub fn CodePage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash]: [String; 1]| Box::pin(code_form(flash)) as _;
    let show = |form| view! { <Code form/> }.into_any();
    view! {
        <Title text=t.code_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Code(form: Filled<()>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let problems = form.problems;
    view! {
        <div class="card panel stack">
            <div class="card__picture">
                <SceneArt name="letter"/>
            </div>
            <h1>{t.code_title}</h1>
            <p class="lead">{t.code_lead}</p>
            <form class="form stack" method="post" novalidate=true action=SignInWithCode::PATH>
                <FormProblems problems=problems.clone() ids=vec![(Field::Code, "code")]/>
                <input type="hidden" name="challenge" value=in_query("c")/>
                <TextField
                    info=FieldInfo::new("code", t.field_code)
                        .describe(t.field_code_about)
                        .problem(&problems, Field::Code)
                    name="code"
                    value=""
                    class="utrecht-textbox code-input"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    required=true
                />
                <SubmitButton label=t.sign_in/>
            </form>
            {site
                .demo
                .then(|| {
                    view! {
                        <Notice kind=NoticeKind::Info>
                            <p>
                                {t.demo_mail} " " <a href="/demo/outbox">{t.outbox_title}</a>
                            </p>
                        </Notice>
                    }
                })}
            <p>
                {t.no_mail} " " <a class="nl-link" href="/aanmelden">
                    {t.send_again}
                </a>
            </p>
        </div>
    }
}

/// The link from the mail: looking changes nothing, the button signs in.
#[component]
pub fn LinkPage() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let key = move || vec![token.get()];
    let fetch = |key: Vec<String>| Box::pin(link_works(key.into_iter().next().unwrap_or_default())) as _;
    let show = move |address: Option<String>| match address {
        Some(address) => view! { <LinkForm token=token.get_untracked() address/> }.into_any(),
        None => view! { <LinkGone/> }.into_any(),
    };
    view! {
        <Title text=t.sign_in/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn LinkForm(token: String, address: String) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    view! {
        <div class="card panel stack">
            <h1>{fill(t.link_title, &[("name", &site.name)])}</h1>
            <p class="lead">{t.link_lead}</p>
            <p>{fill(t.link_for, &[("email", &address)])}</p>
            <form method="post" action=SignInWithLink::PATH>
                <input type="hidden" name="token" value=token/>
                <SubmitButton label=t.sign_in icon=Some("login")/>
            </form>
        </div>
    }
}

#[component]
fn LinkGone() -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="empty">
            <SceneArt name="letter"/>
            <h1>{t.link_gone_title}</h1>
            <p class="lead">{t.fault_code_expired}</p>
            <LinkButton href="/aanmelden" label=t.send_again/>
        </div>
    }
}
