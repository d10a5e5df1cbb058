//! `/inschrijving/TOKEN`: one's own registration by the link of a mail, without an account. A quiet page.

use domain::activities::registration::State;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{
    CancelRegistration, ChangeRegistration, ConfirmRegistration, SetReminders, own_registration,
};
use super::register_page::{Answers, What, ids};
use super::view::OwnView;
use crate::activities::present::with_time;
use crate::texts::{fill, use_desk_texts};
use crate::ui::{FormProblems, Notice, NoticeKind, PostButton, SubmitButton, load_at};

#[component]
pub fn OwnRegistrationPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[token, done, flash]: [String; 3]| Box::pin(own_registration(token, done, flash)) as _;
    let show = |view| view! { <Own view/> }.into_any();
    view! {
        <Title text=d.reg_own_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            <h1>{d.reg_own_title}</h1>
            {load_at(["token", "klaar", "flash"], fetch, show)}
        </main>
    }
}

/// How it stands, and everything that can be done about it.
#[component]
pub(super) fn Own(view: OwnView) -> impl IntoView {
    let d = use_desk_texts();
    let mut more = vec![(d.reg_own_name, view.name.clone())];
    if view.people > 1 {
        more.push((d.reg_own_people, view.people.to_string()));
    }
    let open = !view.past && view.state != State::Cancelled;
    let acts = (open && view.confirmed).then(|| {
        view! {
            <Change view=view.clone()/>
            <Reminders view=view.clone()/>
            <Cancel view=view.clone()/>
        }
    });
    let again = (view.state == State::Cancelled && !view.past).then(|| {
        let href = with_time(&format!("/activiteiten/{}/inschrijven", view.what.id), &view.what.at);
        view! { <p>{d.reg_again} " " <a href=href>{d.reg_go}</a></p> }
    });
    view! {
        <Standing view=view.clone()/>
        <What what=view.what.clone() more/>
        {again}
        {acts}
    }
}

/// In a sentence; who has not confirmed yet has a button to do so.
#[component]
fn Standing(view: OwnView) -> impl IntoView {
    let d = use_desk_texts();
    if !view.confirmed && view.state != State::Cancelled {
        let fields = vec![("token", view.token)];
        return view! {
            <Notice kind=NoticeKind::Info>
                <p>{d.reg_confirm_lead}</p>
                <PostButton action=ConfirmRegistration::PATH fields label=d.reg_confirm look="primary"/>
            </Notice>
        }
        .into_any();
    }
    let (kind, says) = match view.state {
        State::Seat => (NoticeKind::Ok, d.reg_mine_seat.to_owned()),
        State::Waiting => (NoticeKind::Info, fill(d.reg_mine_waiting, &[("n", &view.number.to_string())])),
        State::Cancelled => (NoticeKind::Info, d.reg_cancelled.to_owned()),
    };
    let saved = view.saved.then(|| view! { <p>{d.reg_saved}</p> });
    let past = view.past.then(|| view! { <p>{d.reg_past}</p> });
    view! {
        <Notice kind>
            {saved}
            <p>{says}</p>
            {past}
        </Notice>
    }
    .into_any()
}

fn hidden(view: &OwnView) -> Vec<(&'static str, String)> {
    vec![
        ("activity", view.what.id.clone()),
        ("registration", view.id.clone()),
        ("at", view.what.at.clone()),
        ("token", view.token.clone()),
    ]
}

#[component]
fn Change(view: OwnView) -> impl IntoView {
    let d = use_desk_texts();
    let problems = view.form.problems.clone();
    if view.what.guests == 0 && view.what.questions.is_empty() {
        return view! { <FormProblems problems ids=Vec::new()/> }.into_any();
    }
    let fields = hidden(&view)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="form stack" method="post" novalidate=true action=ChangeRegistration::PATH>
            <h2>{d.reg_change_title}</h2>
            <FormProblems problems=problems.clone() ids=ids()/>
            {fields}
            <input type="hidden" name="version" value=view.version.to_string()/>
            <Answers what=view.what.clone() draft=view.form.typed.clone() problems/>
            <div class="form__actions">
                <SubmitButton label=d.reg_change/>
            </div>
        </form>
    }
    .into_any()
}

/// Before each time that it is, or none.
#[component]
fn Reminders(view: OwnView) -> impl IntoView {
    let d = use_desk_texts();
    let mut fields = hidden(&view);
    fields.push(("on", (!view.reminders).to_string()));
    let (says, label) = if view.reminders {
        (d.reg_reminders_on, d.reg_reminders_stop)
    } else {
        (d.reg_reminders_off, d.reg_reminders_again)
    };
    view! {
        <section class="stack" id="herinneringen">
            <h2>{d.reg_reminders}</h2>
            <p>{says}</p>
            <PostButton action=SetReminders::PATH fields label look="secondary"/>
        </section>
    }
}

#[component]
fn Cancel(view: OwnView) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <section class="stack">
            <h2>{d.reg_cancel_title}</h2>
            <p>{d.reg_cancel_about}</p>
            <PostButton
                action=CancelRegistration::PATH
                fields=hidden(&view)
                label=d.reg_cancel
                look="secondary"
                icon=Some("x")
            />
        </section>
    }
}
