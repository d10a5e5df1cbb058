//! What the content promises, looked at before it is written to any database.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::Timestamp;
use domain::id::PostId;
use domain::members::draft::SignUpDraft;
use domain::posts::draft::Draft;
use domain::posts::policy::{PostFacts, may_create, may_edit, may_pin, may_write_for_others};
use domain::posts::{PostKind, PostStatus, PostText};
use domain::roles::Place;
use seed::plan::{PlannedPost, SitePlan, sites};
use seed::{DEMO_ACCOUNTS, DataSet};

/// Thursday 12 March 2026, 9.00 UTC.
const NOW: Timestamp = Timestamp(1_773_306_000_000);

fn demo() -> Vec<SitePlan> {
    sites(DataSet::Demo, NOW).expect("the demo content is right")
}

/// Everything that a person could read.
fn texts(site: &SitePlan) -> Vec<String> {
    let mut all = vec![
        site.platform.about.clone(),
        site.platform.house_rules.clone(),
        site.platform.tagline.clone(),
        site.platform.contact.phone.clone(),
        site.platform.contact.email.clone(),
        site.platform.contact.address.clone(),
    ];
    for member in &site.members {
        all.extend([member.name.clone(), member.about.clone(), member.email.clone()]);
    }
    for post in &site.posts {
        all.extend([post.text.title.clone(), post.text.body.clone()]);
        all.push(post.text.scene_alt.clone());
        for photo in &post.photos {
            all.extend([photo.arranged.alt.clone(), photo.arranged.caption.clone()]);
        }
        if let Some(edit) = &post.edit {
            all.extend([edit.before.title.clone(), edit.before.body.clone()]);
        }
    }
    all
}

fn draft(site: &SitePlan, post: &PlannedPost, text: &PostText) -> Draft {
    let topic = text.topic.and_then(|id| site.platform.topic(id));
    Draft {
        title: text.title.clone(),
        body: text.body.clone(),
        kind: text.kind.key().to_owned(),
        topic: topic.map_or(String::new(), |topic| topic.slug.clone()),
        areas: text
            .areas
            .iter()
            .map(|id| site.platform.areas.get(*id).expect("an own area").slug.clone())
            .collect(),
        scene: text.scene.map_or(String::new(), |scene| scene.key().to_owned()),
        scene_alt: text.scene_alt.clone(),
        on_behalf_of: post.on_behalf_of.clone().unwrap_or_default(),
        consent: true,
        ..Draft::default()
    }
}

fn place(site: &SitePlan, text: &PostText) -> Place {
    Place::new(site.platform.id, &site.platform.areas, &text.areas, text.topic)
}

#[test]
fn the_same_moment_gives_the_same_site() {
    assert_eq!(demo(), demo());
    let launch = || sites(DataSet::Launch, NOW).expect("a plan");
    assert_eq!(launch(), launch());
}

#[test]
fn every_data_set_has_the_promised_size() {
    for set in DataSet::ALL {
        let sites = sites(set, NOW).expect("a plan");
        assert_eq!(sites[0].members.len(), set.members());
        assert_eq!(sites[0].posts.len(), set.posts());
        assert_eq!(sites[1].members.len(), 12);
        assert_eq!(sites[1].posts.len(), 20);
    }
}

#[test]
fn every_post_passes_the_form_that_everybody_fills_in() {
    for site in demo() {
        for post in &site.posts {
            let valid = draft(&site, post, &post.text).check(&site.platform);
            assert_eq!(valid.expect(&post.text.title).text(), &post.text);
            if let Some(edit) = &post.edit {
                let before = draft(&site, post, &edit.before).check(&site.platform);
                assert!(before.is_ok(), "{}", post.text.title);
                assert_ne!(edit.before, post.text, "{}", post.text.title);
            }
        }
    }
}

