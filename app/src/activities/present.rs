//! From activities to what their pages show.

use std::collections::BTreeMap;

use calendar::{Date, Local, Series, Weekday, holidays, words, zone};
use domain::activities::filter::AgendaQuery;
use domain::activities::place::point_of_time;
use domain::activities::{Activity, ActivityStatus};
use domain::geo::Point;
use domain::id::ActivityId;
use service::Error;
use service::activities::{self, Agenda, Occurrence, Time, View};
use service::context::Request;

use super::view::{ActivityPageView, AgendaView, DayView, NextView, PosterView, TimeView};
use crate::context::escaped;
use crate::forms::Filled;
use crate::posts::present::{area, topic};
use crate::site::tone;
use crate::texts::{desk_in_language, fill};

/// The button that only shows the next times.
pub(super) const PREVIEW: &str = "preview";
pub(super) const ALL: &str = "alles";
pub(super) const FROM: &str = "vanaf";
pub(super) const ONE: &str = "keer";
/// As many as a day shows before it leads on, where many days are beside each other.
const IN_MONTH: usize = 4;
const IN_WEEK: usize = 20;

pub(super) fn key<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Under which name a form of one activity is kept.
pub(super) fn form(what: &str, id: ActivityId) -> String {
    format!("{what}-{id}")
}

pub(super) fn today(request: &Request) -> Date {
    zone::on_the_wall(request.now).date()
}

fn holiday(request: &Request, day: Date) -> String {
    holidays::on(day).map(|day| day.name(request.locale).to_owned()).unwrap_or_default()
}

fn relative(request: &Request, day: Date) -> String {
    words::relative(day, today(request), request.locale).unwrap_or_default().to_owned()
}

/// "dinsdag 1 december van 10.00 tot 12.00 uur".
pub(super) fn spelled(request: &Request, start: Local, end: Local) -> String {
    let day = words::day(start.date(), today(request), request.locale);
    format!("{day} {}", words::hours(start, end, request.locale))
}

pub(super) fn iso(at: Local) -> String {
    calendar::local_text(at)
}

/// One time as a line of a list.
pub(super) fn time_view(request: &Request, one: &Occurrence) -> TimeView {
    let id = one.activity.id;
    let href = if one.repeats {
        format!("/activiteiten/{id}?keer={}", iso(one.instead_of))
    } else {
        format!("/activiteiten/{id}")
    };
    let whole = words::is_whole_days(one.start, one.end);
    TimeView {
        href,
        iso: iso(one.start),
        time: if whole {
            words::whole_day(request.locale).to_owned()
        } else {
            words::time(one.start, request.locale)
        },
        until: if whole || one.end == one.start {
            String::new()
        } else {
            words::time(one.end, request.locale)
        },
        title: one.activity.title.clone(),
        place: one.place.clone(),
        cost: one.activity.cost.clone(),
        note: one.note.clone(),
        cancelled: one.cancelled,
        moved: one.moved,
        repeats: one.repeats,
        online: !one.activity.online.is_empty(),
        wheelchair: one.activity.wheelchair,
        point: one.point.map(super::map::written).unwrap_or_default(),
    }
}

pub(super) fn agenda(request: &Request, query: &AgendaQuery, agenda: &Agenda) -> AgendaView {
    let shown = agenda.shown;
    let most = match shown.view {
        View::Month => IN_MONTH,
        View::Week => IN_WEEK,
        View::List | View::Map | View::Day | View::Weekend => usize::MAX,
    };
    let mut by_day: BTreeMap<Date, (Vec<TimeView>, u32)> = BTreeMap::new();
    for one in &agenda.times {
        // What began before is on the first day that is shown.
        let (times, more) = by_day.entry(one.start.date().max(shown.first)).or_default();
        if times.len() < most {
            times.push(time_view(request, one));
        } else {
            *more += 1;
        }
    }
    let days_with_something: Vec<Date> = by_day.keys().copied().collect();
    let whole = matches!(shown.view, View::Week | View::Month);
    let days = shown
        .first
        .iter_days()
        .take_while(|day| *day < shown.end)
        .filter(|day| whole || days_with_something.contains(day))
        .map(|day| {
            let (times, more) = by_day.remove(&day).unwrap_or_default();
            (day, times, more)
        })
        .map(|(day, times, more)| DayView {
            date: day.to_string(),
            name: words::day(day, shown.today, request.locale),
            number: day.format("%-d").to_string(),
            relative: relative(request, day),
            holiday: holiday(request, day),
            today: day == shown.today,
            past: day < shown.today,
            times,
            more,
        })
        .collect();
    let at = |day: Date| {
        let dag = if day == shown.today { String::new() } else { day.to_string() };
        AgendaQuery { dag, ..query.clone() }
    };
    let monday = shown.first.week(Weekday::Mon).first_day();
    AgendaView {
        query: query.clone(),
        period: period(request, agenda),
        days,
        offset: if shown.view == View::Month {
            u8::try_from((shown.first - monday).num_days()).unwrap_or_default()
        } else {
            0
        },
        weekdays: monday
            .iter_days()
            .take(7)
            .map(|day| words::weekday(calendar::weekday_of(day), request.locale).to_owned())
            .collect(),
        before: shown.before.map(at),
        after: shown.after.map(at),
        any: !agenda.times.is_empty(),
        is_now: shown.first <= shown.today && shown.today < shown.end,
        has_map: super::map::is_there(request),
        map: (shown.view == View::Map).then(|| super::map::of_agenda(request, agenda)).flatten(),
    }
}

