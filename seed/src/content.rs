//! The written content, compiled in: two communities, and the sentences for larger ones.

mod activities;

use std::collections::BTreeMap;

use domain::area::AreaKind;
use domain::clock::Span;
use domain::geo::CommunityMap;
use domain::locale::Locale;
use domain::platform::Contact;
use domain::posts::PostKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::pictures::Albums;
use crate::{Error, calendar};

pub use activities::ActivityFile;

/// The files of one community.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    platform: &'static str,
    about: &'static str,
    house_rules: &'static str,
    members: &'static str,
    posts: &'static [&'static str],
    comments: &'static str,
    pictures: &'static str,
    activities: &'static str,
}

pub const RIETVOORDE: Files = Files {
    platform: include_str!("../content/hallorietvoorde/platform.json"),
    about: include_str!("../content/hallorietvoorde/about.md"),
    house_rules: include_str!("../content/hallorietvoorde/house_rules.md"),
    members: include_str!("../content/hallorietvoorde/members.json"),
    posts: &[
        include_str!("../content/hallorietvoorde/posts_new.md"),
        include_str!("../content/hallorietvoorde/posts_older.md"),
    ],
    comments: include_str!("../content/hallorietvoorde/comments.md"),
    pictures: include_str!("../content/hallorietvoorde/pictures.json"),
    activities: include_str!("../content/hallorietvoorde/activities.json"),
};

pub const VEENZICHT: Files = Files {
    platform: include_str!("../content/puurveenzicht/platform.json"),
    about: include_str!("../content/puurveenzicht/about.md"),
    house_rules: include_str!("../content/puurveenzicht/house_rules.md"),
    members: include_str!("../content/puurveenzicht/members.json"),
    posts: &[include_str!("../content/puurveenzicht/posts.md")],
    comments: include_str!("../content/puurveenzicht/comments.md"),
    pictures: include_str!("../content/puurveenzicht/pictures.json"),
    activities: include_str!("../content/puurveenzicht/activities.json"),
};

const SCHEMES: [&str; 2] =
    [include_str!("../content/schemes_1.json"), include_str!("../content/schemes_2.json")];
const COMMENTS: &str = include_str!("../content/comments.json");
const INITIATIVES: &str = include_str!("../content/hallorietvoorde/initiatives.json");
const WORDS: &str = include_str!("../content/words.json");

/// A community, as its file says.
#[derive(Debug, Deserialize)]
pub struct PlatformFile {
    pub slug: String,
    pub name: String,
    pub place: String,
    pub tagline: String,
    pub theme: String,
    pub locale: Locale,
    pub locales: Vec<Locale>,
    pub hosts: Vec<String>,
    pub contact: Contact,
    pub areas: Vec<AreaFile>,
    pub topics: Vec<TopicFile>,
    #[serde(default)]
    pub map: Option<CommunityMap>,
}

