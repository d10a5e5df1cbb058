//! What other calendars read: the rules themselves, with what is particular.

use calendar::Series;
use calendar::ics::{Calendar, Event, Other};
use domain::activities::filter::AgendaQuery;
use domain::activities::place::point_of_time;
use domain::activities::{ActivityStatus, ActivitySummary, OccurrenceChange};
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, TopicId};

use super::timing::series_of;
use super::{load, named};
use crate::Error;
use crate::context::Request;

/// What is longer over than this is in no calendar.
const BACK: Span = Span::days(62);

/// A calendar to subscribe to, with the filters of the agenda; and when anything in it last changed.
///
/// # Errors
/// The address names what is not there, or the database.
pub async fn subscription(
    request: &Request,
    query: &AgendaQuery,
) -> Result<(String, Option<Timestamp>), Error> {
    let platform = &request.platform;
    let filter = query.resolve(platform).map_err(|_| Error::NotFound)?;
    let found = request.tenant.activities_in(request.now.minus(BACK), Timestamp(i64::MAX)).await?;
    let area = platform.areas.by_slug(&query.gebied).map(|area| area.name.as_str());
    let topic = platform.topic_by_slug(&query.thema).map(|topic| topic.name.as_str());
    let name: Vec<&str> = [Some(platform.name.as_str()), area, topic].into_iter().flatten().collect();
    let mut calendar = Calendar::new(&name.join(" – "));
    let mut changed = None;
    for activity in found.iter().filter(|activity| filter.holds(activity, platform)) {
        let Some(series) = series_of(&activity.series) else { continue };
        changed = changed.max(Some(activity.changed_at));
        add(&mut calendar, request, activity, &series);
    }
    Ok((calendar.finish(), changed))
}

/// One activity with all its times; or one of its times alone, when the address names one.
///
/// # Errors
/// Not there, not published, it has no such time, or the database.
pub async fn of_activity(request: &Request, id: ActivityId, at: &str) -> Result<(String, Timestamp), Error> {
    let (activity, _, series) = load(request, id).await?;
    if activity.status != ActivityStatus::Published {
        return Err(Error::NotFound);
    }
    let mut calendar = Calendar::new(&activity.text.title);
    let text = &activity.text;
    let summary = ActivitySummary {
        id,
        title: text.title.clone(),
        excerpt: activity.excerpt.clone(),
        topic: text.topic,
        areas: text.areas.clone(),
        place: text.place.clone(),
        point: text.point,
        wheelchair: text.wheelchair,
        online: text.online.clone(),
        cost: text.cost.clone(),
        audience: text.audience.clone(),
        languages: text.languages.clone(),
        scene: text.scene,
        version: activity.version,
        changed_at: activity.changed_at,
        series: activity.series.clone(),
        changes: activity.changes.clone(),
    };
    if at.is_empty() {
        add(&mut calendar, request, &summary, &series);
    } else {
        let time = named(&activity.changes, &series, at)?;
        let name = calendar::local_text(time.instead_of);
        let minutes = u32::try_from((time.end - time.start).num_minutes()).unwrap_or_default();
        let change = summary.changes.iter().find(|change| change.instead_of == name).cloned().unwrap_or(
            OccurrenceChange {
                instead_of: name.clone(),
                start: name.clone(),
                minutes,
                cancelled: false,
                place: String::new(),
                note: String::new(),
            },
        );
        let uid = format!("{id}-{name}");
        let (description, url, categories) = about(request, &summary);
        let event = event((&summary, &series), (&uid, &description, &url, &categories), &[]);
        if let Some(one) = other(request, &summary, &description, &change) {
            calendar.add_one(&event, &one);
        }
    }
    Ok((calendar.finish(), activity.changed_at))
}

fn add(calendar: &mut Calendar, request: &Request, activity: &ActivitySummary, series: &Series) {
    let (description, url, categories) = about(request, activity);
    let others: Vec<Other> = activity
        .changes
        .iter()
        .filter_map(|change| other(request, activity, &description, change))
        .filter(|other| series.has(other.instead_of))
        .collect();
    let uid = activity.id.to_string();
    calendar.add(&event((activity, series), (&uid, &description, &url, &categories), &others));
}

fn about(request: &Request, activity: &ActivitySummary) -> (String, String, Vec<String>) {
    let url = format!("{}/activiteiten/{}", request.base_url, activity.id);
    let description = format!("{}\n{url}", activity.excerpt);
    let topic = |id: TopicId| request.platform.topic(id).map(|topic| topic.name.clone());
    (description, url, activity.topic.and_then(topic).into_iter().collect())
}

/// Activities that are not over, with the moment of their last change: for site maps.
///
/// # Errors
/// The database.
pub async fn addresses(request: &Request, most: i64) -> Result<Vec<(ActivityId, Timestamp)>, Error> {
    Ok(request.tenant.activity_addresses(request.now, most).await?)
}

fn event<'a>(
    (activity, series): (&'a ActivitySummary, &'a Series),
    (uid, description, url, categories): (&'a str, &'a str, &'a str, &'a [String]),
    others: &'a [Other],
) -> Event<'a> {
    Event {
        uid,
        changed: activity.changed_at,
        sequence: activity.version,
        summary: &activity.title,
        description,
        location: if activity.place.is_empty() { &activity.online } else { &activity.place },
        point: activity.point,
        url,
        categories,
        cancelled: false,
        series,
        others,
        guest: None,
    }
}

fn other(
    request: &Request,
    activity: &ActivitySummary,
    description: &str,
    change: &OccurrenceChange,
) -> Option<Other> {
    let note = if change.note.is_empty() { String::new() } else { format!("{}\n", change.note) };
    Some(Other {
        instead_of: calendar::local(&change.instead_of)?,
        start: calendar::local(&change.start)?,
        minutes: change.minutes,
        cancelled: change.cancelled,
        summary: activity.title.clone(),
        description: format!("{note}{description}"),
        location: if change.place.is_empty() { activity.place.clone() } else { change.place.clone() },
        point: point_of_time(activity.point, &change.place, request.platform.map.as_ref()),
    })
}
