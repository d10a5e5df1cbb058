//! What travels from the server to a conversation.

use serde::{Deserialize, Serialize};

use crate::forms::Filled;
use crate::ui::Moment;

/// A comment, as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    pub id: String,
    /// Empty for a comment that began a thread; else that comment.
    pub reply_to: String,
    /// Taken away, but replies hang on it.
    pub gone: bool,
    pub version: i64,
    pub name: String,
    pub tone: u8,
    pub at: Moment,
    pub edited: bool,
    pub thanks: i64,
    pub html: String,
}

/// One page of a conversation, the same for all its readers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationView {
    pub comments: Vec<CommentView>,
    /// Where it goes on, for the address.
    pub next: Option<String>,
    /// The number of the last change in it.
    pub version: i64,
    pub count: i64,
    pub closed: bool,
    /// How many said thanks for the post.
    pub thanks: i64,
}

/// What the reader may do, and what they did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartView {
    pub written: Vec<String>,
    /// Those of them that wait for somebody to look at them: nobody can answer them yet.
    pub held: Vec<String>,
    pub thanked: Vec<String>,
    pub thanked_post: bool,
    pub may_comment: bool,
    pub may_thank: bool,
    pub may_remove_any: bool,
    pub may_close: bool,
}

/// A conversation with what its reader may do in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentsView {
    pub conversation: ConversationView,
    pub part: PartView,
    /// A new comment that could not be sent, as it was typed.
    pub typed: Filled<CommentForm>,
    /// One's own comment, when the address opens it: as it was written, or as it was typed and could not be saved.
    pub source: Option<Filled<CommentForm>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentForm {
    pub body: String,
    /// Key of the comment that it answers, or that it changes.
    pub id: String,
    /// The version that it changes; 0 for a new one.
    pub version: i64,
}

/// A comment for the reader of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForYouView {
    pub address: String,
    pub post: String,
    pub name: String,
    pub tone: u8,
    pub at: Moment,
    pub mentioned: bool,
    pub html: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForYouList {
    pub items: Vec<ForYouView>,
    pub next: Option<String>,
}

/// What the address says about the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The comment that is answered.
    pub answer: String,
    /// One's own comment that is changed.
    pub change: String,
}
