//! What everybody may know about how a community moderates.

use domain::clock::{Span, Timestamp};
use domain::moderation::Figure;
use domain::moderation::decision::{DecisionKind, Outcome};
use store::moderation::Happened;

use crate::context::Request;
use crate::{Error, dates};

/// One calendar year; counts under ten are not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearFigures {
    pub year: i32,
    pub notices: Figure,
    pub decisions: Vec<(DecisionKind, Figure)>,
    /// How long the one in the middle took, where there were ten or more.
    pub median: Option<Span>,
    pub appeals: Figure,
    pub overturned: Figure,
}

/// The figures of this year so far and of the year before, as far as it is kept.
///
/// # Errors
/// The database.
pub async fn figures(request: &Request) -> Result<Vec<YearFigures>, Error> {
    let this = dates::year(request.now);
    let happened = request.tenant.moderation_since(dates::begins(this - 1)).await?;
    Ok([this, this - 1].map(|year| of_year(year, &happened)).to_vec())
}

fn count(number: usize) -> Figure {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

fn of_year(year: i32, happened: &Happened) -> YearFigures {
    let (from, to) = (dates::begins(year), dates::begins(year + 1));
    let within = |at: Timestamp| (from..to).contains(&at);
    let notices: i64 =
        happened.notices.iter().filter(|(at, _)| within(*at)).map(|(_, notices)| notices).sum();
    let decisions: Vec<(DecisionKind, Span)> = happened
        .decisions
        .iter()
        .filter(|(_, at, _)| within(*at))
        .map(|(kind, _, took)| (*kind, *took))
        .collect();
    let appeals: Vec<Option<Outcome>> =
        happened.appeals.iter().filter(|(_, at)| within(*at)).map(|(outcome, _)| *outcome).collect();
    let mut took: Vec<Span> = decisions.iter().map(|(_, took)| *took).collect();
    took.sort_unstable();
    YearFigures {
        year,
        notices: notices.into(),
        decisions: DecisionKind::ALL
            .iter()
            .map(|kind| (*kind, count(decisions.iter().filter(|(made, _)| made == kind).count())))
            .collect(),
        median: took.get(took.len() / 2).copied().filter(|_| took.len() >= 10),
        appeals: count(appeals.len()),
        overturned: count(appeals.iter().filter(|outcome| **outcome == Some(Outcome::Overturned)).count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_has_its_own_and_what_is_under_ten_is_not_told() {
        let at = |year: i32, hours: i64| dates::begins(year).plus(Span::hours(hours));
        let decision = |hours| (DecisionKind::Ask, at(2026, hours), Span::hours(hours));
        let happened = Happened {
            notices: vec![(at(2025, 5), 400), (at(2026, 5), 9)],
            decisions: (1..=11).map(decision).collect(),
            appeals: vec![(Some(Outcome::Overturned), at(2026, 1)); 12],
        };
        let now = of_year(2026, &happened);
        assert_eq!((now.notices, now.appeals), (Figure::UnderTen, Figure::Exactly(12)));
        assert_eq!(now.overturned, Figure::Exactly(12));
        assert_eq!(now.median, Some(Span::hours(6)));
        assert!(now.decisions.contains(&(DecisionKind::Ask, Figure::Exactly(11))));
        let before = of_year(2025, &happened);
        assert_eq!((before.notices, before.median), (Figure::Exactly(400), None));
    }
}
