//! Registering.

use calendar::zone;
use domain::activities::policy;
use domain::activities::registration::{RegistrationDraft, Rules, State, ValidRegistration};
use domain::clock::Span;
use domain::id::{ActivityId, RegistrationId, RoundId};
use domain::limits::{
    HOLD_LASTS, MAILS_PER_PLATFORM, REGISTRATION_MAILS, REGISTRATIONS_PER_MEMBER, REGISTRATIONS_PER_NETWORK,
};
use domain::moderation::sieve::Sieve;
use domain::problem::{Fault, Field};
use store::Write;
use store::activities::{Asked, NewRegistration};

use super::letters::{About, tell};
use super::{Open, open, span, time_of_round};
use crate::activities::{load, load_now};
use crate::context::Request;
use crate::limits::{limit, limit_member, limit_network, within};
use crate::mail::SeatKind;
use crate::moderation::{Verdict, sift};
use crate::{Error, secrets};

/// How often it is looked up again when the activity changes under one's hands.
const TRIES: usize = 3;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    Seat,
    Waiting,
    /// They were on the list before.
    Already,
    /// A mail is on its way, or not: whether an address was on the list before is told to nobody but its owner.
    Mail,
}

/// Registers the member who is signed in, or somebody by mail address. `at` is the time that the page showed.
///
/// # Errors
/// Not there, what is wrong with the form, too late, not to be had any more, too often, or the database.
pub async fn register(
    request: &Request,
    id: ActivityId,
    at: &str,
    draft: &RegistrationDraft,
    sieve: &Sieve,
) -> Result<Registered, Error> {
    let by_member = request.is_signed_in();
    let (activity, ..) = load(request, id).await?;
    let rules = activity.text.registration.clone().ok_or(Error::NotFound)?;
    let valid = draft.check(&rules, by_member)?;
    if by_member {
        limit_member(request, &REGISTRATIONS_PER_MEMBER).await?;
    } else if !may_ask(request, &valid, sieve).await? {
        return Ok(Registered::Mail);
    }
    for _ in 0..TRIES {
        if let Some(done) = once(request, id, at, &valid).await? {
            return Ok(done);
        }
    }
    Err(Error::Conflict)
}

/// Whether anything is done about somebody without an account: not for programs, and not when their address had mails
/// enough. They are told the same either way.
async fn may_ask(request: &Request, valid: &ValidRegistration, sieve: &Sieve) -> Result<bool, Error> {
    if sift(request, "register", sieve).await? == Verdict::Program {
        return Ok(false);
    }
    limit_network(request, &REGISTRATIONS_PER_NETWORK, "register").await?;
    let platform = request.platform.slug.as_str();
    let address = valid.email.as_ref().map_or("", |email| email.as_str());
    let key = secrets::limit_key(&["registration", platform, address]);
    Ok(within(limit(request, &REGISTRATION_MAILS, &key).await)?
        && within(limit(request, &MAILS_PER_PLATFORM, platform).await)?)
}

/// `None` when the activity changed between looking and writing.
async fn once(
    request: &Request,
    id: ActivityId,
    at: &str,
    valid: &ValidRegistration,
) -> Result<Option<Registered>, Error> {
    let (activity, facts, series) = load_now(request, id).await?;
    let permit = policy::may_register(&request.actor, &facts)?;
    let Some(rules) = &activity.text.registration else { return Err(closed()) };
    let now = zone::on_the_wall(request.now);
    let round = rules.round(at);
    let time = time_of_round(&activity.changes, &series, round, now).ok_or(Error::NotFound)?;
    if open(rules, Some(&time), now).0 != Open::Yes {
        return Err(closed());
    }
    let (starts_at, ends_at) = span(&activity.changes, &series, round, &time);
    let random = request.services.random.as_ref();
    let by_mail = valid.email.as_ref();
    let new = NewRegistration {
        id: RegistrationId::new(request.now, random),
        round: RoundId::new(request.now, random),
        activity: id,
        seen: activity.version,
        occurrence: round,
        starts_at,
        ends_at,
        name: &valid.name,
        email: by_mail.map_or("", |email| email.as_str()),
        locale: by_mail.map(|_| request.locale),
        guests: valid.guests,
        answers: &valid.answers,
        hold_until: by_mail.map(|_| request.now.plus(HOLD_LASTS)),
        at: request.now,
    };
    let about = About::of(&activity, &series);
    let mut write = request.tenant.write().await?;
    let (asked, seated) = write.register(&permit, &new).await?;
    let done = match asked {
        Asked::Changed => return Ok(None),
        Asked::Closed => return Err(no_room(rules, valid)),
        Asked::Already(before) => {
            if by_mail.is_none() {
                return Ok(Some(Registered::Already));
            }
            // There is nothing to commit in it; the mail is written in one of its own.
            drop(write);
            again(request, &about, before).await?;
            return Ok(Some(Registered::Mail));
        }
        Asked::Seat => Registered::Seat,
        Asked::Waiting => Registered::Waiting,
    };
    promote(request, &mut write, &about, &seated).await?;
    let registration = write.registration_now(new.id).await?.ok_or(Error::NotFound)?;
    let kind = if by_mail.is_some() {
        SeatKind::Confirm { minutes: HOLD_LASTS.0 / Span::minutes(1).0 }
    } else if done == Registered::Seat {
        SeatKind::Seat
    } else {
        SeatKind::Waiting { number: write.waiting_number_now(new.id).await? }
    };
    tell(request, &mut write, &about, &registration, kind).await?;
    write.audit(request.actor.member_id(), "registration.make", Some(new.id.0), request.now).await?;
    write.commit().await?;
    Ok(Some(if by_mail.is_some() { Registered::Mail } else { done }))
}

fn closed() -> Error {
    Error::field(Field::Form, Fault::Gone)
}

/// The rules changed between the check and the lock.
fn no_room(rules: &Rules, valid: &ValidRegistration) -> Error {
    let most = rules.capacity.map_or(rules.guests, |capacity| rules.guests.min(capacity.saturating_sub(1)));
    if valid.guests > most { Error::field(Field::Found, Fault::TooMany { max: most }) } else { closed() }
}

/// The address is on the list: its owner gets a link to it, and a new one to confirm when that is still to do.
async fn again(request: &Request, about: &About<'_>, before: RegistrationId) -> Result<(), Error> {
    let mut write = request.tenant.write().await?;
    let Some(registration) = write.registration_now(before).await? else { return Ok(()) };
    let kind = match registration.hold_until {
        Some(until) => {
            let left = until.0.saturating_sub(request.now.0).max(0) / Span::minutes(1).0;
            SeatKind::Confirm { minutes: left.max(1) }
        }
        None => SeatKind::Again,
    };
    tell(request, &mut write, about, &registration, kind).await?;
    Ok(write.commit().await?)
}

/// Those who got a seat are told.
pub(super) async fn promote(
    request: &Request,
    write: &mut Write,
    about: &About<'_>,
    seated: &[RegistrationId],
) -> Result<(), Error> {
    for id in seated {
        let Some(registration) = write.registration_now(*id).await? else { continue };
        // Who has not confirmed yet is told when they do.
        if registration.state == State::Seat && registration.is_confirmed() {
            tell(request, write, about, &registration, SeatKind::Promoted).await?;
        }
    }
    Ok(())
}
