//! Who comes to the next time of what people register for.

use ::calendar::{Series, series, zone};
use domain::activities::ActivityStatus;
use domain::activities::policy::{ActivityFacts, may_register};
use domain::actor::{Actor, SignedIn};
use domain::clock::Span;
use domain::id::{MemberId, RegistrationId, RoundId};
use domain::roles::Place;
use store::Write;
use store::activities::{NewActivity, NewRegistration};

use crate::Error;
use crate::activities::wrong;
use crate::content::ActivityFile;
use crate::plan::SitePlan;
use crate::random::Seeded;

/// Registers the members of the file, in its order, in the last days.
///
/// # Errors
/// The file names nobody we know, or the database refuses.
pub async fn come(
    write: &mut Write,
    site: &SitePlan,
    file: &ActivityFile,
    (activity, organiser, times): (&NewActivity<'_>, MemberId, &Series),
    random: &Seeded,
) -> Result<(), Error> {
    let Some(rules) = &file.registration else { return Ok(()) };
    let Some(at) = times.next(zone::on_the_wall(site.now), 1).pop() else { return Ok(()) };
    let platform = &site.platform;
    let facts = ActivityFacts {
        id: activity.id,
        organiser,
        status: ActivityStatus::Published,
        removed_by: None,
        moderated: false,
        source: None,
        place: Place::new(platform.id, &platform.areas, &activity.text.areas, activity.text.topic),
    };
    let name = ::calendar::local_text(at);
    let (starts_at, ends_at) = series::moments(at, times.minutes);
    for (number, one) in (1..).zip(&rules.come) {
        let member = site.members.iter().find(|member| member.name == one.who);
        let member = member.ok_or_else(|| wrong(file, &one.who))?.id;
        let signed_in = SignedIn { member, grants: Vec::new(), suspended: false };
        let actor = Actor { platform: platform.id, signed_in: Some(signed_in) };
        let permit = may_register(&actor, &facts).map_err(|_| wrong(file, "who comes"))?;
        let answers = vec![one.answer.clone(); rules.questions.len().min(1)];
        let when = site.now.minus(Span::hours(40)).plus(Span::hours(2 * number));
        let new = NewRegistration {
            id: RegistrationId::new(when, random),
            round: RoundId::new(when, random),
            activity: activity.id,
            seen: 1,
            occurrence: &name,
            starts_at,
            ends_at,
            name: "",
            email: "",
            locale: None,
            guests: one.guests,
            answers: &answers,
            hold_until: None,
            at: when,
        };
        write.register(&permit, &new).await?;
    }
    Ok(())
}
