//! Photos in the form of a post, and under its text.

use domain::posts::draft::DraftPhoto;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use super::view::PhotoView;
use crate::texts::use_texts;

const SIZES: &str = "(min-width: 48rem) 44rem, 100vw";

/// Chooses photos and says what is on them. The button sends the whole form, so that nothing typed is lost, and the
/// form comes back with the photos in it.
#[component]
pub fn PhotoFields(photos: Vec<DraftPhoto>, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let problem = problems.of(Field::Photos).map(|fault| {
        view! {
            <p class="form__problem" id="fotos-probleem">
                {crate::ui::fault_text(t, fault)}
            </p>
        }
    });
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
    view! {
        <fieldset class="photo-block" id="fotos">
            <legend class="utrecht-form-label">{t.field_photos}</legend>
            <p class="meta">{t.field_photos_about}</p>
            {problem}
            <ul class="photo-fields">{chosen}</ul>
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

/// The photos of a post. The first loads at once; the others when they come near.
#[component]
pub fn Gallery(photos: Vec<PhotoView>) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let photos = photos
            .into_iter()
            .enumerate()
            .map(|(index, photo)| {
                let PhotoView { id, alt, caption, width, height, widths, placeholder } = photo;
                let sources: Vec<String> = widths
                    .iter()
                    .map(|name| format!("/fotos/{id}/{name}.webp {}w", (*name).min(width)))
                    .collect();
                let blurred = (!placeholder.is_empty()).then_some(placeholder);
                view! {
                    <figure class="gallery__photo">
                        {blurred
                            .map(|url| view! { <img class="gallery__blur" src=url alt="" aria-hidden="true"/> })}
                        <picture>
                            <source type="image/webp" srcset=sources.join(", ") sizes=SIZES/>
                            <img
                                src=format!("/fotos/{id}/1280.jpg")
                                alt=alt
                                width=width
                                height=height
                                loading=if index == 0 { "eager" } else { "lazy" }
                                decoding="async"
                            />
                        </picture>
                        {(!caption.is_empty()).then(|| view! { <figcaption>{caption}</figcaption> })}
                    </figure>
                }
            })
            .collect_view();
        view! { <div class="gallery">{photos}</div> }
    })
}
