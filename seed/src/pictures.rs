//! The photos of the written posts: drawn for the project, and compiled in, so that they are there wherever the
//! program runs. `content/pictures` has the files, `pictures.json` of each community says which post has which.

use std::collections::BTreeMap;

use domain::clock::Timestamp;
use domain::id::{PhotoId, PlatformId};
use domain::photos::{Arranged, Focus};
use serde::Deserialize;

use crate::Error;
use crate::content::{self, Site};
use crate::plan::{PlannedPhoto, PlannedPost, SitePlan};
use crate::random::Seeded;

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../content/pictures/", $name, ".webp")))),*]
    };
}

const FILES: &[(&str, &[u8])] = files! {
    "kat"
    "stekjeskast"
    "taalcafe"
    "repaircafe-1"
    "natte-sok"
    "brug-1953"
    "burendag-1"
    "burendag-2"
    "burendag-3"
    "burendag-4"
    "burendag-5"
    "burendag-6"
    "burendag-7"
    "burendag-8"
    "burendag-9"
    "burendag-10"
    "koor"
    "straatbieb"
    "bakker"
    "toren-2"
    "toren-3"
    "toren-4"
    "toren-5"
    "toren-1"
    "moestuin"
    "bibliotheek"
    "doos-1"
    "doos-2"
    "doos-3"
    "doos-4"
    "doos-5"
    "sneeuwploeg"
    "ooievaar"
    "moskee"
    "flats"
    "otter"
    "ijsbaan"
    "klomp-1"
    "klomp-2"
    "klomp-3"
    "klomp-4"
    "klomp-5"
    "schapen"
    "toneel-1"
    "toneel-2"
    "toneel-3"
    "toneel-4"
};

/// A photo of a post, as its file says.
#[derive(Debug, Deserialize)]
pub struct PictureFile {
    pub file: String,
    /// What is to be seen on it.
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    /// What stays in sight on a card: [`Focus::key`], the middle when it is empty.
    #[serde(default)]
    pub focus: String,
}

/// The photos of a community's posts, by their keys.
pub type Albums = BTreeMap<String, Vec<PictureFile>>;

/// A picture of which a photo is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub platform: PlatformId,
    pub photo: PhotoId,
    /// A WebP file.
    pub bytes: &'static [u8],
}

/// What is known of a photo after its files were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Developed {
    pub width: u32,
    pub height: u32,
    /// A few blurred pixels as a data URL; may be empty.
    pub placeholder: String,
}

/// For tests that look at no photo: they are known, and their files are missing.
///
/// # Errors
/// None.
pub async fn undeveloped(pictures: Vec<Picture>) -> Result<Vec<Developed>, String> {
    let unseen = Developed { width: 1600, height: 1200, placeholder: String::new() };
    Ok(vec![unseen; pictures.len()])
}

/// The names of all pictures.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// Gives the written posts their photos. Where those are nobody needs a drawing.
pub(crate) fn hang(site: &Site, posts: &mut [PlannedPost], random: &Seeded) -> Result<(), Error> {
    let mut albums = content::albums(site.pictures)?;
    for (written, post) in site.posts.iter().zip(posts) {
        let Some(lines) = albums.remove(written.key) else { continue };
        let photos = lines.iter().map(|line| planned(line, post.published_at, random));
        post.photos = photos.collect::<Result<_, _>>()?;
        let before = post.edit.as_mut().map(|edit| &mut edit.before);
        for text in [Some(&mut post.text), before].into_iter().flatten() {
            text.scene = None;
            text.scene_alt.clear();
        }
    }
    match albums.keys().next() {
        None => Ok(()),
        Some(key) => Err(Error::Content(format!("photos for {key}, which is no post"))),
    }
}

fn planned(line: &PictureFile, at: Timestamp, random: &Seeded) -> Result<PlannedPhoto, Error> {
    let wrong = |what: &str| Error::Content(format!("the picture {}: {what}", line.file));
    let picture = names().find(|name| *name == line.file).ok_or_else(|| wrong("there is no such file"))?;
    let focus = match line.focus.as_str() {
        "" => Focus::default(),
        key => Focus::from_key(key).ok_or_else(|| wrong("there is no such focus"))?,
    };
    let arranged = Arranged {
        id: PhotoId::new(at, random),
        alt: line.alt.clone(),
        caption: line.caption.clone(),
        focus,
    };
    Ok(PlannedPhoto { picture, arranged })
}

/// Everything of which photos are to be made.
pub(crate) fn to_develop(sites: &[SitePlan]) -> Vec<Picture> {
    let mut all = Vec::new();
    for site in sites {
        for planned in site.posts.iter().flat_map(|post| &post.photos) {
            let bytes = FILES.iter().find(|(name, _)| *name == planned.picture).map(|(_, bytes)| *bytes);
            let picture = |bytes| Picture { platform: site.platform.id, photo: planned.arranged.id, bytes };
            all.extend(bytes.map(picture));
        }
    }
    all
}
