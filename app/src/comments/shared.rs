//! Who sees the same conversation as others, so that the server makes it for all of them once.

use super::view::CommentsView;
#[cfg(feature = "ssr")]
use {super::view::PartView, crate::forms::Filled, crate::site::use_site};

/// What all who see the same of a conversation have in common, in words; `None` for what is this reader's alone.
#[cfg(feature = "ssr")]
pub(super) fn for_many(
    view: &CommentsView,
    post: &str,
    in_address: impl Fn(&'static str) -> String,
) -> Option<String> {
    let reader = &use_site().viewer;
    let same = in_address("antwoord").is_empty()
        && in_address("verander").is_empty()
        && view.is_for_many(&reader.name);
    same.then(|| {
        format!("conversation {post} {} {} {}", in_address("na"), reader.signed_in, view.part.name())
    })
}

/// In the browser there is no difference.
#[cfg(not(feature = "ssr"))]
pub(super) fn for_many(
    _view: &CommentsView,
    _post: &str,
    _in_address: impl Fn(&'static str) -> String,
) -> Option<String> {
    None
}

#[cfg(feature = "ssr")]
impl PartView {
    /// Nothing in the conversation is the reader's own, and they decide about nothing in it.
    pub(super) const fn is_plain(&self) -> bool {
        self.written.is_empty()
            && self.held.is_empty()
            && self.thanked.is_empty()
            && !self.may_remove_any
            && !self.may_close
    }

    /// The same for all who may do the same, of those without anything of their own.
    pub(super) fn name(&self) -> String {
        format!("{} {} {}", self.thanked_post, self.may_comment, self.may_thank)
    }
}

#[cfg(feature = "ssr")]
impl CommentsView {
    /// All readers with the same [`PartView::name`] see the same, but for who has the name of one who wrote: they are
    /// not offered that name.
    fn is_for_many(&self, reader: &str) -> bool {
        self.part.is_plain()
            && self.source.is_none()
            && self.typed == Filled::default()
            && self.conversation.comments.iter().all(|comment| comment.name != reader)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::super::view::{CommentForm, ConversationView};
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
