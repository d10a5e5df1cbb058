//! The limits of every field, in characters, and of every habit, in times per period.

use crate::clock::Span;

pub const TITLE_MIN: u32 = 3;
pub const TITLE_MAX: u32 = 120;
pub const BODY_MIN: u32 = 2;
pub const BODY_MAX: u32 = 20_000;
pub const REASON_MAX: u32 = 200;
pub const ALT_MAX: u32 = 250;
pub const AREAS_MAX: u32 = 8;
pub const NAME_MIN: u32 = 2;
pub const NAME_MAX: u32 = 60;
/// RFC 5321, 4.5.3.1.3: a path is at most 256 octets, angle brackets included.
pub const EMAIL_MAX: u32 = 254;
/// NIST SP 800-63B, 5.1.1.2: at least 8 characters, at least 64 allowed. We ask for ten.
pub const PASSWORD_MIN: u32 = 10;
pub const PASSWORD_MAX: u32 = 200;
pub const MESSAGE_MIN: u32 = 10;
pub const MESSAGE_MAX: u32 = 4_000;

/// How many times something may happen within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Part of the stored key; never shown.
    pub name: &'static str,
    pub times: i64,
    pub per: Span,
}

/// Sign-in mails to one address that one network asks for: enough for an impatient person, and nobody elsewhere can
/// use it up for them (TRUST 21).
pub const MAILS_PER_ADDRESS: Limit = Limit { name: "mail-address", times: 5, per: Span::hours(1) };
/// Sign-in mails to one address from anywhere: not a mail bomb.
pub const MAILS_PER_ADDRESS_IN_ALL: Limit =
    Limit { name: "mail-address-all", times: 20, per: Span::hours(1) };
