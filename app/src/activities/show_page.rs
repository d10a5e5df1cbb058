//! `/activiteiten/ID`: one activity. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{CancelTime, RemoveActivity, RestoreActivity, show_activity};
use super::filters::{audience_name, language_name};
use super::map::Peek;
use super::present::with_time;
use super::registration::Registering;
use super::view::{ActivityPageView, NextView};
use crate::moderation::api::BeginCase;
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Avatar, Badge, Breadcrumb, FormProblems, Icon, LinkButton, Notice, NoticeKind, PostButton, SceneArt, load,
};

#[component]
pub fn ActivityPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let part = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let key =
        move || vec![params.with(|params| params.get("id").unwrap_or_default()), part("keer"), part("flash")];
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (id, at, flash) = (next(), next(), next());
        Box::pin(show_activity(id, at, flash)) as _
    };
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: ActivityPageView) -> impl IntoView {
    let d = use_desk_texts();
    let site = use_site();
    let lang = site.written_in();
    let address = format!("{}/activiteiten/{}", site.base_url, view.id);
    let indexed = if view.removed || view.over { "noindex" } else { "index" };
    let description =
        if view.when.is_empty() { view.excerpt.clone() } else { format!("{}. {}", view.when, view.excerpt) };
    let picture = view.scene.clone().map(|name| {
        view! {
            <figure class="post__picture">
                <SceneArt name=name alt=view.scene_alt.clone()/>
            </figure>
        }
    });
    let registering = view.registering.clone().map(|view| view! { <Registering view/> });
    let json_ld = (!view.removed).then(|| {
        view! { <script type="application/ld+json" inner_html=view.json_ld.clone()></script> }
    });
    view! {
        <Title text=view.title.clone()/>
        <Meta name="description" content=description.clone()/>
        <Meta name="robots" content=indexed/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:title" content=view.title.clone()/>
        <Meta property="og:description" content=description/>
        <Meta property="og:url" content=address.clone()/>
        <Meta property="og:site_name" content=site.name.clone()/>
        <Meta property="og:image" content=format!("{}/og.png", site.base_url)/>
        <Link rel="canonical" href=address.clone()/>
        {json_ld}
        <Breadcrumb
            steps=vec![("/agenda".to_owned(), d.agenda_title.to_owned())]
            here=view.title.clone()
        />
        <FormProblems problems=view.refused.problems.clone() ids=Vec::new()/>
        <State view=view.clone()/>
        {(!view.asked.is_empty()).then(|| view! { <div inner_html=view.asked.clone()></div> })}
        <article class="post">
            <h1 lang=lang>{view.title.clone()}</h1>
            {picture}
            <Facts view=view.clone()/>
            {view.peek.clone().map(|view| view! { <Peek view/> })}
            {registering}
            <div class="prose" lang=lang inner_html=view.html.clone()></div>
            <div class="post__byline person">
                <Avatar name=view.organiser.clone() tone=view.tone/>
                <div>
                    <p class="meta">{d.activity_organiser}</p>
                    <strong>{view.organiser.clone()}</strong>
                </div>
            </div>
            <ComesFrom name=view.source.clone() url=view.source_url.clone()/>
            <Keep view=view.clone()/>
            <Times view=view.clone()/>
            <Acts view=view.clone()/>
            <p class="print-only meta">{address}</p>
        </article>
        <p class="no-print">
            <a class="nl-link" rel="nofollow" href=format!("/melden?over=/activiteiten/{}", view.id)>
                <Icon name="flag"/>
                {d.activity_report}
            </a>
        </p>
    }
}

