//! The list of posts, with its filters in the address.

use domain::posts::PostKind;
use domain::posts::filter::FilterQuery;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_query_map;

use super::PostCard;
use super::api::list_posts;
use super::filter_fields::filter_fields;
use super::view::{CardView, ListView, kind_name, without};
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{Empty, Icon, LinkButton, focus_soon, kept, load_shared};
use crate::wire::{Read, unpack};

fn query_of(map: &leptos_router::params::ParamsMap) -> FilterQuery {
    let get = |key: &str| map.get(key).unwrap_or_default();
    FilterQuery {
        gebied: get("gebied"),
        thema: get("thema"),
        soort: get("soort"),
        schrijver: get("schrijver"),
        na: get("na"),
    }
}

#[component]
pub fn ListPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query_of));
    let key = move || {
        let FilterQuery { gebied, thema, soort, schrijver, na } = query.get();
        vec![gebied, thema, soort, schrijver, na]
    };
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = move || parts.next().unwrap_or_default();
        let query =
            FilterQuery { gebied: next(), thema: next(), soort: next(), schrijver: next(), na: next() };
        Box::pin(list_posts(query)) as _
    };
    let show = move |list| {
        let query = query.get_untracked();
        view! { <Loaded query list/> }.into_any()
    };
    view! {
        <main id="inhoud" class="wrap" tabindex="-1">
            {load_shared(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(query: FilterQuery, list: Read<ListView>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let title = match site.area(&query.gebied) {
        Some(area) => format!("{} · {}", t.list_title, area.name),
        None => t.list_title.to_owned(),
    };
    let feed = format!("/berichten/feed{}", query.first_page().to_query());
    let canonical = format!("{}/berichten{}", site.base_url, query.to_query());
    let address = canonical.clone();
    let shown = query.clone();
    view! {
        <Title text=title/>
        <Meta name="description" content=t.list_lead/>
        // Nobody asked to be found elsewhere by what they wrote.
        {(!query.schrijver.is_empty()).then(|| view! { <Meta name="robots" content="noindex"/> })}
        <Link rel="canonical" href=canonical/>
        <Link rel="alternate" type_="application/atom+xml" title=t.feed_title href=feed/>
        {kept(
            || query.name("list"),
            "list-page",
            || view! { <Shown query=shown list=list.into_inner()/> }.into_any(),
        )}
        <p class="meta">{t.list_order}</p>
        <p class="print-only meta">{address}</p>
    }
}

/// All that a reader sees of the list: the same for all of them.
#[component]
fn Shown(query: FilterQuery, list: ListView) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let area = site.area(&query.gebied).map(|area| format!(" · {}", area.name));
    let feed = format!("/berichten/feed{}", query.first_page().to_query());
    let empty = list.pinned.is_empty() && list.cards.is_empty();
    let everything = query == FilterQuery::default();
    let first_page = query.na.is_empty();
    view! {
        <header class="page-head">
            <div>
                <h1>{t.list_title} {area}</h1>
                <p class="lead">{t.list_lead}</p>
            </div>
            <LinkButton href="/berichten/nieuw" label=t.write_post icon=Some("pencil")/>
        </header>
        <FilterBar query=query.clone()/>
        <ActiveFilters query=query.clone() author=list.author.clone()/>
        <div class="list-head">
            <h2 class="visually-hidden">{t.list_title}</h2>
            {(!first_page)
                .then(|| {
                    view! {
                        <a class="nl-link" href=format!("/berichten{}", query.first_page().to_query())>
                            {t.to_first_page}
                        </a>
                    }
                })}
            <a class="nl-link" href=feed rel="external">
                <Icon name="rss"/>
                {t.follow_list}
            </a>
        </div>
        {empty
            .then(|| {
                if everything {
                    view! {
                        <Empty title=t.list_empty_title text=t.list_empty_text>
                            <LinkButton href="/berichten/nieuw" label=t.write_post/>
                        </Empty>
                    }
                        .into_any()
                } else {
                    view! {
                        <Empty title=t.list_none_title text=t.list_none_text>
                            <LinkButton href="/berichten" label=t.clear_all/>
                        </Empty>
                    }
                        .into_any()
                }
            })}
        <Cards list/>
    }
}

/// The posts, and more of them where the reader is: without JavaScript a link to where the list goes on.
#[component]
fn Cards(list: ListView) -> impl IntoView {
    let t = use_texts();
    let on_top: Vec<String> = list.pinned.iter().map(|card| card.id.clone()).collect();
    let first = list.pinned.len() + list.cards.len();
    let later = RwSignal::new(Vec::<CardView>::new());
    let next = RwSignal::new(list.next);
    let coming = StoredValue::new(false);
    let more = move |event: leptos::ev::MouseEvent, query: FilterQuery| {
        // Into another tab or window it is a link.
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        // Clicked twice it comes once.
        if coming.get_value() {
            return;
        }
        coming.set_value(true);
        let on_top = on_top.clone();
        leptos::task::spawn_local(async move {
            let found = list_posts(query.clone()).await.ok();
            let Some(list) = found.and_then(|list| unpack::<ListView>(&list.into_text())) else {
                let _ = window().location().set_href(&format!("/berichten{}", query.to_query()));
                return;
            };
            let place = later.try_update(|later| {
                let place = first + later.len() + 1;
                later.extend(list.cards.into_iter().filter(|card| !on_top.contains(&card.id)));
                place
            });
            next.try_set(list.next);
            coming.try_set_value(false);
            if let Some(place) = place {
                focus_soon(format!(".post-list > li:nth-child({place}) a"));
            }
        });
    };
    // When more comes between the two clicks of a double click, the second one meets what has just come.
    let again = |event: leptos::ev::MouseEvent| {
        if event.detail() > 1 {
            event.prevent_default();
        }
    };
    view! {
        <ul class="post-list" on:click=again>
            {list
                .pinned
                .into_iter()
                .map(|card| view! { <li><PostCard card pinned=true/></li> })
                .collect_view()}
            {list.cards.into_iter().map(|card| view! { <li><PostCard card/></li> }).collect_view()}
            {move || {
                later.get().into_iter().map(|card| view! { <li><PostCard card/></li> }).collect_view()
            }}
        </ul>
        {move || {
            next.get()
                .map(|query| {
                    let more = more.clone();
                    let href = format!("/berichten{}", query.to_query());
                    view! {
                        <p class="more">
                            <a
                                class="nl-button nl-button--secondary"
                                rel="next"
                                href=href
                                on:click=move |event| more(event, query.clone())
                            >
                                {t.show_more}
                            </a>
                        </p>
                    }
                })
        }}
    }
}

#[component]
fn FilterBar(query: FilterQuery) -> impl IntoView {
    let t = use_texts();
    let fields =
        filter_fields(query.gebied, query.thema, query.soort, [t.whole_platform, t.all_topics, t.all_kinds]);
    view! {
        <form class="filter-bar" method="get" action="/berichten">
            {fields}
            {(!query.schrijver.is_empty())
                .then(|| view! { <input type="hidden" name="schrijver" value=query.schrijver/> })}
            <button class="nl-button nl-button--secondary">
                <Icon name="filter"/>
                {t.show_selection}
            </button>
        </form>
    }
}

#[component]
fn ActiveFilters(query: FilterQuery, author: String) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let kind = PostKind::from_slug(&query.soort);
    let chips: Vec<(String, String)> = [
        site.area(&query.gebied).map(|area| (area.name.clone(), without(&query, "gebied"))),
        site.topic(&query.thema).map(|topic| (topic.name.clone(), without(&query, "thema"))),
        kind.map(|kind| (kind_name(t, kind).to_owned(), without(&query, "soort"))),
        (!author.is_empty()).then(|| (author, without(&query, "schrijver"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!chips.is_empty()).then(|| {
        view! {
            <div class="chips">
                {chips
                    .into_iter()
                    .map(|(name, href)| {
                        view! {
                            <a class="chip chip--remove" href=href>
                                {name}
                                <Icon name="x"/>
                                <span class="visually-hidden">{t.take_away}</span>
                            </a>
                        }
                    })
                    .collect_view()}
                <a class="nl-link" href="/berichten">
                    {t.clear_all}
                </a>
            </div>
        }
    })
}