/// Receipts for notices to one address, which nobody has shown to be theirs.
pub const RECEIPTS_PER_ADDRESS: Limit = Limit { name: "receipt-address", times: 2, per: Span::hours(1) };
/// Sign-in mails asked for from one network; generous, because a block of flats may share one.
pub const MAILS_PER_NETWORK: Limit = Limit { name: "mail-network", times: 60, per: Span::hours(1) };
/// Sign-in mails of a whole platform.
pub const MAILS_PER_PLATFORM: Limit = Limit { name: "mail-platform", times: 3_000, per: Span::hours(1) };
/// Passwords and second factors tried for one account.
pub const SECRETS_PER_ACCOUNT: Limit = Limit { name: "secret-account", times: 10, per: Span::minutes(15) };
/// Codes, passwords and second factors tried from one network.
pub const SECRETS_PER_NETWORK: Limit = Limit { name: "secret-network", times: 200, per: Span::minutes(15) };
/// Notices from one network; without an account its browsers have to work for each beyond
/// [`FREE_FORMS_PER_NETWORK`].
pub const REPORTS_PER_NETWORK: Limit = Limit { name: "report-network", times: 100, per: Span::hours(1) };
/// What a form may leave behind from one network when it could not be accepted yet.
pub const FLASHES_PER_NETWORK: Limit = Limit { name: "flash-network", times: 150, per: Span::hours(1) };
/// Posts by one resident.
pub const POSTS_PER_MEMBER: Limit = Limit { name: "post-member", times: 12, per: Span::hours(1) };
/// Wrong codes for one address, over all its mails: a year of guessing all day finds one with a chance of some two in
/// a hundred. After that its links still work.
pub const WRONG_CODES_PER_ADDRESS: Limit = Limit { name: "code-address", times: 15, per: Span::hours(6) };
/// Changes by one member to posts.
pub const EDITS_PER_MEMBER: Limit = Limit { name: "edit-member", times: 200, per: Span::hours(1) };
/// Times that a member's draft is kept, or shown as it will look.
pub const DRAFTS_PER_MEMBER: Limit = Limit { name: "draft-member", times: 1_500, per: Span::hours(1) };
/// Changes by one member to their own account.
pub const ACCOUNT_CHANGES: Limit = Limit { name: "account-member", times: 40, per: Span::hours(1) };
/// Mails about notices to the people of a platform; what comes on top waits in the list.
pub const REPORT_MAILS: Limit = Limit { name: "report-mail", times: 100, per: Span::hours(1) };
/// Mails to the people of a platform that proposals wait.
pub const PROPOSAL_MAILS: Limit = Limit { name: "proposal-mail", times: 1, per: Span::days(1) };
/// Mails to one member that the team of one initiative asks them.
pub const TEAM_MAILS: Limit = Limit { name: "team-mail", times: 2, per: Span::days(1) };
/// Wrong six-digit codes per attempt, after which a new mail is needed: a guess succeeds
/// with a chance of five in a million.
pub const CODE_ATTEMPTS: i64 = 5;
pub const COMMENT_MAX: u32 = 4_000;
/// Comments by one member: a lively conversation, not a flood.
pub const COMMENTS_PER_MEMBER: Limit = Limit { name: "comment-member", times: 60, per: Span::hours(1) };
/// Times that one member says thanks, or takes it back.
pub const THANKS_PER_MEMBER: Limit = Limit { name: "thanks-member", times: 300, per: Span::hours(1) };
/// Posts by one member who is new here ([`crate::moderation::newcomers`]).
pub const POSTS_PER_NEWCOMER: Limit = Limit { name: "post-newcomer", times: 3, per: Span::hours(1) };
/// Forms without an account from one network before its browsers have to work for the next one.
pub const FREE_FORMS_PER_NETWORK: Limit = Limit { name: "form-network", times: 20, per: Span::hours(1) };
/// Each solution of a puzzle counts once.
pub const SOLUTIONS: Limit = Limit { name: "puzzle", times: 1, per: Span::hours(1) };
/// Decisions and objections by one member.
pub const DECISIONS_PER_MEMBER: Limit = Limit { name: "decision-member", times: 120, per: Span::hours(1) };
/// Objections from one network.
pub const APPEALS_PER_NETWORK: Limit = Limit { name: "appeal-network", times: 20, per: Span::hours(1) };
/// Characters of the law or rule that a decision stands on.
pub const GROUND_MAX: u32 = 200;
/// Days that somebody gets to change what they wrote.
pub const ASK_DAYS_MAX: u32 = 30;
/// Days that an account may be suspended at a time.
pub const SUSPEND_DAYS_MAX: u32 = 90;
/// Photos with one post.
pub const PHOTOS_MAX: u32 = 20;
/// Photos sent by one member.
pub const PHOTOS_PER_MEMBER: Limit = Limit { name: "photo-member", times: 100, per: Span::hours(1) };
/// A photo that is not put with a post within this time goes.
pub const PHOTO_WITHOUT_POST: Span = Span::days(1);
/// Characters of the goal of an initiative, and of what its team says in the end.
pub const GOAL_MAX: u32 = 600;
/// Characters of what an initiative needs.
pub const NEED_MAX: u32 = 120;
/// Things that one initiative needs.
pub const NEEDS_MAX: u32 = 20;
/// People, pieces, euros or places.
pub const WANTED_MAX: u32 = 1_000_000;
/// Characters of a small post by the team of an initiative.
pub const UPDATE_MAX: u32 = 2_000;
/// Times that one member begins to take part in something, or leaves it.
pub const TAKING_PART_PER_MEMBER: Limit = Limit { name: "take-part-member", times: 120, per: Span::hours(1) };
/// Changes by one member to initiatives: goal, needs, team.
pub const INITIATIVE_CHANGES: Limit = Limit { name: "initiative-member", times: 120, per: Span::hours(1) };
/// Small posts by one member about how initiatives go.
pub const UPDATES_PER_MEMBER: Limit = Limit { name: "update-member", times: 10, per: Span::hours(1) };
/// Drafts of one member at a time, those that publish themselves included.
pub const DRAFTS_MAX: u32 = 20;
/// How long what was published or thrown away stays on the list of one's drafts.
pub const DRAFT_AFTERWARDS: Span = Span::days(7);
/// How far ahead a post can be planned.
pub const PLANNED_MAX: Span = Span::days(366);
/// How far ahead a post can expire.
pub const EXPIRY_MAX: Span = Span::days(5 * 366);
/// How much longer a post stays when somebody lets it.
pub const EXTENDED_BY: Span = Span::days(30);
/// Changes that one member proposes.
pub const PROPOSALS_PER_MEMBER: Limit = Limit { name: "proposal-member", times: 40, per: Span::hours(1) };
/// Answers to one question of a template.
pub const ANSWER_MAX: u32 = 3_000;
/// Posts that a connector changes in one go.
pub const BULK_MAX: u32 = 50;
/// Characters of where an activity is, what it costs, or what is particular to one time.
pub const PLACE_MAX: u32 = 200;
/// Minutes that one time of an activity lasts: a week.
pub const LASTS_MAX: u32 = 7 * 24 * 60;
/// Days that are left out of a series, or added to it.
pub const EXCEPTIONS_MAX: u32 = 120;
/// Activities by one member.
pub const ACTIVITIES_PER_MEMBER: Limit = Limit { name: "activity-member", times: 30, per: Span::hours(1) };
/// Activities by one member who is new here.
pub const ACTIVITIES_PER_NEWCOMER: Limit = Limit { name: "activity-newcomer", times: 3, per: Span::hours(1) };
/// How far ahead the first time of an activity can be.
pub const ACTIVITY_AHEAD_MAX: Span = Span::days(3 * 366);
/// People that an activity has room for.
pub const SEATS_MAX: u32 = 100_000;
/// Guests that one registration may bring.
pub const GUESTS_MAX: u32 = 20;
/// Hours before it begins that registration can close: four weeks.
pub const CLOSES_MAX: u32 = 28 * 24;
/// Questions that an organiser asks who registers.
pub const QUESTIONS_MAX: u32 = 5;
/// Characters of such a question, and of the answer.
pub const QUESTION_MAX: u32 = 160;
pub const QUESTION_ANSWER_MAX: u32 = 500;
/// How long a seat is kept for who has not confirmed the address yet.
pub const HOLD_LASTS: Span = Span::minutes(30);
/// How long after it is over an organiser still sees who registered.
pub const REGISTRATIONS_KEPT: Span = Span::days(30);
/// Registrations by one member: made, changed, cancelled.
pub const REGISTRATIONS_PER_MEMBER: Limit =
    Limit { name: "registration-member", times: 120, per: Span::hours(1) };
