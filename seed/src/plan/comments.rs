//! What people say under posts, and how many say thanks. Under the written posts stands what was written with them;
//! under the others, what is put together from parts: one post at a time, so that half a million comments never
//! stand in memory.

use std::collections::BTreeMap;

use domain::clock::{Span, Timestamp};
use domain::comments::draft;
use domain::comments::mentions::{self, Known};
use domain::id::{CommentId, MemberId, PostId};
use domain::posts::PostKind;

use super::members::Everybody;
use super::{PlannedMember, PlannedPost, SitePlan};
use crate::Error;
use crate::content::{self, CommentParts, Site, Words};
use crate::random::Seeded;
use crate::say::{Say, Spoken, Voice};

/// Most answers come within this time, and all of them within seven times this time.
const SOON: Span = Span::days(2);
/// As many comments as the liveliest post has.
const MOST: usize = 120;
/// So many has a post that everybody talks about, at the least.
const LIVELY: usize = 40;
/// How many of a thousand posts that is.
const LIVELY_POSTS: usize = 16;
/// As many thanks as a post gets.
const MOST_THANKS: usize = 40;
/// So many thanks has a post that everybody was glad of, at the least.
const THANKED: usize = 20;
/// How many of a thousand posts that is.
const THANKED_POSTS: usize = 15;

/// How much is said under a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TalkSize {
    pub comments: usize,
    /// For the post itself, at most.
    pub thanks: usize,
}

/// A comment before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedComment {
    pub id: CommentId,
    /// The comment that began the thread; itself when that is this one.
    pub thread: CommentId,
    pub author: MemberId,
    pub at: Timestamp,
    pub body: String,
    /// The same as Markdown in which names stand out.
    pub markdown: String,
    pub named: Vec<MemberId>,
    /// Who wrote the post and who began the thread.
    pub answered: [MemberId; 2],
    pub thanks: Vec<MemberId>,
}

/// What was said under one post, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    pub comments: Vec<PlannedComment>,
    pub thanks: Vec<MemberId>,
}

/// The conversations of the content files; `posts` are the written ones in the order of the files.
pub fn written(
    site: &Site,
    people: &Everybody,
    posts: &[PlannedPost],
    now: Timestamp,
    random: &Seeded,
) -> Result<BTreeMap<PostId, Vec<PlannedComment>>, Error> {
    let names: BTreeMap<MemberId, &str> =
        people.members.iter().map(|member| (member.id, member.name.as_str())).collect();
    let keys: BTreeMap<&str, &PlannedPost> = site.posts.iter().map(|post| post.key).zip(posts).collect();
    let mut all = BTreeMap::new();
    for conversation in &site.comments {
        let wrong = |what: &str| Error::Content(format!("the comments on {}: {what}", conversation.post));
        let post = keys.get(conversation.post).ok_or_else(|| wrong("no such post"))?;
        let last = conversation.lines.iter().map(|line| line.after.0).max().unwrap_or_default();
        // A post of yesterday evening has not been there for long: then all of it came faster.
        let room = (now.0 - post.published_at.0) * 9 / 10;
        let mut said: Vec<PlannedComment> = Vec::new();
        let mut thread: Option<(CommentId, MemberId)> = None;
        let mut known = vec![known(post.author, &names)];
        for line in &conversation.lines {
            let after = if last > room { line.after.0 * room / last } else { line.after.0 };
            let at = post.published_at.plus(Span(after));
            let author = people.find(line.author)?;
            let body = draft::body(line.body).map_err(|fault| wrong(&format!("{fault:?}")))?;
            let id = CommentId::new(at, random);
            let (thread, began_by) = match thread {
                Some(begun) if line.reply => begun,
                None if line.reply => return Err(wrong("a reply to nothing")),
                _ => *thread.insert((id, author)),
            };
            said.push(planned(post, (id, thread, began_by), author, at, body, &known));
            known.push(self::known(author, &names));
        }
        said.sort_by_key(|comment| comment.id);
        all.insert(post.id, said);
    }
    Ok(all)
}

fn known(id: MemberId, names: &BTreeMap<MemberId, &str>) -> Known {
    Known { id, name: names.get(&id).copied().unwrap_or_default().to_owned() }
}

fn planned(
    post: &PlannedPost,
    (id, thread, began_by): (CommentId, CommentId, MemberId),
    author: MemberId,
    at: Timestamp,
    body: String,
    known: &[Known],
) -> PlannedComment {
    let named = mentions::mentioned(&body, known);
    let markdown = mentions::marked(&body, known);
    let answered = [post.author, began_by];
    PlannedComment { id, thread, author, at, body, markdown, named, answered, thanks: Vec::new() }
}