#[test]
fn every_author_and_editor_was_allowed_to_do_it() {
    for site in demo() {
        for post in &site.posts {
            let title = &post.text.title;
            let author = site.actor(post.author);
            let place = place(&site, &post.text);
            assert!(may_create(&author, post.text.kind, &place).is_ok(), "{title}");
            assert!(post.on_behalf_of.is_none() || may_write_for_others(&author, &place), "{title}");
            assert_eq!(post.official, post.text.kind == PostKind::Announcement, "{title}");
            let facts = PostFacts {
                id: post.id,
                author: post.author,
                status: PostStatus::Published,
                removed_by: None,
                pinned_by: None,
                official: post.official,
                on_behalf: post.on_behalf_of.is_some(),
                expires: false,
                place,
            };
            if let Some(edit) = &post.edit {
                assert!(may_edit(&site.actor(edit.editor), &facts).is_ok(), "{title}");
            }
            if let Some((_, by)) = post.pinned {
                assert!(may_pin(&site.actor(by), &facts).is_ok(), "{title}");
            }
        }
    }
}

#[test]
fn every_picture_says_what_is_to_be_seen() {
    for site in demo() {
        let with_picture = site.posts.iter().filter(|post| post.text.scene.is_some());
        for post in with_picture.clone() {
            assert!(post.text.scene_alt.len() > 15, "{}", post.text.title);
        }
        let with_photos = site.posts.iter().filter(|post| !post.photos.is_empty());
        assert!((with_picture.count() + with_photos.count()) * 100 >= site.posts.len() * 40);
        for post in site.posts.iter().filter(|post| post.text.scene.is_none()) {
            assert_eq!(post.text.scene_alt, "", "{}", post.text.title);
        }
    }
}

#[test]
fn nobody_real_can_be_called_or_mailed() {
    for site in sites(DataSet::Launch, NOW).expect("a plan") {
        for text in texts(&site) {
            for word in text.split_whitespace().filter(|word| word.contains('@')) {
                let word = word.trim_end_matches(['.', ',', ')']);
                assert!(word.ends_with("@example.org"), "{word}");
            }
            assert!(!text.contains("http"), "{text}");
            for number in telephone_numbers(&text) {
                assert!(number.starts_with("0850000"), "{number}");
            }
        }
    }
}

/// Runs of eight or more digits, spaces and dashes between them not counted.
fn telephone_numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for c in text.chars() {
        match (c, numbers.last_mut()) {
            ('0'..='9', Some(number)) => number.push(c),
            (' ' | '-', _) => {}
            _ => numbers.push(String::new()),
        }
    }
    numbers.retain(|number| number.len() >= 8);
    numbers
}

#[test]
fn nothing_is_left_to_be_filled_in() {
    for site in sites(DataSet::Launch, NOW).expect("a plan") {
        for text in texts(&site) {
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(!text.contains("  "), "{text}");
        }
    }
}

#[test]
fn everything_happened_in_the_right_order_and_before_now() {
    let hours = |hours: i64| Timestamp(NOW.0 + hours * 3_600_000);
    // Also in the night, in summer, in autumn and on a winter evening.
    for (set, now) in [
        (DataSet::Demo, NOW),
        (DataSet::Launch, hours(16)),
        (DataSet::Demo, hours(24 * 120 + 15)),
        (DataSet::Demo, hours(24 * 230 + 20)),
        (DataSet::Demo, hours(24 * 300 + 10)),
    ] {
        for site in sites(set, now).expect("a plan") {
            let joined: BTreeMap<_, _> =
                site.members.iter().map(|member| (member.id, member.joined)).collect();
            let mut last: Option<(Timestamp, PostId)> = None;
            for post in &site.posts {
                let title = &post.text.title;
                assert!(post.published_at < now, "{title}");
                assert!(joined[&post.author] < post.published_at, "{title}");
                assert!(site.founded < post.published_at, "{title}");
                if let Some(edit) = &post.edit {
                    assert!(edit.at > post.published_at && edit.at < now, "{title}");
                }
                assert!(last < Some((post.published_at, post.id)), "{title}");
                last = Some((post.published_at, post.id));
            }
        }
    }
}

