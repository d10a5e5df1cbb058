//! `/agenda`: what happens, by list, day, weekend, week or month. A quiet page.

use domain::activities::filter::AgendaQuery;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::show_agenda;
use super::filters::{FilterBar, Views};
use super::map::AgendaMap;
use super::time_line::TimeLine;
use super::view::{AgendaView, DayView, TimeView};
use crate::site::use_site;
use crate::sources::SourcesLink;
use crate::texts::{DeskTexts, fill, use_desk_texts};
use crate::ui::{Empty, Icon, LinkButton, load};

fn query() -> AgendaQuery {
    let query = use_query_map();
    let part = |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    AgendaQuery {
        weergave: part("weergave"),
        dag: part("dag"),
        gebied: part("gebied"),
        thema: part("thema"),
        gratis: part("gratis"),
        rolstoel: part("rolstoel"),
        kinderen: part("kinderen"),
        taal: part("taal"),
    }
}

#[component]
pub fn AgendaPage() -> impl IntoView {
    let asked = query();
    let fetch = move |_| Box::pin(show_agenda(asked.clone())) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap agenda" tabindex="-1">
            {load(Vec::new, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: AgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let site = use_site();
    let query = view.query.clone();
    let area = site.area(&query.gebied).map(|area| area.name.clone());
    let title = match &area {
        Some(area) => format!("{} · {area}", d.agenda_title),
        None => d.agenda_title.to_owned(),
    };
    let canonical = format!("{}/agenda{}", site.base_url, query.to_query());
    let calendar = format!("/agenda.ics{}", query.whenever().to_query());
    let subscribe = format!(
        "webcal://{}{calendar}",
        site.base_url.split_once("://").map_or(site.base_url.as_str(), |(_, host)| host)
    );
    let indexed = if query.dag.is_empty() { "index" } else { "noindex" };
    let any = view.any;
    let everything = query.is_everything();
    let body = match query.weergave.as_str() {
        "maand" => view! { <Month view=view.clone()/> }.into_any(),
        "week" => view! { <Week view=view.clone()/> }.into_any(),
        _ => view! {
            <List days=view.days.clone()/>
            {view.map.clone().map(|view| view! { <AgendaMap view/> })}
        }
        .into_any(),
    };
    view! {
        <Title text=title.clone()/>
        <Meta name="description" content=d.agenda_lead/>
        <Meta name="robots" content=indexed/>
        <Link rel="canonical" href=canonical.clone()/>
        <Link rel="alternate" type_="text/calendar" title=d.agenda_title href=calendar.clone()/>
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                <p class="lead">{d.agenda_lead}</p>
            </div>
            <LinkButton href="/activiteiten/nieuw" label=d.activity_new icon=Some("plus")/>
        </header>
        <div class="agenda__choose no-print">
            <Views query=query.clone() has_map=view.has_map/>
            <FilterBar query=query.clone()/>
        </div>
        <Steps view=view/>
        {if any || matches!(query.weergave.as_str(), "maand" | "week") { body } else { ().into_any() }}
        {(!any).then(|| view! { <Nothing everything/> })}
        <section class="card panel panel--tint no-print">
            <h2>{d.agenda_subscribe_title}</h2>
            <p>{d.agenda_subscribe_text}</p>
            <div class="cluster">
                <a class="nl-button nl-button--secondary" href=subscribe rel="nofollow external">
                    <Icon name="calendar"/>
                    {d.agenda_subscribe}
                </a>
                <a class="nl-link" href=calendar rel="nofollow external">
                    {d.agenda_download}
                </a>
            </div>
        </section>
        <SourcesLink/>
        <p class="print-only meta">{canonical}</p>
    }
}

/// The time before and after, and what this time is.
#[component]
fn Steps(view: AgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let step = |to: Option<AgendaQuery>, icon: &'static str, label: &'static str, rel: &'static str| {
        to.map(|to| {
            view! {
                <a class="nl-button nl-button--secondary" rel=rel href=format!("/agenda{}", to.to_query())>
                    <Icon name=icon/>
                    <span class="visually-hidden">{label}</span>
                </a>
            }
        })
    };
    let today = (!view.is_now).then(|| {
        let href = format!("/agenda{}", AgendaQuery { dag: String::new(), ..view.query.clone() }.to_query());
        view! {
            <a class="nl-link" href=href>
                {d.agenda_to_today}
            </a>
        }
    });
    view! {
        <div class="agenda-steps">
            <h2 class="agenda-steps__period">{view.period}</h2>
            <nav class="agenda-steps__links no-print" aria-label=d.agenda_steps>
                {today} {step(view.before, "chevron-left", d.agenda_before, "prev nofollow")}
                {step(view.after, "chevron-right", d.agenda_after, "next nofollow")}
            </nav>
        </div>
    }
}

#[component]
fn Nothing(everything: bool) -> impl IntoView {
    let d = use_desk_texts();
    if everything {
        view! {
            <Empty title=d.agenda_empty_title text=d.agenda_empty_text scene="coffee">
                <LinkButton href="/activiteiten/eerste" label=d.first_invite_link/>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <Empty title=d.agenda_none_title text=d.agenda_none_text>
                <LinkButton href="/agenda" label=d.agenda_whole/>
            </Empty>
        }
        .into_any()
    }
}

#[component]
fn DayName(day: DayView) -> impl IntoView {
    let relative = (!day.relative.is_empty())
        .then(|| view! { <span class="agenda-day__relative">{day.relative}</span> });
    let holiday =
        (!day.holiday.is_empty()).then(|| view! { <span class="agenda-day__holiday">{day.holiday}</span> });
    view! {
        <time datetime=day.date>{day.name}</time>
        {relative}
        {holiday}
    }
}

/// A line of the list, with what the map says of it.
fn line(time: TimeView, day: &str, d: &'static DeskTexts, lang: Option<&'static str>) -> AnyView {
    let on_map = !time.point.is_empty();
    let point = on_map.then(|| time.point.clone());
    let place = on_map.then(|| time.place.clone());
    let when = on_map.then(|| format!("{day} {}", time.time));
    view! {
        <li data-point=point data-place=place data-when=when>
            <TimeLine time d lang/>
        </li>
    }
    .into_any()
}

#[component]
fn List(days: Vec<DayView>) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    days.into_iter()
        .map(|day| {
            let times = day.times.clone();
            let class = if day.past { "agenda-day agenda-day--past" } else { "agenda-day" };
            let lines = times.into_iter().map(|time| line(time, &day.name, d, lang)).collect::<Vec<_>>();
            view! {
                <section class=class>
                    <h3 class="agenda-day__name">
                        <DayName day/>
                    </h3>
                    <ol class="agenda-list card">{lines}</ol>
                </section>
            }
        })
        .collect_view()
}

