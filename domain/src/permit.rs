//! Proof of permission. The store changes nothing without one, and only the policies of
//! this crate can make one: forgetting to ask does not compile.

use std::marker::PhantomData;

use uuid::Uuid;

use crate::id::{MemberId, PlatformId};

/// The actions that a permit can be for.
pub mod action {
    macro_rules! actions {
        ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
        )*};
    }
    actions! {
        /// Publish a post.
        CreatePost,
        /// Change a post, or bring back an earlier version of it.
        EditPost,
        /// Take a post away.
        RemovePost,
        /// Put a removed post back.
        RestorePost,
        /// Keep a post on top, or let go of it.
        PinPost,
        /// Keep what somebody is typing.
        KeepDraft,
        /// Ask to sign in, to become a member, or take the steps of doing so.
        SignIn,
        /// Change one's own account, and end one's own sessions.
        ManageAccount,
        /// Give notice about content.
        GiveNotice,
        /// Keep a form that could not be accepted yet.
        KeepFlash,
        /// Publish a comment under a post.
        WriteComment,
        /// Change one's own comment.
        EditComment,
        /// Take a comment away.
        RemoveComment,
        /// Put a removed comment back.
        RestoreComment,
        /// Say thanks, or take it back.
        Thank,
        /// End the conversation under a post, or open it again.
        SetComments,
        /// Decide what happens to content that somebody gave notice about.
        DecideCase,
        /// Object to such a decision.
        Appeal,
        /// Decide about an objection.
        DecideAppeal,
        /// Send a photo, and put one's own photos with a new post.
        AddPhoto,
        /// Take part in an initiative, or leave it.
        TakePart,
        /// Say who is in the team of an initiative.
        LeadInitiative,
        /// Write the goal and the needs of an initiative, and how it goes.
        ManageInitiative,
        /// Say until when a post is to be read.
        ExtendPost,
        /// Propose a change to a post.
        ProposeEdit,
        /// Decide about what somebody proposes.
        DecideProposal,
        /// Say that something is going to happen.
        CreateActivity,
        /// Change an activity, or one of its times.
        EditActivity,
        /// Take an activity away, or put it back.
        RemoveActivity,
        /// Register for an activity.
        Register,
        /// Confirm, change or cancel one registration.
        ChangeRegistration,
        /// See who registered for an activity, write to them, and note who came.
        ManageRegistrations,
        /// Let the agenda follow a calendar of others.
        SetUpSource,
        /// Read such a calendar again, take it away, or bring it back.
        ManageSource,
        /// The platform's own background work, and its operator's commands.
        Operate,
    }
}

/// Somebody (or nobody in particular) may do `A` on one platform, to one thing.
#[derive(Clone, Copy, Debug)]
pub struct Permit<A> {
    platform: PlatformId,
    by: Option<MemberId>,
    subject: Option<Uuid>,
    action: PhantomData<A>,
}

impl<A> Permit<A> {
    /// Only the policies of this crate call this.
    pub(crate) const fn granted(platform: PlatformId, by: Option<MemberId>, subject: Option<Uuid>) -> Self {
        Self { platform, by, subject, action: PhantomData }
    }

    pub const fn platform(&self) -> PlatformId {
        self.platform
    }

    /// The member who acts; `None` for visitors and for the platform itself.
    pub const fn by(&self) -> Option<MemberId> {
        self.by
    }

    /// The thing that may be changed; `None` where something new is made.
    pub const fn subject(&self) -> Option<Uuid> {
        self.subject
    }
}

impl Permit<action::Operate> {
    /// For the program's own commands and jobs, which no request reaches: migrations, seeding,
    /// retention. The name is long so that it stands out in a review.
    pub const fn for_the_platform_itself(platform: PlatformId) -> Self {
        Self::granted(platform, None, None)
    }
}

/// The answer is no. Says whether signing in could help, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    /// Sign in first.
    SignInFirst,
    /// Not with this account.
    NotAllowed,
}
