//! Signing in without a password, and how long it lasts.

use serde::{Deserialize, Serialize};

use crate::clock::{Span, Timestamp};

/// How long the link and the code in a mail work.
pub const CHALLENGE_LASTS: Span = Span::minutes(20);
/// A session that nobody uses ends after this.
pub const IDLE_LASTS: Span = Span::days(60);
/// No session lasts longer, however often it is used.
pub const SESSION_LASTS: Span = Span::days(365);
/// The same for connectors and staff (BIO).
pub const STAFF_IDLE_LASTS: Span = Span::hours(12);
pub const STAFF_SESSION_LASTS: Span = Span::days(14);
/// How long somebody may take between the first factor and the second.
pub const HALF_WAY_LASTS: Span = Span::minutes(15);
/// "Last seen" is written at most this often, so that reading stays reading.
pub const SEEN_EVERY: Span = Span::hours(1);

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStage {
    /// The first factor was right; the second is still asked for, or still to be set up.
    HalfWay,
    /// The first factor was right, and nobody asked for a second at the time.
    Complete,
    /// Both factors were given in this session.
    Proven,
}

impl SessionStage {
    pub const fn key(self) -> &'static str {
        match self {
            Self::HalfWay => "half_way",
            Self::Complete => "complete",
            Self::Proven => "proven",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "half_way" => Some(Self::HalfWay),
            "complete" => Some(Self::Complete),
            "proven" => Some(Self::Proven),
            _ => None,
        }
    }
}

impl SessionStage {
    /// Whether a session of this stage is signed in, for a member whose roles ask for a second factor or who has
    /// set one up. It is a property of the session: one from before proves nothing by what came later.
    pub const fn suffices(self, asked: bool, set_up: bool) -> bool {
        match self {
            Self::HalfWay => false,
            Self::Complete => !asked && !set_up,
            Self::Proven => !asked || set_up,
        }
    }
}

/// When a session made at `created` and last used at `seen` ends.
pub fn session_ends(created: Timestamp, seen: Timestamp, stage: SessionStage, staff: bool) -> Timestamp {
    match (stage, staff) {
        (SessionStage::HalfWay, _) => created.plus(HALF_WAY_LASTS),
        (_, false) => created.plus(SESSION_LASTS).min(seen.plus(IDLE_LASTS)),
        (_, true) => created.plus(STAFF_SESSION_LASTS).min(seen.plus(STAFF_IDLE_LASTS)),
    }
}

/// The digits of a code as people type them: spaces and dashes do not matter.
pub fn code_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '.').collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Where to go after signing in: only a path on this site (CVE-2024-32469 and friends).
pub fn safe_return(path: &str) -> &str {
    let plain = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/api/")
        && path.len() <= 500
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"' && b != b'<' && b != b'>');
    if plain { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_with_spaces() {
        assert_eq!(code_digits(" 123 456"), Some("123456".into()));
        assert_eq!(code_digits("12345"), None);
        assert_eq!(code_digits("12345a"), None);
        assert_eq!(code_digits("١٢٣٤٥٦"), None);
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        for evil in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "",
            "/api/sign-out",
        ] {
            assert_eq!(safe_return(evil), "/", "{evil:?}");
        }
        assert_eq!(safe_return("/berichten?gebied=centrum"), "/berichten?gebied=centrum");
    }

    #[test]
    fn a_session_from_before_the_second_factor_does_not_have_it() {
        use SessionStage::{Complete, HalfWay, Proven};
        assert!(!HalfWay.suffices(false, false));
        assert!(Complete.suffices(false, false));
        for (asked, set_up) in [(true, false), (false, true), (true, true)] {
            assert!(!Complete.suffices(asked, set_up), "{asked} {set_up}");
        }
        assert!(Proven.suffices(true, true) && Proven.suffices(false, true) && Proven.suffices(false, false));
        assert!(!Proven.suffices(true, false), "taken off while a role asks for it");
    }

    #[test]
    fn staff_sessions_are_shorter_and_half_way_ones_shortest() {
        let made = Timestamp(0);
        let seen = made.plus(Span::hours(1));
        let ends = |stage, staff| session_ends(made, seen, stage, staff);
        assert!(ends(SessionStage::HalfWay, false) < ends(SessionStage::Complete, true));
        assert!(ends(SessionStage::Complete, true) < ends(SessionStage::Complete, false));
        let busy = made.plus(Span::days(400));
        assert_eq!(session_ends(made, busy, SessionStage::Complete, false), made.plus(SESSION_LASTS));
    }
}
