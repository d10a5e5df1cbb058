//! When times change, those who registered go along, and are told.

use calendar::{Series, zone};
use domain::activities::ActivityStatus;
use domain::activities::registration::Registration;
use domain::clock::Timestamp;
use domain::id::ActivityId;
use domain::permit::Permit;
use domain::permit::action::EditActivity;
use store::Write;
use store::activities::Moved;

use super::ask::promote;
use super::letters::{About, tell};
use super::{span, time_of_round};
use crate::Error;
use crate::activities::{series_of, time_of};
use crate::context::Request;
use crate::mail::SeatKind;

/// An activity before and after a change to all its times, or to those from one on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    pub before: About<'a>,
    /// What it is now; of one that is cut, the part that stays.
    pub after: About<'a>,
    /// The part that goes on as another activity, from this time on (by its name).
    pub later: Option<(&'a str, About<'a>)>,
}

impl<'a> Change<'a> {
    /// Where those of a round go, and what their time is called there; `None` when it is none any more.
    pub(super) fn way(&self, round: &str, now: Timestamp) -> Option<(About<'a>, String)> {
        if round.is_empty() {
            // For all times together: along with what is to come.
            let wall = zone::on_the_wall(now);
            let stays = !self.after.series.next(wall, 1).is_empty();
            let later = self.later.as_ref().map(|(_, later)| *later).filter(|_| !stays);
            return Some((later.unwrap_or(self.after), String::new()));
        }
        match self.later {
            Some((from, later)) if round >= from => Some((later, renamed(round, later.series)?)),
            Some(_) => Some((self.after, round.to_owned())),
            None => Some((self.after, renamed(round, self.after.series)?)),
        }
    }
}

/// The same day of a series whose hours may have changed.
fn renamed(round: &str, to: &Series) -> Option<String> {
    let old = calendar::local(round)?;
    let name = if to.has(old) { old } else { old.date().and_time(to.start.time()) };
    to.has(name).then(|| calendar::local_text(name))
}

/// Whether those of a round have to know: when it is, or where.
fn differs(was: &About<'_>, old: &str, is: &About<'_>, new: &str) -> bool {
    let when = |about: &About<'_>, name: &str| {
        calendar::local(name).map(|at| {
            let time = time_of(about.changes, at, about.series.minutes);
            (time.start, time.end)
        })
    };
    let times = if new.is_empty() { was.series != is.series } else { when(was, old) != when(is, new) };
    times || was.place(old) != is.place(new)
}

/// What those of a round have to know; `None` for nothing.
fn news(was: &About<'_>, old: &str, is: &About<'_>, new: &str) -> Option<SeatKind<'static>> {
    let cancelled = |about: &About<'_>, name: &str| {
        about.changes.iter().any(|one| one.instead_of == name && one.cancelled)
    };
    match (cancelled(was, old), cancelled(is, new)) {
        (false, true) => Some(SeatKind::CalledOff),
        (true, false) => Some(SeatKind::BackOn),
        (true, true) => None,
        (false, false) => differs(was, old, is, new).then_some(SeatKind::Changed),
    }
}

/// Everybody goes where their time went, within the transaction of the change and after it was written (so that nobody
/// registers meanwhile). Who has no time any more is told so, and forgotten; what is free now is given to who waits.
pub(crate) async fn follow(
    request: &Request,
    write: &mut Write,
    permit: &Permit<EditActivity>,
    change: &Change<'_>,
) -> Result<(), Error> {
    let id = change.before.id;
    let (mut moved, mut gone, mut told) = (Vec::<Moved>::new(), Vec::new(), Vec::new());
    for (round, people) in write.rounds(id, request.now).await? {
        let one_by_one = |about: &About<'_>| {
            about.rules.is_some_and(|rules| rules.whole_series != round.occurrence.is_empty())
        };
        // Registered a moment ago, for what one cannot register for any more: whoever changes it looks again.
        if !people.is_empty() && one_by_one(&change.later.map_or(change.after, |(_, later)| later)) {
            return Err(Error::Conflict);
        }
        let way = change.way(&round.occurrence, request.now);
        let way = way.filter(|(about, name)| {
            !moved.iter().any(|one| one.activity == about.id && one.occurrence == *name)
        });
        let now = zone::on_the_wall(request.now);
        let way = way.and_then(|(about, name)| {
            time_of_round(about.changes, about.series, &name, now).map(|time| (about, name, time))
        });
        let Some((about, name, time)) = way else {
            for one in &people {
                tell_if_known(request, write, &change.before, one, SeatKind::CalledOff).await?;
            }
            gone.push(round.id);
            continue;
        };
        let (starts_at, ends_at) = span(about.changes, about.series, &name, &time);
        let news = news(&change.before, &round.occurrence, &about, &name);
        told.push((about, round.id, news.map(|kind| (kind, people))));
        moved.push(Moved { id: round.id, activity: about.id, occurrence: name, starts_at, ends_at });
    }
    write.move_rounds(permit, id, &moved, &gone).await?;
    for ((about, round, news), to) in told.into_iter().zip(&moved) {
        let (kind, people) = news.unwrap_or((SeatKind::Changed, Vec::new()));
        for mut one in people {
            one.occurrence.clone_from(&to.occurrence);
            tell_if_known(request, write, &about, &one, kind).await?;
        }
        let seated = write.settle_round(permit, (about.id, round), request.now).await?;
        promote(request, write, &about, &seated).await?;
    }
    Ok(())
}

