//! Telling those who registered: in their language, with an invitation for their calendar.

use calendar::ics::{Calendar, Event, Guest, Method, Other};
use calendar::{Series, words, zone};
use domain::activities::place::point_of_time;
use domain::activities::registration::{Registration, Rules, State};
use domain::activities::{Activity, ActivitySummary, ActivityText, OccurrenceChange};
use domain::clock::Timestamp;
use domain::geo::Point;
use domain::id::ActivityId;
use domain::locale::Locale;
use store::Write;

use crate::Error;
use crate::activities::time_of;
use crate::context::Request;
use crate::mail::{Message, Note, SeatKind, SeatNote};
use crate::moderation::{Letters, To};
use crate::secrets;

/// Where the agenda is, for who has nothing more to do with it.
const AGENDA: &str = "/agenda";

/// An activity as it is told about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'a> {
    pub id: ActivityId,
    pub title: &'a str,
    pub place: &'a str,
    /// Where that is on the map.
    pub point: Option<Point>,
    pub online: &'a str,
    /// How people register; `None` where they just come.
    pub rules: Option<&'a Rules>,
    pub excerpt: &'a str,
    pub series: &'a Series,
    pub changes: &'a [OccurrenceChange],
    /// The one time of a series that this is about, by its name.
    pub only: Option<&'a str>,
}

impl<'a> About<'a> {
    pub(crate) fn of(activity: &'a Activity, series: &'a Series) -> Self {
        Self::with(activity.id, &activity.text, &activity.excerpt, (series, &activity.changes))
    }

    pub(crate) fn with(
        id: ActivityId,
        text: &'a ActivityText,
        excerpt: &'a str,
        (series, changes): (&'a Series, &'a [OccurrenceChange]),
    ) -> Self {
        Self {
            id,
            title: &text.title,
            place: &text.place,
            point: text.point,
            online: &text.online,
            rules: text.registration.as_ref(),
            excerpt,
            series,
            changes,
            only: None,
        }
    }

    /// As lists have it, which know nothing about registering.
    pub(crate) fn listed(activity: &'a ActivitySummary, series: &'a Series) -> Self {
        Self {
            id: activity.id,
            title: &activity.title,
            place: &activity.place,
            point: activity.point,
            online: &activity.online,
            rules: None,
            excerpt: &activity.excerpt,
            series,
            changes: &activity.changes,
            only: None,
        }
    }

    /// The time that a mail names: of who registered for a whole series, the one that this is about.
    fn named<'b>(&self, round: &'b str) -> &'b str
    where
        'a: 'b,
    {
        if round.is_empty() { self.only.unwrap_or_default() } else { round }
    }

    /// When a round is, in words.
    pub(crate) fn when(&self, request: &Request, round: &str, locale: Locale) -> String {
        let spelled = |start: calendar::Local, end| {
            let today = zone::on_the_wall(request.now).date();
            format!("{} {}", words::day(start.date(), today, locale), words::hours(start, end, locale))
        };
        if let Some(at) = calendar::local(round) {
            let time = time_of(self.changes, at, self.series.minutes);
            return spelled(time.start, time.end);
        }
        let first = self.series.start;
        words::series(self.series, locale).unwrap_or_else(|| spelled(first, self.series.end_of(first)))
    }

    pub(super) fn place(&self, round: &str) -> &'a str {
        let own =
            self.changes.iter().find(|one| one.instead_of == round).map_or("", |one| one.place.as_str());
        [own, self.place, self.online].into_iter().find(|one| !one.is_empty()).unwrap_or_default()
    }
}

/// Where a link out of a mail leads.
pub(super) fn path(token: &str) -> String {
    format!("/inschrijving/{token}")
}

pub(super) fn token_hash(token: &str) -> Vec<u8> {
    secrets::hash(&["registration", token])
}

fn to(request: &Request, registration: &Registration) -> To {
    let locale = registration.locale.unwrap_or(request.platform.locale);
    To::named(request, &registration.name, &registration.email, locale)
}

/// Whether this goes with an invitation, and with which.
pub(super) fn method(kind: SeatKind<'_>, registration: &Registration, one_of_many: bool) -> Option<Method> {
    let seated = registration.state == State::Seat && registration.is_confirmed();
    match kind {
        SeatKind::CalledOff if seated && one_of_many => Some(Method::Request),
        SeatKind::Seat
        | SeatKind::PutOn { .. }
        | SeatKind::Promoted
        | SeatKind::BackOn
        | SeatKind::Changed
            if seated =>
        {
            Some(Method::Request)
        }
        // Who waits has had none.
        SeatKind::CalledOff | SeatKind::Cancelled { .. } if seated => Some(Method::Cancel),
        _ => None,
    }
}

