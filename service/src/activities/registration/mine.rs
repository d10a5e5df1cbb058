//! Everything that a member goes to, as a page and as a calendar that only they know the address of.

use calendar::ics::Calendar;
use calendar::{Series, zone};
use domain::activities::ActivitySummary;
use domain::activities::registration::{Registration, State};
use domain::clock::Timestamp;
use domain::id::MemberId;
use domain::limits::{ACCOUNT_CHANGES, LINKS_PER_NETWORK};
use domain::members::policy::may_manage_account;
use domain::permit::Denied;

use super::letters::{About, Entry, put};
use super::time_of_round;
use crate::activities::{Time, series_of};
use crate::context::Request;
use crate::limits::{limit_member, limit_network};
use crate::{Error, secrets};

/// One thing that somebody goes to.
#[derive(Clone, Debug)]
pub struct Going {
    pub registration: Registration,
    pub activity: ActivitySummary,
    pub series: Series,
    /// The next one, for a whole series.
    pub time: Option<Time>,
}

fn hash(token: &str) -> Vec<u8> {
    secrets::hash(&["calendar", token])
}

/// What a member goes to, in the order in which it is. What was removed is not in it.
async fn all_of(request: &Request, member: MemberId) -> Result<Vec<Going>, Error> {
    let registrations = request.tenant.registrations_of_member(member, request.now).await?;
    if registrations.is_empty() {
        return Ok(Vec::new());
    }
    let found = request.tenant.activities_in(request.now, Timestamp(i64::MAX)).await?;
    let now = zone::on_the_wall(request.now);
    let going = registrations.into_iter().filter_map(|registration| {
        let activity = found.iter().find(|one| one.id == registration.activity)?.clone();
        let series = series_of(&activity.series)?;
        let time = time_of_round(&activity.changes, &series, &registration.occurrence, now);
        Some(Going { registration, activity, series, time })
    });
    let mut going: Vec<Going> = going.collect();
    going.sort_by_key(|one| (one.time.as_ref().map(|time| time.start), one.registration.id));
    Ok(going)
}

/// What the member who is signed in goes to or waits for.
///
/// # Errors
/// Not signed in, or the database.
pub async fn going(request: &Request) -> Result<Vec<Going>, Error> {
    let member = request.actor.member_id().ok_or(Error::Denied(Denied::SignInFirst))?;
    all_of(request, member).await
}

/// Since when their own calendar has an address; `None` when it has none.
///
/// # Errors
/// Not signed in, or the database.
pub async fn calendar_since(request: &Request) -> Result<Option<Timestamp>, Error> {
    let member = request.actor.member_id().ok_or(Error::Denied(Denied::SignInFirst))?;
    Ok(request.tenant.calendar_since(member).await?)
}

/// Gives their own calendar a new address, and says which: it is kept as a hash, and so told once. The one from before
/// leads nowhere any more.
///
/// # Errors
/// Not signed in, too often, or the database.
pub async fn new_calendar(request: &Request) -> Result<String, Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    limit_member(request, &ACCOUNT_CHANGES).await?;
    let token = secrets::token(request.services.random.as_ref());
    let mut write = request.tenant.write().await?;
    write.set_calendar(&permit, &hash(&token), request.now).await?;
    write.audit(request.actor.member_id(), "calendar.new", None, request.now).await?;
    write.commit().await?;
    Ok(token)
}

/// Takes the address away.
///
/// # Errors
/// Not signed in, too often, or the database.
pub async fn end_calendar(request: &Request) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    limit_member(request, &ACCOUNT_CHANGES).await?;
    let mut write = request.tenant.write().await?;
    write.end_calendar(&permit).await?;
    write.audit(request.actor.member_id(), "calendar.end", None, request.now).await?;
    Ok(write.commit().await?)
}

/// The calendar at an address: what its owner has a seat for. Each thing has the key of its invitation, so that who has
/// both sees it once.
///
/// # Errors
/// No such address (any more), too often, or the database.
pub async fn calendar_of(request: &Request, token: &str) -> Result<String, Error> {
    limit_network(request, &LINKS_PER_NETWORK, "own-calendar").await?;
    let member = request.tenant.calendar_owner(&hash(token)).await?.ok_or(Error::NotFound)?;
    let mut calendar = Calendar::new(&request.platform.name);
    let going = all_of(request, member).await?;
    for one in going.iter().filter(|one| one.registration.state == State::Seat) {
        let about = About::listed(&one.activity, &one.series);
        let changed = one.activity.changed_at.max(one.registration.created_at);
        let entry = Entry { sequence: one.registration.sequence, changed, cancelled: false, guest: None };
        put(&mut calendar, request, &about, &one.registration, &entry);
    }
    Ok(calendar.finish())
}
