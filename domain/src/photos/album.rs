//! The photos of a post that is there already: what is said of them, and their order.

use serde::{Deserialize, Serialize};

use super::Focus;
use crate::id::PhotoId;
use crate::limits;
use crate::posts::draft::{DraftPhoto, photos, reason};
use crate::problem::{Fault, Field, Problems};

/// The photos of a post as somebody typed them, in the order in which they stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Album {
    /// Of the post that they were looking at.
    pub version: i64,
    #[serde(default)]
    pub photos: Vec<AlbumPhoto>,
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumPhoto {
    pub id: String,
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    /// [`Focus::key`].
    #[serde(default)]
    pub focus: String,
    /// Where it is to stand, counted from one; empty for where it stands.
    #[serde(default)]
    pub place: String,
    /// It is to be taken away.
    #[serde(default)]
    pub gone: bool,
}

/// A photo in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    pub id: PhotoId,
    pub alt: String,
    pub caption: String,
    pub focus: Focus,
}

/// An album in which nothing is wrong. Whether the photos are the editor's to use, the store decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidAlbum {
    /// In their new order.
    pub photos: Vec<Arranged>,
    pub gone: Vec<PhotoId>,
    pub reason: String,
}

impl Album {
    /// # Errors
    /// There are too many, one is no photo, what is said of one is too long, or there is no such place.
    pub fn check(&self) -> Result<ValidAlbum, Problems> {
        let mut problems = Problems::default();
        let placed = photos(&self.in_order().map(said).collect::<Vec<_>>());
        let placed = placed.map_err(|fault| problems.push(Field::Photos, fault)).unwrap_or_default();
        let reason = reason(&self.reason).map_err(|fault| problems.push(Field::Reason, fault));
        if self.photos.iter().any(|photo| photo.wanted(1).is_none() || photo.focus().is_none()) {
            problems.push(Field::Photos, Fault::UnknownChoice);
        }
        let focus = |id: PhotoId| {
            let typed = self.photos.iter().find(|photo| photo.id.parse() == Ok(id));
            typed.and_then(AlbumPhoto::focus).unwrap_or_default()
        };
        let photos: Vec<Arranged> = placed
            .into_iter()
            .map(|photo| {
                let focus = focus(photo.id);
                Arranged { id: photo.id, alt: photo.alt, caption: photo.caption, focus }
            })
            .collect();
        let gone = self.photos.iter().filter(|photo| photo.gone).filter_map(|photo| photo.id.parse().ok());
        let gone = gone.filter(|id| photos.iter().all(|kept| kept.id != *id)).collect();
        problems.or(|| ValidAlbum { photos, gone, reason: reason.unwrap_or_default() })
    }

    /// Who wants an earlier place goes before the one that stands there, who wants a later one behind it.
    fn in_order(&self) -> impl Iterator<Item = &AlbumPhoto> {
        let mut order: Vec<(usize, std::cmp::Ordering, &AlbumPhoto)> = (1..)
            .zip(&self.photos)
            .map(|(now, photo)| {
                let wanted = photo.wanted(now).unwrap_or(now);
                (wanted, wanted.cmp(&now), photo)
            })
            .collect();
        order.sort_by_key(|(wanted, moved, _)| (*wanted, *moved));
        order.into_iter().map(|(_, _, photo)| photo)
    }
}

impl AlbumPhoto {
    /// Its new place, when it stands at `now`.
    fn wanted(&self, now: usize) -> Option<usize> {
        let typed = self.place.trim();
        if typed.is_empty() {
            return Some(now);
        }
        typed.parse().ok().filter(|place| (1..=limits::PHOTOS_MAX as usize).contains(place))
    }

    fn focus(&self) -> Option<Focus> {
        if self.focus.is_empty() { Some(Focus::default()) } else { Focus::from_key(&self.focus) }
    }
}

fn said(photo: &AlbumPhoto) -> DraftPhoto {
    DraftPhoto {
        id: photo.id.clone(),
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        gone: photo.gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn album(places: &[&str]) -> Album {
        let photos = (1_u128..)
            .zip(places)
            .map(|(number, place)| AlbumPhoto {
                id: uuid::Uuid::from_u128(number).to_string(),
                place: (*place).to_owned(),
                ..AlbumPhoto::default()
            })
            .collect();
        Album { version: 1, photos, reason: String::new() }
    }

    fn order(places: &[&str]) -> Vec<u128> {
        let valid = album(places).check().expect("nothing wrong");
        valid.photos.iter().map(|photo| photo.id.0.as_u128()).collect()
    }

    #[test]
    fn a_photo_goes_to_the_place_that_was_asked_for() {
        assert_eq!(order(&["", "", ""]), [1, 2, 3]);
        assert_eq!(order(&["1", "2", "1"]), [3, 1, 2]);
        assert_eq!(order(&["3", "2", "3"]), [2, 3, 1]);
        assert_eq!(order(&["2", "1", "3"]), [2, 1, 3]);
        assert_eq!(order(&["20", "", ""]), [2, 3, 1]);
    }

    #[test]
    fn what_is_no_place_or_no_part_of_a_photo_is_refused() {
        for place in ["0", "-1", "21", "boven"] {
            let problems = album(&[place]).check().expect_err("a problem");
            assert_eq!(problems.of(Field::Photos), Some(Fault::UnknownChoice), "{place}");
        }
        let mut odd = album(&[""]);
        odd.photos[0].focus = "somewhere".to_owned();
        assert!(odd.check().is_err());
    }

    #[test]
    fn what_is_taken_away_is_not_there_and_keeps_no_place() {
        let mut some = album(&["", "", ""]);
        some.photos[0].gone = true;
        let valid = some.check().expect("nothing wrong");
        assert_eq!((valid.photos.len(), valid.gone.len()), (2, 1));
        assert_eq!(valid.photos[0].id.0.as_u128(), 2);
    }

    #[test]
    fn the_nearest_part_of_a_photo_is_itself() {
        for focus in Focus::ALL {
            let (across, down) = focus.percent();
            assert_eq!(Focus::nearest(across.into(), down.into()), focus);
            assert_eq!(Focus::from_key(focus.key()), Some(focus));
        }
        assert_eq!(Focus::nearest(-5, 400), Focus::BottomLeft);
    }
}
