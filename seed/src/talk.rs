//! What people say under posts, and how many say thanks: put together from parts, one post at a time, so that half a
//! million comments never stand in memory.

use std::collections::BTreeMap;

use domain::clock::{Span, Timestamp};
use domain::id::{CommentId, MemberId};
use domain::permit::Permit;
use domain::permit::action::Operate;
use domain::posts::PostKind;
use store::Write;
use store::comments::NewComment;

use crate::content;
use crate::plan::{PlannedMember, PlannedPost, SitePlan};
use crate::random::Seeded;
use crate::{Error, Rendered};

/// Most answers come within this time.
const SOON: Span = Span::days(2);
/// As many comments as the liveliest post has.
const MOST: usize = 120;
/// How many of a hundred comments answer another.
const REPLIES: usize = 30;

type Parts = BTreeMap<String, Vec<String>>;

/// A comment before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedComment {
    pub id: CommentId,
    /// The comment that began the thread; itself when that is this one.
    pub thread: CommentId,
    pub author: MemberId,
    pub at: Timestamp,
    pub body: String,
}

/// How many comments each post gets: together `wanted`, most of them few and some of them many.
pub fn shares(posts: usize, wanted: usize, random: &Seeded) -> Vec<usize> {
    let weights: Vec<usize> = (0..posts).map(|_| random.below(100).pow(3)).collect();
    let sum = weights.iter().sum::<usize>().max(1);
    let mut shares: Vec<usize> = weights.iter().map(|weight| (weight * wanted / sum).min(MOST)).collect();
    let mut left = wanted.saturating_sub(shares.iter().sum());
    while left > 0 && posts > 0 {
        let place = random.below(posts);
        if let Some(share) = shares.get_mut(place).filter(|share| **share < MOST) {
            *share += 1;
            left -= 1;
        } else if wanted > posts * MOST {
            break;
        }
    }
    shares
}

/// The conversation under one post: after it, before `now`, by people who were members.
pub fn under(
    post: &PlannedPost,
    count: usize,
    members: &[PlannedMember],
    now: Timestamp,
    parts: &Parts,
    random: &Seeded,
) -> Vec<PlannedComment> {
    let room = (now.0 - post.published_at.0).clamp(1, SOON.0);
    let mut moments: Vec<i64> = (0..count).map(|_| random.span(room).min(random.span(room)) + 1).collect();
    moments.sort_unstable();
    let mut said: Vec<PlannedComment> = Vec::with_capacity(count);
    for moment in moments {
        let at = Timestamp((post.published_at.0 + moment).min(now.0 - 1));
        let author = somebody(post, members, random);
        let id = CommentId::new(at, random);
        let begun: Vec<CommentId> =
            said.iter().filter(|one| one.thread == one.id).map(|one| one.id).collect();
        let thread = match begun.len() {
            0 => id,
            _ if !random.chance(REPLIES) => id,
            some => begun.get(random.below(some)).copied().unwrap_or(id),
        };
        let body = (0..8)
            .map(|_| sentence(post.text.kind, thread != id, parts, random))
            .find(|body| said.iter().all(|one| one.body != *body))
            .unwrap_or_else(|| sentence(post.text.kind, thread != id, parts, random));
        said.push(PlannedComment { id, thread, author, at, body });
    }
    said
}

/// Somebody who was a member when the post came; now and then its author.
fn somebody(post: &PlannedPost, members: &[PlannedMember], random: &Seeded) -> MemberId {
    (0..8)
        .filter_map(|_| members.get(random.mostly_low(members.len())))
        .find(|member| member.joined <= post.published_at)
        .map_or(post.author, |member| member.id)
}

fn sentence(kind: PostKind, reply: bool, parts: &Parts, random: &Seeded) -> String {
    let of = |name: &str| {
        let all = parts.get(name).map(Vec::as_slice).unwrap_or_default();
        all.get(random.below(all.len())).map(String::as_str).unwrap_or_default()
    };
    match (kind, reply) {
        (PostKind::Memorial, true) => of("condolences").to_owned(),
        (PostKind::Memorial, false) => of("memorial").to_owned(),
        (_, true) => of("replies").to_owned(),
        (kind, false) => format!("{} {}", of("openings"), of(kind.key())).trim().to_owned(),
    }
}

/// Writes the conversations of a community.
///
/// # Errors
/// The parts cannot be read, or the database refuses.
pub async fn conversations(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let parts = content::comments()?;
    let random = Seeded::new(77);
    let shares = shares(site.posts.len(), site.comments, &random);
    // In a large community nobody counts them one by one.
    let thankful = if site.posts.len() > 10_000 { 13 } else { 40 };
    for (post, count) in site.posts.iter().zip(shares) {
        let said = under(post, count, &site.members, site.now, &parts, &random);
        for comment in &said {
            let new = NewComment {
                id: comment.id,
                post: post.id,
                post_author: post.author,
                reply_to: None,
                mentions: &[],
                html: &render(&comment.body).html,
                body: &comment.body,
                at: comment.at,
                twice_since: comment.at,
            };
            write.insert_comment_as_operator(permit, comment.author, comment.thread, &new).await?;
        }
        let mut grateful: Vec<MemberId> =
            (0..random.mostly_low(thankful)).map(|_| somebody(post, &site.members, &random)).collect();
        grateful.sort_unstable();
        grateful.dedup();
        grateful.retain(|member| *member != post.author);
        if !grateful.is_empty() {
            write.thank_post_as_operator(permit, post.id, &grateful).await?;
        }
    }
    Ok(())
}
