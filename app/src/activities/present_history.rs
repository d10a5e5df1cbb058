//! From the versions of an activity to what its page shows.

use calendar::words;
use domain::activities::versions::{ActivityContent, ActivityPart, ActivityRevision, different};
use domain::activities::{Activity, OccurrenceChange};
use service::context::Request;
use service::{activities, diff};

use super::filters::{audience_name, language_name};
use crate::forms::Filled;
use crate::posts::present::{area, topic};
use crate::site::tone;
use crate::texts::{desk_in_language, fill, in_language};
use crate::ui::Moment;
use crate::versions::view::{CompareView, HistoryView, VersionView};

pub(super) fn versions(
    request: &Request,
    (activity, found): (&Activity, Vec<ActivityRevision>),
    (from, to): (&str, &str),
    refused: Filled<()>,
) -> HistoryView {
    let d = desk_in_language(request.locale);
    let at = |version: &str| {
        let version = version.parse::<i64>().ok()?;
        found.iter().find(|one| one.version == version)
    };
    let compare = match (at(from), at(to)) {
        (Some(from), Some(to)) => Some((from, to)),
        _ => found.get(1).zip(found.first()),
    };
    let versions = found.iter().enumerate().map(|(index, one)| {
        let older = found.get(index + 1);
        VersionView {
            version: one.version,
            older: older.map(|older| older.version),
            editor: one.editor_name.clone(),
            tone: tone(&one.editor_name),
            at: Moment::ago(one.at, request),
            what: done_in(request, older, one),
            notes: Vec::new(),
            current: index == 0,
        }
    });
    HistoryView {
        id: activity.id.to_string(),
        title: activity.text.title.clone(),
        version: activity.version,
        compare: compare.map(|(old, new)| CompareView {
            from: old.version,
            to: new.version,
            parts: compared(request, &old.content, &new.content),
        }),
        versions: versions.collect(),
        none: d.activity_history_none.to_owned(),
        problems: refused.problems,
    }
}

/// What was done to make a version, in words.
fn done_in(request: &Request, older: Option<&ActivityRevision>, one: &ActivityRevision) -> String {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    let Some(older) = older else { return d.activity_history_first.to_owned() };
    let parts = different(&older.content, &one.content);
    let parts: Vec<String> = parts.into_iter().map(|part| name(request, part).to_lowercase()).collect();
    if parts.is_empty() {
        return d.activity_history_same.to_owned();
    }
    fill(t.history_changed, &[("parts", &parts.join(", "))])
}

fn compared(
    request: &Request,
    old: &ActivityContent,
    new: &ActivityContent,
) -> Vec<(String, Vec<domain::diff::Piece>)> {
    let words = |part| diff::words(&spelled(request, old, part), &spelled(request, new, part));
    different(old, new).into_iter().map(|part| (name(request, part).to_owned(), words(part))).collect()
}

pub(super) const fn name(request: &Request, part: ActivityPart) -> &'static str {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    match part {
        ActivityPart::Title => t.field_title,
        ActivityPart::Body => t.field_body,
        ActivityPart::When => d.activity_when,
        ActivityPart::Times => d.activity_part_times,
        ActivityPart::Place => d.activity_place,
        ActivityPart::Online => d.activity_online,
        ActivityPart::Cost => d.activity_cost,
        ActivityPart::Audience => d.activity_audience,
        ActivityPart::Picture => d.activity_part_picture,
        ActivityPart::Areas => t.field_areas,
        ActivityPart::Topic => t.field_topic,
        ActivityPart::Registration => d.activity_part_registration,
    }
}

/// A part as text, to be compared by word.
pub(super) fn spelled(request: &Request, content: &ActivityContent, part: ActivityPart) -> String {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    let text = &content.text;
    match part {
        ActivityPart::Title => text.title.clone(),
        ActivityPart::Body => text.body.clone(),
        ActivityPart::When => when(request, content),
        ActivityPart::Times => {
            let times = content.changes.iter().filter_map(|change| time(request, change));
            times.collect::<Vec<_>>().join("\n")
        }
        ActivityPart::Place => {
            let access = if text.wheelchair { d.activity_wheelchair } else { "" };
            let map = text.point.map(super::map::written).unwrap_or_default();
            joined(&[&text.place, access, &map])
        }
        ActivityPart::Online => text.online.clone(),
        ActivityPart::Cost => {
            if text.cost.is_empty() {
                d.activity_free.to_owned()
            } else {
                text.cost.clone()
            }
        }
        ActivityPart::Audience => {
            let audience = text.audience.iter().map(|one| audience_name(d, *one));
            audience
                .chain(text.languages.iter().map(|one| language_name(d, *one)))
                .collect::<Vec<_>>()
                .join(", ")
        }
        ActivityPart::Picture => {
            let scene = text.scene.map(|scene| crate::posts::scene_name(t, scene)).unwrap_or_default();
            joined(&[scene, &text.scene_alt])
        }
        ActivityPart::Areas => {
            let names: Vec<String> =
                text.areas.iter().filter_map(|id| area(request, *id)).map(|area| area.name).collect();
            if names.is_empty() { t.whole_platform.to_owned() } else { names.join(", ") }
        }
        ActivityPart::Topic => {
            text.topic.and_then(|id| topic(request, id)).map_or_else(|| "–".to_owned(), |topic| topic.name)
        }
        ActivityPart::Registration => registration(request, content),
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The rule in words with the first day, or the day; the same whenever it is read.
fn when(request: &Request, content: &ActivityContent) -> String {
    let Some(series) = activities::series_of(&content.series) else { return String::new() };
    let first = words::date(series.start.date(), request.locale);
    let hours = words::hours(series.start, series.end_of(series.start), request.locale);
    let once = format!("{first} {hours}");
    let rule = words::series(&series, request.locale);
    let times = |times: &std::collections::BTreeSet<calendar::Local>, mark: &str| {
        times
            .iter()
            .map(|at| format!("{mark} {}", words::date(at.date(), request.locale)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    joined(&[
        rule.as_deref().unwrap_or_default(),
        &once,
        &times(&series.exceptions, "–"),
        &times(&series.extra, "+"),
    ])
}

fn time(request: &Request, change: &OccurrenceChange) -> Option<String> {
    let d = desk_in_language(request.locale);
    let start = calendar::local(&change.start)?;
    let end = calendar::series::end_of(start, change.minutes);
    let day = words::date(start.date(), request.locale);
    let when = format!("{day} {}", words::hours(start, end, request.locale));
    let off = if change.cancelled { d.activity_cancelled } else { "" };
    let parts = [when.as_str(), off, &change.place, &change.note];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
}

fn registration(request: &Request, content: &ActivityContent) -> String {
    let d = desk_in_language(request.locale);
    let Some(rules) = &content.text.registration else { return String::new() };
    let counted = |text: &'static str, n: u32| {
        if n == 0 { String::new() } else { fill(text, &[("n", &n.to_string())]) }
    };
    let whole = if rules.whole_series { d.activity_rules_whole } else { "" };
    let questions = rules.questions.join("\n");
    joined(&[
        &counted(d.activity_rules_capacity, rules.capacity.unwrap_or_default()),
        &counted(d.activity_rules_guests, rules.guests),
        &counted(d.activity_rules_closes, rules.closes_hours),
        whole,
        &questions,
    ])
}
