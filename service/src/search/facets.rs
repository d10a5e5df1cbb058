//! What narrows a search, with how much is left of it then.

use domain::clock::Span;
use domain::id::{AreaId, TopicId};
use domain::search::{FoundKind, Period};
use store::search::Found;

use crate::context::Request;
use crate::dates;

/// Each choice with how much is found with it, those that find most first; periods from the newest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub kinds: Vec<(FoundKind, usize)>,
    /// Each area counts what lies in it.
    pub areas: Vec<(AreaId, usize)>,
    pub topics: Vec<(TopicId, usize)>,
    pub periods: Vec<(Period, usize)>,
}

fn count<T: PartialEq>(counts: &mut Vec<(T, usize)>, what: T) {
    match counts.iter_mut().find(|(known, _)| *known == what) {
        Some((_, count)) => *count += 1,
        None => counts.push((what, 1)),
    }
}

fn most_first<T>(mut counts: Vec<(T, usize)>) -> Vec<(T, usize)> {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The choices that all of what was found leaves.
pub fn choices(request: &Request, found: &[Found]) -> Choices {
    let tree = &request.platform.areas;
    let (mut kinds, mut areas, mut topics) = (Vec::new(), Vec::new(), Vec::new());
    let (mut recent, mut years) = (Vec::new(), Vec::new());
    for one in found {
        count(&mut kinds, one.kind);
        if let Some(topic) = one.topic.filter(|topic| request.platform.topic(*topic).is_some()) {
            count(&mut topics, topic);
        }
        let mut within: Vec<AreaId> = Vec::new();
        for area in one.areas.iter().flat_map(|area| tree.line(*area)) {
            if !tree.is_all(area) && !within.contains(&area) {
                within.push(area);
            }
        }
        for area in within {
            count(&mut areas, area);
        }
        for (period, days) in [(Period::Week, 7), (Period::Month, 31), (Period::Year, 365)] {
            if one.published_at >= request.now.minus(Span::days(days)) {
                count(&mut recent, period);
            }
        }
        if let Ok(year) = u16::try_from(dates::year(one.published_at))
            && Period::from_slug(&year.to_string()).is_some()
        {
            count(&mut years, year);
        }
    }
    let order = |period: &Period| match period {
        Period::Week => 0,
        Period::Month => 1,
        _ => 2,
    };
    recent.sort_by_key(|(period, _)| order(period));
    years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    recent.extend(years.into_iter().map(|(year, count)| (Period::Of(year), count)));
    Choices {
        kinds: most_first(kinds),
        areas: most_first(areas),
        topics: most_first(topics),
        periods: recent,
    }
}
