//! Who comes, for who organises it: the list, who was there, words to all, a table to take along.

use std::fmt::Write as _;
use std::sync::Arc;

use calendar::{Series, zone};
use domain::activities::policy::{self, ActivityFacts};
use domain::activities::registration::{Registration, Rules, State, cell};
use domain::activities::{Activity, ActivityStatus};
use domain::id::{ActivityId, RegistrationId};
use domain::limits::{EDITS_PER_MEMBER, MESSAGE_MAX, MESSAGES_TO_ALL};
use domain::moderation::newcomers::leads_away;
use domain::permit::Permit;
use domain::permit::action::ManageRegistrations;
use domain::problem::{Fault, Field};
use domain::text;

use super::door::is_open;
use super::letters::{About, tell};
use super::own::{Own, cancel_as};
use super::{Mine, time_of_round};
use crate::activities::{Time, series_of, stored};
use crate::context::Request;
use crate::limits::{limit, limit_member};
use crate::mail::SeatKind;
use crate::{Error, markdown, moderation, secrets};

/// Everybody of one round, for who organises it. Pages show no addresses: who organises it writes to all through us.
#[derive(Clone, Debug)]
pub struct People {
    pub activity: Arc<Activity>,
    pub series: Series,
    pub rules: Rules,
    /// The name of the round: that of a time, or empty for the whole series.
    pub round: String,
    pub time: Option<Time>,
    /// In the order in which they came; cancelled ones among them.
    pub all: Vec<Registration>,
    /// The other rounds that anybody is in, with how many.
    pub rounds: Vec<(String, u32)>,
    /// Somebody can still be put on the list.
    pub open: bool,
}

impl People {
    /// How many people have a seat, guests among them.
    pub fn seated(&self) -> u32 {
        self.all.iter().filter(|one| one.state == State::Seat).map(Registration::people).sum()
    }
}

pub(super) async fn managed(
    request: &Request,
    id: ActivityId,
) -> Result<(Arc<Activity>, ActivityFacts, Permit<ManageRegistrations>), Error> {
    let activity = stored(request, id).await?;
    let facts = ActivityFacts::of(&activity, request.platform.id, &request.platform.areas);
    let permit = policy::may_manage_registrations(&request.actor, &facts)?;
    Ok((activity, facts, permit))
}

/// Who comes to the time that a page shows, or to its series.
///
/// # Errors
/// Not there, the policy, or the database.
pub async fn people(request: &Request, id: ActivityId, at: &str) -> Result<People, Error> {
    let (activity, ..) = managed(request, id).await?;
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    let rounds = request.tenant.registered(id, request.now).await?;
    // Where registering was switched off again, the list is still there.
    let whole = rounds.iter().any(|(name, _)| name.is_empty());
    let rules = activity.text.registration.clone();
    let rules = rules.unwrap_or_else(|| Rules { whole_series: whole, ..Rules::default() });
    let now = zone::on_the_wall(request.now);
    let round = if rules.whole_series || !at.is_empty() {
        rules.round(at).to_owned()
    } else {
        let next = super::next_times(&activity.changes, &series, now, 1).pop();
        let last = || series.last_before(now).unwrap_or(series.start);
        calendar::local_text(next.map_or_else(last, |time| time.instead_of))
    };
    let time = time_of_round(&activity.changes, &series, &round, now);
    let all = request.tenant.registrations(id, &round, request.now).await?;
    let open = activity.status == ActivityStatus::Published
        && activity.text.registration.is_some()
        && is_open(time.as_ref(), now);
    Ok(People { activity, series, rules, round, time, all, rounds, open })
}

/// Notes that somebody is there, or was not after all.
///
/// # Errors
/// Not there, the policy, they have no seat, too often, or the database.
pub async fn check_in(
    request: &Request,
    id: ActivityId,
    who: RegistrationId,
    came: bool,
) -> Result<(), Error> {
    let (_, _, permit) = managed(request, id).await?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    if !write.check_in(&permit, id, who, came).await? {
        return Err(Error::NotFound);
    }
    Ok(write.commit().await?)
}

