//! From registrations to what their pages show.

use calendar::{Local, Series, words};
use domain::activities::Activity;
use domain::activities::registration::{Registration, RegistrationDraft, State};
use domain::clock::Span;
use domain::limits::HOLD_LASTS;
use service::activities::registration::{self, Mine, Open, Own, People};
use service::activities::{ActivityView, Time};
use service::context::Request;

use super::super::present::{self as pages, spelled, with_time};
use super::view::{
    EntryTyped, EntryView, ForView, FormView, GoingView, OwnAgendaView, OwnView, PeopleView, PersonView,
    RegisterPart, RegisterView, RegisteringView, RegistrationTyped, RoundView,
};
use crate::forms::Filled;
use crate::texts::{desk_in_language, fill};

/// The words of the address after a form.
pub(super) const MAIL: &str = "mail";
pub(super) const OFF: &str = "af";
pub(super) const SAVED: &str = "bewaard";
/// After a message to all.
pub(super) const SENT: &str = "verstuurd";
/// Somebody was put on the list: with a seat, or waiting for one.
pub(super) const SEAT: &str = "plek";
pub(super) const WAITING: &str = "wacht";

/// What the page of an activity says about registering.
pub(in crate::activities) async fn block(
    request: &Request,
    view: &ActivityView,
) -> Result<Option<RegisteringView>, service::Error> {
    let mine = registration::mine(request, view).await?;
    let Some(found) = registration::registering(request, view, mine).await? else { return Ok(None) };
    Ok(Some(registering(request, view, &found)))
}

fn registering(request: &Request, view: &ActivityView, found: &registration::Registering) -> RegisteringView {
    let d = desk_in_language(request.locale);
    let at = view.time.as_ref().map(|time| pages::iso(time.instead_of)).unwrap_or_default();
    let path = |page: &str| with_time(&format!("/activiteiten/{}/{page}", view.activity.id), &at);
    let mut says = Vec::new();
    if found.rules.whole_series && pages::repeats(&view.series) {
        says.push(d.reg_whole.to_owned());
    }
    match found.open {
        Open::Yes => {
            says.push(how_full(request, found));
            says.extend(
                found
                    .until
                    .filter(|_| found.rules.closes_hours > 0)
                    .map(|until| fill(d.reg_until, &[("when", &moment(request, until))])),
            );
        }
        Open::Closed | Open::Over => says.push(d.reg_closed.to_owned()),
        Open::CalledOff => says.push(d.reg_called_off.to_owned()),
    }
    let (mine, label) = match &found.mine {
        Some(mine) => (mine_says(request, mine), d.reg_mine_link),
        None => (String::new(), label(request, found)),
    };
    let href =
        if found.mine.is_some() || found.open == Open::Yes { path("inschrijven") } else { String::new() };
    RegisteringView {
        says,
        mine,
        href,
        label: label.to_owned(),
        manage: if found.may_manage { path("deelnemers") } else { String::new() },
    }
}

fn label(request: &Request, found: &registration::Registering) -> &'static str {
    let d = desk_in_language(request.locale);
    if is_full(found) { d.reg_go_waiting } else { d.reg_go }
}

fn is_full(found: &registration::Registering) -> bool {
    found.rules.capacity.is_some_and(|all| all <= found.seats.taken) || found.seats.waiting > 0
}

fn how_full(request: &Request, found: &registration::Registering) -> String {
    let d = desk_in_language(request.locale);
    let seats = found.seats;
    let n = |n: u32| n.to_string();
    match found.rules.capacity {
        Some(_) if is_full(found) && seats.waiting > 0 => {
            fill(d.reg_full_waiting, &[("n", &n(seats.waiting))])
        }
        Some(_) if is_full(found) => d.reg_full.to_owned(),
        Some(all) => {
            let free = all.saturating_sub(seats.taken);
            fill(d.reg_seats_free, &[("n", &n(free)), ("all", &n(all))])
        }
        None if seats.taken > 1 => fill(d.reg_count, &[("n", &n(seats.taken))]),
        None => d.reg_room.to_owned(),
    }
}

fn mine_says(request: &Request, mine: &Mine) -> String {
    let d = desk_in_language(request.locale);
    let people = mine.registration.people();
    let says = match mine.registration.state {
        State::Seat => d.reg_mine_seat.to_owned(),
        State::Waiting => fill(d.reg_mine_waiting, &[("n", &mine.number.to_string())]),
        State::Cancelled => d.reg_cancelled.to_owned(),
    };
    if people > 1 {
        format!("{says} {}", fill(d.reg_mine_people, &[("n", &people.to_string())]))
    } else {
        says
    }
}