/// What is the matter with it, above everything else.
#[component]
fn State(view: ActivityPageView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let text = if view.removed {
        d.activity_removed.to_owned()
    } else if view.cancelled {
        fill(d.activity_cancelled_on, &[("when", &view.when)])
    } else if view.over && view.next_link.is_empty() {
        d.activity_over.to_owned()
    } else {
        String::new()
    };
    let restore = view.may_restore.then(|| {
        let fields = vec![("id", view.id.clone())];
        view! {
            <PostButton
                action=RestoreActivity::PATH
                fields
                label=t.undo
                look="primary"
                icon=Some("arrow-back-up")
            />
        }
    });
    let moved = (!view.moved_from.is_empty() && !view.cancelled).then(|| {
        let text = fill(d.activity_moved_from, &[("when", &view.moved_from)]);
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{text}</p>
            </Notice>
        }
    });
    let goes_on = (!view.next_link.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{d.activity_goes_on} " " <a href=view.next_link.clone()>{d.activity_goes_on_link}</a></p>
            </Notice>
        }
    });
    let why = (!view.case_link.is_empty()).then(|| {
        view! {
            <p>
                <a class="nl-link" href=view.case_link.clone()>
                    {t.see_why}
                </a>
            </p>
        }
    });
    let notice = (!text.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text}</p>
                {why}
                {restore}
            </Notice>
        }
    });
    view! {
        {notice}
        {moved}
        {goes_on}
    }
}

