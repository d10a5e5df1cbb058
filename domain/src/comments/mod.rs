//! Comments under posts, with one level of replies, and thanks.

pub mod draft;
pub mod mentions;
pub mod policy;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::{CommentId, MemberId, PostId};

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentStatus {
    Published,
    Removed,
    /// Taken out of sight by a moderator until it is changed.
    Hidden,
    /// Waits for somebody to look at it.
    Held,
}

impl CommentStatus {
    pub const ALL: [Self; 4] = [Self::Published, Self::Removed, Self::Hidden, Self::Held];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Removed => "removed",
            Self::Hidden => "hidden",
            Self::Held => "held",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// Whether its author sees it where it was written.
    pub const fn is_there(self) -> bool {
        matches!(self, Self::Published | Self::Held)
    }
}

/// A comment, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    pub post: PostId,
    /// The comment that began the thread: itself, or the one it replies to.
    pub thread: CommentId,
    pub status: CommentStatus,
    pub author: MemberId,
    pub author_name: String,
    /// Counts up with every change.
    pub version: i64,
    /// The number of the change among all changes to this post's comments; later changes have higher numbers.
    pub changed_in: i64,
    pub at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub removed_by: Option<MemberId>,
    /// How many members said thanks.
    pub thanks: i64,
    /// Sanitised.
    pub html: String,
    /// Markdown, as it was typed.
    pub body: String,
}

impl Comment {
    pub fn is_reply(&self) -> bool {
        self.thread != self.id
    }
}

/// What a post keeps of the conversation under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// How many comments are published.
    pub comments: i64,
    /// The number of the last change to them.
    pub version: i64,
    /// How many members said thanks for the post.
    pub thanks: i64,
    /// Nothing can be added any more.
    pub closed: bool,
}

/// What of a conversation is one member's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// Their own comments.
    pub written: Vec<CommentId>,
    /// The comments they said thanks for.
    pub thanked: Vec<CommentId>,
    /// They said thanks for the post itself.
    pub thanked_post: bool,
    /// Those of their own that wait for somebody to look at them: nobody else sees them.
    pub held: Vec<CommentId>,
}
