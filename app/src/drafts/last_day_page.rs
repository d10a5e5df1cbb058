//! `/berichten/ID/laatste-dag`: until when a post is to be read. A quiet page.

use domain::id::PostId;
use domain::posts::LastDayChange;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use service::context::Request;
use service::dates;

use super::api::{SetLastDay, last_day_form};
use super::view::LastDayView;
use crate::texts::{desk_in_language, fill, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, DateTimeField, FieldInfo, FormProblems, Icon, PostButton, SubmitButton, load_at,
};

/// The way to the page, for who may change it.
pub(crate) fn last_day_link(request: &Request, post: PostId) -> String {
    let d = desk_in_language(request.locale);
    view! {
        <p class="no-print">
            <a class="nl-button nl-button--subtle" href=format!("/berichten/{post}/laatste-dag")>
                <Icon name="clock"/>
                {d.last_day_title}
            </a>
        </p>
    }
    .to_html()
}

/// What a version did to the last day, after the name of who did it.
pub(crate) fn last_day_told(request: &Request, change: LastDayChange) -> String {
    let d = desk_in_language(request.locale);
    match change {
        LastDayChange::Until(at) => {
            fill(d.last_day_was_set, &[("day", &dates::last_day_before(at, request.locale))])
        }
        LastDayChange::Taken => d.last_day_was_taken.to_owned(),
    }
}

#[component]
pub fn LastDayPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[id, flash]: [String; 2]| Box::pin(last_day_form(id, flash)) as _;
    let show = |view| view! { <Form view/> }.into_any();
    view! {
        <Title text=d.last_day_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Form(view: LastDayView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let LastDayView { id, title, version, day, now, problems } = view;
    let back = format!("/berichten/{id}");
    let words =
        if now.is_empty() { d.last_day_none.to_owned() } else { fill(d.last_day_now, &[("day", &now)]) };
    let take_away = (!now.is_empty()).then(|| {
        let fields = vec![("id", id.clone()), ("version", version.to_string()), ("day", String::new())];
        view! { <PostButton action=SetLastDay::PATH fields label=d.last_day_take icon=Some("x")/> }
    });
    view! {
        <Breadcrumb
            steps=vec![("/berichten".to_owned(), t.list_title.to_owned()), (back.clone(), title)]
            here=d.last_day_title
        />
        <h1>{d.last_day_title}</h1>
        <p class="lead">{words}</p>
        <form class="form stack" method="post" novalidate=true action=SetLastDay::PATH>
            <FormProblems problems=problems.clone() ids=vec![(Field::ExpiresAt, "tot-dag")]/>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version.to_string()/>
            <DateTimeField
                info=FieldInfo::new("tot-dag", t.field_expires_on)
                    .describe(t.field_expires_on_about)
                    .problem(&problems, Field::ExpiresAt)
                name="day"
                kind="date"
                value=day
            />
            <div class="form__actions">
                <SubmitButton label=d.last_day_save/>
                <a class="nl-button nl-button--subtle" href=back>
                    {t.cancel}
                </a>
            </div>
        </form>
        {take_away}
    }
}
