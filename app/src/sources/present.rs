//! From calendars of others to what their pages show.

use domain::sources::draft::SourceDraft;
use domain::sources::{Rhythm, Source, SourceStatus};
use service::context::Request;
use service::sources::{self, SourceView, Typed};

use super::view::{SkipView, SourceChangeView, SourceEntry, SourceFormView, SourcePageView};
use super::words;
use crate::forms::Filled;
use crate::posts::present::{area, topic};
use crate::texts::{desk_in_language, fill, in_language};
use crate::ui::Moment;

pub(super) fn entry(request: &Request, source: &Source) -> SourceEntry {
    let d = desk_in_language(request.locale);
    let state = &source.state;
    let host = source.address.split_once("://").map_or("", |(_, rest)| rest);
    SourceEntry {
        id: source.id.to_string(),
        name: source.name.clone(),
        host: host.split(['/', '?', '#']).next().unwrap_or_default().to_owned(),
        read: state.read_at.map(|at| Moment::ago(at, request)),
        trouble: state.trouble.map(|trouble| words::trouble(d, trouble)).unwrap_or_default(),
        taken: state.tally.taken,
        skipped: state.tally.skipped,
    }
}

/// The form as it was typed; a new one says what most people would say about the cost.
pub(super) fn form(request: &Request, kept: Filled<Typed>, is_new: bool) -> SourceFormView {
    let d = desk_in_language(request.locale);
    let Filled { typed: Typed { draft, trouble, .. }, problems } = kept;
    let written_in = desk_in_language(request.platform.locale);
    let typed =
        if is_new { SourceDraft { cost: written_in.source_cost_usual.to_owned(), ..draft } } else { draft };
    SourceFormView {
        form: Filled { typed, problems },
        trouble: trouble.map(|trouble| words::trouble(d, trouble)).unwrap_or_default(),
    }
}

/// The form of one that is there: as it is, or as it was typed.
pub(super) fn change_form(request: &Request, source: &Source, kept: Filled<Typed>) -> SourceChangeView {
    let now = sources::draft_of(request, source);
    let came_back = kept.typed.edition > 0;
    let meanwhile = if came_back && kept.typed.edition != source.edition {
        meanwhile(request, &now, &kept.typed.draft)
    } else {
        Vec::new()
    };
    let kept = if came_back { kept } else { Filled { typed: Typed { draft: now, ..kept.typed }, ..kept } };
    SourceChangeView {
        id: source.id.to_string(),
        name: source.name.clone(),
        edition: source.edition,
        is_file: source.address.is_empty(),
        form: form(request, kept, false),
        meanwhile,
    }
}

/// What is there now and not as it is typed.
fn meanwhile(request: &Request, now: &SourceDraft, typed: &SourceDraft) -> Vec<(String, String)> {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    let platform = &request.platform;
    let areas: Vec<&str> = now
        .areas
        .iter()
        .filter_map(|slug| platform.areas.by_slug(slug))
        .map(|area| area.name.as_str())
        .collect();
    let areas = if areas.is_empty() { t.whole_platform.to_owned() } else { areas.join(", ") };
    let topic = platform.topic_by_slug(&now.topic).map_or("–", |topic| topic.name.as_str());
    let rhythm = Rhythm::from_key(&now.rhythm).unwrap_or_default();
    let sorted = |draft: &SourceDraft| {
        let mut areas = draft.areas.clone();
        areas.sort_unstable();
        areas
    };
    let cost = if now.cost.is_empty() { d.activity_free } else { &now.cost };
    [
        (now.name != typed.name, d.source_name, now.name.as_str()),
        (now.address != typed.address, d.source_address, &now.address),
        (now.rhythm != typed.rhythm, d.source_rhythm, words::rhythm_name(d, rhythm)),
        (sorted(now) != sorted(typed), t.field_areas, &areas),
        (now.topic != typed.topic, t.field_topic, topic),
        (now.cost != typed.cost, d.activity_cost, cost),
    ]
    .into_iter()
    .filter(|(differs, ..)| *differs)
    .map(|(_, name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

pub(super) fn page(request: &Request, view: SourceView, refused: Filled<()>) -> SourcePageView {
    let d = desk_in_language(request.locale);
    let SourceView { source, may_manage, may_change, may_restore } = view;
    let rhythm = if source.address.is_empty() { "" } else { words::rhythm_name(d, source.rhythm) };
    let state = source.state;
    let ago = |at| Moment::ago(at, request);
    let skips = state.tally.skips.into_iter().map(|skip| SkipView {
        line: fill(d.source_line, &[("n", &skip.line.to_string())]),
        title: skip.title,
        why: words::left_out(d, skip.why).to_owned(),
    });
    SourcePageView {
        id: source.id.to_string(),
        name: source.name,
        address: source.address,
        owner: source.owner_name,
        areas: source.areas.iter().filter_map(|id| area(request, *id)).collect(),
        topic: source.topic.and_then(|id| topic(request, id)),
        cost: source.cost,
        rhythm: rhythm.to_owned(),
        read: state.read_at.map(ago),
        tried: state.tried_at.filter(|_| state.trouble.is_some()).map(ago),
        due: state.due_at.map(|at| service::dates::exactly(at, request.locale)).unwrap_or_default(),
        trouble: state.trouble.map(|trouble| words::trouble(d, trouble)).unwrap_or_default(),
        taken: state.tally.taken,
        past: state.tally.past,
        kept_out: state.tally.kept_out,
        skipped: state.tally.skipped,
        skips: skips.collect(),
        removed: source.status == SourceStatus::Removed,
        may_manage,
        may_change,
        may_restore,
        refused,
    }
}
