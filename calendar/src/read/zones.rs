//! Which time zone is meant: by its usual name, by the name that Windows has for it, or by how it is described.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use domain::clock::Timestamp;

use crate::{Local, zone};

/// The names of Windows with the usual ones (Unicode CLDR, `windowsZones`).
const WINDOWS: [(&str, Tz); 58] = [
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
    ("Alaskan Standard Time", Tz::America__Anchorage),
    ("Arab Standard Time", Tz::Asia__Riyadh),
    ("Arabian Standard Time", Tz::Asia__Dubai),
    ("Arabic Standard Time", Tz::Asia__Baghdad),
    ("Argentina Standard Time", Tz::America__Argentina__Buenos_Aires),
    ("Atlantic Standard Time", Tz::America__Halifax),
    ("Azores Standard Time", Tz::Atlantic__Azores),
    ("Belarus Standard Time", Tz::Europe__Minsk),
    ("Cape Verde Standard Time", Tz::Atlantic__Cape_Verde),
    ("Caucasus Standard Time", Tz::Asia__Yerevan),
    ("Central America Standard Time", Tz::America__Guatemala),
    ("Central Europe Standard Time", Tz::Europe__Budapest),
    ("Central European Standard Time", Tz::Europe__Warsaw),
    ("Central Standard Time", Tz::America__Chicago),
    ("China Standard Time", Tz::Asia__Shanghai),
    ("E. Africa Standard Time", Tz::Africa__Nairobi),
    ("E. Europe Standard Time", Tz::Europe__Chisinau),
    ("E. South America Standard Time", Tz::America__Sao_Paulo),
    ("Eastern Standard Time", Tz::America__New_York),
    ("Egypt Standard Time", Tz::Africa__Cairo),
    ("FLE Standard Time", Tz::Europe__Kiev),
    ("GMT Standard Time", Tz::Europe__London),
    ("GTB Standard Time", Tz::Europe__Bucharest),
    ("Georgian Standard Time", Tz::Asia__Tbilisi),
    ("Greenland Standard Time", Tz::America__Nuuk),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik),
    ("Hawaiian Standard Time", Tz::Pacific__Honolulu),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("Iran Standard Time", Tz::Asia__Tehran),
    ("Israel Standard Time", Tz::Asia__Jerusalem),
    ("Jordan Standard Time", Tz::Asia__Amman),
    ("Kaliningrad Standard Time", Tz::Europe__Kaliningrad),
    ("Korea Standard Time", Tz::Asia__Seoul),
    ("Libya Standard Time", Tz::Africa__Tripoli),
    ("Middle East Standard Time", Tz::Asia__Beirut),
    ("Morocco Standard Time", Tz::Africa__Casablanca),
    ("Mountain Standard Time", Tz::America__Denver),
    ("New Zealand Standard Time", Tz::Pacific__Auckland),
    ("Newfoundland Standard Time", Tz::America__St_Johns),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("Pakistan Standard Time", Tz::Asia__Karachi),
    ("Romance Standard Time", Tz::Europe__Paris),
    ("Russian Standard Time", Tz::Europe__Moscow),
    ("SA Eastern Standard Time", Tz::America__Cayenne),
    ("SA Pacific Standard Time", Tz::America__Bogota),
    ("SA Western Standard Time", Tz::America__La_Paz),
    ("SE Asia Standard Time", Tz::Asia__Bangkok),
    ("Singapore Standard Time", Tz::Asia__Singapore),
    ("South Africa Standard Time", Tz::Africa__Johannesburg),
    ("Syria Standard Time", Tz::Asia__Damascus),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("Turkey Standard Time", Tz::Europe__Istanbul),
    ("UTC", Tz::UTC),
    ("Venezuela Standard Time", Tz::America__Caracas),
    ("W. Central Africa Standard Time", Tz::Africa__Lagos),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("West Asia Standard Time", Tz::Asia__Tashkent),
];
/// Cities in the long names of Outlook: `(UTC+01:00) Amsterdam, Berlin, Bern, …`.
const CITIES: [(&str, Tz); 6] = [
    ("Amsterdam", Tz::Europe__Amsterdam),
    ("Brussels", Tz::Europe__Brussels),
    ("Sarajevo", Tz::Europe__Warsaw),
    ("Belgrade", Tz::Europe__Belgrade),
    ("London", Tz::Europe__London),
    ("Coordinated Universal Time", Tz::UTC),
];

/// A zone as a file describes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    pub name: String,
    /// What the program that wrote it calls it (`X-LIC-LOCATION`).
    pub place: String,
    /// Minutes ahead of UTC in winter and in summer.
    pub winter: Option<i32>,
    pub summer: Option<i32>,
}