/// A time within a narrow column.
fn short(time: TimeView, lang: Option<&'static str>, cancelled: &'static str) -> impl IntoView {
    let class = if time.cancelled { "agenda-short agenda-short--off" } else { "agenda-short" };
    view! {
        <li>
            <a class=class href=time.href>
                <time datetime=time.iso>{time.time}</time>
                <span lang=lang>{time.title}</span>
                {time.cancelled.then(|| view! { <span class="meta">{cancelled}</span> })}
            </a>
        </li>
    }
}

#[component]
fn Week(view: AgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let query = view.query.clone();
    let days = view
        .days
        .into_iter()
        .map(|day| {
            let more = more(d, &query, &day);
            let class = if day.today { "agenda-column agenda-column--today" } else { "agenda-column" };
            let empty = day.times.is_empty().then(|| view! { <p class="meta">{d.agenda_nothing}</p> });
            let lines = day
                .times
                .clone()
                .into_iter()
                .map(|time| short(time, lang, d.activity_cancelled))
                .collect_view();
            view! {
                <li class=class>
                    <h3 class="agenda-column__name">
                        <DayName day/>
                    </h3>
                    <ol class="agenda-column__times">{lines}</ol>
                    {empty}
                    {more}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="agenda-week">{days}</ol> }
}

fn day_address(query: &AgendaQuery, day: &DayView) -> String {
    let query = AgendaQuery { weergave: "dag".to_owned(), dag: day.date.clone(), ..query.clone() };
    format!("/agenda{}", query.to_query())
}

/// The way to the whole day, where it has more than is shown.
fn more(d: &'static DeskTexts, query: &AgendaQuery, day: &DayView) -> Option<AnyView> {
    (day.more > 0).then(|| {
        let text = fill(d.agenda_more, &[("n", &day.more.to_string())]);
        view! {
            <a class="nl-link" href=day_address(query, day)>
                {text}
            </a>
        }
        .into_any()
    })
}

/// Weeks under each other on a wide screen; on a narrow one the days that have something.
#[component]
fn Month(view: AgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let heads = view
        .weekdays
        .iter()
        .map(|name| view! { <span class="agenda-month__weekday">{name.clone()}</span> })
        .collect_view();
    let query = view.query.clone();
    let days = view
        .days
        .into_iter()
        .enumerate()
        .map(|(index, day)| {
            let mut class = String::from("agenda-cell");
            if index == 0 {
                class = format!("{class} agenda-cell--after-{}", view.offset);
            }
            for (is, name) in [
                (day.today, " agenda-cell--today"),
                (day.past, " agenda-cell--past"),
                (day.times.is_empty(), " agenda-cell--empty"),
            ] {
                if is {
                    class.push_str(name);
                }
            }
            let href = day_address(&query, &day);
            let more = more(d, &query, &day);
            let holiday = (!day.holiday.is_empty())
                .then(|| view! { <span class="agenda-day__holiday">{day.holiday.clone()}</span> });
            let lines =
                day.times.into_iter().map(|time| short(time, lang, d.activity_cancelled)).collect_view();
            view! {
                <li class=class>
                    <h3 class="agenda-cell__name">
                        <a href=href>
                            <span class="agenda-cell__number" aria-hidden="true">
                                {day.number}
                            </span>
                            <span class="agenda-cell__whole">{day.name}</span>
                        </a>
                        {holiday}
                    </h3>
                    <ol class="agenda-column__times">{lines}</ol>
                    {more}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="agenda-month__weekdays" aria-hidden="true">
            {heads}
        </div>
        <ol class="agenda-month">{days}</ol>
    }
}
