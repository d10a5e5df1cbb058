//! Choosing posts and doing the same to all of them.

use domain::posts::filter::FilterQuery;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use service::posts::{BulkDone, BulkForm, NotDone};

use super::DeskNav;
use super::api::{BulkChange, BulkView, Choosable, show_bulk};
use crate::posts::filter_fields::filter_fields;
use crate::posts::parts::topic_options;
use crate::posts::view::{kind_look, kind_name};
use crate::site::use_site;
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{
    Badge, Breadcrumb, DateTimeField, FieldInfo, FormProblems, Notice, NoticeKind, RadioGroup, RadioOption,
    Select, SelectOption, SubmitButton, Time, load_at,
};

#[component]
pub fn BulkPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[gebied, thema, soort, na, flash]: [String; 5]| {
        let query = FilterQuery { gebied, thema, soort, na, ..FilterQuery::default() };
        Box::pin(show_bulk(query, flash)) as _
    };
    let show = |bulk| view! { <Bulk bulk/> }.into_any();
    view! {
        <Title text=d.bulk_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb steps=Vec::new() here=d.bulk_title/>
            <h1>{d.bulk_title}</h1>
            <p class="lead">{d.bulk_lead}</p>
            <DeskNav here="/beheer/berichten"/>
            {load_at(["gebied", "thema", "soort", "na", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Bulk(bulk: BulkView) -> impl IntoView {
    let d = use_desk_texts();
    let BulkView { query, posts, next, typed, problems, done } = bulk;
    let more = (!next.is_empty()).then(|| {
        let next = FilterQuery { na: next, ..query.clone() };
        view! {
            <p class="more">
                <a
                    class="nl-button nl-button--secondary"
                    rel="next"
                    href=format!("/beheer/berichten{}", next.to_query())
                >
                    {d.bulk_more}
                </a>
            </p>
        }
    });
    let form = if posts.is_empty() {
        view! { <p>{d.bulk_none}</p> }.into_any()
    } else {
        let hidden = [
            ("query[gebied]", query.gebied.clone()),
            ("query[thema]", query.thema.clone()),
            ("query[soort]", query.soort.clone()),
            ("query[na]", query.na.clone()),
        ]
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
        let chosen = typed.posts.clone();
        let rows = posts
            .into_iter()
            .map(|post| {
                let checked = chosen.contains(&post.id);
                view! { <Row post checked/> }
            })
            .collect_view();
        view! {
            <form class="form stack" method="post" novalidate=true action=BulkChange::PATH>
                <FormProblems
                    problems=problems.clone()
                    ids=vec![
                        (Field::Kind, "actie"),
                        (Field::Topic, "thema-nieuw"),
                        (Field::Area, "gebied-nieuw"),
                        (Field::Term, "tot-dag"),
                    ]
                />
                {hidden}
                <fieldset class="stack">
                    <legend class="utrecht-form-label">{d.bulk_posts}</legend>
                    <ul class="bulk-list">{rows}</ul>
                </fieldset>
                <Actions typed problems/>
                <div class="form__actions">
                    <SubmitButton label=d.bulk_do/>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Filter query=query.clone()/>
        {done.map(|done| view! { <Done done/> })}
        {form}
        {more}
    }
}

/// Which posts are shown: a form that is sent as an address.
#[component]
fn Filter(query: FilterQuery) -> impl IntoView {
    let d = use_desk_texts();
    let all = [d.bulk_all_areas, d.bulk_all_topics, d.bulk_all_kinds];
    let fields = filter_fields(query.gebied, query.thema, query.soort, all);
    view! {
        <form class="card panel form bulk-filter" method="get" action="/beheer/berichten">
            {fields}
            <SubmitButton label=d.bulk_filter look="secondary"/>
        </form>
    }
}

#[component]
fn Row(post: Choosable, checked: bool) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let id = format!("post-{}", post.id);
    view! {
        <li class="bulk-row">
            <input
                type="checkbox"
                id=id.clone()
                name="form[posts][]"
                value=post.id.clone()
                checked=checked
                disabled=!post.mine
            />
            <div>
                <label for=id>{post.title}</label>
                <p class="meta cluster">
                    <Badge label=kind_name(t, post.kind) look=kind_look(post.kind)/>
                    {post.pinned.then(|| view! { <Badge label=d.bulk_pinned look="sun"/> })}
                    <span>{post.place}</span>
                    {(!post.topic.is_empty()).then(|| view! { <span>{post.topic}</span> })}
                    <span>{post.by}</span>
                    <Time moment=post.at/>
                </p>
            </div>
            <a class="nl-link" href=format!("/berichten/{}", post.id)>
                {d.proposal_see_post}
            </a>
        </li>
    }
}

#[component]
fn Actions(typed: BulkForm, problems: domain::problem::Problems) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let option = |value: &str, label: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        about: String::new(),
        depth: 0,
    };
    let actions = vec![
        option("thema", d.bulk_topic),
        option("geen-thema", d.bulk_no_topic),
        option("gebied", d.bulk_area),
        option("boven", d.bulk_pin),
        option("niet-boven", d.bulk_unpin),
    ];
    let areas = std::iter::once(SelectOption::new("", t.whole_platform))
        .chain(site.choosable_areas().map(|area| SelectOption::new(&area.slug, &area.name)))
        .collect();
    view! {
        <RadioGroup
            info=FieldInfo::new("actie", d.bulk_action).problem(&problems, Field::Kind)
            name="form[action]"
            options=actions
            selected=typed.action
        />
        <Select
            info=FieldInfo::new("thema-nieuw", d.bulk_which_topic).problem(&problems, Field::Topic)
            name="form[topic]"
            options=topic_options(&site, t.no_topic)
            selected=typed.topic
        />
        <Select
            info=FieldInfo::new("gebied-nieuw", d.bulk_which_area).problem(&problems, Field::Area)
            name="form[area]"
            options=areas
            selected=typed.area
        />
        <DateTimeField
            info=FieldInfo::new("tot-dag", d.bulk_until).problem(&problems, Field::Term)
            name="form[until]"
            kind="date"
            value=typed.until
        />
    }
}

const fn why(d: &DeskTexts, not: NotDone) -> &'static str {
    match not {
        NotDone::Denied => d.bulk_why_denied,
        NotDone::Gone => d.bulk_why_gone,
        NotDone::ChangedMeanwhile => d.bulk_why_changed,
        NotDone::Same => d.bulk_why_same,
    }
}

/// How many were done, and which not and why.
#[component]
fn Done(done: BulkDone) -> impl IntoView {
    let d = use_desk_texts();
    let (n, all) = (done.done.to_string(), done.asked.to_string());
    let kind = if done.not.is_empty() { NoticeKind::Ok } else { NoticeKind::Warning };
    let not = (!done.not.is_empty()).then(|| {
        let items = done
            .not
            .into_iter()
            .map(|(title, reason)| {
                let title = if title.is_empty() { "–".to_owned() } else { title };
                view! { <li>{title} ": " {why(d, reason)}</li> }
            })
            .collect_view();
        view! {
            <p>{d.bulk_not}</p>
            <ul>{items}</ul>
        }
    });
    view! {
        <Notice kind=kind>
            <p>{fill(d.bulk_done, &[("n", &n), ("all", &all)])}</p>
            {not}
        </Notice>
    }
}
