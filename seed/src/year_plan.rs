//! The year plan of an association: a file as one sends it, to be taken over as any other. Whoever fills the database
//! lets the program read it; nothing of it is fetched from anywhere.

use ::calendar::zone;
use chrono::Days;
use domain::clock::Timestamp;
use domain::sources::draft::SourceDraft;

const FILE: &str = include_str!("../content/hallorietvoorde/year_plan.ics");

/// A calendar that a member of the demo lets the agenda follow.
#[derive(Clone, Debug)]
pub struct YearPlan {
    pub platform_slug: &'static str,
    /// The address of the member who set it up.
    pub owner: &'static str,
    pub draft: SourceDraft,
    pub file: Vec<u8>,
}

/// The year plan around `now`: in the content it counts in days from today (`{+12}`, `{-40}`).
pub fn year_plan(now: Timestamp) -> YearPlan {
    let today = zone::on_the_wall(now).date();
    let day = |word: &str| {
        let days = Days::new(word.get(1..)?.parse().ok()?);
        let day =
            if word.starts_with('-') { today.checked_sub_days(days) } else { today.checked_add_days(days) };
        Some(day?.format("%Y%m%d").to_string())
    };
    let mut text = String::new();
    for line in FILE.lines() {
        match line.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
            Some((before, (word, after))) => {
                text.push_str(before);
                text.push_str(&day(word).unwrap_or_default());
                text.push_str(after);
            }
            None => text.push_str(line),
        }
        text.push_str("\r\n");
    }
    YearPlan {
        platform_slug: "hallorietvoorde",
        owner: "petra@example.org",
        draft: SourceDraft {
            name: "Dorpsbelangen Oosterkamp".to_owned(),
            areas: vec!["oosterkamp".to_owned()],
            topic: "ontmoeten".to_owned(),
            cost: "Vraag het de organisatie".to_owned(),
            ..SourceDraft::default()
        },
        file: text.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_days_are_around_now_and_no_mark_is_left() {
        // Thursday 12 March 2026, 9.00 UTC.
        let plan = year_plan(Timestamp(1_773_306_000_000));
        let text = String::from_utf8(plan.file).expect("text");
        assert!(text.contains("DTSTART;TZID=Europe/Amsterdam:20260324T193000\r\n"), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20260131\r\n"), "{text}");
        assert!(!text.contains(['{', '}']), "{text}");
    }
}
