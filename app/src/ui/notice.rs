//! Messages: beside the text, above a form, or at the foot of the page for a moment.

use domain::problem::{Field, Problems};
use leptos::prelude::*;

use super::{Icon, fault_text};
use crate::texts::use_texts;

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

/// Everything that is wrong with a form, with a link to each field; `ids` says where each is.
#[component]
pub fn FormProblems(problems: Problems, ids: Vec<(Field, &'static str)>) -> impl IntoView {
    let t = use_texts();
    (!problems.is_empty()).then(|| {
        let lines = problems
            .0
            .into_iter()
            .map(|problem| {
                let text = fault_text(t, problem.fault);
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
