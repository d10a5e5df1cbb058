//! The server functions about activities: context, the use case, what the page needs.

use std::collections::BTreeMap;

use domain::activities::draft::{ActivityDraft, TimeDraft};
use domain::activities::filter::AgendaQuery;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use service::activities::{self, Scope};

use super::view::{
    ActivityFormView, ActivityPageView, AgendaView, ChangeView, ClashView, FirstView, OnVersion, PosterView,
};
use super::{present, present_clash, present_first, present_form, present_history, registration};
use crate::context::{FormWay, answer, escaped, finish, kept, request, typed, with_message};
use crate::error::AppError;
use crate::versions::view::HistoryView;
use crate::wire::Packed;

#[server(endpoint = "activities/agenda", output = Postcard)]
pub async fn show_agenda(query: AgendaQuery) -> Result<Packed<AgendaView>, AppError> {
    let request = request();
    let view = async { Ok(present::agenda(&request, &query, &activities::agenda(&request, &query).await?)) };
    answer(kept(&request, query.name("agenda page"), Box::pin(view)).await)
}

#[server(endpoint = "activities/show", output = Postcard)]
pub async fn show_activity(
    id: String,
    #[server(default)] at: String,
    #[server(default)] flash: String,
) -> Result<Packed<ActivityPageView>, AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let found = answer(activities::activity(&request, id, &at).await)?;
    if found.may_restore {
        crate::context::set_status(410);
    }
    let refused = typed::<()>(&request, &present::form("button", id), &flash).await?.into();
    let registering = answer(Box::pin(registration::block(&request, &found)).await)?;
    Ok(ActivityPageView { registering, ..present::show(&request, found, refused) }.into())
}

#[server(endpoint = "activities/form", output = Postcard)]
pub async fn activity_form(#[server(default)] flash: String) -> Result<Packed<ActivityFormView>, AppError> {
    let request = request();
    let may = domain::activities::policy::may_create(&request.actor, request.platform.id);
    answer(may.map_err(service::Error::from))?;
    let form = typed::<ActivityDraft>(&request, "activity", &flash).await?.into();
    Ok(present_form::new_form(&request, form).into())
}

#[server(endpoint = "activities/change", output = Postcard)]
pub async fn change_form(
    id: String,
    #[server(default)] at: String,
    #[server(default)] part: String,
    #[server(default)] flash: String,
) -> Result<Packed<ChangeView>, AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let found = answer(activities::reach(&request, id, &at).await)?;
    Ok(present_form::change(&request, found, &part, &flash).await?.into())
}

/// Publishes an activity; with `act` set to `preview` it is only shown when it would be.
#[server(endpoint = "activities/create", output = Postcard)]
pub async fn create_activity(draft: ActivityDraft, #[server(default)] act: String) -> Result<(), AppError> {
    let request = request();
    let way = FormWay { form: "activity", back: "/activiteiten/nieuw" };
    if act == present::PREVIEW {
        return present_form::preview_again(&request, way, (&draft.when, &draft), None).await;
    }
    let done = activities::create(&request, &draft).await;
    let done = done.map(|id| with_message(&format!("/activiteiten/{id}"), "bewaard"));
    finish(&request, way, draft, done).await
}

/// Saves a change to all times, or to one and the following ones. `pick` has the parts that are to be as the other
/// made them, from the page that shows both versions.
#[server(endpoint = "activities/save", output = Postcard)]
pub async fn save_activity(
    id: String,
    version: i64,
    draft: ActivityDraft,
    #[server(default)] scope: String,
    #[server(default)] at: String,
    #[server(default)] act: String,
    #[server(default)] pick: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let reach = if scope == present::FROM { Scope::From(at.clone()) } else { Scope::All };
    let scope = if scope == present::FROM { present::FROM } else { present::ALL };
    let theirs = present_clash::theirs(&pick);
    let chosen = Box::pin(activities::with_theirs(&request, (id, version), &reach, draft.clone(), &theirs));
    let (draft, chosen) = match chosen.await {
        Ok(draft) => (draft, Ok(())),
        Err(error) => (draft, Err(error)),
    };
    let back = format!("/activiteiten/{id}/bewerken?wat={scope}&keer={}", escaped(&at));
    let form = present::form("activity", id);
    let way = FormWay { form: &form, back: &back };
    let kept = OnVersion { version, typed: draft.clone() };
    if act == present::PREVIEW && chosen.is_ok() {
        return present_form::preview_again(&request, way, (&draft.when, kept), Some(id)).await;
    }
    let done = match chosen {
        Ok(()) => activities::save(&request, (id, version), &reach, &draft).await,
        Err(error) => Err(error),
    };
    if matches!(done, Err(service::Error::Conflict)) {
        return present_clash::go_there(&request, (id, scope, &at), "activity", kept).await;
    }
    let done = done.map(|id| with_message(&format!("/activiteiten/{id}"), "bewaard"));
    finish(&request, way, kept, done).await
}

