//! From two versions that clash to what their page shows.

use calendar::words;
use domain::activities::OccurrenceChange;
use domain::activities::draft::{ActivityDraft, TimeDraft};
use domain::activities::versions::{ActivityPart, Meant, TimePart};
use domain::id::ActivityId;
use service::activities::{self, Clash, Differs, Scope};
use service::context::Request;
use service::{Error, flash};

use super::present::{ALL, FROM, ONE, form, spelled};
use super::present_form::filled;
use super::present_history;
use super::view::{ActivityFormView, ClashForm, ClashPart, ClashView, OnVersion};
use crate::context::{answer, escaped, go};
use crate::error::AppError;
use crate::forms::Filled;
use crate::posts::present::both;
use crate::texts::desk_in_language;

/// To the page with both versions, with everything that was typed.
pub(super) async fn go_there<T: serde::Serialize>(
    request: &Request,
    (id, scope, at): (ActivityId, &str, &str),
    what: &str,
    typed: OnVersion<T>,
) -> Result<(), AppError> {
    let kept = flash::keep(request, &form(what, id), typed, Default::default()).await;
    let kept = answer(kept)?;
    go(&format!("/activiteiten/{id}/samenvoegen?wat={scope}&keer={}&flash={kept}", escaped(at)));
    Ok(())
}

/// The keys of the parts that are to be as the other made them.
pub(super) fn theirs(pick: &std::collections::BTreeMap<String, String>) -> Vec<String> {
    pick.iter()
        .filter(|(_, which)| *which == super::clash_page::THEIRS)
        .map(|(part, _)| part.clone())
        .collect()
}

async fn found<T: serde::de::DeserializeOwned + Default>(
    request: &Request,
    name: &str,
    flash: &str,
) -> Result<OnVersion<T>, Error> {
    Ok(flash::find(request, name, flash).await?.ok_or(Error::NotFound)?.typed)
}

pub(super) async fn view(
    request: &Request,
    id: ActivityId,
    (scope, at): (&str, &str),
    flash: &str,
) -> Result<ClashView, Error> {
    if scope == ONE {
        let kept: OnVersion<TimeDraft> = found(request, &form("time", id), flash).await?;
        let clash = Box::pin(activities::clash_of_time(request, (id, kept.version), at, &kept.typed)).await?;
        return Ok(of_time(request, clash, kept.typed));
    }
    let reach = if scope == FROM { Scope::From(at.to_owned()) } else { Scope::All };
    let kept: OnVersion<ActivityDraft> = found(request, &form("activity", id), flash).await?;
    let clash = Box::pin(activities::clash(request, (id, kept.version), &reach, &kept.typed)).await?;
    of_all(request, clash, kept.typed).await
}

async fn of_all(
    request: &Request,
    clash: Clash<Meant, ActivityPart>,
    typed: ActivityDraft,
) -> Result<ClashView, Error> {
    let parts = clash.parts.iter().map(|one| {
        let said = |of: &Meant| present_history::spelled(request, &of.content, one.part);
        let name = present_history::name(request, one.part);
        part(one, (one.part.key(), name), said(&clash.mine), said(&clash.theirs))
    });
    let parts = parts.collect();
    let registered = activities::is_registered_for(request, clash.activity.id).await?;
    let kept_rule = super::present_form::kept_rule(request, &typed.when, &clash.series);
    let view = ActivityFormView { kept_rule, registered, ..ActivityFormView::default() };
    let form = Filled { typed, ..Filled::default() };
    let form = ClashForm::Whole(Box::new(filled(request, (Some(&clash.series), form), view)));
    let scope = if clash.at.is_empty() { ALL } else { FROM };
    Ok(shown(request, clash, scope, (parts, form)))
}

fn of_time(request: &Request, clash: Clash<OccurrenceChange, TimePart>, typed: TimeDraft) -> ClashView {
    let d = desk_in_language(request.locale);
    let parts = clash.parts.iter().map(|one| {
        let name = match one.part {
            TimePart::When => d.activity_when,
            TimePart::Place => d.time_place,
            TimePart::Note => d.time_note,
        };
        let said = |of: &OccurrenceChange| match one.part {
            TimePart::When => hours(request, of),
            TimePart::Place => of.place.clone(),
            TimePart::Note => of.note.clone(),
        };
        part(one, (one.part.key(), name), said(&clash.mine), said(&clash.theirs))
    });
    let parts = parts.collect();
    shown(request, clash, ONE, (parts, ClashForm::Time(typed)))
}

/// The same whenever it is read: no "today".
fn hours(request: &Request, change: &OccurrenceChange) -> String {
    let Some(start) = calendar::local(&change.start) else { return String::new() };
    let end = calendar::series::end_of(start, change.minutes);
    let day = words::date(start.date(), request.locale);
    format!("{day} {}", words::hours(start, end, request.locale))
}

fn part<P>(differs: &Differs<P>, (key, name): (&str, &str), mine: String, theirs: String) -> ClashPart {
    ClashPart {
        key: key.to_owned(),
        name: name.to_owned(),
        both: both(mine, theirs),
        by_me: differs.by_me,
        by_them: differs.by_them,
    }
}

fn shown<T, P>(
    request: &Request,
    clash: Clash<T, P>,
    scope: &str,
    (parts, form): (Vec<ClashPart>, ClashForm),
) -> ClashView {
    let time = |time: &activities::Time| {
        (calendar::local_text(time.instead_of), spelled(request, time.start, time.end))
    };
    ClashView {
        id: clash.activity.id.to_string(),
        title: clash.activity.text.title.clone(),
        version: clash.activity.version,
        other: clash.other,
        scope: scope.to_owned(),
        at: clash.at,
        instead: clash.instead.iter().map(time).collect(),
        parts,
        form,
    }
}