/// Tells one person, with a link of their own. Who has no address is told by who put them on the list.
pub(super) async fn tell(
    request: &Request,
    write: &mut Write,
    about: &About<'_>,
    registration: &Registration,
    kind: SeatKind<'_>,
) -> Result<(), Error> {
    if !registration.has_address() {
        return Ok(());
    }
    let to = to(request, registration);
    // Something about one time of all that they registered for: the others go on.
    let one_of_many = registration.occurrence.is_empty() && about.only.is_some();
    let method = method(kind, registration, one_of_many);
    let calendar = match method {
        Some(method) => {
            let sequence = write.next_invitation(registration.id).await?;
            invitation(request, about, registration, (method, sequence))
        }
        None => String::new(),
    };
    let gone =
        matches!(kind, SeatKind::Cancelled { .. }) || matches!(kind, SeatKind::CalledOff) && !one_of_many;
    let link = if gone {
        AGENDA.to_owned()
    } else {
        let token = secrets::token(request.services.random.as_ref());
        write.link_to_registration(registration.id, &token_hash(&token)).await?;
        path(&token)
    };
    let named = about.named(&registration.occurrence);
    let when = about.when(request, named, to.locale());
    let note = SeatNote {
        kind,
        name: &registration.name,
        title: about.title,
        when: &when,
        place: about.place(named),
        people: registration.people(),
        link: &link,
        calendar: method == Some(Method::Request),
    };
    Letters::new(request, write).send_with(&to, &Message::Note(Note::Seat(note)), &calendar).await
}

/// The invitation: the same event for as long as the registration lives, whatever becomes of its times.
fn invitation(
    request: &Request,
    about: &About<'_>,
    registration: &Registration,
    (method, sequence): (Method, i64),
) -> String {
    let platform = &request.platform;
    let host = if platform.contact.email.is_empty() {
        request.services.settings.mail_from.as_str()
    } else {
        platform.contact.email.as_str()
    };
    // Not the organiser's own address, which is nobody's business.
    let guest = Guest {
        name: &registration.name,
        email: &registration.email,
        host_name: &platform.name,
        host_email: host,
    };
    let mut calendar = Calendar::invitation(method);
    let entry =
        Entry { sequence, changed: request.now, cancelled: method == Method::Cancel, guest: Some(&guest) };
    put(&mut calendar, request, about, registration, &entry);
    calendar.finish()
}

/// What a calendar says about a registration beside what it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub sequence: i64,
    pub changed: Timestamp,
    pub cancelled: bool,
    pub guest: Option<&'a Guest<'a>>,
}

/// Puts what somebody registered for into a calendar.
pub(crate) fn put(
    calendar: &mut Calendar,
    request: &Request,
    about: &About<'_>,
    registration: &Registration,
    entry: &Entry<'_>,
) {
    let url = format!("{}/activiteiten/{}", request.base_url, about.id);
    let description = format!("{}\n{url}", about.excerpt);
    let uid = registration.id.to_string();
    let other = |change: &OccurrenceChange| {
        let note = if change.note.is_empty() { String::new() } else { format!("{}\n", change.note) };
        Some(Other {
            instead_of: calendar::local(&change.instead_of)?,
            start: calendar::local(&change.start)?,
            minutes: change.minutes,
            cancelled: change.cancelled,
            summary: about.title.to_owned(),
            description: format!("{note}{description}"),
            location: about.place(&change.instead_of).to_owned(),
            point: point_of_time(about.point, &change.place, request.platform.map.as_ref()),
        })
    };
    let event = Event {
        uid: &uid,
        changed: entry.changed,
        sequence: entry.sequence,
        summary: about.title,
        description: &description,
        location: about.place(&registration.occurrence),
        point: about.point,
        url: &url,
        categories: &[],
        cancelled: entry.cancelled,
        series: about.series,
        others: &[],
        guest: entry.guest,
    };
    if let Some(at) = calendar::local(&registration.occurrence) {
        let plain = OccurrenceChange {
            instead_of: registration.occurrence.clone(),
            start: calendar::local_text(at),
            minutes: about.series.minutes,
            cancelled: false,
            place: String::new(),
            note: String::new(),
        };
        let change = about.changes.iter().find(|one| one.instead_of == registration.occurrence);
        if let Some(one) = other(change.unwrap_or(&plain)) {
            calendar.add_one(&event, &one);
        }
    } else {
        let others: Vec<Other> =
            about.changes.iter().filter_map(other).filter(|one| about.series.has(one.instead_of)).collect();
        calendar.add(&Event { others: &others, ..event });
    }
}
