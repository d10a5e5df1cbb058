//! What waits for a moderator, and what is done.

use domain::moderation::CaseOrigin;
use domain::moderation::second_look::SecondLook;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::load_queue;
use super::present::PARTS;
use super::statement::{KindBadge, decision_name};
use super::view::{EntryView, QueueView};
use crate::bulk::DeskNav;
use crate::texts::{DeskTexts, fill, use_desk_texts};
use crate::ui::{Badge, Breadcrumb, Empty, Time, load_at};

#[component]
pub fn QueuePage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[part, after]: [String; 2]| Box::pin(load_queue(part, after)) as _;
    let show = |queue| view! { <Queue queue/> }.into_any();
    view! {
        <Title text=d.queue_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["deel", "na"], fetch, show)}
        </main>
    }
}

fn part_title(d: &DeskTexts, word: &str) -> &'static str {
    match word {
        "nieuw" => d.queue_held,
        "gevraagd" => d.queue_asked,
        "bezwaar" => d.queue_appeals,
        "besloten" => d.queue_decided,
        "afgerond" => d.queue_closed,
        _ => d.queue_open,
    }
}

#[component]
fn Queue(queue: QueueView) -> impl IntoView {
    let d = use_desk_texts();
    let here = queue.part.clone();
    let parts = PARTS
        .iter()
        .map(|(_, word)| {
            view! {
                <a
                    href=format!("/beheer/meldingen?deel={word}")
                    aria-current=(here == *word).then_some("page")
                >
                    {part_title(d, word)}
                </a>
            }
        })
        .collect_view();
    let more = (!queue.next.is_empty()).then(|| {
        view! {
            <p class="more">
                <a
                    class="nl-button nl-button--secondary"
                    rel="next"
                    href=format!("/beheer/meldingen?deel={}&na={}", queue.part, queue.next)
                >
                    {d.more_cases}
                </a>
            </p>
        }
    });
    let list = if queue.entries.is_empty() {
        view! { <Empty title=d.empty_queue_title text=d.empty_queue/> }.into_any()
    } else {
        let items = queue
            .entries
            .into_iter()
            .map(|entry| {
                let to = format!("/beheer/meldingen/{}", entry.id);
                view! {
                    <li>
                        <Entry entry to/>
                    </li>
                }
            })
            .collect_view();
        view! { <ol class="case-list">{items}</ol> }.into_any()
    };
    view! {
        <Breadcrumb steps=Vec::new() here=d.queue_title/>
        <h1>{d.queue_title}</h1>
        <p class="lead">{d.queue_help}</p>
        <DeskNav here="/beheer/meldingen"/>
        <nav class="pagination pagination--start" aria-label=d.queue_parts>
            {parts}
        </nav>
        {list}
        {more}
    }
}

/// What a case is about, in one line.
pub(super) fn name_of(d: &DeskTexts, entry: &EntryView) -> String {
    if !entry.title.is_empty() {
        entry.title.clone()
    } else if entry.address.is_empty() {
        d.subject_site.to_owned()
    } else {
        format!("{}: {}", d.subject_page, entry.address)
    }
}

/// A case in a list.
#[component]
pub(super) fn Entry(entry: EntryView, to: String) -> impl IntoView {
    let d = use_desk_texts();
    let count = match entry.notices {
        0 => String::new(),
        1 => d.notices_one.to_owned(),
        n => fill(d.notices_count, &[("n", &n.to_string())]),
    };
    let origin = match entry.origin {
        CaseOrigin::Notice => None,
        CaseOrigin::Held => Some(d.origin_held),
        CaseOrigin::SameText => Some(d.origin_same_text),
        CaseOrigin::Moderator => Some(d.origin_moderator),
    };
    let outcome = entry.outcome.map(|kind| view! { <Badge label=decision_name(d, kind) look="neutral"/> });
    let turn = match entry.second_look {
        SecondLook::Connectors => None,
        SecondLook::Admins => Some(d.appeal_turn_admin),
        SecondLook::Operators => Some(d.appeal_turn_operator),
        SecondLook::Nobody => Some(d.appeal_turn_nobody),
    };
    let due = (!entry.due.is_empty()).then(|| fill(d.asked_until, &[("day", &entry.due)]));
    view! {
        <article class="card panel">
            <p class="cluster">
                {entry.kind.map(|kind| view! { <KindBadge kind/> })}
                {origin.map(|words| view! { <Badge label=words look="sun"/> })}
                {turn.map(|words| view! { <Badge label=words look="sun"/> })}
                {entry.changed.then(|| view! { <Badge label=d.case_changed look="accent"/> })}
                {outcome}
            </p>
            <h2>
                <a href=to>{name_of(d, &entry)}</a>
            </h2>
            <p class="meta">
                {entry.reference} " · " {d.age} " " <Time moment=entry.at/>
                {(!count.is_empty()).then(|| format!(" · {count}"))}
                {due.map(|due| format!(" · {due}"))}
            </p>
        </article>
    }
}