/// "dinsdag 1 december 10.00 uur".
fn moment(request: &Request, at: Local) -> String {
    let day = words::day(at.date(), pages::today(request), request.locale);
    format!("{day} {}", words::time(at, request.locale))
}

fn what(
    request: &Request,
    activity: &Activity,
    series: &Series,
    (at, time): (String, Option<&Time>),
) -> ForView {
    let text = &activity.text;
    let rules = text.registration.clone().unwrap_or_default();
    let whole = rules.whole_series.then(|| words::series(series, request.locale)).flatten();
    let own = time.map(|time| spelled(request, time.start, time.end)).unwrap_or_default();
    let place = time.map(|time| &time.place).filter(|place| !place.is_empty()).unwrap_or(&text.place);
    let most = rules.capacity.map_or(rules.guests, |all| rules.guests.min(all.saturating_sub(1)));
    ForView {
        id: activity.id.to_string(),
        at,
        title: text.title.clone(),
        when: whole.unwrap_or(own),
        place: if place.is_empty() { text.online.clone() } else { place.clone() },
        questions: rules.questions,
        guests: most,
    }
}

/// The page to register on, for who has not, and what they have for who has.
pub(super) async fn register(
    request: &Request,
    (view, own): (&ActivityView, Option<Own>),
    (done, typed): (&str, Filled<RegistrationTyped>),
    change: Filled<RegistrationDraft>,
) -> Result<RegisterView, service::Error> {
    let d = desk_in_language(request.locale);
    let at = view.time.as_ref().map(|time| pages::iso(time.instead_of)).unwrap_or_default();
    let what = what(request, &view.activity, &view.series, (at, view.time.as_ref()));
    let part = if let Some(own) = own {
        RegisterPart::Own(Box::new(of_own(request, &own, (String::new(), done), change)))
    } else if done == MAIL && !request.is_signed_in() {
        RegisterPart::Mail(HOLD_LASTS.0 / Span::minutes(1).0)
    } else {
        match registration::registering(request, view, None).await? {
            None => RegisterPart::No(d.reg_none_here.to_owned()),
            Some(found) if found.open == Open::Yes => {
                let shown = registering(request, view, &found);
                let mut form = typed;
                form.typed.since = service::moderation::since(request, "register", &form.typed.since);
                let member = request.session.as_ref().filter(|_| request.is_signed_in());
                RegisterPart::Form(Box::new(FormView {
                    says: shown.says,
                    label: shown.label,
                    member: member.map(|session| session.member.name.clone()).unwrap_or_default(),
                    cancelled: done == OFF,
                    puzzle: service::moderation::puzzle(request, "register").await?,
                    form,
                }))
            }
            Some(found) => RegisterPart::No(registering(request, view, &found).says.join(" ")),
        }
    };
    Ok(RegisterView { what, part })
}

/// One's own registration, with the fields as they are, or as they were typed.
pub(super) fn of_own(
    request: &Request,
    own: &Own,
    (token, done): (String, &str),
    change: Filled<RegistrationDraft>,
) -> OwnView {
    let registration = &own.mine.registration;
    let at = own.time.as_ref().map(|time| pages::iso(time.instead_of)).unwrap_or_default();
    let mut form = change;
    if form.problems.is_empty() {
        let guests = registration.guests;
        form.typed = RegistrationDraft {
            guests: if guests == 0 { String::new() } else { guests.to_string() },
            answers: registration.answers.clone(),
            ..RegistrationDraft::default()
        };
    }
    OwnView {
        what: what(request, &own.activity, &own.series, (at, own.time.as_ref())),
        token,
        id: registration.id.to_string(),
        version: registration.version,
        name: registration.name.clone(),
        people: registration.people(),
        state: registration.state,
        confirmed: registration.is_confirmed(),
        number: own.mine.number,
        reminders: registration.reminders,
        past: own.past,
        saved: done == SAVED,
        form,
    }
}

/// Everything that the reader goes to.
pub(super) async fn own_agenda(
    request: &Request,
    made: Filled<String>,
) -> Result<OwnAgendaView, service::Error> {
    let going = registration::going(request).await?;
    let since = registration::calendar_since(request).await?;
    let going = going.into_iter().map(|one| {
        let id = one.activity.id;
        let at = one.time.as_ref().map(|time| pages::iso(time.instead_of)).unwrap_or_default();
        let place = one.time.as_ref().map(|time| time.place.clone()).filter(|place| !place.is_empty());
        let registration = &one.registration;
        GoingView {
            href: with_time(&format!("/activiteiten/{id}/inschrijven"), &at),
            when: one.time.as_ref().map(|time| spelled(request, time.start, time.end)).unwrap_or_default(),
            place: place.unwrap_or_else(|| one.activity.place.clone()),
            waiting: registration.state == State::Waiting,
            cancelled: one.time.as_ref().is_some_and(|time| time.cancelled),
            people: registration.people(),
            title: one.activity.title,
        }
    });
    let day = |at| words::day(calendar::zone::on_the_wall(at).date(), pages::today(request), request.locale);
    let token = made.typed;
    Ok(OwnAgendaView {
        going: going.collect(),
        since: since.map(day).unwrap_or_default(),
        address: if token.is_empty() { token } else { format!("{}/mijn-agenda/{token}", request.base_url) },
        problems: made.problems,
    })
}

