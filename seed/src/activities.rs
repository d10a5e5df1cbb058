//! What happens in the communities: what is written, and for larger data sets what was before.

use ::calendar::{Series, series, zone};
use chrono::{Datelike as _, Days, NaiveDate};
use domain::activities::draft::ActivityDraft;
use domain::activities::registration::RulesDraft;
use domain::activities::{OccurrenceChange, SeriesText};
use domain::clock::{Span, Timestamp};
use domain::geo::Point;
use domain::id::{ActivityId, MemberId};
use domain::permit::Permit;
use domain::permit::action::Operate;
use store::Write;
use store::activities::{Bounds, NewActivity, TimeChange};

use crate::content::ActivityFile;
use crate::plan::SitePlan;
use crate::random::Seeded;
use crate::{Error, Rendered};

/// How long a series of the past went on, in weeks.
const ERA: usize = 104;
/// What counts as the demo's time, around now.
const BACK: u64 = 45;
const AHEAD: u64 = 45;

/// Writes what the community has in its agenda; gives how often something happens in all.
///
/// # Errors
/// The content is wrong, or the database refuses.
pub async fn agenda(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
) -> Result<usize, Error> {
    let random = Seeded::new(83);
    let today = zone::on_the_wall(site.now).date();
    let mut times = 0;
    for file in &site.activities {
        let series = written(file, today)?;
        times += count(&series, today);
        one(write, permit, (site, file, &series), (render, &random)).await?;
    }
    let founded = zone::on_the_wall(site.founded).date();
    let days = usize::try_from((today - founded).num_days()).unwrap_or_default();
    let weekly: Vec<&ActivityFile> = site.activities.iter().filter(|file| !file.rule.is_empty()).collect();
    while times < site.wanted_times && !weekly.is_empty() {
        let Some(file) = weekly.get(random.below(weekly.len())) else { break };
        let weeks = 20 + random.below(ERA);
        let back = u64::try_from(7 * weeks + random.below(days.max(1))).unwrap_or_default();
        let first = today.checked_sub_days(Days::new(back)).unwrap_or(today).max(founded);
        let series = past(file, first, weeks)?;
        times += series.count_from(series.start).unwrap_or_default().max(1);
        one(write, permit, (site, file, &series), (render, &random)).await?;
    }
    Ok(times)
}

pub(crate) fn wrong(file: &ActivityFile, what: &str) -> Error {
    Error::Content(format!("the activity {}: {what}", file.title))
}

/// A day and the hours of the file as a series.
fn timed(file: &ActivityFile, day: NaiveDate, rule: &str) -> Result<Series, Error> {
    let at = |time: &str| ::calendar::local(&format!("{day}T{time}")).ok_or_else(|| wrong(file, "its hours"));
    let (from, to) = (at(&file.from)?, at(&file.to)?);
    let minutes = u32::try_from((to - from).num_minutes()).map_err(|_| wrong(file, "its hours"))?;
    if rule.is_empty() {
        return Ok(Series::once(from, minutes));
    }
    let rule = rule.parse().map_err(|_| wrong(file, "its rule"))?;
    Series::repeating(from, minutes, rule).on_its_rule().ok_or_else(|| wrong(file, "its rule"))
}

fn written(file: &ActivityFile, today: NaiveDate) -> Result<Series, Error> {
    let days = Days::new(file.days.unsigned_abs());
    let day = if file.days < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
    timed(file, day.unwrap_or(today), &file.rule)
}

/// A series that went on for so many weeks.
fn past(file: &ActivityFile, first: NaiveDate, weeks: usize) -> Result<Series, Error> {
    let days = Days::new(u64::try_from(7 * weeks).unwrap_or_default());
    let last = first.checked_add_days(days).unwrap_or(first);
    let until = format!("{:04}{:02}{:02}", last.year(), last.month(), last.day());
    timed(file, first, &format!("FREQ=WEEKLY;UNTIL={until}"))
}

fn count(series: &Series, today: NaiveDate) -> usize {
    let from = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    series.between(zone::midnight(from), zone::midnight(to)).len()
}

/// What is particular about some of the next times.
fn changes(file: &ActivityFile, series: &Series, now: Timestamp) -> Vec<TimeChange> {
    let next = series.next(zone::on_the_wall(now), 12);
    file.changes
        .iter()
        .filter_map(|change| {
            let at = *next.get(change.next)?;
            let (first, last) = series::moments(at, series.minutes);
            let name = ::calendar::local_text(at);
            let change = OccurrenceChange {
                instead_of: name.clone(),
                start: name,
                minutes: series.minutes,
                cancelled: change.cancelled,
                place: String::new(),
                note: change.note.clone(),
            };
            Some(TimeChange { change, bounds: Bounds { first, last } })
        })
        .collect()
}

async fn one(
    write: &mut Write,
    permit: &Permit<Operate>,
    (site, file, series): (&SitePlan, &ActivityFile, &Series),
    (render, random): (&impl Fn(&str) -> Rendered, &Seeded),
) -> Result<(), Error> {
    let member = site.members.iter().find(|member| member.name == file.by);
    let member = member.ok_or_else(|| wrong(file, &file.by))?;
    let organiser: MemberId = member.id;
    let (latitude, longitude) = file.point.map(Point::degrees).unwrap_or_default();
    let draft = ActivityDraft {
        title: file.title.clone(),
        body: file.body.clone(),
        topic: file.topic.clone(),
        areas: file.areas.clone(),
        place: file.place.clone(),
        known: file.known.clone(),
        latitude,
        longitude,
        wheelchair: file.wheelchair,
        online: file.online.clone(),
        cost: file.cost.clone(),
        audience: file.audience.clone(),
        languages: file.languages.clone(),
        scene: file.scene.clone(),
        scene_alt: file.scene_alt.clone(),
        registration: rules(file),
        ..ActivityDraft::default()
    };
    let text = draft.check(&site.platform).map_err(|problems| wrong(file, &format!("{problems:?}")))?;
    let rendered = render(&text.body);
    // It was written some days before it began, and not before its organiser was there.
    let began = zone::moment(series.start);
    let at = began.minus(Span::days(6)).min(site.now.minus(Span::hours(5))).max(member.joined);
    let rule = series.rule.as_ref().map(ToString::to_string).unwrap_or_default();
    let stored = SeriesText {
        start: ::calendar::local_text(series.start),
        minutes: series.minutes,
        rule,
        ..SeriesText::default()
    };
    let (first, last) = series.bounds().ok_or_else(|| wrong(file, "its times"))?;
    let last = last.map_or(Timestamp(i64::MAX), |last| series::moments(last, series.minutes).1);
    let changes = changes(file, series, site.now);
    let new = NewActivity {
        id: ActivityId::new(at, random),
        text: &text,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        series: &stored,
        bounds: Bounds { first: zone::moment(first), last },
        at,
        previous: None,
        changes: &changes,
    };
    write.insert_activity_as_operator(permit, organiser, &new).await?;
    crate::registrations::come(write, site, file, (&new, organiser, series), random).await
}

/// How people register, in the words of the form.
fn rules(file: &ActivityFile) -> RulesDraft {
    let Some(rules) = &file.registration else { return RulesDraft::default() };
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    RulesDraft {
        on: true,
        capacity: number(rules.capacity),
        guests: number(rules.guests),
        closes: number(rules.closes),
        questions: rules.questions.clone(),
        whole: false,
    }
}