#[derive(Debug, Deserialize)]
pub struct AreaFile {
    pub slug: String,
    /// Slug of the area it lies in; empty for the root. Parents come first.
    pub parent: String,
    pub kind: AreaKind,
    pub name: String,
    /// As in a sentence: "in Lindenhoek", "aan de Sluiskade".
    #[serde(rename = "where")]
    pub place: String,
    pub people: usize,
    /// Where people meet.
    #[serde(default)]
    pub venues: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct TopicFile {
    pub slug: String,
    pub name: String,
}

/// A member: key (also the e-mail address before the `@`), name, slug of the area or empty, about.
#[derive(Debug, Deserialize)]
pub struct MemberFile(pub String, pub String, pub String, pub String);

/// Everything written about one community.
#[derive(Debug)]
pub struct Site {
    pub platform: PlatformFile,
    pub about: &'static str,
    pub house_rules: &'static str,
    pub members: Vec<MemberFile>,
    pub posts: Vec<WrittenPost>,
    pub comments: Vec<WrittenTalk>,
    /// Which posts have which photos, unread.
    pub pictures: &'static str,
    pub activities: Vec<ActivityFile>,
}

impl Files {
    pub fn read(&self) -> Result<Site, Error> {
        Ok(Site {
            platform: json(self.platform)?,
            about: self.about.trim(),
            house_rules: self.house_rules.trim(),
            members: json(self.members)?,
            posts: self
                .posts
                .iter()
                .flat_map(|file| file.split("=== ").skip(1))
                .map(WrittenPost::parse)
                .collect::<Result<_, _>>()?,
            comments: self
                .comments
                .split("=== ")
                .skip(1)
                .map(WrittenTalk::parse)
                .collect::<Result<_, _>>()?,
            pictures: self.pictures,
            activities: json(self.activities)?,
        })
    }
}

/// A post as it was written: lines `name: value`, then `# Title`, then the Markdown text.
#[derive(Debug)]
pub struct WrittenPost {
    pub key: &'static str,
    pub title: &'static str,
    pub body: &'static str,
    fields: BTreeMap<&'static str, &'static str>,
}

impl WrittenPost {
    fn parse(text: &'static str) -> Result<Self, Error> {
        let (key, rest) = text.split_once('\n').unwrap_or((text, ""));
        let wrong = || Error::Content(format!("the post {key} has no title"));
        let (head, rest) = rest.split_once("\n# ").ok_or_else(wrong)?;
        let (title, body) = rest.split_once('\n').ok_or_else(wrong)?;
        Ok(Self {
            key,
            title,
            body: body.trim(),
            fields: head.lines().filter_map(|line| line.split_once(": ")).collect(),
        })
    }

    /// A field; empty when it is not there.
    pub fn field(&self, name: &str) -> &'static str {
        self.fields.get(name).copied().unwrap_or_default()
    }
}

/// What was written under a post.
#[derive(Debug)]
pub struct WrittenTalk {
    /// Key of the post.
    pub post: &'static str,
    pub lines: Vec<WrittenComment>,
}

/// A comment as it was written, one to a line: `member time: text`, with `> ` before it when it is a reply.
#[derive(Debug)]
pub struct WrittenComment {
    /// It answers the last one that is no reply.
    pub reply: bool,
    pub author: &'static str,
    /// How long after the post.
    pub after: Span,
    pub body: &'static str,
}

impl WrittenTalk {
    fn parse(text: &'static str) -> Result<Self, Error> {
        let (post, rest) = text.split_once('\n').unwrap_or((text, ""));
        let lines = rest.lines().filter(|line| !line.is_empty()).map(|line| {
            WrittenComment::parse(line)
                .ok_or_else(|| Error::Content(format!("a comment on {post} that cannot be read: {line}")))
        });
        Ok(Self { post, lines: lines.collect::<Result<_, _>>()? })
    }
}

impl WrittenComment {
    fn parse(line: &'static str) -> Option<Self> {
        let (reply, line) = line.strip_prefix("> ").map_or((false, line), |line| (true, line));
        let (head, body) = line.split_once(": ")?;
        let (author, after) = head.split_once(' ')?;
        Some(Self { reply, author, after: calendar::span(after)?, body })
    }
}

/// The parts that comments are made of. `{auteur}` wrote the post, `{aan}` is answered, `{wie}` is one of `who`.
#[derive(Debug, Deserialize)]
pub struct CommentParts {
    pub who: Vec<String>,
    by_kind: BTreeMap<PostKind, Vec<String>>,
    by_topic: BTreeMap<String, Vec<String>>,
    usual: Manner,
    /// Besides, where there is something to come to or to join in.
    practical: Manner,
    /// For the kinds of posts under which people speak otherwise: softly, or to an office that does not chat along.
    apart: BTreeMap<PostKind, Manner>,
}

/// What people say whatever it is about.
#[derive(Debug, Deserialize)]
pub struct Manner {
    #[serde(default)]
    pub any: Vec<String>,
    /// A second sentence.
    #[serde(default)]
    pub after: Vec<String>,
    pub replies: Vec<String>,
    /// By who wrote the post.
    pub author_replies: Vec<String>,
}

