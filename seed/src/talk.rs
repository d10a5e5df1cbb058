//! Writes the conversations of a community, one post at a time.

use domain::clock::Span;
use domain::permit::Permit;
use domain::permit::action::Operate;
use store::Write;
use store::comments::{CommentEntry, PastComment};

use crate::plan::{Conversation, SitePlan, Talk};
use crate::{Error, Rendered};

/// What is older is nobody's news any more.
const NEWS: Span = Span::days(30);

pub async fn conversations(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let talk = Talk::new(site)?;
    for (post, size) in site.posts.iter().zip(&site.talk) {
        let Conversation { comments, thanks } = talk.under(post, *size);
        let html: Vec<String> = comments.iter().map(|comment| render(&comment.markdown).html).collect();
        let past: Vec<PastComment<'_>> = comments
            .iter()
            .zip(&html)
            .map(|(comment, html)| {
                let news = comment.at > site.now.minus(NEWS);
                PastComment {
                    entry: CommentEntry {
                        id: comment.id,
                        thread: comment.thread,
                        author: comment.author,
                        html,
                        body: &comment.body,
                        at: comment.at,
                    },
                    mentions: if news { &comment.named } else { &[] },
                    answered: if news { &comment.answered } else { &[] },
                    thanks: &comment.thanks,
                }
            })
            .collect();
        write.insert_conversation_as_operator(permit, post.id, &past, &thanks).await?;
    }
    Ok(())
}
