//! Beginning with five questions: the answers become the draft of a post.

use serde::{Deserialize, Serialize};

use super::PostKind;
use super::draft::Draft;
use crate::limits::{ANSWER_MAX, TITLE_MAX};
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// What somebody wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    Story,
    Experience,
    Initiative,
    /// Something, or an animal, that is lost or was found.
    LostAndFound,
}

impl Template {
    pub const ALL: [Self; 4] = [Self::Story, Self::Experience, Self::Initiative, Self::LostAndFound];

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Story => "verhaal",
            Self::Experience => "ervaring",
            Self::Initiative => "initiatief",
            Self::LostAndFound => "kwijt-of-gevonden",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.slug() == slug)
    }

    pub const fn kind(self) -> PostKind {
        match self {
            Self::Story => PostKind::Story,
            Self::Experience => PostKind::ExperienceStory,
            Self::Initiative => PostKind::Initiative,
            Self::LostAndFound => PostKind::News,
        }
    }
}

/// Five answers as they were typed; the first becomes the title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    #[serde(default)]
    pub one: String,
    #[serde(default)]
    pub two: String,
    #[serde(default)]
    pub three: String,
    #[serde(default)]
    pub four: String,
    #[serde(default)]
    pub five: String,
}

impl Answers {
    pub fn all(&self) -> [&str; 5] {
        [&self.one, &self.two, &self.three, &self.four, &self.five]
    }

    /// The draft of a post. An answer comes in its place with its label before it, when there is one; what was not
    /// answered is left out.
    ///
    /// # Errors
    /// No question was answered, or an answer is too long.
    pub fn put_together(&self, template: Template, labels: [&str; 5]) -> Result<Draft, Problems> {
        let mut problems = Problems::default();
        let title = text::line(&self.one);
        let answers = self.all().map(text::lines);
        for (number, answer) in (1..).zip(&answers) {
            let (is, max) = if number == 1 {
                (text::length(&title), TITLE_MAX)
            } else {
                (text::length(answer), ANSWER_MAX)
            };
            if is > max {
                problems.push(Field::Answer { number }, Fault::TooLong { max, is });
            }
        }
        if answers.iter().all(|answer| answer.trim().is_empty()) {
            problems.push(Field::Answer { number: 1 }, Fault::Required);
        }
        let parts = answers.iter().zip(labels).skip(1).filter_map(|(answer, label)| {
            let answer = answer.trim();
            match (answer, label) {
                ("", _) => None,
                (answer, "") => Some(answer.to_owned()),
                (answer, label) => Some(format!("**{label}**\n\n{answer}")),
            }
        });
        let body = parts.collect::<Vec<String>>().join("\n\n");
        problems.or(|| Draft { title, body, kind: template.kind().key().to_owned(), ..Draft::default() })
    }
}
