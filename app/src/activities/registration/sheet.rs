//! Who comes, as a table.

use domain::activities::registration::State;
use domain::id::ActivityId;
use service::activities::registration::{Sheet, export};
use service::context::Request;

use crate::texts::desk_in_language;

/// The table with its words in the reader's language.
///
/// # Errors
/// Those of [`export`].
pub async fn sheet(request: &Request, id: ActivityId, at: &str) -> Result<String, service::Error> {
    let d = desk_in_language(request.locale);
    let words = Sheet {
        name: d.reg_sheet_name,
        people: d.reg_sheet_people,
        state: d.reg_sheet_state,
        came: d.reg_came,
        yes: d.reg_sheet_yes,
        states: [
            (State::Seat, d.reg_state_seat),
            (State::Waiting, d.reg_state_waiting),
            (State::Cancelled, d.reg_state_cancelled),
        ],
    };
    export(request, id, at, &words).await
}
