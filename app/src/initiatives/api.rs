//! The server functions about initiatives: context, the use case, what the page needs.

use domain::initiatives::draft::{NeedDraft, PlanDraft};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use service::context::Request;
use service::initiatives::{self, TeamAct};

use super::present::{self, form, key};
use super::view::{TakePartView, TeamView};
use crate::context::{FormWay, answer, finish, request, typed, with_message};
use crate::error::AppError;
use crate::wire::Packed;

#[server(endpoint = "initiatives/show", output = Postcard)]
pub async fn show_initiative(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<TakePartView>, AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let found = answer(initiatives::view(&request, id).await)?;
    let refused = typed::<()>(&request, &form("button", id), &flash).await?.into();
    Ok(present::whole(&request, &found, refused).into())
}

#[server(endpoint = "initiatives/team", output = Postcard)]
pub async fn show_team(
    id: String,
    #[server(default)] flash: String,
    #[server(default)] open: String,
) -> Result<Packed<TeamView>, AppError> {
    let request = request();
    let found = match key(&id) {
        Ok(id) => initiatives::view(&request, id).await,
        Err(error) => Err(error),
    };
    Ok(present::team(&request, answer(found)?, &flash, &open).await?.into())
}

/// Ends a form without fields, on the page it came from.
async fn back_to(
    request: &Request,
    (id, page): (&str, &str),
    done: Result<(), service::Error>,
) -> Result<(), AppError> {
    let id = answer(key::<domain::id::PostId>(id))?;
    let back = format!("/berichten/{id}/{page}");
    let done = done.map(|()| with_message(&back, "bewaard"));
    finish(request, FormWay { form: &form("button", id), back: &back }, (), done).await
}

#[server(endpoint = "initiatives/join", output = Postcard)]
pub async fn join_initiative(id: String, #[server(default)] need: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), present::need(&need)) {
        (Ok(id), Ok(need)) => initiatives::join(&request, id, need).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    back_to(&request, (&id, "meedoen"), done).await
}

#[server(endpoint = "initiatives/leave", output = Postcard)]
pub async fn leave_initiative(id: String, #[server(default)] need: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), present::need(&need)) {
        (Ok(id), Ok(need)) => initiatives::leave(&request, id, need).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    back_to(&request, (&id, "meedoen"), done).await
}

#[server(endpoint = "initiatives/answer", output = Postcard)]
pub async fn answer_team(id: String, act: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), TeamAct::from_key(&act)) {
        (Ok(id), Some(act)) => initiatives::answer(&request, id, act).await,
        _ => Err(service::Error::NotFound),
    };
    back_to(&request, (&id, "meedoen"), done).await
}

#[server(endpoint = "initiatives/place", output = Postcard)]
pub async fn place_in_team(id: String, member: String, act: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), key(&member), TeamAct::from_key(&act)) {
        (Ok(id), Ok(member), Some(act)) => initiatives::place(&request, id, member, act).await,
        _ => Err(service::Error::NotFound),
    };
    back_to(&request, (&id, "meedoen/team"), done).await
}

#[server(endpoint = "initiatives/plan", output = Postcard)]
pub async fn save_plan(id: String, plan: PlanDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let done = initiatives::save_plan(&request, id, &plan).await;
    let back = format!("/berichten/{id}/meedoen/team");
    let done = done.map(|()| with_message(&back, "bewaard"));
    finish(&request, FormWay { form: &form("plan", id), back: &back }, plan, done).await
}

#[server(endpoint = "initiatives/need", output = Postcard)]
pub async fn save_need(id: String, wish: NeedDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let done = initiatives::save_need(&request, id, &wish).await;
    let back = format!("/berichten/{id}/meedoen/team");
    let done = done.map(|()| with_message(&back, "bewaard"));
    finish(&request, FormWay { form: &form("need", id), back: &back }, wish, done).await
}

#[server(endpoint = "initiatives/drop-need", output = Postcard)]
pub async fn drop_need(id: String, need: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), key(&need)) {
        (Ok(id), Ok(need)) => initiatives::remove_need(&request, id, need).await,
        _ => Err(service::Error::NotFound),
    };
    back_to(&request, (&id, "meedoen/team"), done).await
}

#[server(endpoint = "initiatives/tell", output = Postcard)]
pub async fn tell(id: String, #[server(default)] text: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let done = initiatives::add_update(&request, id, &text).await;
    let back = format!("/berichten/{id}/meedoen/team");
    let done = done.map(|()| with_message(&format!("/berichten/{id}"), "bewaard"));
    finish(&request, FormWay { form: &form("tell", id), back: &back }, text, done).await
}

#[server(endpoint = "initiatives/take-back", output = Postcard)]
pub async fn take_back(id: String, update: String) -> Result<(), AppError> {
    let request = request();
    let done = match (key(&id), key(&update)) {
        (Ok(id), Ok(update)) => initiatives::remove_update(&request, id, update).await,
        _ => Err(service::Error::NotFound),
    };
    back_to(&request, (&id, "meedoen/team"), done).await
}