fn period(request: &Request, agenda: &Agenda) -> String {
    let d = desk_in_language(request.locale);
    let shown = agenda.shown;
    let day = |day| words::day(day, shown.today, request.locale);
    match shown.view {
        View::Day => day(shown.first),
        View::Month => words::month_and_year(shown.first, request.locale),
        View::Week => fill(d.agenda_week_of, &[("day", &day(shown.first))]),
        View::List | View::Map | View::Weekend => {
            let last = shown.end.pred_opt().unwrap_or(shown.end);
            fill(d.agenda_from_to, &[("from", &day(shown.first)), ("to", &day(last))])
        }
    }
}

fn next_view(request: &Request, id: ActivityId, time: &Time, here: Option<Local>) -> NextView {
    NextView {
        href: format!("/activiteiten/{id}?keer={}", iso(time.instead_of)),
        iso: iso(time.start),
        text: spelled(request, time.start, time.end),
        relative: relative(request, time.start.date()),
        holiday: holiday(request, time.start.date()),
        cancelled: time.cancelled,
        moved: time.start != time.instead_of,
        note: time.note.clone(),
        here: here == Some(time.instead_of),
    }
}

pub(super) fn show(
    request: &Request,
    view: activities::ActivityView,
    refused: Filled<()>,
) -> ActivityPageView {
    let activity = &view.activity;
    let text = &activity.text;
    let id = activity.id;
    let link = |id: Option<ActivityId>| id.map(|id| format!("/activiteiten/{id}")).unwrap_or_default();
    let time = view.time.as_ref();
    let here = time.map(|time| time.instead_of);
    let place = time.map(|time| &time.place).filter(|place| !place.is_empty()).unwrap_or(&text.place).clone();
    let own = time.map(|time| time.place.as_str()).unwrap_or_default();
    let point = point_of_time(text.point, own, request.platform.map.as_ref());
    let day = time.map(|time| time.start.date().to_string()).unwrap_or_default();
    let moved = time.filter(|time| time.start != time.instead_of);
    let change =
        (format!("/activiteiten/{id}/bewerken"), desk_in_language(request.locale).asked_note_edit_activity);
    let asked = view.asked.as_ref().map(|asked| crate::moderation::asked_note(request, change, asked));
    ActivityPageView {
        asked: asked.unwrap_or_default(),
        case_link: view.case_link,
        id: id.to_string(),
        version: activity.version,
        title: text.title.clone(),
        excerpt: activity.excerpt.clone(),
        html: activity.html.clone(),
        scene: text.scene.map(|scene| scene.key().to_owned()),
        scene_alt: text.scene_alt.clone(),
        when: time.map(|time| spelled(request, time.start, time.end)).unwrap_or_default(),
        iso: time.map(|time| iso(time.start)).unwrap_or_default(),
        relative: time.map(|time| relative(request, time.start.date())).unwrap_or_default(),
        holiday: time.map(|time| holiday(request, time.start.date())).unwrap_or_default(),
        at: here.map(iso).unwrap_or_default(),
        note: time.map(|time| time.note.clone()).unwrap_or_default(),
        cancelled: time.is_some_and(|time| time.cancelled),
        moved_from: moved
            .map(|time| {
                let end = view.series.end_of(time.instead_of);
                spelled(request, time.instead_of, end)
            })
            .unwrap_or_default(),
        rule: words::series(&view.series, request.locale).unwrap_or_default(),
        json_ld: json_ld(request, activity, time, (&place, point)),
        peek: super::map::around(request, point, &day),
        place,
        wheelchair: text.wheelchair,
        online: text.online.clone(),
        cost: text.cost.clone(),
        audience: text.audience.clone(),
        languages: text.languages.clone(),
        areas: text.areas.iter().filter_map(|id| area(request, *id)).collect(),
        topic: text.topic.and_then(|id| topic(request, id)),
        source: activity.source.as_ref().map(|source| source.name.clone()).unwrap_or_default(),
        source_url: activity.source.as_ref().map(|source| source.url.clone()).unwrap_or_default(),
        organiser: activity.organiser_name.clone(),
        tone: tone(&activity.organiser_name),
        next: view.next.iter().map(|time| next_view(request, id, time, here)).collect(),
        over: view.over,
        removed: activity.status == ActivityStatus::Removed,
        previous_link: link(activity.previous),
        next_link: link(activity.next),
        share: crate::posts::share::links_to(
            request,
            desk_in_language(request.locale).share_activity,
            &text.title,
            &format!("{}/activiteiten/{id}", request.base_url),
        ),
        repeats: repeats(&view.series),
        may_edit: view.may_edit,
        may_remove: view.may_remove,
        may_moderate: view.may_moderate,
        may_restore: view.may_restore,
        refused,
        registering: None,
    }
}

