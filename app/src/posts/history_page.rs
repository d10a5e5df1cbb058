//! What came before: every saved version, to compare and to bring back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{RestoreVersion, post_history};
use super::diff_view::{Diff, DiffKey};
use super::view::{CompareView, HistoryView, part_name};
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Avatar, Badge, Breadcrumb, PostButton, Time, load};

#[component]
pub fn HistoryPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let number = |key: &str| query.with(|query| query.get(key)?.parse::<i64>().ok());
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, number("van"), number("tot"))
    });
    let key = move || {
        let (id, from, to) = wanted.get();
        let text = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        vec![id, text(from), text(to)]
    };
    let fetch = |key: Vec<String>| {
        let number = |at: usize| key.get(at).and_then(|text| text.parse().ok());
        let (from, to) = (number(1), number(2));
        Box::pin(post_history(key.into_iter().next().unwrap_or_default(), from, to)) as _
    };
    let show = |history| view! { <Loaded history/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(history: HistoryView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let id = history.id.clone();
    let version = history.version;
    let versions: Vec<i64> = history.revisions.iter().map(|revision| revision.version).collect();
    view! {
        <Title text=t.history_title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/berichten".to_owned(), t.list_title.to_owned()),
                (format!("/berichten/{id}"), history.title.clone()),
            ]
            here=t.history_title
        />
        <h1>{t.history_title}</h1>
        <p class="lead">{history.title.clone()}</p>
        {history.compare.map(|compare| view! { <Compare compare/> })}
        <h2>{t.history_versions}</h2>
        <ol class="timeline">
            {history
                .revisions
                .into_iter()
                .enumerate()
                .map(|(index, revision)| {
                    let older = versions.get(index + 1).copied();
                    let what = if let Some(told) = revision.last_day.clone() {
                        told
                    } else if revision.parts.is_empty() {
                        if older.is_some() { d.history_photos } else { t.history_first }.to_owned()
                    } else {
                        let parts: Vec<&str> = revision
                            .parts
                            .iter()
                            .map(|part| part_name(t, *part))
                            .collect();
                        fill(t.history_changed, &[("parts", &parts.join(", "))])
                    };
                    let compare = older
                        .map(|older| {
                            view! {
                                <a
                                    class="nl-link"
                                    href=format!(
                                        "/berichten/{id}/geschiedenis?van={older}&tot={}",
                                        revision.version,
                                    )
                                >
                                    {t.compare}
                                </a>
                            }
                        });
                    let restore = (!revision.current)
                        .then(|| {
                            view! {
                                <PostButton
                                    action=RestoreVersion::PATH
                                    fields=vec![
                                        ("id", id.clone()),
                                        ("version", revision.version.to_string()),
                                        ("on", version.to_string()),
                                    ]
                                    label=t.restore_version
                                    icon=Some("arrow-back-up")
                                />
                            }
                        });
                    view! {
                        <li>
                            <Avatar name=revision.editor.clone() tone=revision.tone/>
                            <div>
                                <p>
                                    <strong>{revision.editor}</strong>
                                    " "
                                    {what}
                                    " "
                                    {revision
                                        .current
                                        .then(|| view! { <Badge label=t.current_version/> })}
                                </p>
                                <p class="meta">
                                    <Time moment=revision.at/>
                                    " · "
                                    {t.version_word}
                                    " "
                                    {revision.version}
                                    {revision
                                        .proposed_by
                                        .map(|name| {
                                            format!(" · {}", fill(t.proposed_by, &[("name", &name)]))
                                        })}
                                    {(!revision.reason.is_empty())
                                        .then(|| format!(" · {}: {}", t.field_reason, revision.reason))}
                                </p>
                                <div class="cluster">{compare} {restore}</div>
                            </div>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

#[component]
fn Compare(compare: CompareView) -> impl IntoView {
    let t = use_texts();
    let from = compare.from.to_string();
    let to = compare.to.to_string();
    let nothing = compare.parts.is_empty();
    view! {
        <section class="card panel stack">
            <h2>{fill(t.compare_title, &[("from", &from), ("to", &to)])}</h2>
            <DiffKey/>
            {nothing.then(|| view! { <p>{t.compare_same}</p> })}
            {compare
                .parts
                .into_iter()
                .map(|(part, pieces)| {
                    view! {
                        <h3>{part_name(t, part)}</h3>
                        <Diff pieces/>
                    }
                })
                .collect_view()}
        </section>
    }
}
