//! Which posts a list shows: lives in the address, so that it can be shared and fed.

use serde::{Deserialize, Serialize};

use super::PostKind;
use crate::id::{AreaId, MemberId, TopicId};
use crate::paging::Cursor;
use crate::platform::Platform;

/// The parts of the address as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FilterQuery {
    #[serde(default)]
    pub gebied: String,
    #[serde(default)]
    pub thema: String,
    #[serde(default)]
    pub soort: String,
    /// The key of a member: what they wrote in their own name.
    #[serde(default)]
    pub schrijver: String,
    #[serde(default)]
    pub na: String,
}

/// A filter of which every part exists on the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PostFilter {
    pub area: Option<AreaId>,
    pub topic: Option<TopicId>,
    pub kind: Option<PostKind>,
    /// What this member wrote in their own name: who tells their story through somebody else is never found by them.
    pub author: Option<MemberId>,
    pub after: Option<Cursor>,
}

/// The address names something that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFilter;

impl FilterQuery {
    /// # Errors
    /// A part that is filled in but unknown on this platform: the page is *not found*,
    /// because showing everything instead would be a lie.
    pub fn resolve(&self, platform: &Platform) -> Result<PostFilter, UnknownFilter> {
        fn part<T>(text: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, UnknownFilter> {
            if text.is_empty() { Ok(None) } else { find(text).map(Some).ok_or(UnknownFilter) }
        }
        Ok(PostFilter {
            area: part(&self.gebied, |slug| platform.areas.by_slug(slug))?
                .filter(|area| !platform.areas.is_all(area.id))
                .map(|area| area.id),
            topic: part(&self.thema, |slug| platform.topic_by_slug(slug))?.map(|topic| topic.id),
            kind: part(&self.soort, PostKind::from_slug)?,
            author: part(&self.schrijver, |text| text.parse().ok())?,
            after: part(&self.na, |text| text.parse().ok())?,
        })
    }

    /// The query of an address for this filter: `?gebied=…`, or empty.
    /// The values are slugs and cursors, which need no escaping; anything else is dropped.
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        for (key, value) in [
            ("gebied", &self.gebied),
            ("thema", &self.thema),
            ("soort", &self.soort),
            ("schrijver", &self.schrijver),
            ("na", &self.na),
        ] {
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

    /// A name for what is kept under exactly this filter, as it was typed: no two filters share one.
    pub fn name(&self, what: &str) -> String {
        // No part of an address holds a line end.
        [what, &self.gebied, &self.thema, &self.soort, &self.schrijver, &self.na].join("\n")
    }

    /// The same filter, from its beginning.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { na: String::new(), ..self.clone() }
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        [&self.gebied, &self.thema, &self.soort, &self.schrijver].into_iter().all(String::is_empty)
    }
}
