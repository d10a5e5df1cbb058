//! The five steps to a first activity: what each asks, and where each leads.

use domain::activities::draft::ActivityDraft;
use domain::activities::policy;
use domain::problem::{Field, Problems};
use service::activities;
use service::context::Request;

use super::present::PREVIEW;
use super::present_form::new_form;
use super::view::FirstView;
use crate::context::{FormWay, answer, finish, go, with_message};
use crate::error::AppError;
use crate::forms::Filled;

/// Under which name what was typed is kept.
pub(super) const FORM: &str = "first-activity";
/// The button back.
pub(super) const BACK: &str = "back";
const ADDRESS: &str = "/activiteiten/eerste";

/// A number of a step; the first for what is none.
fn number(step: &str) -> u8 {
    step.parse().ok().filter(|step| (1..=FirstView::STEPS).contains(step)).unwrap_or(1)
}

/// The step that asks for a field.
const fn step_of(field: Field) -> u8 {
    match field {
        Field::Title | Field::Body => 1,
        Field::Start | Field::Repeat => 2,
        Field::Place | Field::Address | Field::Online | Field::Cost | Field::Areas => 3,
        Field::Audience
        | Field::Topic
        | Field::Wanted
        | Field::Found
        | Field::Term
        | Field::Answer { .. } => 4,
        _ => FirstView::STEPS,
    }
}

pub(super) fn view(request: &Request, step: &str, form: Filled<ActivityDraft>) -> FirstView {
    FirstView { step: number(step), form: new_form(request, form) }
}

/// To a step, with everything that was typed.
async fn to(
    request: &Request,
    step: u8,
    draft: ActivityDraft,
    problems: Problems,
    part: &str,
) -> Result<(), AppError> {
    let id = answer(service::flash::keep(request, FORM, draft, problems).await)?;
    go(&format!("{ADDRESS}?stap={step}&flash={id}{part}"));
    Ok(())
}

/// What a button of a step does.
pub(super) async fn go_on(
    request: &Request,
    draft: ActivityDraft,
    step: &str,
    act: &str,
) -> Result<(), AppError> {
    let step = number(step);
    let back = format!("{ADDRESS}?stap={step}");
    let way = FormWay { form: FORM, back: &back };
    if let Err(denied) = policy::may_create(&request.actor, request.platform.id) {
        return finish(request, way, draft, Err(denied.into())).await;
    }
    if act == BACK {
        return to(request, step.saturating_sub(1).max(1), draft, Problems::default(), "").await;
    }
    let wrong = match activities::check_new(request, &draft).await {
        Ok(()) => Problems::default(),
        Err(service::Error::Invalid(problems)) => problems,
        Err(error) => return finish(request, way, draft, Err(error)).await,
    };
    // What later steps ask for is not wrong yet.
    let asked = Problems(wrong.0.into_iter().filter(|problem| step_of(problem.field) <= step).collect());
    let here = Problems(asked.0.iter().copied().filter(|problem| step_of(problem.field) == step).collect());
    if !here.is_empty() {
        return to(request, step, draft, here, "#fouten").await;
    }
    if act == PREVIEW {
        return to(request, step, draft, here, "#keren").await;
    }
    if step < FirstView::STEPS {
        return to(request, step + 1, draft, here, "").await;
    }
    if let Some(first) = asked.0.iter().map(|problem| step_of(problem.field)).min() {
        return to(request, first, draft, asked, "#fouten").await;
    }
    let done = activities::create(request, &draft).await;
    let done = done.map(|id| with_message(&format!("/activiteiten/{id}"), "bewaard"));
    finish(request, way, draft, done).await
}
