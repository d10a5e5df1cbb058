//! Putting somebody on the list who phones or stands at the door, and changing what was written down about them. They
//! take their turn as everybody does (ADR 0026).

use calendar::{Local, Series, zone};
use domain::activities::policy;
use domain::activities::registration::{RegistrationDraft, Rules, ValidRegistration};
use domain::activities::{Activity, ActivityStatus};
use domain::id::{ActivityId, RegistrationId, RoundId};
use domain::limits::{EDITS_PER_MEMBER, MAILS_PER_PLATFORM, REGISTRATION_MAILS};
use domain::problem::{Fault, Field};
use store::activities::{Asked, NewRegistration, Outcome};

use super::ask::promote;
use super::letters::{About, tell};
use super::people::managed;
use super::{span, time_of_round};
use crate::activities::timing::next_day;
use crate::activities::{Time, load_now, series_of};
use crate::context::Request;
use crate::limits::{limit, limit_member};
use crate::mail::SeatKind;
use crate::{Error, secrets};

/// How often it is looked up again when the activity changes under one's hands.
const TRIES: usize = 3;

/// What became of somebody who was put on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOn {
    Seat(RegistrationId),
    Waiting(RegistrationId),
}

/// Whether people can still be put on a list: until the day is over on which it is, and not when it is called off.
pub(super) fn is_open(time: Option<&Time>, now: Local) -> bool {
    time.is_some_and(|time| {
        !time.cancelled && now < time.end.max(zone::midnight(next_day(time.start.date())))
    })
}

/// Puts somebody on the list for the time that a page shows, or for its series; on the waiting list when there is no
/// room. Who has an address is told.
///
/// # Errors
/// Not there, the policy, what is wrong with the form, their address is on the list, it is over or called off, too
/// often, or the database.
pub async fn put_on_list(
    request: &Request,
    id: ActivityId,
    at: &str,
    draft: &RegistrationDraft,
) -> Result<PutOn, Error> {
    let (activity, ..) = managed(request, id).await?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let rules = activity.text.registration.clone().ok_or_else(closed)?;
    let valid = draft.check_by_organiser(&rules)?;
    if let Some(email) = &valid.email {
        let platform = request.platform.slug.as_str();
        let key = secrets::limit_key(&["registration", platform, email.as_str()]);
        limit(request, &REGISTRATION_MAILS, &key).await?;
        limit(request, &MAILS_PER_PLATFORM, platform).await?;
    }
    for _ in 0..TRIES {
        if let Some(done) = once(request, id, at, &valid).await? {
            return Ok(done);
        }
    }
    Err(Error::Conflict)
}

fn closed() -> Error {
    Error::field(Field::Form, Fault::Gone)
}

/// `None` when the activity changed between looking and writing.
async fn once(
    request: &Request,
    id: ActivityId,
    at: &str,
    valid: &ValidRegistration,
) -> Result<Option<PutOn>, Error> {
    let (activity, facts, series) = load_now(request, id).await?;
    let permit = policy::may_manage_registrations(&request.actor, &facts)?;
    let rules = activity.text.registration.as_ref().ok_or_else(closed)?;
    let round = rules.round(at);
    let now = zone::on_the_wall(request.now);
    let time = time_of_round(&activity.changes, &series, round, now).ok_or(Error::NotFound)?;
    if activity.status != ActivityStatus::Published || !is_open(Some(&time), now) {
        return Err(closed());
    }
    let (starts_at, ends_at) = span(&activity.changes, &series, round, &time);
    let random = request.services.random.as_ref();
    let email = valid.email.as_ref().map_or("", |email| email.as_str());
    let new = NewRegistration {
        id: RegistrationId::new(request.now, random),
        round: RoundId::new(request.now, random),
        activity: id,
        seen: activity.version,
        occurrence: round,
        starts_at,
        ends_at,
        name: &valid.name,
        email,
        // In which language they read, nobody knows: that of the community.
        locale: None,
        guests: valid.guests,
        answers: &valid.answers,
        hold_until: None,
        at: request.now,
    };
    let about = About::of(&activity, &series);
    let mut write = request.tenant.write().await?;
    let (asked, seated) = write.put_on_list(&permit, &new).await?;
    let done = match asked {
        Asked::Changed => return Ok(None),
        Asked::Closed => return Err(no_room(rules, valid)),
        // The same words once more are a double click; an address is on the list once.
        Asked::Already(before) if email.is_empty() => return Ok(Some(PutOn::Seat(before))),
        Asked::Already(_) => return Err(Error::field(Field::Email, Fault::Listed)),
        Asked::Seat => PutOn::Seat(new.id),
        Asked::Waiting => PutOn::Waiting(new.id),
    };
    promote(request, &mut write, &about, &seated).await?;
    let registration = write.registration_now(new.id).await?.ok_or(Error::NotFound)?;
    let number = match done {
        PutOn::Seat(_) => 0,
        PutOn::Waiting(_) => write.waiting_number_now(new.id).await?,
    };
    let by = request.session.as_ref().map_or("", |session| session.member.name.as_str());
    tell(request, &mut write, &about, &registration, SeatKind::PutOn { by, number }).await?;
    write.audit(request.actor.member_id(), "registration.put-on", Some(new.id.0), request.now).await?;
    write.commit().await?;
    Ok(Some(done))
}

/// The rules changed between the check and the lock.
fn no_room(rules: &Rules, valid: &ValidRegistration) -> Error {
    let most = rules.capacity.map_or(rules.guests, |capacity| rules.guests.min(capacity.saturating_sub(1)));
    if valid.guests > most { Error::field(Field::Found, Fault::TooMany { max: most }) } else { closed() }
}

/// Changes what was written down about somebody, on a version.
///
/// # Errors
/// Not there, the policy, what is wrong with the form, no room for so many, changed meanwhile, too often, or the
/// database.
pub async fn change_for(
    request: &Request,
    id: ActivityId,
    (who, version): (RegistrationId, i64),
    draft: &RegistrationDraft,
) -> Result<(), Error> {
    let (activity, facts, _) = managed(request, id).await?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let before = request.tenant.registration(who).await?.ok_or(Error::NotFound)?;
    let permit = policy::may_change_for(&request.actor, &facts, &before)?;
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    let rules = activity.text.registration.clone().ok_or_else(closed)?;
    check_time(request, &activity, &series, &before.occurrence)?;
    // The address stays: it is theirs since they were told.
    let draft = RegistrationDraft { email: String::new(), ..draft.clone() };
    let valid = draft.check_by_organiser(&rules)?;
    let mut write = request.tenant.write().await?;
    let done =
        write.change_registration(&permit, (who, version), valid.guests, &valid.answers, request.now).await?;
    match done {
        Outcome::Done(seated) => {
            write.rename_registration(&permit, who, &valid.name).await?;
            promote(request, &mut write, &About::of(&activity, &series), &seated).await?;
            let by = request.actor.member_id();
            write.audit(by, "registration.change-for", Some(who.0), request.now).await?;
            Ok(write.commit().await?)
        }
        Outcome::Full => Err(Error::field(Field::Found, Fault::TooMany { max: before.guests })),
        Outcome::Stale => Err(Error::Conflict),
    }
}

fn check_time(request: &Request, activity: &Activity, series: &Series, round: &str) -> Result<(), Error> {
    let now = zone::on_the_wall(request.now);
    let time = time_of_round(&activity.changes, series, round, now);
    if is_open(time.as_ref(), now) { Ok(()) } else { Err(closed()) }
}
