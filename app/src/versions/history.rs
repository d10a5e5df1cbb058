//! What came before: every saved version, to compare and to bring back.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::view::{CompareView, HistoryView, VersionView};
use super::{Diff, DiffKey};
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Badge, Breadcrumb, FormProblems, PostButton, Time};

#[component]
pub fn History(
    history: HistoryView,
    /// The list that it is on: its address and its name.
    list: (&'static str, &'static str),
    /// What comes before the key in its address.
    base: &'static str,
    /// The address of the server function that brings a version back.
    restore: &'static str,
) -> impl IntoView {
    let t = use_texts();
    let lang = use_site().written_in();
    let HistoryView { id, title, version, versions, none, compare, problems } = history;
    let address = format!("{base}/{id}");
    let versions = if versions.is_empty() {
        view! { <p>{none}</p> }.into_any()
    } else {
        let items = versions.into_iter().map(|one| {
            let address = address.clone();
            view! { <Version id=id.clone() address version one restore/> }
        });
        view! { <ol class="timeline">{items.collect_view()}</ol> }.into_any()
    };
    view! {
        <Title text=t.history_title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![(list.0.to_owned(), list.1.to_owned()), (address, title.clone())]
            here=t.history_title
        />
        <FormProblems problems=problems ids=Vec::new()/>
        <h1>{t.history_title}</h1>
        <p class="lead" lang=lang>
            {title}
        </p>
        {compare.map(|compare| view! { <Compare compare/> })}
        <h2>{t.history_versions}</h2>
        {versions}
    }
}

#[component]
fn Version(
    id: String,
    address: String,
    version: i64,
    one: VersionView,
    restore: &'static str,
) -> impl IntoView {
    let t = use_texts();
    let compare = one.older.map(|older| {
        let href = format!("{address}/geschiedenis?van={older}&tot={}", one.version);
        view! {
            <a class="nl-link" href=href>
                {t.compare}
            </a>
        }
    });
    let restore = (!one.current).then(|| {
        let fields = vec![("id", id), ("version", one.version.to_string()), ("on", version.to_string())];
        view! {
            <PostButton action=restore fields label=t.restore_version icon=Some("arrow-back-up")/>
        }
    });
    let notes = one.notes.into_iter().map(|note| format!(" · {note}")).collect_view();
    view! {
        <li>
            <Avatar name=one.editor.clone() tone=one.tone/>
            <div>
                <p>
                    <strong>{one.editor}</strong>
                    " "
                    {one.what}
                    " "
                    {one.current.then(|| view! { <Badge label=t.current_version/> })}
                </p>
                <p class="meta">
                    <Time moment=one.at/>
                    " · "
                    {t.version_word}
                    " "
                    {one.version}
                    {notes}
                </p>
                <div class="cluster">{compare} {restore}</div>
            </div>
        </li>
    }
}

#[component]
fn Compare(compare: CompareView) -> impl IntoView {
    let t = use_texts();
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
}
