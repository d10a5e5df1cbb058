//! Choices beside a search: each is a link to the same search with it, or without it.

use domain::search::{FoundKind, Period, SearchWish};
use leptos::prelude::*;

use super::view::{ChoiceView, SearchView};
use crate::posts::view::kind_name;
use crate::site::use_site;
use crate::texts::{DeskTexts, Texts, use_desk_texts, use_texts};
use crate::ui::Icon;

/// As many of a sort as are looked through at a glance.
const MOST: usize = 8;

fn period_name(d: &DeskTexts, slug: &str) -> String {
    match Period::from_slug(slug) {
        Some(Period::Week) => d.search_week.to_owned(),
        Some(Period::Month) => d.search_month.to_owned(),
        Some(Period::Year) => d.search_year.to_owned(),
        _ => slug.to_owned(),
    }
}

fn name_of(t: &'static Texts, d: &DeskTexts, kind: FoundKind) -> &'static str {
    match kind {
        FoundKind::Post(kind) => kind_name(t, kind),
        FoundKind::Activity => d.search_activity,
    }
}

type Put = fn(&mut SearchWish, String);
const PARTS: [Put; 4] = [
    |wish, slug| wish.soort = slug,
    |wish, slug| wish.gebied = slug,
    |wish, slug| wish.thema = slug,
    |wish, slug| wish.periode = slug,
];

fn with(wish: &SearchWish, put: Put, slug: &str) -> String {
    let mut wish = wish.first_page();
    put(&mut wish, slug.to_owned());
    wish.address()
}

/// What narrows the search now, each with the way back.
#[component]
pub(super) fn Chosen(wish: SearchWish) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let names = [
        FoundKind::from_slug(&wish.soort).map(|kind| name_of(t, d, kind).to_owned()),
        site.area(&wish.gebied).map(|area| area.name.clone()),
        site.topic(&wish.thema).map(|topic| topic.name.clone()),
        (!wish.periode.is_empty()).then(|| period_name(d, &wish.periode)),
    ];
    let chips = names
        .into_iter()
        .zip(PARTS)
        .filter_map(|(name, put)| Some((name?, with(&wish, put, ""))))
        .map(|(name, href)| {
            view! {
                <a class="chip chip--remove" href=href rel="nofollow">
                    {name}
                    <Icon name="x"/>
                    <span class="visually-hidden">{t.take_away}</span>
                </a>
            }
        })
        .collect_view();
    (!wish.is_everything()).then(|| view! { <div class="chips">{chips}</div> })
}

/// What could narrow the search further. One choice of a sort is no choice.
#[component]
pub(super) fn Refine(view: SearchView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let wish = view.wish.clone();
    let kinds = view
        .kinds
        .into_iter()
        .map(|(kind, choice)| ChoiceView { name: name_of(t, d, kind).to_owned(), ..choice });
    let periods =
        view.periods.into_iter().map(|choice| ChoiceView { name: period_name(d, &choice.slug), ..choice });
    let groups = [
        (d.search_kind, wish.soort.is_empty(), kinds.collect::<Vec<_>>(), true),
        (d.search_area, wish.gebied.is_empty(), view.areas, false),
        (d.search_topic, wish.thema.is_empty(), view.topics, false),
        (d.search_period, wish.periode.is_empty(), periods.collect(), true),
    ];
    let total = view.total;
    let groups: Vec<AnyView> = groups
        .into_iter()
        .zip(PARTS)
        .filter_map(|((title, is_open, choices, covers), put)| {
            let choices: Vec<ChoiceView> =
                choices.into_iter().filter(|choice| !covers || choice.count < total).take(MOST).collect();
            let is_choice = is_open && choices.iter().any(|choice| choice.count < total);
            is_choice.then(|| group(&wish, put, title, choices))
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! {
            <nav class="search-refine" aria-label=d.search_refine>
                {groups}
            </nav>
        }
    })
}

fn group(wish: &SearchWish, put: Put, title: &'static str, choices: Vec<ChoiceView>) -> AnyView {
    let links = choices
        .into_iter()
        .map(|choice| {
            view! {
                <a class="chip" href=with(wish, put, &choice.slug) rel="nofollow">
                    {choice.name}
                    " "
                    <span class="meta">{choice.count}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary>{title}</summary>
            <div class="chips">{links}</div>
        </details>
    }
    .into_any()
}