/// What hangs on a wall; nothing of what was removed does.
pub(super) fn poster(request: &Request, view: &activities::ActivityView) -> Result<PosterView, Error> {
    let (activity, d) = (&view.activity, desk_in_language(request.locale));
    if activity.status == ActivityStatus::Removed {
        return Err(Error::NotFound);
    }
    let text = &activity.text;
    let time = view.time.as_ref();
    let spelled = time.map(|time| spelled(request, time.start, time.end)).unwrap_or_default();
    let rule = words::series(&view.series, request.locale).unwrap_or_default();
    let (when, next) = if rule.is_empty() { (spelled, String::new()) } else { (rule, spelled) };
    let address = format!("{}/activiteiten/{}", request.base_url, activity.id);
    Ok(PosterView {
        id: activity.id.to_string(),
        title: text.title.clone(),
        when,
        next: if view.over { String::new() } else { next },
        place: time.map(|time| &time.place).filter(|place| !place.is_empty()).unwrap_or(&text.place).clone(),
        wheelchair: text.wheelchair,
        cost: text.cost.clone(),
        scene: text.scene.map(|scene| scene.key().to_owned()),
        organiser: activity.organiser_name.clone(),
        code: service::qr::svg(&address, "poster__code", d.poster_code),
        address,
    })
}

pub(super) fn repeats(series: &Series) -> bool {
    series.rule.is_some() || !series.extra.is_empty()
}

/// Structured data (schema.org) as text that cannot end its own script element.
fn json_ld(
    request: &Request,
    activity: &Activity,
    time: Option<&Time>,
    (place, point): (&str, Option<Point>),
) -> String {
    let text = &activity.text;
    let moment = |at: Local| service::dates::ago(zone::moment(at), request.now, request.locale).iso;
    let mut physical = leptos::serde_json::json!({ "@type": "Place", "name": place, "address": place });
    if let (Some(point), Some(physical)) = (point, physical.as_object_mut()) {
        let [latitude, longitude] = <[f64; 2]>::from(point);
        let geo = leptos::serde_json::json!({
            "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude,
        });
        physical.insert("geo".to_owned(), geo);
    }
    let online = leptos::serde_json::json!({ "@type": "VirtualLocation", "url": text.online });
    let location = match (place.is_empty(), text.online.is_empty()) {
        (false, true) => physical,
        (true, false) => online,
        (false, false) => leptos::serde_json::json!([physical, online]),
        (true, true) => {
            leptos::serde_json::json!({ "@type": "Place", "name": request.platform.place })
        }
    };
    let kind = if activity.source.is_some() { "Organization" } else { "Person" };
    let cancelled = time.is_some_and(|time| time.cancelled);
    let state = if cancelled { "EventCancelled" } else { "EventScheduled" };
    let mut data = leptos::serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": text.title,
        "description": activity.excerpt,
        "eventStatus": format!("https://schema.org/{state}"),
        "location": location,
        "organizer": { "@type": kind, "name": activity.organiser_name },
        "url": format!("{}/activiteiten/{}", request.base_url, activity.id),
        "inLanguage": request.platform.locale.tag(),
    });
    // A calendar of others does not say what something costs.
    if let (true, Some(data)) = (activity.source.is_none() || text.cost.is_empty(), data.as_object_mut()) {
        data.insert("isAccessibleForFree".to_owned(), text.cost.is_empty().into());
    }
    if let (Some(time), Some(data)) = (time, data.as_object_mut()) {
        data.insert("startDate".to_owned(), moment(time.start).into());
        data.insert("endDate".to_owned(), moment(time.end).into());
    }
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// When something that was found is: how it comes back and the next day; of what happens once, the day and the hours.
pub(crate) fn found_times(request: &Request, series: &Series, next: Option<&Time>) -> (String, String) {
    let time = next.map(|time| spelled(request, time.start, time.end));
    match words::series(series, request.locale) {
        Some(rule) => {
            let day = |time: &Time| words::day(time.start.date(), today(request), request.locale);
            (rule, next.map(day).unwrap_or_default())
        }
        None => (time.unwrap_or_else(|| last_time(request, series)), String::new()),
    }
}

/// Of what is over, or goes on without a rule: its last time.
fn last_time(request: &Request, series: &Series) -> String {
    let now = zone::on_the_wall(request.now);
    let last = series.last_before(now).unwrap_or(series.start);
    spelled(request, last, series.end_of(last))
}

/// An address with the time that is meant.
pub(super) fn with_time(path: &str, at: &str) -> String {
    if at.is_empty() { path.to_owned() } else { format!("{path}?keer={}", escaped(at)) }
}

/// "vandaag" or "morgen"; what began before today is on today.
pub(super) fn soon_day(request: &Request, one: &Occurrence) -> String {
    relative(request, one.start.date().max(today(request)))
}
