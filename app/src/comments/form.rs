//! Writing a comment.

use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::section::Acts;
use super::view::{CommentForm, CommentView, Opened};
use crate::error::AppError;
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{FieldInfo, FormCopy, FormProblems, SubmitButton, TextArea, problem_of};

/// The form's id, in the page and in addresses.
const FORM: &str = "reageer";
const TEXT: &str = "reactie-tekst";

#[component]
pub(super) fn BodyField(
    id: &'static str,
    value: String,
    problems: Problems,
    #[prop(into)] label: String,
) -> impl IntoView {
    view! {
        <TextArea
            info=FieldInfo::new(id, label).problem(&problems, Field::Message)
            name="body"
            value=value
            rows=4
            maxlength=Some(domain::limits::COMMENT_MAX)
        />
    }
}

#[component]
pub(super) fn CommentFields(
    post: String,
    comments: RwSignal<Vec<CommentView>>,
    /// Of these the reader's own that nobody can answer yet.
    held: Vec<String>,
    opened: Memo<Opened>,
    typed: Filled<CommentForm>,
) -> impl IntoView {
    let t = use_texts();
    let Acts { create, .. } = expect_context::<Acts>();
    let is_new = typed.typed.version == 0;
    let refused = if is_new { typed.problems.clone() } else { Problems::default() };
    let before = if is_new { typed.typed.body.clone() } else { String::new() };
    let problems = {
        let refused = refused.clone();
        Memo::new(move |_| {
            create.value().with(|value| match value {
                Some(Err(AppError::Invalid(problems))) => problems.clone(),
                Some(Err(error)) => problem_of(error),
                _ => refused.clone(),
            })
        })
    };
    let copy = FormCopy::new(FORM, &format!("comment:{post}"));
    keep(copy, refused.is_empty(), create);
    let answered = {
        let post = post.clone();
        move || {
            let id = opened.with(|opened| opened.answer.clone());
            if held.contains(&id) {
                return Some(view! { <p class="meta">{t.fault_still_waits}</p> }.into_any());
            }
            let found = comments.with(|all| all.iter().find(|one| one.id == id && !one.gone).cloned());
            found.map(|comment| {
                view! {
                    <input type="hidden" name="reply_to" value=comment.id/>
                    <p class="meta">
                        {fill(t.comment_answering, &[("name", &comment.name)])} " "
                        <a
                            class="nl-link"
                            href=format!("/berichten/{post}#reageer")
                            data-noscroll="true"
                        >
                            {t.comment_answer_stop}
                        </a>
                    </p>
                }
                .into_any()
            })
        }
    };
    let field = move || {
        let value = before.clone();
        view! { <BodyField id=TEXT value problems=problems.get() label=t.comment_label/> }
    };
    view! {
            <ActionForm action=create attr:class="form stack" attr:id=FORM attr:novalidate=true>
                <input type="hidden" name="post" value=post.clone()/>
                {move || {
                    view! { <FormProblems problems=problems.get() ids=vec![(Field::Message, TEXT)]/> }
                }}
                {answered}
                {field}
                <Names comments/>
                <div class="form__actions">
                    <SubmitButton label=t.comment_send/>
                </div>
            </ActionForm>
    }
}

/// Who can be named, as buttons that write the name.
#[component]
fn Names(comments: RwSignal<Vec<CommentView>>) -> impl IntoView {
    const MOST: usize = 8;
    let t = use_texts();
    let me = use_site().viewer.name.clone();
    let names = Memo::new(move |_| {
        let mut names = Vec::<String>::new();
        comments.with(|all| {
            for comment in all.iter().rev().filter(|comment| !comment.gone && comment.name != me) {
                if !names.contains(&comment.name) && names.len() < MOST {
                    names.push(comment.name.clone());
                }
            }
        });
        names
    });
    move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let buttons = names
                .into_iter()
                .map(|name| {
                    let written = name.clone();
                    view! {
                        <button type="button" class="chip" on:click=move |_| write(&written)>
                            "@"
                            {name}
                        </button>
                    }
                })
                .collect_view();
            view! {
                <div class="chips js-only" role="group" aria-label=t.comment_name_somebody>
                    {buttons}
                </div>
            }
        })
    }
}

fn write(name: &str) {
    let found = document().get_element_by_id(TEXT).and_then(|found| found.dyn_into().ok());
    let Some(area): Option<HtmlTextAreaElement> = found else { return };
    let text = area.value();
    let space = if text.is_empty() || text.ends_with(char::is_whitespace) { "" } else { " " };
    area.set_value(&format!("{text}{space}@{name} "));
    let _ = area.focus();
}

/// Keeps what is typed until it has arrived.
fn keep(copy: FormCopy, restore: bool, action: ServerAction<super::api::CreateComment>) {
    let sent = copy.clone();
    Effect::new(move |_| {
        copy.restore(if restore { 0 } else { i64::MAX });
        copy.clone().follow(|| {});
    });
    let before = action.version().get_untracked();
    Effect::new(move |_| {
        if action.version().get() > before && action.value().with(|value| matches!(value, Some(Ok(())))) {
            sent.forget();
        }
    });
}
