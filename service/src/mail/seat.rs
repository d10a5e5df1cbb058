//! What people are told about their registration for an activity.

/// What is the matter with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatKind<'a> {
    /// The address has to be confirmed within so many minutes.
    Confirm { minutes: i64 },
    /// They have a seat.
    Seat,
    /// They wait, at this place.
    Waiting { number: u32 },
    /// Who organises it put them on the list; they wait at this place, or have a seat (0).
    PutOn { by: &'a str, number: u32 },
    /// They waited, and have a seat now.
    Promoted,
    /// They asked again, and are on the list already.
    Again,
    /// When or where it is has changed.
    Changed,
    /// It does not take place.
    CalledOff,
    /// It takes place after all.
    BackOn,
    /// Taken off the list: by themselves, or by who organises it.
    Cancelled { by_organiser: bool },
    /// It is soon.
    Reminder,
    /// Words of who organises it.
    Words { by: &'a str, words: &'a str },
}

/// One thing to tell. Dates are spelled in the language of the mail already.
#[derive(Clone, Copy, Debug)]
pub struct SeatNote<'a> {
    pub kind: SeatKind<'a>,
    pub name: &'a str,
    /// Of the activity.
    pub title: &'a str,
    pub when: &'a str,
    /// May be empty.
    pub place: &'a str,
    /// How many come, guests among them.
    pub people: u32,
    /// Their own page.
    pub link: &'a str,
    /// There is an invitation with the mail.
    pub calendar: bool,
}
