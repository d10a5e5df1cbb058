//! `/activiteiten/ID/geschiedenis`: every saved version of an activity, to compare and to bring back. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{RestoreActivityVersion, activity_history};
use super::view::{VersionView, VersionsView};
use crate::posts::{Diff, DiffKey};
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Avatar, Badge, Breadcrumb, FormProblems, PostButton, Time, load};

#[component]
pub fn ActivityHistoryPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let part = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let key = move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        vec![id, part("van"), part("tot"), part("flash")]
    };
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (id, from, to, flash) = (next(), next(), next(), next());
        Box::pin(activity_history(id, from, to, flash)) as _
    };
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: VersionsView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let lang = use_site().written_in();
    let VersionsView { id, title, version, versions, compare, refused } = view;
    let compare = compare.map(|compare| {
        let (from, to) = (compare.from.to_string(), compare.to.to_string());
        let nothing = compare.parts.is_empty();
        let parts = compare.parts.into_iter().map(|(part, pieces)| {
            view! {
                <h3>{part}</h3>
                <Diff pieces/>
            }
        });
        view! {
            <section class="card panel stack">
                <h2>{fill(t.compare_title, &[("from", &from), ("to", &to)])}</h2>
                <DiffKey/>
                {nothing.then(|| view! { <p>{t.compare_same}</p> })}
                {parts.collect_view()}
            </section>
        }
    });
    let list = if versions.is_empty() {
        view! { <p>{d.activity_history_none}</p> }.into_any()
    } else {
        let items = versions.into_iter().map(|one| view! { <Version id=id.clone() version one/> });
        view! { <ol class="timeline">{items.collect_view()}</ol> }.into_any()
    };
    view! {
        <Title text=t.history_title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/agenda".to_owned(), d.agenda_title.to_owned()),
                (format!("/activiteiten/{id}"), title.clone()),
            ]
            here=t.history_title
        />
        <FormProblems problems=refused.problems ids=Vec::new()/>
        <h1>{t.history_title}</h1>
        <p class="lead" lang=lang>
            {title}
        </p>
        {compare}
        <h2>{t.history_versions}</h2>
        {list}
    }
}

#[component]
fn Version(id: String, version: i64, one: VersionView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let what = if one.older.is_none() {
        d.activity_history_first.to_owned()
    } else if one.parts.is_empty() {
        d.activity_history_same.to_owned()
    } else {
        fill(t.history_changed, &[("parts", &one.parts.join(", "))])
    };
    let compare = one.older.map(|older| {
        let href = format!("/activiteiten/{id}/geschiedenis?van={older}&tot={}", one.version);
        view! {
            <a class="nl-link" href=href>
                {t.compare}
            </a>
        }
    });
    let restore = (!one.current).then(|| {
        let fields =
            vec![("id", id.clone()), ("version", one.version.to_string()), ("on", version.to_string())];
        view! {
            <PostButton
                action=RestoreActivityVersion::PATH
                fields
                label=t.restore_version
                icon=Some("arrow-back-up")
            />
        }
    });
    view! {
        <li>
            <Avatar name=one.editor.clone() tone=one.tone/>
            <div>
                <p>
                    <strong>{one.editor}</strong>
                    " "
                    {what}
                    " "
                    {one.current.then(|| view! { <Badge label=t.current_version/> })}
                </p>
                <p class="meta">
                    <Time moment=one.at/>
                    " · "
                    {t.version_word}
                    " "
                    {one.version}
                </p>
                <div class="cluster">{compare} {restore}</div>
            </div>
        </li>
    }
}
