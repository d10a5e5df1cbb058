//! What is the matter with a calendar, or with something in it, in words.

use domain::sources::{LeftOut, Rhythm, Trouble};

use crate::texts::{DeskTexts, fill};

/// Why it could not be read, and what one can do.
pub(super) fn trouble(d: &DeskTexts, trouble: Trouble) -> String {
    let text = match trouble {
        Trouble::NotPublic => d.source_not_public,
        Trouble::NoSuchHost => d.source_no_such_host,
        Trouble::Unreachable => d.source_unreachable,
        Trouble::TooSlow => d.source_too_slow,
        Trouble::TooLarge => d.source_too_large,
        Trouble::Redirects => d.source_redirects,
        Trouble::NotThere => d.source_not_there,
        Trouble::Locked => d.source_locked,
        Trouble::Answer(status) => return fill(d.source_answer, &[("n", &status.to_string())]),
        Trouble::NotACalendar => d.source_not_a_calendar,
        Trouble::CutOff => d.source_cut_off,
        Trouble::Broken { line } => return fill(d.source_broken, &[("n", &line.to_string())]),
        Trouble::TooMany => {
            return fill(d.source_too_many, &[("n", &calendar::read::EVENTS_MAX.to_string())]);
        }
        Trouble::NotAllowed => d.source_not_allowed,
        Trouble::Inside => d.source_inside,
    };
    text.to_owned()
}

/// How often it is read.
pub(super) const fn rhythm_name(d: &DeskTexts, rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Often => d.source_often,
        Rhythm::Daily => d.source_daily,
        Rhythm::Weekly => d.source_weekly,
        Rhythm::Resting => d.source_resting,
    }
}

/// Why something was left out.
pub(super) const fn left_out(d: &DeskTexts, why: LeftOut) -> &'static str {
    match why {
        LeftOut::NoTitle => d.skip_no_title,
        LeftOut::NoStart => d.skip_no_start,
        LeftOut::NotAMoment => d.skip_not_a_moment,
        LeftOut::Zone => d.skip_zone,
        LeftOut::EndsTooSoon => d.skip_ends_too_soon,
        LeftOut::LastsTooLong => d.skip_lasts_too_long,
        LeftOut::Rule => d.skip_rule,
        LeftOut::TooOften => d.skip_too_often,
        LeftOut::Never => d.skip_never,
        LeftOut::TooParticular => d.skip_too_particular,
        LeftOut::Private => d.skip_private,
        LeftOut::Twice => d.skip_twice,
        LeftOut::AndFuture => d.skip_and_future,
        LeftOut::NotAnEvent => d.skip_not_an_event,
        LeftOut::Line => d.skip_line,
    }
}
