//! `/agenda/bronnen`: the calendars of others that somebody sees to. A quiet page.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::list_sources;
use super::view::SourceEntry;
use crate::texts::{fill, use_desk_texts};
use crate::ui::{Badge, Breadcrumb, Empty, LinkButton, Time, load};

#[component]
pub fn SourcesPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |_| Box::pin(list_sources()) as _;
    let show = |sources| view! { <List sources/> }.into_any();
    view! {
        <Title text=d.sources_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb steps=vec![("/agenda".to_owned(), d.agenda_title.to_owned())] here=d.sources_title/>
            <h1>{d.sources_title}</h1>
            <p class="lead">{d.sources_lead}</p>
            {load(Vec::new, fetch, show)}
        </main>
    }
}

#[component]
fn List(sources: Vec<SourceEntry>) -> impl IntoView {
    let d = use_desk_texts();
    if sources.is_empty() {
        return view! {
            <Empty title=d.sources_empty_title text=d.sources_empty>
                <LinkButton href="/agenda/bronnen/nieuw" label=d.source_new/>
            </Empty>
        }
        .into_any();
    }
    let items = sources.into_iter().map(|source| view! { <Entry source/> }).collect_view();
    view! {
        <p class="cluster">
            <LinkButton href="/agenda/bronnen/nieuw" label=d.source_new icon=Some("plus")/>
        </p>
        <ol class="case-list">{items}</ol>
    }
    .into_any()
}

#[component]
fn Entry(source: SourceEntry) -> impl IntoView {
    let d = use_desk_texts();
    let host = if source.host.is_empty() { d.source_is_file.to_owned() } else { source.host };
    let taken = fill(d.source_taken, &[("n", &source.taken.to_string())]);
    let skipped = (source.skipped > 0).then(|| fill(d.source_skipped, &[("n", &source.skipped.to_string())]));
    let counts = match skipped {
        Some(skipped) => format!("{taken} · {skipped}"),
        None => taken,
    };
    let trouble = (!source.trouble.is_empty()).then(|| view! { <p>{source.trouble}</p> });
    let badge = trouble.is_some().then(|| view! { <Badge label=d.source_badge look="sun"/> });
    let read = source.read.map(|moment| view! { " · " {d.source_read} " " <Time moment/> });
    view! {
        <li>
            <article class="card panel stack" aria-label=source.name.clone()>
                <h2 class="cluster">
                    <a href=format!("/agenda/bronnen/{}", source.id)>{source.name.clone()}</a>
                    {badge}
                </h2>
                {trouble}
                <p class="meta">{host} " · " {counts} {read}</p>
            </article>
        </li>
    }
}
