//! From activities to the forms that change them.

use calendar::{Local, Series, words};
use domain::activities::Activity;
use domain::activities::draft::{ActivityDraft, TimeDraft, WhenDraft};
use domain::id::ActivityId;
use domain::problem::Problems;
use service::activities::{self, Reach};
use service::context::Request;

use super::present::{ALL, FROM, ONE, form, iso, repeats, spelled, today};
use super::view::{
    ActivityFormView, ChangePart, ChangeView, OnVersion, PreviewView, ReachView, TimeFormView,
};
use crate::context::{FormWay, go, typed};
use crate::error::AppError;
use crate::forms::Filled;
use crate::texts::{DeskTexts, desk_in_language, fill};

/// The form with the times that it would give.
pub(super) fn filled(
    request: &Request,
    (kept, form): (Option<&Series>, Filled<ActivityDraft>),
    view: ActivityFormView,
) -> ActivityFormView {
    let mut view = ActivityFormView { form, place: super::map::of_form(request), ..view };
    let when = &view.form.typed.when;
    if when.day.is_empty() {
        return view;
    }
    if let Ok(preview) = activities::preview(when, kept, request.now) {
        view.rule = words::series(&preview.series, request.locale).unwrap_or_default();
        view.times = preview
            .times
            .iter()
            .map(|time| PreviewView {
                date: time.at.date().to_string(),
                text: spelled(request, time.at, preview.series.end_of(time.at)),
                holiday: time.holiday.map(|day| day.name(request.locale).to_owned()).unwrap_or_default(),
                left_out: time.left_out,
            })
            .collect();
    }
    view
}

pub(super) fn new_form(request: &Request, form: Filled<ActivityDraft>) -> ActivityFormView {
    filled(request, (None, form), ActivityFormView::default())
}

/// Back to the form, which shows the times, and what is wrong with them. `typed` is what is kept: the draft, of an
/// activity that there is with the version that it is about.
pub(super) async fn preview_again(
    request: &Request,
    way: FormWay<'_>,
    (when, typed): (&WhenDraft, impl serde::Serialize),
    id: Option<ActivityId>,
) -> Result<(), AppError> {
    let kept = match id {
        Some(id) => activities::reach(request, id, "").await.ok().map(|(_, series, _)| series),
        None => None,
    };
    let problems: Problems = activities::preview(when, kept.as_ref(), request.now).err().unwrap_or_default();
    let target = if problems.is_empty() { "keren" } else { "fouten" };
    let id = crate::context::answer(service::flash::keep(request, way.form, typed, problems).await)?;
    let mark = if way.back.contains('?') { '&' } else { '?' };
    go(&format!("{}{mark}flash={id}#{target}", way.back));
    Ok(())
}

pub(super) async fn change(
    request: &Request,
    (activity, series, reach): (std::sync::Arc<Activity>, Series, Reach),
    part: &str,
    flash: &str,
) -> Result<ChangeView, AppError> {
    let d = desk_in_language(request.locale);
    let id = activity.id;
    let at = iso(reach.time.instead_of);
    let once = !repeats(&series);
    let part = match part {
        ONE => {
            let kept = typed::<OnVersion<TimeDraft>>(request, &form("time", id), flash).await?;
            let (version, form) = on_version(kept, activity.version, || activities::time_draft(&reach.time));
            let says = fill(d.reach_this_says, &[("day", &day_of(request, reach.time.start))]);
            let cancelled = reach.time.cancelled;
            let places = super::map::of_form(request).known.into_iter().map(|(_, line)| line).collect();
            ChangePart::Time(TimeFormView { version, at, says, cancelled, places, form })
        }
        ALL | FROM => whole(request, (&activity, &series, &reach), part == FROM, flash).await?,
        _ if once => whole(request, (&activity, &series, &reach), false, flash).await?,
        _ => ChangePart::Choose(ReachView {
            this: fill(d.reach_this_says, &[("day", &day_of(request, reach.time.start))]),
            following: if reach.is_first { String::new() } else { following_says(request, d, &reach) },
            all: all_says(d, &reach),
            at,
        }),
    };
    Ok(ChangeView { id: id.to_string(), title: activity.text.title.clone(), part })
}

fn day_of(request: &Request, at: Local) -> String {
    words::day(at.date(), today(request), request.locale)
}

fn following_says(request: &Request, d: &DeskTexts, reach: &Reach) -> String {
    let day = day_of(request, reach.time.instead_of);
    match reach.following {
        Some(n) => fill(d.reach_following_counted, &[("day", &day), ("n", &n.to_string())]),
        None => fill(d.reach_following_endless, &[("day", &day)]),
    }
}

fn all_says(d: &DeskTexts, reach: &Reach) -> String {
    let mut says = match reach.all {
        Some(n) => fill(d.reach_all_counted, &[("n", &n.to_string())]),
        None => d.reach_all_endless.to_owned(),
    };
    if reach.particular > 0 {
        says.push(' ');
        says.push_str(&fill(d.reach_particular, &[("n", &reach.particular.to_string())]));
    }
    says
}

/// What was typed with the version that it is about, or what is there now.
fn on_version<T>(
    kept: service::flash::Kept<OnVersion<T>>,
    version: i64,
    now: impl FnOnce() -> T,
) -> (i64, Filled<T>) {
    let OnVersion { version: on, typed } = kept.typed;
    if on == 0 {
        return (version, Filled { typed: now(), problems: kept.problems });
    }
    (on, Filled { typed, problems: kept.problems })
}

/// The rule that the form has no fields for, in words: the one that was typed on, or the one that is there.
pub(super) fn kept_rule(request: &Request, when: &WhenDraft, series: &Series) -> String {
    let there = activities::when_of(series);
    let rule = if when.rule.is_empty() { &there.rule } else { &when.rule };
    let rule: Option<calendar::Rule> = rule.parse().ok().filter(|_| !rule.is_empty());
    rule.map(|rule| words::days(&rule, series.start, request.locale)).unwrap_or_default()
}

async fn whole(
    request: &Request,
    (activity, series, reach): (&Activity, &Series, &Reach),
    from: bool,
    flash: &str,
) -> Result<ChangePart, AppError> {
    let d = desk_in_language(request.locale);
    let at = iso(reach.time.instead_of);
    let from = from && !reach.is_first;
    let kept = typed::<OnVersion<ActivityDraft>>(request, &form("activity", activity.id), flash).await?;
    let (version, filled_in) = on_version(kept, activity.version, || {
        let part = if from { series.from(reach.time.instead_of) } else { series.clone() };
        activities::draft_of(request, &activity.text, &part)
    });
    let kept_rule = kept_rule(request, &filled_in.typed.when, series);
    let says = match (from, repeats(series)) {
        (true, _) => following_says(request, d, reach),
        (false, true) => all_says(d, reach),
        (false, false) => String::new(),
    };
    let registered = crate::context::answer(activities::is_registered_for(request, activity.id).await)?;
    let view = ActivityFormView {
        registered,
        id: activity.id.to_string(),
        version,
        scope: if from { FROM } else { ALL }.to_owned(),
        at,
        says,
        kept_rule,
        ..ActivityFormView::default()
    };
    Ok(ChangePart::Whole(Box::new(filled(request, (Some(series), filled_in), view))))
}