/// Who comes; `wanted` is who is to be changed.
pub(super) fn people(
    request: &Request,
    found: &People,
    (wanted, done): (&str, &str),
    kept: Filled<EntryTyped>,
) -> PeopleView {
    let d = desk_in_language(request.locale);
    // After a form it is the next one's turn.
    let changed = if done.is_empty() { wanted } else { "" };
    let entry = found.open.then(|| Box::new(entry(request, found, changed, kept)));
    let told = |words: &str| {
        let name = found.all.iter().find(|one| one.id.to_string() == wanted).map(|one| one.name.as_str());
        fill(words, &[("name", name.unwrap_or_default())])
    };
    let done = match done {
        SENT => d.reg_message_sent.to_owned(),
        SEAT => told(d.reg_put_on_seat),
        WAITING => told(d.reg_put_on_waiting),
        SAVED => d.reg_change_for_saved.to_owned(),
        _ => String::new(),
    };
    let listed = found.all.iter().filter(|one| one.state != State::Cancelled);
    let id = found.activity.id;
    let of = |state: State| -> Vec<PersonView> {
        found.all.iter().filter(|one| one.state == state).map(person).collect()
    };
    let rounds = found.rounds.iter().filter(|(name, _)| *name != found.round);
    let rounds = rounds.map(|(name, count)| RoundView {
        href: with_time(&format!("/activiteiten/{id}/deelnemers"), name),
        text: calendar::local(name).map_or_else(
            || d.reg_all_times.to_owned(),
            |at| words::day(at.date(), pages::today(request), request.locale),
        ),
        count: *count,
    });
    PeopleView {
        what: what(request, &found.activity, &found.series, (found.round.clone(), found.time.as_ref())),
        seated: found.seated(),
        capacity: found.rules.capacity,
        seats: of(State::Seat),
        waiting: of(State::Waiting),
        cancelled: of(State::Cancelled),
        rounds: rounds.collect(),
        message: Filled::default(),
        done,
        entry,
        unreachable: listed.filter(|one| !one.has_address()).count(),
    }
}

fn entry(request: &Request, found: &People, wanted: &str, kept: Filled<EntryTyped>) -> EntryView {
    let d = desk_in_language(request.locale);
    let came_back = !kept.problems.is_empty();
    let who = if came_back { kept.typed.who.clone() } else { wanted.to_owned() };
    let known = found.all.iter().find(|one| {
        one.by_organiser && one.state != State::Cancelled && !who.is_empty() && one.id.to_string() == who
    });
    let draft = match known {
        _ if came_back => kept.typed.draft,
        Some(one) => RegistrationDraft {
            name: one.name.clone(),
            email: String::new(),
            guests: if one.guests == 0 { String::new() } else { one.guests.to_string() },
            answers: one.answers.clone(),
        },
        None => RegistrationDraft::default(),
    };
    let waiting = found.all.iter().any(|one| one.state == State::Waiting);
    let says = match found.rules.capacity {
        Some(all) if all > found.seated() && !waiting => {
            let free = all - found.seated();
            fill(d.reg_put_on_free, &[("n", &free.to_string()), ("all", &all.to_string())])
        }
        Some(_) => d.reg_put_on_full.to_owned(),
        None => String::new(),
    };
    EntryView {
        who: known.map(|one| one.id.to_string()).unwrap_or_default(),
        version: known.map_or(0, |one| one.version),
        name: known.map(|one| one.name.clone()).unwrap_or_default(),
        says,
        opened: came_back || known.is_some(),
        form: Filled { typed: draft, problems: kept.problems },
    }
}

fn person(one: &Registration) -> PersonView {
    PersonView {
        id: one.id.to_string(),
        name: one.name.clone(),
        guests: one.guests,
        answers: one.answers.clone(),
        came: one.came,
        confirmed: one.is_confirmed(),
        by_organiser: one.by_organiser,
        has_address: one.has_address(),
    }
}
