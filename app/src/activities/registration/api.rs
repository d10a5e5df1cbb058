//! The server functions about registering: context, the use case, what the page needs.

use domain::activities::registration::RegistrationDraft;
use domain::id::ActivityId;
use domain::moderation::sieve::Sieve;
use domain::problem::Problems;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use service::activities::{self, registration};

use super::super::present::{form, key, with_time};
use super::present::{MAIL, OFF, SAVED, SEAT, SENT, WAITING};
use super::view::{EntryTyped, OwnAgendaView, OwnView, PeopleView, RegisterView, RegistrationTyped};
use super::{present, view};
use crate::context::{FormWay, answer, finish, request, typed};
use crate::error::AppError;
use crate::wire::Packed;

fn page(id: &str, name: &str, at: &str) -> String {
    with_time(&format!("/activiteiten/{id}/{name}"), at)
}

/// The same with what was done.
fn done(path: &str, word: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}klaar={word}")
}

#[server(endpoint = "activities/register-form", output = Postcard)]
pub async fn register_form(
    id: String,
    #[server(default)] at: String,
    #[server(default)] done: String,
    #[server(default)] flash: String,
) -> Result<Packed<RegisterView>, AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let found = answer(activities::at_a_time(&request, id, &at).await)?;
    let name = found.time.as_ref().map(|time| calendar::local_text(time.instead_of)).unwrap_or_default();
    let own = answer(Box::pin(registration::own(&request, id, &name)).await)?;
    let kept = typed::<RegistrationTyped>(&request, &form("register", id), &flash).await?;
    let change = typed::<RegistrationDraft>(&request, &form("registration", id), &flash).await?;
    let shown =
        Box::pin(present::register(&request, (&found, own), (&done, kept.into()), change.into())).await;
    Ok(answer(shown)?.into())
}

#[server(endpoint = "activities/register", output = Postcard)]
pub async fn register(
    id: String,
    #[server(default)] at: String,
    #[server(default)] draft: RegistrationDraft,
    #[server(default)] sieve: Sieve,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let back = page(&id, "inschrijven", &at);
    let result = Box::pin(registration::register(&request, activity, &at, &draft, &sieve)).await;
    let result = result.map(|asked| match asked {
        registration::Registered::Mail => done(&back, MAIL),
        _ => back.clone(),
    });
    let way = FormWay { form: &form("register", activity), back: &back };
    finish(&request, way, RegistrationTyped { draft, since: sieve.since }, result).await
}

/// One's own registration, by the link of a mail. Looking confirms nothing.
#[server(endpoint = "activities/own-registration", output = Postcard)]
pub async fn own_registration(
    token: String,
    #[server(default)] done: String,
    #[server(default)] flash: String,
) -> Result<Packed<OwnView>, AppError> {
    let request = request();
    let own = answer(Box::pin(registration::by_link(&request, &token)).await)?;
    let name = form("registration", own.activity.id);
    let change = typed::<RegistrationDraft>(&request, &name, &flash).await?;
    Ok(present::of_own(&request, &own, (token, &done), change.into()).into())
}

#[server(endpoint = "activities/confirm-registration", output = Postcard)]
pub async fn confirm_registration(token: String) -> Result<(), AppError> {
    let request = request();
    let back = format!("/inschrijving/{token}");
    let result = Box::pin(registration::confirm(&request, &token)).await.map(|()| back.clone());
    finish(&request, FormWay { form: "button", back: &back }, (), result).await
}

/// Changes a registration: the member's own, or that of a link.
#[server(endpoint = "activities/change-registration", output = Postcard)]
pub async fn change_registration(
    activity: String,
    registration: String,
    version: i64,
    #[server(default)] draft: RegistrationDraft,
    #[server(default)] at: String,
    #[server(default)] token: String,
) -> Result<(), AppError> {
    let request = request();
    let activity: ActivityId = answer(key(&activity))?;
    let (back, result) = if token.is_empty() {
        let id = answer(key(&registration))?;
        let back = page(&activity.to_string(), "inschrijven", &at);
        (back, registration::change(&request, (id, version), &draft).await)
    } else {
        let changed = registration::change_by_link(&request, (&token, version), &draft).await;
        (format!("/inschrijving/{token}"), changed)
    };
    let result = result.map(|()| done(&back, SAVED));
    finish(&request, FormWay { form: &form("registration", activity), back: &back }, draft, result).await
}

/// Cancels a registration: the member's own, or that of a link.
#[server(endpoint = "activities/cancel-registration", output = Postcard)]
pub async fn cancel_registration(
    activity: String,
    registration: String,
    #[server(default)] at: String,
    #[server(default)] token: String,
) -> Result<(), AppError> {
    let request = request();
    let activity: ActivityId = answer(key(&activity))?;
    let (back, result) = if token.is_empty() {
        let id = answer(key(&registration))?;
        let back = page(&activity.to_string(), "inschrijven", &at);
        (back, registration::cancel(&request, id).await)
    } else {
        (format!("/inschrijving/{token}"), registration::cancel_by_link(&request, &token).await)
    };
    let result = result.map(|()| if token.is_empty() { done(&back, OFF) } else { back.clone() });
    finish(&request, FormWay { form: &form("registration", activity), back: &back }, (), result).await
}

/// Whether one wants to be reminded: the member themselves, or who has a link.
#[server(endpoint = "activities/set-reminders", output = Postcard)]
pub async fn set_reminders(
    activity: String,
    registration: String,
    on: bool,
    #[server(default)] at: String,
    #[server(default)] token: String,
) -> Result<(), AppError> {
    let request = request();
    let activity: ActivityId = answer(key(&activity))?;
    let (back, result) = if token.is_empty() {
        let id = answer(key(&registration))?;
        let back = page(&activity.to_string(), "inschrijven", &at);
        (back, registration::set_reminders(&request, id, on).await)
    } else {
        let set = registration::set_reminders_by_link(&request, &token, on).await;
        (format!("/inschrijving/{token}"), set)
    };
    let result = result.map(|()| done(&back, SAVED));
    finish(&request, FormWay { form: &form("registration", activity), back: &back }, (), result).await
}