impl CommentParts {
    /// How people talk under such a post.
    pub fn manners(&self, kind: PostKind) -> impl Iterator<Item = &Manner> + Clone {
        let apart = self.apart.get(&kind);
        let besides = Some(&self.practical).filter(|_| apart.is_none() && practical(kind));
        [apart.or(Some(&self.usual)), besides].into_iter().flatten()
    }

    /// What only fits under such a post.
    pub fn own(&self, kind: PostKind, topic: &str) -> impl Iterator<Item = &String> {
        let on_topic = self.by_topic.get(topic).filter(|_| practical(kind));
        self.by_kind.get(&kind).into_iter().chain(on_topic).flatten()
    }

    /// How many comments can be made under one post in which no sentence comes by twice.
    pub fn capacity(&self, kind: PostKind) -> usize {
        let of = |manner: &Manner| manner.any.len() + manner.replies.len() + manner.author_replies.len();
        self.own(kind, "").count() + self.manners(kind).map(of).sum::<usize>()
    }
}

/// Posts that ask for something or announce it.
fn practical(kind: PostKind) -> bool {
    matches!(kind, PostKind::News | PostKind::Initiative)
}

/// The parts of which posts of one sort are put together.
#[derive(Debug, Deserialize)]
pub struct Scheme {
    pub kind: PostKind,
    pub topic: String,
    pub scene: Option<String>,
    pub alts: Vec<String>,
    /// When it makes sense; empty is always.
    #[serde(default)]
    pub months: Vec<i64>,
    pub words: BTreeMap<String, Vec<String>>,
    pub starts: Vec<Start>,
    pub mid: Vec<String>,
    pub close: Vec<String>,
}

/// A first sentence with the titles that fit above it.
#[derive(Debug, Deserialize)]
pub struct Start {
    pub titles: Vec<String>,
    pub open: String,
    /// What may follow, where not everything of the scheme may.
    #[serde(default)]
    pub mid: Vec<String>,
    #[serde(default)]
    pub close: Vec<String>,
}

impl Scheme {
    /// What may follow this start, and how it may end.
    pub fn rest<'a>(&'a self, start: &'a Start) -> (&'a [String], &'a [String]) {
        fn or<'a>(own: &'a [String], all: &'a [String]) -> &'a [String] {
            if own.is_empty() { all } else { own }
        }
        (or(&start.mid, &self.mid), or(&start.close, &self.close))
    }
}

/// How an initiative goes. People are named as in the list of members.
#[derive(Debug, Deserialize)]
pub struct InitiativeFile {
    /// Of its post.
    pub title: String,
    pub stage: String,
    pub goal: String,
    pub closing: String,
    pub team: Vec<String>,
    pub needs: Vec<NeedFile>,
    pub news: Vec<NewsFile>,
}

#[derive(Debug, Deserialize)]
pub struct NeedFile {
    pub kind: String,
    pub label: String,
    pub wanted: u32,
    pub found: u32,
    pub helpers: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct NewsFile {
    pub by: String,
    /// After its post.
    pub hours: i64,
    pub text: String,
}

/// Words that fit in every scheme.
#[derive(Debug, Deserialize)]
pub struct Words {
    pub first: Vec<String>,
    pub last: Vec<String>,
    pub about: Vec<String>,
    pub times: Vec<String>,
    pub numbers: Vec<String>,
    pub asides: Vec<String>,
}

pub fn schemes() -> Result<Vec<Scheme>, Error> {
    let mut all = Vec::new();
    for file in SCHEMES {
        all.extend(json::<Vec<Scheme>>(file)?);
    }
    Ok(all)
}

/// The parts that comments are made of.
pub fn comment_parts() -> Result<CommentParts, Error> {
    json(COMMENTS)
}

/// What belongs to some of the written posts: how those initiatives go.
pub fn initiatives() -> Result<Vec<InitiativeFile>, Error> {
    json(INITIATIVES)
}

/// Which posts have which photos.
pub fn albums(text: &str) -> Result<Albums, Error> {
    json(text)
}

/// The words that sentences are filled with.
pub fn words() -> Result<Words, Error> {
    json(WORDS)
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Content(error.to_string()))
}
