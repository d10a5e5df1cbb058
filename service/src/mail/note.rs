//! What people are told about a notice, and about what they wrote or proposed.

use super::seat::SeatNote;
use domain::moderation::ContentKind;
use domain::moderation::decision::{DecisionKind, Ground};

/// One thing to tell. Dates are spelled in the language of the mail already.
#[derive(Clone, Copy, Debug)]
pub enum Note<'a> {
    /// Receipt for who gave notice (Digital Services Act, article 16(4)). The address may be empty.
    Received { address: &'a str, reference: &'a str, link: &'a str },
    /// What was decided, for who gave notice (article 16(5)).
    Answered { reference: &'a str, done: DecisionKind, facts: &'a str, link: &'a str },
    /// Statement of reasons for the author (article 17). `until` is the end of a suspension, or empty.
    Reasons {
        name: &'a str,
        /// That of a comment is that of its post.
        title: &'a str,
        of: ContentKind,
        done: DecisionKind,
        ground: Ground,
        rule: &'a str,
        facts: &'a str,
        until: &'a str,
        link: &'a str,
    },
    /// "Kun je dit aanpassen?"
    Asked { name: &'a str, title: &'a str, of: ContentKind, facts: &'a str, until: &'a str, link: &'a str },
    /// By somebody new, with a link in it: a moderator looks first. The title of a comment is that of its post.
    Held { name: &'a str, title: &'a str, comment: bool, link: &'a str },
    /// It may be seen (again), or is fine as it is.
    LetGo { name: &'a str, title: &'a str, of: ContentKind, link: &'a str },
    /// What its author planned stands there now.
    Published { name: &'a str, title: &'a str, link: &'a str },
    /// What its author planned could not be published.
    NotPublished { name: &'a str, title: &'a str, link: &'a str },
    /// What somebody proposed was put into the post, or not; the reasons may be empty.
    Proposed { name: &'a str, title: &'a str, accepted: bool, reasons: &'a str, link: &'a str },
    /// Changes that somebody proposed wait for a connector: for the people of the platform.
    ProposalsWait { link: &'a str },
    /// Who leads an initiative asks somebody who takes part into its team.
    Invited { name: &'a str, title: &'a str, by: &'a str, link: &'a str },
    /// About registering for an activity.
    Seat(SeatNote<'a>),
    /// Receipt of an objection.
    Objected { reference: &'a str, link: &'a str },
    /// What was decided about an objection (article 20(5)).
    Objection { reference: &'a str, overturned: bool, reasons: &'a str, link: &'a str },
}
