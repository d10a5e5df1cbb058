//! From calendars of others to what their pages show.

use domain::sources::draft::SourceDraft;
use domain::sources::{Source, SourceStatus};
use service::context::Request;
use service::sources::{SourceView, Typed};

use super::view::{SkipView, SourceEntry, SourceFormView, SourcePageView};
use super::words;
use crate::forms::Filled;
use crate::posts::present::{area, topic};
use crate::texts::{desk_in_language, fill};
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
    let Filled { typed: Typed { draft, trouble }, problems } = kept;
    let written_in = desk_in_language(request.platform.locale);
    let typed =
        if is_new { SourceDraft { cost: written_in.source_cost_usual.to_owned(), ..draft } } else { draft };
    SourceFormView {
        form: Filled { typed, problems },
        trouble: trouble.map(|trouble| words::trouble(d, trouble)).unwrap_or_default(),
    }
}

pub(super) fn page(request: &Request, view: SourceView, refused: Filled<()>) -> SourcePageView {
    let d = desk_in_language(request.locale);
    let SourceView { source, may_manage, may_restore } = view;
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
        may_restore,
        refused,
    }
}