/// Takes somebody off the list who called or wrote; they are told.
///
/// # Errors
/// Not there, the policy, too often, or the database.
pub async fn cancel_for(request: &Request, id: ActivityId, who: RegistrationId) -> Result<(), Error> {
    let (activity, facts, _) = managed(request, id).await?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let registration = request.tenant.registration(who).await?.ok_or(Error::NotFound)?;
    let permit = policy::may_cancel_for(&request.actor, &facts, &registration)?;
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    let rules = activity.text.registration.clone().unwrap_or_default();
    let mine = Mine { registration, number: 0 };
    let own = Own { mine, activity, series, time: None, rules, past: false };
    Box::pin(cancel_as(request, &own, &permit, true)).await
}

/// Writes to everybody who has a seat or waits. Says to how many.
///
/// # Errors
/// Not there, the policy, what is wrong with the words, nobody to write to, too often, or the database.
pub async fn message_to_all(request: &Request, id: ActivityId, at: &str, typed: &str) -> Result<u32, Error> {
    let found = people(request, id, at).await?;
    let words = text::lines(typed);
    let is = text::length(&words);
    let fault = match is {
        0 => Some(Fault::Required),
        _ if is > MESSAGE_MAX => Some(Fault::TooLong { max: MESSAGE_MAX, is }),
        _ if leads_away(&markdown::render(&words).html, &request.base_url)
            && moderation::Newcomer::of(request).await?.0 =>
        {
            Some(Fault::NoLinks)
        }
        _ => None,
    };
    if let Some(fault) = fault {
        return Err(Error::field(Field::Message, fault));
    }
    if found.activity.status != ActivityStatus::Published {
        return Err(Error::NotFound);
    }
    let to: Vec<&Registration> = found
        .all
        .iter()
        .filter(|one| one.state != State::Cancelled && one.is_confirmed() && one.has_address())
        .collect();
    if to.is_empty() {
        return Err(Error::field(Field::Form, Fault::Gone));
    }
    let key = secrets::limit_key(&["registration-all", &request.platform.slug, &id.to_string()]);
    limit(request, &MESSAGES_TO_ALL, &key).await?;
    let by = request.session.as_ref().map_or("", |session| session.member.name.as_str());
    let about = About::of(&found.activity, &found.series);
    let mut write = request.tenant.write().await?;
    for one in &to {
        tell(request, &mut write, &about, one, SeatKind::Words { by, words: &words }).await?;
    }
    write.audit(request.actor.member_id(), "registration.message", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(u32::try_from(to.len()).unwrap_or(u32::MAX))
}

/// The words of a table.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub name: &'a str,
    pub people: &'a str,
    pub state: &'a str,
    pub came: &'a str,
    pub yes: &'a str,
    pub states: [(State, &'a str); 3],
}

/// The list as a table, for the time that a page shows. Who took it along is written down.
///
/// # Errors
/// Not there, the policy, or the database.
pub async fn export(request: &Request, id: ActivityId, at: &str, words: &Sheet<'_>) -> Result<String, Error> {
    let found = people(request, id, at).await?;
    let mut write = request.tenant.write().await?;
    write.audit(request.actor.member_id(), "registration.export", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(sheet(&found, words))
}

/// The list as a table, without addresses, for a spreadsheet program (RFC 4180), with a mark by which they know that it is UTF-8. No cell
/// is read as a formula.
fn sheet(found: &People, words: &Sheet<'_>) -> String {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: Vec<String>| {
        let _ = write!(out, "{}\r\n", cells.join(";"));
    };
    let state = |is: State| words.states.iter().find(|(one, _)| *one == is).map_or("", |(_, word)| *word);
    let head = [words.name, words.people, words.state, words.came];
    let questions = &found.rules.questions;
    line(head.iter().map(|one| cell(one)).chain(questions.iter().map(|one| cell(one))).collect());
    for one in &found.all {
        let came = if one.came { words.yes } else { "" };
        let people = one.people().to_string();
        let own = [one.name.as_str(), &people, state(one.state), came];
        let answers = (0..questions.len()).map(|n| one.answers.get(n).map_or("", String::as_str));
        line(own.into_iter().chain(answers).map(cell).collect());
    }
    out
}
