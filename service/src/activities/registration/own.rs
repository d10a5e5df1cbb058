//! One's own registration: confirmed, changed and cancelled, by who is signed in or by who has the link of a mail.

use std::sync::Arc;

use calendar::{Series, zone};
use domain::activities::policy;
use domain::activities::registration::{Registration, RegistrationDraft, Rules, State};
use domain::activities::{Activity, ActivityStatus};
use domain::id::{ActivityId, RegistrationId};
use domain::limits::{LINKS_PER_NETWORK, REGISTRATIONS_PER_MEMBER};
use domain::permit::Permit;
use domain::permit::action::ChangeRegistration;
use domain::problem::{Fault, Field};
use store::activities::Outcome;

use super::ask::promote;
use super::letters::{About, tell, token_hash};
use super::{Mine, Open, open, time_of_round, with_number};
use crate::Error;
use crate::activities::{Time, series_of};
use crate::context::Request;
use crate::limits::{limit_member, limit_network};
use crate::mail::SeatKind;

/// A registration with what it is for.
#[derive(Clone, Debug)]
pub struct Own {
    pub mine: Mine,
    pub activity: Arc<Activity>,
    pub series: Series,
    /// The next one, for a whole series; `None` when its time is none any more.
    pub time: Option<Time>,
    pub rules: Rules,
    /// What it is for was removed, is over or is cancelled: there is nothing to change.
    pub past: bool,
}

/// Finds what a registration is for. Also of what was removed: who registered may know.
async fn with_activity(request: &Request, registration: Registration) -> Result<Own, Error> {
    let activity = super::super::stored(request, registration.activity).await?;
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    let now = zone::on_the_wall(request.now);
    let time = time_of_round(&activity.changes, &series, &registration.occurrence, now);
    let rules = activity.text.registration.clone().unwrap_or_default();
    let over = matches!(open(&rules, time.as_ref(), now).0, Open::Over | Open::CalledOff);
    let past = over || activity.status != ActivityStatus::Published;
    let mine = with_number(request, registration).await?;
    Ok(Own { mine, activity, series, time, rules, past })
}

/// The member's own registration for the time that a page shows, or for its series.
///
/// # Errors
/// Not there, not signed in, or the database.
pub async fn own(request: &Request, id: ActivityId, at: &str) -> Result<Option<Own>, Error> {
    let Some(member) = request.actor.member_id() else { return Ok(None) };
    let (activity, ..) = crate::activities::load(request, id).await?;
    let Some(rules) = &activity.text.registration else { return Ok(None) };
    let found = request.tenant.registration_of((id, rules.round(at)), member, request.now).await?;
    match found {
        Some(registration) => Ok(Some(with_activity(request, registration).await?)),
        None => Ok(None),
    }
}

/// The registration that a link out of a mail leads to.
///
/// # Errors
/// No such link (any more), too often, or the database.
pub async fn by_link(request: &Request, token: &str) -> Result<Own, Error> {
    with_activity(request, found(request, token).await?).await
}

async fn found(request: &Request, token: &str) -> Result<Registration, Error> {
    limit_network(request, &LINKS_PER_NETWORK, "registration-link").await?;
    let found = request.tenant.registration_by_link(&token_hash(token), request.now).await?;
    found.ok_or(Error::NotFound)
}

