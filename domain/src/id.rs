//! Keys: `UUIDv7` (RFC 9562), ordered by the time they were made, with 74 random bits.
//!
//! Ballots will not use these: an ordered key would tell when somebody voted
//! (TRUST 3).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::chance::Random;
use crate::clock::Timestamp;

/// The text is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a key")
    }
}

impl std::error::Error for NotAnId {}

fn uuid_v7(at: Timestamp, random: &dyn Random) -> Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(at.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new key, made at `at`.
            pub fn new(at: Timestamp, random: &dyn Random) -> Self {
                Self(uuid_v7(at, random))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

ids! {
    /// One community site.
    PlatformId,
    /// A municipality, village, district, neighbourhood or street.
    AreaId,
    /// A platform's own subject.
    TopicId,
    /// An account on one platform.
    MemberId,
    /// A role given to a member.
    GrantId,
    /// A care, welfare, sports … organisation.
    OrganisationId,
    /// A piece of neighbourhood news, a story, an announcement …
    PostId,
    /// One saved version of a post.
    RevisionId,
    /// A signed-in browser.
    SessionId,
    /// One attempt to sign in or to become a member.
    ChallengeId,
    /// What someone typed into a form that could not be accepted yet.
    FlashId,
    /// A notice about content (Digital Services Act, article 16).
    NoticeId,
    /// Work that waits in the queue.
    JobId,
    /// A mail that is sent or about to be.
    MailId,
    /// A comment under a post.
    CommentId,
    /// What is looked into after one or more notices about the same content.
    CaseId,
    /// What was decided about a case.
    DecisionId,
    /// An objection to a decision (Digital Services Act, article 20).
    AppealId,
    /// A time in which a member may read and object, and nothing else.
    SuspensionId,
    /// A photo, with or without a post yet.
    PhotoId,
    /// Something that an initiative needs.
    NeedId,
    /// A small post by the team of an initiative.
    UpdateId,
    /// A post that somebody is writing.
    DraftId,
    /// A change to a post that somebody proposes.
    ProposalId,
    /// Something that happens, once or again and again.
    ActivityId,
    /// All who register for one time of an activity, or for the whole series.
    RoundId,
    /// Somebody who registered for an activity.
    RegistrationId,
    /// A calendar of others that the agenda follows.
    SourceId,
}

impl FlashId {
    /// A key that is all chance and no time (version 4): it protects what somebody typed.
    pub fn unguessable(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

impl ChallengeId {
    /// A key that is all chance and no time (version 4).
    pub fn unguessable(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;
    impl Random for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[test]
    fn a_later_key_sorts_after_an_earlier_one() {
        let early = PostId::new(Timestamp(1_000), &Zeros);
        let late = PostId::new(Timestamp(2_000), &Zeros);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
    }

    #[test]
    fn a_key_survives_being_written_and_read() {
        let id = PostId::new(Timestamp(1_790_000_000_000), &Zeros);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("../../etc/passwd".parse::<PostId>(), Err(NotAnId));
    }
}