/// The same for what is particular about one time: `was` and `is` are the activity before and after.
pub(crate) async fn follow_time(
    request: &Request,
    write: &mut Write,
    permit: &Permit<EditActivity>,
    (was, is): (&About<'_>, &About<'_>),
    name: &str,
) -> Result<(), Error> {
    let kind = news(was, name, is, name);
    let about = About { only: Some(name), ..*is };
    let now = zone::on_the_wall(request.now);
    let mut moved = Vec::new();
    for (round, people) in write.rounds(is.id, request.now).await? {
        if !round.occurrence.is_empty() && round.occurrence != name {
            continue;
        }
        if let Some(time) = time_of_round(is.changes, is.series, &round.occurrence, now) {
            let (starts_at, ends_at) = span(is.changes, is.series, &round.occurrence, &time);
            let occurrence = round.occurrence;
            moved.push(Moved { id: round.id, activity: is.id, occurrence, starts_at, ends_at });
        }
        let Some(kind) = kind else { continue };
        for one in &people {
            tell_if_known(request, write, &about, one, kind).await?;
        }
    }
    Ok(write.move_rounds(permit, is.id, &moved, &[]).await?)
}

/// The whole activity was taken away: everybody is told, and stays on the list for the case that it comes back.
pub(crate) async fn gone(request: &Request, write: &mut Write, about: &About<'_>) -> Result<(), Error> {
    tell_all(request, write, about, SeatKind::CalledOff).await
}

/// It is there again.
pub(crate) async fn is_back(request: &Request, write: &mut Write, about: &About<'_>) -> Result<(), Error> {
    tell_all(request, write, about, SeatKind::BackOn).await
}

/// The same when a moderator took it away, within the transaction of the decision.
pub(crate) async fn gone_by_case(request: &Request, write: &mut Write, id: ActivityId) -> Result<(), Error> {
    by_case(request, write, id, (ActivityStatus::Published, SeatKind::CalledOff)).await
}

/// The same when an objection was right.
pub(crate) async fn back_by_case(request: &Request, write: &mut Write, id: ActivityId) -> Result<(), Error> {
    by_case(request, write, id, (ActivityStatus::Removed, SeatKind::BackOn)).await
}

/// Only when the decision changes anything: what is read is from before it.
async fn by_case(
    request: &Request,
    write: &mut Write,
    id: ActivityId,
    (was, kind): (ActivityStatus, SeatKind<'static>),
) -> Result<(), Error> {
    let Some(activity) = request.tenant.activity(id).await?.filter(|one| one.status == was) else {
        return Ok(());
    };
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    tell_all(request, write, &About::of(&activity, &series), kind).await
}

async fn tell_all(
    request: &Request,
    write: &mut Write,
    about: &About<'_>,
    kind: SeatKind<'_>,
) -> Result<(), Error> {
    for (_, people) in write.rounds(about.id, request.now).await? {
        for one in &people {
            tell_if_known(request, write, about, one, kind).await?;
        }
    }
    Ok(())
}

/// Nobody is told about an address that they did not confirm.
async fn tell_if_known(
    request: &Request,
    write: &mut Write,
    about: &About<'_>,
    one: &Registration,
    kind: SeatKind<'_>,
) -> Result<(), Error> {
    if one.is_confirmed() { tell(request, write, about, one, kind).await } else { Ok(()) }
}
