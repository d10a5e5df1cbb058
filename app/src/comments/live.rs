//! New comments while the page is open. Only in a browser; without JavaScript, or when the connection cannot be
//! made, the page shows them when it is read again.

use leptos::prelude::*;

use super::view::CommentView;

/// Follows a conversation from the change number `since` on, and gives what to say about what is new.
#[cfg(not(feature = "ssr"))]
pub(super) fn listen(
    post: &str,
    since: i64,
    comments: RwSignal<Vec<CommentView>>,
    count: RwSignal<i64>,
    is_last: bool,
) -> Signal<String> {
    use gloo_net::eventsource::futures::EventSource;
    use leptos::task::spawn_local;

    use crate::texts::{fill, use_texts};

    let t = use_texts();
    let news = RwSignal::new(String::new());
    let address = format!("/berichten/{post}/reacties/stroom?na={since}");
    Effect::new(move |_| {
        let Ok(mut source) = EventSource::new(&address) else { return };
        let Ok(messages) = source.subscribe("reacties") else { return };
        let source = StoredValue::new_local(Some(source));
        on_cleanup(move || source.try_update_value(|source| drop(source.take())).unwrap_or_default());
        spawn_local(async move {
            let mut messages = messages;
            while let Some(Ok((_, event))) = next(&mut messages).await {
                let text = event.data().as_string().unwrap_or_default();
                let Some(changed) = crate::wire::unpack::<Vec<CommentView>>(&text) else { continue };
                let named = changed.last().map(|comment| comment.name.clone()).unwrap_or_default();
                let more = comments.try_update(|all| merge(all, changed, is_last));
                let Some((added, gone)) = more else { return };
                count.try_update(|count| *count += added - gone);
                if added > 0 {
                    news.try_set(fill(t.comments_new, &[("name", &named)]));
                }
            }
        });
    });
    news.into()
}

#[cfg(not(feature = "ssr"))]
async fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|cx| std::pin::Pin::new(&mut *stream).poll_next(cx)).await
}

#[cfg(feature = "ssr")]
pub(super) fn listen(
    _post: &str,
    _since: i64,
    _comments: RwSignal<Vec<CommentView>>,
    _count: RwSignal<i64>,
    _is_last: bool,
) -> Signal<String> {
    RwSignal::new(String::new()).into()
}

/// Puts what changed where it belongs; how many came and how many went.
#[cfg(any(not(feature = "ssr"), test))]
fn merge(all: &mut Vec<CommentView>, changed: Vec<CommentView>, is_last: bool) -> (i64, i64) {
    let (mut added, mut gone) = (0, 0);
    for comment in changed {
        if let Some(place) = all.iter().position(|old| old.id == comment.id) {
            gone += i64::from(comment.gone && !all[place].gone);
            added += i64::from(!comment.gone && all[place].gone);
            all[place] = comment;
        } else if !comment.gone {
            // A reply comes after the last of its thread; a new thread at the end.
            let thread = all.iter().rposition(|old| {
                !comment.reply_to.is_empty()
                    && (old.id == comment.reply_to || old.reply_to == comment.reply_to)
            });
            match thread {
                Some(last) => all.insert(last + 1, comment),
                None if is_last && comment.reply_to.is_empty() => all.push(comment),
                None => {}
            }
            added += 1;
        }
    }
    (added, gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Moment;

    fn comment(id: &str, reply_to: &str) -> CommentView {
        CommentView {
            id: id.into(),
            reply_to: reply_to.into(),
            gone: false,
            version: 1,
            name: id.into(),
            tone: 1,
            at: Moment::default(),
            edited: false,
            thanks: 0,
            html: String::new(),
        }
    }

    fn ids(all: &[CommentView]) -> Vec<&str> {
        all.iter().map(|one| one.id.as_str()).collect()
    }

    #[test]
    fn a_reply_comes_into_its_thread_and_a_comment_at_the_end() {
        let mut all = vec![comment("a", ""), comment("a1", "a"), comment("b", "")];
        assert_eq!(merge(&mut all, vec![comment("a2", "a"), comment("c", "")], true), (2, 0));
        assert_eq!(ids(&all), ["a", "a1", "a2", "b", "c"]);
    }

    #[test]
    fn what_is_told_twice_is_there_once() {
        let mut all = vec![comment("a", "")];
        assert_eq!(merge(&mut all, vec![comment("a", "")], true), (0, 0));
        let gone = CommentView { gone: true, ..comment("a", "") };
        assert_eq!(merge(&mut all, vec![gone.clone(), gone], true), (0, 1));
        assert_eq!(ids(&all), ["a"]);
    }

    #[test]
    fn what_belongs_on_a_later_page_is_only_counted() {
        let mut all = vec![comment("a", "")];
        assert_eq!(merge(&mut all, vec![comment("z", "")], false), (1, 0));
        assert_eq!(ids(&all), ["a"]);
    }
}
