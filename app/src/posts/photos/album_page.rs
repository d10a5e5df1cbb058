//! The photos of a post: their order, what is said of them, which there are.

use domain::photos::{AlbumPhoto, Focus};
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{ArrangePhotos, load_album};
use super::view::AlbumView;
use super::{AddPhotos, SCRIPT};
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, FormProblems, SubmitButton, TextField, load_at};

#[component]
pub fn AlbumPage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(load_album(id, flash)) as _;
    let show = |album| view! { <Loaded album/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(album: AlbumView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let AlbumView { post, title, album, problems } = album;
    let of = album.photos.len();
    let lines = album
        .photos
        .into_iter()
        .enumerate()
        .map(|(index, photo)| view! { <Line photo index of/> })
        .collect_view();
    view! {
        <Title text=d.album_title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/berichten".to_owned(), t.list_title.to_owned()),
                (format!("/berichten/{post}"), title.clone()),
            ]
            here=d.album_title
        />
        <h1>{d.album_title}</h1>
        <p class="lead">{title}</p>
        <form class="form stack" id="album" method="post" novalidate=true action=ArrangePhotos::PATH>
            // Enter in a field saves; the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {d.album_save}
            </button>
            <FormProblems
                problems=problems.clone()
                ids=vec![(Field::Photos, "fotos"), (Field::Reason, "reden")]
            />
            <input type="hidden" name="id" value=post.clone()/>
            <input type="hidden" name="album[version]" value=album.version.to_string()/>
            <AddPhotos list="album[photos]" problems=problems.clone()>
                {(of == 0).then(|| view! { <p>{d.album_empty}</p> })} <ol class="photo-fields">{lines}</ol>
            </AddPhotos>
            <TextField
                info=FieldInfo::new("reden", t.field_reason)
                    .hint(t.optional)
                    .problem(&problems, Field::Reason)
                name="album[reason]"
                value=album.reason
                maxlength=domain::limits::REASON_MAX
            />
            <div class="form__actions">
                <SubmitButton label=d.album_save/>
                <a class="nl-button nl-button--subtle" href=format!("/berichten/{post}")>
                    {t.cancel}
                </a>
            </div>
        </form>
        <script src=SCRIPT nonce=leptos::nonce::use_nonce() defer=true></script>
    }
}

/// What is said of one photo.
#[component]
fn Line(photo: AlbumPhoto, index: usize, of: usize) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let name = |part: &str| format!("album[photos][{index}][{part}]");
    let here = index + 1;
    let wanted = photo.place.parse().unwrap_or(here);
    let places = (1..=of)
        .map(|place| {
            view! {
                <option value=place.to_string() selected=place == wanted>
                    {place}
                </option>
            }
        })
        .collect_view();
    let chosen = Focus::from_key(&photo.focus).unwrap_or_default();
    let parts = Focus::ALL
        .into_iter()
        .map(|focus| {
            view! {
                <option value=focus.key() selected=focus == chosen>
                    {focus_name(d, focus)}
                </option>
            }
        })
        .collect_view();
    let number = fill(d.photo_number, &[("number", &here.to_string())]);
    view! {
        <li>
            <fieldset class="photo-field">
                <legend class="utrecht-form-label">{number}</legend>
                <img src=format!("/fotos/{}/320.webp", photo.id) alt=photo.alt.clone() width="120" height="90"/>
                <input type="hidden" name=name("id") value=photo.id/>
                <label class="utrecht-form-label">
                    {t.field_photo_alt}
                    <input
                        class="utrecht-textbox"
                        name=name("alt")
                        value=photo.alt
                        maxlength=domain::limits::ALT_MAX.to_string()
                    />
                </label>
                <label class="utrecht-form-label">
                    {t.field_photo_caption}
                    <input
                        class="utrecht-textbox"
                        name=name("caption")
                        value=photo.caption
                        maxlength=domain::limits::ALT_MAX.to_string()
                    />
                </label>
                <label class="utrecht-form-label">
                    {d.photo_place}
                    <select class="utrecht-select" name=name("place")>
                        {places}
                    </select>
                </label>
                <label class="utrecht-form-label">
                    {d.photo_focus}
                    <select class="utrecht-select" name=name("focus")>
                        {parts}
                    </select>
                </label>
                <label class="photo-field__gone">
                    <input type="checkbox" name=name("gone") value="true" checked=photo.gone/>
                    {d.photo_take_away}
                </label>
            </fieldset>
        </li>
    }
}

const fn focus_name(d: &DeskTexts, focus: Focus) -> &'static str {
    match focus {
        Focus::TopLeft => d.focus_top_left,
        Focus::Top => d.focus_top,
        Focus::TopRight => d.focus_top_right,
        Focus::Left => d.focus_left,
        Focus::Middle => d.focus_middle,
        Focus::Right => d.focus_right,
        Focus::BottomLeft => d.focus_bottom_left,
        Focus::Bottom => d.focus_bottom,
        Focus::BottomRight => d.focus_bottom_right,
    }
}
