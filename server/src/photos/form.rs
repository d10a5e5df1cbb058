//! What was typed around the photos of a form.

use domain::id::DraftId;
use domain::photos::{Album, AlbumPhoto};
use domain::posts::draft::{Draft, DraftPhoto};
use domain::problem::Problems;
use service::context::Request;
use service::photos::album_form;
use service::{Error, flash};

/// As many photos as a form can have, whatever number somebody writes.
const PHOTOS_MAX: usize = 100;

/// The form of a new post, or of the photos of one that is there.
#[derive(Debug, Default)]
pub struct Form {
    /// Filled in by the second form only.
    post: String,
    draft: Draft,
    /// Which of the member's drafts it is.
    concept: Option<DraftId>,
    album: Album,
}

impl Form {
    /// Puts a field where it belongs; what is none of its fields is left out.
    pub fn typed(&mut self, name: &str, text: String) {
        let draft = &mut self.draft;
        match name {
            "id" => self.post = text,
            "draft[title]" => draft.title = text,
            "draft[body]" => draft.body = text,
            "draft[kind]" => draft.kind = text,
            "draft[topic]" => draft.topic = text,
            "draft[areas][]" if draft.areas.len() < 100 => draft.areas.push(text),
            "draft[scene]" => draft.scene = text,
            "draft[scene_alt]" => draft.scene_alt = text,
            "draft[on_behalf_of]" => draft.on_behalf_of = text,
            "concept" => self.concept = text.parse().ok(),
            "draft[publish_on]" => draft.publish_on = text,
            "draft[publish_time]" => draft.publish_time = text,
            "draft[expires_on]" => draft.expires_on = text,
            "draft[consent]" => draft.consent = text == "true",
            "album[version]" => self.album.version = text.parse().unwrap_or_default(),
            "album[reason]" => self.album.reason = text,
            _ => {
                if let Some((photo, part)) = place(&mut draft.photos, "draft[photos][", name) {
                    match part {
                        "id" => photo.id = text,
                        "alt" => photo.alt = text,
                        "caption" => photo.caption = text,
                        "gone" => photo.gone = text == "true",
                        _ => {}
                    }
                } else if let Some((photo, part)) = place(&mut self.album.photos, "album[photos][", name) {
                    match part {
                        "id" => photo.id = text,
                        "alt" => photo.alt = text,
                        "caption" => photo.caption = text,
                        "focus" => photo.focus = text,
                        "place" => photo.place = text,
                        "gone" => photo.gone = text == "true",
                        _ => {}
                    }
                }
            }
        }
    }

    /// Whether photos are in it that came before.
    pub fn has_photos(&self) -> bool {
        self.draft.photos.iter().any(|photo| !photo.id.is_empty())
            || self.album.photos.iter().any(|photo| !photo.id.is_empty())
    }

    /// Keeps it with what was sent, to come back to the page that it gives.
    ///
    /// # Errors
    /// The database.
    pub async fn keep(
        self,
        request: &Request,
        sent: Vec<String>,
        problems: Problems,
    ) -> Result<String, Error> {
        let Self { post, mut draft, concept, mut album } = self;
        if let Ok(post) = post.parse() {
            album.photos.retain(|photo| !photo.id.is_empty());
            album.photos.extend(sent.into_iter().map(|id| AlbumPhoto { id, ..AlbumPhoto::default() }));
            let kept = flash::keep(request, &album_form(post), &album, problems).await?;
            return Ok(format!("/berichten/{post}/fotos?flash={kept}#fotos"));
        }
        draft.photos.retain(|photo| !photo.gone && !photo.id.is_empty());
        draft.photos.extend(sent.into_iter().map(|id| DraftPhoto { id, ..DraftPhoto::default() }));
        let kept = flash::keep(request, "write", &draft, problems).await?;
        let concept = concept.map_or_else(String::new, |id| format!("concept={id}&"));
        Ok(format!("/berichten/nieuw?{concept}flash={kept}#fotos"))
    }
}

/// The photo that a field such as `draft[photos][3][alt]` is of, and which of its fields.
fn place<'a, T: Default + Clone>(
    photos: &'a mut Vec<T>,
    list: &str,
    name: &'a str,
) -> Option<(&'a mut T, &'a str)> {
    let (index, part) = name.strip_prefix(list)?.strip_suffix(']')?.split_once("][")?;
    let index = index.parse().ok().filter(|index| *index < PHOTOS_MAX)?;
    if photos.len() <= index {
        photos.resize(index + 1, T::default());
    }
    Some((&mut photos[index], part))
}
