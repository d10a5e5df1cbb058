//! Conversations that are filled in as a whole, by the operator.

use domain::id::{MemberId, PostId};
use domain::permit::Permit;
use domain::permit::action::Operate;

use super::thanks::{COUNT_COMMENT, THANK_COMMENT, THANK_POST};
use super::write::CommentEntry;
use crate::conn::change;
use crate::error::Result;
use crate::search::file_comments;
use crate::tenant::Write;

/// A comment as it was made at some time.
#[derive(Clone, Copy, Debug)]
pub struct PastComment<'a> {
    pub entry: CommentEntry<'a>,
    /// Members who are named in it.
    pub mentions: &'a [MemberId],
    /// Members whose post or thread it answers.
    pub answered: &'a [MemberId],
    /// Who said thanks for it, each once.
    pub thanks: &'a [MemberId],
}

impl Write {
    /// Fills a database with what was said under a post, in the order in which it was said, and with thanks for the
    /// post, each by another member. The conversation is counted once, however long it is.
    ///
    /// # Errors
    /// The post, a thread or a member is not there, or the database refuses.
    pub async fn insert_conversation_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        post: PostId,
        comments: &[PastComment<'_>],
        thanks: &[MemberId],
    ) -> Result<()> {
        self.allow(permit)?;
        if comments.is_empty() && thanks.is_empty() {
            return Ok(());
        }
        let platform = self.platform().0;
        let changes = count(comments.len()).max(1);
        let (last, _) = self.count_changes(post, count(comments.len()), count(thanks.len()), changes).await?;
        for (changed_in, comment) in (last - changes + 1..).zip(comments) {
            let entry = &comment.entry;
            self.insert_entry(post, entry, Some(changed_in)).await?;
            self.tell_readers((entry.id, entry.author), comment.mentions, comment.answered.iter().copied())
                .await?;
            for member in comment.thanks {
                change!(self, conn => sqlx::query(THANK_COMMENT)
                    .bind(platform).bind(entry.id.0).bind(post.0).bind(member.0)
                    .execute(conn).await.map(|_| ()))?;
            }
            if !comment.thanks.is_empty() {
                change!(self, conn => sqlx::query(COUNT_COMMENT)
                    .bind(platform).bind(entry.id.0).bind(count(comment.thanks.len())).bind(changed_in)
                    .execute(conn).await.map(|_| ()))?;
            }
        }
        let filed: Vec<_> = comments.iter().map(|comment| comment.entry.filed()).collect();
        file_comments(self, &filed).await?;
        for member in thanks {
            change!(self, conn => sqlx::query(THANK_POST)
                .bind(platform).bind(post.0).bind(member.0)
                .execute(conn).await.map(|_| ()))?;
        }
        self.touch();
        Ok(())
    }
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}
