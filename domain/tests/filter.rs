//! Filters live in the address: shared, bookmarked, fed, and never a way out of the site.

mod common;

use common::{area, rietvoorde, topic, veenzicht};
use domain::clock::Timestamp;
use domain::id::PostId;
use domain::paging::Cursor;
use domain::posts::PostKind;
use domain::posts::filter::{FilterQuery, PostFilter, UnknownFilter};
use proptest::prelude::*;
use uuid::Uuid;

fn query(gebied: &str, thema: &str, soort: &str, na: &str) -> FilterQuery {
    FilterQuery {
        gebied: gebied.into(),
        thema: thema.into(),
        soort: soort.into(),
        na: na.into(),
        ..FilterQuery::default()
    }
}

/// What a server makes of the query of an address that needs no unescaping.
fn read(text: &str) -> FilterQuery {
    let mut found = FilterQuery::default();
    for pair in text.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').expect("a key and a value");
        let field = match key {
            "gebied" => &mut found.gebied,
            "thema" => &mut found.thema,
            "soort" => &mut found.soort,
            "na" => &mut found.na,
            other => panic!("nothing reads {other}"),
        };
        assert!(field.is_empty(), "{key} is there twice");
        value.clone_into(field);
    }
    found
}

#[test]
fn an_empty_filter_is_everything_and_adds_nothing_to_the_address() {
    let everything = FilterQuery::default();
    assert_eq!(everything.to_query(), "");
    assert_eq!(everything.resolve(&rietvoorde()), Ok(PostFilter::default()));
    assert!(everything.is_everything());
}

#[test]
fn the_address_of_a_filter_is_as_it_was_shared() {
    let filter = query("lindeplein", "groen", "nieuws", "");
    assert_eq!(filter.to_query(), "?gebied=lindeplein&thema=groen&soort=nieuws");
    assert_eq!(query("", "zorg", "", "").to_query(), "?thema=zorg");
    assert_eq!(
        filter.resolve(&rietvoorde()),
        Ok(PostFilter {
            area: Some(area("lindeplein")),
            topic: Some(topic("groen")),
            kind: Some(PostKind::News),
            author: None,
            after: None,
        })
    );
}

#[test]
fn a_writer_is_named_by_their_key() {
    let key = "0198c0de-0000-7000-8000-000000000000";
    let by = |text: &str| FilterQuery { schrijver: text.into(), ..FilterQuery::default() };
    let filter = by(key).resolve(&rietvoorde()).expect("a filter");
    assert_eq!(filter.author.map(|author| author.to_string()).as_deref(), Some(key));
    assert_eq!(by(key).to_query(), format!("?schrijver={key}"));
    assert!(!by(key).is_everything());
    assert!(by("fatma").resolve(&rietvoorde()).is_err());
}

#[test]
fn each_part_alone_leaves_something_out() {
    assert!(!query("centrum", "", "", "").is_everything());
    assert!(!query("", "groen", "", "").is_everything());
    assert!(!query("", "", "nieuws", "").is_everything());
    assert!(query("", "", "", "1_x").is_everything(), "a page is no filter");
}

#[test]
fn the_root_of_the_tree_is_the_whole_platform() {
    let filter = query("rietvoorde", "", "", "").resolve(&rietvoorde());
    assert_eq!(filter, Ok(PostFilter::default()));
}