/// All facts in one quiet box.
#[component]
fn Facts(view: ActivityPageView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let lang = use_site().written_in();
    let fact = |icon: &'static str, name: &'static str, value: AnyView| {
        view! {
            <div>
                <dt>
                    <Icon name=icon/>
                    {name}
                </dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let when = (!view.when.is_empty()).then(|| {
        let relative =
            (!view.relative.is_empty()).then(|| view! { <Badge label=view.relative.clone() look="brand"/> });
        let holiday =
            (!view.holiday.is_empty()).then(|| view! { <Badge label=view.holiday.clone() look="sun"/> });
        let rule = (!view.rule.is_empty()).then(|| view! { <span class="meta">{view.rule.clone()}</span> });
        let note = (!view.note.is_empty()).then(|| view! { <span lang=lang>{view.note.clone()}</span> });
        let value = view! {
            <span class="activity-when">
                <time datetime=view.iso.clone()>{view.when.clone()}</time>
                {relative}
                {holiday}
            </span>
            {rule}
            {note}
        };
        fact("calendar", d.activity_when, value.into_any())
    });
    let place = (!view.place.is_empty()).then(|| {
        let access = if view.wheelchair { d.activity_wheelchair } else { d.activity_wheelchair_unknown };
        let value = view! {
            <span lang=lang>{view.place.clone()}</span>
            <span class="meta">{access}</span>
        };
        fact("map-pin", d.activity_place, value.into_any())
    });
    let online = (!view.online.is_empty()).then(|| {
        let value = view! {
            <a href=view.online.clone() rel="noopener noreferrer nofollow ugc">
                {d.activity_online_link}
            </a>
        };
        fact("device-desktop", d.activity_online, value.into_any())
    });
    let cost = if view.cost.is_empty() { d.activity_free.to_owned() } else { view.cost.clone() };
    let audience: Vec<&str> = view.audience.iter().map(|one| audience_name(d, *one)).collect();
    let audience = if audience.is_empty() { d.audience_all.to_owned() } else { audience.join(", ") };
    let languages: Vec<&str> = view.languages.iter().map(|one| language_name(d, *one)).collect();
    let languages = (!languages.is_empty())
        .then(|| fact("language", d.activity_languages, languages.join(", ").into_any()));
    let areas = if view.areas.is_empty() {
        view! { <a href="/agenda">{t.whole_platform}</a> }.into_any()
    } else {
        view.areas
            .iter()
            .map(|area| {
                view! {
                    <a href=format!("/agenda?gebied={}", area.slug)>{area.name.clone()}</a>
                    " "
                }
            })
            .collect_view()
            .into_any()
    };
    let topic = view.topic.clone().map(|topic| {
        let link = view! { <a href=format!("/agenda?thema={}", topic.slug)>{topic.name}</a> };
        fact("tag", t.field_topic, link.into_any())
    });
    view! {
        <dl class="facts activity-facts">
            {when} {place} {online} {fact("heart", d.activity_cost, cost.into_any())}
            {fact("users", d.activity_audience, audience.into_any())} {languages}
            {fact("home", t.field_areas, areas)} {topic}
        </dl>
    }
}

/// Where it comes from, when that is not here.
#[component]
fn ComesFrom(name: String, url: String) -> impl IntoView {
    let d = use_desk_texts();
    (!name.is_empty()).then(|| {
        let link = (!url.is_empty()).then(|| {
            view! {
                " "
                <a href=url rel="noopener noreferrer nofollow ugc">
                    {d.activity_source_link}
                </a>
            }
        });
        view! {
            <p class="meta">{fill(d.activity_source, &[("name", &name)])} {link}</p>
        }
    })
}

/// Into one's own calendar, and to others.
#[component]
fn Keep(view: ActivityPageView) -> impl IntoView {
    let d = use_desk_texts();
    if view.removed {
        return ().into_any();
    }
    let file = format!("/activiteiten/{}/agenda.ics", view.id);
    let poster = format!("/activiteiten/{}/poster", view.id);
    let one = (view.repeats && !view.at.is_empty()).then(|| {
        view! {
            <a class="nl-button nl-button--secondary" href=with_time(&file, &view.at) rel="nofollow external">
                <Icon name="calendar"/>
                {d.calendar_one}
            </a>
        }
    });
    let all = if view.repeats { d.calendar_all } else { d.calendar_add };
    view! {
        <div class="cluster no-print">
            {one}
            <a class="nl-button nl-button--secondary" href=file rel="nofollow external">
                <Icon name="calendar"/>
                {all}
            </a>
            <a class="nl-button nl-button--secondary" href=with_time(&poster, &view.at) rel="nofollow">
                <Icon name="printer"/>
                {d.poster_title}
            </a>
            <div inner_html=view.share.clone()></div>
        </div>
    }
    .into_any()
}

#[component]
fn Times(view: ActivityPageView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    if !view.repeats || view.next.is_empty() {
        return ().into_any();
    }
    let lines = view
        .next
        .into_iter()
        .map(|time| {
            let NextView { href, iso, text, relative, holiday, cancelled, moved, note, here } = time;
            let badge = |label: String, look: &'static str| view! { <Badge label look/> }.into_any();
            let badges = [
                cancelled.then(|| badge(d.activity_cancelled.to_owned(), "neutral")),
                (moved && !cancelled).then(|| badge(d.activity_moved.to_owned(), "accent")),
                (!relative.is_empty()).then(|| badge(relative, "brand")),
                (!holiday.is_empty()).then(|| badge(holiday, "sun")),
            ]
            .into_iter()
            .flatten()
            .collect_view();
            let class = if cancelled { "activity-times__off" } else { "" };
            view! {
                <li>
                    <a class="nl-link" href=href aria-current=here.then_some("true")>
                        <time class=class datetime=iso>
                            {text}
                        </time>
                    </a>
                    {badges}
                    {(!note.is_empty()).then(|| view! { <span class="meta" lang=lang>{note}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{d.activity_next}</h2>
            <ul class="activity-times">{lines}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Acts(view: ActivityPageView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let edit = view.may_edit.then(|| {
        let href = with_time(&format!("/activiteiten/{}/bewerken", view.id), &view.at);
        view! { <LinkButton href label=d.activity_edit look="subtle" icon=Some("pencil")/> }
    });
    let history = view.may_edit.then(|| {
        let href = format!("/activiteiten/{}/geschiedenis", view.id);
        view! { <LinkButton href label=t.history_title look="subtle" icon=Some("history")/> }
    });
    let cancel = (view.may_edit && !view.at.is_empty()).then(|| {
        let fields = vec![
            ("id", view.id.clone()),
            ("version", view.version.to_string()),
            ("at", view.at.clone()),
            ("cancelled", (!view.cancelled).to_string()),
        ];
        let label = if view.cancelled { d.activity_uncancel } else { d.activity_cancel };
        let icon = if view.cancelled { "check" } else { "x" };
        view! { <PostButton action=CancelTime::PATH fields label icon=Some(icon)/> }
    });
    let remove = view.may_remove.then(|| {
        let fields = vec![("id", view.id.clone())];
        view! { <PostButton action=RemoveActivity::PATH fields label=t.remove icon=Some("trash")/> }
    });
    let moderate = view.may_moderate.then(|| {
        let fields = vec![("id", view.id.clone()), ("activity", "true".to_owned())];
        view! { <PostButton action=BeginCase::PATH fields label=t.moderate icon=Some("flag")/> }
    });
    let any = edit.is_some() || remove.is_some() || moderate.is_some();
    any.then(
        || view! { <div class="post__actions no-print">{edit} {cancel} {history} {remove} {moderate}</div> },
    )
}
