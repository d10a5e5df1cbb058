//! The agenda: what happens within a time. Read once for all readers, expanded by rule, and filtered in memory.

use std::sync::Arc;

use calendar::{Local, zone};
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use domain::activities::filter::AgendaQuery;
use domain::activities::{ActivitySummary, place};
use domain::clock::Timestamp;
use domain::geo::{CommunityMap, Point};

use super::timing::{next_day, series_of};
use crate::Error;
use crate::context::Request;

/// Days of the list.
const LIST: u64 = 14;
/// As many times as one page shows; then it goes on at the next day.
const MOST: usize = 150;
/// The agenda opens no further ahead or back than this: what nobody plans nobody looks for, but programs do.
const REACH: i64 = 3 * 366;
/// Of the block on the home page.
const SOON: usize = 4;

/// One time of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub activity: Arc<ActivitySummary>,
    /// When it would have been, which is its name.
    pub instead_of: Local,
    pub start: Local,
    pub end: Local,
    pub cancelled: bool,
    /// It is not when it would have been.
    pub moved: bool,
    /// Where this time is.
    pub place: String,
    /// Where that is on the map; `None` for a time at a place that the community does not know.
    pub point: Option<Point>,
    pub note: String,
    /// It is one of a series.
    pub repeats: bool,
}

/// How the agenda is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    List,
    Day,
    Weekend,
    Week,
    Month,
    /// The list, with the map under it.
    Map,
}

impl View {
    pub const ALL: [Self; 6] = [Self::List, Self::Day, Self::Weekend, Self::Week, Self::Month, Self::Map];

    /// The word of the address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::List => "",
            Self::Day => "dag",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "maand",
            Self::Map => "kaart",
        }
    }

    fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.slug() == slug)
    }

    /// The days that are shown around a day: the first, and the first that is not shown any more.
    fn days(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let ahead = |day: NaiveDate, days: u64| day.checked_add_days(Days::new(days)).unwrap_or(day);
        let monday =
            day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day);
        match self {
            Self::List | Self::Map => (day, ahead(day, LIST)),
            Self::Day => (day, next_day(day)),
            Self::Weekend => (ahead(monday, 5), ahead(monday, 7)),
            Self::Week => (monday, ahead(monday, 7)),
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                (first, first.checked_add_months(Months::new(1)).unwrap_or(first))
            }
        }
    }

    /// A day of the time before.
    fn before(self, first: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::List | Self::Map => LIST,
            Self::Day | Self::Month => 1,
            Self::Weekend | Self::Week => 7,
        };
        let day = first.checked_sub_days(Days::new(back)).unwrap_or(first);
        if self == Self::Month { day.with_day(1).unwrap_or(day) } else { day }
    }
}

/// What is shown, and where the time before and after it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub view: View,
    pub today: NaiveDate,
    pub first: NaiveDate,
    /// Not shown any more.
    pub end: NaiveDate,
    /// A day of the time before; `None` where the agenda ends.
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
}

/// A part of the agenda.
#[derive(Clone, Debug)]
pub struct Agenda {
    pub shown: Shown,
    /// In the order in which they begin.
    pub times: Vec<Occurrence>,
}

/// The part of the agenda that an address asks for.
///
/// # Errors
/// The address names what is not there, or the database.
pub async fn agenda(request: &Request, query: &AgendaQuery) -> Result<Agenda, Error> {
    let filter = query.resolve(&request.platform).map_err(|_| Error::NotFound)?;
    let mut shown = shown(query, request.now)?;
    let all = window(request, shown.first, shown.end).await?;
    let mut times: Vec<Occurrence> = Vec::new();
    for one in all.iter().filter(|one| filter.holds(&one.activity, &request.platform)) {
        let day = one.start.date().max(shown.first);
        // Never in the middle of a day, and never less than one.
        let next = times.last().is_some_and(|last: &Occurrence| last.start.date().max(shown.first) < day);
        if times.len() >= MOST && next && matches!(shown.view, View::List | View::Map) {
            shown.end = day;
            shown.after = Some(day);
            break;
        }
        times.push(one.clone());
    }
    Ok(Agenda { shown, times })
}

