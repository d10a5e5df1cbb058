//! The server functions about moderation: context, the use case, what the page needs.

use domain::moderation::Subject;
use domain::moderation::decision::{AnswerDraft, AppealDraft, DecisionDraft};
use domain::moderation::notice::NoticeDraft;
use domain::moderation::sieve::Sieve;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use super::present;
use super::view::{
    CaseView, FollowView, OwnCaseView, OwnCasesView, QueueView, ReportTyped, ReportView, YearView,
};
use crate::context::{FormWay, answer, finish, request, typed, with_message};
use crate::error::AppError;
use crate::wire::Packed;
use domain::members::sign_in::safe_return;
use service::moderation;

#[server(endpoint = "reports/form", output = Postcard)]
pub async fn report_form(
    #[server(default)] flash: String,
    #[server(default)] about: String,
) -> Result<Packed<ReportView>, AppError> {
    let request = request();
    let kept = typed::<ReportTyped>(&request, "report", &flash).await?;
    let view = Box::pin(present::report(&request, kept, about)).await;
    Ok(answer(view)?.into())
}

#[server(endpoint = "reports/give", output = Postcard)]
pub async fn give_report(report: NoticeDraft, #[server(default)] sieve: Sieve) -> Result<(), AppError> {
    let request = request();
    let done = moderation::give(&request, &report, &sieve).await;
    // Back to what it was about, with the way to follow it.
    let done = done.map(|given| {
        let (page, part) = report.address.split_once('#').unwrap_or((&report.address, ""));
        let back = with_message(safe_return(page), "gemeld");
        let part = if part.is_empty() { String::new() } else { format!("#{part}") };
        format!("{back}&volg={}{part}", given.link.trim_start_matches("/melding/"))
    });
    let way = FormWay { form: "report", back: "/melden" };
    finish(&request, way, ReportTyped { report, since: sieve.since }, done).await
}

#[server(endpoint = "moderation/queue", output = Postcard)]
pub async fn load_queue(
    #[server(default)] part: String,
    #[server(default)] after: String,
) -> Result<Packed<QueueView>, AppError> {
    let request = request();
    let tab = present::tab(&request, &part);
    let found = match present::cursor(&after) {
        Ok(after) => moderation::queue(&request, tab, after).await,
        Err(error) => Err(error),
    };
    Ok(present::queue(&request, tab, answer(found)?).into())
}

#[server(endpoint = "moderation/case", output = Postcard)]
pub async fn load_case(id: String, #[server(default)] flash: String) -> Result<Packed<CaseView>, AppError> {
    let request = request();
    let id = answer(present::case_id(&id))?;
    let found = answer(Box::pin(moderation::case(&request, id)).await)?;
    let decision = typed::<DecisionDraft>(&request, &present::form("decide", id), &flash).await?;
    let reply = typed::<AnswerDraft>(&request, &present::form("answer", id), &flash).await?;
    Ok(present::case(&request, found, decision.into(), reply.into()).into())
}

/// From a post, a comment or an activity to its case.
#[server(endpoint = "moderation/begin", output = Postcard)]
pub async fn begin_case(
    id: String,
    #[server(default)] comment: bool,
    #[server(default)] activity: bool,
) -> Result<(), AppError> {
    let request = request();
    let subject = match (comment, activity) {
        (true, _) => id.parse().map(Subject::Comment),
        (false, true) => id.parse().map(Subject::Activity),
        (false, false) => id.parse().map(Subject::Post),
    };
    let done = match subject {
        Ok(subject) => Box::pin(moderation::begin(&request, &subject)).await,
        Err(_) => Err(service::Error::NotFound),
    };
    let done = done.map(|case| format!("/beheer/meldingen/{case}"));
    let way = FormWay { form: "button", back: "/beheer/meldingen?melding=mislukt" };
    finish(&request, way, (), done).await
}

#[server(endpoint = "moderation/decide", output = Postcard)]
pub async fn decide_case(id: String, decision: DecisionDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::case_id(&id))?;
    let done = Box::pin(moderation::decide(&request, id, &decision)).await;
    let (form, back) = (present::form("decide", id), format!("/beheer/meldingen/{id}"));
    let done = done.map(|_| with_message("/beheer/meldingen", "besloten"));
    finish(&request, FormWay { form: &form, back: &back }, decision, done).await
}

#[server(endpoint = "moderation/answer", output = Postcard)]
pub async fn answer_appeal(id: String, reply: AnswerDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::case_id(&id))?;
    let done = Box::pin(moderation::answer(&request, id, &reply)).await;
    let (form, back) = (present::form("answer", id), format!("/beheer/meldingen/{id}"));
    let done = done.map(|_| with_message("/beheer/meldingen?deel=bezwaar", "besloten"));
    finish(&request, FormWay { form: &form, back: &back }, reply, done).await
}

#[server(endpoint = "moderation/own", output = Postcard)]
pub async fn own_cases() -> Result<Packed<OwnCasesView>, AppError> {
    let request = request();
    let found = answer(moderation::own_cases(&request).await)?;
    Ok(present::own_cases(&request, found).into())
}

#[server(endpoint = "moderation/own-case", output = Postcard)]
pub async fn own_case(id: String, #[server(default)] flash: String) -> Result<Packed<OwnCaseView>, AppError> {
    let request = request();
    let id = answer(present::case_id(&id))?;
    let found = answer(moderation::own_case(&request, id).await)?;
    let appeal = typed::<AppealDraft>(&request, &present::form("appeal", id), &flash).await?;
    Ok(present::own_case(&request, found, appeal.into()).into())
}

#[server(endpoint = "moderation/appeal", output = Postcard)]
pub async fn appeal(id: String, appeal: AppealDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::case_id(&id))?;
    let done = Box::pin(moderation::appeal(&request, id, &appeal)).await;
    let (form, back) = (present::form("appeal", id), format!("/account/bezwaar/{id}"));
    let done = done.map(|()| with_message(&back, "bezwaar"));
    finish(&request, FormWay { form: &form, back: &back }, appeal, done).await
}

#[server(endpoint = "moderation/follow", output = Postcard)]
pub async fn follow_notice(
    token: String,
    #[server(default)] flash: String,
) -> Result<Packed<FollowView>, AppError> {
    let request = request();
    let found = answer(moderation::follow(&request, &token).await)?;
    let appeal = typed::<AppealDraft>(&request, "appeal-notice", &flash).await?;
    Ok(present::follow(&request, token, found, appeal.into()).into())
}

#[server(endpoint = "moderation/appeal-notice", output = Postcard)]
pub async fn appeal_notice(token: String, appeal: AppealDraft) -> Result<(), AppError> {
    let request = request();
    let done = Box::pin(moderation::appeal_as_notifier(&request, &token, &appeal)).await;
    // As much of it as can be part of an address.
    let plain: String =
        token.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(60).collect();
    let back = format!("/melding/{plain}");
    let done = done.map(|()| with_message(&back, "bezwaar"));
    finish(&request, FormWay { form: "appeal-notice", back: &back }, appeal, done).await
}

/// How often what was decided, for everybody.
#[server(endpoint = "moderation/figures", output = Postcard)]
pub async fn figures() -> Result<Packed<Vec<YearView>>, AppError> {
    let request = request();
    let found = answer(moderation::figures(&request).await)?;
    Ok(present::figures(found).into())
}