#[server(endpoint = "activities/time", output = Postcard)]
pub async fn change_time(
    id: String,
    version: i64,
    at: String,
    time: TimeDraft,
    #[server(default)] pick: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let theirs = present_clash::theirs(&pick);
    let chosen = activities::time_with_theirs(&request, (id, version), &at, time.clone(), &theirs).await;
    let (time, done) = match chosen {
        Ok(time) => {
            let done = Box::pin(activities::change_time(&request, (id, version), &at, &time)).await;
            (time, done)
        }
        Err(error) => (time, Err(error)),
    };
    let kept = OnVersion { version, typed: time };
    if matches!(done, Err(service::Error::Conflict)) {
        return present_clash::go_there(&request, (id, present::ONE, &at), "time", kept).await;
    }
    let at = escaped(&at);
    let done = done.map(|()| with_message(&format!("/activiteiten/{id}?keer={at}"), "bewaard"));
    let back = format!("/activiteiten/{id}/bewerken?wat=keer&keer={at}");
    finish(&request, FormWay { form: &present::form("time", id), back: &back }, kept, done).await
}

/// Both versions of what two people changed at once.
#[server(endpoint = "activities/conflict", output = Postcard)]
pub async fn activity_conflict(
    id: String,
    #[server(default)] scope: String,
    #[server(default)] at: String,
    #[server(default)] flash: String,
) -> Result<Packed<ClashView>, AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    answer(present_clash::view(&request, id, (&scope, &at), &flash).await).map(Packed::from)
}

#[server(endpoint = "activities/cancel", output = Postcard)]
pub async fn cancel_time(id: String, version: i64, at: String, cancelled: bool) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let done = activities::cancel(&request, (id, version), &at, cancelled).await;
    let back = format!("/activiteiten/{id}?keer={}", escaped(&at));
    let done = done.map(|()| with_message(&back, "bewaard"));
    finish(&request, FormWay { form: &present::form("button", id), back: &back }, (), done).await
}

#[server(endpoint = "activities/remove", output = Postcard)]
pub async fn remove_activity(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let back = format!("/activiteiten/{id}");
    let done = activities::remove(&request, id).await.map(|()| with_message(&back, "verwijderd"));
    finish(&request, FormWay { form: &present::form("button", id), back: &back }, (), done).await
}

#[server(endpoint = "activities/restore", output = Postcard)]
pub async fn restore_activity(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let back = format!("/activiteiten/{id}");
    let done = activities::restore(&request, id).await.map(|()| with_message(&back, "teruggezet"));
    finish(&request, FormWay { form: &present::form("button", id), back: &back }, (), done).await
}

/// What it was before, for who may edit it.
#[server(endpoint = "activities/history", output = Postcard)]
pub async fn activity_history(
    id: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] flash: String,
) -> Result<Packed<HistoryView>, AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let (activity, found) = answer(activities::versions(&request, id).await)?;
    let refused = typed::<()>(&request, &present::form("button", id), &flash).await?.into();
    Ok(present_history::versions(&request, (&activity, found), (&from, &to), refused).into())
}

#[server(endpoint = "activities/restore-version", output = Postcard)]
pub async fn restore_activity_version(id: String, version: i64, on: i64) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let done = activities::restore_version(&request, id, version, on).await;
    let done = done.map(|()| with_message(&format!("/activiteiten/{id}"), "bewaard"));
    let back = format!("/activiteiten/{id}/geschiedenis");
    finish(&request, FormWay { form: &present::form("button", id), back: &back }, (), done).await
}

/// One of the five steps to a first activity.
#[server(endpoint = "activities/first-form", output = Postcard)]
pub async fn first_form(
    #[server(default)] step: String,
    #[server(default)] flash: String,
) -> Result<Packed<FirstView>, AppError> {
    let request = request();
    let may = domain::activities::policy::may_create(&request.actor, request.platform.id);
    answer(may.map_err(service::Error::from))?;
    let form = typed::<ActivityDraft>(&request, present_first::FORM, &flash).await?.into();
    Ok(present_first::view(&request, &step, form).into())
}

/// On to the next step, back to the one before, or, at the last one, into the agenda.
#[server(endpoint = "activities/first", output = Postcard)]
pub async fn first_step(
    #[server(default)] draft: ActivityDraft,
    #[server(default)] step: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    present_first::go_on(&request(), draft, &step, &act).await
}

/// What hangs on a wall about an activity.
#[server(endpoint = "activities/poster", output = Postcard)]
pub async fn show_poster(id: String, #[server(default)] at: String) -> Result<Packed<PosterView>, AppError> {
    let request = request();
    let id = answer(present::key(&id))?;
    let found = answer(activities::at_a_time(&request, id, &at).await)?;
    answer(present::poster(&request, &found)).map(Packed::from)
}
