//! One photo, as large as the screen allows, with the way to the others.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::large_photo;
use super::view::{LargeView, PhotoView};
use super::{SCRIPT, sources};
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts};
use crate::ui::{Icon, load_at};

#[component]
pub fn LargePhotoPage() -> impl IntoView {
    let fetch = |[id, number]: [String; 2]| Box::pin(large_photo(id, number)) as _;
    let show = |large| view! { <Loaded large/> }.into_any();
    view! {
        <main id="inhoud" class="wrap lightbox" tabindex="-1">
            {load_at(["id", "number"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(large: LargeView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let LargeView { post, title, photo, number, of } = large;
    let here = fill(d.photo_of, &[("number", &number.to_string()), ("of", &of.to_string())]);
    let way = |number: usize, rel: &'static str, label: &'static str, icon: &'static str| {
        view! {
            <a
                class="nl-button nl-button--secondary"
                rel=rel
                data-turn=rel
                href=format!("/berichten/{post}/foto/{number}")
            >
                <Icon name=icon/>
                {label}
            </a>
        }
    };
    let previous = (number > 1).then(|| way(number - 1, "prev", d.photo_previous, "chevron-left"));
    let next = (number < of).then(|| way(number + 1, "next", d.photo_next, "chevron-right"));
    let back = format!("/berichten/{post}#foto-{number}");
    let PhotoView { id, alt, caption, width, height, widths, .. } = photo;
    let heading = format!("{here}: {title}");
    view! {
        <Title text=heading/>
        <Meta name="robots" content="noindex"/>
        <h1 class="lightbox__title" lang=lang>
            {title}
        </h1>
        <figure class="lightbox__photo">
            <picture>
                <source type="image/webp" srcset=sources(&id, &widths, width) sizes="100vw"/>
                <img src=format!("/fotos/{id}/1280.jpg") alt=alt width=width height=height/>
            </picture>
            {(!caption.is_empty()).then(|| view! { <figcaption lang=lang>{caption}</figcaption> })}
        </figure>
        <nav class="lightbox__ways" aria-label=d.photo_ways>
            {previous} <span>{here}</span> {next}
            <a class="nl-button nl-button--subtle" data-turn="close" href=back>
                <Icon name="x"/>
                {d.photo_close}
            </a>
        </nav>
        <p class="meta js-only">{d.photo_keys}</p>
        <script src=SCRIPT nonce=leptos::nonce::use_nonce() defer=true></script>
    }
}