#[test]
fn every_filter_that_exists_goes_into_the_address_and_out_again() {
    let platform = rietvoorde();
    let cursor = Cursor { at: Timestamp(1_790_000_000_000), id: PostId(Uuid::from_u128(7)) };
    let areas: Vec<_> = platform.areas.all().iter().map(|area| area.slug.as_str()).collect();
    let topics: Vec<_> = platform.topics.iter().map(|topic| topic.slug.as_str()).collect();
    let kinds = PostKind::ALL.map(PostKind::slug);
    let or_none = |slugs: &[&'static str]| [&[""], slugs].concat();
    for gebied in [&[""][..], &areas].concat() {
        for thema in [&[""][..], &topics].concat() {
            for soort in or_none(&kinds) {
                for na in [String::new(), cursor.to_string()] {
                    let filter = query(gebied, thema, soort, &na);
                    let again = read(&filter.to_query());
                    assert_eq!(again, filter);
                    let resolved = again.resolve(&platform).expect("all of it exists");
                    let root = platform.areas.by_slug(gebied).is_some_and(|a| a.parent.is_none());
                    assert_eq!(resolved.area.is_some(), !gebied.is_empty() && !root);
                    assert_eq!(resolved.topic.is_some(), !thema.is_empty());
                    assert_eq!(resolved.kind.map(PostKind::slug), Some(soort).filter(|s| !s.is_empty()));
                    assert_eq!(resolved.after.is_some(), !na.is_empty());
                    assert_eq!(filter.first_page(), query(gebied, thema, soort, ""));
                }
            }
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let platform = rietvoorde();
    for slug in [
        "bestaat-niet",
        "Centrum",
        "CENTRUM",
        "centrum ",
        " centrum",
        "dorp",
        "veenzicht",
        "centrum/",
        "../centrum",
        "%63entrum",
        "' OR 1=1 --",
        "\u{200B}centrum",
        "\0",
    ] {
        assert_eq!(query(slug, "", "", "").resolve(&platform), Err(UnknownFilter), "{slug:?}");
    }
    for slug in ["energie", "Groen", "groen\n", "centrum"] {
        assert_eq!(query("", slug, "", "").resolve(&platform), Err(UnknownFilter), "{slug:?}");
    }
    for slug in ["news", "Nieuws", "status", "draft", "verhalen"] {
        assert_eq!(query("", "", slug, "").resolve(&platform), Err(UnknownFilter), "{slug:?}");
    }
    for cursor in [
        "1",
        "_",
        "1_",
        "_1",
        "1_x",
        "x_00000000000000000000000000000007",
        "9223372036854775808_00000000000000000000000000000007",
        "1_0000000000000000000000000000007",
        "1.5_00000000000000000000000000000007",
        "1_00000000000000000000000000000007_",
        "1 _00000000000000000000000000000007",
        "0; DROP TABLE post_00000000000000000000000000000007",
    ] {
        assert_eq!(query("", "", "", cursor).resolve(&platform), Err(UnknownFilter), "{cursor:?}");
    }
}

#[test]
fn one_part_that_is_unknown_makes_the_whole_page_not_found() {
    let platform = rietvoorde();
    assert!(query("centrum", "groen", "nieuws", "").resolve(&platform).is_ok());
    for filter in [
        query("dorp", "groen", "nieuws", ""),
        query("centrum", "energie", "nieuws", ""),
        query("centrum", "groen", "news", ""),
        query("centrum", "groen", "nieuws", "1"),
    ] {
        assert_eq!(filter.resolve(&platform), Err(UnknownFilter), "{filter:?}");
    }
}

#[test]
fn the_slugs_of_one_platform_are_unknown_on_another() {
    let (ours, theirs) = (rietvoorde(), veenzicht());
    for area in theirs.areas.all() {
        assert!(query(&area.slug, "", "", "").resolve(&theirs).is_ok());
        assert_eq!(query(&area.slug, "", "", "").resolve(&ours), Err(UnknownFilter));
    }
    for topic in &theirs.topics {
        assert!(query("", &topic.slug, "", "").resolve(&theirs).is_ok());
        assert_eq!(query("", &topic.slug, "", "").resolve(&ours), Err(UnknownFilter));
    }
}

#[test]
fn a_value_that_would_need_escaping_is_dropped_and_the_others_stay() {
    for odd in [
        "a&b",
        "a=b",
        "a b",
        "a#b",
        "a?b",
        "a/b",
        "a%41",
        "a+b",
        "a.b",
        "\"><script>",
        "é",
        "a\r\nSet-Cookie: x",
        "'",
        "\\",
        "{}",
        "a:b",
        "a;b",
    ] {
        let filter = query(odd, "groen", odd, "1_2");
        assert_eq!(filter.to_query(), "?thema=groen&na=1_2", "{odd:?}");
        assert_eq!(query(odd, odd, odd, odd).to_query(), "", "{odd:?}");
    }
}

#[test]
fn parts_that_are_missing_are_empty_and_parts_that_are_extra_change_nothing() {
    let found: FilterQuery =
        serde_json::from_str(r#"{"thema":"groen","order_by":"password","status":"draft"}"#)
            .expect("extra parts are skipped");
    assert_eq!(found, query("", "groen", "", ""));
}

proptest! {
    #[test]
    fn the_address_never_holds_anything_but_plain_characters(
        gebied in any::<String>(), thema in "[a-z&=# -]{0,12}", soort in "\\PC{0,12}", na in "[0-9_+%]{0,12}",
    ) {
        let filter = query(&gebied, &thema, &soort, &na);
        let text = filter.to_query();
        prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"?&=-_".contains(&b)));
        prop_assert!(text.is_empty() || text.starts_with('?'));
        prop_assert_eq!(text.matches('?').count(), usize::from(!text.is_empty()));
        let again = read(&text);
        for (was, is) in [
            (&filter.gebied, &again.gebied),
            (&filter.thema, &again.thema),
            (&filter.soort, &again.soort),
            (&filter.na, &again.na),
        ] {
            prop_assert!(is.is_empty() || is == was);
        }
        prop_assert_eq!(again.to_query(), text);
    }

    #[test]
    fn a_word_that_is_not_on_the_list_is_never_a_filter(word in "[a-z0-9-]{1,14}|\\PC{1,9}") {
        let platform = rietvoorde();
        let known = platform.areas.all().iter().any(|area| area.slug == word);
        prop_assert_eq!(query(&word, "", "", "").resolve(&platform).is_ok(), known);
        let known = ["groen", "zorg"].contains(&word.as_str());
        prop_assert_eq!(query("", &word, "", "").resolve(&platform).is_ok(), known);
    }

    #[test]
    fn a_cursor_survives_the_address(at in any::<i64>(), id in any::<u128>()) {
        let cursor = Cursor { at: Timestamp(at), id: PostId(Uuid::from_u128(id)) };
        prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let filter = query("", "", "", &cursor.to_string());
        let again = read(&filter.to_query()).resolve(&rietvoorde());
        prop_assert_eq!(again.map(|filter| filter.after), Ok(Some(cursor)));
    }

    #[test]
    fn no_text_breaks_the_reading_of_a_cursor(text in "\\PC{0,60}|[0-9a-f_-]{0,60}") {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
    }
}

#[test]
fn a_place_in_a_list_has_one_spelling() {
    let cursor = Cursor { at: Timestamp(7), id: PostId(Uuid::from_u128(7)) };
    let hyphens = format!("7_{}", cursor.id.0.hyphenated());
    for text in
        [hyphens.as_str(), "+7_00000000000000000000000000000007", "07_00000000000000000000000000000007"]
    {
        assert!(text.parse::<Cursor>().is_err(), "{text}");
    }
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
}

#[test]
fn no_two_filters_share_a_name() {
    let all = [
        query("", "", "", ""),
        query("a", "", "", ""),
        query("", "a", "", ""),
        query("", "", "a", ""),
        query("", "", "", "a"),
        query("a?thema=b", "", "", ""),
        query("a", "b", "", ""),
    ];
    let names: std::collections::HashSet<String> = all.iter().map(|query| query.name("list")).collect();
    assert_eq!(names.len(), all.len());
    assert!(!names.contains(&all[0].name("feed")));
}
