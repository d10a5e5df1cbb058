//! The public holidays of the Netherlands, by rule: on these days people want to know whether something goes on.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::locale::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    NewYear,
    GoodFriday,
    Easter,
    EasterMonday,
    KingsDay,
    LiberationDay,
    Ascension,
    Pentecost,
    PentecostMonday,
    Christmas,
    SecondChristmas,
}

impl Holiday {
    pub const fn name(self, locale: Locale) -> &'static str {
        let [nl, en, de] = match self {
            Self::NewYear => ["nieuwjaarsdag", "New Year’s Day", "Neujahr"],
            Self::GoodFriday => ["Goede Vrijdag", "Good Friday", "Karfreitag"],
            Self::Easter => ["eerste paasdag", "Easter Sunday", "Ostersonntag"],
            Self::EasterMonday => ["tweede paasdag", "Easter Monday", "Ostermontag"],
            Self::KingsDay => ["Koningsdag", "King’s Day", "Königstag"],
            Self::LiberationDay => ["Bevrijdingsdag", "Liberation Day", "Befreiungstag"],
            Self::Ascension => ["Hemelvaartsdag", "Ascension Day", "Christi Himmelfahrt"],
            Self::Pentecost => ["eerste pinksterdag", "Whit Sunday", "Pfingstsonntag"],
            Self::PentecostMonday => ["tweede pinksterdag", "Whit Monday", "Pfingstmontag"],
            Self::Christmas => ["eerste kerstdag", "Christmas Day", "erster Weihnachtstag"],
            Self::SecondChristmas => ["tweede kerstdag", "Boxing Day", "zweiter Weihnachtstag"],
        };
        match locale {
            Locale::Nl => nl,
            Locale::En => en,
            Locale::De => de,
        }
    }
}

/// The holiday on a day, if there is one. King's Day was Queen's Day, on another day, before 2014.
pub fn on(day: NaiveDate) -> Option<Holiday> {
    let from_easter = easter(day.year()).map(|easter| (day - easter).num_days());
    match from_easter {
        Some(-2) => return Some(Holiday::GoodFriday),
        Some(0) => return Some(Holiday::Easter),
        Some(1) => return Some(Holiday::EasterMonday),
        Some(39) => return Some(Holiday::Ascension),
        Some(49) => return Some(Holiday::Pentecost),
        Some(50) => return Some(Holiday::PentecostMonday),
        _ => {}
    }
    match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (4, 26) if day.weekday() == Weekday::Sat && day.year() >= 2014 => Some(Holiday::KingsDay),
        (4, 27) if day.weekday() != Weekday::Sun && day.year() >= 2014 => Some(Holiday::KingsDay),
        (5, 5) => Some(Holiday::LiberationDay),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::SecondChristmas),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar, by the "anonymous" algorithm (Nature, 20 April 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let leap = century / 4;
    let moon = (19 * golden + century - leap - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon - in_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = u64::try_from(moon + weekday - 7 * late).ok()?;
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_days(Days::new(days))
}
