//! Messages: beside the text, above a form, or at the foot of the page for a moment.

use domain::problem::{Field, Problems};
use leptos::prelude::*;

use leptos_router::hooks::use_query_map;

use super::{Icon, fault_text, focus_soon};
use crate::texts::{Texts, use_texts};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Ok,
    Warning,
    Error,
}

impl NoticeKind {
    const fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Info => ("notice notice--info", "info-circle", "status"),
            Self::Ok => ("notice notice--ok", "circle-check", "status"),
            Self::Warning => ("notice notice--warning", "alert-triangle", "status"),
            Self::Error => ("notice notice--error", "alert-triangle", "alert"),
        }
    }
}

/// Something to know.
#[component]
pub fn Notice(kind: NoticeKind, children: Children) -> impl IntoView {
    let (class, icon, role) = kind.parts();
    view! {
        <div class=class role=role>
            <Icon name=icon/>
            <div>{children()}</div>
        </div>
    }
}

/// What the field is called above its control; `None` when a sentence stands there, or nothing.
fn field_name(t: &Texts, field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Title => t.field_title,
        Field::Body => t.field_body,
        Field::Kind => t.field_kind,
        Field::Topic => t.field_topic,
        Field::Areas | Field::Area => t.field_area,
        Field::Scene => t.field_scene,
        Field::Photos => t.field_photos,
        Field::PublishAt => t.field_publish_on,
        Field::ExpiresAt => t.field_expires_on,
        Field::SceneAlt => t.field_scene_alt,
        Field::Reason => t.field_reason,
        Field::OnBehalfOf => t.field_on_behalf_of,
        Field::Name => t.field_name,
        Field::Email => t.field_email,
        Field::Code => t.field_code,
        Field::Password => t.field_password,
        Field::NewPassword => t.field_new_password,
        Field::HouseRules => t.field_house_rules,
        Field::Age => t.field_age,
        Field::Consent => t.field_consent,
        Field::Answer { .. }
        | Field::Message
        | Field::Address
        | Field::Category
        | Field::Ground
        | Field::Term
        | Field::Goal
        | Field::Stage
        | Field::Closing
        | Field::Label
        | Field::Wanted
        | Field::Found
        | Field::Start
        | Field::Repeat
        | Field::Place
        | Field::Online
        | Field::Cost
        | Field::Audience
        | Field::Form => return None,
    })
}

/// Everything that is wrong with a form, with a link to each field; `ids` says where each is.
#[component]
pub fn FormProblems(problems: Problems, ids: Vec<(Field, &'static str)>) -> impl IntoView {
    let t = use_texts();
    // A form that came back: what is wrong with it comes first, also for who does not look at the screen.
    let came_back = use_query_map().with_untracked(|query| query.get("flash").is_some());
    (!problems.is_empty()).then(|| {
        if came_back {
            Effect::new(|_| focus_soon("#fouten".to_owned()));
        }
        let lines = problems
            .0
            .into_iter()
            .map(|problem| {
                let text = fault_text(t, problem.fault);
                let text = match field_name(t, problem.field) {
                    Some(name) => format!("{name}: {text}"),
                    None => text,
                };
                let at =
                    ids.iter().find(|(field, _)| *field == problem.field).map(|(_, id)| format!("#{id}"));
                match at {
                    Some(href) => view! { <li><a href=href rel="external">{text}</a></li> }.into_any(),
                    None => view! { <li>{text}</li> }.into_any(),
                }
            })
            .collect_view();
        view! {
            <div class="notice notice--error" role="alert" tabindex="-1" id="fouten">
                <Icon name="alert-triangle"/>
                <div>
                    <h2>{t.form_problems}</h2>
                    <ul>{lines}</ul>
                </div>
            </div>
        }
    })
}

/// Something that just happened, with room for a way back.
#[component]
pub fn Toast(#[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            <Icon name="circle-check"/>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
