//! Places: points as they are typed, places that a community knows, and where both are on its map.

mod common;

use common::rietvoorde;
use domain::activities::draft::ActivityDraft;
use domain::geo::{CommunityMap, KnownPlace, Point};
use domain::platform::Platform;
use domain::problem::{Fault, Field};

fn point(latitude: i32, longitude: i32) -> Point {
    Point::new(latitude, longitude).expect("a point")
}

fn known(slug: &str, name: &str, address: &str, at: Point) -> KnownPlace {
    KnownPlace { slug: slug.into(), name: name.into(), address: address.into(), point: at }
}

/// A square of a tenth of a degree.
fn with_map() -> Platform {
    let map = CommunityMap {
        south_west: point(52_500_000, 5_100_000),
        north_east: point(52_600_000, 5_200_000),
        picture: "rietvoorde".into(),
        places: vec![
            known("de-klomp", "Buurthuis De Klomp", "Klompweg 1", point(52_550_000, 5_150_000)),
            known("kerk", "De kerk", "", point(52_560_000, 5_160_000)),
        ],
    };
    Platform { map: Some(map), ..rietvoorde() }
}

fn draft(change: impl FnOnce(&mut ActivityDraft)) -> ActivityDraft {
    let mut draft = ActivityDraft {
        title: "Koffie".into(),
        body: "Kom je ook langs?".into(),
        ..ActivityDraft::default()
    };
    change(&mut draft);
    draft
}

#[test]
fn a_point_is_typed_with_a_point_or_a_comma_and_may_be_left_out() {
    let typed = |latitude, longitude| Point::typed(latitude, longitude);
    assert_eq!(typed("", " "), Ok(None));
    assert_eq!(typed("52.55", "5,15"), Ok(Some(point(52_550_000, 5_150_000))));
    assert_eq!(typed(" -33.8567844 ", "+151.2152967"), Ok(Some(point(-33_856_784, 151_215_297))));
    assert_eq!(typed("52.55", ""), Err(Fault::Required));
    assert_eq!(typed("", "5"), Err(Fault::Required));
    for wrong in ["noord", "1e3", "inf", "NaN", "91", "-86", "52.5.5", "0x10", "999999999999999999999999999"]
    {
        assert_eq!(typed(wrong, "5"), Err(Fault::UnknownChoice), "{wrong}");
    }
    assert_eq!(typed("52", "180.1"), Err(Fault::UnknownChoice));
    assert_eq!(typed("0", "0"), Err(Fault::UnknownChoice));
}

#[test]
fn a_point_is_written_as_it_is_typed() {
    for (latitude, longitude) in [(52_550_000, 5_150_001), (-1, 180_000_000), (84_999_999, -7_000_000)] {
        let at = point(latitude, longitude);
        let (north, east) = at.degrees();
        assert_eq!(Point::typed(&north, &east), Ok(Some(at)), "{north} {east}");
        assert_eq!(Point::try_from(<[f64; 2]>::from(at)), Ok(at));
    }
    assert_eq!(point(52_550_000, 5_000_000).degrees(), ("52.55".to_owned(), "5".to_owned()));
    assert!(Point::try_from([f64::NAN, 5.0]).is_err());
    assert!(Point::try_from([52.0, f64::INFINITY]).is_err());
}

#[test]
fn a_known_place_gives_its_point_and_its_address() {
    let platform = with_map();
    let checked = |change: fn(&mut ActivityDraft)| {
        let text = draft(change).check(&platform).expect("nothing is wrong");
        (text.place, text.point.map(|point| point.latitude))
    };
    let klomp = "Buurthuis De Klomp, Klompweg 1";
    assert_eq!(checked(|d| d.known = "de-klomp".into()), (klomp.to_owned(), Some(52_550_000)));
    assert_eq!(
        checked(|d| {
            d.known = "de-klomp".into();
            d.place = "De Klomp, zaal 2".into();
        }),
        ("De Klomp, zaal 2".to_owned(), Some(52_550_000))
    );
    // It moved from one known place to another; numbers of before do not count.
    assert_eq!(
        checked(|d| {
            d.known = "kerk".into();
            d.place = "Buurthuis De Klomp, Klompweg 1".into();
            (d.latitude, d.longitude) = ("52.55".into(), "5.15".into());
        }),
        ("De kerk".to_owned(), Some(52_560_000))
    );
    assert_eq!(checked(|d| d.place = klomp_typed()), (klomp.to_owned(), None));
}

fn klomp_typed() -> String {
    "Buurthuis De Klomp, Klompweg 1".into()
}

#[test]
fn what_the_map_does_not_show_or_the_community_does_not_know_is_refused() {
    let platform = with_map();
    let fault = |change: fn(&mut ActivityDraft)| {
        let problems = draft(change).check(&platform).expect_err("it is wrong");
        assert_eq!(problems.0.len(), 1, "{problems:?}");
        problems.of(Field::Address)
    };
    assert_eq!(fault(|d| d.known = "atlantis".into()), Some(Fault::UnknownChoice));
    assert_eq!(fault(|d| d.latitude = "52.55".into()), Some(Fault::Required));
    let outside = |d: &mut ActivityDraft| (d.latitude, d.longitude) = ("48.85".into(), "2.35".into());
    assert_eq!(fault(outside), Some(Fault::UnknownChoice));
    // Without a map every point is as good as another, and no place is known.
    assert!(draft(outside).check(&rietvoorde()).is_ok());
    assert!(draft(|d| d.known = "de-klomp".into()).check(&rietvoorde()).is_err());
}

#[test]
fn the_corners_of_a_map_are_where_they_are_on_its_picture() {
    let map = with_map().map.expect("a map");
    let close = |(x, y): (f64, f64), (right, down): (f64, f64)| {
        assert!((x - right).abs() < 0.001 && (y - down).abs() < 0.001, "{x} {y}");
    };
    close(map.position(map.south_west), (0.0, 1.0));
    close(map.position(map.north_east), (1.0, 0.0));
    close(map.position(point(52_550_000, 5_150_000)), (0.5, 0.5));
    // Here a degree to the north is 1 / cos(52.55°) as long as one to the east.
    assert!((map.height() - 1.645).abs() < 0.002, "{}", map.height());
}
