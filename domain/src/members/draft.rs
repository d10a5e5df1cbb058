//! Becoming a member: name, e-mail, area, house rules, and nothing more.

use serde::{Deserialize, Serialize};

use super::email::EmailAddress;
use crate::id::AreaId;
use crate::limits;
use crate::moderation::newcomers;
use crate::platform::Platform;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpDraft {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// Slug of an area, or empty.
    #[serde(default)]
    pub area: String,
    /// "I agree with the house rules."
    #[serde(default)]
    pub house_rules: bool,
    /// "I am sixteen or older" (AVG article 8, UAVG article 5).
    #[serde(default)]
    pub age: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidSignUp {
    pub name: String,
    pub email: EmailAddress,
    pub area: Option<AreaId>,
}

impl SignUpDraft {
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, platform: &Platform) -> Result<ValidSignUp, Problems> {
        let mut problems = Problems::default();
        let name = name(&self.name).unwrap_or_else(|fault| {
            problems.push(Field::Name, fault);
            String::new()
        });
        let email = EmailAddress::parse(&self.email).map_err(|fault| problems.push(Field::Email, fault)).ok();
        let area = area(&self.area, platform).unwrap_or_else(|fault| {
            problems.push(Field::Area, fault);
            None
        });
        if !self.house_rules {
            problems.push(Field::HouseRules, Fault::MustAgree);
        }
        if !self.age {
            problems.push(Field::Age, Fault::MustAgree);
        }
        match email {
            Some(email) if problems.is_empty() => Ok(ValidSignUp { name, email, area }),
            _ => Err(problems),
        }
    }
}

/// A name as people want to be called.
///
/// # Errors
/// The one thing that is wrong with it.
pub fn name(typed: &str) -> Result<String, Fault> {
    let name = text::line(typed);
    let is = text::length(&name);
    if is == 0 {
        Err(Fault::Required)
    } else if is < limits::NAME_MIN {
        Err(Fault::TooShort { min: limits::NAME_MIN })
    } else if is > limits::NAME_MAX {
        Err(Fault::TooLong { max: limits::NAME_MAX, is })
    } else if !name.chars().any(char::is_alphabetic) {
        Err(Fault::NoText)
    } else if newcomers::advertises(&name) {
        Err(Fault::NoLinks)
    } else {
        Ok(name)
    }
}

/// The area somebody lives in, by its slug; an empty one is none.
///
/// # Errors
/// The slug is not one of this platform's.
pub fn area(slug: &str, platform: &Platform) -> Result<Option<AreaId>, Fault> {
    if slug.is_empty() {
        return Ok(None);
    }
    platform.areas.by_slug(slug).map(|area| Some(area.id)).ok_or(Fault::UnknownChoice)
}