/// Confirms the address; a second time changes nothing.
///
/// # Errors
/// No such link, it is too late, too often, or the database.
pub async fn confirm(request: &Request, token: &str) -> Result<(), Error> {
    let own = by_link(request, token).await?;
    let id = own.mine.registration.id;
    let permit = policy::may_change_by_link(request.platform.id, id);
    let mut write = request.tenant.write().await?;
    let (registration, first) =
        write.confirm_registration(&permit, id, request.now).await?.ok_or(Error::NotFound)?;
    if !first {
        return Ok(());
    }
    let kind = if registration.state == State::Seat {
        SeatKind::Seat
    } else {
        SeatKind::Waiting { number: write.waiting_number_now(id).await? }
    };
    let about = About::of(&own.activity, &own.series);
    tell(request, &mut write, &about, &registration, kind).await?;
    write.audit(None, "registration.confirm", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Cancels one's own registration.
///
/// # Errors
/// Somebody else's, not there, too often, or the database.
pub async fn cancel(request: &Request, id: RegistrationId) -> Result<(), Error> {
    let (own, permit) = mine(request, id).await?;
    Box::pin(cancel_as(request, &own, &permit, false)).await
}

/// The same by the link of a mail.
///
/// # Errors
/// No such link, too often, or the database.
pub async fn cancel_by_link(request: &Request, token: &str) -> Result<(), Error> {
    let own = by_link(request, token).await?;
    let permit = policy::may_change_by_link(request.platform.id, own.mine.registration.id);
    Box::pin(cancel_as(request, &own, &permit, false)).await
}

/// Takes somebody off the list. Twice is once.
pub(super) async fn cancel_as(
    request: &Request,
    own: &Own,
    permit: &Permit<ChangeRegistration>,
    by_organiser: bool,
) -> Result<(), Error> {
    let before = &own.mine.registration;
    let mut write = request.tenant.write().await?;
    let Outcome::Done(seated) = write.cancel_registration(permit, before.id, request.now).await? else {
        return Ok(());
    };
    let about = About::of(&own.activity, &own.series);
    promote(request, &mut write, &about, &seated).await?;
    // Nobody is told about an address that they did not confirm.
    if before.is_confirmed() {
        let kind = SeatKind::Cancelled { by_organiser };
        tell(request, &mut write, &about, before, kind).await?;
    }
    let by = request.actor.member_id();
    write.audit(by, "registration.cancel", Some(before.id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Changes how many come and what is answered, on a version.
///
/// # Errors
/// Somebody else's, not there, what is wrong with the form, no room for so many, saved meanwhile, or the database.
pub async fn change(
    request: &Request,
    (id, version): (RegistrationId, i64),
    draft: &RegistrationDraft,
) -> Result<(), Error> {
    let (own, permit) = mine(request, id).await?;
    Box::pin(change_as(request, &own, &permit, version, draft)).await
}

/// The same by the link of a mail.
///
/// # Errors
/// As [`change`], and no such link.
pub async fn change_by_link(
    request: &Request,
    (token, version): (&str, i64),
    draft: &RegistrationDraft,
) -> Result<(), Error> {
    let own = by_link(request, token).await?;
    let permit = policy::may_change_by_link(request.platform.id, own.mine.registration.id);
    Box::pin(change_as(request, &own, &permit, version, draft)).await
}

/// Whether the member wants to be reminded of what they registered for.
///
/// # Errors
/// Somebody else's, not there, too often, or the database.
pub async fn set_reminders(request: &Request, id: RegistrationId, wanted: bool) -> Result<(), Error> {
    let (_, permit) = mine(request, id).await?;
    reminders_as(request, id, &permit, wanted).await
}

/// The same by the link of a mail.
///
/// # Errors
/// No such link, too often, or the database.
pub async fn set_reminders_by_link(request: &Request, token: &str, wanted: bool) -> Result<(), Error> {
    let id = found(request, token).await?.id;
    let permit = policy::may_change_by_link(request.platform.id, id);
    reminders_as(request, id, &permit, wanted).await
}

async fn reminders_as(
    request: &Request,
    id: RegistrationId,
    permit: &Permit<ChangeRegistration>,
    wanted: bool,
) -> Result<(), Error> {
    let mut write = request.tenant.write().await?;
    if !write.set_reminders(permit, id, wanted).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "registration.reminders", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

async fn change_as(
    request: &Request,
    own: &Own,
    permit: &Permit<ChangeRegistration>,
    version: i64,
    draft: &RegistrationDraft,
) -> Result<(), Error> {
    if own.past {
        return Err(Error::field(Field::Form, Fault::InThePast));
    }
    let before = &own.mine.registration;
    let valid = draft.check(&own.rules, true)?;
    let mut write = request.tenant.write().await?;
    let done = write
        .change_registration(permit, (before.id, version), valid.guests, &valid.answers, request.now)
        .await?;
    match done {
        Outcome::Done(seated) => {
            let about = About::of(&own.activity, &own.series);
            promote(request, &mut write, &about, &seated).await?;
            let by = request.actor.member_id();
            write.audit(by, "registration.change", Some(before.id.0), request.now).await?;
            Ok(write.commit().await?)
        }
        Outcome::Full => Err(Error::field(Field::Found, Fault::TooMany { max: before.guests })),
        Outcome::Stale => Err(Error::Conflict),
    }
}

/// A registration of the member who is signed in.
async fn mine(request: &Request, id: RegistrationId) -> Result<(Own, Permit<ChangeRegistration>), Error> {
    let registration = request.tenant.registration(id).await?.ok_or(Error::NotFound)?;
    let permit = policy::may_change_registration(&request.actor, request.platform.id, &registration)?;
    limit_member(request, &REGISTRATIONS_PER_MEMBER).await?;
    Ok((with_activity(request, registration).await?, permit))
}
