//! The last day of a post.

use leptos::prelude::*;

use super::view::ShowView;
use crate::texts::{fill, use_texts};
use crate::ui::{Notice, NoticeKind, PostButton};

/// A server function that only the server has.
const EXTEND: &str = "/api/posts/extend";

/// Until when it is to be read, or was.
#[component]
pub(super) fn LastDay(post: ShowView) -> impl IntoView {
    let t = use_texts();
    let extend = post.may_extend.then(|| {
        view! { <PostButton action=EXTEND fields=vec![("id", post.id.clone())] label=t.extend/> }
    });
    let words = if post.expired { t.post_expired } else { t.post_expires };
    // To everybody else the last day is news only when it is over.
    (post.expired || post.may_extend).then(|| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{fill(words, &[("day", &post.last_day)])}</p>
                {extend}
            </Notice>
        }
    })
}
