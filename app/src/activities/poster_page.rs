//! `/activiteiten/ID/poster`: a sheet of A4 to hang on a wall. A quiet page.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::show_poster;
use super::view::PosterView;
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts};
use crate::ui::{Breadcrumb, SceneArt, load_at};

#[component]
pub fn PosterPage() -> impl IntoView {
    let fetch = |[id, at]: [String; 2]| Box::pin(show_poster(id, at)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap" tabindex="-1">
            {load_at(["id", "keer"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: PosterView) -> impl IntoView {
    let d = use_desk_texts();
    let site = use_site();
    let lang = site.written_in();
    let picture = view.scene.clone().map(|name| {
        view! {
            <div class="poster__picture">
                <SceneArt name=name alt=""/>
            </div>
        }
    });
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd lang=lang>{value}</dd>
                </div>
            }
        })
    };
    let place = if view.wheelchair && !view.place.is_empty() {
        format!("{} ({})", view.place, d.activity_wheelchair)
    } else {
        view.place.clone()
    };
    let cost = if view.cost.is_empty() { d.activity_free.to_owned() } else { view.cost.clone() };
    let typed = view.address.split_once("://").map_or(view.address.as_str(), |(_, rest)| rest).to_owned();
    view! {
        <Title text=fill(d.poster_of, &[("title", &view.title)])/>
        <Meta name="robots" content="noindex"/>
        <div class="no-print stack">
            <Breadcrumb
                steps=vec![
                    ("/agenda".to_owned(), d.agenda_title.to_owned()),
                    (format!("/activiteiten/{}", view.id), view.title.clone()),
                ]
                here=d.poster_title
            />
            <p>{d.poster_about}</p>
        </div>
        <article class="poster">
            {picture}
            <h1 lang=lang>{view.title.clone()}</h1>
            <dl class="poster__facts">
                {fact(d.activity_when, view.when)} {fact(d.poster_next, view.next)} {fact(d.activity_place, place)}
                {fact(d.activity_cost, cost)} {fact(d.activity_organiser, view.organiser)}
            </dl>
            <div class="poster__foot">
                <div inner_html=view.code></div>
                <div>
                    <p>{d.poster_more}</p>
                    <p>
                        <strong>{site.name.clone()}</strong>
                    </p>
                    <p>{typed}</p>
                </div>
            </div>
        </article>
    }
}