#[test]
fn the_demo_looks_alive_and_does_not_repeat_itself() {
    let site = demo().remove(0);
    let titles: BTreeSet<_> = site.posts.iter().map(|post| &post.text.title).collect();
    assert_eq!(titles.len(), site.posts.len());
    let beginnings: BTreeSet<String> =
        site.posts.iter().rev().take(60).map(|post| post.text.body.chars().take(40).collect()).collect();
    assert_eq!(beginnings.len(), 60);
    let newest = site.posts.iter().rev().take(20);
    let kinds: BTreeSet<_> = newest.clone().map(|post| post.text.kind).collect();
    assert!(kinds.len() >= 6, "{kinds:?}");
    let hour = 3_600_000;
    assert!(newest.clone().any(|post| NOW.0 - post.published_at.0 < hour));
    for kind in PostKind::ALL {
        assert!(site.posts.iter().any(|post| post.text.kind == kind));
    }
    assert!(site.posts.iter().any(|post| post.pinned.is_some()));
    assert!(site.posts.iter().any(|post| post.on_behalf_of.is_some()));
    assert!(site.posts.iter().filter(|post| post.edit.is_some()).count() >= 3);
}

#[test]
fn texts_are_as_long_as_people_write() {
    for site in sites(DataSet::Launch, NOW).expect("a plan") {
        for post in &site.posts {
            let length = post.text.body.chars().count();
            assert!((80..=1_500).contains(&length), "{length}: {}", post.text.title);
        }
    }
}

#[test]
fn the_two_communities_have_nothing_in_common() {
    let sites = demo();
    let words = |site: &SitePlan| -> BTreeSet<String> {
        let areas = site.platform.areas.all().iter().map(|area| area.slug.clone());
        let topics = site.platform.topics.iter().map(|topic| topic.slug.clone());
        let people = site.members.iter().flat_map(|m| [m.name.clone(), m.email.clone()]);
        let titles = site.posts.iter().map(|post| post.text.title.clone());
        areas.chain(topics).chain(people).chain(titles).chain(site.hosts.clone()).collect()
    };
    let both: Vec<_> = words(&sites[0]).intersection(&words(&sites[1])).cloned().collect();
    assert!(both.is_empty(), "{both:?}");
    assert_ne!(sites[0].platform.theme, sites[1].platform.theme);
}

#[test]
fn every_demo_account_exists_with_its_role_and_second_factor() {
    let sites = demo();
    for account in DEMO_ACCOUNTS {
        let site = sites.iter().find(|site| site.platform.slug == account.platform_slug).expect("a platform");
        let member = site.members.iter().find(|member| member.email == account.email).expect(account.email);
        assert_eq!(member.name, account.name);
        assert!(member.demo);
        assert_eq!(member.totp_secret, account.totp_secret);
        let grants = site.actor(member.id).grants().to_vec();
        assert_eq!(grants.first().map(|grant| grant.role), account.role);
        let needed = account.role.is_some_and(domain::roles::Role::needs_second_factor);
        assert_eq!(account.totp_secret.is_some(), needed, "{}", account.email);
        if let Some(secret) = account.totp_secret {
            // 160 bits, as RFC 4226 recommends, in base 32.
            assert_eq!(secret.len(), 32, "{}", account.email);
            assert!(secret.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7')));
        }
        let again = SignUpDraft {
            name: account.name.to_owned(),
            email: account.email.to_owned(),
            house_rules: true,
            age: true,
            ..SignUpDraft::default()
        };
        assert!(again.check(&site.platform).is_ok());
    }
    for role in domain::roles::Role::ALL {
        assert!(DEMO_ACCOUNTS.iter().any(|account| account.role == Some(role)), "{role:?}");
    }
}