/// Registrations without an account from one network.
pub const REGISTRATIONS_PER_NETWORK: Limit =
    Limit { name: "registration-network", times: 60, per: Span::hours(1) };
/// Mails about registering to one address that nobody has shown to be theirs.
pub const REGISTRATION_MAILS: Limit = Limit { name: "registration-mail", times: 4, per: Span::hours(1) };
/// Uses of links out of such mails from one network.
pub const LINKS_PER_NETWORK: Limit = Limit { name: "registration-link", times: 300, per: Span::hours(1) };
/// Messages of the organiser to all who registered for one activity.
pub const MESSAGES_TO_ALL: Limit = Limit { name: "registration-all", times: 5, per: Span::days(1) };
/// Characters of the address of a calendar.
pub const ADDRESS_MAX: u32 = 1_000;
/// Calendars of others that one member sets up, at most at a time.
pub const SOURCES_MAX: u32 = 20;
/// Calendars that one member sets up or sends again.
pub const SOURCES_PER_MEMBER: Limit = Limit { name: "source-member", times: 30, per: Span::hours(1) };
/// Times that somebody lets one calendar be read at once.
pub const READINGS_PER_SOURCE: Limit = Limit { name: "source-read", times: 6, per: Span::hours(1) };
/// Days that one thing in a calendar of others lasts; what comes back, [`LASTS_MAX`].
pub const SOURCE_LASTS_MAX: u32 = 366;
/// What could not be taken over is named up to this many times, and counted after that.
pub const SKIPS_MAX: u32 = 50;
/// How long a calendar that was taken away can be brought back.
pub const SOURCE_AFTERWARDS: Span = Span::days(30);
