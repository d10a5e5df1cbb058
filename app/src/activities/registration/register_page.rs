//! `/activiteiten/ID/inschrijven`: the form, or what one has. A quiet page.

use domain::activities::registration::RegistrationDraft;
use domain::limits;
use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{Register, register_form};
use super::own_page::Own;
use super::view::{ForView, FormView, RegisterPart, RegisterView};
use crate::activities::present::with_time;
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FormProblems, Notice, NoticeKind, SieveFields, SubmitButton, TextArea, TextField,
    load_at,
};

/// The ids of the answers. Those of their fields are known when the program is made.
const ANSWERS: [&str; limits::QUESTIONS_MAX as usize] =
    ["antwoord-1", "antwoord-2", "antwoord-3", "antwoord-4", "antwoord-5"];

#[component]
pub fn RegisterPage() -> impl IntoView {
    let fetch = |[id, at, done, flash]: [String; 4]| Box::pin(register_form(id, at, done, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load_at(["id", "keer", "klaar", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: RegisterView) -> impl IntoView {
    let d = use_desk_texts();
    let back = with_time(&format!("/activiteiten/{}", view.what.id), &view.what.at);
    let (title, part) = match view.part {
        RegisterPart::Form(form) => (
            d.reg_title,
            view! { <What what=view.what.clone()/> <Form what=view.what.clone() view=*form/> }.into_any(),
        ),
        RegisterPart::Own(own) => (d.reg_own_title, view! { <Own view=*own/> }.into_any()),
        RegisterPart::Mail(minutes) => (d.reg_mail_title, view! { <MailSent minutes/> }.into_any()),
        RegisterPart::No(why) => {
            let part = view! {
                <What what=view.what.clone()/>
                <Notice kind=NoticeKind::Info>
                    <p>{why}</p>
                </Notice>
            };
            (d.reg_title, part.into_any())
        }
    };
    view! {
        <Title text=title/>
        <Breadcrumb
            steps=vec![
                ("/agenda".to_owned(), d.agenda_title.to_owned()),
                (back, view.what.title.clone()),
            ]
            here=title
        />
        <h1>{title}</h1>
        {part}
    }
}

/// What it is for, and what else is to be said about it.
#[component]
pub(super) fn What(what: ForView, #[prop(optional)] more: Vec<(&'static str, String)>) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd lang=lang>{value}</dd>
                </div>
            }
        })
    };
    view! {
        <section class="stack">
            <h2 lang=lang>{what.title}</h2>
            <dl class="facts">
                {fact(d.activity_when, what.when)} {fact(d.activity_place, what.place)}
                {more.into_iter().map(|(name, value)| fact(name, value)).collect_view()}
            </dl>
        </section>
    }
}

#[component]
fn MailSent(minutes: i64) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <Notice kind=NoticeKind::Ok>
            <p>{fill(d.reg_mail_text, &[("n", &minutes.to_string())])}</p>
        </Notice>
        <p>{d.reg_mail_none}</p>
    }
}

#[component]
fn Form(what: ForView, view: FormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let problems = view.form.problems.clone();
    let draft = view.form.typed.draft.clone();
    let says = view.says.into_iter().map(|one| view! { <p>{one}</p> }).collect_view();
    let cancelled = view.cancelled.then(|| {
        view! {
            <Notice kind=NoticeKind::Ok>
                <p>{d.reg_cancelled} " " {d.reg_again}</p>
            </Notice>
        }
    });
    let who = if view.member.is_empty() {
        let back = with_time(&format!("/activiteiten/{}/inschrijven", what.id), &what.at);
        let sign_in = format!("/aanmelden?terug={}", crate::context::escaped(&back));
        view! {
            <p>{d.reg_sign_in} " " <a href=sign_in>{d.reg_sign_in_link}</a></p>
            <TextField
                info=FieldInfo::new("naam", d.reg_name).problem(&problems, Field::Name)
                name="draft[name]"
                autocomplete="name"
                value=draft.name.clone()
                maxlength=limits::NAME_MAX
                required=true
            />
            <TextField
                info=FieldInfo::new("email", d.reg_email)
                    .describe(d.reg_email_about)
                    .problem(&problems, Field::Email)
                name="draft[email]"
                kind="email"
                autocomplete="email"
                value=draft.email.clone()
                maxlength=limits::EMAIL_MAX
                required=true
            />
        }
        .into_any()
    } else {
        view! { <p>{fill(d.reg_as, &[("name", &view.member)])}</p> }.into_any()
    };
    let sieve = view
        .member
        .is_empty()
        .then(|| view! { <SieveFields since=view.form.typed.since.clone() puzzle=view.puzzle.clone()/> });
    view! {
        {cancelled}
        {says}
        <form class="form stack" method="post" novalidate=true action=Register::PATH>
            <FormProblems problems=problems.clone() ids=ids()/>
            <input type="hidden" name="id" value=what.id.clone()/>
            <input type="hidden" name="at" value=what.at.clone()/>
            {sieve}
            {who}
            <Answers what=what draft problems/>
            <p class="meta">{d.reg_privacy} " " <a href="/privacy">{t.privacy_title}</a></p>
            <div class="form__actions">
                <SubmitButton label=view.label/>
            </div>
        </form>
    }
}

pub(super) fn ids() -> Vec<(Field, &'static str)> {
    let mut ids = vec![(Field::Name, "naam"), (Field::Email, "email"), (Field::Found, "gasten")];
    ids.extend(ANSWERS.into_iter().zip(0u8..).map(|(id, number)| (Field::Answer { number }, id)));
    ids
}

/// Guests, and what the organiser asks.
#[component]
pub(super) fn Answers(
    what: ForView,
    draft: RegistrationDraft,
    problems: Problems,
    /// Filled in by who organises it, about somebody else.
    #[prop(optional)]
    of_others: bool,
) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let ask = if of_others { d.reg_put_on_guests } else { d.reg_guests };
    let guests = (what.guests > 0).then(|| {
        view! {
            <TextField
                info=FieldInfo::new("gasten", ask)
                    .hint(t.optional)
                    .describe(fill(d.reg_guests_about, &[("n", &what.guests.to_string())]))
                    .problem(&problems, Field::Found)
                name="draft[guests]"
                inputmode="numeric"
                value=draft.guests.clone()
            />
        }
    });
    let answers = what
        .questions
        .into_iter()
        .zip(ANSWERS)
        .zip(0u8..)
        .map(|((question, id), number)| {
            let value = draft.answers.get(usize::from(number)).cloned().unwrap_or_default();
            view! {
                <TextArea
                    info=FieldInfo::new(id, question)
                        .hint(t.optional)
                        .problem(&problems, Field::Answer { number })
                    name="draft[answers][]"
                    value
                    rows=2
                    maxlength=Some(limits::QUESTION_ANSWER_MAX)
                />
            }
        })
        .collect_view();
    view! {
        {guests}
        {answers}
    }
}