impl Described {
    fn zone(&self) -> Option<Tz> {
        named(&self.place).or_else(|| match (self.winter?, self.summer) {
            (60, Some(120)) => Some(Tz::Europe__Amsterdam),
            (0, Some(60)) => Some(Tz::Europe__London),
            (120, Some(180)) => Some(Tz::Europe__Bucharest),
            (0, None | Some(0)) => Some(Tz::UTC),
            // In these names the sign is the other way round (POSIX).
            (winter, None) if winter % 60 == 0 => format!("Etc/GMT{:+}", -winter / 60).parse().ok(),
            _ => None,
        })
    }
}

/// The zones of a file.
#[derive(Debug, Default)]
pub(super) struct Zones {
    described: HashMap<String, Tz>,
    same: HashMap<Tz, bool>,
}

impl Zones {
    pub fn new(described: &[Described]) -> Self {
        let described = described.iter().filter_map(|one| Some((one.name.clone(), one.zone()?))).collect();
        Self { described, same: HashMap::new() }
    }

    pub fn find(&self, name: &str) -> Option<Tz> {
        named(name).or_else(|| self.described.get(name).copied())
    }

    /// Whether clocks there say what they say here, in winter and in summer.
    pub fn is_as_here(&mut self, there: Tz) -> bool {
        let here = Tz::Europe__Amsterdam;
        let offset = |zone: Tz, at: &Local| zone.offset_from_utc_datetime(at).fix();
        *self.same.entry(there).or_insert_with(|| {
            let days =
                NaiveDate::from_ymd_opt(2026, 1, 1).into_iter().flat_map(|day| day.iter_days().take(730));
            there == here || days.map(zone::midnight).all(|at| offset(here, &at) == offset(there, &at))
        })
    }
}

fn named(name: &str) -> Option<Tz> {
    let name = name.trim();
    let usual = |name: &str| name.parse::<Tz>().ok();
    // `/mozilla.org/20050126_1/Europe/Amsterdam`.
    let tail = |parts: usize| {
        let from = name.rmatch_indices('/').nth(parts - 1)?.0 + 1;
        usual(&name[from..])
    };
    let windows = || WINDOWS.iter().find(|(other, _)| *other == name).map(|(_, zone)| *zone);
    let city = || {
        CITIES.iter().find(|(city, _)| name.starts_with('(') && name.contains(city)).map(|(_, zone)| *zone)
    };
    if name.is_empty() {
        return None;
    }
    usual(name).or_else(windows).or_else(|| tail(3)).or_else(|| tail(2)).or_else(city)
}

/// The moment that a time on the wall there means; see [`zone::moment`].
pub(super) fn moment(at: Local, there: Tz) -> Timestamp {
    let found = there.from_local_datetime(&at).earliest().or_else(|| {
        let before = there.from_local_datetime(&at.checked_sub_signed(TimeDelta::hours(3))?).earliest()?;
        before.checked_add_signed(TimeDelta::hours(3))
    });
    Timestamp(found.map_or_else(|| at.and_utc().timestamp_millis(), |at| at.timestamp_millis()))
}

/// What clocks there say at a moment.
pub(super) fn on_the_wall(at: Timestamp, there: Tz) -> Local {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&there).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_many_names() {
        for (name, zone) in [
            ("Europe/Amsterdam", Tz::Europe__Amsterdam),
            ("/mozilla.org/20050126_1/Europe/Amsterdam", Tz::Europe__Amsterdam),
            (
                "/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires",
                Tz::America__Argentina__Buenos_Aires,
            ),
            ("W. Europe Standard Time", Tz::Europe__Berlin),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", Tz::Europe__Amsterdam),
            ("UTC", Tz::UTC),
        ] {
            assert_eq!(named(name), Some(zone), "{name}");
        }
        for name in ["", "Customized Time Zone", "Amsterdam", "/", "Europa/Amsterdam"] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn a_zone_that_is_only_described_is_found_by_its_hours() {
        let described = |winter, summer| {
            Described { name: "Onze tijd".into(), winter: Some(winter), summer, ..Described::default() }
                .zone()
        };
        assert_eq!(described(60, Some(120)), Some(Tz::Europe__Amsterdam));
        assert_eq!(described(120, None), Some(Tz::Etc__GMTMinus2));
        assert_eq!(described(-300, None), Some(Tz::Etc__GMTPlus5));
        assert_eq!(described(75, None), None);
        assert_eq!(described(60, Some(180)), None);
    }

    #[test]
    fn neighbours_have_the_same_clock_and_others_have_not() {
        let mut zones = Zones::default();
        for zone in [Tz::Europe__Amsterdam, Tz::Europe__Berlin, Tz::Europe__Paris] {
            assert!(zones.is_as_here(zone), "{zone}");
        }
        for zone in [Tz::UTC, Tz::Europe__London, Tz::Africa__Lagos, Tz::Etc__GMTMinus1] {
            assert!(!zones.is_as_here(zone), "{zone}");
        }
    }
}
