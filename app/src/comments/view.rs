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

#[cfg(feature = "ssr")]
impl PartView {
    /// Nothing in the conversation is the reader's own, and they decide about nothing in it.
    pub const fn is_plain(&self) -> bool {
        self.written.is_empty()
            && self.held.is_empty()
            && self.thanked.is_empty()
            && !self.may_remove_any
            && !self.may_close
    }

    /// The same for all who may do the same, of those without anything of their own.
    pub fn name(&self) -> String {
        format!("{} {} {}", self.thanked_post, self.may_comment, self.may_thank)
    }
}

#[cfg(feature = "ssr")]
impl CommentsView {
    /// All readers with the same [`PartView::name`] see the same, but for who has the name of one who wrote: they are
    /// not offered that name.
    pub fn is_for_many(&self, reader: &str) -> bool {
        self.part.is_plain()
            && self.source.is_none()
            && self.typed == Filled::default()
            && self.conversation.comments.iter().all(|comment| comment.name != reader)
    }
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_somebodys_own_is_never_shown_to_many() {
        let plain = || CommentsView {
            conversation: ConversationView { count: 1, ..ConversationView::default() },
            part: PartView { may_comment: true, may_thank: true, thanked_post: true, ..PartView::default() },
            ..CommentsView::default()
        };
        assert!(plain().is_for_many("Joke"));
        let id = || vec!["a".to_owned()];
        let parts: [fn(&mut PartView, Vec<String>); 5] = [
            |part, id| part.written = id,
            |part, id| part.held = id,
            |part, id| part.thanked = id,
            |part, _| part.may_remove_any = true,
            |part, _| part.may_close = true,
        ];
        for change in parts {
            let mut view = plain();
            change(&mut view.part, id());
            assert!(!view.is_for_many("Joke"), "{:?}", view.part);
        }
        let typed = Filled {
            typed: CommentForm { body: "Zin".to_owned(), ..CommentForm::default() },
            ..Filled::default()
        };
        assert!(!CommentsView { typed: typed.clone(), ..plain() }.is_for_many("Joke"));
        assert!(!CommentsView { source: Some(typed), ..plain() }.is_for_many("Joke"));
    }

    #[test]
    fn those_who_may_do_something_else_see_something_else() {
        let mut names: Vec<String> = (0..8)
            .map(|bits| PartView {
                thanked_post: bits & 1 > 0,
                may_comment: bits & 2 > 0,
                may_thank: bits & 4 > 0,
                ..PartView::default()
            })
            .map(|part| part.name())
            .collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 8);
    }
}
