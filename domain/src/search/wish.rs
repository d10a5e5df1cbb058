//! What the address of a search says: the question and the choices beside it.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::kind::FoundKind;
use crate::id::{AreaId, TopicId};
use crate::platform::Platform;
use crate::posts::filter::UnknownFilter;

/// The parts of the address as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SearchWish {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub soort: String,
    #[serde(default)]
    pub gebied: String,
    #[serde(default)]
    pub thema: String,
    #[serde(default)]
    pub periode: String,
    /// `reacties`: in comments; empty: in posts and activities.
    #[serde(default)]
    pub waar: String,
    #[serde(default)]
    pub na: String,
}

/// The word in addresses for a search in comments.
pub const IN_COMMENTS: &str = "reacties";

/// How old what is found may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Week,
    Month,
    Year,
    /// A year of the calendar, as people in the Netherlands count it.
    Of(u16),
}

impl Period {
    /// The word in addresses.
    pub fn slug(self) -> String {
        match self {
            Self::Week => "week".to_owned(),
            Self::Month => "maand".to_owned(),
            Self::Year => "jaar".to_owned(),
            Self::Of(year) => year.to_string(),
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        match slug {
            "week" => Some(Self::Week),
            "maand" => Some(Self::Month),
            "jaar" => Some(Self::Year),
            year if year.len() == 4 => {
                year.parse().ok().filter(|year| (2000..2100).contains(year)).map(Self::Of)
            }
            _ => None,
        }
    }
}

/// Where the next page of what was found begins: after what has this rank and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// How well it fits; more is better.
    pub rank: i64,
    /// When it was published, in milliseconds since 1970, and unlike that of all others.
    pub moment: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.rank, self.moment)
    }
}

impl FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (rank, moment) = text.split_once('_').ok_or(())?;
        let read = Self { rank: rank.parse().map_err(|_| ())?, moment: moment.parse().map_err(|_| ())? };
        // One spelling for one place.
        if read.to_string() == text { Ok(read) } else { Err(()) }
    }
}

/// The choices, of which every part exists on the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchFilter {
    pub kind: Option<FoundKind>,
    /// With all that lies in it.
    pub area: Option<AreaId>,
    pub topic: Option<TopicId>,
    pub period: Option<Period>,
    pub in_comments: bool,
    pub after: Option<Place>,
}

impl SearchWish {
    /// # Errors
    /// A part that is filled in but unknown on this platform: the page is *not found*.
    pub fn resolve(&self, platform: &Platform) -> Result<SearchFilter, UnknownFilter> {
        fn part<T>(text: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, UnknownFilter> {
            if text.is_empty() { Ok(None) } else { find(text).map(Some).ok_or(UnknownFilter) }
        }
        Ok(SearchFilter {
            kind: part(&self.soort, FoundKind::from_slug)?,
            area: part(&self.gebied, |slug| platform.areas.by_slug(slug))?
                .filter(|area| !platform.areas.is_all(area.id))
                .map(|area| area.id),
            topic: part(&self.thema, |slug| platform.topic_by_slug(slug))?.map(|topic| topic.id),
            period: part(&self.periode, Period::from_slug)?,
            in_comments: part(&self.waar, |text| (text == IN_COMMENTS).then_some(()))?.is_some(),
            after: part(&self.na, |text| text.parse().ok())?,
        })
    }

    /// The address of this search.
    pub fn address(&self) -> String {
        let mut address = "/zoeken".to_owned();
        let mut mark = '?';
        for (key, value) in [
            ("q", &self.q),
            ("soort", &self.soort),
            ("gebied", &self.gebied),
            ("thema", &self.thema),
            ("periode", &self.periode),
            ("waar", &self.waar),
            ("na", &self.na),
        ] {
            if !value.is_empty() {
                address.push(mark);
                address.push_str(key);
                address.push('=');
                push_encoded(value, &mut address);
                mark = '&';
            }
        }
        address
    }

    /// The same search, from its beginning.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { na: String::new(), ..self.clone() }
    }

    /// The same search in comments, or in posts and activities.
    #[must_use]
    pub fn elsewhere(&self, in_comments: bool) -> Self {
        let waar = if in_comments { IN_COMMENTS.to_owned() } else { String::new() };
        Self { waar, ..self.first_page() }
    }

    /// Whether no choice narrows it.
    pub fn is_everything(&self) -> bool {
        [&self.soort, &self.gebied, &self.thema, &self.periode].iter().all(|part| part.is_empty())
    }
}

/// As the query of an address (RFC 3986, 2.1).
fn push_encoded(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_holds_what_was_typed() {
        let wish = SearchWish { q: "café & \"linde\"".into(), soort: "nieuws".into(), ..Default::default() };
        assert_eq!(wish.address(), "/zoeken?q=caf%C3%A9+%26+%22linde%22&soort=nieuws");
        assert_eq!(SearchWish::default().address(), "/zoeken");
    }

    #[test]
    fn periods_have_one_spelling() {
        for period in [Period::Week, Period::Month, Period::Year, Period::Of(2024)] {
            assert_eq!(Period::from_slug(&period.slug()), Some(period));
        }
        for wrong in ["1999", "2100", "02024", "+024", "eeuw", "20 4"] {
            assert_eq!(Period::from_slug(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_place_survives_being_written_and_read(rank: i64, moment: i64) {
            let place = Place { rank, moment };
            prop_assert_eq!(place.to_string().parse(), Ok(place));
        }

        #[test]
        fn an_address_is_visible_ascii(q in "\\PC*") {
            let address = SearchWish { q, ..Default::default() }.address();
            prop_assert!(address.bytes().all(|b| b.is_ascii_graphic()));
        }
    }
}