/// How much is said under each of the posts: `comments` together, under most of them little and under some much.
pub fn sizes(
    posts: &[PlannedPost],
    written: &BTreeMap<PostId, Vec<PlannedComment>>,
    composed: &[bool],
    (comments, thanks): (usize, usize),
    parts: &CommentParts,
    random: &Seeded,
) -> Vec<TalkSize> {
    let most: Vec<usize> = posts
        .iter()
        .zip(composed)
        .map(|(post, composed)| match (composed, post.text.kind) {
            (false, _) => 0,
            (true, PostKind::Initiative) => parts.capacity(PostKind::Initiative).min(MOST),
            // Nobody goes on for long about what they cannot join in.
            (true, kind) => parts.capacity(kind).min(LIVELY - 1),
        })
        .collect();
    let already: usize = written.values().map(Vec::len).sum();
    let talk = spread(&most, comments.saturating_sub(already), (LIVELY_POSTS, LIVELY), random);
    let thanked = spread(&vec![MOST_THANKS; posts.len()], thanks, (THANKED_POSTS, THANKED), random);
    posts
        .iter()
        .zip(talk.into_iter().zip(thanked))
        .map(|(post, (composed, thanks))| TalkSize {
            comments: written.get(&post.id).map_or(composed, Vec::len),
            thanks,
        })
        .collect()
}

/// Gives out `wanted` over places that take no more than `most` each; `lively` of a thousand get very many.
fn spread(most: &[usize], wanted: usize, (lively, at_least): (usize, usize), random: &Seeded) -> Vec<usize> {
    let wanted = wanted.min(most.iter().sum());
    let mut left = wanted;
    let mut shares = vec![0_usize; most.len()];
    let open: Vec<usize> = (0..most.len()).filter(|place| most[*place] >= at_least).collect();
    // So that also a small community has one of them.
    for _ in 0..(most.len() * lively / 1000).max(1).min(open.len()) {
        let place = open[random.below(open.len())];
        let share = at_least + random.mostly_low(most[place] - at_least + 1);
        if shares[place] == 0 && share <= left {
            shares[place] = share;
            left -= share;
        }
    }
    let weights: Vec<usize> = most
        .iter()
        .zip(&shares)
        .map(|(most, share)| if *most == 0 || *share > 0 { 0 } else { (2 + random.below(98)).pow(3) })
        .collect();
    let sum = weights.iter().sum::<usize>().max(1);
    let rest = left;
    for ((share, weight), most) in shares.iter_mut().zip(&weights).zip(most) {
        let more = (weight * rest / sum).min(most.saturating_sub(*share));
        *share += more;
        left -= more;
    }
    // What was rounded away goes anywhere; there is room, because no more is wanted than fits.
    let mut place = 0;
    while left > 0 {
        place = if random.chance(50) { random.below(most.len()) } else { (place + 1) % most.len() };
        if shares[place] < most[place] {
            shares[place] += 1;
            left -= 1;
        }
    }
    shares
}

/// Puts conversations together.
#[derive(Debug)]
pub struct Talk<'a> {
    site: &'a SitePlan,
    parts: CommentParts,
    words: Words,
    /// Place of each member in the list of members.
    places: BTreeMap<MemberId, usize>,
}

impl<'a> Talk<'a> {
    /// # Errors
    /// The content files contradict themselves.
    pub fn new(site: &'a SitePlan) -> Result<Self, Error> {
        let places = site.members.iter().enumerate().map(|(place, member)| (member.id, place)).collect();
        Ok(Self { site, parts: content::comment_parts()?, words: content::words()?, places })
    }

    /// The conversation under one post. The same post gives the same conversation, whatever was asked before.
    pub fn under(&self, post: &PlannedPost, size: TalkSize) -> Conversation {
        let random = &Seeded::new(post.id.0.as_u64_pair().1);
        let mut comments = match self.site.written_comments.get(&post.id) {
            Some(written) => written.clone(),
            None => self.composed(post, size.comments, random),
        };
        for comment in &mut comments {
            if random.chance(self.site.comment_thanks) {
                let count = 1 + random.mostly_low(5);
                comment.thanks = self.grateful(count, comment.author, comment.at, random);
            }
        }
        let thanks = self.grateful(size.thanks, post.author, post.published_at, random);
        Conversation { comments, thanks }
    }

