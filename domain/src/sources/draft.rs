//! From what somebody typed about a calendar of others to what can be followed.

use serde::{Deserialize, Serialize};

use crate::activities::draft::line;
use crate::id::{AreaId, TopicId};
use crate::limits;
use crate::platform::Platform;
use crate::posts::draft;
use crate::problem::{Fault, Field, Problems};
use crate::sources::Rhythm;
use crate::text;

/// The form as it was typed: nothing is checked yet, nothing may be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceDraft {
    pub name: String,
    /// Empty for who sends a file.
    pub address: String,
    /// Slug of a topic, or empty.
    pub topic: String,
    /// Slugs of areas; none is the whole platform.
    pub areas: Vec<String>,
    pub cost: String,
    /// Key of a [`Rhythm`], or empty.
    pub rhythm: String,
}

/// A draft in which nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    pub name: String,
    /// `https://…`, or empty.
    pub address: String,
    pub topic: Option<TopicId>,
    pub areas: Vec<AreaId>,
    pub cost: String,
    pub rhythm: Rhythm,
}

impl SourceDraft {
    /// Checks every field. `has_file`: a file was sent along, so that there need be no address.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, platform: &Platform, has_file: bool) -> Result<SourceText, Problems> {
        let mut problems = Problems::default();
        let name = text::line(&self.name);
        match text::length(&name) {
            0 => problems.push(Field::Name, Fault::Required),
            is if is < limits::NAME_MIN => {
                problems.push(Field::Name, Fault::TooShort { min: limits::NAME_MIN });
            }
            is if is > limits::NAME_MAX => {
                problems.push(Field::Name, Fault::TooLong { max: limits::NAME_MAX, is });
            }
            _ => {}
        }
        let address = address(&self.address).unwrap_or_else(|fault| {
            problems.push(Field::Address, fault);
            String::new()
        });
        if address.is_empty() && !has_file && problems.of(Field::Address).is_none() {
            problems.push(Field::Address, Fault::Required);
        }
        let mut keep = |field, fault: Option<Fault>| {
            if let Some(fault) = fault {
                problems.push(field, fault);
            }
        };
        let areas = draft::areas(&self.areas, platform);
        keep(Field::Areas, areas.as_ref().err().copied());
        let topic = draft::topic(&self.topic, platform);
        keep(Field::Topic, topic.err());
        let cost = line(&self.cost);
        keep(Field::Cost, cost.as_ref().err().copied());
        let rhythm = Rhythm::from_key(&self.rhythm);
        keep(Field::Repeat, rhythm.is_none().then_some(Fault::UnknownChoice));
        problems.or(|| SourceText {
            name,
            address: if has_file { String::new() } else { address },
            topic: topic.unwrap_or_default(),
            areas: areas.unwrap_or_default(),
            cost: cost.unwrap_or_default(),
            rhythm: rhythm.unwrap_or_default(),
        })
    }
}

/// An address on the web, safe when nothing is said. Programs write `webcal` where they mean it. Whether it may be
/// asked at all is found out when it is.
///
/// # Errors
/// It is too long, or no such address.
fn address(typed: &str) -> Result<String, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let is = text::length(typed);
    if is > limits::ADDRESS_MAX {
        return Err(Fault::TooLong { max: limits::ADDRESS_MAX, is });
    }
    let scheme = typed.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    let address = match &scheme {
        Some((scheme, rest)) => match scheme.as_str() {
            "https" | "webcal" | "webcals" => format!("https://{rest}"),
            "http" => format!("http://{rest}"),
            _ => return Err(Fault::NotAnAddress),
        },
        None => format!("https://{typed}"),
    };
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = address
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\'));
    if plain && !host.is_empty() && !host.contains('@') { Ok(address) } else { Err(Fault::NotAnAddress) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_safe_when_nothing_is_said() {
        for (typed, is) in [
            (" webcal://agenda.example.org/a.ics ", "https://agenda.example.org/a.ics"),
            ("HTTPS://agenda.example.org/a.ics?b=c", "https://agenda.example.org/a.ics?b=c"),
            ("agenda.example.org/a.ics", "https://agenda.example.org/a.ics"),
            ("http://agenda.example.org", "http://agenda.example.org"),
            ("", ""),
        ] {
            assert_eq!(address(typed).as_deref(), Ok(is), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for typed in [
            "ftp://agenda.example.org",
            "file:///etc/passwd",
            "https://",
            "https://iemand@agenda.example.org/",
            "https://agenda.example.org/a b",
            "javascript://x",
        ] {
            assert_eq!(address(typed), Err(Fault::NotAnAddress), "{typed}");
        }
        let long = format!("https://{}", "a".repeat(3_000));
        assert!(matches!(address(&long), Err(Fault::TooLong { .. })));
    }
}
