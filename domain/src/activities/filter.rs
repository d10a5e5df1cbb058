//! Which activities the agenda shows: lives in the address, so that it can be shared and subscribed to.

use serde::{Deserialize, Serialize};

use super::{ActivitySummary, Audience, Spoken};
use crate::id::{AreaId, TopicId};
use crate::platform::Platform;
use crate::posts::filter::UnknownFilter;

/// The word for a choice that is either made or not.
pub const YES: &str = "ja";

/// The parts of the address as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct AgendaQuery {
    /// `dag`, `weekend`, `week`, `maand`, `kaart`, or empty for the list.
    pub weergave: String,
    /// A day of the time that is shown; empty for today.
    pub dag: String,
    pub gebied: String,
    pub thema: String,
    pub gratis: String,
    pub rolstoel: String,
    pub kinderen: String,
    pub taal: String,
}

/// A filter of which every part exists on the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgendaFilter {
    pub area: Option<AreaId>,
    pub topic: Option<TopicId>,
    pub free: bool,
    pub wheelchair: bool,
    pub children: bool,
    pub language: Option<Spoken>,
}

impl AgendaQuery {
    fn parts(&self) -> [(&'static str, &String); 8] {
        [
            ("weergave", &self.weergave),
            ("dag", &self.dag),
            ("gebied", &self.gebied),
            ("thema", &self.thema),
            ("gratis", &self.gratis),
            ("rolstoel", &self.rolstoel),
            ("kinderen", &self.kinderen),
            ("taal", &self.taal),
        ]
    }

    /// # Errors
    /// A part that is filled in but unknown on this platform: showing everything instead would be a lie.
    pub fn resolve(&self, platform: &Platform) -> Result<AgendaFilter, UnknownFilter> {
        fn part<T>(text: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, UnknownFilter> {
            if text.is_empty() { Ok(None) } else { find(text).map(Some).ok_or(UnknownFilter) }
        }
        let yes = |text: &str| part(text, |text| (text == YES).then_some(())).map(|found| found.is_some());
        Ok(AgendaFilter {
            area: part(&self.gebied, |slug| platform.areas.by_slug(slug))?
                .filter(|area| !platform.areas.is_all(area.id))
                .map(|area| area.id),
            topic: part(&self.thema, |slug| platform.topic_by_slug(slug))?.map(|topic| topic.id),
            free: yes(&self.gratis)?,
            wheelchair: yes(&self.rolstoel)?,
            children: yes(&self.kinderen)?,
            language: part(&self.taal, Spoken::from_key)?,
        })
    }

    /// The query of an address for this filter: `?gebied=…`, or empty. The values are slugs, days and words of ours;
    /// anything else is dropped.
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        for (key, value) in self.parts() {
            let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            if !value.is_empty() && plain {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(key);
                query.push('=');
                query.push_str(value);
            }
        }
        query
    }

    /// The same choice of activities, whenever they are: what one subscribes to.
    #[must_use]
    pub fn whenever(&self) -> Self {
        Self { weergave: String::new(), dag: String::new(), ..self.clone() }
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.whenever() == Self::default()
    }

    /// A name for what is kept under exactly this query: no two share one.
    pub fn name(&self, what: &str) -> String {
        // No part of an address holds a line end.
        let mut name = what.to_owned();
        for (_, value) in self.parts() {
            name.push('\n');
            name.push_str(value);
        }
        name
    }
}

impl AgendaFilter {
    /// Whether an activity is among those that are wanted. What is in a street is in its village too, and what is
    /// for the whole platform is everywhere.
    pub fn holds(&self, activity: &ActivitySummary, platform: &Platform) -> bool {
        let here = self.area.is_none_or(|area| {
            activity.areas.is_empty()
                || activity.areas.iter().any(|one| platform.areas.line(*one).contains(&area))
        });
        let children =
            || activity.audience.iter().any(|one| matches!(one, Audience::Children | Audience::Families));
        here && self.topic.is_none_or(|topic| activity.topic == Some(topic))
            && (!self.free || activity.cost.is_empty())
            && (!self.wheelchair || activity.wheelchair)
            && (!self.children || children())
            && self.language.is_none_or(|language| activity.languages.contains(&language))
    }
}