    fn composed(&self, post: &PlannedPost, count: usize, random: &Seeded) -> Vec<PlannedComment> {
        let topic = post.text.topic.and_then(|id| self.site.platform.topic(id));
        let topic = topic.map_or("", |topic| topic.slug.as_str());
        let mut say = Say::new(&self.parts, &self.words, post.text.kind, topic, count, random);
        let mut said: Vec<PlannedComment> = Vec::with_capacity(count);
        let mut threads: Vec<usize> = Vec::new();
        for at in self.moments(post, count, random) {
            let id = CommentId::new(at, random);
            let voice = say.voice(!threads.is_empty(), random);
            let to = match voice {
                Voice::Begin => None,
                Voice::Reply => somewhere(&threads, &said, None, random),
                Voice::AuthorReply => somewhere(&threads, &said, Some(post.author), random),
            };
            let answered = to.and_then(|to| said.get(to)).map(|one| (one.thread, one.author));
            let author = match voice {
                Voice::AuthorReply => post.author,
                _ => self.somebody(at, answered.map(|(_, author)| author), post.author, random),
            };
            let to_name = answered.map_or("", |(_, author)| self.name(author));
            let spoken = Spoken { post_author: self.name(post.author), to: to_name };
            let body = say.next(voice, spoken, random);
            let thread = answered.map_or(id, |(thread, _)| thread);
            let began_by = said.iter().find(|one| one.id == thread).map_or(author, |one| one.author);
            let known: Vec<Known> =
                answered.iter().map(|(_, id)| Known { id: *id, name: to_name.to_owned() }).collect();
            if to.is_none() {
                threads.push(said.len());
            }
            said.push(planned(post, (id, thread, began_by), author, at, body, &known));
        }
        said
    }

    fn name(&self, member: MemberId) -> &'a str {
        let place = self.places.get(&member).copied();
        place.and_then(|place| self.site.members.get(place)).map_or("", |member| &member.name)
    }

    /// Who had joined by then, oldest first.
    fn joined(&self, at: Timestamp) -> &'a [PlannedMember] {
        let members = &self.site.members;
        &members[..members.partition_point(|member| member.joined < at)]
    }

    /// Somebody who answers: not who is answered, not who wrote the post when there is a choice, and none of the
    /// demo accounts, which have a character of their own.
    fn somebody(
        &self,
        at: Timestamp,
        answered: Option<MemberId>,
        post_author: MemberId,
        random: &Seeded,
    ) -> MemberId {
        let members = self.joined(at);
        let fits =
            |member: &&PlannedMember| !member.demo && Some(member.id) != answered && member.id != post_author;
        (0..20)
            .filter_map(|_| {
                // Few talk much and many talk now and then.
                let place = if random.chance(50) {
                    random.mostly_low(members.len())
                } else {
                    random.below(members.len())
                };
                members.get(place)
            })
            .find(fits)
            .or_else(|| members.iter().find(fits))
            .map_or(post_author, |member| member.id)
    }

    /// When people answer: after the post and before now, most of them soon, and not in the night when it can be
    /// helped. Each at another millisecond, so that the order of the keys is the order in time.
    fn moments(&self, post: &PlannedPost, count: usize, random: &Seeded) -> Vec<Timestamp> {
        const NIGHT: i64 = Span::hours(6).0;
        let begin = post.published_at.0 + 1;
        // The last moments before now are kept for putting equal ones apart.
        let room = self.site.now.0 - begin - i64::try_from(count).unwrap_or_default();
        let mut moments: Vec<i64> = (0..count)
            .map(|_| {
                let soon = if random.chance(92) { SOON.0 } else { SOON.0 * 7 };
                let span = soon.min(room);
                let at = begin + random.span(span).min(random.span(span));
                let hour = at.rem_euclid(Span::days(1).0);
                if hour < NIGHT && at + NIGHT < begin + room { at + NIGHT } else { at }
            })
            .collect();
        moments.sort_unstable();
        let mut before = begin;
        for moment in &mut moments {
            *moment = (*moment).max(before + 1);
            before = *moment;
        }
        moments.into_iter().map(Timestamp).collect()
    }

    /// Up to `count` others, each once.
    fn grateful(&self, count: usize, but: MemberId, at: Timestamp, random: &Seeded) -> Vec<MemberId> {
        let members = self.joined(at);
        let mut all: Vec<MemberId> = (0..count)
            .filter_map(|_| members.get(random.below(members.len())))
            .map(|member| member.id)
            .filter(|member| *member != but)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The last thing that was said in some thread, by anybody but `but`: of two threads the newer one.
fn somewhere(
    threads: &[usize],
    said: &[PlannedComment],
    but: Option<MemberId>,
    random: &Seeded,
) -> Option<usize> {
    let place = random.below(threads.len()).max(random.below(threads.len()));
    let begun = said.get(*threads.get(place)?)?.id;
    said.iter().rposition(|one| one.thread == begun && Some(one.author) != but)
}
