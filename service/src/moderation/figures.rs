//! What everybody may know about how a community moderates.

use domain::clock::Span;
use domain::moderation::Figure;
use domain::moderation::decision::DecisionKind;

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

/// The figures of this year so far and of the year before.
///
/// # Errors
/// The database.
pub async fn figures(request: &Request) -> Result<Vec<YearFigures>, Error> {
    let this = dates::year(request.now);
    let mut years = Vec::new();
    for year in [this, this - 1] {
        let found = request.tenant.moderation_figures(dates::begins(year), dates::begins(year + 1)).await?;
        let all: i64 = found.decisions.iter().map(|(_, count)| count).sum();
        years.push(YearFigures {
            year,
            notices: found.notices.into(),
            decisions: found.decisions.into_iter().map(|(kind, count)| (kind, count.into())).collect(),
            median: found.median.filter(|_| all >= 10),
            appeals: found.appeals.into(),
            overturned: found.overturned.into(),
        });
    }
    Ok(years)
}