const OWN_AGENDA: FormWay<'_> = FormWay { form: "own-calendar", back: "/account/agenda" };

/// Everything that the reader goes to.
#[server(endpoint = "activities/own-agenda", output = Postcard)]
pub async fn own_agenda(#[server(default)] flash: String) -> Result<Packed<OwnAgendaView>, AppError> {
    let request = request();
    let made = typed::<String>(&request, OWN_AGENDA.form, &flash).await?;
    Ok(answer(Box::pin(present::own_agenda(&request, made.into())).await)?.into())
}

/// Gives one's own calendar a new address, and shows it.
#[server(endpoint = "activities/new-calendar", output = Postcard)]
pub async fn new_calendar() -> Result<(), AppError> {
    let request = request();
    let token = match registration::new_calendar(&request).await {
        Ok(token) => token,
        Err(error) => return finish(&request, OWN_AGENDA, String::new(), Err(error)).await,
    };
    let kept = service::flash::keep(&request, OWN_AGENDA.form, token, Problems::default()).await;
    crate::context::go(&format!("{}?flash={}#adres", OWN_AGENDA.back, answer(kept)?));
    Ok(())
}

/// Takes the address of one's own calendar away.
#[server(endpoint = "activities/end-calendar", output = Postcard)]
pub async fn end_calendar() -> Result<(), AppError> {
    let request = request();
    let result = registration::end_calendar(&request).await.map(|()| OWN_AGENDA.back.to_owned());
    finish(&request, OWN_AGENDA, String::new(), result).await
}

/// Who comes.
#[server(endpoint = "activities/people", output = Postcard)]
pub async fn show_people(
    id: String,
    #[server(default)] at: String,
    #[server(default)] done: String,
    #[server(default)] who: String,
    #[server(default)] flash: String,
) -> Result<Packed<PeopleView>, AppError> {
    let request = request();
    let id = answer(key(&id))?;
    let found = answer(Box::pin(registration::people(&request, id, &at)).await)?;
    let message = typed::<String>(&request, &form("people", id), &flash).await?.into();
    let entry = typed::<EntryTyped>(&request, &form("entry", id), &flash).await?.into();
    let shown = present::people(&request, &found, (&who, &done), entry);
    Ok(view::PeopleView { message, ..shown }.into())
}

/// Puts somebody on the list who phones or stands at the door.
#[server(endpoint = "activities/put-on-list", output = Postcard)]
pub async fn put_on_list(
    id: String,
    #[server(default)] at: String,
    #[server(default)] draft: RegistrationDraft,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let back = page(&id, "deelnemers", &at);
    let result = Box::pin(registration::put_on_list(&request, activity, &at, &draft)).await;
    let result = result.map(|put| {
        let (word, who) = match put {
            registration::PutOn::Seat(who) => (SEAT, who),
            registration::PutOn::Waiting(who) => (WAITING, who),
        };
        format!("{}&wie={who}", done(&back, word))
    });
    let typed = EntryTyped { who: String::new(), draft };
    finish(&request, FormWay { form: &form("entry", activity), back: &back }, typed, result).await
}

/// Changes what was written down about somebody who was put on the list.
#[server(endpoint = "activities/change-for", output = Postcard)]
pub async fn change_for(
    id: String,
    version: i64,
    #[server(default)] who: String,
    #[server(default)] at: String,
    #[server(default)] draft: RegistrationDraft,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let whom = answer(key(&who))?;
    let back = page(&id, "deelnemers", &at);
    let result = Box::pin(registration::change_for(&request, activity, (whom, version), &draft)).await;
    let result = result.map(|()| done(&back, SAVED));
    let way = FormWay { form: &form("entry", activity), back: &back };
    finish(&request, way, EntryTyped { who, draft }, result).await
}

/// Somebody is there, or was not after all.
#[server(endpoint = "activities/check-in", output = Postcard)]
pub async fn check_in(
    id: String,
    #[server(default)] who: String,
    #[server(default)] came: bool,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let who_id = answer(key(&who))?;
    let back = page(&id, "deelnemers", &at);
    let result = registration::check_in(&request, activity, who_id, came).await;
    let result = result.map(|()| format!("{back}#wie-{who}"));
    finish(&request, FormWay { form: &form("people", activity), back: &back }, String::new(), result).await
}

/// Takes somebody off the list.
#[server(endpoint = "activities/cancel-for", output = Postcard)]
pub async fn cancel_for(
    id: String,
    #[server(default)] who: String,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let who = answer(key(&who))?;
    let back = page(&id, "deelnemers", &at);
    let result = Box::pin(registration::cancel_for(&request, activity, who)).await.map(|()| back.clone());
    finish(&request, FormWay { form: &form("people", activity), back: &back }, String::new(), result).await
}

/// Writes to everybody on the list.
#[server(endpoint = "activities/message-to-all", output = Postcard)]
pub async fn message_to_all(
    id: String,
    #[server(default)] text: String,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let request = request();
    let activity = answer(key(&id))?;
    let back = page(&id, "deelnemers", &at);
    let result = Box::pin(registration::message_to_all(&request, activity, &at, &text)).await;
    let result = result.map(|_| done(&back, SENT));
    finish(&request, FormWay { form: &form("people", activity), back: &back }, text, result).await
}
