//! The languages of the interface.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language in which every text of the interface exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Nl,
    En,
    De,
}

impl Locale {
    pub const ALL: [Self; 3] = [Self::Nl, Self::En, Self::De];

    /// The BCP 47 tag, as in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Nl => "Nederlands",
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4)
    /// that is among `offered`. Weights are honoured; anything malformed is skipped.
    pub fn negotiate(header: &str, offered: &[Self]) -> Option<Self> {
        let mut wanted: Vec<(u16, usize, &str)> = header
            .split(',')
            .take(20)
            .enumerate()
            .filter_map(|(place, part)| {
                let mut pieces = part.split(';');
                let tag = pieces.next()?.trim();
                let weight = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q="))
                    .map_or(Some(1000), thousandths)?;
                (weight > 0).then_some((1000 - weight, place, tag))
            })
            .collect();
        wanted.sort_unstable();
        wanted.into_iter().find_map(|(_, _, tag)| {
            let primary = tag.split('-').next().unwrap_or(tag);
            primary.to_ascii_lowercase().parse().ok().filter(|locale| offered.contains(locale))
        })
    }
}

fn thousandths(weight: &str) -> Option<u16> {
    let weight: f32 = weight.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value was just limited to 0..=1000"
    )]
    (0.0..=1.0).contains(&weight).then_some((weight * 1000.0) as u16)
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|locale| locale.tag() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_offered_language_wins() {
        let all = Locale::ALL;
        assert_eq!(Locale::negotiate("uk,de;q=0.5,en;q=0.9", &all), Some(Locale::En));
        assert_eq!(Locale::negotiate("de-AT", &all), Some(Locale::De));
        assert_eq!(Locale::negotiate("en;q=0, nl", &all), Some(Locale::Nl));
        assert_eq!(Locale::negotiate("de", &[Locale::Nl]), None);
        assert_eq!(Locale::negotiate(";;,q=,-", &all), None);
    }
}
