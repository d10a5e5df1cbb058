//! Home: what is new, where, and who is there for you.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::posts::PostCard;
use crate::posts::api::home_posts;
use crate::posts::view::ListView;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Empty, FRAMELESS, LinkButton, Skyline, kept, load_shared};
use crate::wire::Read;

#[component]
pub fn HomePage() -> impl IntoView {
    let site = use_site();
    let fetch = |_: Vec<String>| Box::pin(home_posts()) as _;
    let show = |list| view! { <News list/> }.into_any();
    let part_of_day = site.part_of_day.clone();
    view! {
        <Title text=""/>
        <Meta name="description" content=site.tagline.clone()/>
        <Meta property="og:title" content=site.name.clone()/>
        <Meta property="og:description" content=site.tagline.clone()/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:image" content=format!("{}/og.png", site.base_url)/>
        <Link rel="canonical" href=format!("{}/", site.base_url)/>
        <section class="hero" aria-labelledby="groet">
            {kept(|| format!("hero {part_of_day}"), FRAMELESS, || view! { <Hero/> }.into_any())}
        </section>
        <main id="inhoud" class="wrap" tabindex="-1">
            <div class="columns">
                <div class="stack stack--loose">
                    {load_shared(Vec::new, fetch, show)}
                </div>
                <Aside/>
            </div>
        </main>
    }
}

/// The greeting, and the way to each area.
#[component]
fn Hero() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let greeting = match site.part_of_day.as_str() {
        "morning" => t.greeting_morning,
        "afternoon" => t.greeting_afternoon,
        "evening" => t.greeting_evening,
        _ => t.greeting_night,
    };
    let chips = site
        .areas
        .iter()
        .filter(|area| area.depth == 1)
        .map(|area| {
            view! {
                <a class="chip" href=format!("/berichten?gebied={}", area.slug)>
                    {area.name.clone()}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="wrap">
            <h1 id="groet">{fill(greeting, &[("place", &site.place)])}</h1>
            <p class="lead" lang=site.written_in()>
                {site.tagline.clone()}
            </p>
            <nav class="chips" aria-label=t.areas>
                <a class="chip" aria-current="true" href="/">
                    {t.whole_platform}
                </a>
                {chips}
            </nav>
        </div>
        <Skyline/>
    }
}

/// The same for everybody.
#[component]
fn News(list: Read<ListView>) -> impl IntoView {
    kept(|| "home".to_owned(), "stack stack--loose", || view! { <Whole list=list.into_inner()/> }.into_any())
}

#[component]
fn Whole(list: ListView) -> impl IntoView {
    let t = use_texts();
    let empty = list.pinned.is_empty() && list.cards.is_empty();
    let pinned = list.pinned.into_iter().map(|card| (card, true));
    let cards = list.cards.into_iter().map(|card| (card, false));
    view! {
        <div inner_html=list.agenda></div>
        <section>
            <div class="section-head">
                <h2>{t.home_news}</h2>
                <a href="/berichten">{t.all_posts}</a>
            </div>
            {empty
                .then(|| {
                    view! {
                        <Empty title=t.list_empty_title text=t.list_empty_text>
                            <LinkButton href="/berichten/nieuw" label=t.write_post/>
                        </Empty>
                    }
                })}
            <div class="post-grid">
                {pinned
                    .chain(cards)
                    .enumerate()
                    .map(|(index, (card, pinned))| view! { <PostCard card pinned lead=index == 0/> })
                    .collect_view()}
            </div>
            {list
                .next
                .map(|next| {
                    view! {
                        <p class="more">
                            <a
                                class="nl-button nl-button--secondary"
                                rel="next"
                                href=format!("/berichten{}", next.to_query())
                            >
                                {t.show_more}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Aside() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let own = site.viewer.area.clone();
    view! {
        <aside class="stack stack--loose" aria-label=t.home_aside>
            {kept(|| format!("home aside {own}"), FRAMELESS, || view! { <ForAll/> }.into_any())}
            {(!site.viewer.signed_in)
                .then(|| {
                    view! {
                        <section class="card panel">
                            <h2>{t.home_join_title}</h2>
                            <p>{fill(t.home_join_text, &[("name", &site.name)])}</p>
                            <LinkButton href="/lid-worden" label=t.become_member look="secondary"/>
                        </section>
                    }
                })}
        </aside>
    }
}

/// The same for all who live in the same area.
#[component]
fn ForAll() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let topics = site
        .topics
        .iter()
        .map(|topic| {
            view! {
                <a class="chip" href=format!("/berichten?thema={}", topic.slug)>
                    {topic.name.clone()}
                </a>
            }
        })
        .collect_view();
    view! {
        <section class="card panel panel--deep">
            <h2>{t.home_write_title}</h2>
            <p>{t.home_write_text}</p>
            <LinkButton href="/berichten/nieuw" label=t.write_post/>
        </section>
        <YourConnector/>
        <section class="card panel">
            <div class="section-head">
                <h2>{t.home_topics}</h2>
            </div>
            <div class="chips">{topics}</div>
        </section>
    }
}

/// A human being to call, the one of the reader's own area first.
#[component]
fn YourConnector() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let own = &site.viewer.area;
    let connector = site
        .connectors
        .iter()
        .find(|connector| !own.is_empty() && connector.areas.contains(own))
        .or_else(|| site.connectors.iter().find(|connector| connector.areas.is_empty()))
        .or_else(|| site.connectors.first())
        .cloned();
    connector.map(|connector| {
        let more = site.connectors.len() > 1;
        view! {
            <section class="card panel panel--tint">
                <div class="person">
                    <Avatar name=connector.name.clone() tone=connector.tone large=true/>
                    <div>
                        <h2>{fill(t.your_connector, &[("name", &connector.name)])}</h2>
                        <p class="meta">{connector.about}</p>
                    </div>
                </div>
                <a class="nl-button nl-button--primary" href=site.tel()>
                    {fill(t.call, &[("phone", &site.phone)])}
                </a>
                {more.then(|| view! { <a class="nl-link" href="/over">{t.all_connectors}</a> })}
            </section>
        }
    })
}
