//! From what somebody typed to a comment that can be published.

use serde::{Deserialize, Serialize};

use crate::id::CommentId;
use crate::limits;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentDraft {
    #[serde(default)]
    pub body: String,
    /// Key of the comment that this one answers; empty for the post itself.
    #[serde(default)]
    pub reply_to: String,
}

/// A comment in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidComment {
    body: String,
    reply_to: Option<CommentId>,
}

impl ValidComment {
    pub fn body(&self) -> &str {
        &self.body
    }
    pub const fn reply_to(&self) -> Option<CommentId> {
        self.reply_to
    }
}

impl CommentDraft {
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<ValidComment, Problems> {
        let body = body(&self.body).map_err(|fault| Problems::one(Field::Message, fault))?;
        let reply_to = match self.reply_to.as_str() {
            "" => None,
            key => Some(key.parse().map_err(|_| Problems::one(Field::Form, Fault::Gone))?),
        };
        Ok(ValidComment { body, reply_to })
    }
}

/// The text of a comment.
///
/// # Errors
/// The one thing that is wrong with it.
pub fn body(typed: &str) -> Result<String, Fault> {
    let body = text::lines(typed);
    let length = text::length(&body);
    if length == 0 {
        Err(Fault::Required)
    } else if length > limits::COMMENT_MAX {
        Err(Fault::TooLong { max: limits::COMMENT_MAX, is: length })
    } else if !text::is_visible(&body) {
        Err(Fault::NoText)
    } else {
        Ok(body)
    }
}
