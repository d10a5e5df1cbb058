//! Photos: in the form of a post, under its text, large, and to be changed.

#[cfg(feature = "ssr")]
mod album_page;
pub mod api;
#[cfg(feature = "ssr")]
mod large_page;
#[cfg(feature = "ssr")]
pub(super) mod present;
pub mod view;

use domain::posts::draft::DraftPhoto;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use crate::texts::use_texts;
use view::PhotoView;

#[cfg(feature = "ssr")]
pub use {album_page::AlbumPage, large_page::LargePhotoPage};

const SIZES: &str = "(min-width: 48rem) 44rem, 100vw";
/// Sends photos in the background, and turns the pages of large ones. All of it works without, too.
const SCRIPT: &str = "/photos.js";

/// Chooses photos and says what is on them.
#[component]
pub fn PhotoFields(photos: Vec<DraftPhoto>, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let chosen = photos
        .into_iter()
        .enumerate()
        .map(|(index, photo)| {
            let name = |part: &str| format!("draft[photos][{index}][{part}]");
            view! {
                <li class="photo-field">
                    <img src=format!("/fotos/{}/320.webp", photo.id) alt="" width="120" height="90"/>
                    <input type="hidden" name=name("id") value=photo.id/>
                    <label class="utrecht-form-label">
                        {t.field_photo_alt}
                        <input class="utrecht-textbox" name=name("alt") value=photo.alt/>
                    </label>
                    <label class="utrecht-form-label">
                        {t.field_photo_caption}
                        <input class="utrecht-textbox" name=name("caption") value=photo.caption/>
                    </label>
                    <label class="photo-field__gone">
                        <input type="checkbox" name=name("gone") value="true" checked=photo.gone/>
                        {t.photo_leave_out}
                    </label>
                </li>
            }
        })
        .collect_view();
    // The browser loads it once, whichever way the reader came here.
    Effect::new(|_| {
        if let (Ok(script), Some(head)) = (document().create_element("script"), document().head()) {
            let _ = script.set_attribute("src", SCRIPT);
            let _ = head.append_child(&script);
        }
    });
    view! {
        <AddPhotos list="draft[photos]" problems>
            <ul class="photo-fields">{chosen}</ul>
        </AddPhotos>
    }
}

/// The photos of a form, and the way to send more. The button sends the whole form, so that nothing typed is lost, and
/// the form comes back with the photos in it.
#[component]
fn AddPhotos(
    /// The field of the form that the photos are in.
    list: &'static str,
    problems: Problems,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let problem = problems.of(Field::Photos).map(|fault| {
        view! {
            <p class="form__problem" id="fotos-probleem">
                {crate::ui::fault_text(t, fault)}
            </p>
        }
    });
    view! {
        <fieldset
            class="photo-block"
            id="fotos"
            data-photos=list
            data-texts=format!(
                "{}|{}|{}|{}|{}|{}|{}",
                t.photo_stop,
                t.photo_again,
                t.photo_broken_off,
                t.fault_photo_too_large,
                t.fault_not_a_photo,
                t.photo_kept_here,
                t.photo_then_sent,
            )
        >
            <legend class="utrecht-form-label">{t.field_photos}</legend>
            <p class="meta">{t.field_photos_about}</p>
            {problem}
            {children()}
            <label class="visually-hidden" for="foto">
                {t.photo_choose}
            </label>
            <input
                class="utrecht-textbox"
                id="foto"
                type="file"
                name="foto"
                multiple=true
                accept="image/jpeg,image/png,image/webp,image/gif"
            />
            <button
                class="nl-button nl-button--secondary"
                type="submit"
                formaction="/fotos"
                formenctype="multipart/form-data"
                formnovalidate=true
            >
                {t.photo_add}
            </button>
        </fieldset>
    }
}

fn sources(id: &str, widths: &[u32], width: u32) -> String {
    let files = widths.iter().map(|name| format!("/fotos/{id}/{name}.webp {}w", (*name).min(width)));
    files.collect::<Vec<_>>().join(", ")
}

/// The photos of a post. The first loads at once; the others when they come near.
#[component]
pub fn Gallery(post: String, photos: Vec<PhotoView>) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let photos = photos
            .into_iter()
            .enumerate()
            .map(|(index, photo)| {
                let PhotoView { id, alt, caption, width, height, widths, placeholder } = photo;
                let blurred = (!placeholder.is_empty()).then_some(placeholder);
                view! {
                    <figure class="gallery__photo" id=format!("foto-{}", index + 1)>
                        <a href=format!("/berichten/{post}/foto/{}", index + 1)>
                        {blurred
                            .map(|url| view! { <img class="gallery__blur" src=url alt="" aria-hidden="true"/> })}
                        <picture>
                            <source type="image/webp" srcset=sources(&id, &widths, width) sizes=SIZES/>
                            <img
                                src=format!("/fotos/{id}/1280.jpg")
                                alt=alt
                                width=width
                                height=height
                                loading=if index == 0 { "eager" } else { "lazy" }
                                decoding="async"
                            />
                        </picture>
                        </a>
                        {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
                    </figure>
                }
            })
            .collect_view();
        view! { <div class="gallery">{photos}</div> }
    })
}
