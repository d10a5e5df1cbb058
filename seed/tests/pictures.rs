//! The photos of the demo: which posts have them, and what is said of them.

use std::collections::BTreeSet;
use std::path::Path;

use domain::clock::Timestamp;
use domain::limits;
use domain::posts::PostKind;
use domain::posts::draft::{DraftPhoto, photos};
use seed::DataSet;
use seed::pictures::names;
use seed::plan::{PlannedPhoto, SitePlan, sites};

/// Thursday 12 March 2026, 9.00 UTC.
const NOW: Timestamp = Timestamp(1_773_306_000_000);

/// All of them together may weigh this much: they are in the program.
const BYTES_MAX: u64 = 2_200_000;
const ONE_MAX: u64 = 90_000;

fn demo() -> Vec<SitePlan> {
    sites(DataSet::Demo, NOW).expect("the demo content is right")
}

fn all(sites: &[SitePlan]) -> Vec<&PlannedPhoto> {
    sites.iter().flat_map(|site| &site.posts).flat_map(|post| &post.photos).collect()
}

#[test]
fn every_album_of_the_demo_has_photos_and_no_drawing() {
    // Also in summer, in autumn and in winter: other posts are composed then.
    for days in [0, 120, 230, 300] {
        let now = Timestamp(NOW.0 + days * 24 * 3_600_000);
        for site in sites(DataSet::Demo, now).expect("a plan") {
            let albums = site.posts.iter().filter(|post| post.text.kind == PostKind::PhotoAlbum);
            assert!(albums.clone().count() >= 2);
            for album in albums {
                assert!(album.photos.len() >= 3, "{}", album.text.title);
            }
            for post in site.posts.iter().filter(|post| !post.photos.is_empty()) {
                assert!(post.text.scene.is_none() && post.text.scene_alt.is_empty(), "{}", post.text.title);
            }
        }
    }
}

#[test]
fn every_picture_is_shown_once_and_described_in_its_own_words() {
    let sites = demo();
    let shown = all(&sites);
    let pictures: BTreeSet<&str> = shown.iter().map(|photo| photo.picture).collect();
    assert_eq!(pictures.len(), shown.len(), "a picture stands with two posts");
    assert_eq!(pictures, names().collect(), "a picture stands with no post");
    let alts: BTreeSet<&str> = shown.iter().map(|photo| photo.arranged.alt.as_str()).collect();
    assert_eq!(alts.len(), shown.len(), "two pictures are described in the same words");
    for photo in shown {
        let length = photo.arranged.alt.chars().count();
        assert!((40..=limits::ALT_MAX as usize).contains(&length), "{length}: {}", photo.picture);
        assert!(photo.arranged.alt.ends_with('.'), "{}", photo.picture);
    }
}

#[test]
fn the_photos_pass_the_form_that_everybody_fills_in() {
    for post in demo().iter().flat_map(|site| &site.posts) {
        let typed: Vec<DraftPhoto> = post
            .photos
            .iter()
            .map(|photo| DraftPhoto {
                id: photo.arranged.id.to_string(),
                alt: photo.arranged.alt.clone(),
                caption: photo.arranged.caption.clone(),
                ..DraftPhoto::default()
            })
            .collect();
        let checked = photos(&typed).expect("nothing wrong");
        assert_eq!(checked.len(), typed.len(), "{}", post.text.title);
        for (checked, photo) in checked.iter().zip(&post.photos) {
            assert_eq!((&checked.alt, &checked.caption), (&photo.arranged.alt, &photo.arranged.caption));
        }
    }
}

#[test]
fn the_files_are_light_and_none_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures");
    let mut sum = 0;
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the pictures") {
        let entry = entry.expect("a picture");
        let bytes = entry.metadata().expect("its size").len();
        let name = entry.file_name().into_string().expect("a name");
        assert!(bytes <= ONE_MAX, "{name} has {bytes} bytes");
        sum += bytes;
        there.insert(name);
    }
    assert!(sum <= BYTES_MAX, "{sum} bytes");
    assert_eq!(there, names().map(|name| format!("{name}.webp")).collect());
}

#[test]
fn only_the_demo_has_photos() {
    let launch = sites(DataSet::Launch, NOW).expect("a plan");
    assert!(all(&launch).is_empty());
}
