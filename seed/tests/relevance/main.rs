//! How well search finds what people mean, in the demo: a file of questions, and how much of what was to be found
//! stands among the first ten.

use std::collections::BTreeMap;

use domain::clock::Timestamp;
use domain::platform::Platform;
use domain::search::{FoundKind, Sought};
use seed::{DataSet, Rendered, seed, undeveloped};
use store::search::{Named, Narrowed};
use store::{Options, Store, Tenant};

/// Thursday 12 March 2026, 9.00 UTC.
const NOW: Timestamp = Timestamp(1_773_306_000_000);
const QUERIES: &str = include_str!("queries.tsv");
/// Of what is to be found, this much is found at least.
const PROMISED: f64 = 0.9;
const FIRST: usize = 10;

fn render(markdown: &str) -> Rendered {
    Rendered { html: String::new(), excerpt: markdown.chars().take(180).collect() }
}

fn names(platform: &Platform) -> Vec<(Named, &str)> {
    let areas = platform.areas.all().iter().filter(|area| !platform.areas.is_all(area.id));
    let mut names: Vec<(Named, &str)> =
        areas.map(|area| (Named::Area(area.id), area.name.as_str())).collect();
    names.extend(platform.topics.iter().map(|topic| (Named::Topic(topic.id), topic.name.as_str())));
    names.extend(FoundKind::all().map(|kind| (Named::Kind(kind), kind.slug())));
    names
}

async fn titles(tenant: &Tenant, platform: &Platform, question: &str) -> Vec<String> {
    let names = names(platform);
    let sought = Sought::read(question);
    let outcome = tenant.search(&sought, &names, &Narrowed::default(), false, NOW).await.expect("an answer");
    let ids: Vec<_> = outcome.found.iter().take(FIRST).map(|found| found.id).collect();
    let cards = tenant.search_cards(&ids, NOW).await.expect("cards");
    let mut titles: BTreeMap<_, _> =
        cards.into_iter().map(|card| (card.id(), card.title().to_owned())).collect();
    ids.iter().filter_map(|id| titles.remove(id)).collect()
}

async fn recall(name: &str, store: &Store) {
    store.migrate().await.expect("a schema");
    seed(store, DataSet::Demo, NOW, render, undeveloped).await.expect("a demo");
    let id =
        store.platform_by_host("hallorietvoorde.localhost").await.expect("an answer").expect("a platform");
    let tenant = store.on(id);
    let (platform, _) = tenant.load_platform(NOW).await.expect("an answer").expect("a platform");
    let (mut sum, mut questions, mut missed) = (0.0, 0, Vec::new());
    for line in QUERIES.lines().filter(|line| !line.starts_with('#')) {
        let (question, wanted) = line.split_once('\t').expect("a question and what it finds");
        let titles = titles(&tenant, &platform, question).await;
        let wanted: Vec<&str> = wanted.split(';').collect();
        let found = wanted.iter().filter(|wanted| titles.iter().any(|title| title.starts_with(**wanted)));
        let found = found.count();
        if found < wanted.len() {
            missed.push(format!("{question}: {found} of {}, but {titles:?}", wanted.len()));
        }
        let (found, all) = (u32::try_from(found).expect("few"), u32::try_from(wanted.len()).expect("few"));
        sum += f64::from(found) / f64::from(all);
        questions += 1;
    }
    let recall = sum / f64::from(questions);
    println!(
        "recall@{FIRST} on {name}: {recall:.3} over {questions} questions; {} with misses:",
        missed.len()
    );
    for line in &missed {
        println!("  {line}");
    }
    assert!(questions >= 120, "there are {questions} questions");
    assert!(recall >= PROMISED, "recall@{FIRST} is {recall:.3}, and {PROMISED} is promised");
}

#[tokio::test]
async fn search_finds_what_people_mean_on_sqlite() {
    let folder = std::env::temp_dir().join(format!("noaber-relevance-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let url = format!("sqlite:{}", folder.join("noaber.db").display());
    let store = Store::open(&Options { url, readers: 2 }).await.expect("a database");
    recall("SQLite", &store).await;
    store.close().await;
    std::fs::remove_dir_all(&folder).expect("the folder goes away");
}
