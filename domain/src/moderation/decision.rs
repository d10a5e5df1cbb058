//! What a moderator can decide, gentle first, and what they must say with it.

use serde::{Deserialize, Serialize};

use super::{explained, stored_words};
use crate::clock::Span;
use crate::limits;
use crate::problem::{Fault, Field, Problems};
use crate::text;

stored_words! {
    /// What is done, from nothing to the most.
    DecisionKind {
        /// It may stay, or may be seen (again).
        NoAction = "no_action",
        /// "Kun je dit aanpassen?"
        Ask = "ask",
        /// Out of sight until it is changed.
        Hide = "hide",
        Remove = "remove",
        /// Removed, and its author may not write for some days.
        Suspend = "suspend",
    }
}

impl DecisionKind {
    /// Whether it takes something from the author, who is owed a statement of reasons then (article 17).
    pub const fn restricts(self) -> bool {
        matches!(self, Self::Hide | Self::Remove | Self::Suspend)
    }

    /// Whether it counts towards repeated misuse (article 23).
    pub const fn is_removal(self) -> bool {
        matches!(self, Self::Remove | Self::Suspend)
    }
}

stored_words! {
    /// What a restriction stands on (article 17(3)(d) and (e)).
    Ground {
        Law = "law",
        HouseRule = "house_rule",
    }
}

stored_words! {
    /// What became of an objection.
    Outcome {
        /// The decision stays.
        Upheld = "upheld",
        /// The decision was wrong.
        Overturned = "overturned",
    }
}

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionDraft {
    /// Of the case, as the moderator saw it.
    #[serde(default)]
    pub version: i64,
    /// Key of a [`DecisionKind`].
    #[serde(default)]
    pub kind: String,
    /// What was seen and why it leads to this.
    #[serde(default)]
    pub facts: String,
    /// Key of a [`Ground`].
    #[serde(default)]
    pub ground: String,
    /// Which law, or the number or words of a house rule.
    #[serde(default)]
    pub rule: String,
    /// How many days: to change it, or without writing.
    #[serde(default)]
    pub days: String,
}

/// The statement of reasons, with everything it must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidDecision {
    pub version: i64,
    pub kind: DecisionKind,
    pub facts: String,
    pub ground: Option<Ground>,
    /// Empty where there is no ground.
    pub rule: String,
    /// The term of [`DecisionKind::Ask`], or how long a suspension is.
    pub lasts: Option<Span>,
}

impl DecisionDraft {
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<ValidDecision, Problems> {
        let mut problems = Problems::default();
        let kind = DecisionKind::from_key(&self.kind).unwrap_or_else(|| {
            problems.push(Field::Kind, Fault::UnknownChoice);
            DecisionKind::NoAction
        });
        let facts = explained(&self.facts).unwrap_or_else(|fault| {
            problems.push(Field::Message, fault);
            String::new()
        });
        let (mut ground, mut rule) = (None, String::new());
        if kind.restricts() {
            ground = Ground::from_key(&self.ground);
            if ground.is_none() {
                problems.push(Field::Ground, Fault::UnknownChoice);
            }
            rule = text::line(&self.rule);
            let is = text::length(&rule);
            if is == 0 {
                problems.push(Field::Reason, Fault::Required);
            } else if is > limits::GROUND_MAX {
                problems.push(Field::Reason, Fault::TooLong { max: limits::GROUND_MAX, is });
            }
        }
        let most = match kind {
            DecisionKind::Ask => Some(limits::ASK_DAYS_MAX),
            DecisionKind::Suspend => Some(limits::SUSPEND_DAYS_MAX),
            _ => None,
        };
        let lasts = most.and_then(|most| match text::line(&self.days).parse::<u32>() {
            Ok(days) if (1..=most).contains(&days) => Some(Span::days(i64::from(days))),
            _ => {
                problems.push(Field::Term, Fault::UnknownChoice);
                None
            }
        });
        problems.or(|| ValidDecision { version: self.version, kind, facts, ground, rule, lasts })
    }
}

/// An objection as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDraft {
    #[serde(default)]
    pub message: String,
}

impl AppealDraft {
    /// # Errors
    /// What is wrong with the text.
    pub fn check(&self) -> Result<String, Problems> {
        explained(&self.message).map_err(|fault| Problems::one(Field::Message, fault))
    }
}

/// The answer to an objection, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDraft {
    #[serde(default)]
    pub version: i64,
    /// Key of an [`Outcome`].
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    pub reasons: String,
}

impl AnswerDraft {
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<(Outcome, String), Problems> {
        let mut problems = Problems::default();
        let outcome = Outcome::from_key(&self.outcome);
        if outcome.is_none() {
            problems.push(Field::Kind, Fault::UnknownChoice);
        }
        let reasons = explained(&self.reasons).unwrap_or_else(|fault| {
            problems.push(Field::Message, fault);
            String::new()
        });
        match outcome {
            Some(outcome) if problems.is_empty() => Ok((outcome, reasons)),
            _ => Err(problems),
        }
    }
}

/// Removals within [`REPEATED_WITHIN`] after which a suspension is proposed.
pub const REPEATED: i64 = 3;
/// In which time removals count together.
pub const REPEATED_WITHIN: Span = Span::days(90);

/// How many days to propose after so many removals in ninety days. A human being decides, and may choose otherwise.
pub const fn proposed_days(removals: i64) -> Option<u32> {
    match removals {
        ..REPEATED => None,
        REPEATED => Some(7),
        4 => Some(14),
        _ => Some(30),
    }
}
