//! Comments put together from parts, so that nobody reads the same sentence twice under one post.

use domain::posts::PostKind;

use crate::compose::capitals;
use crate::content::{CommentParts, Words};
use crate::random::Seeded;

/// How many of a hundred comments answer another.
const REPLIES: usize = 34;
/// How many of a hundred of those are by who wrote the post.
const BY_THE_AUTHOR: usize = 45;
/// How many of a hundred replies begin with the name of who is answered.
const NAMED: usize = 12;
/// How many of a hundred comments end with a second sentence, where not everybody is talking.
const WITH_MORE: usize = 22;
/// In a shorter conversation than this, what is said is mostly about this sort of post.
const SHORT: usize = 12;

/// How somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Begins a thread.
    Begin,
    Reply,
    /// Who wrote the post replies.
    AuthorReply,
}

/// Who is spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'a> {
    pub post_author: &'a str,
    /// Who is answered, when somebody is.
    pub to: &'a str,
}

/// The parts that nobody used under this post yet.
#[derive(Debug)]
pub struct Say<'a> {
    parts: &'a CommentParts,
    words: &'a Words,
    own: Vec<&'a str>,
    any: Vec<&'a str>,
    after: Vec<&'a str>,
    replies: Vec<&'a str>,
    author_replies: Vec<&'a str>,
    short: bool,
}

fn shuffled<'a>(from: impl IntoIterator<Item = &'a String>, random: &Seeded) -> Vec<&'a str> {
    let mut all: Vec<&str> = from.into_iter().map(String::as_str).collect();
    random.shuffle(&mut all);
    all
}

impl<'a> Say<'a> {
    pub fn new(
        parts: &'a CommentParts,
        words: &'a Words,
        kind: PostKind,
        topic: &str,
        count: usize,
        random: &Seeded,
    ) -> Self {
        let manners = parts.manners(kind);
        Self {
            parts,
            words,
            own: shuffled(parts.own(kind, topic), random),
            any: shuffled(manners.clone().flat_map(|manner| &manner.any), random),
            after: shuffled(manners.clone().flat_map(|manner| &manner.after), random),
            replies: shuffled(manners.clone().flat_map(|manner| &manner.replies), random),
            author_replies: shuffled(manners.flat_map(|manner| &manner.author_replies), random),
            short: count <= SHORT,
        }
    }

    /// How the next comment is said: as long as no more are asked for than [`CommentParts::capacity`], there is one.
    pub fn voice(&self, somebody_spoke: bool, random: &Seeded) -> Voice {
        let reply = random.chance(REPLIES);
        let by_author = random.chance(BY_THE_AUTHOR);
        let begins = !(self.own.is_empty() && self.any.is_empty());
        let author_replies = somebody_spoke && !self.author_replies.is_empty();
        let replies = somebody_spoke && !self.replies.is_empty();
        if begins && !reply {
            Voice::Begin
        } else if author_replies && (by_author || !replies) {
            Voice::AuthorReply
        } else if replies {
            Voice::Reply
        } else {
            Voice::Begin
        }
    }

    /// The next comment in that voice.
    pub fn next(&mut self, voice: Voice, spoken: Spoken<'_>, random: &Seeded) -> String {
        let part = match voice {
            Voice::Begin => return self.begin(spoken, random),
            Voice::Reply => self.replies.pop(),
            Voice::AuthorReply => self.author_replies.pop(),
        }
        .unwrap_or_default();
        let body = self.fill(part, spoken, random);
        if random.chance(NAMED) && !part.contains("{aan}") {
            format!("@{} {}", spoken.to, lower(&body))
        } else {
            body
        }
    }

    fn begin(&mut self, spoken: Spoken<'_>, random: &Seeded) -> String {
        let about = random.chance(if self.short { 75 } else { 45 });
        let first = if about { self.own.pop() } else { self.any.pop() };
        let part = first.or_else(|| self.own.pop()).or_else(|| self.any.pop()).unwrap_or_default();
        let mut body = self.fill(part, spoken, random);
        if random.chance(WITH_MORE)
            && let Some(more) = self.after.pop()
        {
            body.push(' ');
            body.push_str(&self.fill(more, spoken, random));
        }
        body
    }

    fn fill(&self, part: &str, spoken: Spoken<'_>, random: &Seeded) -> String {
        let any = |from: &'a [String]| from.get(random.below(from.len())).map_or("", String::as_str);
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
        let mut out = String::with_capacity(part.len() + 16);
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(&match slot {
                "auteur" => first(spoken.post_author),
                "aan" => first(spoken.to),
                "naam" => any(&self.words.first).to_owned(),
                "n" => any(&self.words.numbers).to_owned(),
                "n2" => (2 + random.below(120)).to_string(),
                _ => any(&self.parts.who).to_owned(),
            });
            rest = after;
        }
        out.push_str(rest);
        capitals(&out)
    }
}

/// With a small first letter, as after a name.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
