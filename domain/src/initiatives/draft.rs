//! From what somebody typed about an initiative to what can be stored.

use serde::{Deserialize, Serialize};

use super::{NeedKind, Stage};
use crate::limits;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// Goal and stage as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDraft {
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub goal: String,
    /// Key of a [`Stage`].
    #[serde(default)]
    pub stage: String,
    #[serde(default)]
    pub closing: String,
}

/// Goal and stage in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidPlan {
    goal: String,
    stage: Stage,
    closing: String,
}

impl ValidPlan {
    pub fn goal(&self) -> &str {
        &self.goal
    }
    pub const fn stage(&self) -> Stage {
        self.stage
    }
    pub fn closing(&self) -> &str {
        &self.closing
    }
}

impl PlanDraft {
    /// # Errors
    /// Everything that is wrong. What has ended needs a word for those who took part.
    pub fn check(&self) -> Result<ValidPlan, Problems> {
        let mut problems = Problems::default();
        let goal = text::lines(&self.goal);
        if let Some(fault) = too_long(&goal, limits::GOAL_MAX) {
            problems.push(Field::Goal, fault);
        }
        let stage = Stage::from_key(&self.stage);
        if stage.is_none() {
            problems.push(Field::Stage, Fault::UnknownChoice);
        }
        let stage = stage.unwrap_or_default();
        let closing = text::lines(&self.closing);
        if let Some(fault) = too_long(&closing, limits::GOAL_MAX) {
            problems.push(Field::Closing, fault);
        } else if !stage.is_open() && !text::is_visible(&closing) {
            problems.push(Field::Closing, Fault::Required);
        }
        problems.or(|| ValidPlan { goal, stage, closing })
    }
}

/// Something that is needed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDraft {
    /// Key of the need that is changed; empty for a new one.
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub version: i64,
    /// Key of a [`NeedKind`].
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub wanted: String,
    /// Empty for nothing.
    #[serde(default)]
    pub found: String,
}

/// Something that is needed, in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidNeed {
    kind: NeedKind,
    label: String,
    wanted: u32,
    found: u32,
}

impl ValidNeed {
    pub const fn kind(&self) -> NeedKind {
        self.kind
    }
    pub fn label(&self) -> &str {
        &self.label
    }
    pub const fn wanted(&self) -> u32 {
        self.wanted
    }
    pub const fn found(&self) -> u32 {
        self.found
    }
}

impl NeedDraft {
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<ValidNeed, Problems> {
        let mut problems = Problems::default();
        let kind = NeedKind::from_key(&self.kind);
        if kind.is_none() {
            problems.push(Field::Kind, Fault::UnknownChoice);
        }
        let label = text::line(&self.label);
        if !text::is_visible(&label) {
            problems.push(Field::Label, Fault::Required);
        } else if let Some(fault) = too_long(&label, limits::NEED_MAX) {
            problems.push(Field::Label, fault);
        }
        let mut number = |typed: &str, field, least: u32| match typed.trim().parse::<u32>() {
            Ok(number) if number > limits::WANTED_MAX => {
                problems.push(field, Fault::TooMany { max: limits::WANTED_MAX });
                0
            }
            Ok(number) if number >= least => number,
            _ => {
                problems.push(field, Fault::Required);
                0
            }
        };
        let wanted = number(&self.wanted, Field::Wanted, 1);
        let found = if self.found.trim().is_empty() { 0 } else { number(&self.found, Field::Found, 0) };
        problems.or(|| ValidNeed { kind: kind.unwrap_or_default(), label, wanted, found })
    }
}

/// The text of how it goes.
///
/// # Errors
/// The one thing that is wrong with it.
pub fn update(typed: &str) -> Result<String, Fault> {
    let body = text::lines(typed);
    if !text::is_visible(&body) {
        Err(Fault::Required)
    } else if let Some(fault) = too_long(&body, limits::UPDATE_MAX) {
        Err(fault)
    } else {
        Ok(body)
    }
}

fn too_long(text: &str, max: u32) -> Option<Fault> {
    let is = text::length(text);
    (is > max).then_some(Fault::TooLong { max, is })
}
