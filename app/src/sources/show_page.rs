//! `/agenda/bronnen/ID`: how following one calendar goes. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::FILE_ADDRESS;
use super::api::{ReadSource, RemoveSource, RestoreSource, show_source};
use super::form_page::KINDS;
use super::view::SourcePageView;
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FileField, FormProblems, LinkButton, Notice, NoticeKind, PostButton, SubmitButton,
    Time, load_at,
};

#[component]
pub fn SourcePage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(show_source(id, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: SourcePageView) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <Title text=view.name.clone()/>
        <Breadcrumb
            steps=vec![
                ("/agenda".to_owned(), d.agenda_title.to_owned()),
                ("/agenda/bronnen".to_owned(), d.sources_title.to_owned()),
            ]
            here=view.name.clone()
        />
        <h1>{view.name.clone()}</h1>
        <FormProblems problems=view.refused.problems.clone() ids=Vec::new()/>
        <Told view=view.clone()/>
        <Facts view=view.clone()/>
        <LeftOut view=view.clone()/>
        <Acts view/>
    }
}

/// What is the matter, or what just happened.
#[component]
fn Told(view: SourcePageView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let done = use_query_map().with_untracked(|query| query.get("gedaan").unwrap_or_default());
    if view.removed {
        let back = view.may_restore.then(|| {
            let fields = vec![("id", view.id.clone())];
            view! {
                <PostButton
                    action=RestoreSource::PATH
                    fields
                    label=t.undo
                    look="primary"
                    icon=Some("arrow-back-up")
                />
            }
        });
        return view! {
            <Notice kind=NoticeKind::Warning>
                <p>{d.source_removed}</p>
                {back}
            </Notice>
        }
        .into_any();
    }
    if done == "bestand" {
        return view! {
            <Notice kind=NoticeKind::Error>
                <p>{d.source_choose_file}</p>
            </Notice>
        }
        .into_any();
    }
    if !view.trouble.is_empty() {
        let still = (view.taken > 0).then(|| view! { <p>{d.source_still_there}</p> });
        return view! {
            <Notice kind=NoticeKind::Warning>
                <p>
                    <strong>{d.source_trouble}</strong>
                </p>
                <p>{view.trouble}</p>
                {still}
            </Notice>
        }
        .into_any();
    }
    let words = match done.as_str() {
        "nieuw" => d.source_done_new,
        "gelezen" => d.source_done_read,
        "zelfde" => d.source_done_same,
        "terug" => d.source_done_back,
        "anders" => d.source_done_changed,
        _ => return ().into_any(),
    };
    view! {
        <Notice kind=NoticeKind::Ok>
            <p>{words}</p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Facts(view: SourcePageView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let lang = use_site().written_in();
    let fact = |name: &'static str, value: AnyView| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let count = |text: &str, n: u32| (n > 0).then(|| fill(text, &[("n", &n.to_string())]));
    let place = if view.address.is_empty() {
        d.source_is_file.to_owned().into_any()
    } else {
        view! { <span class="source-address">{view.address.clone()}</span> }.into_any()
    };
    let counts = [
        Some(fill(d.source_taken, &[("n", &view.taken.to_string())])),
        count(d.source_past, view.past),
        count(d.source_kept_out, view.kept_out),
        count(d.source_skipped, view.skipped),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let rhythm =
        (!view.rhythm.is_empty()).then(|| fact(d.source_rhythm_fact, view.rhythm.clone().into_any()));
    let moment = |name, moment: Option<crate::ui::Moment>| {
        moment.map(|moment| fact(name, view! { <Time moment/> }.into_any()))
    };
    let due =
        (!view.due.is_empty() && !view.removed).then(|| fact(d.source_due, view.due.clone().into_any()));
    let areas = if view.areas.is_empty() {
        t.whole_platform.to_owned()
    } else {
        view.areas.iter().map(|area| area.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let topic = view.topic.clone().map(|topic| fact(t.field_topic, topic.name.into_any()));
    let cost = if view.cost.is_empty() { d.activity_free.to_owned() } else { view.cost.clone() };
    view! {
        <dl class="facts">
            {fact(d.source_where, place)} {fact(d.source_found, counts.join(" · ").into_any())}
            {rhythm} {moment(d.source_read_at, view.read)} {moment(d.source_tried_at, view.tried)} {due}
            {fact(t.field_areas, areas.into_any())} {topic}
            {fact(d.activity_cost, view! { <span lang=lang>{cost}</span> }.into_any())}
            {fact(d.source_owner, view.owner.into_any())}
        </dl>
    }
}

/// What could not be taken over, and why.
#[component]
fn LeftOut(view: SourcePageView) -> impl IntoView {
    let d = use_desk_texts();
    if view.skips.is_empty() {
        return ().into_any();
    }
    let named = u32::try_from(view.skips.len()).unwrap_or(u32::MAX);
    let more = (view.skipped > named).then(|| {
        let text = fill(d.source_skipped_more, &[("n", &(view.skipped - named).to_string())]);
        view! { <p class="meta">{text}</p> }
    });
    let lines = view
        .skips
        .into_iter()
        .map(|skip| {
            let title = (!skip.title.is_empty()).then(|| view! { <strong>{skip.title}</strong> " – " });
            view! { <li>{title} {skip.why} " " <span class="meta">{skip.line}</span></li> }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{d.source_skipped_title}</h2>
            <p>{d.source_skipped_lead}</p>
            <ul class="source-skips">{lines}</ul>
            {more}
        </section>
    }
    .into_any()
}

#[component]
fn Acts(view: SourcePageView) -> impl IntoView {
    let d = use_desk_texts();
    if !view.may_manage {
        return ().into_any();
    }
    let id = || vec![("id", view.id.clone())];
    let again = if view.address.is_empty() {
        view! {
            <form class="form stack" method="post" enctype="multipart/form-data" action=FILE_ADDRESS>
                <h2>{d.source_again_title}</h2>
                <input type="hidden" name="id" value=view.id.clone()/>
                <FileField
                    info=FieldInfo::new("bestand", d.source_again_file).describe(d.source_again_about)
                    name="file"
                    accept=KINDS
                />
                <div class="form__actions">
                    <SubmitButton label=d.source_send/>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <PostButton
                action=ReadSource::PATH
                fields=id()
                label=d.source_read_now
                look="secondary"
                icon=Some("history")
            />
        }
        .into_any()
    };
    let change = view.may_change.then(|| {
        let href = format!("/agenda/bronnen/{}/bewerken", view.id);
        view! {
            <p>
                <LinkButton href label=d.source_change look="secondary" icon=Some("pencil")/>
            </p>
        }
    });
    view! {
        {change}
        {again}
        <section class="stack">
            <h2>{d.source_remove_title}</h2>
            <p>{d.source_remove_about}</p>
            <PostButton action=RemoveSource::PATH fields=id() label=d.source_remove icon=Some("trash")/>
        </section>
    }
    .into_any()
}