fn shown(query: &AgendaQuery, now: Timestamp) -> Result<Shown, Error> {
    let today = zone::on_the_wall(now).date();
    let view = View::from_slug(&query.weergave).ok_or(Error::NotFound)?;
    let day = if query.dag.is_empty() {
        today
    } else {
        NaiveDate::parse_from_str(&query.dag, "%Y-%m-%d").map_err(|_| Error::NotFound)?
    };
    let within = |day: &NaiveDate| (*day - today).num_days().abs() <= REACH;
    if !within(&day) {
        return Err(Error::NotFound);
    }
    let (first, end) = view.days(day);
    let before = Some(view.before(first)).filter(within);
    Ok(Shown { view, today, first, end, before, after: Some(end).filter(within) })
}

/// What is on today and tomorrow and not over yet, at most a few; and whether there is more. In one statement.
///
/// # Errors
/// The database.
pub async fn soon(request: &Request) -> Result<Vec<Occurrence>, Error> {
    let now = zone::on_the_wall(request.now);
    let today = now.date();
    let all = window(request, today, next_day(next_day(today))).await?;
    let is_on = |one: &&Occurrence| one.end > now || (one.end == one.start && one.start >= now);
    Ok(all.iter().filter(|one| !one.cancelled).filter(is_on).take(SOON).cloned().collect())
}

/// Everything from a day until before another, for all readers alike; around now from memory when it is there.
async fn window(request: &Request, first: NaiveDate, end: NaiveDate) -> Result<Arc<Vec<Occurrence>>, Error> {
    let (from, to) = (zone::midnight(first), zone::midnight(end));
    let made = Box::pin(async {
        let found = request.tenant.activities_in(zone::moment(from), zone::moment(to)).await?;
        Ok::<_, Error>(expanded(found, from, to, request.platform.map.as_ref()))
    });
    // Only the times around now, of which there are few: whoever asks for every day of a year fills no memory.
    let today = zone::on_the_wall(request.now).date();
    if today < first || end <= today {
        return made.await.map(Arc::new);
    }
    request.services.memory.or_make(request.kept_as(format!("agenda {first} {end}")), made).await
}

/// The times of all these activities that touch the time from `from` until before `to`, in order.
pub(super) fn expanded(
    found: Vec<ActivitySummary>,
    from: Local,
    to: Local,
    map: Option<&CommunityMap>,
) -> Vec<Occurrence> {
    let mut times = Vec::new();
    for activity in found {
        let Some(series) = series_of(&activity.series) else {
            tracing::error!(activity = %activity.id, "a series that is none");
            continue;
        };
        let activity = Arc::new(activity);
        let repeats = series.rule.is_some() || !series.extra.is_empty();
        let earlier = from.checked_sub_signed(TimeDelta::minutes(i64::from(series.minutes))).unwrap_or(from);
        let mut names = series.between(earlier, to);
        // What was moved into this time is no time of the rule here.
        for change in &activity.changes {
            let name = calendar::local(&change.instead_of).filter(|name| !names.contains(name));
            names.extend(name.filter(|name| series.has(*name)));
        }
        for name in names {
            let time = super::time_of(&activity.changes, name, series.minutes);
            let within = time.start < to && (time.end > from || time.start >= from);
            if !within {
                continue;
            }
            times.push(Occurrence {
                instead_of: name,
                start: time.start,
                end: time.end,
                cancelled: time.cancelled,
                moved: time.start != name,
                point: place::point_of_time(activity.point, &time.place, map),
                place: if time.place.is_empty() { activity.place.clone() } else { time.place },
                note: time.note,
                repeats,
                activity: Arc::clone(&activity),
            });
        }
    }
    times.sort_by(|a, b| {
        (a.start, &a.activity.title, a.activity.id).cmp(&(b.start, &b.activity.title, b.activity.id))
    });
    times
}
